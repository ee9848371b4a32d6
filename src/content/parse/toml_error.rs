//! What TOML's parser finds wrong, said to somebody who has never heard of TOML.

use super::line::{german_date, is_sound, meant, outside, quoted, value_of, without_comment};
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
                "schließen Sie diese Liste mit `]`",
                "close this list with `]`",
            );
            problems.at(Code::TomlSyntax, file, open, message).help(
                "Zum Beispiel: next = [\"else -> schritt\"]",
                "For example: next = [\"else -> step\"]",
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
/// The message says what to do; the help shows how it looks then.
fn explain(message: &str, text: &str, line: &Span, span: Span) -> (Both, Option<Both>, Span) {
    let content = &text[line.clone()];
    let code = without_comment(content);
    let part = |at: usize, len: usize| line.start + at..line.start + at + len;
    if let Some((at, sign)) = outside(code).char_indices().find(|(_, c)| is_invisible(*c)) {
        let shown = code.chars().map(|c| if is_invisible(c) { ' ' } else { c });
        let shown: String = shown.collect();
        let (said, help) = invisible(&shown);
        return (said, Some(help), part(at, sign.len_utf8()));
    }
    if let Some(at) = stray_quote(code) {
        let quote = code[at..].chars().next().map_or(1, char::len_utf8);
        let straight: String = code
            .chars()
            .map(|c| if QUOTES.contains(&c) { '"' } else { c })
            .collect();
        return (
            Both::new(
                "nehmen Sie gerade Anführungszeichen (\") statt typografischer",
                "use straight quotes (\") instead of typographic ones",
            ),
            write(straight.trim()),
            part(at, quote),
        );
    }
    if let Some(day) = german_date(halves(code).1) {
        return (
            Both::new(
                format!("schreiben Sie das Datum so: {day}"),
                format!("write the date like this: {day}"),
            ),
            Some(Both::new(
                "Erst das Jahr, dann der Monat, dann der Tag, mit Strichen und ohne Anführungszeichen",
                "First the year, then the month, then the day, with hyphens and without quotes",
            )),
            span,
        );
    }
    if let Some((at, len, said, help)) = arrow(code) {
        return (said, help, part(at, len));
    }
    if !message.contains("duplicate key")
        && let Some(meant) = meant(code)
    {
        let (start, end) = (meant.at.start, meant.at.end);
        return (meant.said, write(&meant.line), part(start, end - start));
    }
    let (said, help) = words(message, code.trim());
    (said, help, span)
}

/// How the line looks when it is right; nothing, if that would be no TOML either.
fn write(line: &str) -> Option<Both> {
    let both = || Both::new(format!("Schreiben Sie: {line}"), format!("Write: {line}"));
    is_sound(line).then(both)
}

/// Blanks and marks that come along when text is copied from a word processor, and that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{A0}' | '\u{AD}' | '\u{2007}' | '\u{202F}' | '\u{FEFF}'
    ) || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// What to say about them.
pub(super) fn invisible(line: &str) -> (Both, Both) {
    let said = Both::new(
        "löschen Sie das unsichtbare Zeichen und tippen Sie ein gewöhnliches Leerzeichen",
        "delete the invisible character and type an ordinary blank",
    );
    let help = Both::new(
        format!(
            "Es kommt beim Kopieren aus Word mit. Tippen Sie die Zeile neu: {}",
            line.trim()
        ),
        format!(
            "It comes along when you copy from Word. Type the line anew: {}",
            line.trim()
        ),
    );
    (said, help)
}

/// An arrow outside of quotes: a rule that is not in quotes, or an arrow that should be `=`.
fn arrow(code: &str) -> Option<(usize, usize, Both, Option<Both>)> {
    let bare = outside(code);
    let sign = ["->", "=>", "→", "⇒"];
    let (at, sign) = sign
        .iter()
        .filter_map(|s| Some((bare.find(s)?, *s)))
        .min()?;
    let list = bare.contains(['[', ','])
        || !code[..at]
            .trim()
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b));
    let rule = list || code[..at].trim() == "else";
    if !rule {
        let line = format!(
            "{} = {}",
            code[..at].trim(),
            quoted(code[at + sign.len()..].trim())
        );
        let said = Both::new(
            format!("schreiben Sie `=` statt `{sign}`"),
            format!("write `=` instead of `{sign}`"),
        );
        return Some((at, sign.len(), said, write(&line)));
    }
    let from = bare[..at].rfind(['[', ',']).map_or(0, |n| n + 1);
    let to = bare[at..].find([',', ']']).map_or(code.len(), |n| at + n);
    let plain: String = code[from..to]
        .chars()
        .filter(|c| *c != '"' && *c != '\'')
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.replace("=>", "->").replace(['→', '⇒'], "->");
    let said = Both::new(
        "setzen Sie die ganze Regel in Anführungszeichen",
        "put the whole rule in quotes",
    );
    let help = Both::new(
        format!("Schreiben Sie: \"{plain}\""),
        format!("Write: \"{plain}\""),
    );
    let start = from + code[from..].len() - code[from..].trim_start().len();
    Some((start, code[start..to].trim_end().len(), said, Some(help)))
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

/// The name in front of `=`, and what stands behind it.
fn halves(code: &str) -> (&str, &str) {
    let (key, value) = code.split_once('=').unwrap_or((code, ""));
    (key.trim(), value.trim())
}

fn words(message: &str, code: &str) -> (Both, Option<Both>) {
    let (key, value) = halves(code);
    if message.contains("duplicate key") {
        return twice(code, key);
    }
    if code.contains('=') && value.is_empty() {
        let said = Both::new(
            "schreiben Sie hinter `=` einen Wert",
            "write a value after `=`",
        );
        return (said, write(&format!("{key} = …")));
    }
    if message.contains("key with no value") || message.contains("missing assignment") {
        return no_assignment(code);
    }
    if message.contains("missing comma") {
        let said = Both::new(
            "setzen Sie ein Komma zwischen die beiden Werte",
            "put a comma between the two values",
        );
        let help = Both::new(
            "Zum Beispiel: [\"a\", \"b\"]",
            "For example: [\"a\", \"b\"]",
        );
        return (said, Some(help));
    }
    if message.contains("extra comma") {
        let said = Both::new(
            "löschen Sie das überzählige Komma",
            "delete the comma that is too many",
        );
        return (said, None);
    }
    if message.contains("unclosed array") || message.contains("unclosed inline table") {
        let sign = if message.contains("array") { ']' } else { '}' };
        let said = Both::new(
            format!("schließen Sie die Klammer mit `{sign}`"),
            format!("close the bracket with `{sign}`"),
        );
        return (said, write(&format!("{code} {sign}")));
    }
    if message.contains("unexpected")
        || message.contains("extra")
        || message.contains("invalid key-value")
    {
        let said = Both::new(
            "löschen Sie diesen Teil der Zeile, oder machen Sie eine eigene Zeile daraus",
            "delete this part of the line, or make a line of its own of it",
        );
        let help = Both::new(
            "In jeder Zeile steht genau ein: name = \"wert\"",
            "Each line has exactly one: name = \"value\"",
        );
        return (said, Some(help));
    }
    (
        Both::new(
            "schreiben Sie diese Zeile so: name = \"wert\", oder als Überschrift: [step.name]",
            "write this line like this: name = \"value\", or as a header: [step.name]",
        ),
        Some(Both::new(
            format!("Der Leser sagt: {message}"),
            format!("The parser says: {message}"),
        )),
    )
}

fn twice(code: &str, key: &str) -> (Both, Option<Both>) {
    if code.starts_with('[') {
        return (
            Both::new(
                format!(
                    "geben Sie diesem Abschnitt einen anderen Namen; {code} steht schon weiter oben"
                ),
                format!("give this section another name; {code} is already further up"),
            ),
            Some(Both::new(
                "Ist es derselbe Schritt, schreiben Sie alle seine Zeilen unter die obere Überschrift",
                "If it is the same step, write all of its lines below the upper header",
            )),
        );
    }
    (
        Both::new(
            format!(
                "löschen Sie eine der beiden Zeilen mit `{key}`, oder setzen Sie vor den neuen Schritt eine Überschrift"
            ),
            format!(
                "delete one of the two lines with `{key}`, or put a header before the new step"
            ),
        ),
        Some(Both::new(
            "Jeder Schritt beginnt mit seiner Überschrift, zum Beispiel: [step.wage]",
            "Each step begins with its header, for example: [step.wage]",
        )),
    )
}

fn no_assignment(code: &str) -> (Both, Option<Both>) {
    if code.starts_with("step.") && !code.contains(' ') {
        let said = Both::new(
            "setzen Sie die Überschrift in eckige Klammern",
            "put the header in square brackets",
        );
        return (said, write(&format!("[{code}]")));
    }
    let colon = code
        .find(':')
        .is_some_and(|at| !code[..at].trim().contains(' '));
    let mut parts = code.splitn(2, [' ', ':', '\t']);
    let key = parts.next().unwrap_or_default();
    let value = parts
        .next()
        .map_or("…", |v| v.trim_start_matches([':', '=', ' ']).trim());
    let value = if value.is_empty() { "…" } else { value };
    let said = if colon {
        Both::new("schreiben Sie `=` statt `:`", "write `=` instead of `:`")
    } else {
        Both::new(
            "setzen Sie `=` zwischen Namen und Wert",
            "put `=` between name and value",
        )
    };
    (said, write(&format!("{key} = {}", value_of(key, value))))
}
