//! For tests: a program that does what is said and nothing by itself, and somebody who talks to it in the web room.

use super::after::divide;
use super::triage::Looked;
use super::turn::take;
use super::work::{Parts, Task, Work};
use super::{Hub, Sender, WorldCell};
use crate::channel::Registry;
use crate::channel::room::{ROOM, RoomChannel};
use crate::model::{Event, Inbound, InboxId, Message, Timestamp};
use crate::ports::{Clock, Ids as _};
use crate::store::StoreError;
use crate::store::accept::{Accept, Lease, NewInbox};
use crate::store::testing::{Folder, NOW, World, on_sqlite};
use crate::store::timers::{ClaimTimers, DueTimer};
use crate::store::turns::{Decide, TakeTurns};
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const DAY: i64 = 86_400;

struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Somebody in the web room, and a program that does what is said and nothing by itself.
pub(super) struct Rig {
    pub(super) world: World,
    pub(super) parts: Parts,
    clock: Arc<Hand>,
    /// What the person's device says it speaks.
    pub(super) hint: &'static str,
    _folder: Folder,
}

impl Rig {
    pub(super) async fn new() -> Self {
        let (world, folder) = on_sqlite().await;
        let mut channels = Registry::default();
        channels.add(Arc::new(RoomChannel));
        let channels = Arc::new(channels);
        let clock = Arc::new(Hand(AtomicI64::new(NOW.0)));
        let sender = Sender::new(Arc::clone(&channels), clock.clone());
        let parts = Parts {
            store: world.store.clone(),
            content: Arc::new(ArcSwap::new(Arc::clone(&world.content))),
            world: Arc::new(WorldCell::default()),
            channels,
            clock: clock.clone(),
            ids: world.ids.clone(),
            hub: Arc::new(Hub::default()),
            sender,
            worker: "this process".to_owned(),
            tally: Arc::default(),
            judge: None,
        };
        parts.world.refresh(&parts.store, NOW).await.unwrap();
        Self {
            world,
            parts,
            clock,
            hint: "en",
            _folder: folder,
        }
    }

    pub(super) fn later(&self, days: i64) {
        self.passes(days * DAY);
    }

    /// So many seconds pass.
    pub(super) fn passes(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Takes a turn and tells what is said in it.
    pub(super) async fn takes(&self, work: Work) -> Result<Vec<Message>, StoreError> {
        let scene = self.parts.scene(self.parts.now());
        let lanes = vec![work.lane.clone()];
        let decide: Decide<Vec<Message>> = Box::new(move |stored| {
            let known = stored.get(&work.lane);
            let tasks = std::slice::from_ref(&work.task);
            let taken = take(&scene.setting(), &work.lane, ROOM, known, tasks)?;
            let said = taken.outgoing.iter().map(|o| o.message.clone());
            let said = said.collect();
            Ok((divide(vec![taken], vec![], None).0, said))
        });
        let write = TakeTurns {
            lanes,
            decide,
            lease: self.parts.lease(),
            settled: Vec::new(),
        };
        self.parts.store.write(write).await
    }

    /// The person writes; the keys of what is said.
    pub(super) async fn says(&self, words: &str) -> Vec<String> {
        self.does(Event::Text(words.to_owned())).await
    }

    /// The person does something; the keys of what is said.
    pub(super) async fn does(&self, event: Event) -> Vec<String> {
        keys(&self.hears(event, None).await)
    }

    /// The person does something; what is said.
    pub(super) async fn hears(&self, event: Event, looked: Option<Looked>) -> Vec<Message> {
        let (key, id) = (self.parts.store.key(), InboxId(self.world.ids.uuid()));
        let lane = key.lane(ROOM, "amina");
        let inbound = Inbound {
            channel: ROOM,
            provider_id: id.to_string(),
            address: "amina".to_owned(),
            language_hint: Some(self.hint.to_owned()),
            event,
        };
        let row = NewInbox {
            id,
            channel: ROOM,
            provider_id: inbound.provider_id.clone(),
            lane: Ok(lane.clone()),
            raw: key.seal(&format!("inbox {id}"), b"raw").unwrap(),
        };
        let accept = Accept {
            rows: vec![row],
            cursor: None,
            lease: self.parts.lease(),
        };
        self.parts.store.write(accept).await.unwrap();
        let task = Task::Inbound(id, inbound, looked);
        self.takes(Work { lane, task }).await.unwrap()
    }

    /// The timers that a process finds due.
    pub(super) async fn timers(&self, worker: &str) -> Vec<DueTimer> {
        let lease = Lease {
            worker: worker.to_owned(),
            ..self.parts.lease()
        };
        let claim = ClaimTimers { lease, limit: 10 };
        self.parts.store.write(claim).await.unwrap()
    }
}

/// The keys of messages.
pub(super) fn keys(said: &[Message]) -> Vec<String> {
    said.iter().map(|m| m.key.clone()).collect()
}
