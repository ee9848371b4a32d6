//! Photos and files: what is wanted, what has been fetched, what never will be. Contents under the person's key.

use super::accept::Lease;
use super::db::{Tx, args};
use super::seal::{PersonKey, SealBroken};
use super::sql::{Sql, sql_claim};
use super::whose::Whose;
use super::{Store, StoreError, Write};
use crate::model::{AttachmentId, CaseId, ConversationId, Lane, PersonId, TimerId, Timestamp};

/// The kind of timer that tells a conversation that something could not be fetched. Its id is that of the attachment.
pub const LOST: &str = "attachment_lost";

/// What a turn does to attachments.
#[derive(Clone, Debug)]
pub enum MediaWrite {
    /// Fetch this.
    Want {
        /// Its id.
        id: AttachmentId,
        /// The case that it belongs to, if a human owns the turn.
        case: Option<CaseId>,
        /// The network's name for it, sealed for `attachments <id> reference`.
        reference: Vec<u8>,
    },
    /// It belongs to no answer any more. What was passed on already stays with its case.
    Discard {
        /// Which.
        id: AttachmentId,
    },
    /// It was passed on.
    PassOn {
        /// Which.
        id: AttachmentId,
        /// To which case.
        case: CaseId,
    },
}

/// Something that is to be fetched, claimed by this process.
#[derive(Debug)]
pub struct Wanted {
    /// Its id.
    pub id: AttachmentId,
    /// Whose it is.
    pub person: PersonId,
    /// From which channel.
    pub channel: String,
    /// The network's name for it.
    pub reference: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// The key that its content is kept under.
    pub key: PersonKey,
}

/// How far one has come, for whoever may see that it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// It is on its way.
    Wanted,
    /// It is there.
    Stored {
        /// What it is, by its content.
        mime: String,
        /// How many bytes it has.
        size: i64,
    },
    /// It could not be fetched, or it is nothing that is passed on.
    Failed,
}

const WANT: Sql = Sql::both(
    "INSERT INTO attachments (id, person_id, conversation_id, channel, case_id, state, reference, created_at)
     VALUES ($1, $2, $3, $4, $5, 'wanted', $6, $7)",
);
const DISCARD: Sql =
    Sql::both("DELETE FROM attachments WHERE id = $1 AND person_id = $2 AND case_id IS NULL");
const PASS_ON: Sql =
    Sql::both("UPDATE attachments SET case_id = $3 WHERE id = $1 AND person_id = $2");
const ERASE: Sql = Sql::both("DELETE FROM attachments WHERE person_id = $1");
const ERASE_TIMERS: Sql =
    Sql::both("DELETE FROM timers WHERE kind = 'attachment_lost' AND person_id = $1");
const ERASE_UPLOADS: Sql = Sql::both(
    "DELETE FROM uploads WHERE lane IN (SELECT lane FROM conversations WHERE person_id = $1)",
);

const DUE: Sql = Sql::both(
    "SELECT 1 FROM attachments WHERE state = 'wanted' AND not_before <= $1 AND claimed_until < $1 LIMIT 1",
);
const CLAIM: Sql = sql_claim!(
    "UPDATE attachments SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1
     WHERE id IN (SELECT a.id FROM attachments a
                  WHERE a.state = 'wanted' AND a.not_before <= $3 AND a.claimed_until < $3
                    AND $5 LIKE '% ' || a.channel || ' %'
                  ORDER BY a.not_before, a.id LIMIT $4",
    ") RETURNING id, person_id, channel, reference, attempts"
);
const KEY: Sql = Sql::both("SELECT key FROM persons WHERE id = $1 AND key IS NOT NULL");
const STORE: Sql = Sql::both(
    "UPDATE attachments SET state = 'stored', body = $3, mime = $4, size = $5, reference = NULL, claimed_until = 0,
                            fault = NULL
     WHERE id = $1 AND claimed_by = $2 AND state = 'wanted' RETURNING case_id",
);
const POSTPONE: Sql = Sql::both(
    "UPDATE attachments SET not_before = $3, claimed_until = 0, fault = $4
     WHERE id = $1 AND claimed_by = $2 AND state = 'wanted'",
);
const FAIL: Sql = Sql::both(
    "UPDATE attachments SET state = 'failed', reference = NULL, claimed_until = 0, fault = $3
     WHERE id = $1 AND claimed_by = $2 AND state = 'wanted' RETURNING person_id, conversation_id, case_id",
);
const TELL: Sql = Sql::both(
    "INSERT INTO timers (id, kind, due_at, person_id, conversation_id) VALUES ($1, $2, $3, $4, $5)",
);

const UPLOAD: Sql = Sql::both(
    "INSERT INTO uploads (id, lane, body, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
);
const UPLOADED: Sql = Sql::both("SELECT body FROM uploads WHERE id = $1");
const TAKE_AWAY: Sql = Sql::both("DELETE FROM uploads WHERE id = $1");
const TIDY: Sql = Sql::both("DELETE FROM uploads WHERE created_at < $1");

const OF_PERSON: Sql =
    Sql::both("SELECT id, state, mime, size FROM attachments WHERE person_id = $1");
const CONTENT: Sql = Sql::both(
    "SELECT mime, body FROM attachments WHERE id = $1 AND person_id = $2 AND state = 'stored'",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &WANT,
    &DISCARD,
    &PASS_ON,
    &ERASE,
    &ERASE_TIMERS,
    &ERASE_UPLOADS,
    &DUE,
    &CLAIM,
    &KEY,
    &STORE,
    &POSTPONE,
    &FAIL,
    &TELL,
    &UPLOAD,
    &UPLOADED,
    &TAKE_AWAY,
    &TIDY,
    &OF_PERSON,
    &CONTENT,
];

pub(super) async fn run(
    tx: &mut Tx<'_>,
    whose: Whose,
    write: &MediaWrite,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (sql, args) = match write {
        MediaWrite::Want {
            id,
            case,
            reference,
        } => {
            let (person, conversation, channel) =
                (whose.person, whose.conversation, whose.channel.0);
            let args = args![
                *id,
                person,
                conversation,
                channel,
                *case,
                reference.clone(),
                now
            ];
            (&WANT, args)
        }
        MediaWrite::Discard { id } => (&DISCARD, args![*id, whose.person]),
        MediaWrite::PassOn { id, case } => (&PASS_ON, args![*id, whose.person, *case]),
    };
    tx.run(sql, args).await.map(drop)
}

/// Removes all that a person sent.
pub(super) async fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    for sql in [&ERASE, &ERASE_TIMERS, &ERASE_UPLOADS] {
        tx.run(sql, args![person]).await?;
    }
    Ok(())
}

/// The place to which a reference is sealed.
pub fn reference_purpose(id: AttachmentId) -> String {
    format!("attachments {id} reference")
}

fn purpose(id: AttachmentId) -> String {
    format!("attachments {id}")
}

fn upload_purpose(id: &str) -> String {
    format!("uploads {id}")
}

/// Claims what is to be fetched.
pub struct ClaimWanted {
    /// Opens and shuts keys.
    pub store: Store,
    /// For whom.
    pub lease: Lease,
    /// How many at most.
    pub limit: i64,
}

impl Write for ClaimWanted {
    type Out = Vec<Wanted>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let args = self.lease.claiming(self.limit);
        let mut wanted = Vec::new();
        for row in tx.all(&CLAIM, args).await? {
            let (id, person): (AttachmentId, PersonId) = (row.id(0)?, row.id(1)?);
            let Some(found) = tx.first(&KEY, args![person]).await? else {
                continue;
            };
            let key = self.store.key().unwrap_key(person, &found.blob(0)?)?;
            let reference = key.open(&reference_purpose(id), &row.blob(3)?)?;
            wanted.push(Wanted {
                id,
                person,
                channel: row.text(2)?,
                reference: String::from_utf8(reference)
                    .map_err(|_| StoreError::Shape("a reference is no text"))?,
                attempts: row.int(4)?,
                key,
            });
        }
        Ok(wanted)
    }
}

/// How an attempt to fetch something ended.
#[derive(Debug)]
pub struct EndFetch {
    /// What.
    pub id: AttachmentId,
    /// Who tried.
    pub worker: String,
    /// Now.
    pub now: Timestamp,
    /// How it ended.
    pub end: FetchEnd,
}

/// How an attempt to fetch something ended.
#[derive(Debug)]
pub enum FetchEnd {
    /// It is here.
    Stored {
        /// The content, sealed by [`seal`].
        body: Vec<u8>,
        /// What it is.
        mime: &'static str,
        /// How many bytes it has.
        size: usize,
    },
    /// It is tried again.
    Later {
        /// When.
        not_before: Timestamp,
        /// Why, without personal data.
        fault: String,
    },
    /// It is given up, and the person is told.
    Failed {
        /// Why, without personal data.
        fault: String,
    },
}

/// Seals a content for its place.
pub fn seal(key: &PersonKey, id: AttachmentId, content: &[u8]) -> Result<Vec<u8>, SealBroken> {
    key.seal(&purpose(id), content)
}

impl Write for EndFetch {
    /// The case that has changed by it.
    type Out = Option<CaseId>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let (id, worker) = (self.id, &self.worker);
        match &self.end {
            FetchEnd::Stored { body, mime, size } => {
                let size = i64::try_from(*size).unwrap_or(i64::MAX);
                let args = args![id, worker, body.clone(), *mime, size];
                let row = tx.first(&STORE, args).await?;
                Ok(row.map(|r| r.opt_id(0)).transpose()?.flatten())
            }
            FetchEnd::Later { not_before, fault } => {
                let args = args![id, worker, *not_before, fault];
                tx.run(&POSTPONE, args).await?;
                Ok(None)
            }
            FetchEnd::Failed { fault } => {
                let Some(row) = tx.first(&FAIL, args![id, worker, fault]).await? else {
                    return Ok(None);
                };
                let (person, conversation): (PersonId, ConversationId) = (row.id(0)?, row.id(1)?);
                let args = args![TimerId(id.0), LOST, self.now, person, conversation];
                tx.run(&TELL, args).await?;
                row.opt_id(2)
            }
        }
    }
}

/// What a page of the web room hands in, sealed under the instance's key.
#[derive(Debug)]
struct Upload {
    id: String,
    lane: Lane,
    body: Vec<u8>,
    now: Timestamp,
}

impl Write for Upload {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let args = args![&self.id, &self.lane.0, self.body.clone(), self.now];
        tx.run(&UPLOAD, args).await.map(drop)
    }
}

/// Forgets an upload, or all that are older than a time.
#[derive(Debug)]
pub enum ForgetUploads {
    /// This one: it has been fetched.
    One(String),
    /// Whatever was handed in before: nobody wanted it.
    Before(Timestamp),
}

impl Write for ForgetUploads {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self {
            Self::One(id) => tx.run(&TAKE_AWAY, args![id]).await,
            Self::Before(time) => tx.run(&TIDY, args![*time]).await,
        }
        .map(drop)
    }
}

impl Store {
    /// Whether anything is to be fetched now.
    pub async fn wants_attachments(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.read(async |tx| Ok(tx.first(&DUE, args![now]).await?.is_some()))
            .await
    }

    /// Keeps what a page of the web room hands in until it is fetched: on disk when this returns. The same name again
    /// changes nothing.
    pub async fn keep_upload(
        &self,
        id: String,
        lane: Lane,
        content: &[u8],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let body = self.key().seal(&upload_purpose(&id), content)?;
        let upload = Upload {
            id,
            lane,
            body,
            now,
        };
        self.write(upload).await
    }

    /// What a page of the web room handed in, if it is still there.
    pub async fn uploaded(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed = self
            .read(async |tx| {
                let row = tx.first(&UPLOADED, args![id]).await?;
                row.map(|row| row.blob(0)).transpose()
            })
            .await?;
        let open = |sealed: Vec<u8>| self.key().open(&upload_purpose(id), &sealed);
        Ok(sealed.map(open).transpose()?)
    }
}

/// How far all of a person's attachments have come.
pub(super) async fn shelves(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<(AttachmentId, Shelf)>, StoreError> {
    let rows = tx.all(&OF_PERSON, args![person]).await?;
    let shelf = |row: &super::db::Row| {
        let shelf = match row.text(1)?.as_str() {
            "stored" => Shelf::Stored {
                mime: row.opt_text(2)?.unwrap_or_default(),
                size: row.opt_int(3)?.unwrap_or(0),
            },
            "failed" => Shelf::Failed,
            _ => Shelf::Wanted,
        };
        Ok((row.id(0)?, shelf))
    };
    rows.iter().map(shelf).collect()
}

/// The content of one: what it is, and its bytes.
pub(super) async fn content(
    tx: &mut Tx<'_>,
    person: PersonId,
    key: &PersonKey,
    id: AttachmentId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let Some(row) = tx.first(&CONTENT, args![id, person]).await? else {
        return Ok(None);
    };
    Ok(Some((row.text(0)?, key.open(&purpose(id), &row.blob(1)?)?)))
}
