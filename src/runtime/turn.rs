//! One conversation's turn: from what is stored and what came in to what is to be stored and said.
//! Pure but for fresh ids and sealing; the caller runs it again when somebody else was faster.

mod finish;
mod looked;
mod reminded;
mod sent;
#[cfg(test)]
mod tests;

use super::opening::Opening;
use super::owner::Owner;
use super::talk::Talk;
use super::work::{Heard, Setting, Task};
use super::{media, relay};
use crate::engine::{self, Effect, Env, Input};
use crate::model::{
    CaseId, ChannelId, Event, Inbound, InboxId, Lane, MediaKind, MessageBody, Passage, TimerId,
};
use crate::store::StoreError;
use crate::store::desk_turn::DeskWrite;
use crate::store::outbox::Outgoing;
use crate::store::turns::{LiveCase, StoredConversation, TurnWrite};

/// A turn, taken.
#[derive(Debug)]
pub struct Taken {
    /// What is to be committed.
    pub write: TurnWrite,
    /// What is to be sent once it is committed.
    pub outgoing: Vec<Outgoing>,
    /// Button presses to be acknowledged.
    pub acks: Vec<String>,
    /// Cases that changed.
    pub cases: Vec<CaseId>,
    /// What somebody has to look at, without personal data.
    pub alarms: Vec<String>,
    /// Which way it went through the flows.
    pub passages: Vec<Passage>,
    /// Photos and files that nobody asked for, by the network's names.
    pub unwanted: Vec<String>,
}

/// Takes a conversation's turn.
pub fn take(
    setting: &Setting<'_>,
    lane: &Lane,
    channel: ChannelId,
    stored: Option<&StoredConversation>,
    tasks: &[Task],
) -> Result<Taken, StoreError> {
    let mut talk = Talk::begin(setting, channel, stored, tasks)?;
    let (mut inbox, mut timers): (Vec<InboxId>, Vec<TimerId>) = (Vec::new(), Vec::new());
    let was_gone = stored.is_some_and(|s| !s.reachable);
    let mut rest = tasks;
    while let Some(task) = rest.first() {
        let (these, later) = rest.split_at(media::together(rest.iter()));
        rest = later;
        match task {
            Task::Inbound(..) => {
                inbox.extend(these.iter().filter_map(Task::inbox));
                let these: Vec<Heard<'_>> = these.iter().filter_map(Task::heard).collect();
                talk.hear(&these, was_gone)?;
            }
            Task::Looked(late) => {
                timers.push(late.timer);
                talk.look_late(late)?;
            }
            Task::CaseClosed(id, ..) => {
                timers.push(*id);
                talk.step(Input::CaseClosed)?;
            }
            Task::Remind(due) => {
                timers.push(due.timer);
                reminded::take(&mut talk, due, stored.is_some_and(|s| s.reachable))?;
            }
            Task::Lost(timer, _) => {
                timers.push(*timer);
                sent::lost(&mut talk, *timer)?;
            }
        }
    }
    talk.finish(lane, stored, inbox, timers)
}

impl Talk<'_> {
    /// One thing that the person did: one update, or several photos that were sent together.
    fn hear(&mut self, these: &[Heard<'_>], was_gone: bool) -> Result<(), StoreError> {
        let [(inbound, looked), more @ ..] = these else {
            return Ok(());
        };
        if inbound.language_hint.is_some() {
            self.device_language.clone_from(&inbound.language_hint);
        }
        if let Event::Tap { ack: Some(ack), .. } = &inbound.event {
            self.acks.push(ack.clone());
        }
        if was_gone && !matches!(inbound.event, Event::Blocked | Event::Nothing) {
            self.reachable = Some(true);
        }
        if !more.is_empty() {
            return sent::hear_album(self, these);
        }
        let (text, media, input) = match &inbound.event {
            Event::Nothing => return Ok(()),
            Event::Blocked => {
                self.reachable = Some(false);
                return Ok(());
            }
            Event::Unblocked => return Ok(()),
            Event::Group => {
                let message = engine::system(self.setting.content, &self.lang(), "group-chat", &[]);
                return self.send(message, MessageBody::Farewell);
            }
            Event::Start { payload } => (
                "/start".to_owned(),
                None,
                Input::Start {
                    payload: payload.clone(),
                },
            ),
            Event::Text(text) => (text.clone(), None, Input::Text(text.clone())),
            Event::Tap { token, .. } => {
                let device = self.device_language.as_deref();
                let label = engine::label_of(self.setting.content, &self.state, device, token);
                (label.unwrap_or_default(), None, Input::Tap(token.clone()))
            }
            Event::Contact { number } => (
                number.clone(),
                Some(MediaKind::Contact),
                Input::Contact(number.clone()),
            ),
            // To a human a sticker says what it stands for. The bot takes none for an answer.
            Event::Media {
                kind: MediaKind::Sticker,
                caption: Some(emoji),
                ..
            } if self
                .live_case
                .as_ref()
                .is_some_and(LiveCase::human_owns_turn) =>
            {
                (
                    emoji.clone(),
                    Some(MediaKind::Sticker),
                    Input::Text(emoji.clone()),
                )
            }
            Event::Media {
                kind,
                caption,
                file,
                ..
            } => (
                caption.clone().unwrap_or_default(),
                Some(*kind),
                media::input(self, *kind, file.as_ref()),
            ),
            Event::Edited => return self.step(Input::Edited),
        };
        if matches!(input, Input::Tap(_))
            && engine::is_repeated_tap(&self.state, self.setting.now, &input)
        {
            return Ok(());
        }
        let owner = self.owner(&input);
        let body = media::body(text, media, &owner, &input, *looked);
        let live = self.live_case.as_ref();
        self.aside = matches!(owner, Owner::Bot) && live.is_some_and(LiveCase::human_owns_turn);
        self.note_heard(inbound, *looked, body)?;
        match owner {
            Owner::Bot => self.step_about(input, inbound, *looked)?,
            Owner::Human(case) => relay::pass_on(self, &case, &input)?,
        }
        self.aside = false;
        Ok(())
    }

    /// Runs the engine and carries out what it wants.
    pub(super) fn step(&mut self, input: Input) -> Result<(), StoreError> {
        let env = self.env();
        self.step_in(&env, input)
    }

    pub(super) fn step_in(&mut self, env: &Env, input: Input) -> Result<(), StoreError> {
        let (turn, trace) =
            engine::step_traced(self.setting.content, env, self.state.clone(), input);
        self.passages.extend(trace.counted());
        self.state = turn.state;
        for effect in turn.effects {
            match effect {
                Effect::Say(message) => self.say(message)?,
                Effect::HandOff { handoff, consented } => {
                    Opening::new(self, handoff, consented).open()?;
                }
                Effect::Consent { handoff } => Opening::consent(self, handoff)?,
                Effect::Keep(attached) => media::keep(self, &attached, None)?,
                Effect::Discard(id) => media::discard(self, id),
                Effect::Schedule(reminder) => self.desk.push(DeskWrite::Remind {
                    timer: TimerId(self.setting.ids.uuid()),
                    number: reminder.number,
                    due: reminder.due,
                }),
                Effect::Cancel(reminder) => self.desk.push(DeskWrite::NoReminder {
                    number: reminder.number,
                }),
                Effect::Stop => self.close_live_case(),
                Effect::Delete => self.erase()?,
                Effect::Alarm { what } => self.alarms.push(what),
            }
        }
        Ok(())
    }
}

/// A turn that only says that something went wrong. It answers no update: that one is a dead letter.
pub(super) fn take_sorry(
    setting: &Setting<'_>,
    lane: &Lane,
    inbound: &Inbound,
    stored: Option<&StoredConversation>,
) -> Result<Taken, StoreError> {
    let id = InboxId(setting.ids.uuid());
    let task = [Task::Inbound(id, inbound.clone(), None)];
    let mut talk = Talk::begin(setting, inbound.channel, stored, &task)?;
    let message = engine::system(setting.content, &talk.lang(), "sorry", &[]);
    talk.say(message)?;
    talk.finish(lane, stored, vec![], vec![])
}
