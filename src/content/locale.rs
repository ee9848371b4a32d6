//! What differs between languages besides the words: plural forms, separators, the name of the euro.
//!
//! Source: CLDR 37 and later, for the languages that lotse is planned for; other languages get the commonest
//! form. All languages use the digits 0–9, also those with digits of their own: an amount must look like the
//! one on the person's paper, and a telephone number must be possible to dial.

use crate::model::Lang;
use unic_langid::LanguageIdentifier;

/// How decimals are set off and thousands are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separators {
    /// `1.234,5`: German, Turkish, Kurmanji …
    Comma,
    /// `1,234.5`: English, Arabic, Persian …
    Point,
    /// `1 234,5` with narrow no-break spaces: French, Russian, Ukrainian …
    Space,
}

/// The language without its variant: `de` for `de-x-leicht`.
fn base(lang: &Lang) -> &str {
    let tag = lang.as_str();
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The language as Fluent wants it. Private parts (`-x-leicht`) are left out; what is no tag at all gets English rules.
pub(super) fn identifier(lang: &Lang) -> LanguageIdentifier {
    let tag = lang.as_str();
    let public = tag.split("-x-").next().unwrap_or(tag);
    public.parse().or_else(|_| "en".parse()).unwrap_or_default()
}

/// Whether a tag has the form of a language tag.
pub(super) fn is_tag(tag: &str) -> bool {
    let public = tag.split("-x-").next().unwrap_or(tag);
    public.parse::<LanguageIdentifier>().is_ok()
}

/// How a language writes numbers.
pub fn separators(lang: &Lang) -> Separators {
    match base(lang) {
        "de" | "tr" | "ku" | "es" | "it" | "nl" | "ro" | "sr" | "sq" | "hr" | "bs" | "el"
        | "vi" => Separators::Comma,
        "fr" | "ru" | "uk" | "bg" | "pl" | "cs" | "sk" | "hy" | "ka" => Separators::Space,
        _ => Separators::Point,
    }
}

impl Separators {
    /// Writes decimal digits (`12345.60`) in the language's way. Groups of thousands begin at five digits, so
    /// that years stay whole.
    pub fn write(self, digits: &str) -> String {
        let (point, group) = match self {
            Self::Comma => (',', '.'),
            Self::Point => ('.', ','),
            Self::Space => (',', '\u{202F}'),
        };
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits), |rest| ("-", rest));
        let (whole, fraction) = digits
            .split_once('.')
            .map_or((digits, None), |(w, f)| (w, Some(f)));
        let mut out = String::from(sign);
        let length = whole.chars().count();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && length > 4 && (length - index) % 3 == 0 {
                out.push(group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }
}

/// The name of the euro after an amount (CLDR `displayName`, form `other`).
pub(super) fn euro(lang: &Lang) -> &'static str {
    match base(lang) {
        "de" | "tr" | "it" | "nl" | "pl" => "Euro",
        "en" | "fr" | "es" => "euros",
        "ar" => "يورو",
        "fa" | "ps" | "ckb" => "یورو",
        "ku" => "ewro",
        "ru" => "евро",
        "uk" => "євро",
        "ti" | "am" => "ዩሮ",
        "so" => "Yuuro",
        _ => "EUR",
    }
}

/// The plural forms of whole numbers in a language; `None` if lotse does not know the language.
/// Forms that only fractions take are left out, since variables are whole numbers.
pub(super) fn plural_forms(lang: &Lang) -> Option<&'static [&'static str]> {
    Some(match base(lang) {
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        "ru" | "uk" | "pl" => &["one", "few", "many"],
        "cs" | "sk" | "ro" | "sr" | "hr" | "bs" => &["one", "few", "other"],
        "vi" | "zh" | "ja" | "ko" | "th" => &["other"],
        "de" | "en" | "fr" | "tr" | "ku" | "ckb" | "fa" | "ps" | "so" | "ti" | "am" | "es"
        | "it" | "nl" | "sq" | "bg" | "hy" | "ka" | "el" | "ur" => &["one", "other"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        for (lang, number, written) in [
            ("de", "13.90", "13,90"),
            ("de", "2026", "2026"),
            ("de", "12345.5", "12.345,5"),
            ("en", "1234567", "1,234,567"),
            ("ar", "13.90", "13.90"),
            ("fr", "-12345", "-12\u{202F}345"),
            ("de-x-leicht", "0.5", "0,5"),
        ] {
            assert_eq!(
                separators(&Lang::new(lang)).write(number),
                written,
                "{lang}"
            );
        }
    }

    #[test]
    fn tags_are_recognised() {
        assert!(is_tag("de") && is_tag("fa-AF") && is_tag("de-x-leicht"));
        assert!(!is_tag("deutsch") || !is_tag("Deutsch bitte"));
        assert_eq!(identifier(&Lang::new("prs")).to_string(), "fa-AF");
        assert_eq!(identifier(&Lang::new("?!")).to_string(), "en");
    }
}
