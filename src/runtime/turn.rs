//! One conversation's turn: from what is stored and what came in to what is to be stored and said.
//! Pure but for fresh ids and sealing; the caller runs it again when somebody else was faster.

mod finish;
mod looked;
#[cfg(test)]
mod tests;

use super::media;
use super::opening::Opening;
use super::relay;
use super::remind;
use super::work::{Heard, Task};
use super::world::World;
use crate::content::Content;
use crate::engine::{self, Effect, Env, FlowState, Input};
use crate::model::{
    AttachmentId, CaseId, ChannelId, ConversationId, Event, FileRef, IdentityId, Inbound, InboxId,
    Lane, Lang, MediaKind, Message, MessageBody, MessageId, Passage, PersonId, TimerId, Timestamp,
};
use crate::ports::Ids;
use crate::store::desk_turn::DeskWrite;
use crate::store::outbox::Outgoing;
use crate::store::seal::{InstanceKey, PersonKey};
use crate::store::turns::{LiveCase, NewMessage, StoredConversation, TurnWrite};
use crate::store::{StoreError, seal::SealBroken};

/// What every turn looks at.
pub struct Setting<'a> {
    /// The content that answers.
    pub content: &'a Content,
    /// Organisations, coverage, waiting times.
    pub world: &'a World,
    /// Fresh ids and keys.
    pub ids: &'a dyn Ids,
    /// The instance's key.
    pub key: &'a InstanceKey,
    /// Now.
    pub now: Timestamp,
}

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

/// A conversation in the middle of its turn.
pub(super) struct Talk<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) channel: ChannelId,
    pub(super) address: String,
    pub(super) conversation: ConversationId,
    pub(super) person: PersonId,
    pub(super) identity: IdentityId,
    pub(super) key: PersonKey,
    pub(super) state: FlowState,
    pub(super) live_case: Option<LiveCase>,
    pub(super) cases: i64,
    pub(super) known_since: Timestamp,
    pub(super) device_language: Option<String>,
    pub(super) next_seq: i64,
    asked_seq: i64,
    arrived_seq: Option<i64>,
    pub(super) messages: Vec<NewMessage>,
    pub(super) outgoing: Vec<Outgoing>,
    pub(super) desk: Vec<DeskWrite>,
    pub(super) changed_cases: Vec<CaseId>,
    pub(super) alarms: Vec<String>,
    passages: Vec<Passage>,
    pub(super) last_in: Option<MessageId>,
    erased: bool,
    reachable: Option<bool>,
    acks: Vec<String>,
    /// Photos and files that came in this turn and are not wanted yet: where their contents lie.
    pub(super) arriving: Vec<(AttachmentId, FileRef)>,
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
                remind::take(&mut talk, due, stored.is_some_and(|s| s.reachable))?;
            }
            Task::Lost(timer, _) => {
                timers.push(*timer);
                media::lost(&mut talk, *timer)?;
            }
        }
    }
    talk.finish(lane, stored, inbox, timers)
}

impl<'a> Talk<'a> {
    fn begin(
        setting: &'a Setting<'a>,
        channel: ChannelId,
        stored: Option<&StoredConversation>,
        tasks: &[Task],
    ) -> Result<Self, StoreError> {
        let ids = setting.ids;
        let (address, device_language) = tasks
            .iter()
            .find_map(|t| match t {
                Task::Inbound(_, i, _) => Some((i.address.clone(), i.language_hint.clone())),
                Task::CaseClosed(..) | Task::Remind(_) | Task::Lost(..) | Task::Looked(_) => None,
            })
            .unwrap_or_default();
        let blank = |conversation, person, identity, key| Self {
            setting,
            channel,
            address,
            conversation,
            person,
            identity,
            key,
            state: FlowState::default(),
            live_case: None,
            cases: 0,
            known_since: setting.now,
            device_language,
            next_seq: 1,
            asked_seq: 0,
            arrived_seq: None,
            messages: Vec::new(),
            outgoing: Vec::new(),
            desk: Vec::new(),
            changed_cases: Vec::new(),
            alarms: Vec::new(),
            passages: Vec::new(),
            last_in: None,
            erased: false,
            reachable: None,
            acks: Vec::new(),
            arriving: Vec::new(),
        };
        let Some(stored) = stored else {
            let key = PersonKey::new(ids.random());
            let (conversation, person) = (ConversationId(ids.uuid()), PersonId(ids.uuid()));
            return Ok(blank(conversation, person, IdentityId(ids.uuid()), key));
        };
        let key = setting.key.unwrap_key(stored.person, &stored.key)?;
        let state = key.open(&format!("state {}", stored.id), &stored.state)?;
        let mut talk = blank(stored.id, stored.person, stored.identity, key);
        talk.state = serde_json::from_slice(&state)?;
        talk.live_case.clone_from(&stored.live_case);
        talk.cases = stored.cases;
        talk.known_since = stored.created_at;
        talk.next_seq = stored.next_seq;
        talk.asked_seq = stored.asked_seq;
        let newest = |task: &Task| match task {
            Task::Inbound(_, i, _) => match &i.event {
                Event::Tap { token, .. } => engine::is_newest_question(&talk.state, token),
                _ => false,
            },
            Task::CaseClosed(..) | Task::Remind(_) | Task::Lost(..) | Task::Looked(_) => false,
        };
        talk.arrived_seq = tasks.iter().any(newest).then_some(stored.asked_seq);
        Ok(talk)
    }

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
            return media::hear_album(self, these);
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
        let owner = relay::owner(
            self.setting.content,
            self.live_case.as_ref(),
            &self.state,
            &input,
        );
        let body = media::body(text, media, &owner, &input, *looked);
        self.note_heard(inbound, *looked, body)?;
        match owner {
            relay::Owner::Bot => self.step_about(input, inbound, *looked),
            relay::Owner::Human(case) => relay::pass_on(self, &case, &input),
        }
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

    pub(super) fn env(&self) -> Env {
        Env {
            now: self.setting.now,
            covered: self.setting.world.covered(),
            device_language: self.device_language.clone(),
            known_since: Some(self.known_since),
            channel_name: self.channel.0.to_owned(),
            cases: u32::try_from(self.cases).unwrap_or(u32::MAX),
            window: None,
            triage: None,
            case_open: self.live_case.as_ref().is_some_and(LiveCase::is_heard),
        }
    }

    /// The language to speak in.
    pub(super) fn lang(&self) -> Lang {
        engine::language(
            self.setting.content,
            &self.state,
            self.device_language.as_deref(),
        )
    }

    /// Keeps what the person did.
    pub(super) fn note(&mut self, inbound: &Inbound, body: MessageBody) -> Result<(), StoreError> {
        let client_id = inbound.provider_id.clone();
        let id = self.store(body, Some(client_id))?;
        self.last_in = Some(id);
        Ok(())
    }

    /// Says something to the person.
    pub(super) fn say(&mut self, message: Message) -> Result<(), StoreError> {
        self.send(message, MessageBody::Out)
    }

    fn send(
        &mut self,
        message: Message,
        body: fn(Message) -> MessageBody,
    ) -> Result<(), StoreError> {
        let body = body(message.clone());
        let leaves = matches!(body, MessageBody::Farewell(_));
        if !message.choices.is_empty() {
            self.asked_seq = self.next_seq;
        }
        let id = self.store(body, None)?;
        if let Some(case) = &mut self.live_case {
            case.told_at = Some(self.setting.now);
        }
        self.outgoing.push(Outgoing {
            id,
            conversation: self.conversation,
            channel: self.channel.0.to_owned(),
            address: self.address.clone(),
            message,
            leaves,
            parts_sent: 0,
            attempts: 1,
        });
        Ok(())
    }

    fn store(
        &mut self,
        body: MessageBody,
        client_id: Option<String>,
    ) -> Result<MessageId, SealBroken> {
        let id = MessageId(self.setting.ids.uuid());
        let plain = serde_json::to_vec(&body).map_err(|_| SealBroken)?;
        let out = !matches!(body, MessageBody::In { .. });
        let owned = self.live_case.as_ref().filter(|c| c.human_owns_turn());
        self.messages.push(NewMessage {
            id,
            seq: self.next_seq,
            out,
            case: owned.map(|c| c.id),
            client_id,
            body: self.key.seal(&format!("messages {id}"), &plain)?,
            content: out.then(|| self.setting.content.hash.clone()),
        });
        self.next_seq += 1;
        Ok(id)
    }

    fn close_live_case(&mut self) {
        if let Some(case) = self.live_case.take() {
            self.desk.push(DeskWrite::Close { case: case.id });
            self.audit("case closed by person", Some(case.id));
            self.changed_cases.push(case.id);
        }
    }

    pub(super) fn audit(&mut self, action: &'static str, case: Option<CaseId>) {
        let id = self.setting.ids.uuid();
        self.desk.push(DeskWrite::Audit {
            id,
            action,
            case,
            detail: String::new(),
        });
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
