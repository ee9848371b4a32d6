//! A counsellor says what a message was really about and how soon somebody had to look. Kept beside the case; and if the
//! person agrees, the message can become an example from which the program learns.

use super::card::{Summary, first_seen};
use super::corrected::{Corrected, NONE, level, of_case};
use super::row::CaseRow;
use super::{Answer, By, Denied, Done, audit, person_key};
use crate::content::Content;
use crate::desk::visibility::Sight;
use crate::model::{CaseId, CaseState, Lang, Level, MessageBody, MessageId, PersonId, Timestamp};
use crate::store::alarms;
use crate::store::db::{Tx, args};
use crate::store::seal::{InstanceKey, PersonKey};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;
use uuid::Uuid;

/// So many messages before the hand-off are searched for the one that was judged.
const SEARCHED: i64 = 50;

const INSERT: Sql = Sql::both(
    "INSERT INTO corrections (id, case_id, person_id, counsellor_id, at, level_before, level, class_before, class, agreed,
                              message_id, lang)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING",
);
const CHANGE: Sql = Sql::both(
    "UPDATE cases SET level = $3, level_rank = $4, reason = $5, topic = $6, version = version + 1, updated_at = $7
     WHERE id = $1 AND version = $2",
);
const LEDGER: Sql = Sql::both(
    "INSERT INTO consents (id, person_id, case_id, purpose, content, lang, given, at)
     VALUES ($1, $2, $3, 'example', $4, $5, $6, $7)",
);
const SUMMARY: Sql = Sql::both("SELECT summary FROM cases WHERE id = $1");
const WRITTEN: Sql = Sql::both(
    "SELECT id, body FROM messages WHERE conversation_id = $1 AND direction = 'in' AND created_at <= $2
     ORDER BY seq DESC LIMIT $3",
);
const NAMED: Sql = Sql::both(
    "SELECT body FROM messages WHERE id = $1 AND case_id = $2 AND seq >= $3 AND direction = 'in'",
);
/// The latest word on each case counts, also on whether the person agrees.
const AGREED: Sql = Sql::both(
    "SELECT p.id, p.key, m.id, m.body, k.level, k.class, k.lang, k.level_before, k.class_before
     FROM corrections k JOIN messages m ON m.id = k.message_id JOIN persons p ON p.id = k.person_id
     WHERE k.agreed = 1 AND p.key IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM corrections n WHERE n.case_id = k.case_id AND (n.at, n.id) > (k.at, k.id))
     ORDER BY k.at, k.id",
);
const ERASE: Sql = Sql::both("DELETE FROM corrections WHERE person_id = $1");
const EXPORTED: Sql = Sql::both(
    "INSERT INTO audit (id, at, actor, action, detail) VALUES ($1, $2, 'operator', 'corrections exported', $3)",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &INSERT, &CHANGE, &LEDGER, &SUMMARY, &WRITTEN, &NAMED, &AGREED, &ERASE, &EXPORTED,
];

/// What a counsellor says.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The form's own id of it: the same form sent twice says it once.
    pub id: Uuid,
    /// How soon somebody had to look; `None`: nobody had to.
    pub level: Option<Level>,
    /// What it was about, a class of the content; `None`: the counsellor says nothing about that.
    pub class: Option<String>,
    /// The person agrees that the message may become an example.
    pub agreed: bool,
    /// Which message it is about; `None`: the one that led to the hand-off.
    pub message: Option<MessageId>,
}

/// A message that may become an example. Its text is as the person wrote it.
pub struct Teachable {
    /// The text.
    pub text: String,
    /// Its language.
    pub lang: Lang,
    /// How soon somebody had to look.
    pub level: Option<Level>,
    /// What it was about.
    pub class: Option<String>,
    /// The same before the correction.
    pub before: (Option<Level>, Option<String>),
}

struct Correct {
    by: By,
    key: Arc<InstanceKey>,
    content: Arc<Content>,
    case: CaseId,
    correction: Correction,
}

impl Store {
    /// Corrects what a case is about. Whoever sees the card may.
    pub async fn correct_case(
        &self,
        by: By,
        content: Arc<Content>,
        case: CaseId,
        correction: Correction,
    ) -> Answer<Done> {
        let key = self.shared_key();
        self.write(Correct {
            by,
            key,
            content,
            case,
            correction,
        })
        .await
    }

    /// The messages that persons agreed to have taken for examples. Writes down that somebody asked.
    pub async fn teachable(&self, id: Uuid, now: Timestamp) -> Result<Vec<Teachable>, StoreError> {
        let instance = self.key();
        let found = self
            .read(async |tx| {
                let rows = tx.all(&AGREED, args![]).await?;
                let mut found = Vec::with_capacity(rows.len());
                for row in &rows {
                    let person: PersonId = row.id(0)?;
                    let key = instance.unwrap_key(person, &row.blob(1)?)?;
                    let message: MessageId = row.id(2)?;
                    let MessageBody::In { text, .. } = body(&key, message, &row.blob(3)?)? else {
                        continue;
                    };
                    found.push(Teachable {
                        text,
                        level: level(&row.text(4)?)?,
                        class: row.opt_text(5)?,
                        lang: Lang::new(&row.text(6)?),
                        before: (level(&row.text(7)?)?, row.opt_text(8)?),
                    });
                }
                Ok(found)
            })
            .await?;
        let count = found.len();
        self.write(NoteExport { id, now, count }).await?;
        Ok(found)
    }
}

struct NoteExport {
    id: Uuid,
    now: Timestamp,
    count: usize,
}

impl Write for NoteExport {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let args = args![self.id.to_string(), self.now, self.count.to_string()];
        tx.run(&EXPORTED, args).await.map(drop)
    }
}

impl Write for Correct {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let rights = case.rights(&self.by.viewer);
        if !rights.sight.card() || case.facts.state == CaseState::Erased {
            return Ok(Err(Denied::NotThere));
        }
        let key = person_key(tx, &self.key, case.person).await?;
        let judged = match (self.correction.message, rights.sight.summary()) {
            (Some(message), _) => named(tx, &case, &key, rights.sight, message).await?,
            (None, true) => judged(tx, &case, &key).await?,
            (None, false) => None,
        };
        let last = of_case(tx, case.id).await?.pop();
        if self.write_down(tx, &case, judged, last.as_ref()).await? {
            self.change(tx, &case).await?;
            audit(tx, &self.by, "case corrected", Some(case.id), "").await?;
        }
        Ok(Ok(case.done()))
    }
}

/// The message that led to a hand-off, and the class and language that it was taken for.
struct Judged {
    message: MessageId,
    class: Option<String>,
    lang: Option<Lang>,
}

impl Correct {
    /// `false`: that was said already.
    async fn write_down(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseRow,
        judged: Option<Judged>,
        last: Option<&Corrected>,
    ) -> Result<bool, StoreError> {
        let said = &self.correction;
        let taken_for = judged.as_ref().and_then(|j| j.class.clone());
        let class_before = last.and_then(|l| l.class.1.clone()).or(taken_for);
        let class = said.class.clone().or_else(|| class_before.clone());
        let level_before = last.map_or(Some(case.level), |l| l.level.1);
        // Without a message there is nothing to learn from.
        let agreed = said.agreed && judged.is_some();
        let agreed_before = last.is_some_and(|l| l.agreed);
        if (said.level, &class, agreed) == (level_before, &class_before, agreed_before) {
            return Ok(false);
        }
        let written_in = judged.as_ref().and_then(|j| j.lang.clone());
        let lang = written_in.unwrap_or_else(|| case.lang.clone());
        let row = args![
            said.id.to_string(),
            case.id,
            case.person,
            self.by.viewer.counsellor,
            self.by.now,
            level_before.map_or(NONE, Level::as_str),
            said.level.map_or(NONE, Level::as_str),
            class_before,
            class,
            agreed,
            judged.map(|j| j.message),
            lang.as_str()
        ];
        if tx.run(&INSERT, row).await? == 0 {
            return Ok(false);
        }
        if agreed != agreed_before {
            let id = self.by.ids.uuid().to_string();
            let (hash, lang) = (&self.content.hash, self.content.settings.source.as_str());
            let args = args![id, case.person, case.id, hash, lang, agreed, self.by.now];
            tx.run(&LEDGER, args).await?;
        }
        Ok(true)
    }

    /// The case is what the counsellor says it is; a case that waits finds its new place in the queue by that.
    async fn change(&self, tx: &mut Tx<'_>, case: &CaseRow) -> Result<(), StoreError> {
        let content = &self.content;
        let class = self.correction.class.as_ref();
        let class = class.and_then(|class| content.detect.classes.get(class));
        let reason = class.and_then(|class| class.reason.clone());
        let reason = reason.filter(|reason| content.reasons.contains_key(reason));
        let flow = class.and_then(|class| content.flows.get(class.flow.as_ref()?));
        let topic = flow.and_then(|flow| flow.topic.clone());
        let level = self.correction.level.unwrap_or(Level::Normal);
        let args = args![
            case.id,
            case.version,
            level.as_str(),
            level.rank(),
            reason.unwrap_or_else(|| case.reason.clone()),
            topic.unwrap_or_else(|| case.topic.clone()),
            self.by.now
        ];
        if tx.run(&CHANGE, args).await? != 1 {
            return Err(StoreError::Conflict);
        }
        // Whoever corrects it looks after it, or has seen that nobody has to.
        alarms::end(tx, case.id).await
    }
}

/// A message on the card that the counsellor has named: most often one that the program overlooked.
async fn named(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    key: &PersonKey,
    sight: Sight,
    message: MessageId,
) -> Result<Option<Judged>, StoreError> {
    let from = first_seen(tx, case, sight).await?;
    let Some(row) = tx.first(&NAMED, args![message, case.id, from]).await? else {
        return Ok(None);
    };
    let MessageBody::In { triage, .. } = body(key, message, &row.blob(0)?)? else {
        return Ok(None);
    };
    let triage = triage.map(|triage| *triage);
    Ok(Some(Judged {
        message,
        class: triage.as_ref().and_then(|t| t.class.clone()),
        lang: triage.and_then(|t| t.lang),
    }))
}

/// The message that a case's summary tells of.
async fn judged(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    key: &PersonKey,
) -> Result<Option<Judged>, StoreError> {
    let row = tx.first(&SUMMARY, args![case.id]).await?;
    let Some(sealed) = row.map(|r| r.opt_blob(0)).transpose()?.flatten() else {
        return Ok(None);
    };
    let summary: Summary =
        serde_json::from_slice(&key.open(&format!("cases {}", case.id), &sealed)?)?;
    let Some(taken_for) = summary.triage else {
        return Ok(None);
    };
    let until = case.closed_at.unwrap_or(Timestamp(i64::MAX));
    for row in tx
        .all(&WRITTEN, args![case.conversation, until, SEARCHED])
        .await?
    {
        let message: MessageId = row.id(0)?;
        if let MessageBody::In {
            triage: Some(triage),
            ..
        } = body(key, message, &row.blob(1)?)?
            && *triage == taken_for
        {
            return Ok(Some(Judged {
                message,
                class: triage.class,
                lang: triage.lang,
            }));
        }
    }
    Ok(None)
}

fn body(key: &PersonKey, id: MessageId, sealed: &[u8]) -> Result<MessageBody, StoreError> {
    let plain = key.open(&format!("messages {id}"), sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// With a person everything goes that was said about their messages.
pub(in crate::store) async fn erase(tx: &mut Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.run(&ERASE, args![person]).await.map(drop)
}
