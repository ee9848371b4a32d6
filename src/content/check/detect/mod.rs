//! What a free text can be about: classes, their samples in all languages, thresholds.

mod numbers;
mod offered;
mod samples;

use crate::content::detect::OTHER;
use crate::content::diagnostic::{Both, Code, FileText, Problems, Span};
use crate::content::files::Files;
use crate::content::near::did_you_mean;
use crate::content::parse::detect::classes::ClassAt;
use crate::content::parse::detect::{DetectFiles, FOLDER};
use crate::content::parse::reader::At;

pub(super) fn check(files: &Files, problems: &mut Problems) {
    let detect = &files.detect;
    let Some((file, _)) = &detect.classes else {
        if let Some(tongue) = detect.tongues.first() {
            no_classes(&tongue.file, problems);
        }
        return;
    };
    for (_, at) in detect.classes() {
        names(files, file, at, problems);
    }
    circles(detect, file, problems);
    if !detect.broken && detect.class(OTHER).is_none() {
        let message = Both::new(
            format!("die Klasse `{OTHER}` fehlt"),
            format!("the class `{OTHER}` is missing"),
        );
        problems
            .at(Code::UnknownClass, file, 0..0, message)
            .help(
                format!("Zu ihr gehört alles Übrige, auch die Gegenbeispiele: [class.{OTHER}] und darunter level = \"none\""),
                format!("Everything else belongs to it, the counter-examples too: [class.{OTHER}] and below it level = \"none\""),
            );
    }
    offered::without_file(files, problems);
    samples::check(files, file, problems);
    for tongue in detect.tongues.iter().filter(|t| !t.broken) {
        numbers::check(tongue, problems);
        numbers::questions(tongue, problems);
        offered::answers(tongue, problems);
    }
    thresholds(detect, problems);
}

fn no_classes(file: &FileText, problems: &mut Problems) {
    let message = Both::new(
        format!("{FOLDER}classes.toml fehlt; diese Beispiele gehören zu keiner Klasse"),
        format!("{FOLDER}classes.toml is missing; these examples belong to no class"),
    );
    problems.at(Code::UnknownClass, file, 0..0, message).help(
        "Dort steht für jede Klasse ein Abschnitt: [class.violence] und darunter level = \"immediate\"",
        "There is a section for each class: [class.violence] and below it level = \"immediate\"",
    );
}

impl DetectFiles {
    /// A declared class.
    pub(super) fn class(&self, id: &str) -> Option<&ClassAt> {
        let mut all = self.classes().iter();
        all.find(|(at, _)| at.value == id).map(|(_, class)| class)
    }

    /// Reports a class that is not there, unless it may just not have been understood.
    fn unknown(&self, file: &FileText, name: &str, span: Span, problems: &mut Problems) {
        if self.broken || self.class(name).is_some() {
            return;
        }
        let message = Both::new(
            format!("die Klasse `{name}` gibt es nicht"),
            format!("there is no class `{name}`"),
        );
        let former = |(_, at): &&(At<String>, ClassAt)| at.class.formerly.iter().any(|f| f == name);
        let help = match self.classes().iter().find(former) {
            Some((now, _)) => Some(Both::new(
                format!("Sie heißt jetzt `{}`", now.value),
                format!("It is called `{}` now", now.value),
            )),
            None => did_you_mean(name, self.classes().iter().map(|(at, _)| at.value.as_str())),
        };
        problems
            .at(Code::UnknownClass, file, span, message)
            .help_if(help);
    }
}

/// Reason, flow and wider class of a class.
fn names(files: &Files, file: &FileText, at: &ClassAt, problems: &mut Problems) {
    let class = &at.class;
    if let Some(reason) = &class.reason
        && !files.reasons.broken
    {
        match files.reasons.get(reason) {
            None => {
                let message = Both::new(
                    format!("den Grund `{reason}` gibt es nicht"),
                    format!("there is no reason `{reason}`"),
                );
                problems
                    .at(Code::UnknownReason, file, at.reason.clone(), message)
                    .help_if(did_you_mean(reason, files.reasons.ids()));
            }
            // A level that could not be read was told already.
            Some(known) if class.level != Some(known.level) && !problems.has_errors() => {
                let level = known.level.as_str();
                let message = Both::new(
                    format!("der Grund `{reason}` hat die Stufe `{level}`"),
                    format!("the reason `{reason}` has the level `{level}`"),
                );
                problems
                    .at(Code::LevelDiffers, file, at.level.clone(), message)
                    .help(
                        format!("Schreiben Sie level = \"{level}\", oder nehmen Sie einen Grund mit der Stufe der Klasse"),
                        format!("Write level = \"{level}\", or take a reason that has the level of the class"),
                    );
            }
            Some(_) => {}
        }
    }
    if let Some(flow) = &class.flow
        && !files.flows.contains_key(flow)
    {
        let message = Both::new(
            format!("den Ablauf `{flow}` gibt es nicht"),
            format!("there is no flow `{flow}`"),
        );
        problems
            .at(Code::UnknownFlow, file, at.flow.clone(), message)
            .help_if(did_you_mean(flow, files.flows.keys().map(String::as_str)));
    }
    if let Some(within) = &class.within {
        files
            .detect
            .unknown(file, within, at.within.clone(), problems);
    }
}

/// Classes that are a part of themselves.
fn circles(detect: &DetectFiles, file: &FileText, problems: &mut Problems) {
    let count = detect.classes().len();
    let wider = |id: &str| detect.class(id).and_then(|at| at.class.within.as_deref());
    for (id, at) in detect.classes() {
        let mut above = std::iter::successors(wider(&id.value), |next| wider(next)).take(count);
        if !above.any(|next| next == id.value) {
            continue;
        }
        let (name, within) = (&id.value, at.class.within.as_deref().unwrap_or_default());
        let message = Both::new(
            format!("`{name}` ist über `{within}` ein Teil von sich selbst"),
            format!("`{name}` is a part of itself by way of `{within}`"),
        );
        problems
            .at(Code::WithinCircle, file, at.within.clone(), message)
            .help(
                "Löschen Sie `within` bei der weitesten der Klassen",
                "Delete `within` at the widest of the classes",
            );
    }
}

fn thresholds(detect: &DetectFiles, problems: &mut Problems) {
    let Some((file, at)) = &detect.thresholds else {
        return;
    };
    for class in &at.classes {
        detect.unknown(file, &class.value, class.span.clone(), problems);
    }
    // While classes and samples have faults they are still going to change.
    let now = detect.hash();
    if problems.has_errors() || at.thresholds.set_on == now {
        return;
    }
    let message = match at.thresholds.set_on.is_empty() {
        true => Both::new(
            "niemand hat diese Werte gemessen",
            "nobody has measured these values",
        ),
        false => Both::new(
            "diese Werte wurden mit anderen Beispielen oder Wendungen gemessen",
            "these values were measured with other examples or phrases",
        ),
    };
    problems
        .at(Code::ThresholdsOld, file, at.set_on.clone(), message)
        .help(
            format!("Messen Sie neu: lotse eval nachrichten.jsonl --set. Waren die Werte dabei noch gut, schreiben Sie set_on = \"{now}\""),
            format!("Measure again: lotse eval messages.jsonl --set. If the values were still good, write set_on = \"{now}\""),
        );
}
