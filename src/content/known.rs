//! What was read before: a file that has not changed is not parsed again. Where there are many files, several are
//! worked on at once.

use super::diagnostic::{Code, Diagnostic, FileText, Problems};
use super::near::suggestion;
use super::parse::detect::KnownTongues;
use super::parse::flow::{self, FlowFile};
use super::parse::ftl::{self, TextFile};
use super::parse::reader::{Entries, Reader, is_id};
use super::parse::toml_error;
use super::paths::{Place, RESERVED_FILES, place};
use super::record::{NoRecord, Records};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use toml::de::DeTable;

/// A parsed flow and its file.
#[derive(Debug)]
pub(super) struct FlowAt {
    pub file: FileText,
    pub parsed: FlowFile,
    /// The file has syntax errors; only its existence counts.
    pub broken: bool,
    /// What is wrong within the file.
    pub findings: Vec<Diagnostic>,
}

/// Files as they were read before.
#[derive(Default)]
pub(super) struct Known {
    texts: HashMap<Arc<str>, Arc<TextFile>>,
    flows: HashMap<Arc<str>, Arc<FlowAt>>,
    records: HashMap<Arc<str>, Arc<RecordsAt>>,
    pub tongues: KnownTongues,
}

/// The records of a language, and what is wrong with their file.
pub(super) struct RecordsAt {
    pub file: FileText,
    pub records: Arc<Records>,
    pub faults: Vec<NoRecord>,
}

/// A file that was parsed.
trait Parsed {
    fn file(&self) -> &FileText;
}

impl Parsed for TextFile {
    fn file(&self) -> &FileText {
        &self.file
    }
}

impl Parsed for FlowAt {
    fn file(&self) -> &FileText {
        &self.file
    }
}

impl Parsed for RecordsAt {
    fn file(&self) -> &FileText {
        &self.file
    }
}

impl Known {
    /// The text files of a list.
    pub fn texts(&mut self, list: &[FileText]) -> Vec<Arc<TextFile>> {
        again(&mut self.texts, list, |file| match place(&file.path) {
            Place::Ftl(lang, name) => Some(ftl::read(file.clone(), lang, name)),
            _ => None,
        })
    }

    /// The flows of a list.
    pub fn flows(&mut self, list: &[FileText]) -> Vec<Arc<FlowAt>> {
        again(&mut self.flows, list, |file| match place(&file.path) {
            Place::Flow(id) => Some(read_flow(file, id)),
            _ => None,
        })
    }

    /// The records of a list.
    pub fn records(&mut self, list: &[FileText]) -> Vec<Arc<RecordsAt>> {
        again(&mut self.records, list, |file| match place(&file.path) {
            Place::State(_) => {
                let (records, faults) = Records::read(&file.text);
                Some(RecordsAt {
                    file: file.clone(),
                    records: Arc::new(records),
                    faults,
                })
            }
            _ => None,
        })
    }
}

/// The files of one kind, in the order of the list; those that are not in the list are forgotten.
fn again<T: Parsed + Send + Sync>(
    known: &mut HashMap<Arc<str>, Arc<T>>,
    list: &[FileText],
    read: impl Fn(&FileText) -> Option<T> + Sync,
) -> Vec<Arc<T>> {
    let parsed = side_by_side(list, |files| {
        let one = |file: &FileText| {
            let before = known.get(&file.path);
            match before.filter(|known| known.file().text == file.text) {
                Some(known) => Some(Arc::clone(known)),
                None => read(file).map(Arc::new),
            }
        };
        files.iter().filter_map(one).collect::<Vec<_>>()
    });
    let parsed: Vec<Arc<T>> = parsed.into_iter().flatten().collect();
    *known = parsed
        .iter()
        .map(|t| (Arc::clone(&t.file().path), Arc::clone(t)))
        .collect();
    parsed
}

/// Files that are worked on together: a few are not worth the way to another core.
const TOGETHER: usize = 100;

/// Works on parts of a list at once, on as many cores as there are; the results come in the list's order.
pub(super) fn side_by_side<T: Sync, R: Send>(
    list: &[T],
    work: impl Fn(&[T]) -> R + Sync + Send,
) -> Vec<R> {
    list.par_chunks(TOGETHER).map(work).collect()
}

/// A flow whose file cannot be read: it is there, and no more is known of it.
pub(super) fn unread_flow(file: FileText, id: &str) -> FlowAt {
    let mut scratch = Problems::default();
    let mut r = Reader {
        file: file.clone(),
        problems: &mut scratch,
    };
    let table = DeTable::new();
    FlowAt {
        parsed: flow::read(&mut r, id, Entries::new(&table, 0..0)),
        file,
        broken: true,
        findings: Vec::new(),
    }
}

/// Reads a flow's file.
fn read_flow(file: &FileText, id: &str) -> FlowAt {
    let mut problems = Problems::default();
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let broken = !errors.is_empty();
    toml_error::report(&mut problems, file, &errors);
    // Of a file with syntax errors only the names count; what else seems wrong in it may be a consequence.
    let mut scratch = Problems::default();
    let mut r = Reader {
        file: file.clone(),
        problems: if broken { &mut scratch } else { &mut problems },
    };
    flow_id(&mut r, id);
    let parsed = flow::read(&mut r, id, Entries::new(table.get_ref(), 0..0));
    FlowAt {
        file: file.clone(),
        parsed,
        broken,
        findings: problems.into_list(),
    }
}

/// A flow's file name is an id as well.
fn flow_id(r: &mut Reader<'_>, id: &str) {
    for part in id.split('/').filter(|part| !is_id(part)) {
        let plain = suggestion(part);
        r.at(
            Code::BadId,
            0..0,
            format!("benennen Sie die Datei um: `{plain}` statt `{part}`"),
            format!("rename the file: `{plain}` instead of `{part}`"),
        )
        .help(
            "Der Name der Datei ist der Name des Ablaufs: a–z, 0–9 und _, ohne Leerzeichen und Umlaute",
            "The file's name is the flow's name: a–z, 0–9 and _, without blanks and accents",
        );
    }
    if RESERVED_FILES.contains(&id) {
        r.at(
            Code::ReservedWord,
            0..0,
            format!("ein Ablauf kann nicht `{id}` heißen"),
            format!("a flow cannot be named `{id}`"),
        )
        .help(
            "Geben Sie der Datei einen anderen Namen",
            "Give the file another name",
        );
    }
}
