//! How many of a unit of time: "24", "2 Jahre" and "سنتين" are the same answer to a question for months.

use super::number::{LONGEST, SEPARATORS, end_of_number, is_friend, number, phrase, value_of};
use super::unit::{TimeUnit, unit_of};
use super::words::{
    AND, BESIDE, FEWER, FRENCH_YEARS, HALF_OF, HALF_YEAR, HALVES, LASTING, ONE_AND_A_HALF,
    ONE_UNIT, TWO_UNITS, UNITS_ALONE,
};
use super::{key, normalise};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// An answer to a question for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How many, in the unit that was asked for.
    pub value: i64,
    /// It was said in another unit.
    pub converted: bool,
}

/// The one number in a text, in the unit that was asked for; without one, as [`number`] reads it.
///
/// Another unit is converted where that is exact (12 months are a year, 7 days a week) and a whole number comes of it:
/// `"2 Jahre"`, `"anderthalb Jahre"`, `"1 year and 3 months"`. None where it is not (`"3 weeks"` for months), and where
/// less is meant than the number says (`"less than 2 years"`).
pub fn amount(text: &str, asked: Option<TimeUnit>) -> Option<Amount> {
    let plain = || {
        number(text).map(|value| Amount {
            value,
            converted: false,
        })
    };
    let Some(asked) = asked else {
        return plain();
    };
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text)?;
    if tokens.contains(&Token::Fewer) {
        return None;
    }
    let mut units = tokens.iter().filter_map(|t| t.unit());
    let same = units.clone().all(|unit| unit == asked);
    match lengths(&tokens) {
        Some(lengths) if !lengths.is_empty() => total(&lengths, asked),
        // A half of nothing is no number.
        _ if units.next().is_none() && tokens.iter().any(|t| matches!(t, Token::Half { .. })) => {
            None
        }
        _ if same => plain(),
        _ => None,
    }
}

/// Whether a text only says how long something has lasted: `"seit 14 Monaten"`, `"about 2 years"`, `"منذ سنة"`. That is an
/// answer, and about nothing.
pub fn is_length(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let Some(tokens) = tokens(text) else {
        return false;
    };
    let others = tokens.iter().filter(|t| **t == Token::Other).count();
    let key = key(text);
    let lasting = key.split(' ').filter(|word| LASTS.contains(*word));
    tokens.iter().any(|t| t.unit().is_some()) && others <= lasting.count()
}

/// [`LASTING`], normalised.
static LASTS: LazyLock<HashSet<String>> =
    LazyLock::new(|| LASTING.split_whitespace().map(key).collect());

/// So many hundredths of a unit.
type Length = (i64, TimeUnit);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// A number, in hundredths.
    Number(i64),
    /// A number word that may be something else: an article, or a word of another language.
    Doubtful(i64),
    /// A half; `of`: it belongs to the unit ("ein halbes Jahr").
    Half {
        of: bool,
    },
    /// A unit; `alone`: it means one where nothing else is said.
    Unit {
        unit: TimeUnit,
        alone: bool,
    },
    /// A unit that says how many.
    Counted(Length),
    /// Years, in French, if a number stands before it; `sure`: whatever follows.
    FrenchYears {
        sure: bool,
    },
    /// The English article.
    A,
    And,
    /// May stand beside a unit that is alone.
    Beside,
    Fewer,
    Other,
}

impl Token {
    fn unit(&self) -> Option<TimeUnit> {
        match self {
            Self::Unit { unit, .. } | Self::Counted((_, unit)) => Some(*unit),
            _ => None,
        }
    }

    fn is_half(&self) -> bool {
        matches!(self, Self::Half { .. })
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Doubtful(_))
    }
}

/// What a whole text says; none where a number in it cannot be one.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let spelled = text.replace('½', " und halb ");
    let normal = normalise(&spelled).replace(" 1/2", " und halb");
    let normal = match normal.strip_prefix("1/2") {
        Some(rest) => format!("halb{rest}"),
        None => normal,
    };
    let mut tokens = Vec::new();
    let mut rest = normal.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        if before.ends_with(['-', '−']) {
            return None;
        }
        in_words(before, &mut tokens);
        let end = end_of_number(digits);
        tokens.push(Token::Number(hundredths(&digits[..end])?));
        rest = &digits[end..];
    }
    in_words(rest, &mut tokens);
    Some(settled(tokens))
}

/// Larger numbers are no answers.
const MOST: i64 = 1_000_000;

/// `"2"`, `"1.000"`, `"1,5"`, `"2.25"` in hundredths.
fn hundredths(digits: &str) -> Option<i64> {
    let whole = value_of(digits).filter(|n| *n <= MOST);
    whole.map(|n| n * 100).or_else(|| {
        let (whole, part) = digits.split_once(SEPARATORS)?;
        let part: i64 = match part.len() {
            1 => part.parse::<i64>().ok()? * 10,
            2 => part.parse().ok()?,
            _ => return None,
        };
        let whole = whole.parse().ok().filter(|n: &i64| *n <= MOST)?;
        Some(whole * 100 + part)
    })
}

fn in_words(text: &str, tokens: &mut Vec<Token>) {
    let key = key(text);
    let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
    let mut rest = words.as_slice();
    while let Some(first) = rest.first() {
        let used = match (word(first), phrase(rest)) {
            (Some(token), None) => {
                tokens.push(token);
                1
            }
            (Some(token), Some((_, 1))) => {
                tokens.push(token);
                1
            }
            (_, Some((value, used))) => {
                let doubtful = used == 1 && (value == 1 || is_friend(first));
                tokens.push(match doubtful {
                    true => Token::Doubtful(value * 100),
                    false => Token::Number(value * 100),
                });
                used
            }
            (None, None) => {
                joined(first, tokens);
                1
            }
        };
        rest = rest.get(used..).unwrap_or_default();
    }
}

/// Arabic "and" is written onto the next word; German makes one word of "two and a half".
fn joined(first: &str, tokens: &mut Vec<Token>) {
    let alone = |w: &str| word(w).or_else(|| phrase(&[w]).map(|(n, _)| Token::Number(n * 100)));
    if let Some(token) = first.strip_prefix('و').and_then(alone) {
        tokens.extend([Token::And, token]);
        return;
    }
    let count = first.strip_suffix("einhalb").and_then(|before| {
        let before = before.strip_suffix("und").unwrap_or(before);
        phrase(&[before])
    });
    tokens.push(match count {
        Some((n, _)) => Token::Number(n * 100 + 50),
        None => Token::Other,
    });
}

/// What a word means besides a number.
fn word(word: &str) -> Option<Token> {
    WORDS.get(word).copied().or_else(|| {
        let unit = unit_of(word)?;
        Some(Token::Unit { unit, alone: false })
    })
}

/// Words that are more than a number or a unit, normalised.
static WORDS: LazyLock<HashMap<String, Token>> = LazyLock::new(|| {
    let mut words: HashMap<String, Token> = HashMap::new();
    let mut add = |list: &str, token: Token| {
        words.extend(list.split_whitespace().map(|w| (key(w), token)));
    };
    AND.iter().for_each(|w| add(w, Token::And));
    add("с з із", Token::And);
    add("a", Token::A);
    add(BESIDE, Token::Beside);
    add(FEWER, Token::Fewer);
    add(HALVES, Token::Half { of: false });
    add(HALF_OF, Token::Half { of: true });
    add(ONE_AND_A_HALF, Token::Number(150));
    add(HALF_YEAR, Token::Counted((50, TimeUnit::Years)));
    for ((unit, one), two) in TimeUnit::ALL.into_iter().zip(ONE_UNIT).zip(TWO_UNITS) {
        add(one, Token::Counted((100, unit)));
        add(two, Token::Counted((200, unit)));
    }
    let [an, ans] = FRENCH_YEARS;
    add(an, Token::FrenchYears { sure: false });
    add(ans, Token::FrenchYears { sure: true });
    for one in UNITS_ALONE.split_whitespace().map(key) {
        if let Some(unit) = unit_of(&one) {
            words.insert(one, Token::Unit { unit, alone: true });
        }
    }
    words
});

/// Tokens whose meaning depends on their neighbours are made into what they mean here.
fn settled(tokens: Vec<Token>) -> Vec<Token> {
    let mut settled: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let unit_next =
            next.is_some_and(|t| matches!(t, Token::Unit { .. } | Token::FrenchYears { .. }));
        let half_next = next.is_some_and(Token::is_half)
            || next == Some(&Token::And)
                && tokens.get(at + 2).is_some_and(|t| {
                    t.is_half() || *t == Token::A && tokens.get(at + 3).is_some_and(Token::is_half)
                });
        let before = settled.last();
        match token {
            Token::Doubtful(n) if unit_next || half_next => settled.push(Token::Number(*n)),
            Token::Doubtful(_) => settled.push(Token::Other),
            Token::A if next.is_some_and(Token::is_half) => {}
            Token::A if unit_next && before.is_some_and(Token::is_half) => {}
            Token::A if unit_next => settled.push(Token::Number(100)),
            Token::A => settled.push(Token::Other),
            Token::FrenchYears { sure } => {
                let ends = next.is_none_or(|t| *t == Token::And || t.is_half());
                settled.push(
                    match before.is_some_and(Token::is_number) && (*sure || ends) {
                        true => Token::Unit {
                            unit: TimeUnit::Years,
                            alone: false,
                        },
                        false => Token::Other,
                    },
                );
            }
            other => settled.push(*other),
        }
    }
    settled
}

/// The lengths that a text is about, side by side; none where a number belongs to no unit or they stand apart.
fn lengths(tokens: &[Token]) -> Option<Vec<Length>> {
    let said = tokens.iter().filter(|t| **t != Token::Beside);
    if let [Token::Unit { unit, alone: true }] = said.collect::<Vec<_>>()[..] {
        return Some(vec![(100, *unit)]);
    }
    let mut lengths: Vec<Length> = Vec::new();
    let (mut at, mut apart) = (0, false);
    while let Some(token) = tokens.get(at) {
        if let Some((length, used)) = length(&tokens[at..]) {
            if apart && !lengths.is_empty() {
                return None;
            }
            apart = false;
            lengths.push(length);
            at += used;
            continue;
        }
        match token {
            Token::Number(_) | Token::Half { .. } | Token::Unit { .. } => return None,
            Token::And => {}
            _ => apart = true,
        }
        at += 1;
    }
    Some(lengths)
}

/// The length at the beginning, and how many tokens it is made of.
fn length(tokens: &[Token]) -> Option<(Length, usize)> {
    use Token::{And, Counted, Half, Number, Unit};
    let (length, used) = match *tokens {
        [Number(n), And, Half { .. }, Unit { unit, .. }, ..] => return Some(((n + 50, unit), 4)),
        [Number(100), Half { of: true }, Unit { unit, .. }, ..] => return Some(((50, unit), 3)),
        [Number(n), Half { of: false }, Unit { unit, .. }, ..] => {
            return Some(((n + 50, unit), 3));
        }
        [Half { .. }, Unit { unit, .. }, ..] => return Some(((50, unit), 2)),
        [Number(n), Unit { unit, .. }, ..] => ((n, unit), 2),
        [Counted(length), ..] => (length, 1),
        [Unit { unit, .. }, And, Half { .. }, ..] | [Unit { unit, alone: true }, And, ..] => {
            ((100, unit), 1)
        }
        _ => return None,
    };
    // "2 years and a half", but not "2 years and half a month".
    let half = match tokens[used..] {
        [And, Half { .. }, Unit { .. }, ..] | [Half { .. }, Unit { .. }, ..] => 0,
        [And, Half { .. }, ..] => 2,
        [Half { .. }, ..] => 1,
        _ => 0,
    };
    let more = if half > 0 { 50 } else { 0 };
    Some(((length.0 + more, length.1), used + half))
}

/// How many 84ths of the unit that was asked for one of another unit is, if that is always the same.
fn weight(unit: TimeUnit, asked: TimeUnit) -> Option<i64> {
    use TimeUnit::{Days, Months, Weeks, Years};
    match (unit, asked) {
        (Years, Months) => Some(84 * 12),
        (Months, Years) => Some(84 / 12),
        (Weeks, Days) => Some(84 * 7),
        (Days, Weeks) => Some(84 / 7),
        _ => (unit == asked).then_some(84),
    }
}

/// All lengths together, if that is a whole number.
fn total(lengths: &[Length], asked: TimeUnit) -> Option<Amount> {
    const ONE: i64 = 84 * 100;
    let mut sum = 0;
    let mut last: Option<(i64, TimeUnit)> = None;
    for (count, unit) in lengths {
        let long = count * weight(*unit, asked)?;
        match last {
            None => sum = long,
            // The same once more: "2 years (24 months)".
            Some((before, larger)) if larger > *unit && before == long => {}
            // The rest of a larger unit: "1 year and 3 months".
            Some((_, larger)) if larger > *unit && long < 100 * weight(larger, asked)? => {
                sum += long;
            }
            Some(_) => return None,
        }
        last = Some((long, *unit));
    }
    (sum % ONE == 0).then(|| Amount {
        value: sum / ONE,
        converted: lengths.iter().any(|(_, unit)| *unit != asked),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use TimeUnit::{Days, Months, Weeks, Years};

    fn read(text: &str, asked: TimeUnit) -> Option<i64> {
        amount(text, Some(asked)).map(|a| a.value)
    }

    #[test]
    fn what_only_says_how_long_is_told_from_what_says_more() {
        for text in [
            "seit 14 Monaten",
            "14 Monate",
            "vor 3 Wochen",
            "ein halbes Jahr",
            "2 years ago",
            "more than two years",
            "منذ خمسة أشهر",
            "سنتين",
            "уже 3 года",
            "depuis 2 ans",
            "3 aydır",
        ] {
            assert!(is_length(text), "{text}");
        }
        for text in [
            "noch 3 Tage",
            "seit 3 Monaten kein Lohn",
            "3 Tage ohne Essen",
            "in 2 days they deport me",
            "ich lebe seit 2 Jahren nicht mehr",
            "34497",
            "morgen",
            "",
        ] {
            assert!(!is_length(text), "{text}");
        }
    }

    #[test]
    fn years_are_months_in_all_languages() {
        for (text, want) in [
            ("2 Jahre", 24),
            ("2Jahre", 24),
            ("vor 2 Jahren", 24),
            ("seit zwei Jahren hier", 24),
            ("ein Jahr", 12),
            ("seit einem Jahr", 12),
            ("anderthalb Jahre", 18),
            ("1,5 Jahre", 18),
            ("1½ Jahre", 18),
            ("1 1/2 Jahre", 18),
            ("eineinhalb Jahre", 18),
            ("zweieinhalb Jahre", 30),
            ("ein halbes Jahr", 6),
            ("½ Jahr", 6),
            ("ein Jahr und 3 Monate", 15),
            ("2 Jahre (24 Monate)", 24),
            ("2 years", 24),
            ("a year ago", 12),
            ("half a year", 6),
            ("a year and a half", 18),
            ("two and a half years", 30),
            ("2 years and 3 months", 27),
            ("٢ سنة", 24),
            ("سنتين", 24),
            ("منذ سنتين", 24),
            ("سنتين ونصف", 30),
            ("سنة", 12),
            ("من سنة", 12),
            ("سنة ونصف", 18),
            ("نصف سنة", 6),
            ("سنة وشهرين", 14),
            ("ثلاث سنوات", 36),
            ("۲ سال", 24),
            ("یک سال و نیم", 18),
            ("دو سال", 24),
            ("دوه کاله", 24),
            ("یو نیم کال", 18),
            ("du sal", 24),
            ("salek û nîv", 18),
            ("دوو ساڵ", 24),
            ("iki yıl", 24),
            ("bir buçuk yıl", 18),
            ("yarım yıl", 6),
            ("2 yıldır", 24),
            ("два года", 24),
            ("полтора года", 18),
            ("полгода", 6),
            ("два с половиной года", 30),
            ("уже год", 12),
            ("два роки", 24),
            ("півтора року", 18),
            ("deux ans", 24),
            ("un an", 12),
            ("un an et demi", 18),
            ("2 années", 24),
            ("laba sano", 24),
            ("ክልተ ዓመት", 24),
            ("ሁለት ዓመት", 24),
            ("አንድ ዓመት ተኩል", 18),
        ] {
            let want = Amount {
                value: want,
                converted: true,
            };
            assert_eq!(amount(text, Some(Months)), Some(want), "{text}");
        }
    }

    #[test]
    fn the_unit_that_was_asked_for_is_not_converted() {
        for text in [
            "3",
            "drei",
            "3 Monate",
            "seit 3 Monaten",
            "3 volle Monate",
            "3 months",
            "٣ أشهر",
            "3 an Ostern",
        ] {
            let want = Amount {
                value: 3,
                converted: false,
            };
            assert_eq!(amount(text, Some(Months)), Some(want), "{text}");
        }
        assert_eq!(read("شهرين", Months), Some(2));
        assert_eq!(read("einen Monat", Months), Some(1));
    }

    #[test]
    fn weeks_are_days_and_months_are_years_where_it_is_exact() {
        assert_eq!(read("1 week", Days), Some(7));
        assert_eq!(read("zwei Wochen und 3 Tage", Days), Some(17));
        assert_eq!(read("14 Tage", Weeks), Some(2));
        assert_eq!(read("24 Monate", Years), Some(2));
        assert_eq!(read("18 Monate", Years), None);
        assert_eq!(read("10 days", Weeks), None);
        assert_eq!(read("3 Wochen", Months), None);
        assert_eq!(read("2 years", Weeks), None);
        assert_eq!(read("100 Tage", Months), None);
    }

    #[test]
    fn what_is_unclear_is_asked_again() {
        for text in [
            "2,5 Monate",
            "ein halber Monat",
            "two and a half months",
            "1,3 Jahre",
            "2-3 Jahre",
            "2 oder 3 Jahre",
            "weniger als ein Jahr",
            "less than 2 years",
            "fast 4 Jahre",
            "أقل من سنة",
            "меньше 2 лет",
            "25 Jahre alt, seit 3 Monaten hier",
            "1 Jahr und 24 Monate",
            "letztes Jahr",
            "كم سنة؟",
            "eine Frage zum Jahr",
            "anderthalb",
            "-2 Jahre",
            "",
        ] {
            assert_eq!(read(text, Months), None, "{text}");
        }
    }

    #[test]
    fn without_a_unit_the_number_counts() {
        assert_eq!(amount("2 Jahre", None).map(|a| a.value), Some(2));
        assert_eq!(amount("zwei Kinder", None).map(|a| a.value), Some(2));
    }

    #[test]
    fn a_long_text_is_no_amount() {
        assert_eq!(read(&"7 ".repeat(500_000), Months), None);
    }
}
