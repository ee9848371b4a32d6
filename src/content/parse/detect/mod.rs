//! `flows/detect/`: what people mean when they write freely.

pub(in crate::content) mod classes;
mod phrases;
pub(in crate::content) mod thresholds;
pub(in crate::content) mod tongue;

use self::classes::ClassAt;
use self::thresholds::ThresholdsAt;
use self::tongue::TongueFile;
use super::declarations::Declared;
use super::reader::{Entries, Reader};
use super::toml_error;
use crate::content::detect::Detect;
use crate::content::diagnostic::{Code, FileText, Problems};
use crate::content::locale::is_tag;
use crate::content::near::suggestion;
use crate::model::Lang;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use toml::de::DeTable;

/// The folder.
pub(in crate::content) const FOLDER: &str = "flows/detect/";
const CLASSES: &str = "classes";
const THRESHOLDS: &str = "thresholds";

/// All files of the folder.
#[derive(Default)]
pub(in crate::content) struct DetectFiles {
    /// `classes.toml`; `None`: this content recognises nothing.
    pub classes: Option<(FileText, Declared<ClassAt>)>,
    /// `classes.toml` has syntax errors: classes that are not there may just not have been understood.
    pub broken: bool,
    pub thresholds: Option<(FileText, ThresholdsAt)>,
    /// By language.
    pub tongues: Vec<Arc<TongueFile>>,
}

/// Files of languages as they were read before: one that has not changed is not parsed again.
#[derive(Default)]
pub(in crate::content) struct KnownTongues(HashMap<Arc<str>, Arc<TongueFile>>);

impl DetectFiles {
    /// Parses the files of the folder (with their names without ending) and reports what is wrong within each.
    pub fn parse(
        list: &[(&FileText, &str)],
        known: &mut KnownTongues,
        problems: &mut Problems,
    ) -> Self {
        let mut files = Self {
            tongues: known.tongues(list),
            ..Self::default()
        };
        for (file, name) in list {
            match *name {
                CLASSES | THRESHOLDS => files.table(file, name, problems),
                _ if !is_language(name) => no_language(file, name, problems),
                _ => {}
            }
        }
        for tongue in &files.tongues {
            problems.add(tongue.findings.iter().cloned());
        }
        files
    }

    fn table(&mut self, file: &FileText, name: &str, problems: &mut Problems) {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        toml_error::report(problems, file, &errors);
        let broken = !errors.is_empty();
        let mut scratch = Problems::default();
        let mut r = Reader {
            file: file.clone(),
            problems: if broken { &mut scratch } else { problems },
        };
        let top = Entries::new(table.get_ref(), 0..0);
        if name == CLASSES {
            self.classes = Some((file.clone(), classes::read(&mut r, top)));
            self.broken = broken;
        } else {
            self.thresholds = Some((file.clone(), thresholds::read(&mut r, top)));
        }
    }

    /// The classes that are declared.
    pub fn classes(&self) -> &[(super::reader::At<String>, ClassAt)] {
        self.classes.as_ref().map_or(&[], |(_, list)| list)
    }

    /// A sum over all that decides what is found in a message; empty where nothing is.
    pub fn hash(&self) -> String {
        let mut sum = Sum::default();
        for (id, at) in self.classes() {
            let class = &at.class;
            sum.add(&id.value);
            sum.add(class.level.map_or("", |l| l.as_str()));
            sum.add(class.within.as_deref().unwrap_or_default());
            sum.add([u8::from(class.ask)]);
            if let Some(kind) = class.deadline {
                sum.add([kind as u8]);
            }
        }
        for tongue in &self.tongues {
            sum.add(tongue.lang.as_str());
            sum.add(tongue.sum);
        }
        let hex = |mut hex: String, byte: &u8| {
            let _ = write!(hex, "{byte:02x}");
            hex
        };
        match self.classes {
            Some(_) => sum.bytes().iter().take(8).fold(String::new(), hex),
            None => String::new(),
        }
    }

    /// What the program needs of files that were found sound.
    pub fn link(self) -> Detect {
        if self.classes.is_none() {
            return Detect::default();
        }
        let hash = self.hash();
        let tongues = self.tongues.iter();
        let tongues = tongues
            .map(|t| (t.lang.clone(), t.tongue.clone()))
            .collect();
        let classes = self.classes.into_iter().flat_map(|(_, list)| list);
        Detect {
            classes: classes.map(|(id, at)| (id.value, at.class)).collect(),
            tongues,
            thresholds: self
                .thresholds
                .map(|(_, t)| t.thresholds)
                .unwrap_or_default(),
            hash,
        }
    }
}

impl KnownTongues {
    /// The languages of a list, parsed at several at once. Those that are not in the list are forgotten.
    fn tongues(&mut self, list: &[(&FileText, &str)]) -> Vec<Arc<TongueFile>> {
        let known = &self.0;
        let named = list.par_iter().filter(|(_, name)| is_language(name));
        let parsed = named.map(|(file, name)| {
            let before = known.get(&file.path).filter(|t| t.file.text == file.text);
            let again = || Arc::new(tongue::read((*file).clone(), Lang::new(name)));
            before.map_or_else(again, Arc::clone)
        });
        let mut tongues: Vec<_> = parsed.collect();
        let by_path = tongues
            .iter()
            .map(|t| (Arc::clone(&t.file.path), Arc::clone(t)));
        self.0 = by_path.collect();
        tongues.sort_by(|a, b| a.lang.cmp(&b.lang));
        tongues
    }
}

/// Whether a file's name is a language's tag. Tags of more than three letters are reserved (RFC 5646, 2.2.1), but words
/// of other files look like them.
fn is_language(name: &str) -> bool {
    let first = name.split('-').next().unwrap_or_default();
    first.len() <= 3 && is_tag(name)
}

fn no_language(file: &FileText, name: &str, problems: &mut Problems) {
    let mut r = Reader {
        file: file.clone(),
        problems,
    };
    let plain = suggestion(name);
    r.at(
        Code::UnknownLanguage,
        0..0,
        format!("`{name}` ist kein Kürzel einer Sprache"),
        format!("`{name}` is no code of a language"),
    )
    .help(
        format!("Hier stehen {CLASSES}.toml, {THRESHOLDS}.toml und für jede Sprache eine Datei: de.toml, fa-AF.toml, ar-Latn.toml; andere Dateien gehören woanders hin ({plain}.md wird nicht gelesen)"),
        format!("Here stand {CLASSES}.toml, {THRESHOLDS}.toml and a file for each language: de.toml, fa-AF.toml, ar-Latn.toml; other files belong elsewhere ({plain}.md is not read)"),
    );
}

/// A sum over pieces of text. Lengths go in as well, so that words cannot move from one piece to its neighbour unnoticed.
#[derive(Default)]
pub(in crate::content) struct Sum(Sha256);

impl Sum {
    /// Adds a piece.
    pub fn add(&mut self, piece: impl AsRef<[u8]>) {
        let piece = piece.as_ref();
        self.0.update((piece.len() as u64).to_le_bytes());
        self.0.update(piece);
    }

    /// Adds a list.
    pub fn list(&mut self, pieces: &[String]) {
        self.0.update((pieces.len() as u64).to_le_bytes());
        pieces.iter().for_each(|piece| self.add(piece));
    }

    /// The sum.
    pub fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Content, Loader, MemorySource, OTHER, example_folder, load};
    use crate::model::Level;

    fn content(source: &MemorySource) -> Content {
        load(source, Arc::default()).content.expect("sound content")
    }

    fn changed(path: &str, from: &str, to: &str) -> MemorySource {
        let mut source = example_folder();
        let text = source.0.get_mut(path).expect("the file");
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
        source
    }

    #[test]
    fn classes_and_languages_are_linked_as_written() {
        let detect = content(&example_folder()).detect;
        let (id, class) = detect.class("no_work").expect("by its former name");
        assert_eq!((id, class.level), ("work_ban", Some(Level::Urgent)));
        assert_eq!(class.flow.as_deref(), Some("work"));
        assert_eq!(detect.classes.get_index_of(OTHER), Some(1));
        let (de, en) = (
            &detect.tongues[&Lang::new("de")],
            &detect.tongues[&Lang::new("en")],
        );
        let by = en.reviewed.as_ref().map(|sign| sign.by.as_str());
        assert_eq!((&de.reviewed, by), (&None, Some("Amina Yusuf")));
        assert_eq!(de.negation, ["nicht", "kein*"]);
        let samples = &de.samples["work_ban"];
        assert_eq!(samples.examples.len(), 20);
        assert_eq!(samples.phrases, ["arbeitsverbot*", "darf ~ nicht arbeiten"]);
        assert_eq!(
            detect.tongue(&Lang::new("de-AT")).map(|t| &*t.yes),
            Some("Ja")
        );
        assert_eq!(detect.hash.len(), 16);
    }

    #[test]
    fn content_without_the_folder_recognises_nothing() {
        let mut source = example_folder();
        source.0.retain(|path, _| !path.starts_with(FOLDER));
        let detect = content(&source).detect;
        assert!(detect.classes.is_empty() && detect.tongues.is_empty() && detect.hash.is_empty());
    }

    #[test]
    fn the_hash_changes_with_what_is_recognised_and_with_nothing_else() {
        let hash = |source: &MemorySource| content(source).detect.hash.clone();
        let before = hash(&example_folder());
        let de = "flows/detect/de.toml";
        for (path, from, to, same) in [
            (
                de,
                "\"ich darf nicht arbeiten\"",
                "\"ich darf nie arbeiten\"",
                false,
            ),
            (de, "\"film\", \"haha*\"", "\"film\"", false),
            (de, "arbeitsverbot*", "arbeitsverbote", false),
            (de, "handyverbot", "rauchverbot", false),
            (
                de,
                "[work_ban]",
                "[deadlines]\ndeparture = [\"ausreis*\"]\n[work_ban]",
                false,
            ),
            (
                "flows/detect/classes.toml",
                "flow = \"work\"",
                "deadline = \"departure\"",
                false,
            ),
            (
                "flows/detect/classes.toml",
                "flow = \"work\"",
                "ask = true",
                false,
            ),
            (
                "flows/detect/classes.toml",
                "flow = \"work\"",
                "flow = \"menu\"",
                true,
            ),
            (de, "Hat Ihnen jemand", "Hat Ihnen wirklich jemand", true),
            (de, "TelefonSeelsorge", "Seelsorge", true),
            (de, "[work_ban]", "# nothing\n[work_ban]", true),
        ] {
            assert_eq!(hash(&changed(path, from, to)) == before, same, "{from}");
        }
    }

    #[test]
    fn words_of_deadlines_are_linked_and_other_keys_are_not_known() {
        let table =
            "[deadlines]\nrejection = [\"abgelehnt\"]\ndeparture = [\"ausreis*\"]\n[work_ban]";
        let detect = content(&changed("flows/detect/de.toml", "[work_ban]", table)).detect;
        let de = &detect.tongues[&Lang::new("de")];
        assert_eq!(
            (&de.rejection[..], &de.departure[..]),
            (&["abgelehnt".to_owned()][..], &["ausreis*".to_owned()][..])
        );
        assert!(!detect.classes.contains_key("deadlines"));
        for (wrong, code) in [
            ("arrival = [\"x\"]", "L003"),
            ("departure = [\"a & \"]", "L094"),
        ] {
            let table = format!("[deadlines]\n{wrong}\n[work_ban]");
            let source = changed("flows/detect/de.toml", "[work_ban]", &table);
            let found = crate::content::load(&source, std::sync::Arc::default()).diagnostics;
            assert!(
                found.iter().any(|d| d.code.as_str() == code),
                "{wrong}: {found:?}"
            );
        }
    }

    #[test]
    fn a_changed_file_is_read_again_and_a_deleted_one_forgotten() {
        let mut loader = Loader::default();
        let mut read = |source: &MemorySource| {
            let content = loader.load(source, Arc::default(), None).content;
            content.expect("sound content").detect
        };
        let first = read(&example_folder());
        let other = read(&changed(
            "flows/detect/de.toml",
            "handyverbot",
            "rauchverbot",
        ));
        assert_ne!(first.hash, other.hash);
        assert_eq!(first.hash, read(&example_folder()).hash);
        let german = &example_folder().0["flows/detect/de.toml"];
        let more = example_folder().with("flows/detect/tr.toml", german);
        assert_eq!(read(&more).tongues.len(), 3);
        assert_eq!(read(&example_folder()).tongues.len(), 2);
    }

    #[test]
    fn only_languages_are_languages() {
        for (name, is) in [
            ("de", true),
            ("ckb", true),
            ("fa-AF", true),
            ("ar-Latn", true),
            ("de-x-leicht", true),
            ("notes", false),
            ("classes", false),
            ("de_1", false),
            ("", false),
        ] {
            assert_eq!(is_language(name), is, "{name}");
        }
    }
}
