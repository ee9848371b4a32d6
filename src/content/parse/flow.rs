//! One flow file.

use super::reader::{At, Entries, Node, Reader};
use super::step::{self, StepMarks};
use super::{Ref, RefKind};
use crate::content::diagnostic::{Code, Span};
use crate::content::types::Flow;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// A flow with the positions that checks across files need.
#[derive(Debug)]
pub(in crate::content) struct FlowFile {
    pub flow: Flow,
    /// Where the review date stands.
    pub reviewed: Span,
    /// Names that must be declared elsewhere.
    pub refs: Vec<Ref>,
    /// Positions within steps; has also the steps that could not be read.
    pub marks: IndexMap<String, StepMarks>,
    /// Old step, new step.
    pub moved: Vec<(At<String>, At<String>)>,
}

const KEYS: &[&str] = &["start", "topic", "reviewed", "step", "moved"];

/// Reads a flow.
pub(in crate::content) fn read(r: &mut Reader<'_>, id: &str, mut top: Entries<'_, '_>) -> FlowFile {
    let mut refs = Vec::new();
    let start = match top.take("start") {
        Some((_, node)) => r.text(node, "start = \"status\""),
        None => {
            r.missing("start", top.span.clone(), "start = \"status\"");
            None
        }
    };
    if let Some(start) = &start {
        refs.push(Ref {
            kind: RefKind::Step,
            name: start.value.clone(),
            span: start.span.clone(),
        });
    }
    let topic = top
        .take("topic")
        .and_then(|(_, n)| r.text(n, "topic = \"work\""));
    if let Some(topic) = &topic {
        refs.push(Ref {
            kind: RefKind::Topic,
            name: topic.value.clone(),
            span: topic.span.clone(),
        });
    }
    let reviewed = top
        .take("reviewed")
        .and_then(|(_, n)| r.date(n, "reviewed = 2026-11-01"));
    let (steps, mut marks) = steps(r, &mut top, &mut refs);
    let moved = moved(r, &mut top);
    unknown(r, top, &mut marks);
    let flow = Flow {
        id: id.to_owned(),
        start: start.map(|s| s.value).unwrap_or_default(),
        topic: topic.map(|t| t.value),
        reviewed: reviewed.as_ref().map(|d| d.value),
        steps,
        moved: moved
            .iter()
            .map(|(old, new)| (old.value.clone(), new.value.clone()))
            .collect::<BTreeMap<_, _>>(),
    };
    FlowFile {
        flow,
        reviewed: reviewed.map_or(0..0, |d| d.span),
        refs,
        marks,
        moved,
    }
}

fn steps(
    r: &mut Reader<'_>,
    top: &mut Entries<'_, '_>,
    refs: &mut Vec<Ref>,
) -> (
    IndexMap<String, crate::content::types::Step>,
    IndexMap<String, StepMarks>,
) {
    let mut steps = IndexMap::new();
    let mut marks = IndexMap::new();
    let Some((span, node)) = top.take("step") else {
        r.missing("[step.…]", top.span.clone(), "[step.status]");
        return (steps, marks);
    };
    let Some(entries) = r.table(node, span, "[step.status]") else {
        return (steps, marks);
    };
    for (id, node) in entries.rest() {
        if r.id(&id) && id.value == "next" {
            r.at(
                Code::ReservedWord,
                id.span.clone(),
                "`next` hat bei Antworten schon eine Bedeutung",
                "`next` already means something for options",
            )
            .help("Nehmen Sie einen anderen Namen", "Take another name");
        }
        let mut mark = StepMarks {
            header: id.span.clone(),
            ..StepMarks::default()
        };
        if let Some(entries) = r.table(node, id.span.clone(), "[step.status]")
            && let Some(step) = step::read(r, id.value, entries, &mut mark, refs)
        {
            steps.insert(id.value.to_owned(), step);
        }
        marks.insert(id.value.to_owned(), mark);
    }
    (steps, marks)
}

fn moved(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Vec<(At<String>, At<String>)> {
    let Some((span, node)) = top.take("moved") else {
        return Vec::new();
    };
    let Some(entries) = r.table(node, span, "[moved]") else {
        return Vec::new();
    };
    let mut moved = Vec::new();
    for (old, node) in entries.rest() {
        if let Some(new) = r.text(node, "old_step = \"new_step\"") {
            moved.push((
                At {
                    value: old.value.to_owned(),
                    span: old.span,
                },
                new,
            ));
        }
    }
    moved
}

/// The first of the sections that a section consists of.
fn inner_section<'t>(node: &'t Node<'_>) -> Option<&'t str> {
    let DeValue::Table(table) = node.get_ref() else {
        return None;
    };
    let section = |node: &Node<'_>| matches!(node.get_ref(), DeValue::Table(_));
    let all = !table.is_empty() && table.iter().all(|(_, node)| section(node));
    let first = table.iter().min_by_key(|(key, _)| key.span().start);
    first.filter(|_| all).map(|(key, _)| key.get_ref().as_ref())
}

/// Keys that are left: often a step without `step.` in its header.
fn unknown(r: &mut Reader<'_>, top: Entries<'_, '_>, steps: &mut IndexMap<String, StepMarks>) {
    let mut plain = Vec::new();
    for (key, node) in top.rest() {
        let section = matches!(node.get_ref(), DeValue::Table(_));
        let near = crate::content::near::nearest(key.value, KEYS.iter().copied());
        if section && near.is_none() && !steps.contains_key(key.value) {
            // Who points to it means this section; that need not be said again.
            let mark = StepMarks {
                header: key.span.clone(),
                ..StepMarks::default()
            };
            // `[schritt.a]`: a section in a section that is called otherwise.
            let inner = inner_section(node);
            let (wrong, right) = match inner {
                Some(inner) => (format!("{}.{inner}", key.value), inner),
                None => (key.value.to_owned(), key.value),
            };
            steps.insert(right.to_owned(), mark);
            r.at(
                Code::UnknownKey,
                key.span,
                format!("schreiben Sie [step.{right}] statt [{wrong}]"),
                format!("write [step.{right}] instead of [{wrong}]"),
            )
            .help(
                "Vor dem Namen eines Schritts steht in der Überschrift immer `step.`",
                "In the header there is always `step.` before the name of a step",
            );
        } else {
            plain.push(key);
        }
    }
    for key in plain {
        let name = key.value;
        if step::KEYS.contains(&name) {
            r.at(
                Code::UnknownKey,
                key.span,
                format!("setzen Sie vor `{name}` die Überschrift eines Schritts, etwa: [step.status]"),
                format!("put the header of a step before `{name}`, for example: [step.status]"),
            )
            .help(
                "Am Anfang der Datei, vor dem ersten Schritt, stehen nur start, topic und reviewed",
                "At the beginning of the file, before the first step, there are only start, topic and reviewed",
            );
        } else {
            r.unknown_key(key.span, name, KEYS.iter().copied());
        }
    }
}
