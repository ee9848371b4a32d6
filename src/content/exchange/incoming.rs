//! What comes back from translators, whatever file it came in.

use crate::content::diagnostic::Both;
use crate::model::Lang;

/// A file that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The language that it was translated into.
    pub lang: Lang,
    /// Its units, in its order.
    pub given: Vec<Given>,
}

/// One unit that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Which one.
    pub key: String,
    /// The words that were translated.
    pub source: String,
    /// The translation; empty if there is none.
    pub target: String,
    /// The file says that it is up to date: it is not marked as stale or fuzzy.
    pub settled: bool,
    /// The line, or for a table the row, counted from 1.
    pub line: usize,
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", .why.en)]
pub struct Unreadable {
    /// The line, or for a table the row, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub why: Both,
}

impl Unreadable {
    pub(super) fn new(line: usize, de: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            line,
            why: Both::new(de, en),
        }
    }
}
