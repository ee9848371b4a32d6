//! A turn: where a conversation stands is loaded, and what a turn made of it is committed, with
//! everything that follows from it, in one transaction.

#[cfg(test)]
use super::Store;
use super::accept::{Lease, NewInbox};
use super::db::{Tx, args};
use super::desk_turn::{self, DeskWrite};
use super::outbox::{self, Settlement};
use super::rows::{Rows, RowsSql};
use super::sql::Sql;
use super::whose::Whose;
use super::{StoreError, Write};
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
    /// The number of the last message that asked with buttons.
    pub asked_seq: i64,
    /// Messages that are not delivered yet, with their numbers.
    pub undelivered: Vec<(MessageId, i64)>,
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
    /// Why it was opened.
    pub reason: String,
    /// The person has agreed that something is passed on.
    pub consented: bool,
    /// A counsellor has written to the person.
    pub replied: bool,
    /// When anybody, bot or human, last wrote to the person.
    pub told_at: Option<Timestamp>,
}

impl LiveCase {
    /// Whether anybody will read what the person writes. Of somebody in danger who has not agreed to anything, nobody may
    /// before a counsellor has written to them: until then the bot answers.
    pub fn is_heard(&self) -> bool {
        self.consented || self.replied
    }

    /// Whether what the person writes goes to the case.
    pub fn human_owns_turn(&self) -> bool {
        self.state.human_owns_turn() && self.is_heard()
    }
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
    /// The number of the last message that asked with buttons.
    pub asked_seq: i64,
    /// Messages up to this number have arrived: the person pressed a button of it.
    pub arrived_seq: Option<i64>,
    /// What was said, in both directions, in order.
    pub messages: Vec<NewMessage>,
    /// The messages to the person are sent by this process right after the commit.
    pub send_now: bool,
    /// What happens to the case, if anything.
    pub desk: Vec<DeskWrite>,
    /// The person blocked the bot (`false`) or lets it write again.
    pub reachable: Option<bool>,
}

impl TurnWrite {
    pub(super) fn whose(&self) -> Whose {
        Whose {
            channel: self.channel,
            conversation: self.conversation,
            person: self.person,
            identity: self.identity,
        }
    }
}

/// What a conversation begins with.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// The person's new key, wrapped.
    pub key: Vec<u8>,
    /// The address, sealed for `address <identity>`.
    pub address: Vec<u8>,
}

static LOAD: RowsSql = RowsSql::new(
    "SELECT c.lane, c.id, c.person_id, c.identity_id, c.state, c.version, c.next_seq, c.created_at, p.key, i.reachable,
            (SELECT string_agg(m.id || ' ' || m.seq, ' ') FROM messages m WHERE m.conversation_id = c.id AND m.state IN ('pending', 'sending')),
            (SELECT count(*) FROM cases n WHERE n.person_id = c.person_id AND n.state <> 'erased'),
            k.id, k.state, k.version, k.number, k.level, k.claimed_by, k.unread, c.asked_seq,
            k.reason, k.consented, k.first_reply_at,
            CASE WHEN k.id IS NOT NULL THEN (SELECT o.created_at FROM messages o WHERE o.conversation_id = c.id
                 AND o.direction = 'out' ORDER BY o.seq DESC LIMIT 1) END
     FROM (VALUES ",
    ") AS r
     JOIN conversations c ON c.lane = r.column1
     JOIN persons p ON p.id = c.person_id
     JOIN identities i ON i.id = c.identity_id
     LEFT JOIN cases k ON k.conversation_id = c.id AND k.live = 1",
    0,
    1,
);

static DONE: RowsSql = RowsSql::new(
    "UPDATE inbox SET state = 'done', raw = NULL, claimed_until = 0
     WHERE state = 'open' AND claimed_by = $1 AND id IN (VALUES ",
    ")",
    1,
    1,
);

/// Only where nobody works on the lane and nothing older is open in it.
static ARRIVED: RowsSql = RowsSql::new(
    "INSERT INTO inbox (id, channel, provider_id, lane, state, attempts, received_at)
     SELECT r.column1, r.column2, r.column3, r.column4, 'done', 1, $1 FROM (VALUES ",
    ") AS r
     WHERE NOT EXISTS (SELECT 1 FROM inbox o WHERE o.lane = r.column4 AND o.state = 'open')
     ON CONFLICT (channel, provider_id) DO NOTHING",
    1,
    4,
);

static INSERT_PERSONS: RowsSql = RowsSql::new(
    "INSERT INTO persons (id, key, created_at) VALUES ",
    "",
    0,
    3,
);

static INSERT_IDENTITIES: RowsSql = RowsSql::new(
    "INSERT INTO identities (id, person_id, channel, lane, address) VALUES ",
    "",
    0,
    5,
);

static INSERT_CONVERSATIONS: RowsSql = RowsSql::new(
    "INSERT INTO conversations (id, person_id, identity_id, lane, channel, state, lang, version, next_seq, created_at, updated_at, asked_seq)
     VALUES ",
    "",
    0,
    12,
);

static UPDATE_CONVERSATIONS: RowsSql = RowsSql::new(
    "UPDATE conversations SET state = r.column3, lang = r.column4, version = version + 1, next_seq = r.column5, asked_seq = r.column6, updated_at = $1
     FROM (VALUES ",
    ") AS r WHERE conversations.id = r.column1 AND conversations.version = r.column2",
    1,
    6,
);

/// What a person has answered by its button has arrived, whatever became of the attempt to send it.
static ARRIVED_SAFELY: RowsSql = RowsSql::new(
    "UPDATE messages SET state = 'sent', sent_at = $1, claimed_until = 0
     FROM (VALUES ",
    ") AS r WHERE messages.conversation_id = r.column1 AND messages.seq <= r.column2
              AND messages.state IN ('pending', 'sending')",
    1,
    2,
);

static INSERT_MESSAGES: RowsSql = RowsSql::new(
    "INSERT INTO messages (id, conversation_id, seq, direction, author, case_id, client_id, body, content, state,
                           attempts, claimed_by, claimed_until, created_at) VALUES ",
    "",
    0,
    14,
);

const REACHABLE: Sql = Sql::both("UPDATE identities SET reachable = $2 WHERE id = $1");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&REACHABLE];

#[cfg(test)]
impl Store {
    /// What a turn would find.
    pub async fn load_turns(&self, lanes: &[Lane]) -> Result<Loaded, StoreError> {
        self.read(async |tx| load(tx, lanes).await).await
    }
}

/// The conversations of some lanes; a lane that has none yet is missing.
pub type Loaded = HashMap<Lane, StoredConversation>;

async fn load(tx: &mut Tx<'_>, lanes: &[Lane]) -> Result<Loaded, StoreError> {
    let mut rows = Rows::default();
    for lane in lanes {
        rows.add(args![&lane.0]);
    }
    let mut found = HashMap::with_capacity(lanes.len());
    for row in tx.all_rows(&LOAD, vec![], rows).await? {
        found.insert(Lane(row.text(0)?), stored_conversation(&row)?);
    }
    Ok(found)
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
            reason: row.text(20)?,
            consented: row.int(21)? == 1,
            replied: row.opt_time(22)?.is_some(),
            told_at: row.opt_time(23)?,
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
        asked_seq: row.int(19)?,
        undelivered: undelivered(row)?,
        cases: row.int(11)?,
        live_case,
    })
}

fn undelivered(row: &super::db::Row) -> Result<Vec<(MessageId, i64)>, StoreError> {
    let list = row.opt_text(10)?.unwrap_or_default();
    let mut words = list.split_whitespace();
    let mut found = Vec::new();
    while let (Some(id), Some(seq)) = (words.next(), words.next()) {
        match (id.parse(), seq.parse()) {
            (Ok(id), Ok(seq)) => found.push((id, seq)),
            _ => return Err(StoreError::Shape("a list of messages is malformed")),
        }
    }
    Ok(found)
}

/// What a batch of turns changes.
#[derive(Debug, Default)]
pub struct Turns {
    /// The turns.
    pub turns: Vec<TurnWrite>,
    /// Updates that come to disk together with the turns that answer them: a poller's batch whose
    /// conversations were all idle. Their turns list them in `inbox` as well.
    pub arrived: Vec<NewInbox>,
    /// The poller's cursor that confirms them.
    pub cursor: Option<(ChannelId, i64)>,
    /// Updates that are done without a turn: a stranger has blocked the bot, and nothing is kept of that.
    pub quiet: Vec<InboxId>,
    /// Updates that are put aside for staff, and why, together with the turn that tells the person so.
    pub dead: Vec<(InboxId, String)>,
}

/// Makes turns out of what is stored. Pure: it may be called again for the same batch.
pub type Decide<T> = Box<dyn Fn(&Loaded) -> Result<(Turns, T), StoreError> + Send + Sync>;

/// Loads conversations, has their turns taken, and commits them, in one transaction. If one of them is
/// in the way, none is committed; the caller then takes each alone.
pub struct TakeTurns<T> {
    /// Whose turns.
    pub lanes: Vec<Lane>,
    /// What becomes of them, and what the caller wants back.
    pub decide: Decide<T>,
    /// Who claimed their updates.
    pub lease: Lease,
    /// How attempts to send have ended meanwhile: written down on the way, for it costs no sync of its own.
    pub settled: Vec<Settlement>,
}

impl<T: Send + 'static> Write for TakeTurns<T> {
    type Out = T;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<T, StoreError> {
        outbox::settle(tx, &self.settled, &self.lease).await?;
        let (turns, out) = (self.decide)(&load(tx, &self.lanes).await?)?;
        commit(tx, &turns, &self.lease).await?;
        Ok(out)
    }
}

async fn commit(tx: &mut Tx<'_>, batch: &Turns, lease: &Lease) -> Result<(), StoreError> {
    finish_inbox(tx, batch, lease).await?;
    put_aside(tx, batch, lease).await?;
    note_arrived(tx, batch, lease).await?;
    write_conversations(tx, &batch.turns, lease.now).await?;
    let mut safe = Rows::default();
    for turn in &batch.turns {
        if let Some(seq) = turn.arrived_seq {
            safe.add(args![turn.conversation, seq]);
        }
    }
    tx.run_rows(&ARRIVED_SAFELY, args![lease.now], safe).await?;
    for turn in &batch.turns {
        for write in &turn.desk {
            desk_turn::run(tx, turn.whose(), write, lease.now).await?;
        }
        for timer in &turn.timers {
            if tx.run(&super::timers::DONE, args![*timer]).await? != 1 {
                return Err(StoreError::Conflict);
            }
        }
        if let Some(reachable) = turn.reachable {
            tx.run(&REACHABLE, args![turn.identity, reachable]).await?;
        }
    }
    let mut messages = Rows::default();
    batch
        .turns
        .iter()
        .for_each(|turn| add_messages(turn, lease, &mut messages));
    tx.run_rows(&INSERT_MESSAGES, vec![], messages)
        .await
        .map(drop)
}

/// Fencing: if one of the updates is not ours any more, somebody else has taken over.
async fn finish_inbox(tx: &mut Tx<'_>, batch: &Turns, lease: &Lease) -> Result<(), StoreError> {
    if !batch.arrived.is_empty() {
        return Ok(());
    }
    let mut done = Rows::default();
    for id in batch
        .turns
        .iter()
        .flat_map(|t| &t.inbox)
        .chain(&batch.quiet)
    {
        done.add(args![*id]);
    }
    let expected = done.len() as u64;
    match tx.run_rows(&DONE, args![&lease.worker], done).await? == expected {
        true => Ok(()),
        false => Err(StoreError::Conflict),
    }
}

async fn put_aside(tx: &mut Tx<'_>, batch: &Turns, lease: &Lease) -> Result<(), StoreError> {
    for (id, fault) in &batch.dead {
        let args = args![*id, "dead", fault, &lease.worker];
        if tx.run(&super::accept::FAIL, args).await? != 1 {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

/// A repeated update is a conflict: the caller then takes the way on which repeats are sorted out.
async fn note_arrived(tx: &mut Tx<'_>, batch: &Turns, lease: &Lease) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for row in &batch.arrived {
        let lane = row.lane.as_ref().ok().map(|l| l.0.clone());
        rows.add(args![row.id, row.channel.0, &row.provider_id, lane]);
    }
    let expected = rows.len() as u64;
    if tx.run_rows(&ARRIVED, args![lease.now], rows).await? != expected {
        return Err(StoreError::Conflict);
    }
    if let Some((channel, value)) = batch.cursor {
        tx.run(&super::accept::CURSOR, args![channel.0, value, lease.now])
            .await?;
    }
    Ok(())
}

async fn write_conversations(
    tx: &mut Tx<'_>,
    turns: &[TurnWrite],
    now: Timestamp,
) -> Result<(), StoreError> {
    let (mut persons, mut identities) = (Rows::default(), Rows::default());
    let (mut fresh, mut changed) = (Rows::default(), Rows::default());
    for t in turns {
        let lang = t.lang.as_ref().map(Lang::to_string);
        let Some(new) = &t.fresh else {
            changed.add(args![
                t.conversation,
                t.version,
                t.state.clone(),
                lang,
                t.next_seq,
                t.asked_seq
            ]);
            continue;
        };
        let (lane, channel) = (&t.lane.0, t.channel.0);
        persons.add(args![t.person, new.key.clone(), now]);
        identities.add(args![
            t.identity,
            t.person,
            channel,
            lane,
            new.address.clone()
        ]);
        fresh.add(args![
            t.conversation,
            t.person,
            t.identity,
            lane,
            channel,
            t.state.clone(),
            lang,
            1_i64,
            t.next_seq,
            now,
            now,
            t.asked_seq
        ]);
    }
    tx.run_rows(&INSERT_PERSONS, vec![], persons).await?;
    tx.run_rows(&INSERT_IDENTITIES, vec![], identities).await?;
    tx.run_rows(&INSERT_CONVERSATIONS, vec![], fresh).await?;
    let expected = changed.len() as u64;
    match tx
        .run_rows(&UPDATE_CONVERSATIONS, args![now], changed)
        .await?
        == expected
    {
        true => Ok(()),
        false => Err(StoreError::Conflict),
    }
}

fn add_messages(turn: &TurnWrite, lease: &Lease, rows: &mut Rows) {
    for message in &turn.messages {
        let (direction, author) = if message.out {
            ("out", "bot")
        } else {
            ("in", "person")
        };
        let state = match (message.out, turn.send_now) {
            (false, _) => "received",
            (true, true) => "sending",
            (true, false) => "pending",
        };
        let sending = state == "sending";
        rows.add(args![
            message.id,
            turn.conversation,
            message.seq,
            direction,
            author,
            message.case,
            message.client_id.clone(),
            message.body.clone(),
            message.content.clone(),
            state,
            i64::from(sending),
            sending.then(|| lease.worker.clone()),
            if sending { lease.until.0 } else { 0 },
            lease.now
        ]);
    }
}
