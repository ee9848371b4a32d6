//! Words as translators write them, and as Fluent has them.

/// At the beginning of a line these mean something in Fluent.
const SPECIAL: [char; 3] = ['[', '*', '.'];

/// Words without blanks at the edges of lines, which mean nothing in a message, and without empty lines around them.
pub(super) fn tidy(words: &str) -> String {
    let lines: Vec<&str> = words
        .split('\n')
        .map(|line| line.trim_matches([' ', '\t', '\r']))
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Without the braces that only Fluent needs.
pub(super) fn unescaped(words: &str) -> String {
    let line = |line: &str| {
        let inner = line
            .strip_prefix("{ \"")
            .and_then(|rest| rest.split_once("\" }"));
        match inner {
            Some((special, rest)) if special.len() == 1 && special.starts_with(SPECIAL) => {
                format!("{special}{rest}")
            }
            _ => line.to_owned(),
        }
    };
    words.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// With the braces that Fluent needs, further lines indented. Lines within braces (a choice that somebody wrote
/// out) stay as they are.
pub(super) fn escaped(words: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut braces = Braces::default();
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&" ".repeat(indent));
            }
        }
        let first = line.chars().next().filter(|c| SPECIAL.contains(c));
        match first.filter(|_| index > 0 && braces.depth == 0) {
            Some(first) => {
                out.push_str(&format!("{{ \"{first}\" }}{}", &line[first.len_utf8()..]));
            }
            None => out.push_str(line),
        }
        line.chars().for_each(|c| braces.see(c));
    }
    out
}

/// A piece of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split<'w> {
    Text(&'w str),
    /// With its braces.
    Placeable(&'w str),
}

/// Words, and what stands between them in braces.
pub(super) fn split(words: &str) -> Vec<Split<'_>> {
    let (mut found, mut from, mut braces) = (Vec::new(), 0, Braces::default());
    for (at, c) in words.char_indices() {
        let before = braces.depth;
        braces.see(c);
        match (before, braces.depth) {
            (0, 1) => {
                if at > from {
                    found.push(Split::Text(&words[from..at]));
                }
                from = at;
            }
            (1, 0) => {
                found.push(Split::Placeable(&words[from..=at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    if from < words.len() {
        found.push(Split::Text(&words[from..]));
    }
    found
}

/// Counts braces; those within quotes are letters like others.
#[derive(Default)]
struct Braces {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Braces {
    /// Goes on by a character.
    fn see(&mut self, c: char) {
        let escaped = std::mem::take(&mut self.escaped);
        match c {
            '\\' if self.quoted && !escaped => self.escaped = true,
            '"' if self.depth > 0 && !escaped => self.quoted = !self.quoted,
            '\n' => self.quoted = false,
            _ if self.quoted => {}
            '{' => self.depth += 1,
            '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}
