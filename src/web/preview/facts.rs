//! What texts state, and as what an editor wants to see it: the facts of a flow beside the day, those of a step beside its
//! texts.

use super::answer::Asked;
use super::words::Words;
use crate::content::{Arg, Content, Fact, FactStatus, StepKind, Supposed, Unverified, fact_status};
use crate::model::Lang;
use crate::text::date_in_words;
use askama::Template;
use jiff::civil::Date;

/// A fact whose state can be set.
pub(super) struct Line {
    pub id: String,
    /// The rule that it rests on.
    pub statute: String,
    /// The value of the day, as texts show it.
    pub value: Option<String>,
    /// What its file makes of it on that day.
    pub now: &'static str,
    /// What can be chosen instead: the word for it, what it means, whether it is chosen.
    pub choices: Vec<(&'static str, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "preview/flow_facts.html")]
struct FlowFacts<'a> {
    w: &'a Words,
    facts: Vec<Line>,
}

#[derive(Template)]
#[template(path = "preview/assumed.html")]
struct Assumed<'a> {
    w: &'a Words,
    day: Option<String>,
    facts: Vec<(&'a str, &'static str)>,
}

/// Tells the state of facts.
pub(super) struct Facts<'a> {
    /// The content as it is in the files.
    pub content: &'a Content,
    pub asked: &'a Asked,
    pub day: Date,
    pub w: &'a Words,
    /// The language of the content that an editor reads.
    pub lang: &'a Lang,
}

impl Facts<'_> {
    /// Those that the texts of a flow state, in the order of their names.
    pub fn of_flow(&self, flow: &str) -> Result<String, askama::Error> {
        let steps = self.content.flows.get(flow).into_iter();
        let kinds = steps.flat_map(|flow| flow.steps.values().map(|step| &step.kind));
        let mut ids: Vec<&String> = kinds.flat_map(stated).collect();
        ids.sort();
        ids.dedup();
        FlowFacts {
            w: self.w,
            facts: self.lines(&ids),
        }
        .render()
    }

    /// Those that a step states.
    pub fn of_step(&self, kind: &StepKind) -> Vec<Line> {
        self.lines(&stated(kind).iter().collect::<Vec<_>>())
    }

    /// In what the conversation differs from how things are.
    pub fn assumed(&self, today: Date) -> Result<String, askama::Error> {
        let facts = self.asked.supposed().filter_map(|(id, supposed)| {
            let (id, _) = self.content.facts.get_key_value(id)?;
            Some((id.as_str(), self.short(supposed)))
        });
        let facts: Vec<_> = facts.collect();
        let day = (self.day != today).then(|| date_in_words(self.day, self.w.lang));
        if day.is_none() && facts.is_empty() {
            return Ok(String::new());
        }
        let w = self.w;
        Assumed { w, day, facts }.render()
    }

    fn lines(&self, ids: &[&String]) -> Vec<Line> {
        let known = ids.iter().filter_map(|id| {
            let fact = self.content.facts.get(*id)?;
            Some(self.line(id, fact))
        });
        known.collect()
    }

    fn line(&self, id: &str, fact: &Fact) -> Line {
        let chosen = self.asked.facts.get(id).map(String::as_str);
        let status = fact_status(fact, self.day, &self.content.settings);
        let value = fact.values.iter().find(|v| v.holds_on(self.day));
        Line {
            id: id.to_owned(),
            statute: fact.statute.clone(),
            value: value.map(|v| match v.arg(self.lang) {
                Arg::Text(text) => text,
                Arg::Number(number) => number.to_string(),
            }),
            now: match status {
                FactStatus::Usable { .. } => self.w.is_stated,
                FactStatus::Unverified(Unverified::Open) => self.w.fact_open,
                FactStatus::Unverified(Unverified::Stale { .. }) => self.w.fact_stale,
                FactStatus::Unverified(Unverified::NotValid) => self.w.no_value,
            },
            choices: Supposed::ALL
                .map(|one| {
                    let means = match one {
                        Supposed::Verified => self.w.set_verified,
                        Supposed::Stale => self.w.set_stale,
                        Supposed::Open => self.w.set_open,
                    };
                    (one.as_str(), means, chosen == Some(one.as_str()))
                })
                .to_vec(),
        }
    }

    fn short(&self, supposed: Supposed) -> &'static str {
        match supposed {
            Supposed::Verified => self.w.fact_verified,
            Supposed::Stale => self.w.fact_stale,
            Supposed::Open => self.w.fact_open,
        }
    }
}

fn stated(kind: &StepKind) -> &[String] {
    match kind {
        StepKind::Say { facts, .. } => facts,
        _ => &[],
    }
}
