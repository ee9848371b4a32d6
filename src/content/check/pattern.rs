//! What a text is made of.

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The parts of a text that checks look at. All parts are slices of the file.
#[derive(Debug, Default)]
pub(in crate::content) struct Parts<'s> {
    /// Variables by name, with their first place.
    pub variables: BTreeMap<&'s str, &'s str>,
    /// Functions, terms and references to other texts: name and place.
    pub foreign: Vec<&'s str>,
    /// Choices by a variable.
    pub selects: Vec<&'s [Variant<&'s str>]>,
    /// All words of the text, in order, with those of all cases of choices.
    pub text: Cow<'s, str>,
    /// The text has words at all.
    pub has_words: bool,
    /// The characters of the longest way through the text; a variable counts 20.
    pub length: usize,
}

const VARIABLE_LENGTH: usize = 20;

impl<'s> Parts<'s> {
    /// Takes a text apart.
    pub fn of(pattern: &'s Pattern<&'s str>) -> Self {
        let mut parts = Self::default();
        parts.length = parts.pattern(pattern);
        parts.has_words =
            !parts.variables.is_empty() || parts.text.chars().any(char::is_alphanumeric);
        parts
    }

    /// Whether there are words and nothing that depends on anything.
    pub fn is_bare(&self) -> bool {
        self.variables.is_empty() && self.foreign.is_empty() && self.selects.is_empty()
    }

    fn pattern(&mut self, pattern: &'s Pattern<&'s str>) -> usize {
        let mut length = 0;
        for element in &pattern.elements {
            length += match element {
                PatternElement::TextElement { value } => self.words(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            };
        }
        length
    }

    /// Most texts are one piece, and it is not copied.
    fn words(&mut self, words: &'s str) -> usize {
        match self.text.is_empty() {
            true => self.text = Cow::Borrowed(words),
            false => self.text.to_mut().push_str(words),
        }
        words.chars().count()
    }

    fn expression(&mut self, expression: &'s Expression<&'s str>) -> usize {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                self.selects.push(variants);
                let mut longest = 0;
                for variant in variants {
                    self.text.to_mut().push(' ');
                    longest = longest.max(self.pattern(&variant.value));
                    self.text.to_mut().push(' ');
                }
                longest
            }
        }
    }

    fn inline(&mut self, inline: &'s InlineExpression<&'s str>) -> usize {
        match inline {
            InlineExpression::StringLiteral { value }
            | InlineExpression::NumberLiteral { value } => self.words(value),
            InlineExpression::VariableReference { id } => {
                self.variables.entry(id.name).or_insert(id.name);
                // Keeps digits before and after the variable apart.
                self.text.to_mut().push('\u{FFFC}');
                VARIABLE_LENGTH
            }
            InlineExpression::FunctionReference { id, .. }
            | InlineExpression::MessageReference { id, .. }
            | InlineExpression::TermReference { id, .. } => {
                self.foreign.push(id.name);
                VARIABLE_LENGTH
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }
}

/// What is said where no case of a choice is taken but the one with the asterisk: its words, and the variables that
/// it shows.
pub(in crate::content) fn default_way<'s>(pattern: &'s Pattern<&'s str>) -> (String, Vec<&'s str>) {
    let (mut words, mut shown) = (String::new(), Vec::new());
    follow(pattern, &mut words, &mut shown);
    (words, shown)
}

fn follow<'s>(pattern: &'s Pattern<&'s str>, words: &mut String, shown: &mut Vec<&'s str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => words.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Select { variants, .. } => {
                    if let Some(default) = variants.iter().find(|v| v.default) {
                        follow(&default.value, words, shown);
                    }
                }
                Expression::Inline(
                    InlineExpression::StringLiteral { value }
                    | InlineExpression::NumberLiteral { value },
                ) => words.push_str(value),
                Expression::Inline(inline) => {
                    words.push('\u{FFFC}');
                    if let InlineExpression::VariableReference { id } = inline {
                        shown.push(id.name);
                    }
                }
            },
        }
    }
}

/// The name of a case of a choice.
pub(in crate::content) fn case_name<'s>(variant: &Variant<&'s str>) -> &'s str {
    match &variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

/// Web addresses in a text, without the punctuation of the sentence around them.
pub(in crate::content) fn urls(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // Nearly all texts have none, and this is how it is seen soonest.
    if !text.contains("://") && !text.contains("www") {
        return found;
    }
    let mut rest = text;
    while let Some(at) = ["https://", "http://", "www."]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
    {
        let url = &rest[at..];
        let end =
            url.find(|c: char| c.is_whitespace() || "<>\"»“”\u{FFFC}\u{2068}\u{2069}".contains(c));
        let url = &url[..end.unwrap_or(url.len())];
        let trimmed =
            url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '،', '؛', '؟']);
        found.push(trimmed);
        rest = &rest[at + url.len().max(1)..];
    }
    found
}

/// Telephone numbers in a text, as digits (and a leading `+`).
///
/// Counted are German emergency numbers (110, 112, 115, 116…) and what starts with 0 or + and has at least six digits.
pub(in crate::content) fn phones(text: &str) -> Vec<String> {
    // The first bytes of all digits that count, see `crate::text::digit`.
    let digit = |b: u8| b.is_ascii_digit() || matches!(b, 0xD9 | 0xDB | 0xEF);
    if !text.bytes().any(digit) {
        return Vec::new();
    }
    let mut clean = text.to_owned();
    for url in urls(text) {
        clean = clean.replacen(url, "\u{FFFC}", 1);
    }
    let mut found = Vec::new();
    let mut run = String::new();
    for c in clean.chars().chain(std::iter::once('\n')) {
        if let Some(digit) = crate::text::digit(c) {
            run.push(char::from(b'0' + digit));
        } else if c == '+' {
            collect(&run, &mut found);
            run = "+".into();
        } else if matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '-' | '/' | '(' | ')' | '–')
            && !run.is_empty()
        {
            if !run.ends_with('|') {
                run.push('|');
            }
        } else if !run.is_empty() {
            collect(&run, &mut found);
            run.clear();
        }
    }
    found
}

/// Groups of digits separated by `|`: one number if it starts like one, else each group for itself.
fn collect(run: &str, found: &mut Vec<String>) {
    let mut groups = run.split('|').filter(|g| !g.is_empty()).peekable();
    while let Some(group) = groups.next() {
        if group.starts_with(['0', '+']) {
            let mut number = group.to_owned();
            while let Some(next) = groups.next_if(|g| !g.starts_with('+')) {
                number.push_str(next);
            }
            if number.len() >= 6 {
                found.push(number);
            }
        } else if ["110", "112", "115"].contains(&group)
            || (group.len() == 6 && group.starts_with("116"))
        {
            found.push(group.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_end_with_the_word() {
        let text = "Siehe https://a.de/b?c=1, (www.b.org/x). Oder http://c.net/";
        assert_eq!(
            urls(text),
            ["https://a.de/b?c=1", "www.b.org/x", "http://c.net/"]
        );
        assert_eq!(urls("keine"), [""; 0]);
    }

    #[test]
    fn telephone_numbers_are_told_from_dates_and_amounts() {
        assert_eq!(
            phones("Rufen Sie 112 oder 110 an: 0800 1110111."),
            ["112", "110", "08001110111"]
        );
        assert_eq!(phones("٠٨٠٠ ١١١٠١١١ و 116016"), ["08001110111", "116016"]);
        assert_eq!(phones("+49 (30) 12-34-56"), ["+4930123456"]);
        for none in [
            "24.12.2026",
            "2026-11-01",
            "13,90 Euro, 1120 Tage",
            "34497",
            "https://x.de/0800123456",
        ] {
            assert_eq!(phones(none), [""; 0], "{none}");
        }
    }
}
