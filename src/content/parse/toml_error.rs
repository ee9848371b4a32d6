//! What TOML's parser finds wrong, said to somebody who has never heard of TOML.

use crate::content::diagnostic::{Both, Code, FileText, Problems, Span};

/// Reports the faults of a file, at most one for each line: what follows on a line is mostly a consequence.
pub(in crate::content) fn report(
    problems: &mut Problems,
    file: &FileText,
    errors: &[toml::de::Error],
) {
    let mut lines = Vec::new();
    let mut twice = false;
    for error in errors {
        let span = clamp(&file.text, error.span().unwrap_or(0..0));
        let line = line_at(&file.text, span.start);
        if lines.contains(&line) {
            continue;
        }
        lines.push(line.clone());
        if let Some(open) = unclosed_list(error.message(), &file.text, &line) {
            let message = Both::new(
                "diese Liste wird nicht geschlossen",
                "this list is not closed",
            );
            problems.at(Code::TomlSyntax, file, open, message).help(
                "Setzen Sie ein `]` an das Ende der Liste",
                "Put a `]` at the end of the list",
            );
            // Everything up to the end of the file was taken for a part of the list.
            return;
        }
        // A section that is there twice repeats its keys as well.
        let again = error.message().contains("duplicate key");
        if again && std::mem::replace(&mut twice, again) {
            continue;
        }
        twice = again;
        let (message, help, span) = explain(error.message(), &file.text, &line, span);
        problems
            .at(Code::TomlSyntax, file, span, message)
            .help_if(help);
    }
}

/// Where a list begins that goes on into what is clearly a new line: `key = …` or `[section]`.
fn unclosed_list(message: &str, text: &str, line: &Span) -> Option<Span> {
    let content = text[line.clone()].trim();
    let section = content.starts_with('[') && !content.contains(',');
    let key = content.split_once('=').is_some_and(|(key, _)| {
        key.trim()
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
    });
    if !message.contains("comma") || !(section || key) {
        return None;
    }
    let before = &text[..line.start];
    let open = before.rfind("= [").map(|at| at + 2)?;
    (!before[open..].contains(']')).then_some(open..open + 1)
}

/// A span whose ends lie within the text and on character borders.
fn clamp(text: &str, span: Span) -> Span {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// The line around a position, without its end.
fn line_at(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    start..end
}

const QUOTES: &[char] = &['„', '“', '”', '‚', '‘', '’', '«', '»'];

/// The fault in plain words, judged by the line rather than by the parser's words where that says more.
fn explain(message: &str, text: &str, line: &Span, span: Span) -> (Both, Option<Both>, Span) {
    let content = &text[line.clone()];
    let code = content.split('#').next().unwrap_or(content);
    if let Some(at) = stray_quote(code) {
        let quote = code[at..].chars().next().map_or(1, char::len_utf8);
        return (
            Both::new("typografische Anführungszeichen", "typographic quotes"),
            Some(Both::new(
                "Nehmen Sie die geraden Anführungszeichen der Tastatur: \"…\"",
                "Use the straight quotes of the keyboard: \"…\"",
            )),
            line.start + at..line.start + at + quote,
        );
    }
    if let Some(help) = bare_header(code) {
        return (
            Both::new(
                "die Überschrift ist nicht geschlossen",
                "the section header is not closed",
            ),
            Some(help),
            span,
        );
    }
    if let Some(day) = german_date(halves(code).1) {
        let help = Both::new(
            format!("Ein Datum schreiben Sie so: {day}"),
            format!("Write a date like this: {day}"),
        );
        return (
            Both::new(
                "dieses Datum kann ich nicht lesen",
                "this date cannot be read",
            ),
            Some(help),
            span,
        );
    }
    let within = code
        .get(..span.start.saturating_sub(line.start))
        .unwrap_or_default();
    if within.contains('{') && !within.contains('}') && code.contains('}') {
        return (
            Both::new(
                "hier fehlt ein Komma oder ein `=`",
                "a comma or `=` is missing here",
            ),
            Some(Both::new(
                "Zum Beispiel: { times = 2, then = \"human\" }",
                "For example: { times = 2, then = \"human\" }",
            )),
            span,
        );
    }
    let (de, en, help) = words(message, code.trim());
    (Both::new(de, en), help, span)
}

/// A typographic quote outside of straight ones.
fn stray_quote(code: &str) -> Option<usize> {
    let mut within = None;
    for (at, c) in code.char_indices() {
        match within {
            Some(q) if c == q => within = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => within = Some(c),
            None if QUOTES.contains(&c) => return Some(at),
            None => {}
        }
    }
    None
}

fn bare_header(code: &str) -> Option<Both> {
    let code = code.trim();
    (code.starts_with('[') && !code.contains(']') && !code.contains('='))
        .then(|| Both::new(format!("Schreiben Sie: {code}]"), format!("Write: {code}]")))
}

/// A date in the German order, as TOML wants it.
fn german_date(value: &str) -> Option<String> {
    let value = value.trim_matches('"');
    let mut parts = value.split('.').map(|p| p.trim().parse::<u16>().ok());
    let (d, m, y) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && (1..=31).contains(&d) && (1..=12).contains(&m) && y > 1900)
        .then(|| format!("{y:04}-{m:02}-{d:02}"))
}

/// The name in front of `=`, and what stands behind it.
fn halves(code: &str) -> (&str, &str) {
    let (key, value) = code.split_once('=').unwrap_or((code, ""));
    (key.trim(), value.trim())
}

fn words(message: &str, code: &str) -> (&'static str, &'static str, Option<Both>) {
    let (key, value) = halves(code);
    let write = |s: String| {
        Some(Both::new(
            format!("Schreiben Sie: {s}"),
            format!("Write: {s}"),
        ))
    };
    let quoted = |v: &str| format!("\"{}\"", v.trim_matches(['"', '\'']));
    if message.contains("duplicate key") {
        return (
            "dieser Name steht hier schon einmal",
            "this name is already there",
            Some(Both::new(
                "Löschen Sie eine der beiden Stellen oder geben Sie ihr einen anderen Namen",
                "Delete one of the two or give it another name",
            )),
        );
    }
    if code.contains('=') && value.is_empty() {
        return (
            "hinter `=` fehlt der Wert",
            "the value after `=` is missing",
            write(format!("{key} = …")),
        );
    }
    if message.contains("string values must be quoted") {
        return (
            "hier fehlen Anführungszeichen",
            "quotes are missing here",
            write(format!("{key} = {}", quoted(value))),
        );
    }
    if message.contains("key with no value") || message.contains("missing assignment") {
        if code.starts_with("step.") && !code.contains(' ') {
            return (
                "das soll wohl eine Überschrift sein",
                "this is probably meant to be a section header",
                write(format!("[{code}]")),
            );
        }
        let mut parts = code.splitn(2, [' ', ':', '\t']);
        let key = parts.next().unwrap_or_default();
        let value = parts
            .next()
            .map_or("…", |v| v.trim_start_matches([':', '=', ' ']).trim());
        let value = if value.is_empty() { "…" } else { value };
        return (
            "hier fehlt `=`",
            "`=` is missing here",
            write(format!("{key} = {}", quoted(value))),
        );
    }
    if message.contains("invalid unquoted key") || message.contains("unquoted keys") {
        return (
            "Namen können hier nur aus a–z, 0–9 und _ bestehen",
            "names can only have a–z, 0–9 and _ here",
            Some(Both::new(
                "Statt ä, ö, ü, ß schreiben Sie ae, oe, ue, ss; statt Leerzeichen _",
                "Instead of a blank write _; no accents",
            )),
        );
    }
    if message.contains("missing comma") {
        return (
            "zwischen zwei Werten fehlt ein Komma",
            "a comma is missing between two values",
            Some(Both::new(
                "Zum Beispiel: [\"a\", \"b\"]",
                "For example: [\"a\", \"b\"]",
            )),
        );
    }
    if message.contains("extra comma") {
        return (
            "hier steht ein Komma zu viel",
            "there is a comma too many here",
            None,
        );
    }
    if message.contains("unclosed array") || message.contains("unclosed inline table") {
        let (sign, de, en) = if message.contains("array") {
            (
                ']',
                "die eckige Klammer wird nicht geschlossen",
                "the square bracket is not closed",
            )
        } else {
            (
                '}',
                "die geschweifte Klammer wird nicht geschlossen",
                "the brace is not closed",
            )
        };
        return (
            de,
            en,
            Some(Both::new(
                format!("Setzen Sie ein `{sign}` an das Ende der Liste"),
                format!("Put a `{sign}` at the end of the list"),
            )),
        );
    }
    if message.contains("string") || message.contains("quote") {
        return (
            "das Anführungszeichen wird nicht geschlossen",
            "the quote is not closed",
            write(format!("{key} = {}", quoted(value))),
        );
    }
    if message.contains("unexpected")
        || message.contains("extra")
        || message.contains("invalid key-value")
    {
        return (
            "mit diesem Teil der Zeile kann ich nichts anfangen",
            "this part of the line means nothing",
            Some(Both::new(
                "In jeder Zeile steht genau ein: name = \"wert\" (ohne Komma oder Strichpunkt am Ende)",
                "Each line has exactly one: name = \"value\" (without comma or semicolon at the end)",
            )),
        );
    }
    (
        "diese Zeile ist kein gültiges TOML",
        "this line is no valid TOML",
        Some(Both::new(
            format!("Der Leser sagt: {message}"),
            format!("The parser says: {message}"),
        )),
    )
}
