//! Calendar dates in what people write, and in what the bot writes.

use super::words::{FALSE_DAYS, GREGORIAN, RELATIVE};
use super::{key, normalise};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Texts longer than this are stories, not dates.
const LONGEST: usize = 300;

/// Years outside these are a slip of the finger or another calendar (Solar Hijri 1405), never guessed at.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The one date in a text: `24.12.2026`, `24.12.26`, `2026-12-24`, `24/12/2026`, `12/2026` and `Dezember 2026` (the first
/// of the month), `24. Dezember 2026`, `December 24, 2026`, `٢٤ ديسمبر ٢٠٢٦`, `heute`, `yesterday`, `أمس`.
///
/// `today` decides the century of two-digit years (up to ten years ahead, else the past) and the relative words.
/// None if there is none, if two different ones are named, or if the date does not exist (30 February).
pub fn date(text: &str, today: Date) -> Option<Date> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(&normalise(text));
    let alone = tokens.len() == 1;
    let mut found: Option<Date> = None;
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        let (read, used) = read(rest, today, alone);
        match read {
            Read::Date(date) if found.is_some_and(|f| f != date) => return None,
            Read::Date(date) => found = Some(date),
            Read::Impossible => return None,
            Read::Nothing => {}
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    found
}

/// A date as a text of this language shows it; languages without an entry write `24.12.2026`.
pub fn date_in_words(date: Date, lang: &str) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    let name =
        |names: [&'static str; 12]| names[usize::from(month.unsigned_abs().clamp(1, 12)) - 1];
    match lang.split('-').next() {
        Some("de") => format!("{day}. {} {year}", name(GERMAN)),
        Some("en") => format!("{day} {} {year}", name(ENGLISH)),
        Some("ar") => format!("{day} {} {year}", name(ARABIC)),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ARABIC: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

enum Read {
    Date(Date),
    /// Looks like a date and is none.
    Impossible,
    Nothing,
}

/// A piece of a text in which a date is looked for.
#[derive(Debug, PartialEq)]
pub(super) enum Token {
    /// A number with its count of digits.
    Number(i32, usize),
    /// `.`, `/` or `-` between or after numbers.
    Separator(char),
    Word(String),
}

/// Numbers, separators and words; everything else (commas, brackets, blanks) only parts them.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            let (mut value, mut digits) = (0i32, 0);
            let mut next = Some(c);
            while let Some(d) = next.and_then(|c| c.to_digit(10)) {
                value = value
                    .saturating_mul(10)
                    .saturating_add(d.try_into().unwrap_or(0));
                digits += 1;
                next = chars.next_if(char::is_ascii_digit);
            }
            tokens.push(Token::Number(value, digits));
        } else if c.is_alphabetic() {
            let mut word = String::from(c);
            while let Some(c) = chars.next_if(|c| c.is_alphabetic()) {
                word.push(c);
            }
            // Day numbers in English ("5th") say nothing more than the number.
            let ordinal = matches!(
                word.as_str(),
                "st" | "nd" | "rd" | "th" | "of" | "den" | "من"
            );
            if !(ordinal && matches!(tokens.last(), Some(Token::Number(..)))) {
                tokens.push(Token::Word(word));
            }
        } else if matches!(c, '.' | '/' | '-' | '–' | '\\')
            && matches!(tokens.last(), Some(Token::Number(..)))
        {
            tokens.push(Token::Separator(if c == '.' { '.' } else { '-' }));
        }
    }
    tokens
}

/// Reads one date at the beginning; also says how many tokens to skip.
fn read(tokens: &[Token], today: Date, alone: bool) -> (Read, usize) {
    use Token::{Number, Separator, Word};
    let made =
        |year: Option<i16>, month: i32, day: i32| match year.and_then(|y| civil(y, month, day)) {
            Some(date) => Read::Date(date),
            None => Read::Impossible,
        };
    match tokens {
        [
            Number(y, 4),
            Separator(_),
            Number(m, _),
            Separator(_),
            Number(d, _),
            ..,
        ] => (made(full_year(*y), *m, *d), 5),
        [
            Number(d, 1 | 2),
            Separator(_),
            Number(m, 1 | 2),
            Separator(_),
            Number(y, digits @ (2 | 4)),
            ..,
        ] => (made(year(*y, *digits, today), *m, *d), 5),
        [Number(d, 1 | 2), Separator(_), Word(name), rest @ ..]
            if month_named(name, rest).is_some() =>
        {
            day_month_year(*d, name, rest, 3, today)
        }
        [Number(d, 1 | 2), Word(name), rest @ ..] if month_named(name, rest).is_some() => {
            day_month_year(*d, name, rest, 2, today)
        }
        [Word(name), rest @ ..] if month_named(name, rest).is_some() => {
            month_first(name, rest, today)
        }
        [Number(m, 1 | 2), Separator(_), Number(y, 4), ..] => (made(full_year(*y), *m, 1), 3),
        [Number(y, 4), Separator(_), Number(m, 1 | 2), ..] => (made(full_year(*y), *m, 1), 3),
        [Word(_), ..] => match relative(tokens, alone) {
            Some((days, used)) => (
                today
                    .checked_add(days.days())
                    .map_or(Read::Impossible, Read::Date),
                used,
            ),
            None => (Read::Nothing, 1),
        },
        _ => (Read::Nothing, chain(tokens)),
    }
}

/// The length of a chain of numbers that is no date (a file number, a phone number), so that no part of it is read as one.
fn chain(tokens: &[Token]) -> usize {
    let pairs = tokens.get(1..).unwrap_or_default().chunks_exact(2);
    let joined = pairs.take_while(|pair| matches!(pair, [Token::Separator(_), Token::Number(..)]));
    1 + 2 * joined.count()
}

/// `5. März 2026`, from the month on. Without a year it is no date: guessing one would be worse than asking.
fn day_month_year(day: i32, name: &str, rest: &[Token], used: usize, today: Date) -> (Read, usize) {
    let Some((month, more)) = month_named(name, rest) else {
        return (Read::Nothing, used);
    };
    match separated(&rest[more..]) {
        (skipped, [Token::Number(y, digits @ (2 | 4)), ..]) => {
            let date = year(*y, *digits, today).and_then(|y| civil(y, month, day));
            (
                date.map_or(Read::Impossible, Read::Date),
                used + more + skipped + 1,
            )
        }
        _ => (Read::Impossible, used + more),
    }
}

/// `March 5, 2026` and `März 2026`.
fn month_first(name: &str, rest: &[Token], today: Date) -> (Read, usize) {
    let Some((month, more)) = month_named(name, rest) else {
        return (Read::Nothing, 1);
    };
    let made = |date: Option<Date>| date.map_or(Read::Impossible, Read::Date);
    match &rest[more..] {
        [
            Token::Number(d, 1 | 2),
            Token::Number(y, digits @ (2 | 4)),
            ..,
        ] => (
            made(year(*y, *digits, today).and_then(|y| civil(y, month, *d))),
            3 + more,
        ),
        [Token::Number(y, 4), ..] => (
            made(full_year(*y).and_then(|y| civil(y, month, 1))),
            2 + more,
        ),
        _ => (Read::Nothing, 1),
    }
}

/// What comes after a separator, if there is one, and how many tokens that skips.
pub(super) fn separated(tokens: &[Token]) -> (usize, &[Token]) {
    match tokens {
        [Token::Separator(_), rest @ ..] => (1, rest),
        _ => (0, tokens),
    }
}

/// Normalised names of months with their numbers. Names are parted by blanks, the words of one by a hyphen.
pub(super) fn month_table(names: &[&'static str]) -> impl Iterator<Item = (String, i32)> {
    (1..).zip(names).flat_map(|(month, names)| {
        let names = names.split(' ').filter(|name| !name.is_empty());
        names.map(move |name| (key(name), month))
    })
}

/// Normalised name of a Gregorian month in any language → its number.
static MONTHS: LazyLock<HashMap<String, i32>> = LazyLock::new(|| {
    GREGORIAN
        .iter()
        .flat_map(|(_, names)| month_table(names))
        .collect()
});

/// Names that are shortened: "Dez", "Dec", "déc".
static SHORTENED: LazyLock<Vec<(String, i32)>> = LazyLock::new(|| {
    let european = GREGORIAN
        .iter()
        .filter(|(lang, _)| ["de", "en", "fr"].contains(lang));
    european.flat_map(|(_, names)| month_table(names)).collect()
});

/// The month a word names, and how many further tokens its name takes (`تشرين الأول` has two words).
fn month_named(word: &str, rest: &[Token]) -> Option<(i32, usize)> {
    if let Some(Token::Word(second)) = rest.first()
        && let Some(month) = MONTHS.get(&format!("{word} {second}"))
    {
        return Some((*month, 1));
    }
    if let Some(month) = MONTHS.get(word) {
        return Some((*month, 0));
    }
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    // Three letters tell European months apart, except "jui" (juin, juillet).
    let mut months = SHORTENED
        .iter()
        .filter(|(name, _)| name.starts_with(word))
        .map(|(_, month)| *month);
    let month = months.next()?;
    months.all(|m| m == month).then_some((month, 0))
}

/// Normalised name of a day → days from today.
static DAYS: LazyLock<HashMap<String, i64>> = LazyLock::new(|| {
    let names = |(days, names): &(i64, &'static str)| {
        let days = *days;
        names.split_whitespace().map(move |n| (key(n), days))
    };
    RELATIVE.iter().flat_map(names).collect()
});

/// The day that the first words name, and how many words that takes: the longest name counts, for "day before
/// yesterday" is not yesterday.
fn relative(tokens: &[Token], alone: bool) -> Option<(i64, usize)> {
    let words: Vec<&str> = tokens
        .iter()
        .map_while(|t| match t {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .take(3)
        .collect();
    let longest_first = (1..=words.len()).rev();
    longest_first
        .filter_map(|n| Some((words.get(..n)?.join(" "), n)))
        .filter(|(name, _)| alone || !FALSE_DAYS.contains(&name.as_str()))
        .find_map(|(name, n)| Some((*DAYS.get(&name)?, n)))
}

fn year(written: i32, digits: usize, today: Date) -> Option<i16> {
    if digits == 4 {
        return full_year(written);
    }
    let this = i32::from(today.year());
    let year = this - this.rem_euclid(100) + written;
    full_year(if year > this + 10 { year - 100 } else { year })
}

fn full_year(written: i32) -> Option<i16> {
    i16::try_from(written).ok().filter(|y| YEARS.contains(y))
}

fn civil(year: i16, month: i32, day: i32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as on;

    const TODAY: Date = on(2026, 11, 21);

    #[test]
    fn dates_as_people_write_them() {
        for (text, want) in [
            ("24.12.2026", Some(on(2026, 12, 24))),
            ("24. 12. 2026", Some(on(2026, 12, 24))),
            ("5.3.26", Some(on(2026, 3, 5))),
            ("5.3.36", Some(on(2036, 3, 5))),
            ("5.3.88", Some(on(1988, 3, 5))),
            ("24/12/2026", Some(on(2026, 12, 24))),
            ("24-12-2026", Some(on(2026, 12, 24))),
            ("2026-12-24", Some(on(2026, 12, 24))),
            ("٢٤/١٢/٢٠٢٦", Some(on(2026, 12, 24))),
            ("۲۴.۱۲.۲۰۲۶", Some(on(2026, 12, 24))),
            ("12/2026", Some(on(2026, 12, 1))),
            ("12.2026", Some(on(2026, 12, 1))),
            ("2026-12", Some(on(2026, 12, 1))),
            ("Dezember 2026", Some(on(2026, 12, 1))),
            ("Am 5. März 2026 bekommen", Some(on(2026, 3, 5))),
            ("5 Maerz 2026", Some(on(2026, 3, 5))),
            ("5. Dez. 2026", Some(on(2026, 12, 5))),
            ("March 5, 2026", Some(on(2026, 3, 5))),
            ("5th of March 2026", Some(on(2026, 3, 5))),
            ("٥ مارس ٢٠٢٦", Some(on(2026, 3, 5))),
            ("5 آذار 2026", Some(on(2026, 3, 5))),
            ("12 تشرين الأول 2026", Some(on(2026, 10, 12))),
            ("12 كانون الثاني 2026", Some(on(2026, 1, 12))),
            ("heute", Some(TODAY)),
            ("Gestern!", Some(on(2026, 11, 20))),
            ("it came yesterday", Some(on(2026, 11, 20))),
            ("أمس", Some(on(2026, 11, 20))),
            ("اليوم", Some(TODAY)),
            ("morgen", Some(on(2026, 11, 22))),
            ("the day before yesterday", Some(on(2026, 11, 19))),
            ("اول امس", Some(on(2026, 11, 19))),
            ("دیروز", Some(on(2026, 11, 20))),
            ("پس‌فردا", Some(on(2026, 11, 23))),
            ("پرون", Some(on(2026, 11, 20))),
            ("Duh", Some(on(2026, 11, 20))),
            ("دوێنێ", Some(on(2026, 11, 20))),
            ("dün", Some(on(2026, 11, 20))),
            ("evvelsi gün", Some(on(2026, 11, 19))),
            ("вчера", Some(on(2026, 11, 20))),
            ("сьогодні", Some(TODAY)),
            ("hier", Some(on(2026, 11, 20))),
            ("avant-hier", Some(on(2026, 11, 19))),
            ("aujourd'hui", Some(TODAY)),
            ("shalay", Some(on(2026, 11, 20))),
            ("ትማሊ", Some(on(2026, 11, 20))),
            ("ዛሬ", Some(TODAY)),
            ("5 марта 2026", Some(on(2026, 3, 5))),
            ("5 травня 2026", Some(on(2026, 5, 5))),
            ("5 Mayıs 2026", Some(on(2026, 5, 5))),
            ("le 5 août 2026", Some(on(2026, 8, 5))),
            ("5 juil. 2026", Some(on(2026, 7, 5))),
            ("5ê Gulanê 2026", None),
            ("5 Gulan 2026", Some(on(2026, 5, 5))),
            ("۵ مارچ ۲۰۲۶", Some(on(2026, 3, 5))),
            ("۵ ژوئیه ۲۰۲۶", Some(on(2026, 7, 5))),
            ("5 تشرینی یەکەم 2026", Some(on(2026, 10, 5))),
            ("5 Luuliyo 2026", Some(on(2026, 7, 5))),
            ("5 ማርች 2026", Some(on(2026, 3, 5))),
        ] {
            assert_eq!(date(text, TODAY), want, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "30.02.2026",
            "31.4.2026",
            "24.13.2026",
            "0.1.2026",
            "29.2.2027",
            "1405/08/30",
            "5. März",
            "5.3.",
            "2026",
            "gestern oder heute",
            "1.2.2026 bis 3.4.2026",
            "20000000000.1.2026",
            "bald",
            "34497",
            "ich bin hier",
            "5 jui 2026",
            "",
        ] {
            assert_eq!(date(text, TODAY), None, "{text}");
        }
        assert_eq!(date(&"1.".repeat(500_000), TODAY), None);
    }

    #[test]
    fn dates_in_words() {
        assert_eq!(date_in_words(on(2026, 3, 5), "de-x-leicht"), "5. März 2026");
        assert_eq!(date_in_words(on(2026, 3, 5), "en"), "5 March 2026");
        assert_eq!(date_in_words(on(2026, 3, 5), "ar"), "5 مارس 2026");
        assert_eq!(date_in_words(on(2026, 3, 5), "uk"), "05.03.2026");
    }

    #[test]
    fn no_name_of_a_month_or_day_has_two_meanings() {
        let named = |tables: &mut dyn Iterator<Item = (String, i64)>| {
            let mut known: HashMap<String, i64> = HashMap::new();
            for (name, meaning) in tables {
                let before = known.insert(name.clone(), meaning);
                assert!(before.is_none_or(|b| b == meaning), "{name}");
            }
        };
        let months = GREGORIAN.iter().flat_map(|(_, names)| month_table(names));
        named(&mut months.map(|(name, month)| (name, month.into())));
        let names = |(days, names): &(i64, &'static str)| {
            let days = *days;
            names.split_whitespace().map(move |n| (key(n), days))
        };
        named(&mut RELATIVE.iter().flat_map(names));
    }

    proptest::proptest! {
        #[test]
        fn what_the_bot_writes_it_understands(days in -20_000i64..20_000) {
            let day = TODAY.checked_add(days.days()).unwrap_or(TODAY);
            for lang in ["de", "en", "ar", "uk"] {
                proptest::prop_assert_eq!(date(&date_in_words(day, lang), TODAY), Some(day));
            }
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = date(&text, TODAY);
        }
    }
}
