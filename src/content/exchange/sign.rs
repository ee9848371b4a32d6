//! Signing translations off, and taking down what they were made from.

use super::catalogue::{Catalogue, Entry};
use super::edit::Change;
use crate::content::near::nearest;
use crate::content::record::{Hash, Record, Records, SignOff, State};
use crate::model::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What came of signing off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The file of records, if it changes.
    pub change: Option<Change>,
    /// How many texts are signed off now.
    pub texts: usize,
    /// Texts that cannot be signed off because they are missing, wholly or in part.
    pub missing: Vec<String>,
}

/// What was to be signed off is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no text `{asked}`{}", .meant.as_ref().map(|m| format!("; did you mean `{m}`?")).unwrap_or_default())]
pub struct SignError {
    /// What was asked for.
    pub asked: String,
    /// What is called nearly so.
    pub meant: Option<String>,
}

impl Catalogue {
    /// Signs off all texts of a language, those of a flow (`work`), or one (`work/status`).
    ///
    /// # Errors
    /// If there is no such flow and no such text.
    pub fn sign_off(
        &self,
        lang: &Lang,
        which: Option<&str>,
        sign: &SignOff,
    ) -> Result<Signed, SignError> {
        let entries = self.entries(lang);
        let meant = |e: &&Entry<'_>| which.is_none_or(|w| w == e.file || w == e.key());
        let mut records = self.records(lang);
        let sign = Arc::new(sign.clone());
        let (mut texts, mut missing) = (0, Vec::new());
        for entry in entries.iter().filter(meant) {
            match (entry.message, &entry.state) {
                (Some(message), state) if *state != State::Missing => {
                    texts += 1;
                    records.set(
                        entry.file,
                        entry.id,
                        Record {
                            source: Hash::of(entry.original),
                            text: Hash::of(message),
                            signed: Some(Arc::clone(&sign)),
                        },
                    );
                }
                _ => missing.push(entry.key()),
            }
        }
        match which {
            Some(asked) if texts == 0 && missing.is_empty() => {
                let keys: Vec<String> = entries.iter().map(Entry::key).collect();
                let names = entries
                    .iter()
                    .map(|e| e.file)
                    .chain(keys.iter().map(String::as_str));
                Err(SignError {
                    asked: asked.to_owned(),
                    meant: nearest(asked, names).map(str::to_owned),
                })
            }
            _ => Ok(Signed {
                change: self.keep(lang, records),
                texts,
                missing,
            }),
        }
    }

    /// Takes down what has no record yet, or was changed by hand since, as made from the present source and signed
    /// off by nobody. A text that is stale stays stale. Returns the file, if it changes, and how many texts it is about.
    pub fn adopt(&self, lang: &Lang) -> (Option<Change>, usize) {
        let mut records = self.records(lang);
        let mut texts = 0;
        for entry in self.entries(lang) {
            let Some(message) = entry.message else {
                continue;
            };
            if entry.state == State::Missing {
                continue;
            }
            let (source, text) = (Hash::of(entry.original), Hash::of(message));
            if records
                .best(entry.file, entry.id, source, text)
                .is_none_or(|r| r.text != text)
            {
                texts += 1;
                records.set(
                    entry.file,
                    entry.id,
                    Record {
                        source,
                        text,
                        signed: None,
                    },
                );
            }
        }
        (self.keep(lang, records), texts)
    }

    /// The records of a language as they are.
    pub(super) fn records(&self, lang: &Lang) -> Records {
        let records = self.files.records.get(lang);
        records.map(|r| Records::clone(r)).unwrap_or_default()
    }

    /// The file of records, without those of texts that are gone, if it changes.
    pub(super) fn keep(&self, lang: &Lang, mut records: Records) -> Option<Change> {
        let entries = self.entries_with(lang, true);
        let there: BTreeSet<_> = entries.iter().map(|e| (e.file, e.id)).collect();
        records.retain(|file, id| there.contains(&(file, id)));
        let path = Self::state_path(lang);
        let text = records.write();
        (text != self.raw(&path)).then_some(Change { path, text })
    }
}
