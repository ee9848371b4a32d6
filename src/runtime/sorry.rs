//! When a turn fails for good, the person is told: silence would be the worst answer.

use super::after::{After, divide, follow_up};
use super::turn::take_sorry;
use super::work::{Parts, Task};
use crate::model::{Inbound, InboxId, Lane};
use crate::store::StoreError;
use crate::store::accept::FailInbox;
use crate::store::turns::{Decide, TakeTurns};
use metrics::counter;

/// How often it is tried when somebody else changes the conversation meanwhile.
const TRIES: usize = 6;

/// Puts updates of one conversation aside where staff see them. With the same commit the person is told,
/// once for all of them, that something went wrong and that a human will look at it.
pub(super) async fn bury(parts: &Parts, lane: &Lane, tasks: &[Task], fault: &str) {
    let ids: Vec<InboxId> = tasks.iter().filter_map(Task::inbox).collect();
    counter!("lotse_dead_letters_total").increment(ids.len() as u64);
    for id in &ids {
        tracing::error!(inbox = %id, fault, "an update is put aside for staff");
    }
    let heard = tasks.iter().find_map(|task| match task {
        Task::Inbound(_, inbound, _) if !task.says_nothing() => Some(inbound),
        _ => None,
    });
    if let Some(inbound) = heard {
        for _ in 0..TRIES {
            match tell(parts, lane, inbound, &ids, fault).await {
                Ok(()) => return,
                Err(StoreError::Conflict) => {}
                Err(error) => {
                    tracing::error!(%error, "the person could not be told of a fault");
                    break;
                }
            }
        }
    }
    for id in ids {
        if let Err(error) = put_aside(parts, id, "dead", fault.to_owned()).await {
            tracing::error!(%error, "a dead letter could not be marked; it stays open");
        }
    }
}

/// Puts an update aside without a word to the person.
pub(super) async fn put_aside(
    parts: &Parts,
    id: InboxId,
    state: &'static str,
    fault: String,
) -> Result<(), StoreError> {
    let worker = parts.worker.clone();
    let fail = FailInbox {
        id,
        state,
        fault,
        worker,
    };
    parts.store.write(fail).await
}

async fn tell(
    parts: &Parts,
    lane: &Lane,
    inbound: &Inbound,
    ids: &[InboxId],
    fault: &str,
) -> Result<(), StoreError> {
    let lease = parts.lease();
    let (scene, inbound) = (parts.scene(lease.now), inbound.clone());
    let lanes = vec![lane.clone()];
    let lane = lane.clone();
    let dead: Vec<_> = ids.iter().map(|id| (*id, fault.to_owned())).collect();
    let decide: Decide<Vec<After>> = Box::new(move |stored| {
        let taken = take_sorry(&scene.setting(), &lane, &inbound, stored.get(&lane))?;
        let (mut batch, after) = divide(vec![taken], vec![], None);
        batch.dead.clone_from(&dead);
        Ok((batch, after))
    });
    let write = TakeTurns {
        lanes,
        decide,
        lease,
        settled: Vec::new(),
    };
    let after = parts.store.write(write).await?;
    follow_up(parts, after);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::turns::Turns;
    use super::super::{Acceptor, Hub, Sender, WorldCell};
    use super::*;
    use crate::channel::Registry;
    use crate::channel::room::{Did, ROOM, RoomChannel, Wire};
    use crate::model::{Event, Timestamp};
    use crate::ports::Clock;
    use crate::store::accept::{Accept, ClaimInbox, Lease, NewInbox};
    use crate::store::outbox::{ClaimOutbox, Outcome, Settle, Settlement};
    use crate::store::testing::{Folder, NOW, World, on_sqlite};
    use crate::store::wake::FreeDeadClaims;
    use arc_swap::ArcSwap;
    use std::sync::Arc;

    struct Stopped;

    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            NOW
        }
    }

    struct Rig {
        world: World,
        parts: Parts,
        acceptor: Acceptor,
        _folder: Folder,
    }

    impl Rig {
        async fn new() -> Self {
            let (world, folder) = on_sqlite().await;
            let mut channels = Registry::default();
            channels.add(Arc::new(RoomChannel));
            let channels = Arc::new(channels);
            let sender = Sender::new(Arc::clone(&channels), Arc::new(Stopped));
            let parts = Parts {
                store: world.store.clone(),
                content: Arc::new(ArcSwap::new(Arc::clone(&world.content))),
                world: Arc::new(WorldCell::default()),
                channels,
                clock: Arc::new(Stopped),
                ids: world.ids.clone(),
                hub: Arc::new(Hub::default()),
                sender,
                tally: Arc::default(),
                judge: None,
                worker: "this process".to_owned(),
            };
            let (_, queue) = Turns::new(parts.clone());
            let acceptor = Acceptor::new(parts.clone(), queue);
            Self {
                world,
                parts,
                acceptor,
                _folder: folder,
            }
        }

        /// Something that a person wrote, on disk and claimed by a process.
        async fn arrives(&self, who: &str, text: &str) -> (Lane, Task) {
            use crate::ports::{Channel as _, Ids as _};
            let raw = Wire {
                id: format!("{who}:{text}"),
                address: who.to_owned(),
                lang: Some("en".to_owned()),
                did: Did::Text(text.to_owned()),
            }
            .raw();
            let inbound = RoomChannel.decode(&raw.bytes).unwrap();
            let key = self.parts.store.key();
            let (lane, id) = (key.lane(ROOM, who), InboxId(self.world.ids.uuid()));
            let row = NewInbox {
                id,
                channel: ROOM,
                provider_id: raw.provider_id,
                lane: Ok(lane.clone()),
                raw: key.seal(&format!("inbox {id}"), &raw.bytes).unwrap(),
            };
            let accept = Accept {
                rows: vec![row],
                cursor: None,
                lease: self.parts.lease(),
            };
            self.parts.store.write(accept).await.unwrap();
            (lane, Task::Inbound(id, inbound, None))
        }

        /// The process crashes, and the next one takes up what it finds, so many times.
        async fn crashes(&self, times: usize) {
            for n in 0..times {
                self.parts.store.write(FreeDeadClaims).await.unwrap();
                let lease = Lease {
                    worker: format!("process {n}"),
                    ..self.parts.lease()
                };
                let claim = ClaimInbox { lease, limit: 100 };
                self.parts.store.write(claim).await.unwrap();
            }
            self.parts.store.write(FreeDeadClaims).await.unwrap();
        }

        /// What waits to be sent now: to whom, and which words. It is sent.
        async fn told(&self) -> Vec<(String, String)> {
            let mut told = Vec::new();
            loop {
                let claim = ClaimOutbox {
                    lease: self.parts.lease(),
                    limit: 100,
                };
                let ids = self.parts.store.write(claim).await.unwrap();
                if ids.is_empty() {
                    told.sort();
                    return told;
                }
                let (outgoing, _) = self.parts.store.outgoing(&ids).await.unwrap();
                told.extend(outgoing.into_iter().map(|o| (o.address, o.message.key)));
                let sent = |id| Settlement {
                    id,
                    outcome: Outcome::Sent,
                    parts_sent: 1,
                };
                let settle = Settle {
                    settlements: ids.into_iter().map(sent).collect(),
                    lease: self.parts.lease(),
                };
                self.parts.store.write(settle).await.unwrap();
            }
        }
    }

    fn sorry(who: &str) -> (String, String) {
        (who.to_owned(), "system:sorry".to_owned())
    }

    #[tokio::test]
    async fn whoever_wrote_beside_a_crash_hears_it_once_and_staff_see_all() {
        let rig = Rig::new().await;
        rig.arrives("amina", "Hello").await;
        rig.arrives("amina", "Anybody there?").await;
        rig.arrives("omid", "Help").await;
        // The fifth claim is the last that is worked on.
        rig.crashes(3).await;
        rig.acceptor.recover().await.unwrap();
        assert_eq!(rig.told().await, []);
        assert_eq!(rig.parts.store.depth().await.unwrap().dead, 0);
        rig.crashes(0).await;
        rig.acceptor.recover().await.unwrap();
        assert_eq!(rig.told().await, [sorry("amina"), sorry("omid")]);
        let depth = rig.parts.store.depth().await.unwrap();
        assert_eq!((depth.inbox, depth.dead), (0, 3));
        rig.crashes(3).await;
        rig.acceptor.recover().await.unwrap();
        assert_eq!(rig.told().await, []);
    }

    #[tokio::test]
    async fn whose_update_somebody_else_has_taken_over_hears_nothing() {
        let rig = Rig::new().await;
        let (lane, task) = rig.arrives("amina", "Hello").await;
        rig.crashes(1).await;
        bury(&rig.parts, &lane, &[task], "too slow").await;
        assert_eq!(rig.told().await, []);
        assert_eq!(rig.parts.store.depth().await.unwrap().inbox, 1);
    }

    #[tokio::test]
    async fn whoever_has_left_is_not_written_to() {
        let rig = Rig::new().await;
        let (lane, mut task) = rig.arrives("amina", "Bye").await;
        if let Task::Inbound(_, inbound, _) = &mut task {
            inbound.event = Event::Blocked;
        }
        bury(&rig.parts, &lane, &[task], "no use").await;
        assert_eq!(rig.told().await, []);
        assert_eq!(rig.parts.store.depth().await.unwrap().dead, 1);
    }
}
