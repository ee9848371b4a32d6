//! What a person wrote, made fit for others to read: whatever could tell who they are is left out.
//!
//! Not by looking for names, which nobody finds in all languages, but the other way round: a word stays only if the
//! editors use it themselves, in a phrase or in several examples. Whatever is rare (a name, a street, an employer,
//! a village), holds a digit or is a number, a month or a place in Germany becomes [`GAP`]. That leaves out too much rather
//! than too little; and an editor reads the result before it is used.

use crate::content::{Detect, Places};
use crate::text::{date, key, whole_number, words};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};

/// Stands for what was left out.
pub const GAP: &str = "[…]";

/// A word has to stand in so many different examples before it counts as common.
const COMMON: usize = 3;
/// Texts with more words than this are letters and stories; too much in them tells who wrote them.
const LONGEST: usize = 60;
/// Parts of addresses that are words like others by themselves.
const ADDRESS: &[char] = &['@', '/', '_', '\\', '#'];

/// The words that everybody uses.
pub struct Mask {
    common: HashSet<String>,
    /// Beginnings of words that stand in phrases.
    beginnings: Vec<String>,
    /// Words of the names of places, which many people use too.
    places: HashSet<String>,
}

/// A text without what could tell who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// How many words were left out, and how many there were.
    pub gaps: (usize, usize),
}

impl Mask {
    /// The words of a content's examples, without places.
    pub fn new(detect: &Detect, places: &Places) -> Self {
        Self {
            common: common(detect),
            beginnings: beginnings(detect),
            places: place_words(places),
        }
    }

    /// Leaves out what could tell who wrote it. `None`: it is too long for that, or little is left.
    pub fn mask(&self, text: &str) -> Option<Masked> {
        let chunks: Vec<&str> = text.split_whitespace().collect();
        if chunks.len() > LONGEST {
            return None;
        }
        let (mut out, mut left_out, mut all) = (Vec::new(), 0, 0);
        for chunk in chunks {
            let said = words(chunk);
            // Something that is no word: a bare sign stays, a digit never does.
            if said.is_empty() && !chunk.chars().any(char::is_numeric) {
                if chunk.chars().all(|c| c.is_ascii_punctuation()) {
                    out.push(chunk.to_owned());
                }
                continue;
            }
            all += 1;
            if self.stays(chunk, said.iter().map(|w| w.key.as_str())) {
                out.push(chunk.to_owned());
                continue;
            }
            left_out += 1;
            if out.last().is_none_or(|last: &String| last != GAP) {
                out.push(GAP.to_owned());
            }
        }
        let enough = all > left_out && left_out * 2 <= all;
        enough.then(|| Masked {
            text: out.join(" "),
            gaps: (left_out, all),
        })
    }

    fn stays<'k>(&self, chunk: &str, mut said: impl Iterator<Item = &'k str>) -> bool {
        !chunk.contains(ADDRESS)
            && !chunk.chars().any(char::is_numeric)
            && whole_number(chunk).is_none()
            && !is_in_calendar(chunk)
            && said.all(|word| self.is_known(word))
    }
}

impl Mask {
    fn is_known(&self, word: &str) -> bool {
        let begins = |beginning: &String| word.starts_with(beginning.as_str());
        !self.places.contains(word)
            && (self.common.contains(word) || self.beginnings.iter().any(begins))
    }
}

/// The words of phrases, without what combines them.
fn phrase_words(detect: &Detect) -> impl Iterator<Item = &str> {
    let samples = detect.tongues.values().flat_map(|t| t.samples.values());
    let phrases = samples.flat_map(|s| &s.phrases);
    phrases.flat_map(|phrase| phrase.split(|c: char| c.is_whitespace() || "~&!".contains(c)))
}

/// Of phrases' words that may go on (`abgeschob*`), where they are long enough to mean something.
fn beginnings(detect: &Detect) -> Vec<String> {
    const ENOUGH: usize = 5;
    let open = phrase_words(detect).filter_map(|word| word.strip_suffix('*'));
    let open = open.filter(|word| !word.starts_with('*')).map(key);
    open.filter(|word| word.chars().count() >= ENOUGH).collect()
}

/// Whether a word is a month, or a day that is told from today.
fn is_in_calendar(word: &str) -> bool {
    const ANY_DAY: Date = Date::constant(2020, 6, 15);
    date(&format!("1. {word} 2020"), ANY_DAY).is_some()
}

/// Words that stand in a phrase, or in several examples.
fn common(detect: &Detect) -> HashSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for tongue in detect.tongues.values() {
        for samples in tongue.samples.values() {
            for text in samples.examples.iter().chain(&samples.counter) {
                let once: HashSet<String> = words(text).into_iter().map(|w| w.key).collect();
                for word in once {
                    *counts.entry(word).or_default() += 1;
                }
            }
        }
    }
    let common = counts.into_iter().filter(|(_, count)| *count >= COMMON);
    let whole = phrase_words(detect).filter(|word| !word.contains('*'));
    let in_phrases = whole.flat_map(|word| words(word).into_iter().map(|w| w.key));
    common.map(|(word, _)| word).chain(in_phrases).collect()
}

/// The words of the names of all Kreise.
fn place_words(places: &Places) -> HashSet<String> {
    let names = places.kreise().iter().map(|kreis| kreis.label());
    let words = names.flat_map(|name| words(&key(&name)).into_iter().map(|w| w.key));
    // "and", "at the": parts of names that are words like others.
    words.filter(|word| word.chars().count() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::on_sqlite;

    async fn mask() -> Mask {
        let (world, _folder) = on_sqlite().await;
        let places = crate::runtime::origin::places().unwrap();
        Mask::new(&world.content.detect, &places)
    }

    #[tokio::test]
    async fn names_numbers_places_and_addresses_are_left_out() {
        let mask = mask().await;
        let masked = |text: &str| mask.mask(text).map(|m| m.text);
        for (text, left) in [
            (
                "Mein Mann Abdulkarim bedroht mich, ich habe Angst",
                "Mein Mann […] bedroht mich, ich habe Angst",
            ),
            ("Ich muss in 14 Tagen gehen", "Ich muss in […] Tagen gehen"),
            (
                "Ich habe Angst, ich bin in Kassel",
                "Ich habe Angst, ich bin in […]",
            ),
        ] {
            assert_eq!(masked(text).as_deref(), Some(left), "{text}");
        }
        for (text, secret) in [
            ("Ich habe Angst, bitte hier anrufen: 0151 234567", "0151"),
            ("Ich habe Angst, bitte: a.b@example.org", "example"),
            ("Ich habe Angst seit dem 12. März 2026", "12"),
            ("Ich habe Angst seit dem zwölften März", "März"),
            ("Ich habe Angst und bin drei Jahre hier", "drei"),
            ("زوجي يضربني وأنا خايفة ورقمي ٠١٥١٢٣", "٠١٥١"),
            ("ich habe Angst, ich heiße Müller-Lüdenscheidt", "scheidt"),
        ] {
            let left = masked(text).unwrap_or_default();
            assert!(!left.contains(secret), "{left}");
        }
    }

    #[tokio::test]
    async fn what_is_mostly_unknown_or_a_story_is_not_given_away_at_all() {
        let mask = mask().await;
        assert_eq!(mask.mask("Abdulkarim Al-Xyz, Qwertzstraße 5, 34497"), None);
        assert_eq!(mask.mask(&"ich habe Angst ".repeat(40)), None);
        assert_eq!(mask.mask(""), None);
    }
}
