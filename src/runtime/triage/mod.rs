//! Triage at work: the models learn while the bot already answers, and a message waits for them only so long.
//!
//! Two threads of our own, none of tokio's: one learns whenever content goes live (`student`; phrases first, then groups of
//! letters, then `learn`, with what it has learned before from `cache`), one reads messages. Until sentence vectors are
//! learned, or where no weights are installed (`weights`), or when the time is up, groups of letters answer. Until
//! everything is learned that can be, or where vectors came too late, a judgement says that it is not whole: it is made
//! again later, with more time.

mod cache;
mod learn;
mod student;
mod weights;

pub use learn::{Study, learn};
pub use weights::{
    MODEL_FILE, MODEL_FOLDER, PACKAGE, WEIGHTS_HASH, WHEEL_HASH, Weights, WeightsError, sha256_of,
};

use crate::content::Detect;
use crate::model::{Detector, Triage, Zone};
use crate::triage::readings::Spellings;
use crate::triage::{Lexicon, Models, Scores, Seen};
use arc_swap::{ArcSwap, ArcSwapOption};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;
use student::Student;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout_at};

/// So many messages wait for their vectors at most; those beyond are judged by groups of letters at once.
const QUEUE: usize = 32;

/// A message that is looked at again waits so long for its vectors; nobody waits for it meanwhile. In a program that is built
/// for tests one vector takes seconds.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

/// What a judge needs to know.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The weights' file; it may be missing, and may come later.
    pub weights: PathBuf,
    /// The folder where what was learned is kept for the next start.
    pub folder: PathBuf,
    /// How long a message may wait for its judgement.
    pub budget: Duration,
}

impl Setup {
    /// For most machines a multiple of what is needed, and still no delay that a person would notice.
    pub const BUDGET: Duration = Duration::from_millis(300);
}

/// A message, looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// What it was taken for.
    pub triage: Arc<Triage>,
    /// `false`: phrases, models or vectors were not ready in time, or are still being learned for the first time; it has
    /// to be looked at again.
    pub whole: bool,
}

/// What has been made so far.
#[derive(Clone, Copy, Debug, Default)]
struct Ready {
    phrases: bool,
    models: bool,
    /// All that can be learned here was learned at least once: vectors too, where there are weights.
    all: bool,
}

/// Judges free texts. Learns again whenever it is given other content.
pub struct Judge {
    shared: Arc<Shared>,
    lessons: Sender<Arc<Detect>>,
    messages: SyncSender<Message>,
    budget: Duration,
    ready: watch::Receiver<Ready>,
}

/// What judge and threads share.
struct Shared {
    detect: ArcSwap<Detect>,
    lexicon: ArcSwapOption<Lexicon>,
    models: ArcSwapOption<Models>,
    /// Counts what was given to learn; [`OVER`]: nobody needs it any more.
    wanted: AtomicU64,
    ready: watch::Sender<Ready>,
}

const OVER: u64 = u64::MAX;

/// A message that waits for its vector.
struct Message {
    texts: Spellings,
    models: Arc<Models>,
    answer: oneshot::Sender<Scores>,
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judge")
            .field("active", &self.active())
            .finish_non_exhaustive()
    }
}

impl Judge {
    /// Starts the threads. Nothing is learned before [`Judge::learn`] is called.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn start(setup: Setup) -> std::io::Result<Self> {
        let (tell, ready) = watch::channel(Ready::default());
        let shared = Arc::new(Shared {
            detect: ArcSwap::default(),
            lexicon: ArcSwapOption::empty(),
            models: ArcSwapOption::empty(),
            wanted: AtomicU64::new(0),
            ready: tell,
        });
        let (lessons, received) = channel();
        let (messages, waiting) = sync_channel(QUEUE);
        let budget = setup.budget;
        let student = Student::new(setup, Arc::clone(&shared));
        let thread = |name: &str| std::thread::Builder::new().name(name.to_owned());
        thread("lotse-learns").spawn(move || student.run(&received))?;
        thread("lotse-reads").spawn(move || read(&waiting))?;
        Ok(Self {
            shared,
            lessons,
            messages,
            budget,
            ready,
        })
    }

    /// Takes other content from now on. What can be learned from it is learned meanwhile, and what was learned before
    /// serves until then. The same content once more changes nothing.
    pub fn learn(&self, detect: &Arc<Detect>) {
        let before = self.shared.detect.load();
        let begun = self.shared.wanted.load(Ordering::SeqCst) > 0;
        if begun && Arc::ptr_eq(&before, detect) {
            return;
        }
        let before = self.shared.detect.swap(Arc::clone(detect));
        // Thresholds and questions count at once; they are nothing to learn.
        if begun && before.hash == detect.hash {
            return;
        }
        self.shared.wanted.fetch_add(1, Ordering::SeqCst);
        // The thread ends with us, so somebody hears.
        let _ = self.lessons.send(Arc::clone(detect));
    }

    /// Which model answers at the moment; [`Detector::Lexicon`]: nothing is learned yet.
    pub fn active(&self) -> Detector {
        self.shared
            .models
            .load()
            .as_ref()
            .map_or(Detector::Lexicon, |models| models.active())
    }

    /// Judges a message. Whatever it is, there is an answer, and not much later than the time budget.
    pub async fn judge(&self, text: &str) -> Looked {
        let (triage, all, in_time) = self.within(self.budget, text).await;
        looked(triage, all && in_time)
    }

    /// Judges a message that was looked at before and whose vectors came too late, or are not learned yet. They are waited
    /// for longer, and once they are learned only this once: on a machine that is always too slow, it would never end.
    pub async fn again(&self, text: &str) -> Looked {
        let (triage, all, _) = self.within(self.budget.max(PATIENCE), text).await;
        looked(triage, all)
    }

    /// What phrases alone say: for a message that nothing else could read.
    pub fn phrases_in(&self, text: &str) -> Triage {
        let lexicon = self.shared.lexicon.load();
        Seen::by_phrases(lexicon.as_deref(), text, None).judged(&self.shared.detect.load())
    }

    /// `patience`: how long vectors are waited for. With the judgement: whether all that can be learned was learned before,
    /// and whether vectors came in time.
    async fn within(&self, patience: Duration, text: &str) -> (Triage, bool, bool) {
        let (deadline, vectors) = (sleep(self.budget).deadline(), sleep(patience).deadline());
        self.until(deadline, |ready| ready.phrases).await;
        let seen = Seen::by_phrases(self.shared.lexicon.load().as_deref(), text, None);
        self.until(deadline, |ready| ready.models).await;
        // Before the models are asked: what is learned meanwhile has not been asked.
        let all = self.ready.borrow().all;
        let (scores, in_time) = self.scores(seen.spellings(text), vectors).await;
        let triage = seen.and(scores).judged(&self.shared.detect.load());
        (triage, all, in_time)
    }

    /// Waits until something is ready, or the time is up.
    async fn until(&self, deadline: Instant, fits: impl Fn(&Ready) -> bool) {
        let mut ready = self.ready.clone();
        if !fits(&ready.borrow()) {
            // Whoever waits goes on either way.
            let _ = timeout_at(deadline, ready.wait_for(|ready| fits(ready))).await;
        }
    }

    /// What the models take a message for, given all its readings; None while nothing is learned yet. `false`: vectors
    /// would have come if there had been time.
    async fn scores(&self, texts: Spellings, deadline: Instant) -> (Option<Scores>, bool) {
        let Some(models) = self.shared.models.load_full() else {
            return (None, true);
        };
        if models.vectors.is_none() {
            return (Some(models.by_letters(&texts)), true);
        }
        let (answer, answered) = oneshot::channel();
        let message = Message {
            texts: texts.clone(),
            models: Arc::clone(&models),
            answer,
        };
        let mut late = false;
        // Without any time the answer must not depend on how fast the other thread is. Where too many wait already, to
        // come again would only make it worse.
        if !self.budget.is_zero() && self.messages.try_send(message).is_ok() {
            match timeout_at(deadline, answered).await {
                Ok(Ok(scores)) => return (Some(scores), true),
                Ok(Err(_)) => {}
                Err(_) => late = true,
            }
        }
        tracing::debug!(late, "no time for sentence vectors");
        (Some(models.by_letters(&texts)), !late)
    }
}

/// A second look could only raise an alarm, so what is one already is whole.
fn looked(triage: Triage, whole: bool) -> Looked {
    Looked {
        whole: whole || triage.zone == Zone::Alarm,
        triage: Arc::new(triage),
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // Stops learning within a moment; both threads end when their channels are gone.
        self.shared.wanted.store(OVER, Ordering::SeqCst);
    }
}

/// Reads messages, one after the other.
fn read(waiting: &Receiver<Message>) {
    for message in waiting {
        // Whoever asked may have stopped waiting.
        if message.answer.is_closed() {
            continue;
        }
        let Message {
            texts,
            models,
            answer,
        } = message;
        let scores =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| models.scores(&texts)));
        match scores {
            Ok(scores) => drop(answer.send(scores)),
            Err(_) => tracing::error!("reading a message failed; groups of letters answer instead"),
        }
    }
}

#[cfg(test)]
mod tests;
