//! One text per statement for both databases.
//!
//! Nearly every statement is the same on SQLite and PostgreSQL; the macro below writes the place
//! where they differ: row locks. Statements are constants, so that a test
//! can prepare every one of them on both databases.

/// A statement, written for both databases.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl Sql {
    /// The same text on both.
    pub const fn both(text: &'static str) -> Self {
        Self {
            sqlite: text,
            postgres: text,
        }
    }
}

/// A statement that picks rows to claim: PostgreSQL skips what others are claiming at this moment,
/// SQLite has one writer and needs nothing.
macro_rules! sql_claim {
    ($before:expr, $after:expr) => {
        $crate::store::sql::Sql {
            sqlite: concat!($before, $after),
            postgres: concat!($before, " FOR UPDATE SKIP LOCKED ", $after),
        }
    };
}

pub(crate) use sql_claim;
