//! The queue of updates and `getUpdates`, with Telegram's rules for offsets and for competing pollers.

use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::world::{Shared, World};
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

/// Telegram's longest long poll.
const LONGEST_POLL: i64 = 50;

/// Something the bot is told.
#[derive(Debug, Clone)]
pub(super) struct Update {
    pub id: i64,
    /// Updates of one lane (a chat) reach a webhook one after the other.
    pub lane: Option<i64>,
    pub body: Value,
}

#[derive(Debug)]
pub(super) struct UpdateQueue {
    /// Not confirmed yet, oldest first.
    pub waiting: VecDeque<Update>,
    /// Confirmed, and yet due once more.
    pub repeats: VecDeque<Update>,
    latest: Option<Update>,
    next_id: i64,
    /// Ids that the bot got at least once.
    seen: BTreeSet<i64>,
    /// Kinds of updates the bot asked for; empty means the usual ones.
    pub allowed: BTreeSet<String>,
    /// Which `getUpdates` call is the current one: a newer one ends the older.
    poller: u64,
}

impl UpdateQueue {
    pub fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            repeats: VecDeque::new(),
            latest: None,
            next_id: 583_000_001,
            seen: BTreeSet::new(),
            allowed: BTreeSet::new(),
            poller: 0,
        }
    }

    /// Queues an update of a kind, unless the bot does not want that kind.
    pub fn push(&mut self, lane: Option<i64>, kind: &str, content: Value) {
        if self.allowed.is_empty() || self.allowed.contains(kind) {
            self.push_raw(lane, json!({ kind: content }));
        }
    }

    /// Queues a body as it is, with only the update id added.
    pub fn push_raw(&mut self, lane: Option<i64>, mut body: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        body["update_id"] = json!(id);
        let update = Update { id, lane, body };
        self.latest = Some(update.clone());
        self.waiting.push_back(update);
        id
    }

    /// Has the newest update delivered once more under its old id.
    pub fn repeat_latest(&mut self) {
        self.repeats.extend(self.latest.clone());
    }

    pub fn forget_pending(&mut self) {
        self.waiting.clear();
        self.repeats.clear();
    }

    /// Remembers that the bot got this update; true if it had it before.
    pub fn mark_seen(&mut self, id: i64) -> bool {
        !self.seen.insert(id)
    }

    fn confirm_below(&mut self, offset: i64) -> Vec<Update> {
        let kept = self
            .waiting
            .iter()
            .position(|u| u.id >= offset)
            .unwrap_or(self.waiting.len());
        self.waiting.drain(..kept).collect()
    }

    fn confirm(&mut self, offset: i64) -> Vec<Update> {
        if offset < 0 {
            let keep = usize::try_from(-offset)
                .unwrap_or(usize::MAX)
                .min(self.waiting.len());
            let drop = self.waiting.len() - keep;
            self.waiting.drain(..drop).collect()
        } else {
            self.confirm_below(offset)
        }
    }

    fn batch(&mut self, limit: usize) -> Vec<Update> {
        let again = self.repeats.len().min(limit);
        let mut batch: Vec<Update> = self.repeats.drain(..again).collect();
        batch.extend(self.waiting.iter().take(limit - again).cloned());
        batch
    }
}

/// Remembers the kinds of updates that the bot wants, where a call names them.
pub(super) fn note_allowed_updates(world: &mut World, params: &Params) -> Result<(), Refusal> {
    if let Some(kinds) = params.structure("allowed_updates")? {
        let Value::Array(kinds) = kinds else {
            return Err(Refusal::bad_request(
                "can't parse allowed_updates: expected an Array of String",
            ));
        };
        world.updates.allowed = kinds
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
    }
    Ok(())
}

/// The first half of `getUpdates`: confirms, and takes over from an older poll; gives the poll's number.
pub(super) fn begin_poll(world: &mut World, params: &Params) -> Result<u64, Refusal> {
    if world.hook.is_some() {
        world.record.counters.poll_conflicts += 1;
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    note_allowed_updates(world, params)?;
    for update in world.updates.confirm(params.integer("offset").unwrap_or(0)) {
        if world.faults.draw_repeat() {
            world.updates.repeats.push_back(update);
        }
    }
    world.updates.poller += 1;
    Ok(world.updates.poller)
}

/// The second half: answers at once, or waits for the first update, a rival or the timeout.
pub(super) async fn finish_poll(shared: &Shared, params: &Params, number: u64) -> Answer {
    let limit = params.integer("limit").unwrap_or(100).clamp(1, 100) as usize;
    let timeout = params
        .integer("timeout")
        .unwrap_or(0)
        .clamp(0, LONGEST_POLL) as u64;
    let waited = shared
        .wait_until(Duration::from_secs(timeout), |world| {
            poll(world, number, limit)
        })
        .await;
    waited.unwrap_or_else(|| Ok(json!([])))
}

fn poll(world: &mut World, mine: u64, limit: usize) -> Option<Answer> {
    let rival = if world.hook.is_some() {
        Some("terminated by setWebhook request")
    } else if world.updates.poller != mine {
        Some(
            "terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    } else {
        None
    };
    if let Some(rival) = rival {
        world.record.counters.poll_conflicts += 1;
        return Some(Err(Refusal::conflict(rival)));
    }
    let batch = world.updates.batch(limit);
    if batch.is_empty() {
        return None;
    }
    for update in &batch {
        if world.updates.mark_seen(update.id) {
            world.record.counters.repeated_updates += 1;
        }
    }
    Some(Ok(batch.into_iter().map(|update| update.body).collect()))
}
