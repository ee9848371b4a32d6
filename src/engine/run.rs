//! Walking from step to step until a question waits or the flow has ended.

use super::condition;
use super::types::{Effect, Env, FlowState, Left, Pending, Position, Turn, Visited};
use crate::content::{
    Action, Ask, Content, FactStatus, Flow, Next, Remind, Step, StepKind, Target, fact_status,
};
use crate::model::{Passage, Way};
use std::collections::BTreeSet;

/// Steps of one turn. More than this without a question is a loop in the content.
const MAX_STEPS: usize = 50;

/// `call`s within each other. More than this is a recursion in the content.
const MAX_DEPTH: usize = 8;

/// Questions that `back` can reach.
const MAX_TRAIL: usize = 16;

/// A step and the flow it stands in.
pub(super) type Place<'a> = (&'a Flow, &'a Step);

/// One turn in the making.
pub(super) struct Run<'a> {
    pub(super) content: &'a Content,
    pub(super) env: &'a Env,
    pub(super) state: FlowState,
    pub(super) effects: Vec<Effect>,
    /// The person has been told in this turn that a text is not there in their language.
    pub(super) told_missing: bool,
    /// The person has just asked for the menu out of a question: it is not offered to go on there.
    pub(super) wants_menu: bool,
    /// The person has not written for a long time.
    pub(super) paused: bool,
    pub(super) trace: Trace<'a>,
}

/// Which way a turn went through the content, for tests of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace<'a> {
    /// The steps that were reached, as flow and step.
    pub steps: Vec<(&'a str, &'a str)>,
    /// The options of a step that were chosen, as flow, step and option.
    pub options: Vec<(&'a str, &'a str, String)>,
    /// Steps that were reached, and how they were left.
    pub passages: Vec<Went<'a>>,
    /// The campaign whose link has brought the person, unless they had come by it before; with the flow that began.
    pub campaign: Option<(&'a str, String)>,
}

/// A step of a flow, and how it was left; `None`: it was reached.
pub type Went<'a> = (&'a str, &'a str, Option<(Way, To<'a>)>);

/// Where somebody went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// To a step of the same flow.
    Step(&'a str),
    /// To the start of another flow.
    Flow(&'a str),
    /// The flow has ended, or they went back.
    Nowhere,
}

impl<'a> From<&'a Target> for To<'a> {
    fn from(target: &'a Target) -> Self {
        match target {
            Target::Step(step) => Self::Step(step),
            Target::Flow(flow) => Self::Flow(flow),
        }
    }
}

impl Trace<'_> {
    /// The passages, to be counted.
    pub fn counted(&self) -> impl Iterator<Item = Passage> + '_ {
        let came = self.campaign.iter().map(|(flow, campaign)| Passage {
            flow: (*flow).to_owned(),
            step: String::new(),
            on: Some((Way::Campaign, campaign.clone())),
        });
        let went = self.passages.iter().map(|(flow, step, on)| Passage {
            flow: (*flow).to_owned(),
            step: (*step).to_owned(),
            on: on.map(|(way, to)| {
                let to = match to {
                    To::Step(step) => step.to_owned(),
                    To::Flow(flow) => format!("flow:{flow}"),
                    To::Nowhere => String::new(),
                };
                (way, to)
            }),
        });
        came.chain(went)
    }
}

/// How it goes on after a step.
enum After<'a> {
    /// With this step, or with what comes after the flow's end.
    Go(Option<Place<'a>>),
    /// Not before the person has answered.
    Wait,
    /// Not at all: the content is at fault.
    Fault,
}

/// Where a flow that has ended leads back to.
enum Back<'a> {
    /// To this step.
    To(Place<'a>),
    /// Nowhere: nobody called it.
    Done,
    /// To a step that an edit has removed meanwhile.
    Gone,
}

impl<'a> Run<'a> {
    pub(super) fn new(content: &'a Content, env: &'a Env, state: FlowState) -> Self {
        Self {
            content,
            env,
            state,
            effects: Vec::new(),
            told_missing: false,
            wants_menu: false,
            paused: false,
            trace: Trace::default(),
        }
    }

    pub(super) fn finish(mut self) -> (Turn, Trace<'a>) {
        let deleted = self.effects.last() == Some(&Effect::Delete);
        if !deleted {
            self.state.content.clone_from(&self.content.hash);
            let chosen = self.state.lang.is_some();
            self.state.device = self.device_lang().filter(|_| !chosen);
        }
        let turn = Turn {
            state: self.state,
            effects: self.effects,
        };
        (turn, self.trace)
    }

    /// Starts a flow from its first step. What waited is left behind; `back` leads there.
    pub(super) fn jump(&mut self, flow: &str) {
        let start = self.start_of(flow);
        self.jump_into(flow, start);
    }

    /// Starts a flow in the middle.
    pub(super) fn jump_to(&mut self, flow: &str, step: &str) {
        let place = self.content.flows.get(flow);
        let place = place.and_then(|flow| Some((flow, flow.steps.get(step)?)));
        self.jump_into(flow, place);
    }

    fn jump_into(&mut self, flow: &str, start: Option<Place<'a>>) {
        self.note_leaving(Some(flow));
        self.leave();
        self.remember();
        self.state.at = None;
        self.state.pending = None;
        self.state.urged = None;
        self.state.stack.clear();
        match start {
            Some(_) => self.walk(start),
            None => self.give_up("a flow that is to be started is not there", flow),
        }
    }

    /// Notes that somebody reached a step (`None`), or how they left it.
    pub(super) fn note(&mut self, (flow, step): Place<'a>, on: Option<(Way, To<'a>)>) {
        self.trace.passages.push((&flow.id, &step.id, on));
    }

    /// Notes that the question that waits is left by a command, for another flow or for the question before.
    pub(super) fn note_leaving(&mut self, flow: Option<&str>) {
        let asked_by = self.state.pending.as_ref().and_then(Pending::from);
        let at = asked_by.or(self.state.at.as_ref());
        let to = flow.and_then(|flow| self.content.flows.get(flow));
        let to = to.map_or(To::Nowhere, |flow| To::Flow(&flow.id));
        if let Some(place) = at.and_then(|at| self.place(at)) {
            self.note(place, Some((Way::Command, to)));
        }
    }

    /// The first step of a flow.
    pub(super) fn start_of(&self, flow: &str) -> Option<Place<'a>> {
        let flow = self.content.flows.get(flow)?;
        Some((flow, flow.steps.get(&flow.start)?))
    }

    /// A step by its position.
    pub(super) fn place(&self, position: &Position) -> Option<Place<'a>> {
        let flow = self.content.flows.get(&position.flow)?;
        Some((flow, flow.steps.get(&position.step)?))
    }

    /// Puts the question that waits on the trail for `back`.
    pub(super) fn remember(&mut self) {
        let Some(at) = self.state.at.clone() else {
            return;
        };
        if self.state.trail.last().is_some_and(|last| last.at == at) {
            return;
        }
        if self.state.trail.len() >= MAX_TRAIL {
            self.state.trail.remove(0);
        }
        self.state.trail.push(Visited {
            at,
            stack: self.state.stack.clone(),
        });
    }

    /// Goes on after a step whose work is done.
    pub(super) fn go_on_after(&mut self, place: Option<Place<'a>>) {
        self.state.at = None;
        let next = place.and_then(|(flow, step)| self.next(flow, step));
        self.walk(next);
    }

    /// Goes on to a target of a flow.
    pub(super) fn go_to(&mut self, flow: &'a Flow, target: &Target) {
        self.state.at = None;
        let next = self.resolve(flow, target);
        self.walk(next);
    }

    /// Walks until a question waits or nothing is left to do.
    pub(super) fn walk(&mut self, start: Option<Place<'a>>) {
        let mut here = start;
        loop {
            let back = match here {
                Some(place) => Back::To(place),
                None => self.come_back(),
            };
            let (flow, step) = match back {
                Back::To(place) => place,
                Back::Done => {
                    self.state.at = None;
                    return;
                }
                Back::Gone => return self.say_gone(),
            };
            if self.is_menu((flow, step)) && self.offer_to_resume() {
                return;
            }
            self.begins(flow, step);
            self.trace.steps.push((&flow.id, &step.id));
            self.note((flow, step), None);
            if self.trace.steps.len() > MAX_STEPS {
                return self.give_up("too many steps without a question", &flow.id);
            }
            match self.perform(flow, step) {
                After::Go(next) => here = next,
                After::Wait => return,
                After::Fault => return self.give_up("a call that cannot be made", &flow.id),
            }
        }
    }

    /// A flow that is begun anew is no longer one to go on with.
    fn begins(&mut self, flow: &Flow, step: &Step) {
        let left = self.state.left.as_ref().and_then(Left::flow);
        if step.id == flow.start && self.state.stack.is_empty() && left == Some(&flow.id) {
            self.state.left = None;
        }
    }

    /// A flow has ended: the step after the innermost `call`, if there is one.
    fn come_back(&mut self) -> Back<'a> {
        while let Some(frame) = self.state.stack.pop() {
            let Some((flow, step)) = self.place(&frame) else {
                self.state.stack.clear();
                self.state.at = None;
                return Back::Gone;
            };
            if let Some(next) = self.next(flow, step) {
                return Back::To(next);
            }
        }
        Back::Done
    }

    fn perform(&mut self, flow: &'a Flow, step: &'a Step) -> After<'a> {
        match &step.kind {
            StepKind::Ask(ask) => {
                self.ask(flow, step, ask);
                After::Wait
            }
            StepKind::Say {
                facts,
                unverified,
                remind,
            } => {
                let doubtful = facts.iter().any(|id| !self.may_state(id));
                match unverified {
                    Some(target) if doubtful => {
                        self.note((flow, step), Some((Way::Unverified, target.into())));
                        After::Go(self.resolve(flow, target))
                    }
                    _ => {
                        self.say_step(flow, step, facts);
                        self.offer_reminder(flow, step, remind.as_ref())
                    }
                }
            }
            StepKind::Refer(refer) => match self.refer(flow, step, refer) {
                true => After::Go(self.next(flow, step)),
                false => {
                    self.note(
                        (flow, step),
                        Some((Way::Unverified, (&refer.otherwise).into())),
                    );
                    After::Go(self.resolve(flow, &refer.otherwise))
                }
            },
            StepKind::Call(called) => self.call(flow, step, called),
            StepKind::Handoff(handoff) => {
                self.ask_consent(flow, step, handoff);
                After::Wait
            }
            StepKind::Set(values) => {
                self.state.answers.extend(values.iter().cloned());
                After::Go(self.next(flow, step))
            }
            StepKind::Do(Action::Stop) => {
                self.stop();
                After::Wait
            }
            StepKind::Do(Action::Delete) => {
                self.ask_pending(Pending::Delete {
                    from: position(flow, step),
                });
                After::Wait
            }
            StepKind::Do(Action::ShowData) => {
                self.say_data();
                After::Go(self.next(flow, step))
            }
            StepKind::Branch => After::Go(self.next(flow, step)),
        }
    }

    fn offer_reminder(
        &mut self,
        flow: &'a Flow,
        step: &'a Step,
        remind: Option<&Remind>,
    ) -> After<'a> {
        let Some(reminder) = remind.and_then(|r| self.reminder(flow, step, r)) else {
            return After::Go(self.next(flow, step));
        };
        let from = position(flow, step);
        self.state.at = None;
        self.ask_pending(Pending::Remind { from, reminder });
        After::Wait
    }

    /// Whether a fact may be stated today.
    fn may_state(&self, fact: &str) -> bool {
        let (today, settings) = (self.env.now.date(), &self.content.settings);
        let fact = self.content.facts.get(fact);
        fact.is_some_and(|f| matches!(fact_status(f, today, settings), FactStatus::Usable { .. }))
    }

    fn call(&mut self, flow: &'a Flow, step: &'a Step, called: &str) -> After<'a> {
        let start = self.start_of(called);
        if start.is_none() || self.state.stack.len() >= MAX_DEPTH {
            return After::Fault;
        }
        self.state.stack.push(position(flow, step));
        After::Go(start)
    }

    fn ask(&mut self, flow: &'a Flow, step: &'a Step, ask: &Ask) {
        self.state.at = Some(Position::question(&flow.id, &step.id, &ask.kind));
        self.state.pending = None;
        self.state.wrong = 0;
        self.state.revision = self.state.revision.wrapping_add(1);
        self.say_question();
    }

    /// Asks a built-in question; on top of the one that waits, if one does.
    pub(super) fn ask_pending(&mut self, pending: Pending) {
        self.state.pending = Some(pending);
        self.state.wrong = 0;
        self.state.revision = self.state.revision.wrapping_add(1);
        self.say_question();
    }

    /// The person wants no more messages.
    pub(super) fn stop(&mut self) {
        self.say_system("stopped", &[]);
        self.effects.push(Effect::Stop);
        self.cancel_reminders();
        self.state.stopped = true;
        (self.state.interrupted, self.state.urged) = (None, None);
        self.state.at = None;
        self.state.pending = None;
        self.state.stack.clear();
    }

    /// The content is at fault: never silence, but an apology and the offer of a human.
    pub(super) fn give_up(&mut self, what: &str, flow: &str) {
        // Whatever went round and round is said once.
        let mut said = BTreeSet::new();
        self.effects.retain(|effect| match effect {
            Effect::Say(message) => said.insert(message.key.clone()),
            _ => true,
        });
        self.effects.push(Effect::Alarm {
            what: format!("flow {flow}: {what}"),
        });
        self.say_system("sorry", &[]);
        (self.state.interrupted, self.state.urged) = (None, None);
        self.state.at = None;
        self.state.stack.clear();
        self.ask_pending(Pending::Offer {
            key: "fallback-human".into(),
        });
    }

    /// Where a step goes on, by its rules.
    pub(super) fn next(&mut self, flow: &'a Flow, step: &'a Step) -> Option<Place<'a>> {
        let target = match &step.next {
            Next::End => None,
            Next::Goto(target) => Some(target),
            Next::Rules(rules) => {
                let holds = |rule: &&crate::content::Rule| {
                    rule.when
                        .as_ref()
                        .is_none_or(|c| condition::holds(c, &self.state, self.env))
                };
                rules.iter().find(holds).map(|rule| &rule.target)
            }
        };
        let to = target.map_or(To::Nowhere, To::from);
        self.note((flow, step), Some((Way::Next, to)));
        self.resolve(flow, target?)
    }

    /// The step that a target names. Another flow is entered without return.
    fn resolve(&mut self, flow: &'a Flow, target: &Target) -> Option<Place<'a>> {
        match target {
            Target::Step(step) => flow.steps.get(step).map(|step| (flow, step)),
            Target::Flow(other) => {
                self.state.stack.clear();
                self.start_of(other)
            }
        }
    }
}

/// The position of a step that is no question.
pub(super) fn position(flow: &Flow, step: &Step) -> Position {
    Position {
        flow: flow.id.clone(),
        step: step.id.clone(),
        ask: String::new(),
    }
}
