//! How commands write: bold where a terminal shows it, German where the reader's system is German.

use crate::content::Content;
use crate::model::{Lang, Timestamp};
use crate::ports::Clock as _;
use crate::runtime::system::SystemClock;
use crate::text::{Block, Inline, parse};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;

/// Whether standard output shows colours.
pub fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// The language of messages to editors: the one that was asked for, else that of the system.
pub fn editor_language(asked: Option<&str>) -> Lang {
    if let Some(asked) = asked {
        return Lang::new(asked);
    }
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let system = names
        .iter()
        .filter_map(|n| std::env::var(n).ok())
        .find(|v| !v.is_empty());
    let german = system.is_some_and(|v| v.starts_with("de"));
    Lang::new(if german { "de" } else { "en" })
}

/// One of two sentences, in the language of the system: for what a command says about itself.
pub fn said(german: impl Into<String>, english: impl Into<String>) -> String {
    match editor_language(None).as_str() {
        "de" => german.into(),
        _ => english.into(),
    }
}

/// A language that the content offers.
pub fn offered(content: &Content, tag: &str) -> Result<Lang> {
    let lang = Lang::new(tag);
    if content.language(&lang).is_some() {
        return Ok(lang);
    }
    let all: Vec<&str> = content
        .settings
        .languages
        .iter()
        .map(|l| l.lang.as_str())
        .collect();
    let all = all.join(", ");
    bail!(said(
        format!("den Inhalt gibt es nicht auf `{tag}`, sondern auf {all}"),
        format!("the content does not speak `{tag}`; it speaks {all}"),
    ))
}

/// Now.
pub fn now() -> Timestamp {
    SystemClock.now()
}

/// The environment, as far as it is text.
pub fn full_environment() -> BTreeMap<String, String> {
    let text = |v: std::ffi::OsString| v.into_string().ok();
    std::env::vars_os()
        .filter_map(|(n, v)| Some((text(n)?, text(v)?)))
        .collect()
}

/// A text of the content for the terminal.
pub fn for_terminal(text: &str, bold: bool) -> String {
    let mut out = Vec::new();
    for block in parse(text) {
        let (lines, mark) = match &block {
            Block::Paragraph(lines) => (lines, ""),
            Block::List(lines) => (lines, "- "),
        };
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("{mark}{}", inline(line, bold)))
            .collect();
        out.push(lines.join("\n"));
    }
    out.join("\n\n")
}

fn inline(line: &[Inline], bold: bool) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Bold(words) if bold => format!("\x1b[1m{}\x1b[0m", inline(words, bold)),
            Inline::Bold(words) => inline(words, bold),
            Inline::Text(words) | Inline::Link(words) | Inline::Phone(words) => words.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dumb_terminal_gets_words_without_marks() {
        let text = "Das ist **wichtig**.\n\n- eins\n- zwei https://x.example/a";
        let plain = for_terminal(text, false);
        assert_eq!(
            plain,
            "Das ist wichtig.\n\n- eins\n- zwei https://x.example/a"
        );
        assert!(for_terminal(text, true).contains("\x1b[1mwichtig\x1b[0m"));
    }
}
