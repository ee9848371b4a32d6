//! Accepting updates: on disk before the network is told that they have arrived.

use super::db::{Arg, Tx, args};
use super::rows::{Rows, RowsSql};
use super::sql::{Sql, sql_claim};
use super::{Store, StoreError, Write};
use crate::model::{ChannelId, InboxId, Lane, Timestamp};
use std::collections::HashSet;

/// An update as it arrived.
#[derive(Clone, Debug)]
pub struct NewInbox {
    /// Its id in the inbox.
    pub id: InboxId,
    /// Where it came from.
    pub channel: ChannelId,
    /// The channel's own id of it.
    pub provider_id: String,
    /// Whose it is; if it could not be read, why, without personal data.
    pub lane: Result<Lane, String>,
    /// The bytes as they came, sealed for `inbox <id>`.
    pub raw: Vec<u8>,
}

/// An open update that this process now works on.
#[derive(Clone, Debug)]
pub struct ClaimedInbox {
    /// Its id.
    pub id: InboxId,
    /// Where it came from.
    pub channel: String,
    /// Whose it is; `None`: it could not be read when it came.
    pub lane: Option<Lane>,
    /// The bytes as they came, sealed.
    pub raw: Vec<u8>,
    /// How often it has been claimed, this time included.
    pub attempts: i64,
}

/// Who works on something, and until when nobody else does.
#[derive(Clone, Debug)]
pub struct Lease {
    /// The process, anew at each start.
    pub worker: String,
    /// The channels that it serves, each name with a space before and behind. What belongs to another
    /// channel is left to a process that has it.
    pub channels: String,
    /// Now.
    pub now: Timestamp,
    /// The end of the lease.
    pub until: Timestamp,
}

impl Lease {
    /// The arguments of a statement that claims rows for this process, at most `limit` of them.
    pub(super) fn claiming(&self, limit: i64) -> Vec<Arg> {
        args![&self.worker, self.until, self.now, limit, &self.channels]
    }
}

static INSERT: RowsSql = RowsSql::new(
    "INSERT INTO inbox (id, channel, provider_id, lane, raw, state, fault, attempts, claimed_by, claimed_until, received_at)
     SELECT r.column1, r.column2, r.column3, r.column4, r.column5, r.column6, r.column7, 1, $1,
            CASE WHEN EXISTS (SELECT 1 FROM inbox o WHERE o.lane = r.column4 AND o.state = 'open'
                              AND (o.claimed_by <> $1 OR o.claimed_until < $3)) THEN 0 ELSE $2 END,
            $3
     FROM (VALUES ",
    ") AS r WHERE true ON CONFLICT (channel, provider_id) DO NOTHING RETURNING id, claimed_until",
    3,
    7,
);

pub(super) const CURSOR: Sql = Sql::both(
    "INSERT INTO cursors (channel, value, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (channel) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
);

const READ_CURSOR: Sql = Sql::both("SELECT value FROM cursors WHERE channel = $1");

/// All open updates of the lanes that waited longest and that nobody works on. A lane is picked by its
/// oldest update: whoever holds that row (another process that claims it or finishes it at this moment)
/// keeps the whole lane, and a limit never cuts a lane in two.
const CLAIM: Sql = sql_claim!(
    "WITH heads AS (
        SELECT i.id, i.lane FROM inbox i
        WHERE i.state = 'open' AND i.claimed_until < $3 AND $5 LIKE '% ' || i.channel || ' %'
          AND NOT EXISTS (SELECT 1 FROM inbox o WHERE o.lane = i.lane AND o.state = 'open'
                          AND (o.id < i.id OR o.claimed_until >= $3))
        ORDER BY i.id LIMIT $4",
    ")
     UPDATE inbox SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1
     WHERE state = 'open' AND claimed_until < $3
       AND (id IN (SELECT h.id FROM heads h) OR lane IN (SELECT h.lane FROM heads h))
     RETURNING id, channel, lane, raw, attempts"
);

pub(super) const FAIL: Sql = Sql::both(
    "UPDATE inbox SET state = $2, fault = $3, claimed_until = 0 WHERE id = $1 AND state = 'open' AND claimed_by = $4",
);

const FORGET: Sql = Sql::both(
    "DELETE FROM inbox WHERE (state IN ('done', 'discarded') AND received_at < $1)
                         OR (state IN ('dead', 'undecodable') AND received_at < $2)",
);

const LET_GO: Sql =
    Sql::both("UPDATE inbox SET claimed_until = 0 WHERE state = 'open' AND claimed_by = $1");
const LET_GO_ONE: Sql = Sql::both(
    "UPDATE inbox SET claimed_until = 0 WHERE state = 'open' AND claimed_by = $1 AND id = $2",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &CURSOR,
    &READ_CURSOR,
    &CLAIM,
    &FAIL,
    &FORGET,
    &LET_GO,
    &LET_GO_ONE,
];

/// Takes updates into the inbox, together with the cursor that confirms them.
#[derive(Debug)]
pub struct Accept {
    /// The updates.
    pub rows: Vec<NewInbox>,
    /// A poller's new cursor.
    pub cursor: Option<(ChannelId, i64)>,
    /// The rows are claimed by this process at once, unless another one works on the lane.
    pub lease: Lease,
}

impl Write for Accept {
    /// The updates that were new and are claimed.
    type Out = HashSet<InboxId>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let mut claimed = HashSet::new();
        if !self.rows.is_empty() {
            let mut rows = Rows::default();
            for row in &self.rows {
                let (lane, state, fault) = match &row.lane {
                    Ok(lane) => (Some(lane.0.clone()), "open", None),
                    Err(why) => (None, "undecodable", Some(why.clone())),
                };
                let (channel, provider_id) = (row.channel.0, &row.provider_id);
                rows.add(args![
                    row.id,
                    channel,
                    provider_id,
                    lane,
                    row.raw.clone(),
                    state,
                    fault
                ]);
            }
            let lease = &self.lease;
            let shared = args![&lease.worker, lease.until, lease.now];
            for row in tx.all_rows(&INSERT, shared, rows).await? {
                if row.int(1)? > 0 {
                    claimed.insert(row.id(0)?);
                }
            }
        }
        if let Some((channel, value)) = self.cursor {
            tx.run(&CURSOR, args![channel.0, value, self.lease.now])
                .await?;
        }
        Ok(claimed)
    }
}

/// Claims open updates that nobody works on: after a crash, or accepted by another process.
#[derive(Debug)]
pub struct ClaimInbox {
    /// For whom.
    pub lease: Lease,
    /// How many lanes at most; of each, everything that is open.
    pub limit: i64,
}

impl Write for ClaimInbox {
    type Out = Vec<ClaimedInbox>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let rows = tx.all(&CLAIM, self.lease.claiming(self.limit)).await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            claimed.push(ClaimedInbox {
                id: row.id(0)?,
                channel: row.text(1)?,
                lane: row.opt_text(2)?.map(Lane),
                raw: row.blob(3)?,
                attempts: row.int(4)?,
            });
        }
        claimed.sort_by_key(|c| c.id);
        Ok(claimed)
    }
}

/// An update could not be worked on: it becomes a dead letter that staff see and can replay.
#[derive(Debug)]
pub struct FailInbox {
    /// Which.
    pub id: InboxId,
    /// `dead` or `undecodable`.
    pub state: &'static str,
    /// Why, without personal data.
    pub fault: String,
    /// Who had claimed it.
    pub worker: String,
}

impl Write for FailInbox {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.run(&FAIL, args![self.id, self.state, &self.fault, &self.worker])
            .await
            .map(drop)
    }
}

/// Lets go of claimed updates: somebody takes them up within a second.
#[derive(Debug)]
pub struct LetGo {
    /// Who had claimed them.
    pub worker: String,
    /// These; `None`: all.
    pub ids: Option<Vec<InboxId>>,
}

impl Write for LetGo {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match &self.ids {
            None => tx.run(&LET_GO, args![&self.worker]).await.map(drop),
            Some(ids) => {
                for id in ids {
                    tx.run(&LET_GO_ONE, args![&self.worker, *id]).await?;
                }
                Ok(())
            }
        }
    }
}

/// Forgets the ids of updates that are done and old: no network repeats them after so long.
#[derive(Debug)]
pub struct ForgetInbox {
    /// Received before this.
    pub before: Timestamp,
    /// Dead letters received before this: nobody will replay them, and they hold somebody's words.
    pub dead_before: Timestamp,
}

impl Write for ForgetInbox {
    type Out = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        tx.run(&FORGET, args![self.before, self.dead_before]).await
    }
}

impl Store {
    /// A poller's cursor, as of its last accepted updates.
    pub async fn cursor(&self, channel: ChannelId) -> Result<Option<i64>, StoreError> {
        self.read(async |tx| {
            let row = tx.first(&READ_CURSOR, args![channel.0]).await?;
            row.map(|r| r.int(0)).transpose()
        })
        .await
    }
}
