//! Texts that could not be looked at in time: a timer for each, the text again when it is due, and what it was taken for.

use super::db::{Tx, args};
use super::desk::person_key;
use super::sql::Sql;
use super::whose::Whose;
use super::{Store, StoreError, Write};
use crate::model::{
    CaseId, ConversationId, Lane, Level, MessageBody, MessageId, PersonId, TimerId, Timestamp,
};

/// The kind of such timers. Their `version` is the number of the message.
pub const LOOK: &str = "look";

const LATER: Sql = Sql::both(
    "INSERT INTO timers (id, kind, due_at, person_id, conversation_id, version) VALUES ($1, $2, $3, $4, $5, $6)",
);
const WORDS: Sql = Sql::both(
    "SELECT m.id, m.body, c.person_id, c.lane, c.channel FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.conversation_id = $1 AND m.seq = $2 AND m.direction = 'in'",
);
const POSTPONE: Sql =
    Sql::both("UPDATE timers SET due_at = $2, claimed_by = NULL, claimed_until = 0 WHERE id = $1");
const SEEN: Sql = Sql::both("UPDATE messages SET body = $2 WHERE id = $1 AND conversation_id = $3");
const RAISE: Sql = Sql::both(
    "UPDATE cases SET level = $2, level_rank = $3, reason = COALESCE($4, reason), version = version + 1, updated_at = $5
     WHERE id = $1 AND live = 1",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&LATER, &WORDS, &POSTPONE, &SEEN, &RAISE];

/// What a turn writes down about what texts were taken for.
#[derive(Clone, Debug)]
pub enum LookWrite {
    /// A text has to be looked at later.
    Later {
        /// The timer's id.
        timer: TimerId,
        /// The number of the message.
        seq: i64,
        /// When.
        due: Timestamp,
    },
    /// A text was looked at now.
    Seen {
        /// The message.
        message: MessageId,
        /// It with what it was taken for, sealed for `messages <id>`.
        body: Vec<u8>,
    },
    /// An open case is more pressing than was known.
    Raise {
        /// Which.
        case: CaseId,
        /// How soon a human has to look.
        level: Level,
        /// Why; `None`: as before.
        reason: Option<String>,
    },
}

pub(super) async fn run(
    tx: &mut Tx<'_>,
    whose: Whose,
    write: &LookWrite,
    now: Timestamp,
) -> Result<(), StoreError> {
    match write {
        LookWrite::Later { timer, seq, due } => {
            let args = args![*timer, LOOK, *due, whose.person, whose.conversation, *seq];
            tx.run(&LATER, args).await.map(drop)
        }
        LookWrite::Seen { message, body } => {
            let args = args![*message, body.clone(), whose.conversation];
            tx.run(&SEEN, args).await.map(drop)
        }
        LookWrite::Raise {
            case,
            level,
            reason,
        } => {
            let args = args![*case, level.as_str(), level.rank(), reason.clone(), now];
            match tx.run(&RAISE, args).await? {
                1 => super::alarms::raise_if_immediate(tx, *case, *level, now).await,
                _ => Err(StoreError::Conflict),
            }
        }
    }
}

/// What a person wrote, and where.
#[derive(Debug)]
pub struct Written {
    /// The message.
    pub message: MessageId,
    /// All of it.
    pub body: MessageBody,
    /// Its words.
    pub text: String,
    /// Whose conversation.
    pub lane: Lane,
    /// The channel's name.
    pub channel: String,
}

impl Store {
    /// What the person wrote in this message. `None`: it is gone.
    pub async fn words_of(
        &self,
        conversation: ConversationId,
        seq: i64,
    ) -> Result<Option<Written>, StoreError> {
        let instance = self.key();
        self.read(async |tx| {
            let Some(row) = tx.first(&WORDS, args![conversation, seq]).await? else {
                return Ok(None);
            };
            let (message, person): (MessageId, PersonId) = (row.id(0)?, row.id(2)?);
            let key = person_key(tx, instance, person).await?;
            let plain = key.open(&format!("messages {message}"), &row.blob(1)?)?;
            let body: MessageBody = serde_json::from_slice(&plain)?;
            let MessageBody::In { text, .. } = &body else {
                return Ok(None);
            };
            Ok(Some(Written {
                message,
                text: text.clone(),
                body,
                lane: Lane(row.text(3)?),
                channel: row.text(4)?,
            }))
        })
        .await
    }
}

/// A timer rings again later.
#[derive(Debug)]
pub struct PostponeTimer {
    /// Which.
    pub id: TimerId,
    /// When.
    pub due: Timestamp,
}

impl Write for PostponeTimer {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.run(&POSTPONE, args![self.id, self.due]).await.map(drop)
    }
}
