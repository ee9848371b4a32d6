//! Which ways people take through flows, without saying who.

/// Why somebody went on from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By an option, a rule or `goto`.
    Next,
    /// After too many wrong answers.
    Retry,
    /// Because a fact may not be stated.
    Unverified,
    /// By a command: menu, human, stop …, or by going back.
    Command,
    /// Not from a step: they came by a campaign's link. The target is the campaign.
    Campaign,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Next,
        Self::Retry,
        Self::Unverified,
        Self::Command,
        Self::Campaign,
    ];

    /// The word for it in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Retry => "retry",
            Self::Unverified => "unverified",
            Self::Command => "command",
            Self::Campaign => "campaign",
        }
    }

    /// Reads the word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// Somebody came to a step, or went on from it. Says nothing of who.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The flow.
    pub flow: String,
    /// The step.
    pub step: String,
    /// `None`: it was reached. Else why it was left and where to: a step, `flow:other`, or nothing where the flow
    /// ended or was gone back in.
    pub on: Option<(Way, String)>,
}
