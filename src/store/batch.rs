//! Many rows in one statement: plain columns as a JSON array in `$1`, all bytes joined in `$2`.
//!
//! A statement for each row would cost a round trip to the database thread each; bytes inside JSON
//! would have to be written as digits. A row names its bytes by position and length (see `substr`).

use super::db::Arg;
use std::fmt::{Display, Write as _};

/// Rows on their way into one statement.
#[derive(Default)]
pub struct Batch {
    /// The JSON array so far, without its closing bracket.
    json: String,
    bytes: Vec<u8>,
    len: usize,
}

/// One row being filled.
pub struct RowOf<'b> {
    batch: &'b mut Batch,
}

impl Batch {
    /// Begins a row; [`RowOf::add`] ends it.
    pub fn row(&mut self) -> RowOf<'_> {
        self.json.push_str(if self.len == 0 { "[{" } else { ",{" });
        self.len += 1;
        RowOf { batch: self }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// `$1`: the rows.
    pub fn rows(&self) -> Arg {
        let empty = if self.len == 0 { "[" } else { "" };
        Arg::Text(Some(format!("{}{empty}]", self.json)))
    }

    /// `$2`: the bytes.
    pub fn bytes(&self) -> Arg {
        Arg::Blob(Some(self.bytes.clone()))
    }
}

impl RowOf<'_> {
    /// A text.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        // A string can always be written as JSON.
        let quoted = serde_json::to_string(value).unwrap_or_default();
        self.batch.json.push_str(&quoted);
        self
    }

    /// A whole number.
    pub fn int(mut self, name: &str, value: i64) -> Self {
        self.name(name);
        let _ = write!(self.batch.json, "{value}");
        self
    }

    /// An id: it needs no quoting inside its quotation marks.
    pub fn id(mut self, name: &str, value: impl Display) -> Self {
        self.name(name);
        let _ = write!(self.batch.json, "\"{value}\"");
        self
    }

    /// A text or nothing.
    pub fn opt(mut self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => {
                self.name(name);
                self.batch.json.push_str("null");
                self
            }
        }
    }

    /// Bytes: written as `<name>_at` (from 1) and `<name>_len`.
    pub fn bytes(mut self, name: &str, value: &[u8]) -> Self {
        let at = self.batch.bytes.len() + 1;
        self.batch.bytes.extend_from_slice(value);
        for (part, number) in [("at", at), ("len", value.len())] {
            self.comma();
            let _ = write!(self.batch.json, "\"{name}_{part}\":{number}");
        }
        self
    }

    /// Ends the row.
    pub fn add(self) {
        self.batch.json.push('}');
    }

    fn comma(&mut self) {
        if !self.batch.json.ends_with('{') {
            self.batch.json.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.comma();
        let _ = write!(self.batch.json, "\"{name}\":");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(arg: Arg) -> String {
        match arg {
            Arg::Text(Some(text)) => text,
            other => panic!("no text: {other:?}"),
        }
    }

    #[test]
    fn rows_are_json_whatever_stands_in_them() {
        let mut batch = Batch::default();
        assert_eq!(text(batch.rows()), "[]");
        batch
            .row()
            .set("a", "x\"\n")
            .int("n", -1)
            .opt("o", None)
            .bytes("b", b"12")
            .add();
        batch.row().id("a", 7).bytes("b", b"345").add();
        let rows: serde_json::Value = serde_json::from_str(&text(batch.rows())).unwrap();
        let expected = serde_json::json!([
            {"a": "x\"\n", "n": -1, "o": null, "b_at": 1, "b_len": 2},
            {"a": "7", "b_at": 3, "b_len": 3},
        ]);
        assert_eq!(rows, expected);
        assert_eq!(batch.len(), 2);
    }
}
