//! The answers that could make a difference to a rule: what is tried in order to find out whether it can hold.

use crate::content::files::Files;
use crate::content::types::{AskKind, Condition, FieldKind, Literal, Operand, SpanFn, StepKind};
use crate::model::Value;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Rules that name more options of one field than this are not looked at: all sets of them are tried.
const MOST_OPTIONS: usize = 12;

/// What questions accept and steps set, by field. A field that nothing restricts has no entry.
#[derive(Default)]
pub(super) struct Accepted<'f> {
    /// In order, none of them within another.
    numbers: BTreeMap<&'f str, Vec<RangeInclusive<i64>>>,
    several: BTreeMap<&'f str, BTreeSet<Several<'f>>>,
}

/// What a field for several options can hold.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Several<'f> {
    /// A question: up to so many of these. Fewer than its `min` too, for each pick is saved at once, and the person may
    /// leave in the middle.
    UpTo(usize, &'f [String]),
    /// A step sets it: exactly these.
    Just(&'f [String]),
}

impl<'f> Accepted<'f> {
    /// What all flows together accept.
    pub fn by(files: &'f Files) -> Self {
        let mut accepted = Self::default();
        let steps = files
            .sound_flows()
            .flat_map(|(_, f)| f.parsed.flow.steps.values());
        for step in steps {
            match &step.kind {
                StepKind::Ask(ask) => {
                    if let Some(field) = &ask.save {
                        accepted.asked(field, &ask.kind);
                    }
                }
                StepKind::Set(sets) => {
                    for (field, value) in sets {
                        accepted.set(field, value);
                    }
                }
                _ => {}
            }
        }
        accepted.numbers.values_mut().for_each(merge);
        accepted
    }

    fn asked(&mut self, field: &'f str, kind: &'f AskKind) {
        match kind {
            AskKind::Number { min, max } => {
                let range = min.unwrap_or(i64::MIN)..=max.unwrap_or(i64::MAX);
                self.numbers.entry(field).or_default().push(range);
            }
            AskKind::Choices { options, max, .. } => {
                let several = Several::UpTo(*max, options);
                self.several.entry(field).or_default().insert(several);
            }
            _ => {}
        }
    }

    fn set(&mut self, field: &'f str, value: &'f Value) {
        match value {
            Value::Number(n) => self.numbers.entry(field).or_default().push(*n..=*n),
            Value::Choices(options) => {
                let several = Several::Just(options);
                self.several.entry(field).or_default().insert(several);
            }
            _ => {}
        }
    }

    /// Whether a field can hold these of the options that rules name, and perhaps others.
    fn takes(&self, field: &str, chosen: &[&str], named: &[&str]) -> bool {
        let Some(several) = self.several.get(field) else {
            return true;
        };
        several.iter().any(|several| match several {
            Several::UpTo(most, options) => {
                let among = |c: &&str| options.iter().any(|o| o == c);
                chosen.len() <= *most && chosen.iter().all(among)
            }
            Several::Just(options) => named
                .iter()
                .all(|n| options.iter().any(|o| o == n) == chosen.contains(n)),
        })
    }
}

/// Many questions accept the same: what lies within another range, or next to it, goes into it.
fn merge(ranges: &mut Vec<RangeInclusive<i64>>) {
    ranges.sort_by_key(|r| *r.start());
    let mut merged: Vec<RangeInclusive<i64>> = Vec::new();
    for range in ranges.drain(..) {
        match merged.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => merged.push(range),
        }
    }
    *ranges = merged;
}

/// An answer that is tried; `None` around it: not answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tried<'c> {
    /// An option.
    Word(&'c str),
    /// Several options, of those that rules name.
    Words(Vec<&'c str>),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(Date),
    /// A place that a local project covers.
    Covered,
    /// Something, no matter what.
    Something,
}

/// The field whose value decides a comparison; `None` for what is made of several.
pub(super) fn field(leaf: &Condition) -> Option<&str> {
    match leaf {
        Condition::Compare {
            left: Operand::Field(field) | Operand::Span(_, field),
            ..
        }
        | Condition::In(field, _)
        | Condition::Has(field, _)
        | Condition::Covered(field)
        | Condition::Known(field) => Some(field),
        Condition::Not(_) | Condition::And(..) | Condition::Or(..) => None,
    }
}

/// The answers to a field that could make a difference to these comparisons; `None` if they are too many.
pub(super) fn answers<'c>(
    name: &str,
    kind: &'c FieldKind,
    parts: &[&'c Condition],
    accepted: &Accepted<'_>,
    today: Date,
) -> Option<Vec<Option<Tried<'c>>>> {
    let about = parts.iter().filter(|p| field(p) == Some(name));
    let mut found = vec![None];
    match kind {
        FieldKind::Choice(words) => found.extend(words.iter().map(|w| Some(Tried::Word(w)))),
        FieldKind::Choices(_) => {
            let option = |part: &&'c Condition| match part {
                Condition::Has(_, option) => Some(option.as_str()),
                _ => None,
            };
            let named: BTreeSet<&str> = about.filter_map(option).collect();
            found.extend(sets(name, &named, accepted)?);
        }
        FieldKind::Flag => found.extend([true, false].map(|f| Some(Tried::Flag(f)))),
        FieldKind::Number => {
            let around = about
                .flat_map(|p| numbers(p))
                .flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)]);
            let mut numbers: BTreeSet<i64> = around.collect();
            if let Some(ranges) = accepted.numbers.get(name) {
                numbers.extend(ranges.iter().flat_map(|r| [*r.start(), *r.end()]));
                numbers.retain(|n| ranges.iter().any(|r| r.contains(n)));
            }
            if numbers.is_empty() {
                // Nothing depends on which one.
                numbers.insert(0);
            }
            found.extend(numbers.into_iter().map(|n| Some(Tried::Number(n))));
        }
        FieldKind::Date => {
            let mut days = BTreeSet::from([today]);
            for part in about {
                days.extend(turning_days(part, today));
            }
            found.extend(days.into_iter().map(|d| Some(Tried::Date(d))));
        }
        FieldKind::Postcode => found.extend([Some(Tried::Something), Some(Tried::Covered)]),
        FieldKind::Text | FieldKind::Contact | FieldKind::Media => {
            found.push(Some(Tried::Something));
        }
    }
    Some(found)
}

/// All sets of the options that rules name, as far as the field can hold them.
fn sets<'c>(
    name: &str,
    named: &BTreeSet<&'c str>,
    accepted: &Accepted<'_>,
) -> Option<Vec<Option<Tried<'c>>>> {
    let named: Vec<&str> = named.iter().copied().collect();
    if named.len() > MOST_OPTIONS {
        return None;
    }
    let set = |which: usize| {
        let chosen = named
            .iter()
            .enumerate()
            .filter(|(n, _)| which >> n & 1 == 1);
        chosen.map(|(_, option)| *option).collect::<Vec<_>>()
    };
    let all = (0..1usize << named.len()).map(set);
    let held = all.filter(|chosen| accepted.takes(name, chosen, &named));
    Some(held.map(|chosen| Some(Tried::Words(chosen))).collect())
}

fn numbers(leaf: &Condition) -> Vec<i64> {
    let number = |l: &Literal| match l {
        Literal::Number(n) => Some(*n),
        _ => None,
    };
    match leaf {
        Condition::Compare { right, .. } => number(right).into_iter().collect(),
        Condition::In(_, list) => list.iter().filter_map(number).collect(),
        _ => Vec::new(),
    }
}

/// The days around those on which a comparison turns.
fn turning_days(leaf: &Condition, today: Date) -> Vec<Date> {
    let Condition::Compare {
        left: Operand::Span(function, _),
        right: Literal::Number(n),
        ..
    } = leaf
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for n in [n.saturating_sub(1), *n, n.saturating_add(1)] {
        let n = n.clamp(-20_000, 20_000);
        let day = match function {
            SpanFn::DaysSince => today.checked_sub(n.days()),
            SpanFn::DaysUntil => today.checked_add(n.days()),
            SpanFn::WeeksSince => today.checked_sub((7 * n).days()),
            SpanFn::WeeksUntil => today.checked_add((7 * n).days()),
            SpanFn::MonthsSince => today.checked_sub(n.months()),
        };
        let Ok(day) = day else { continue };
        for shift in [-1, 0, 1] {
            found.extend(day.checked_add(shift.days()).ok());
        }
    }
    found
}
