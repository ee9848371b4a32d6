//! Answers that a walk gives to questions without buttons: those between which some rule tells.

use crate::content::{AskKind, Condition, Content, Literal, Next, Operand, SpanFn, StepKind};
use crate::engine::{Env, FlowState};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers and days by field.
pub(super) struct Samples {
    numbers: BTreeMap<String, BTreeSet<i64>>,
    days: BTreeMap<String, BTreeSet<Date>>,
    today: Date,
}

/// Answers to one question; more would only be the same again.
const MOST: usize = 12;

impl Samples {
    pub fn of(content: &Content, env: &Env) -> Self {
        let mut samples = Self {
            numbers: BTreeMap::new(),
            days: BTreeMap::new(),
            today: env.now.date(),
        };
        let steps = content.flows.values().flat_map(|f| f.steps.values());
        for step in steps {
            if let Next::Rules(rules) = &step.next {
                rules
                    .iter()
                    .flat_map(|r| &r.when)
                    .for_each(|when| samples.note(when));
            }
        }
        samples
    }

    fn note(&mut self, condition: &Condition) {
        match condition {
            Condition::Not(inner) => self.note(inner),
            Condition::And(a, b) | Condition::Or(a, b) => {
                self.note(a);
                self.note(b);
            }
            Condition::Compare {
                left: Operand::Field(field),
                right: Literal::Number(n),
                ..
            } => {
                self.numbers
                    .entry(field.clone())
                    .or_default()
                    .extend([n - 1, *n, n + 1]);
            }
            Condition::Compare {
                left: Operand::Span(function, field),
                right: Literal::Number(n),
                ..
            } => {
                let today = self.today;
                let day = match function {
                    SpanFn::DaysSince => today.checked_sub(n.days()),
                    SpanFn::WeeksSince => today.checked_sub((7 * n).days()),
                    SpanFn::MonthsSince => today.checked_sub(n.months()),
                    SpanFn::DaysUntil => today.checked_add(n.days()),
                    SpanFn::WeeksUntil => today.checked_add((7 * n).days()),
                };
                let days = self.days.entry(field.clone()).or_default();
                for shift in [-1, 0, 1] {
                    days.extend(
                        day.as_ref()
                            .ok()
                            .and_then(|d| d.checked_add(shift.days()).ok()),
                    );
                }
            }
            _ => {}
        }
    }

    /// Whether the question that waits is one for photos.
    pub fn asks_media(&self, content: &Content, state: &FlowState) -> bool {
        let at = state.at.as_ref();
        let step = at.and_then(|at| content.step(&at.flow, &at.step));
        matches!(step.map(|s| &s.kind), Some(StepKind::Ask(ask)) if matches!(ask.kind, AskKind::Media { .. }))
    }

    /// What to answer to the question that waits, if it has no buttons.
    pub fn answers(&self, content: &Content, state: &FlowState) -> Vec<String> {
        let step = state
            .at
            .as_ref()
            .and_then(|at| content.step(&at.flow, &at.step));
        let Some(StepKind::Ask(ask)) = step.map(|s| &s.kind) else {
            return Vec::new();
        };
        let field = ask.save.as_deref().unwrap_or_default();
        match &ask.kind {
            AskKind::Number { min, max } => {
                let mut numbers = self.numbers.get(field).cloned().unwrap_or_default();
                numbers.extend([min.unwrap_or(0), max.unwrap_or(99)]);
                let fits = |n: &i64| min.is_none_or(|m| *n >= m) && max.is_none_or(|m| *n <= m);
                numbers
                    .into_iter()
                    .filter(fits)
                    .take(MOST)
                    .map(|n| n.to_string())
                    .collect()
            }
            AskKind::Date => {
                let mut days = self.days.get(field).cloned().unwrap_or_default();
                days.insert(self.today);
                days.into_iter()
                    .take(MOST)
                    .map(|d| d.strftime("%d.%m.%Y").to_string())
                    .collect()
            }
            AskKind::Postcode => POSTCODES.map(str::to_owned).to_vec(),
            AskKind::Text => vec!["Das ist eine Nachricht.".to_owned()],
            AskKind::Contact => vec!["a@example.org".to_owned()],
            AskKind::Choice(_)
            | AskKind::Choices { .. }
            | AskKind::Media { .. }
            | AskKind::Language => Vec::new(),
        }
    }
}

/// Places in the country, in a city state, and one postcode of several Kreise.
const POSTCODES: [&str; 3] = ["34497", "10115", "01445"];
