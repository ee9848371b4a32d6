//! Detection as the program sees it: classes, and for each language what people write when they mean them.

use super::record::SignOff;
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
    /// It is what words of this kind mean where a deadline stands beside them.
    pub deadline: Option<DeadlineKind>,
}

/// What a deadline runs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    /// Something was refused, and may be appealed against.
    Rejection,
    /// Somebody has to leave the country.
    Departure,
}

impl DeadlineKind {
    /// The words for it in files.
    pub const WORDS: [&str; 2] = ["rejection", "departure"];

    /// Reads such a word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "rejection" => Some(Self::Rejection),
            "departure" => Some(Self::Departure),
            _ => None,
        }
    }
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
    /// Who has checked the file; `None`: a machine wrote it, and nobody has.
    pub reviewed: Option<SignOff>,
    /// Words that deny what follows them.
    pub negation: Vec<String>,
    /// Words and endings that deny what stands before them.
    pub negation_after: Vec<String>,
    /// Words of joke, report and fiction.
    pub softener: Vec<String>,
    /// Words of deadlines.
    pub deadline: Vec<String>,
    /// Phrases that mean a rejection where a deadline stands beside them.
    pub rejection: Vec<String>,
    /// Phrases that mean that somebody has to leave, the same way.
    pub departure: Vec<String>,
    /// Numbers for whoever is in danger.
    pub numbers_text: String,
    /// The answers to a check question.
    pub yes: String,
    /// See `yes`.
    pub no: String,
    /// By class.
    pub samples: IndexMap<String, Samples>,
}

impl Tongue {
    /// Everything in the file that somebody has to be able to vouch for: examples, counter-examples, phrases and words,
    /// check questions and what else is said to the person.
    pub fn texts(&self) -> usize {
        let lists = [
            &self.negation,
            &self.negation_after,
            &self.softener,
            &self.deadline,
            &self.rejection,
            &self.departure,
        ];
        let said = [&self.numbers_text, &self.yes, &self.no];
        let of_class = |s: &Samples| {
            s.examples.len() + s.phrases.len() + s.counter.len() + usize::from(s.check.is_some())
        };
        lists.iter().map(|list| list.len()).sum::<usize>()
            + said.iter().filter(|text| !text.is_empty()).count()
            + self.samples.values().map(of_class).sum::<usize>()
    }
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
