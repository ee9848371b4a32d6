//! Several processes on one PostgreSQL server: they wake each other, and see which of them are there.
//!
//! What is called out may get lost (nobody listens for a moment, a connection breaks); the tables are
//! the truth, and everybody also looks by itself. The embedded database has one process: nothing of
//! this is needed there.

use super::db::{Tx, args};
use super::open::Pools;
use super::sql::Sql;
use super::{Store, StoreError, Write};
use sqlx::postgres::{PgListener, PgPoolOptions};

/// The name under which calls go out; PostgreSQL keeps those of each database apart.
const CHANNEL: &str = "lotse";

/// The longest call, in bytes.
///
/// Source: <https://www.postgresql.org/docs/current/sql-notify.html>: shorter than 8000 bytes.
pub const LONGEST_CALL: usize = 7999;

/// Nobody waits for a call to be on disk, so it costs no sync.
const CALL: Sql = Sql {
    sqlite: "SELECT $1, $2",
    postgres: "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)",
};

/// On the embedded database nobody else can be at work, for the folder is locked by this process. On a
/// server whoever is at work has an [`Ear`], and that is a connection with the worker's name.
macro_rules! sql_free {
    ($text:expr) => {
        Sql {
            sqlite: $text,
            postgres: concat!(
                $text,
                " AND claimed_by NOT IN (SELECT substr(a.application_name, 7) FROM pg_stat_activity a
                                         WHERE a.application_name LIKE 'lotse %')"
            ),
        }
    };
}

const FREE_INBOX: Sql =
    sql_free!("UPDATE inbox SET claimed_until = 0 WHERE state = 'open' AND claimed_until > 0");
const FREE_OUTBOX: Sql = sql_free!(
    "UPDATE messages SET claimed_until = 0 WHERE state = 'sending' AND claimed_until > 0"
);
const FREE_TIMERS: Sql = sql_free!("UPDATE timers SET claimed_until = 0 WHERE claimed_until > 0");
const FREE_ATTACHMENTS: Sql =
    sql_free!("UPDATE attachments SET claimed_until = 0 WHERE claimed_until > 0");
const FREE_ALARMS: Sql =
    sql_free!("UPDATE alarm_calls SET claimed_until = 0 WHERE state = 'due' AND claimed_until > 0");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &CALL,
    &FREE_INBOX,
    &FREE_OUTBOX,
    &FREE_TIMERS,
    &FREE_ATTACHMENTS,
    &FREE_ALARMS,
];

/// Frees the claims of processes that have ended without a word, so that nobody waits for their leases.
/// For the start of a process; all of them use the same account of the server, else they do not see
/// each other.
#[derive(Debug)]
pub struct FreeDeadClaims;

impl Write for FreeDeadClaims {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for sql in [
            &FREE_INBOX,
            &FREE_OUTBOX,
            &FREE_TIMERS,
            &FREE_ATTACHMENTS,
            &FREE_ALARMS,
        ] {
            tx.run(sql, vec![]).await?;
        }
        Ok(())
    }
}

/// Hears what any process calls out, the own one included. As long as it is there, the others see that
/// its worker lives.
#[derive(Debug)]
pub struct Ear(PgListener);

impl Ear {
    /// The next call. `None`: the connection was lost and is there again; calls may have been missed.
    ///
    /// # Errors
    /// If the server cannot be reached; asking again later connects again.
    pub async fn next(&mut self) -> Result<Option<String>, StoreError> {
        let call = self.0.try_recv().await?;
        Ok(call.map(|call| call.payload().to_owned()))
    }
}

impl Store {
    /// Listens from now on, in the name of a worker. `None`: the embedded database, nobody to hear.
    pub async fn listen(&self, worker: &str) -> Result<Option<Ear>, StoreError> {
        let Pools::Postgres(pool) = self.pools() else {
            return Ok(None);
        };
        let options = pool.connect_options().as_ref().clone();
        // One connection of its own, held for good; the pool is there to connect again.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_with(options.application_name(&format!("lotse {worker}")))
            .await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.ignore_pool_close_event(true);
        listener.listen(CHANNEL).await?;
        Ok(Some(Ear(listener)))
    }

    /// Calls out to all processes. Never holds anything about a person: ids at most. Not longer than
    /// [`LONGEST_CALL`].
    pub async fn call(&self, words: &str) -> Result<(), StoreError> {
        self.read(async |tx| tx.all(&CALL, args![CHANNEL, words]).await.map(drop))
            .await
    }
}
