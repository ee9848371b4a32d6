//! Matching what a person wrote to the question that waits.

use super::question::Question;
use super::run::Run;
use super::say::MAX_TEXT;
use super::types::Pending;
use crate::content::{Ask, AskKind, Content};
use crate::model::{Lang, Value};
use crate::text;
use unicode_segmentation::UnicodeSegmentation;

/// A text longer than this (in bytes) is no label.
const LONGEST_LABEL: usize = 400;

/// Short answers that are the same as a button `yes` or `no`, as [`text::key`]s, besides the buttons' own labels.
const YES: &[&str] = &[
    "ja", "jo", "jup", "klar", "gerne", "yes", "yeah", "yep", "sure", "ok", "okay", "نعم", "ايوا",
    "ايوه", "اي", "اجل", "evet", "tamam", "oui", "да", "так", "بله", "اره", "ere", "belé", "haa",
];
const NO: &[&str] = &[
    "nein", "ne", "nee", "no", "nope", "لا", "كلا", "hayir", "yok", "non", "нет", "ні", "نه", "na",
    "maya",
];

/// What an answer means for the question that waits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Understood {
    /// The option with this id.
    Option(String),
    /// A value that fits the question.
    Value(Value),
    /// A postcode.
    Postcode(String),
    /// A text of which only the beginning can be kept.
    TooLong(String),
}

impl Run<'_> {
    /// What a text means as an answer, if it is one.
    pub(super) fn understand(
        &self,
        question: Question<'_, '_>,
        written: &str,
    ) -> Option<Understood> {
        let Question::Step(flow, step, ask) = question else {
            return self.option_meant(question, written).map(Understood::Option);
        };
        match ask.kind {
            AskKind::Choice(_) | AskKind::Language => {
                self.option_meant(question, written).map(Understood::Option)
            }
            AskKind::Number { min, max } => {
                let asked = self
                    .content
                    .words
                    .text(&self.lang(), &flow.id, &step.id, &[]);
                let n = text::number(written).filter(|n| {
                    min.is_none_or(|min| min <= *n)
                        && max.is_none_or(|max| *n <= max)
                        && text::same_unit(asked.as_deref().unwrap_or_default(), written)
                })?;
                Some(Understood::Value(Value::Number(n)))
            }
            AskKind::Date => {
                let date = text::date(written, self.env.now.date())?;
                Some(Understood::Value(Value::Date(date)))
            }
            AskKind::Postcode => text::postcode(written).map(Understood::Postcode),
            AskKind::Text => free_text(written),
        }
    }

    /// The option that a text means: by its label in any language, by its number, by a word for yes or no, or by a
    /// label with a slip in it. Two options that fit equally well are none.
    fn option_meant(&self, question: Question<'_, '_>, written: &str) -> Option<String> {
        if written.len() > LONGEST_LABEL {
            return None;
        }
        let ids = question.options(self.content);
        let said = text::key(written);
        let names = self.names(question, &ids);
        let exact = only(names.iter().filter(|n| n.whole == said).map(|n| n.option));
        let numbered = || {
            let n = usize::try_from(text::whole_number(written)?).ok()?;
            n.checked_sub(1).filter(|&i| i < ids.len())
        };
        let yes_or_no = || {
            let listed = |words: &[&str]| words.iter().any(|w| text::key(w) == said);
            let meant = if listed(YES) {
                "yes"
            } else if listed(NO) {
                "no"
            } else {
                return None;
            };
            ids.iter().position(|id| id == meant)
        };
        let beginning = || {
            only(
                names
                    .iter()
                    .filter(|n| n.beginning == said)
                    .map(|n| n.option),
            )
        };
        let close = || {
            let all = names.iter().flat_map(|n| {
                [
                    (n.option, n.whole.as_str()),
                    (n.option, n.beginning.as_str()),
                ]
            });
            text::closest(&said, all)
        };
        let language = || match question {
            Question::Step(
                _,
                _,
                Ask {
                    kind: AskKind::Language,
                    ..
                },
            ) => {
                let lang = language_meant(self.content, written)?;
                ids.iter().position(|id| id == lang.as_str())
            }
            _ => None,
        };
        if said.is_empty() {
            return None;
        }
        let found = exact
            .or_else(numbered)
            .or_else(yes_or_no)
            .or_else(beginning)
            .or_else(language)
            .or_else(close)?;
        ids.get(found).cloned()
    }

    /// What the options are called in all languages.
    fn names(&self, question: Question<'_, '_>, ids: &[String]) -> Vec<Name> {
        let mut names = Vec::new();
        for language in &self.content.settings.languages {
            for (option, id) in ids.iter().enumerate() {
                let Some(label) = question.label(self.content, &language.lang, id) else {
                    continue;
                };
                let beginning = label
                    .split([',', ';', ':', '.', '!', '?', '–', '—', '(', '/', '،'])
                    .next();
                names.push(Name {
                    option,
                    beginning: text::key(beginning.unwrap_or_default()),
                    whole: text::key(&label),
                });
            }
            if !question.labels_are_words() {
                break;
            }
        }
        names
    }
}

/// What an option is called in one language.
struct Name {
    option: usize,
    whole: String,
    /// The label up to its first punctuation mark: "Ja" of "Ja, weitergeben".
    beginning: String,
}

/// The one value of all that are there; none if they differ.
fn only(mut options: impl Iterator<Item = usize>) -> Option<usize> {
    let first = options.next()?;
    options.all(|o| o == first).then_some(first)
}

fn language_meant<'c>(content: &'c Content, written: &str) -> Option<&'c Lang> {
    text::language_named(
        written,
        content
            .settings
            .languages
            .iter()
            .map(|l| (&l.lang, l.name.as_str())),
    )
}

fn free_text(written: &str) -> Option<Understood> {
    let shown = text::shown(written);
    if text::normalise(&shown).is_empty() {
        return None;
    }
    match shown.grapheme_indices(true).nth(MAX_TEXT) {
        Some((end, _)) => Some(Understood::TooLong(shown[..end].to_owned())),
        None => Some(Understood::Value(Value::Text(shown))),
    }
}

/// The options of a place question are Kreise; this is the value for one of them.
pub(super) fn place_value(pending: &Pending, kreis: Option<String>) -> Option<Value> {
    match pending {
        Pending::Place { postcode, .. } => Some(Value::Place {
            postcode: postcode.clone(),
            kreis,
        }),
        _ => None,
    }
}
