//! What a process still works on stays claimed by it: a slow network or a long queue is no reason for
//! another one to do the same work again.

use super::accept::Lease;
use super::db::{Tx, args};
use super::rows::{Rows, RowsSql};
use super::sql::Sql;
use super::{StoreError, Write};
use crate::model::{MessageId, Timestamp};

/// What was let go has `claimed_until = 0`, and stays free.
const INBOX: Sql = Sql::both(
    "UPDATE inbox SET claimed_until = $2
     WHERE state = 'open' AND claimed_by = $1 AND claimed_until > 0 AND received_at >= $3",
);

static OUTBOX: RowsSql = RowsSql::new(
    "UPDATE messages SET claimed_until = $2
     WHERE state = 'sending' AND claimed_by = $1 AND claimed_until > 0 AND id IN (VALUES ",
    ")",
    2,
    1,
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&INBOX];

/// Makes claims last until the end of `lease`.
#[derive(Debug)]
pub struct RenewClaims {
    /// Who has them, and until when.
    pub lease: Lease,
    /// The messages that this process holds.
    pub messages: Vec<MessageId>,
    /// Updates received before this are not renewed: what takes so long is stuck, and whoever claims it
    /// again sees that.
    pub since: Timestamp,
}

impl Write for RenewClaims {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let lease = &self.lease;
        tx.run(&INBOX, args![&lease.worker, lease.until, self.since])
            .await?;
        let mut held = Rows::default();
        for id in &self.messages {
            held.add(args![*id]);
        }
        let shared = args![&lease.worker, lease.until];
        tx.run_rows(&OUTBOX, shared, held).await.map(drop)
    }
}
