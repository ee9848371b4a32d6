//! The card of a case: what was passed on, what was said, what colleagues noted.

use super::corrected::{self, Corrected};
use super::person_key;
use super::reply;
use super::row::{CaseRow, Offer};
use crate::desk::visibility::{Sight, Viewer};
use crate::model::{
    Attached, AttachmentId, CaseId, CaseState, FieldId, Lang, MediaKind, MessageBody, MessageId,
    Timestamp, Triage, Value,
};
use crate::store::attachments::{self, Shelf};
use crate::store::db::{Row, Tx, args};
use crate::store::seal::PersonKey;
use crate::store::sql::Sql;
use crate::store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many messages a card shows.
pub const MESSAGES: i64 = 30;

/// A case, opened.
#[derive(Clone, Debug)]
pub struct Card {
    /// What lists show of it.
    pub offer: Offer,
    /// Whether the person agreed to what is passed on.
    pub consented: bool,
    /// What the person agreed to pass on.
    pub summary: Option<Summary>,
    /// What was said, oldest first.
    pub messages: Vec<Said>,
    /// Whether more was said before.
    pub more: bool,
    /// How far the photos and files have come that the summary or a message names.
    pub shelves: BTreeMap<AttachmentId, Shelf>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// Corrections of what it is about, oldest first.
    pub corrections: Vec<Corrected>,
    /// The first reply is owed before this.
    pub lease_until: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// The channel on which the person writes.
    pub channel: String,
    /// `false`: the person has blocked the bot.
    pub reachable: bool,
}

/// What the person agreed to pass on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The text exactly as it was shown.
    pub shown: String,
    /// The answers behind it.
    #[serde(default)]
    pub answers: BTreeMap<FieldId, Value>,
    /// The reason that a message was taken for, besides the one that the person chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// What the message was taken for that led here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<Triage>,
}

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The person.
    Person,
    /// The bot.
    Bot,
    /// A counsellor, by name.
    Counsellor(String),
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// From the person.
    Received,
    /// Waits to be sent.
    Pending,
    /// The network has taken it.
    Sent,
    /// It may have come twice, or not at all.
    Uncertain,
    /// Will not be delivered.
    Failed,
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its id.
    pub id: MessageId,
    /// By whom.
    pub speaker: Speaker,
    /// The words.
    pub text: String,
    /// Their language, if it is known.
    pub lang: Option<Lang>,
    /// Set where it was no text.
    pub media: Option<MediaKind>,
    /// Set where it is kept.
    pub attached: Option<Attached>,
    /// How far it has come.
    pub delivery: Delivery,
    /// When.
    pub at: Timestamp,
    /// Whether this led to the hand-off.
    pub trigger: bool,
    /// What it was taken for.
    pub triage: Option<Triage>,
}

/// A colleague's note.
#[derive(Clone, Debug)]
pub struct Note {
    /// By whom.
    pub name: String,
    /// The words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

const SUMMARY: Sql = Sql::both("SELECT summary FROM cases WHERE id = $1");
const WAY: Sql = Sql::both(
    "SELECT v.channel, i.reachable FROM conversations v JOIN identities i ON i.id = v.identity_id WHERE v.id = $1",
);
/// What belongs to the case, and nothing of what the person tells the bot before or after it.
const SAID: Sql = Sql::both(
    "SELECT m.id, m.author, h.name, m.body, m.state, m.created_at, m.fault, m.seq FROM messages m
     LEFT JOIN counsellors h ON h.id = m.counsellor_id
     WHERE m.conversation_id = $1
       AND (m.case_id = $2 OR m.id = $3)
     ORDER BY m.seq DESC LIMIT $4",
);
const FIRST_REPLY: Sql = Sql::both(
    "SELECT min(seq) FROM messages WHERE conversation_id = $1 AND case_id = $2 AND author = 'counsellor'",
);
const NOTES: Sql = Sql::both(
    "SELECT n.id, h.name, n.body, n.created_at FROM notes n JOIN counsellors h ON h.id = n.counsellor_id
     WHERE n.case_id = $1 ORDER BY n.created_at, n.id",
);
const READ: Sql = Sql::both("UPDATE cases SET unread = 0 WHERE id = $1 AND claimed_by = $2");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&SUMMARY, &WAY, &SAID, &FIRST_REPLY, &NOTES, &READ];

struct MarkRead {
    case: CaseId,
    viewer: Viewer,
}

impl crate::store::Write for MarkRead {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.run(&READ, args![self.case, self.viewer.counsellor])
            .await
            .map(drop)
    }
}

impl Store {
    /// Opens a case. `None`: there is none, as far as this viewer may know. A case that is still an offer
    /// comes without any content.
    pub async fn card(&self, viewer: &Viewer, id: CaseId) -> Result<Option<Card>, StoreError> {
        let instance = self.key();
        self.read(async |tx| {
            let Some(case) = CaseRow::load(tx, id).await? else {
                return Ok(None);
            };
            let Some(offer) = case.offer(viewer) else {
                return Ok(None);
            };
            let mut card = blank(&case, offer);
            if card.offer.rights.sight.card() {
                let key = person_key(tx, instance, case.person).await?;
                fill(tx, &case, &key, &mut card).await?;
            }
            Ok(Some(card))
        })
        .await
    }

    /// The content of a photo or file that a case's card names, as this viewer sees that card: what it is, and its bytes.
    pub async fn attachment(
        &self,
        viewer: &Viewer,
        case: CaseId,
        id: AttachmentId,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let card = self.card(viewer, case).await?;
        let stored = card.and_then(|card| card.shelves.get(&id).cloned());
        if !matches!(stored, Some(Shelf::Stored { .. })) {
            return Ok(None);
        }
        let instance = self.key();
        self.read(async |tx| {
            let Some(case) = CaseRow::load(tx, case).await? else {
                return Ok(None);
            };
            let key = person_key(tx, instance, case.person).await?;
            attachments::content(tx, case.person, &key, id).await
        })
        .await
    }

    /// Whoever has the case has seen what the person wrote.
    pub async fn mark_read(&self, viewer: &Viewer, case: CaseId) -> Result<(), StoreError> {
        let viewer = viewer.clone();
        self.write(MarkRead { case, viewer }).await
    }
}

impl Card {
    /// The photos and files that the summary or a message names.
    fn attached(&self) -> Vec<AttachmentId> {
        let answers = self.summary.iter().flat_map(|s| s.answers.values());
        let shared = answers.flat_map(|value| match value {
            Value::Media(sent) => sent.as_slice(),
            _ => &[],
        });
        let said = self.messages.iter().filter_map(|m| m.attached.as_ref());
        shared.chain(said).map(|a| a.id).collect()
    }
}

fn blank(case: &CaseRow, offer: Offer) -> Card {
    Card {
        offer,
        consented: case.facts.consented,
        summary: None,
        messages: Vec::new(),
        more: false,
        shelves: BTreeMap::new(),
        notes: Vec::new(),
        corrections: Vec::new(),
        lease_until: case
            .lease_until
            .filter(|_| case.facts.state == CaseState::Claimed),
        closed_at: case.closed_at,
        channel: String::new(),
        reachable: true,
    }
}

async fn fill(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    key: &PersonKey,
    card: &mut Card,
) -> Result<(), StoreError> {
    let sight = card.offer.rights.sight;
    if sight.summary() {
        card.summary = summary(tx, case, key).await?;
    }
    if let Some(row) = tx.first(&WAY, args![case.conversation]).await? {
        card.channel = row.text(0)?;
        card.reachable = row.int(1)? == 1;
    }
    // Without the answers, the message that led here stays with the bot too.
    let trigger = case.trigger.filter(|_| card.summary.is_some());
    let said = args![case.conversation, case.id, trigger, MESSAGES + 1];
    let mut rows = tx.all(&SAID, said).await?;
    card.more = rows.len() as i64 > MESSAGES;
    rows.truncate(MESSAGES as usize);
    let from = first_seen(tx, case, sight).await?;
    for row in rows.iter().rev() {
        if row.int(7)? >= from {
            card.messages.push(message(row, key, trigger)?);
        }
    }
    let named = card.attached();
    let shelves = match named.is_empty() {
        true => Vec::new(),
        false => attachments::shelves(tx, case.person).await?,
    };
    let named = |(id, _): &(AttachmentId, Shelf)| named.contains(id);
    card.shelves = shelves.into_iter().filter(named).collect();
    card.corrections = corrected::of_case(tx, case.id).await?;
    for row in tx.all(&NOTES, args![case.id]).await? {
        let sealed = row.blob(2)?;
        let plain = key.open(&format!("notes {}", row.text(0)?), &sealed)?;
        card.notes.push(Note {
            name: row.text(1)?,
            text: text(plain)?,
            at: row.time(3)?,
        });
    }
    Ok(())
}

/// The number of the first message that may be seen: in a crisis without consent, the counsellor's first.
pub(super) async fn first_seen(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    sight: Sight,
) -> Result<i64, StoreError> {
    if sight.summary() {
        return Ok(0);
    }
    let row = tx
        .first(&FIRST_REPLY, args![case.conversation, case.id])
        .await?;
    let first = row.map(|r| r.opt_int(0)).transpose()?.flatten();
    Ok(first.unwrap_or(i64::MAX))
}

async fn summary(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    key: &PersonKey,
) -> Result<Option<Summary>, StoreError> {
    let row = tx.first(&SUMMARY, args![case.id]).await?;
    let Some(sealed) = row.map(|r| r.opt_blob(0)).transpose()?.flatten() else {
        return Ok(None);
    };
    let plain = key.open(&format!("cases {}", case.id), &sealed)?;
    Ok(Some(serde_json::from_slice(&plain)?))
}

fn message(row: &Row, key: &PersonKey, trigger: Option<MessageId>) -> Result<Said, StoreError> {
    let id: MessageId = row.id(0)?;
    let plain = key.open(&format!("messages {id}"), &row.blob(3)?)?;
    let mut judged = None;
    let (text, lang, media, attached) = match serde_json::from_slice(&plain)? {
        MessageBody::In {
            text,
            media,
            attached,
            triage,
        } => {
            judged = triage.map(|t| *t);
            (text, None, media, attached)
        }
        MessageBody::Out(out) | MessageBody::Farewell(out) => {
            (reply::words(&out).to_owned(), Some(out.lang), None, None)
        }
    };
    Ok(Said {
        id,
        speaker: match row.text(1)?.as_str() {
            "person" => Speaker::Person,
            "counsellor" => Speaker::Counsellor(row.opt_text(2)?.unwrap_or_default()),
            _ => Speaker::Bot,
        },
        text,
        lang,
        media,
        attached,
        delivery: delivery(&row.text(4)?, row.opt_text(6)?.as_deref()),
        at: row.time(5)?,
        trigger: trigger == Some(id),
        triage: judged,
    })
}

fn delivery(state: &str, fault: Option<&str>) -> Delivery {
    match (state, fault) {
        ("received", _) => Delivery::Received,
        ("uncertain", _) | ("sent", Some("uncertain")) => Delivery::Uncertain,
        ("sent", _) => Delivery::Sent,
        ("failed", _) => Delivery::Failed,
        _ => Delivery::Pending,
    }
}

fn text(plain: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(plain).map_err(|_| StoreError::Shape("a note is no text"))
}
