//! Matching what a person wrote to the question that waits.

use super::picks::Picks;
use super::question::Question;
use super::run::Run;
use super::types::{MAX_TEXT, Pending};
use crate::content::{AskKind, Flow, Step};
use crate::model::Value;
use crate::text::{self, TimeUnit};
use unicode_segmentation::UnicodeSegmentation;

/// What an answer means for the question that waits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Understood {
    /// The option with this id.
    Option(String),
    /// Some of several options.
    Picks(Picks),
    /// A value that fits the question.
    Value(Value),
    /// A number that was said in another unit than the question's, in the question's.
    Converted(i64, TimeUnit),
    /// A date of another calendar, to be asked about.
    OtherDate(text::OtherDate),
    /// A postcode.
    Postcode(String),
    /// A postcode beside the name of another place.
    PostcodeElsewhere {
        /// What was written.
        postcode: String,
        /// The place that was named.
        named: String,
    },
    /// A text of which only the beginning can be kept.
    TooLong(String),
}

impl<'a> Run<'a> {
    /// What a text means as an answer, if it is one.
    pub(super) fn understand(
        &self,
        question: Question<'_, 'a>,
        written: &str,
    ) -> Option<Understood> {
        let Question::Step(flow, step, ask) = question else {
            return self.option_meant(question, written).map(Understood::Option);
        };
        match ask.kind {
            AskKind::Choice(_) | AskKind::Language | AskKind::Media { .. } => {
                self.option_meant(question, written).map(Understood::Option)
            }
            AskKind::Choices { .. } => self.picks_meant(question, written).map(Understood::Picks),
            AskKind::Contact => {
                let contact = text::contact(written)?;
                Some(Understood::Value(Value::Contact(contact)))
            }
            AskKind::Number { min, max } => {
                let unit = ask.unit.or_else(|| self.unit_asked(flow, step));
                let amount = text::amount(written, unit).filter(|a| {
                    min.is_none_or(|min| min <= a.value) && max.is_none_or(|max| a.value <= max)
                })?;
                Some(match unit.filter(|_| amount.converted) {
                    Some(unit) => Understood::Converted(amount.value, unit),
                    None => Understood::Value(Value::Number(amount.value)),
                })
            }
            AskKind::Date => {
                let today = self.env.now.date();
                match text::date(written, today) {
                    Some(date) => Some(Understood::Value(Value::Date(date))),
                    None => text::date_of_other_calendar(written, today).map(Understood::OtherDate),
                }
            }
            AskKind::Postcode => {
                let postcode = text::postcode(written)?;
                let elsewhere = self.content.places.named_elsewhere(&postcode, written);
                Some(match elsewhere.map(|kreis| kreis.short_name().to_owned()) {
                    Some(named) => Understood::PostcodeElsewhere { postcode, named },
                    None => Understood::Postcode(postcode),
                })
            }
            AskKind::Text => free_text(written),
        }
    }

    /// The unit of time that a question for a number names first, in the words that the person reads.
    fn unit_asked(&self, flow: &Flow, step: &Step) -> Option<TimeUnit> {
        let words = &self.content.words;
        let asked = words.text(&self.lang(), &flow.id, &step.id, &[])?;
        text::time_units(&asked).first().copied()
    }
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
