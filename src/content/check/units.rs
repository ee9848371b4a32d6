//! What the questions for a number count.

use super::pattern::Parts;
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::types::{AskKind, StepKind};
use crate::text::{TimeUnit, time_units};

/// What a unit is called, in the plural.
pub(in crate::content) fn name(unit: TimeUnit) -> Both {
    match unit {
        TimeUnit::Days => Both::new("Tage", "days"),
        TimeUnit::Weeks => Both::new("Wochen", "weeks"),
        TimeUnit::Months => Both::new("Monate", "months"),
        TimeUnit::Years => Both::new("Jahre", "years"),
    }
}

/// Without the key `unit` the first unit that the question names counts. Where it names two, that is luck.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    for (id, flow) in files.sound_flows() {
        for (step, marks) in &flow.parsed.marks {
            let Some((first, second)) = asks_without(flow, step)
                .then(|| two_units(files, id, step))
                .flatten()
            else {
                continue;
            };
            let (a, b) = (name(first), name(second));
            let said = Both::new(
                format!(
                    "diese Frage nennt {} und {} und sagt nicht, was sie zählt",
                    a.de, b.de
                ),
                format!(
                    "this question names {} and {} and does not say what it counts",
                    a.en, b.en
                ),
            );
            let key = format!("unit = \"{}\"", first.as_str());
            problems
                .at(Code::TwoUnits, &flow.file, marks.header.clone(), said)
                .help(
                    format!("Schreiben Sie in diesen Schritt: {key}"),
                    format!("Write into this step: {key}"),
                );
        }
    }
}

fn asks_without(flow: &FlowAt, step: &str) -> bool {
    match flow.parsed.flow.steps.get(step).map(|s| &s.kind) {
        Some(StepKind::Ask(ask)) => {
            ask.unit.is_none() && matches!(ask.kind, AskKind::Number { .. })
        }
        _ => false,
    }
}

/// The first two units that a question names, in the first language in which it names several.
fn two_units(files: &Files, flow: &str, step: &str) -> Option<(TimeUnit, TimeUnit)> {
    files.texts_named(flow).find_map(|t| {
        let value = t.message(step)?.value.as_ref()?;
        match time_units(&Parts::of(value).text)[..] {
            [first, second, ..] => Some((first, second)),
            _ => None,
        }
    })
}
