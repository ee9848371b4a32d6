//! Who lives in the demo world. Made once; whatever is missing is made at the next start.

use crate::cli::kreise::hours;
use crate::cli::{staff, words};
use crate::desk::visibility::Role;
use crate::model::{CounsellorId, OrganisationId};
use crate::ports::Ids as _;
use crate::runtime::system::SystemIds;
use crate::store::Store;
use crate::store::desk::organisations::Organisation;
use crate::store::desk::staff::NewCounsellor;
use crate::web::auth::hash_password;
use anyhow::{Result, bail};
use futures_util::future::try_join_all;

/// The note that says: this database is a demo world.
const NOTE: &str = "demo";

/// An organisation: name, Kreise, opening hours. The first one takes what nobody else covers.
const ORGANISATIONS: [(&str, &[&str], &str); 3] = [
    (
        "WIR Online-Lotsen",
        &[],
        "mon-fri 08:00-20:00, sat 10:00-14:00",
    ),
    (
        "WIR Waldeck-Frankenberg",
        &["06635"],
        "mon-thu 09:00-16:00, fri 09:00-13:00",
    ),
    (
        "WIR Kassel Stadt und Land",
        &["06611", "06633"],
        "mon-fri 09:00-17:00",
    ),
];

/// A counsellor: login, name, organisation, role, language of the console.
const COUNSELLORS: [(&str, &str, usize, Role, &str); 4] = [
    ("leila", "Leila Haddad", 0, Role::Supervisor, "de"),
    ("ben", "Ben Carter", 0, Role::Counsellor, "en"),
    ("marta", "Marta Brandt", 1, Role::Supervisor, "de"),
    ("emre", "Emre Aydın", 2, Role::Counsellor, "de"),
];

/// The demo world, and the passwords that were made just now.
pub struct World {
    accounts: Vec<Account>,
}

struct Account {
    login: &'static str,
    name: &'static str,
    organisation: &'static str,
    password: Option<String>,
}

impl World {
    /// Whether any password was made just now.
    pub fn is_new(&self) -> bool {
        self.accounts.iter().any(|a| a.password.is_some())
    }

    /// One line for each account.
    pub fn lines(&self) -> Vec<String> {
        let head = format!(
            "{:<8} {:<26} {:<14} {}",
            "sign-in", "password", "name", "organisation"
        );
        let line = |a: &Account| {
            let password = a.password.as_deref().unwrap_or("(as before)");
            format!(
                "{:<8} {password:<26} {:<14} {}",
                a.login, a.name, a.organisation
            )
        };
        std::iter::once(head)
            .chain(self.accounts.iter().map(line))
            .collect()
    }
}

/// Makes what is missing. A database that holds a real instance is left alone.
pub async fn make(store: &Store) -> Result<World> {
    let known = store.organisations().await?;
    if store.note(NOTE).await?.is_none() {
        if !known.is_empty() {
            bail!(
                "this is no demo world but the database of a real instance ({}). The demo needs a folder of its own: --data lotse-demo",
                known[0].name
            );
        }
        store.note_once(NOTE, b"1".to_vec()).await?;
    }
    let mut organisations = Vec::new();
    for (index, (name, kreise, times)) in ORGANISATIONS.into_iter().enumerate() {
        if let Some(there) = known.iter().find(|o| o.name == name) {
            organisations.push(there.id);
            continue;
        }
        let fallback = index == 0 && !known.iter().any(|o| o.fallback);
        let organisation = Organisation {
            id: OrganisationId(SystemIds.uuid()),
            kind: if index == 0 {
                "online_pilot"
            } else {
                "local_project"
            }
            .to_owned(),
            name: name.to_owned(),
            fallback,
            hours: hours(times)?,
            kreise: kreise.iter().map(|k| (*k).to_owned()).collect(),
        };
        organisations.push(organisation.id);
        store.put_organisation(organisation, words::now()).await?;
    }
    let organisations = &organisations;
    let accounts = COUNSELLORS
        .into_iter()
        .map(|(login, name, at, role, lang)| async move {
            let password = add(store, login, name, (organisations[at], role), lang).await?;
            Ok::<_, anyhow::Error>(Account {
                login,
                name,
                organisation: ORGANISATIONS[at].0,
                password,
            })
        });
    Ok(World {
        accounts: try_join_all(accounts).await?,
    })
}

/// Adds an account if it is not there; returns the password that was made for it.
async fn add(
    store: &Store,
    login: &str,
    name: &str,
    membership: (OrganisationId, Role),
    lang: &str,
) -> Result<Option<String>> {
    if store.account(login).await?.is_some() {
        return Ok(None);
    }
    let password = staff::make(&SystemIds);
    let new = NewCounsellor {
        id: CounsellorId(SystemIds.uuid()),
        login: login.to_owned(),
        name: name.to_owned(),
        password_hash: hash_password(&SystemIds, password.clone()).await?,
        ui_lang: lang.to_owned(),
        memberships: vec![membership],
        now: words::now(),
    };
    store.add_counsellor(new).await?;
    Ok(Some(password))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::origin::places;
    use crate::store::testing::on_both;
    use crate::web::auth::check_password;

    #[test]
    fn the_demo_worlds_kreise_are_real() {
        let places = places().unwrap();
        let keys = ORGANISATIONS
            .iter()
            .flat_map(|(_, kreise, _)| kreise.iter());
        let labels: Vec<_> = keys.map(|k| places.kreis(k).unwrap().label()).collect();
        assert_eq!(
            labels,
            [
                "Landkreis Waldeck-Frankenberg",
                "Stadt Kassel",
                "Landkreis Kassel"
            ]
        );
    }

    #[tokio::test]
    async fn a_second_start_keeps_the_world_and_makes_no_new_password() {
        let folder = std::env::temp_dir().join(format!("lotse-demo-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let database = crate::store::Database::Sqlite(folder.clone());
        let key = crate::store::seal::InstanceKey::new(&[3; 32]);
        let store = Store::open(&database, key).await.unwrap();
        let first = make(&store).await.unwrap();
        assert!(first.is_new());
        let password = first.accounts[0].password.clone().unwrap();
        let hash = store.account("leila").await.unwrap().unwrap().password_hash;
        assert!(check_password(password, Some(hash.clone())).await);
        let organisations = store.organisations().await.unwrap();
        let second = make(&store).await.unwrap();
        assert!(!second.is_new());
        assert_eq!(store.organisations().await.unwrap(), organisations);
        assert_eq!(
            store.account("leila").await.unwrap().unwrap().password_hash,
            hash
        );
        assert_eq!(organisations.iter().filter(|o| o.fallback).count(), 1);
        let _ = std::fs::remove_dir_all(&folder);
    }

    #[tokio::test]
    async fn a_real_instance_is_left_alone() {
        on_both(async |world| {
            // The store's test world has organisations and no note.
            let before = world.store.organisations().await.unwrap();
            assert!(!before.is_empty());
            let error = make(&world.store).await.err().unwrap().to_string();
            assert!(error.contains("the database of a real instance"), "{error}");
            assert_eq!(world.store.organisations().await.unwrap(), before);
        })
        .await;
    }
}
