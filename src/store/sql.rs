//! One text per statement for both databases.
//!
//! Nearly every statement is the same on SQLite and PostgreSQL; the macros below write the two places
//! where they differ: rows that come as JSON, and row locks. Statements are constants, so that a test
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

/// A statement over rows given as a JSON array in `$1`. Between `before` and `after` stands the table
/// expression `rows` with one column, `value`; `value->>'name'` reads a member as text.
macro_rules! sql_rows {
    ($before:expr, $after:expr) => {
        $crate::store::sql::Sql {
            sqlite: concat!($before, " json_each($1) AS rows ", $after),
            postgres: concat!(
                $before,
                " jsonb_array_elements($1::jsonb) AS rows(value) ",
                $after
            ),
        }
    };
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

pub(crate) use {sql_claim, sql_rows};
