//! Reminders: offered by a step, agreed to by the person, said when they are due and nobody is disturbed.

use super::run::{Place, Run, Trace, position};
use super::types::{Effect, Position, Reminder, Turn};
use super::{edits, resume};
use crate::content::{Arg, Flow, Remind, Step, StepKind, Target};
use crate::model::{FieldId, Timestamp, Value};
use crate::text;

/// Reminders that are planned at once. Who has so many is not offered more.
const MAX_REMINDERS: usize = 12;

/// Nobody is woken: between these hours by the clock of the person's time zone, which is that of Germany.
const EVENING: i8 = 21;
const MORNING: i8 = 8;

/// The hour at which reminders come that count from a date.
const HOUR: i8 = 9;

/// How long (in seconds) a reminder that was held back still waits once the person has written again.
const AFTER_HELD: i64 = 3600;

impl<'a> Run<'a> {
    /// The reminder that a step offers; `None` if it is planned already, or there is no such day any more.
    pub(super) fn reminder(&self, flow: &Flow, step: &Step, remind: &Remind) -> Option<Reminder> {
        let now = self.env.now;
        let due = match &remind.field {
            None => now.plus_lapse(remind.span),
            Some(field) => {
                let Some(Value::Date(date)) = self.state.answers.get(field) else {
                    return None;
                };
                let span = remind.span.span();
                let day = match remind.before {
                    true => date.checked_sub(span),
                    false => date.checked_add(span),
                };
                Timestamp::at_berlin(day.ok()?.at(HOUR, 0, 0, 0))?
            }
        };
        let from = position(flow, step);
        let planned = self.state.reminders.iter().any(|r| r.from == from);
        let due = waking(due);
        if planned || due.date() <= now.date() || self.state.reminders.len() >= MAX_REMINDERS {
            return None;
        }
        Some(Reminder {
            // The number of the question that offers it.
            number: self.state.revision.wrapping_add(1),
            from,
            to: aim(flow, &remind.target),
            since: now,
            due,
            field: remind.field.clone().or_else(|| answered_by(flow, remind)),
            dated: remind.field.is_some(),
            held: false,
        })
    }

    /// The person has said whether they want to be reminded. Then the flow goes on.
    pub(super) fn plan(&mut self, from: &Position, reminder: Reminder, wanted: bool) {
        if wanted {
            let date = self.day(reminder.due);
            self.say_system("remind-set", &[("date", date)]);
            self.effects.push(Effect::Schedule(reminder.clone()));
            self.state.reminders.push(reminder);
        } else {
            self.say_system("remind-declined", &[]);
        }
        self.state.pending = None;
        let from: Option<Place<'a>> = self.place(from);
        self.go_on_after(from);
    }

    /// A reminder is due. It is said, unless that would disturb: then it waits, silently.
    pub(super) fn remind(mut self, number: u32) -> (Turn, Trace<'a>) {
        let planned = self.state.reminders.iter().position(|r| r.number == number);
        let Some(index) = planned else {
            return self.silently();
        };
        if self.state.stopped {
            self.state.reminders.remove(index);
            return self.silently();
        }
        if self.is_window_closed() {
            if let Some(reminder) = self.state.reminders.get_mut(index) {
                reminder.held = true;
            }
            return self.silently();
        }
        let when = self.undisturbed();
        if when > self.env.now {
            if let Some(reminder) = self.state.reminders.get_mut(index) {
                reminder.due = when;
                self.effects.push(Effect::Schedule(reminder.clone()));
            }
            return self.silently();
        }
        let reminder = self.state.reminders.remove(index);
        self.bring_up(&reminder);
        self.answer_for_certain();
        self.finish()
    }

    fn bring_up(&mut self, reminder: &Reminder) {
        let since = self.day(reminder.since);
        self.say_system("remind-due", &[("date", since)]);
        self.leave();
        self.carry();
        self.note_leaving(Some(&reminder.to.flow));
        self.remember();
        self.state.tapped = None;
        self.state.at = None;
        self.state.pending = None;
        self.state.stack.clear();
        let to = &reminder.to;
        let place = match to.step.is_empty() {
            true => self.start_of(&to.flow),
            false => edits::now_called(self.content, to).and_then(|to| self.place(&to)),
        };
        match place {
            Some(place) => self.walk(Some(place)),
            None => self.say_gone(),
        }
    }

    /// The person wants no more reminders at all.
    pub(super) fn cancel_reminders(&mut self) {
        let all = std::mem::take(&mut self.state.reminders);
        self.effects.extend(all.into_iter().map(Effect::Cancel));
    }

    /// A field gets this value: reminders that rest on it have lost their ground.
    pub(super) fn cancel_reminders_about(&mut self, field: &FieldId, value: &Value) {
        let same = self.state.answers.get(field) == Some(value);
        let void = |r: &Reminder| r.field.as_ref() == Some(field) && !(r.dated && same);
        let (void, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.state.reminders)
            .into_iter()
            .partition(void);
        self.state.reminders = kept;
        self.effects.extend(void.into_iter().map(Effect::Cancel));
    }

    /// Notes when the person did something.
    pub(super) fn hear(&mut self, at: Option<Timestamp>) {
        if at.is_none() || self.effects.last() == Some(&Effect::Delete) {
            return;
        }
        self.state.heard_at = at;
        self.release_held();
    }

    /// The person has written, so that the channel lets us write again: what was held back gets a new hour.
    fn release_held(&mut self) {
        let due = waking(self.env.now.plus_seconds(AFTER_HELD));
        for reminder in self.state.reminders.iter_mut().filter(|r| r.held) {
            reminder.held = false;
            reminder.due = due;
            self.effects.push(Effect::Schedule(reminder.clone()));
        }
    }

    fn is_window_closed(&self) -> bool {
        let heard = self.state.heard_at.map_or(i64::MIN, |t| t.0);
        let open = |window: i64| self.env.now.0.saturating_sub(heard) < window * 1000;
        self.env.window.is_some_and(|window| !open(window))
    }

    /// The first moment from now on at which neither sleep nor a question in progress is disturbed.
    fn undisturbed(&self) -> Timestamp {
        let now = waking(self.env.now);
        match self.state.heard_at {
            Some(heard) if !self.state.nothing_waits() => {
                now.max(waking(heard.plus_millis(resume::PAUSE_MS)))
            }
            _ => now,
        }
    }

    fn silently(self) -> (Turn, Trace<'a>) {
        let turn = Turn {
            state: self.state,
            effects: self.effects,
        };
        (turn, Trace::default())
    }

    /// A day in words.
    pub(super) fn day(&self, at: Timestamp) -> Arg {
        Arg::Text(text::date_in_words(at.date(), self.lang().as_str()))
    }
}

/// Where a reminder leads, as it can be stored.
fn aim(flow: &Flow, target: &Target) -> Position {
    let (flow, step) = match target {
        Target::Step(step) => (&flow.id, step.as_str()),
        Target::Flow(other) => (other, ""),
    };
    Position {
        flow: flow.clone(),
        step: step.to_owned(),
        ask: String::new(),
    }
}

/// The field that is asked for where the reminder leads.
fn answered_by(flow: &Flow, remind: &Remind) -> Option<FieldId> {
    let Target::Step(step) = &remind.target else {
        return None;
    };
    match &flow.steps.get(step)?.kind {
        StepKind::Ask(ask) => ask.save.clone(),
        _ => None,
    }
}

/// This moment, or the next morning if it lies in the night.
fn waking(at: Timestamp) -> Timestamp {
    let local = at.in_berlin();
    let day = match local.hour() {
        hour if hour < MORNING => Ok(local.date()),
        hour if hour >= EVENING => local.date().tomorrow(),
        _ => return at,
    };
    day.ok()
        .and_then(|day| Timestamp::at_berlin(day.at(MORNING, 0, 0, 0)))
        .unwrap_or(at)
}
