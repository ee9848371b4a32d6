//! A reminder is due: it becomes a turn of its conversation, like something that the person did.

use super::relay;
use super::turn::Talk;
use super::turns::TurnQueue;
use super::work::{DueReminder, Parts, Task, Work};
use crate::engine::{Env, Input};
use crate::store::StoreError;
use crate::store::timers::{DueTimer, FinishTimer};

/// Hands a due reminder to whoever takes turns.
pub(super) async fn due(
    parts: &Parts,
    turns: &TurnQueue,
    timer: &DueTimer,
) -> Result<(), StoreError> {
    match work(parts, timer).await? {
        Some(work) => {
            turns.push(vec![work]);
            Ok(())
        }
        None => parts.store.write(FinishTimer { id: timer.id }).await,
    }
}

/// The turn that a timer asks for; `None`: the conversation is gone.
async fn work(parts: &Parts, timer: &DueTimer) -> Result<Option<Work>, StoreError> {
    let found = match timer.conversation {
        Some(conversation) => parts.store.lane_of_conversation(conversation).await?,
        None => None,
    };
    let number = timer.version.and_then(|n| u32::try_from(n).ok());
    let (Some((lane, channel)), Some(number)) = (found, number) else {
        return Ok(None);
    };
    let served = parts.channels.get(&channel);
    let due = DueReminder {
        timer: timer.id,
        number,
        window: served.and_then(|c| c.capabilities().window_seconds),
        channel,
    };
    let task = Task::Remind(due);
    Ok(Some(Work { lane, task }))
}

/// A reminder's turn. While a human owns the turn it is void: they look after the person now.
pub(super) fn take(
    talk: &mut Talk<'_>,
    due: &DueReminder,
    reachable: bool,
) -> Result<(), StoreError> {
    let input = Input::Remind(due.number);
    let (content, live) = (talk.setting.content, talk.live_case.as_ref());
    let owner = relay::owner(content, live, &talk.state, &input);
    if matches!(owner, relay::Owner::Human(_)) {
        talk.state.reminders.retain(|r| r.number != due.number);
        return Ok(());
    }
    let env = Env {
        // Who has blocked the bot is written to when they have written again.
        window: if reachable { due.window } else { Some(0) },
        ..talk.env()
    };
    talk.step_in(&env, input)
}

#[cfg(test)]
mod tests {
    use super::super::turn::take;
    use super::super::turns::divide;
    use super::super::{Hub, Sender, WorldCell};
    use super::*;
    use crate::channel::Registry;
    use crate::channel::room::{ROOM, RoomChannel};
    use crate::model::{Event, Inbound, InboxId, Timestamp};
    use crate::ports::{Clock, Ids as _};
    use crate::store::accept::{Accept, Lease, NewInbox};
    use crate::store::testing::{Folder, NOW, World, on_sqlite};
    use crate::store::timers::ClaimTimers;
    use crate::store::turns::{Decide, TakeTurns};
    use arc_swap::ArcSwap;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    const DAY: i64 = 86_400;

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    /// Somebody in the web room, and a program that does what is said and nothing by itself.
    struct Rig {
        world: World,
        parts: Parts,
        clock: Arc<Hand>,
        _folder: Folder,
    }

    impl Rig {
        async fn new() -> Self {
            let (world, folder) = on_sqlite().await;
            let mut channels = Registry::default();
            channels.add(Arc::new(RoomChannel));
            let channels = Arc::new(channels);
            let clock = Arc::new(Hand(AtomicI64::new(NOW.0)));
            let sender = Sender::new(Arc::clone(&channels), clock.clone());
            let parts = Parts {
                store: world.store.clone(),
                content: Arc::new(ArcSwap::new(Arc::clone(&world.content))),
                world: Arc::new(WorldCell::default()),
                channels,
                clock: clock.clone(),
                ids: world.ids.clone(),
                hub: Arc::new(Hub::default()),
                sender,
                worker: "this process".to_owned(),
                tally: Arc::default(),
                judge: None,
            };
            parts.world.refresh(&parts.store, NOW).await.unwrap();
            Self {
                world,
                parts,
                clock,
                _folder: folder,
            }
        }

        /// Somebody who has agreed to be reminded in 14 days.
        async fn agreed() -> Self {
            let rig = Self::new().await;
            for words in ["/start", "English", "2", "2", "1", "2", "1", "12"] {
                rig.says(words).await;
            }
            let said = rig.says("2").await;
            assert_eq!(said, ["work_permission/waiting", "system:remind-offer"]);
            let said = rig.says("yes").await;
            assert_eq!(said, ["system:remind-set", "work_permission/next_topic"]);
            rig
        }

        fn later(&self, days: i64) {
            self.clock.0.fetch_add(days * DAY * 1000, Ordering::Relaxed);
        }

        /// Takes a turn and tells what is said in it.
        async fn takes(&self, work: Work) -> Result<Vec<String>, StoreError> {
            let scene = self.parts.scene(self.parts.now());
            let lanes = vec![work.lane.clone()];
            let decide: Decide<Vec<String>> = Box::new(move |stored| {
                let known = stored.get(&work.lane);
                let tasks = std::slice::from_ref(&work.task);
                let taken = take(&scene.setting(), &work.lane, ROOM, known, tasks)?;
                let said = taken.outgoing.iter().map(|o| o.message.key.clone());
                let said = said.collect();
                Ok((divide(vec![taken], vec![], None).0, said))
            });
            let write = TakeTurns {
                lanes,
                decide,
                lease: self.parts.lease(),
                settled: Vec::new(),
            };
            self.parts.store.write(write).await
        }

        async fn says(&self, words: &str) -> Vec<String> {
            self.does(Event::Text(words.to_owned())).await
        }

        async fn does(&self, event: Event) -> Vec<String> {
            let (key, id) = (self.parts.store.key(), InboxId(self.world.ids.uuid()));
            let lane = key.lane(ROOM, "amina");
            let inbound = Inbound {
                channel: ROOM,
                provider_id: id.to_string(),
                address: "amina".to_owned(),
                language_hint: Some("en".to_owned()),
                event,
            };
            let row = NewInbox {
                id,
                channel: ROOM,
                provider_id: inbound.provider_id.clone(),
                lane: Some(lane.clone()),
                raw: key.seal(&format!("inbox {id}"), b"raw").unwrap(),
            };
            let accept = Accept {
                rows: vec![row],
                cursor: None,
                lease: self.parts.lease(),
            };
            self.parts.store.write(accept).await.unwrap();
            let task = Task::Inbound(id, inbound, None);
            self.takes(Work { lane, task }).await.unwrap()
        }

        /// The reminders that a process finds due.
        async fn finds(&self, worker: &str) -> Vec<Work> {
            let lease = Lease {
                worker: worker.to_owned(),
                ..self.parts.lease()
            };
            let claim = ClaimTimers { lease, limit: 10 };
            let mut found = Vec::new();
            for timer in self.parts.store.write(claim).await.unwrap() {
                assert_eq!(timer.kind, "remind");
                found.push(work(&self.parts, &timer).await.unwrap().unwrap());
            }
            found
        }
    }

    const SAID: [&str; 2] = ["system:remind-due", "work_permission/applied"];

    #[tokio::test]
    async fn a_reminder_comes_on_its_day_and_once() {
        let rig = Rig::agreed().await;
        rig.later(13);
        assert!(rig.finds("this process").await.is_empty());
        rig.later(2);
        let due = rig.finds("this process").await.pop().unwrap();
        assert_eq!(rig.takes(due.clone()).await.unwrap(), SAID);
        // It was handed in twice, because the first turn took longer than the lease.
        let again = rig.takes(due).await;
        assert!(matches!(again, Err(StoreError::Conflict)));
        rig.later(1);
        assert!(rig.finds("this process").await.is_empty());
    }

    #[tokio::test]
    async fn a_process_that_died_with_a_reminder_loses_none_and_says_none_twice() {
        let rig = Rig::agreed().await;
        rig.later(15);
        let late = rig.finds("died").await.pop().unwrap();
        assert!(rig.finds("this process").await.is_empty(), "it is claimed");
        rig.clock.0.fetch_add(61_000, Ordering::Relaxed);
        let due = rig.finds("this process").await.pop().unwrap();
        assert_eq!(rig.takes(due).await.unwrap(), SAID);
        assert!(matches!(rig.takes(late).await, Err(StoreError::Conflict)));
    }

    #[tokio::test]
    async fn no_timer_is_left_of_what_is_not_wanted_any_more() {
        for words in [&["no reminders"][..], &["stop"], &["delete", "yes"]] {
            let rig = Rig::agreed().await;
            for words in words {
                rig.says(words).await;
            }
            rig.later(15);
            let claim = ClaimTimers {
                lease: rig.parts.lease(),
                limit: 10,
            };
            let left = rig.parts.store.write(claim).await.unwrap();
            assert!(left.iter().all(|t| t.kind != "remind"), "{words:?}");
        }
    }

    #[tokio::test]
    async fn while_a_human_has_the_turn_a_reminder_is_void() {
        let rig = Rig::agreed().await;
        for words in ["human", "10", "Please call me", "2"] {
            rig.says(words).await;
        }
        assert_eq!(rig.says("yes").await, ["system:handoff-receipt"]);
        rig.later(15);
        let due = rig.finds("this process").await.pop().unwrap();
        assert!(rig.takes(due).await.unwrap().is_empty());
        rig.later(1);
        assert!(rig.finds("this process").await.is_empty());
    }

    #[tokio::test]
    async fn who_has_blocked_the_bot_is_reminded_after_they_have_written_again() {
        let rig = Rig::agreed().await;
        rig.does(Event::Blocked).await;
        rig.later(15);
        let due = rig.finds("this process").await.pop().unwrap();
        assert!(rig.takes(due).await.unwrap().is_empty());
        rig.says("menu").await;
        rig.later(1);
        let due = rig.finds("this process").await.pop().unwrap();
        assert_eq!(rig.takes(due).await.unwrap(), SAID);
    }
}
