//! A conversation, played from its beginning.

use super::answer::Asked;
use super::words::Words;
use crate::content::{Arg, Content, FieldKind};
use crate::engine::talk::{Coverage, Judged, Played, Player, waited, written};
use crate::engine::{Effect, FlowState, Pending, system};
use crate::model::{BERLIN, Choice, Lang, Message, Timestamp, Triage, Value};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// The time of day at which a conversation begins.
const HOUR: i8 = 10;

/// What was said and done, in order.
pub(super) enum Bubble {
    /// The person: an answer, or something else that they did.
    Person(String, Lang),
    /// The bot.
    Bot(Message),
    /// What would happen besides, and whether it is about the conversation as such.
    Note(Note),
}

/// What would happen besides.
pub(super) enum Note {
    /// A case would be opened; as transcripts write it. `false`: a human is called before the person was asked.
    Case(String, bool),
    /// Nothing may be passed on.
    Refused,
    /// The bot writes no more.
    Stopped,
    /// Everything is deleted.
    Deleted,
    /// A free text was taken for this, as transcripts write it.
    TakenFor(String),
    /// Time has passed; this day it is now.
    Passed(Date),
    /// The content is at fault.
    Alarm(String),
    /// From here on it has become another conversation: what happened before, and what happens now.
    Changed(Vec<String>, Vec<String>),
}

/// A conversation, played.
pub(super) struct Talk {
    pub bubbles: Vec<Bubble>,
    /// What happened after each input, as transcripts write it.
    pub lines: Vec<Vec<String>>,
    /// How many bubbles came with the last input.
    pub newest: usize,
    /// Where it stands.
    pub at: Option<(String, String)>,
    /// It begins with the first step of a flow, or with the first message of all.
    pub starts_a_flow: bool,
    /// What each input was taken for, where that matters.
    judged: Vec<Option<Judged>>,
    /// Steps that it came by, as `flow/step`.
    pub steps: BTreeSet<String>,
    pub state: FlowState,
    /// What time it is there now.
    pub now: Timestamp,
}

/// Plays what was done.
///
/// `look` says what a free text is taken for.
pub(super) fn play(
    content: &Content,
    today: Date,
    asked: &Asked,
    look: &dyn Fn(&str) -> Triage,
) -> Talk {
    let lang = spoken(content, &asked.lang);
    let now = morning(asked.date(today));
    let state = FlowState {
        answers: answers(content, &asked.fields),
        ..FlowState::default()
    };
    let covered: Vec<String> = asked
        .covered()
        .filter(|key| content.places.kreis(key).is_some())
        .collect();
    let mut player = Player::new(content, &lang, now).in_state(state);
    player.cover(&covered);
    let mut talk = Talk {
        bubbles: Vec::new(),
        lines: Vec::new(),
        newest: 0,
        at: None,
        starts_a_flow: asked.start.is_empty() || content.flows.contains_key(&asked.start),
        judged: Vec::new(),
        steps: BTreeSet::new(),
        state: FlowState::default(),
        now,
    };
    let mut coverage = Coverage::default();
    let start = first(content, &asked.start);
    let played = match &start {
        Some((flow, step)) => player.play_at(flow, step, &mut coverage),
        None => player.play("/start", &mut coverage),
    };
    talk.take(content, &player, played, asked, &lang);
    for input in &asked.inputs {
        talk.newest = talk.bubbles.len();
        if let Some(lapse) = waited(input) {
            let day = player.now().plus_lapse(lapse).date();
            talk.bubbles.push(Bubble::Note(Note::Passed(day)));
        } else {
            let said = said(input, player.buttons());
            talk.bubbles.push(Bubble::Person(
                said,
                player.state().lang.clone().unwrap_or_else(|| lang.clone()),
            ));
        }
        let judged = talk.look(&mut player, input, look);
        let played = player.play(input, &mut coverage);
        talk.judged.push(judged);
        talk.take(content, &player, played, asked, &lang);
    }
    talk.now = player.now();
    talk.steps = coverage.steps;
    talk.state = player.state().clone();
    talk.at = place(&talk);
    talk
}

/// Where a conversation begins: `flow`, `flow/step`. `None`: with the first message of all.
pub(super) fn first(content: &Content, start: &str) -> Option<(String, String)> {
    if let Some(flow) = content.flows.get(start) {
        return Some((flow.id.clone(), flow.start.clone()));
    }
    let (flow, step) = start.rsplit_once('/')?;
    let found = content.step(flow, step)?;
    Some((flow.to_owned(), found.id.clone()))
}

impl Talk {
    /// Looks at a free text before it is taken for an answer. Given is what a transcript has to say of it: nothing if the
    /// text is answered all the same.
    fn look(
        &mut self,
        player: &mut Player<'_>,
        input: &str,
        look: &dyn Fn(&str) -> Triage,
    ) -> Option<Judged> {
        let text = player.free_text(input)?;
        let mut without = player.clone();
        let triage = look(&text);
        let judged = Judged::of(&triage);
        player.look(triage);
        let mut with = player.clone();
        let mut nowhere = Coverage::default();
        let lines =
            |player: &mut Player<'_>, nowhere: &mut Coverage| player.play(input, nowhere).lines;
        if lines(&mut with, &mut nowhere) == lines(&mut without, &mut nowhere) {
            return None;
        }
        self.bubbles
            .push(Bubble::Note(Note::TakenFor(judged.to_string())));
        Some(judged)
    }

    fn take(
        &mut self,
        content: &Content,
        player: &Player<'_>,
        played: Played,
        asked: &Asked,
        lang: &Lang,
    ) {
        let turn = self.lines.len();
        let known_until_here = asked.seen.get(..turn) == Some(&self.lines[..]);
        if known_until_here
            && let Some(seen) = asked.seen.get(turn).filter(|seen| **seen != played.lines)
        {
            let note = Note::Changed(seen.clone(), played.lines.clone());
            self.bubbles.push(Bubble::Note(note));
        }
        let lang = player.state().lang.as_ref().unwrap_or(lang);
        for effect in &played.effects {
            let line = written(effect, player.state());
            match effect {
                Effect::Say(message) => self.bubbles.push(Bubble::Bot(message.clone())),
                Effect::HandOff { consented, .. } => {
                    self.bubbles
                        .push(Bubble::Note(Note::Case(line, *consented)));
                    if *consented {
                        self.bubbles.push(Bubble::Bot(receipt(content, lang)));
                    }
                }
                Effect::Consent { handoff: Some(_) } => {
                    self.bubbles.push(Bubble::Note(Note::Case(line, true)));
                    self.bubbles.push(Bubble::Bot(receipt(content, lang)));
                }
                Effect::Consent { handoff: None } => self.bubbles.push(Bubble::Note(Note::Refused)),
                // What is planned or called off is said in words right beside it.
                Effect::Keep(_) | Effect::Discard(_) | Effect::Schedule(_) | Effect::Cancel(_) => {}
                Effect::Stop => self.bubbles.push(Bubble::Note(Note::Stopped)),
                Effect::Delete => self.bubbles.push(Bubble::Note(Note::Deleted)),
                Effect::Alarm { what } => {
                    self.bubbles.push(Bubble::Note(Note::Alarm(what.clone())))
                }
            }
        }
        self.lines.push(played.lines);
    }

    /// The question whose buttons can be pressed.
    pub fn question(&self) -> Option<usize> {
        let last = self
            .bubbles
            .iter()
            .rposition(|b| matches!(b, Bubble::Bot(m) if !m.choices.is_empty()))?;
        (!self.state.nothing_waits()).then_some(last)
    }

    /// The conversation as a transcript.
    pub fn transcript(&self, asked: &Asked, today: Date, w: &Words) -> String {
        let mut out = format!("# \nat {}T{HOUR:02}:00\n", asked.date(today));
        if !self.starts_a_flow || !asked.fields.is_empty() {
            out.push_str(&format!("# {}\n", w.not_as_transcript));
        }
        if asked.supposed().next().is_some() {
            out.push_str(&format!("# {}\n", w.facts_not_as_transcript));
        }
        let covered: Vec<String> = asked.covered().collect();
        if !covered.is_empty() {
            out.push_str(&format!("covered {}\n", covered.join(" ")));
        }
        let start = match asked.start.as_str() {
            "" => "/start".to_owned(),
            start => format!("/{start}"),
        };
        let judged = std::iter::once(&None).chain(&self.judged);
        for ((input, lines), judged) in std::iter::once(&start)
            .chain(&asked.inputs)
            .zip(&self.lines)
            .zip(judged)
        {
            if let Some(judged) = judged {
                out.push_str(&format!("\njudged {judged}"));
            }
            let passed = input.strip_prefix('(').and_then(|i| i.strip_suffix(')'));
            match passed.filter(|_| waited(input).is_some()) {
                Some(wait) => out.push_str(&format!("\n{wait}\n")),
                None => out.push_str(&format!("\n< {input}\n")),
            }
            lines
                .iter()
                .for_each(|line| out.push_str(&format!("{line}\n")));
        }
        out
    }
}

/// The step where a conversation stands: the question that waits, else the last one that was said.
fn place(talk: &Talk) -> Option<(String, String)> {
    let waits = match &talk.state.pending {
        Some(Pending::Consent { from, .. }) => from.as_ref(),
        Some(Pending::Delete { from }) => Some(from),
        _ => talk.state.at.as_ref(),
    };
    if let Some(at) = waits {
        return Some((at.flow.clone(), at.step.clone()));
    }
    talk.bubbles.iter().rev().find_map(|bubble| match bubble {
        Bubble::Bot(message) => {
            let (flow, step) = message.key.rsplit_once('/')?;
            Some((flow.to_owned(), step.trim_end_matches(".retry").to_owned()))
        }
        _ => None,
    })
}

/// What the person did, in words.
fn said(input: &str, buttons: &[Choice]) -> String {
    if let Some(button) = buttons.iter().find(|b| b.id == input) {
        return button.label.clone();
    }
    let quoted = input.strip_prefix('"').and_then(|i| i.strip_suffix('"'));
    quoted.unwrap_or(input).to_owned()
}

fn receipt(content: &Content, lang: &Lang) -> Message {
    let arg = |name, value: String| (name, Arg::Text(value));
    let wait = system(content, lang, "wait-unknown", &[]).text;
    let args = [
        arg("number", "0000".to_owned()),
        arg("organisation", "—".to_owned()),
        arg("wait", wait),
    ];
    system(content, lang, "handoff-receipt", &args)
}

/// A language on offer; the source language for any other word.
pub(super) fn spoken(content: &Content, tag: &str) -> Lang {
    let lang = Lang::new(tag);
    if content.language(&lang).is_some() {
        return lang;
    }
    content.settings.source.clone()
}

fn morning(day: Date) -> Timestamp {
    let zone = TimeZone::get(BERLIN).unwrap_or(TimeZone::UTC);
    let at = day.at(HOUR, 0, 0, 0).to_zoned(zone);
    Timestamp(at.map_or(0, |at| at.timestamp().as_millisecond()))
}

/// Answers that were given before, as far as they fit their fields.
fn answers(content: &Content, given: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let typed = given.iter().filter_map(|(field, text)| {
        let text = text.trim();
        let value = match &content.fields.get(field)?.kind {
            _ if text.is_empty() => return None,
            FieldKind::Choice(values) => values
                .iter()
                .find(|v| *v == text)
                .map(|v| Value::Choice(v.clone())),
            FieldKind::Number => text.parse().ok().map(Value::Number),
            FieldKind::Date => text.parse().ok().map(Value::Date),
            FieldKind::Postcode => Some(Value::Place {
                postcode: text.to_owned(),
                kreis: content
                    .places
                    .of_postcode(text)
                    .first()
                    .map(|k| k.key.clone()),
            }),
            FieldKind::Choices(values) => {
                let chosen = |v: &&String| text.split([',', ' ']).any(|t| t == *v);
                Some(Value::Choices(
                    values.iter().filter(chosen).cloned().collect(),
                ))
            }
            FieldKind::Contact => Some(Value::Contact(text.to_owned())),
            // Nothing that can be typed: the flow is played from its question instead.
            FieldKind::Media => None,
            FieldKind::Text => Some(Value::Text(text.to_owned())),
            FieldKind::Flag => text.parse().ok().map(Value::Flag),
        };
        Some((field.clone(), value?))
    });
    typed.collect()
}
