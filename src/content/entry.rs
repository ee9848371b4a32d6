//! One entry of the texts, with everything that belongs to it, as editors and translators see it.

use super::show::Page;
use super::types::{AskKind, Content, StepKind};
use crate::model::Lang;
use jiff::civil::Date;

/// A text in one language, with its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The words; answers stand as `[field]`.
    pub text: Option<String>,
    /// The options that need a label, and the labels.
    pub labels: Vec<(String, Option<String>)>,
    /// What is said after a wrong answer, where the entry says that itself.
    pub retry: Option<String>,
}

impl Entry {
    /// Whether a person can be told all of it in this language.
    pub fn is_whole(&self) -> bool {
        self.text.is_some() && self.labels.iter().all(|(_, label)| label.is_some())
    }
}

impl Content {
    /// The entry of a step (`file` being its flow), or of a text in `system`, in one language. `None` if no language
    /// has such an entry.
    pub fn entry(&self, lang: &Lang, file: &str, id: &str, today: Date) -> Option<Entry> {
        let step = self.step(file, id);
        let somewhere = |lang: &Lang| self.words.has(lang, file, id);
        if !self.settings.languages.iter().any(|l| somewhere(&l.lang)) {
            return None;
        }
        let attribute = |name: &str| self.words.attribute(lang, file, id, name, &[]);
        let (facts, options): (&[String], Vec<&str>) = match step.map(|s| &s.kind) {
            Some(StepKind::Say { facts, .. }) => (facts, Vec::new()),
            Some(StepKind::Ask(ask)) => (&[], option_ids(&ask.kind)),
            Some(_) => (&[], Vec::new()),
            // The program's own questions.
            None => {
                let known = ["yes", "without", "no", "menu", "human"];
                let source = &self.settings.source;
                let has = |name: &&str| self.words.has_attribute(source, file, id, name);
                (&[], known.into_iter().filter(has).collect())
            }
        };
        let text = match self.flows.get(file) {
            Some(flow) => Page::new(self, flow, lang, today).words(id, facts),
            None => self.words.text(lang, file, id, &[]),
        };
        let labels: Vec<_> = options
            .into_iter()
            .map(|option| (option.to_owned(), attribute(option)))
            .collect();
        Some(Entry {
            retry: attribute("retry"),
            text,
            labels,
        })
    }
}

/// The options whose labels stand in the entry.
fn option_ids(kind: &AskKind) -> Vec<&str> {
    match kind {
        AskKind::Choice(options) => options.iter().map(|o| o.id.as_str()).collect(),
        AskKind::Choices { options, .. } => options.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check::example::folder;
    use crate::content::load;
    use std::sync::Arc;

    #[test]
    fn an_entry_without_one_of_its_labels_is_missing() {
        let source = folder().with(
            "locales/en/work.ftl",
            "paper = Which paper do you have?\n    .gestattung = Permission to stay\nage = How old are you?\n",
        );
        let content = load(&source, Arc::default()).content.unwrap();
        let day = jiff::civil::date(2026, 11, 21);
        let entry =
            |lang: &str, id: &str| content.entry(&Lang::new(lang), "work", id, day).unwrap();
        assert!(entry("de", "paper").is_whole());
        let english = entry("en", "paper");
        assert!(!english.is_whole());
        assert_eq!(english.labels[1], ("duldung".to_owned(), None));
        assert!(entry("en", "age").is_whole());
        assert_eq!(entry("en", "wage").text, None);
        assert!(entry("de", "wage").text.unwrap().contains("13,90"));
        assert_eq!(
            content.entry(&Lang::new("de"), "work", "nothing", day),
            None
        );
        let fallback = content
            .entry(&Lang::new("de"), "system", "fallback", day)
            .unwrap();
        assert_eq!(fallback.labels.len(), 2);
    }
}
