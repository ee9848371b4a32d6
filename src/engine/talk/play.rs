//! Playing the inputs of a transcript.

use super::coverage::Coverage;
use super::judged::Judged;
use crate::content::Content;
use crate::engine::{
    Effect, Env, FlowState, HandOff, Input, Reminder, Trace, Turn, enter, enter_at, is_free_text,
    sample, step_traced,
};
use crate::model::{Choice, Lang, Lapse, MediaKind, Timestamp, Triage, Value};
use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use std::sync::Arc;

/// Notices that depend on the language alone, and on who has signed off its texts: a transcript that holds today is not
/// to fail because somebody has checked a translation.
const NOTICES: [&str; 2] = ["system:language-missing", "system:machine-translation-note"];

/// What came of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// As transcripts write it; the notices on its language are left out.
    pub lines: Vec<String>,
    /// All of it.
    pub effects: Vec<Effect>,
}

/// Seconds between two inputs: longer than what counts as pressing a button twice.
const PACE: i64 = 120;

/// A person who does what a transcript says.
#[derive(Clone, Debug)]
pub struct Player<'a> {
    content: &'a Content,
    lang: Lang,
    env: Env,
    state: FlowState,
    /// Buttons of the last message.
    buttons: Vec<Choice>,
}

impl<'a> Player<'a> {
    /// Somebody who has never been here. Their device speaks `lang`.
    pub fn new(content: &'a Content, lang: &Lang, now: Timestamp) -> Self {
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

    /// Somebody who has been here before.
    #[must_use]
    pub fn in_state(mut self, state: FlowState) -> Self {
        self.state = state;
        self
    }

    /// It is this time now; it goes on by itself.
    pub fn set_clock(&mut self, now: Timestamp) {
        self.env.now = now;
    }

    /// From now on a local project covers these Kreise.
    pub fn cover(&mut self, kreise: &[String]) {
        Arc::make_mut(&mut self.env.covered).extend(kreise.iter().cloned());
    }

    /// The next text is taken for this.
    pub fn judge(&mut self, judged: &Judged) {
        self.env.triage = Some(Arc::new(judged.triage(&self.content.detect)));
    }

    /// The next text is taken for this.
    pub fn look(&mut self, triage: Triage) {
        self.env.triage = Some(Arc::new(triage));
    }

    /// The words of an input that has to be looked at before it is taken for an answer.
    pub fn free_text(&self, input: &str) -> Option<String> {
        let flow = input.strip_prefix('/');
        if waited(input).is_some() || flow.is_some_and(|f| self.content.flows.contains_key(f)) {
            return None;
        }
        match self.read(input) {
            Input::Text(text) if is_free_text(self.content, &text) => Some(text),
            _ => None,
        }
    }

    /// The buttons of the last message.
    pub fn buttons(&self) -> &[Choice] {
        &self.buttons
    }

    /// What time it is there.
    pub fn now(&self) -> Timestamp {
        self.env.now
    }

    /// Where the conversation stands.
    pub fn state(&self) -> &FlowState {
        &self.state
    }

    /// Plays one input and tells what happened.
    pub fn play(&mut self, input: &str, coverage: &mut Coverage) -> Played {
        if let Some(lapse) = waited(input) {
            return self.wait(lapse, coverage);
        }
        let env = self.env.clone();
        let flow = input
            .strip_prefix('/')
            .filter(|id| self.content.flows.contains_key(*id));
        let (turn, trace) = match flow {
            Some(flow) => {
                // Whoever is in the middle of a flow has chosen a language.
                if self.state.lang.is_none() {
                    self.state.lang = Some(self.lang.clone());
                    self.state.told_unchecked = Some(self.lang.clone());
                }
                enter(self.content, &env, self.state.clone(), flow)
            }
            None => step_traced(self.content, &env, self.state.clone(), self.read(input)),
        };
        self.take(turn, trace, coverage)
    }

    /// Starts a flow at one of its steps.
    pub fn play_at(&mut self, flow: &str, step: &str, coverage: &mut Coverage) -> Played {
        let env = self.env.clone();
        self.state.lang.get_or_insert_with(|| self.lang.clone());
        let (turn, trace) = enter_at(self.content, &env, self.state.clone(), flow, step);
        self.take(turn, trace, coverage)
    }

    fn take(&mut self, turn: Turn, trace: Trace<'_>, coverage: &mut Coverage) -> Played {
        coverage.add(trace);
        self.env.now = self.env.now.plus_seconds(PACE);
        self.env.triage = None;
        self.state = turn.state;
        self.played(turn.effects)
    }

    /// Time passes. What the person wanted to be reminded of comes on its day.
    fn wait(&mut self, lapse: Lapse, coverage: &mut Coverage) -> Played {
        let until = self.env.now.plus_lapse(lapse);
        let mut effects = Vec::new();
        while let Some((due, number)) = self.state.next_reminder(until) {
            self.env.now = self.env.now.max(due);
            let env = self.env.clone();
            let input = Input::Remind(number);
            let (turn, trace) = step_traced(self.content, &env, self.state.clone(), input);
            coverage.add(trace);
            self.state = turn.state;
            effects.extend(turn.effects);
        }
        self.env.now = self.env.now.max(until);
        self.played(effects)
    }

    fn played(&mut self, effects: Vec<Effect>) -> Played {
        let mut lines = Vec::new();
        for effect in &effects {
            // What the bot says tells it.
            if matches!(effect, Effect::Keep(_) | Effect::Discard(_)) {
                continue;
            }
            if let Effect::Say(message) = effect {
                if NOTICES.contains(&message.key.as_str()) {
                    continue;
                }
                self.buttons.clone_from(&message.choices);
            }
            lines.push(written(effect, &self.state));
        }
        if self.state.nothing_waits() {
            lines.push("= end".to_owned());
        }
        Played { lines, effects }
    }

    /// What an input means to the engine, after what was said last. `/<flow>` has no meaning there.
    pub fn read(&self, input: &str) -> Input {
        let text = |text: &str| Input::Text(text.to_owned());
        if let Some(quoted) = input.strip_prefix('"').and_then(|i| i.strip_suffix('"')) {
            return text(quoted);
        }
        if let Some(token) = input.strip_prefix("tap ") {
            return Input::Tap(token.to_owned());
        }
        if let Some(bracketed) = input.strip_prefix('(').and_then(|i| i.strip_suffix(')')) {
            return match bracketed {
                "edited" => Input::Edited,
                "case closed" => Input::CaseClosed,
                kind if kind.starts_with("contact ") => {
                    Input::Contact(kind["contact ".len()..].to_owned())
                }
                kind => media(kind).map_or_else(|| text(input), |kind| self.sent(kind)),
            };
        }
        if let Some(choice) = self.buttons.iter().find(|c| c.id == input) {
            return Input::Tap(choice.token.clone());
        }
        let date = relative_date(input, self.env.now.date());
        date.map_or_else(
            || text(input),
            |d| Input::Text(d.strftime("%d.%m.%Y").to_string()),
        )
    }

    /// As if a person had sent this.
    fn sent(&self, kind: MediaKind) -> Input {
        match kind.attachment() {
            Some(kind) => Input::Attachment(sample(&self.state, kind)),
            None => Input::Media(kind),
        }
    }
}

/// An effect as transcripts write it; `state` is the one after the turn.
pub fn written(effect: &Effect, state: &FlowState) -> String {
    match effect {
        Effect::Say(message) if message.choices.is_empty() => format!("> {}", message.key),
        Effect::Say(message) => {
            let ids: Vec<&str> = message.choices.iter().map(|c| c.id.as_str()).collect();
            format!("> {} [{}]", message.key, ids.join(" "))
        }
        Effect::HandOff { handoff, .. }
        | Effect::Consent {
            handoff: Some(handoff),
        } => {
            let also = handoff.also.iter().map(|reason| format!(" +{reason}"));
            format!(
                "= handoff {} {}{}{}",
                handoff.reason,
                handoff.level,
                also.collect::<String>(),
                shared(handoff, state)
            )
        }
        Effect::Consent { handoff: None } => "= consent none".to_owned(),
        Effect::Keep(attached) => format!("= keep {}", attached.kind.as_str()),
        Effect::Discard(_) => "= discard".to_owned(),
        Effect::Schedule(reminder) => {
            let days = days_between(reminder.since.date(), reminder.due.date());
            format!("= remind {days}d {}", aim(reminder))
        }
        Effect::Cancel(reminder) => format!("= forget reminder {}", aim(reminder)),
        Effect::Stop => "= stop".to_owned(),
        // Said by whoever carries it out, with the number of the receipt.
        Effect::Delete => "> system:deleted".to_owned(),
        Effect::Alarm { what } => format!("= alarm {what}"),
    }
}

/// The step that a reminder leads to, as flows name it.
fn aim(reminder: &Reminder) -> String {
    let to = &reminder.to;
    match (to.step.is_empty(), to.flow == reminder.from.flow) {
        (true, _) => format!("flow:{}", to.flow),
        (false, true) => to.step.clone(),
        (false, false) => format!("{}/{}", to.flow, to.step),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to))
        .map_or(0, |span| span.get_days())
}

/// How long somebody lets pass: `(wait 14d)`, which transcripts write as `wait 14d`.
pub fn waited(input: &str) -> Option<Lapse> {
    let inner = input.strip_prefix("(wait ")?.strip_suffix(')')?;
    Lapse::parse(inner)
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
        Value::Choices(ids) => ids.join(","),
        Value::Contact(contact) => format!("{contact:?}"),
        Value::Media(sent) => {
            let kinds: Vec<&str> = sent.iter().map(|a| a.kind.as_str()).collect();
            kinds.join(",")
        }
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

fn media(word: &str) -> Option<MediaKind> {
    use MediaKind::{Contact, File, Location, Other, Photo, Sticker, Voice};
    let kinds = [Sticker, Voice, Photo, File, Location, Contact, Other];
    kinds.into_iter().find(|k| k.as_str() == word)
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
