//! A text that should have a human soon, though not at once: nothing that the person has chosen is lost over it, and they
//! are asked for their words and their place all the same, so that the case comes to those who can help there.

use super::answer::Understood;
use super::run::{Place, Run};
use super::types::{HandOff, MAX_TEXT, Pending, Position, Urged};
use crate::content::{Arg, Ask, AskKind, Command, Flow, Next, Step, StepKind, Target};
use crate::model::{FieldId, Level, Triage, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A step that asks for words, with the field that keeps them and the steps behind it.
type Words<'a> = (Place<'a>, &'a FieldId, BTreeSet<&'a str>);

impl<'a> Run<'a> {
    /// What a text was taken for goes along: the more pressing of the two levels, both reasons, first the one that the
    /// person chose.
    pub(super) fn with_urged(&self, mut handoff: HandOff) -> HandOff {
        let Some(urged) = &self.state.urged else {
            return handoff;
        };
        handoff.level = handoff.level.min(urged.level);
        handoff.triage.clone_from(&urged.triage);
        if handoff.reason == urged.reason {
            return handoff;
        }
        let lang = self.lang();
        let reason = Arg::Text(self.reason_label(&lang, &urged.reason));
        let line = self.system(&lang, "handoff-about", &[("reason", reason)]);
        handoff.summary = match handoff.summary.as_str() {
            "" => format!("- {line}"),
            rest => format!("- {line}\n{rest}"),
        };
        if self.is_only_a_wish(&handoff.reason) {
            let class = urged.triage.as_ref().and_then(|t| t.class.as_ref());
            let class = class.and_then(|class| self.content.detect.classes.get(class));
            let flow = class.and_then(|class| class.flow.as_deref());
            handoff.topic = self.topic_of(&urged.reason, flow);
            handoff.reason.clone_from(&urged.reason);
        } else {
            handoff.also = Some(urged.reason.clone());
        }
        handoff
    }

    /// Whether a reason says no more than that somebody wants a human.
    fn is_only_a_wish(&self, reason: &str) -> bool {
        let human = self.content.settings.commands.get(&Command::Human);
        let mut classes = self.content.detect.classes.values();
        classes.any(|c| c.reason.as_deref() == Some(reason) && c.flow.as_ref() == human)
    }

    /// Whether the flow that asked for these words hands off with them anyway. Then it is gone on with, and what they were
    /// taken for goes along.
    pub(super) fn goes_along(&mut self, handoff: &HandOff, answer: Option<&Understood>) -> bool {
        if handoff.level == Level::Immediate || self.state.pending.is_some() {
            return false;
        }
        let Some((flow, step, ask)) = self.asking_step() else {
            return false;
        };
        match answer {
            // Whoever chooses in words is asked for more words.
            Some(Understood::Option(_)) => self.human().is_some_and(|h| h.id == flow.id),
            Some(Understood::Value(_) | Understood::TooLong(_)) => {
                let on = words(ask).is_some_and(|field| hands_off(flow, step, field).is_some());
                if on {
                    self.urge(handoff);
                }
                on
            }
            _ => false,
        }
    }

    /// Whether these words, which were looked at late, are on their way to a human already.
    pub(super) fn was_passed_on(&mut self, text: &str, triage: &Arc<Triage>) -> bool {
        let Some(handoff) = self.hand_off_about(text, triage) else {
            return false;
        };
        let kept = |(_, value): &(&FieldId, &Value)| matches!(value, Value::Text(kept) if kept.trim() == text.trim());
        let Some(field) = self.state.answers.iter().find(kept).map(|(f, _)| f.clone()) else {
            return false;
        };
        let on = handoff.level != Level::Immediate
            && match &self.state.pending {
                Some(Pending::Consent {
                    from: Some(_),
                    handoff: asked,
                }) => asked.level != Level::Immediate && asked.share.contains(&field),
                None => self
                    .asking_step()
                    .is_some_and(|(flow, step, _)| hands_off(flow, step, &field).is_some()),
                Some(_) => false,
            };
        if on {
            self.urge(&handoff);
            self.renew_consent();
        }
        on
    }

    /// What the person needs a human for is known; what is missing is asked for, then comes the consent. `here`: the
    /// question that waited.
    pub(super) fn begin_asking(&mut self, text: &str, handoff: HandOff, here: Option<&Position>) {
        let words = self.words_for_human().filter(|_| self.asks_place(&handoff));
        let Some(((flow, step), field, behind)) = words.filter(|_| !text.is_empty()) else {
            return self.begin_hand_off(handoff);
        };
        let label = self.reason_label(&self.lang(), &handoff.reason);
        self.say_system("triage-urgent", &[("reason", Arg::Text(label))]);
        let here = here.filter(|here| here.flow == flow.id);
        self.forget_choices(flow, here);
        let before =
            here.filter(|here| here.step != step.id && behind.contains(here.step.as_str()));
        let before = before.and_then(|_| self.state.answers.get(field));
        let all = match before {
            Some(Value::Text(before)) if before.trim() != text.trim() => {
                format!("{before}\n{text}")
            }
            _ => text.to_owned(),
        };
        let all = all.chars().take(MAX_TEXT).collect();
        self.state.answers.insert(field.clone(), Value::Text(all));
        if here.is_some() {
            self.state.interrupted = None;
        }
        self.urge(&handoff);
        self.state.at = None;
        self.state.stack.clear();
        self.go_on_after(Some((flow, step)));
    }

    /// Somebody chose a topic that leads to a human: they are asked for their words and their place. `false`: there is
    /// nothing to ask.
    pub(super) fn ask_what_it_is(&mut self, handoff: &HandOff) -> bool {
        let words = self.words_for_human().filter(|_| self.asks_place(handoff));
        let Some((place, ..)) = words else {
            return false;
        };
        self.interrupt(false);
        self.forget_choices(place.0, None);
        self.urge(handoff);
        self.walk(Some(place));
        true
    }

    /// Whether there is time to ask where somebody lives, and nobody knows it yet.
    fn asks_place(&self, handoff: &HandOff) -> bool {
        handoff.level != Level::Immediate && self.places().next().is_none()
    }

    fn urge(&mut self, handoff: &HandOff) {
        let new = Urged {
            reason: handoff.reason.clone(),
            level: handoff.level,
            triage: handoff.triage.clone(),
        };
        self.state.urged = Some(match self.state.urged.take() {
            // What was there first stays first, unless this is more pressing.
            Some(before) if before.level <= new.level => Urged {
                triage: new.triage.or(before.triage),
                ..before
            },
            _ => new,
        });
    }

    /// The flow that "human" leads to.
    fn human(&self) -> Option<&'a Flow> {
        let human = self.content.settings.commands.get(&Command::Human)?;
        self.content.flows.get(human)
    }

    /// The step of that flow which asks for words, if a postcode is asked for after it and a hand-off follows for certain.
    fn words_for_human(&self) -> Option<Words<'a>> {
        let flow = self.human()?;
        flow.steps.values().find_map(|step| {
            let StepKind::Ask(ask) = &step.kind else {
                return None;
            };
            let field = words(ask)?;
            let way = hands_off(flow, step, field)?;
            let asks_place = way.iter().any(|id| {
                let kind = flow.steps.get(*id).map(|step| &step.kind);
                matches!(kind, Some(StepKind::Ask(ask)) if ask.kind == AskKind::Postcode)
            });
            asks_place.then_some(((flow, step), field, way))
        })
    }

    /// What was chosen in this flow another time says nothing about now. `here`: where the person is in it.
    fn forget_choices(&mut self, flow: &Flow, here: Option<&Position>) {
        if here.is_some_and(|here| here.step != flow.start) {
            return;
        }
        for step in flow.steps.values() {
            if let StepKind::Ask(ask) = &step.kind
                && let (AskKind::Choice(_), Some(field)) = (&ask.kind, &ask.save)
            {
                self.state.answers.remove(field);
            }
        }
    }
}

/// The field that keeps what somebody writes.
fn words(ask: &Ask) -> Option<&FieldId> {
    ask.save.as_ref().filter(|_| ask.kind == AskKind::Text)
}

/// The steps behind one, if each way from it ends with a hand-off of the same flow that passes this field on.
fn hands_off<'f>(flow: &'f Flow, from: &'f Step, field: &str) -> Option<BTreeSet<&'f str>> {
    let mut seen = BTreeSet::new();
    follows(flow, from, field, &mut seen).then_some(seen)
}

fn follows<'f>(flow: &'f Flow, step: &'f Step, field: &str, seen: &mut BTreeSet<&'f str>) -> bool {
    if !seen.insert(&step.id) {
        return true;
    }
    let mut targets: Vec<&Target> = match &step.next {
        Next::End => Vec::new(),
        Next::Goto(target) => vec![target],
        Next::Rules(rules) => rules.iter().map(|rule| &rule.target).collect(),
    };
    match &step.kind {
        StepKind::Handoff(handoff) => return handoff.share.iter().any(|f| f == field),
        StepKind::Ask(ask) => {
            targets.extend(ask.retry.iter().map(|retry| &retry.then));
            if let AskKind::Choice(options) = &ask.kind {
                targets.extend(options.iter().filter_map(|o| o.target.as_ref()));
            }
        }
        StepKind::Say { .. } | StepKind::Set(_) | StepKind::Branch => {}
        StepKind::Refer(_) | StepKind::Call(_) | StepKind::Do(_) => return false,
    }
    !targets.is_empty()
        && targets.into_iter().all(|target| match target {
            Target::Step(id) => {
                let next = flow.steps.get(id);
                next.is_some_and(|next| follows(flow, next, field, seen))
            }
            Target::Flow(_) => false,
        })
}
