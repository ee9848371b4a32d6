//! What counsellors have said about a case's messages, as the card shows it.

use crate::model::{CaseId, Level, Timestamp};
use crate::store::StoreError;
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;

/// The word for "nobody had to look".
pub(super) const NONE: &str = "none";

const OF_CASE: Sql = Sql::both(
    "SELECT h.name, k.at, k.level_before, k.level, k.class_before, k.class, k.agreed
     FROM corrections k JOIN counsellors h ON h.id = k.counsellor_id WHERE k.case_id = $1 ORDER BY k.at, k.id",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&OF_CASE];

/// A correction, for the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Who.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The level before and after; `None`: nobody had to look.
    pub level: (Option<Level>, Option<Level>),
    /// The class before and after, where it is known.
    pub class: (Option<String>, Option<String>),
    /// Whether the person agreed.
    pub agreed: bool,
}

/// The corrections of a case, oldest first.
pub(super) async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Corrected>, StoreError> {
    let rows = tx.all(&OF_CASE, args![case]).await?;
    let read = |row: &crate::store::db::Row| {
        Ok(Corrected {
            name: row.text(0)?,
            at: row.time(1)?,
            level: (level(&row.text(2)?)?, level(&row.text(3)?)?),
            class: (row.opt_text(4)?, row.opt_text(5)?),
            agreed: row.int(6)? == 1,
        })
    };
    rows.iter().map(read).collect()
}

/// Reads the word of a level.
pub(super) fn level(word: &str) -> Result<Option<Level>, StoreError> {
    match word {
        NONE => Ok(None),
        word => Level::parse(word)
            .map(Some)
            .ok_or(StoreError::Shape("a correction's level")),
    }
}
