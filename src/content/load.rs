//! From files to content.

use super::check;
use super::diagnostic::{Diagnostic, Problems};
use super::files::{self, Files};
use super::places::Places;
use super::source::{Source, hash};
use super::types::{Content, FieldKind, Flow, StepKind};
use super::words::Words;
use crate::model::Value;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What came of reading a content folder: always all findings, and the content if none of them is an error.
#[derive(Debug)]
pub struct Loaded {
    /// The content; `None` exactly if a finding is an error.
    pub content: Option<Content>,
    /// All findings, by file and position.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a content folder. Never panics, whatever the files hold.
pub fn load(source: &dyn Source, places: Arc<Places>) -> Loaded {
    load_on(source, places, None)
}

/// Like [`load`]; with `today` it also warns of reviews and facts that are too old.
pub fn load_on(source: &dyn Source, places: Arc<Places>, today: Option<Date>) -> Loaded {
    let mut problems = Problems::default();
    let list = files::read_all(source, &mut problems);
    let files = Files::parse(&list, &mut problems);
    check::all(&files, today, &mut problems);
    let sound = !problems.has_errors();
    let content = sound.then(|| {
        let hash = hash(list.iter().map(|f| (&*f.path, &*f.text)));
        link(files, hash, places)
    });
    Loaded {
        content: content.flatten(),
        diagnostics: problems.into_sorted(),
    }
}

/// Makes content of files that were found sound.
fn link(files: Files, hash: String, places: Arc<Places>) -> Option<Content> {
    let settings = files.settings?.1.settings;
    let fields: BTreeMap<_, _> = files
        .fields
        .list
        .into_iter()
        .map(|(id, f)| (id.value, f))
        .collect();
    let flows = files.flows.into_iter().map(|(id, flow)| {
        let mut flow = flow.parsed.flow;
        type_sets(&mut flow, |field| fields.get(field).map(|f| &f.kind));
        (id, flow)
    });
    let flows = flows.collect();
    let offered = |lang: &crate::model::Lang| settings.languages.iter().any(|l| &l.lang == lang);
    let texts = files.texts.into_iter().filter(|t| offered(&t.lang));
    Some(Content {
        hash,
        flows,
        words: Words::new(texts.map(|t| (t.lang, t.name, t.resource))),
        topics: files
            .topics
            .list
            .into_iter()
            .map(|(id, ())| id.value)
            .collect(),
        reasons: files
            .reasons
            .list
            .into_iter()
            .map(|(id, r)| (id.value, r))
            .collect(),
        facts: files
            .facts
            .list
            .into_iter()
            .map(|(id, f)| (id.value, f.fact))
            .collect(),
        fields,
        settings,
        places,
    })
}

/// In files, options, postcodes and texts are all words in quotes; the field says which it is.
fn type_sets<'f>(flow: &mut Flow, kind: impl Fn(&str) -> Option<&'f FieldKind>) {
    for step in flow.steps.values_mut() {
        let StepKind::Set(sets) = &mut step.kind else {
            continue;
        };
        for (field, value) in sets {
            let Value::Choice(word) = value else { continue };
            match kind(field) {
                Some(FieldKind::Text) => *value = Value::Text(std::mem::take(word)),
                Some(FieldKind::Postcode) => {
                    *value = Value::Place {
                        postcode: std::mem::take(word),
                        kreis: None,
                    };
                }
                _ => {}
            }
        }
    }
}
