//! Alarms: somebody in danger waits, and whoever is on call has to hear of it.
//!
//! An alarm is raised in the transaction that opens or raises the case, and with it the first call that goes out of the
//! house. It ends when somebody takes the case or writes to the person. Whoever says that they have seen it silences it
//! for a while; a case that nobody has taken by then rings again.

use super::accept::Lease;
use super::db::{Tx, args};
use super::sql::{Sql, sql_claim};
use super::{Store, StoreError, Write};
use crate::model::{CaseId, Level, Timestamp};
use std::time::Duration;

const RAISE: Sql = Sql::both(
    "INSERT INTO alarms (case_id, state, raised_at, told_at, calls, reminders) VALUES ($1, 'open', $2, $2, 1, 0)
     ON CONFLICT (case_id) DO UPDATE SET state = 'open', raised_at = excluded.raised_at, told_at = excluded.told_at,
                                         calls = alarms.calls + 1, reminders = 0
     RETURNING calls",
);
const CALL: Sql = Sql::both(
    "INSERT INTO alarm_calls (case_id, number, reminder, state, not_before, created_at) VALUES ($1, $2, $3, 'due', $4, $4)",
);
const END: Sql =
    Sql::both("UPDATE alarms SET state = 'ended' WHERE case_id = $1 AND state <> 'ended'");
const SEEN: Sql = Sql::both(
    "UPDATE alarms SET state = 'seen', told_at = $2 WHERE case_id = $1 AND state = 'open'",
);
const VOID: Sql =
    Sql::both("UPDATE alarm_calls SET state = 'void' WHERE case_id = $1 AND state = 'due'");
/// A case that has ended needs nobody any more.
const OPEN: Sql = Sql::both(
    "SELECT a.case_id, a.state, a.told_at, a.calls, a.reminders,
            CAST(CASE WHEN c.live = 1 AND (a.state = 'open' OR c.state IN ('triage', 'waiting')) THEN 1 ELSE 0 END AS BIGINT)
     FROM alarms a JOIN cases c ON c.id = a.case_id WHERE a.state <> 'ended'",
);
const REMIND: Sql = Sql::both(
    "UPDATE alarms SET state = 'open', told_at = $3, calls = calls + 1, reminders = reminders + 1
     WHERE case_id = $1 AND calls = $2 AND state <> 'ended'",
);
const CLAIM: Sql = sql_claim!(
    "UPDATE alarm_calls SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1
     WHERE (case_id, number) IN (SELECT k.case_id, k.number FROM alarm_calls k
                                 WHERE k.state = 'due' AND k.not_before <= $3 AND k.claimed_until < $3
                                 ORDER BY k.not_before LIMIT $4",
    ") RETURNING case_id, number, reminder, attempts"
);
const ABOUT: Sql = Sql::both(
    "SELECT c.level, o.name, f.name, a.raised_at FROM alarms a JOIN cases c ON c.id = a.case_id
     JOIN organisations o ON o.id = c.organisation_id
     LEFT JOIN organisations f ON f.is_fallback = 1 AND f.id <> o.id
     WHERE a.case_id = $1 AND a.state = 'open' AND c.live = 1",
);
const DUE: Sql = Sql::both(
    "SELECT 1 FROM alarm_calls WHERE state = 'due' AND not_before <= $1 AND claimed_until < $1 LIMIT 1",
);
const SETTLE: Sql = Sql::both(
    "UPDATE alarm_calls SET state = $4, not_before = $5, fault = $6, claimed_by = NULL, claimed_until = 0
     WHERE case_id = $1 AND number = $2 AND claimed_by = $3 AND state = 'due'",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &RAISE, &CALL, &END, &SEEN, &VOID, &OPEN, &REMIND, &CLAIM, &ABOUT, &DUE, &SETTLE,
];

/// How long after an alarm was seen it rings again if nobody has taken the case: half an hour.
const SEEN_SECONDS: i64 = 1800;
/// The longest pause between two reminders: an hour.
const LONGEST_PAUSE_SECONDS: i64 = 3600;
/// Calls that are made at one time.
const AT_ONCE: i64 = 16;

/// A case of this level is about somebody in danger: whoever is on call has to hear of it now.
pub(super) async fn raise_if_immediate(
    tx: &mut Tx<'_>,
    case: CaseId,
    level: Level,
    now: Timestamp,
) -> Result<(), StoreError> {
    if level != Level::Immediate {
        return Ok(());
    }
    let row = tx.first(&RAISE, args![case, now]).await?;
    let number = row.ok_or(StoreError::Shape("an alarm without a number"))?;
    tx.run(&CALL, args![case, number.int(0)?, 0_i64, now])
        .await
        .map(drop)
}

/// Somebody looks after the case now.
pub(super) async fn end(tx: &mut Tx<'_>, case: CaseId) -> Result<(), StoreError> {
    if tx.run(&END, args![case]).await? > 0 {
        tx.run(&VOID, args![case]).await?;
    }
    Ok(())
}

/// Somebody has seen the alarm. `false`: there is none that is open.
pub(super) async fn seen(
    tx: &mut Tx<'_>,
    case: CaseId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.run(&SEEN, args![case, now]).await? > 0;
    if changed {
        tx.run(&VOID, args![case]).await?;
    }
    Ok(changed)
}

/// Alarms that nobody has reacted to ring again; those of cases that have ended are over.
#[derive(Clone, Copy, Debug)]
pub struct RemindAlarms {
    /// Now.
    pub now: Timestamp,
    /// The pause before the first reminder; each one after is twice as long, up to an hour.
    pub pause: Duration,
    /// Whether anybody outside of the house is called.
    pub calls: bool,
}

/// When an alarm rings again that rang last at `told_at`.
fn next(state: &str, told_at: Timestamp, reminders: i64, pause: Duration) -> Timestamp {
    if state == "seen" {
        return told_at.plus_seconds(SEEN_SECONDS);
    }
    let first = i64::try_from(pause.as_secs()).unwrap_or(LONGEST_PAUSE_SECONDS);
    let doubled = first.saturating_mul(1 << reminders.clamp(0, 16));
    told_at.plus_seconds(doubled.min(LONGEST_PAUSE_SECONDS.max(first)))
}

impl RemindAlarms {
    fn is_due(&self, state: &str, told_at: Timestamp, reminders: i64) -> bool {
        next(state, told_at, reminders, self.pause) <= self.now
    }
}

impl Write for RemindAlarms {
    /// The cases whose alarm rings again.
    type Out = Vec<CaseId>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let mut reminded = Vec::new();
        for row in tx.all(&OPEN, args![]).await? {
            let case: CaseId = row.id(0)?;
            let (told_at, calls, reminders) = (row.time(2)?, row.int(3)?, row.int(4)?);
            if row.int(5)? == 0 {
                end(tx, case).await?;
                continue;
            }
            if !self.is_due(&row.text(1)?, told_at, reminders)
                || tx.run(&REMIND, args![case, calls, self.now]).await? == 0
            {
                continue;
            }
            if self.calls {
                let call = args![case, calls + 1, reminders + 1, self.now];
                tx.run(&CALL, call).await?;
            }
            reminded.push(case);
        }
        Ok(reminded)
    }
}

/// A call that goes out of the house: nothing about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmCall {
    /// About which case.
    pub case: CaseId,
    /// The call's number there.
    pub number: i64,
    /// 0: the first call; else which reminder it is.
    pub reminder: i64,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// How soon a human has to look.
    pub level: Level,
    /// Who is asked.
    pub organisation: String,
    /// Who takes what nobody else does, if that is another organisation.
    pub fallback: Option<String>,
    /// Since when.
    pub raised_at: Timestamp,
}

/// Claims calls that are due. Those that are about nothing any more are void.
#[derive(Debug)]
pub struct ClaimAlarmCalls {
    /// For whom.
    pub lease: Lease,
}

impl Write for ClaimAlarmCalls {
    type Out = Vec<AlarmCall>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let Lease {
            worker, now, until, ..
        } = &self.lease;
        let mut calls = Vec::new();
        for row in tx.all(&CLAIM, args![worker, *until, *now, AT_ONCE]).await? {
            let (case, number): (CaseId, i64) = (row.id(0)?, row.int(1)?);
            let Some(about) = tx.first(&ABOUT, args![case]).await? else {
                tx.run(&VOID, args![case]).await?;
                continue;
            };
            calls.push(AlarmCall {
                case,
                number,
                reminder: row.int(2)?,
                attempts: row.int(3)?,
                level: Level::parse(&about.text(0)?).ok_or(StoreError::Shape("a case's level"))?,
                organisation: about.text(1)?,
                fallback: about.opt_text(2)?,
                raised_at: about.time(3)?,
            });
        }
        calls.sort_by_key(|call| (call.case, call.number));
        Ok(calls)
    }
}

/// How a call ended.
#[derive(Debug)]
pub struct SettleAlarmCall {
    /// About which case.
    pub case: CaseId,
    /// Its number there.
    pub number: i64,
    /// Who made it.
    pub worker: String,
    /// `None`: it was taken. Else when to try again, and why, without personal data.
    pub again: Option<(Timestamp, String)>,
}

impl Write for SettleAlarmCall {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let (state, not_before, fault) = match &self.again {
            None => ("taken", Timestamp(0), None),
            Some((at, fault)) => ("due", *at, Some(fault.clone())),
        };
        let args = args![
            self.case,
            self.number,
            &self.worker,
            state,
            not_before,
            fault
        ];
        tx.run(&SETTLE, args).await.map(drop)
    }
}

impl Store {
    /// Whether a reminder may be due, and whether a call is: looked at often, so nothing is written.
    pub async fn alarms_due(
        &self,
        now: Timestamp,
        pause: Duration,
    ) -> Result<(bool, bool), StoreError> {
        self.read(async |tx| {
            let mut remind = false;
            for row in tx.all(&OPEN, args![]).await? {
                let at = next(&row.text(1)?, row.time(2)?, row.int(4)?, pause);
                remind |= row.int(5)? == 0 || at <= now;
            }
            let call = tx.first(&DUE, args![now]).await?.is_some();
            Ok((remind, call))
        })
        .await
    }
}
