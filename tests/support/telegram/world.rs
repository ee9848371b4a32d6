//! The state behind the simulator: chats, people, the update queue, and the one lock around them.

use super::chats::{Chat, Person};
use super::faults::FaultPlan;
use super::record::Record;
use super::updates::UpdateQueue;
use super::webhook::Webhook;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

pub(super) const BOT_ID: i64 = 7_000_000_042;
pub(super) const BOT_TOKEN: &str = "7000000042:AASimulatedTokenOnlyForTests-0123456789";
pub(super) const BOT_USERNAME: &str = "lotse_test_bot";

/// A file that a person sent.
#[derive(Debug, Clone)]
pub(super) struct SimFile {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A tap that waits for its answer.
#[derive(Debug)]
pub(super) struct CallbackQuery {
    pub user: i64,
    pub answered: bool,
}

#[derive(Debug)]
pub(super) struct World {
    pub chats: BTreeMap<i64, Chat>,
    pub people: BTreeMap<i64, Person>,
    pub updates: UpdateQueue,
    pub callbacks: BTreeMap<String, CallbackQuery>,
    pub files: BTreeMap<String, SimFile>,
    pub commands: Value,
    pub hook: Option<Webhook>,
    pub faults: FaultPlan,
    pub record: Record,
    pub paused: bool,
    next_message: i64,
    next_callback: u64,
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self {
            chats: BTreeMap::new(),
            people: BTreeMap::new(),
            updates: UpdateQueue::new(),
            callbacks: BTreeMap::new(),
            files: BTreeMap::new(),
            commands: json!([]),
            hook: None,
            faults: FaultPlan::new(seed),
            record: Record::default(),
            paused: false,
            next_message: 101,
            next_callback: 4_382_000_000_000_000_001,
        }
    }

    /// Message ids count over all private chats of a bot, so they have gaps within one chat.
    pub fn new_message_id(&mut self) -> i64 {
        self.next_message += 1;
        self.next_message
    }

    pub fn new_callback(&mut self, user: i64) -> String {
        self.next_callback += 1;
        let id = self.next_callback.to_string();
        self.callbacks.insert(
            id.clone(),
            CallbackQuery {
                user,
                answered: false,
            },
        );
        id
    }
}

/// The bot as it appears in messages and in `getMe`.
pub(super) fn bot_json() -> Value {
    json!({ "id": BOT_ID, "is_bot": true, "first_name": "Lotse", "username": BOT_USERNAME })
}

/// Seconds since 1970, as Telegram dates everything.
pub(super) fn unix_now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

/// The world, shared by the server, the deliveries and the handles that tests hold.
#[derive(Debug)]
pub(super) struct Shared {
    world: Mutex<World>,
    /// Counts changes, so that whoever waits is woken instead of looking again and again.
    changes: watch::Sender<u64>,
    /// How long one second of Telegram's own waiting (webhook retries) lasts.
    pub second: Duration,
}

impl Shared {
    pub fn new(seed: u64, second: Duration) -> Self {
        Self {
            world: Mutex::new(World::new(seed)),
            changes: watch::Sender::new(0),
            second,
        }
    }

    /// Looks at the world without waking anybody.
    pub fn world(&self) -> MutexGuard<'_, World> {
        // A test that panics inside a predicate must not hide its message behind a poisoned lock.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world and wakes everybody who waits for a change.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.world());
        self.changes.send_modify(|count| *count += 1);
        result
    }

    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Waits until `look` finds something, at most `limit`; looks at least once.
    pub async fn wait_until<T>(
        &self,
        limit: Duration,
        mut look: impl FnMut(&mut World) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.subscribe();
        let waiting = async {
            loop {
                changes.borrow_and_update();
                let found = look(&mut self.world());
                if found.is_some() {
                    return found;
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(limit, waiting).await.ok().flatten()
    }
}
