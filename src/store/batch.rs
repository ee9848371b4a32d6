//! Many rows in one statement: plain columns as a JSON array in `$1`, all bytes joined in `$2`.
//!
//! A statement for each row would cost a round trip to the database thread each; bytes inside JSON
//! would have to be written as digits. A row names its bytes by position and length (see `substr`).

use super::db::Arg;
use serde_json::{Map, Value};

/// Rows on their way into one statement.
#[derive(Default)]
pub struct Batch {
    rows: Vec<Value>,
    bytes: Vec<u8>,
}

/// One row being filled.
pub struct RowOf<'b> {
    batch: &'b mut Batch,
    members: Map<String, Value>,
}

impl Batch {
    /// Begins a row; it is added when the returned value is dropped by [`RowOf::add`].
    pub fn row(&mut self) -> RowOf<'_> {
        RowOf {
            batch: self,
            members: Map::new(),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// `$1`: the rows.
    pub fn rows(&self) -> Arg {
        Arg::Text(Some(Value::Array(self.rows.clone()).to_string()))
    }

    /// `$2`: the bytes.
    pub fn bytes(&self) -> Arg {
        Arg::Blob(Some(self.bytes.clone()))
    }
}

impl RowOf<'_> {
    /// A text, number or flag.
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Anything that writes itself as text: an id.
    pub fn text(self, name: &str, value: impl ToString) -> Self {
        self.set(name, value.to_string())
    }

    /// An id or nothing.
    pub fn opt(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.set(name, value.to_string()),
            None => self.set(name, Value::Null),
        }
    }

    /// Bytes: written as `<name>_at` (from 1) and `<name>_len`.
    pub fn bytes(mut self, name: &str, value: &[u8]) -> Self {
        let at = self.batch.bytes.len() + 1;
        self.batch.bytes.extend_from_slice(value);
        self.members.insert(format!("{name}_at"), at.into());
        self.members
            .insert(format!("{name}_len"), value.len().into());
        self
    }

    /// Adds the row to the batch.
    pub fn add(self) {
        self.batch.rows.push(Value::Object(self.members));
    }
}
