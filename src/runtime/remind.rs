//! A reminder is due: it becomes a turn of its conversation, like something that the person did.

use super::turns::TurnQueue;
use super::work::{DueReminder, Parts, Task, Work};
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

#[cfg(test)]
mod tests {
    use super::super::rig::{Rig, keys};
    use super::*;
    use crate::model::Event;
    use crate::store::timers::ClaimTimers;

    /// Somebody who has agreed to be reminded in 14 days.
    async fn agreed() -> Rig {
        let rig = Rig::new().await;
        for words in ["/start", "English", "2", "2", "1", "2", "1", "12"] {
            rig.says(words).await;
        }
        let said = rig.says("2").await;
        assert_eq!(said, ["work_permission/waiting", "system:remind-offer"]);
        let said = rig.says("yes").await;
        assert_eq!(said, ["system:remind-set", "work_permission/next_topic"]);
        rig
    }

    /// The reminders that a process finds due.
    async fn finds(rig: &Rig, worker: &str) -> Vec<Work> {
        let mut found = Vec::new();
        for timer in rig.timers(worker).await {
            assert_eq!(timer.kind, "remind");
            found.push(work(&rig.parts, &timer).await.unwrap().unwrap());
        }
        found
    }

    const SAID: [&str; 2] = ["system:remind-due", "work_permission/applied"];

    #[tokio::test]
    async fn a_reminder_comes_on_its_day_and_once() {
        let rig = agreed().await;
        rig.later(13);
        assert!(finds(&rig, "this process").await.is_empty());
        rig.later(2);
        let due = finds(&rig, "this process").await.pop().unwrap();
        assert_eq!(keys(&rig.takes(due.clone()).await.unwrap()), SAID);
        // It was handed in twice, because the first turn took longer than the lease.
        let again = rig.takes(due).await;
        assert!(matches!(again, Err(StoreError::Conflict)));
        rig.later(1);
        assert!(finds(&rig, "this process").await.is_empty());
    }

    #[tokio::test]
    async fn a_process_that_died_with_a_reminder_loses_none_and_says_none_twice() {
        let rig = agreed().await;
        rig.later(15);
        let late = finds(&rig, "died").await.pop().unwrap();
        assert!(
            finds(&rig, "this process").await.is_empty(),
            "it is claimed"
        );
        rig.passes(61);
        let due = finds(&rig, "this process").await.pop().unwrap();
        assert_eq!(keys(&rig.takes(due).await.unwrap()), SAID);
        assert!(matches!(rig.takes(late).await, Err(StoreError::Conflict)));
    }

    #[tokio::test]
    async fn no_timer_is_left_of_what_is_not_wanted_any_more() {
        for words in [&["no reminders"][..], &["stop"], &["delete", "yes"]] {
            let rig = agreed().await;
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
        let rig = agreed().await;
        for words in ["human", "10", "Please call me", "2"] {
            rig.says(words).await;
        }
        assert_eq!(rig.says("yes").await, ["system:handoff-receipt"]);
        rig.later(15);
        let due = finds(&rig, "this process").await.pop().unwrap();
        assert!(rig.takes(due).await.unwrap().is_empty());
        rig.later(1);
        assert!(finds(&rig, "this process").await.is_empty());
    }

    #[tokio::test]
    async fn who_has_blocked_the_bot_is_reminded_after_they_have_written_again() {
        let rig = agreed().await;
        rig.does(Event::Blocked).await;
        rig.later(15);
        let due = finds(&rig, "this process").await.pop().unwrap();
        assert!(rig.takes(due).await.unwrap().is_empty());
        rig.says("menu").await;
        rig.later(1);
        let due = finds(&rig, "this process").await.pop().unwrap();
        assert_eq!(keys(&rig.takes(due).await.unwrap()), SAID);
    }
}
