//! Taking translations back: what is sound is put into the files, what is not is refused with the reason.

use super::catalogue::Catalogue;
use super::edit::Change;
use super::incoming::{Given, Incoming};
use super::take::{Refusal, Take, parsed, units_of};
use super::unit::{Origin, origins};
use crate::content::record::{Hash, Record, SignOff, State};
use std::sync::Arc;

/// What came of taking a file back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The files to be written, with all that is sound.
    pub changes: Vec<Change>,
    /// What is not, in the order of the file that came.
    pub refused: Vec<Refusal>,
    /// How many texts (each with its labels) get other words.
    pub changed: usize,
    /// How many keep their words and are up to date or signed off now.
    pub confirmed: usize,
}

impl Catalogue {
    /// Takes a file back. `sign`: who signs off what is in it. Writes nothing itself.
    pub fn import(&self, incoming: &Incoming, sign: Option<&SignOff>) -> Imported {
        let lang = &incoming.lang;
        let entries = self.entries_with(lang, true);
        let all: Vec<Origin> = entries
            .iter()
            .enumerate()
            .flat_map(|(index, entry)| origins(index, entry, lang))
            .collect();
        let mut take = Take {
            catalogue: self,
            lang,
            entries: &entries,
            all: &all,
            refused: Vec::new(),
        };
        let mut backs = take.sort(incoming);
        let texts = take.sound(&mut backs);
        let mut refused = take.refused;
        refused.sort_by_key(|r| r.line);
        let mut outcome = Imported {
            refused,
            ..Imported::default()
        };
        outcome.changed = backs.values().filter(|b| !b.changed.is_empty()).count();
        let mut records = self.records(lang);
        let sign = sign.map(|sign| Arc::new(sign.clone()));
        let files = parsed(self, lang, &texts);
        for (index, back) in &backs {
            let entry = &entries[*index];
            let Some(text) = files.text(lang, entry.file) else {
                continue;
            };
            let Some(message) = text.message(entry.id) else {
                continue;
            };
            let wanted = units_of(&all, *index).filter(|(_, o)| o.row.needed).count();
            let settled = |(at, given): &&(usize, &Given)| {
                all[*at].row.needed
                    && (given.settled || back.changed.contains(at) || sign.is_some())
            };
            // Rows that may be left out do not count.
            let whole = back.units.iter().filter(settled).count() == wanted;
            let (source, text) = (Hash::of(entry.original), Hash::of(message));
            let old = records.best(entry.file, entry.id, source, text).cloned();
            let stays_stale = entry.state == State::Stale && !whole;
            let new = Record {
                source: old
                    .as_ref()
                    .filter(|_| stays_stale)
                    .map_or(source, |o| o.source),
                text,
                signed: match &sign {
                    Some(sign) if whole => Some(Arc::clone(sign)),
                    _ if back.changed.is_empty() && !stays_stale => old
                        .as_ref()
                        .filter(|o| o.source == source && o.text == text)
                        .and_then(|o| o.signed.clone()),
                    _ => None,
                },
            };
            let wished = sign.is_some() || entry.state == State::Stale;
            let touched = !back.changed.is_empty() || whole && wished;
            if touched && old.as_ref() != Some(&new) {
                if back.changed.is_empty() {
                    outcome.confirmed += 1;
                }
                records.set(entry.file, entry.id, new);
            }
        }
        outcome.changes = texts
            .into_iter()
            .map(|(path, text)| Change { path, text })
            .collect();
        if outcome.changed + outcome.confirmed > 0 {
            outcome.changes.extend(self.keep(lang, records));
        }
        outcome
    }
}
