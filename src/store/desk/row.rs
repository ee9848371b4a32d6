//! A case's row, and what a viewer may see of it without opening the case.

use crate::desk::visibility::{CaseFacts, Rights, Sight, Viewer, rights};
use crate::model::{
    CaseId, CaseState, ConversationId, Lang, Level, MessageId, OrganisationId, PersonId, Timestamp,
};
use crate::store::StoreError;
use crate::store::db::{Row, Tx, args};
use crate::store::sql::Sql;

/// The columns that [`CaseRow::read`] reads, in its order.
macro_rules! case_select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.number, c.person_id, c.conversation_id, c.topic, c.reason, c.lang, c.level, c.kreis, c.land,
                    c.organisation_id, o.name, c.route, c.state, c.version, c.consented, c.claimed_by, h.name,
                    c.lease_until, c.unread, c.opened_at, c.first_reply_at, c.closed_at, c.trigger_message, c.updated_at
             FROM cases c
             JOIN organisations o ON o.id = c.organisation_id
             LEFT JOIN counsellors h ON h.id = c.claimed_by ",
            $rest
        )
    };
}
pub(super) use case_select;

const LOAD: Sql = Sql::both(case_select!("WHERE c.id = $1"));
/// What a turn locks first too, so that counsellors and persons never wait for each other in a circle.
/// A statement of its own: PostgreSQL checks a joined row that it had to wait for against the other
/// tables as they were before, and would lose a case whose organisation the winner has changed.
const LOCK: Sql = Sql {
    sqlite: "SELECT conversation_id FROM cases WHERE id = $1",
    postgres: "SELECT id FROM conversations WHERE id = (SELECT conversation_id FROM cases WHERE id = $1) FOR UPDATE",
};

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&LOAD, &LOCK];

/// A case as it is stored, without its sealed content.
pub(super) struct CaseRow {
    pub(super) id: CaseId,
    pub(super) number: String,
    pub(super) person: PersonId,
    pub(super) conversation: ConversationId,
    pub(super) topic: String,
    pub(super) reason: String,
    pub(super) lang: Lang,
    pub(super) level: Level,
    pub(super) land: Option<String>,
    pub(super) organisation_name: String,
    pub(super) route: String,
    pub(super) version: i64,
    pub(super) facts: CaseFacts,
    pub(super) holder: Option<String>,
    pub(super) lease_until: Option<Timestamp>,
    pub(super) unread: i64,
    pub(super) opened_at: Timestamp,
    pub(super) first_reply_at: Option<Timestamp>,
    pub(super) closed_at: Option<Timestamp>,
    pub(super) trigger: Option<MessageId>,
    pub(super) updated_at: Timestamp,
}

/// What a list shows of a case: no more than the viewer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: CaseId,
    /// What people call it.
    pub number: String,
    /// How soon a human has to look.
    pub level: Level,
    /// The person's language.
    pub lang: Lang,
    /// Key of the person's Kreis.
    pub kreis: Option<String>,
    /// The person's Land.
    pub land: Option<String>,
    /// Since when it waits. Never changes.
    pub opened_at: Timestamp,
    /// Where it stands.
    pub state: CaseState,
    /// The desk topic, if it may be seen.
    pub topic: Option<String>,
    /// The declared reason, if it may be seen; before the case is taken only if it comes from no sensitive answer, which
    /// whoever shows it asks the content ([`Sight::reason`]).
    pub reason: Option<String>,
    /// The organisation that owns it.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Why it is there: [`crate::desk::routing::Route`].
    pub route: String,
    /// Who has it, if that may be seen.
    pub holder: Option<String>,
    /// Messages of the person that the holder has not seen.
    pub unread: i64,
    /// Last change.
    pub updated_at: Timestamp,
    /// What the viewer may do.
    pub rights: Rights,
}

impl CaseRow {
    /// Loads a case.
    pub(super) async fn load(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<Self>, StoreError> {
        let row = tx.first(&LOAD, args![id]).await?;
        row.as_ref().map(Self::read).transpose()
    }

    /// Loads a case that is about to be changed.
    pub(super) async fn lock(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<Self>, StoreError> {
        tx.first(&LOCK, args![id]).await?;
        Self::load(tx, id).await
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let level = Level::parse(&row.text(7)?).ok_or(StoreError::Shape("a case's level"))?;
        let state = CaseState::parse(&row.text(13)?).ok_or(StoreError::Shape("a case's state"))?;
        Ok(Self {
            id: row.id(0)?,
            number: row.text(1)?,
            person: row.id(2)?,
            conversation: row.id(3)?,
            topic: row.text(4)?,
            reason: row.text(5)?,
            lang: Lang::new(&row.text(6)?),
            level,
            land: row.opt_text(9)?,
            organisation_name: row.text(11)?,
            route: row.text(12)?,
            version: row.int(14)?,
            facts: CaseFacts {
                state,
                organisation: row.id(10)?,
                claimed_by: row.opt_id(16)?,
                consented: row.int(15)? == 1,
                kreis: row.opt_text(8)?,
            },
            holder: row.opt_text(17)?,
            lease_until: row.opt_time(18)?,
            unread: row.int(19)?,
            opened_at: row.time(20)?,
            first_reply_at: row.opt_time(21)?,
            closed_at: row.opt_time(22)?,
            trigger: row.opt_id(23)?,
            updated_at: row.time(24)?,
        })
    }

    /// What this viewer may do.
    pub(super) fn rights(&self, viewer: &Viewer) -> Rights {
        rights(viewer, &self.facts)
    }

    /// What a list shows this viewer; `None`: not even that the case exists.
    pub(super) fn offer(&self, viewer: &Viewer) -> Option<Offer> {
        let rights = self.rights(viewer);
        let sight = rights.sight;
        if sight == Sight::Nothing {
            return None;
        }
        Some(Offer {
            id: self.id,
            number: self.number.clone(),
            level: self.level,
            lang: self.lang.clone(),
            kreis: self.facts.kreis.clone(),
            land: self.land.clone(),
            opened_at: self.opened_at,
            state: self.facts.state,
            topic: sight.topic().then(|| self.topic.clone()),
            reason: sight.reason(false).then(|| self.reason.clone()),
            organisation: self.facts.organisation,
            organisation_name: self.organisation_name.clone(),
            route: self.route.clone(),
            holder: self.holder.clone().filter(|_| sight.card()),
            unread: if sight.card() { self.unread } else { 0 },
            updated_at: self.updated_at,
            rights,
        })
    }
}
