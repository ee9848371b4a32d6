//! From a message to the judgement on it: the one way for the bot and for whoever measures it.

use super::readings::Spellings;
use super::tongue::Guess;
use super::{Lexicon, Scores, decide, readings, spoken};
use crate::content::Detect;
use crate::model::{Detector, Evidence, Lang, Triage};

/// What detectors see in a message, before anybody decides what that means.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Phrases in it.
    pub hits: Vec<Evidence>,
    /// Where the strongest of them stands, in bytes.
    pub at: Option<usize>,
    /// What a model takes it for.
    pub scores: Option<Scores>,
    /// The language that it seems to be written in.
    pub lang: Option<Guess>,
    /// Whether anybody has looked for phrases.
    phrases: bool,
}

impl Seen {
    /// The phrases in a message. `lexicon`: `None` while there is none; `known`: the language, where somebody knows it.
    pub fn by_phrases(lexicon: Option<&Lexicon>, text: &str, known: Option<&Lang>) -> Self {
        let reading = readings::read(text);
        let found = lexicon.map(|lexicon| lexicon.look(text, &reading));
        let phrases = found.is_some();
        let (hits, at) = found.unwrap_or_default();
        Self {
            phrases,
            hits,
            at,
            scores: None,
            lang: known.cloned().map(sure).or(reading.lang),
        }
    }

    /// What models should be given of it.
    pub fn spellings(&self, text: &str) -> Spellings {
        readings::spellings(text, self.at)
    }

    /// And what a model takes it for ([`Seen::spellings`] are what it is given).
    #[must_use]
    pub fn and(self, scores: Option<Scores>) -> Self {
        Self { scores, ..self }
    }

    /// The judgement on it.
    pub fn judged(&self, detect: &Detect) -> Triage {
        let mut triage = decide(detect, &self.hits, self.scores.as_ref(), None);
        spoken::set(&mut triage, self.lang.as_ref());
        if !self.phrases {
            triage.detectors.retain(|d| *d != Detector::Lexicon);
        }
        triage
    }
}

/// A language that somebody knows.
fn sure(lang: Lang) -> Guess {
    Guess {
        lang,
        confidence: 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_not_looked_is_not_named() {
        let mut detect = Detect::default();
        detect
            .classes
            .insert("x".to_owned(), crate::content::Class::default());
        let by = |lexicon| {
            Seen::by_phrases(lexicon, "x", None)
                .judged(&detect)
                .detectors
        };
        let lexicon = Lexicon::default();
        assert_eq!(by(Some(&lexicon)), [Detector::Lexicon]);
        assert_eq!(by(None), []);
    }
}
