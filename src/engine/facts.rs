//! Facts that texts state: whether they may be stated today, and how their value is shown.

use crate::content::{Arg, Content, Fact, FactState, FactValue};
use crate::model::Lang;
use jiff::Unit;
use jiff::civil::Date;

/// Whether a text may state this fact today: it is established, was checked lately, and, if it has values, has one
/// for today.
pub(super) fn usable(content: &Content, id: &str, today: Date) -> bool {
    content.facts.get(id).is_some_and(|fact| {
        let most = fact.max_age_days.unwrap_or(content.settings.max_age_days);
        let age = fact
            .checked_on
            .until((Unit::Day, today))
            .map_or(i64::MAX, |s| i64::from(s.get_days()));
        fact.state != FactState::Open
            && age <= most
            && (fact.values.is_empty() || value_on(fact, today).is_some())
    })
}

/// The value that holds on a day.
pub(super) fn value_on(fact: &Fact, day: Date) -> Option<&FactValue> {
    fact.values.iter().find(|v| {
        v.valid_from.is_none_or(|from| from <= day) && v.valid_to.is_none_or(|to| day <= to)
    })
}

/// The value as a text shows it.
pub(super) fn shown(value: &FactValue, _lang: &Lang) -> Arg {
    match (&value.unit, value.amount.parse::<i64>()) {
        (None, Ok(n)) => Arg::Number(n),
        (None, Err(_)) => Arg::Text(value.amount.clone()),
        (Some(unit), _) => Arg::Text(format!("{} {unit}", value.amount)),
    }
}
