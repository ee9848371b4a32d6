//! Names that are used must be declared.

use crate::content::diagnostic::{Both, Code, FileText, Problems, Span};
use crate::content::files::{Declarations, Files};
use crate::content::known::FlowAt;
use crate::content::near::suggestion;
use crate::content::near::{did_you_mean, nearest};
use crate::content::parse::reader::is_id;
use crate::content::parse::{Ref, RefKind};

pub(super) fn check(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for reference in &flow.parsed.refs {
            check_ref(files, flow, reference, problems);
        }
    }
    let Some((file, settings)) = &files.settings else {
        return;
    };
    let uses = std::iter::once((settings.settings.start.as_str(), &settings.start)).chain(
        settings
            .commands
            .iter()
            .map(|(_, flow, span)| (flow.as_str(), span)),
    );
    for (name, span) in uses {
        if !files.flows.contains_key(name) {
            unknown_flow(files, name, file, span.clone(), problems);
        }
    }
}

fn check_ref(files: &Files, flow: &FlowAt, reference: &Ref, problems: &mut Problems) {
    let Ref { kind, name, span } = reference;
    let file = &flow.file;
    match kind {
        RefKind::Step => unknown_step(files, flow, name, span, problems),
        RefKind::Flow if !files.flows.contains_key(name) => {
            unknown_flow(files, name, file, span.clone(), problems);
        }
        RefKind::Flow => {}
        RefKind::Field => {
            let words = (
                Code::UnknownField,
                "das Feld",
                "field",
                "flows/fields.toml: [field.",
            );
            undeclared(&files.fields, name, file, span, words, problems);
        }
        RefKind::Fact => {
            let words = (
                Code::UnknownFact,
                "die Angabe",
                "fact",
                "flows/facts.toml: [fact.",
            );
            undeclared(&files.facts, name, file, span, words, problems);
        }
        RefKind::Topic => {
            let words = (
                Code::UnknownTopic,
                "das Thema",
                "topic",
                "flows/topics.toml: [topic.",
            );
            undeclared(&files.topics, name, file, span, words, problems);
        }
        RefKind::Reason => {
            let words = (
                Code::UnknownReason,
                "den Grund",
                "reason",
                "flows/reasons.toml: [reason.",
            );
            undeclared(&files.reasons, name, file, span, words, problems);
        }
    }
}

fn unknown_step(files: &Files, flow: &FlowAt, name: &str, span: &Span, problems: &mut Problems) {
    let marks = &flow.parsed.marks;
    if marks.contains_key(name) {
        return;
    }
    // That the step's own name is no possible one is said there.
    if marks.keys().any(|k| !is_id(k) && suggestion(k) == name) {
        return;
    }
    // Somebody may have written the name of its file.
    let id = name.strip_suffix(".toml").unwrap_or(name);
    let id = id.strip_prefix("flows/").unwrap_or(id);
    let help = if files.flows.contains_key(id) {
        Some(Both::new(
            format!("Einen Ablauf erreichen Sie mit `flow:{id}`"),
            format!("A flow is reached with `flow:{id}`"),
        ))
    } else {
        let flows: Vec<String> = files.flows.keys().map(|id| format!("flow:{id}")).collect();
        let near = nearest(name, flows.iter().map(String::as_str));
        match near.filter(|_| nearest(name, marks.keys().map(String::as_str)).is_none()) {
            Some(flow) => Some(Both::new(
                format!("Meinten Sie `{flow}`?"),
                format!("Did you mean `{flow}`?"),
            )),
            None => did_you_mean(name, marks.keys().map(String::as_str)),
        }
    };
    let near = help
        .as_ref()
        .is_some_and(|h| h.de.starts_with("Meinten Sie"));
    if name.trim().contains(' ') && !near {
        words_as_target(flow, span, problems);
        return;
    }
    let message = Both::new(
        format!("den Schritt `{name}` gibt es in diesem Ablauf nicht"),
        format!("there is no step `{name}` in this flow"),
    );
    problems
        .at(Code::UnknownStep, &flow.file, span.clone(), message)
        .help_if(help);
}

/// Somebody wrote the words of an answer where its target belongs.
fn words_as_target(flow: &FlowAt, span: &Span, problems: &mut Problems) {
    let id = flow
        .file
        .path
        .trim_start_matches("flows/")
        .trim_end_matches(".toml");
    let message = Both::new(
        format!("schreiben Sie hierher, wohin es geht; die Worte gehören in locales/de/{id}.ftl"),
        format!("write here where it leads; the words belong in locales/de/{id}.ftl"),
    );
    problems
        .at(Code::UnknownStep, &flow.file, span.clone(), message)
        .help(
            "Zum Beispiel hier: options.yes = \"schritt\", und dort eingerückt: .yes = Ja, gern",
            "For example here: options.yes = \"step\", and there, indented: .yes = Yes, please",
        );
}

fn unknown_flow(files: &Files, name: &str, file: &FileText, span: Span, problems: &mut Problems) {
    let message = Both::new(
        format!("den Ablauf `{name}` gibt es nicht"),
        format!("there is no flow `{name}`"),
    );
    // Somebody may have left out the folder.
    let in_folder = files
        .flows
        .keys()
        .find(|id| id.rsplit('/').next() == Some(name));
    let help = match in_folder {
        Some(id) => Some(Both::new(
            format!("Meinten Sie `{id}`?"),
            format!("Did you mean `{id}`?"),
        )),
        None => did_you_mean(name, files.flows.keys().map(String::as_str)),
    };
    problems
        .at(Code::UnknownFlow, file, span, message)
        .help_if(help);
}

fn undeclared<T>(
    declared: &Declarations<T>,
    name: &str,
    file: &FileText,
    span: &Span,
    (code, de, en, place): (Code, &str, &str, &str),
    problems: &mut Problems,
) {
    if declared.broken || declared.get(name).is_some() {
        return;
    }
    let message = Both::new(
        format!("{de} `{name}` gibt es nicht"),
        format!("there is no {en} `{name}`"),
    );
    let near = nearest(name, declared.ids());
    let help = match near {
        Some(near) => Both::new(
            format!("Meinten Sie `{near}`?"),
            format!("Did you mean `{near}`?"),
        ),
        None => Both::new(
            format!("Legen Sie es zuerst an, in {place}{name}]"),
            format!("Declare it first, in {place}{name}]"),
        ),
    };
    problems
        .at(code, file, span.clone(), message)
        .help_if(Some(help));
}
