//! How somebody can be reached: e-mail addresses and phone numbers in what people write.

use super::digit;

/// Texts longer than this (in bytes) are stories.
const LONGEST: usize = 400;

/// Digits of a German number without its leading 0. Shorter ones are emergency or information services.
const GERMAN: std::ops::RangeInclusive<usize> = 6..=12;

/// Digits of a number with its country code (ITU-T E.164: at most 15).
const WORLD: std::ops::RangeInclusive<usize> = 8..=15;

/// The e-mail address or the phone number in a text, in one spelling: `anna@example.org`, `+4915123456789`. If there is
/// one of each, both, parted by `", "`.
///
/// Digits of any script, blanks, brackets, slashes and points within a number are understood, as are `00` for `+`,
/// `+49 (0)151`, `name (at) example.org` and blanks around the `@`. A number with a leading 0 is a German one; one
/// without country code or leading 0 is not guessed at. None if there is neither, or two different ones of a kind.
pub fn contact(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .map(|c| match digit(c) {
            Some(d) => char::from(b'0' + d),
            None if c == '＋' => '+',
            None if c == '＠' => '@',
            None => c,
        })
        .collect();
    let (addresses, rest) = addresses(&plain);
    let numbers = numbers(&rest);
    match (&*addresses, &*numbers) {
        ([one], []) | ([], [one]) => Some(one.clone()),
        ([address], [number]) => Some(format!("{address}, {number}")),
        _ => None,
    }
}

/// E-mail addresses, and the text without them.
fn addresses(text: &str) -> (Vec<String>, String) {
    let mut joined = text.to_lowercase();
    for at in ["(at)", "[at]", "{at}", " at ", " ät "] {
        // Only where no sign is there anyway, and something with a point follows: "at" is an English word too.
        if !joined.contains('@') {
            joined = joined.replace(at, "@");
        }
    }
    while joined.contains(" @") || joined.contains("@ ") {
        joined = joined.replace(" @", "@").replace("@ ", "@");
    }
    let (mut found, mut rest): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for word in joined.split_whitespace() {
        match address(word) {
            Some(address) if found.contains(&address) => {}
            Some(address) => found.push(address),
            None => rest.push(word),
        }
    }
    let rest = if found.is_empty() {
        text.to_owned()
    } else {
        rest.join(" ")
    };
    (found, rest)
}

fn address(word: &str) -> Option<String> {
    let word = word.trim_start_matches("mailto:");
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '+');
    let (name, domain) = word.split_once('@')?;
    // A comma in a domain is a point that was missed.
    let domain = domain.replace(',', ".");
    let fits = |part: &str| {
        !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with(['.', '-'])
    };
    let name_fits = fits(name)
        && !name.contains("..")
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_fits = labels.len() >= 2
        && labels
            .iter()
            .all(|label| fits(label) && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && labels.last().is_some_and(|top| {
            top.chars().count() >= 2 && !top.starts_with(|c: char| c.is_ascii_digit())
        });
    (name_fits && domain_fits).then(|| format!("{name}@{domain}"))
}

/// Phone numbers in E.164.
fn numbers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('|')) {
        let part = c.is_ascii_digit() || c.is_whitespace() || "()[]/.-–".contains(c);
        if c == '+' || !part {
            found.extend(number(&run));
            run.clear();
        }
        if c == '+' || part {
            run.push(c);
        }
    }
    let mut different: Vec<String> = Vec::new();
    for number in found {
        if !different.contains(&number) {
            different.push(number);
        }
    }
    different
}

/// One number, of signs that may stand in one.
fn number(written: &str) -> Option<String> {
    let written = written.trim();
    if looks_like_date(written) {
        return None;
    }
    // "+49 (0)151": the 0 is for those who call from within Germany.
    let without_zero = written.replace("(0)", "").replace("[0]", "");
    let written = if written.starts_with('+') || written.starts_with("00") {
        &without_zero
    } else {
        written
    };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let abroad = if written.starts_with('+') {
        Some(digits.as_str())
    } else {
        digits.strip_prefix("00").or_else(|| {
            // Without a leading 0 no German number begins with 49 and is that long.
            Some(digits.as_str()).filter(|d| d.starts_with("49") && d.len() >= 11)
        })
    };
    let whole = match abroad {
        Some(abroad) => match abroad.strip_prefix("49") {
            Some(german) => german_number(german.strip_prefix('0').unwrap_or(german))?,
            None if WORLD.contains(&abroad.len()) && !abroad.starts_with('0') => abroad.to_owned(),
            None => return None,
        },
        None => german_number(digits.strip_prefix('0')?)?,
    };
    let all_same = |d: &str| d.chars().skip(3).all(|c| d.ends_with(c));
    (!all_same(&whole)).then(|| format!("+{whole}"))
}

fn german_number(national: &str) -> Option<String> {
    let fits = GERMAN.contains(&national.len()) && !national.starts_with('0');
    fits.then(|| format!("49{national}"))
}

/// `24.12.2026`, `01.02.26`, `2026-12-24`.
fn looks_like_date(written: &str) -> bool {
    let parts: Vec<usize> = written.split(['.', '-', '/']).map(str::len).collect();
    matches!(&*parts, [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_in_one_spelling() {
        for (text, want) in [
            ("Anna@Example.ORG", "anna@example.org"),
            (
                "Meine Mail ist anna.k+amt@example.org.",
                "anna.k+amt@example.org",
            ),
            ("<anna@example.org>", "anna@example.org"),
            ("mailto:anna@example.org", "anna@example.org"),
            ("anna @ example.org", "anna@example.org"),
            ("anna (at) example.org", "anna@example.org"),
            ("anna@example,org", "anna@example.org"),
            ("anna２@example.org", "anna2@example.org"),
            ("0151 23456789", "+4915123456789"),
            ("0151/234 567-89", "+4915123456789"),
            ("Tel.: (0151) 23456789, nur abends", "+4915123456789"),
            ("+49 (0)151 23456789", "+4915123456789"),
            ("+49 0151 23456789", "+4915123456789"),
            ("0049 151 23456789", "+4915123456789"),
            ("4915123456789", "+4915123456789"),
            ("٠١٥١٢٣٤٥٦٧٨٩", "+4915123456789"),
            ("۰۱۵۱ ۲۳۴۵۶۷۸۹", "+4915123456789"),
            ("030 901820", "+4930901820"),
            ("+380 44 123 45 67", "+380441234567"),
            ("00963 11 2345678", "+963112345678"),
            ("0151 23456789 oder 0049 151 23456789", "+4915123456789"),
            (
                "anna@example.org, 0151 23456789",
                "anna@example.org, +4915123456789",
            ),
        ] {
            assert_eq!(contact(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_contact_is_not_guessed_at() {
        for text in [
            "",
            "anna",
            "anna@",
            "@example.org",
            "anna@example",
            "anna@exa mple",
            "a..b@example.org",
            "@anna",
            "I am at home. Please come",
            "110",
            "01445",
            "34497",
            "15123456789",
            "24.12.2026",
            "01.02.2026",
            "2026-12-24",
            "0000000000",
            "00000000000000",
            "+1234567",
            "+1234567890123456",
            "0151 23456789 oder 0152 23456789",
            "a@example.org b@example.org",
            "0151 23456789 1234567890 99",
        ] {
            assert_eq!(contact(text), None, "{text}");
        }
        assert_eq!(contact(&"0151 23456789 ".repeat(100_000)), None);
    }

    proptest::proptest! {
        #[test]
        fn its_own_spelling_is_understood_as_itself(text in "[+0-9a-z@. ()/,-]{0,40}") {
            if let Some(once) = contact(&text) {
                proptest::prop_assert_eq!(contact(&once), Some(once));
            }
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = contact(&text);
        }
    }
}
