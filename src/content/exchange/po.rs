//! Translations as PO, the format of GNU gettext. Written and read here: the crates for it lose line numbers, and
//! end the program where a line is not as they expect.

use super::incoming::{Given, Incoming, Unreadable};
use super::unit::{Document, Unit};
use crate::content::record::State;
use crate::model::Lang;

/// Writes a PO file. `german`: notes in German, else in English.
pub fn write(document: &Document, german: bool) -> String {
    let mut out = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Language: {}\\n\"\n\"MIME-Version: 1.0\\n\"\n\
         \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
         \"X-Source-Language: {}\\n\"\n\"X-Generator: lotse\\n\"\n",
        document.target, document.source
    );
    for unit in &document.units {
        out.push('\n');
        one(unit, &document.source, german, &mut out);
    }
    out
}

fn one(unit: &Unit, source: &Lang, german: bool, out: &mut String) {
    for said in [&unit.context, &unit.note] {
        let said = if german { &said.de } else { &said.en };
        for line in said.lines().filter(|l| !l.is_empty()) {
            out.push_str(&format!("#. {line}\n"));
        }
    }
    if unit.state == State::Machine {
        out.push_str("#. machine\n");
    }
    out.push_str(&format!("#: locales/{source}/{}.ftl\n", unit.file));
    if unit.state == State::Stale && !unit.target.is_empty() {
        out.push_str("#, fuzzy\n");
    }
    field("msgctxt", &unit.key, out);
    field("msgid", &unit.source, out);
    field("msgstr", &unit.target, out);
}

/// A keyword and its text, one line of the file for each line of the text.
fn field(name: &str, text: &str, out: &mut String) {
    out.push_str(name);
    if text.contains('\n') {
        out.push_str(" \"\"\n");
        for line in text.split_inclusive('\n') {
            out.push_str(&format!("\"{}\"\n", escaped(line)));
        }
    } else {
        out.push_str(&format!(" \"{}\"\n", escaped(text)));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            c if c.is_ascii_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// What a line in quotes means; `None` if it is not one.
fn unquoted(line: &str) -> Option<String> {
    let inner = line.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'v' => '\u{b}',
                'f' => '\u{c}',
                'x' => {
                    let digits: String = chars.by_ref().take(2).collect();
                    char::from(u8::from_str_radix(&digits, 16).ok()?)
                }
                other => other,
            }),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The message that is being read.
#[derive(Default)]
struct Reading {
    texts: [Option<String>; 3],
    field: Option<usize>,
    fuzzy: bool,
    line: usize,
}

const FIELDS: [&str; 3] = ["msgctxt", "msgid", "msgstr"];

/// Reads a PO file.
///
/// # Errors
/// Names the first line that is not PO, or says that the language is missing.
pub fn read(text: &str) -> Result<Incoming, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (mut lang, mut given, mut now) = (None, Vec::new(), Reading::default());
    for (index, raw) in text.lines().enumerate() {
        let (line, number) = (raw.trim(), index + 1);
        let wrong = || {
            Unreadable::new(
                number,
                "hier steht nichts, was in einer PO-Datei stehen kann",
                "there is nothing here that a PO file can have",
            )
        };
        if line.starts_with('#') || line.is_empty() {
            // Notes stand before a message and end the one above.
            finish(&mut now, &mut lang, &mut given);
            if line.starts_with("#,") && line.contains("fuzzy") {
                now.fuzzy = true;
            }
            continue;
        }
        let (word, rest) = match line.split_once(char::is_whitespace) {
            Some((word, rest)) if !line.starts_with('"') => (Some(word), rest),
            _ => (None, line),
        };
        if let Some(word) = word {
            let field = FIELDS.iter().position(|f| *f == word).ok_or_else(wrong)?;
            if now.texts[field].is_some() || field < 2 && now.texts[2].is_some() {
                finish(&mut now, &mut lang, &mut given);
            }
            if now.texts.iter().all(Option::is_none) {
                now.line = number;
            }
            now.field = Some(field);
            now.texts[field] = Some(String::new());
        }
        let more = unquoted(rest).ok_or_else(wrong)?;
        let field = now.field.ok_or_else(wrong)?;
        now.texts[field].get_or_insert_default().push_str(&more);
    }
    finish(&mut now, &mut lang, &mut given);
    match lang {
        Some(lang) => Ok(Incoming { lang, given }),
        None => Err(Unreadable::new(
            1,
            "im Kopf der Datei fehlt die Sprache: \"Language: ar\\n\"",
            "the head of the file does not name the language: \"Language: ar\\n\"",
        )),
    }
}

/// Ends the message that was being read, if there is one.
fn finish(now: &mut Reading, lang: &mut Option<Lang>, given: &mut Vec<Given>) {
    if now.texts.iter().all(Option::is_none) {
        return;
    }
    let done = std::mem::take(now);
    let [key, source, target] = done.texts.map(Option::unwrap_or_default);
    if key.is_empty() && source.is_empty() {
        let named = target.lines().find_map(|l| l.strip_prefix("Language:"));
        *lang = named
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(|l| Lang::new(&l.replace('_', "-")));
        return;
    }
    given.push(Given {
        key,
        source,
        target,
        settled: !done.fuzzy,
        line: done.line,
    });
}
