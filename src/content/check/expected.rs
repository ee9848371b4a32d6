//! Which texts each text file must have: the plan against which files are compared.

use super::pattern::Parts;
use super::system::SYSTEM;
use crate::content::command::Command;
use crate::content::diagnostic::{FileText, Span};
use crate::content::files::Files;
use crate::content::parse::reader::is_id;
use crate::content::types::{AskKind, FieldKind, Step, StepKind, Target};
use indexmap::IndexSet;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A text that something says.
pub(in crate::content) struct Expected {
    pub id: String,
    /// Needed labels (buttons).
    pub labels: Vec<Label>,
    /// Labels that may be there (`retry`).
    pub optional: Vec<&'static str>,
    /// What it may show.
    pub variables: Vec<String>,
    /// What it may show like all texts of flows: the fields.
    fields: Option<Arc<IndexSet<String>>>,
    /// Missing, it is only a missing translation aid.
    pub needed: bool,
    /// Where it is declared: the step's header, the field …
    pub place: Option<(FileText, Span)>,
    /// Labels that the person presses (not the names of values).
    pub buttons: bool,
    /// The most buttons that it has at once, with those that the program adds.
    pub most_buttons: usize,
    /// A label gets a mark once it is chosen.
    pub ticked: bool,
}

impl Expected {
    /// What it may show.
    pub fn variables(&self) -> impl Iterator<Item = &str> + Clone {
        let fields = self.fields.iter().flat_map(|f| f.iter());
        fields.chain(&self.variables).map(String::as_str)
    }

    /// Whether it may show this.
    pub fn has_variable(&self, name: &str) -> bool {
        let among_fields = self.fields.as_ref().is_some_and(|f| f.contains(name));
        among_fields || self.variables.iter().any(|v| v == name)
    }
}

/// A needed label.
pub(in crate::content) struct Label {
    pub id: String,
    pub span: Option<Span>,
    /// The command that it leads to just as well; then it may be called like it.
    pub command: Option<Command>,
}

/// All texts of one text file.
#[derive(Default)]
pub(in crate::content) struct Plan {
    list: Vec<Expected>,
    index: HashMap<String, usize>,
}

impl Plan {
    /// The text with an id.
    pub fn get(&self, id: &str) -> Option<&Expected> {
        self.list.get(*self.index.get(id)?)
    }

    /// All texts, in the order of the flow.
    pub fn iter(&self) -> std::slice::Iter<'_, Expected> {
        self.list.iter()
    }
}

impl FromIterator<Expected> for Plan {
    fn from_iter<I: IntoIterator<Item = Expected>>(texts: I) -> Self {
        let mut plan = Self::default();
        for text in texts {
            let place = plan.list.len();
            plan.index.entry(text.id.clone()).or_insert(place);
            plan.list.push(text);
        }
        plan
    }
}

/// The plan for every text file by name (`work`, `system` …).
pub(in crate::content) fn plans(files: &Files) -> BTreeMap<String, Plan> {
    let mut plans = BTreeMap::new();
    let fields = Arc::new(files.fields.ids().map(str::to_owned).collect());
    for (id, flow) in files.sound_flows() {
        let steps = flow.parsed.flow.steps.iter();
        let plan = steps
            .filter(|(id, _)| is_id(id))
            .filter_map(|(step_id, step)| {
                let marks = flow.parsed.marks.get(step_id)?;
                let mut expected = step_text(files, step, &fields)?;
                for (label, mark) in expected.labels.iter_mut().zip(&marks.options) {
                    label.span = Some(mark.span.clone());
                }
                expected.place = Some((flow.file.clone(), marks.header.clone()));
                expected.labels.retain(|label| is_id(&label.id));
                Some(expected)
            });
        plans.insert(id.to_owned(), plan.collect());
    }
    plans.insert("system".to_owned(), system(files));
    plans.insert(
        "commands".to_owned(),
        Command::ALL
            .iter()
            .map(|c| bare(c.as_str(), None))
            .collect(),
    );
    if !files.fields.broken {
        plans.insert("fields".to_owned(), field_texts(files));
    }
    plans.extend(room(files).map(|plan| ("room".to_owned(), plan)));
    for (name, broken, ids, file) in [
        (
            "topics",
            files.topics.broken,
            declared(&files.topics.list),
            &files.topics.file,
        ),
        (
            "reasons",
            files.reasons.broken,
            declared(&files.reasons.list),
            &files.reasons.file,
        ),
    ] {
        if !broken {
            let place = |span: Span| file.clone().map(|f| (f, span));
            plans.insert(
                name.to_owned(),
                ids.into_iter()
                    .map(|(id, span)| bare(&id, place(span)))
                    .collect(),
            );
        }
    }
    plans
}

fn declared<T>(list: &crate::content::parse::declarations::Declared<T>) -> Vec<(String, Span)> {
    list.iter()
        .map(|(at, _)| (at.value.clone(), at.span.clone()))
        .collect()
}

fn bare(id: &str, place: Option<(FileText, Span)>) -> Expected {
    Expected {
        id: id.to_owned(),
        labels: Vec::new(),
        optional: Vec::new(),
        variables: Vec::new(),
        fields: None,
        needed: true,
        place,
        buttons: false,
        most_buttons: 0,
        ticked: false,
    }
}

fn plain_label(id: &str) -> Label {
    Label {
        id: id.to_owned(),
        span: None,
        command: None,
    }
}

/// The text of a step; `None` for steps that say nothing of their own.
fn step_text(files: &Files, step: &Step, fields: &Arc<IndexSet<String>>) -> Option<Expected> {
    let mut expected = bare(&step.id, None);
    expected.fields = Some(Arc::clone(fields));
    match &step.kind {
        StepKind::Say { facts, .. } => {
            expected.variables = facts.iter().map(|f| format!("fact_{f}")).collect();
        }
        StepKind::Refer(_) => {}
        StepKind::Ask(ask) => {
            expected.buttons = true;
            expected.optional = vec!["retry"];
            match &ask.kind {
                AskKind::Choice(options) => {
                    expected.labels = options
                        .iter()
                        .map(|o| Label {
                            command: leads_to(files, o.target.as_ref()),
                            ..plain_label(&o.id)
                        })
                        .collect();
                    expected.most_buttons = options.len();
                }
                AskKind::Choices { options, .. } => {
                    expected.labels = options.iter().map(|id| plain_label(id)).collect();
                    expected.optional.push("done");
                    expected.most_buttons = options.len() + 1;
                    expected.ticked = true;
                }
                AskKind::Media { .. } => {
                    expected.optional.extend(["done", "again", "skip"]);
                    expected.most_buttons = 2;
                }
                AskKind::Number { .. } => expected.variables.extend(["min".into(), "max".into()]),
                _ => {}
            }
        }
        _ => return None,
    }
    Some(expected)
}

fn leads_to(files: &Files, target: Option<&Target>) -> Option<Command> {
    let Some(Target::Flow(flow)) = target else {
        return None;
    };
    let (_, settings) = files.settings.as_ref()?;
    settings
        .commands
        .iter()
        .find(|(_, to, _)| to == flow)
        .map(|(command, ..)| *command)
}

fn system(files: &Files) -> Plan {
    let said = SYSTEM.iter().map(|known| {
        let mut expected = bare(known.id, None);
        expected.labels = known.labels.iter().map(|l| plain_label(l)).collect();
        expected.most_buttons = known.labels.len();
        for label in &mut expected.labels {
            label.command = Command::ALL.into_iter().find(|c| c.as_str() == label.id);
        }
        expected.variables = known.variables.iter().map(|v| (*v).to_owned()).collect();
        expected.buttons = true;
        expected
    });
    let numbers = files.reasons.ids().map(|reason| {
        let mut numbers = bare(&format!("numbers-{reason}"), None);
        numbers.needed = false;
        numbers
    });
    said.chain(numbers).collect()
}

/// The web room's words are known by the web room alone: what the source language has, the others need.
fn room(files: &Files) -> Option<Plan> {
    let (_, settings) = files.settings.as_ref()?;
    let source = files.text(&settings.settings.source, "room")?;
    let text = |message: &fluent_syntax::ast::Message<&str>| {
        let mut expected = bare(message.id.name, None);
        expected.labels = message
            .attributes
            .iter()
            .map(|a| plain_label(a.id.name))
            .collect();
        let patterns = message
            .value
            .iter()
            .chain(message.attributes.iter().map(|a| &a.value));
        expected.variables = patterns
            .flat_map(|p| Parts::of(p).variables.into_keys())
            .map(str::to_owned)
            .collect();
        expected
    };
    Some(source.messages().map(text).collect())
}

fn field_texts(files: &Files) -> Plan {
    let place = |span: &Span| files.fields.file.clone().map(|f| (f, span.clone()));
    let text = |(at, field): &(
        crate::content::parse::reader::At<String>,
        crate::content::types::Field,
    )| {
        let mut expected = bare(&at.value, place(&at.span));
        if let FieldKind::Choice(values) | FieldKind::Choices(values) = &field.kind {
            // A faulty value is reported as such; that it has no label either is no news.
            let values = values.iter().filter(|v| is_id(v));
            expected.labels = values.map(|v| plain_label(v)).collect();
        }
        expected
    };
    files.fields.list.iter().map(text).collect()
}
