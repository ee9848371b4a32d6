//! A room to test with: a real store in a folder of its own, and an inbox that only writes down what came.

use super::super::{Accept, App};
use super::pass::Pass;
use crate::content::{Content, Language, Places, Review, Settings, Words};
use crate::model::{ChannelId, Lane, Lang, MessageBody, Timestamp};
use crate::ports::AcceptError;
use crate::ports::{Clock, Ids, Raw};
use crate::runtime::{Hub, News};
use crate::store::room::tests::{Said, conversation};
use crate::store::seal::InstanceKey;
use crate::store::{Database, Store};
use arc_swap::ArcSwap;
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;
use uuid::Uuid;

/// A clock that stands still until it is moved.
#[derive(Default)]
pub(super) struct TestClock(AtomicI64);

impl TestClock {
    pub(super) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(1_795_000_000_000 + self.0.load(Ordering::SeqCst))
    }
}

/// Ids that count.
#[derive(Default)]
pub(super) struct TestIds(AtomicU64);

impl Ids for TestIds {
    fn uuid(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::SeqCst)))
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    }
}

/// An inbox that writes down what came.
#[derive(Default)]
pub(super) struct Inbox {
    pub(super) broken: AtomicBool,
    pub(super) taken: Mutex<Vec<Raw>>,
}

#[async_trait]
impl Accept for Inbox {
    async fn accept(&self, channel: ChannelId, updates: Vec<Raw>) -> Result<(), AcceptError> {
        assert_eq!(channel.0, "room");
        if self.broken.load(Ordering::SeqCst) {
            return Err(AcceptError("out of order".to_owned()));
        }
        self.taken.lock().unwrap().extend(updates);
        Ok(())
    }
}

/// Content with three languages and no words: texts appear as their ids.
pub(super) fn content() -> Content {
    let language = |tag: &str| Language {
        lang: Lang::new(tag),
        name: tag.to_uppercase(),
        review: Review::Source,
    };
    Content {
        hash: "0".into(),
        settings: Settings {
            languages: ["de", "en", "ar"].map(language).into(),
            source: Lang::new("de"),
            fallback_language: Lang::new("en"),
            start: "welcome".into(),
            max_age_days: 180,
            commands: Default::default(),
        },
        flows: Default::default(),
        fields: Default::default(),
        topics: Vec::new(),
        reasons: Default::default(),
        facts: Default::default(),
        services: Vec::new(),
        detect: Default::default(),
        words: Words::default(),
        places: Arc::new(Places::default()),
    }
}

/// A room on a server of its own.
pub(super) struct Rig {
    pub(super) app: App,
    pub(super) clock: Arc<TestClock>,
    pub(super) inbox: Arc<Inbox>,
    router: Router,
    folder: PathBuf,
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An answer, read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Rig {
    pub(super) async fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("lotse-room-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let database = Database::Sqlite(folder.clone());
        let store = Store::open(&database, InstanceKey::new(&[1; 32])).await;
        let clock = Arc::new(TestClock::default());
        let inbox = Arc::new(Inbox::default());
        let app = App {
            store: store.unwrap(),
            content: Arc::new(ArcSwap::from_pointee(content())),
            clock: clock.clone(),
            ids: Arc::new(TestIds::default()),
            hub: Arc::new(Hub::default()),
            accept: inbox.clone(),
            secure: false,
        };
        Self {
            router: super::router(app.clone()),
            app,
            clock,
            inbox,
            folder,
        }
    }

    /// Sends a request; `cookie` may be empty.
    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// Sends a request and leaves its answer's body open.
    pub(super) async fn open(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(super) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(get(path, cookie)).await
    }

    pub(super) async fn form(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "lotse.example")
            .header(header::ORIGIN, "https://lotse.example");
        self.send(request.body(body.to_owned().into()).unwrap())
            .await
    }

    pub(super) async fn json(&self, cookie: &str, body: serde_json::Value) -> Answer {
        let request = Request::post("/room/messages")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.to_string().into()).unwrap())
            .await
    }

    /// A room: its cookie and its pass.
    pub(super) fn room(&self) -> (String, Pass) {
        let pass = Pass::new(&self.app).unwrap();
        let (_, value) = pass.remember(false).unwrap();
        let cookie = value
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        (cookie, pass)
    }

    /// Puts a message into the conversation of a lane and calls it out.
    pub(super) async fn said(
        &self,
        lane: &Lane,
        seq: i64,
        client_id: Option<&str>,
        body: MessageBody,
    ) {
        let said = Said {
            store: self.app.store.clone(),
            lane: lane.clone(),
            id: self.app.ids.uuid(),
            seq,
            client_id: client_id.map(str::to_owned),
            body,
        };
        self.app.store.write(said).await.unwrap();
        self.app.hub.tell(News::Conversation(conversation(lane)));
    }
}

pub(super) fn get(path: &str, cookie: &str) -> Request<Body> {
    let request = Request::get(path).header(header::COOKIE, cookie);
    request.body(Body::empty()).unwrap()
}
