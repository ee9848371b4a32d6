//! Free texts are looked at before their conversation's turn is taken, so that no transaction waits for it and no button
//! does. What could not be looked at in time is looked at later: a timer on disk says so, and an alarm is then one all the
//! same.

use super::triage::{Judge, Looked};
use super::turns::TurnQueue;
use super::work::{LateLook, Parts, Task, Work};
use crate::content::{Content, Detect};
use crate::engine;
use crate::model::{Event, Inbound, Timestamp};
use crate::store::StoreError;
use crate::store::look::PostponeTimer;
use crate::store::timers::{DueTimer, FinishTimer};
use crate::triage::decide;
use metrics::{counter, histogram};
use std::sync::Arc;
use std::time::Instant;

/// How long (in seconds) after its turn a text is looked at again that was not looked at in time.
const LATER_SECONDS: i64 = 2;

/// How long (in seconds) until that is tried once more: something is being learned for the first time, which takes minutes.
const AGAIN_SECONDS: i64 = 10;

/// When a text is looked at that could not be in time.
pub(super) fn later(now: Timestamp) -> Timestamp {
    now.plus_seconds(LATER_SECONDS)
}

/// The words that came with something.
pub(super) fn words(inbound: &Inbound) -> Option<&str> {
    match &inbound.event {
        Event::Text(text) => Some(text),
        Event::Media { caption, .. } => caption.as_deref(),
        _ => None,
    }
}

impl Parts {
    /// Whether this has to be looked at before its turn is taken.
    pub(super) fn has_to_look(&self, task: &Task) -> bool {
        match task {
            Task::Inbound(_, inbound, None) if self.judge.is_some() => {
                words(inbound).is_some_and(|text| engine::is_free_text(&self.content.load(), text))
            }
            _ => false,
        }
    }

    /// Looks at a conversation's texts.
    pub(super) async fn look_at(&self, tasks: Vec<Task>) -> Vec<Task> {
        let looks = tasks.into_iter().map(|task| async {
            if !self.has_to_look(&task) {
                return task;
            }
            match task {
                Task::Inbound(id, inbound, None) => {
                    let words = words(&inbound).unwrap_or_default();
                    let looked = self.look(words, false).await;
                    Task::Inbound(id, inbound, looked)
                }
                other => other,
            }
        });
        futures_util::future::join_all(looks).await
    }

    /// Looks at a text; `again`: it was looked at before, and nobody waits. `None`: nobody looks at texts here.
    async fn look(&self, text: &str, again: bool) -> Option<Looked> {
        let judge = Arc::clone(self.judge.as_ref()?);
        judge.learn(&self.content.load().detect);
        let text: Arc<str> = text.into();
        #[expect(clippy::disallowed_methods, reason = "measures, decides nothing")]
        let begun = Instant::now();
        // A panic in here must not keep a conversation from going on.
        let (one, written) = (Arc::clone(&judge), Arc::clone(&text));
        let looked = tokio::spawn(async move {
            match again {
                true => one.again(&written).await,
                false => one.judge(&written).await,
            }
        });
        let looked = looked.await;
        histogram!("lotse_triage_seconds").record(begun.elapsed().as_secs_f64());
        match looked {
            Ok(looked) => {
                let whole = if looked.whole { "yes" } else { "no" };
                let by = looked.triage.detectors.last();
                let by = by.map_or("nothing", |detector| detector.as_str());
                counter!("lotse_triage_total", "whole" => whole, "by" => by).increment(1);
                Some(looked)
            }
            Err(_) => {
                tracing::error!("looking at a free text failed; phrases alone are looked for");
                let phrases = tokio::spawn(async move { judge.phrases_in(&text) }).await;
                let nothing = || decide(&Detect::default(), &[], None, None);
                // It counts as looked at, or its turn would never come.
                Some(Looked {
                    triage: Arc::new(phrases.unwrap_or_else(|_| nothing())),
                    whole: true,
                })
            }
        }
    }
}

/// A text is looked at that could not be looked at in time.
pub(super) async fn due(
    parts: &Parts,
    turns: &TurnQueue,
    timer: &DueTimer,
) -> Result<(), StoreError> {
    let found = match (timer.conversation, timer.version) {
        (Some(conversation), Some(seq)) => parts.store.words_of(conversation, seq).await?,
        _ => None,
    };
    let Some(words) = found else {
        return parts.store.write(FinishTimer { id: timer.id }).await;
    };
    let Some(looked) = parts.look(&words.text, true).await else {
        return parts.store.write(FinishTimer { id: timer.id }).await;
    };
    if !looked.whole {
        let due = parts.now().plus_seconds(AGAIN_SECONDS);
        return parts.store.write(PostponeTimer { id: timer.id, due }).await;
    }
    let late = LateLook {
        timer: timer.id,
        message: words.message,
        body: words.body,
        text: words.text,
        channel: words.channel,
        triage: looked.triage,
    };
    let task = Task::Looked(late);
    turns.push(vec![Work {
        lane: words.lane,
        task,
    }]);
    Ok(())
}

/// Lets the judge learn whenever content goes live. Where a program is built for tests that takes many seconds, and
/// nothing is learned before the first free text comes.
pub(super) fn learn(judge: &Judge, content: &Content) {
    if !cfg!(debug_assertions) {
        judge.learn(&content.detect);
    }
}
