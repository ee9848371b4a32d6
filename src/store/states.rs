//! Where all conversations stand, still sealed.

use super::db::args;
use super::sql::Sql;
use super::{Store, StoreError};
use crate::model::{ConversationId, PersonId};

/// A conversation's state, sealed for `state <conversation>`.
#[derive(Clone, Debug)]
pub struct SealedState {
    /// The conversation.
    pub conversation: ConversationId,
    /// Whose it is.
    pub person: PersonId,
    /// The person's wrapped key.
    pub key: Vec<u8>,
    /// The state.
    pub state: Vec<u8>,
}

const STATES: Sql = Sql::both(
    "SELECT c.id, c.person_id, p.key, c.state FROM conversations c JOIN persons p ON p.id = c.person_id
     WHERE p.key IS NOT NULL AND c.id > $1 ORDER BY c.id LIMIT $2",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&STATES];

impl Store {
    /// The states of at most `most` conversations, in the order of their ids, after this id (empty: from the beginning).
    pub async fn sealed_states(
        &self,
        after: &str,
        most: i64,
    ) -> Result<Vec<SealedState>, StoreError> {
        self.read(async |tx| {
            let rows = tx.all(&STATES, args![after, most]).await?;
            let state = |row: &super::db::Row| {
                Ok(SealedState {
                    conversation: row.id(0)?,
                    person: row.id(1)?,
                    key: row.blob(2)?,
                    state: row.blob(3)?,
                })
            };
            rows.iter().map(state).collect()
        })
        .await
    }
}
