//! `flows/detect/classes.toml`

use crate::content::detect::{Class, DeadlineKind};
use crate::content::diagnostic::{Code, Span};
use crate::content::locale::is_tag;
use crate::content::parse::COUNSELLOR_LANGUAGES;
use crate::content::parse::declarations::{Declared, for_counsellors, sections};
use crate::content::parse::reader::{At, Entries, Reader};
use crate::model::Level;
use std::collections::{BTreeMap, HashMap};

const KEYS: &[&str] = &[
    "name", "level", "reason", "flow", "within", "formerly", "ask", "deadline",
];
const LEVELS: &[&str] = &["immediate", "urgent", "soon", "normal", "none"];
const NAME: &str = "name = { de = \"Gewalt\", en = \"Violence\" }";
const SECTION: &str = "[class.violence]";

/// A class with the places of what is checked against other files.
#[derive(Debug)]
pub(in crate::content) struct ClassAt {
    pub class: Class,
    pub level: Span,
    pub reason: Span,
    pub flow: Span,
    pub within: Span,
}

/// `[class.violence]`
pub(in crate::content) fn read(r: &mut Reader<'_>, top: Entries<'_, '_>) -> Declared<ClassAt> {
    let (mut found, mut former) = (Vec::new(), Vec::new());
    for (id, node) in sections(r, top, "class") {
        r.id(&id);
        let Some(entries) = r.table(node, id.span.clone(), SECTION) else {
            continue;
        };
        let (class, names) = class(r, entries);
        former.extend(names);
        let (value, span) = (id.value.to_owned(), id.span);
        found.push((At { value, span }, class));
    }
    one_meaning(r, &found, &former);
    found
}

fn class(r: &mut Reader<'_>, mut entries: Entries<'_, '_>) -> (ClassAt, Vec<At<String>>) {
    let header = entries.span.clone();
    let called = called(r, &mut entries);
    let level = match entries.take("level") {
        Some((_, node)) => r.word(node, LEVELS),
        None => {
            r.missing("level", header.clone(), "level = \"urgent\"");
            None
        }
    };
    let mut name = |key: &str, example: &str| {
        let taken = entries.take(key).and_then(|(_, n)| r.text(n, example));
        taken.map(|t| (t.value, t.span)).unzip()
    };
    let (reason, reason_span) = name("reason", "reason = \"violence\"");
    let (flow, flow_span) = name("flow", "flow = \"find_work\"");
    let (within, within_span) = name("within", "within = \"health\"");
    let formerly = entries
        .take("formerly")
        .and_then(|(_, n)| r.texts(n, "formerly = [\"want_human\"]"))
        .unwrap_or_default();
    let ask = entries
        .take("ask")
        .and_then(|(_, n)| r.flag(n, "ask = true"));
    let deadline = entries
        .take("deadline")
        .and_then(|(_, n)| r.word(n, &DeadlineKind::WORDS));
    let level_span = level.as_ref().map_or(header, |l| l.span.clone());
    let flow: Option<String> = flow;
    let class = Class {
        name: called,
        level: level.and_then(|l| Level::parse(l.value)),
        reason,
        flow: flow.map(|f| f.strip_prefix("flow:").unwrap_or(&f).to_owned()),
        within,
        formerly: formerly.iter().map(|f| f.value.clone()).collect(),
        ask: ask.is_some_and(|a| a.value),
        deadline: deadline.and_then(|d| DeadlineKind::parse(d.value)),
    };
    if class.level.is_some() && class.reason.is_none() {
        r.missing("reason", entries.span.clone(), "reason = \"violence\"");
    }
    r.no_more(entries, KEYS);
    let at = ClassAt {
        class,
        level: level_span,
        reason: reason_span.unwrap_or_default(),
        flow: flow_span.unwrap_or_default(),
        within: within_span.unwrap_or_default(),
    };
    (at, formerly)
}

/// What it is called: in the languages of counsellors always, in others where the bot speaks them.
fn called(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> BTreeMap<String, String> {
    let Some((key, node)) = entries.take("name") else {
        r.missing("name", entries.span.clone(), NAME);
        return BTreeMap::new();
    };
    let Some(mut names) = r.table(node, key.clone(), NAME) else {
        return BTreeMap::new();
    };
    let mut found = for_counsellors(r, &mut names, ("name", &key), NAME);
    // People are told what they were taken to ask about in their own language.
    for (lang, node) in names.rest() {
        match is_tag(lang.value) {
            true => {
                let text = r.text(node, NAME).map(|text| text.value);
                found.extend(text.map(|text| (lang.value.to_owned(), text)));
            }
            false => r.unknown_key(lang.span, lang.value, COUNSELLOR_LANGUAGES.iter().copied()),
        }
    }
    found
}

/// An older name must lead to one class, and not to another than the one that has it now.
fn one_meaning(r: &mut Reader<'_>, found: &Declared<ClassAt>, former: &[At<String>]) {
    let mut meant: HashMap<&str, usize> = HashMap::new();
    for (id, _) in found {
        *meant.entry(&id.value).or_default() += 1;
    }
    for name in former {
        let times = meant.entry(&name.value).or_default();
        *times += 1;
        if *times > 1 {
            let word = &name.value;
            r.at(
                Code::ReservedWord,
                name.span.clone(),
                format!("`{word}` ist schon der Name einer Klasse"),
                format!("`{word}` is the name of a class already"),
            )
            .help(
                "Ein früherer Name gehört zu genau einer Klasse",
                "A former name belongs to exactly one class",
            );
        }
    }
}
