//! One entry of the texts, with everything that belongs to it, as editors and translators see it.

use super::show::Page;
use super::types::{AskKind, Content, Review, StepKind};
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
    /// How it stands to the text that it was translated from.
    pub mark: Mark,
}

/// How a text stands to the one that it was translated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The others are translated from this one.
    Source,
    /// It, or a part of it, is not there.
    Missing,
    /// Nobody has checked what the machine wrote.
    Machine,
    /// Somebody has checked it.
    Reviewed {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
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
        let complete = text.is_some() && labels.iter().all(|(_, label)| label.is_some());
        Some(Entry {
            mark: self.mark(lang, complete),
            retry: attribute("retry"),
            text,
            labels,
        })
    }

    fn mark(&self, lang: &Lang, complete: bool) -> Mark {
        if !complete {
            return Mark::Missing;
        }
        match self.language(lang).map(|l| &l.review) {
            Some(Review::Source) => Mark::Source,
            Some(Review::Reviewed { by, on }) => Mark::Reviewed {
                by: by.clone(),
                on: *on,
            },
            Some(Review::Machine) | None => Mark::Machine,
        }
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
        assert_eq!(entry("de", "paper").mark, Mark::Source);
        let english = entry("en", "paper");
        assert_eq!(english.mark, Mark::Missing);
        assert_eq!(english.labels[1], ("duldung".to_owned(), None));
        assert_eq!(entry("en", "age").mark, Mark::Machine);
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
