//! The data folder: made, locked, and with its key.

use crate::config::{Config, parse_key};
use crate::ports::Ids as _;
use crate::runtime::system::SystemIds;
use crate::store::seal::{InstanceKey, hex};
use crate::store::{Database, OpenError, Store, StoreError};
use secrecy::{ExposeSecret, SecretBox};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that holds the instance key.
pub const KEY_FILE: &str = "instance.key";
const LOCK_FILE: &str = "lock";
/// A process that was killed a moment ago may still be letting go.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Why an instance cannot be started, in an operator's words.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The folder cannot be made or written to.
    #[error("the data folder {} cannot be written to: {why}. Give lotse a folder of its own with --data, or change the folder's owner", .folder.display())]
    Unwritable {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Another process works here.
    #[error("another lotse{} is already working in {}. Stop it first, or give this one a folder of its own with --data", process(.pid), .folder.display())]
    Taken {
        /// Which folder.
        folder: PathBuf,
        /// Which process, if it said so.
        pid: Option<u32>,
    },
    /// The key file holds no key.
    #[error("{} holds no instance key: 64 hexadecimal digits are expected. Put the right file back; with another key the contents of the database cannot be read", .file.display())]
    BadKey {
        /// Which file.
        file: PathBuf,
    },
    /// The key file cannot be read.
    #[error("the instance key {} cannot be read: {why}", .file.display())]
    UnreadableKey {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// There is a database, but no key.
    #[error("there is a database in {}, but no {KEY_FILE}. Its contents can only be read with the key that it was begun with: put the file back, or name the key with LOTSE_INSTANCE_KEY_FILE", .folder.display())]
    KeyLost {
        /// Which folder.
        folder: PathBuf,
    },
    /// The key does not fit the database.
    #[error(
        "the instance key ({key}) is not the one that this database was begun with. Nothing was changed. Put the right key back, or name the right database"
    )]
    WrongKey {
        /// Where the key came from.
        key: String,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn process(pid: &Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}

/// Whether there is a database to look into, so that looking makes none.
pub fn has_database(config: &Config) -> bool {
    match config.database() {
        Database::Sqlite(folder) => folder.join("lotse.db").exists(),
        Database::Postgres(_) => true,
    }
}

/// A data folder, ready for use.
#[derive(Debug)]
pub struct Place {
    key: SecretBox<[u8; 32]>,
    key_name: String,
    /// Set if the key was made just now.
    pub new_key: Option<PathBuf>,
    /// Held until the end of the process.
    _lock: Option<File>,
}

impl Place {
    /// Makes folder and key where they are not there. `alone`: nobody else may work on the same
    /// folder at the same time (only SQLite minds; a PostgreSQL server is shared).
    pub async fn prepare(config: &Config, alone: bool) -> Result<Self, PlaceError> {
        let folder = config.data_dir.clone();
        let unwritable = |why| PlaceError::Unwritable {
            folder: folder.clone(),
            why,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .map_err(unwritable)?;
        let lock = match (alone, config.database()) {
            (true, Database::Sqlite(_)) => Some(lock(&folder).await?),
            _ => None,
        };
        let file = folder.join(KEY_FILE);
        let (key, key_name, new_key) = match &config.instance_key {
            Some(key) => {
                let key = SecretBox::new(Box::new(*key.expose_secret()));
                (key, "from the settings".to_owned(), None)
            }
            None => {
                let (key, new) = match read_key(&file)? {
                    Some(key) => (key, false),
                    None if folder.join("lotse.db").exists() => {
                        return Err(PlaceError::KeyLost { folder });
                    }
                    None => (make_key(&file).map_err(unwritable)?, true),
                };
                (key, file.display().to_string(), new.then(|| file.clone()))
            }
        };
        Ok(Self {
            key,
            key_name,
            new_key,
            _lock: lock,
        })
    }

    /// Opens the database, brings it up to date, and sees to it that the key fits.
    pub async fn open(&self, config: &Config) -> Result<Store, PlaceError> {
        let key = InstanceKey::new(self.key.expose_secret());
        let store = Store::open(&config.database(), key).await?;
        if store.key_fits().await? {
            return Ok(store);
        }
        if let Some(file) = &self.new_key {
            // A key that fits nothing would only be in the way of the right one.
            let _ = std::fs::remove_file(file);
        }
        Err(PlaceError::WrongKey {
            key: self.key_name.clone(),
        })
    }
}

async fn lock(folder: &Path) -> Result<File, PlaceError> {
    let unwritable = |why| PlaceError::Unwritable {
        folder: folder.to_owned(),
        why,
    };
    let path = folder.join(LOCK_FILE);
    let open = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let mut file = open.map_err(unwritable)?;
    let mut tries = 0;
    while let Err(error) = file.try_lock() {
        match error {
            TryLockError::Error(why) => return Err(unwritable(why)),
            TryLockError::WouldBlock if tries < LOCK_TRIES => {
                tries += 1;
                tokio::time::sleep(LOCK_PAUSE).await;
            }
            TryLockError::WouldBlock => {
                let mut pid = String::new();
                let _ = file.read_to_string(&mut pid);
                let folder = folder.to_owned();
                return Err(PlaceError::Taken {
                    folder,
                    pid: pid.trim().parse().ok(),
                });
            }
        }
    }
    // Only for the message above; a lock without a number is a lock as well.
    let _ = file.set_len(0);
    let _ = writeln!(file, "{}", std::process::id());
    Ok(file)
}

fn read_key(file: &Path) -> Result<Option<SecretBox<[u8; 32]>>, PlaceError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(why) => {
            return Err(PlaceError::UnreadableKey {
                file: file.to_owned(),
                why,
            });
        }
    };
    let bad = || PlaceError::BadKey {
        file: file.to_owned(),
    };
    parse_key(&text).map(Some).ok_or_else(bad)
}

fn make_key(path: &Path) -> io::Result<SecretBox<[u8; 32]>> {
    let key = SecretBox::new(Box::new(SystemIds.random()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", hex(key.expose_secret()))?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layers;
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let count = COUNT.fetch_add(1, Ordering::SeqCst);
            let name = format!("lotse-place-{}-{count}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }

        fn config(&self) -> Config {
            self.config_with(&[])
        }

        fn config_with(&self, env: &[(&str, &str)]) -> Config {
            let mut layers = Layers::default();
            layers
                .flags
                .insert("data_dir", self.0.display().to_string());
            layers.env = env
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect();
            Config::load(layers).unwrap()
        }

        /// An error's text, without the folder's name.
        fn say(&self, error: &PlaceError) -> String {
            error
                .to_string()
                .replace(&self.0.display().to_string(), "DATA")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn the_first_start_makes_a_key_that_only_the_owner_reads() {
        let folder = Folder::new();
        let place = Place::prepare(&folder.config(), true).await.unwrap();
        let file = place.new_key.clone().unwrap();
        assert_eq!(
            std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        place.open(&folder.config()).await.unwrap();
        drop(place);
        let again = Place::prepare(&folder.config(), true).await.unwrap();
        assert!(again.new_key.is_none());
        again.open(&folder.config()).await.unwrap();
    }

    #[tokio::test]
    async fn a_second_process_in_the_same_folder_is_refused() {
        let folder = Folder::new();
        let first = Place::prepare(&folder.config(), true).await.unwrap();
        let error = Place::prepare(&folder.config(), true).await.unwrap_err();
        let text = folder
            .say(&error)
            .replace(&std::process::id().to_string(), "1234");
        insta::assert_snapshot!(text);
        // Commands that may run beside it are not.
        Place::prepare(&folder.config(), false).await.unwrap();
        drop(first);
        Place::prepare(&folder.config(), true).await.unwrap();
    }

    #[tokio::test]
    async fn another_key_than_the_databases_own_is_refused() {
        let folder = Folder::new();
        Place::prepare(&folder.config(), true)
            .await
            .unwrap()
            .open(&folder.config())
            .await
            .unwrap();
        let key = "ab".repeat(32);
        let other = folder.config_with(&[("LOTSE_INSTANCE_KEY", &key)]);
        let error = Place::prepare(&other, true)
            .await
            .unwrap()
            .open(&other)
            .await
            .err()
            .unwrap();
        insta::assert_snapshot!(folder.say(&error));
        std::fs::write(folder.0.join(KEY_FILE), "rubbish").unwrap();
        let error = Place::prepare(&folder.config(), true).await.unwrap_err();
        insta::assert_snapshot!(folder.say(&error));
        std::fs::remove_file(folder.0.join(KEY_FILE)).unwrap();
        let error = Place::prepare(&folder.config(), true).await.unwrap_err();
        insta::assert_snapshot!(folder.say(&error));
        assert!(!folder.0.join(KEY_FILE).exists());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_named() {
        let folder = Folder::new();
        std::fs::write(&folder.0, "a file stands in the way").unwrap();
        let error = Place::prepare(&folder.config(), true).await.unwrap_err();
        insta::assert_snapshot!(folder.say(&error));
        std::fs::remove_file(&folder.0).unwrap();
    }
}
