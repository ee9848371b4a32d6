//! What a person's turn does to cases: opened, consented, written to, stopped, erased. Runs inside the
//! turn's transaction; the counsellors' side has its own use cases.

use super::StoreError;
use super::alarms;
use super::attachments::{self, MediaWrite};
use super::db::{Tx, args};
use super::desk::correct;
use super::look::{self, LookWrite};
use super::sql::Sql;
use super::whose::Whose;
use crate::model::{CaseId, CaseState, Level, MessageId, OrganisationId, TimerId, Timestamp};
use uuid::Uuid;

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// Its id.
    pub id: CaseId,
    /// What persons and counsellors call it.
    pub number: String,
    /// The desk topic.
    pub topic: String,
    /// Why a human is needed.
    pub reason: String,
    /// The person's language.
    pub lang: String,
    /// How soon a human has to look.
    pub level: Level,
    /// Key of the Kreis, if known.
    pub kreis: Option<String>,
    /// The Land, if known.
    pub land: Option<String>,
    /// Who is asked first.
    pub organisation: OrganisationId,
    /// Why them.
    pub route: &'static str,
    /// `triage` until the person has agreed, `waiting` after.
    pub state: CaseState,
    /// What the person agreed to pass on, sealed for `cases <id>`.
    pub summary: Option<Vec<u8>>,
    /// The message that led to it.
    pub trigger: Option<MessageId>,
}

/// What a turn does to a case.
#[derive(Clone, Debug)]
pub enum DeskWrite {
    /// Opens a case.
    Open(NewCase),
    /// The person answered whether an open case may be passed on.
    Consent {
        /// Which.
        case: CaseId,
        /// Its version when the turn was computed.
        version: i64,
        /// Whether the person agreed.
        given: bool,
        /// What may be passed on, sealed; `None`: nothing but the wish to talk.
        summary: Option<Vec<u8>>,
        /// Where it stands now.
        state: CaseState,
    },
    /// The ledger of consents.
    Ledger {
        /// The row's id.
        id: Uuid,
        /// The case it is about.
        case: Option<CaseId>,
        /// Hash of the content whose words were shown.
        content: String,
        /// In which language.
        lang: String,
        /// Yes or no.
        given: bool,
    },
    /// The person wrote while a human owns the turn.
    PersonWrote {
        /// Which.
        case: CaseId,
        /// Where it stands now.
        state: CaseState,
    },
    /// The person said stop.
    Close {
        /// Which.
        case: CaseId,
    },
    /// The person had everything deleted: contents go at once, the rest when the receipt is out.
    Erase {
        /// The person's new key, wrapped: the old one is destroyed with everything sealed under it.
        key: Vec<u8>,
        /// The address under the new key.
        address: Vec<u8>,
        /// The timer that removes the address too.
        timer: TimerId,
        /// When it is due.
        due: Timestamp,
    },
    /// The person wants to be reminded.
    Remind {
        /// The timer's id.
        timer: TimerId,
        /// The reminder's number in the conversation.
        number: u32,
        /// When it is due.
        due: Timestamp,
    },
    /// The person does not want this reminder any more.
    NoReminder {
        /// Its number.
        number: u32,
    },
    /// Photos and files.
    Media(MediaWrite),
    /// What texts were taken for.
    Look(LookWrite),
    /// A line in the audit log.
    Audit {
        /// The row's id.
        id: Uuid,
        /// What happened.
        action: &'static str,
        /// On which case.
        case: Option<CaseId>,
        /// More, without personal data.
        detail: String,
    },
}

const OPEN: Sql = Sql::both(
    "INSERT INTO cases (id, number, person_id, conversation_id, topic, reason, lang, level, level_rank, kreis, land,
                        organisation_id, route, state, live, version, consented, summary, trigger_message, opened_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, 1, $15, $16, $17, $18, $18)",
);

const CONSENT: Sql = Sql::both(
    "UPDATE cases SET state = $3, summary = $4, consented = $6, version = version + 1, updated_at = $5
     WHERE id = $1 AND version = $2 AND live = 1",
);

const LEDGER: Sql = Sql::both(
    "INSERT INTO consents (id, person_id, case_id, purpose, content, lang, given, at)
     VALUES ($1, $2, $3, 'hand_off', $4, $5, $6, $7)",
);

const PERSON_WROTE: Sql = Sql::both(
    "UPDATE cases SET state = CASE WHEN state = 'awaiting_person' THEN $2 ELSE state END,
                      unread = unread + 1, version = version + 1, updated_at = $3
     WHERE id = $1 AND live = 1",
);

const CLOSE: Sql = Sql::both(
    "UPDATE cases SET state = 'closed', live = 0, version = version + 1, closed_at = $2, updated_at = $2
     WHERE id = $1 AND live = 1",
);

const ERASE_MESSAGES: Sql = Sql::both(
    "DELETE FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE person_id = $1)",
);
const ERASE_NOTES: Sql =
    Sql::both("DELETE FROM notes WHERE case_id IN (SELECT id FROM cases WHERE person_id = $1)");
const ERASE_CASES: Sql = Sql::both(
    "UPDATE cases SET state = 'erased', live = 0, summary = NULL, trigger_message = NULL, version = version + 1,
                      closed_at = COALESCE(closed_at, $2), updated_at = $2
     WHERE person_id = $1",
);
const ERASE_INBOX: Sql = Sql::both(
    "UPDATE inbox SET raw = NULL, state = CASE WHEN state = 'open' THEN state ELSE 'discarded' END
     WHERE lane IN (SELECT lane FROM conversations WHERE person_id = $1) AND state <> 'open'",
);
const ERASE_PERSON: Sql = Sql::both("UPDATE persons SET key = $2, erased_at = $3 WHERE id = $1");
const ERASE_ADDRESS: Sql = Sql::both("UPDATE identities SET address = $2 WHERE id = $1");
/// A person's conversations on other channels lose their state with the key; they begin anew.
const ERASE_ELSEWHERE: Sql =
    Sql::both("UPDATE conversations SET lane = 'erased ' || id WHERE person_id = $1 AND id <> $2");

const TIMER: Sql = Sql::both(
    "INSERT INTO timers (id, kind, due_at, case_id, person_id, version) VALUES ($1, $2, $3, $4, $5, $6)",
);
const REMIND: Sql = Sql::both(
    "INSERT INTO timers (id, kind, due_at, person_id, conversation_id, version) VALUES ($1, 'remind', $2, $3, $4, $5)",
);
const NO_REMINDER: Sql =
    Sql::both("DELETE FROM timers WHERE kind = 'remind' AND conversation_id = $1 AND version = $2");
const ERASE_REMINDERS: Sql =
    Sql::both("DELETE FROM timers WHERE kind = 'remind' AND person_id = $1");
const AUDIT: Sql = Sql::both(
    "INSERT INTO audit (id, at, actor, action, case_id, detail) VALUES ($1, $2, $3, $4, $5, $6)",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &OPEN,
    &CONSENT,
    &LEDGER,
    &PERSON_WROTE,
    &CLOSE,
    &ERASE_MESSAGES,
    &ERASE_NOTES,
    &ERASE_CASES,
    &ERASE_INBOX,
    &ERASE_PERSON,
    &ERASE_ADDRESS,
    &ERASE_ELSEWHERE,
    &TIMER,
    &REMIND,
    &NO_REMINDER,
    &ERASE_REMINDERS,
    &AUDIT,
];

pub(super) async fn run(
    tx: &mut Tx<'_>,
    whose: Whose,
    write: &DeskWrite,
    now: Timestamp,
) -> Result<(), StoreError> {
    match write {
        DeskWrite::Open(case) => open(tx, whose, case, now).await,
        DeskWrite::Consent {
            case,
            version,
            given,
            summary,
            state,
        } => {
            let args = args![
                *case,
                *version,
                state.as_str(),
                summary.clone(),
                now,
                *given
            ];
            one(tx.run(&CONSENT, args).await?)
        }
        DeskWrite::Ledger {
            id,
            case,
            content,
            lang,
            given,
        } => {
            let args = args![
                id.to_string(),
                whose.person,
                *case,
                content,
                lang,
                *given,
                now
            ];
            tx.run(&LEDGER, args).await.map(drop)
        }
        DeskWrite::PersonWrote { case, state } => one(tx
            .run(&PERSON_WROTE, args![*case, state.as_str(), now])
            .await?),
        DeskWrite::Close { case } => one(tx.run(&CLOSE, args![*case, now]).await?),
        DeskWrite::Erase {
            key,
            address,
            timer,
            due,
        } => {
            erase(tx, whose, key, address, now).await?;
            let args = args![
                *timer,
                "erase",
                *due,
                None::<CaseId>,
                whose.person,
                None::<i64>
            ];
            tx.run(&TIMER, args).await.map(drop)
        }
        DeskWrite::Remind { timer, number, due } => {
            let number = i64::from(*number);
            let args = args![*timer, *due, whose.person, whose.conversation, number];
            tx.run(&REMIND, args).await.map(drop)
        }
        DeskWrite::NoReminder { number } => {
            let args = args![whose.conversation, i64::from(*number)];
            tx.run(&NO_REMINDER, args).await.map(drop)
        }
        DeskWrite::Media(write) => attachments::run(tx, whose, write, now).await,
        DeskWrite::Look(write) => look::run(tx, whose, write, now).await,
        DeskWrite::Audit {
            id,
            action,
            case,
            detail,
        } => tx
            .run(
                &AUDIT,
                args![id.to_string(), now, "person", *action, *case, detail],
            )
            .await
            .map(drop),
    }
}

/// A change that must hit exactly one row: otherwise a counsellor was faster, and the turn is run again.
fn one(changed: u64) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

async fn open(
    tx: &mut Tx<'_>,
    whose: Whose,
    case: &NewCase,
    now: Timestamp,
) -> Result<(), StoreError> {
    let args = args![
        case.id,
        &case.number,
        whose.person,
        whose.conversation,
        &case.topic,
        &case.reason,
        &case.lang,
        case.level.as_str(),
        case.level.rank(),
        case.kreis.clone(),
        case.land.clone(),
        case.organisation,
        case.route,
        case.state.as_str(),
        case.state != CaseState::Triage,
        case.summary.clone(),
        case.trigger,
        now
    ];
    one(tx.run(&OPEN, args).await?)?;
    alarms::raise_if_immediate(tx, case.id, case.level, now).await
}

async fn erase(
    tx: &mut Tx<'_>,
    whose: Whose,
    key: &[u8],
    address: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    let person = whose.person;
    tx.run(&ERASE_NOTES, args![person]).await?;
    attachments::erase(tx, person).await?;
    correct::erase(tx, person).await?;
    tx.run(&ERASE_MESSAGES, args![person]).await?;
    tx.run(&ERASE_CASES, args![person, now]).await?;
    tx.run(&ERASE_INBOX, args![person]).await?;
    tx.run(&ERASE_REMINDERS, args![person]).await?;
    tx.run(&ERASE_ELSEWHERE, args![person, whose.conversation])
        .await?;
    tx.run(&ERASE_PERSON, args![person, key.to_vec(), now])
        .await?;
    tx.run(&ERASE_ADDRESS, args![whose.identity, address.to_vec()])
        .await?;
    Ok(())
}
