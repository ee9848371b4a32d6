//! Many rows in one statement: `VALUES (…),(…),…`, on both databases.
//!
//! A statement for each row would cost a round trip to the database thread each. The text depends on the
//! number of rows; it is made once for each number and then stays prepared on the connection.

use super::StoreError;
use super::db::{Arg, Row, Tx};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// Rows in one statement at most; more become several statements.
const MOST: usize = 32;

/// A statement over rows. In `FROM (VALUES …) AS r` the columns are called `column1`, `column2` …
pub struct RowsSql {
    /// The text before the rows. May use the shared arguments `$1` …
    before: &'static str,
    /// The text after the rows.
    after: &'static str,
    /// How many shared arguments there are.
    shared: usize,
    /// Columns of a row.
    width: usize,
    sqlite: [OnceLock<Arc<str>>; MOST],
    postgres: [OnceLock<Arc<str>>; MOST],
}

/// How parameters are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Rows as `?`, which SQLite binds by position; numbered ones it would look up one by one by name.
    /// The shared arguments come last, numbered.
    Sqlite,
    /// All numbered, the shared arguments first.
    Postgres,
}

/// Rows on their way into a statement.
#[derive(Default)]
pub struct Rows {
    args: Vec<Arg>,
    len: usize,
}

impl RowsSql {
    /// A statement: text before the rows, text after them, number of shared arguments, columns of a row.
    pub const fn new(
        before: &'static str,
        after: &'static str,
        shared: usize,
        width: usize,
    ) -> Self {
        Self {
            before,
            after,
            shared,
            width,
            sqlite: [const { OnceLock::new() }; MOST],
            postgres: [const { OnceLock::new() }; MOST],
        }
    }

    /// The text for a number of rows, from 1 to [`MOST`].
    fn text(&self, dialect: Dialect, rows: usize) -> Arc<str> {
        let texts = match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => &self.postgres,
        };
        let make = || self.write(dialect, rows).into();
        Arc::clone(texts[rows.clamp(1, MOST) - 1].get_or_init(make))
    }

    fn write(&self, dialect: Dialect, rows: usize) -> String {
        let mut text = self.around(dialect, self.before, rows);
        let mut number = self.shared;
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ",(" });
            for column in 0..self.width {
                number += 1;
                let comma = if column == 0 { "" } else { "," };
                let _ = match dialect {
                    Dialect::Sqlite => write!(text, "{comma}?"),
                    Dialect::Postgres => write!(text, "{comma}${number}"),
                };
            }
            text.push(')');
        }
        text + &self.around(dialect, self.after, rows)
    }

    /// The text around the rows, its `$1` … moved behind them for SQLite.
    fn around(&self, dialect: Dialect, text: &str, rows: usize) -> String {
        let moved = |text: String, n: usize| {
            text.replace(
                &format!("${n}"),
                &format!("$\u{0}{}", rows * self.width + n),
            )
        };
        match dialect {
            Dialect::Sqlite => {
                let text = (1..=self.shared).fold(text.to_owned(), moved);
                text.replace('\u{0}', "")
            }
            Dialect::Postgres => text.to_owned(),
        }
    }
}

impl Rows {
    /// Adds a row.
    pub fn add(&mut self, columns: Vec<Arg>) {
        self.args.extend(columns);
        self.len += 1;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Statement text and arguments, at most [`MOST`] rows each.
    fn chunks(self, sql: &RowsSql, dialect: Dialect, shared: &[Arg]) -> Vec<(Arc<str>, Vec<Arg>)> {
        debug_assert_eq!(
            self.args.len(),
            self.len * sql.width,
            "a row of another width"
        );
        let mut args = self.args.into_iter();
        let mut left = self.len;
        let mut chunks = Vec::with_capacity(left.div_ceil(MOST));
        while left > 0 {
            let rows = left.min(MOST);
            let rows_args = args.by_ref().take(rows * sql.width);
            let all = match dialect {
                Dialect::Sqlite => rows_args.chain(shared.iter().cloned()).collect(),
                Dialect::Postgres => shared.iter().cloned().chain(rows_args).collect(),
            };
            chunks.push((sql.text(dialect, rows), all));
            left -= rows;
        }
        chunks
    }
}

impl Tx<'_> {
    fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement over rows; returns how many rows of the table it changed.
    pub async fn run_rows(
        &mut self,
        sql: &RowsSql,
        shared: Vec<Arg>,
        rows: Rows,
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        for (text, args) in rows.chunks(sql, self.dialect(), &shared) {
            changed += self.run_text(text, args).await?;
        }
        Ok(changed)
    }

    /// Runs a query over rows.
    pub async fn all_rows(
        &mut self,
        sql: &RowsSql,
        shared: Vec<Arg>,
        rows: Rows,
    ) -> Result<Vec<Row>, StoreError> {
        let mut found = Vec::new();
        for (text, args) in rows.chunks(sql, self.dialect(), &shared) {
            found.extend(self.all_text(text, args).await?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_arguments_come_first_or_last_as_each_database_likes_it() {
        let sql = RowsSql::new("V ", " WHERE a = $1 AND b = $2", 2, 2);
        let postgres = |n| sql.text(Dialect::Postgres, n);
        assert_eq!(&*postgres(1), "V ($3,$4) WHERE a = $1 AND b = $2");
        assert_eq!(&*postgres(2), "V ($3,$4),($5,$6) WHERE a = $1 AND b = $2");
        let sqlite = |n| sql.text(Dialect::Sqlite, n);
        assert_eq!(&*sqlite(1), "V (?,?) WHERE a = $3 AND b = $4");
        assert_eq!(&*sqlite(2), "V (?,?),(?,?) WHERE a = $5 AND b = $6");
    }

    #[test]
    fn many_rows_become_several_statements_and_none_is_lost() {
        let sql = RowsSql::new("V ", "", 1, 1);
        let mut rows = Rows::default();
        for n in 0..70_i64 {
            rows.add(vec![Arg::Int(Some(n))]);
        }
        let chunks = rows.chunks(&sql, Dialect::Postgres, &[Arg::Int(Some(-1))]);
        let sizes: Vec<_> = chunks.iter().map(|(_, args)| args.len() - 1).collect();
        assert_eq!(sizes, [32, 32, 6]);
    }
}
