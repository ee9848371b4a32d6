//! Translations as XLIFF 2.0, for translation programs. What stands in braces is a `<ph>`, so that such a program
//! keeps it.

use super::incoming::{Given, Incoming, Unreadable};
use super::unit::{Document, Unit, placeables};
use super::words::{Split, split};
use crate::content::record::State;
use crate::model::Lang;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:2.0";

/// Writes an XLIFF file. `german`: notes in German, else in English.
pub fn write(document: &Document, german: bool) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff version=\"2.0\" xmlns=\"{NAMESPACE}\" srcLang=\"{}\" trgLang=\"{}\">\n",
        document.source, document.target
    );
    let mut open: Option<&str> = None;
    for unit in &document.units {
        if open != Some(&unit.file) {
            if open.is_some() {
                out.push_str("  </file>\n");
            }
            let (id, file) = (unit.file.replace('/', "."), &unit.file);
            let original = format!("locales/{}/{file}.ftl", document.source);
            out.push_str(&format!("  <file id=\"{id}\" original=\"{original}\">\n"));
            open = Some(&unit.file);
        }
        one(unit, german, &mut out);
    }
    if open.is_none() {
        // A document without a file is none; one without a unit neither.
        out.push_str("  <file id=\"none\"><unit id=\"none\"><segment><source/></segment></unit>");
    }
    out.push_str(if open.is_some() {
        "  </file>\n</xliff>\n"
    } else {
        "</file>\n</xliff>\n"
    });
    out
}

fn one(unit: &Unit, german: bool, out: &mut String) {
    let bare = unit.key.strip_prefix(&unit.file).unwrap_or(&unit.key);
    // An id has letters, digits, points, colons; a name may be anything.
    let id = bare
        .trim_start_matches('/')
        .replace('[', ":")
        .replace(']', "");
    out.push_str(&format!(
        "    <unit id=\"{id}\" name=\"{}\">\n      <notes>\n",
        escaped(&unit.key)
    ));
    for (category, said) in [("context", &unit.context), ("note", &unit.note)] {
        let said = if german { &said.de } else { &said.en };
        if !said.is_empty() {
            out.push_str(&format!(
                "        <note category=\"{category}\">{}</note>\n",
                escaped(said)
            ));
        }
    }
    out.push_str(&format!(
        "        <note category=\"state\">{}</note>\n      </notes>\n",
        unit.state.as_str()
    ));
    let fixed = fixed(&unit.source, &unit.target);
    if !fixed.is_empty() {
        out.push_str("      <originalData>\n");
        for (index, text) in fixed.iter().enumerate() {
            out.push_str(&format!(
                "        <data id=\"d{}\">{}</data>\n",
                index + 1,
                escaped(text)
            ));
        }
        out.push_str("      </originalData>\n");
    }
    let state = match unit.state {
        State::Missing => "state=\"initial\"",
        State::Stale => "state=\"initial\" subState=\"lotse:stale\"",
        State::Machine => "state=\"translated\" subState=\"lotse:machine\"",
        State::Reviewed(_) => "state=\"reviewed\"",
    };
    let state = if unit.target.is_empty() {
        "state=\"initial\""
    } else {
        state
    };
    out.push_str(&format!("      <segment {state}>\n"));
    for (name, words) in [("source", &unit.source), ("target", &unit.target)] {
        if name == "source" || !words.is_empty() {
            let inner = inline(words, &fixed);
            out.push_str(&format!(
                "        <{name} xml:space=\"preserve\">{inner}</{name}>\n"
            ));
        }
    }
    out.push_str("      </segment>\n    </unit>\n");
}

/// What a translation program must leave alone, each once. A choice that is written out has words in it.
fn fixed<'w>(source: &'w str, target: &'w str) -> Vec<&'w str> {
    let mut found = placeables(source);
    found.extend(
        placeables(target)
            .into_iter()
            .filter(|t| !placeables(source).contains(t)),
    );
    found.retain(|text| !text.contains("->"));
    found
}

/// Words with their placeholders. The same one has the same id in both languages, the second time another.
fn inline(words: &str, fixed: &[&str]) -> String {
    let mut out = String::new();
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in split(words) {
        let (Split::Text(text) | Split::Placeable(text)) = piece;
        let index = match piece {
            Split::Placeable(text) => fixed.iter().position(|f| *f == text),
            Split::Text(_) => None,
        };
        let Some(index) = index else {
            out.push_str(&escaped(text));
            continue;
        };
        let times = seen.entry(index).and_modify(|n| *n += 1).or_insert(1);
        let data = index + 1;
        let id = if *times == 1 {
            data.to_string()
        } else {
            format!("{data}-{times}")
        };
        let shown = escaped(text);
        out.push_str(&format!(
            "<ph id=\"{id}\" canDelete=\"no\" dataRef=\"d{data}\" equiv=\"{shown}\" disp=\"{shown}\"/>"
        ));
    }
    out
}

/// Text for XML. What XML cannot hold is written as XLIFF's `<cp>`, which only stands within words.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("<cp hex=\"{:04X}\"/>", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// Where the reader is.
#[derive(Default)]
struct Reading {
    lang: Option<Lang>,
    given: Vec<Given>,
    now: Given,
    /// `<data>` by id, and the one that is being read.
    data: BTreeMap<String, String>,
    datum: Option<String>,
    /// Which words are being read: the source's (`Some(false)`) or the target's.
    words: Option<bool>,
}

/// Reads an XLIFF 2 file.
///
/// # Errors
/// Names the first place that is no XML or no XLIFF 2.
pub fn read(text: &str) -> Result<Incoming, Unreadable> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    let (mut line, mut counted) = (1, 0);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        line += text
            .get(counted..at)
            .unwrap_or_default()
            .matches('\n')
            .count();
        counted = at;
        let no_xml = |_| {
            Unreadable::new(
                line,
                "die Datei ist hier kein gültiges XML",
                "the file is no valid XML here",
            )
        };
        match reader.read_event().map_err(no_xml)? {
            Event::Eof => break,
            Event::Start(tag) => reading.start(&tag, line)?,
            Event::Empty(tag) => {
                reading.start(&tag, line)?;
                reading.end(local(&tag));
            }
            Event::End(tag) => {
                let name = tag.local_name();
                reading.end(name.as_ref().to_owned());
            }
            Event::Text(words) => reading.push(&words.xml10_content()),
            Event::CData(words) => reading.push(&words.xml10_content()),
            Event::GeneralRef(named) => {
                let char = named.resolve_char_ref().map_err(no_xml)?;
                let name = named.into_inner();
                let word = match (char, &*name) {
                    (Some(c), _) => c.to_string(),
                    (None, "amp") => "&".into(),
                    (None, "lt") => "<".into(),
                    (None, "gt") => ">".into(),
                    (None, "quot") => "\"".into(),
                    (None, "apos") => "'".into(),
                    _ => {
                        return Err(Unreadable::new(
                            line,
                            format!("`&{name};` ist nicht bekannt"),
                            format!("`&{name};` is not known"),
                        ));
                    }
                };
                reading.push(&word);
            }
            _ => {}
        }
    }
    match reading.lang {
        Some(lang) => Ok(Incoming {
            lang,
            given: reading.given,
        }),
        None => Err(Unreadable::new(
            1,
            "das ist keine XLIFF-2-Datei mit Zielsprache (trgLang)",
            "this is no XLIFF 2 file with a target language (trgLang)",
        )),
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// An attribute's value.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let raw = attribute.value.as_ref();
    quick_xml::escape::unescape(raw)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>, line: usize) -> Result<(), Unreadable> {
        match local(tag).as_str() {
            "xliff" => {
                if !value(tag, "version").is_some_and(|v| v.starts_with("2.")) {
                    return Err(Unreadable::new(
                        line,
                        "das ist kein XLIFF 2; XLIFF 1.2 wird nicht gelesen",
                        "this is no XLIFF 2; XLIFF 1.2 is not read",
                    ));
                }
                self.lang = value(tag, "trgLang").map(|l| Lang::new(&l));
            }
            "unit" => {
                self.data.clear();
                self.now = Given {
                    key: value(tag, "name").unwrap_or_default(),
                    settled: true,
                    line,
                    ..Given::default()
                };
            }
            "data" => self.datum = value(tag, "id"),
            "segment" => {
                let state = value(tag, "state").unwrap_or_else(|| "initial".into());
                self.now.settled &= state != "initial";
            }
            "source" => self.words = Some(false),
            "target" => self.words = Some(true),
            "cp" => {
                let code = value(tag, "hex").and_then(|h| u32::from_str_radix(&h, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.push(&c.to_string());
                }
            }
            "ph" if self.words.is_some() => {
                let known = value(tag, "dataRef").and_then(|d| self.data.get(&d).cloned());
                let Some(words) = known.or_else(|| value(tag, "equiv")) else {
                    return Err(Unreadable::new(
                        line,
                        "zu diesem Platzhalter steht nirgends, was er ist",
                        "nothing says what this placeholder is",
                    ));
                };
                self.push(&words);
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: String) {
        match name.as_str() {
            "unit" => {
                let done = std::mem::take(&mut self.now);
                if !done.key.is_empty() {
                    self.given.push(done);
                }
            }
            "data" => self.datum = None,
            "source" | "target" => self.words = None,
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        match (self.words, &self.datum) {
            (Some(true), _) => self.now.target.push_str(words),
            (Some(false), _) => self.now.source.push_str(words),
            (None, Some(id)) => self.data.entry(id.clone()).or_default().push_str(words),
            (None, None) => {}
        }
    }
}
