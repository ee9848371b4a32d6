//! The states of a case. Which state may follow which is decided in `desk::life`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// The bot has opened it; the person has not yet agreed to pass anything on.
    Triage,
    /// In the queue.
    Waiting,
    /// A counsellor has taken it and owes the first reply.
    Claimed,
    /// The counsellor's turn: the person has written since the last reply.
    Active,
    /// The person's turn: the counsellor has written last.
    AwaitingPerson,
    /// The counselling has ended; the person may come back for a while.
    Resolved,
    /// Ended for good.
    Closed,
    /// Its content has been destroyed.
    Erased,
}

impl CaseState {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Triage,
        Self::Waiting,
        Self::Claimed,
        Self::Active,
        Self::AwaitingPerson,
        Self::Resolved,
        Self::Closed,
        Self::Erased,
    ];

    /// The word used in database and API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Active => "active",
            Self::AwaitingPerson => "awaiting_person",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Erased => "erased",
        }
    }

    /// The reverse of [`CaseState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }

    /// Whether a human owns the person's turn: what the person writes goes to the case, and the bot is silent.
    pub fn human_owns_turn(self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Claimed | Self::Active | Self::AwaitingPerson
        )
    }

    /// Whether the case still needs somebody's care.
    pub fn is_live(self) -> bool {
        self.human_owns_turn() || self == Self::Triage
    }
}

impl fmt::Display for CaseState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The counsellor closed it.
    Counsellor,
    /// The person said stop.
    PersonStopped,
    /// The person had everything deleted.
    PersonErased,
}

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseEvent {
    /// The person agreed to what is passed on.
    Consented,
    /// A counsellor takes the case.
    Claim,
    /// The claimer, the lease timer or a supervisor gives it back to the queue.
    Release,
    /// A counsellor writes to the person.
    Reply,
    /// The person writes.
    PersonWrote,
    /// The counselling ends.
    Close(Closing),
    /// The content is destroyed.
    Erase,
}
