//! Published content: versions, and when which of them holds. What was published stays, for messages name
//! the version that answered, and so that every step back is possible.

use super::db::{Row, Tx, args};
use super::sql::Sql;
use super::{Store, StoreError, Write};
use crate::model::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A decision that a version holds from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Hash of the content.
    pub hash: String,
    /// From when on.
    pub holds_from: Timestamp,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// By whom.
    pub decided_by: String,
}

/// The newest first. Of two for the same moment the later decision counts.
const SWITCHES: Sql = Sql::both(
    "SELECT hash, holds_from, decided_at, decided_by FROM content_switches
     ORDER BY holds_from DESC, id DESC LIMIT $1",
);
const ADD_VERSION: Sql = Sql::both(
    "INSERT INTO content_versions (hash, files, added_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
);
const HAS_VERSION: Sql = Sql::both("SELECT 1 FROM content_versions WHERE hash = $1");
const FILES: Sql = Sql::both("SELECT files FROM content_versions WHERE hash = $1");
const ADD_SWITCH: Sql = Sql::both(
    "INSERT INTO content_switches (id, hash, holds_from, decided_at, decided_by) VALUES ($1, $2, $3, $4, $5)",
);
/// Two who publish at once must see each other's decision.
const ALONE: Sql = Sql {
    sqlite: "SELECT 1",
    postgres: "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7301551)) AS l",
};

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &SWITCHES,
    &ADD_VERSION,
    &HAS_VERSION,
    &FILES,
    &ADD_SWITCH,
    &ALONE,
];

/// Lets a version hold from a moment on.
#[derive(Debug)]
pub struct Publish {
    /// Id of the decision.
    pub id: Uuid,
    /// What was decided.
    pub switch: Switch,
    /// The version's files; `None`: it was published before.
    pub files: Option<BTreeMap<String, String>>,
    /// The newest decision that whoever decides knows of.
    pub after: Option<Switch>,
}

impl Write for Publish {
    type Out = ();

    /// [`StoreError::Conflict`]: somebody else has decided meanwhile.
    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.all(&ALONE, vec![]).await?;
        let newest = tx.first(&SWITCHES, args![1_i64]).await?;
        if newest.as_ref().map(switch).transpose()? != self.after {
            return Err(StoreError::Conflict);
        }
        let Switch {
            hash,
            holds_from,
            decided_at,
            decided_by,
        } = &self.switch;
        if let Some(files) = &self.files {
            let files = serde_json::to_vec(files)?;
            tx.run(&ADD_VERSION, args![hash, files, *decided_at])
                .await?;
        }
        if tx.first(&HAS_VERSION, args![hash]).await?.is_none() {
            return Err(StoreError::Shape("a version of the content is missing"));
        }
        let id = self.id.to_string();
        tx.run(
            &ADD_SWITCH,
            args![id, hash, *holds_from, *decided_at, decided_by],
        )
        .await
        .map(drop)
    }
}

impl Store {
    /// The decisions, the newest first.
    pub async fn content_switches(&self, most: i64) -> Result<Vec<Switch>, StoreError> {
        self.read(async |tx| {
            let rows = tx.all(&SWITCHES, args![most]).await?;
            rows.iter().map(switch).collect()
        })
        .await
    }

    /// The files of a version. `None`: it was never published.
    pub async fn content_files(
        &self,
        hash: &str,
    ) -> Result<Option<BTreeMap<String, String>>, StoreError> {
        self.read(async |tx| match tx.first(&FILES, args![hash]).await? {
            Some(row) => Ok(Some(serde_json::from_slice(&row.blob(0)?)?)),
            None => Ok(None),
        })
        .await
    }
}

fn switch(row: &Row) -> Result<Switch, StoreError> {
    Ok(Switch {
        hash: row.text(0)?,
        holds_from: row.time(1)?,
        decided_at: row.time(2)?,
        decided_by: row.text(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Ids as _;
    use crate::store::testing::{NOW, World, on_both};

    fn publish(world: &World, hash: &str, at: i64, after: Option<Switch>) -> Publish {
        let switch = Switch {
            hash: hash.to_owned(),
            holds_from: NOW.plus_seconds(at),
            decided_at: NOW,
            decided_by: "Rosa".to_owned(),
        };
        let file = ("flows/a.toml".to_owned(), format!("# {hash}"));
        Publish {
            id: world.ids.uuid(),
            switch,
            files: Some([file].into()),
            after,
        }
    }

    #[tokio::test]
    async fn versions_are_kept_and_can_hold_again() {
        on_both(async |world| {
            let store = &world.store;
            let first = publish(&world, "one", 1, None);
            let one = first.switch.clone();
            store.write(first).await.unwrap();
            let second = publish(&world, "two", 2, Some(one.clone()));
            let two = second.switch.clone();
            store.write(second).await.unwrap();
            let back = Publish {
                files: None,
                ..publish(&world, "one", 3, Some(two))
            };
            store.write(back).await.unwrap();
            let all = store.content_switches(10).await.unwrap();
            let hashes: Vec<_> = all.iter().map(|s| s.hash.as_str()).collect();
            assert_eq!(hashes, ["one", "two", "one"]);
            let files = store.content_files("two").await.unwrap().unwrap();
            assert_eq!(files["flows/a.toml"], "# two");
            assert_eq!(store.content_files("three").await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn who_does_not_know_of_the_newest_decision_has_to_look_again() {
        on_both(async |world| {
            let store = &world.store;
            store.write(publish(&world, "one", 1, None)).await.unwrap();
            let blind = store.write(publish(&world, "two", 2, None)).await;
            assert!(matches!(blind, Err(StoreError::Conflict)));
            assert_eq!(store.content_files("two").await.unwrap(), None);
        })
        .await;
    }
}
