//! The notation in which editors write a phrase that is looked for in messages.
//!
//! Words parted by blanks stand side by side; `word*` is a beginning and `*word` an ending; `a ~ b` allows up to
//! [`GAP`] words between; `a & b` asks for both, anywhere in the message; `a & !b` is void where b stands.

use super::words;
use std::fmt;
use std::ops::Range;

/// How many words may stand where a phrase has `~`.
pub const GAP: usize = 3;

/// Words that one part may have: more is a sentence, and a sentence is an example.
const MOST_WORDS: usize = 12;

/// Gaps that one part may have: each multiplies the ways in which it can be read.
const MOST_GAPS: usize = 3;

/// Parts that `&` may join.
const MOST_PARTS: usize = 6;

/// The fewest letters of a beginning or an ending: with one letter it is half of the dictionary.
const LEAST_LETTERS: usize = 2;

/// A phrase as it is looked for. At least one part has to stand in the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// All of these stand in the message.
    pub all: Vec<Vec<Item>>,
    /// None of these does.
    pub none: Vec<Vec<Item>>,
}

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// Normalised, as [`words()`] gives it.
    pub word: String,
    /// How much of a word it is.
    pub shape: Shape,
    /// Up to [`GAP`] words may stand before it.
    pub gap: bool,
    /// It is a sign (an emoji), which stands anywhere.
    pub sign: bool,
}

/// How much of a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// All of it.
    Whole,
    /// Its beginning (`word*`).
    Beginning,
    /// Its ending (`*word`).
    Ending,
}

/// Why a phrase cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct PhraseError {
    /// Where in the phrase, in bytes.
    pub at: Range<usize>,
    /// What is wrong and what to write instead.
    pub what: Wrong,
}

/// What is wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No word in the phrase, or beside `&`.
    NoWord,
    /// `~` without words on both sides.
    LooseGap,
    /// A `*` in the middle of a word, on both sides, or alone.
    Star,
    /// A beginning or ending of one letter.
    Short,
    /// `!` that does not stand right before the words after `&`.
    Not,
    /// Only `!`: nothing that has to stand there.
    OnlyNot,
    /// Too many words, gaps or parts.
    Long,
    /// A sign beside words, or with a star.
    Sign,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoWord => "a word is missing here",
            Self::LooseGap => "`~` stands between two words: `a ~ b`",
            Self::Star => {
                "`*` stands at the end of a word (`word*`) or at its beginning (`*word`), once"
            }
            Self::Short => "one letter is too little for a beginning or an ending: write more of the word",
            Self::Not => "`!` stands right before the words that must not be there: `a & !b`",
            Self::OnlyNot => "nothing here has to stand in the message: add what is looked for, `a & !b`",
            Self::Long => "too long: at most 12 words and 3 gaps side by side, and 6 parts joined by `&`; a whole sentence belongs to the examples",
            Self::Sign => "a sign stands alone: `😂`, or `😂 & word`",
        })
    }
}

/// Reads a phrase.
///
/// # Errors
/// Says where the notation is broken, and what to write instead.
pub fn phrase(text: &str) -> Result<Phrase, PhraseError> {
    let mut phrase = Phrase {
        all: Vec::new(),
        none: Vec::new(),
    };
    let mut start = 0;
    for part in text.split('&') {
        let at = start..start + part.len();
        start = at.end + 1;
        let (inner, negative) = match part.trim_start().strip_prefix('!') {
            Some(rest) => (at.end - rest.len()..at.end, true),
            None => (at.clone(), false),
        };
        for items in sequences(text, inner)? {
            if negative {
                phrase.none.push(items);
            } else {
                phrase.all.push(items);
            }
        }
        if phrase.all.len() + phrase.none.len() > MOST_PARTS {
            return Err(wrong(at, Wrong::Long));
        }
    }
    if phrase.all.is_empty() {
        return Err(wrong(0..text.len(), Wrong::OnlyNot));
    }
    Ok(phrase)
}

fn wrong(at: Range<usize>, what: Wrong) -> PhraseError {
    PhraseError { at, what }
}

/// The words of a part; each sign is a part of its own, for it stands anywhere.
fn sequences(text: &str, at: Range<usize>) -> Result<Vec<Vec<Item>>, PhraseError> {
    let part = &text[at.clone()];
    let mut items: Vec<Item> = Vec::new();
    let mut gap = None;
    for (from, word) in pieces(part) {
        let here = at.start + from..at.start + from + word.len();
        match word {
            "~" if items.is_empty() || gap.is_some() => return Err(wrong(here, Wrong::LooseGap)),
            "~" => gap = Some(here),
            _ => {
                let mut read = self::items(word, here)?;
                if let Some(first) = read.first_mut() {
                    first.gap = gap.take().is_some();
                }
                items.append(&mut read);
            }
        }
    }
    if let Some(gap) = gap {
        return Err(wrong(gap, Wrong::LooseGap));
    }
    if items.is_empty() {
        return Err(wrong(at, Wrong::NoWord));
    }
    if items.len() > MOST_WORDS || items.iter().filter(|i| i.gap).count() > MOST_GAPS {
        return Err(wrong(at, Wrong::Long));
    }
    let signs = items.iter().filter(|i| i.sign).count();
    match signs {
        0 => Ok(vec![items]),
        n if n == items.len() && items.iter().all(|i| !i.gap) => {
            Ok(items.into_iter().map(|i| vec![i]).collect())
        }
        _ => Err(wrong(at, Wrong::Sign)),
    }
}

/// Pieces between blanks, each with where it begins.
fn pieces(part: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = part.as_ptr() as usize;
    part.split_whitespace()
        .map(move |piece| (piece.as_ptr() as usize - base, piece))
}

/// The words of what stands between two blanks: mostly one, two for `asyl-antrag`.
fn items(piece: &str, here: Range<usize>) -> Result<Vec<Item>, PhraseError> {
    if piece.contains('!') {
        let mark = piece.find('!').unwrap_or_default();
        // An exclamation mark after a word is only punctuation.
        if mark + 1 < piece.len() && piece[mark + 1..].chars().any(char::is_alphanumeric) {
            return Err(wrong(here, Wrong::Not));
        }
    }
    let bare = piece.trim_matches('*');
    let (ending, beginning) = (piece.starts_with('*'), piece.ends_with('*'));
    let stars = piece.matches('*').count();
    if bare.contains('*') || stars > 1 || (stars == 1 && bare.is_empty()) {
        return Err(wrong(here, Wrong::Star));
    }
    let read = words(bare);
    let mut items: Vec<Item> = read
        .iter()
        .map(|w| Item {
            word: w.key.clone(),
            shape: Shape::Whole,
            gap: false,
            sign: w.sign,
        })
        .collect();
    if items.is_empty() {
        return Err(wrong(here, Wrong::NoWord));
    }
    let (last, shape) = match (ending, beginning) {
        (true, _) => (items.first_mut(), Shape::Ending),
        (_, true) => (items.last_mut(), Shape::Beginning),
        _ => return Ok(items),
    };
    if let Some(item) = last {
        if item.sign {
            return Err(wrong(here, Wrong::Sign));
        }
        if item.word.chars().count() < LEAST_LETTERS {
            return Err(wrong(here, Wrong::Short));
        }
        item.shape = shape;
    }
    Ok(items)
}
