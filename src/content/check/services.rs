//! The directory of services, and the steps that name services out of it.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::facts::{FactStatus, Unverified};
use crate::content::files::Files;
use crate::content::near::{did_you_mean, nearest};
use crate::content::parse::services::ServiceAt;
use crate::content::places::{Kreis, Places};
use crate::content::types::{Area, FactState, Settings, StepKind};
use jiff::civil::Date;

/// Keys of the Länder. Source: ISO 3166-2:DE.
const LAENDER: [&str; 16] = [
    "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
];

pub(super) fn check(files: &Files, places: &Places, today: Option<Date>, problems: &mut Problems) {
    for (_, at) in &files.services.list {
        topics(files, at, problems);
        area(files, places, at, problems);
    }
    referrals(files, problems);
    if let (Some(today), Some((_, settings))) = (today, &files.settings) {
        old(files, today, &settings.settings, problems);
    }
}

fn topics(files: &Files, at: &ServiceAt, problems: &mut Problems) {
    let Some(file) = &files.services.file else {
        return;
    };
    let known = |topic: &str| files.topics.broken || files.topics.get(topic).is_some();
    for topic in at.topics.iter().filter(|t| !known(&t.value)) {
        let name = &topic.value;
        let message = Both::new(
            format!("das Thema `{name}` gibt es nicht"),
            format!("there is no topic `{name}`"),
        );
        let help = did_you_mean(name, files.topics.ids());
        problems
            .at(Code::UnknownTopic, file, topic.span.clone(), message)
            .help_if(help);
    }
}

fn area(files: &Files, places: &Places, at: &ServiceAt, problems: &mut Problems) {
    let Some(file) = &files.services.file else {
        return;
    };
    let is_land = matches!(at.service.area, Area::Land(_));
    // Without the tables nothing can be said about Kreise but their form.
    let kreis_there = |key: &str| match places.kreise().is_empty() {
        true => key.len() == 5 && key.bytes().all(|b| b.is_ascii_digit()),
        false => places.kreis(key).is_some(),
    };
    for key in &at.area {
        let name = &key.value;
        let there = match is_land {
            true => LAENDER.contains(&name.as_str()),
            false => kreis_there(name),
        };
        if there {
            continue;
        }
        let (message, help) = match is_land {
            true => (
                Both::new(
                    format!("das Bundesland `{name}` gibt es nicht"),
                    format!("there is no Land `{name}`"),
                ),
                Both::new(
                    format!("Zwei Buchstaben: {}", LAENDER.join(", ")),
                    format!("Two letters: {}", LAENDER.join(", ")),
                ),
            ),
            false => (
                Both::new(
                    format!("den Kreis `{name}` gibt es nicht"),
                    format!("there is no Kreis `{name}`"),
                ),
                key_of(name, places),
            ),
        };
        problems
            .at(Code::UnknownArea, file, key.span.clone(), message)
            .help_if(Some(help));
    }
}

/// What to write for a Kreis that was called by its name.
fn key_of(name: &str, places: &Places) -> Both {
    let wanted = crate::text::key(name);
    let called = |k: &&Kreis| {
        let short = k.name.split(',').next().unwrap_or_default();
        [&k.name, short, &k.label()]
            .into_iter()
            .any(|n| crate::text::key(n) == wanted)
    };
    match places.kreise().iter().find(called) {
        Some(kreis) => {
            let (key, label) = (&kreis.key, kreis.label());
            Both::new(
                format!("Schreiben Sie `{key}` ({label})"),
                format!("Write `{key}` ({label})"),
            )
        }
        None => Both::new(
            "Kreise stehen hier mit ihrem amtlichen Schlüssel aus fünf Ziffern, zum Beispiel 06635",
            "Kreise stand here with their official key of five digits, for example 06635",
        ),
    }
}

/// Fields of another type than is needed, and topics without a service.
fn referrals(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for (id, marks) in &flow.parsed.marks {
            for (field, kind) in &marks.typed {
                let Some(known) = files.fields.get(&field.value) else {
                    continue;
                };
                if known.kind == *kind {
                    continue;
                }
                let needed = super::values::kind_word(kind);
                let (name, held) = (&field.value, super::values::kind_word(&known.kind));
                let message = Both::new(
                    format!(
                        "hier geht nur ein Feld mit type = \"{needed}\"; `{name}` ist `{held}`"
                    ),
                    format!(
                        "only a field with type = \"{needed}\" is possible here; `{name}` is `{held}`"
                    ),
                );
                let fitting = files.fields.list.iter().filter(|(_, f)| f.kind == *kind);
                let fitting: Vec<&str> = fitting.map(|(at, _)| at.value.as_str()).collect();
                let list = fitting.join(", ");
                let help = match nearest(name, fitting.iter().copied()) {
                    Some(near) => Some(Both::new(
                        format!("Meinten Sie `{near}`?"),
                        format!("Did you mean `{near}`?"),
                    )),
                    None if fitting.is_empty() => None,
                    None => Some(Both::new(
                        format!("Möglich sind: {list}"),
                        format!("Possible are: {list}"),
                    )),
                };
                problems
                    .at(Code::WrongField, &flow.file, field.span.clone(), message)
                    .help_if(help);
            }
            let Some(StepKind::Refer(refer)) = flow.parsed.flow.steps.get(id).map(|s| &s.kind)
            else {
                continue;
            };
            let Some(topic) = &marks.topic else { continue };
            let mut services = files.services.list.iter().map(|(_, s)| &s.service);
            let helps =
                services.any(|s| s.topics.contains(&refer.topic) && s.state != FactState::Open);
            if helps || files.services.broken || files.topics.get(&refer.topic).is_none() {
                continue;
            }
            let name = &topic.value;
            let message = Both::new(
                format!("für das Thema `{name}` kennt flows/services.toml keinen Dienst"),
                format!("flows/services.toml has no service for the topic `{name}`"),
            );
            problems
                .at(Code::NoService, &flow.file, topic.span.clone(), message)
                .help(
                    "Tragen Sie dort einen ein; bis dahin geht es immer mit `else` weiter",
                    "Add one there; until then it always goes on with `else`",
                );
        }
    }
}

fn old(files: &Files, today: Date, settings: &Settings, problems: &mut Problems) {
    let Some(file) = &files.services.file else {
        return;
    };
    for (_, at) in &files.services.list {
        let FactStatus::Unverified(Unverified::Stale { days }) = at.service.status(today, settings)
        else {
            continue;
        };
        let message = Both::new(
            format!(
                "dieser Dienst wurde zuletzt vor {days} Tagen geprüft und wird nicht mehr genannt"
            ),
            format!("this service was last checked {days} days ago and is no longer named"),
        );
        let source = &at.service.source;
        problems
            .at(Code::FactOld, file, at.checked_on.clone(), message)
            .help(
                format!("Prüfen Sie {source}, dann: checked_on = {today}"),
                format!("Check {source}, then: checked_on = {today}"),
            );
    }
}
