//! An instance, assembled: opened (folder, database, content, port), started, and stopped in order.

use super::origin;
use super::place::Place;
use super::telegram::{self, Bot};
use crate::channel::Registry;
use crate::channel::room::{ROOM, RoomChannel};
use crate::config::{Config, Listen};
use crate::content::{Content, Loader};
use crate::ports::Clock as _;
use crate::runtime::alarm::{Alarms, Webhook};
use crate::runtime::origin::{Folder, Shipped, places};
use crate::runtime::system::{SystemClock, SystemIds};
use crate::runtime::triage::{self, Judge};
use crate::runtime::{Hub, Running, Setup, Uploads, live, published};
use crate::store::Store;
use crate::web::server::Readers;
use crate::web::{App, server};
use anyhow::{Context as _, Result, anyhow, bail};
use arc_swap::ArcSwap;
use metrics_exporter_prometheus::PrometheusHandle;
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A process that was killed a moment ago may still hold the port.
const BIND_TRIES: u32 = 20;
const BIND_PAUSE: Duration = Duration::from_millis(50);
/// How long pages that are being answered may take to the end; event streams never end by themselves.
const WEB_GRACE: Duration = Duration::from_secs(2);

/// How long closing the database may take: a page that is still being answered holds it open.
const CLOSE_GRACE: Duration = Duration::from_secs(5);

const CANNOT_USE_PUBLISHED: &str = "lotse does not start with other content than what was published. \
    Publish a mended one, or go back to the one before: lotse publish --rollback";

/// Everything that can fail for reasons an operator has to see to is done.
pub struct Opened {
    /// The settings.
    pub config: Config,
    /// The data folder.
    pub place: Place,
    /// The database.
    pub store: Store,
    /// The content that is live.
    pub content: Arc<ArcSwap<Content>>,
    followed: Option<Followed>,
    listener: Option<TcpListener>,
    bot: Option<Bot>,
    metrics: Option<PrometheusHandle>,
}

/// An instance at work.
pub struct Instance {
    /// The runtime.
    pub running: Running,
    /// What pages can reach.
    pub app: App,
    /// Where the pages are served.
    pub address: Option<SocketAddr>,
    bot: Option<Bot>,
    web: JoinHandle<std::io::Result<()>>,
    helpers: TaskTracker,
    stop: CancellationToken,
    /// Locked until the end.
    _place: Place,
}

impl Opened {
    /// Opens folder, database, content and port, and asks Telegram about the token meanwhile.
    pub async fn open(config: Config, metrics: Option<PrometheusHandle>) -> Result<Self> {
        let bot = telegram::start(&config)?;
        let listener = match config.listen {
            Listen::Off => None,
            Listen::At(address) => Some(bind(address).await?),
        };
        let folder = config.content.clone();
        let reading = tokio::task::spawn_blocking(move || read_content(folder));
        let place = Place::prepare(&config, true).await?;
        let store = place.open(&config).await?;
        let (mut content, followed) = reading.await.context("the content could not be read")??;
        let published = published::holding(&store, SystemClock.now()).await?;
        match (published, &followed) {
            (Some(holds), None) if holds.hash != content.hash => {
                let places = Arc::clone(&content.places);
                content = published::read(&store, &holds.hash, places)
                    .await
                    .context(CANNOT_USE_PUBLISHED)?;
            }
            (Some(_), Some(_)) => tracing::info!(
                "content comes from the folder in `content`; what was published is not used"
            ),
            _ => {}
        }
        let content = Arc::new(ArcSwap::from_pointee(content));
        Ok(Self {
            config,
            place,
            store,
            content,
            followed,
            listener,
            bot,
            metrics,
        })
    }

    /// Starts everything.
    pub async fn start(self) -> Result<Instance> {
        let Self {
            config,
            place,
            store,
            content,
            followed,
            listener,
            bot,
            metrics,
        } = self;
        let address = listener.as_ref().map(TcpListener::local_addr).transpose()?;
        let hub = Arc::new(Hub::default());
        let mut channels = Registry::default();
        channels.add(Arc::new(RoomChannel));
        channels.add_fetch(ROOM, Arc::new(Uploads(store.clone())));
        let mut pollers = Vec::new();
        if let Some(bot) = &bot {
            channels.add(bot.channel());
            let (channel, fetch) = bot.fetch();
            channels.add_fetch(channel, fetch);
            pollers.extend(bot.poller());
            if let Some(hook) = bot.hook(&store) {
                channels.add_hook(hook);
            }
        }
        let channels = Arc::new(channels);
        let running = Running::start(Setup {
            store: store.clone(),
            content: Arc::clone(&content),
            channels: Arc::clone(&channels),
            pollers,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            hub: Arc::clone(&hub),
            judge: judge(&config)?.map(Arc::new),
            alarms: alarms(&config)?,
        });
        let running = running.await.context("the runtime could not be started")?;
        let app = App {
            store: store.clone(),
            content: Arc::clone(&content),
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            hub,
            accept: Arc::new(running.acceptor.clone()),
            secure: config.secure(),
        };
        let (stop, helpers) = (CancellationToken::new(), TaskTracker::new());
        match followed {
            Some((folder, loader)) => {
                helpers.spawn(live::follow(folder, loader, content, stop.clone()))
            }
            None => {
                let (store, clock) = (store.clone(), Arc::new(SystemClock));
                helpers.spawn(published::follow(store, content, clock, stop.clone()))
            }
        };
        if let Some(metrics) = metrics.clone() {
            let upkeep = crate::telemetry::upkeep(metrics);
            let stop = stop.clone();
            helpers.spawn(async move { stop.run_until_cancelled(upkeep).await });
        }
        let web = server::Server {
            app: app.clone(),
            health: running.health.clone(),
            metrics,
            readers: readers(&config),
            channels,
        };
        let web = tokio::spawn(serve(listener, web, stop.clone()));
        Ok(Instance {
            running,
            app,
            address,
            bot,
            web,
            helpers,
            stop,
            _place: place,
        })
    }
}

impl Instance {
    /// Runs something beside it, until it is stopped.
    pub fn beside(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.helpers
            .spawn(async move { stop.run_until_cancelled(task).await });
    }

    /// Works until somebody stops it, or until it cannot go on.
    pub async fn until_stopped(mut self) -> Result<()> {
        let mut signals = Signals::new()?;
        let store = self.app.store.clone();
        let telegram = telegram::settle(self.bot.take(), store);
        let end = tokio::select! {
            () = signals.next() => Ok(()),
            error = telegram => Err(error),
            ended = &mut self.web => Err(web_ended(ended)),
        };
        tracing::info!("stopping; what is under way is finished first");
        tokio::spawn(stop_at_once(signals));
        self.stop().await;
        tracing::info!("stopped");
        end
    }

    /// Stops in order: first what brings work, then what does it.
    async fn stop(self) {
        let Self {
            running,
            app,
            mut web,
            helpers,
            stop,
            _place,
            ..
        } = self;
        stop.cancel();
        helpers.close();
        helpers.wait().await;
        if !web.is_finished() && tokio::time::timeout(WEB_GRACE, &mut web).await.is_err() {
            web.abort();
            let _ = web.await;
        }
        let store = app.store.clone();
        // The runtime ends when nobody can hand it work any more.
        drop(app);
        running.stop().await;
        if tokio::time::timeout(CLOSE_GRACE, store.close())
            .await
            .is_err()
        {
            tracing::warn!(
                "the database is still being read; it is closed with the program. Nothing is lost by that"
            );
        }
    }
}

/// Somebody is in a hurry. What is not finished is on disk and taken up at the next start.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the way out that does not wait"
)]
async fn stop_at_once(mut signals: Signals) {
    signals.next().await;
    tracing::warn!(
        "told twice to stop: stopping at once. What is left is taken up at the next start"
    );
    std::process::exit(1);
}

/// How alarms are told.
fn alarms(config: &Config) -> Result<Alarms> {
    let webhook = config.alarm_webhook.clone().map(|url| {
        let secret = config.alarm_secret.clone();
        Webhook::new(url, secret, config.public_url.as_deref())
    });
    let webhook = webhook.transpose().context("alarms cannot be called out")?;
    Ok(Alarms {
        webhook: webhook.map(Arc::new),
        pause: config.alarm_remind,
    })
}

/// Who looks at free texts.
fn judge(config: &Config) -> Result<Option<Judge>> {
    if !config.triage {
        return Ok(None);
    }
    let setup = triage::Setup {
        weights: config.model_file(),
        folder: config.data_dir.join(triage::MODEL_FOLDER),
        budget: config.triage_wait,
    };
    let judge = Judge::start(setup).context("free texts cannot be looked at")?;
    Ok(Some(judge))
}

fn web_ended(ended: Result<std::io::Result<()>, tokio::task::JoinError>) -> anyhow::Error {
    match ended {
        Ok(Err(error)) => anyhow!(error).context("the web pages cannot be served any more"),
        _ => anyhow!("the web pages cannot be served any more"),
    }
}

/// Who may read the numbers. Behind a web server everybody seems to ask from this machine: then only a
/// word helps.
fn readers(config: &Config) -> Readers {
    match (&config.metrics_token, &config.public_url) {
        (Some(word), _) => Readers::WhoKnows(word.clone()),
        (None, None) => Readers::ThisMachine,
        (None, Some(_)) => {
            tracing::info!(
                "nobody can read /metrics: behind a web server (`public_url` is set) it needs `metrics_token`"
            );
            Readers::Nobody
        }
    }
}

/// A folder that is followed, and who has read it.
type Followed = (Folder, Loader);

pub(super) fn read_content(folder: Option<PathBuf>) -> Result<(Content, Option<Followed>)> {
    let places = places().context("the tables of postcodes cannot be read")?;
    match folder {
        None => Ok((live::read(&Shipped, places)?, None)),
        Some(path) => {
            let folder = origin::folder(&path)?;
            let mut loader = Loader::default();
            let content = live::read_with(&mut loader, &folder, places)
                .with_context(|| format!("the content in {} cannot be used", path.display()))?;
            Ok((content, Some((folder, loader))))
        }
    }
}

/// Serves until stopped. Without a port it only waits.
async fn serve(
    listener: Option<TcpListener>,
    server: server::Server,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let Some(listener) = listener else {
        drop(server);
        stop.cancelled().await;
        return Ok(());
    };
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
        // Only a matter of speed.
        let _ = stream.set_nodelay(true);
    });
    let service = server::router(server).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    let mut tries = 0;
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && tries < BIND_TRIES => {
                tries += 1;
                tokio::time::sleep(BIND_PAUSE).await;
            }
            Err(error) => bail!(cannot_bind(address, &error)),
        }
    }
}

fn cannot_bind(address: SocketAddr, error: &std::io::Error) -> String {
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} on {} is already in use by another program. Stop that one, or choose another port: --listen {}:{}",
            address.ip(),
            address.ip(),
            port.checked_add(1).unwrap_or(8081)
        ),
        ErrorKind::PermissionDenied => format!(
            "this user may not use port {port}; ports below 1024 belong to the system. Choose another one, for example --listen {}:8080, and put a web server in front",
            address.ip()
        ),
        ErrorKind::AddrNotAvailable => format!(
            "this machine has no network address {}. Use --listen 127.0.0.1:{port} for this machine only, or 0.0.0.0:{port} for all networks",
            address.ip()
        ),
        _ => format!("{address} cannot be used for the web pages: {error}"),
    }
}

/// SIGTERM and Ctrl-C.
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    pub(super) async fn next(&mut self) {
        tokio::select! { _ = self.terminate.recv() => {}, _ = self.interrupt.recv() => {} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_named_with_another_to_try() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = taken.local_addr().unwrap();
        let error = TcpListener::bind(address).await.unwrap_err();
        let text = cannot_bind(address, &error);
        let port = address.port();
        let text = text
            .replace(&(port + 1).to_string(), "NEXT")
            .replace(&port.to_string(), "PORT");
        let others = [
            cannot_bind(
                "127.0.0.1:80".parse().unwrap(),
                &ErrorKind::PermissionDenied.into(),
            ),
            cannot_bind(
                "192.0.2.1:8080".parse().unwrap(),
                &ErrorKind::AddrNotAvailable.into(),
            ),
        ];
        insta::assert_snapshot!([&[text][..], &others[..]].concat().join("\n"));
    }

    #[test]
    fn behind_a_web_server_the_numbers_need_a_word() {
        use crate::config::Layers;
        let readers = |pairs: &[(&str, &str)]| {
            let env = pairs.iter().map(|(n, v)| ((*n).into(), (*v).into()));
            let layers = Layers {
                env: env.collect(),
                ..Layers::default()
            };
            format!("{:?}", readers(&Config::load(layers).unwrap()))
        };
        let (url, token) = (
            ("LOTSE_PUBLIC_URL", "https://x.example"),
            ("LOTSE_METRICS_TOKEN", "word"),
        );
        assert_eq!(readers(&[]), "ThisMachine");
        assert_eq!(readers(&[url]), "Nobody");
        assert!(readers(&[token]).starts_with("WhoKnows"));
        let both = readers(&[url, token]);
        assert!(both.starts_with("WhoKnows") && !both.contains("word"));
    }

    #[test]
    fn a_folder_without_content_is_named() {
        let say = |path: &str| format!("{:#}", read_content(Some(path.into())).err().unwrap());
        assert_eq!(say("/nowhere/at/all"), "there is no folder /nowhere/at/all");
        let src = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        assert!(
            say(src)
                .contains("holds no content: a content folder has the folders flows/ and locales/")
        );
    }
}
