//! What the page asks for, and what it gets: parts of the page, as HTML.

use super::facts::Facts;
use super::folder::{Bench, Finding, Workshop};
use super::talk::{self, Talk};
use super::words::Words;
use super::{due, phone, texts};
use crate::channel::look::Look;
use crate::content::graph::{Graph, Node, Picture, Shape};
use crate::content::{Content, FieldKind, Severity, Supposed};
use crate::model::Lang;
use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What the page asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The network whose look the phone has.
    pub look: String,
    /// The language of the conversation.
    pub lang: String,
    /// Where it begins: `flow`, `flow/step`, or with the first message of all.
    pub start: String,
    /// The day on which it takes place; today, if it cannot be read.
    pub date: String,
    /// As what facts are to be seen, by id; as their file says, if there is nothing here.
    pub facts: BTreeMap<String, String>,
    /// Keys of the Kreise that a local project covers.
    pub covered: String,
    /// Answers that were given before, by field.
    pub fields: BTreeMap<String, String>,
    /// What the person did, in the words of transcripts.
    pub inputs: Vec<String>,
    /// What came of each of it when the page looked last.
    pub seen: Vec<Vec<String>>,
    /// The step that was picked to be looked at: `flow/step`.
    pub chosen: String,
}

impl Asked {
    /// The day on which the conversation takes place.
    pub(super) fn date(&self, today: Date) -> Date {
        self.date.parse().unwrap_or(today)
    }

    /// The facts that are to be seen as something else than their file says.
    pub(super) fn supposed(&self) -> impl Iterator<Item = (&str, Supposed)> + '_ {
        let all = self.facts.iter();
        all.filter_map(|(id, word)| Some((id.as_str(), Supposed::named(word)?)))
    }

    /// Keys of the Kreise that are covered.
    pub(super) fn covered(&self) -> impl Iterator<Item = String> + '_ {
        self.covered
            .split([' ', ',', ';'])
            .filter(|k| !k.is_empty())
            .map(str::to_owned)
    }
}

/// What the page gets. Each part replaces the one before.
#[derive(Debug, Default, Serialize)]
pub struct Answer {
    /// Which version of the content this is.
    pub version: u64,
    /// What stands above everything: that the files have errors.
    pub banner: String,
    /// The conversation.
    pub phone: String,
    /// The flow.
    pub graph: String,
    /// The texts of the step.
    pub texts: String,
    /// What the linter says.
    pub findings: String,
    /// Settings that depend on the content.
    pub choices: String,
    /// The facts of the flow.
    pub facts: String,
    /// In what the conversation differs from how things are.
    pub assumed: String,
    /// The answers so far.
    pub known: String,
    /// The reminders that are planned.
    pub due: String,
    /// What happened after each input.
    pub lines: Vec<Vec<String>>,
    /// The conversation as a transcript.
    pub transcript: String,
    /// What is read out: what came with the last input.
    pub announce: String,
    /// The flow that is drawn.
    pub flow: String,
    /// The conversation is another one than before the change.
    pub changed: bool,
}

#[derive(Template)]
#[template(path = "preview/banner.html")]
struct Banner<'a> {
    w: &'a Words,
    errors: usize,
    nothing: bool,
}

#[derive(Template)]
#[template(path = "preview/findings.html")]
struct Findings<'a> {
    w: &'a Words,
    errors: usize,
    warnings: usize,
    list: Vec<Found>,
}

/// A finding, ready to be shown.
pub(super) struct Found {
    pub error: bool,
    pub code: &'static str,
    pub place: String,
    pub line: String,
    pub message: String,
    pub help: Option<String>,
    /// The step that it is about, if there is one to be looked at.
    pub about: Option<String>,
}

impl Found {
    pub fn new(finding: &Finding, lang: &Lang) -> Self {
        let d = &finding.diagnostic;
        Self {
            error: d.severity == Severity::Error,
            code: d.code.as_str(),
            place: format!("{}:{}:{}", d.file, d.line, d.column),
            line: finding.line.clone(),
            message: d.message.get(lang).to_owned(),
            help: d.help.as_ref().map(|h| h.get(lang).to_owned()),
            about: finding.about.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "preview/choices.html")]
struct Choices<'a> {
    w: &'a Words,
    languages: Vec<(String, String, bool)>,
    flows: Vec<(String, bool)>,
    /// It begins in the middle of a flow.
    step: Option<String>,
    fields: Vec<FieldLine>,
}

/// A field whose value can be given.
struct FieldLine {
    id: String,
    label: String,
    given: String,
    /// The values to choose from: value, label.
    values: Option<Vec<(String, String)>>,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "preview/known.html")]
struct Known<'a> {
    w: &'a Words,
    answers: Vec<(String, String)>,
}

/// Makes the parts of the page.
pub(super) fn make(
    workshop: &Workshop,
    w: &Words,
    editor: &Lang,
    asked: &Asked,
) -> Result<Answer, askama::Error> {
    let bench = workshop.bench();
    let today = workshop.today();
    let mut answer = Answer {
        version: bench.version,
        banner: banner(&bench, w)?,
        findings: findings(&bench, w, editor)?,
        ..Answer::default()
    };
    let Some(written) = bench.content.as_deref() else {
        return Ok(answer);
    };
    let supposed: Vec<_> = asked.supposed().map(|(id, s)| (id.to_owned(), s)).collect();
    let content = match supposed.is_empty() {
        true => Cow::Borrowed(written),
        false => Cow::Owned(written.supposing(supposed)),
    };
    let content = &*content;
    let look = |text: &str| workshop.look(&content.detect, text);
    let talk = talk::play(content, today, asked, &look);
    let day = asked.date(today);
    let chosen = looked_at(content, &asked.chosen);
    let shown = chosen.as_ref().or(talk.at.as_ref());
    // A text of the program's own stands in no flow.
    let drawn = shown.filter(|(flow, _)| flow != SYSTEM);
    let drawn = drawn.or(talk.at.as_ref());
    let lang = talk
        .state
        .lang
        .clone()
        .unwrap_or_else(|| talk::spoken(content, &asked.lang));
    let look = Look::named(&asked.look);
    answer.changed = talk.has_changed();
    answer.phone = phone::html(&talk, look, w)?;
    answer.announce = phone::announce(&talk, w);
    let reader = reading(content, editor);
    let facts = Facts {
        content: written,
        asked,
        day,
        w,
        lang: &reader,
    };
    answer.assumed = facts.assumed(today)?;
    answer.texts = texts::html(content, &bench, shown, chosen.is_some(), &facts, editor)?;
    answer.flow = drawn.map(|(flow, _)| flow.clone()).unwrap_or_default();
    answer.facts = facts.of_flow(&answer.flow)?;
    answer.graph = graph(content, &talk, drawn, &lang, editor, day);
    answer.choices = choices(content, asked, editor, w)?;
    answer.known = known(content, &talk, editor, w)?;
    answer.due = due::html(&talk, w, |field| label(content, editor, field))?;
    answer.transcript = talk.transcript(asked, today, w);
    answer.lines = talk.lines;
    Ok(answer)
}

/// The file of the texts that are lotse's own.
const SYSTEM: &str = "system";

/// The step (`flow/step`) or text of lotse's own (`system:id`, `system/id`) that is looked at.
fn looked_at(content: &Content, chosen: &str) -> Option<(String, String)> {
    talk::first(content, chosen).or_else(|| {
        let id = chosen.strip_prefix(SYSTEM)?.strip_prefix([':', '/'])?;
        let known = content.words.has(&content.settings.source, SYSTEM, id);
        known.then(|| (SYSTEM.to_owned(), id.to_owned()))
    })
}

fn banner(bench: &Bench, w: &Words) -> Result<String, askama::Error> {
    if !bench.is_faulty() {
        return Ok(String::new());
    }
    let errors = bench
        .findings
        .iter()
        .filter(|f| f.diagnostic.severity == Severity::Error);
    let banner = Banner {
        w,
        errors: errors.count(),
        nothing: bench.content.is_none(),
    };
    banner.render()
}

fn findings(bench: &Bench, w: &Words, editor: &Lang) -> Result<String, askama::Error> {
    let mut list: Vec<Found> = bench
        .findings
        .iter()
        .map(|f| Found::new(f, editor))
        .collect();
    list.sort_by_key(|f| !f.error);
    let content = bench.content.as_deref();
    for found in &mut list {
        let step = |about: &String| content.is_some_and(|c| looked_at(c, about).is_some());
        found.about = found.about.take().filter(step);
    }
    let errors = list.iter().filter(|f| f.error).count();
    let findings = Findings {
        w,
        errors,
        warnings: list.len() - errors,
        list,
    };
    findings.render()
}

fn graph(
    content: &Content,
    talk: &Talk,
    shown: Option<&(String, String)>,
    lang: &Lang,
    editor: &Lang,
    day: Date,
) -> String {
    let Some((flow, step)) = shown else {
        return String::new();
    };
    let Some(graph) = Graph::new(content, flow, lang, editor, day) else {
        return String::new();
    };
    let prefix = format!("{flow}/");
    let seen: BTreeSet<String> = talk
        .steps
        .iter()
        .filter_map(|s| s.strip_prefix(&prefix))
        .map(str::to_owned)
        .collect();
    let link = |node: &Node| match node.shape {
        Shape::Flow => format!("#/{}", node.id),
        _ => format!("#/{flow}/{}", node.id),
    };
    let at = talk
        .at
        .as_ref()
        .filter(|(f, _)| f == flow)
        .map(|(_, s)| s.as_str());
    graph.svg(&Picture {
        lit: at,
        chosen: Some(step.as_str()),
        seen: Some(&seen),
        link: Some(&link),
        ..Picture::default()
    })
}

fn choices(
    content: &Content,
    asked: &Asked,
    editor: &Lang,
    w: &Words,
) -> Result<String, askama::Error> {
    let spoken = talk::spoken(content, &asked.lang);
    let label = |field: &str| label(content, editor, field);
    let fields = content.fields.iter().map(|(id, field)| {
        let values = |ids: &[String]| {
            let named = |v: &String| {
                let text = content
                    .words
                    .attribute(&reading(content, editor), "fields", id, v, &[]);
                (v.clone(), text.unwrap_or_else(|| v.clone()))
            };
            Some(ids.iter().map(named).collect())
        };
        let (values, kind) = match &field.kind {
            FieldKind::Choice(ids) => (values(ids), "text"),
            FieldKind::Flag => (
                Some(vec![
                    ("true".to_owned(), w.yes.to_owned()),
                    ("false".to_owned(), w.no.to_owned()),
                ]),
                "text",
            ),
            FieldKind::Number => (None, "number"),
            FieldKind::Date => (None, "date"),
            _ => (None, "text"),
        };
        FieldLine {
            label: label(id),
            given: asked.fields.get(id).cloned().unwrap_or_default(),
            id: id.clone(),
            values,
            kind,
        }
    });
    let languages = content.settings.languages.iter();
    let choices = Choices {
        w,
        languages: languages
            .map(|l| (l.lang.to_string(), l.name.clone(), l.lang == spoken))
            .collect(),
        flows: content
            .flows
            .keys()
            .map(|id| (id.clone(), *id == asked.start))
            .collect(),
        step: talk::first(content, &asked.start)
            .map(|_| asked.start.clone())
            .filter(|start| !content.flows.contains_key(start)),
        fields: fields.collect(),
    };
    choices.render()
}

fn known(
    content: &Content,
    talk: &Talk,
    editor: &Lang,
    w: &Words,
) -> Result<String, askama::Error> {
    let answers = talk.state.answers.iter().map(|(field, value)| {
        let plain = crate::content::plain(value);
        let words =
            content
                .words
                .attribute(&reading(content, editor), "fields", field, &plain, &[]);
        (label(content, editor, field), words.unwrap_or(plain))
    });
    Known {
        w,
        answers: answers.collect(),
    }
    .render()
}

/// The language of the content that an editor reads: their own, else the source language.
fn reading(content: &Content, editor: &Lang) -> Lang {
    talk::spoken(content, editor.as_str())
}

fn label(content: &Content, editor: &Lang, field: &str) -> String {
    let text = content
        .words
        .text(&reading(content, editor), "fields", field, &[]);
    text.unwrap_or_else(|| field.to_owned())
}
