//! Counsellors' accounts.

use super::{By, audit};
use crate::desk::visibility::{Membership, Role, Viewer};
use crate::model::{CounsellorId, OrganisationId, SessionId, Timestamp};
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::collections::BTreeMap;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// What they may see is decided from this.
    pub viewer: Viewer,
    /// What they sign in with.
    pub login: String,
    /// What persons and colleagues call them.
    pub name: String,
    /// The language of their console: `de`, `en`.
    pub ui_lang: String,
    /// Names of their organisations.
    pub organisations: BTreeMap<OrganisationId, String>,
}

/// What signing in needs to know.
#[derive(Clone)]
pub struct Account {
    /// Who.
    pub id: CounsellorId,
    /// Their name.
    pub name: String,
    /// Argon2id.
    pub password_hash: String,
}

/// An account to be made.
#[derive(Clone)]
pub struct NewCounsellor {
    /// Its id.
    pub id: CounsellorId,
    /// What they sign in with; kept in lower case.
    pub login: String,
    /// What persons and colleagues call them.
    pub name: String,
    /// Argon2id.
    pub password_hash: String,
    /// `de`, `en`.
    pub ui_lang: String,
    /// Where they work, and as what.
    pub memberships: Vec<(OrganisationId, Role)>,
    /// Now.
    pub now: Timestamp,
}

const FIND: Sql =
    Sql::both("SELECT id, name, password_hash FROM counsellors WHERE login = $1 AND disabled = 0");
const LOAD: Sql =
    Sql::both("SELECT login, name, ui_lang FROM counsellors WHERE id = $1 AND disabled = 0");
const MEMBERSHIPS: Sql = Sql::both(
    "SELECT m.organisation_id, m.role, o.is_fallback, o.name FROM memberships m
     JOIN organisations o ON o.id = m.organisation_id
     WHERE m.counsellor_id = $1 ORDER BY o.name, o.id",
);
const COVERED: Sql = Sql::both(
    "SELECT c.organisation_id, c.kreis FROM coverage c
     JOIN memberships m ON m.organisation_id = c.organisation_id WHERE m.counsellor_id = $1",
);
const ADD: Sql = Sql::both(
    "INSERT INTO counsellors (id, login, name, password_hash, ui_lang, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (login) DO NOTHING",
);
const JOIN: Sql =
    Sql::both("INSERT INTO memberships (counsellor_id, organisation_id, role) VALUES ($1, $2, $3)");
const SET_PASSWORD: Sql = Sql::both("UPDATE counsellors SET password_hash = $2 WHERE id = $1");
const SET_LANG: Sql = Sql::both("UPDATE counsellors SET ui_lang = $2 WHERE id = $1");
const END_SESSIONS: Sql = Sql::both(
    "UPDATE sessions SET revoked_at = $2 WHERE counsellor_id = $1 AND revoked_at IS NULL AND id <> $3",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &FIND,
    &LOAD,
    &MEMBERSHIPS,
    &COVERED,
    &ADD,
    &JOIN,
    &SET_PASSWORD,
    &SET_LANG,
    &END_SESSIONS,
];

struct SetPassword {
    by: By,
    hash: String,
    keep: Option<SessionId>,
}

struct SetLang {
    by: By,
    lang: String,
}

impl Store {
    /// The account of a login, in whatever case it was typed. A disabled one is none.
    pub async fn account(&self, login: &str) -> Result<Option<Account>, StoreError> {
        let login = login.trim().to_lowercase();
        self.read(async |tx| {
            let row = tx.first(&FIND, args![&login]).await?;
            row.map(|row| {
                Ok(Account {
                    id: row.id(0)?,
                    name: row.text(1)?,
                    password_hash: row.text(2)?,
                })
            })
            .transpose()
        })
        .await
    }

    /// Makes an account. [`StoreError::Conflict`]: the login is taken.
    pub async fn add_counsellor(&self, new: NewCounsellor) -> Result<(), StoreError> {
        self.write(new).await
    }

    /// Changes one's own password (or, from the command line, somebody's): all sign-ins end but `keep`.
    pub async fn set_password(
        &self,
        by: By,
        hash: String,
        keep: Option<SessionId>,
    ) -> Result<(), StoreError> {
        self.write(SetPassword { by, hash, keep }).await
    }

    /// Changes the language of one's console.
    pub async fn set_ui_lang(&self, by: By, lang: String) -> Result<(), StoreError> {
        self.write(SetLang { by, lang }).await
    }
}

/// Somebody's account and places of work; `None` if it is disabled.
pub(crate) async fn load_staff(
    tx: &mut Tx<'_>,
    id: CounsellorId,
) -> Result<Option<Staff>, StoreError> {
    let Some(account) = tx.first(&LOAD, args![id]).await? else {
        return Ok(None);
    };
    let mut staff = Staff {
        viewer: Viewer {
            counsellor: id,
            memberships: Vec::new(),
        },
        login: account.text(0)?,
        name: account.text(1)?,
        ui_lang: account.text(2)?,
        organisations: BTreeMap::new(),
    };
    for row in tx.all(&MEMBERSHIPS, args![id]).await? {
        let organisation = row.id(0)?;
        staff.organisations.insert(organisation, row.text(3)?);
        staff.viewer.memberships.push(Membership {
            organisation,
            role: Role::parse(&row.text(1)?).ok_or(StoreError::Shape("a role"))?,
            fallback: row.int(2)? == 1,
            kreise: Default::default(),
        });
    }
    for row in tx.all(&COVERED, args![id]).await? {
        let organisation: OrganisationId = row.id(0)?;
        let place = staff.viewer.memberships.iter_mut();
        for membership in place.filter(|m| m.organisation == organisation) {
            membership.kreise.insert(row.text(1)?);
        }
    }
    Ok(Some(staff))
}

impl Write for NewCounsellor {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let login = self.login.trim().to_lowercase();
        let args = args![
            self.id,
            login,
            &self.name,
            &self.password_hash,
            &self.ui_lang,
            self.now
        ];
        if tx.run(&ADD, args).await? == 0 {
            return Err(StoreError::Conflict);
        }
        for (organisation, role) in &self.memberships {
            tx.run(&JOIN, args![self.id, *organisation, role.as_str()])
                .await?;
        }
        Ok(())
    }
}

impl Write for SetPassword {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let who = self.by.viewer.counsellor;
        tx.run(&SET_PASSWORD, args![who, &self.hash]).await?;
        let keep = self.keep.map(|id| id.to_string()).unwrap_or_default();
        tx.run(&END_SESSIONS, args![who, self.by.now, keep]).await?;
        audit(tx, &self.by, "password changed", None, "").await
    }
}

impl Write for SetLang {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let who = self.by.viewer.counsellor;
        tx.run(&SET_LANG, args![who, &self.lang]).await.map(drop)
    }
}
