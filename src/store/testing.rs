//! Every test of the store runs on both databases. PostgreSQL is named by `LOTSE_TEST_POSTGRES`;
//! `scripts/test` starts one. A missing server is a failure, not a reason to skip half of the test.

use super::seal::{InstanceKey, PersonKey};
use super::{Database, Store, db::args, sql::Sql};
use crate::content::{Arg, Content, MemorySource, load};
use crate::desk::hours::Hours;
use crate::desk::visibility::{Role, Viewer};
use crate::model::{
    CaseId, CaseState, ConversationId, CounsellorId, IdentityId, Lang, Level, MessageBody,
    MessageId, OrganisationId, PersonId, Timestamp, Triage, Zone,
};
use crate::ports::Ids;
use crate::store::desk::By;
use crate::store::desk::card::Summary;
use crate::store::desk::organisations::Organisation;
use crate::store::desk::staff::NewCounsellor;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

#[path = "../../tests/support/postgres.rs"]
mod server;

/// Ids that are the same in every run.
#[derive(Debug, Default)]
pub(crate) struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn uuid(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + (1 << 64))
    }

    fn random(&self) -> [u8; 32] {
        let n = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        std::array::from_fn(|i| n[i % 8] ^ i as u8)
    }
}

/// A folder that goes when the test ends.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

static FOLDERS: AtomicU64 = AtomicU64::new(0);

async fn sqlite() -> (Store, Folder) {
    let n = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("lotse-store-{}-{n}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let folder = Folder(folder);
    let database = Database::Sqlite(folder.0.clone());
    let store = Store::open(&database, InstanceKey::new(&[5; 32])).await;
    (store.unwrap(), folder)
}

async fn postgres() -> Store {
    let database = Database::Postgres(server::new_database().await);
    Store::open(&database, InstanceKey::new(&[5; 32]))
        .await
        .unwrap()
}

/// On SQLite only: for what does not depend on the database.
pub(crate) async fn on_sqlite() -> (World, Folder) {
    let (store, folder) = sqlite().await;
    (World::new(store).await, folder)
}

/// On PostgreSQL only: for what several processes do to each other.
pub(crate) async fn on_postgres() -> World {
    World::new(postgres().await).await
}

/// Runs a test on SQLite and on PostgreSQL.
pub(crate) async fn on_both(test: impl AsyncFn(World)) {
    let (store, _folder) = sqlite().await;
    test(World::new(store).await).await;
    test(World::new(postgres().await).await).await;
}

/// A store with two organisations in it: the online pilot and a local project.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) ids: Arc<CountedIds>,
    pub(crate) content: Arc<Content>,
}

pub(crate) const PILOT: OrganisationId = OrganisationId(Uuid::from_u128(100));
pub(crate) const PROJECT: OrganisationId = OrganisationId(Uuid::from_u128(101));
pub(crate) const ELSEWHERE: OrganisationId = OrganisationId(Uuid::from_u128(102));
pub(crate) const KREIS: &str = "06635";
pub(crate) const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// A case to be put into the queue.
pub(crate) struct Waiting {
    pub(crate) level: Level,
    pub(crate) organisation: OrganisationId,
    pub(crate) opened_at: Timestamp,
    pub(crate) consented: bool,
    pub(crate) lang: &'static str,
    /// What the message that led here was taken for.
    pub(crate) judged: Option<Triage>,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            level: Level::Normal,
            organisation: PROJECT,
            opened_at: NOW,
            consented: true,
            lang: "ar",
            judged: None,
        }
    }
}

/// A message that was taken for this class, surely.
pub(crate) fn taken_for(class: &str, level: Level) -> Triage {
    Triage {
        zone: Zone::Alarm,
        level: Some(level),
        class: Some(class.to_owned()),
        topics: Vec::new(),
        evidence: Vec::new(),
        guesses: Vec::new(),
        detectors: Vec::new(),
        lang: Some(Lang::new("de")),
        also: None,
    }
}

/// Something a test did to the tables.
pub(crate) const INSERT_PERSON: Sql =
    Sql::both("INSERT INTO persons (id, key, created_at) VALUES ($1, $2, $3)");
const INSERT_IDENTITY: Sql = Sql::both(
    "INSERT INTO identities (id, person_id, channel, lane, address) VALUES ($1, $2, 'room', $3, $4)",
);
const INSERT_CONVERSATION: Sql = Sql::both(
    "INSERT INTO conversations (id, person_id, identity_id, lane, channel, state, lang, version, next_seq, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 'room', $5, $6, 1, 2, $7, $7)",
);
const INSERT_MESSAGE: Sql = Sql::both(
    "INSERT INTO messages (id, conversation_id, seq, direction, author, case_id, body, state, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const INSERT_CASE: Sql = Sql::both(
    "INSERT INTO cases (id, number, person_id, conversation_id, topic, reason, lang, level, level_rank, kreis, land,
                        organisation_id, route, state, live, version, consented, summary, trigger_message, opened_at, updated_at)
     VALUES ($1, $2, $3, $4, 'work', 'work_ban', $5, $6, $7, $8, 'HE', $9, 'kreis', $10, 1, 1, $11, $12, $13, $14, $14)",
);

/// Where the conversation of a test stands: its person is asked for their status.
const STATE: &[u8] = br#"{"at":{"flow":"work","step":"status","ask":"choice"}}"#;

struct Insert {
    world: World,
    waiting: Waiting,
    ids: [Uuid; 5],
}

impl super::Write for Insert {
    type Out = ();

    async fn run(&self, tx: &mut super::db::Tx<'_>) -> Result<(), super::StoreError> {
        let [person, identity, conversation, message, case] = self.ids;
        let w = &self.waiting;
        let store = &self.world.store;
        let key = PersonKey::new([3; 32]);
        let wrapped = store.key().wrap(PersonId(person), &key)?;
        let at = Timestamp(w.opened_at.0 - 1000);
        tx.run(&INSERT_PERSON, args![PersonId(person), wrapped, at])
            .await?;
        let lane = format!("lane {identity}");
        let address = key.seal(&format!("address {identity}"), b"secret address")?;
        tx.run(
            &INSERT_IDENTITY,
            args![IdentityId(identity), PersonId(person), &lane, address],
        )
        .await?;
        let (c, m, k) = (
            ConversationId(conversation),
            MessageId(message),
            CaseId(case),
        );
        let args = args![
            c,
            PersonId(person),
            IdentityId(identity),
            &lane,
            key.seal(&format!("state {c}"), STATE)?,
            w.lang,
            at
        ];
        tx.run(&INSERT_CONVERSATION, args).await?;
        let body = MessageBody::In {
            text: "What led here".into(),
            media: None,
            attached: None,
            triage: w.judged.clone().map(Box::new),
        };
        let body = key.seal(&format!("messages {m}"), &serde_json::to_vec(&body)?)?;
        let args = args![
            m,
            c,
            1_i64,
            "in",
            "person",
            None::<CaseId>,
            body,
            "received",
            at
        ];
        tx.run(&INSERT_MESSAGE, args).await?;
        let summary = Summary {
            shown: "Topic: work. Paper: Duldung.".into(),
            triage: w.judged.clone(),
            ..Summary::default()
        };
        let summary = key.seal(&format!("cases {k}"), &serde_json::to_vec(&summary)?)?;
        let state = if w.consented {
            CaseState::Waiting
        } else {
            CaseState::Triage
        };
        let args = args![
            k,
            crate::desk::number::of(case),
            PersonId(person),
            c,
            w.lang,
            w.level.as_str(),
            w.level.rank(),
            KREIS,
            w.organisation,
            state.as_str(),
            w.consented,
            w.consented.then_some(summary),
            m,
            w.opened_at
        ];
        tx.run(&INSERT_CASE, args).await?;
        super::alarms::raise_if_immediate(tx, k, w.level, w.opened_at).await
    }
}

struct PersonWrites {
    world: World,
    case: CaseId,
    text: &'static str,
    now: Timestamp,
}

const PERSON_WROTE: Sql = Sql::both(
    "UPDATE cases SET unread = unread + 1, version = version + 1,
                      state = CASE WHEN state = 'awaiting_person' THEN 'active' ELSE state END WHERE id = $1",
);
const CONVERSATION: Sql = Sql::both(
    "UPDATE conversations SET next_seq = next_seq + 1, version = version + 1
     WHERE id = (SELECT conversation_id FROM cases WHERE id = $1) RETURNING id, next_seq - 1",
);

impl super::Write for PersonWrites {
    type Out = ();

    async fn run(&self, tx: &mut super::db::Tx<'_>) -> Result<(), super::StoreError> {
        let row = tx.first(&CONVERSATION, args![self.case]).await?.unwrap();
        let id = MessageId(self.world.ids.uuid());
        let body = MessageBody::In {
            text: self.text.into(),
            media: None,
            attached: None,
            triage: None,
        };
        let key = PersonKey::new([3; 32]);
        let body = key.seal(&format!("messages {id}"), &serde_json::to_vec(&body)?)?;
        let conversation: ConversationId = row.id(0)?;
        let args = args![
            id,
            conversation,
            row.int(1)?,
            "in",
            "person",
            self.case,
            body,
            "received",
            self.now
        ];
        tx.run(&INSERT_MESSAGE, args).await?;
        tx.run(&PERSON_WROTE, args![self.case]).await.map(drop)
    }
}

impl World {
    pub(crate) async fn new(store: Store) -> Self {
        let world = Self {
            store,
            ids: Arc::default(),
            content: shipped(),
        };
        for (id, name, fallback, kreise) in [
            (PILOT, "Online pilot", true, vec![]),
            (PROJECT, "Local project", false, vec![KREIS]),
            (ELSEWHERE, "Project elsewhere", false, vec!["06634"]),
        ] {
            let organisation = Organisation {
                id,
                kind: "local_project".into(),
                name: name.into(),
                fallback,
                hours: Hours::always(),
                kreise: kreise.into_iter().map(String::from).collect(),
            };
            world
                .store
                .put_organisation(organisation, NOW)
                .await
                .unwrap();
        }
        world
    }

    /// Every statement of these files can be prepared.
    pub(crate) async fn prepares(&self, files: &[(&str, &[&Sql])]) {
        for (file, statements) in files {
            for sql in *statements {
                let prepared = self.store.read(async |tx| tx.prepare(sql).await).await;
                assert!(prepared.is_ok(), "{file}: {prepared:?}\n{sql:?}");
            }
        }
    }

    /// Adds a counsellor and acts as them from now on.
    pub(crate) async fn counsellor(
        &self,
        name: &str,
        organisation: OrganisationId,
        role: Role,
    ) -> By {
        let id = CounsellorId(self.ids.uuid());
        let new = NewCounsellor {
            id,
            login: name.to_lowercase(),
            name: name.into(),
            password_hash: "none".into(),
            ui_lang: "en".into(),
            memberships: vec![(organisation, role)],
            now: NOW,
        };
        self.store.add_counsellor(new).await.unwrap();
        let staff = self
            .store
            .read(async |tx| super::desk::staff::load_staff(tx, id).await)
            .await;
        By {
            viewer: staff.unwrap().unwrap().viewer,
            name: name.into(),
            now: NOW,
            ids: self.ids.clone(),
        }
    }

    /// Puts a case into the queue.
    pub(crate) async fn waiting(&self, waiting: Waiting) -> CaseId {
        let ids: [Uuid; 5] = std::array::from_fn(|_| self.ids.uuid());
        let world = self.clone();
        self.store
            .write(Insert {
                world,
                waiting,
                ids,
            })
            .await
            .unwrap();
        CaseId(ids[4])
    }

    /// The person writes while the case is open.
    pub(crate) async fn person_writes(&self, case: CaseId, text: &'static str, now: Timestamp) {
        let world = self.clone();
        let write = PersonWrites {
            world,
            case,
            text,
            now,
        };
        self.store.write(write).await.unwrap();
    }

    /// A number out of the database.
    pub(crate) async fn number(&self, sql: &'static str, id: CaseId) -> i64 {
        let sql = Sql::both(sql);
        let row = self
            .store
            .read(async |tx| tx.first(&sql, args![id]).await)
            .await;
        row.unwrap().unwrap().int(0).unwrap()
    }

    /// What the program says to the persons of these tests.
    pub(crate) fn says(&self, key: &str, name: &str) -> String {
        let args = [("name", Arg::Text(name.to_owned()))];
        let words = &self.content.words;
        let text = words.text(&Lang::new(Waiting::default().lang), "system", key, &args);
        plain(&text.unwrap())
    }

    /// What the person was told by the bot and by counsellors, in order.
    pub(crate) async fn told(&self, case: CaseId) -> Vec<String> {
        const TOLD: Sql = Sql::both(
            "SELECT m.id, m.body FROM messages m JOIN cases c ON c.conversation_id = m.conversation_id
             WHERE c.id = $1 AND m.direction = 'out' ORDER BY m.seq",
        );
        let rows = self
            .store
            .read(async |tx| tx.all(&TOLD, args![case]).await)
            .await;
        let key = PersonKey::new([3; 32]);
        let mut told = Vec::new();
        for row in rows.unwrap() {
            let purpose = format!("messages {}", row.text(0).unwrap());
            let opened = key.open(&purpose, &row.blob(1).unwrap()).unwrap();
            if let MessageBody::Out(message) = serde_json::from_slice(&opened).unwrap() {
                told.push(plain(&message.text));
            }
        }
        told
    }
}

/// The content that is shipped, read once.
pub(crate) fn shipped() -> Arc<Content> {
    static SHIPPED: LazyLock<Arc<Content>> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut source = MemorySource::default();
        let mut folders = vec![root.join("flows"), root.join("locales")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                    source = source.with(name, &std::fs::read_to_string(&path).unwrap());
                }
            }
        }
        let loaded = load(&source, Arc::default());
        let content = loaded.content;
        Arc::new(content.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)))
    });
    SHIPPED.clone()
}

/// Without the marks that keep directions apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// What somebody may see, without the store.
pub(crate) fn outsider() -> Viewer {
    Viewer {
        counsellor: CounsellorId(Uuid::from_u128(9)),
        memberships: Vec::new(),
    }
}
