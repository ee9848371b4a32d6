//! Translations as a table: CSV (RFC 4180), for spreadsheets.

use super::incoming::{Given, Incoming, Unreadable};
use super::unit::Document;
use crate::content::record::State;
use crate::model::Lang;
use csv::{ReaderBuilder, Terminator, WriterBuilder};

/// The columns beside the two languages, which are called by their codes.
const KEY: &str = "key";
const CONTEXT: &str = "context";
const STATE: &str = "state";
const NOTE: &str = "note";

/// Writes a table. `german`: context and notes in German, else in English. `mark`: with the invisible mark at the
/// beginning by which Excel knows that letters beyond English may come.
pub fn write(document: &Document, german: bool, mark: bool) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let (source, target) = (document.source.as_str(), document.target.as_str());
    // Nothing can go wrong when writing to memory.
    let _ = writer.write_record([KEY, CONTEXT, STATE, source, target, NOTE]);
    for unit in &document.units {
        let say = |both: &crate::content::Both| {
            if german {
                both.de.clone()
            } else {
                both.en.clone()
            }
        };
        let (context, note) = (say(&unit.context), say(&unit.note));
        let _ = writer.write_record([
            unit.key.as_str(),
            &context,
            unit.state.as_str(),
            &unit.source,
            &unit.target,
            &note,
        ]);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    if mark {
        format!("\u{FEFF}{text}")
    } else {
        text.into_owned()
    }
}

/// Reads a table, also one that a spreadsheet has written with semicolons or tabs.
///
/// # Errors
/// If it is no table of ours.
pub fn read(text: &str) -> Result<Incoming, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| head.bytes().filter(|b| b == d).count())
        .unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let unreadable = |row: usize| {
        Unreadable::new(
            row,
            "diese Zeile ist nicht zu lesen",
            "this row cannot be read",
        )
    };
    let head = reader.headers().map_err(|_| unreadable(1))?.clone();
    let column = |name: &str| {
        head.iter()
            .position(|h| h.trim().eq_ignore_ascii_case(name))
    };
    let ours = [KEY, CONTEXT, STATE, NOTE];
    let mut languages = head.iter().enumerate().filter(|(_, name)| {
        let name = name.trim();
        !name.is_empty() && !ours.iter().any(|own| name.eq_ignore_ascii_case(own))
    });
    let (Some(key), Some((source, _)), Some((target, lang))) =
        (column(KEY), languages.next(), languages.next())
    else {
        return Err(Unreadable::new(
            1,
            "in der ersten Zeile müssen stehen: key, und die Kürzel beider Sprachen, etwa de und ar",
            "the first row must have: key, and the codes of both languages, such as de and ar",
        ));
    };
    let state = column(STATE);
    let mut given = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let line = index + 2;
        let record = record.map_err(|_| unreadable(line))?;
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let open = [State::Stale, State::Missing].map(|s| s.as_str());
        let state = state.map_or("", cell).trim();
        if record.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        given.push(Given {
            key: cell(key).trim().to_owned(),
            source: cell(source).to_owned(),
            target: cell(target).to_owned(),
            settled: !open.contains(&state),
            line,
        });
    }
    Ok(Incoming {
        lang: Lang::new(lang.trim()),
        given,
    })
}
