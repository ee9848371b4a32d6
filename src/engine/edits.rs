//! What an edit of the content means for somebody in mid-conversation.

use super::question::same_question;
use super::run::Run;
use super::types::{Left, Pending, Position, Visited};
use crate::content::{Content, StepKind, Target};

/// Steps that were moved more often than this are taken for gone.
const MAX_MOVES: usize = 8;

/// What became of the question that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// It is still there (perhaps under another name), or none waits.
    Same,
    /// This step has taken its place; it must be walked to before anything can be answered.
    Replaced(Position),
    /// It is gone, and nothing has taken its place.
    Gone,
}

/// What an edit means for people at a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands, or `[moved]` names the step in its place.
    Kept,
    /// A step of its name stands, but it is another kind of question or none.
    AsksOther,
    /// It is gone.
    Gone,
}

/// What the content means for people at a question that an older content asked.
pub fn fate(content: &Content, at: &Position) -> Fate {
    let moved = successor(content, at, |p| {
        p.step != at.step && content.step(&p.flow, &p.step).is_some()
    });
    let stands = successor(content, at, |at| question_stands(content, at));
    if stands.is_some() || moved.is_some() {
        Fate::Kept
    } else if content.step(&at.flow, &at.step).is_some() {
        Fate::AsksOther
    } else {
        Fate::Gone
    }
}

impl Run<'_> {
    /// Brings the state over to the content of now. Answers are never touched.
    pub(super) fn carry(&mut self) -> Carried {
        let content = self.content;
        self.state
            .trail
            .retain_mut(|visited| carry_visited(content, visited));
        carry_calls(content, &mut self.state.stack);
        if let Some(from) = self.state.pending.as_mut().and_then(asked_by)
            && let Some(now) = now_called(content, from)
        {
            *from = now;
        }
        let Some(at) = self.state.at.clone() else {
            return Carried::Same;
        };
        match successor(content, &at, |at| question_stands(content, at)) {
            Some(now) => {
                self.state.at = Some(now);
                return Carried::Same;
            }
            None => self.state.pending = None,
        }
        // No question of the same kind: any step that took its place will do.
        let replaced = successor(content, &at, |p| {
            content.step(&p.flow, &p.step).is_some() && p.step != at.step
        });
        let replaced = replaced.or_else(|| content.step(&at.flow, &at.step).map(|_| at));
        self.state.at = None;
        match replaced {
            Some(now) => Carried::Replaced(now),
            None => {
                self.state.stack.clear();
                Carried::Gone
            }
        }
    }

    /// Whether a question that was left, or what has taken its place, can still be asked.
    pub(super) fn still_there(&self, left: &Left) -> bool {
        match &left.at {
            Some(at) => now_called(self.content, at).is_some(),
            None => left.pending.is_some(),
        }
    }

    /// Walks to the step that has taken the place of the question that waited.
    pub(super) fn walk_to(&mut self, replacement: Position) {
        if let Some(flow) = self.content.flows.get(&replacement.flow) {
            self.go_to(flow, &Target::Step(replacement.step));
        }
    }

    /// Tells that the question is gone and offers a way on.
    pub(super) fn say_gone(&mut self) {
        self.ask_pending(Pending::Offer {
            key: "flow-gone".into(),
        });
    }
}

/// The position itself, or the one that it was moved to, as soon as one fits.
fn successor(
    content: &Content,
    at: &Position,
    fits: impl Fn(&Position) -> bool,
) -> Option<Position> {
    let mut here = at.clone();
    for _ in 0..MAX_MOVES {
        if fits(&here) {
            return Some(here);
        }
        here.step
            .clone_from(content.flows.get(&here.flow)?.moved.get(&here.step)?);
    }
    None
}

fn question_stands(content: &Content, at: &Position) -> bool {
    content
        .step(&at.flow, &at.step)
        .is_some_and(|step| same_question(step, at))
}

fn call_stands(content: &Content, frame: &Position) -> bool {
    let step = content.step(&frame.flow, &frame.step);
    step.is_some_and(|step| matches!(step.kind, StepKind::Call(_)))
}

/// A call whose step is gone stays on the stack: it is noticed when the called flow comes back.
fn carry_calls(content: &Content, stack: &mut [Position]) {
    for frame in stack {
        let call = successor(content, frame, |f| call_stands(content, f));
        if let Some(now) = call.or_else(|| now_called(content, frame)) {
            *frame = now;
        }
    }
}

/// The step that asked a built-in question.
fn asked_by(pending: &mut Pending) -> Option<&mut Position> {
    match pending {
        Pending::Consent { from, .. } => from.as_mut(),
        Pending::Delete { from } | Pending::Remind { from, .. } => Some(from),
        Pending::Place { .. }
        | Pending::Date { .. }
        | Pending::Postcode { .. }
        | Pending::Check { .. }
        | Pending::Topics { .. }
        | Pending::Resume
        | Pending::Offer { .. } => None,
    }
}

/// The step of this name, or the one that it was moved to, whatever it does.
pub(super) fn now_called(content: &Content, at: &Position) -> Option<Position> {
    successor(content, at, |p| content.step(&p.flow, &p.step).is_some())
}

fn carry_visited(content: &Content, visited: &mut Visited) -> bool {
    let now = successor(content, &visited.at, |at| question_stands(content, at));
    carry_calls(content, &mut visited.stack);
    now.map(|now| visited.at = now).is_some()
}
