//! `…` stands for a text that nobody has translated yet. `lotse scaffold` writes it; for everybody else a text
//! that is only `…` is not there.

use crate::content::diagnostic::Span;
use fluent_syntax::ast::{Entry, Message, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use std::borrow::Cow;

/// What stands for a text that is still to be written.
pub(in crate::content) const PLACEHOLDER: &str = "…";

/// Whether a text is still to be written.
pub(in crate::content) fn is_placeholder(pattern: &Pattern<&str>) -> bool {
    matches!(pattern.elements.as_slice(), [PatternElement::TextElement { value }] if value.trim() == PLACEHOLDER)
}

/// The text of a file with blanks instead of what is still to be written. All that is left keeps its place, so that
/// positions hold in both.
pub(in crate::content) fn without_placeholders(text: &str) -> Cow<'_, str> {
    if !text.contains(PLACEHOLDER) {
        return Cow::Borrowed(text);
    }
    let resource = match parse(text) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut spans = Vec::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            unwritten(text, message, &mut spans);
        }
    }
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, first) in spans {
        out.push_str(&text[from..span.start]);
        let blanks = " ".repeat(span.len().saturating_sub(first.len()));
        out.push_str(first);
        out.push_str(&blanks);
        from = span.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Where blanks go, in order, and what they begin with.
fn unwritten(text: &str, message: &Message<&str>, spans: &mut Vec<(Span, &'static str)>) {
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let end = |pattern: &Pattern<&str>| match pattern.elements.first() {
        Some(PatternElement::TextElement { value }) => at(value) + value.trim_end().len(),
        _ => 0,
    };
    let written =
        |attribute: &fluent_syntax::ast::Attribute<&str>| !is_placeholder(&attribute.value);
    if let Some(value) = message.value.as_ref().filter(|v| is_placeholder(v)) {
        let start = at(message.id.name);
        if message.attributes.iter().any(written) {
            // Only the value is missing: `name =` stays.
            let end = end(value);
            spans.push((end - PLACEHOLDER.len()..end, ""));
        } else {
            // Without a text there is no message; its line becomes a note.
            spans.push((start..end(value), "#"));
        }
    }
    let gone = message.attributes.iter().filter(|a| !written(a));
    if message.value.is_none() && !message.attributes.iter().any(written) {
        // `name =` and nothing but labels to be written.
        if let Some(first) = message.attributes.first() {
            let start = at(message.id.name);
            let line = text[start..at(first.id.name)].find('\n').unwrap_or(0);
            spans.push((start..start + line, "#"));
        }
    }
    for attribute in gone {
        spans.push((at(attribute.id.name) - 1..end(&attribute.value), ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentResource;

    fn left(text: &str) -> String {
        let masked = without_placeholders(text).into_owned();
        assert_eq!(masked.len(), text.len());
        let resource = FluentResource::try_new(masked).expect("what is left can be read");
        let mut out = Vec::new();
        for entry in resource.entries() {
            if let Entry::Message(m) = entry {
                let value = if m.value.is_some() { "=" } else { "" };
                let labels: Vec<_> = m
                    .attributes
                    .iter()
                    .map(|a| format!(".{}", a.id.name))
                    .collect();
                out.push(format!("{}{value}{}", m.id.name, labels.concat()));
            }
        }
        out.join(" ")
    }

    #[test]
    fn what_is_still_to_be_written_is_not_there() {
        for (text, there) in [
            ("a = …\n", ""),
            ("a = …\nb = B\n", "b="),
            ("# de: a = Hallo\na = …\n    .x = …\nb = B\n", "b="),
            ("a = A\n    .x = …\n    .y = Y\n", "a=.y"),
            ("a = A\n    .x = X\n    .y = …", "a=.x"),
            ("a = …\n    .x = X\n    .y = …\nb = B", "a.x b="),
            ("a =\n    …\n    .x = …\nb = B", "b="),
            ("a =\n    .x = …\nb = B", "b="),
            ("a=…\n", ""),
            ("a = Warten Sie …\n    .x = … und\n", "a=.x"),
        ] {
            assert_eq!(left(text), there, "{text}");
        }
    }
}
