//! A claim without a first reply ends after a while: the case goes back to the queue, its age kept.

use super::News;
use super::work::Parts;
use crate::model::{CaseId, TimerId};
use crate::store::StoreError;
use std::sync::Arc;

/// Gives the case back if its claimer still owes the first reply.
pub(super) async fn expire(parts: &Parts, timer: TimerId, case: CaseId) -> Result<(), StoreError> {
    let (content, ids) = (parts.content.load_full(), Arc::clone(&parts.ids));
    let expired = parts
        .store
        .expire_claim(content, ids, parts.now(), case, timer)
        .await?;
    if let Some(done) = expired {
        parts.hub.tell(News::Case(done.case));
        parts.hub.tell(News::Conversation(done.conversation));
        parts.hub.wake_outbox();
    }
    Ok(())
}
