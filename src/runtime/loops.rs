//! What runs all the time: polling, sweeping, sending what is due, timers. Each looks at the database
//! by itself about once a second; being woken only makes it faster.

use super::accept::Acceptor;
use super::pause::{LOOK, jitter};
use super::turns::TurnQueue;
use super::work::{Parts, Task, Work};
use crate::model::ChannelId;
use crate::ports::{Poll, PollError};
use crate::store::attachments::LOST;
use crate::store::look::LOOK as LOOK_KIND;
use crate::store::outbox::{ClaimOutbox, Outcome, Settle, Settlement};
use crate::store::passages::CountPassages;
use crate::store::renew::RenewClaims;
use crate::store::timers::{ClaimTimers, DueTimer, EraseRest, FinishTimer};
use crate::store::{StoreError, accept::ForgetInbox};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How soon, and how often, it is looked again after a call: the update may belong to a conversation
/// whose turn another process is taking at this moment.
const SOON: Duration = Duration::from_millis(100);
const SOON_TIMES: u32 = 10;
/// How long ids of finished updates are kept: Telegram repeats an update for a day at most.
const REMEMBER_SECONDS: i64 = 3 * 24 * 3600;

/// How long dead letters wait for somebody to look at them: 30 days.
const KEEP_DEAD_SECONDS: i64 = 30 * 24 * 3600;
/// How often claims are renewed: three times in a lease.
const RENEW: Duration = Duration::from_secs(20);
/// An update on which a process has worked for so long is not on its way any more.
const STUCK_SECONDS: i64 = 600;
/// The pause after deliveries could not be written down.
const SETTLE_RETRY: Duration = Duration::from_millis(500);
/// How long the outbox waits at the start for the pollers' first answer. Short against what a person
/// notices: with nothing to fetch, a poll takes much longer than this.
const ASK_FIRST: Duration = Duration::from_millis(250);
/// How long deliveries are collected. What was sent but not yet written down when a process is killed is
/// sent twice, so it is short against the second that a person takes to answer.
const SETTLE_PAUSE: Duration = Duration::from_millis(15);

/// How long passages are collected.
const COLLECT: Duration = Duration::from_secs(10);

/// Fetches updates until stopped. `healthy` says whether the network accepts us; `asked` that what had
/// waited there is accepted.
pub async fn poll(
    parts: Parts,
    acceptor: Acceptor,
    channel: ChannelId,
    network: Arc<dyn Poll>,
    healthy: Arc<AtomicBool>,
    asked: CancellationToken,
    stop: CancellationToken,
) {
    let mut pause = Duration::from_millis(100);
    let mut cursor = None;
    while !stop.is_cancelled() {
        let result = tokio::select! {
            () = stop.cancelled() => return,
            result = fetch(&parts, &acceptor, channel, network.as_ref(), &mut cursor) => result,
        };
        asked.cancel();
        let wait = match result {
            Ok(()) => {
                healthy.store(true, Ordering::Relaxed);
                pause = Duration::from_millis(100);
                continue;
            }
            Err(error) => {
                healthy.store(false, Ordering::Relaxed);
                tracing::warn!(channel = channel.0, %error, "no updates for now; trying again");
                pause = (pause * 2).min(Duration::from_secs(30));
                match error {
                    PollError::RetryAfter(wait) => wait,
                    _ => jitter(&parts, pause),
                }
            }
        };
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(wait) => {} }
    }
}

async fn fetch(
    parts: &Parts,
    acceptor: &Acceptor,
    channel: ChannelId,
    network: &dyn Poll,
    cursor: &mut Option<i64>,
) -> Result<(), PollError> {
    let stored = |error: StoreError| PollError::Transient(error.to_string());
    let known = match *cursor {
        Some(known) => known,
        None => parts
            .store
            .cursor(channel)
            .await
            .map_err(stored)?
            .unwrap_or(0),
    };
    let polled = network.poll(known).await?;
    if polled.updates.is_empty() {
        *cursor = Some(known);
        return Ok(());
    }
    // Only a cursor that is committed may be named in the next poll.
    acceptor
        .accept(channel, polled.updates, Some(polled.next_cursor))
        .await
        .map_err(stored)?;
    *cursor = Some(polled.next_cursor);
    Ok(())
}

/// Finds updates that belong to nobody: after a crash, or replayed by staff.
pub async fn sweep(parts: Parts, acceptor: Acceptor, stop: CancellationToken) {
    let (mut ticks, mut soon) = (0_u32, 0);
    loop {
        match acceptor.recover().await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the inbox could not be swept"),
        }
        if ticks.is_multiple_of(3600) {
            let before = parts.now().plus_seconds(-REMEMBER_SECONDS);
            if let Err(error) = parts
                .store
                .write(ForgetInbox {
                    before,
                    dead_before: parts.now().plus_seconds(-KEEP_DEAD_SECONDS),
                })
                .await
            {
                tracing::error!(%error, "old update ids could not be forgotten");
            }
        }
        ticks = ticks.wrapping_add(1);
        let wait = if soon > 0 { SOON } else { jitter(&parts, LOOK) };
        tokio::select! {
            () = stop.cancelled() => return,
            () = parts.hub.inbox() => soon = SOON_TIMES,
            () = tokio::time::sleep(wait) => soon = soon.saturating_sub(1),
        }
    }
}

/// Sends what is due and is not already in this process's hands. At the start it lets the pollers ask first
/// (`asked`): what is uncertain after a crash may have been answered meanwhile, and need not be sent again.
pub async fn outbox(parts: Parts, asked: Vec<CancellationToken>, stop: CancellationToken) {
    let all_asked = futures_util::future::join_all(asked.iter().map(CancellationToken::cancelled));
    let _ = tokio::time::timeout(ASK_FIRST, all_asked).await;
    loop {
        match send_due(&parts).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the outbox could not be read"),
        }
        let wait = match parts.store.next_due(&parts.channels.names()).await {
            Ok(Some(due)) => {
                let millis = u64::try_from(due.0 - parts.now().0).unwrap_or(0);
                LOOK.min(Duration::from_millis(millis.max(10)))
            }
            _ => jitter(&parts, LOOK),
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = parts.hub.outbox() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn send_due(parts: &Parts) -> Result<usize, StoreError> {
    let claim = ClaimOutbox {
        lease: parts.lease(),
        limit: 128,
    };
    let ids = parts.store.write(claim).await?;
    let found = ids.len();
    if found > 0 {
        let (outgoing, broken) = parts.store.outgoing(&ids).await?;
        for message in outgoing {
            parts.sender.send(message.conversation, vec![message]);
        }
        if !broken.is_empty() {
            let give_up = |id| Settlement {
                id,
                outcome: Outcome::Failed {
                    fault: "it cannot be read with this instance's key".to_owned(),
                    gone: false,
                },
                parts_sent: 0,
            };
            let settlements = broken.into_iter().map(give_up).collect();
            let lease = parts.lease();
            parts.store.write(Settle { settlements, lease }).await?;
        }
    }
    Ok(found)
}

/// Writes down how attempts to send ended, where no turn has done so on its way. Ends when nothing is sent
/// any more (`sent`) and nothing is left.
pub async fn settle(parts: Parts, sent: CancellationToken) {
    let mut pause = SETTLE_PAUSE;
    loop {
        let last = tokio::select! {
            biased;
            () = parts.sender.ended_some() => false,
            () = sent.cancelled() => true,
        };
        // Nobody waits for this: perhaps a turn takes it along, and the disk is synced once less.
        tokio::time::sleep(pause).await;
        pause = SETTLE_PAUSE;
        let ended = parts.sender.take_ended();
        if ended.is_empty() {
            match last {
                true => return,
                false => continue,
            }
        }
        let settle = Settle {
            settlements: ended.iter().map(|(_, one)| one.clone()).collect(),
            lease: parts.lease(),
        };
        match parts.store.write(settle).await {
            Ok(()) => super::turns::settled(&parts, ended),
            Err(error) => {
                // What a network has taken and nobody has written down would be sent again.
                tracing::warn!(%error, "deliveries are not written down yet");
                parts.sender.give_back(ended);
                pause = SETTLE_RETRY;
            }
        }
    }
}

/// Keeps what this process works on claimed, however long it takes.
pub async fn renew(parts: Parts, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(jitter(&parts, RENEW)) => {}
        }
        let lease = parts.lease();
        let renew = RenewClaims {
            since: lease.now.plus_seconds(-STUCK_SECONDS),
            lease,
            messages: parts.sender.held(),
        };
        if let Err(error) = parts.store.write(renew).await {
            tracing::warn!(%error, "claims are not renewed for now");
        }
    }
}

/// Does what is due.
pub async fn timers(parts: Parts, turns: TurnQueue, stop: CancellationToken) {
    loop {
        match run_due(&parts, &turns).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "timers could not be read"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = parts.hub.timers() => {}
            () = tokio::time::sleep(jitter(&parts, LOOK)) => {}
        }
    }
}

async fn run_due(parts: &Parts, turns: &TurnQueue) -> Result<usize, StoreError> {
    let claim = ClaimTimers {
        lease: parts.lease(),
        limit: 64,
    };
    let due = parts.store.write(claim).await?;
    let found = due.len();
    for timer in due {
        let kind = timer.kind.clone();
        // One that fails must not hold up the others; it comes again after its lease.
        if let Err(error) = run_timer(parts, turns, timer).await {
            tracing::error!(kind, %error, "a timer failed");
        }
    }
    Ok(found)
}

async fn run_timer(parts: &Parts, turns: &TurnQueue, timer: DueTimer) -> Result<(), StoreError> {
    match (timer.kind.as_str(), timer.case, timer.person) {
        ("erase", _, Some(person)) => {
            parts
                .store
                .write(EraseRest {
                    timer: timer.id,
                    person,
                    now: parts.now(),
                })
                .await
        }
        ("case_closed", Some(case), _) => match parts.store.lane_of_case(case).await? {
            Some((lane, channel)) => {
                let task = Task::CaseClosed(timer.id, case, channel);
                turns.push(vec![Work { lane, task }]);
                Ok(())
            }
            None => parts.store.write(FinishTimer { id: timer.id }).await,
        },
        (LOST, ..) => super::attachments::lost(parts, turns, &timer).await,
        (LOOK_KIND, ..) => super::look::due(parts, turns, &timer).await,
        ("remind", ..) => super::remind::due(parts, turns, &timer).await,
        ("claim_lease", Some(case), _) => super::leases::expire(parts, timer.id, case).await,
        (kind, ..) => {
            tracing::error!(kind, "a timer of an unknown kind is dropped");
            parts.store.write(FinishTimer { id: timer.id }).await
        }
    }
}

/// Writes down what was counted, until nobody takes turns any more (`turned`) and nothing is left.
pub(super) async fn count(parts: Parts, turned: CancellationToken) {
    loop {
        tokio::select! {
            () = turned.cancelled() => {}
            () = tokio::time::sleep(COLLECT) => {}
        }
        let last = turned.is_cancelled();
        write_passages(&parts).await;
        if last {
            return;
        }
    }
}

async fn write_passages(parts: &Parts) {
    let passages = parts.tally.take();
    if passages.is_empty() {
        return;
    }
    let write = CountPassages {
        passages: passages.clone(),
        now: parts.now(),
    };
    if let Err(error) = parts.store.write(write).await {
        tracing::warn!(%error, "passages are not counted yet");
        parts.tally.add(passages);
    }
}
