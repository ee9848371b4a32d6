//! Messages on their way out: claimed, sent, settled. One message of a conversation at a time, in order.

use super::accept::Lease;
use super::db::{Tx, args};
use super::rows::{Rows, RowsSql};
use super::sql::{Sql, sql_claim};
use super::{Store, StoreError, Write};
use crate::model::{
    ConversationId, IdentityId, Message, MessageBody, MessageId, PersonId, Timestamp,
};

/// A message to be sent, opened.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its id.
    pub id: MessageId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The channel's name.
    pub channel: String,
    /// Where it goes.
    pub address: String,
    /// What is said.
    pub message: Message,
    /// The bot leaves the place once this is sent or has failed.
    pub leaves: bool,
    /// Parts that the network has taken already.
    pub parts_sent: i64,
    /// How often it has been tried, this time included.
    pub attempts: i64,
}

/// How an attempt to send ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The network has taken it.
    Sent,
    /// To be tried again, not before this.
    Retry {
        /// When.
        not_before: Timestamp,
        /// Why, without personal data.
        fault: String,
    },
    /// Will never be delivered.
    Failed {
        /// Why, without personal data.
        fault: String,
        /// The person cannot be reached on this channel any more.
        gone: bool,
    },
}

/// The result of one attempt.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Which message.
    pub id: MessageId,
    /// How it ended.
    pub outcome: Outcome,
    /// Parts that the network has taken.
    pub parts_sent: i64,
}

/// The head of each conversation's queue that is due. A message still `sending` after its lease may have
/// been taken by the network before the process died: it is sent once more, because a lost answer is
/// worse than one that comes twice. But not while something of the same person waits to be read: that may
/// be an answer to it, and then it has arrived.
const CLAIM: Sql = sql_claim!(
    "UPDATE messages SET state = 'sending', claimed_by = $1, claimed_until = $2, attempts = attempts + 1,
                         fault = CASE WHEN state = 'sending' THEN 'uncertain' ELSE fault END
     WHERE id IN (
        SELECT m.id FROM messages m
        WHERE m.state IN ('pending', 'sending') AND m.claimed_until < $3 AND m.not_before <= $3
          AND (m.state = 'pending' OR NOT EXISTS (
                SELECT 1 FROM conversations c JOIN inbox i ON i.lane = c.lane AND i.state = 'open'
                WHERE c.id = m.conversation_id))
          AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id AND e.seq < m.seq
                          AND e.state IN ('pending', 'sending'))
          AND EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation_id AND $5 LIKE '% ' || c.channel || ' %')
        LIMIT $4",
    ") RETURNING id"
);

static READ: RowsSql = RowsSql::new(
    "SELECT m.id, m.conversation_id, c.channel, p.id, p.key, i.id, i.address, m.body, m.parts_sent, m.attempts
     FROM (VALUES ",
    ") AS r
     JOIN messages m ON m.id = r.column1
     JOIN conversations c ON c.id = m.conversation_id
     JOIN identities i ON i.id = c.identity_id
     JOIN persons p ON p.id = c.person_id",
    0,
    1,
);

static SETTLE: RowsSql = RowsSql::new(
    "UPDATE messages SET state = r.column2, not_before = r.column3, parts_sent = r.column4, fault = r.column5,
            sent_at = r.column6, claimed_until = 0
     FROM (VALUES ",
    ") AS r WHERE messages.id = r.column1 AND messages.state = 'sending' AND messages.claimed_by = $1",
    1,
    6,
);

static GONE: RowsSql = RowsSql::new(
    "UPDATE identities SET reachable = 0 WHERE id IN (
        SELECT c.identity_id FROM conversations c JOIN messages m ON m.conversation_id = c.id
        WHERE m.id IN (VALUES ",
    "))",
    0,
    1,
);

/// When the next message that waits becomes due.
const NEXT_DUE: Sql = Sql::both(
    "SELECT min(m.not_before) FROM messages m WHERE m.state = 'pending'
       AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id AND e.seq < m.seq
                       AND e.state IN ('pending', 'sending'))
       AND EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation_id AND $1 LIKE '% ' || c.channel || ' %')",
);

const DEPTH: Sql = Sql::both(
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'open'),
            (SELECT count(*) FROM messages WHERE state IN ('pending', 'sending')),
            (SELECT count(*) FROM inbox WHERE state IN ('dead', 'undecodable')),
            (SELECT count(*) FROM messages WHERE state = 'failed')",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&CLAIM, &NEXT_DUE, &DEPTH];

/// How much waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Updates that wait for their turn.
    pub inbox: i64,
    /// Messages that wait to be sent.
    pub outbox: i64,
    /// Updates that could not be worked on.
    pub dead: i64,
    /// Messages that will never be delivered.
    pub failed: i64,
}

/// Claims messages that are due.
#[derive(Debug)]
pub struct ClaimOutbox {
    /// For whom.
    pub lease: Lease,
    /// How many at most.
    pub limit: i64,
}

impl Write for ClaimOutbox {
    type Out = Vec<MessageId>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let args = self.lease.claiming(self.limit);
        tx.all(&CLAIM, args)
            .await?
            .iter()
            .map(|row| row.id(0))
            .collect()
    }
}

/// Records how attempts ended.
#[derive(Debug)]
pub struct Settle {
    /// The attempts.
    pub settlements: Vec<Settlement>,
    /// Who had claimed them, and now.
    pub lease: Lease,
}

impl Write for Settle {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        settle(tx, &self.settlements, &self.lease).await
    }
}

/// Records how attempts ended, as far as the messages are still claimed by this process.
pub(super) async fn settle(
    tx: &mut Tx<'_>,
    settlements: &[Settlement],
    lease: &Lease,
) -> Result<(), StoreError> {
    let (mut settled, mut gone) = (Rows::default(), Rows::default());
    for one in settlements {
        let sent_at = (one.outcome == Outcome::Sent).then_some(lease.now);
        let (state, not_before, fault) = match &one.outcome {
            Outcome::Sent => ("sent", 0, None),
            Outcome::Retry { not_before, fault } => ("pending", not_before.0, Some(fault)),
            Outcome::Failed {
                fault,
                gone: is_gone,
            } => {
                if *is_gone {
                    gone.add(args![one.id]);
                }
                ("failed", 0, Some(fault))
            }
        };
        let fault = fault.cloned();
        let parts_sent = one.parts_sent;
        settled.add(args![one.id, state, not_before, parts_sent, fault, sent_at]);
    }
    tx.run_rows(&SETTLE, args![&lease.worker], settled).await?;
    tx.run_rows(&GONE, vec![], gone).await.map(drop)
}

impl Store {
    /// Opens claimed messages, oldest first; and those that cannot be opened.
    pub async fn outgoing(
        &self,
        ids: &[MessageId],
    ) -> Result<(Vec<Outgoing>, Vec<MessageId>), StoreError> {
        let mut wanted = Rows::default();
        for id in ids {
            wanted.add(args![*id]);
        }
        let rows = self
            .read(async |tx| tx.all_rows(&READ, vec![], wanted).await)
            .await?;
        let (mut found, mut broken) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in &rows {
            match self.outgoing_of(row) {
                Ok(outgoing) => found.push(outgoing),
                Err(error) => {
                    let id = row.id(0)?;
                    tracing::error!(message = %id, %error, "a message cannot be read and is given up");
                    broken.push(id);
                }
            }
        }
        found.sort_by_key(|o| o.id);
        Ok((found, broken))
    }

    fn outgoing_of(&self, row: &super::db::Row) -> Result<Outgoing, StoreError> {
        let id: MessageId = row.id(0)?;
        let person: PersonId = row.id(3)?;
        let key = self.key().unwrap_key(person, &row.blob(4)?)?;
        let identity: IdentityId = row.id(5)?;
        let address = key.open(&format!("address {identity}"), &row.blob(6)?)?;
        let body = key.open(&format!("messages {id}"), &row.blob(7)?)?;
        let (message, leaves) = match serde_json::from_slice(&body)? {
            MessageBody::Out(message) => (message, false),
            MessageBody::Farewell(message) => (message, true),
            MessageBody::In { .. } => {
                return Err(StoreError::Shape(
                    "a message in the outbox is not an outgoing one",
                ));
            }
        };
        Ok(Outgoing {
            id,
            conversation: row.id(1)?,
            channel: row.text(2)?,
            address: String::from_utf8(address).map_err(|_| StoreError::Shape("an address"))?,
            message,
            leaves,
            parts_sent: row.int(8)?,
            attempts: row.int(9)?,
        })
    }

    /// When the next message that waits for one of these channels becomes due.
    pub async fn next_due(&self, channels: &str) -> Result<Option<Timestamp>, StoreError> {
        self.read(
            async |tx| match tx.first(&NEXT_DUE, args![channels]).await? {
                Some(row) => row.opt_time(0),
                None => Ok(None),
            },
        )
        .await
    }

    /// How much waits.
    pub async fn depth(&self) -> Result<Depth, StoreError> {
        self.read(async |tx| {
            let row = tx
                .first(&DEPTH, vec![])
                .await?
                .ok_or(StoreError::Shape("no counts"))?;
            Ok(Depth {
                inbox: row.int(0)?,
                outbox: row.int(1)?,
                dead: row.int(2)?,
                failed: row.int(3)?,
            })
        })
        .await
    }
}
