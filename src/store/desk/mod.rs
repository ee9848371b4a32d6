//! The counsellors' side of the store: one file for each use case.
//!
//! Every use case loads the case, asks [`crate::desk`] what this viewer may do and see, and only then
//! reads or changes anything else. What changes a case locks its conversation first (PostgreSQL; SQLite has one
//! writer), so that the rules decide on what is really there.

pub mod accounts;
pub mod alarms;
pub mod card;
pub mod claim;
pub mod close;
pub mod correct;
pub mod corrected;
pub mod dead;
pub mod notes;
pub mod organisations;
pub mod queue;
pub mod release;
pub mod reply;
mod row;
pub mod sessions;
pub mod staff;
#[cfg(test)]
mod tests;

pub use row::Offer;

use super::StoreError;
use super::db::{Arg as Value, Tx, args};
use super::seal::{InstanceKey, PersonKey};
use super::sql::Sql;
use crate::content::{Arg, Content};
use crate::desk::life::{self, Refusal};
use crate::desk::visibility::Viewer;
use crate::engine;
use crate::model::{
    CaseEvent, CaseId, CaseState, ConversationId, CounsellorId, Message, MessageBody, MessageId,
    PersonId, Timestamp,
};
use crate::ports::Ids;
use row::CaseRow;
use std::sync::Arc;

/// Who does something, and when.
#[derive(Clone)]
pub struct By {
    /// Who.
    pub viewer: Viewer,
    /// Their name, as persons and colleagues know them.
    pub name: String,
    /// Now.
    pub now: Timestamp,
    /// Ids for what is made.
    pub ids: Arc<dyn Ids>,
}

/// Why a counsellor cannot do something. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// There is no such case, as far as this viewer may know.
    NotThere,
    /// Somebody else has it.
    Taken {
        /// Their name.
        by: String,
    },
    /// It cannot happen in the case's state.
    Refused(Refusal),
    /// It could happen, but not by this viewer.
    NotAllowed,
}

/// A change that was made, for those who wait for news of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// The person's conversation.
    pub conversation: ConversationId,
}

/// What a use case of the desk answers.
pub type Answer<T> = Result<Result<T, Denied>, StoreError>;

const AUDIT: Sql = Sql::both(
    "INSERT INTO audit (id, at, actor, action, case_id, detail) VALUES ($1, $2, $3, $4, $5, $6)",
);
const PERSON_KEY: Sql = Sql::both("SELECT key FROM persons WHERE id = $1");
/// The version goes up with it: a turn that was computed from the old number is then run again.
const NEXT_SEQ: Sql = Sql::both(
    "UPDATE conversations SET next_seq = next_seq + 1, version = version + 1, updated_at = $2
     WHERE id = $1 RETURNING next_seq - 1",
);
const SAY: Sql = Sql::both(
    "INSERT INTO messages (id, conversation_id, seq, direction, author, counsellor_id, case_id, client_id,
                           body, content, state, created_at)
     VALUES ($1, $2, $3, 'out', $4, $5, $6, $7, $8, $9, 'pending', $10)",
);
const MOVE: Sql = Sql::both(
    "UPDATE cases SET state = $3, live = $4, organisation_id = $5, claimed_by = $6, lease_until = $7, unread = $8,
                      first_reply_at = $9, closed_at = $10, updated_at = $11, version = version + 1
     WHERE id = $1 AND version = $2",
);
const TIMER: Sql = Sql::both(
    "INSERT INTO timers (id, kind, due_at, case_id, person_id, version) VALUES ($1, $2, $3, $4, $5, $6)",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&AUDIT, &PERSON_KEY, &NEXT_SEQ, &SAY, &MOVE, &TIMER];

/// A change of a case in the making: what every use case of the desk needs.
#[derive(Clone)]
struct Desk {
    by: By,
    key: Arc<InstanceKey>,
    content: Arc<Content>,
}

/// Who is named as the author of a message.
#[derive(Clone, Copy)]
enum Voice<'a> {
    /// The bot, about the case.
    Bot,
    /// The counsellor; the form's own id of it.
    Counsellor(&'a str),
}

impl Desk {
    /// Writes the line of the log that says what was done.
    async fn audit(
        &self,
        tx: &mut Tx<'_>,
        action: &str,
        case: Option<CaseId>,
    ) -> Result<(), StoreError> {
        audit(tx, &self.by, action, case, "").await
    }

    /// Puts a message to the person into the outbox.
    async fn say(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseRow,
        voice: Voice<'_>,
        message: Message,
    ) -> Result<MessageId, StoreError> {
        let row = tx
            .first(&NEXT_SEQ, args![case.conversation, self.by.now])
            .await?
            .ok_or(StoreError::Shape("a case without a conversation"))?;
        let seq = row.int(0)?;
        let id = MessageId(self.by.ids.uuid());
        let key = person_key(tx, &self.key, case.person).await?;
        let plain = serde_json::to_vec(&MessageBody::Out(message))?;
        let (author, counsellor, client) = match voice {
            Voice::Bot => ("bot", None, None),
            Voice::Counsellor(client) => (
                "counsellor",
                Some(self.by.viewer.counsellor),
                Some(client.to_owned()),
            ),
        };
        let sealed = key.seal(&format!("messages {id}"), &plain)?;
        let args = args![
            id,
            case.conversation,
            seq,
            author,
            counsellor,
            case.id,
            client,
            sealed,
            &self.content.hash,
            self.by.now
        ];
        tx.run(&SAY, args).await?;
        Ok(id)
    }

    /// Tells the person something about their case, in their language.
    async fn tell(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseRow,
        key: &str,
        args: &[(&str, Arg)],
    ) -> Result<(), StoreError> {
        let message = engine::system(&self.content, &case.lang, key, args);
        self.say(tx, case, Voice::Bot, message).await.map(drop)
    }

    /// Something that becomes due later, or is to be picked up at once.
    async fn timer(
        &self,
        tx: &mut Tx<'_>,
        kind: &str,
        due: Timestamp,
        case: &CaseRow,
    ) -> Result<(), StoreError> {
        let id = crate::model::TimerId(self.by.ids.uuid());
        let args = args![id, kind, due, case.id, case.person, case.version + 1];
        tx.run(&TIMER, args).await.map(drop)
    }
}

/// Writes a line of the log.
async fn audit(
    tx: &mut Tx<'_>,
    by: &By,
    action: &str,
    case: Option<CaseId>,
    detail: &str,
) -> Result<(), StoreError> {
    let id = by.ids.uuid().to_string();
    let actor = by.viewer.counsellor.to_string();
    tx.run(&AUDIT, args![id, by.now, actor, action, case, detail])
        .await
        .map(drop)
}

/// The key of a person. Whoever was erased has none.
pub(in crate::store) async fn person_key(
    tx: &mut Tx<'_>,
    key: &InstanceKey,
    person: PersonId,
) -> Result<PersonKey, StoreError> {
    let wrapped = match tx.first(&PERSON_KEY, args![person]).await? {
        Some(row) => row.opt_blob(0)?,
        None => None,
    };
    let wrapped = wrapped.ok_or(StoreError::Shape("the person was erased"))?;
    Ok(key.unwrap_key(person, &wrapped)?)
}

/// What changes in a case's row; everything else stays.
struct Moved {
    state: CaseState,
    organisation: crate::model::OrganisationId,
    claimed_by: Option<CounsellorId>,
    lease_until: Option<Timestamp>,
    unread: i64,
    first_reply_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
}

impl CaseRow {
    /// The row as it is after an event, by the rules of [`life`].
    fn after(&self, event: CaseEvent) -> Result<Moved, Denied> {
        let state = life::next(self.facts.state, event).map_err(|refusal| match &self.holder {
            Some(by) if refusal == Refusal::Taken => Denied::Taken { by: by.clone() },
            _ => Denied::Refused(refusal),
        })?;
        Ok(Moved {
            state,
            organisation: self.facts.organisation,
            claimed_by: self.facts.claimed_by,
            lease_until: self.lease_until,
            unread: self.unread,
            first_reply_at: self.first_reply_at,
            closed_at: self.closed_at,
        })
    }

    /// Writes the change. the conversation is locked, so a conflict means a fault elsewhere; it is checked all the same.
    async fn store(&self, tx: &mut Tx<'_>, to: &Moved, now: Timestamp) -> Result<(), StoreError> {
        let args: Vec<Value> = args![
            self.id,
            self.version,
            to.state.as_str(),
            to.state.is_live(),
            to.organisation,
            to.claimed_by,
            to.lease_until,
            to.unread,
            to.first_reply_at,
            to.closed_at,
            now
        ];
        match tx.run(&MOVE, args).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    fn done(&self) -> Done {
        Done {
            case: self.id,
            conversation: self.conversation,
        }
    }
}
