//! The texts of a step in all languages side by side, with what is missing and what the linter says of them.

use super::answer::Found;
use super::facts::{Facts, Line};
use super::folder::Bench;
use super::words::Words;
use crate::content::{Content, Entry, Review, State, StepKind};
use crate::model::Lang;
use crate::text::to_html;
use askama::Template;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "preview/texts.html")]
struct Texts<'a> {
    w: &'a Words,
    key: String,
    /// It was picked, and is not only where the conversation stands.
    chosen: bool,
    does: &'static str,
    /// A conversation can begin with it.
    begins: bool,
    /// The flow that it leads into.
    opens: Option<String>,
    /// What it states.
    facts: Vec<Line>,
    /// What the linter says of the step itself.
    found: Vec<Found>,
    cards: Vec<Card>,
}

/// A text in one language.
struct Card {
    name: String,
    lang: String,
    dir: &'static str,
    /// The class and the words of its mark.
    mark: (&'static str, String),
    html: Option<String>,
    labels: Vec<(String, Option<String>)>,
    retry: Option<String>,
    found: Vec<Found>,
}

/// The texts of the step, or the text of lotse's own, that is looked at.
pub(super) fn html(
    content: &Content,
    bench: &Bench,
    shown: Option<&(String, String)>,
    chosen: bool,
    facts: &Facts<'_>,
    editor: &Lang,
) -> Result<String, askama::Error> {
    let (w, day) = (facts.w, facts.day);
    let Some((flow, id)) = shown else {
        return Ok(String::new());
    };
    let kind = content.step(flow, id).map(|step| &step.kind);
    let key = format!("{flow}/{id}");
    let found = |folder: &str| -> Vec<Found> {
        let here = bench
            .findings
            .iter()
            .filter(|f| f.about.as_deref() == Some(&key));
        let here = here.filter(|f| f.diagnostic.file.starts_with(folder));
        here.map(|f| Found::new(f, editor)).collect()
    };
    let (does, opens) = kind.map_or((w.own_text, None), |kind| does(kind, w));
    let cards = content.settings.languages.iter().filter_map(|language| {
        let entry = content.entry(&language.lang, flow, id, day)?;
        let found = found(&format!("locales/{}/", language.lang));
        let state = bench
            .states
            .get(&language.lang)
            .and_then(|all| all.get(&key));
        let mark = mark(&language.review, state, &entry, w);
        Some(card(&language.lang, &language.name, entry, found, mark))
    });
    let texts = Texts {
        w,
        chosen,
        does,
        opens,
        begins: kind.is_some(),
        facts: kind.map_or_else(Vec::new, |kind| facts.of_step(kind)),
        found: found("flows/"),
        cards: cards.collect(),
        key,
    };
    texts.render()
}

fn does(kind: &StepKind, w: &Words) -> (&'static str, Option<String>) {
    match kind {
        StepKind::Ask(_) => (w.asks, None),
        StepKind::Say { .. } | StepKind::Refer(_) => (w.says, None),
        StepKind::Call(flow) => (w.calls, Some(flow.clone())),
        StepKind::Handoff(_) => (w.hands_off, None),
        StepKind::Set(_) => (w.sets, None),
        StepKind::Do(_) => (w.acts, None),
        StepKind::Branch => (w.branches, None),
    }
}

/// The class and the words of a text's mark. What the files say now comes before what was recorded.
fn mark(
    review: &Review,
    state: Option<&State>,
    entry: &Entry,
    w: &Words,
) -> (&'static str, String) {
    let reviewed = |by: &str, on: &Date| ("reviewed", format!("{} {by}, {on}", w.reviewed));
    match (review, state) {
        _ if !entry.is_whole() => ("missing", w.missing.to_owned()),
        (Review::Source, _) => ("source", w.source.to_owned()),
        (_, Some(State::Stale)) => ("stale", w.stale.to_owned()),
        (_, Some(State::Reviewed(sign))) => reviewed(&sign.by, &sign.on),
        (Review::Reviewed { by, on }, _) => reviewed(by, on),
        (Review::Machine, _) => ("machine", w.machine.to_owned()),
    }
}

fn card(
    lang: &Lang,
    name: &str,
    entry: Entry,
    found: Vec<Found>,
    mark: (&'static str, String),
) -> Card {
    let dir = lang.direction();
    Card {
        name: name.to_owned(),
        lang: lang.to_string(),
        dir: dir.as_str(),
        mark,
        html: entry.text.map(|text| to_html(&text, dir)),
        labels: entry.labels,
        retry: entry.retry,
        found,
    }
}
