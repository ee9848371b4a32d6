//! What goes out to translators: each text and each label for itself, with what one must know to translate it.

use super::catalogue::{Catalogue, Entry};
use super::tree::{Node, Row, rows};
use crate::content::diagnostic::Both;
use crate::content::record::State;
use crate::content::types::{AskKind, Next, Step, StepKind, Target};
use crate::model::Lang;
use fluent_syntax::ast::{Message, Pattern};

/// Texts on their way to a translator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The language that they are in.
    pub source: Lang,
    /// The language that they shall be in.
    pub target: Lang,
    /// In script order.
    pub units: Vec<Unit>,
}

/// One text, one label, or one form of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// `work/status`, `work/status.duldung`, `work/months_noted[one]`.
    pub key: String,
    /// The file of the source, and the flow or other file that it belongs to.
    pub file: String,
    /// What it is and where it stands.
    pub context: Both,
    /// What is to be minded.
    pub note: Both,
    /// How the text that it belongs to stands.
    pub state: State,
    /// The words to be translated.
    pub source: String,
    /// The translation; empty if there is none.
    pub target: String,
}

/// Where a unit comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The entry's place in [`Catalogue::entries`].
    pub entry: usize,
    pub attribute: Option<String>,
    pub row: Row,
}

impl Catalogue {
    /// The texts of a language for its translators; `only` says in which states, none meaning all.
    pub fn export(&self, lang: &Lang, only: impl Fn(&State) -> bool) -> Document {
        let entries = self.entries(lang);
        let mut units = Vec::new();
        for (index, entry) in entries.iter().enumerate().filter(|(_, e)| only(&e.state)) {
            for origin in origins(index, entry, lang) {
                units.push(self.unit(entry, &origin, lang));
            }
        }
        Document {
            source: self.source().clone(),
            target: lang.clone(),
            units,
        }
    }

    fn unit(&self, entry: &Entry<'_>, origin: &Origin, lang: &Lang) -> Unit {
        Unit {
            key: key(entry, origin),
            file: entry.file.to_owned(),
            context: self.context(entry, origin),
            note: note(entry, origin, lang),
            state: entry.state.clone(),
            source: origin.row.source.clone(),
            target: origin.row.target.clone(),
        }
    }

    /// What it is: a question with buttons, a button of that question …, and what comes before.
    fn context(&self, entry: &Entry<'_>, origin: &Origin) -> Both {
        let flow = self.files.flows.get(entry.file).map(|f| &f.parsed.flow);
        let step = flow.and_then(|f| f.steps.get(entry.id));
        let (Some(flow), Some(step)) = (flow, step) else {
            return other(entry, origin.attribute.as_deref());
        };
        let (de, en) = kind(step);
        let mut said = Both::new(
            format!("Schritt {} ({de})", entry.id),
            format!("step {} ({en})", entry.id),
        );
        let mut add = |de: String, en: String| {
            said.de = format!("{de}; {}", said.de);
            said.en = format!("{en}; {}", said.en);
        };
        match origin.attribute.as_deref() {
            Some("retry") => add(
                "nach einer Antwort, die nicht passt".into(),
                "after an answer that does not fit".into(),
            ),
            Some(_) => {
                let question = entry.original.value.as_ref().map(short).unwrap_or_default();
                add(
                    format!("Knopf zu: {question}"),
                    format!("button of: {question}"),
                );
            }
            None => {
                let before: Vec<String> = flow
                    .steps
                    .values()
                    .flat_map(|s| leads(s, entry.id))
                    .take(4)
                    .collect();
                if !before.is_empty() {
                    let list = before.join(", ");
                    said.de.push_str(&format!("; kommt nach: {list}"));
                    said.en.push_str(&format!("; comes after: {list}"));
                }
            }
        }
        said
    }
}

/// All units of an entry: its text, then its labels as the source has them.
pub(super) fn origins(index: usize, entry: &Entry<'_>, lang: &Lang) -> Vec<Origin> {
    let mut found = Vec::new();
    for (attribute, original) in parts(entry.original) {
        let source = Node::of(original);
        let target = entry.message.and_then(|m| part(m, attribute)).map(Node::of);
        for row in rows(&source, target.as_ref(), lang) {
            found.push(Origin {
                entry: index,
                attribute: attribute.map(str::to_owned),
                row,
            });
        }
    }
    found
}

/// The text of a message, then its labels.
pub(super) fn parts<'m>(
    message: &'m Message<&'m str>,
) -> impl Iterator<Item = (Option<&'m str>, &'m Pattern<&'m str>)> {
    let value = message.value.iter().map(|v| (None, v));
    value.chain(
        message
            .attributes
            .iter()
            .map(|a| (Some(a.id.name), &a.value)),
    )
}

/// One of them.
pub(super) fn part<'m>(
    message: &'m Message<&'m str>,
    attribute: Option<&str>,
) -> Option<&'m Pattern<&'m str>> {
    parts(message)
        .find(|(name, _)| *name == attribute)
        .map(|(_, pattern)| pattern)
}

/// `work/months_noted.label[one]`
pub(super) fn key(entry: &Entry<'_>, origin: &Origin) -> String {
    let mut key = entry.key();
    if let Some(attribute) = &origin.attribute {
        key.push('.');
        key.push_str(attribute);
    }
    for case in &origin.row.path {
        key.push_str(&format!("[{case}]"));
    }
    key
}

fn kind(step: &Step) -> (&'static str, &'static str) {
    match &step.kind {
        StepKind::Ask(ask) => match &ask.kind {
            AskKind::Choice(_) => ("Frage mit Knöpfen", "question with buttons"),
            AskKind::Choices { .. } => (
                "Frage mit Knöpfen, mehrere Antworten",
                "question with buttons, several answers",
            ),
            AskKind::Contact => (
                "Frage nach Telefon oder E-Mail",
                "question for phone or e-mail",
            ),
            AskKind::Media { .. } => (
                "Frage nach einem Foto oder einer Datei",
                "question for a photo or a file",
            ),
            AskKind::Number { .. } => ("Frage nach einer Zahl", "question for a number"),
            AskKind::Date => ("Frage nach einem Datum", "question for a date"),
            AskKind::Postcode => ("Frage nach der Postleitzahl", "question for the postcode"),
            AskKind::Language => ("Frage nach der Sprache", "question for the language"),
            AskKind::Text => ("Frage nach freiem Text", "question for free text"),
        },
        _ => ("Nachricht", "message"),
    }
}

/// A text that belongs to no step.
fn other(entry: &Entry<'_>, attribute: Option<&str>) -> Both {
    let id = entry.id;
    let (de, en) = match (entry.file, attribute) {
        ("fields", None) => (
            "Name einer Angabe über die Person",
            "name of something known about the person",
        ),
        ("fields", Some(_)) => ("Antwort in der Zusammenfassung", "answer in the summary"),
        ("commands", _) => (
            "Wörter für einen Befehl, mit | getrennt; so viele, wie Menschen sagen würden",
            "words for a command, separated by |; as many as people would say",
        ),
        ("topics" | "reasons", _) => ("nur für Beraterinnen und Berater", "for counsellors only"),
        ("room", _) => (
            "Rahmen der Webseite um das Gespräch",
            "the web page around the conversation",
        ),
        (_, Some(_)) => ("Knopf", "button"),
        _ => ("sagt lotse von sich aus", "what lotse says by itself"),
    };
    let question = match attribute {
        Some(_) => entry
            .original
            .value
            .as_ref()
            .map(|v| format!(": {}", short(v))),
        None => None,
    };
    let question = question.unwrap_or_default();
    Both::new(
        format!("{id} ({de}{question})"),
        format!("{id} ({en}{question})"),
    )
}

fn note(entry: &Entry<'_>, origin: &Origin, lang: &Lang) -> Both {
    let mut said = Both::default();
    let mut add = |de: String, en: String| {
        for (all, one) in [(&mut said.de, de), (&mut said.en, en)] {
            if !all.is_empty() {
                all.push_str("; ");
            }
            all.push_str(&one);
        }
    };
    let row = &origin.row;
    if let Some(case) = row.path.last() {
        let cases = row.path.join(", ");
        let (de, en) = if row.needed {
            (" (muss da sein)", " (must be there)")
        } else {
            ("", "")
        };
        add(
            format!("Form [{cases}] in {lang}{de}{}", example(lang, case, false)),
            format!("form [{cases}] in {lang}{en}{}", example(lang, case, true)),
        );
    }
    let is_button = origin.attribute.as_deref().is_some_and(|a| a != "retry");
    if entry.expected.buttons && is_button {
        add(
            "kurz: am besten höchstens 20 Zeichen".into(),
            "short: at best 20 characters or fewer".into(),
        );
    }
    let fixed: Vec<&str> = placeables(&row.source);
    if !fixed.is_empty() {
        let list = fixed.join(", ");
        let (de, en) = if row.path.is_empty() {
            ("", "")
        } else {
            (", wo es gebraucht wird", " where it is needed")
        };
        add(
            format!("bleibt{de}, wie es ist: {list}"),
            format!("leave as it is{en}: {list}"),
        );
    }
    if row.source.contains("**") {
        add("**…** ist fett".into(), "**…** is bold".into());
    }
    said
}

/// For which numbers a form is taken, where that is not plain.
fn example(lang: &Lang, case: &str, english: bool) -> String {
    let base = lang.as_str().split('-').next().unwrap_or_default();
    let numbers = match (base, case) {
        ("ar", "few") => "3–10, 103–110 …",
        ("ar", "many") => "11–99, 111 …",
        ("ar", "other") => "100, 101, 102, 200 …",
        ("ru" | "uk", "one") => "1, 21, 31 …",
        ("ru" | "uk", "few") => "2–4, 22–24 …",
        ("ru" | "uk", "many") => "0, 5–20, 25–30 …",
        _ => return String::new(),
    };
    if english {
        format!(", for {numbers}")
    } else {
        format!(", für {numbers}")
    }
}

/// What stands in braces, each once.
pub(super) fn placeables(words: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for piece in super::words::split(words) {
        if let super::words::Split::Placeable(text) = piece
            && !found.contains(&text)
        {
            found.push(text);
        }
    }
    found
}

/// The beginning of a text on one line.
fn short(pattern: &Pattern<&str>) -> String {
    const LONGEST: usize = 80;
    let words = match Node::of(pattern) {
        Node::Words(words) => words,
        choice @ Node::Choice { .. } => choice.plain().to_owned(),
    };
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line,
    }
}

/// The ways from a step to another one: `age`, `age.under_15`.
fn leads(step: &Step, to: &str) -> Vec<String> {
    let is = |target: &Target| matches!(target, Target::Step(id) if id == to);
    let mut found = Vec::new();
    if let StepKind::Ask(ask) = &step.kind
        && let AskKind::Choice(options) = &ask.kind
    {
        let own = options.iter().filter(|o| o.target.as_ref().is_some_and(is));
        found.extend(own.map(|o| format!("{}.{}", step.id, o.id)));
    }
    let on = match &step.next {
        Next::End => false,
        Next::Goto(target) => is(target),
        Next::Rules(rules) => rules.iter().any(|r| is(&r.target)),
    };
    if on && step.id != to {
        found.push(step.id.clone());
    }
    found
}
