//! Changing a text of a file and nothing else of it.

use super::layout::{Laid, Part, layout};
use super::tree::Node;
use crate::content::diagnostic::Span;
use crate::content::parse::placeholder::PLACEHOLDER;

/// A file as it is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path below the content folder.
    pub path: String,
    /// Its whole new text.
    pub text: String,
}

/// A text to be put into a file: what is said and its labels, in the order of the source.
#[derive(Clone, Debug, Default)]
pub(super) struct New<'n> {
    pub id: &'n str,
    /// `None`: the text itself. What has no words yet is written as `…` where there is nothing.
    pub parts: Vec<(Option<&'n str>, Option<Node>)>,
    /// Lines to stand above, each beginning with `#`; written only where something is put in anew.
    pub notes: Vec<String>,
}

/// A file in the making.
pub(super) struct Editor<'t> {
    text: &'t str,
    laid: Vec<Laid>,
    edits: Vec<(Span, String)>,
    /// The notes that scaffolding left begin so.
    mark: String,
}

impl<'t> Editor<'t> {
    /// `source`: the language whose words stand in notes (`# de: …`) until there is a translation.
    pub fn new(text: &'t str, source: &str) -> Self {
        Self {
            text,
            laid: layout(text),
            edits: Vec::new(),
            mark: format!("# {source}: "),
        }
    }

    /// Puts texts in: new ones after the nearest one before them in `order` that is there.
    pub fn put<'o>(&mut self, order: impl Iterator<Item = &'o str>, new: &[New<'_>]) {
        let mut before: Option<usize> = None;
        for id in order {
            let known = self.laid.iter().position(|l| l.id == id);
            if let Some(new) = new.iter().find(|n| n.id == id) {
                match known {
                    Some(index) => self.change(index, new),
                    None => self.insert(before, new),
                }
            }
            before = known.or(before);
        }
    }

    fn change(&mut self, index: usize, new: &New<'_>) {
        let Some(laid) = self.laid.get(index).cloned() else {
            return;
        };
        let mut missing = Vec::new();
        let mut at = laid.parts.first().map_or(laid.whole.end, |p| p.span.end);
        for (attribute, node) in &new.parts {
            let there = laid
                .parts
                .iter()
                .find(|p| p.attribute.as_deref() == *attribute);
            at = there.map_or(at, |p| p.span.end);
            match (there, node) {
                (Some(part), Some(node)) => self.replace(part, &laid.id, Some(node)),
                // `name =` and only labels below it.
                (Some(part), None) if self.is_bare(part) => {
                    self.replace(part, &laid.id, None);
                    missing.push(*attribute);
                }
                (Some(_), None) => {}
                (None, node) => {
                    let line = format!("\n{}", label(attribute.unwrap_or_default(), node.as_ref()));
                    self.edits.push((at..at, line));
                    missing.push(*attribute);
                }
            }
        }
        if !missing.is_empty() && !new.notes.is_empty() {
            let notes: String = new.notes.iter().map(|n| format!("{n}\n")).collect();
            self.edits.push((laid.whole.start..laid.whole.start, notes));
        }
        let given = |p: &Part| {
            let mut parts = new.parts.iter();
            parts.any(|(a, node)| p.attribute.as_deref() == *a && node.is_some())
        };
        if laid.parts.iter().all(|p| p.written || given(p)) {
            self.tidy_notes(&laid);
        }
    }

    /// A part without even a `…`.
    fn is_bare(&self, part: &Part) -> bool {
        !part.written && !self.text[part.span.clone()].contains(PLACEHOLDER)
    }

    fn replace(&mut self, part: &Part, id: &str, node: Option<&Node>) {
        let text = match &part.attribute {
            Some(name) => label(name, node),
            None => format!("{id} = {}", words(node, 4)),
        };
        if self.text[part.span.clone()] != text {
            self.edits.push((part.span.clone(), text));
        }
    }

    /// Takes out the source's words that stood above as long as there was no translation.
    fn tidy_notes(&mut self, laid: &Laid) {
        let Some(notes) = &laid.notes else { return };
        let mut at = notes.start;
        for line in self.text[notes.clone()].split_inclusive('\n') {
            if line.starts_with(&self.mark) || line.trim_end() == self.mark.trim_end() {
                self.edits.push((at..at + line.len(), String::new()));
            }
            at += line.len();
        }
    }

    fn insert(&mut self, before: Option<usize>, new: &New<'_>) {
        let mut text = String::new();
        for note in &new.notes {
            text.push_str(note);
            text.push('\n');
        }
        for (attribute, node) in &new.parts {
            match attribute {
                Some(name) => text.push_str(&label(name, node.as_ref())),
                None => text.push_str(&format!("{} = {}", new.id, words(node.as_ref(), 4))),
            }
            text.push('\n');
        }
        let text = text.trim_end_matches('\n');
        let after = before
            .and_then(|index| self.laid.get(index))
            .map(|l| l.whole.end);
        let edit = match (after, self.laid.first()) {
            (Some(end), _) => (end..end, format!("\n{text}")),
            (None, Some(first)) => {
                let start = first.notes.as_ref().map_or(first.whole.start, |n| n.start);
                (start..start, format!("{text}\n"))
            }
            (None, None) => {
                let end = self.text.len();
                let gap = if self.text.is_empty() || self.text.ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                (end..end, format!("{gap}{text}\n"))
            }
        };
        self.edits.push(edit);
    }

    /// The whole text, if anything has changed.
    pub fn finish(mut self) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        // What goes to the same place keeps its order.
        self.edits.sort_by_key(|(span, _)| span.start);
        let foreign = self.text.contains("\r\n");
        let mut out = String::with_capacity(self.text.len());
        let mut from = 0;
        for (span, text) in &self.edits {
            out.push_str(&self.text[from..span.start]);
            match foreign {
                true => out.push_str(&text.replace('\n', "\r\n")),
                false => out.push_str(text),
            }
            from = span.end;
        }
        out.push_str(&self.text[from..]);
        Some(out)
    }
}

fn words(node: Option<&Node>, indent: usize) -> String {
    node.map_or_else(|| PLACEHOLDER.to_owned(), |n| n.write(indent))
}

fn label(name: &str, node: Option<&Node>) -> String {
    format!("    .{name} = {}", words(node, 8))
}
