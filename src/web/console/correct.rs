//! What the program took a message for, set right by a counsellor: how soon, and what about.

use super::Console;
use super::case::{case_id, finish};
use super::session::Sent;
use super::view::Eyes;
use crate::model::{Level, MessageId};
use crate::store::desk::card::{Card, Said, Speaker};
use crate::store::desk::correct::Correction;
use crate::store::desk::corrected::Corrected;
use crate::web::error::WebError;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

/// The value of a form that says that nobody had to look.
const NONE: &str = "none";

/// A choice of a form.
pub struct Pick {
    pub value: String,
    pub word: String,
    pub chosen: bool,
}

/// A correction that was made.
pub struct CorrectedView {
    pub what: String,
    pub name: String,
    pub at: String,
    pub agreed: bool,
}

/// What there is to correct.
pub struct CorrectView {
    pub levels: Vec<Pick>,
    pub classes: Vec<Pick>,
    /// What the person wrote and the counsellor may read.
    pub messages: Vec<Pick>,
    pub done: Vec<CorrectedView>,
    /// There is a message that could become an example.
    pub teaches: bool,
    pub agreed: bool,
    pub form_id: String,
}

impl Eyes<'_> {
    /// What there is to correct on a card.
    pub fn correct(&self, card: &Card, form_id: String) -> CorrectView {
        let last = card.corrections.last();
        let level = last.map_or(Some(card.offer.level), |c| c.level.1);
        let judged = card.summary.as_ref().and_then(|s| s.triage.as_ref());
        let class = last
            .and_then(|c| c.class.1.clone())
            .or_else(|| judged.and_then(|t| t.class.clone()));
        let pick = |value: &str, word: String, chosen: bool| Pick {
            value: value.to_owned(),
            word,
            chosen,
        };
        let levels = Level::ALL.into_iter().map(Some).chain([None]);
        let classes = self.content.detect.classes.keys();
        let class = class.as_ref();
        CorrectView {
            levels: levels
                .map(|l| {
                    let value = l.map_or(NONE, Level::as_str);
                    pick(value, self.level(l), l == level)
                })
                .collect(),
            classes: classes
                .map(|id| pick(id, self.class_name(id), class == Some(id)))
                .collect(),
            done: card.corrections.iter().map(|c| self.corrected(c)).collect(),
            teaches: judged.is_some() || card.messages.iter().any(is_theirs),
            messages: messages(card),
            agreed: last.is_some_and(|c| c.agreed),
            form_id,
        }
    }

    fn corrected(&self, made: &Corrected) -> CorrectedView {
        let level = match made.level {
            (before, after) if before == after => None,
            (before, after) => Some(format!("{} → {}", self.level(before), self.level(after))),
        };
        let name = |class: &Option<String>| class.as_ref().map(|c| self.class_name(c));
        let class = match (name(&made.class.0), name(&made.class.1)) {
            (before, after) if before == after => None,
            (Some(before), Some(after)) => Some(format!("{before} → {after}")),
            (_, after) => after,
        };
        let what: Vec<String> = level.into_iter().chain(class).collect();
        CorrectedView {
            what: match what.is_empty() {
                true => self.w.correct_consent.to_owned(),
                false => what.join("; "),
            },
            name: made.name.clone(),
            at: self.w.at(made.at, self.now),
            agreed: made.agreed,
        }
    }

    fn level(&self, level: Option<Level>) -> String {
        level
            .map_or(self.w.correct_none, |l| self.w.level(l))
            .to_owned()
    }

    /// What a class is called; one that the content does not know any more, by its id.
    pub fn class_name(&self, class: &str) -> String {
        let known = self.content.detect.classes.get(class);
        let name = known.and_then(|c| c.name.get(self.w.lang));
        name.map_or(class, String::as_str).to_owned()
    }
}

/// So much of a message (in characters) tells it from others.
const BEGINNING: usize = 60;

fn is_theirs(said: &Said) -> bool {
    said.speaker == Speaker::Person && said.media.is_none() && !said.text.is_empty()
}

/// The messages that a correction can be about, newest first.
fn messages(card: &Card) -> Vec<Pick> {
    let theirs = card.messages.iter().rev();
    let theirs = theirs.filter(|said| is_theirs(said) && !said.trigger);
    theirs
        .map(|said| {
            let mut word: String = said.text.chars().take(BEGINNING).collect();
            if word.len() < said.text.len() {
                word.push('…');
            }
            Pick {
                value: said.id.to_string(),
                word,
                chosen: false,
            }
        })
        .collect()
}

/// Keeps a correction.
pub async fn correct(
    State(console): State<Console>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let content = console.app.content.load_full();
    let form: Result<Uuid, _> = sent.field("form").parse();
    let correction = Correction {
        id: form.map_err(|_| WebError::BadRequest("a correction without its id"))?,
        level: match sent.field("level") {
            NONE => None,
            word => {
                let level = Level::parse(word);
                Some(level.ok_or(WebError::BadRequest("no such level"))?)
            }
        },
        class: match sent.field("class") {
            "" => None,
            class if content.detect.classes.contains_key(class) => Some(class.to_owned()),
            _ => return Err(WebError::BadRequest("no such class")),
        },
        agreed: sent.field("agreed") == "yes",
        message: match sent.field("message") {
            "" => None,
            id => {
                let id: Result<Uuid, _> = id.parse();
                Some(MessageId(
                    id.map_err(|_| WebError::BadRequest("no such message"))?,
                ))
            }
        },
    };
    let store = &console.app.store;
    let answer = store
        .correct_case(sent.signed.by(), content, id, correction)
        .await?;
    let next = format!("/console/cases/{id}#correct");
    finish(&console, &sent, answer, "", &next).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::on_sqlite;
    use crate::web::console::words::words;

    #[tokio::test]
    async fn every_class_has_a_name_of_its_own_in_both_languages() {
        let (world, _folder) = on_sqlite().await;
        for lang in ["de", "en"] {
            let eyes = Eyes {
                w: words(lang),
                content: &world.content,
                now: crate::store::testing::NOW,
            };
            let classes = world.content.detect.classes.keys();
            let mut names: Vec<String> = classes.map(|id| eyes.class_name(id)).collect();
            assert!(
                names.iter().all(|n| n.starts_with(char::is_uppercase)),
                "{names:?}"
            );
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "{lang}");
        }
    }
}
