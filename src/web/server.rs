//! Everything under one roof: room, console, webhook, health, numbers.

use super::{App, WebError, assets, console, headers, room};
use crate::channel::Registry;
use crate::model::ChannelId;
use crate::runtime::Health;
use crate::store::seal::hex;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The largest update that a messenger may bring.
const WEBHOOK_LIMIT: usize = 1024 * 1024;
/// How long the database may take to answer the question whether it is there.
const PING: Duration = Duration::from_secs(2);
/// Where a channel's network calls, below the public address.
pub fn hook_path(channel: ChannelId) -> String {
    format!("/channels/{channel}")
}

/// What is served.
#[derive(Clone)]
pub struct Server {
    /// What pages can reach.
    pub app: App,
    /// Whether the networks accept us.
    pub health: Health,
    /// The numbers.
    pub metrics: Option<PrometheusHandle>,
    /// Who may read the numbers.
    pub readers: Readers,
    /// The channels, of which some have networks that call.
    pub channels: Arc<Registry>,
}

/// Who may read the numbers.
#[derive(Clone, Debug)]
pub enum Readers {
    /// Nobody: a web server in front may pass on what anybody asks, in a way that looks as if the machine
    /// itself had asked.
    Nobody,
    /// Whoever asks on this machine.
    ThisMachine,
    /// Whoever knows the word, from wherever.
    WhoKnows(SecretString),
}

/// All pages. Wants to know who calls: `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(server: Server) -> Router {
    let app = server.app.clone();
    let open = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .route(
            "/channels/{channel}",
            post(called).layer(DefaultBodyLimit::max(WEBHOOK_LIMIT)),
        )
        .with_state(Arc::new(server));
    // Only what holds no secret of a session is made smaller on the way: the size of the console's
    // pages must not say anything about what is in them.
    let small = room::router(app.clone())
        .merge(assets::router())
        .layer(CompressionLayer::new());
    open.merge(small)
        .merge(console::router(app.clone()))
        .fallback(async || WebError::NotFound)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app.secure, headers::secure))
}

/// What panicked was logged by the panic hook.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    WebError::Internal("a page panicked").into_response()
}

#[derive(Serialize)]
struct Ready {
    database: bool,
    content: String,
    /// Networks that do not answer. People on other channels are served all the same.
    troubled: Vec<&'static str>,
    /// Who looks at free texts: `vectors`, `ngrams` (no weights, or not learned yet), `lexicon` (nothing learned yet), `off`.
    triage: &'static str,
}

/// Whether requests can be answered: for whoever decides where requests go.
async fn ready(State(server): State<Arc<Server>>) -> Response {
    let ping = tokio::time::timeout(PING, server.app.store.ping()).await;
    let database = matches!(ping, Ok(Ok(())));
    let body = Ready {
        database,
        content: server.app.content.load().hash.clone(),
        troubled: server.health.troubled(),
        triage: server.health.triage(),
    };
    let status = if database {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(body)).into_response()
}

/// The numbers, for the machine itself or for who knows the word.
async fn numbers(
    State(server): State<Arc<Server>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let allowed = match &server.readers {
        Readers::Nobody => false,
        Readers::ThisMachine => peer.ip().is_loopback() && asked_here(&headers),
        Readers::WhoKnows(word) => {
            bearer(&headers).is_some_and(|given| equal(given, word.expose_secret()))
        }
    };
    let Some(metrics) = server.metrics.as_ref().filter(|_| allowed) else {
        return Err(WebError::NotFound);
    };
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4");
    Ok(([kind], metrics.render()).into_response())
}

/// Should there be a web server in front that nobody told us of: as a rule it says for whom it asks, or
/// it passes on under which name it was asked.
fn asked_here(headers: &HeaderMap) -> bool {
    let forwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];
    let host = headers
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .unwrap_or("localhost");
    let local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    });
    local && !forwarded.iter().any(|h| headers.contains_key(*h))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// Compares hashes, so that neither time nor length tells anything.
fn equal(a: &str, b: &str) -> bool {
    let hash = |text: &str| hex(&Sha256::digest(text.as_bytes()));
    super::auth::equal(&hash(a), &hash(b))
}

/// A channel's network calls: what it brings is on disk before it is thanked for.
async fn called(
    State(server): State<Arc<Server>>,
    Path(channel): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Some(hook) = server.channels.hook(&channel) else {
        return StatusCode::NOT_FOUND;
    };
    let channel = hook.id();
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let updates = match hook.receive(&header, &body) {
        Ok(updates) => updates,
        Err(error) => {
            tracing::warn!(%channel, %error, "a call was refused");
            return StatusCode::UNAUTHORIZED;
        }
    };
    match server.app.accept.accept(channel, updates).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(%channel, %error, "an update could not be kept; the network will bring it again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Accept, AcceptError, Hook, Raw, Stranger};
    use crate::runtime::Hub;
    use crate::runtime::live;
    use crate::runtime::origin::{Shipped, places};
    use crate::runtime::system::{SystemClock, SystemIds};
    use crate::store::seal::InstanceKey;
    use crate::store::{Database, Store};
    use arc_swap::ArcSwap;
    use async_trait::async_trait;
    use axum::body::Body;
    use axum::http::Request;
    use std::path::PathBuf;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
    use tower::ServiceExt as _;

    const NETWORK: ChannelId = ChannelId("pigeons");

    /// A network that shows a ring, and brings the body as one update.
    struct Loft;

    impl Hook for Loft {
        fn id(&self) -> ChannelId {
            NETWORK
        }

        fn receive<'h>(
            &self,
            header: &dyn Fn(&str) -> Option<&'h str>,
            body: &[u8],
        ) -> Result<Vec<Raw>, Stranger> {
            let raw = Raw {
                provider_id: "7".to_owned(),
                bytes: body.to_vec(),
            };
            match header("x-ring") {
                Some("s3cret") => Ok(vec![raw]),
                _ => Err(Stranger),
            }
        }
    }

    #[derive(Default)]
    struct Inbox {
        broken: AtomicBool,
        taken: Mutex<Vec<Raw>>,
    }

    #[async_trait]
    impl Accept for Inbox {
        async fn accept(&self, channel: ChannelId, updates: Vec<Raw>) -> Result<(), AcceptError> {
            assert_eq!(channel, NETWORK);
            if self.broken.load(Ordering::SeqCst) {
                return Err(AcceptError("disk full".to_owned()));
            }
            self.taken.lock().unwrap().extend(updates);
            Ok(())
        }
    }

    struct Rig {
        server: Server,
        inbox: Arc<Inbox>,
        folder: PathBuf,
    }

    impl Drop for Rig {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    impl Rig {
        async fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let count = COUNT.fetch_add(1, Ordering::SeqCst);
            let name = format!("lotse-server-{}-{count}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            let database = Database::Sqlite(folder.clone());
            let store = Store::open(&database, InstanceKey::new(&[1; 32]))
                .await
                .unwrap();
            let content = live::read(&Shipped, places().unwrap()).unwrap();
            let inbox = Arc::new(Inbox::default());
            let app = App {
                store,
                content: Arc::new(ArcSwap::from_pointee(content)),
                clock: Arc::new(SystemClock),
                ids: Arc::new(SystemIds),
                hub: Arc::new(Hub::default()),
                accept: inbox.clone(),
                secure: false,
            };
            let mut channels = Registry::default();
            channels.add_hook(Arc::new(Loft));
            let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
            let server = Server {
                app,
                health: Health::default(),
                metrics: Some(recorder.handle()),
                readers: Readers::ThisMachine,
                channels: Arc::new(channels),
            };
            Self {
                server,
                inbox,
                folder,
            }
        }

        async fn ask(&self, peer: &str, request: Request<Body>) -> Response {
            let mut request = request;
            let peer: SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            router(self.server.clone()).oneshot(request).await.unwrap()
        }

        async fn get(&self, path: &str) -> Response {
            self.ask(
                "127.0.0.1:9",
                Request::get(path).body(Body::empty()).unwrap(),
            )
            .await
        }

        async fn call(&self, secret: &str, body: impl Into<Body>) -> StatusCode {
            let request = Request::post(hook_path(NETWORK)).header("x-ring", secret);
            self.ask("149.154.160.1:9", request.body(body.into()).unwrap())
                .await
                .status()
        }
    }

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), 1 << 20)
            .await
            .unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn room_assets_and_health_stand_under_one_roof() {
        let rig = Rig::new().await;
        for path in [
            "/",
            "/console/sign-in",
            "/healthz",
            "/readyz",
            &assets::url("room/room.css"),
        ] {
            let response = rig.get(path).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert!(
                response
                    .headers()
                    .contains_key(header::CONTENT_SECURITY_POLICY),
                "{path}"
            );
        }
        let lost = rig.get("/nowhere").await;
        assert_eq!(lost.status(), StatusCode::NOT_FOUND);
        assert!(text(lost).await.contains("Diese Seite gibt es nicht."));
        let ready: serde_json::Value =
            serde_json::from_str(&text(rig.get("/readyz").await).await).unwrap();
        assert_eq!(ready["database"], true);
        assert_eq!(ready["content"], rig.server.app.content.load().hash);
        assert_eq!(ready["triage"], "off");
    }

    #[tokio::test]
    async fn numbers_are_for_this_machine_or_for_who_knows_the_word() {
        let mut rig = Rig::new().await;
        let request = |headers: &[(&str, &str)]| {
            let mut request = Request::get("/metrics");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body(Body::empty()).unwrap()
        };
        let (here, away) = ("127.0.0.1:9", "192.0.2.1:9");
        let forwarded = ("x-forwarded-for", "192.0.2.1");
        let word = ("authorization", "Bearer word");
        let wrong = ("authorization", "Bearer sword");
        let word_given = || Readers::WhoKnows(SecretString::from("word"));
        for (readers, peer, headers, allowed) in [
            (Readers::ThisMachine, here, vec![], true),
            (Readers::ThisMachine, away, vec![], false),
            (
                Readers::ThisMachine,
                here,
                vec![("host", "localhost:8080")],
                true,
            ),
            (
                Readers::ThisMachine,
                here,
                vec![("host", "lotse.example.org")],
                false,
            ),
            (
                Readers::ThisMachine,
                here,
                vec![("host", "localhost.example.org")],
                false,
            ),
            (Readers::ThisMachine, here, vec![forwarded], false),
            (Readers::ThisMachine, away, vec![word], false),
            // What a web server passes on that says nothing of itself: as if the machine had asked.
            (
                Readers::Nobody,
                here,
                vec![("host", "127.0.0.1:8080")],
                false,
            ),
            (Readers::Nobody, here, vec![word], false),
            (word_given(), away, vec![word], true),
            (word_given(), here, vec![forwarded, word], true),
            (word_given(), here, vec![], false),
            (word_given(), here, vec![wrong], false),
        ] {
            rig.server.readers = readers.clone();
            let status = rig.ask(peer, request(&headers)).await.status();
            let expected = if allowed {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(status, expected, "{readers:?} {peer} {headers:?}");
        }
    }

    #[tokio::test]
    async fn an_update_is_kept_before_it_is_thanked_for() {
        let rig = Rig::new().await;
        assert_eq!(rig.call("s3cret", "coo").await, StatusCode::OK);
        assert_eq!(rig.inbox.taken.lock().unwrap()[0].bytes, b"coo");
        rig.inbox.broken.store(true, Ordering::SeqCst);
        let status = rig.call("s3cret", "coo").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn who_is_not_the_network_is_not_heard() {
        let mut rig = Rig::new().await;
        assert_eq!(rig.call("secret", "{}").await, StatusCode::UNAUTHORIZED);
        let large = vec![b' '; WEBHOOK_LIMIT + 1];
        assert_eq!(
            rig.call("s3cret", large).await,
            StatusCode::PAYLOAD_TOO_LARGE
        );
        assert!(rig.inbox.taken.lock().unwrap().is_empty());
        rig.server.channels = Arc::default();
        assert_eq!(rig.call("s3cret", "{}").await, StatusCode::NOT_FOUND);
    }
}
