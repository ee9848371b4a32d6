//! Passing a person on to a counsellor: what is shown, what is asked, what each answer means.

use super::run::{Place, Run, position};
use super::types::{Effect, HandOff, Pending, Position};
use crate::content::{Flow, Handoff, Step, StepKind};
use crate::model::{FieldId, Level};

/// What a person may say to being passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// With the answers that were shown.
    Yes,
    /// Without them.
    Without,
    /// Not at all.
    No,
}

impl<'a> Run<'a> {
    /// Shows what would be passed on and asks whether it may be. In danger, numbers to call come first, and a human is
    /// called at once; that human sees no answer before the person agrees.
    pub(super) fn ask_consent(&mut self, flow: &'a Flow, step: &'a Step, handoff: &Handoff) {
        let reason = self.content.reasons.get(&handoff.reason);
        let level = reason.map_or(Level::Normal, |r| r.level);
        if reason.is_some_and(|r| r.numbers) {
            self.say_numbers(&handoff.reason);
        }
        let handoff = self.hand_off(flow, handoff, level);
        if level == Level::Immediate {
            self.effects.push(Effect::HandOff {
                handoff: bare(&handoff),
                consented: false,
            });
            self.say_system("handoff-immediate", &[]);
        }
        self.state.at = None;
        self.ask_pending(Pending::Consent {
            from: Some(position(flow, step)),
            handoff,
        });
    }

    /// What is passed on is shown in the words of now: the language, or an answer, may have changed.
    pub(super) fn renew_consent(&mut self) {
        let Some(Pending::Consent {
            from: Some(from), ..
        }) = &self.state.pending
        else {
            return;
        };
        let Some((flow, step)) = self.place(from) else {
            return;
        };
        let StepKind::Handoff(declared) = &step.kind else {
            return;
        };
        let level = self.content.reasons.get(&declared.reason).map(|r| r.level);
        let renewed = self.hand_off(flow, declared, level.unwrap_or(Level::Normal));
        if let Some(Pending::Consent { handoff, .. }) = &mut self.state.pending
            && (handoff.level == Level::Immediate) == (renewed.level == Level::Immediate)
        {
            *handoff = renewed;
        }
    }

    fn hand_off(&self, flow: &Flow, handoff: &Handoff, level: Level) -> HandOff {
        let known = |field: &&FieldId| self.state.answers.contains_key(*field);
        let share: Vec<FieldId> = handoff.share.iter().filter(known).cloned().collect();
        let summary = self.summary_with_care(&share);
        self.with_urged(HandOff {
            reason: handoff.reason.clone(),
            level,
            topic: flow.topic.clone(),
            share,
            summary,
            also: None,
            triage: None,
        })
    }

    pub(super) fn say_numbers(&mut self, reason: &str) {
        let own = format!("numbers-{reason}");
        let source = &self.content.settings.source;
        // Asked of the source language, so that the choice of text does not depend on the person's language.
        let exists = self.content.words.has(source, "system", &own);
        self.say_system(if exists { &own } else { "numbers" }, &[]);
    }

    /// The person has answered. Then the flow goes on after the step that asked, or where a message interrupted it.
    pub(super) fn consent(&mut self, from: Option<&Position>, handoff: HandOff, consent: Consent) {
        let called = handoff.level == Level::Immediate;
        let passed_on = match consent {
            Consent::Yes => Some(handoff),
            Consent::Without => Some(bare(&handoff)),
            Consent::No => None,
        };
        let declined = passed_on.is_none();
        match (called, passed_on) {
            (true, handoff) => self.effects.push(Effect::Consent { handoff }),
            (false, Some(handoff)) => self.effects.push(Effect::HandOff {
                handoff,
                consented: true,
            }),
            (false, None) => {}
        }
        if declined {
            self.say_system("handoff-declined", &[]);
        }
        self.state.pending = None;
        let urged = self.state.urged.take().is_some() && self.state.interrupted.is_some();
        let Some(from) = from.filter(|_| !urged) else {
            return self.take_up_again(!declined);
        };
        let from: Option<Place<'a>> = self.place(from);
        self.go_on_after(from);
    }
}

/// A hand-off that says no more than why and how soon.
pub(super) fn bare(handoff: &HandOff) -> HandOff {
    HandOff {
        share: Vec::new(),
        summary: String::new(),
        also: None,
        triage: None,
        ..handoff.clone()
    }
}
