//! A counsellor takes a case from the queue. Of several who try at once, one wins; the others are told who.

use super::row::CaseRow;
use super::{Answer, By, Denied, Desk, Done};
use crate::content::{Arg, Content};
use crate::desk::life;
use crate::model::{CaseEvent, CaseId};
use crate::store::alarms;
use crate::store::db::Tx;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

struct Claim {
    desk: Desk,
    case: CaseId,
}

impl Store {
    /// Takes a case. The person is told by whom.
    pub async fn claim_case(&self, by: By, content: Arc<Content>, case: CaseId) -> Answer<Done> {
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        self.write(Claim { desk, case }).await
    }
}

impl Write for Claim {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let by = &self.desk.by;
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let mut to = match case.after(CaseEvent::Claim) {
            Ok(to) => to,
            Err(denied) => return Ok(Err(denied)),
        };
        let Some(organisation) = case.rights(&by.viewer).claim else {
            return Ok(Err(Denied::NotAllowed));
        };
        to.organisation = organisation;
        to.claimed_by = Some(by.viewer.counsellor);
        let lease = life::lease_until(by.now);
        to.lease_until = Some(lease);
        case.store(tx, &to, by.now).await?;
        alarms::end(tx, case.id).await?;
        self.desk.timer(tx, "claim_lease", lease, &case).await?;
        self.desk.audit(tx, "case claimed", Some(case.id)).await?;
        let name = Arg::Text(by.name.clone());
        self.desk
            .tell(tx, &case, "case-claimed", &[("name", name)])
            .await?;
        Ok(Ok(case.done()))
    }
}
