//! What the models take a message for.
//!
//! Two of them learn from the same examples: one looks at sentence vectors and knows what a text means in a hundred
//! languages, the other looks at groups of letters. Together they are right more often than either; letters alone serve
//! where no weights are installed (or no time is left).
//! Neither of them decides anything: zones and levels come from what they say and from the lexicon.

use super::e5::E5;
use super::head::{Head, Training};
use super::lessons::Lessons;
use super::math::{dot, to_unit};
use super::neighbours::{rarity, vote};
use super::ngram::NgramModel;
use super::readings::Spellings;
use crate::model::Detector;
use std::sync::Arc;

/// How much the letters count beside the vectors. Chosen on the development set (`tests/detect`).
const LETTERS: f32 = 1.0 / 3.0;

/// What a model says.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Which model looked.
    pub detector: Detector,
    /// Every class that has examples and its probability, the most likely first; they sum to 1.
    pub p: Vec<(String, f32)>,
    /// The example of the most likely class that the message is closest to.
    pub closest: Option<String>,
    /// What parts of a long message are taken for, by whichever model looked at each: one sentence about danger is not
    /// outvoted by a page about something else. None of a short message.
    pub windows: Vec<Self>,
    /// Something in the message speaks against taking a guess at its word ([`super::Seen`] says what): the guess may only
    /// ask.
    pub doubtful: bool,
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
            windows: Vec::new(),
            doubtful: false,
        }
    }

    /// What several parts are taken for together, all of them seen by vectors.
    fn mean(parts: &[Self]) -> Self {
        let classes: Vec<String> = match parts.first() {
            Some(first) => first.p.iter().map(|(class, _)| class.clone()).collect(),
            None => Vec::new(),
        };
        let mean = |class: &String| {
            let sum: f32 = parts.iter().map(|part| part.of(class)).sum();
            sum / parts.len() as f32
        };
        let p: Vec<f32> = classes.iter().map(mean).collect();
        let mut whole = Self::new(Detector::Vectors, &classes, &p);
        let best = |scores: &Self| scores.p.first().map(|(class, _)| class.clone());
        let same = parts.iter().find(|part| best(part) == best(&whole));
        whole.closest = same.and_then(|part| part.closest.clone());
        whole
    }

    /// With another model's word, which counts for `share` of the whole. The closest example is that of a model that
    /// holds the same class for the most likely.
    fn mixed(mut self, other: Self, share: f32) -> Self {
        let first = |scores: &Self| scores.p.first().map(|(class, _)| class.clone());
        let (own, others) = (first(&self), first(&other));
        for (class, p) in &mut self.p {
            *p += (other.of(class) - *p) * share;
        }
        self.p.sort_by(|a, b| b.1.total_cmp(&a.1));
        let best = first(&self);
        self.closest = match best {
            _ if best == own => self.closest,
            _ if best == others => other.closest,
            _ => None,
        };
        self
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

    /// What a message is taken for. Vectors take long, so of a long message they look at few windows only.
    pub fn scores(&self, text: &Spellings) -> Scores {
        let by_letters = self.by_letters(text);
        let Some(vectors) = &self.vectors else {
            return by_letters;
        };
        let few = text.few();
        if few.is_empty() {
            return vectors.scores(&text.whole).mixed(by_letters, LETTERS);
        }
        let mut windows = by_letters.windows.clone();
        let mut seen = Vec::new();
        for at in few {
            let (Some(window), Some(texts)) = (windows.get_mut(at), text.windows.get(at)) else {
                continue;
            };
            let scores = vectors.scores(texts);
            *window = scores.clone().mixed(window.clone(), LETTERS);
            seen.push(scores);
        }
        let whole = Scores::mean(&seen).mixed(by_letters, LETTERS);
        Scores { windows, ..whole }
    }

    /// What groups of letters alone take a message for.
    pub fn by_letters(&self, text: &Spellings) -> Scores {
        let windows = text.windows.iter();
        Scores {
            windows: windows.map(|texts| self.ngrams.of_part(texts)).collect(),
            ..self.ngrams.scores(&text.whole)
        }
    }
}

/// The head on sentence vectors.
pub struct VectorModel {
    encoder: Arc<E5>,
    lessons: Arc<Lessons>,
    learned: Learned,
    /// How much the vote of a neighbour of each class counts.
    rarity: Vec<f32>,
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
            rarity: rarity(&lessons),
            lessons,
            learned,
        }
    }

    /// How likely each class is, for a vector as the head sees it: half the head's word, half the neighbours'.
    fn judge(&self, vector: &[f32]) -> Vec<f32> {
        let mut p = self.learned.head.probabilities(vector);
        let examples = &self.learned.examples;
        for (p, by_neighbours) in
            p.iter_mut()
                .zip(vote(vector, examples, &self.lessons, &self.rarity))
        {
            *p = (*p + by_neighbours) / 2.0;
        }
        p
    }

    /// What a message is taken for: the mean over its readings. Takes some ten milliseconds for each reading.
    pub fn scores(&self, texts: &[String]) -> Scores {
        let vectors = self.encoder.vectors(texts);
        let mut p = vec![0.0; self.lessons.classes.len()];
        let mut seen = Vec::new();
        for mut vector in vectors {
            centre(&mut vector, &self.learned.mean);
            for (p, one) in p.iter_mut().zip(&self.judge(&vector)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(detector: Detector, p: &[f32], closest: &str) -> Scores {
        let classes = ["housing", "homeless", "violence"].map(str::to_owned);
        Scores {
            closest: Some(closest.to_owned()),
            ..Scores::new(detector, &classes, p)
        }
    }

    #[test]
    fn letters_have_their_share_and_lend_their_example_if_they_were_right() {
        let vectors = scores(Detector::Vectors, &[0.45, 0.40, 0.15], "by vectors");
        let letters = scores(Detector::Ngrams, &[0.06, 0.91, 0.03], "by letters");
        let both = vectors.clone().mixed(letters, 1.0 / 3.0);
        let told: Vec<_> = both
            .p
            .iter()
            .map(|(id, p)| format!("{id} {p:.2}"))
            .collect();
        assert_eq!(told, ["homeless 0.57", "housing 0.32", "violence 0.11"]);
        assert_eq!(both.closest.as_deref(), Some("by letters"));
        assert_eq!(both.detector, Detector::Vectors);

        let third = scores(Detector::Ngrams, &[0.0, 0.2, 0.8], "by letters");
        let both = vectors.clone().mixed(third, 0.4);
        assert_eq!(both.p[0].0, "violence");
        assert_eq!(both.closest.as_deref(), Some("by letters"));
        let same = vectors.clone().mixed(vectors, 0.5);
        assert_eq!(same.closest.as_deref(), Some("by vectors"));
    }
}
