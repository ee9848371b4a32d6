//! The thread that learns.

use super::{OVER, Ready, Setup, Shared, Study, Weights, learn};
use crate::content::Detect;
use crate::model::Detector;
use crate::triage::{Lessons, Lexicon, Models, NgramModel, VectorModel};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often it is looked whether somebody has installed weights.
const LOOK: Duration = Duration::from_secs(20);

pub(super) struct Student {
    setup: Setup,
    shared: Arc<Shared>,
    weights: Option<Weights>,
    /// Said once; a faulty file does not get better by reading it again.
    refused: bool,
}

impl Student {
    pub fn new(setup: Setup, shared: Arc<Shared>) -> Self {
        Self {
            setup,
            shared,
            weights: None,
            refused: false,
        }
    }

    /// Learns whatever comes, until nobody is left who would send it.
    pub fn run(mut self, received: &Receiver<Arc<Detect>>) {
        let mut last = None;
        loop {
            match received.recv_timeout(LOOK) {
                Ok(mut newest) => {
                    while let Ok(newer) = received.try_recv() {
                        newest = newer;
                    }
                    self.try_to_study(&newest);
                    last = Some(newest);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(detect) = &last
                        && self.weights.is_none()
                        && !self.refused
                        && self.setup.weights.exists()
                    {
                        self.try_to_study(detect);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Whoever waits for it must not wait for ever.
    fn try_to_study(&mut self, detect: &Detect) {
        let studied = catch_unwind(AssertUnwindSafe(|| self.study(detect)));
        if studied.is_err() {
            tracing::error!("learning from the content failed; what was learned before serves");
        }
        self.shared.ready.send_replace(Ready {
            phrases: true,
            models: true,
            all: true,
        });
    }

    #[expect(clippy::disallowed_methods, reason = "only to tell how long it took")]
    fn study(&mut self, detect: &Detect) {
        let begun = Instant::now();
        let wanted = self.shared.wanted.load(Ordering::SeqCst);
        let lexicon = Lexicon::new(detect);
        self.shared.lexicon.store(Some(Arc::new(lexicon)));
        self.shared.ready.send_modify(|ready| ready.phrases = true);
        let lessons = Arc::new(Lessons::of(detect));
        if lessons.items.is_empty() {
            self.shared.models.store(None);
            return;
        }
        let ngrams = Arc::new(NgramModel::train(&lessons));
        // Vectors of the content before know more than letters of this one, until these are learned.
        let before = self
            .shared
            .models
            .load_full()
            .and_then(|models| models.vectors.clone());
        self.publish(Models {
            vectors: before,
            ngrams: Arc::clone(&ngrams),
        });
        self.open();
        let Some(weights) = &self.weights else { return };
        let study = Study {
            weights,
            lessons: &lessons,
            folder: &self.setup.folder,
            all_processors: false,
        };
        let current = |shared: &Shared| {
            let now = shared.wanted.load(Ordering::SeqCst);
            now != OVER && now == wanted
        };
        let shared = Arc::clone(&self.shared);
        let Some(learned) = learn(study, &mut |_, _| current(&shared)) else {
            return;
        };
        if !current(&shared) {
            return;
        }
        let examples = lessons.items.len();
        let vectors = VectorModel::new(Arc::clone(&weights.encoder), lessons, learned);
        self.publish(Models {
            vectors: Some(Arc::new(vectors)),
            ngrams,
        });
        let seconds = begun.elapsed().as_secs();
        tracing::info!(seconds, examples, "sentence vectors are active");
    }

    fn publish(&self, models: Models) {
        if models.active() == Detector::Ngrams {
            tracing::info!("free texts are judged by phrases and groups of letters");
        }
        let all = models.vectors.is_some() || !self.setup.weights.exists();
        self.shared.models.store(Some(Arc::new(models)));
        self.shared.ready.send_modify(|ready| {
            ready.models = true;
            ready.all |= all;
        });
    }

    /// Opens the weights if they are there.
    fn open(&mut self) {
        if self.weights.is_some() || self.refused {
            return;
        }
        match Weights::open(&self.setup.weights) {
            Ok(weights) => {
                if weights.is_none() {
                    tracing::warn!(
                        "no weights are installed: phrases and groups of letters overlook more; `lotse model install` gets them"
                    );
                }
                self.weights = weights;
            }
            Err(why) => {
                self.refused = true;
                tracing::warn!("{why}. Groups of letters serve until then");
            }
        }
    }
}
