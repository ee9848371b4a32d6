//! Answers to questions that are built in.

use super::consent::Consent;
use super::run::Run;
use super::types::{Effect, FlowState, Pending};
use crate::content::Command;
use crate::model::Value;

impl Run<'_> {
    /// A built-in question was answered.
    pub(super) fn accept_pending(&mut self, pending: Pending, option: &str) {
        match (&pending, option) {
            (Pending::Place { .. }, kreis) => {
                self.save_place(Some(&pending), Some(kreis.to_owned()))
            }
            (Pending::Postcode { postcode, .. }, "yes") => self.on_postcode(postcode.clone()),
            (Pending::Postcode { .. }, _) => self.postcode_denied(),
            (Pending::Date { date, .. }, option) => {
                self.state.pending = None;
                match self.asking_step() {
                    Some((flow, step, ask)) if option == "yes" => {
                        let value = Value::Date(*date);
                        self.accept_step((flow, step), ask, Some(value), None);
                    }
                    Some((flow, _, ask)) => self.wrong_answer(flow, ask),
                    None => {}
                }
            }
            (Pending::Delete { .. }, "yes") => {
                self.effects.push(Effect::Delete);
                self.state = FlowState::default();
            }
            (Pending::Delete { from }, _) => {
                self.state.pending = None;
                let from = self.place(from);
                self.go_on_after(from);
            }
            (Pending::Remind { from, reminder }, option) => {
                self.plan(from, reminder.clone(), option == "yes");
            }
            (Pending::Check { class, handoff, .. }, option) => {
                self.checked(class, handoff.clone(), option == "yes");
            }
            (Pending::Topics { .. }, option) => self.topic_chosen(option),
            (Pending::Resume, "yes") => self.resume(),
            (Pending::Resume, _) => {
                self.state.left = None;
                self.menu();
            }
            (Pending::Offer { .. }, "menu") => self.menu(),
            (Pending::Offer { .. }, _) => self.obey(Command::Human),
            (Pending::Consent { from, handoff }, option) => {
                let consent = match option {
                    "yes" => Consent::Yes,
                    "without" => Consent::Without,
                    _ => Consent::No,
                };
                self.consent(from.as_ref(), handoff.clone(), consent);
            }
        }
    }
}
