//! What an instance knows of itself: which key its contents are sealed with, and what it is for.

use super::db::{Tx, args};
use super::sql::Sql;
use super::{Store, StoreError, Write};

/// Whether the instance key is the one that this database was begun with.
const KEY_CHECK: &str = "instance_key_check";

const GET: Sql = Sql::both("SELECT value FROM meta WHERE name = $1");
const PUT: Sql =
    Sql::both("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&GET, &PUT];

struct Note {
    name: &'static str,
    value: Vec<u8>,
}

impl Store {
    /// Whether the instance key fits the database. A new database takes the key as its own.
    pub async fn key_fits(&self) -> Result<bool, StoreError> {
        let value = self.key().word("check").into_bytes();
        Ok(self.note_once(KEY_CHECK, value.clone()).await? == value)
    }

    /// A note of the instance about itself.
    pub async fn note(&self, name: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(async |tx| match tx.first(&GET, args![name]).await? {
            Some(row) => row.blob(0).map(Some),
            None => Ok(None),
        })
        .await
    }

    /// Writes a note unless there is one of this name; returns what stands there then.
    pub async fn note_once(
        &self,
        name: &'static str,
        value: Vec<u8>,
    ) -> Result<Vec<u8>, StoreError> {
        if let Some(found) = self.note(name).await? {
            return Ok(found);
        }
        self.write(Note { name, value }).await
    }
}

impl Write for Note {
    type Out = Vec<u8>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<u8>, StoreError> {
        tx.run(&PUT, args![self.name, self.value.clone()]).await?;
        // Another process may have been faster.
        let row = tx.first(&GET, args![self.name]).await?;
        row.ok_or(StoreError::Shape("a note is missing"))?.blob(0)
    }
}

#[cfg(test)]
mod tests {
    use crate::store::testing::on_both;

    #[tokio::test]
    async fn the_first_note_of_a_name_stays() {
        on_both(async |world| {
            let store = &world.store;
            assert_eq!(store.note("a").await.unwrap(), None);
            assert_eq!(store.note_once("a", b"1".to_vec()).await.unwrap(), b"1");
            assert_eq!(store.note_once("a", b"2".to_vec()).await.unwrap(), b"1");
            assert!(store.key_fits().await.unwrap());
            assert!(store.key_fits().await.unwrap());
        })
        .await;
    }
}
