//! What the bot has to know of the desk: who covers what, and how long people wait.

use super::db::args;
use super::sql::Sql;
use super::{Store, StoreError};
use crate::desk::hours::Hours;
use crate::model::{CaseId, Lane, Level, OrganisationId, Timestamp};
use std::collections::BTreeMap;

/// An organisation as the bot sees it.
#[derive(Clone, Debug)]
pub struct DeskOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// It takes what nobody else covers.
    pub is_fallback: bool,
    /// Its opening hours.
    pub hours: Hours,
    /// Keys of the Kreise that it covers.
    pub kreise: Vec<String>,
    /// How many cases wait there.
    pub waiting: i64,
    /// By level: how long the latest first replies took, in milliseconds.
    pub recent: BTreeMap<Level, Vec<i64>>,
    /// By level: since when the oldest case waits.
    pub oldest: BTreeMap<Level, Timestamp>,
}

const ORGANISATIONS: Sql =
    Sql::both("SELECT id, name, is_fallback, hours FROM organisations ORDER BY id");
const COVERAGE: Sql = Sql::both("SELECT organisation_id, kreis FROM coverage");
const WAITING: Sql = Sql::both(
    "SELECT organisation_id, level, count(*), min(opened_at) FROM cases WHERE live = 1 AND state = 'waiting'
     GROUP BY organisation_id, level",
);
const RECENT: Sql = Sql::both(
    "SELECT organisation_id, level, first_reply_at - opened_at FROM cases
     WHERE first_reply_at IS NOT NULL AND opened_at > $1 ORDER BY opened_at DESC LIMIT 500",
);
const LANE_OF_CASE: Sql = Sql::both(
    "SELECT c.lane, c.channel FROM conversations c JOIN cases k ON k.conversation_id = c.id
     WHERE k.id = $1 AND k.state <> 'erased'",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&ORGANISATIONS, &COVERAGE, &WAITING, &RECENT, &LANE_OF_CASE];

/// How far back first replies count as experience: 14 days.
const EXPERIENCE_SECONDS: i64 = 14 * 24 * 3600;

impl Store {
    /// All organisations with coverage, load and recent waiting times.
    pub async fn desk_organisations(
        &self,
        now: Timestamp,
    ) -> Result<Vec<DeskOrganisation>, StoreError> {
        self.read(async |tx| {
            let mut found = BTreeMap::new();
            for row in tx.all(&ORGANISATIONS, vec![]).await? {
                let id: OrganisationId = row.id(0)?;
                found.insert(
                    id,
                    DeskOrganisation {
                        id,
                        name: row.text(1)?,
                        is_fallback: row.int(2)? == 1,
                        hours: serde_json::from_str(&row.text(3)?)?,
                        kreise: Vec::new(),
                        waiting: 0,
                        recent: BTreeMap::new(),
                        oldest: BTreeMap::new(),
                    },
                );
            }
            for row in tx.all(&COVERAGE, vec![]).await? {
                if let Some(organisation) = found.get_mut(&row.id(0)?) {
                    organisation.kreise.push(row.text(1)?);
                }
            }
            for row in tx.all(&WAITING, vec![]).await? {
                if let (Some(organisation), Some(level)) =
                    (found.get_mut(&row.id(0)?), Level::parse(&row.text(1)?))
                {
                    organisation.waiting += row.int(2)?;
                    organisation.oldest.insert(level, row.time(3)?);
                }
            }
            for row in tx
                .all(&RECENT, args![now.plus_seconds(-EXPERIENCE_SECONDS)])
                .await?
            {
                if let (Some(organisation), Some(level)) =
                    (found.get_mut(&row.id(0)?), Level::parse(&row.text(1)?))
                {
                    organisation
                        .recent
                        .entry(level)
                        .or_default()
                        .push(row.int(2)?);
                }
            }
            Ok(found.into_values().collect())
        })
        .await
    }

    /// Whose conversation a case belongs to, and on which channel.
    pub async fn lane_of_case(&self, case: CaseId) -> Result<Option<(Lane, String)>, StoreError> {
        self.read(
            async |tx| match tx.first(&LANE_OF_CASE, args![case]).await? {
                Some(row) => Ok(Some((Lane(row.text(0)?), row.text(1)?))),
                None => Ok(None),
            },
        )
        .await
    }
}
