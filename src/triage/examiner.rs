//! Looks at messages with all that was learned from content: for whoever has the time to wait until it is learned.

use super::{Lessons, Lexicon, Models, Seen};
use crate::content::Detect;
use crate::model::{Lang, Triage};
use std::sync::Arc;

/// Phrases, and what was learned from examples.
pub struct Examiner {
    pub(super) lexicon: Lexicon,
    models: Option<Models>,
    learned: String,
}

impl Examiner {
    /// With models that somebody has taught; `None` where the content has no examples.
    pub fn new(detect: &Detect, models: Option<Models>) -> Self {
        Self {
            lexicon: Lexicon::new(detect),
            models,
            learned: detect.hash.clone(),
        }
    }

    /// Learns by groups of letters, without weights. Takes about a second.
    pub fn without_weights(detect: &Detect) -> Self {
        let lessons = Lessons::of(detect);
        let some = !lessons.items.is_empty();
        Self::new(
            detect,
            some.then(|| Models::without_weights(&Arc::new(lessons))),
        )
    }

    /// One that has learned from this content without weights: that of before if there is nothing else to learn.
    pub fn kept(before: Option<Arc<Self>>, detect: &Detect) -> Arc<Self> {
        before
            .filter(|examiner| examiner.learned == detect.hash)
            .unwrap_or_else(|| Arc::new(Self::without_weights(detect)))
    }

    /// What was learned; `None` where the content has no examples.
    pub fn models(&self) -> Option<&Models> {
        self.models.as_ref()
    }

    /// What there is to see in a message; `known`: its language, where somebody knows it.
    pub fn see(&self, text: &str, known: Option<&Lang>) -> Seen {
        let seen = Seen::by_phrases(Some(&self.lexicon), text, known);
        let scores = |models: &Models| models.scores(&seen.spellings(text));
        let scores = self.models.as_ref().map(scores);
        seen.and(scores)
    }

    /// The judgement on a message, with the thresholds of this content.
    pub fn judge(&self, detect: &Detect, text: &str) -> Triage {
        self.see(text, None).judged(detect)
    }
}

impl std::fmt::Debug for Examiner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Examiner")
            .field("learned", &self.learned)
            .finish_non_exhaustive()
    }
}
