//! What somebody has to look up again: facts and services, with the day on which each falls silent.

use super::facts::{FactStatus, Unverified, fact_status};
use super::types::{Content, FactValue, StepKind};
use jiff::Span;
use jiff::civil::Date;

/// What was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// A fact of `facts.toml`.
    Fact,
    /// A service of `services.toml`.
    Service,
}

/// Whether people are told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They are.
    Stated,
    /// They never were: nobody has established it.
    Open,
    /// Not any more: looked up too long ago, or no value holds.
    Silent,
}

/// A fact or a service that somebody looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recheck<'c> {
    /// Which of the two it is.
    pub kind: Looked,
    /// Its id.
    pub id: &'c str,
    /// Whether people are told it.
    pub told: Told,
    /// When somebody last looked.
    pub checked_on: Date,
    /// Who looked.
    pub checked_by: &'c str,
    /// The first day on which it is not told if nobody looks again; `None`: it never was, or was not told so far.
    pub silent_from: Option<Date>,
    /// The last day of the last value; `None`: no value, or one without an end.
    pub valid_to: Option<Date>,
    /// Where it can be read.
    pub source: &'c str,
    /// The steps that say it, `flow/step`.
    pub steps: Vec<String>,
}

impl Content {
    /// All facts and services as they stand on a day: those that were looked up longest ago first, among them those that
    /// fall silent first.
    pub fn rechecks(&self, today: Date) -> Vec<Recheck<'_>> {
        let max_age = self.settings.max_age_days;
        let facts = self.facts.iter().map(|(id, fact)| Recheck {
            kind: Looked::Fact,
            id,
            told: told(fact_status(fact, today, &self.settings)),
            checked_on: fact.checked_on,
            checked_by: &fact.checked_by,
            silent_from: earlier(
                too_old(fact.checked_on, fact.max_age_days.unwrap_or(max_age)),
                runs_out(&fact.values, today),
            ),
            valid_to: last_day(&fact.values),
            source: &fact.source,
            steps: self.steps_that(
                |kind| matches!(kind, StepKind::Say { facts, .. } if facts.contains(id)),
            ),
        });
        let services = self.services.iter().map(|service| {
            Recheck {
            kind: Looked::Service,
            id: &service.id,
            told: told(service.status(today, &self.settings)),
            checked_on: service.checked_on,
            checked_by: &service.checked_by,
            silent_from: too_old(service.checked_on, service.max_age_days.unwrap_or(max_age)),
            valid_to: None,
            source: &service.source,
            steps: self.steps_that(|kind| {
                matches!(kind, StepKind::Refer(refer) if service.topics.contains(&refer.topic))
            }),
        }
        });
        let mut all: Vec<_> = facts.chain(services).collect();
        for one in &mut all {
            if one.told == Told::Open {
                one.silent_from = None;
            }
        }
        // Without a day on which it ends, last.
        all.sort_by_key(|one| (one.checked_on, one.silent_from.unwrap_or(Date::MAX)));
        all
    }

    fn steps_that(&self, says: impl Fn(&StepKind) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for (flow, parsed) in &self.flows {
            let steps = parsed.steps.values().filter(|step| says(&step.kind));
            found.extend(steps.map(|step| format!("{flow}/{}", step.id)));
        }
        found
    }
}

fn told(status: FactStatus<'_>) -> Told {
    match status {
        FactStatus::Usable { .. } => Told::Stated,
        FactStatus::Unverified(Unverified::Open) => Told::Open,
        FactStatus::Unverified(_) => Told::Silent,
    }
}

/// The first day on which what was looked up on a day is too old.
fn too_old(checked_on: Date, max_age_days: i64) -> Option<Date> {
    let days = Span::new().try_days(max_age_days.checked_add(1)?).ok()?;
    checked_on.checked_add(days).ok()
}

/// The first day on which none of the values holds: from today on if one holds today, else the day after the last that
/// did; `None`: never, or none has begun.
fn runs_out(values: &[FactValue], today: Date) -> Option<Date> {
    let mut day = today;
    while let Some(held) = values.iter().find(|v| v.holds_on(day)) {
        day = held.valid_to?.tomorrow().ok()?;
    }
    if day > today {
        return Some(day);
    }
    let over = values.iter().filter_map(|v| v.valid_to);
    over.filter(|to| *to < today).max()?.tomorrow().ok()
}

fn last_day(values: &[FactValue]) -> Option<Date> {
    let ends: Option<Vec<Date>> = values.iter().map(|v| v.valid_to).collect();
    ends?.into_iter().max()
}

fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{example_folder, load};
    use jiff::civil::date;
    use std::sync::Arc;

    const SERVICES: &str = "[service.advice]\nname = \"A\"\ntopics = [\"work\"]\nnationwide = true\n\
        url = \"https://a.example\"\nsource = \"https://a.example\"\nchecked_on = 2026-09-01\n\
        checked_by = \"B\"\nstate = \"verified\"\n";

    /// The example's fact has one value, until 2026-12-31, and was looked up on 2026-11-01.
    fn content(facts: &str) -> Content {
        let mut folder = example_folder().with("flows/services.toml", SERVICES);
        let file = folder.0.get_mut("flows/facts.toml").unwrap();
        file.push_str(facts);
        let loaded = load(&folder, Arc::default());
        loaded
            .content
            .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
    }

    fn seen(content: &Content, today: Date) -> Vec<(&str, Told, Option<Date>)> {
        let all = content.rechecks(today).into_iter();
        all.map(|r| (r.id, r.told, r.silent_from)).collect()
    }

    #[test]
    fn the_oldest_comes_first_with_the_day_on_which_it_falls_silent() {
        let content = content("");
        let (age, value) = (date(2027, 3, 1), date(2027, 1, 1));
        let on = |day| seen(&content, day);
        assert_eq!(
            on(date(2026, 12, 31)),
            [
                ("advice", Told::Stated, Some(age)),
                ("minimum_wage", Told::Stated, Some(value)),
            ]
        );
        // On that very day it is silent, and not on the day before.
        assert_eq!(on(date(2027, 2, 28))[0].1, Told::Stated);
        assert_eq!(on(age)[0], ("advice", Told::Silent, Some(age)));
        assert_eq!(on(value)[1], ("minimum_wage", Told::Silent, Some(value)));
        let wage = &content.rechecks(value)[1];
        assert_eq!(wage.steps, ["work/wage"]);
        assert_eq!(wage.valid_to, Some(date(2026, 12, 31)));
    }

    #[test]
    fn a_value_that_follows_at_once_keeps_a_fact_told() {
        let next = |from: &str| {
            content(&format!(
                "\n[[fact.minimum_wage.value]]\namount = \"14.60\"\nunit = \"EUR\"\n\
                valid_from = {from}\nvalid_to = 2027-03-31\n"
            ))
        };
        let day = date(2026, 12, 1);
        assert_eq!(seen(&next("2027-01-01"), day)[1].2, Some(date(2027, 4, 1)));
        // With a gap it is silent in the gap.
        assert_eq!(seen(&next("2027-02-01"), day)[1].2, Some(date(2027, 1, 1)));
    }

    #[test]
    fn what_is_open_falls_silent_on_no_day() {
        let open = "\n[fact.rule]\nstatute = \"§ 1\"\nsource = \"https://b.example\"\nchecked_on = 2025-01-01\n\
            checked_by = \"C\"\nstate = \"open\"\n";
        assert_eq!(
            seen(&content(open), date(2026, 12, 1))[0],
            ("rule", Told::Open, None)
        );
    }
}
