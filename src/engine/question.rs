//! The question that waits: its options, and what they are called.

use super::check;
use super::run::Run;
use super::topics;
use super::types::{Pending, Position};
use crate::content::{Ask, AskKind, Content, Flow, Step, StepKind};
use crate::model::{Choice, Lang};

/// The longest token that every channel carries (Telegram's `callback_data`).
const MAX_TOKEN: usize = 64;

/// Before the name of an option in a token: it is taken back.
const TAKE_BACK: &str = "-";

/// The button that ends a choice of several.
pub(super) const DONE: &str = "done";

/// The button that throws away what was sent.
pub(super) const AGAIN: &str = "again";

/// The question that waits for an answer.
#[derive(Clone, Copy)]
pub(super) enum Question<'q, 'a> {
    /// A step of a flow.
    Step(&'a Flow, &'a Step, &'a Ask),
    /// A built-in one.
    Pending(&'q Pending),
}

impl<'a> Run<'a> {
    /// What waits. A built-in question stands before the step that it was asked on top of.
    pub(super) fn question<'q>(&self, pending: Option<&'q Pending>) -> Option<Question<'q, 'a>> {
        if let Some(pending) = pending {
            return Some(Question::Pending(pending));
        }
        let (flow, step) = self.place(self.state.at.as_ref()?)?;
        match &step.kind {
            StepKind::Ask(ask) => Some(Question::Step(flow, step, ask)),
            _ => None,
        }
    }

    /// The step that asks for a postcode, while one of its Kreise is to be chosen.
    pub(super) fn asking_step(&self) -> Option<(&'a Flow, &'a Step, &'a Ask)> {
        match self.question(None)? {
            Question::Step(flow, step, ask) => Some((flow, step, ask)),
            Question::Pending(_) => None,
        }
    }

    /// Buttons of a question.
    pub(super) fn choices(&self, question: Question<'_, 'a>, lang: &Lang) -> Vec<Choice> {
        let ids = self.options(question);
        let picked = match question {
            Question::Step(_, _, ask) => self.picked(ask),
            Question::Pending(_) => Vec::new(),
        };
        let token = |index: usize, id: &str, sign: &str| {
            let token = format!("{}.{sign}{id}", self.state.revision);
            if token.len() > MAX_TOKEN {
                format!("{}.{sign}#{index}", self.state.revision)
            } else {
                token
            }
        };
        ids.iter()
            .enumerate()
            .map(|(index, id)| {
                let label = question.label(self.content, lang, id);
                let label = label.unwrap_or_else(|| id.clone());
                let (label, sign) = if picked.contains(id) {
                    (format!("✓ {label}"), TAKE_BACK)
                } else {
                    (label, "")
                };
                Choice {
                    id: id.clone(),
                    label,
                    token: token(index, id, sign),
                }
            })
            .collect()
    }

    /// Ids of the options that can be chosen now, in the order of their buttons; empty for open questions.
    pub(super) fn options(&self, question: Question<'_, 'a>) -> Vec<String> {
        let mut ids = question.options(self.content);
        if let Question::Step(_, _, ask) = question {
            match &ask.kind {
                AskKind::Choices { min, .. } if self.picked(ask).len() >= *min => {
                    ids.push(DONE.to_owned());
                }
                AskKind::Media { min, .. } => {
                    let buttons = self.media_options(ask, *min).iter();
                    ids.extend(buttons.map(|id| (*id).to_owned()));
                }
                _ => {}
            }
        }
        ids
    }

    /// Which option a token names, if it belongs to the question that waits.
    pub(super) fn option_of_token(
        &self,
        question: Question<'_, 'a>,
        token: &str,
    ) -> Option<String> {
        let (revision, name) = token.split_once('.')?;
        if revision.parse() != Ok(self.state.revision) {
            return None;
        }
        let name = name.strip_prefix(TAKE_BACK).unwrap_or(name);
        let mut ids = self.options(question);
        let at = match name.strip_prefix('#') {
            Some(index) => index.parse().ok().filter(|&i: &usize| i < ids.len()),
            None => ids.iter().position(|id| id == name),
        };
        at.map(|at| ids.swap_remove(at))
    }
}

/// Whether a token takes a pick back. Both ways are said in full, so that an older message's button never does the
/// opposite of what its label says.
pub(super) fn takes_back(token: &str) -> bool {
    let name = token.split_once('.').map(|(_, name)| name);
    name.is_some_and(|name| name.starts_with(TAKE_BACK))
}

impl Question<'_, '_> {
    /// Ids of the options that have labels, in the order of their buttons; empty for open questions.
    pub(super) fn options(&self, content: &Content) -> Vec<String> {
        let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        match self {
            Self::Step(_, _, ask) => match &ask.kind {
                AskKind::Choice(options) => options.iter().map(|o| o.id.clone()).collect(),
                AskKind::Language => content
                    .settings
                    .languages
                    .iter()
                    .map(|l| l.lang.as_str().to_owned())
                    .collect(),
                AskKind::Choices { options, .. } => options.clone(),
                AskKind::Number { .. }
                | AskKind::Date
                | AskKind::Postcode
                | AskKind::Text
                | AskKind::Contact
                | AskKind::Media { .. } => Vec::new(),
            },
            Self::Pending(Pending::Consent { handoff, .. }) if handoff.summary.is_empty() => {
                list(&["yes", "no"])
            }
            Self::Pending(Pending::Consent { .. }) => list(&["yes", "without", "no"]),
            Self::Pending(
                Pending::Delete { .. }
                | Pending::Date { .. }
                | Pending::Postcode { .. }
                | Pending::Remind { .. }
                | Pending::Check { .. },
            ) => list(&["yes", "no"]),
            Self::Pending(Pending::Topics { classes }) => {
                let ends = [topics::OTHER, topics::HUMAN].map(str::to_owned);
                classes.iter().cloned().chain(ends).collect()
            }
            Self::Pending(Pending::Resume) => list(&["yes", "menu"]),
            Self::Pending(Pending::Place { kreise, .. }) => kreise.clone(),
            Self::Pending(Pending::Offer { key }) if key == "fallback-human" => {
                list(&["yes", "menu"])
            }
            Self::Pending(Pending::Offer { .. }) => list(&["menu", "human"]),
        }
    }

    /// What an option is called.
    pub(super) fn label(&self, content: &Content, lang: &Lang, id: &str) -> Option<String> {
        match self {
            Self::Step(
                _,
                _,
                Ask {
                    kind: AskKind::Language,
                    ..
                },
            ) => content.language(&Lang::new(id)).map(|l| l.name.clone()),
            Self::Pending(Pending::Place { .. }) => content.places.kreis(id).map(|k| k.label()),
            Self::Pending(Pending::Check {
                class, lang: asked, ..
            }) if check::text(content, asked, class).is_some() => check::label(content, asked, id),
            Self::Pending(Pending::Topics { classes }) if classes.iter().any(|c| c == id) => {
                topics::label(content, lang, id)
            }
            _ => {
                let (file, message) = self.words();
                let own = content.words.attribute(lang, file, message, id, &[]);
                match self {
                    Self::Step(_, _, ask) => own.or_else(|| {
                        let common = common_label(&ask.kind, id)?;
                        content.words.attribute(lang, "system", common, id, &[])
                    }),
                    _ => own,
                }
            }
        }
    }

    /// Whether the labels come from the words of a language (and so may be missing in it).
    pub(super) fn labels_are_words(&self) -> bool {
        !matches!(
            self,
            Self::Step(
                _,
                _,
                Ask {
                    kind: AskKind::Language,
                    ..
                }
            ) | Self::Pending(Pending::Place { .. })
        )
    }

    /// Where the words of this question stand: file and message.
    pub(super) fn words(&self) -> (&str, &str) {
        match self {
            Self::Step(flow, step, _) => (&flow.id, &step.id),
            Self::Pending(pending) => ("system", pending_key(pending)),
        }
    }

    /// The key under which a transcript names this question.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Step(flow, step, _) => format!("{}/{}", flow.id, step.id),
            Self::Pending(pending) => format!("system:{}", pending_key(pending)),
        }
    }

    /// The system text for a wrong answer.
    pub(super) fn retry_text(&self) -> &'static str {
        match self {
            Self::Step(_, _, ask) => match ask.kind {
                AskKind::Choice(_) | AskKind::Language => "retry-choice",
                AskKind::Choices { .. } => "retry-choices",
                AskKind::Number { .. } => "retry-number",
                AskKind::Date => "retry-date",
                AskKind::Postcode => "retry-postcode",
                AskKind::Text => "retry-text",
                AskKind::Contact => "retry-contact",
                AskKind::Media { .. } => "retry-media",
            },
            Self::Pending(_) => "retry-choice",
        }
    }
}

/// The system text with the label of a button that a question has without naming it.
fn common_label(kind: &AskKind, id: &str) -> Option<&'static str> {
    match kind {
        AskKind::Choices { .. } if id == DONE => Some("choices-more"),
        AskKind::Media { .. } => Some("media-more"),
        _ => None,
    }
}

fn pending_key(pending: &Pending) -> &str {
    match pending {
        Pending::Consent { handoff, .. } if handoff.summary.is_empty() => "handoff-consent-plain",
        Pending::Consent { .. } => "handoff-consent",
        Pending::Delete { .. } => "delete-confirm",
        Pending::Place { .. } => "place-which",
        Pending::Date { .. } => "date-confirm",
        Pending::Postcode { .. } => "place-confirm",
        Pending::Remind { .. } => "remind-offer",
        Pending::Check { .. } => "triage-check",
        Pending::Topics { classes } if classes.len() == 1 => "topic-offer",
        Pending::Topics { .. } => "topics-offer",
        Pending::Resume => "resume-offer",
        Pending::Offer { key } => key,
    }
}

/// Whether a position is a question that waits at this step, asked in the same way.
pub(super) fn same_question(step: &Step, position: &Position) -> bool {
    matches!(&step.kind, StepKind::Ask(ask) if ask.kind.as_str() == position.ask)
}
