//! What of a file that came back can be taken: each unit by itself, then all of them by the checks of content.

use super::catalogue::{Catalogue, Entry};
use super::edit::{Editor, New};
use super::incoming::{Given, Incoming};
use super::layout::layout;
use super::tree::{Node, assemble};
use super::unit::{Origin, key, part, parts};
use super::words::tidy;
use crate::content::check;
use crate::content::check::translation::DIFFERS;
use crate::content::diagnostic::{Both, Code, Diagnostic, FileText, Problems, Severity};
use crate::content::files::Files;
use crate::content::known;
use crate::content::near::nearest;
use crate::content::parse::ftl;
use crate::content::parse::placeholder::PLACEHOLDER;
use crate::content::places::Places;
use crate::content::types::{Language, Review};
use crate::model::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// A unit that is not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line or row of the file that came.
    pub line: usize,
    /// Which unit.
    pub key: String,
    /// What is wrong with it.
    pub why: Both,
    /// What to do.
    pub help: Option<Both>,
}

/// What came back for one entry.
#[derive(Default)]
pub(super) struct Back<'g> {
    /// Place in the list of origins, and what was given.
    pub units: Vec<(usize, &'g Given)>,
    /// Units whose words differ from those in the file.
    pub changed: BTreeSet<usize>,
}

/// A diagnostic by what it says, wherever it has moved.
type Known = (Code, String, String);

/// A file on its way into the content.
pub(super) struct Take<'c> {
    pub catalogue: &'c Catalogue,
    pub lang: &'c Lang,
    pub entries: &'c [Entry<'c>],
    pub all: &'c [Origin],
    pub refused: Vec<Refusal>,
}

impl<'c> Take<'c> {
    fn refuse(&mut self, given: &Given, why: Both, help: Option<Both>) {
        self.refused.push(Refusal {
            line: given.line,
            key: given.key.clone(),
            why,
            help,
        });
    }

    /// Finds what each unit is about. Entries with a unit that cannot be taken are left out as a whole.
    pub fn sort<'g>(&mut self, incoming: &'g Incoming) -> BTreeMap<usize, Back<'g>> {
        let keys: BTreeMap<String, usize> = self
            .all
            .iter()
            .enumerate()
            .map(|(at, origin)| (key(&self.entries[origin.entry], origin), at))
            .collect();
        let mut backs: BTreeMap<usize, Back<'g>> = BTreeMap::new();
        let (mut seen, mut spoilt) = (BTreeSet::new(), BTreeSet::new());
        for given in &incoming.given {
            let words = tidy(&given.target);
            let Some(&at) = keys.get(&given.key) else {
                let near = nearest(&given.key, keys.keys().map(String::as_str));
                let help = near.map(|n| {
                    Both::new(
                        format!("Meinten Sie `{n}`?"),
                        format!("Did you mean `{n}`?"),
                    )
                });
                let why = Both::new(
                    "diesen Text gibt es nicht (mehr)",
                    "there is no such text (any more)",
                );
                self.refuse(given, why, help);
                continue;
            };
            let origin = &self.all[at];
            if !seen.insert(at) {
                let why = Both::new(
                    "dieser Text steht zum zweiten Mal in der Datei",
                    "this text is in the file for the second time",
                );
                self.refuse(given, why, None);
                spoilt.insert(origin.entry);
                continue;
            }
            if words.is_empty() || words == PLACEHOLDER {
                continue;
            }
            let changed = words != tidy(&origin.row.target);
            if tidy(&given.source) != tidy(&origin.row.source) {
                // Nothing is lost where nothing was translated.
                if changed {
                    let why = Both::new(
                        "der Ausgangstext ist inzwischen ein anderer",
                        "the source text is another one by now",
                    );
                    let help = Both::new(
                        format!("Jetzt steht dort: {}", origin.row.source),
                        format!("It says now: {}", origin.row.source),
                    );
                    self.refuse(given, why, Some(help));
                    spoilt.insert(origin.entry);
                }
                continue;
            }
            if changed && self.unreadable(given, &words) {
                spoilt.insert(origin.entry);
                continue;
            }
            let back = backs.entry(origin.entry).or_default();
            back.units.push((at, given));
            if changed {
                back.changed.insert(at);
            }
        }
        backs.retain(|entry, _| !spoilt.contains(entry));
        self.lacking(&mut backs);
        backs
    }

    /// Refuses forms of a text whose last form, that for all other numbers, is not there.
    fn lacking(&mut self, backs: &mut BTreeMap<usize, Back<'_>>) {
        let all = self.all;
        let (mut spoilt, mut refusals) = (BTreeSet::new(), Vec::new());
        for (entry, back) in backs.iter() {
            for (at, given) in back
                .units
                .iter()
                .filter(|(at, _)| back.changed.contains(at))
            {
                let same = |o: &Origin| o.attribute == all[*at].attribute;
                let lacks = units_of(all, *entry).find(|(other, o)| {
                    let is_given = back.units.iter().any(|(at, _)| at == other);
                    same(o) && o.row.needed && o.row.target.is_empty() && !is_given
                });
                if let Some((_, origin)) = lacks {
                    let key = key(&self.entries[*entry], origin);
                    let why = Both::new(
                        format!("ohne `{key}` kann diese Form nicht stehen"),
                        format!("this form cannot be without `{key}`"),
                    );
                    refusals.push(((*given).clone(), why));
                    spoilt.insert(*entry);
                    break;
                }
            }
        }
        for (given, why) in refusals {
            self.refuse(&given, why, None);
        }
        backs.retain(|entry, _| !spoilt.contains(entry));
    }

    /// Whether words cannot be read as Fluent; says why.
    fn unreadable(&mut self, given: &Given, words: &str) -> bool {
        // A spreadsheet takes what begins with `-` or `=` for a formula and shows this.
        if ["#NAME?", "#VALUE!", "#REF!"].contains(&words) {
            let why = Both::new(
                format!("`{words}` hat die Tabellenkalkulation aus dem Text gemacht"),
                format!("the spreadsheet has made `{words}` of the text"),
            );
            let help = Both::new(
                "Stellen Sie die Spalte auf „Text“ und schreiben Sie den Text noch einmal",
                "Set the column to “text” and write the text once more",
            );
            self.refuse(given, why, Some(help));
            return true;
        }
        let Err(text) = Node::read(words) else {
            return false;
        };
        let file = FileText {
            path: "".into(),
            text: text.as_str().into(),
        };
        let read = ftl::read(file, self.lang.clone(), String::new());
        let first = read.findings.into_iter().next();
        let (why, help) = first.map_or_else(
            || {
                let said = Both::new(
                    "so kann der Text nicht in der Datei stehen",
                    "the text cannot stand in the file like this",
                );
                (said, None)
            },
            |d| (d.message, d.help),
        );
        self.refuse(given, why, help);
        true
    }

    /// The texts of the files with all that is sound; what the checks find is refused and taken out again.
    pub fn sound(&mut self, backs: &mut BTreeMap<usize, Back<'_>>) -> BTreeMap<String, String> {
        let before: BTreeSet<Known> = self.found(&BTreeMap::new()).iter().map(known).collect();
        loop {
            let texts = self.texts(backs);
            if texts.is_empty() {
                return texts;
            }
            let mut faulty: Vec<(usize, Diagnostic)> = Vec::new();
            let mut elsewhere = None;
            for fault in self.found(&texts) {
                let own = self
                    .entry_at(&texts, &fault)
                    .filter(|(entry, _)| backs.get(entry).is_some_and(|b| !b.changed.is_empty()));
                match own {
                    Some((entry, _)) => faulty.push((entry, fault)),
                    None if fault.severity == Severity::Error
                        && !before.contains(&known(&fault)) =>
                    {
                        elsewhere = Some(fault);
                    }
                    None => {}
                }
            }
            // What a changed text spoils elsewhere (a button called like a command) cannot be put down to one.
            if faulty.is_empty()
                && let Some(fault) = elsewhere
            {
                let changed = backs.iter().filter(|(_, b)| !b.changed.is_empty());
                let commands = changed
                    .clone()
                    .filter(|(e, _)| self.entries[**e].file == "commands");
                let mut guilty: Vec<usize> = commands.map(|(e, _)| *e).collect();
                if guilty.is_empty() {
                    guilty = changed.map(|(e, _)| *e).collect();
                }
                faulty.extend(guilty.into_iter().map(|e| (e, fault.clone())));
            }
            if faulty.is_empty() {
                return texts;
            }
            for (entry, fault) in faulty {
                self.blame(&texts, backs, entry, &fault);
            }
            let refused: BTreeSet<&str> = self.refused.iter().map(|r| r.key.as_str()).collect();
            backs.retain(|_, back| {
                !back
                    .units
                    .iter()
                    .any(|(_, g)| refused.contains(g.key.as_str()))
            });
        }
    }

    /// Refuses the unit of an entry that a finding is about, or the first one that was changed.
    fn blame(
        &mut self,
        texts: &BTreeMap<String, String>,
        backs: &BTreeMap<usize, Back<'_>>,
        entry: usize,
        fault: &Diagnostic,
    ) {
        let Some(back) = backs.get(&entry) else {
            return;
        };
        let part = self
            .entry_at(texts, fault)
            .filter(|(e, _)| *e == entry)
            .map(|(_, part)| part);
        let changed = back
            .units
            .iter()
            .filter(|(at, _)| back.changed.contains(at));
        let of_part = |at: usize| part.as_ref().is_some_and(|p| self.all[at].attribute == *p);
        let given = changed
            .clone()
            .find(|(at, _)| of_part(*at))
            .or_else(|| changed.clone().next());
        if let Some((_, given)) = given {
            let refusal = Refusal {
                line: given.line,
                key: given.key.clone(),
                why: fault.message.clone(),
                help: fault.help.clone(),
            };
            if !self.refused.contains(&refusal) {
                self.refused.push(refusal);
            }
        }
    }

    /// The entry, and the label of it, in whose lines a finding lies.
    fn entry_at(
        &self,
        texts: &BTreeMap<String, String>,
        fault: &Diagnostic,
    ) -> Option<(usize, Option<String>)> {
        let text = texts.get(&*fault.file)?;
        let laid = layout(text);
        let laid = laid
            .iter()
            .find(|l| l.whole.start <= fault.span.start && fault.span.start <= l.whole.end)?;
        let name = fault
            .file
            .strip_prefix(&format!("locales/{}/", self.lang))?;
        let name = name.strip_suffix(".ftl")?;
        let entry = self
            .entries
            .iter()
            .position(|e| e.file == name && e.id == laid.id)?;
        let part = laid
            .parts
            .iter()
            .rev()
            .find(|p| p.span.start <= fault.span.start);
        Some((entry, part.and_then(|p| p.attribute.clone())))
    }

    /// All errors, and other markup than the source's, in content with these texts in it.
    fn found(&self, texts: &BTreeMap<String, String>) -> Vec<Diagnostic> {
        let files = parsed(self.catalogue, self.lang, texts);
        let mut problems = Problems::default();
        // Of Kreise only the form is looked at: an import changes texts alone.
        check::all(&files, &Places::default(), None, &mut problems);
        let mut found = problems.into_sorted();
        // What differs from a source that is newer than the translation is a warning otherwise; here it is anew.
        let refused = |code| code == Code::MarkupDiffers || DIFFERS.contains(&code);
        found.retain(|d| d.severity == Severity::Error || refused(d.code));
        found
    }

    /// The files that change, with everything that came back for these entries.
    fn texts(&self, backs: &BTreeMap<usize, Back<'_>>) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        let mut first = 0;
        // Those of one file stand together.
        for own in self.entries.chunk_by(|a, b| a.file == b.file) {
            let places = first..;
            first += own.len();
            let new: Vec<New<'_>> = places
                .zip(own)
                .filter_map(|(index, entry)| {
                    let back = backs.get(&index).filter(|b| !b.changed.is_empty())?;
                    Some(self.new_text(index, entry, back))
                })
                .collect();
            let Some(name) = own.first().filter(|_| !new.is_empty()).map(|e| e.file) else {
                continue;
            };
            let path = Catalogue::path(self.lang, name);
            let mut editor =
                Editor::new(self.catalogue.raw(&path), self.catalogue.source().as_str());
            editor.put(own.iter().map(|e| e.id), &new);
            texts.extend(editor.finish().map(|text| (path, text)));
        }
        texts
    }

    fn new_text(&self, index: usize, entry: &Entry<'c>, back: &Back<'_>) -> New<'c> {
        let new = parts(entry.original).map(|(attribute, original)| {
            let changed = back
                .changed
                .iter()
                .any(|at| self.all[*at].attribute.as_deref() == attribute);
            let node = changed.then(|| {
                let own = entry.message.and_then(|m| part(m, attribute)).map(Node::of);
                let words = |path: &[String]| {
                    let mut mine = units_of(self.all, index);
                    let (place, origin) = mine
                        .find(|(_, o)| o.attribute.as_deref() == attribute && o.row.path == path)?;
                    let given = back.units.iter().find(|(at, _)| *at == place);
                    let words = given.map_or(&origin.row.target, |(_, g)| &g.target);
                    let words = tidy(words);
                    (!words.is_empty())
                        .then(|| Node::read(&words).ok())
                        .flatten()
                };
                assemble(&Node::of(original), own.as_ref(), self.lang, &words)
            });
            (attribute, node.flatten())
        });
        New {
            id: entry.id,
            parts: new.collect(),
            notes: Vec::new(),
        }
    }
}

/// The units of an entry, with their places. Those of one entry stand together, in the order of the entries.
pub(super) fn units_of(all: &[Origin], entry: usize) -> impl Iterator<Item = (usize, &Origin)> {
    let first = all.partition_point(|o| o.entry < entry);
    let mine = all.iter().enumerate().skip(first);
    mine.take_while(move |(_, o)| o.entry == entry)
}

fn known(found: &Diagnostic) -> Known {
    (found.code, found.file.to_string(), found.message.de.clone())
}

/// All files with these texts in the place of what is there, the language being one of those on offer.
pub(super) fn parsed(
    catalogue: &Catalogue,
    lang: &Lang,
    texts: &BTreeMap<String, String>,
) -> Files {
    let mut list: Vec<FileText> = catalogue.list.clone();
    let mut added = texts.clone();
    for file in &mut list {
        if let Some(text) = added.remove(&*file.path) {
            file.text = text.into();
        }
    }
    list.extend(added.into_iter().map(|(path, text)| FileText {
        path: path.into(),
        text: text.into(),
    }));
    let mut files = Files::parse(
        &list,
        &mut known::Known::default(),
        &mut Problems::default(),
    );
    if let Some((_, settings)) = &mut files.settings
        && !settings.languages.iter().any(|(l, _)| l == lang)
    {
        settings.languages.push((lang.clone(), 0..0));
        settings.settings.languages.push(Language {
            lang: lang.clone(),
            name: lang.to_string(),
            review: Review::Machine,
        });
    }
    files
}
