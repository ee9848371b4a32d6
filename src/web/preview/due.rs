//! What the person wants to be reminded of: on which day, and what comes then.

use super::talk::Talk;
use super::words::Words;
use crate::engine::Reminder;
use crate::model::{Lapse, LapseUnit, Timestamp};
use crate::text::date_in_words;
use askama::Template;

#[derive(Template)]
#[template(path = "preview/due.html")]
struct Due<'a> {
    w: &'a Words,
    list: Vec<Line>,
}

/// A reminder that is planned.
struct Line {
    /// For programs.
    at: String,
    day: String,
    time: String,
    /// The step that it leads to.
    to: String,
    /// The answer that it counts from.
    field: Option<String>,
    /// The input that lets time pass until it has come.
    wait: String,
}

/// The reminders that are planned, the first one first. `label`: what an editor calls a field.
pub(super) fn html(
    talk: &Talk,
    w: &Words,
    label: impl Fn(&str) -> String,
) -> Result<String, askama::Error> {
    let mut planned: Vec<&Reminder> = talk.state.reminders.iter().collect();
    planned.sort_by_key(|r| (r.due, r.number));
    let line = |r: &&Reminder| {
        let due = r.due.in_berlin();
        Line {
            at: due.strftime("%Y-%m-%dT%H:%M").to_string(),
            day: date_in_words(due.date(), w.lang),
            time: due.strftime("%H:%M").to_string(),
            to: match r.to.step.is_empty() {
                true => r.to.flow.clone(),
                false => format!("{}/{}", r.to.flow, r.to.step),
            },
            field: r.field.as_deref().filter(|_| r.dated).map(&label),
            wait: format!("(wait {}d)", days(talk.now, r.due).count),
        }
    };
    let list = planned.iter().map(line).collect();
    Due { w, list }.render()
}

/// The shortest wait in whole days, by the calendar, after which it is that late.
fn days(now: Timestamp, due: Timestamp) -> Lapse {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let left = due.0.saturating_sub(now.0) / DAY;
    // The clocks may be put forward or back meanwhile.
    let about = u16::try_from(left.clamp(1, i64::from(u16::MAX) - 2)).unwrap_or(1);
    let lapse = |count| Lapse {
        count,
        unit: LapseUnit::Days,
    };
    let late = |count: &u16| now.plus_lapse(lapse(*count)) >= due;
    lapse((about..=about + 2).find(late).unwrap_or(about + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_so_many_days_it_is_due_also_when_the_clocks_are_changed() {
        let at = |text: &str| Timestamp::at_berlin(text.parse().unwrap()).unwrap();
        for (now, due, expected) in [
            ("2026-11-22T10:22", "2026-12-06T10:20", 14),
            ("2026-11-22T10:20", "2026-12-06T10:20", 14),
            ("2026-11-22T10:19", "2026-12-06T10:20", 15),
            ("2027-03-27T10:00", "2027-03-28T10:00", 1),
            ("2027-10-30T10:00", "2027-10-31T10:00", 1),
            ("2027-10-30T10:00", "2027-10-31T10:01", 2),
            ("2026-11-22T10:00", "2026-11-22T09:00", 1),
        ] {
            assert_eq!(days(at(now), at(due)).count, expected, "{now} {due}");
        }
    }
}
