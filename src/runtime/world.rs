//! A picture of the desk that turns look at: who covers what, and how long people wait. Refreshed every
//! few seconds; a turn never waits for it.

use crate::content::Arg;
use crate::desk::routing::{self, Candidate, Route};
use crate::desk::wait::{self, Wait};
use crate::model::{Level, OrganisationId, Timestamp};
use crate::store::world::DeskOrganisation;
use crate::store::{Store, StoreError};
use arc_swap::ArcSwap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The picture.
#[derive(Debug, Default)]
pub struct World {
    organisations: Vec<DeskOrganisation>,
    covered: Arc<BTreeSet<String>>,
}

/// The latest picture.
#[derive(Debug, Default)]
pub struct WorldCell(ArcSwap<World>);

/// Who is asked first about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Why them: the word in the database.
    pub why: &'static str,
}

impl World {
    /// A picture of these organisations.
    pub fn new(organisations: Vec<DeskOrganisation>) -> Self {
        let local = organisations.iter().filter(|o| !o.is_fallback);
        let covered = local.flat_map(|o| o.kreise.iter().cloned()).collect();
        Self {
            organisations,
            covered: Arc::new(covered),
        }
    }

    /// Keys of the Kreise that a local project covers.
    pub fn covered(&self) -> Arc<BTreeSet<String>> {
        Arc::clone(&self.covered)
    }

    /// Who is asked first about a case from this Kreis. `None`: nobody counsels here at all.
    pub fn route(&self, kreis: Option<&str>) -> Option<Asked> {
        let fallback = self.organisations.iter().find(|o| o.is_fallback)?;
        let covers = |o: &&DeskOrganisation| kreis.is_some_and(|k| o.kreise.iter().any(|c| c == k));
        let covering: Vec<Candidate> = self
            .organisations
            .iter()
            .filter(covers)
            .map(|o| Candidate {
                organisation: o.id,
                waiting: o.waiting,
            })
            .collect();
        let (organisation, route): (_, Route) = routing::route(&covering, fallback.id);
        let name = self
            .organisation(organisation)
            .map(|o| o.name.clone())
            .unwrap_or_default();
        Some(Asked {
            organisation,
            name,
            why: route.as_str(),
        })
    }

    /// The system text that says how long it will take, and what it needs.
    pub fn wait(
        &self,
        level: Level,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> (&'static str, Vec<(&'static str, Arg)>) {
        let Some(organisation) = self.organisation(organisation) else {
            return ("wait-unknown", vec![]);
        };
        let recent = organisation
            .recent
            .get(&level)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let oldest = organisation.oldest.get(&level).map(|since| now.0 - since.0);
        match wait::expected(&organisation.hours, recent, oldest, now) {
            Wait::Hours(count) => ("wait-hours", vec![("count", Arg::Number(count))]),
            Wait::Days(count) => ("wait-days", vec![("count", Arg::Number(count))]),
            Wait::ClosedUntil(opens) => {
                let opens = opens.in_berlin();
                let day = opens.strftime("%d.%m.%Y").to_string();
                let time = opens.strftime("%H:%M").to_string();
                (
                    "wait-closed",
                    vec![("day", Arg::Text(day)), ("time", Arg::Text(time))],
                )
            }
            Wait::Unknown => ("wait-unknown", vec![]),
        }
    }

    fn organisation(&self, id: OrganisationId) -> Option<&DeskOrganisation> {
        self.organisations.iter().find(|o| o.id == id)
    }
}

impl WorldCell {
    /// The latest picture.
    pub fn load(&self) -> Arc<World> {
        self.0.load_full()
    }

    /// Takes a new picture.
    pub async fn refresh(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let organisations = store.desk_organisations(now).await?;
        self.0.store(Arc::new(World::new(organisations)));
        Ok(())
    }
}
