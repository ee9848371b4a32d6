//! Which option of a question a person's words mean.

use super::question::Question;
use super::run::Run;
use crate::content::{Ask, AskKind};
use crate::text;

/// A text longer than this (in bytes) is no label.
const LONGEST_LABEL: usize = 400;

/// What an option is called in one language.
struct Name {
    option: usize,
    /// In the person's language.
    own: bool,
    whole: String,
    /// The label up to its first punctuation mark: "Ja" of "Ja, weitergeben".
    beginning: String,
}

impl<'a> Run<'a> {
    /// The option that a text means: by its label in any language, by its number, by a short word for yes or no, or by a
    /// label with a slip in it, or by ear, in Latin letters. Two options that fit equally well are none.
    pub(super) fn option_meant(&self, question: Question<'_, 'a>, written: &str) -> Option<String> {
        if written.len() > LONGEST_LABEL {
            return None;
        }
        let ids = self.options(question);
        let said = text::key(written);
        let found = if said.is_empty() {
            short(&ids, written)
        } else {
            let names = self.names(question, &ids);
            let named = |part: fn(&Name) -> &str| {
                only(names.iter().filter(|n| part(n) == said).map(|n| n.option))
            };
            named(|n| &n.whole)
                .or_else(|| numbered(&ids, written))
                .or_else(|| short(&ids, written))
                .or_else(|| named(|n| &n.beginning))
                .or_else(|| self.language_meant(question, &ids, written))
                .or_else(|| close(&names, &said))
                .or_else(|| by_ear(&names, written))
        };
        ids.get(found?).cloned()
    }

    /// What the options are called in all languages.
    fn names(&self, question: Question<'_, '_>, ids: &[String]) -> Vec<Name> {
        let (mut names, own) = (Vec::new(), self.lang());
        for language in &self.content.settings.languages {
            for (option, id) in ids.iter().enumerate() {
                let Some(label) = question.label(self.content, &language.lang, id) else {
                    continue;
                };
                let marks = [',', ';', ':', '.', '!', '?', '–', '—', '(', '/', '،'];
                let beginning = text::key(label.split(marks).next().unwrap_or_default());
                names.push(Name {
                    option,
                    own: language.lang == own,
                    whole: text::key(&label),
                    beginning,
                });
            }
            if !question.labels_are_words() {
                break;
            }
        }
        names
    }

    /// The language that a text names, where a language is asked for.
    fn language_meant(
        &self,
        question: Question<'_, '_>,
        ids: &[String],
        written: &str,
    ) -> Option<usize> {
        let Question::Step(
            _,
            _,
            Ask {
                kind: AskKind::Language,
                ..
            },
        ) = question
        else {
            return None;
        };
        let offered = self
            .content
            .settings
            .languages
            .iter()
            .map(|l| (&l.lang, l.name.as_str()));
        let lang = text::language_named(written, offered)?;
        ids.iter().position(|id| id == lang.as_str())
    }
}

fn numbered(ids: &[String], written: &str) -> Option<usize> {
    let n = usize::try_from(text::whole_number(written)?).ok()?;
    n.checked_sub(1).filter(|&i| i < ids.len())
}

/// Short answers are the same as the button with this id, whatever its label says.
fn short(ids: &[String], written: &str) -> Option<usize> {
    let meant = text::short_answer(written)?;
    ids.iter().position(|id| id == meant)
}

/// The one option whose label, in the person's language and another script, sounds like what was typed in Latin letters.
/// The labels of other languages do not count: a German word may well sound like an Arabic label.
fn by_ear(names: &[Name], written: &str) -> Option<usize> {
    let said = Some(written)
        .filter(|w| text::is_latin(w))
        .and_then(text::sound)?;
    let sounds_so = |n: &&Name| {
        let parts = [&n.whole, &n.beginning];
        n.own
            && parts
                .into_iter()
                .any(|part| !text::is_latin(part) && text::sound(part).as_ref() == Some(&said))
    };
    only(names.iter().filter(sounds_so).map(|n| n.option))
}

fn close(names: &[Name], said: &str) -> Option<usize> {
    let all = names.iter().flat_map(|n| {
        [
            (n.option, n.whole.as_str()),
            (n.option, n.beginning.as_str()),
        ]
    });
    text::closest(said, all)
}

/// The one value of all that are there; none if they differ.
fn only(mut options: impl Iterator<Item = usize>) -> Option<usize> {
    let first = options.next()?;
    options.all(|o| o == first).then_some(first)
}
