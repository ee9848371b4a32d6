//! The operator's side of counsellors' accounts: who there is, and who may not come in any more.

use super::row::CaseRow;
use super::{By, Desk};
use crate::content::Content;
use crate::desk::visibility::{Role, Viewer};
use crate::model::{CaseId, CounsellorId, Timestamp};
use crate::ports::Ids;
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

/// A line in the list of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// What they sign in with.
    pub login: String,
    /// What persons and colleagues call them.
    pub name: String,
    /// Where they work, by name, and as what.
    pub workplaces: Vec<(String, Role)>,
    /// When they last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// Live cases that they have taken.
    pub cases: i64,
    /// They may not sign in.
    pub disabled: bool,
}

/// What came of closing an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disabled {
    /// It was closed before.
    pub before: bool,
    /// Sign-ins that were ended.
    pub sessions: u64,
    /// Cases that went back to the queue.
    pub released: usize,
}

const LIST: Sql = Sql::both(
    "SELECT c.id, c.login, c.name, c.disabled, s.at,
            (SELECT count(*) FROM cases k WHERE k.claimed_by = c.id AND k.live = 1)
     FROM counsellors c
     LEFT JOIN (SELECT actor, max(at) AS at FROM audit WHERE action = 'signed in' GROUP BY actor) s ON s.actor = c.id
     ORDER BY c.disabled, c.login",
);
const WORKPLACES: Sql = Sql::both(
    "SELECT m.counsellor_id, o.name, m.role FROM memberships m
     JOIN organisations o ON o.id = m.organisation_id ORDER BY o.name, o.id",
);
const FIND: Sql = Sql::both("SELECT id, disabled FROM counsellors WHERE login = $1");
const SET: Sql = Sql::both("UPDATE counsellors SET disabled = $2 WHERE id = $1");
const END_SESSIONS: Sql = Sql::both(
    "UPDATE sessions SET revoked_at = $2 WHERE counsellor_id = $1 AND revoked_at IS NULL",
);
/// In the order of their conversations, which are locked one after the other.
const HELD: Sql = Sql::both(
    "SELECT id FROM cases WHERE claimed_by = $1 AND live = 1 ORDER BY conversation_id, id",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&LIST, &WORKPLACES, &FIND, &SET, &END_SESSIONS, &HELD];

struct Disable {
    desk: Desk,
    login: String,
}

struct Enable {
    login: String,
    now: Timestamp,
    ids: Arc<dyn Ids>,
}

impl Store {
    /// All accounts, those that are closed last.
    pub async fn accounts(&self) -> Result<Vec<AccountLine>, StoreError> {
        self.read(async |tx| {
            let workplaces = tx.all(&WORKPLACES, vec![]).await?;
            let mut accounts = Vec::new();
            for row in tx.all(&LIST, vec![]).await? {
                let id = row.text(0)?;
                let mut line = AccountLine {
                    login: row.text(1)?,
                    name: row.text(2)?,
                    workplaces: Vec::new(),
                    disabled: row.int(3)? == 1,
                    last_sign_in: row.opt_time(4)?,
                    cases: row.int(5)?,
                };
                for place in &workplaces {
                    if place.text(0)? == id {
                        let role = Role::parse(&place.text(2)?);
                        let role = role.ok_or(StoreError::Shape("a role"))?;
                        line.workplaces.push((place.text(1)?, role));
                    }
                }
                accounts.push(line);
            }
            Ok(accounts)
        })
        .await
    }

    /// Closes an account: nobody signs in with it, all its sign-ins end, and the cases that it has taken go
    /// back to the queue with their age, their persons being told. `None`: there is no such account.
    pub async fn disable_account(
        &self,
        login: &str,
        content: Arc<Content>,
        now: Timestamp,
        ids: Arc<dyn Ids>,
    ) -> Result<Option<Disabled>, StoreError> {
        let by = By {
            viewer: Viewer {
                counsellor: CounsellorId(uuid::Uuid::nil()),
                memberships: Vec::new(),
            },
            name: String::new(),
            now,
            ids,
        };
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        let login = login.trim().to_lowercase();
        self.write(Disable { desk, login }).await
    }

    /// Opens a closed account again, with the password that it had. `None`: there is no such account;
    /// `false`: it was not closed.
    pub async fn enable_account(
        &self,
        login: &str,
        now: Timestamp,
        ids: Arc<dyn Ids>,
    ) -> Result<Option<bool>, StoreError> {
        let login = login.trim().to_lowercase();
        self.write(Enable { login, now, ids }).await
    }
}

async fn find(tx: &mut Tx<'_>, login: &str) -> Result<Option<(CounsellorId, bool)>, StoreError> {
    let row = tx.first(&FIND, args![login]).await?;
    row.map(|row| Ok((row.id(0)?, row.int(1)? == 1)))
        .transpose()
}

/// The log names the operator, and the account by its id.
async fn audit(
    tx: &mut Tx<'_>,
    ids: &dyn Ids,
    now: Timestamp,
    what: (&str, Option<CaseId>, &str),
) -> Result<(), StoreError> {
    let (action, case, detail) = what;
    let id = ids.uuid().to_string();
    let args = args![id, now, "operator", action, case, detail];
    tx.run(&super::AUDIT, args).await.map(drop)
}

impl Write for Disable {
    type Out = Option<Disabled>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let (ids, now) = (self.desk.by.ids.as_ref(), self.desk.by.now);
        let Some((who, before)) = find(tx, &self.login).await? else {
            return Ok(None);
        };
        tx.run(&SET, args![who, 1_i64]).await?;
        let sessions = tx.run(&END_SESSIONS, args![who, now]).await?;
        let mut released = 0;
        for row in tx.all(&HELD, args![who]).await? {
            let held = CaseRow::lock(tx, row.id(0)?).await?;
            // Ended or given back while its conversation was waited for.
            let Some(case) = held.filter(|c| c.facts.claimed_by == Some(who)) else {
                continue;
            };
            if !case.facts.state.is_live() {
                continue;
            }
            let what = ("case released", Some(case.id), "account disabled");
            audit(tx, ids, now, what).await?;
            self.desk.give_back(tx, &case).await?;
            released += 1;
        }
        if !before {
            audit(tx, ids, now, ("account disabled", None, &who.to_string())).await?;
        }
        Ok(Some(Disabled {
            before,
            sessions,
            released,
        }))
    }
}

impl Write for Enable {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let Some((who, disabled)) = find(tx, &self.login).await? else {
            return Ok(None);
        };
        if disabled {
            tx.run(&SET, args![who, 0_i64]).await?;
            // One that was begun at the moment of closing does not come back to life.
            tx.run(&END_SESSIONS, args![who, self.now]).await?;
            let what = ("account enabled", None, &*who.to_string());
            audit(tx, self.ids.as_ref(), self.now, what).await?;
        }
        Ok(Some(disabled))
    }
}

#[cfg(test)]
mod tests {
    use super::super::queue::View;
    use super::super::sessions::NewSession;
    use super::*;
    use crate::model::{Lang, SessionId};
    use crate::store::testing::{NOW, PROJECT, Waiting, World, on_both};

    async fn sign_in(world: &World, by: &By, token: &str, now: Timestamp) {
        let new = NewSession {
            id: SessionId(world.ids.uuid()),
            token_hash: token.into(),
            csrf: "csrf".into(),
            device: "Firefox".into(),
        };
        let by = By { now, ..by.clone() };
        world.store.open_session(by, new).await.unwrap();
    }

    async fn signed_in(world: &World, token: &str, now: Timestamp) -> bool {
        let session = world.store.session(token, true, now).await.unwrap();
        session.is_some()
    }

    async fn disable(world: &World, login: &str, now: Timestamp) -> Option<Disabled> {
        let (content, ids) = (world.content.clone(), world.ids.clone());
        let store = &world.store;
        store
            .disable_account(login, content, now, ids)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn the_list_says_who_there_is_and_when_they_came_last() {
        on_both(async |world: World| {
            let anna = world.counsellor("Anna", PROJECT, Role::Supervisor).await;
            world.counsellor("Boris", PROJECT, Role::Counsellor).await;
            let later = NOW.plus_seconds(9);
            sign_in(&world, &anna, "one", NOW).await;
            sign_in(&world, &anna, "two", later).await;
            let case = world.waiting(Waiting::default()).await;
            let content = world.content.clone();
            let claimed = world.store.claim_case(anna.clone(), content, case).await;
            claimed.unwrap().unwrap();
            let line = |login: &str, name: &str, role, last_sign_in, cases| AccountLine {
                login: login.into(),
                name: name.into(),
                workplaces: vec![("Local project".into(), role)],
                last_sign_in,
                cases,
                disabled: false,
            };
            let anna = line("anna", "Anna", Role::Supervisor, Some(later), 1);
            let boris = line("boris", "Boris", Role::Counsellor, None, 0);
            let all = world.store.accounts().await.unwrap();
            assert_eq!(all, [anna.clone(), boris.clone()]);
            disable(&world, "anna", later).await.unwrap();
            let anna = AccountLine {
                disabled: true,
                cases: 0,
                ..anna
            };
            assert_eq!(world.store.accounts().await.unwrap(), [boris, anna]);
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_is_disabled_is_out_at_once_and_their_cases_wait_again() {
        on_both(async |world: World| {
            let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
            let boris = world.counsellor("Boris", PROJECT, Role::Counsellor).await;
            sign_in(&world, &anna, "anna here", NOW).await;
            sign_in(&world, &anna, "anna there", NOW).await;
            sign_in(&world, &boris, "boris", NOW).await;
            let mut cases = Vec::new();
            for by in [&anna, &anna, &boris] {
                let case = world.waiting(Waiting::default()).await;
                let content = world.content.clone();
                let claimed = world.store.claim_case(by.clone(), content, case).await;
                claimed.unwrap().unwrap();
                cases.push(case);
            }
            let (content, own) = (world.content.clone(), Lang::new("de"));
            let text = "I am on it".to_owned();
            let reply = world
                .store
                .reply(anna.clone(), content, cases[1], text, "1".into(), own);
            reply.await.unwrap().unwrap();

            let gone = disable(&world, " ANNA ", NOW).await;
            let expected = Disabled {
                before: false,
                sessions: 2,
                released: 2,
            };
            assert_eq!(gone, Some(expected));
            assert!(world.store.account("anna").await.unwrap().is_none());
            assert!(!signed_in(&world, "anna here", NOW).await);
            assert!(!signed_in(&world, "anna there", NOW).await);
            assert!(signed_in(&world, "boris", NOW).await);
            let queue = world.store.queue(&boris.viewer, View::Own, None, 9).await;
            let waiting: Vec<_> = queue.unwrap().offers.iter().map(|o| o.id).collect();
            assert_eq!(waiting.len(), 2);
            for case in &cases[..2] {
                assert!(waiting.contains(case));
                let told = world.told(*case).await;
                assert_eq!(*told.last().unwrap(), world.says("case-released", ""));
            }
            assert_eq!(
                world.told(cases[2]).await.len(),
                1,
                "Boris' case is untouched"
            );

            let again = disable(&world, "anna", NOW).await.unwrap();
            assert_eq!((again.before, again.released), (true, 0));
            assert_eq!(disable(&world, "nobody", NOW).await, None);
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_is_enabled_again_signs_in_anew() {
        on_both(async |world: World| {
            let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
            disable(&world, "anna", NOW).await.unwrap();
            // Began before and came to its end after the account was closed.
            sign_in(&world, &anna, "late", NOW).await;
            assert!(!signed_in(&world, "late", NOW).await);
            let enable = async |login: &str| {
                let ids = world.ids.clone();
                world.store.enable_account(login, NOW, ids).await.unwrap()
            };
            assert_eq!(enable("Anna").await, Some(true));
            assert_eq!(enable("anna").await, Some(false));
            assert_eq!(enable("nobody").await, None);
            assert!(world.store.account("anna").await.unwrap().is_some());
            assert!(!signed_in(&world, "late", NOW).await);
            sign_in(&world, &anna, "new", NOW).await;
            assert!(signed_in(&world, "new", NOW).await);
        })
        .await;
    }
}
