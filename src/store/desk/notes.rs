//! Notes that counsellors write for themselves and their colleagues. The person never sees them.

use super::row::CaseRow;
use super::{Answer, By, Denied, Done, audit, person_key};
use crate::model::{CaseId, NoteId};
use crate::store::db::{Tx, args};
use crate::store::seal::InstanceKey;
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

const INSERT: Sql = Sql::both(
    "INSERT INTO notes (id, case_id, counsellor_id, body, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&INSERT];

struct AddNote {
    by: By,
    key: Arc<InstanceKey>,
    case: CaseId,
    id: NoteId,
    words: String,
}

impl Store {
    /// Adds a note. The same id twice is the same note.
    pub async fn add_note(&self, by: By, case: CaseId, id: NoteId, words: String) -> Answer<Done> {
        let key = self.shared_key();
        self.write(AddNote {
            by,
            key,
            case,
            id,
            words,
        })
        .await
    }
}

impl Write for AddNote {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        if !case.rights(&self.by.viewer).note {
            return Ok(Err(Denied::NotThere));
        }
        let key = person_key(tx, &self.key, case.person).await?;
        let sealed = key.seal(&format!("notes {}", self.id), self.words.as_bytes())?;
        let author = self.by.viewer.counsellor;
        let args = args![self.id, case.id, author, sealed, self.by.now];
        if tx.run(&INSERT, args).await? == 1 {
            audit(tx, &self.by, "note added", Some(case.id), "").await?;
        }
        Ok(Ok(case.done()))
    }
}
