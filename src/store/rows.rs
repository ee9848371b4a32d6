//! Many rows in one statement: `VALUES ($3,$4),($5,$6),…`, the same on both databases.
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
    texts: [OnceLock<Arc<str>>; MOST],
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
            texts: [const { OnceLock::new() }; MOST],
        }
    }

    /// The text for a number of rows, from 1 to [`MOST`].
    fn text(&self, rows: usize) -> Arc<str> {
        let slot = &self.texts[rows.clamp(1, MOST) - 1];
        Arc::clone(slot.get_or_init(|| {
            let mut text = String::from(self.before);
            let mut number = self.shared;
            for row in 0..rows {
                text.push_str(if row == 0 { "(" } else { ",(" });
                for column in 0..self.width {
                    number += 1;
                    let comma = if column == 0 { "" } else { "," };
                    let _ = write!(text, "{comma}${number}");
                }
                text.push(')');
            }
            text.push_str(self.after);
            text.into()
        }))
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
    fn chunks(self, sql: &RowsSql, shared: &[Arg]) -> Vec<(Arc<str>, Vec<Arg>)> {
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
            let mut all = shared.to_vec();
            all.extend(args.by_ref().take(rows * sql.width));
            chunks.push((sql.text(rows), all));
            left -= rows;
        }
        chunks
    }
}

impl Tx<'_> {
    /// Runs a statement over rows; returns how many rows of the table it changed.
    pub async fn run_rows(
        &mut self,
        sql: &RowsSql,
        shared: Vec<Arg>,
        rows: Rows,
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        for (text, args) in rows.chunks(sql, &shared) {
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
        for (text, args) in rows.chunks(sql, &shared) {
            found.extend(self.all_text(text, args).await?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_after_the_shared_arguments() {
        let sql = RowsSql::new("INSERT INTO t VALUES ", " RETURNING id", 2, 2);
        assert_eq!(&*sql.text(1), "INSERT INTO t VALUES ($3,$4) RETURNING id");
        assert_eq!(
            &*sql.text(2),
            "INSERT INTO t VALUES ($3,$4),($5,$6) RETURNING id"
        );
    }

    #[test]
    fn many_rows_become_several_statements_and_none_is_lost() {
        let sql = RowsSql::new("V ", "", 1, 1);
        let mut rows = Rows::default();
        for n in 0..70_i64 {
            rows.add(vec![Arg::Int(Some(n))]);
        }
        let chunks = rows.chunks(&sql, &[Arg::Int(Some(-1))]);
        let sizes: Vec<_> = chunks.iter().map(|(_, args)| args.len() - 1).collect();
        assert_eq!(sizes, [32, 32, 6]);
    }
}
