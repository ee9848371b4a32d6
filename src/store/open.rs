//! Opening a database: SQLite in a folder, or PostgreSQL by URL; migrations; one process for each folder.

use super::db::Tx;
use super::group::Group;
use super::seal::InstanceKey;
use super::{StoreError, Write};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, PgConnection, SqlStr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// Which database to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file in this folder.
    Sqlite(PathBuf),
    /// A server, by URL. Holds a password: never logged.
    Postgres(String),
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Unreachable(sqlx::Error),
    /// The server cannot be reached or refuses the account.
    #[error("the database `{name}` on {host}:{port} cannot be opened: {error}")]
    Server {
        /// The server's name.
        host: String,
        /// Its port.
        port: u16,
        /// The database's name.
        name: String,
        /// What it says; no password stands in it.
        error: Box<sqlx::Error>,
    },
    /// The URL is malformed.
    #[error(
        "the database URL is not valid; it should look like postgres://user:password@host/name"
    )]
    Url,
    /// A migration failed, or the database was migrated by a newer lotse.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
}

/// The way to the database.
#[derive(Clone)]
pub(super) enum Pools {
    /// One writer, some readers.
    Sqlite { writer: Group, readers: SqlitePool },
    /// A server.
    Postgres(PgPool),
}

/// The database, opened and migrated.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    key: Arc<InstanceKey>,
}

macro_rules! migrations {
    ($($version:literal $name:literal),* $(,)?) => {
        [$((
            $version,
            $name,
            include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        )),*]
    };
}

/// Number, name, SQLite text, PostgreSQL text.
const MIGRATIONS: &[(i64, &str, &str, &str)] = &migrations![
    1 "0001_spine",
    2 "0002_desk",
    3 "0003_asked",
    4 "0004_published",
    5 "0005_passages",
    6 "0006_reminders",
    7 "0007_attachments",
    8 "0008_alarms",
];

fn migrator(postgres: bool) -> Migrator {
    let migrations = MIGRATIONS
        .iter()
        .map(|&(version, name, lite, pg)| {
            let text = if postgres { pg } else { lite };
            let text = SqlStr::from_static(text);
            Migration::new(version, name.into(), MigrationType::Simple, text, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

impl Store {
    /// Opens the database and brings its tables up to date.
    pub async fn open(database: &Database, key: InstanceKey) -> Result<Self, OpenError> {
        let pools = match database {
            Database::Sqlite(folder) => open_sqlite(&sqlite_file(folder)).await?,
            Database::Postgres(url) => open_postgres(url).await?,
        };
        Ok(Self {
            pools,
            key: Arc::new(key),
        })
    }

    /// The instance's key.
    pub fn key(&self) -> &InstanceKey {
        &self.key
    }

    /// The instance's key, for a use case that outlives its caller.
    pub(super) fn shared_key(&self) -> Arc<InstanceKey> {
        Arc::clone(&self.key)
    }

    /// The way to the database.
    pub(super) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Whether this process is the only one that can use the database.
    pub fn is_embedded(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    /// Runs a use case that changes something; resolves after the commit.
    pub async fn write<W: Write>(&self, write: W) -> Result<W::Out, StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => writer.write(write).await,
            Pools::Postgres(pool) => write_postgres(pool, &write).await,
        }
    }

    /// Runs a use case that only reads.
    pub async fn read<T, F>(&self, f: F) -> Result<T, StoreError>
    where
        F: AsyncFnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
    {
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let mut connection = readers.acquire().await?;
                f(&mut Tx::Sqlite(&mut connection)).await
            }
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                f(&mut Tx::Postgres(&mut connection)).await
            }
        }
    }

    /// Finishes what is being written and closes all connections, so that an embedded database is one file
    /// again. Whoever still asks for something afterwards is refused.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                // The connection that is closed last moves the log into the database; a reader may not.
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        const PING: super::sql::Sql = super::sql::Sql::both("SELECT 1");
        self.read(async |tx| tx.all(&PING, vec![]).await.map(drop))
            .await
    }
}

/// The database's file in a data folder.
pub(super) fn sqlite_file(folder: &Path) -> PathBuf {
    folder.join("lotse.db")
}

async fn open_sqlite(file: &Path) -> Result<Pools, OpenError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        .disable_statement_logging();
    let mut writer = options.connect().await.map_err(OpenError::Unreachable)?;
    migrator(false)
        .run_direct(None, &mut writer, false)
        .await
        .map_err(OpenError::Migrate)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(3)
        .min_connections(1)
        .test_before_acquire(false)
        .connect_with(options.read_only(true))
        .await
        .map_err(OpenError::Unreachable)?;
    Ok(Pools::Sqlite {
        writer: Group::start(writer),
        readers,
    })
}

async fn open_postgres(url: &str) -> Result<Pools, OpenError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Url)?
        .application_name("lotse")
        .statement_cache_capacity(512)
        .disable_statement_logging();
    // A pool tries again and again and then only says that it took too long.
    let first = tokio::time::timeout(CONNECT, PgConnection::connect_with(&options)).await;
    let first = first.unwrap_or(Err(sqlx::Error::PoolTimedOut));
    let closed = match first {
        Ok(connection) => connection.close().await,
        Err(error) => Err(error),
    };
    closed.map_err(|error| server_error(&options, error))?;
    let pool = PgPoolOptions::new()
        .max_connections(10)
        .acquire_timeout(CONNECT)
        .connect_with(options.clone())
        .await
        .map_err(|error| server_error(&options, error))?;
    migrator(true)
        .run(&pool)
        .await
        .map_err(OpenError::Migrate)?;
    Ok(Pools::Postgres(pool))
}

/// How long a server may take to answer.
const CONNECT: Duration = Duration::from_secs(10);

fn server_error(options: &PgConnectOptions, error: sqlx::Error) -> OpenError {
    OpenError::Server {
        host: options.get_host().to_owned(),
        port: options.get_port(),
        name: options.get_database().unwrap_or("(none)").to_owned(),
        error: Box::new(match error {
            sqlx::Error::PoolTimedOut => sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()),
            other => other,
        }),
    }
}

/// How often a transaction that lost against another one is tried again.
const TRIES: u32 = 5;

async fn write_postgres<W: Write>(pool: &PgPool, write: &W) -> Result<W::Out, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut connection = pool.acquire().await?;
        let mut tx = connection.begin().await?;
        let result = match write.run(&mut Tx::Postgres(&mut tx)).await {
            Ok(out) => tx.commit().await.map(|()| out).map_err(StoreError::from),
            Err(error) => tx
                .rollback()
                .await
                .map_err(StoreError::from)
                .and(Err(error)),
        };
        match result {
            Err(StoreError::Database(e)) if tries < TRIES && lost_a_race(&e) => {}
            other => return other,
        }
    }
}

/// Serialization failure or deadlock: PostgreSQL asks to try again.
///
/// Source: <https://www.postgresql.org/docs/current/errcodes-appendix.html>, class 40.
fn lost_a_race(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|e| e.code())
        .is_some_and(|code| code == "40001" || code == "40P01")
}
