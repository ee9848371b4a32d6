//! Photos and files are fetched after the turn that wanted them: asked for by the network's name, made harmless
//! (`clean`), kept under the person's key. What fails is tried again after a pause, and in the end the person is told.
//! A row in the database says what is wanted, so an abrupt end loses nothing: it is fetched by whoever comes next.

use super::clean::{Clean, clean};
use super::hub::News;
use super::pause::{LOOK, jitter};
use super::turns::TurnQueue;
use super::work::{Parts, Task, Work};
use crate::model::{LARGEST_ATTACHMENT, Timestamp};
use crate::ports::FetchError;
use crate::store::StoreError;
use crate::store::attachments::{ClaimWanted, EndFetch, FetchEnd, ForgetUploads, Wanted, seal};
use crate::store::timers::{DueTimer, FinishTimer};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many are fetched at once: decoding one takes memory.
const AT_ONCE: i64 = 2;
/// How long fetching one may take; shorter than a lease.
const PATIENCE: Duration = Duration::from_secs(45);
/// The pauses in seconds after attempts that failed; after the last one it is given up. About six hours in all.
const PAUSES: [i64; 6] = [5, 30, 120, 600, 3600, 4 * 3600];
/// How long an upload waits for the turn that wants it.
const UPLOAD_SECONDS: i64 = 24 * 3600;

/// Fetches what is wanted, until stopped.
pub(super) async fn fetch(parts: Parts, stop: CancellationToken) {
    let mut ticks = 0_u32;
    loop {
        let found = tokio::select! {
            // What is under way is fetched again by whoever comes next.
            () = stop.cancelled() => return,
            found = fetch_due(&parts) => found,
        };
        match found {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "photos and files could not be looked for"),
        }
        if ticks.is_multiple_of(3600) {
            let before = parts.now().plus_seconds(-UPLOAD_SECONDS);
            if let Err(error) = parts.store.write(ForgetUploads::Before(before)).await {
                tracing::error!(%error, "old uploads could not be forgotten");
            }
        }
        ticks = ticks.wrapping_add(1);
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(jitter(&parts, LOOK)) => {}
        }
    }
}

async fn fetch_due(parts: &Parts) -> Result<usize, StoreError> {
    if !parts.store.wants_attachments(parts.now()).await? {
        return Ok(0);
    }
    let claim = ClaimWanted {
        store: parts.store.clone(),
        lease: parts.lease(),
        limit: AT_ONCE,
    };
    let wanted = parts.store.write(claim).await?;
    let ended = wanted.iter().map(|one| fetch_one(parts, one));
    for ended in futures_util::future::join_all(ended).await {
        ended?;
    }
    Ok(wanted.len())
}

/// Fetches one and writes down how that ended.
async fn fetch_one(parts: &Parts, wanted: &Wanted) -> Result<(), StoreError> {
    let end = match bring(parts, wanted).await {
        Ok(Clean { mime, bytes }) => FetchEnd::Stored {
            body: seal(&wanted.key, wanted.id, &bytes)?,
            mime,
            size: bytes.len(),
        },
        Err(trouble) => after(trouble, wanted.attempts, parts.now()),
    };
    let finished = !matches!(end, FetchEnd::Later { .. });
    let lost = matches!(end, FetchEnd::Failed { .. });
    if let FetchEnd::Later { fault, .. } | FetchEnd::Failed { fault } = &end {
        tracing::warn!(
            channel = wanted.channel,
            fault,
            lost,
            "a photo or file was not fetched"
        );
    }
    let end = EndFetch {
        id: wanted.id,
        worker: parts.worker.clone(),
        now: parts.now(),
        end,
    };
    if let Some(case) = parts.store.write(end).await? {
        parts.hub.tell(News::Case(case));
    }
    if lost {
        parts.hub.wake_timers();
    }
    if finished && let Some(network) = parts.channels.fetch(&wanted.channel) {
        network.done(&wanted.reference).await;
    }
    Ok(())
}

/// Why one is not here.
enum Trouble {
    /// Trying again may help; after this pause at least.
    Passing(String, Duration),
    /// It will never come.
    Lasting(String),
}

/// What is to be done after an attempt that failed.
fn after(trouble: Trouble, attempts: i64, now: Timestamp) -> FetchEnd {
    let (fault, least) = match trouble {
        Trouble::Lasting(fault) => return FetchEnd::Failed { fault },
        Trouble::Passing(fault, least) => (fault, least),
    };
    let tried = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    match PAUSES.get(tried) {
        None => FetchEnd::Failed { fault },
        Some(pause) => {
            let least = i64::try_from(least.as_secs()).unwrap_or(0);
            FetchEnd::Later {
                not_before: now.plus_seconds(least.max(*pause)),
                fault,
            }
        }
    }
}

async fn bring(parts: &Parts, wanted: &Wanted) -> Result<Clean, Trouble> {
    let network = parts.channels.fetch(&wanted.channel);
    let network = network
        .ok_or_else(|| Trouble::Lasting("nothing can be fetched from this channel".to_owned()))?;
    let fetching = network.fetch(&wanted.reference, LARGEST_ATTACHMENT);
    let fetched = tokio::time::timeout(PATIENCE, fetching).await;
    let slow = || FetchError::Transient("it took too long".to_owned());
    let bytes = fetched.unwrap_or_else(|_| Err(slow())).map_err(|error| {
        let words = error.to_string();
        match error {
            FetchError::RetryAfter(pause) => Trouble::Passing(words, pause),
            FetchError::Transient(_) => Trouble::Passing(words, Duration::ZERO),
            FetchError::TooLarge | FetchError::Gone(_) => Trouble::Lasting(words),
        }
    })?;
    // Decoding takes its time, and somebody made the file who wants it to panic.
    match tokio::task::spawn_blocking(move || clean(bytes)).await {
        Ok(cleaned) => cleaned.map_err(|e| Trouble::Lasting(e.to_string())),
        Err(_) => Err(Trouble::Lasting("reading it failed".to_owned())),
    }
}

/// Something could not be fetched: that becomes a turn of its conversation.
pub(super) async fn lost(
    parts: &Parts,
    turns: &TurnQueue,
    timer: &DueTimer,
) -> Result<(), StoreError> {
    let found = match timer.conversation {
        Some(conversation) => parts.store.lane_of_conversation(conversation).await?,
        None => None,
    };
    match found {
        Some((lane, channel)) => {
            let task = Task::Lost(timer.id, channel);
            turns.push(vec![Work { lane, task }]);
            Ok(())
        }
        None => parts.store.write(FinishTimer { id: timer.id }).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    fn pause(end: &FetchEnd) -> Option<i64> {
        match end {
            FetchEnd::Later { not_before, .. } => Some((not_before.0 - NOW.0) / 1000),
            _ => None,
        }
    }

    #[test]
    fn a_network_that_is_away_is_asked_again_after_growing_pauses_and_in_the_end_no_more() {
        let away = || Trouble::Passing("away".to_owned(), Duration::ZERO);
        let pauses: Vec<_> = (1..=7)
            .map(|attempts| pause(&after(away(), attempts, NOW)))
            .collect();
        let mut expected: Vec<_> = PAUSES.map(Some).to_vec();
        expected.push(None);
        assert_eq!(pauses, expected);
        assert!(matches!(after(away(), 7, NOW), FetchEnd::Failed { .. }));
    }

    #[test]
    fn a_pause_that_the_network_asks_for_is_kept() {
        let asked = Trouble::Passing("wait".to_owned(), Duration::from_secs(90));
        assert_eq!(pause(&after(asked, 1, NOW)), Some(90));
    }

    #[test]
    fn what_will_never_come_is_given_up_at_once() {
        let gone = Trouble::Lasting("gone".to_owned());
        assert!(matches!(after(gone, 1, NOW), FetchEnd::Failed { .. }));
    }
}
