//! Accepting updates: read enough of each to know whose it is, write all to disk, then hand them on.

use super::sorry;
use super::turns::{Arrived, TurnQueue};
use super::work::{Parts, Task, Work};
use crate::model::{ChannelId, Event, InboxId, Lane};
use crate::ports::{Accept, AcceptError, Channel, Raw};
use crate::store::StoreError;
use crate::store::accept::{Accept as AcceptRows, ClaimInbox, ClaimedInbox, NewInbox};
use async_trait::async_trait;
use metrics::counter;
use std::collections::BTreeMap;

/// The way into the inbox.
#[derive(Clone)]
pub struct Acceptor {
    parts: Parts,
    turns: TurnQueue,
}

/// An update that kills the process would be claimed again at every start; after so many times it is
/// put aside as a dead letter instead.
const MAX_CLAIMS: i64 = 5;
/// What kills the process even while the person is told so is put aside without a word.
const MAX_SORRIES: i64 = 3;

impl Acceptor {
    /// Hands what it accepts to `turns`.
    pub fn new(parts: Parts, turns: TurnQueue) -> Self {
        Self { parts, turns }
    }

    /// Accepts updates, and with them a poller's cursor. They are on disk when this returns.
    ///
    /// A poller's batch whose conversations are all idle takes the short way: its updates come to disk in
    /// the same transaction as the turns that answer them, and only then are they confirmed. A webhook
    /// has to answer before that, so its updates always go through the inbox.
    pub async fn accept(
        &self,
        channel: ChannelId,
        updates: Vec<Raw>,
        cursor: Option<i64>,
    ) -> Result<(), StoreError> {
        let Some(adapter) = self.parts.channels.get(channel.0).cloned() else {
            return Err(StoreError::Shape(
                "updates of a channel that is switched off",
            ));
        };
        counter!("lotse_updates_received_total", "channel" => channel.0)
            .increment(updates.len() as u64);
        let (mut rows, mut work) = (Vec::with_capacity(updates.len()), Vec::new());
        for raw in updates {
            self.read(adapter.as_ref(), raw, &mut rows, &mut work);
        }
        if let Some(cursor) = cursor
            && rows.len() == work.len()
            && !rows.is_empty()
        {
            let work = work.iter().map(|(_, work)| work.clone()).collect();
            let arrived = Arrived {
                rows,
                work,
                cursor: (channel, cursor),
            };
            match self.turns.answer(arrived).await {
                Ok(()) => return Ok(()),
                Err(Some(arrived)) => rows = arrived.rows,
                Err(None) => return Err(StoreError::Stopped),
            }
        }
        for row in &mut rows {
            let key = self.parts.store.key();
            row.raw = key.seal(&format!("inbox {}", row.id), &row.raw)?;
        }
        if !rows.is_empty() || cursor.is_some() {
            let cursor = cursor.map(|value| (channel, value));
            let accept = AcceptRows {
                rows,
                cursor,
                lease: self.parts.lease(),
            };
            let claimed = self.parts.store.write(accept).await?;
            let all = work.len();
            work.retain(|(id, _)| claimed.contains(id));
            if work.len() < all {
                // Another process works on the lane: it is to look again once it is done.
                self.parts.hub.wake_inbox();
            }
        }
        self.turns
            .push(work.into_iter().map(|(_, work)| work).collect());
        Ok(())
    }

    /// One update: a row for the inbox, and the work that it means.
    fn read(
        &self,
        adapter: &dyn Channel,
        raw: Raw,
        rows: &mut Vec<NewInbox>,
        work: &mut Vec<(InboxId, Work)>,
    ) {
        let id = InboxId(self.parts.ids.uuid());
        let key = self.parts.store.key();
        let lane = match adapter.decode(&raw.bytes) {
            Ok(inbound) if inbound.event == Event::Nothing => return,
            Ok(inbound) => {
                let lane = key.lane(adapter.id(), &inbound.address);
                work.push((
                    id,
                    Work {
                        lane: lane.clone(),
                        task: Task::Inbound(id, inbound, None),
                    },
                ));
                Ok(lane)
            }
            Err(reason) => {
                tracing::warn!(channel = adapter.id().0, inbox = %id, %reason, "an update cannot be read; it is kept");
                Err(reason.to_string())
            }
        };
        rows.push(NewInbox {
            id,
            channel: adapter.id(),
            provider_id: raw.provider_id,
            lane,
            raw: raw.bytes,
        });
    }

    /// Claims what is open and belongs to nobody: after a crash, or replayed by staff. Returns how many.
    pub async fn recover(&self) -> Result<usize, StoreError> {
        let claim = ClaimInbox {
            lease: self.parts.lease(),
            limit: 256,
        };
        let claimed = self.parts.store.write(claim).await?;
        let found = claimed.len();
        let mut work = Vec::with_capacity(found);
        let mut given_up: BTreeMap<Lane, Vec<Task>> = BTreeMap::new();
        for row in claimed {
            match self.reopen(&row) {
                Ok(Work { lane, task }) if row.attempts > MAX_CLAIMS => {
                    given_up.entry(lane).or_default().push(task);
                }
                Ok(one) => work.push(one),
                Err((state, fault)) => {
                    if let Err(error) = self.put_aside(row.id, state, fault).await {
                        tracing::error!(%error, "an update could not be put aside");
                    }
                }
            }
        }
        // Before the others are worked on: one of those may be what ends the process.
        for (lane, tasks) in given_up {
            sorry::bury(
                &self.parts,
                &lane,
                &tasks,
                "claimed too often without an end",
            )
            .await;
        }
        self.turns.push(work);
        Ok(found)
    }

    fn reopen(&self, row: &ClaimedInbox) -> Result<Work, (&'static str, String)> {
        if row.attempts > MAX_CLAIMS + MAX_SORRIES {
            return Err((
                "dead",
                format!("claimed {} times without an end", row.attempts - 1),
            ));
        }
        let adapter = self.parts.channels.get(&row.channel);
        let adapter = adapter.ok_or(("dead", "its channel is switched off".to_owned()))?;
        let key = self.parts.store.key();
        let raw = key.open(&format!("inbox {}", row.id), &row.raw);
        let raw = raw.map_err(|e| ("dead", e.to_string()))?;
        let inbound = adapter
            .decode(&raw)
            .map_err(|e| ("undecodable", e.to_string()))?;
        // An update that an earlier version could not read has no lane yet.
        let known = row.lane.clone();
        let lane = known.unwrap_or_else(|| key.lane(adapter.id(), &inbound.address));
        Ok(Work {
            lane,
            task: Task::Inbound(row.id, inbound, None),
        })
    }

    async fn put_aside(
        &self,
        id: InboxId,
        state: &'static str,
        fault: String,
    ) -> Result<(), StoreError> {
        counter!("lotse_dead_letters_total").increment(1);
        tracing::error!(inbox = %id, fault, "an update is put aside for staff");
        sorry::put_aside(&self.parts, id, state, fault).await
    }
}

#[async_trait]
impl Accept for Acceptor {
    async fn accept(&self, channel: ChannelId, updates: Vec<Raw>) -> Result<(), AcceptError> {
        let accepted = Self::accept(self, channel, updates, None).await;
        accepted.map_err(|e| AcceptError(e.to_string()))
    }
}
