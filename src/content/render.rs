//! Findings as text: the line, a caret under the fault, and what to write instead.

use super::diagnostic::{Diagnostic, Severity, without_mark};
use super::source::Source;
use crate::model::Lang;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::collections::BTreeMap;

/// Longer lines are not shown: a caret in the middle of a page helps nobody.
const LONGEST_LINE: usize = 400;

/// Writes findings for people. `lang` is the language of the messages (German, else English).
pub fn render(
    diagnostics: &[Diagnostic],
    source: &dyn Source,
    lang: &Lang,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in diagnostics {
        let file: &str = &diagnostic.file;
        let text = texts.entry(file).or_insert_with(|| {
            let text = source.read(file).unwrap_or_default();
            without_mark(&text).to_owned()
        });
        out.push_str(&one(diagnostic, text, &renderer, lang));
        out.push_str("\n\n");
    }
    out
}

fn one(diagnostic: &Diagnostic, text: &str, renderer: &Renderer, lang: &Lang) -> String {
    let german = lang.as_str().starts_with("de");
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(if german { "Fehler" } else { "error" }),
        Severity::Warning => Level::WARNING.with_name(if german { "Warnung" } else { "warning" }),
    };
    let mut group = level
        .primary_title(diagnostic.message.get(lang))
        .id(diagnostic.code.as_str())
        .element(snippet(diagnostic, text));
    if let Some(help) = &diagnostic.help {
        let level = Level::HELP.with_name(if german { "Hilfe" } else { "help" });
        group = group.element(level.message(help.get(lang)));
    }
    renderer.render(&[group])
}

/// The faulty line alone, so that a fault over many lines does not fill the screen.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    text: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let at = (0..=diagnostic.span.start.min(text.len()))
        .rev()
        .find(|n| text.is_char_boundary(*n));
    let at = at.unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    let line = text[start..end].trim_end_matches('\r');
    let plain = Snippet::source(if line.len() > LONGEST_LINE {
        "…"
    } else {
        line
    });
    let snippet = plain.line_start(diagnostic.line).path(&*diagnostic.file);
    if line.len() > LONGEST_LINE {
        return snippet.annotation(AnnotationKind::Primary.span(0..'…'.len_utf8()));
    }
    let from = (at - start).min(line.len());
    let mut to = diagnostic
        .span
        .end
        .saturating_sub(start)
        .clamp(from, line.len());
    while !line.is_char_boundary(to) {
        to += 1;
    }
    snippet.annotation(AnnotationKind::Primary.span(from..to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{MemorySource, load};
    use std::sync::Arc;

    fn said(source: &MemorySource, lang: &str, colour: bool) -> String {
        render(
            &load(source, Arc::default()).diagnostics,
            source,
            &Lang::new(lang),
            colour,
        )
    }

    #[test]
    fn positions_hold_with_a_mark_at_the_start_and_windows_line_ends() {
        let text = "\u{FEFF}[topic.work]\r\nä = 1\r\n";
        let source = MemorySource::default().with("flows/topics.toml", text);
        let shown = said(&source, "en", false);
        assert!(
            shown.contains("flows/topics.toml:2:1\n  |\n2 | ä = 1\n  | ^\n"),
            "{shown}"
        );
    }

    #[test]
    fn very_long_lines_are_left_out() {
        let text = format!("[topic.work]\nx = \"{}\"\n", "y".repeat(5000));
        let source = MemorySource::default().with("flows/topics.toml", &text);
        let shown = said(&source, "de", false);
        assert!(shown.contains("L003") && !shown.contains("yyyy"), "{shown}");
    }

    #[test]
    fn colours_only_when_wanted() {
        let source = MemorySource::default();
        assert!(said(&source, "en", true).contains('\u{1b}'));
        let plain = said(&source, "en", false);
        assert!(
            plain.starts_with("error[L002]: this file is missing") && !plain.contains('\u{1b}')
        );
    }
}
