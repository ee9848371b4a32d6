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
pub use import::Imported;
pub use incoming::{Given, Incoming, Unreadable};
pub use sign::{SignError, Signed};
pub use take::Refusal;
pub use unit::{Document, Unit};

use super::files::Files;
use super::known::side_by_side;
use super::parse::ftl::TextFile;
use super::record::{FileRecords, State};
use super::types::{Review, Settings};
use crate::model::Lang;
use std::collections::{BTreeSet, HashSet};

/// Whether a word has the form of a language's code.
pub fn is_language(tag: &str) -> bool {
    super::locale::is_tag(tag)
}

/// Files of languages with texts of which a person has to be told that nobody has checked them.
///
/// In a language that a machine translates, all that is not signed off as it stands now. In one that somebody answers for
/// as a whole, what they cannot have meant: texts of which a record says that nobody has signed them off, or that the
/// source has changed since. What has no record at all they answer for.
pub(super) fn unchecked(files: &Files, settings: &Settings) -> HashSet<(Lang, String)> {
    let source = &settings.source;
    let language = |lang: &Lang| settings.languages.iter().find(|l| l.lang == *lang);
    let records = files.records.iter().filter(|(_, r)| r.any_signed());
    let signed: BTreeSet<&Lang> = records.map(|(lang, _)| lang).collect();
    let none = FileRecords::default();
    let checked = |text: &TextFile| {
        let records = files.records.get(&text.lang);
        let records = records.and_then(|r| r.of(&text.name)).unwrap_or(&none);
        let by_word = match language(&text.lang).map(|l| &l.review) {
            Some(Review::Source) => return true,
            Some(Review::Reviewed { .. }) => true,
            _ => false,
        };
        if !by_word && !signed.contains(&text.lang) {
            return false;
        }
        let original = files.text(source, &text.name);
        text.messages().all(|message| {
            let id = message.id.name;
            if by_word && !records.has(id) {
                return true;
            }
            let hashes = original.and_then(|o| o.hash(id)).zip(text.hash(id));
            let state = hashes.map(|(from, to)| records.state(id, from, to));
            // What the source does not have, nobody says.
            state.map_or(by_word, |state| matches!(state, State::Reviewed(_)))
        })
    };
    let found = side_by_side(&files.texts, |texts| {
        let unchecked = texts.iter().filter(|t| t.lang != *source && !checked(t));
        let places = unchecked.map(|t| (t.lang.clone(), t.name.clone()));
        places.collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
