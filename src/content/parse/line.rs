//! What a line of a TOML file was meant to be, judged by the line alone.
//!
//! The parser says where it stopped, in its own words. Whoever wrote `goto = tip` wants to read how the line looks when it
//! is right; so each piece that is no TOML is mended, and the first of the faults is what is said.

use crate::content::diagnostic::{Both, Span};
use crate::content::near::suggestion;
use toml::de::DeTable;

/// A line as it was meant.
#[derive(Debug, PartialEq)]
pub(super) struct Meant {
    /// What to do.
    pub said: Both,
    /// What is wrong; bytes of the line.
    pub at: Span,
    /// The whole line as it should be.
    pub line: String,
}

/// What was meant by a line (without a comment) that is no TOML; `None`: it cannot be told, or the fault is elsewhere.
pub(super) fn meant(code: &str) -> Option<Meant> {
    note(code)
        .or_else(|| header(code))
        .or_else(|| in_quotes(code))
        .or_else(|| assignment(code))
}

/// A line without the comment at its end.
pub(super) fn without_comment(line: &str) -> &str {
    &line[..outside(line).find('#').unwrap_or(line.len())]
}

/// A line with everything in straight quotes blanked out, as long as before.
pub(super) fn outside(code: &str) -> String {
    let mut within = None;
    let mut out = String::with_capacity(code.len());
    for c in code.chars() {
        let hidden = within.is_some();
        match within {
            Some(q) if c == q => within = None,
            None if c == '"' || c == '\'' => within = Some(c),
            _ => {}
        }
        if hidden {
            out.extend(std::iter::repeat_n('_', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a text is TOML by itself; `…` stands for what the editor knows.
pub(super) fn is_sound(text: &str) -> bool {
    DeTable::parse(&text.replace('…', "0")).is_ok()
}

/// A value in quotes.
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.trim_matches(['"', '\'']).replace('"', "'"))
}

/// A comment as other languages write it, on a line of its own or at the end of one.
fn note(code: &str) -> Option<Meant> {
    let bare = outside(code);
    let start = bare.len() - bare.trim_start().len();
    let begins = ["//", "--", "/*", "<!--", ";"];
    let at = if begins.iter().any(|sign| bare[start..].starts_with(sign)) {
        start
    } else {
        let ends = [" // ", " -- ", " /* "].iter();
        ends.filter_map(|sign| bare.find(sign)).min()? + 1
    };
    let text = code[at..].trim_start_matches(['/', '-', '*', '<', '!', ';']);
    let text = text
        .trim()
        .trim_end_matches(['*', '/', '-', '>'])
        .trim_end();
    let before = code[..at].trim();
    let before = meant(before).map_or(before.to_owned(), |m| m.line);
    Some(Meant {
        said: Both::new("beginnen Sie Notizen mit `#`", "begin notes with `#`"),
        at: at..code.trim_end().len(),
        line: format!("{before} # {text}").trim_start().to_owned(),
    })
}

/// First words of headers.
const SECTIONS: &[&str] = &[
    "step", "field", "fact", "service", "reason", "topic", "language", "class",
];

/// The same in German.
const ABSCHNITTE: &[(&str, &str)] = &[
    ("schritt", "step"),
    ("feld", "field"),
    ("angabe", "fact"),
    ("dienst", "service"),
    ("grund", "reason"),
    ("thema", "topic"),
    ("sprache", "language"),
    ("klasse", "class"),
];

/// The word that a section begins with, where somebody wrote the German one.
pub(super) fn in_english(word: &str) -> &str {
    let lower = word.to_lowercase();
    let found = ABSCHNITTE.iter().find(|(german, _)| *german == lower);
    found.map_or(word, |(_, english)| english)
}

/// A section's header with a bracket too few, or with a name that is none.
fn header(code: &str) -> Option<Meant> {
    const BRACKETS: &[char] = &['[', ']', '(', ')', '{', '}', ' ', '\t'];
    let all = code.trim();
    let inner = all.trim_matches(BRACKETS);
    if inner.is_empty() || inner.contains(['=', ',', '"', '\'', '>', '[', ']', '{', '}']) {
        return None;
    }
    let (first, rest) = match inner.find([' ', '.', ':', '/']) {
        Some(at) => (&inner[..at], Some(&inner[at..])),
        None => (inner, None),
    };
    let word = in_english(first);
    let section = SECTIONS.contains(&word);
    let (opens, closes) = (all.starts_with('['), all.ends_with(']'));
    // Without brackets it is something else, and what ends with one may be the end of a list.
    let closed = section && rest.is_some() && all.ends_with([']', ')', '}']);
    if !opens && !closed {
        return None;
    }
    let pointed = match rest {
        // `[step need]`
        Some(rest) if section => {
            format!("{word}.{}", rest.trim_start_matches([' ', '.', ':', '/']))
        }
        _ => inner.to_owned(),
    };
    let names: Vec<String> = pointed.split('.').map(plain_name).collect();
    let name = names.join(".");
    // Only values of facts come several times.
    let double = name.ends_with(".value") && (all.starts_with("[[") || all.ends_with("]]"));
    let line = match double {
        true => format!("[[{name}]]"),
        false => format!("[{name}]"),
    };
    if line == all || !is_sound(&line) {
        return None;
    }
    let start = code.len() - code.trim_start().len();
    let (start, end) = (start, start + all.len());
    let (said, at) = if opens && !closes {
        let said = Both::new(
            "schließen Sie die Überschrift mit `]`",
            "close the section header with `]`",
        );
        (said, end..end)
    } else if !opens {
        let said = Both::new(
            "setzen Sie die Überschrift in eckige Klammern",
            "put the header in square brackets",
        );
        (said, start..end)
    } else if rest.is_some_and(|rest| section && !rest.starts_with('.')) {
        let said = Both::new(
            format!("setzen Sie einen Punkt zwischen `{word}` und den Namen"),
            format!("put a point between `{word}` and the name"),
        );
        (said, start..end)
    } else if name != inner {
        (strange(), start..end)
    } else {
        let said = Both::new(
            "setzen Sie vor und hinter die Überschrift gleich viele Klammern",
            "put as many brackets before the header as behind it",
        );
        (said, start..end)
    };
    Some(Meant { said, at, line })
}

/// A name as TOML takes it; which names lotse takes is said later.
fn plain_name(name: &str) -> String {
    let name = name.trim();
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    match !name.is_empty() && name.bytes().all(fits) {
        true => name.to_owned(),
        false => suggestion(name),
    }
}

fn strange() -> Both {
    Both::new(
        "schreiben Sie Namen nur mit a–z, 0–9 und _, ohne Umlaute und Leerzeichen",
        "write names with a–z, 0–9 and _ only, without accents and blanks",
    )
}

/// `"goto = tip"`: quotes around the whole line.
fn in_quotes(code: &str) -> Option<Meant> {
    let all = code.trim();
    if !all.starts_with(['"', '\'']) || all.contains("->") || outside(all).contains('=') {
        return None;
    }
    let inner = all.trim_matches(['"', '\'']);
    let (key, value) = inner.split_once('=')?;
    if value.starts_with('=') || !is_sound(&format!("{key} = 0")) {
        return None;
    }
    let start = code.len() - code.trim_start().len();
    Some(Meant {
        said: Both::new(
            "setzen Sie nur den Wert in Anführungszeichen, nicht die ganze Zeile",
            "put only the value in quotes, not the whole line",
        ),
        at: start..start + all.len(),
        line: format!("{} = {}", key.trim(), value_of(key, value)),
    })
}

/// `name = value`, with a name or a value that is none.
fn assignment(code: &str) -> Option<Meant> {
    let sign = outside(code).find('=')?;
    let (before, after) = (&code[..sign], &code[sign + 1..]);
    let key = before.trim().trim_end_matches([':', '-']).trim_end();
    let mut faults = Vec::new();
    let (mut name, start) = (key.to_owned(), code.len() - code.trim_start().len());
    if key.is_empty() {
        return None;
    }
    if !is_sound(&format!("{key} = 0")) {
        let names: Vec<String> = key.split('.').map(plain_name).collect();
        name = names.join(".");
        let wrong = |c: char| !c.is_ascii_alphanumeric() && !['_', '-', '.'].contains(&c);
        let (at, c) = key.char_indices().find(|(_, c)| wrong(*c))?;
        faults.push((start + at..start + at + c.len_utf8(), strange()));
    } else if key.len() < before.trim().len() || after.starts_with('=') {
        let said = Both::new(
            "setzen Sie zwischen Namen und Wert genau ein `=`",
            "put exactly one `=` between name and value",
        );
        faults.push((start + key.len()..sign + 1, said));
    }
    let value = after.trim_start_matches(['=', ' ', '\t']);
    let at = code.len() - value.len();
    let value = value.trim_end();
    if value.is_empty() {
        return None;
    }
    let text = mended(key, value, at, &mut faults);
    let line = format!("{name} = {text}");
    // The first one in the line is said; the others are mended with it.
    faults.sort_by_key(|(at, _)| at.start);
    let (at, said) = faults.into_iter().next()?;
    Some(Meant { said, at, line })
}

/// A value as TOML writes it.
pub(super) fn value_of(key: &str, value: &str) -> String {
    let value = value.trim().trim_end_matches([',', ';']).trim_end();
    mended(key.trim(), value, 0, &mut Vec::new())
}

/// What is wrong, and where in the line.
type Faults = Vec<(Span, Both)>;

/// Mends a value that begins at a place of the line.
fn mended(key: &str, raw: &str, at: usize, faults: &mut Faults) -> String {
    if is_sound(&format!("x = {raw}")) {
        return raw.to_owned();
    }
    let shorter = raw.trim_end_matches([',', ';']).trim_end();
    if shorter.len() < raw.len() {
        let text = mended(key, shorter, at, faults);
        let sign = raw[shorter.len()..].trim();
        let said = Both::new(
            format!("löschen Sie `{sign}` am Ende der Zeile"),
            format!("delete `{sign}` at the end of the line"),
        );
        faults.push((at + raw.len() - sign.len()..at + raw.len(), said));
        return text;
    }
    if raw.starts_with('{') && raw.ends_with('}') {
        return table(raw, at, faults);
    }
    if raw.starts_with('[') && raw.ends_with(']') {
        return list(key, raw, at, faults);
    }
    // A part of something that goes over several lines.
    if outside(raw).contains(['=', '{', '}', '[', ']']) {
        return raw.to_owned();
    }
    let (text, said) = scalar(key, raw);
    let end = at + raw.len();
    let at = match raw.starts_with(['"', '\'']) {
        true => end..end,
        false => at..end,
    };
    faults.push((at, said));
    text
}

/// Keys whose values are true or false.
const FLAGS: &[&str] = &["say", "branch", "sensitive", "numbers", "nationwide"];
const YES: &[&str] = &["true", "yes", "ja", "wahr", "on", "an"];
const NO: &[&str] = &["false", "no", "nein", "falsch", "off", "aus"];
/// Keys whose values are whole numbers.
const NUMBERS: &[&str] = &[
    "min",
    "max",
    "times",
    "most",
    "max_age_days",
    "human_within",
];

/// A word, a number or a date that is none.
fn scalar(key: &str, raw: &str) -> (String, Both) {
    let lower = raw.to_lowercase();
    let flag = FLAGS.contains(&key);
    for (word, words) in [("true", YES), ("false", NO)] {
        if lower == word || flag && words.contains(&lower.as_str()) {
            let said = Both::new(
                format!("schreiben Sie `{word}` statt `{raw}`"),
                format!("write `{word}` instead of `{raw}`"),
            );
            return (word.to_owned(), said);
        }
    }
    if let Some(day) = day(raw) {
        return day;
    }
    let digits = raw.split(|c: char| !c.is_ascii_digit()).next();
    let number = digits.and_then(|d| d.parse().ok());
    let number = number.or_else(|| crate::text::number(raw));
    if let Some(number) = number.filter(|_| NUMBERS.contains(&key)) {
        let said = Both::new(
            format!("schreiben Sie nur die Zahl: {number}"),
            format!("write only the number: {number}"),
        );
        return (number.to_string(), said);
    }
    let open = raw.starts_with(['"', '\'']) || raw.ends_with(['"', '\'']);
    let said = match open {
        true => Both::new(
            "setzen Sie das fehlende Anführungszeichen",
            "put the missing quote",
        ),
        false => Both::new(
            format!("setzen Sie `{raw}` in Anführungszeichen"),
            format!("put `{raw}` in quotes"),
        ),
    };
    (quoted(raw), said)
}

/// Something in the shape of a date.
fn day(raw: &str) -> Option<(String, Both)> {
    let mut parts = raw.split(['-', '/', '.']);
    let mut part = |longest: usize| {
        let digits = parts.next().filter(|p| (1..=longest).contains(&p.len()))?;
        digits.parse::<i16>().ok()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() || year < 1900 {
        return None;
    }
    let text = format!("{year:04}-{month:02}-{day:02}");
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let said = if jiff::civil::Date::new(year, month, day).is_ok() {
        Both::new(
            format!("schreiben Sie das Datum so: {text}"),
            format!("write the date like this: {text}"),
        )
    } else {
        Both::new(
            format!("den Tag {text} gibt es nicht"),
            format!("there is no day {text}"),
        )
    };
    Some((text, said))
}

/// Where a value ends that begins a text: a quoted one at its quote, brackets at theirs, a bare one at a sign.
fn end_of_value(text: &str, bare: impl Fn(&str) -> usize) -> usize {
    let hidden = outside(text);
    match text.chars().next() {
        Some(q @ ('"' | '\'')) => text[1..].find(q).map_or(text.len(), |at| at + 2),
        Some(open @ ('[' | '{')) => {
            let close = if open == '[' { ']' } else { '}' };
            let mut depth = 0;
            for (at, c) in hidden.char_indices() {
                depth += i32::from(c == open) - i32::from(c == close);
                if depth == 0 {
                    return at + 1;
                }
            }
            text.len()
        }
        _ => bare(text),
    }
}

/// What stands between two values: blanks, and the sign that divides them.
fn dividers(text: &str, at: usize, first: bool, faults: &mut Faults) -> usize {
    let len = text.len() - text.trim_start_matches([' ', '\t', ',', ';']).len();
    if let Some(semicolon) = text[..len].find(';') {
        let said = Both::new(
            "schreiben Sie ein Komma statt `;`",
            "write a comma instead of `;`",
        );
        faults.push((at + semicolon..at + semicolon + 1, said));
    } else if !first && len < text.len() && !text[..len].contains(',') {
        let said = Both::new(
            "setzen Sie ein Komma zwischen die beiden Werte",
            "put a comma between the two values",
        );
        faults.push((at + len..at + len, said));
    }
    len
}

/// `{ times = 2, then = "human" }`
fn table(raw: &str, start: usize, faults: &mut Faults) -> String {
    let inner = &raw[..raw.len() - 1];
    let (mut at, mut pieces) = (1, Vec::new());
    loop {
        at += dividers(&inner[at..], start + at, pieces.is_empty(), faults);
        let rest = &inner[at..];
        let key = &rest[..rest
            .find([' ', '\t', '=', ':', ',', ';', '"', '\''])
            .unwrap_or(rest.len())];
        if key.is_empty() {
            break;
        }
        at += key.len();
        let sign = &inner[at..];
        let len = sign.len() - sign.trim_start_matches([' ', '\t', '=', ':']).len();
        let (place, sign) = (start + at, sign[..len].trim());
        at += len;
        if sign.starts_with(':') {
            let at = place + raw[place - start..].find(':').unwrap_or(0);
            let said = Both::new("schreiben Sie `=` statt `:`", "write `=` instead of `:`");
            faults.push((at..at + 1, said));
        } else if sign != "=" {
            let said = Both::new(
                format!("setzen Sie hinter `{key}` genau ein `=`"),
                format!("put exactly one `=` after `{key}`"),
            );
            faults.push((place..place + len, said));
        }
        let value = &inner[at..];
        let value = value[..end_of_value(value, end_in_table)].trim_end();
        let text = match value.is_empty() {
            true => {
                let said = Both::new(
                    "schreiben Sie hinter `=` einen Wert",
                    "write a value after `=`",
                );
                faults.push((start + at..start + at, said));
                "…".to_owned()
            }
            false => mended(key, value, start + at, faults),
        };
        at += value.len();
        pieces.push(format!("{key} = {text}"));
    }
    format!("{{ {} }}", pieces.join(", "))
}

/// A bare value ends at a comma, or where the next `name =` begins.
fn end_in_table(text: &str) -> usize {
    let end = text.find([',', ';']).unwrap_or(text.len());
    let next = text[..end].find('=').map(|sign| {
        let before = text[..sign].trim_end();
        before.rfind([' ', '\t']).unwrap_or(0)
    });
    next.filter(|at| *at > 0).unwrap_or(end)
}

/// `["a", "b"]`
fn list(key: &str, raw: &str, start: usize, faults: &mut Faults) -> String {
    let inner = &raw[..raw.len() - 1];
    let (mut at, mut pieces) = (1, Vec::new());
    loop {
        at += dividers(&inner[at..], start + at, pieces.is_empty(), faults);
        let rest = &inner[at..];
        let bare = |text: &str| text.find([',', ';', '"', '\'']).unwrap_or(text.len());
        let value = rest[..end_of_value(rest, bare)].trim_end();
        if value.is_empty() {
            break;
        }
        pieces.push(mended(key, value, start + at, faults));
        at += value.len();
    }
    format!("[{}]", pieces.join(", "))
}

/// A date in the German order, as TOML wants it.
pub(super) fn german_date(value: &str) -> Option<String> {
    let value = value.trim_matches('"');
    let mut parts = value.split('.').map(|p| p.trim().parse::<u16>().ok());
    let (d, m, y) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && (1..=31).contains(&d) && (1..=12).contains(&m) && y > 1900)
        .then(|| format!("{y:04}-{m:02}-{d:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What was written, what is said, and how it should look.
    fn read(lines: &[&str]) -> String {
        let read = lines.iter().map(|line| match meant(line) {
            Some(meant) => format!(
                "{line}\n{}{}\n{}\n  {}",
                " ".repeat(line[..meant.at.start].chars().count()),
                "^".repeat(line[meant.at.clone()].chars().count().max(1)),
                meant.line,
                meant.said.en
            ),
            None => format!("{line}\n(as it is)"),
        });
        read.collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn words_without_quotes_get_them_whatever_they_begin_with() {
        insta::assert_snapshot!(read(&[
            "goto = tip",
            "goto = failed",
            "goto = no",
            "goto = info",
            "options.yes = flow:menu",
            "goto = \"tip",
            "goto = tip\"",
            "goto = tip,",
            "remind = { after = 14d, goto = tip }",
            "facts = [minimum_wage, work_free]",
            "options = [\"job\" \"school\"; flat]",
            "\"goto = tip\"",
            "goto == \"tip\"",
            "goto := tip",
            "düldung = tip",
        ]));
    }

    #[test]
    fn flags_numbers_and_dates_are_written_as_such() {
        insta::assert_snapshot!(read(&[
            "say = True",
            "say = yes",
            "say = ja",
            "sensitive = FALSE",
            "max = 12 Monate",
            "max = zwölf",
            "reviewed = 2027-06-31",
            "reviewed = 2026-13-01",
            "reviewed = 2026/11/1",
            "retry = { times = two, then = \"human\" }",
            "retry = { times: 2, then: human }",
            "retry = { times = 2; then = \"human\" }",
            "retry = { times = 2 then = \"human\" }",
            "retry = { times 2, then = \"human\" }",
            "retry = { times = , then = \"human\" }",
            "share = [\"a\", b]",
        ]));
    }

    #[test]
    fn headers_and_notes_are_known_by_their_shape() {
        insta::assert_snapshot!(read(&[
            "[step need]",
            "[step.need",
            "step.need]",
            "(step.need)",
            "[step:need]",
            "[schritt need]",
            "[step.für alle]",
            "[[fact.wage.value]",
            "[[step.need]",
            "// a note",
            "-- a note",
            "/* a note */",
            "goto = \"tip\" // a note",
            "goto = tip -- a note",
        ]));
    }

    #[test]
    fn what_is_sound_or_only_a_part_is_left_alone() {
        for line in [
            "goto = \"tip\"",
            "[step.need]",
            "[[fact.wage.value]]",
            "]",
            "[",
            "  \"age < 15 -> tip\",",
            "  \"age == 15 -> tip\"",
            "retry = { times = 2, then = \"human\" }",
            "next = [",
            "min =",
            "",
        ] {
            assert_eq!(meant(line), None, "{line}");
        }
        assert_eq!(without_comment("a = \"#b\" # c"), "a = \"#b\" ");
    }

    proptest! {
        #[test]
        fn no_line_breaks_it_and_what_it_marks_is_in_the_line(
            line in "[a-z=:;,\\[\\]{}\"'#.ä /0-9-]{0,40}"
        ) {
            if let Some(meant) = meant(without_comment(&line)) {
                prop_assert!(line.get(meant.at).is_some());
            }
        }
    }
}
