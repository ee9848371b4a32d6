//! How a turn ends: everything that it changed becomes one write; or the person is erased.

use super::Taken;
use crate::engine::{self, FlowState};
use crate::model::{InboxId, Lane, TimerId};
use crate::runtime::talk::Talk;
use crate::store::StoreError;
use crate::store::desk_turn::DeskWrite;
use crate::store::seal::PersonKey;
use crate::store::turns::{Fresh, StoredConversation, TurnWrite};

/// How long the address is kept after an erasure, so that the receipt can be delivered.
const ERASE_REST_SECONDS: i64 = 600;

impl Talk<'_> {
    /// Destroys everything under the old key; only the receipt goes out, under a new one.
    pub(super) fn erase(&mut self) -> Result<(), StoreError> {
        let lang = self.lang();
        self.changed_cases
            .extend(self.live_case.take().map(|c| c.id));
        self.messages.clear();
        self.outgoing.clear();
        self.desk.clear();
        self.key = PersonKey::new(self.setting.ids.random());
        // The second press of the button that confirmed it is still no second answer.
        self.state = FlowState {
            tapped: self.state.tapped.take(),
            ..FlowState::default()
        };
        self.erased = true;
        self.cases = 0;
        self.last_in = None;
        let receipt = crate::desk::number::of(self.setting.ids.uuid());
        let args = [("number", crate::content::Arg::Text(receipt))];
        let message = engine::system(self.setting.content, &lang, "deleted", &args);
        self.say(message)
    }

    /// What is to be written and sent.
    pub(super) fn finish(
        mut self,
        lane: &Lane,
        stored: Option<&StoredConversation>,
        inbox: Vec<InboxId>,
        timers: Vec<TimerId>,
    ) -> Result<Taken, StoreError> {
        let address_purpose = format!("address {}", self.identity);
        let sealed_address = |key: &PersonKey| key.seal(&address_purpose, self.address.as_bytes());
        if self.erased && stored.is_some() {
            let erase = DeskWrite::Erase {
                key: self.setting.key.wrap(self.person, &self.key)?,
                address: sealed_address(&self.key)?,
                timer: TimerId(self.setting.ids.uuid()),
                due: self.setting.now.plus_seconds(ERASE_REST_SECONDS),
            };
            self.desk.insert(0, erase);
        }
        let fresh = match stored {
            Some(_) => None,
            None => Some(Fresh {
                key: self.setting.key.wrap(self.person, &self.key)?,
                address: sealed_address(&self.key)?,
            }),
        };
        let waits = |seq| stored.is_some_and(|s| s.undelivered.iter().any(|(_, n)| *n <= seq));
        let arrived_seq = self.arrived_seq.filter(|seq| waits(*seq));
        let state = serde_json::to_vec(&self.state)?;
        let unwanted = self.arriving.into_iter().map(|(_, file)| file.reference);
        let unwanted = unwanted.collect();
        let write = TurnWrite {
            inbox,
            timers,
            lane: lane.clone(),
            channel: self.channel,
            conversation: self.conversation,
            person: self.person,
            identity: self.identity,
            fresh,
            version: stored.map_or(0, |s| s.version),
            state: self
                .key
                .seal(&format!("state {}", self.conversation), &state)?,
            lang: self.state.lang.clone(),
            next_seq: self.next_seq,
            asked_seq: self.asked_seq,
            arrived_seq,
            messages: self.messages,
            send_now: false,
            desk: self.desk,
            reachable: self.reachable,
        };
        Ok(Taken {
            write,
            outgoing: self.outgoing,
            acks: self.acks,
            cases: self.changed_cases,
            alarms: self.alarms,
            passages: self.passages,
            unwanted,
        })
    }
}
