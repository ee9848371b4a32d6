//! What the models take a message for.
//!
//! Two of them learn from the same examples: one looks at sentence vectors and knows what a text means in a hundred
//! languages, the other looks at groups of letters and serves where no weights are installed (or no time is left).
//! Neither of them decides anything: zones and levels come from what they say and from the lexicon.

use super::e5::E5;
use super::head::{Head, Training};
use super::lessons::Lessons;
use super::math::{dot, to_unit};
use super::ngram::NgramModel;
use crate::model::Detector;
use std::sync::Arc;

/// What a model says.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Which model looked.
    pub detector: Detector,
    /// Every class that has examples and its probability, the most likely first; they sum to 1.
    pub p: Vec<(String, f32)>,
    /// The example of the most likely class that the message is closest to.
    pub closest: Option<String>,
}

impl Scores {
    /// How likely a class is; 0 for one that has no examples.
    pub fn of(&self, class: &str) -> f32 {
        self.p
            .iter()
            .find(|(id, _)| id == class)
            .map_or(0.0, |(_, p)| *p)
    }

    pub(super) fn new(detector: Detector, classes: &[String], p: &[f32]) -> Self {
        let mut p: Vec<_> = classes.iter().cloned().zip(p.iter().copied()).collect();
        // A stable sort: classes that are equally likely stay in the content's order.
        p.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self {
            detector,
            p,
            closest: None,
        }
    }
}

/// All that was learned from one content.
#[derive(Clone, Debug)]
pub struct Models {
    /// Where weights are installed and everything is learned.
    pub vectors: Option<Arc<VectorModel>>,
    /// Always.
    pub ngrams: Arc<NgramModel>,
}

impl Models {
    /// Without weights.
    pub fn without_weights(lessons: &Lessons) -> Self {
        Self {
            vectors: None,
            ngrams: Arc::new(NgramModel::train(lessons)),
        }
    }

    /// Which model answers.
    pub fn active(&self) -> Detector {
        match self.vectors {
            Some(_) => Detector::Vectors,
            None => Detector::Ngrams,
        }
    }

    /// What a message is taken for. `texts` are its readings, the text as it was written first; none of them: nothing
    /// is likely.
    pub fn scores(&self, texts: &[String]) -> Scores {
        match &self.vectors {
            Some(vectors) => vectors.scores(texts),
            None => self.ngrams.scores(texts),
        }
    }
}

/// The head on sentence vectors.
pub struct VectorModel {
    encoder: Arc<E5>,
    lessons: Arc<Lessons>,
    learned: Learned,
}

/// What was learned from the vectors of the examples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// The mean of all examples: what all vectors have in common says nothing.
    pub mean: Vec<f32>,
    /// The examples, mean taken off, one unit long; in the order of the lessons.
    pub examples: Vec<Vec<f32>>,
    /// The classes.
    pub head: Head,
}

impl std::fmt::Debug for VectorModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VectorModel")
            .field("examples", &self.learned.examples.len())
            .finish_non_exhaustive()
    }
}

impl Learned {
    /// Learns from the examples' vectors, in the lessons' order.
    pub fn train(lessons: &Lessons, mut vectors: Vec<Vec<f32>>) -> Self {
        let width = vectors.first().map_or(0, Vec::len);
        let mut mean = vec![0f64; width];
        for vector in &vectors {
            for (mean, value) in mean.iter_mut().zip(vector) {
                *mean += f64::from(*value);
            }
        }
        let count = vectors.len().max(1) as f64;
        let mean: Vec<f32> = mean.into_iter().map(|sum| (sum / count) as f32).collect();
        for vector in &mut vectors {
            centre(vector, &mean);
        }
        let head = Training {
            rows: &vectors,
            classes: lessons.items.iter().map(|l| l.class).collect(),
            weights: lessons.balance(),
        }
        .run();
        Self {
            mean,
            examples: vectors,
            head,
        }
    }

    /// Puts together what was learned before.
    pub fn remembered(mean: Vec<f32>, mut vectors: Vec<Vec<f32>>, head: Head) -> Self {
        for vector in &mut vectors {
            centre(vector, &mean);
        }
        Self {
            mean,
            examples: vectors,
            head,
        }
    }

    /// How likely each class is, for a vector as the encoder gives it; and the vector as the head sees it.
    fn judge(&self, mut vector: Vec<f32>) -> (Vec<f32>, Vec<f32>) {
        centre(&mut vector, &self.mean);
        (self.head.probabilities(&vector), vector)
    }
}

/// Takes the mean off, and brings to one unit.
fn centre(vector: &mut [f32], mean: &[f32]) {
    for (value, mean) in vector.iter_mut().zip(mean) {
        *value -= mean;
    }
    to_unit(vector);
}

impl VectorModel {
    /// Puts together what belongs together.
    pub fn new(encoder: Arc<E5>, lessons: Arc<Lessons>, learned: Learned) -> Self {
        Self {
            encoder,
            lessons,
            learned,
        }
    }

    /// What a message is taken for: the mean over its readings. Takes some ten milliseconds for each reading.
    pub fn scores(&self, texts: &[String]) -> Scores {
        let vectors = self.encoder.vectors(texts);
        let mut p = vec![0.0; self.lessons.classes.len()];
        let mut seen = Vec::new();
        for vector in vectors {
            let (of_one, vector) = self.learned.judge(vector);
            for (p, one) in p.iter_mut().zip(&of_one) {
                *p += one / texts.len() as f32;
            }
            seen.push(vector);
        }
        let mut scores = Scores::new(Detector::Vectors, &self.lessons.classes, &p);
        let best = scores.p.first().map(|(class, _)| class.as_str());
        scores.closest = best.and_then(|class| self.closest(class, &seen));
        scores
    }

    fn closest(&self, class: &str, seen: &[Vec<f32>]) -> Option<String> {
        let class = self.lessons.classes.iter().position(|c| c == class)?;
        let examples = self.lessons.items.iter().zip(&self.learned.examples);
        let near = |example: &[f32]| {
            seen.iter()
                .map(|v| dot(v, example))
                .fold(f32::MIN, f32::max)
        };
        let of_class = examples.filter(|(lesson, _)| lesson.class == class);
        let (lesson, _) = of_class
            .map(|(lesson, v)| (lesson, near(v)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(lesson.text.clone())
    }
}
