//! The only room that knows SQL.
//!
//! Each file tells one use case: what it reads or changes in one transaction. A use case that changes
//! something is a [`Write`]; [`Store::write`] runs it, on SQLite together with whatever else is waiting
//! (see `group`), on PostgreSQL in a transaction of its own.
//!
//! **Architecture invariant:** no other room names sqlx, and no transaction leaves this one.

pub mod accept;
pub mod alarms;
pub mod attachments;
pub mod backup;
pub(crate) mod db;
pub mod desk;
pub mod desk_turn;
mod group;
pub mod look;
pub mod meta;
mod open;
pub mod outbox;
pub mod passages;
pub mod published;
pub mod renew;
pub mod room;
mod rows;
pub mod seal;
pub(crate) mod sql;
pub mod states;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod timers;
pub mod turns;
pub mod wake;
mod whose;
pub mod world;

pub use open::{Database, OpenError, Store};

use db::Tx;
use std::future::Future;
use std::sync::Arc;

/// Something that changes the database, in one transaction. It may be run more than once before it
/// is committed, so it changes nothing but the database.
pub trait Write: Send + Sync + 'static {
    /// What the caller gets after the commit.
    type Out: Send + 'static;
    /// Does it.
    fn run(&self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Out, StoreError>> + Send;
}

/// Why the store did not do what it was asked, by what the caller can do.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same thing first: load again and decide again.
    #[error("somebody else changed this first")]
    Conflict,
    /// The database failed. Try again later.
    #[error("the database failed: {0}")]
    Database(Arc<sqlx::Error>),
    /// The database does not look as it should.
    #[error("the database holds something unexpected: {0}")]
    Shape(&'static str),
    /// A content could not be opened.
    #[error(transparent)]
    Seal(#[from] seal::SealBroken),
    /// The store is shutting down.
    #[error("the store is shutting down")]
    Stopped,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // Two transactions made the same thing: whoever came second decides again.
        if error
            .as_database_error()
            .is_some_and(|e| e.is_unique_violation())
        {
            return Self::Conflict;
        }
        Self::Database(Arc::new(error))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        // serde's own text may quote what it could not read, and that may be somebody's words.
        Self::Shape("a stored value is malformed")
    }
}
