//! What a new content changes, for whoever decides whether it goes live.

use super::paths::{Place, place};
use super::source::Source;
use super::types::{Content, Step, StepKind};
use crate::model::Lang;
use fluent_syntax::ast::{Attribute, Entry, Pattern, Resource};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepChange {
    /// It is new.
    Added,
    /// It does something else, or leads elsewhere.
    Changed,
    /// It asks for another kind of answer: people who stand there are asked anew.
    AsksOther,
    /// It is gone, and stands under another name now.
    Moved(String),
    /// It is gone.
    Removed,
}

/// How many texts of a language changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextChanges {
    /// New ones.
    pub added: usize,
    /// With other words.
    pub changed: usize,
    /// Gone.
    pub removed: usize,
    /// Those with other words, `work/status`.
    pub names: Vec<String>,
}

/// What differs between two contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Flows that are new.
    pub flows_added: Vec<String>,
    /// Flows that are gone.
    pub flows_removed: Vec<String>,
    /// By flow and step, in flows that are in both.
    pub steps: BTreeMap<(String, String), StepChange>,
    /// Files beside the flows that changed: fields, facts, settings …
    pub files: Vec<String>,
    /// By language; only those where something changed.
    pub texts: BTreeMap<Lang, TextChanges>,
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A content with its files.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The content.
    pub content: &'a Content,
    /// Its files.
    pub source: &'a dyn Source,
}

/// Compares what is live with what shall be.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Changes {
    let mut changes = Changes::default();
    let (before, after) = (&old.content.flows, &new.content.flows);
    let only = |here: &BTreeMap<String, _>, there: &BTreeMap<String, _>| {
        let missing = here.keys().filter(|id| !there.contains_key(*id));
        missing.cloned().collect::<Vec<String>>()
    };
    changes.flows_added = only(after, before);
    changes.flows_removed = only(before, after);
    for (id, flow) in after {
        let Some(old) = before.get(id) else { continue };
        for (step, now) in &flow.steps {
            let change = match old.steps.get(step) {
                None => StepChange::Added,
                Some(was) if asks(was) != asks(now) => StepChange::AsksOther,
                Some(was) if was != now => StepChange::Changed,
                Some(_) => continue,
            };
            changes.steps.insert((id.clone(), step.clone()), change);
        }
        for step in old.steps.keys().filter(|s| !flow.steps.contains_key(*s)) {
            let moved = flow.moved.get(step).cloned();
            let change = moved.map_or(StepChange::Removed, StepChange::Moved);
            changes.steps.insert((id.clone(), step.clone()), change);
        }
    }
    files(old.source, new.source, &mut changes);
    changes
}

/// The kind of answer that a step waits for.
fn asks(step: &Step) -> Option<&'static str> {
    match &step.kind {
        StepKind::Ask(ask) => Some(ask.kind.as_str()),
        _ => None,
    }
}

fn files(old: &dyn Source, new: &dyn Source, changes: &mut Changes) {
    let paths: BTreeSet<String> = old.paths().into_iter().chain(new.paths()).collect();
    for path in paths {
        let (before, after) = (old.read(&path), new.read(&path));
        if before == after {
            continue;
        }
        let language = path
            .strip_prefix("locales/")
            .and_then(|p| p.split_once('/'));
        if let Some((lang, file)) = language {
            let texts = changes.texts.entry(Lang::new(lang)).or_default();
            count(
                file.trim_end_matches(".ftl"),
                &before.unwrap_or_default(),
                &after.unwrap_or_default(),
                texts,
            );
        } else if path.starts_with("flows/")
            && !matches!(place(&path), Place::Ignored)
            && !is_flow(&path, changes)
        {
            changes.files.push(path);
        }
    }
    changes
        .texts
        .retain(|_, texts| *texts != TextChanges::default());
}

/// Changed flows are told step by step.
fn is_flow(path: &str, changes: &Changes) -> bool {
    let id = path.trim_start_matches("flows/").trim_end_matches(".toml");
    let named = |list: &[String]| list.iter().any(|f| f == id);
    let stepped = changes.steps.keys().any(|(flow, _)| flow == id);
    stepped || named(&changes.flows_added) || named(&changes.flows_removed)
}

fn count(file: &str, before: &str, after: &str, texts: &mut TextChanges) {
    let (before, after) = (entries(before), entries(after));
    let (before, after) = (by_id(&before), by_id(&after));
    texts.added += after.keys().filter(|id| !before.contains_key(*id)).count();
    texts.removed += before.keys().filter(|id| !after.contains_key(*id)).count();
    let changed = |id: &str, now: &Text<'_, '_>| before.get(id).is_some_and(|was| was != now);
    let changed = after.iter().filter(|(id, now)| changed(id, now));
    let names: Vec<String> = changed.map(|(id, _)| format!("{file}/{id}")).collect();
    texts.changed += names.len();
    texts.names.extend(names);
}

fn entries(ftl: &str) -> Resource<&str> {
    match parser::parse(ftl) {
        Ok(resource) | Err((resource, _)) => resource,
    }
}

/// Words and labels. A comment above them is not a part of what people read.
type Text<'r, 's> = (Option<&'r Pattern<&'s str>>, &'r [Attribute<&'s str>]);

fn by_id<'r, 's>(resource: &'r Resource<&'s str>) -> BTreeMap<&'s str, Text<'r, 's>> {
    let text = |entry: &'r Entry<&'s str>| match entry {
        Entry::Message(m) => Some((m.id.name, (m.value.as_ref(), m.attributes.as_slice()))),
        _ => None,
    };
    resource.body.iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::example::folder;
    use super::super::{MemorySource, load};
    use super::*;
    use std::sync::Arc;

    fn changes(to: &MemorySource) -> Changes {
        let old = folder();
        let (before, after) = (load(&old, Arc::default()), load(to, Arc::default()));
        let (before, after) = (before.content.unwrap(), after.content.unwrap());
        compare(
            Version {
                content: &before,
                source: &old,
            },
            Version {
                content: &after,
                source: to,
            },
        )
    }

    fn edited(path: &str, edits: &[(&str, &str)]) -> MemorySource {
        let mut text = folder().0[path].clone();
        for (from, to) in edits {
            assert!(text.contains(from), "{path} has no {from:?}");
            text = text.replace(from, to);
        }
        folder().with(path, &text)
    }

    #[test]
    fn the_same_content_has_no_changes() {
        assert!(changes(&folder()).is_empty());
    }

    #[test]
    fn steps_are_told_by_what_became_of_them() {
        let source = edited(
            "flows/work.toml",
            &[
                ("min = 0\n", "min = 1\n"),
                ("[step.wage]", "[step.pay]"),
                ("-> wage", "-> pay"),
                ("\"wage\"", "\"pay\""),
            ],
        );
        let words = source.0["locales/de/work.ftl"].replace("wage =", "pay =");
        let source = source.with("locales/de/work.ftl", &words);
        let changes = changes(&source);
        let told: Vec<_> = changes
            .steps
            .iter()
            .map(|((_, step), change)| (step.as_str(), change.clone()))
            .collect();
        assert!(told.contains(&("age", StepChange::Changed)), "{told:?}");
        assert!(told.contains(&("pay", StepChange::Added)), "{told:?}");
        assert!(told.contains(&("wage", StepChange::Removed)), "{told:?}");
        let german = &changes.texts[&Lang::new("de")];
        assert_eq!((german.added, german.changed, german.removed), (1, 0, 1));
    }

    #[test]
    fn a_text_counts_when_its_words_change_and_not_when_a_comment_does() {
        let path = "locales/de/work.ftl";
        let commented = format!("# seen\n{}", folder().0[path]);
        assert!(changes(&folder().with(path, &commented)).texts.is_empty());
        let texts = changes(&edited(path, &[("age = Wie", "age = Nun: wie")])).texts;
        let german = &texts[&Lang::new("de")];
        assert_eq!(
            (german.changed, german.names.as_slice()),
            (1, &["work/age".to_owned()][..])
        );
    }

    #[test]
    fn other_files_are_named() {
        let source = edited(
            "flows/settings.toml",
            &[("max_age_days = 180", "max_age_days = 90")],
        );
        // A note for editors is no change for people.
        let source = source.with("flows/README.md", "Read me.");
        assert_eq!(changes(&source).files, ["flows/settings.toml"]);
    }
}
