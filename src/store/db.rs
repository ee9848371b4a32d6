//! The two databases behind one small face: arguments and columns are text, whole numbers or bytes.
//!
//! Not `sqlx::Any` (it knows too few types), not `query!` (one database for each build).

use super::StoreError;
use super::sql::Sql;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Row as _};
use std::sync::Arc;

/// A value bound to a statement.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Text.
    Text(Option<String>),
    /// A whole number.
    Int(Option<i64>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

macro_rules! arg_from {
    ($($from:ty => |$v:ident| $to:expr;)*) => {$(
        impl From<$from> for Arg {
            fn from($v: $from) -> Self {
                $to
            }
        }
    )*};
}

arg_from! {
    &str => |v| Arg::Text(Some(v.to_owned()));
    String => |v| Arg::Text(Some(v));
    &String => |v| Arg::Text(Some(v.clone()));
    Option<String> => |v| Arg::Text(v);
    i64 => |v| Arg::Int(Some(v));
    Option<i64> => |v| Arg::Int(v);
    bool => |v| Arg::Int(Some(i64::from(v)));
    Vec<u8> => |v| Arg::Blob(Some(v));
    Option<Vec<u8>> => |v| Arg::Blob(v);
    crate::model::Timestamp => |v| Arg::Int(Some(v.0));
    Option<crate::model::Timestamp> => |v| Arg::Int(v.map(|t| t.0));
    crate::model::PersonId => |v| Arg::Text(Some(v.to_string()));
    crate::model::IdentityId => |v| Arg::Text(Some(v.to_string()));
    crate::model::ConversationId => |v| Arg::Text(Some(v.to_string()));
    crate::model::MessageId => |v| Arg::Text(Some(v.to_string()));
    crate::model::AttachmentId => |v| Arg::Text(Some(v.to_string()));
    crate::model::InboxId => |v| Arg::Text(Some(v.to_string()));
    crate::model::CaseId => |v| Arg::Text(Some(v.to_string()));
    crate::model::NoteId => |v| Arg::Text(Some(v.to_string()));
    crate::model::TimerId => |v| Arg::Text(Some(v.to_string()));
    crate::model::OrganisationId => |v| Arg::Text(Some(v.to_string()));
    crate::model::CounsellorId => |v| Arg::Text(Some(v.to_string()));
    Option<crate::model::CounsellorId> => |v| Arg::Text(v.map(|i| i.to_string()));
    Option<crate::model::CaseId> => |v| Arg::Text(v.map(|i| i.to_string()));
    Option<crate::model::PersonId> => |v| Arg::Text(v.map(|i| i.to_string()));
    Option<crate::model::MessageId> => |v| Arg::Text(v.map(|i| i.to_string()));
    crate::model::SessionId => |v| Arg::Text(Some(v.to_string()));
}

/// Arguments of a statement: `args![id, now, "open"]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::db::Arg::from($value)),*] };
}
pub(crate) use args;

/// A connection inside a transaction (or a reader outside of one).
pub enum Tx<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A row of a result; columns are read by position.
pub enum Row {
    /// SQLite.
    Sqlite(SqliteRow),
    /// PostgreSQL.
    Postgres(PgRow),
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Text(v) => query.bind(v),
                Arg::Int(v) => query.bind(v),
                Arg::Blob(v) => query.bind(v),
            };
        }
        query
    }};
}

impl Tx<'_> {
    /// Runs a statement; returns how many rows it changed.
    pub async fn run(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(c) => bind_all!(sqlx::query(sql.sqlite), args)
                .execute(&mut **c)
                .await?
                .rows_affected(),
            Self::Postgres(c) => bind_all!(sqlx::query(sql.postgres), args)
                .execute(&mut **c)
                .await?
                .rows_affected(),
        })
    }

    /// All rows of a query.
    pub async fn all(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Self::Sqlite(c) => bind_all!(sqlx::query(sql.sqlite), args)
                .fetch_all(&mut **c)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Self::Postgres(c) => bind_all!(sqlx::query(sql.postgres), args)
                .fetch_all(&mut **c)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// Prepares a statement without running it: whether the database understands it.
    #[cfg(test)]
    pub async fn prepare(&mut self, sql: &Sql) -> Result<(), StoreError> {
        use sqlx::{Executor, SqlStr};
        match self {
            Self::Sqlite(c) => drop((&mut **c).prepare(SqlStr::from_static(sql.sqlite)).await?),
            Self::Postgres(c) => drop(
                (&mut **c)
                    .prepare(SqlStr::from_static(sql.postgres))
                    .await?,
            ),
        }
        Ok(())
    }

    /// [`Tx::run`] with a text that is the same on both databases.
    pub(super) async fn run_text(
        &mut self,
        text: Arc<str>,
        args: Vec<Arg>,
    ) -> Result<u64, StoreError> {
        let text = AssertSqlSafe(text);
        Ok(match self {
            Self::Sqlite(c) => bind_all!(sqlx::query(text), args)
                .execute(&mut **c)
                .await?
                .rows_affected(),
            Self::Postgres(c) => bind_all!(sqlx::query(text), args)
                .execute(&mut **c)
                .await?
                .rows_affected(),
        })
    }

    /// [`Tx::all`] with a text that is the same on both databases.
    pub(super) async fn all_text(
        &mut self,
        text: Arc<str>,
        args: Vec<Arg>,
    ) -> Result<Vec<Row>, StoreError> {
        let text = AssertSqlSafe(text);
        Ok(match self {
            Self::Sqlite(c) => {
                let rows = bind_all!(sqlx::query(text), args)
                    .fetch_all(&mut **c)
                    .await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(c) => {
                let rows = bind_all!(sqlx::query(text), args)
                    .fetch_all(&mut **c)
                    .await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row of a query, if there is one.
    pub async fn first(&mut self, sql: &Sql, args: Vec<Arg>) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }
}

impl Row {
    /// A column that is never NULL: text.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        self.opt_text(column)?
            .ok_or(StoreError::Shape("a text is missing"))
    }

    /// Text or NULL.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Sqlite(r) => r.try_get_unchecked(column)?,
            Self::Postgres(r) => r.try_get(column)?,
        })
    }

    /// A column that is never NULL: a whole number.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?
            .ok_or(StoreError::Shape("a number is missing"))
    }

    /// A whole number or NULL.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        Ok(match self {
            Self::Sqlite(r) => r.try_get_unchecked(column)?,
            Self::Postgres(r) => r.try_get(column)?,
        })
    }

    /// A column that is never NULL: bytes.
    pub fn blob(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.opt_blob(column)?
            .ok_or(StoreError::Shape("bytes are missing"))
    }

    /// Bytes or NULL.
    pub fn opt_blob(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(match self {
            Self::Sqlite(r) => r.try_get_unchecked(column)?,
            Self::Postgres(r) => r.try_get(column)?,
        })
    }

    /// A text column that holds an id.
    pub fn id<T: std::str::FromStr>(&self, column: usize) -> Result<T, StoreError> {
        self.text(column)?
            .parse()
            .map_err(|_| StoreError::Shape("an id is malformed"))
    }

    /// A text column that holds an id or NULL.
    pub fn opt_id<T: std::str::FromStr>(&self, column: usize) -> Result<Option<T>, StoreError> {
        match self.opt_text(column)? {
            None => Ok(None),
            Some(t) => t
                .parse()
                .map(Some)
                .map_err(|_| StoreError::Shape("an id is malformed")),
        }
    }

    /// A time.
    pub fn time(&self, column: usize) -> Result<crate::model::Timestamp, StoreError> {
        self.int(column).map(crate::model::Timestamp)
    }

    /// A time or NULL.
    pub fn opt_time(&self, column: usize) -> Result<Option<crate::model::Timestamp>, StoreError> {
        Ok(self.opt_int(column)?.map(crate::model::Timestamp))
    }
}
