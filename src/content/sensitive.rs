//! Which reasons give away a sensitive answer.

use super::types::{
    AskKind, Condition, Content, Flow, Next, Operand, Rule, Step, StepKind, Target,
};
use crate::model::FieldId;

impl Content {
    /// Whether a hand-off for this reason says what somebody answered to a question whose field is `sensitive`: such an
    /// answer decides that it is made. Who knows the reason knows the answer, so the reason is treated like one.
    pub fn is_from_sensitive(&self, reason: &str) -> bool {
        self.flows.values().any(|flow| {
            flow.steps.values().any(|step| {
                matches!(&step.kind, StepKind::Handoff(h) if h.reason == reason)
                    && flow
                        .steps
                        .values()
                        .any(|from| self.decides(flow, from, step))
            })
        })
    }

    /// Whether a sensitive answer leads from one step to another.
    fn decides(&self, flow: &Flow, from: &Step, to: &Step) -> bool {
        let leads = |target: &Target| match target {
            Target::Step(id) => *id == to.id,
            Target::Flow(other) => other == &flow.id && flow.start == to.id,
        };
        let chosen = match &from.kind {
            StepKind::Ask(ask) => match &ask.kind {
                AskKind::Choice(options) => {
                    ask.save.as_ref().is_some_and(|f| self.is_sensitive(f))
                        && options.iter().any(|o| o.target.as_ref().is_some_and(leads))
                }
                _ => false,
            },
            _ => false,
        };
        let Next::Rules(rules) = &from.next else {
            return chosen;
        };
        let by_rule = |(n, rule): (usize, &Rule)| {
            leads(&rule.target) && self.is_decided(rule, rules.get(..n).unwrap_or_default())
        };
        chosen || rules.iter().enumerate().any(by_rule)
    }

    /// Whether a rule holds because of a sensitive answer: it asks for one, or it takes what is left of a rule before it
    /// that asks for the same things and a sensitive one besides.
    fn is_decided(&self, rule: &Rule, before: &[Rule]) -> bool {
        let Some(when) = &rule.when else {
            return false;
        };
        let asks = |when: &Condition| fields(when).iter().any(|f| self.is_sensitive(f));
        let own = parts(when);
        let narrower = |rule: &Rule| {
            rule.when.as_ref().is_some_and(|when| {
                let theirs = parts(when);
                asks(when) && own.iter().all(|part| theirs.contains(part))
            })
        };
        asks(when) || before.iter().any(narrower)
    }

    /// Whether an answer to this field is sensitive.
    pub fn is_sensitive(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|f| f.sensitive)
    }
}

/// What all has to hold.
fn parts(when: &Condition) -> Vec<&Condition> {
    match when {
        Condition::And(a, b) => [parts(a), parts(b)].concat(),
        other => vec![other],
    }
}

/// The fields that a condition asks for.
fn fields(when: &Condition) -> Vec<&FieldId> {
    match when {
        Condition::Compare { left, .. } => match left {
            Operand::Field(field) | Operand::Span(_, field) => vec![field],
        },
        Condition::In(field, _)
        | Condition::Has(field, _)
        | Condition::Known(field)
        | Condition::Covered(field) => vec![field],
        Condition::Not(inner) => fields(inner),
        Condition::And(a, b) | Condition::Or(a, b) => [fields(a), fields(b)].concat(),
    }
}
