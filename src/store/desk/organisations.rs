//! Organisations: who they are, what they cover, and when they are there.

use crate::desk::hours::Hours;
use crate::model::{OrganisationId, Timestamp};
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
/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&LIST, &COVERAGE, &PUT, &UNCOVER, &COVER];

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
