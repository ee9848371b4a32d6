//! A case goes back to the queue: given back by whoever has it, by a supervisor, or because the first
//! reply did not come in time. It keeps its age, and so its place.

use super::row::CaseRow;
use super::{Answer, By, Denied, Desk, Done};
use crate::content::Content;
use crate::desk::life;
use crate::desk::visibility::Viewer;
use crate::model::{CaseEvent, CaseId, CounsellorId, TimerId, Timestamp};
use crate::ports::Ids;
use crate::store::alarms;
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

const TIMER_DONE: Sql = Sql::both("DELETE FROM timers WHERE id = $1");

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&TIMER_DONE];

struct Release {
    desk: Desk,
    case: CaseId,
}

struct Expire {
    desk: Desk,
    case: CaseId,
    timer: TimerId,
}

impl Store {
    /// Gives a case back. The person is told that it waits again.
    pub async fn release_case(&self, by: By, content: Arc<Content>, case: CaseId) -> Answer<Done> {
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        self.write(Release { desk, case }).await
    }

    /// The timer of a claim is due. If the first reply has not come, the case goes back to the queue.
    /// Removes the timer in any case.
    ///
    /// What counts is the case's own lease and not the timer's version: a message of the person changes
    /// the version, and the lease goes on.
    pub async fn expire_claim(
        &self,
        content: Arc<Content>,
        ids: Arc<dyn Ids>,
        now: Timestamp,
        case: CaseId,
        timer: TimerId,
    ) -> Result<Option<Done>, StoreError> {
        let by = By {
            viewer: Viewer {
                counsellor: CounsellorId(uuid::Uuid::nil()),
                memberships: Vec::new(),
            },
            name: String::new(),
            now,
            ids,
        };
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        self.write(Expire { desk, case, timer }).await
    }
}

impl Write for Release {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let viewer = &self.desk.by.viewer;
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let rights = case.rights(viewer);
        if !rights.sight.card() {
            return Ok(Err(Denied::NotThere));
        }
        if let Err(denied) = case.after(CaseEvent::Release) {
            return Ok(Err(denied));
        }
        if !rights.release {
            return Ok(Err(Denied::NotAllowed));
        }
        let mine = case.facts.claimed_by == Some(viewer.counsellor);
        let action = if mine {
            "case released"
        } else {
            "case released by supervisor"
        };
        self.desk.audit(tx, action, Some(case.id)).await?;
        self.desk.give_back(tx, &case).await?;
        Ok(Ok(case.done()))
    }
}

impl Write for Expire {
    type Out = Option<Done>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        tx.run(&TIMER_DONE, args![self.timer]).await?;
        let now = self.desk.by.now;
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(None);
        };
        if !life::lease_is_over(case.facts.state, case.lease_until, now) {
            return Ok(None);
        }
        let id = self.desk.by.ids.uuid().to_string();
        let args = args![id, now, "timer", "claim expired", case.id, ""];
        tx.run(&super::AUDIT, args).await?;
        self.desk.give_back(tx, &case).await?;
        Ok(Some(case.done()))
    }
}

impl Desk {
    /// Back to the queue, and the person is told.
    pub(super) async fn give_back(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseRow,
    ) -> Result<(), StoreError> {
        let Ok(mut to) = case.after(CaseEvent::Release) else {
            return Err(StoreError::Conflict);
        };
        to.claimed_by = None;
        to.lease_until = None;
        case.store(tx, &to, self.by.now).await?;
        // Nobody looks after it any more.
        alarms::raise_if_immediate(tx, case.id, case.level, self.by.now).await?;
        self.tell(tx, case, "case-released", &[]).await
    }
}
