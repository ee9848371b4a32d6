//! Waking other processes on the same database: what this one calls out reaches them, and theirs reaches
//! this one, in the time of a round trip instead of the second after which everybody looks by itself.
//!
//! A call holds who calls, kinds and ids, and nothing about a person.

use super::hub::{Call, Hub, News};
use crate::store::wake::{Ear, LONGEST_CALL};
use crate::store::{Store, StoreError};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::task::JoinHandle;

/// How long after a lost connection it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Speaks and hears until it is dropped. The very last thing to end: as long as it hears, other
/// processes see that this one is alive and leave it what it has claimed.
pub(super) struct Waking(Vec<JoinHandle<()>>);

impl Waking {
    /// Connects. With the embedded database there is nobody to talk to.
    pub(super) async fn start(
        store: &Store,
        hub: &Arc<Hub>,
        worker: &str,
    ) -> Result<Self, StoreError> {
        let Some(ear) = store.listen(worker).await? else {
            return Ok(Self(Vec::new()));
        };
        let hear = hear(Arc::clone(hub), ear, worker.to_owned());
        let speak = speak(store.clone(), hub.calls(), worker.to_owned());
        Ok(Self(vec![tokio::spawn(hear), tokio::spawn(speak)]))
    }
}

impl Drop for Waking {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

async fn hear(hub: Arc<Hub>, mut ear: Ear, worker: String) {
    loop {
        match ear.next().await {
            Ok(Some(words)) => understand(&words, &worker).for_each(|call| hub.heard(call)),
            // Something may have been missed meanwhile.
            Ok(None) => [Call::Inbox, Call::Outbox, Call::Timers]
                .into_iter()
                .for_each(|call| hub.heard(call)),
            Err(error) => {
                tracing::warn!(%error, "other processes are not heard for now; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn speak(store: Store, mut calls: broadcast::Receiver<Call>, worker: String) {
    loop {
        let mut words = Words::new(&worker);
        match calls.recv().await {
            Ok(call) => words.add(call),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        // Whatever was called out during the last round trip goes out together.
        while words.has_room()
            && let Ok(call) = calls.try_recv()
        {
            words.add(call);
        }
        if let Err(error) = store.call(&words.0).await {
            tracing::debug!(%error, "other processes are not woken; they look by themselves");
        }
    }
}

/// A call on its way: the caller, then words, each once.
struct Words(String);

impl Words {
    fn new(worker: &str) -> Self {
        Self(worker.to_owned())
    }

    fn add(&mut self, call: Call) {
        let word = match call {
            Call::News(News::Case(id)) => format!(" case:{id}"),
            Call::News(News::Conversation(id)) => format!(" conversation:{id}"),
            Call::Inbox => " inbox".to_owned(),
            Call::Outbox => " outbox".to_owned(),
            Call::Timers => " timers".to_owned(),
        };
        if !self.0.contains(&word) {
            self.0.push_str(&word);
        }
    }

    /// Whether the longest word still fits.
    fn has_room(&self) -> bool {
        self.0.len() + " conversation:".len() + 36 <= LONGEST_CALL
    }
}

/// What another process has called. The own calls were heard before they went out; words that only a
/// newer version knows are left out.
fn understand<'a>(words: &'a str, worker: &str) -> impl Iterator<Item = Call> + use<'a> {
    let mut words = words.split(' ');
    let own = words.next() == Some(worker);
    words.filter(move |_| !own).filter_map(|word| match word {
        "inbox" => Some(Call::Inbox),
        "outbox" => Some(Call::Outbox),
        "timers" => Some(Call::Timers),
        _ => match word.split_once(':')? {
            ("case", id) => id_of(id).map(|id| Call::News(News::Case(id))),
            ("conversation", id) => id_of(id).map(|id| Call::News(News::Conversation(id))),
            _ => None,
        },
    })
}

fn id_of<T: FromStr>(id: &str) -> Option<T> {
    id.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, ConversationId};
    use crate::store::testing::{on_postgres, on_sqlite};
    use uuid::Uuid;

    const CASE: Call = Call::News(News::Case(CaseId(Uuid::from_u128(1))));

    fn conversation(n: u128) -> Call {
        Call::News(News::Conversation(ConversationId(Uuid::from_u128(n))))
    }

    #[test]
    fn a_call_says_kinds_and_ids_and_each_once() {
        let mut words = Words::new("w1");
        for call in [CASE, Call::Outbox, CASE, Call::Inbox, conversation(2)] {
            words.add(call);
        }
        insta::assert_snapshot!(words.0, @"w1 case:00000000-0000-0000-0000-000000000001 outbox inbox conversation:00000000-0000-0000-0000-000000000002");
        let heard: Vec<_> = understand(&words.0, "w2").collect();
        assert_eq!(heard, [CASE, Call::Outbox, Call::Inbox, conversation(2)]);
        assert_eq!(understand(&words.0, "w1").count(), 0, "the own call");
        let newer: Vec<_> = understand("w3 weather case:x moon:1 inbox", "w1").collect();
        assert_eq!(newer, [Call::Inbox]);
    }

    #[test]
    fn a_call_is_never_too_long_for_the_server() {
        let mut words = Words::new(&Uuid::from_u128(7).to_string());
        let mut n = 0;
        while words.has_room() {
            n += 1;
            words.add(conversation(n));
        }
        assert!(n > 100 && words.0.len() <= LONGEST_CALL);
    }

    #[tokio::test]
    async fn another_process_hears_what_one_calls_out() {
        let world = on_postgres().await;
        let (here, there) = (Arc::new(Hub::default()), Arc::new(Hub::default()));
        let _a = Waking::start(&world.store, &here, "here").await.unwrap();
        let _b = Waking::start(&world.store, &there, "there").await.unwrap();
        let (mut own, mut others) = (here.listen(), there.listen());
        let (first, second) = (
            News::Case(CaseId(Uuid::from_u128(1))),
            News::Conversation(ConversationId(Uuid::from_u128(2))),
        );
        here.tell(first);
        here.wake_outbox();
        assert_eq!(others.recv().await.unwrap(), first);
        there.outbox().await;
        // Whoever calls hears it once: at once, and not again from the server.
        there.tell(second);
        assert_eq!(own.recv().await.unwrap(), first);
        assert_eq!(own.recv().await.unwrap(), second);
    }

    #[tokio::test]
    async fn the_embedded_database_has_nobody_to_wake() {
        let (world, _folder) = on_sqlite().await;
        let hub = Arc::new(Hub::default());
        let waking = Waking::start(&world.store, &hub, "alone").await.unwrap();
        assert!(waking.0.is_empty());
    }
}
