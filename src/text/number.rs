//! Whole numbers in what people write: digits of any script, and simple words in German, English and Arabic.

use super::{key, normalise};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Texts longer than this are stories, not numbers.
const LONGEST: usize = 200;

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

/// Whether an answer speaks of the unit of time that the question asked for. `"2 years"` is no answer to "how many
/// months"; where question or answer name no unit of time, nothing is known against it.
pub fn same_unit(question: &str, answer: &str) -> bool {
    if answer.len() > LONGEST {
        return true;
    }
    let (asked, said) = (units(&key(question)), units(&key(answer)));
    asked.is_empty() || said.iter().all(|unit| asked.contains(unit))
}

fn units(key: &str) -> Vec<usize> {
    /// Beginnings of the words for days, weeks, months, years; the Arabic ones without the article.
    const UNITS: [&[&str]; 4] = [
        &["tag", "day", "يوم", "ايام"],
        &["woche", "week", "اسبوع", "اسابيع"],
        &["monat", "month", "شهر", "شهور", "اشهر"],
        &["jahr", "year", "سنه", "سنوات", "سنين", "عام", "اعوام"],
    ];
    let named = |beginnings: &[&str]| {
        key.split(' ').any(|word| {
            let bare = word.strip_prefix("ال").unwrap_or(word);
            beginnings.iter().any(|b| bare.starts_with(b))
        })
    };
    (0..UNITS.len()).filter(|&i| named(UNITS[i])).collect()
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
fn end_of_number(text: &str) -> usize {
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

const SEPARATORS: [char; 6] = ['.', ',', ' ', '\'', '٬', '٫'];

/// The value of digits with thousands separators; none for fractions and for what is too large to be an answer.
fn value_of(text: &str) -> Option<i64> {
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

/// Number words. `all`: every word must belong to the number.
fn in_words(key: &str, all: bool) -> Option<i64> {
    let mut found: Option<i64> = None;
    let words: Vec<&str> = key.split(' ').collect();
    let mut i = 0;
    while i < words.len() {
        let two = words.get(i + 1).and_then(|second| pair(words[i], second));
        let (value, used) = match (two, WORDS.get(words[i])) {
            (Some(value), _) => (Some(value), 2),
            (None, Some(&value)) => (Some(value), 1),
            (None, None) => (None, 1),
        };
        match value {
            None if all => return None,
            Some(value) if found.is_some_and(|f| f != value) => return None,
            Some(value) => found = Some(value),
            None => {}
        }
        i += used;
    }
    // In a sentence "one" is rather an article or a pronoun ("eine Frage", "no one").
    if !all && words.len() > 2 && found == Some(1) {
        None
    } else {
        found
    }
}

/// `twenty five`, `خمسة وعشرون`.
fn pair(first: &str, second: &str) -> Option<i64> {
    let tens = |n: i64| (20..=90).contains(&n) && n % 10 == 0;
    let ones = |n: i64| (1..=9).contains(&n);
    let a = *WORDS.get(first)?;
    if let Some(bare) = second.strip_prefix('و') {
        let b = *WORDS.get(bare)?;
        return (ones(a) && tens(b)).then_some(a + b);
    }
    let b = *WORDS.get(second)?;
    (tens(a) && ones(b)).then_some(a + b)
}

static WORDS: LazyLock<HashMap<String, i64>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut add = |word: &str, n: i64| {
        words.insert(key(word), n);
    };
    for (n, spellings) in (0..).zip(SMALL) {
        spellings.split(' ').for_each(|word| add(word, n));
    }
    for (n, spellings) in (2..).zip(TENS) {
        spellings.split(' ').for_each(|word| add(word, n * 10));
    }
    for spelling in ["hundert", "einhundert", "hundred", "مئة", "مائة"] {
        add(spelling, 100);
    }
    let german = [
        "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    ];
    for (tens, spellings) in (2..).zip(TENS) {
        let name = spellings.split(' ').next().unwrap_or_default();
        for (ones, german) in (1..).zip(german) {
            add(&format!("{german}und{name}"), tens * 10 + ones);
        }
    }
    words
});

/// 0 to 20, in German, English and Arabic.
const SMALL: [&str; 21] = [
    "null zero صفر",
    "eins ein eine einen einem einer one واحد واحدة",
    "zwei zwo two اثنان اثنين اثنتان اثنتين",
    "drei three ثلاثة ثلاث",
    "vier four أربعة أربع",
    "fünf fuenf five خمسة خمس",
    "sechs six ستة ست",
    "sieben seven سبعة سبع",
    "acht eight ثمانية ثماني ثمان",
    "neun nine تسعة تسع",
    "zehn ten عشرة عشر",
    "elf eleven",
    "zwölf zwoelf twelve",
    "dreizehn thirteen",
    "vierzehn fourteen",
    "fünfzehn fuenfzehn fifteen",
    "sechzehn sixteen",
    "siebzehn seventeen",
    "achtzehn eighteen",
    "neunzehn nineteen",
    "zwanzig twenty عشرون عشرين",
];

/// 20 to 90; the first spelling is the German one, of which compounds are made.
const TENS: [&str; 8] = [
    "zwanzig twenty عشرون عشرين",
    "dreißig dreissig thirty ثلاثون ثلاثين",
    "vierzig forty أربعون أربعين",
    "fünfzig fuenfzig fifty خمسون خمسين",
    "sechzig sixty ستون ستين",
    "siebzig seventy سبعون سبعين",
    "achtzig eighty ثمانون ثمانين",
    "neunzig ninety تسعون تسعين",
];

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
    fn years_are_no_answer_to_months() {
        assert!(!same_unit(
            "Wie viele Monate sind Sie in Deutschland?",
            "2 Jahre"
        ));
        assert!(!same_unit("كم شهرًا وأنت في ألمانيا؟", "سنتان و 3 سنوات"));
        assert!(same_unit("Wie viele Monate sind Sie hier?", "2 Monate"));
        assert!(same_unit("Wie viele Monate sind Sie hier?", "2"));
        assert!(same_unit("How old are you?", "25 years"));
    }

    #[test]
    fn a_long_text_is_no_number() {
        assert_eq!(number(&"7 ".repeat(500_000)), None);
    }
}
