//! Published content goes live: all processes on a database switch at the same moment.

use super::live::{self, Faulty};
use crate::content::{Content, MemorySource, Places};
use crate::model::Timestamp;
use crate::ports::Clock;
use crate::store::published::Switch;
use crate::store::{Store, StoreError};
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long before it holds a decision is made: longer than the second
/// after which processes look again, and the reading of a large content.
pub const AHEAD_SECONDS: i64 = 3;
/// How often it is looked for decisions.
const LOOK: Duration = Duration::from_secs(1);
/// Decisions that are looked at: those to come, and the one that holds.
const RECENT: i64 = 20;

/// Why published content cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its files are gone.
    #[error("the published content {0} is not in the database any more")]
    Gone(String),
    /// Another version of the program finds errors in it.
    #[error("the published content {hash} cannot be used by this version of lotse")]
    Faulty {
        /// Which.
        hash: String,
        /// The findings.
        source: Faulty,
    },
}

/// The decision that holds now. `None`: nothing was published.
pub async fn holding(store: &Store, now: Timestamp) -> Result<Option<Switch>, StoreError> {
    let switches = store.content_switches(RECENT).await?;
    Ok(switches.into_iter().find(|s| s.holds_from <= now))
}

/// The files of a version.
pub async fn files(store: &Store, hash: &str) -> Result<MemorySource, PublishedError> {
    let files = store.content_files(hash).await?;
    files
        .map(MemorySource)
        .ok_or_else(|| PublishedError::Gone(hash.to_owned()))
}

/// A version, read.
pub async fn read(
    store: &Store,
    hash: &str,
    places: Arc<Places>,
) -> Result<Content, PublishedError> {
    let files = files(store, hash).await?;
    let hash = hash.to_owned();
    let reading = tokio::task::spawn_blocking(move || live::read(&files, places));
    let gone = PublishedError::Gone(hash.clone());
    let content = reading.await.map_err(|_| gone)?;
    content.map_err(|source| PublishedError::Faulty { hash, source })
}

/// Follows what is published until stopped.
pub async fn follow(
    store: Store,
    live: Arc<ArcSwap<Content>>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let mut follower = Follower {
        store,
        live,
        ready: None,
        refused: None,
    };
    loop {
        let wait = match follower.look(clock.now()).await {
            Ok(next) => next.map_or(LOOK, |wait| wait.min(LOOK)),
            Err(error) => {
                tracing::warn!(%error, "it is not known for now what is published");
                LOOK
            }
        };
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(wait) => {} }
    }
}

struct Follower {
    store: Store,
    live: Arc<ArcSwap<Content>>,
    /// Read before it holds, so that the switch itself takes no time.
    ready: Option<Arc<Content>>,
    /// What could not be used: told once.
    refused: Option<String>,
}

impl Follower {
    /// Switches if a decision has begun to hold; returns how long it is until the next one does.
    async fn look(&mut self, now: Timestamp) -> Result<Option<Duration>, StoreError> {
        let switches = self.store.content_switches(RECENT).await?;
        let next = switches.iter().rev().find(|s| s.holds_from > now);
        if let Some(next) = next {
            self.prepare(&next.hash).await;
        }
        let Some(holds) = switches.iter().find(|s| s.holds_from <= now) else {
            return Ok(next.map(|next| until(next, now)));
        };
        if self.live.load().hash != holds.hash {
            self.prepare(&holds.hash).await;
            if let Some(content) = self.ready.take_if(|c| c.hash == holds.hash) {
                self.live.store(content);
                tracing::info!(content = holds.hash, "published content is live");
            }
        }
        Ok(next.map(|next| until(next, now)))
    }

    async fn prepare(&mut self, hash: &str) {
        let there = self.ready.as_ref().is_some_and(|c| c.hash == hash);
        if there || self.refused.as_deref() == Some(hash) || self.live.load().hash == hash {
            return;
        }
        let places = Arc::clone(&self.live.load().places);
        match read(&self.store, hash, places).await {
            Ok(content) => self.ready = Some(Arc::new(content)),
            Err(error) => {
                match &error {
                    PublishedError::Faulty { source, .. } => {
                        tracing::error!(%error, "what was published does not go live\n{}", source.text);
                    }
                    _ => tracing::error!(%error, "what was published does not go live"),
                }
                self.refused = Some(hash.to_owned());
            }
        }
    }
}

fn until(switch: &Switch, now: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(switch.holds_from.0 - now.0).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::origin::{Shipped, places};
    use super::*;
    use crate::content::Source as _;
    use crate::ports::Ids as _;
    use crate::store::published::Publish;
    use crate::store::testing::{NOW, World, on_both};

    fn shipped() -> MemorySource {
        let read = |path: String| {
            let text = Shipped.read(&path).unwrap();
            (path, text)
        };
        MemorySource(Shipped.paths().into_iter().map(read).collect())
    }

    fn edited() -> MemorySource {
        let menu = "flows/menu.toml";
        let text = shipped().0[menu].replace("times = 2", "times = 3");
        shipped().with(menu, &text)
    }

    async fn publish(world: &World, files: MemorySource, hash: &str, seconds: i64) {
        let after = world.store.content_switches(1).await.unwrap();
        let publish = Publish {
            id: world.ids.uuid(),
            switch: Switch {
                hash: hash.to_owned(),
                holds_from: NOW.plus_seconds(seconds),
                decided_at: NOW,
                decided_by: "Rosa".to_owned(),
            },
            files: Some(files.0),
            after: after.into_iter().next(),
        };
        world.store.write(publish).await.unwrap();
    }

    #[tokio::test]
    async fn all_switch_when_it_holds_and_not_before_and_can_go_back() {
        on_both(async |world| {
            let old = live::read(&shipped(), places().unwrap()).unwrap();
            let new = live::read(&edited(), places().unwrap()).unwrap().hash;
            let first = old.hash.clone();
            let cell = || {
                Arc::new(ArcSwap::from_pointee(
                    live::read(&shipped(), places().unwrap()).unwrap(),
                ))
            };
            let follower = || Follower {
                store: world.store.clone(),
                live: cell(),
                ready: None,
                refused: None,
            };
            let mut two = [follower(), follower()];
            publish(&world, edited(), &new, 3).await;
            for f in &mut two {
                let wait = f.look(NOW.plus_seconds(1)).await.unwrap();
                assert_eq!(wait, Some(Duration::from_secs(2)));
                assert_eq!(f.live.load().hash, first);
                f.look(NOW.plus_seconds(3)).await.unwrap();
                assert_eq!(f.live.load().hash, new);
            }
            publish(&world, shipped(), &first, 10).await;
            two[0].look(NOW.plus_seconds(10)).await.unwrap();
            assert_eq!(two[0].live.load().hash, first);
            let holds = holding(&world.store, NOW.plus_seconds(9)).await.unwrap();
            assert_eq!(holds.unwrap().hash, new);
        })
        .await;
    }

    #[tokio::test]
    async fn what_cannot_be_used_leaves_the_old_content() {
        on_both(async |world| {
            let broken = shipped().with("flows/menu.toml", "start = ");
            publish(&world, broken, "0000000000000000", 1).await;
            let old = live::read(&shipped(), places().unwrap()).unwrap();
            let first = old.hash.clone();
            let mut follower = Follower {
                store: world.store.clone(),
                live: Arc::new(ArcSwap::from_pointee(old)),
                ready: None,
                refused: None,
            };
            follower.look(NOW.plus_seconds(2)).await.unwrap();
            assert_eq!(follower.live.load().hash, first);
            assert_eq!(follower.refused.as_deref(), Some("0000000000000000"));
        })
        .await;
    }
}
