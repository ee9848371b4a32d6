//! Where the texts of a file stand, so that one can be changed and everything around it stays as it is.

use crate::content::diagnostic::Span;
use crate::content::parse::placeholder::is_placeholder;
use fluent_syntax::ast::{Comment, Entry, Message, Pattern};
use fluent_syntax::parser::parse;

/// A text with its labels as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Laid {
    pub id: String,
    /// From the name to the end of its last line with something on it.
    pub whole: Span,
    /// The notes right above, if there are any.
    pub notes: Option<Span>,
    /// The text, then its labels. There is always a first one, which may have no words.
    pub parts: Vec<Part>,
}

/// A text or a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// `None`: the text itself.
    pub attribute: Option<String>,
    /// From the beginning of its line to the end of its last line, without the line break.
    pub span: Span,
    /// There are words: neither nothing nor `…`.
    pub written: bool,
}

/// All texts of a file that has no syntax errors, in the order of the file.
pub(super) fn layout(text: &str) -> Vec<Laid> {
    let resource = match parse(text) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let starts: Vec<usize> = resource
        .body
        .iter()
        .map(|entry| match entry {
            Entry::Message(m) => at(m.id.name),
            Entry::Term(t) => at(t.id.name).saturating_sub(1),
            Entry::Comment(c) | Entry::GroupComment(c) | Entry::ResourceComment(c) => {
                c.content.first().map_or(0, |line| at(line))
            }
            Entry::Junk { content } => at(content),
        })
        .collect();
    let mut found = Vec::new();
    for (index, entry) in resource.body.iter().enumerate() {
        if let Entry::Message(message) = entry {
            let next = starts.get(index + 1).copied().unwrap_or(text.len());
            found.push(laid(text, message, next));
        }
    }
    found
}

fn laid(text: &str, message: &Message<&str>, next: usize) -> Laid {
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let start = at(message.id.name);
    let end = end_of(text, start, next);
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |n| n + 1);
    let heads: Vec<usize> = message
        .attributes
        .iter()
        .map(|a| line_start(at(a.id.name)))
        .collect();
    let span = |from: usize, to: usize| from..from + trimmed(&text[from..to]);
    let there = |pattern: &Pattern<&str>| !is_placeholder(pattern);
    let mut parts = vec![Part {
        attribute: None,
        span: span(start, heads.first().copied().unwrap_or(end)),
        written: message.value.as_ref().is_some_and(there),
    }];
    for (index, attribute) in message.attributes.iter().enumerate() {
        let to = heads.get(index + 1).copied().unwrap_or(end);
        parts.push(Part {
            attribute: Some(attribute.id.name.to_owned()),
            span: span(heads[index], to),
            written: there(&attribute.value),
        });
    }
    Laid {
        id: message.id.name.to_owned(),
        whole: start..end,
        notes: message.comment.as_ref().and_then(|c| notes(text, c, start)),
        parts,
    }
}

/// The length without the blanks and line breaks at the end, which Fluent does not count as text.
fn trimmed(text: &str) -> usize {
    text.trim_end_matches([' ', '\n', '\r']).len()
}

/// A message ends before the next entry; a line that begins with `#` belongs to that one already.
fn end_of(text: &str, start: usize, next: usize) -> usize {
    let mut end = start;
    for line in text[start..next.max(start)].split_inclusive('\n') {
        if line.starts_with('#') {
            break;
        }
        end += line.len();
    }
    start + trimmed(&text[start..end])
}

/// The lines of a note: from its first `#` to the message below it.
fn notes(text: &str, comment: &Comment<&str>, message: usize) -> Option<Span> {
    let lines = comment.content.len();
    let mut start = message;
    for _ in 0..lines {
        start = text[..start.checked_sub(1)?]
            .rfind('\n')
            .map_or(0, |n| n + 1);
    }
    text[start..].starts_with('#').then_some(start..message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_with_its_lines() {
        let text = "### File\n\n# note one\n# note two\na = A\n    more\n\n    last   \n    .x = X\n    .y =\n        Y\n\n## Group\n\nb = …\n# c's\nc = { $n ->\n[one] 1\n*[other] 2\n}\nd =\n    .z = …\n";
        let shown: Vec<String> = layout(text)
            .iter()
            .map(|laid| {
                let parts: Vec<String> = laid
                    .parts
                    .iter()
                    .map(|p| {
                        format!(
                            "{}{:?}",
                            if p.written { "" } else { "!" },
                            &text[p.span.clone()]
                        )
                    })
                    .collect();
                let notes = laid.notes.clone().map_or("-", |n| &text[n]);
                format!(
                    "{} {notes:?} {:?} {}",
                    laid.id,
                    text[laid.whole.clone()].len(),
                    parts.join(" | ")
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r##"
a "# note one\n# note two\n" 57 "a = A\n    more\n\n    last" | "    .x = X" | "    .y =\n        Y"
b "-" 7 !"b = …"
c "# c's\n" 32 "c = { $n ->\n[one] 1\n*[other] 2\n}"
d "-" 16 !"d =" | !"    .z = …"
"##);
    }
}
