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
    /// A guess may only ask about it.
    doubtful: bool,
    /// There are words enough in it that a guess is heard against a phrase.
    told: bool,
    /// Whether anybody has looked for phrases.
    phrases: bool,
}

/// On so few words a guess is a guess: "my husband" stands among the examples of violence, and people answer with it.
const LITTLE: usize = 2;

/// From so many words on there is enough around a phrase to tell that it is not meant. Chosen on the development sets and
/// on `explicit.jsonl`: people who say plainly what happens to them need fewer.
const MUCH: usize = 8;

impl Seen {
    /// The phrases in a message. `lexicon`: `None` while there is none; `known`: the language, where somebody knows it.
    pub fn by_phrases(lexicon: Option<&Lexicon>, text: &str, known: Option<&Lang>) -> Self {
        let reading = readings::read(text);
        let found = lexicon.map(|lexicon| lexicon.look(text, &reading));
        let phrases = found.is_some();
        let found = found.unwrap_or_default();
        Self {
            phrases,
            hits: found.evidence,
            at: found.at,
            doubtful: found.softened || reading.tokens.len() <= LITTLE,
            told: reading.tokens.len() >= MUCH,
            scores: None,
            lang: known.cloned().map(sure).or(reading.lang),
        }
    }

    /// What models should be given of it.
    pub fn spellings(&self, text: &str) -> Spellings {
        readings::spellings(text, self.at)
    }

    /// And what a model takes it for ([`Seen::spellings`] are what it is given). In a message so long that it is looked at
    /// in parts, one word about a film says nothing about the rest.
    #[must_use]
    pub fn and(self, scores: Option<Scores>) -> Self {
        let scores = scores.map(|scores| Scores {
            doubtful: self.doubtful && scores.windows.is_empty(),
            told: self.told && scores.windows.is_empty(),
            ..scores
        });
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

    fn doubtful(text: &str, windows: usize) -> bool {
        let mut detect = Detect::default();
        for (lang, softener) in [("de", "film*"), ("en", "novel"), ("ar", "فيلم")] {
            let tongue = crate::content::Tongue {
                softener: vec![softener.to_owned()],
                ..Default::default()
            };
            detect.tongues.insert(Lang::new(lang), tongue);
        }
        let guess = Scores::new(Detector::Vectors, &[], &[]);
        let scores = Scores {
            windows: vec![guess.clone(); windows],
            ..guess
        };
        let seen = Seen::by_phrases(Some(&Lexicon::new(&detect)), text, None);
        seen.and(Some(scores)).scores.is_some_and(|s| s.doubtful)
    }

    #[test]
    fn a_guess_on_two_words_or_beside_a_film_in_the_same_language_is_doubtful() {
        for text in [
            "",
            "mein Mann",
            "kocam",
            "in dem Film hat er sie jeden Tag geschlagen",
            "شو اسم هالفيلم؟ فيلم عن وحدة زوجها عم يضربها",
        ] {
            assert!(doubtful(text, 0), "{text}");
        }
        for text in [
            "mein Mann schlägt mich",
            "ich habe heute Nacht keinen Platz zum Schlafen, novel",
        ] {
            assert!(!doubtful(text, 0), "{text}");
        }
    }

    #[test]
    fn one_word_about_a_film_says_nothing_about_a_long_letter() {
        let film = "wir waren am Montag zusammen in einem Film";
        assert!(doubtful(film, 0) && !doubtful(film, 2));
    }
}
