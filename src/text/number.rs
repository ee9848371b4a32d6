//! Whole numbers in what people write: digits of any script, and simple words.

use super::unit::unit_of;
use super::words::{FALSE_NUMBERS, FRENCH, NEVER_ALONE, NUMBERS};
use super::{key, normalise};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Texts longer than this are stories, not numbers.
pub(super) const LONGEST: usize = 200;

/// The one whole number in a text: `"25"`, `"ca. 25 Jahre"`, `"٢٥"`, `"1.000"`, `"fünfundzwanzig"`, `"twenty five"`.
/// None if there is none, if there are two different ones, or if it is no whole number (`"2,5"`).
pub fn number(text: &str) -> Option<i64> {
    if text.len() > LONGEST {
        return None;
    }
    let normal = normalise(text);
    match written_in_digits(&normal) {
        Found::None => in_words(&key(&normal), false),
        Found::One(n) => Some(n),
        Found::Unclear => None,
    }
}

/// Like [`number`], but the text must be nothing else (`"2"`, `"2."`, `"(٢)"`, `"zwei"`): for the number of an option.
pub fn whole_number(text: &str) -> Option<i64> {
    if text.len() > LONGEST {
        return None;
    }
    let key = key(text);
    if !key.is_empty() && key.len() <= 18 && key.bytes().all(|b| b.is_ascii_digit()) {
        return key.parse().ok();
    }
    in_words(&key, true)
}

enum Found {
    None,
    One(i64),
    Unclear,
}

/// Looks for numbers in digits. The text is normalised, so digits are ASCII.
fn written_in_digits(text: &str) -> Found {
    let mut found = Found::None;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let negative = rest[..at].ends_with(['-', '−'])
            && !rest[..at]
                .trim_end_matches(['-', '−'])
                .ends_with(char::is_alphanumeric);
        let end = end_of_number(&rest[at..]) + at;
        let Some(value) = value_of(&rest[at..end]) else {
            return Found::Unclear;
        };
        let value = if negative { -value } else { value };
        match found {
            Found::One(known) if known != value => return Found::Unclear,
            _ => found = Found::One(value),
        }
        rest = &rest[end..];
    }
    found
}

/// The end of a number that begins at the start: digits, and separators between digits.
pub(super) fn end_of_number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        if bytes[end].is_ascii_digit() {
            end += 1;
            continue;
        }
        let separator = text[end..]
            .chars()
            .next()
            .filter(|c| SEPARATORS.contains(c));
        let Some(len) = separator.map(char::len_utf8) else {
            break;
        };
        let after = &bytes[(end + len).min(bytes.len())..];
        let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
        // A blank joins only groups of three; a point or comma joins any digits (and is then judged).
        if digits == 0 || (bytes[end] == b' ' && (digits != 3 || end > 15)) {
            break;
        }
        end += len;
    }
    end
}

pub(super) const SEPARATORS: [char; 6] = ['.', ',', ' ', '\'', '٬', '٫'];

/// The value of digits with thousands separators; none for fractions and for what is too large to be an answer.
pub(super) fn value_of(text: &str) -> Option<i64> {
    let mut groups = text.split(SEPARATORS);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if digits.len() > 15 {
        None
    } else {
        digits.parse().ok()
    }
}

/// The longest number in words: "quatre vingt et dix neuf".
const MOST_WORDS: usize = 5;

/// Number words. `all`: the text must be nothing else, and without units.
fn in_words(key: &str, all: bool) -> Option<i64> {
    if all {
        return PHRASES.get(key).copied().filter(|_| key != NEVER_ALONE);
    }
    let words: Vec<&str> = key.split(' ').collect();
    let mut found: Vec<i64> = Vec::new();
    let mut others = 0;
    let mut doubtful = false;
    let mut rest = words.as_slice();
    while let Some(first) = rest.first() {
        let used = match phrase(rest) {
            Some((value, used)) if used > 1 || !is_any_unit(first) => {
                doubtful |= used == 1 && FRIENDS.contains(*first);
                found.push(value);
                used
            }
            _ => {
                others += usize::from(!is_any_unit(first));
                1
            }
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    let value = *found.first()?;
    // In a sentence "one" is rather an article or a pronoun ("eine Frage", "no one").
    let in_sentence = others > 0 && (doubtful || (value == 1 && words.len() > 2));
    let clear = found.iter().all(|v| *v == value) && key != NEVER_ALONE;
    (clear && !in_sentence).then_some(value)
}

/// The number at the beginning, as many words as belong to it.
pub(super) fn phrase(words: &[&str]) -> Option<(i64, usize)> {
    let longest_first = (1..=words.len().min(MOST_WORDS)).rev();
    longest_first
        .filter_map(|n| Some((words.get(..n)?.join(" "), n)))
        .find_map(|(text, n)| Some((*PHRASES.get(&text)?, n)))
}

fn is_any_unit(word: &str) -> bool {
    unit_of(word).is_some()
}

/// Whether a number word is another word in some language.
pub(super) fn is_friend(word: &str) -> bool {
    FRIENDS.contains(word)
}

static FRIENDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| FALSE_NUMBERS.split_whitespace().map(key).collect());

/// All numbers from 0 to 100 in words of all languages, normalised.
static PHRASES: LazyLock<HashMap<String, i64>> = LazyLock::new(|| phrases().collect());

fn spellings(entry: &'static str) -> impl Iterator<Item = String> + Clone {
    entry.split_whitespace().map(|s| s.replace('-', " "))
}

fn phrases() -> impl Iterator<Item = (String, i64)> {
    let mut all: Vec<(String, i64)> = Vec::new();
    for language in &NUMBERS {
        let small: Vec<&str> = language.small.split('|').collect();
        let tens: Vec<&str> = language.tens.split('|').collect();
        let bound: Vec<&str> = match language.bound {
            "" => tens.clone(),
            bound => bound.split('|').collect(),
        };
        for (n, entry) in (0..).zip(&small) {
            all.extend(spellings(entry).map(|s| (key(&s), n)));
        }
        for (n, entry) in (2..).zip(&tens) {
            all.extend(spellings(entry).map(|s| (key(&s), n * 10)));
        }
        all.extend(spellings(language.hundred).map(|s| (key(&s), 100)));
        for (ten, tens) in (2..).zip(bound) {
            for (one, ones) in (1..).zip(small.iter().skip(1).take(9)) {
                for template in language.compounds.split(' ') {
                    for t in spellings(tens) {
                        let made = |o: String| {
                            let joined = template.replace('_', " ").replace('T', &t);
                            key(&joined.replace('O', &o))
                        };
                        all.extend(spellings(ones).map(|o| (made(o), ten * 10 + one)));
                    }
                }
            }
        }
        if language.lang == "fr" {
            all.extend(counted_on(&small));
        }
    }
    all.into_iter()
}

/// `soixante et onze`, `quatre-vingt-dix-neuf`.
fn counted_on(small: &[&'static str]) -> Vec<(String, i64)> {
    let mut all = Vec::new();
    for (before, value, first, last) in FRENCH {
        for n in first..=last {
            let ones = usize::try_from(n).ok().and_then(|n| small.get(n));
            for one in ones.into_iter().flat_map(|entry| spellings(entry)) {
                all.push((key(&format!("{before} {one}")), value + n));
                all.push((key(&format!("{before} et {one}")), value + n));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_words() {
        for (text, want) in [
            ("25", Some(25)),
            ("٢٥", Some(25)),
            ("۲۵ سال", Some(25)),
            ("ca. 25 Jahre", Some(25)),
            ("25.", Some(25)),
            ("(25)", Some(25)),
            ("1.000", Some(1000)),
            ("1,000", Some(1000)),
            ("1 000", Some(1000)),
            ("-3", Some(-3)),
            ("COVID-19", Some(19)),
            ("2,5", None),
            ("2.5", None),
            ("1.5000", None),
            ("3 oder 4", None),
            ("3, also 3", Some(3)),
            ("3 125", Some(3125)),
            ("12.10.2026", None),
            ("fünfundzwanzig", Some(25)),
            ("Dreißig", Some(30)),
            ("twenty five", Some(25)),
            ("twenty-five", Some(25)),
            ("seventeen years", Some(17)),
            ("خمسة", Some(5)),
            ("خمسة وعشرون", Some(25)),
            ("eins", Some(1)),
            ("ich habe eine Frage", None),
            ("keine", None),
            ("بیست و پنج", Some(25)),
            ("بیست‌وپنج سال", Some(25)),
            ("نه ماه", Some(9)),
            ("نه", None),
            ("پنځه ویشت", Some(25)),
            ("دوه ویشت کاله", Some(22)),
            ("bîst û pênc", Some(25)),
            ("sê hefte", Some(3)),
            ("بیست و پێنج", Some(25)),
            ("yirmi beş", Some(25)),
            ("yirmibeş yaşındayım", Some(25)),
            ("on iki ay", Some(12)),
            ("двадцать пять лет", Some(25)),
            ("двадцять п'ять", Some(25)),
            ("дев’ять місяців", Some(9)),
            ("vingt-cinq ans", Some(25)),
            ("vingt et un", Some(21)),
            ("soixante-quinze", Some(75)),
            ("soixante et onze", Some(71)),
            ("quatre-vingt-dix-neuf", Some(99)),
            ("quatre-vingts", Some(80)),
            ("shan iyo labaatan", Some(25)),
            ("laba iyo toban bilood", Some(12)),
            ("ዕስራን ሓሙሽተን", Some(25)),
            ("ዓሰርተ ክልተ ወርሒ", Some(12)),
            ("ሃያ አምስት ዓመት", Some(25)),
            ("خمسة عشر شهرا", Some(15)),
            ("das hängt davon ab, on y va", None),
            ("du bist nett", None),
            ("I came by car", None),
            ("I am not sure", None),
            ("Das Heft ist hier", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(number(text), want, "{text}");
        }
    }

    #[test]
    fn option_numbers_stand_alone() {
        for (text, want) in [
            ("2", Some(2)),
            ("٢", Some(2)),
            ("2.", Some(2)),
            ("2)", Some(2)),
            ("zwei", Some(2)),
            ("twenty one", Some(21)),
            ("2 Kinder", None),
            ("ich habe 2", None),
            ("12 3", None),
            ("", None),
            ("999999999999999999999999", None),
        ] {
            assert_eq!(whole_number(text), want, "{text}");
        }
    }

    #[test]
    fn no_phrase_means_two_numbers() {
        let mut known: HashMap<String, i64> = HashMap::new();
        for (phrase, n) in phrases() {
            assert!(phrase.split(' ').count() <= MOST_WORDS, "{phrase}");
            let before = known.insert(phrase.clone(), n);
            assert!(
                before.is_none_or(|b| b == n),
                "{phrase}: {n} and {before:?}"
            );
        }
    }

    #[test]
    fn every_language_counts_from_0_to_100() {
        for language in &NUMBERS {
            let count = |list: &str| list.split('|').filter(|e| !e.trim().is_empty()).count();
            assert_eq!(count(language.small), 20, "{}", language.lang);
            assert_eq!(count(language.tens), 8, "{}", language.lang);
            assert!(language.bound.is_empty() || count(language.bound) == 8);
        }
    }

    #[test]
    fn a_long_text_is_no_number() {
        assert_eq!(number(&"7 ".repeat(500_000)), None);
    }
}
