//! Things that are due later. Kept in the database, so that a restart forgets none.

use super::accept::Lease;
use super::db::{Tx, args};
use super::sql::{Sql, sql_claim};
use super::{Store, StoreError, Write};
use crate::model::{CaseId, ConversationId, Lane, PersonId, TimerId, Timestamp};

/// A timer that is due.
#[derive(Clone, Debug)]
pub struct DueTimer {
    /// Its id.
    pub id: TimerId,
    /// What is to be done: `claim_lease`, `case_closed`, `erase`, `remind`, `attachment_lost`, `look`.
    pub kind: String,
    /// About which case.
    pub case: Option<CaseId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// In which conversation.
    pub conversation: Option<ConversationId>,
    /// The version that the case had when the timer was set; the number of a reminder, or of a message to look at.
    pub version: Option<i64>,
}

const CLAIM: Sql = sql_claim!(
    "UPDATE timers SET claimed_by = $1, claimed_until = $2
     WHERE id IN (SELECT t.id FROM timers t WHERE t.due_at <= $3 AND t.claimed_until < $3
                  AND NOT EXISTS (SELECT 1 FROM cases k JOIN conversations c ON c.id = k.conversation_id
                                  WHERE k.id = t.case_id AND $5 NOT LIKE '% ' || c.channel || ' %')
                  AND NOT EXISTS (SELECT 1 FROM conversations c
                                  WHERE c.id = t.conversation_id AND $5 NOT LIKE '% ' || c.channel || ' %')
                  ORDER BY t.due_at LIMIT $4",
    ") RETURNING id, kind, case_id, person_id, version, conversation_id"
);
pub(super) const DONE: Sql = Sql::both("DELETE FROM timers WHERE id = $1");
const ERASE_KEY: Sql =
    Sql::both("UPDATE persons SET key = NULL WHERE id = $1 AND erased_at IS NOT NULL");
const ERASE_MESSAGES: Sql = Sql::both(
    "DELETE FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE person_id = $1)",
);
const ERASE_CONVERSATION: Sql = Sql::both(
    "UPDATE conversations SET lane = 'erased ' || id, state = $2, lang = NULL WHERE person_id = $1",
);
const ERASE_IDENTITY: Sql = Sql::both(
    "UPDATE identities SET lane = 'erased ' || id, address = $2, reachable = 0 WHERE person_id = $1",
);
/// Whoever had everything deleted and has written again since is somebody who talks to the bot: the
/// conversation is then theirs anew, and nothing older is left in it.
const STILL_ERASED: Sql = Sql::both(
    "SELECT 1 FROM persons p WHERE p.id = $1 AND p.erased_at IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM messages m JOIN conversations c ON c.id = m.conversation_id
                     WHERE c.person_id = p.id AND m.direction = 'in')",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &CLAIM,
    &LANE,
    &DONE,
    &ERASE_KEY,
    &ERASE_MESSAGES,
    &ERASE_CONVERSATION,
    &ERASE_IDENTITY,
    &STILL_ERASED,
];

/// Claims timers that are due.
#[derive(Debug)]
pub struct ClaimTimers {
    /// For whom.
    pub lease: Lease,
    /// How many at most.
    pub limit: i64,
}

impl Write for ClaimTimers {
    type Out = Vec<DueTimer>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let args = self.lease.claiming(self.limit);
        let rows = tx.all(&CLAIM, args).await?;
        rows.iter()
            .map(|row| {
                Ok(DueTimer {
                    id: row.id(0)?,
                    kind: row.text(1)?,
                    case: row.opt_id(2)?,
                    person: row.opt_id(3)?,
                    version: row.opt_int(4)?,
                    conversation: row.opt_id(5)?,
                })
            })
            .collect()
    }
}

const LANE: Sql = Sql::both("SELECT lane, channel FROM conversations WHERE id = $1");

impl Store {
    /// The lane of a conversation and the name of its channel.
    pub async fn lane_of_conversation(
        &self,
        conversation: ConversationId,
    ) -> Result<Option<(Lane, String)>, StoreError> {
        self.read(async |tx| {
            let row = tx.first(&LANE, args![conversation]).await?;
            row.map(|row| Ok((Lane(row.text(0)?), row.text(1)?)))
                .transpose()
        })
        .await
    }
}

/// Removes a timer that has been dealt with.
#[derive(Debug)]
pub struct FinishTimer {
    /// Which.
    pub id: TimerId,
}

impl Write for FinishTimer {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.run(&DONE, args![self.id]).await.map(drop)
    }
}

/// The last step of an erasure, after the receipt has gone out: the address and the last key go.
#[derive(Debug)]
pub struct EraseRest {
    /// The timer.
    pub timer: TimerId,
    /// Whose.
    pub person: PersonId,
    /// Now.
    pub now: Timestamp,
}

impl Write for EraseRest {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if tx.first(&STILL_ERASED, args![self.person]).await?.is_some() {
            tx.run(&ERASE_MESSAGES, args![self.person]).await?;
            tx.run(&ERASE_CONVERSATION, args![self.person, Vec::<u8>::new()])
                .await?;
            tx.run(&ERASE_IDENTITY, args![self.person, Vec::<u8>::new()])
                .await?;
            tx.run(&ERASE_KEY, args![self.person]).await?;
        }
        tx.run(&DONE, args![self.timer]).await.map(drop)
    }
}
