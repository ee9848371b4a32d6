//! Everything that there is to translate, in the order in which people meet it.

use crate::content::check::expected::{Expected, Plan, plans};
use crate::content::command::Command;
use crate::content::diagnostic::{Diagnostic, FileText, Problems, Severity};
use crate::content::files::{self, Files};
use crate::content::known::Known;
use crate::content::parse::detect::tongue::TongueFile;
use crate::content::parse::ftl::TextFile;
use crate::content::paths::TEXT_FILES;
use crate::content::record::{Hash, Records, STATE_FILE, SignOff, State};
use crate::content::source::Source;
use crate::model::Lang;
use fluent_syntax::ast::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A content folder as translators see it.
pub struct Catalogue {
    pub(super) list: Vec<FileText>,
    pub(super) files: Files,
    pub(super) plans: BTreeMap<String, Plan>,
    pub(super) source: Lang,
    problems: Vec<Diagnostic>,
}

/// A text of the source language and what a language has of it.
pub(super) struct Entry<'c> {
    pub file: &'c str,
    pub id: &'c str,
    pub expected: &'c Expected,
    pub original: &'c Message<&'c str>,
    pub message: Option<&'c Message<&'c str>>,
    pub state: State,
}

impl Entry<'_> {
    /// `work/status`
    pub fn key(&self) -> String {
        format!("{}/{}", self.file, self.id)
    }
}

/// How a flow, or another file of texts, stands in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The flow, or `system`, `fields` ….
    pub file: String,
    /// How many texts it has, each with its labels.
    pub texts: usize,
    /// Not there, or not wholly.
    pub missing: usize,
    /// Made from an older source.
    pub stale: usize,
    /// Signed off by nobody.
    pub machine: usize,
    /// Signed off, and unchanged since.
    pub reviewed: usize,
    /// Who has signed off, and when last.
    pub by: BTreeSet<SignOff>,
}

impl Count {
    /// Adds another file's.
    pub fn add(&mut self, other: &Self) {
        self.texts += other.texts;
        self.missing += other.missing;
        self.stale += other.stale;
        self.machine += other.machine;
        self.reviewed += other.reviewed;
        self.by.extend(other.by.iter().cloned());
    }
}

impl Catalogue {
    /// Reads a content folder.
    ///
    /// # Errors
    /// All errors, if flows, settings or the words of the source language have some. Faults of other languages do
    /// not matter before one of them is asked for.
    pub fn open(source: &dyn Source) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Problems::default();
        let list = files::read_all(source, &mut problems);
        let files = Files::parse(&list, &mut Known::default(), &mut problems);
        let problems = problems.into_sorted();
        let lang = files
            .settings
            .as_ref()
            .map(|(_, s)| s.settings.source.clone());
        let own = lang.as_ref().map(|l| format!("locales/{l}/"));
        let matters = |d: &Diagnostic| {
            let foreign = d.file.starts_with("locales/")
                && own
                    .as_ref()
                    .is_some_and(|own| !d.file.starts_with(own.as_str()));
            d.severity == Severity::Error && !foreign
        };
        match lang {
            Some(source) if !problems.iter().any(matters) => Ok(Self {
                plans: plans(&files),
                list,
                files,
                source,
                problems,
            }),
            _ => Err(problems
                .into_iter()
                .filter(|d| d.severity == Severity::Error)
                .collect()),
        }
    }

    /// The language that the others are translated from.
    pub fn source(&self) -> &Lang {
        &self.source
    }

    /// The languages that are translated, in the order of the settings.
    pub fn languages(&self) -> Vec<Lang> {
        let settings = self.files.settings.iter();
        let all = settings.flat_map(|(_, s)| s.settings.languages.iter());
        all.map(|l| l.lang.clone())
            .filter(|l| *l != self.source)
            .collect()
    }

    /// What keeps files of a language from being read.
    pub fn faults(&self, lang: &Lang) -> Vec<Diagnostic> {
        let own = format!("locales/{lang}/");
        let of = self
            .problems
            .iter()
            .filter(|d| d.severity == Severity::Error && d.file.starts_with(&own));
        of.cloned().collect()
    }

    /// The names of the files of texts: the first flow, the menu, all other flows, what belongs to no flow.
    pub(super) fn names(&self) -> Vec<&str> {
        let settings = self.files.settings.as_ref().map(|(_, s)| &s.settings);
        let menu = settings.and_then(|s| s.commands.get(&Command::Menu));
        let first = settings
            .map(|s| &s.start)
            .into_iter()
            .chain(menu)
            .map(String::as_str);
        let flows = self.files.flows.keys().map(String::as_str);
        let mut names: Vec<&str> = Vec::new();
        for name in first.chain(flows).chain(TEXT_FILES.iter().copied()) {
            if !names.contains(&name) && self.plans.contains_key(name) {
                names.push(name);
            }
        }
        names
    }

    /// Everything that a language has or should have, in script order.
    pub(super) fn entries(&self, lang: &Lang) -> Vec<Entry<'_>> {
        self.entries_with(lang, false)
    }

    /// The same; `all`: with what only counsellors see, although the language has nothing of it.
    pub(super) fn entries_with(&self, lang: &Lang, all: bool) -> Vec<Entry<'_>> {
        let none = Records::default();
        let records = self.files.records.get(lang).map_or(&none, Arc::as_ref);
        let mut found = Vec::new();
        for name in self.names() {
            let text = self.files.text(lang, name);
            // Only counsellors see topics and reasons, and they read German or English.
            if !all && text.is_none() && ["topics", "reasons"].contains(&name) {
                continue;
            }
            let (Some(source), Some(plan)) =
                (self.files.text(&self.source, name), self.plans.get(name))
            else {
                continue;
            };
            let (originals, messages) = (by_id(Some(source)), by_id(text));
            for expected in plan.iter() {
                let Some(original) = originals.get(expected.id.as_str()).copied() else {
                    continue;
                };
                let message = messages.get(expected.id.as_str()).copied();
                let mut entry = Entry {
                    file: &source.name,
                    id: &expected.id,
                    expected,
                    original,
                    message,
                    state: State::Missing,
                };
                if let Some(message) = message.filter(|m| is_whole(m, original)) {
                    entry.state =
                        records.state(name, entry.id, Hash::of(original), Hash::of(message));
                }
                found.push(entry);
            }
        }
        found
    }

    /// How every text stands in a language, by key (`work/status`).
    pub fn states(&self, lang: &Lang) -> BTreeMap<String, State> {
        let entries = self.entries(lang).into_iter();
        entries.map(|e| (e.key(), e.state)).collect()
    }

    /// How each file stands in a language, in script order.
    pub fn counts(&self, lang: &Lang) -> Vec<Count> {
        let mut counts: Vec<Count> = Vec::new();
        for entry in self.entries(lang) {
            if counts.last().is_none_or(|c| c.file != entry.file) {
                counts.push(Count {
                    file: entry.file.to_owned(),
                    ..Count::default()
                });
            }
            let Some(count) = counts.last_mut() else {
                continue;
            };
            count.texts += 1;
            match entry.state {
                State::Missing => count.missing += 1,
                State::Stale => count.stale += 1,
                State::Machine => count.machine += 1,
                State::Reviewed(sign) => {
                    count.reviewed += 1;
                    count.by.insert(sign);
                }
            }
        }
        counts
    }

    /// How far it was checked what people write, language by language. There is nothing to translate: who signs a file
    /// off in its head answers for all of it.
    pub fn recognition(&self) -> Vec<(Lang, Count)> {
        let tongues = self.files.detect.tongues.iter();
        let count = |file: &Arc<TongueFile>| {
            let texts = file.tongue.texts();
            let signed = file.tongue.reviewed.clone();
            let count = Count {
                file: "detect".to_owned(),
                texts,
                machine: if signed.is_none() { texts } else { 0 },
                reviewed: if signed.is_some() { texts } else { 0 },
                by: signed.into_iter().collect(),
                ..Count::default()
            };
            (file.lang.clone(), count)
        };
        tongues.map(count).collect()
    }

    /// A file's text as it stands on disk; empty if it is not there.
    pub(super) fn raw(&self, path: &str) -> &str {
        let file = self.list.iter().find(|f| &*f.path == path);
        file.map_or("", |f| &f.text)
    }

    /// The path of a language's file of texts.
    pub(super) fn path(lang: &Lang, name: &str) -> String {
        format!("locales/{lang}/{name}.ftl")
    }

    /// The path of a language's records.
    pub(super) fn state_path(lang: &Lang) -> String {
        format!("locales/{lang}/{STATE_FILE}")
    }
}

fn by_id(text: Option<&TextFile>) -> BTreeMap<&str, &Message<&str>> {
    let mut found = BTreeMap::new();
    for message in text.into_iter().flat_map(TextFile::messages) {
        // Of two texts with the same id the first one counts.
        found.entry(message.id.name).or_insert(message);
    }
    found
}

/// Whether a translation has all that the source has.
fn is_whole(message: &Message<&str>, original: &Message<&str>) -> bool {
    let has = |name: &str| message.attributes.iter().any(|a| a.id.name == name);
    (message.value.is_some() || original.value.is_none())
        && original.attributes.iter().all(|a| has(a.id.name))
}
