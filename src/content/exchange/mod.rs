//! Translators: what there is to translate, what state it is in, how it goes out and comes back.
//!
//! Everything here works on the text of the files and gives texts of files; somebody else reads and writes them.

mod catalogue;
mod edit;
mod import;
mod incoming;
mod layout;
pub mod po;
mod scaffold;
mod sign;
pub mod table;
mod take;
mod tree;
mod unit;
mod words;
pub mod xliff;

pub use catalogue::{Catalogue, Count};
pub use edit::Change;
pub use import::{Imported, Refusal};
pub use incoming::{Given, Incoming, Unreadable};
pub use sign::{SignError, Signed};
pub use unit::{Document, Unit};

use super::files::Files;
use super::record::State;
use crate::model::Lang;
use std::collections::HashSet;

/// Whether a word has the form of a language's code.
pub fn is_language(tag: &str) -> bool {
    super::locale::is_tag(tag)
}

/// Files of languages in which not every text is signed off as it stands.
pub(super) fn unchecked(files: &Files, source: &Lang) -> HashSet<(Lang, String)> {
    let mut found = HashSet::new();
    for text in files.texts.iter().filter(|t| t.lang != *source) {
        let records = files.records.get(&text.lang).filter(|r| r.any_signed());
        let checked = records.is_some_and(|records| {
            let original = files.text(source, &text.name);
            text.messages().all(|message| {
                let id = message.id.name;
                let hashes = original.and_then(|o| o.hash(id)).zip(text.hash(id));
                let key = format!("{}/{id}", text.name);
                let state = hashes.map(|(from, to)| records.state(&key, from, to));
                matches!(state, Some(State::Reviewed(_)))
            })
        });
        if !checked {
            found.insert((text.lang.clone(), text.name.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests;
