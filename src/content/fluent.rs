//! Texts in Fluent: how a language's numbers look in them, and how values stand in them without turning the text around.

use super::locale::{self, Separators};
use crate::model::{Direction, Lang};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::Arc;

/// A value that a text may show.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words; isolated from the text around them where their direction differs (see [`isolated`]).
    Text(String),
    /// A number; chooses plural forms and is written with the language's separators.
    Number(i64),
}

/// The texts of one file in one language.
pub(super) type Bundle = FluentBundle<Arc<FluentResource>>;

/// A file's texts, ready to be formatted.
pub(super) fn bundle(lang: &Lang, resource: Arc<FluentResource>) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale::identifier(lang)]);
    // Fluent would wrap URLs and telephone numbers as well, which breaks tapping on them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale::separators(lang) {
        Separators::Comma => |v, _| number(v, Separators::Comma),
        Separators::Point => |v, _| number(v, Separators::Point),
        Separators::Space => |v, _| number(v, Separators::Space),
    }));
    if lang.direction() == Direction::Rtl {
        bundle.set_transform(Some(joined_digits));
    }
    // The second of two texts with the same id is reported by the checks; the first one counts.
    let _ = bundle.add_resource(resource);
    bundle
}

fn number(value: &FluentValue<'_>, separators: Separators) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(separators.write(&n.as_string())),
        _ => None,
    }
}

/// A text with its values put in.
pub(super) fn format(
    bundle: &Bundle,
    pattern: &fluent_syntax::ast::Pattern<&str>,
    direction: Direction,
    args: &[(&str, Arg)],
) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => values.set(*name, FluentValue::String(isolated(text, direction))),
            Arg::Number(n) => values.set(*name, FluentValue::from(*n)),
        }
    }
    // What can go wrong here (a variable that nobody gave) is found by the checks; the text then shows `{$name}`.
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned()
}

/// In right-to-left text a blank between two groups of digits swaps them: `0800 1110111` would read
/// `1110111 0800`, and be dialled so. A no-break space is a number's own separator and keeps the order
/// (Unicode UAX 9, class CS).
fn joined_digits(text: &str) -> Cow<'_, str> {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let between = |at: usize| at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    let blanks: Vec<usize> = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| between(*at))
        .collect();
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + blanks.len());
    let mut from = 0;
    for at in blanks {
        out.push_str(&text[from..at]);
        out.push('\u{A0}');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A value as it may stand within a text of this direction without either turning the other around.
///
/// It is wrapped in U+2068 … U+2069 where it has letters of the other direction or, in right-to-left text,
/// anything but plain digits. Never wrapped: what contains a web address, and telephone numbers, since a phone then
/// no longer recognises them as something to tap; and several lines, for isolation ends at a line's end anyway.
pub fn isolated(text: &str, direction: Direction) -> Cow<'_, str> {
    let differs = match direction {
        Direction::Ltr => text.chars().any(is_rtl),
        Direction::Rtl => {
            let plain = text.chars().all(|c| c.is_ascii_digit());
            !plain && text.chars().any(|c| c.is_alphanumeric() && !is_rtl(c))
        }
    };
    if !differs || text.contains('\n') || is_url(text) || is_phone(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\u{2068}{text}\u{2069}"))
}

/// Letters of the scripts that run from right to left (Hebrew to Arabic Extended-A, presentation forms).
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_url(text: &str) -> bool {
    let starts = ["www.", "tel:", "mailto:"];
    text.contains("://")
        || starts.iter().any(|s| text.starts_with(s)) && !text.contains(char::is_whitespace)
}

/// Digits with the usual separators that start like a telephone number: `+49 …`, `0800 …`, `112`.
fn is_phone(text: &str) -> bool {
    let only = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-/()".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    only && digits >= 3 && (text.starts_with(['+', '0', '(']) || digits == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_other_direction_are_isolated() {
        let wrapped = |s: &str| format!("\u{2068}{s}\u{2069}");
        for (value, in_rtl, in_ltr) in [
            ("Ayşe", true, false),
            ("علي", false, true),
            ("13,90 Euro", true, false),
            ("24.12.2026", true, false),
            ("2026-12-24", true, false),
            ("2026", false, false),
            ("https://example.org/a?b=1", false, false),
            ("§ 1 MiLoG, https://example.org", false, false),
            ("+49 30 123456", false, false),
            ("0800 1110111", false, false),
            ("112", false, false),
            ("- Paper: Duldung\n- Age: 17", false, false),
            ("", false, false),
            ("–", false, false),
        ] {
            for (direction, expected) in [(Direction::Rtl, in_rtl), (Direction::Ltr, in_ltr)] {
                let expected = if expected {
                    wrapped(value)
                } else {
                    value.to_owned()
                };
                assert_eq!(
                    isolated(value, direction),
                    expected,
                    "{value} {direction:?}"
                );
            }
        }
    }
}
