//! Which comparisons can still make a difference from a step on.

use crate::content::{AskKind, Condition, Content, Next, Step, StepKind, Target};
use crate::engine::condition::holds;
use crate::engine::{Env, FlowState};
use std::collections::{BTreeMap, BTreeSet};

/// The comparisons that rules make, from each step on.
pub(super) struct Live<'c> {
    comparisons: Vec<&'c Condition>,
    from: BTreeMap<(&'c str, &'c str), BTreeSet<usize>>,
}

impl<'c> Live<'c> {
    pub fn of(content: &'c Content) -> Self {
        let steps = || {
            content.flows.iter().flat_map(|(flow, f)| {
                f.steps
                    .iter()
                    .map(move |(id, step)| ((flow.as_str(), id.as_str()), step))
            })
        };
        let mut comparisons = Vec::new();
        let mut live: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
        for (at, step) in steps() {
            live.insert(at, read(step, &mut comparisons));
        }
        loop {
            let mut changed = false;
            for (at, step) in steps() {
                let mut more: BTreeSet<usize> = BTreeSet::new();
                for next in on(content, at.0, step) {
                    more.extend(live.get(&next).into_iter().flatten());
                }
                if let Some(own) = live.get_mut(&at) {
                    let before = own.len();
                    own.extend(more);
                    changed |= own.len() > before;
                }
            }
            if !changed {
                return Self {
                    comparisons,
                    from: live,
                };
            }
        }
    }

    /// Which of the comparisons that are still to come hold for somebody in this state.
    pub fn holding(&self, state: &FlowState, env: &Env) -> Vec<usize> {
        let pending = state.pending.iter().filter_map(|p| match p {
            crate::engine::Pending::Consent { from, .. } => from.as_ref(),
            crate::engine::Pending::Delete { from } => Some(from),
            _ => None,
        });
        let places = state.at.iter().chain(&state.stack).chain(pending);
        let live: BTreeSet<usize> = places
            .filter_map(|at| self.from.get(&(at.flow.as_str(), at.step.as_str())))
            .flatten()
            .copied()
            .collect();
        live.into_iter()
            .filter(|n| {
                self.comparisons
                    .get(*n)
                    .is_some_and(|c| holds(c, state, env))
            })
            .collect()
    }
}

/// Where a step leads within its flow, and into flows that it calls. Flows that are left for good are walked by themselves.
fn on<'c>(content: &'c Content, flow: &'c str, step: &'c Step) -> Vec<(&'c str, &'c str)> {
    let mut targets: Vec<&Target> = Vec::new();
    let mut found = Vec::new();
    match &step.kind {
        StepKind::Ask(ask) => {
            targets.extend(ask.retry.as_ref().map(|r| &r.then));
            if let AskKind::Choice(options) = &ask.kind {
                targets.extend(options.iter().filter_map(|o| o.target.as_ref()));
            }
        }
        StepKind::Say {
            unverified, remind, ..
        } => {
            targets.extend(unverified.as_ref());
            targets.extend(remind.as_ref().map(|r| &r.target));
        }
        StepKind::Refer(refer) => targets.push(&refer.otherwise),
        StepKind::Call(called) => {
            found.extend(
                content
                    .flows
                    .get(called)
                    .map(|f| (f.id.as_str(), f.start.as_str())),
            );
        }
        _ => {}
    }
    match &step.next {
        Next::Goto(target) => targets.push(target),
        Next::Rules(rules) => targets.extend(rules.iter().map(|r| &r.target)),
        Next::End => {}
    }
    found.extend(targets.into_iter().filter_map(|t| match t {
        Target::Step(id) => Some((flow, id.as_str())),
        Target::Flow(_) => None,
    }));
    found
}

/// The comparisons of a step's rules, by their place in the list of all.
fn read<'c>(step: &'c Step, all: &mut Vec<&'c Condition>) -> BTreeSet<usize> {
    let mut found = Vec::new();
    if let Next::Rules(rules) = &step.next {
        rules
            .iter()
            .flat_map(|r| &r.when)
            .for_each(|when| leaves(when, &mut found));
    }
    let place = |one: &'c Condition| {
        all.iter()
            .position(|known| *known == one)
            .unwrap_or_else(|| {
                all.push(one);
                all.len() - 1
            })
    };
    found.into_iter().map(place).collect()
}

fn leaves<'c>(condition: &'c Condition, found: &mut Vec<&'c Condition>) {
    match condition {
        Condition::Not(inner) => leaves(inner, found),
        Condition::And(a, b) | Condition::Or(a, b) => {
            leaves(a, found);
            leaves(b, found);
        }
        leaf => found.push(leaf),
    }
}
