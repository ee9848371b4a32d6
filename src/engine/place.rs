//! Postcodes: unknown, of several Kreise, or beside the name of another place.

use super::answer::place_value;
use super::run::Run;
use super::types::Pending;
use crate::text;

impl Run<'_> {
    /// Goes on with a postcode.
    pub(super) fn on_postcode(&mut self, postcode: String) {
        let kreise: Vec<String> = self
            .content
            .places
            .of_postcode(&postcode)
            .iter()
            .map(|k| k.key.clone())
            .collect();
        let pending = Pending::Place {
            postcode: postcode.clone(),
            kreise,
        };
        match &pending {
            Pending::Place { kreise, .. } if kreise.len() > 1 => self.ask_pending(pending),
            Pending::Place { kreise, .. } => {
                if kreise.is_empty() {
                    let arg = crate::content::Arg::Text(postcode);
                    self.say_system("postcode-unknown", &[("postcode", arg)]);
                }
                let kreis = kreise.first().cloned();
                self.save_place(Some(&pending), kreis);
            }
            _ => {}
        }
    }

    /// Keeps a postcode with its Kreis and goes on after the question that asked for it.
    pub(super) fn save_place(&mut self, pending: Option<&Pending>, kreis: Option<String>) {
        let value = pending.and_then(|p| place_value(p, kreis));
        self.state.pending = None;
        if let Some((flow, step, ask)) = self.asking_step() {
            self.accept_step((flow, step), ask, value, None);
        }
    }

    /// Asks whether a postcode is right that stood beside the name of another place.
    pub(super) fn doubt_postcode(&mut self, postcode: String, named: String) {
        // Not `ask_pending`: wrong answers go on counting.
        self.state.pending = Some(Pending::Postcode { postcode, named });
        self.state.revision = self.state.revision.wrapping_add(1);
        self.say_question();
    }

    /// Words where it was asked whether a postcode is right. The same one once more means yes.
    pub(super) fn on_postcode_again(&mut self, postcode: String, written: &str) {
        self.state.pending = None;
        match text::postcode(written) {
            Some(again) if again == postcode => self.on_postcode(postcode),
            _ => self.on_text(written),
        }
    }

    /// The postcode was not right: it is asked for again, as often as a wrong answer would be.
    pub(super) fn postcode_denied(&mut self) {
        self.state.pending = None;
        let Some((flow, _, ask)) = self.asking_step() else {
            return;
        };
        match &ask.retry {
            Some(retry) if self.state.wrong >= retry.times => self.wrong_answer(flow, ask),
            _ => {
                self.state.wrong = self.state.wrong.saturating_add(1);
                self.say_question();
            }
        }
    }
}
