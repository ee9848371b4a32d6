//! A conversation in the middle of its turn: what was stored, opened; what is said and noted, collected.

use super::work::{Setting, Task};
use crate::engine::{self, Env, FlowState};
use crate::model::{
    AttachmentId, CaseId, ChannelId, ConversationId, Event, FileRef, IdentityId, Inbound, Lang,
    Message, MessageBody, MessageId, Passage, PersonId, Timestamp,
};
use crate::store::StoreError;
use crate::store::desk_turn::DeskWrite;
use crate::store::outbox::Outgoing;
use crate::store::seal::{PersonKey, SealBroken};
use crate::store::turns::{LiveCase, NewMessage, StoredConversation};

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
    pub(super) asked_seq: i64,
    pub(super) arrived_seq: Option<i64>,
    pub(super) messages: Vec<NewMessage>,
    pub(super) outgoing: Vec<Outgoing>,
    pub(super) desk: Vec<DeskWrite>,
    pub(super) changed_cases: Vec<CaseId>,
    pub(super) alarms: Vec<String>,
    pub(super) passages: Vec<Passage>,
    pub(super) last_in: Option<MessageId>,
    /// The bot is asked for something in the middle of a talk with a human: what is said then does not go to the case. What
    /// is kept about the person, say, may be more than they have agreed to pass on.
    pub(super) aside: bool,
    pub(super) erased: bool,
    pub(super) reachable: Option<bool>,
    pub(super) acks: Vec<String>,
    /// Photos and files that came in this turn and are not wanted yet: where their contents lie.
    pub(super) arriving: Vec<(AttachmentId, FileRef)>,
}

impl<'a> Talk<'a> {
    /// What is stored, opened for a turn.
    pub(super) fn begin(
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
            aside: false,
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

    /// Says something, in this kind of body.
    pub(super) fn send(
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
        let live = self.live_case.as_ref().filter(|_| !self.aside);
        let owned = live.filter(|c| c.human_owns_turn());
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

    /// The person ends the case that is live.
    pub(super) fn close_live_case(&mut self) {
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
