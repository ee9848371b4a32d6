//! How soon a human has to look.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How soon a human has to look. Smaller sorts first: `Immediate` stands at the top of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Class I: crisis numbers first, then an alarm to whoever is on call.
    Immediate,
    /// Class A: within 24 hours.
    Urgent,
    /// Class B: within three days.
    Soon,
    /// Class N: in turn.
    Normal,
}

impl Level {
    /// All levels, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Immediate, Self::Urgent, Self::Soon, Self::Normal];

    /// The word used in content, database and API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Urgent => "urgent",
            Self::Soon => "soon",
            Self::Normal => "normal",
        }
    }

    /// The reverse of [`Level::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == word)
    }

    /// The order in the queue, 0 first.
    pub fn rank(self) -> i64 {
        self as i64
    }

    /// The time within which a first reply is owed, in hours.
    pub fn hours(self) -> i64 {
        match self {
            Self::Immediate => 1,
            Self::Urgent => 24,
            Self::Soon => 72,
            Self::Normal => 120,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
