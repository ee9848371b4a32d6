//! All files of a content folder, parsed but not yet checked against each other.

use super::diagnostic::{Both, Code, FileText, Problems, without_mark};
use super::known::{FlowAt, Known, RecordsAt, side_by_side, unread_flow};
use super::parse::declarations::{self, Declared};
use super::parse::detect::DetectFiles;
use super::parse::facts::{self, FactAt};
use super::parse::ftl::TextFile;
use super::parse::reader::{Entries, Reader};
use super::parse::services::{self, ServiceAt};
use super::parse::settings::{self, SettingsFile};
use super::parse::toml_error;
use super::paths::{Place, place};
use super::record::AllRecords;
use super::source::Source;
use super::types::{Field, Reason};
use crate::model::Lang;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use toml::de::DeTable;

/// Things declared in one file.
pub(super) struct Declarations<T> {
    pub file: Option<FileText>,
    pub list: Declared<T>,
    /// The file has syntax errors: what it lacks may just not have been understood.
    pub broken: bool,
}

/// All parsed files.
pub(super) struct Files {
    pub settings: Option<(FileText, SettingsFile)>,
    pub fields: Declarations<Field>,
    pub topics: Declarations<()>,
    pub reasons: Declarations<Reason>,
    pub facts: Declarations<FactAt>,
    pub services: Declarations<ServiceAt>,
    pub detect: DetectFiles,
    pub flows: BTreeMap<String, Arc<FlowAt>>,
    pub texts: Vec<Arc<TextFile>>,
    /// Name → places in `texts`.
    named: HashMap<String, Vec<usize>>,
    /// What translations were made from, and who has checked them.
    pub records: AllRecords,
    /// Files that are there and cannot be read; what they lack is not known.
    pub unread: Vec<Arc<str>>,
}

impl<T> Default for Declarations<T> {
    fn default() -> Self {
        Self {
            file: None,
            list: Vec::new(),
            broken: false,
        }
    }
}

impl<T> Declarations<T> {
    /// The declaration of an id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.list
            .iter()
            .find(|(at, _)| at.value == id)
            .map(|(_, t)| t)
    }

    /// All declared ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().map(|(at, _)| at.value.as_str())
    }
}

/// What to do with a file that nobody reads.
fn misplaced(path: &str) -> (Both, Both) {
    let help = Both::new(
        "Abläufe heißen flows/name.toml oder flows/ordner/name.toml, Texte locales/de/name.ftl; diese Datei liest niemand",
        "Flows are named flows/name.toml or flows/folder/name.toml, texts locales/de/name.ftl; nobody reads this file",
    );
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let words = path.starts_with("locales/");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let deep = folder.matches('/').count() > usize::from(words) + 1;
    let lower = name.to_lowercase();
    let moved = match (lower.ends_with(".ftl"), lower.ends_with(".toml")) {
        (true, _) if !words || folder == "locales" => Some(format!("locales/de/{stem}.ftl")),
        (_, true) if words => Some(format!("flows/{stem}.toml")),
        _ => None,
    };
    if let Some(to) = moved {
        let said = Both::new(
            format!("verschieben Sie diese Datei nach {to}"),
            format!("move this file to {to}"),
        );
        return (said, help);
    }
    if deep {
        let said = Both::new(
            "verschieben Sie diese Datei einen Ordner nach oben",
            "move this file up by one folder",
        );
        return (said, help);
    }
    let ending = if words { "ftl" } else { "toml" };
    let said = Both::new(
        format!(
            "benennen Sie diese Datei um in {folder}/{stem}.{ending}, oder legen Sie sie woanders hin"
        ),
        format!("rename this file to {folder}/{stem}.{ending}, or put it elsewhere"),
    );
    (said, help)
}

/// Reads all files that belong to the content, sorted by path, and reports those that cannot be read.
pub(super) fn read_all(source: &dyn Source, problems: &mut Problems) -> Vec<FileText> {
    let mut paths = source.paths();
    paths.sort();
    paths.dedup();
    let mut wanted = Vec::new();
    for path in paths {
        match place(&path) {
            Place::Ignored => {}
            Place::Stray => {
                let (message, help) = misplaced(&path);
                problems
                    .at(Code::StrayFile, &empty(&path), 0..0, message)
                    .help_if(Some(help));
            }
            _ => wanted.push(path),
        }
    }
    let read = side_by_side(&wanted, |paths| {
        let texts = paths.iter().map(|path| source.read(path));
        let texts = texts.map(|read| read.map(|text| Arc::from(without_mark(&text))));
        texts.collect::<Vec<Result<Arc<str>, String>>>()
    });
    let mut files = Vec::with_capacity(wanted.len());
    for (path, text) in wanted.into_iter().zip(read.into_iter().flatten()) {
        match text {
            Ok(text) => files.push(FileText {
                path: path.into(),
                text,
            }),
            Err(why) => {
                let (message, help) = unreadable(&why);
                problems
                    .at(Code::NoFile, &empty(&path), 0..0, message)
                    .help_if(help);
            }
        }
    }
    files
}

/// What to say about a file that a source cannot give.
fn unreadable(why: &str) -> (Both, Option<Both>) {
    if why.contains("UTF-8") {
        let said = Both::new(
            "speichern Sie diese Datei in UTF-8",
            "save this file in UTF-8",
        );
        let help = Both::new(
            "Im Editor unter »Speichern unter« bei »Kodierung«: UTF-8. Prüfen Sie danach die Umlaute",
            "In the editor, below \"Save as\", at \"Encoding\": UTF-8. Look at letters like ä and é afterwards",
        );
        return (said, Some(help));
    }
    let said = Both::new(
        format!("die Datei lässt sich nicht lesen: {why}"),
        format!("the file cannot be read: {why}"),
    );
    (said, None)
}

/// A file of which nothing is known but where it stands.
fn empty(path: &str) -> FileText {
    FileText {
        path: path.into(),
        text: "".into(),
    }
}

impl Files {
    /// Parses files and reports what is wrong within each.
    pub fn parse(list: &[FileText], known: &mut Known, problems: &mut Problems) -> Self {
        let mut files = Self {
            settings: None,
            fields: Declarations::default(),
            topics: Declarations::default(),
            reasons: Declarations::default(),
            facts: Declarations::default(),
            services: Declarations::default(),
            detect: DetectFiles::default(),
            flows: BTreeMap::new(),
            texts: known.texts(list),
            named: HashMap::new(),
            records: AllRecords::new(),
            unread: Vec::new(),
        };
        let mut detecting = Vec::new();
        for file in list {
            match place(&file.path) {
                Place::Toml(id) => files.toml(file, id, problems),
                Place::Detect(name) => detecting.push((file, name)),
                _ => {}
            }
        }
        for flow in known.flows(list) {
            problems.add(flow.findings.iter().cloned());
            files.flows.insert(flow.parsed.flow.id.clone(), flow);
        }
        let unread = problems.of(Code::NoFile).map(|d| Arc::clone(&d.file));
        files.unread = unread.collect();
        files.take_unread();
        for records in known.records(list) {
            files.state(&records, problems);
        }
        files.detect = DetectFiles::parse(&detecting, &mut known.tongues, problems);
        for (place, text) in files.texts.iter().enumerate() {
            problems.add(text.findings.iter().cloned());
            let named = files.named.entry(text.name.clone()).or_default();
            named.push(place);
        }
        let settings = "flows/settings.toml";
        if !list.iter().any(|f| &*f.path == settings) && !files.is_unread(settings) {
            missing_settings(problems);
        }
        files
    }

    /// Whether a file is there and cannot be read.
    pub fn is_unread(&self, path: &str) -> bool {
        self.unread.iter().any(|unread| &**unread == path)
    }

    /// Of a file that cannot be read counts only that it is there, as of one with syntax errors.
    fn take_unread(&mut self) {
        for path in self.unread.clone() {
            match place(&path) {
                Place::Flow(id) => {
                    let flow = unread_flow(empty(&path), id);
                    self.flows.insert(id.to_owned(), Arc::new(flow));
                }
                Place::Toml("fields") => self.fields.broken = true,
                Place::Toml("topics") => self.topics.broken = true,
                Place::Toml("reasons") => self.reasons.broken = true,
                Place::Toml("facts") => self.facts.broken = true,
                Place::Toml("services") => self.services.broken = true,
                _ => {}
            }
        }
    }

    fn state(&mut self, at: &RecordsAt, problems: &mut Problems) {
        let file = &at.file;
        for fault in &at.faults {
            let said = Both::new(
                "diese Zeile ist kein Vermerk über eine Übersetzung",
                "this line is no record of a translation",
            );
            problems
                .at(Code::BadRecord, file, fault.at..fault.at + fault.len, said)
                .help(
                    "Löschen Sie die Zeile; `lotse status --adopt` schreibt sie neu",
                    "Delete the line; `lotse status --adopt` writes it anew",
                );
        }
        if let Place::State(lang) = place(&file.path) {
            self.records.insert(lang, Arc::clone(&at.records));
        }
    }

    fn toml(&mut self, file: &FileText, id: &str, problems: &mut Problems) {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        let broken = !errors.is_empty();
        toml_error::report(problems, file, &errors);
        // Of a file with syntax errors only the names count; what else seems wrong in it may be a consequence.
        let mut scratch = Problems::default();
        let problems = if broken { &mut scratch } else { problems };
        let mut r = Reader {
            file: file.clone(),
            problems,
        };
        let top = Entries::new(table.get_ref(), 0..0);
        let some = Some(file.clone());
        match id {
            "settings" => {
                self.settings = settings::read(&mut r, top).map(|s| (file.clone(), s));
            }
            "fields" => {
                self.fields = Declarations {
                    file: some,
                    list: declarations::fields(&mut r, top),
                    broken,
                };
            }
            "topics" => {
                self.topics = Declarations {
                    file: some,
                    list: declarations::topics(&mut r, top),
                    broken,
                };
            }
            "reasons" => {
                self.reasons = Declarations {
                    file: some,
                    list: declarations::reasons(&mut r, top),
                    broken,
                };
            }
            "facts" => {
                self.facts = Declarations {
                    file: some,
                    list: facts::facts(&mut r, top),
                    broken,
                }
            }
            "services" => {
                self.services = Declarations {
                    file: some,
                    list: services::services(&mut r, top),
                    broken,
                }
            }
            _ => {}
        }
    }

    /// The text file of a language.
    pub fn text(&self, lang: &Lang, name: &str) -> Option<&TextFile> {
        self.texts_named(name).find(|t| &t.lang == lang)
    }

    /// A file of texts in all languages that have it, in the order of their paths.
    pub fn texts_named(&self, name: &str) -> impl Iterator<Item = &TextFile> {
        let places = self.named.get(name).into_iter().flatten();
        places
            .filter_map(|place| self.texts.get(*place))
            .map(Arc::as_ref)
    }

    /// Looks at each text file by itself, at several at once where there are many.
    pub fn each_text(
        &self,
        problems: &mut Problems,
        look: impl Fn(&TextFile, &mut Problems) + Sync + Send,
    ) {
        let found = side_by_side(&self.texts, |texts| {
            let mut problems = Problems::default();
            texts.iter().for_each(|text| look(text, &mut problems));
            problems.into_list()
        });
        found.into_iter().for_each(|some| problems.add(some));
    }

    /// Flows without syntax errors.
    pub fn sound_flows(&self) -> impl Iterator<Item = (&str, &FlowAt)> {
        self.flows
            .iter()
            .filter(|(_, f)| !f.broken)
            .map(|(id, f)| (id.as_str(), f.as_ref()))
    }
}

fn missing_settings(problems: &mut Problems) {
    let file = FileText {
        path: Arc::from("flows/settings.toml"),
        text: "".into(),
    };
    let message = Both::new("diese Datei fehlt", "this file is missing");
    problems.at(Code::NoFile, &file, 0..0, message).help(
        "Sie nennt die Sprachen und den ersten Ablauf: languages = [\"de\"], source = \"de\", fallback_language = \"de\", start = \"welcome\"",
        "It names the languages and the first flow: languages = [\"de\"], source = \"de\", fallback_language = \"de\", start = \"welcome\"",
    );
}
