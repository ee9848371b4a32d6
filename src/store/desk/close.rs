//! The counselling ends. The bot speaks again: the runtime picks up the timer `case_closed`, runs the
//! engine's `CaseClosed`, and that tells the person.

use super::row::CaseRow;
use super::{Answer, By, Denied, Desk, Done};
use crate::content::Content;
use crate::model::{CaseEvent, CaseId, Closing};
use crate::store::db::Tx;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

struct Close {
    desk: Desk,
    case: CaseId,
}

impl Store {
    /// Ends the counselling.
    pub async fn close_case(&self, by: By, content: Arc<Content>, case: CaseId) -> Answer<Done> {
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        self.write(Close { desk, case }).await
    }
}

impl Write for Close {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let by = &self.desk.by;
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let rights = case.rights(&by.viewer);
        if !rights.sight.card() {
            return Ok(Err(Denied::NotThere));
        }
        let mut to = match case.after(CaseEvent::Close(Closing::Counsellor)) {
            Ok(to) => to,
            Err(denied) => return Ok(Err(denied)),
        };
        if !rights.close {
            return Ok(Err(Denied::NotAllowed));
        }
        // Whoever had it stays named: the card of an ended case stays with their organisation.
        to.lease_until = None;
        to.unread = 0;
        to.closed_at = Some(by.now);
        case.store(tx, &to, by.now).await?;
        self.desk.timer(tx, "case_closed", by.now, &case).await?;
        self.desk.audit(tx, "case closed", Some(case.id)).await?;
        Ok(Ok(case.done()))
    }
}
