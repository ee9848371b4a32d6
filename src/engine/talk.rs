//! Transcripts (`tests/flows/*.talk`): conversations that name keys, not words, so that one runs in every language.
//!
//! ```text
//! Duldung with permission: in                 the title, first line
//! at 2026-11-21T10:00                         the clock, in Berlin
//! covered 06635                               a local project covers this Kreis
//! < /work                                     starts a flow
//! > work/status [gestattung duldung]          what the bot says, and its buttons
//! < duldung                                   presses a button
//! > work/card
//! = handoff work_ban urgent residence_status=duldung
//! = end
//! ```
//!
//! Inputs: `/start`, `/start payload`, `/<flow>`, an option id, `"quoted text"`, a date (`24.12.2026`, `today`,
//! `today-4d`, `today+5w`), `(photo)` and the other kinds of media, `(edited)`, `(case closed)`, `tap <token>`; everything
//! else is free text. After each input all messages and effects must be listed, in order. `= end` is only checked where
//! it stands. Buttons are only compared where brackets stand. `> work/status.retry` is the same question asked again
//! after a wrong answer; `> work/status` fits it too. Notices that depend on the language alone are left out.

use super::run::Trace;
use super::types::{Effect, Env, FlowState, HandOff, Input};
use crate::content::Content;
use crate::model::{BERLIN, Lang, MediaKind, Timestamp, Value};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::fmt;

/// The clock of transcripts that set none.
const NOON: DateTime = jiff::civil::datetime(2026, 11, 21, 10, 0, 0, 0);

/// Notices that appear or not depending on the language alone.
const NOTICES: [&str; 2] = ["system:language-missing", "system:machine-translation-note"];

/// A transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Its first line.
    pub title: String,
    lines: Vec<(usize, Line)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    At(Timestamp),
    Covered(Vec<String>),
    In(String),
    /// What is expected, with single blanks.
    Out(String),
}

/// A line of a transcript that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct TalkError {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// What the bot did otherwise than a transcript says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The line of the input after which it differs.
    pub line: usize,
    /// The input.
    pub input: String,
    /// What the transcript says.
    pub expected: Vec<String>,
    /// What happened.
    pub actual: Vec<String>,
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "line {}: after `< {}`", self.line, self.input)?;
        let same = |i: usize| match (self.expected.get(i), self.actual.get(i)) {
            (Some(e), Some(a)) => fits(e, a),
            _ => false,
        };
        for (i, line) in self.expected.iter().enumerate() {
            writeln!(f, "  {} {line}", if same(i) { " " } else { "-" })?;
        }
        for (i, line) in self.actual.iter().enumerate().filter(|(i, _)| !same(*i)) {
            writeln!(
                f,
                "  + {line}{}",
                if i < self.expected.len() {
                    ""
                } else {
                    "   (not in the transcript)"
                }
            )?;
        }
        Ok(())
    }
}

/// Which steps and options transcripts have reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// `work/status`.
    pub steps: BTreeSet<String>,
    /// `work/status.duldung`.
    pub options: BTreeSet<String>,
}

impl Coverage {
    /// Adds what another run has reached.
    pub fn extend(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.options.extend(other.options);
    }

    /// Everything that could be reached.
    pub fn all(content: &Content) -> Self {
        let mut all = Self::default();
        for (flow, step) in content
            .flows
            .values()
            .flat_map(|f| f.steps.values().map(move |s| (f, s)))
        {
            let key = format!("{}/{}", flow.id, step.id);
            if let crate::content::StepKind::Ask(ask) = &step.kind
                && let crate::content::AskKind::Choice(options) = &ask.kind
            {
                all.options
                    .extend(options.iter().map(|o| format!("{key}.{}", o.id)));
            }
            all.steps.insert(key);
        }
        all
    }

    /// What is in here and not in `reached`.
    #[must_use]
    pub fn without(&self, reached: &Self) -> Self {
        Self {
            steps: self.steps.difference(&reached.steps).cloned().collect(),
            options: self.options.difference(&reached.options).cloned().collect(),
        }
    }

    fn add(&mut self, trace: Trace<'_>) {
        self.steps.extend(
            trace
                .steps
                .into_iter()
                .map(|(flow, step)| format!("{flow}/{step}")),
        );
        self.options.extend(
            trace
                .option
                .map(|(flow, step, id)| format!("{flow}/{step}.{id}")),
        );
    }
}

/// Reads a transcript.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn parse(text: &str) -> Result<Talk, TalkError> {
    let mut talk = Talk {
        title: String::new(),
        lines: Vec::new(),
    };
    for (index, raw) in text.lines().enumerate() {
        let line = index + 1;
        let words = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
        let read = match first {
            "<" => Line::In(raw.trim_start().trim_start_matches('<').trim().to_owned()),
            ">" | "=" => Line::Out(words.clone()),
            "at" => match clock(rest) {
                Some(now) => Line::At(now),
                None if talk.title.is_empty() => {
                    talk.title = words;
                    continue;
                }
                None => {
                    return Err(TalkError {
                        line,
                        what: "expected a time like 2026-11-21T10:00",
                    });
                }
            },
            "covered" if !talk.title.is_empty() => {
                Line::Covered(rest.split(' ').map(str::to_owned).collect())
            }
            _ if talk.title.is_empty() && talk.lines.is_empty() => {
                talk.title = words;
                continue;
            }
            _ => {
                return Err(TalkError {
                    line,
                    what: "expected <, >, =, at, covered or #",
                });
            }
        };
        let no_input_yet = !talk.lines.iter().any(|(_, l)| matches!(l, Line::In(_)));
        if matches!(read, Line::Out(_)) && no_input_yet {
            return Err(TalkError {
                line,
                what: "an answer before the first input",
            });
        }
        talk.lines.push((line, read));
    }
    Ok(talk)
}

fn clock(text: &str) -> Option<Timestamp> {
    let civil: DateTime = text.parse().ok()?;
    berlin(civil)
}

fn berlin(civil: DateTime) -> Option<Timestamp> {
    let zoned = civil.to_zoned(TimeZone::get(BERLIN).ok()?).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

/// Runs a transcript in a language and returns what it has reached.
///
/// # Errors
/// The first place where the bot does otherwise than the transcript says; what was reached until then is lost.
pub fn run(content: &Content, talk: &Talk, lang: &Lang) -> Result<Coverage, Diff> {
    let mut player = Player::new(content, lang);
    let mut coverage = Coverage::default();
    let mut lines = talk.lines.iter().peekable();
    while let Some((line, read)) = lines.next() {
        match read {
            Line::At(now) => player.env.now = *now,
            Line::Covered(kreise) => player.env.covered.extend(kreise.iter().cloned()),
            Line::Out(_) => {}
            Line::In(input) => {
                let mut expected = Vec::new();
                while let Some((_, Line::Out(out))) = lines.peek() {
                    expected.push(out.clone());
                    lines.next();
                }
                let mut actual = player.play(input, &mut coverage);
                if player.has_ended() && expected.last().is_some_and(|e| e == "= end") {
                    actual.push("= end".to_owned());
                }
                let same = expected.len() == actual.len()
                    && expected.iter().zip(&actual).all(|(e, a)| fits(e, a));
                if !same {
                    return Err(Diff {
                        line: *line,
                        input: input.clone(),
                        expected,
                        actual,
                    });
                }
            }
        }
    }
    Ok(coverage)
}

/// Whether what happened is what was expected.
fn fits(expected: &str, actual: &str) -> bool {
    let parts = |line: &str| match line.split_once(" [") {
        Some((key, options)) => (key.to_owned(), Some(format!("[{options}"))),
        None => (line.to_owned(), None),
    };
    let ((wanted, wanted_options), (key, options)) = (parts(expected), parts(actual));
    let same_key =
        wanted == key || (key.starts_with("> ") && key.strip_suffix(".retry") == Some(&*wanted));
    same_key && (wanted_options.is_none() || wanted_options == options)
}

struct Player<'a> {
    content: &'a Content,
    lang: Lang,
    env: Env,
    state: FlowState,
    /// Buttons of the last message that had some, as id and token.
    buttons: Vec<(String, String)>,
}

impl<'a> Player<'a> {
    fn new(content: &'a Content, lang: &Lang) -> Self {
        let now = berlin(NOON).unwrap_or_default();
        let device_language = Some(lang.as_str().to_owned());
        let env = Env {
            now,
            device_language,
            channel_name: "talk".into(),
            ..Env::default()
        };
        Self {
            content,
            lang: lang.clone(),
            env,
            state: FlowState::default(),
            buttons: Vec::new(),
        }
    }

    fn has_ended(&self) -> bool {
        self.state.at.is_none() && self.state.pending.is_none()
    }

    /// Plays one input and tells what happened, as transcripts write it.
    fn play(&mut self, input: &str, coverage: &mut Coverage) -> Vec<String> {
        let env = self.env.clone();
        let state = std::mem::take(&mut self.state);
        let flow = input
            .strip_prefix('/')
            .filter(|id| self.content.flows.contains_key(*id));
        let (turn, trace) = match flow {
            Some(flow) => super::enter(self.content, &env, state, flow),
            None => super::step_traced(self.content, &env, state, self.read(input)),
        };
        coverage.add(trace);
        // One button press follows the other at human speed.
        self.env.now = self.env.now.plus_seconds(120);
        let mut happened = Vec::new();
        for effect in &turn.effects {
            if let Effect::Say(message) = effect {
                if NOTICES.contains(&message.key.as_str()) {
                    continue;
                }
                self.buttons = message
                    .choices
                    .iter()
                    .map(|c| (c.id.clone(), c.token.clone()))
                    .collect();
            }
            happened.push(self.line(effect, &turn.state));
        }
        self.state = turn.state;
        happened
    }

    fn read(&self, input: &str) -> Input {
        if let Some(rest) = input.strip_prefix("/start")
            && (rest.is_empty() || rest.starts_with(' '))
        {
            let payload = rest.trim();
            return Input::Start {
                payload: (!payload.is_empty()).then(|| payload.to_owned()),
            };
        }
        if let Some(quoted) = input.strip_prefix('"').and_then(|i| i.strip_suffix('"')) {
            return Input::Text(quoted.to_owned());
        }
        if let Some(token) = input.strip_prefix("tap ") {
            return Input::Tap(token.to_owned());
        }
        match input {
            "(edited)" => return Input::Edited,
            "(case closed)" => return Input::CaseClosed,
            _ => {}
        }
        if let Some(kind) = media(input) {
            return Input::Media(kind);
        }
        let asks_language = self
            .state
            .at
            .as_ref()
            .is_some_and(|at| at.ask == "language");
        let is_language = self.content.language(&Lang::new(input)).is_some();
        // Whatever language a transcript chooses, it runs in the one that it is run in.
        let id = if asks_language && is_language {
            self.lang.as_str()
        } else {
            input
        };
        if let Some((_, token)) = self.buttons.iter().find(|(button, _)| button == id) {
            return Input::Tap(token.clone());
        }
        let date = relative_date(input, self.env.now.date());
        Input::Text(date.map_or_else(|| input.to_owned(), |d| d.strftime("%d.%m.%Y").to_string()))
    }

    fn line(&self, effect: &Effect, state: &FlowState) -> String {
        match effect {
            Effect::Say(message) if message.choices.is_empty() => format!("> {}", message.key),
            Effect::Say(message) => {
                let ids: Vec<&str> = message.choices.iter().map(|c| c.id.as_str()).collect();
                format!("> {} [{}]", message.key, ids.join(" "))
            }
            Effect::HandOff { handoff, .. } => {
                format!(
                    "= handoff {} {}{}",
                    handoff.reason,
                    handoff.level,
                    shared(handoff, state)
                )
            }
            Effect::Consent {
                handoff: Some(handoff),
            } => {
                format!("= consent {}{}", handoff.reason, shared(handoff, state))
            }
            Effect::Consent { handoff: None } => "= consent none".to_owned(),
            Effect::Stop => "= stop".to_owned(),
            Effect::Delete => "= delete".to_owned(),
            Effect::Alarm { what } => format!("= alarm {what}"),
        }
    }
}

fn shared(handoff: &HandOff, state: &FlowState) -> String {
    let mut fields: Vec<_> = handoff
        .share
        .iter()
        .filter_map(|f| Some((f, state.answers.get(f)?)))
        .collect();
    fields.sort_by_key(|(field, _)| *field);
    fields
        .iter()
        .map(|(field, value)| format!(" {field}={}", plain(value)))
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Choice(id) => id.clone(),
        Value::Number(n) => n.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Place { postcode, .. } => postcode.clone(),
        Value::Text(text) => format!(
            "{:?}",
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        ),
        Value::Flag(flag) => flag.to_string(),
    }
}

fn media(input: &str) -> Option<MediaKind> {
    use MediaKind::{Contact, File, Location, Other, Photo, Sticker, Voice};
    let word = input.strip_prefix('(')?.strip_suffix(')')?;
    [Sticker, Voice, Photo, File, Location, Contact, Other]
        .into_iter()
        .find(|k| k.as_str() == word)
}

/// `today`, `today-4d`, `today+5w`, `today-3m`.
fn relative_date(input: &str, today: Date) -> Option<Date> {
    let rest = input.strip_prefix("today")?;
    if rest.is_empty() {
        return Some(today);
    }
    let unit = rest.chars().next_back()?;
    let n: i64 = rest
        .strip_suffix(unit)?
        .parse()
        .ok()
        .filter(|n: &i64| n.abs() < 100_000)?;
    let span = match unit {
        'd' => n.days(),
        'w' => n.weeks(),
        'm' => n.months(),
        _ => return None,
    };
    today.checked_add(span).ok()
}
