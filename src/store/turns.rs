//! A turn: where a conversation stands is loaded, and what a turn made of it is committed, with
//! everything that follows from it, in one transaction.

use super::batch::Batch;
use super::db::{Tx, args};
use super::desk_turn::{self, DeskWrite};
use super::sql::{Sql, sql_rows};
use super::{Store, StoreError, Write};
use crate::model::{
    CaseId, CaseState, ChannelId, ConversationId, CounsellorId, IdentityId, InboxId, Lane, Lang,
    Level, MessageId, PersonId, TimerId, Timestamp,
};
use std::collections::HashMap;

/// A conversation as it is stored, its state still sealed.
#[derive(Clone, Debug)]
pub struct StoredConversation {
    /// Its id.
    pub id: ConversationId,
    /// Whose it is.
    pub person: PersonId,
    /// The person's wrapped key.
    pub key: Vec<u8>,
    /// The address it goes to.
    pub identity: IdentityId,
    /// The engine's state, sealed.
    pub state: Vec<u8>,
    /// Rises with every change.
    pub version: i64,
    /// The number of the next message.
    pub next_seq: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// Messages that are not delivered yet.
    pub undelivered: i64,
    /// The case that is live, if there is one.
    pub live_case: Option<LiveCase>,
    /// How many cases of the person are kept.
    pub cases: i64,
    /// `false`: the person has blocked the bot.
    pub reachable: bool,
}

/// What a turn needs to know about a live case.
#[derive(Clone, Debug)]
pub struct LiveCase {
    /// Its id.
    pub id: CaseId,
    /// Where it stands.
    pub state: CaseState,
    /// Rises with every change.
    pub version: i64,
    /// What the person calls it.
    pub number: String,
    /// How soon a human has to look.
    pub level: Level,
    /// Who has taken it.
    pub claimed_by: Option<CounsellorId>,
    /// Whether the person has written since the counsellor last looked.
    pub unread: i64,
}

/// A message to be stored.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// Its number in the conversation.
    pub seq: i64,
    /// `true`: to the person.
    pub out: bool,
    /// The case it belongs to.
    pub case: Option<CaseId>,
    /// The id that the sender's side gave it.
    pub client_id: Option<String>,
    /// [`crate::model::MessageBody`], sealed for `messages <id>`.
    pub body: Vec<u8>,
    /// Hash of the content that answered.
    pub content: Option<String>,
}

/// Everything that one turn changes.
#[derive(Clone, Debug)]
pub struct TurnWrite {
    /// The updates that it answered.
    pub inbox: Vec<InboxId>,
    /// The timers that it dealt with.
    pub timers: Vec<TimerId>,
    /// Whose turn it was.
    pub lane: Lane,
    /// On which channel.
    pub channel: ChannelId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The person.
    pub person: PersonId,
    /// The address.
    pub identity: IdentityId,
    /// Set if the conversation begins with this turn.
    pub fresh: Option<Fresh>,
    /// The version that the turn was computed from.
    pub version: i64,
    /// The engine's new state, sealed for `state <conversation>`.
    pub state: Vec<u8>,
    /// The person's language.
    pub lang: Option<Lang>,
    /// The number of the next message.
    pub next_seq: i64,
    /// What was said, in both directions, in order.
    pub messages: Vec<NewMessage>,
    /// The messages to the person are sent by this process right after the commit.
    pub send_now: bool,
    /// What happens to the case, if anything.
    pub desk: Vec<DeskWrite>,
    /// The person blocked the bot (`false`) or lets it write again.
    pub reachable: Option<bool>,
}

/// What a conversation begins with.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// The person's new key, wrapped.
    pub key: Vec<u8>,
    /// The address, sealed for `address <identity>`.
    pub address: Vec<u8>,
}

const LOAD: Sql = sql_rows!(
    "SELECT c.lane, c.id, c.person_id, c.identity_id, c.state, c.version, c.next_seq, c.created_at, p.key, i.reachable,
            (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.state IN ('pending', 'sending')),
            (SELECT count(*) FROM cases n WHERE n.person_id = c.person_id AND n.state <> 'erased'),
            k.id, k.state, k.version, k.number, k.level, k.claimed_by, k.unread
     FROM",
    "JOIN conversations c ON c.lane = value->>'lane'
     JOIN persons p ON p.id = c.person_id
     JOIN identities i ON i.id = c.identity_id
     LEFT JOIN cases k ON k.conversation_id = c.id AND k.live = 1"
);

const DONE: Sql = sql_rows!(
    "UPDATE inbox SET state = 'done', raw = NULL, claimed_until = 0
     WHERE state = 'open' AND claimed_by = $2 AND id IN (SELECT value->>'id' FROM",
    ")"
);

/// Only where nobody works on the lane and nothing older is open in it.
const ARRIVED: Sql = sql_rows!(
    "INSERT INTO inbox (id, channel, provider_id, lane, state, attempts, received_at)
     SELECT value->>'id', value->>'channel', value->>'provider_id', value->>'lane', 'done', 1, $2 FROM",
    "WHERE NOT EXISTS (SELECT 1 FROM inbox o WHERE o.lane = value->>'lane' AND o.state = 'open')
     ON CONFLICT (channel, provider_id) DO NOTHING"
);

const INSERT_PERSONS: Sql = sql_rows!(
    "INSERT INTO persons (id, key, created_at)
     SELECT value->>'person', substr($2, CAST(value->>'key_at' AS INTEGER), CAST(value->>'key_len' AS INTEGER)), $3 FROM",
    ""
);

const INSERT_IDENTITIES: Sql = sql_rows!(
    "INSERT INTO identities (id, person_id, channel, lane, address)
     SELECT value->>'identity', value->>'person', value->>'channel', value->>'lane',
            substr($2, CAST(value->>'address_at' AS INTEGER), CAST(value->>'address_len' AS INTEGER)) FROM",
    "WHERE true ON CONFLICT (lane) DO NOTHING"
);

const INSERT_CONVERSATIONS: Sql = sql_rows!(
    "INSERT INTO conversations (id, person_id, identity_id, lane, channel, state, lang, version, next_seq, created_at, updated_at)
     SELECT value->>'id', value->>'person', value->>'identity', value->>'lane', value->>'channel',
            substr($2, CAST(value->>'state_at' AS INTEGER), CAST(value->>'state_len' AS INTEGER)),
            value->>'lang', 1, CAST(value->>'next_seq' AS BIGINT), $3, $3 FROM",
    ""
);

const UPDATE_CONVERSATIONS: Sql = sql_rows!(
    "UPDATE conversations SET state = r.state, lang = r.lang, version = version + 1, next_seq = r.next_seq, updated_at = $3
     FROM (SELECT value->>'id' AS id, CAST(value->>'version' AS BIGINT) AS known, value->>'lang' AS lang,
                  CAST(value->>'next_seq' AS BIGINT) AS next_seq,
                  substr($2, CAST(value->>'state_at' AS INTEGER), CAST(value->>'state_len' AS INTEGER)) AS state FROM",
    ") AS r WHERE conversations.id = r.id AND conversations.version = r.known"
);

const INSERT_MESSAGES: Sql = sql_rows!(
    "INSERT INTO messages (id, conversation_id, seq, direction, author, case_id, client_id, body, content, state, attempts, claimed_by, claimed_until, created_at)
     SELECT value->>'id', value->>'conversation', CAST(value->>'seq' AS BIGINT),
            CASE WHEN value->>'out' = '1' THEN 'out' ELSE 'in' END, CASE WHEN value->>'out' = '1' THEN 'bot' ELSE 'person' END,
            value->>'case', value->>'client_id',
            substr($2, CAST(value->>'body_at' AS INTEGER), CAST(value->>'body_len' AS INTEGER)),
            value->>'content', value->>'state', CASE WHEN value->>'state' = 'sending' THEN 1 ELSE 0 END,
            $4, CASE WHEN value->>'state' = 'sending' THEN $5 ELSE 0 END, $3 FROM",
    ""
);

const REACHABLE: Sql = Sql::both("UPDATE identities SET reachable = $2 WHERE id = $1");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &LOAD,
    &DONE,
    &ARRIVED,
    &INSERT_PERSONS,
    &INSERT_IDENTITIES,
    &INSERT_CONVERSATIONS,
    &UPDATE_CONVERSATIONS,
    &INSERT_MESSAGES,
    &REACHABLE,
];

impl Store {
    /// Loads the conversations of some lanes; a lane that has none yet is missing in the result.
    pub async fn load_turns(
        &self,
        lanes: &[Lane],
    ) -> Result<HashMap<Lane, StoredConversation>, StoreError> {
        let mut batch = Batch::default();
        for lane in lanes {
            batch.row().set("lane", lane.0.as_str()).add();
        }
        self.read(async |tx| {
            let mut found = HashMap::with_capacity(lanes.len());
            for row in tx.all(&LOAD, vec![batch.rows()]).await? {
                found.insert(Lane(row.text(0)?), stored_conversation(&row)?);
            }
            Ok(found)
        })
        .await
    }
}

fn stored_conversation(row: &super::db::Row) -> Result<StoredConversation, StoreError> {
    let live_case = match row.opt_id(12)? {
        None => None,
        Some(id) => Some(LiveCase {
            id,
            state: CaseState::parse(&row.text(13)?).ok_or(StoreError::Shape("a case's state"))?,
            version: row.int(14)?,
            number: row.text(15)?,
            level: Level::parse(&row.text(16)?).ok_or(StoreError::Shape("a case's level"))?,
            claimed_by: row.opt_id(17)?,
            unread: row.int(18)?,
        }),
    };
    Ok(StoredConversation {
        id: row.id(1)?,
        person: row.id(2)?,
        identity: row.id(3)?,
        state: row.blob(4)?,
        version: row.int(5)?,
        next_seq: row.int(6)?,
        created_at: row.time(7)?,
        key: row.blob(8)?,
        reachable: row.int(9)? == 1,
        undelivered: row.int(10)?,
        cases: row.int(11)?,
        live_case,
    })
}

/// Commits turns of several conversations. If any of them was overtaken, none is committed
/// ([`StoreError::Conflict`]); the caller then commits each alone.
#[derive(Debug)]
pub struct CommitTurns {
    /// The turns.
    pub turns: Vec<TurnWrite>,
    /// Updates that come to disk together with the turns that answer them: a poller's batch whose
    /// conversations were all idle. Their turns list them in `inbox` as well.
    pub arrived: Vec<super::accept::NewInbox>,
    /// The poller's cursor that confirms them.
    pub cursor: Option<(ChannelId, i64)>,
    /// Who claimed their updates.
    pub lease: super::accept::Lease,
}

impl Write for CommitTurns {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let now = self.lease.now;
        self.finish_inbox(tx).await?;
        self.note_arrived(tx).await?;
        let (mut fresh, mut changed, mut messages) =
            (Batch::default(), Batch::default(), Batch::default());
        for turn in &self.turns {
            fill_conversation(turn, &mut fresh, &mut changed);
            fill_messages(turn, &mut messages);
        }
        if !fresh.is_empty() {
            let args = || vec![fresh.rows(), fresh.bytes(), now.into()];
            tx.run(&INSERT_PERSONS, args()).await?;
            let identities = vec![fresh.rows(), fresh.bytes()];
            if tx.run(&INSERT_IDENTITIES, identities).await? != fresh.len() as u64 {
                return Err(StoreError::Conflict);
            }
            tx.run(&INSERT_CONVERSATIONS, args()).await?;
        }
        if !changed.is_empty() {
            let args = vec![changed.rows(), changed.bytes(), now.into()];
            if tx.run(&UPDATE_CONVERSATIONS, args).await? != changed.len() as u64 {
                return Err(StoreError::Conflict);
            }
        }
        for turn in &self.turns {
            for write in &turn.desk {
                desk_turn::run(tx, turn, write, now).await?;
            }
            for timer in &turn.timers {
                tx.run(&super::timers::DONE, args![*timer]).await?;
            }
            if let Some(reachable) = turn.reachable {
                tx.run(&REACHABLE, args![turn.identity, reachable]).await?;
            }
        }
        if !messages.is_empty() {
            let lease = &self.lease;
            let (worker, until) = ((&lease.worker).into(), lease.until.into());
            let args = vec![messages.rows(), messages.bytes(), now.into(), worker, until];
            tx.run(&INSERT_MESSAGES, args).await?;
        }
        Ok(())
    }
}

impl CommitTurns {
    /// A repeated update is a conflict: the caller then takes the way on which repeats are sorted out.
    async fn note_arrived(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if !self.arrived.is_empty() {
            let mut batch = Batch::default();
            for row in &self.arrived {
                batch
                    .row()
                    .id("id", row.id)
                    .set("channel", row.channel.0)
                    .set("provider_id", row.provider_id.as_str())
                    .opt("lane", row.lane.as_ref().map(|l| l.0.as_str()))
                    .add();
            }
            let args = vec![batch.rows(), self.lease.now.into()];
            if tx.run(&ARRIVED, args).await? != batch.len() as u64 {
                return Err(StoreError::Conflict);
            }
        }
        if let Some((channel, value)) = self.cursor {
            tx.run(
                &super::accept::CURSOR,
                args![channel.0, value, self.lease.now],
            )
            .await?;
        }
        Ok(())
    }

    /// Fencing: if one of the updates is not ours any more, somebody else has taken over.
    async fn finish_inbox(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut done = Batch::default();
        if self.arrived.is_empty() {
            for id in self.turns.iter().flat_map(|t| &t.inbox) {
                done.row().id("id", id).add();
            }
        }
        if done.is_empty() {
            return Ok(());
        }
        let args = vec![done.rows(), (&self.lease.worker).into()];
        match tx.run(&DONE, args).await? == done.len() as u64 {
            true => Ok(()),
            false => Err(StoreError::Conflict),
        }
    }
}

fn fill_conversation(turn: &TurnWrite, fresh: &mut Batch, changed: &mut Batch) {
    let lang = turn.lang.as_ref();
    match &turn.fresh {
        Some(new) => fresh
            .row()
            .id("id", turn.conversation)
            .id("person", turn.person)
            .id("identity", turn.identity)
            .set("lane", turn.lane.0.as_str())
            .set("channel", turn.channel.0)
            .opt("lang", lang.map(Lang::as_str))
            .int("next_seq", turn.next_seq)
            .bytes("state", &turn.state)
            .bytes("key", &new.key)
            .bytes("address", &new.address)
            .add(),
        None => changed
            .row()
            .id("id", turn.conversation)
            .int("version", turn.version)
            .opt("lang", lang.map(Lang::as_str))
            .int("next_seq", turn.next_seq)
            .bytes("state", &turn.state)
            .add(),
    }
}

fn fill_messages(turn: &TurnWrite, messages: &mut Batch) {
    for message in &turn.messages {
        let state = match (message.out, turn.send_now) {
            (false, _) => "received",
            (true, true) => "sending",
            (true, false) => "pending",
        };
        messages
            .row()
            .id("id", message.id)
            .id("conversation", turn.conversation)
            .int("seq", message.seq)
            .int("out", i64::from(message.out))
            .opt("case", message.case.map(|c| c.to_string()).as_deref())
            .opt("client_id", message.client_id.as_deref())
            .opt("content", message.content.as_deref())
            .set("state", state)
            .bytes("body", &message.body)
            .add();
    }
}
