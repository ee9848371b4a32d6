//! In which language a message is written: by script, letters that few languages have, and frequent words.
//!
//! Nobody's language is ever changed by this alone: it is a hint, and where it is not sure it says nothing.

mod tables;

use super::readings::{self, is_arabic, is_cyrillic, is_ethiopic};
use crate::model::Lang;
use crate::text::{key, words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use tables::{DARI, KNOWN, Script};

/// A language and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The tag; for languages typed by ear `ar-Latn`, `fa-Latn`, `ru-Latn` (which stands for Ukrainian too).
    pub lang: Lang,
    /// 0 to 1.
    pub confidence: f32,
}

/// Points that a language needs at least: two frequent words of its own.
const LEAST: f32 = 1.5;

/// Points for each word that it needs besides: in long texts some words are known by chance.
const EACH: f32 = 0.12;

/// How many times as many points as the next language it needs.
const LEAD: f32 = 1.4;

/// Letters of one script that a message has to have, of all its letters.
const MAJORITY: f32 = 0.6;

/// Words that are looked at: more say nothing new.
const MOST_WORDS: usize = 120;

/// The language of a message; none where it is too short, mixed, or could be two.
pub fn identify(text: &str) -> Option<Guess> {
    let text = readings::cut(text);
    let (script, share) = script(&text)?;
    if script == Script::Georgian {
        return guess("ka", share);
    }
    let points = points(&text, script);
    let (best, most) = first(&points, None)?;
    let (_, next) = first(&points, Some(best)).unwrap_or(("", 0.0));
    let counted = words(&text).len().min(MOST_WORDS);
    #[expect(clippy::cast_precision_loss, reason = "at most some hundred words")]
    let needed = LEAST.max(counted as f32 * EACH);
    if most < needed || most < next * LEAD {
        return None;
    }
    let confidence = share * (most - next) / (most + 0.5);
    match best {
        "fa" | "fa-AF" => guess(persian(&text), confidence),
        _ => guess(best, confidence),
    }
}

fn guess(lang: &str, confidence: f32) -> Option<Guess> {
    Some(Guess {
        lang: Lang::new(lang),
        confidence: confidence.clamp(0.0, 1.0),
    })
}

/// The language with the most points, leaving out one and its varieties.
fn first(points: &[(&'static str, f32)], but: Option<&str>) -> Option<(&'static str, f32)> {
    points
        .iter()
        .filter(|(lang, _)| but.is_none_or(|but| !kin(but, lang)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .copied()
        .filter(|(_, points)| *points > 0.0)
}

/// Whether two tags are varieties of one language, and so no rivals.
fn kin(one: &str, other: &str) -> bool {
    one == other
        || (one.starts_with("fa")
            && other.starts_with("fa")
            && !one.contains("Latn")
            && !other.contains("Latn"))
}

/// Dari where it has a word that Persian of Iran does not have.
fn persian(text: &str) -> &'static str {
    let dari: HashSet<String> = DARI.split_whitespace().map(key).collect();
    let found = words(text).iter().any(|w| dari.contains(&w.key));
    if found { "fa-AF" } else { "fa" }
}

/// The script of most letters and its share.
fn script(text: &str) -> Option<(Script, f32)> {
    const SCRIPTS: [Script; 6] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Ethiopic,
        Script::Georgian,
        Script::Other,
    ];
    let mut counts = [0.0f32; 6];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        counts[match c {
            _ if u32::from(c) < 0x250 || ('\u{1E00}'..='\u{1EFF}').contains(&c) => 0,
            _ if is_cyrillic(c) => 1,
            _ if is_arabic(c) => 2,
            _ if is_ethiopic(c) => 3,
            '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => 4,
            _ => 5,
        }] += 1.0;
    }
    let all: f32 = counts.iter().sum();
    let (script, count) = SCRIPTS
        .into_iter()
        .zip(counts)
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let share = count / all.max(1.0);
    (count >= 4.0 && share >= MAJORITY && script != Script::Other).then_some((script, share))
}

/// Frequent words → the languages of a script that have them.
type Words = HashMap<String, Vec<usize>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut all = Words::new();
    for (at, known) in KNOWN.iter().enumerate() {
        for word in known.words.split_whitespace() {
            for read in words(word) {
                let langs = all.entry(read.key).or_default();
                if !langs.contains(&at) {
                    langs.push(at);
                }
            }
        }
    }
    all
});

/// Points of each language of a script: a word that it alone has is one, a letter that it has besides others counts
/// for the word that it stands in.
fn points(text: &str, script: Script) -> Vec<(&'static str, f32)> {
    let mut points = [0.0f32; 32];
    for word in words(text).iter().take(MOST_WORDS) {
        let of_script = |at: &&usize| KNOWN[**at].script == script;
        let langs: Vec<usize> = WORDS
            .get(&word.key)
            .into_iter()
            .flatten()
            .filter(of_script)
            .copied()
            .collect();
        add(&mut points, &langs, 1.0);
        let Some(written) = text.get(word.at.clone()) else {
            continue;
        };
        let lower = written.to_lowercase();
        let lettered: Vec<usize> = (0..KNOWN.len())
            .filter(|at| KNOWN[*at].script == script)
            .filter(|at| lower.chars().any(|c| KNOWN[*at].letters.contains(c)))
            .collect();
        add(&mut points, &lettered, 1.0);
        if script == Script::Latin && has_digit_for_letter(&lower) {
            let arabizi = KNOWN.iter().position(|k| k.lang == "ar-Latn");
            add(&mut points, arabizi.as_slice(), 1.5);
        }
    }
    let mut sums: Vec<(&'static str, f32)> = Vec::new();
    for (known, points) in KNOWN.iter().zip(points) {
        if known.script == script {
            match sums.iter_mut().find(|(lang, _)| *lang == known.lang) {
                Some((_, sum)) => *sum += points,
                None => sums.push((known.lang, points)),
            }
        }
    }
    sums
}

/// Shares points among languages: what two have tells them apart from others, not from each other.
fn add(points: &mut [f32; 32], langs: &[usize], worth: f32) {
    let share = match langs.len() {
        0 => return,
        1 => worth,
        2 => worth * 0.6,
        3 => worth * 0.4,
        _ => worth * 0.2,
    };
    for at in langs {
        if let Some(sum) = points.get_mut(*at) {
            *sum += share;
        }
    }
}

/// How many words of a text have a digit that stands for an Arabic letter (`3ala`, `ba7ki`, `so2al`).
pub fn digits_for_letters(text: &str) -> usize {
    words(&readings::cut(text))
        .iter()
        .filter(|w| has_digit_for_letter(&w.key))
        .count()
}

/// A digit of Arabizi beside letters, in a word that is neither an ordinal nor a measure (`2nd`, `b2`, `5km`, `h2o`).
fn has_digit_for_letter(word: &str) -> bool {
    const OTHER: &[&str] = &[
        "h2o", "co2", "mp3", "mp4", "2nd", "3rd", "5th", "6th", "7th", "9th", "g20", "2fa", "f2f",
        "b2b", "3d", "2d", "5g", "3g",
    ];
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let chars: Vec<char> = word.chars().collect();
    let beside = |at: usize| {
        let letter = |i: Option<usize>| {
            i.and_then(|i| chars.get(i))
                .is_some_and(char::is_ascii_alphabetic)
        };
        let digit = |i: Option<usize>| {
            i.and_then(|i| chars.get(i))
                .is_some_and(char::is_ascii_digit)
        };
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        (letter(before) || letter(after)) && !digit(before) && !digit(after)
    };
    let units = [
        "km", "kg", "cm", "mm", "ml", "gb", "mb", "min", "std", "uhr", "tage", "jahre", "monate",
        "wochen", "mal", "er", "te", "ten", "days", "years", "months", "weeks", "x", "pm", "am",
    ];
    let measured = word.trim_start_matches(|c: char| c.is_ascii_digit());
    letters >= 2
        && !OTHER.contains(&word)
        && !(measured.len() < word.len() && units.contains(&measured))
        && chars
            .iter()
            .enumerate()
            .any(|(at, c)| matches!(c, '2' | '3' | '5' | '6' | '7' | '9') && beside(at))
}

#[cfg(test)]
mod tests;
