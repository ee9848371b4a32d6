//! Counsellors' sign-ins: one row for each browser. The database knows the token only by its hash, and
//! neither an address nor a full browser name.

use super::staff::{Staff, load_staff};
use super::{By, audit};
use crate::model::{CounsellorId, SessionId, Timestamp};
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};

/// A sign-in ends after this, in seconds, whatever happens: a long working day.
pub const LIFE_SECONDS: i64 = 12 * 3600;
/// A sign-in ends when nothing was done for so long, in seconds.
pub const IDLE_SECONDS: i64 = 2 * 3600;
/// How exactly the last use is kept, in seconds: not every page view is a write.
const TOUCH_SECONDS: i64 = 60;

/// A sign-in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What every form has to carry.
    pub csrf: String,
    /// Who is signed in.
    pub staff: Staff,
}

/// A sign-in to be kept.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Hash of the cookie's value.
    pub token_hash: String,
    /// What every form has to carry.
    pub csrf: String,
    /// "Firefox, Android".
    pub device: String,
}

/// A line in the list of one's own sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// "Firefox, Android".
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
}

const OPEN: Sql = Sql::both(
    "INSERT INTO sessions (id, token_hash, csrf, counsellor_id, device, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
);
/// Old sign-ins of the same person go when a new one comes.
const SWEEP: Sql = Sql::both(
    "DELETE FROM sessions WHERE counsellor_id = $1 AND (revoked_at IS NOT NULL OR expires_at <= $2 OR last_seen_at <= $3)",
);
const FIND: Sql = Sql::both(
    "SELECT id, csrf, counsellor_id, last_seen_at FROM sessions
     WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3",
);
const TOUCH: Sql = Sql::both("UPDATE sessions SET last_seen_at = $2 WHERE id = $1");
const LIST: Sql = Sql::both(
    "SELECT id, device, created_at, last_seen_at FROM sessions
     WHERE counsellor_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3
     ORDER BY last_seen_at DESC, id",
);
const REVOKE_ONE: Sql = Sql::both(
    "UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND counsellor_id = $2 AND revoked_at IS NULL",
);
const REVOKE_OTHERS: Sql = Sql::both(
    "UPDATE sessions SET revoked_at = $3 WHERE id <> $1 AND counsellor_id = $2 AND revoked_at IS NULL",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &OPEN,
    &SWEEP,
    &FIND,
    &TOUCH,
    &LIST,
    &REVOKE_ONE,
    &REVOKE_OTHERS,
];

/// Which sign-ins end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(SessionId),
    /// All but this one.
    AllBut(SessionId),
}

struct OpenSession {
    by: By,
    new: NewSession,
}

struct Touch {
    id: SessionId,
    now: Timestamp,
}

struct Revoke {
    by: By,
    which: Which,
}

fn idle_since(now: Timestamp) -> Timestamp {
    now.plus_seconds(-IDLE_SECONDS)
}

impl Store {
    /// Keeps a sign-in. Only the account counts here: `by` needs no memberships.
    pub async fn open_session(&self, by: By, new: NewSession) -> Result<(), StoreError> {
        self.write(OpenSession { by, new }).await
    }

    /// The sign-in that a token belongs to, if it is still good. `used`: somebody did something; a page
    /// that refreshes itself keeps nobody signed in.
    pub async fn session(
        &self,
        token_hash: &str,
        used: bool,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let found = self
            .read(async |tx| {
                let args = args![token_hash, now, idle_since(now)];
                let Some(row) = tx.first(&FIND, args).await? else {
                    return Ok(None);
                };
                let Some(staff) = load_staff(tx, row.id(2)?).await? else {
                    return Ok(None);
                };
                let session = Session {
                    id: row.id(0)?,
                    csrf: row.text(1)?,
                    staff,
                };
                Ok(Some((session, row.time(3)?)))
            })
            .await?;
        let Some((session, seen)) = found else {
            return Ok(None);
        };
        if used && seen.plus_seconds(TOUCH_SECONDS) <= now {
            self.write(Touch {
                id: session.id,
                now,
            })
            .await?;
        }
        Ok(Some(session))
    }

    /// Somebody's sign-ins that are still good, the last used first.
    pub async fn sessions_of(
        &self,
        counsellor: CounsellorId,
        now: Timestamp,
    ) -> Result<Vec<SessionLine>, StoreError> {
        self.read(async |tx| {
            tx.all(&LIST, args![counsellor, now, idle_since(now)])
                .await?
                .iter()
                .map(|row| {
                    Ok(SessionLine {
                        id: row.id(0)?,
                        device: row.text(1)?,
                        created_at: row.time(2)?,
                        last_seen_at: row.time(3)?,
                    })
                })
                .collect()
        })
        .await
    }

    /// Ends sign-ins of one's own; somebody else's stay. Returns how many ended.
    pub async fn revoke_sessions(&self, by: By, which: Which) -> Result<u64, StoreError> {
        self.write(Revoke { by, which }).await
    }
}

impl Write for OpenSession {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let (by, new) = (&self.by, &self.new);
        let who = by.viewer.counsellor;
        tx.run(&SWEEP, args![who, by.now, idle_since(by.now)])
            .await?;
        let ends = by.now.plus_seconds(LIFE_SECONDS);
        let args = args![
            new.id,
            &new.token_hash,
            &new.csrf,
            who,
            &new.device,
            by.now,
            ends
        ];
        tx.run(&OPEN, args).await?;
        audit(tx, by, "signed in", None, "").await
    }
}

impl Write for Touch {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.run(&TOUCH, args![self.id, self.now]).await.map(drop)
    }
}

impl Write for Revoke {
    type Out = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let (sql, id, action) = match self.which {
            Which::One(id) => (&REVOKE_ONE, id, "session ended"),
            Which::AllBut(id) => (&REVOKE_OTHERS, id, "other sessions ended"),
        };
        let args = args![id, self.by.viewer.counsellor, self.by.now];
        let ended = tx.run(sql, args).await?;
        if ended > 0 {
            audit(tx, &self.by, action, None, "").await?;
        }
        Ok(ended)
    }
}
