//! The words of a text, in one spelling, and where each of them stands.

use super::normalise::{fold, is_invisible, is_mark};
use std::ops::Range;
use unicode_normalization::char::decompose_compatible;

/// Letters (and, of a sign, characters) of one word that are kept: a longer one is no word.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Normalised, as in [`super::key`]. An apostrophe within a word is dropped: `don't` → `dont`.
    pub key: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// Punctuation (or the end of a line) stands before it, so that something new begins.
    pub fresh: bool,
    /// It is a sign (an emoji), which has no place among the words.
    pub sign: bool,
}

/// The words and signs of a text in their order. Takes time proportional to the text; whoever fears long texts cuts
/// them before.
pub fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader::default();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let end = at + c.len_utf8();
        let before_letter = || {
            text[end..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric)
        };
        if is_apostrophe(c) && !reader.key.is_empty() && before_letter() {
            continue;
        }
        if is_sign(c) {
            reader.close();
            reader.sign(c, at..end);
            // Skin colour, gender and variants belong to the sign and say nothing more.
            while rest.next_if(|(_, c)| is_variant(*c)).is_some() {}
            continue;
        }
        reader.read(c, at..end);
    }
    reader.close();
    reader.words
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    key: String,
    letters: usize,
    at: Range<usize>,
    fresh: bool,
}

impl Reader {
    fn read(&mut self, c: char, at: Range<usize>) {
        if c.is_ascii() {
            return self.folded(c, c.is_ascii_alphanumeric(), &at);
        }
        decompose_compatible(c, |part| {
            if !is_mark(part) && !is_invisible(part) {
                self.folded(part, part.is_alphanumeric(), &at);
            }
        });
        // Marks that follow are a part of the word as it stands in the text.
        if !self.key.is_empty() && self.at.end == at.start && (is_mark(c) || is_invisible(c)) {
            self.at.end = at.end;
        }
    }

    fn folded(&mut self, c: char, letter: bool, at: &Range<usize>) {
        if !letter {
            self.close();
            self.fresh |= !c.is_whitespace()
                && !matches!(c, '-' | '_' | '"' | '«' | '»' | '„' | '“' | '”')
                || c == '\n';
            return;
        }
        if self.key.is_empty() {
            self.at = at.clone();
            self.letters = 0;
        }
        self.at.end = at.end;
        if self.letters < LONGEST {
            fold(&mut self.key, c);
            self.letters += 1;
        }
    }

    fn close(&mut self) {
        if self.key.is_empty() {
            return;
        }
        self.words.push(Word {
            key: std::mem::take(&mut self.key),
            at: self.at.clone(),
            fresh: std::mem::take(&mut self.fresh),
            sign: false,
        });
    }

    fn sign(&mut self, c: char, at: Range<usize>) {
        self.words.push(Word {
            key: c.to_string(),
            at,
            fresh: false,
            sign: true,
        });
        self.fresh = true;
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '`' | '´' | 'ʻ' | '′')
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{1F004}')
        && !is_variant(c)
}

fn is_variant(c: char) -> bool {
    matches!(
        c,
        '\u{1F3FB}'..='\u{1F3FF}' | '\u{FE0F}' | '\u{FE0E}' | '\u{2640}' | '\u{2642}'
    )
}

/// Whether there is anything in a text that could be about something: a number, a date, a postcode is not.
pub fn has_words(text: &str) -> bool {
    let word =
        |c: char| c.is_alphabetic() || !(c.is_ascii() || c.is_numeric() || c.is_whitespace());
    text.chars().any(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    fn keys(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.key).collect()
    }

    #[test]
    fn numbers_dates_and_postcodes_are_about_nothing() {
        for text in [
            "34497",
            "24.12.2026",
            "+49 (151) 2345",
            "\u{0663}\u{0664}",
            "?!",
            "",
        ] {
            assert!(!has_words(text), "{text}");
        }
        for text in ["a", "\u{1f198}", "\u{645}", "34 Tage"] {
            assert!(has_words(text), "{text}");
        }
    }

    #[test]
    fn words_say_where_they_stand() {
        let text = "Ich will, «NICHT» mehr… ٢٤ Über\u{200c}leben!";
        let found = words(text);
        let quoted: Vec<_> = found.iter().map(|w| &text[w.at.clone()]).collect();
        assert_eq!(
            quoted,
            ["Ich", "will", "NICHT", "mehr", "٢٤", "Über\u{200c}leben"]
        );
        assert_eq!(
            keys(text),
            ["ich", "will", "nicht", "mehr", "24", "uberleben"]
        );
        let fresh: Vec<_> = found.iter().map(|w| w.fresh).collect();
        assert_eq!(fresh, [false, false, true, false, true, false]);
    }

    #[test]
    fn apostrophes_within_words_are_dropped() {
        assert_eq!(
            keys("I don't, don’t; 'quoted' l’été"),
            ["i", "dont", "dont", "quoted", "lete"]
        );
        assert_eq!(keys("сім'я go'aan"), ["сімя", "goaan"]);
    }

    #[test]
    fn signs_are_words_of_their_own() {
        let found = words("lol😂😂 ja👍🏽 nein");
        let seen: Vec<_> = found.iter().map(|w| (w.key.as_str(), w.sign)).collect();
        assert_eq!(
            seen,
            [
                ("lol", false),
                ("😂", true),
                ("😂", true),
                ("ja", false),
                ("👍", true),
                ("nein", false)
            ]
        );
    }

    #[test]
    fn a_megabyte_of_marks_is_one_short_word() {
        let text = format!("a{}", "\u{0301}\u{0323}".repeat(250_000));
        let found = words(&text);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].key.as_str(), found[0].at.end), ("a", text.len()));
        assert_eq!(words(&"z".repeat(100_000))[0].key.len(), LONGEST);
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_key(text in "[a-zäßİا-يکی\u{200c}\u{64e} .,ጥቅምёїґ0-9½٣!-]{0,40}") {
            proptest::prop_assert_eq!(keys(&text).join(" "), key(&text));
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            for word in words(&text) {
                proptest::prop_assert!(text.get(word.at).is_some());
            }
        }
    }
}
