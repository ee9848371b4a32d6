//! One turn: what the person did, and what follows from it.

use super::answer::Understood;
use super::commands::{Heard, campaign};
use super::edits::Carried;
use super::picks::Picks;
use super::question::{Question, takes_back};
use super::resume::PAUSE_MS;
use super::run::{Run, Trace};
use super::types::{Effect, Env, FlowState, Input, Pending, Tapped, Turn};
use crate::content::{Ask, AskKind, Command, Content, Flow, Step, Target};
use crate::model::{Lang, MediaKind, Value, Way};

/// A second press of the same button within this time (in milliseconds) is a slow network or a shaking finger; after it,
/// it is somebody who wants something.
const DOUBLE_TAP_MS: i64 = 60_000;

/// Turns in a row in which nothing was understood, after which a human is offered.
const FAILED_TURNS: u8 = 2;

/// How often it is asked again which Kreis is meant, before it goes on without one.
const PLACE_RETRIES: u8 = 2;

/// How often an offer is made again after words that are neither yes nor no.
const OFFER_RETRIES: u8 = 1;

/// Answers one input. Pure and total: the same arguments give the same turn, and every input is answered, with three
/// exceptions that ask for silence: the second press of a button, the end of a case after the person said stop, and a
/// reminder that is void or would disturb.
pub fn step(content: &Content, env: &Env, state: FlowState, input: Input) -> Turn {
    step_traced(content, env, state, input).0
}

/// Like [`step`], and tells which way it went.
pub fn step_traced<'a>(
    content: &'a Content,
    env: &'a Env,
    state: FlowState,
    input: Input,
) -> (Turn, Trace<'a>) {
    let mut state = state;
    if let Input::Lost(id) = input {
        super::media::forget(&mut state, id);
    }
    let silent = state.stopped && matches!(input, Input::CaseClosed | Input::Lost(_));
    if is_double_tap(&state, env, &input) || silent {
        return (
            Turn {
                state,
                effects: Vec::new(),
            },
            Trace::default(),
        );
    }
    let fresh = state.content.is_empty();
    let mut run = Run::new(content, env, state);
    run.state.to_be_told |= fresh;
    match input {
        Input::Remind(number) => return run.remind(number),
        Input::Judged(text) => return run.judged(&text),
        _ => {}
    }
    run.state.tapped = None;
    let heard = (!matches!(input, Input::CaseClosed | Input::Lost(_))).then_some(env.now);
    let last = run.state.heard_at;
    run.paused = last.is_some_and(|last| env.now.0.saturating_sub(last.0) >= PAUSE_MS);
    let carried = run.carry();
    run.turn(fresh, carried, input);
    run.answer_for_certain();
    run.hear(heard);
    run.finish()
}

pub(super) fn is_double_tap(state: &FlowState, env: &Env, input: &Input) -> bool {
    match (&state.tapped, input) {
        (Some(tapped), Input::Tap(token)) => {
            tapped.token == *token && env.now.0.saturating_sub(tapped.at.0) < DOUBLE_TAP_MS
        }
        _ => false,
    }
}

impl<'a> Run<'a> {
    fn turn(&mut self, fresh: bool, carried: Carried, input: Input) {
        let heard = match &input {
            Input::Start { payload } => Some(Heard::Start(payload.clone())),
            Input::Text(text) => self.heard(text),
            _ => None,
        };
        if let Some(heard) = heard {
            if let Input::Text(text) = &input
                && heard == Heard::Command(Command::Help)
                && carried == Carried::Same
                && self.is_a_number_asked_for(text)
            {
                self.say_system("numbers", &[]);
                return self.on_text(text);
            }
            return self.on_command(heard);
        }
        if let Input::Text(text) = &input
            && self.on_danger(text, fresh, &carried)
        {
            self.state.stopped = false;
            return;
        }
        match input {
            Input::CaseClosed => {
                self.say_system("case-closed", &[]);
                self.menu();
            }
            // Taken care of before: see `Run::remind`, `Run::judged`.
            Input::Remind(_) | Input::Judged(_) => {}
            Input::Edited if !fresh => {
                self.say_system("edited-message", &[]);
                if carried != Carried::Same {
                    self.ask_after_edit(carried);
                }
            }
            Input::Contact(number) if carried == Carried::Same && self.asks_contact() => {
                self.on_text(&number);
            }
            Input::Contact(_) => self.on_media(MediaKind::Contact, fresh, carried),
            Input::Attachment(attached) => self.on_album(&[attached], None, fresh, carried),
            Input::Album { sent, other } => self.on_album(&sent, other, fresh, carried),
            Input::Lost(_) => self.on_lost(carried),
            Input::Media(_) if carried == Carried::Same && !fresh && self.asks_media() => {
                self.on_wrong_media();
            }
            Input::Media(kind) => self.on_media(kind, fresh, carried),
            _ if fresh => self.begin(),
            _ if self.state.stopped => {
                self.say_system("restarted", &[]);
                self.menu();
            }
            Input::Text(text) if carried == Carried::Same => self.on_text(&text),
            Input::Tap(token) if carried == Carried::Same => self.on_tap(&token),
            _ => self.ask_after_edit(carried),
        }
    }

    /// Something that is no text and no answer.
    pub(super) fn on_media(&mut self, kind: MediaKind, fresh: bool, carried: Carried) {
        self.say_system(&format!("unsupported-{}", kind.as_str()), &[]);
        if fresh || self.state.stopped {
            return self.menu();
        }
        self.ask_after_edit(carried);
    }

    /// Whether "112" answers what was asked: so many months, or euros. Then it is taken, and the numbers are named all the
    /// same, for it may have been a cry for help.
    fn is_a_number_asked_for(&self, text: &str) -> bool {
        let pending = self.state.pending.as_ref();
        match self.question(pending) {
            Some(question @ Question::Step(_, _, ask)) => {
                matches!(ask.kind, AskKind::Number { .. })
                    && text.trim().chars().all(char::is_numeric)
                    && self.understand(question, text).is_some()
            }
            _ => false,
        }
    }

    /// Whether a photo or a file would be an answer now.
    fn asks_media(&self) -> bool {
        let question = self.question(self.state.pending.as_ref());
        !self.state.stopped
            && matches!(question, Some(Question::Step(_, _, ask)) if matches!(ask.kind, AskKind::Media { .. }))
    }

    /// Whether a contact card would be an answer now.
    fn asks_contact(&self) -> bool {
        let question = self.question(self.state.pending.as_ref());
        matches!(question, Some(Question::Step(_, _, ask)) if ask.kind == AskKind::Contact)
    }

    fn on_command(&mut self, heard: Heard) {
        self.state.failed_turns = 0;
        let was_stopped = std::mem::take(&mut self.state.stopped);
        match heard {
            Heard::Start(payload) => {
                if let Some(campaign) = payload.as_deref().and_then(campaign)
                    && self.state.campaign.as_ref() != Some(&campaign)
                {
                    self.trace.campaign = Some((&self.content.settings.start, campaign.clone()));
                    self.state.campaign = Some(campaign);
                }
                self.begin();
            }
            Heard::Command(command) => {
                if was_stopped && command != Command::Stop {
                    self.say_system("restarted", &[]);
                }
                if command == Command::Menu {
                    self.on_menu();
                }
                self.obey(command);
            }
        }
    }

    /// The first flow, from its beginning. Answers and language stay.
    fn begin(&mut self) {
        (self.state.left, self.state.interrupted) = (None, None);
        let start = self.content.settings.start.clone();
        self.note_leaving(Some(&start));
        self.state.at = None;
        self.state.pending = None;
        self.state.stopped = false;
        self.jump(&start);
        self.state.trail.clear();
    }

    /// The menu; the first flow for somebody who has not chosen a language yet.
    pub(super) fn menu(&mut self) {
        self.state.stopped = false;
        if self.state.lang.is_none() {
            return self.begin();
        }
        self.obey(Command::Menu);
    }

    /// Asks what waits, after the content has changed under it or after something that was no answer.
    pub(super) fn ask_after_edit(&mut self, carried: Carried) {
        match carried {
            Carried::Same => self.say_question(),
            Carried::Replaced(step) => self.walk_to(step),
            Carried::Gone => self.say_gone(),
        }
    }

    fn on_tap(&mut self, token: &str) {
        let pending = self.state.pending.clone();
        let question = self.question(pending.as_ref());
        let option = question.and_then(|q| self.option_of_token(q, token));
        match (question, option) {
            (Some(question), Some(option)) => {
                self.state.tapped = Some(Tapped {
                    token: token.to_owned(),
                    at: self.env.now,
                });
                let understood = match question {
                    Question::Step(_, _, ask) if matches!(ask.kind, AskKind::Choices { .. }) => {
                        Understood::Picks(if takes_back(token) {
                            Picks::without(option)
                        } else {
                            Picks::one(option)
                        })
                    }
                    _ => Understood::Option(option),
                };
                self.accept(question, understood);
            }
            (Some(_), None) => {
                self.say_system("stale-button", &[]);
                self.say_question();
            }
            (None, _) => {
                self.say_system("stale-button", &[]);
                self.menu();
            }
        }
    }

    pub(super) fn on_text(&mut self, text: &str) {
        let pending = self.state.pending.clone();
        let Some(question) = self.question(pending.as_ref()) else {
            if !self.offer_after_pause() {
                self.not_understood();
            }
            return;
        };
        if let Some(understood) = self.understand(question, text) {
            return self.accept(question, understood);
        }
        match question {
            Question::Step(..) | Question::Pending(Pending::Offer { .. })
                if self.offer_after_pause() => {}
            Question::Step(flow, step, _)
                if self.state.wrong == 0 && self.offer_topics(Some((flow, step))) => {}
            Question::Step(flow, _, ask) => self.wrong_answer(flow, ask),
            Question::Pending(Pending::Check { class, .. }) => {
                self.deny(class);
                if self.put_back() {
                    self.on_text(text);
                }
            }
            Question::Pending(Pending::Topics { .. }) => {
                if self.put_back() {
                    // Nothing is offered twice in a row.
                    self.state.wrong = 1;
                    self.on_text(text);
                }
            }
            Question::Pending(Pending::Offer { .. } | Pending::Resume) => self.not_understood(),
            // A reminder is a kindness; who talks of something else does not want it now.
            Question::Pending(Pending::Remind { from, reminder })
                if self.state.wrong >= OFFER_RETRIES =>
            {
                self.plan(from, reminder.clone(), false);
            }
            Question::Pending(Pending::Place { .. }) if self.state.wrong >= PLACE_RETRIES => {
                self.save_place(pending.as_ref(), None);
            }
            // Neither yes nor no: perhaps the date once more, written otherwise.
            Question::Pending(Pending::Date { .. }) => {
                self.state.pending = None;
                self.on_text(text);
            }
            // Neither yes nor no: perhaps another postcode, or the same with its place once more.
            Question::Pending(Pending::Postcode { postcode, .. }) => {
                self.on_postcode_again(postcode.clone(), text);
            }
            Question::Pending(_) => {
                self.state.wrong = self.state.wrong.saturating_add(1);
                self.say_retry();
            }
        }
    }

    /// Free text while no question waits.
    fn not_understood(&mut self) {
        self.state.failed_turns = self.state.failed_turns.saturating_add(1);
        if self.state.failed_turns < FAILED_TURNS && self.offer_topics(None) {
            return;
        }
        let key = if self.state.failed_turns < FAILED_TURNS {
            "fallback"
        } else {
            "fallback-human"
        };
        self.ask_pending(Pending::Offer { key: key.into() });
    }

    pub(super) fn wrong_answer(&mut self, flow: &'a Flow, ask: &'a Ask) {
        match &ask.retry {
            Some(retry) if self.state.wrong >= retry.times => {
                let at = self.state.at.as_ref();
                if let Some(place) = at.and_then(|at| self.place(at)) {
                    self.note(place, Some((Way::Retry, (&retry.then).into())));
                }
                self.remember();
                self.state.wrong = 0;
                self.go_to(flow, &retry.then);
            }
            _ => {
                self.state.wrong = self.state.wrong.saturating_add(1);
                self.say_retry();
            }
        }
    }

    fn accept(&mut self, question: Question<'_, 'a>, understood: Understood) {
        self.state.failed_turns = 0;
        match (question, understood) {
            (Question::Pending(pending), Understood::Option(option)) => {
                self.accept_pending(pending.clone(), &option);
            }
            (Question::Pending(_), _) => self.say_retry(),
            (Question::Step(flow, step, ask), Understood::Option(option)) => match &ask.kind {
                AskKind::Language => {
                    self.trace
                        .options
                        .push((&flow.id, &step.id, option.clone()));
                    self.choose_language((flow, step), &option);
                }
                AskKind::Choice(options) => {
                    self.trace
                        .options
                        .push((&flow.id, &step.id, option.clone()));
                    let target = options
                        .iter()
                        .find(|o| o.id == option)
                        .and_then(|o| o.target.as_ref());
                    self.accept_step((flow, step), ask, Some(Value::Choice(option)), target);
                }
                AskKind::Media { .. } => self.media_option((flow, step), ask, &option),
                _ => self.say_retry(),
            },
            (Question::Step(flow, step, ask), Understood::Picks(picks)) => {
                self.pick((flow, step), ask, picks);
            }
            (Question::Step(flow, step, ask), Understood::Value(value)) => {
                self.accept_step((flow, step), ask, Some(value), None);
            }
            (Question::Step(flow, step, ask), Understood::Converted(value, unit)) => {
                self.say_converted(value, unit);
                self.accept_step((flow, step), ask, Some(Value::Number(value)), None);
            }
            (Question::Step(_, _, _), Understood::OtherDate(other)) => {
                // Not `ask_pending`: wrong answers go on counting.
                self.state.pending = Some(Pending::Date {
                    date: other.date,
                    written: other.written,
                });
                self.state.revision = self.state.revision.wrapping_add(1);
                self.say_question();
            }
            (Question::Step(_, _, _), Understood::Postcode(postcode)) => self.on_postcode(postcode),
            (Question::Step(_, _, _), Understood::PostcodeElsewhere { postcode, named }) => {
                self.doubt_postcode(postcode, named);
            }
            (Question::Step(flow, _, ask), Understood::TooLong(beginning)) => {
                // The beginning is kept, so that nothing is lost if the person gives up here.
                self.save(ask, Value::Text(beginning));
                self.say_too_long();
                self.wrong_answer(flow, ask);
            }
        }
    }

    pub(super) fn accept_step(
        &mut self,
        (flow, step): (&'a Flow, &'a Step),
        ask: &Ask,
        value: Option<Value>,
        target: Option<&'a Target>,
    ) {
        if let Some(value) = value {
            self.save(ask, value);
        }
        self.remember();
        self.state.pending = None;
        self.state.wrong = 0;
        match target {
            Some(target) => {
                self.note((flow, step), Some((Way::Next, target.into())));
                self.go_to(flow, target);
            }
            None => self.go_on_after(Some((flow, step))),
        }
    }

    pub(super) fn save(&mut self, ask: &Ask, value: Value) {
        if let Some(field) = &ask.save {
            self.cancel_reminders_about(field, &value);
            self.state.answers.insert(field.clone(), value);
        }
    }

    fn choose_language(&mut self, (flow, step): (&'a Flow, &'a Step), tag: &str) {
        let lang = Lang::new(tag);
        // Who was told so in this language before they chose it is not told twice.
        if self.state.told_unchecked.as_ref() != Some(&lang) || self.state.lang.is_some() {
            self.state.told_unchecked = None;
        }
        self.state.lang = Some(lang);
        self.remember();
        self.state.wrong = 0;
        match self.state.language_from.take() {
            Some(left) => self.return_to(left),
            None => self.go_on_after(Some((flow, step))),
        }
    }

    /// The last line of defence against silence: a flow that ended without a word leads to the menu.
    pub(super) fn answer_for_certain(&mut self) {
        if self.effects.iter().any(answers) {
            return;
        }
        self.menu();
        if !self.effects.iter().any(answers) {
            self.ask_pending(Pending::Offer {
                key: "fallback".into(),
            });
        }
    }
}

/// Whether the person gets an answer out of this effect, here or from the runtime.
fn answers(effect: &Effect) -> bool {
    match effect {
        Effect::Say(_) | Effect::HandOff { .. } | Effect::Delete => true,
        Effect::Consent { handoff } => handoff.is_some(),
        Effect::Keep(_)
        | Effect::Discard(_)
        | Effect::Stop
        | Effect::Schedule(_)
        | Effect::Cancel(_)
        | Effect::Alarm { .. } => false,
    }
}
