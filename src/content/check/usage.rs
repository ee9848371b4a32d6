//! Data minimisation: what is asked must be needed, what is declared must be named.

use super::pattern::Parts;
use crate::content::diagnostic::{Both, Code, Problems, Span};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::parse::RefKind;
use crate::content::types::{FieldKind, StepKind};
use std::collections::BTreeSet;

/// Reports what is kept and never used, and declarations that nothing names.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    if files.fields.broken || files.facts.broken || files.flows.values().any(|f| f.broken) {
        return;
    }
    let used = used_fields(files);
    let kept = kept(files);
    for (flow, name, span) in &kept {
        if !used.contains(name) && files.fields.get(name).is_some() {
            never_used(flow, name, span, problems);
        }
    }
    let kept: BTreeSet<&str> = kept.iter().map(|(_, name, _)| *name).collect();
    if let Some(file) = &files.fields.file {
        for (at, _) in &files.fields.list {
            let name = at.value.as_str();
            if kept.contains(name) || named(files, RefKind::Field).any(|n| n == name) {
                continue;
            }
            let said = Both::new(
                format!("das Feld `{name}` kommt in keinem Ablauf vor"),
                format!("no flow has the field `{name}`"),
            );
            never_named(file, at.span.clone(), said, problems);
        }
    }
    if let Some(file) = &files.facts.file {
        for (at, _) in &files.facts.list {
            let name = at.value.as_str();
            if named(files, RefKind::Fact).any(|n| n == name) {
                continue;
            }
            let said = Both::new(
                format!("die Angabe `{name}` nennt kein Schritt"),
                format!("no step states the fact `{name}`"),
            );
            never_named(file, at.span.clone(), said, problems);
        }
    }
}

fn named(files: &Files, kind: RefKind) -> impl Iterator<Item = &str> {
    files
        .sound_flows()
        .flat_map(|(_, f)| &f.parsed.refs)
        .filter(move |r| r.kind == kind)
        .map(|r| r.name.as_str())
}

/// Fields that something depends on: a rule, a hand-off, a text. A postcode always counts: it decides who is responsible.
fn used_fields(files: &Files) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (_, flow) in files.sound_flows() {
        for marks in flow.parsed.marks.values() {
            used.extend(marks.share.iter().map(|f| f.value.as_str()));
            used.extend(marks.typed.iter().map(|(f, _)| f.value.as_str()));
            used.extend(marks.comparisons.iter().map(|c| c.field.as_str()));
        }
    }
    // Translations have the same variables: that is checked elsewhere.
    let source = files.settings.as_ref().map(|(_, s)| &s.settings.source);
    for text in files.texts.iter().filter(|t| Some(&t.lang) == source) {
        for (message, gist) in text.gists() {
            if gist.value.iter().chain(&gist.attributes).all(|g| g.plain) {
                continue;
            }
            let labels = message.attributes.iter().map(|a| &a.value);
            for pattern in message.value.iter().chain(labels) {
                used.extend(Parts::of(pattern).variables.into_keys());
            }
        }
    }
    for (at, field) in &files.fields.list {
        if field.kind == FieldKind::Postcode {
            used.insert(&at.value);
        }
    }
    used
}

/// Every place at which something is kept.
fn kept(files: &Files) -> Vec<(&FlowAt, &str, Span)> {
    let mut kept = Vec::new();
    for (_, flow) in files.sound_flows() {
        for (id, step) in &flow.parsed.flow.steps {
            let Some(marks) = flow.parsed.marks.get(id) else {
                continue;
            };
            match &step.kind {
                StepKind::Ask(ask) => {
                    let place = ask.save.as_deref().zip(marks.save.clone());
                    kept.extend(place.map(|(name, span)| (flow, name, span)));
                }
                StepKind::Set(_) => {
                    kept.extend(
                        marks
                            .sets
                            .iter()
                            .map(|(name, span)| (flow, name.as_str(), span.clone())),
                    );
                }
                _ => {}
            }
        }
    }
    kept
}

fn never_used(flow: &FlowAt, name: &str, span: &Span, problems: &mut Problems) {
    let said = Both::new(
        format!("`{name}` wird behalten, aber nirgends gebraucht"),
        format!("`{name}` is kept, but nothing needs it"),
    );
    problems
        .at(Code::NeverUsed, &flow.file, span.clone(), said)
        .help(
            "Fragen Sie nichts, was keine Regel, keine Weitergabe und kein Text braucht: Löschen Sie `save` oder die Frage",
            "Ask for nothing that no rule, hand-off or text needs: delete `save` or the question",
        );
}

fn never_named(
    file: &crate::content::diagnostic::FileText,
    span: Span,
    said: Both,
    problems: &mut Problems,
) {
    problems
        .at(Code::NeverNamed, file, span, said)
        .help("Löschen Sie den Abschnitt", "Delete the section");
}
