//! What a free text seems to be about, and whether a human has to look.

use super::{Lang, Level};
use serde::{Deserialize, Serialize};

/// The judgement on one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Triage {
    /// What the bot does about it.
    pub zone: Zone,
    /// How soon a human has to look if it is true; `None`: nobody has to.
    pub level: Option<Level>,
    /// The class that the zone and level come from.
    pub class: Option<String>,
    /// What it is about, the most likely first. Probabilities sum to at most 1.
    pub topics: Vec<Topic>,
    /// What was seen in the message, apart from any guess.
    pub evidence: Vec<Evidence>,
    /// What a model takes it for, and why.
    pub guesses: Vec<Guess>,
    /// Which detectors looked.
    pub detectors: Vec<Detector>,
    /// The language it is written in, where that is sure, or that of the phrases in it.
    pub lang: Option<Lang>,
    /// Another language that it may be written in: whoever is in danger sees the numbers in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Lang>,
}

impl Triage {
    /// The languages that it may be written in, the likeliest first.
    pub fn langs(&self) -> impl Iterator<Item = &Lang> {
        self.lang.iter().chain(&self.also)
    }
}

/// What the bot does about a message.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Nothing of its own: the flow goes on, or a topic is offered.
    #[default]
    None,
    /// A question whether it is so.
    Check,
    /// A human is called.
    Alarm,
}

/// A class and how likely it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// A class of `flows/detect/classes.toml`.
    pub id: String,
    /// 0 to 1.
    pub p: f32,
}

/// Something that stands in the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The class that it speaks for.
    pub class: String,
    /// The language whose list has the phrase.
    pub lang: Lang,
    /// The phrase, as editors wrote it.
    pub phrase: String,
    /// A deadline beside it, in the person's words (`14 Tage`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Something takes it back or makes it smaller: then it is a reason to ask, not to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weaker: Option<Weaker>,
}

/// Why a phrase counts for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weaker {
    /// It is denied.
    Negated,
    /// Laughter, a film, an event.
    Softened,
    /// The likeness of sound or spelling led to it (another script).
    Reading,
}

/// What a model takes a message for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// Which model.
    pub detector: Detector,
    /// The class.
    pub class: String,
    /// 0 to 1.
    pub p: f32,
    /// The example of this class that is closest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closest: Option<String>,
}

/// What looks at messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detector {
    /// Lists of phrases.
    Lexicon,
    /// Sentence vectors.
    Vectors,
    /// Groups of letters: where there are no vectors.
    Ngrams,
}

impl Detector {
    /// The word for it in programs' output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lexicon => "lexicon",
            Self::Vectors => "vectors",
            Self::Ngrams => "ngrams",
        }
    }
}
