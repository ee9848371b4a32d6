//! What a message can be read as: the words as they stand, with other spellings of each; and, for a message in Latin
//! letters that may be Arabic, Persian, Russian or Ukrainian typed by ear, the native words that they may stand for.
//!
//! Arabic script leaves out short vowels and nobody agrees how to type the long ones, so there is no one native
//! spelling to compare with. Instead a typed word is read along the words that the lexicon knows ([`ByEar::read`]):
//! each group of Latin letters stands for one of a few native letters, a vowel may stand for none, and a native vowel
//! must have been typed.
//!
//! **Bounds.** A message of up to [`HEAD`] + [`TAIL`] characters is read as a whole, three times what any channel lets
//! pass: danger stands in the middle of a long letter as well. Of a longer one the first and last characters are read,
//! of a word 64 letters, and a word is read by ear in at most a few hundred steps. All work is proportional to what is
//! read.

mod by_ear;
mod fold;
mod spaced;
mod spell;
mod tables;

pub use by_ear::{ByEar, Native};
pub use fold::{is_arabic, is_cyrillic, is_ethiopic, loose};
pub use spell::{Spellings, spellings};

use super::tongue::{self, Guess};
use crate::text::{Word, words};
use std::ops::Range;

/// Characters read from the beginning of a message.
pub const HEAD: usize = 10_000;

/// Characters read from its end, if it is longer: who copies a letter says below it what it is about.
pub const TAIL: usize = 2_000;

/// A message as it is read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its words.
    pub tokens: Vec<Token>,
    /// Signs (emoji) in it, by their first character.
    pub signs: Vec<String>,
    /// The languages that its Latin words may be typed by ear in.
    pub by_ear: Vec<ByEar>,
    /// The language that it is in, where that can be said.
    pub lang: Option<Guess>,
}

/// A word of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Normalised.
    pub key: String,
    /// Other spellings that it may stand for.
    pub forms: Vec<String>,
    /// Where it stands in the message, in bytes.
    pub at: Range<usize>,
    /// Punctuation stands before it.
    pub fresh: bool,
}

/// Reads a message.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading {
        tokens: Vec::new(),
        signs: Vec::new(),
        by_ear: Vec::new(),
        lang: tongue::identify(text),
    };
    for part in parts(text) {
        let text = &text[part.clone()];
        let (written, signs): (Vec<Word>, Vec<Word>) = spaced::whole(text, words(text))
            .into_iter()
            .partition(|w| !w.sign);
        for sign in signs {
            if !reading.signs.contains(&sign.key) {
                reading.signs.push(sign.key);
            }
        }
        let before = reading.tokens.len();
        for group in together(&written) {
            let (first, last) = (&written[group.start], &written[group.end - 1]);
            let key = loose(
                &written[group]
                    .iter()
                    .map(|w| w.key.as_str())
                    .collect::<String>(),
            );
            reading.tokens.push(Token {
                forms: fold::forms(&key),
                key,
                at: part.start + first.at.start..part.start + last.at.end,
                fresh: first.fresh,
            });
        }
        if let Some(first) = reading.tokens.get_mut(before) {
            first.fresh = true;
        }
    }
    // There are characters that stand for whole sentences.
    reading.tokens.truncate(HEAD + TAIL);
    reading.by_ear = by_ear(text, &reading);
    reading
}

/// The parts of a text that are read, as ranges of bytes: all of it, or beginning and end.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let nth = |n| text.char_indices().nth(n).map(|(at, _)| at);
    let (Some(head), Some(_)) = (nth(HEAD), nth(HEAD + TAIL)) else {
        return std::iter::once(0..text.len()).collect();
    };
    let tail = text
        .char_indices()
        .rev()
        .nth(TAIL - 1)
        .map_or(0, |(at, _)| at);
    vec![0..head, tail..text.len()]
}

/// The text that is read, in one piece.
pub fn cut(text: &str) -> String {
    let parts: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
    parts.join("\n")
}

/// Groups of words that are one: letters parted from their word where an apostrophe stood (`l allemagne`, `don t`).
pub fn together<W: AsRef<str>>(words: &[W]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut to_next = false;
    for (at, word) in words.iter().enumerate() {
        let word = word.as_ref();
        let host = at.checked_sub(1).map(|before| words[before].as_ref());
        let ending = host.is_some_and(|h| HOSTS.contains(&h)) && ENDINGS.contains(&word);
        match groups.last_mut() {
            Some(group) if to_next || ending => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
        to_next = !ending && ELIDED.contains(&word);
    }
    groups
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.key
    }
}

/// French words that lose their vowel before another.
const ELIDED: &[&str] = &["l", "d", "m", "t", "s", "c", "j", "n", "qu"];

/// English endings after an apostrophe, and the words that take them.
const ENDINGS: &[&str] = &["t", "m", "s", "re", "ve", "ll", "d"];
const HOSTS: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "that", "what", "there", "who", "don", "doesn",
    "didn", "isn", "wasn", "aren", "weren", "can", "couldn", "won", "wouldn", "shouldn", "haven",
    "hasn", "hadn", "ain", "let",
];

/// Which languages the Latin words of a message may be typed by ear in. None where it is surely in a language of Latin
/// letters and has no word with a digit that stands for a letter.
fn by_ear(text: &str, reading: &Reading) -> Vec<ByEar> {
    let latin = |t: &&Token| t.key.bytes().any(|b| b.is_ascii_alphabetic());
    let count = reading.tokens.iter().filter(latin).count();
    if count == 0 || count * 2 < reading.tokens.len() {
        return Vec::new();
    }
    let said = reading.lang.as_ref().map(|guess| guess.lang.as_str());
    match said {
        Some("ar-Latn") => vec![ByEar::Arabic],
        Some("fa-Latn") => vec![ByEar::Persian],
        Some("ru-Latn") => vec![ByEar::Cyrillic],
        Some("sr") => vec![ByEar::Cyrillic],
        Some(_) if tongue::digits_for_letters(text) < 2 => Vec::new(),
        Some(_) => vec![ByEar::Arabic],
        None => vec![ByEar::Arabic, ByEar::Persian, ByEar::Cyrillic],
    }
}
