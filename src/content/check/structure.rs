//! Questions, hand-offs, moved steps and commands.

use crate::content::command::Command;
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::near::did_you_mean;
use crate::content::types::{AskKind, StepKind};
use std::collections::BTreeSet;

pub(super) fn check(files: &Files, problems: &mut Problems) {
    retry(files, problems);
    moved(files, problems);
    commands(files, problems);
}

fn retry(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for (id, step) in &flow.parsed.flow.steps {
            let StepKind::Ask(ask) = &step.kind else {
                continue;
            };
            let Some(marks) = flow.parsed.marks.get(id) else {
                continue;
            };
            if ask.kind == AskKind::Language || ask.retry.is_some() || marks.retry {
                continue;
            }
            let message = Both::new(
                "nach falschen Antworten geht es hier nie weiter",
                "after wrong answers there is no way on from here",
            );
            problems
                .at(Code::NoRetry, &flow.file, marks.header.clone(), message)
                .help(
                    "Schreiben Sie zum Beispiel: retry = { times = 2, then = \"flow:human\" }",
                    "Write for example: retry = { times = 2, then = \"flow:human\" }",
                );
        }
    }
}

/// Fields that are passed on, though no question and no `set` of any flow fills them.
pub(super) fn never_asked(files: &Files, problems: &mut Problems) {
    if files.flows.values().any(|f| f.broken) {
        return;
    }
    let mut filled = BTreeSet::new();
    for (_, flow) in files.sound_flows() {
        for step in flow.parsed.flow.steps.values() {
            match &step.kind {
                StepKind::Ask(ask) => filled.extend(ask.save.as_deref()),
                StepKind::Set(sets) => filled.extend(sets.iter().map(|(field, _)| field.as_str())),
                _ => {}
            }
        }
    }
    for (_, flow) in files.sound_flows() {
        for field in flow.parsed.marks.values().flat_map(|m| &m.share) {
            let name = &field.value;
            if filled.contains(name.as_str()) || files.fields.get(name).is_none() {
                continue;
            }
            let message = Both::new(
                format!("`{name}` wird weitergegeben, aber nirgends gefragt"),
                format!("`{name}` is passed on, but never asked"),
            );
            problems
                .at(Code::NeverAsked, &flow.file, field.span.clone(), message)
                .help(
                    format!("Streichen Sie es, oder fragen Sie irgendwo mit save = \"{name}\""),
                    format!("Leave it out, or ask somewhere with save = \"{name}\""),
                );
        }
    }
}

fn moved(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        let marks = &flow.parsed.marks;
        for (old, new) in &flow.parsed.moved {
            if !marks.contains_key(&new.value) {
                let message = Both::new(
                    format!("den Schritt `{}` gibt es in diesem Ablauf nicht", new.value),
                    format!("there is no step `{}` in this flow", new.value),
                );
                problems
                    .at(Code::MovedNowhere, &flow.file, new.span.clone(), message)
                    .help_if(did_you_mean(&new.value, marks.keys().map(String::as_str)));
            }
            if marks.contains_key(&old.value) {
                let message = Both::new(
                    format!(
                        "den Schritt `{}` gibt es noch; niemand wird verschoben",
                        old.value
                    ),
                    format!("the step `{}` is still there; nobody is moved", old.value),
                );
                problems
                    .at(Code::MovedNowhere, &flow.file, old.span.clone(), message)
                    .warning();
            }
        }
    }
}

fn commands(files: &Files, problems: &mut Problems) {
    let Some((file, settings)) = &files.settings else {
        return;
    };
    let missing: Vec<&str> = Command::ALL
        .into_iter()
        .filter(|c| !c.is_built_in() && !settings.commands.iter().any(|(known, ..)| known == c))
        .map(Command::as_str)
        .collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.join(", ");
    let message = Both::new(
        format!("diese Befehle führen nirgendwohin: {list}"),
        format!("these commands lead nowhere: {list}"),
    );
    let example = missing
        .first()
        .map(|c| format!("[commands] {c} = \"flow:{c}\""))
        .unwrap_or_default();
    problems
        .at(
            Code::CommandWithoutTarget,
            file,
            settings.commands_span.clone(),
            message,
        )
        .help(
            format!("Schreiben Sie zum Beispiel: {example}"),
            format!("Write for example: {example}"),
        );
}
