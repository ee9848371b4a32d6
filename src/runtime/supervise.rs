//! Starting everything, and stopping it without losing what is in hand.

use super::accept::Acceptor;
use super::alarm::{self, Alarms};
use super::pause::LOOK;
use super::triage::Judge;
use super::turns::{TurnQueue, Turns};
use super::wake::Waking;
use super::work::Parts;
use super::{Hub, Sender, WorldCell};
use super::{attachments, look, loops};
use crate::channel::Registry;
use crate::content::Content;
use crate::model::ChannelId;
use crate::ports::{Clock, Ids, Poll};
use crate::store::accept::LetGo;
use crate::store::wake::FreeDeadClaims;
use crate::store::{Store, StoreError};
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How often the picture of the desk is taken anew.
const WORLD_REFRESH: Duration = Duration::from_secs(5);
/// How long stopping waits for what is under way.
const GRACE: Duration = Duration::from_secs(20);

/// What the runtime is made of.
pub struct Setup {
    /// The database.
    pub store: Store,
    /// The content that is live; somebody else may swap it.
    pub content: Arc<ArcSwap<Content>>,
    /// The channels.
    pub channels: Arc<Registry>,
    /// The channels that are asked for updates.
    pub pollers: Vec<(ChannelId, Arc<dyn Poll>)>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Ids and keys.
    pub ids: Arc<dyn Ids>,
    /// News.
    pub hub: Arc<Hub>,
    /// Who looks at free texts; `None`: nobody does.
    pub judge: Option<Arc<Judge>>,
    /// How alarms are told.
    pub alarms: Alarms,
}

/// Whether the networks accept us, and who looks at free texts.
#[derive(Clone, Default)]
pub struct Health {
    pollers: Vec<(ChannelId, Arc<AtomicBool>)>,
    judge: Option<Arc<Judge>>,
}

impl Health {
    /// The channels whose network does not answer at the moment.
    pub fn troubled(&self) -> Vec<&'static str> {
        let troubled = self
            .pollers
            .iter()
            .filter(|(_, ok)| !ok.load(Ordering::Relaxed));
        troubled.map(|(channel, _)| channel.0).collect()
    }

    /// Which model looks at free texts at the moment; `off`: none does.
    pub fn triage(&self) -> &'static str {
        self.judge.as_ref().map_or("off", |j| j.active().as_str())
    }
}

/// The runtime, running.
pub struct Running {
    /// Its parts.
    pub parts: Parts,
    /// The way into the inbox.
    pub acceptor: Acceptor,
    /// Whether the networks accept us, and who looks at free texts.
    pub health: Health,
    stop: CancellationToken,
    sent: CancellationToken,
    loops: TaskTracker,
    turns: TurnQueue,
    turning: JoinHandle<()>,
    settling: JoinHandle<()>,
    turned: CancellationToken,
    counting: JoinHandle<()>,
    waking: Waking,
}

impl Running {
    /// Starts everything. What an earlier process left open is taken up first.
    pub async fn start(setup: Setup) -> Result<Self, StoreError> {
        let Setup {
            store,
            content,
            channels,
            pollers,
            clock,
            ids,
            hub,
            judge,
            alarms,
        } = setup;
        let sender = Sender::new(Arc::clone(&channels), Arc::clone(&clock));
        let world = Arc::new(WorldCell::default());
        world.refresh(&store, clock.now()).await?;
        let worker = ids.uuid().to_string();
        // First of all: others that start free what is claimed by workers that they do not see.
        let waking = Waking::start(&store, &hub, &worker).await?;
        store.write(FreeDeadClaims).await?;
        let parts = Parts {
            store,
            content,
            world,
            channels,
            clock,
            ids,
            hub,
            sender,
            tally: Arc::default(),
            judge,
            worker,
        };
        let (turns, queue) = Turns::new(parts.clone());
        let acceptor = Acceptor::new(parts.clone(), queue.clone());
        let (stop, sent) = (CancellationToken::new(), CancellationToken::new());
        let loops = TaskTracker::new();
        let mut health = Health {
            judge: parts.judge.clone(),
            ..Health::default()
        };
        let turning = tokio::spawn(turns.run());
        let settling = tokio::spawn(loops::settle(parts.clone(), sent.clone()));
        let turned = CancellationToken::new();
        let counting = tokio::spawn(loops::count(parts.clone(), turned.clone()));
        let mut asked = Vec::new();
        for (channel, network) in pollers {
            let first = CancellationToken::new();
            asked.push(first.clone());
            let healthy = Arc::new(AtomicBool::new(true));
            health.pollers.push((channel, Arc::clone(&healthy)));
            let (parts, acceptor, stop) = (parts.clone(), acceptor.clone(), stop.clone());
            loops.spawn(loops::poll(
                parts, acceptor, channel, network, healthy, first, stop,
            ));
        }
        loops.spawn(loops::sweep(parts.clone(), acceptor.clone(), stop.clone()));
        loops.spawn(loops::outbox(parts.clone(), asked, stop.clone()));
        loops.spawn(loops::renew(parts.clone(), stop.clone()));
        loops.spawn(loops::timers(parts.clone(), queue.clone(), stop.clone()));
        loops.spawn(attachments::fetch(parts.clone(), stop.clone()));
        loops.spawn(alarm::run(parts.clone(), alarms, stop.clone()));
        loops.spawn(refresh_world(parts.clone(), stop.clone()));
        loops.spawn(teach(parts.clone(), stop.clone()));
        loops.close();
        Ok(Self {
            parts,
            acceptor,
            health,
            stop,
            sent,
            loops,
            turns: queue,
            turning,
            settling,
            turned,
            counting,
            waking,
        })
    }

    /// Stops: no new updates, no new turns; what is under way is committed, sent and settled.
    pub async fn stop(self) {
        self.stop.cancel();
        let Self {
            parts,
            sent,
            loops,
            turns,
            turning,
            settling,
            turned,
            counting,
            waking,
            ..
        } = self;
        let orderly = async {
            loops.wait().await;
            turns.stop();
            let _ = turning.await;
            turned.cancel();
            let _ = counting.await;
            parts.sender.finish().await;
            sent.cancel();
            let _ = settling.await;
            // What waits here and was not begun is free for others at once.
            let worker = parts.worker.clone();
            if let Err(error) = parts.store.write(LetGo { worker, ids: None }).await {
                tracing::warn!(%error, "claims end with their lease");
            }
        };
        if tokio::time::timeout(GRACE, orderly).await.is_err() {
            tracing::warn!("stopping took too long; what is left is taken up at the next start");
        }
        drop(waking);
    }
}

/// Lets the judge learn from the content that is live.
async fn teach(parts: Parts, stop: CancellationToken) {
    let Some(judge) = parts.judge.clone() else {
        return;
    };
    loop {
        look::learn(&judge, &parts.content.load());
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn refresh_world(parts: Parts, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(WORLD_REFRESH) => {}
        }
        if let Err(error) = parts.world.refresh(&parts.store, parts.now()).await {
            tracing::error!(%error, "the picture of the desk could not be taken anew");
        }
    }
}
