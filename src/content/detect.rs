//! Detection as the program sees it: classes, and for each language what people write when they mean them.

use crate::model::{Lang, Level};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// The class of all that is about nothing in particular; counter-examples are trained as this one.
pub const OTHER: &str = "other";
/// The class of greetings and thanks.
pub const SMALLTALK: &str = "smalltalk";

/// `flows/detect/`. Empty where a content has no such folder: then nothing is recognised.
#[derive(Clone, Debug, Default)]
pub struct Detect {
    /// Classes by id, in the order of `classes.toml`.
    pub classes: IndexMap<String, Class>,
    /// One file for each language (or script of a language: `ar-Latn`).
    pub tongues: BTreeMap<Lang, Tongue>,
    /// From which probability on something is done.
    pub thresholds: Thresholds,
    /// SHA-256 over classes, examples, counter-examples, phrases and the words beside them, hexadecimal, first 16
    /// digits: what was trained or set on this is valid as long as this is the same. Questions and numbers do not count.
    pub hash: String,
}

impl Detect {
    /// A class by its id or by a name that it had in older lists.
    pub fn class(&self, name: &str) -> Option<(&str, &Class)> {
        let named = self.classes.get_key_value(name);
        let found = named.or_else(|| {
            let former = |(_, class): &(&String, &Class)| class.formerly.iter().any(|f| f == name);
            self.classes.iter().find(former)
        });
        found.map(|(id, class)| (id.as_str(), class))
    }

    /// What is said in a language: the language's own file, else that of the language whose script it is
    /// (`ar` for `ar-Latn`) or whose variant (`fa` for `fa-AF`).
    pub fn tongue(&self, lang: &Lang) -> Option<&Tongue> {
        let speaks = |lang: &Lang| self.tongues.get(lang).filter(|t| !t.yes.is_empty());
        let base = || Lang::new(lang.as_str().split('-').next().unwrap_or_default());
        speaks(lang).or_else(|| speaks(&base()))
    }
}

/// Something that a message can be about.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// What it is called, by language: `de` and `en` for counsellors, others for the person.
    pub name: BTreeMap<String, String>,
    /// How soon a human has to look; `None`: nobody.
    pub level: Option<Level>,
    /// The reason of a hand-off.
    pub reason: Option<String>,
    /// The flow that is offered.
    pub flow: Option<String>,
    /// The wider class that this is a part of.
    pub within: Option<String>,
    /// Names of this class in older lists.
    pub formerly: Vec<String>,
    /// A human is only called after a check question.
    pub ask: bool,
}

impl Class {
    /// Whether it calls a human within a day.
    pub fn alarms(&self) -> bool {
        matches!(self.level, Some(Level::Immediate | Level::Urgent))
    }
}

/// What people write in one language.
#[derive(Clone, Debug, Default)]
pub struct Tongue {
    /// The name of who checked the file; `None`: a machine wrote it.
    pub reviewed: Option<String>,
    /// Words that deny what follows them.
    pub negation: Vec<String>,
    /// Words and endings that deny what stands before them.
    pub negation_after: Vec<String>,
    /// Words of joke, report and fiction.
    pub softener: Vec<String>,
    /// Words of deadlines.
    pub deadline: Vec<String>,
    /// Numbers for whoever is in danger.
    pub numbers_text: String,
    /// The answers to a check question.
    pub yes: String,
    /// See `yes`.
    pub no: String,
    /// By class.
    pub samples: IndexMap<String, Samples>,
}

/// One class in one language.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// Asked when it is not sure.
    pub check: Option<String>,
    /// Messages that mean it.
    pub examples: Vec<String>,
    /// Phrases that are evidence of it.
    pub phrases: Vec<String>,
    /// Messages that look like it and are something else.
    pub counter: Vec<String>,
}

/// From which probability on something is done (0 to 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// Alarm by sentence vectors.
    pub alarm: f32,
    /// Check question by sentence vectors.
    pub check: f32,
    /// One flow is offered.
    pub topic: f32,
    /// Alarm by groups of letters.
    pub ngram_alarm: f32,
    /// Check question by groups of letters.
    pub ngram_check: f32,
    /// Below this a topic is not even one of several that are offered.
    pub topic_low: f32,
    /// Classes that call or ask by themselves at other probabilities.
    pub classes: BTreeMap<String, ClassThresholds>,
    /// [`Detect::hash`] of what they were set on; empty: not set yet.
    pub set_on: String,
}

/// From which probability on one class calls or asks, whatever the others say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassThresholds {
    /// Alarm; `None`: only by the sum over all classes.
    pub alarm: Option<f32>,
    /// Check question.
    pub check: Option<f32>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            alarm: 0.36,
            check: 0.25,
            topic: 0.4,
            ngram_alarm: 0.5,
            ngram_check: 0.35,
            topic_low: 0.05,
            classes: BTreeMap::new(),
            set_on: String::new(),
        }
    }
}
