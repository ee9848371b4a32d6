//! Organisations: who they are, what they cover, when they are there, and how fast they answered lately.

use crate::desk::hours::Hours;
use crate::desk::routing::Candidate;
use crate::model::{Level, OrganisationId, Timestamp};
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::collections::BTreeSet;

/// An organisation that counsels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// `online_pilot`, `local_project` …
    pub kind: String,
    /// Its name, as persons read it.
    pub name: String,
    /// Whether it takes what nobody else covers.
    pub fallback: bool,
    /// When somebody is there.
    pub hours: Hours,
    /// Keys of the Kreise that it covers.
    pub kreise: BTreeSet<String>,
}

/// What the expected wait is computed from (see [`crate::desk::wait`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Experience {
    /// How long the last first replies took, in milliseconds.
    pub recent: Vec<i64>,
    /// Since when the oldest case has been waiting there.
    pub oldest: Option<Timestamp>,
}

const LIST: Sql = Sql::both(
    "SELECT id, kind, name, is_fallback, hours FROM organisations ORDER BY is_fallback DESC, name, id",
);
const COVERAGE: Sql = Sql::both("SELECT organisation_id, kreis FROM coverage");
const PUT: Sql = Sql::both(
    "INSERT INTO organisations (id, kind, name, is_fallback, hours, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, is_fallback = excluded.is_fallback,
                                    hours = excluded.hours",
);
const UNCOVER: Sql = Sql::both("DELETE FROM coverage WHERE organisation_id = $1");
const COVER: Sql = Sql::both("INSERT INTO coverage (organisation_id, kreis) VALUES ($1, $2)");
const CANDIDATES: Sql = Sql::both(
    "SELECT v.organisation_id,
            (SELECT count(*) FROM cases c WHERE c.organisation_id = v.organisation_id AND c.live = 1
                                            AND c.state IN ('triage', 'waiting'))
     FROM coverage v WHERE v.kreis = $1",
);
const RECENT: Sql = Sql::both(
    "SELECT first_reply_at - opened_at FROM cases
     WHERE organisation_id = $1 AND level_rank = $2 AND first_reply_at IS NOT NULL
     ORDER BY first_reply_at DESC LIMIT 30",
);
const OLDEST: Sql = Sql::both(
    "SELECT min(opened_at) FROM cases
     WHERE organisation_id = $1 AND level_rank = $2 AND live = 1 AND state IN ('triage', 'waiting')",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &LIST,
    &COVERAGE,
    &PUT,
    &UNCOVER,
    &COVER,
    &CANDIDATES,
    &RECENT,
    &OLDEST,
];

struct Put {
    organisation: Organisation,
    now: Timestamp,
}

impl Store {
    /// All organisations, the fallback first.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        self.read(async |tx| {
            let mut all = Vec::new();
            for row in tx.all(&LIST, args![]).await? {
                all.push(Organisation {
                    id: row.id(0)?,
                    kind: row.text(1)?,
                    name: row.text(2)?,
                    fallback: row.int(3)? == 1,
                    hours: serde_json::from_str(&row.text(4)?)?,
                    kreise: BTreeSet::new(),
                });
            }
            for row in tx.all(&COVERAGE, args![]).await? {
                let id: OrganisationId = row.id(0)?;
                if let Some(organisation) = all.iter_mut().find(|o| o.id == id) {
                    organisation.kreise.insert(row.text(1)?);
                }
            }
            Ok(all)
        })
        .await
    }

    /// Adds or changes an organisation, and what it covers.
    pub async fn put_organisation(
        &self,
        organisation: Organisation,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(Put { organisation, now }).await
    }

    /// The organisations that cover a Kreis, and how many wait there (see [`crate::desk::routing`]).
    pub async fn candidates(&self, kreis: &str) -> Result<Vec<Candidate>, StoreError> {
        self.read(async |tx| {
            tx.all(&CANDIDATES, args![kreis])
                .await?
                .iter()
                .map(|row| {
                    Ok(Candidate {
                        organisation: row.id(0)?,
                        waiting: row.int(1)?,
                    })
                })
                .collect()
        })
        .await
    }

    /// How fast an organisation answered cases of a level lately.
    pub async fn experience(
        &self,
        organisation: OrganisationId,
        level: Level,
    ) -> Result<Experience, StoreError> {
        self.read(async |tx| {
            let args = || args![organisation, level.rank()];
            let rows = tx.all(&RECENT, args()).await?;
            let oldest = tx.first(&OLDEST, args()).await?;
            Ok(Experience {
                recent: rows.iter().map(|r| r.int(0)).collect::<Result<_, _>>()?,
                oldest: oldest.map(|r| r.opt_time(0)).transpose()?.flatten(),
            })
        })
        .await
    }
}

impl Write for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let o = &self.organisation;
        let hours = serde_json::to_string(&o.hours)?;
        let args = args![o.id, &o.kind, &o.name, o.fallback, hours, self.now];
        tx.run(&PUT, args).await?;
        tx.run(&UNCOVER, args![o.id]).await?;
        for kreis in &o.kreise {
            tx.run(&COVER, args![o.id, kreis]).await?;
        }
        Ok(())
    }
}
