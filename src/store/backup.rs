//! A consistent copy of a SQLite database that is in use.

use super::open::sqlite_file;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection as _};
use std::path::Path;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is nothing to copy.
    #[error("there is no database {0}")]
    NoDatabase(String),
    /// The file cannot be made.
    #[error(
        "{file} cannot be written: {why}. Name a file in a folder that is there and that you may write to"
    )]
    Unwritable {
        /// Which file.
        file: String,
        /// What the system says.
        why: std::io::Error,
    },
    /// The database could not be read, or the copy not be written.
    #[error("the copy could not be written")]
    Failed(#[from] sqlx::Error),
    /// The copy was written, and is not sound.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
}

/// Copies the database in `folder` into the new file `target`, and checks the copy. A lotse that is
/// running goes on; the copy holds everything that was committed before it was begun.
pub async fn copy(folder: &Path, target: &Path) -> Result<(), BackupError> {
    let file = sqlite_file(folder);
    if !file.is_file() {
        return Err(BackupError::NoDatabase(file.display().to_string()));
    }
    let mut from = open(&file).await?;
    for_its_owner_alone(target).map_err(|why| BackupError::Unwritable {
        file: target.display().to_string(),
        why,
    })?;
    let copied = sqlx::query("VACUUM INTO $1")
        .bind(target.to_string_lossy())
        .execute(&mut from)
        .await;
    if copied.is_err() {
        let _ = std::fs::remove_file(target);
    }
    copied?;
    from.close().await?;
    let mut copy = open(target).await?;
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut copy)
        .await?;
    copy.close().await?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(BackupError::Damaged(verdict))
    }
}

/// Makes the empty file that the copy fills, so that nobody else on this machine can read it at any time: it holds the
/// passwords' hashes.
fn for_its_owner_alone(target: &Path) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(target).map(drop)
}

async fn open(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    // Not read-only: the files beside the database may have to be made first.
    SqliteConnectOptions::new()
        .filename(file)
        .disable_statement_logging()
        .connect()
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::seal::InstanceKey;
    use crate::store::{Database, Store};
    use std::path::PathBuf;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("lotse-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        async fn store(&self) -> Store {
            let database = Database::Sqlite(self.0.clone());
            Store::open(&database, InstanceKey::new(&[9; 32]))
                .await
                .unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn a_copy_of_a_database_in_use_can_be_started_from() {
        let (live, restored) = (Folder::new("backup-live"), Folder::new("backup-restored"));
        let store = live.store().await;
        assert!(store.key_fits().await.unwrap());
        store.note_once("before", b"1".to_vec()).await.unwrap();
        copy(&live.0, &restored.0.join("lotse.db")).await.unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let copy = std::fs::metadata(restored.0.join("lotse.db")).unwrap();
            assert_eq!(copy.permissions().mode() & 0o777, 0o600);
        }
        // The original goes on and the copy does not notice.
        store.note_once("after", b"1".to_vec()).await.unwrap();
        let copied = restored.store().await;
        assert!(copied.key_fits().await.unwrap());
        assert!(copied.note("before").await.unwrap().is_some());
        assert!(copied.note("after").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn neither_another_file_is_overwritten_nor_an_empty_database_made() {
        let live = Folder::new("backup-no");
        let error = copy(&live.0, &live.0.join("copy")).await.unwrap_err();
        assert!(matches!(error, BackupError::NoDatabase(_)));
        assert!(!live.0.join("lotse.db").exists());
        let _store = live.store().await;
        std::fs::write(live.0.join("precious"), "words").unwrap();
        assert!(copy(&live.0, &live.0.join("precious")).await.is_err());
        assert_eq!(
            std::fs::read_to_string(live.0.join("precious")).unwrap(),
            "words"
        );
    }
}
