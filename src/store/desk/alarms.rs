//! What the console shows of alarms, and that somebody has seen one.

use super::row::{CaseRow, Offer};
use super::{Answer, By, Denied, Done, audit};
use crate::desk::visibility::{Sight, Viewer};
use crate::model::{CaseId, Timestamp};
use crate::store::alarms;
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};

/// More are not shown at a time; the queue has all.
const SHOWN: i64 = 20;

const OPEN: Sql = Sql::both(
    "SELECT a.case_id, a.raised_at, a.reminders FROM alarms a JOIN cases c ON c.id = a.case_id
     WHERE a.state = 'open' AND c.live = 1 ORDER BY a.raised_at, a.case_id LIMIT $1",
);
const REMINDERS: Sql =
    Sql::both("SELECT reminders FROM alarms WHERE case_id = $1 AND state = 'open'");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&OPEN, &REMINDERS];

/// An alarm that nobody has reacted to.
#[derive(Clone, Debug)]
pub struct OpenAlarm {
    /// The case, as far as the viewer may see it.
    pub offer: Offer,
    /// Since when.
    pub raised_at: Timestamp,
    /// How often it was repeated.
    pub reminders: i64,
}

/// Whom an alarm is for: the organisation that is asked; and when it was repeated, everybody who may take the case.
fn is_for(viewer: &Viewer, case: &CaseRow, reminders: i64) -> bool {
    let rights = case.rights(viewer);
    let asked = viewer
        .memberships
        .iter()
        .any(|m| m.organisation == case.facts.organisation);
    rights.sight != Sight::Nothing && (asked || (reminders > 0 && rights.claim.is_some()))
}

struct Seen {
    by: By,
    case: CaseId,
}

impl Store {
    /// The alarms that this viewer has to hear of, the oldest first.
    pub async fn open_alarms(&self, viewer: &Viewer) -> Result<Vec<OpenAlarm>, StoreError> {
        self.read(async |tx| {
            let mut open = Vec::new();
            for row in tx.all(&OPEN, args![SHOWN]).await? {
                let Some(case) = CaseRow::load(tx, row.id(0)?).await? else {
                    continue;
                };
                let reminders = row.int(2)?;
                if !is_for(viewer, &case, reminders) {
                    continue;
                }
                let raised_at = row.time(1)?;
                open.extend(case.offer(viewer).map(|offer| OpenAlarm {
                    offer,
                    raised_at,
                    reminders,
                }));
            }
            Ok(open)
        })
        .await
    }

    /// Somebody has seen an alarm: it is silent for a while. An alarm that is over already is no fault.
    pub async fn alarm_seen(&self, by: By, case: CaseId) -> Answer<Done> {
        self.write(Seen { by, case }).await
    }
}

impl Write for Seen {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let viewer = &self.by.viewer;
        let Some(alarm) = tx.first(&REMINDERS, args![case.id]).await? else {
            return Ok(match case.rights(viewer).sight {
                Sight::Nothing => Err(Denied::NotThere),
                _ => Ok(case.done()),
            });
        };
        if !is_for(viewer, &case, alarm.int(0)?) {
            return Ok(Err(Denied::NotThere));
        }
        alarms::seen(tx, case.id, self.by.now).await?;
        audit(tx, &self.by, "alarm seen", Some(case.id), "").await?;
        Ok(Ok(case.done()))
    }
}
