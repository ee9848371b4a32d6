//! What was last looked at long ago.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::facts::{FactStatus, Unverified, days_between, fact_status};
use crate::content::files::Files;
use crate::content::types::{FactState, Settings, StepKind};
use jiff::civil::Date;

pub(super) fn check(files: &Files, today: Option<Date>, problems: &mut Problems) {
    open_facts(files, problems);
    if let (Some(today), Some((_, settings))) = (today, &files.settings) {
        reviews(files, today, &settings.settings, problems);
        facts(files, today, &settings.settings, problems);
    }
}

/// A step that states an open fact and has no other way is never said.
fn open_facts(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for (id, step) in &flow.parsed.flow.steps {
            let StepKind::Say {
                facts,
                unverified: None,
                ..
            } = &step.kind
            else {
                continue;
            };
            let open = facts.iter().find(|f| {
                files
                    .facts
                    .get(f)
                    .is_some_and(|known| known.fact.state == FactState::Open)
            });
            let (Some(fact), Some(marks)) = (open, flow.parsed.marks.get(id)) else {
                continue;
            };
            let message = Both::new(
                format!(
                    "die Angabe `{fact}` ist offen; ohne `unverified` kann dieser Schritt nichts sagen"
                ),
                format!(
                    "the fact `{fact}` is open; without `unverified` this step cannot say anything"
                ),
            );
            problems
                .at(Code::FactOpen, &flow.file, marks.header.clone(), message)
                .help(
                    "Schreiben Sie zum Beispiel: unverified = \"general_answer\"",
                    "Write for example: unverified = \"general_answer\"",
                );
        }
    }
}

fn reviews(files: &Files, today: Date, settings: &Settings, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        let Some(reviewed) = flow.parsed.flow.reviewed else {
            continue;
        };
        let days = days_between(reviewed, today);
        if days > settings.max_age_days {
            let message = Both::new(
                format!("dieser Ablauf wurde zuletzt vor {days} Tagen durchgesehen"),
                format!("this flow was last reviewed {days} days ago"),
            );
            problems
                .at(
                    Code::ReviewOld,
                    &flow.file,
                    flow.parsed.reviewed.clone(),
                    message,
                )
                .help(
                    format!("Lesen Sie die Texte durch, dann: reviewed = {today}"),
                    format!("Read the texts through, then: reviewed = {today}"),
                );
        }
    }
}

fn facts(files: &Files, today: Date, settings: &Settings, problems: &mut Problems) {
    let Some(file) = &files.facts.file else {
        return;
    };
    for (id, known) in &files.facts.list {
        let (span, de, en) = match fact_status(&known.fact, today, settings) {
            FactStatus::Unverified(Unverified::Stale { days }) => (
                known.checked_on.clone(),
                format!(
                    "diese Angabe wurde zuletzt vor {days} Tagen geprüft und wird nicht mehr genannt"
                ),
                format!("this fact was last checked {days} days ago and is no longer stated"),
            ),
            FactStatus::Unverified(Unverified::NotValid) => (
                id.span.clone(),
                "keiner der Werte gilt heute; die Angabe wird nicht genannt".to_owned(),
                "none of the values holds today; the fact is not stated".to_owned(),
            ),
            _ => continue,
        };
        let source = &known.fact.source;
        problems
            .at(Code::FactOld, file, span, Both::new(de, en))
            .help(
                format!("Prüfen Sie {source}, dann: checked_on = {today}"),
                format!("Check {source}, then: checked_on = {today}"),
            );
    }
}
