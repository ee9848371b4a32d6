//! Whoever is on call hears of an alarm: the console by news, others by a call out of the house. Nothing of this is on the
//! way of a reply; what has to be called out stands in the database and is called out until somebody has taken it.

mod webhook;

pub use webhook::Webhook;

use super::News;
use super::pause::{LOOK, jitter};
use super::work::Parts;
use crate::model::Timestamp;
use crate::store::StoreError;
use crate::store::accept::Lease;
use crate::store::alarms::{AlarmCall, ClaimAlarmCalls, RemindAlarms, SettleAlarmCall};
use metrics::counter;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;

/// For so many seconds a call is this process's own: longer than any attempt takes.
const LEASE_SECONDS: i64 = 30;
/// The pause after the first attempt that failed; each one after is twice as long.
const RETRY_SECONDS: i64 = 2;
/// The longest pause between two attempts.
const LONGEST_RETRY_SECONDS: i64 = 120;

/// How alarms are told.
#[derive(Clone)]
pub struct Alarms {
    /// Who is called outside of the console; `None`: nobody.
    pub webhook: Option<Arc<Webhook>>,
    /// How long after an alarm nobody has reacted to it rings again for the first time.
    pub pause: Duration,
}

impl Alarms {
    /// The pause when nobody names one: five minutes.
    pub const PAUSE: Duration = Duration::from_secs(300);
}

impl Default for Alarms {
    fn default() -> Self {
        Self {
            webhook: None,
            pause: Self::PAUSE,
        }
    }
}

/// Rings until stopped.
pub(super) async fn run(parts: Parts, alarms: Alarms, stop: CancellationToken) {
    let mut news = parts.hub.listen();
    loop {
        if let Err(error) = ring(&parts, &alarms).await {
            tracing::error!(%error, "alarms could not be read");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = of_a_case(&mut news) => {}
            () = tokio::time::sleep(jitter(&parts, LOOK)) => {}
        }
        // Whatever was told meanwhile is looked at together.
        while news.try_recv().is_ok() {}
    }
}

/// Resolves when a case has changed, or when something was missed. Most news is about messages only.
async fn of_a_case(news: &mut Receiver<News>) {
    while let Ok(News::Conversation(_)) = news.recv().await {}
}

async fn ring(parts: &Parts, alarms: &Alarms) -> Result<(), StoreError> {
    let now = parts.now();
    let (remind, call) = parts.store.alarms_due(now, alarms.pause).await?;
    if remind {
        let remind = RemindAlarms {
            now,
            pause: alarms.pause,
            calls: alarms.webhook.is_some(),
        };
        for case in parts.store.write(remind).await? {
            counter!("lotse_alarm_reminders_total").increment(1);
            tracing::warn!(%case, "nobody has reacted to an alarm");
            parts.hub.tell(News::Case(case));
        }
    }
    match &alarms.webhook {
        Some(webhook) if remind || call => call_out(parts, webhook).await,
        _ => Ok(()),
    }
}

async fn call_out(parts: &Parts, webhook: &Webhook) -> Result<(), StoreError> {
    let lease = Lease {
        until: parts.now().plus_seconds(LEASE_SECONDS),
        ..parts.lease()
    };
    let calls = parts.store.write(ClaimAlarmCalls { lease }).await?;
    let made = calls.into_iter().map(|call| async move {
        let taken = webhook.call(&call).await;
        let result = if taken.is_ok() { "taken" } else { "failed" };
        counter!("lotse_alarm_calls_total", "result" => result).increment(1);
        let again = taken.err().map(|fault| {
            tracing::warn!(case = %call.case, attempts = call.attempts, fault, "an alarm's call was not taken; trying again");
            (again_at(parts.now(), &call), fault)
        });
        parts.store.write(SettleAlarmCall {
            case: call.case,
            number: call.number,
            worker: parts.worker.clone(),
            again,
        })
        .await
    });
    futures_util::future::join_all(made)
        .await
        .into_iter()
        .collect()
}

fn again_at(now: Timestamp, call: &AlarmCall) -> Timestamp {
    let doubled = RETRY_SECONDS << call.attempts.clamp(1, 16).saturating_sub(1);
    now.plus_seconds(doubled.min(LONGEST_RETRY_SECONDS))
}
