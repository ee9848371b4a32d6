//! Languages as content names them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language of the content, by its folder's name under `locales/` (`de`, `ar`, `fa-AF`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(Box<str>);

/// In which direction a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Lang {
    /// Takes a tag as it is; aliases (`kmr`, `prs`) are brought to the name that the content uses.
    pub fn new(tag: &str) -> Self {
        Self(match tag {
            "kmr" => "ku".into(),
            "prs" => "fa-AF".into(),
            other => other.into(),
        })
    }

    /// The tag, as in the folder's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The direction in which this language is written.
    ///
    /// Source: CLDR `layout/orientation` of the languages that lotse is planned for.
    pub fn direction(&self) -> Direction {
        match self.0.split('-').next() {
            Some("ar" | "fa" | "ps" | "ckb" | "ur" | "he") => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Lang {
    fn from(tag: &str) -> Self {
        Self::new(tag)
    }
}
