//! What could not be worked on: updates that were given up or cannot be read, and messages that will not
//! be delivered. Shown without their content; tried again or thrown away by a supervisor.

use super::{Answer, By, Denied, audit};
use crate::desk::visibility::{Viewer, sees_faults};
use crate::model::{CaseId, InboxId, MessageId, Timestamp};
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};

/// One thing that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub what: What,
    /// On which channel.
    pub channel: String,
    /// `dead`, `undecodable`, `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it came in, or was to go out.
    pub at: Timestamp,
    /// Why, without personal data.
    pub fault: String,
    /// The case that it belongs to.
    pub case: Option<CaseId>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An update from a channel.
    Update(InboxId),
    /// A message to a person.
    Message(MessageId),
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try again from the beginning.
    Replay,
    /// Throw it away.
    Discard,
}

const UPDATES: Sql = Sql::both(
    "SELECT id, channel, state, attempts, received_at, coalesce(fault, '') FROM inbox
     WHERE state IN ('dead', 'undecodable') ORDER BY received_at DESC LIMIT 200",
);
const MESSAGES: Sql = Sql::both(
    "SELECT m.id, v.channel, m.state, m.attempts, m.created_at, coalesce(m.fault, ''), m.case_id
     FROM messages m JOIN conversations v ON v.id = m.conversation_id
     WHERE m.state = 'failed' ORDER BY m.created_at DESC LIMIT 200",
);
const REPLAY_UPDATE: Sql = Sql::both(
    "UPDATE inbox SET state = 'open', attempts = 0, claimed_by = NULL, claimed_until = 0
     WHERE id = $1 AND state IN ('dead', 'undecodable')",
);
const DISCARD_UPDATE: Sql = Sql::both(
    "UPDATE inbox SET state = 'discarded', raw = NULL WHERE id = $1 AND state IN ('dead', 'undecodable')",
);
const REPLAY_MESSAGE: Sql = Sql::both(
    "UPDATE messages SET state = 'pending', attempts = 0, not_before = 0, claimed_by = NULL, claimed_until = 0
     WHERE id = $1 AND state = 'failed'",
);
const DISCARD_MESSAGE: Sql =
    Sql::both("UPDATE messages SET state = 'discarded' WHERE id = $1 AND state = 'failed'");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &UPDATES,
    &MESSAGES,
    &REPLAY_UPDATE,
    &DISCARD_UPDATE,
    &REPLAY_MESSAGE,
    &DISCARD_MESSAGE,
];

struct Mend {
    by: By,
    what: What,
    remedy: Remedy,
}

impl Store {
    /// What failed, the newest first. Empty for whoever is no supervisor.
    pub async fn faults(&self, viewer: &Viewer) -> Result<Vec<Fault>, StoreError> {
        if !sees_faults(viewer) {
            return Ok(Vec::new());
        }
        self.read(async |tx| {
            let mut faults = Vec::new();
            for row in tx.all(&UPDATES, args![]).await? {
                faults.push(Fault {
                    what: What::Update(row.id(0)?),
                    channel: row.text(1)?,
                    state: row.text(2)?,
                    attempts: row.int(3)?,
                    at: row.time(4)?,
                    fault: row.text(5)?,
                    case: None,
                });
            }
            for row in tx.all(&MESSAGES, args![]).await? {
                faults.push(Fault {
                    what: What::Message(row.id(0)?),
                    channel: row.text(1)?,
                    state: row.text(2)?,
                    attempts: row.int(3)?,
                    at: row.time(4)?,
                    fault: row.text(5)?,
                    case: row.opt_id(6)?,
                });
            }
            faults.sort_by_key(|f| std::cmp::Reverse(f.at));
            Ok(faults)
        })
        .await
    }

    /// Tries a fault again or throws it away. The caller wakes whoever works on it.
    pub async fn mend(&self, by: By, what: What, remedy: Remedy) -> Answer<()> {
        self.write(Mend { by, what, remedy }).await
    }
}

impl Write for Mend {
    type Out = Result<(), Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        if !sees_faults(&self.by.viewer) {
            return Ok(Err(Denied::NotAllowed));
        }
        let (sql, id, action) = match (self.what, self.remedy) {
            (What::Update(id), Remedy::Replay) => (&REPLAY_UPDATE, id.0, "update replayed"),
            (What::Update(id), Remedy::Discard) => (&DISCARD_UPDATE, id.0, "update discarded"),
            (What::Message(id), Remedy::Replay) => (&REPLAY_MESSAGE, id.0, "message replayed"),
            (What::Message(id), Remedy::Discard) => (&DISCARD_MESSAGE, id.0, "message discarded"),
        };
        let id = id.to_string();
        if tx.run(sql, args![&id]).await? == 0 {
            return Ok(Err(Denied::NotThere));
        }
        audit(tx, &self.by, action, None, &id).await?;
        Ok(Ok(()))
    }
}
