//! What the models take a message for.
//!
//! Two of them learn from the same examples: one looks at sentence vectors and knows what a text means in a hundred
//! languages, the other looks at groups of letters. Together they are right more often than either; letters alone serve
//! where no weights are installed (or no time is left).
//! Neither of them decides anything: zones and levels come from what they say and from the lexicon.

use super::e5::E5;
use super::head::{Head, Training};
use super::lessons::{Heaps, Lessons};
use super::math::{dot, exp, ln, to_unit};
use super::neighbours::{rarity, vote};
use super::ngram::NgramModel;
use super::readings::Spellings;
use super::second::Second;
use crate::model::Detector;
use std::sync::Arc;

/// How much the letters count beside the vectors. Chosen on the development set (`tests/detect`).
const LETTERS: f32 = 1.0 / 3.0;
/// How much the second opinion moves the odds of danger. Chosen among 0.35, 0.5 and 0.7 on the development sets.
const SECOND: f32 = 0.5;
/// Probabilities are taken for no surer than that before their odds are moved.
const UNSURE: f32 = 1e-4;

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
    /// The message is long enough, and short enough, for a guess to be heard against a phrase in it.
    pub told: bool,
    /// What letters alone say, where vectors have looked as well.
    pub letters: Option<Box<Scores>>,
}

/// Moves the odds of danger: all classes that call a human keep their share of it, and the others theirs of the rest.
/// `to`: the new logarithm of the odds for that of before.
pub(super) fn lean(p: &mut [f32], danger: impl Fn(usize) -> bool, to: impl Fn(f32) -> f32) {
    let all: f32 = p.iter().sum();
    let of = |p: &[f32]| -> f32 {
        (0..)
            .zip(p)
            .map(|(at, p)| if danger(at) { *p } else { 0.0 })
            .sum()
    };
    let before = of(p);
    if before <= 0.0 || all <= before {
        return;
    }
    let sure = (before / all).clamp(UNSURE, 1.0 - UNSURE);
    let after = 1.0 / (1.0 + exp(-to(ln(sure) - ln(1.0 - sure))));
    for (at, p) in (0..).zip(p.iter_mut()) {
        *p *= match danger(at) {
            true => after / before,
            false => (1.0 - after) / (all - before),
        };
    }
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
            told: false,
            letters: None,
        }
    }

    /// What several parts are taken for together, all of them seen by vectors.
    fn mean(parts: &[&Self]) -> Self {
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

    /// With a second opinion on whether it is one of these dangers: the logarithm of the odds. `closest` knows the closest
    /// example of a class.
    fn weighed(
        mut self,
        dangers: &[String],
        odds: f32,
        closest: impl FnOnce(&str) -> Option<String>,
    ) -> Self {
        let first = |scores: &Self| scores.p.first().map(|(class, _)| class.clone());
        let own = first(&self);
        let mut p: Vec<f32> = self.p.iter().map(|(_, p)| *p).collect();
        let danger = |at: usize| self.p.get(at).is_some_and(|(id, _)| dangers.contains(id));
        lean(&mut p, danger, |before| before + SECOND * odds);
        for ((_, p), new) in self.p.iter_mut().zip(p) {
            *p = new;
        }
        self.p.sort_by(|a, b| b.1.total_cmp(&a.1));
        let best = first(&self);
        if best != own {
            self.closest = best.and_then(|class| closest(&class));
        }
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
        let alone = Some(Box::new(by_letters.clone()));
        let few = text.few();
        if few.is_empty() {
            return Scores {
                letters: alone,
                ..vectors.with_letters(&[vectors.look(&text.whole)], by_letters)
            };
        }
        let mut windows = by_letters.windows.clone();
        let mut seen = Vec::new();
        for at in few {
            let (Some(window), Some(texts)) = (windows.get_mut(at), text.windows.get(at)) else {
                continue;
            };
            let look = [vectors.look(texts)];
            *window = vectors.with_letters(&look, window.clone());
            seen.extend(look);
        }
        let whole = vectors.with_letters(&seen, by_letters);
        Scores {
            windows,
            letters: alone,
            ..whole
        }
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
    /// Classes that call a human within a day.
    dangers: Vec<String>,
    /// The class of each heap that the head tells apart.
    heaps: Vec<usize>,
}

/// What vectors say of a text.
struct Look {
    scores: Scores,
    /// A second opinion on danger: the logarithm of the odds.
    odds: f32,
    /// The vectors of its readings.
    vectors: Vec<Vec<f32>>,
}

/// What was learned from the vectors of the examples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// The mean of all examples: what all vectors have in common says nothing.
    pub mean: Vec<f32>,
    /// The examples, mean taken off, one unit long; in the order of the lessons.
    pub examples: Vec<Vec<f32>>,
    /// The classes, and what only sounds like each.
    pub head: Head,
    /// Danger, or what only sounds like it.
    pub second: Second,
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
        let heaps = lessons.heaps();
        let head = Training {
            rows: &vectors,
            weights: heaps.balance(),
            classes: heaps.items,
        }
        .run();
        Self {
            mean,
            second: Second::train(lessons, &vectors),
            examples: vectors,
            head,
        }
    }

    /// Puts together what was learned before; `second` are the values of the second opinion.
    pub fn remembered(
        lessons: &Lessons,
        mean: Vec<f32>,
        mut vectors: Vec<Vec<f32>>,
        head: Head,
        second: Vec<f32>,
    ) -> Self {
        for vector in &mut vectors {
            centre(vector, &mean);
        }
        Self {
            mean,
            examples: vectors,
            head,
            second: Second::remembered(lessons, second),
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
        let classes = lessons.classes.iter().zip(0..);
        let dangers = classes.filter(|(_, class)| lessons.calls(*class));
        Self {
            encoder,
            dangers: dangers.map(|(id, _)| id.clone()).collect(),
            heaps: lessons.heaps().classes,
            rarity: rarity(&lessons),
            lessons,
            learned,
        }
    }

    /// How likely each class is, for a vector as the head sees it: half the head's word, half the neighbours'.
    fn judge(&self, vector: &[f32]) -> Vec<f32> {
        let by_head = self.learned.head.probabilities(vector);
        let mut p = Heaps::folded(&self.heaps, &by_head, self.lessons.classes.len());
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
    fn look(&self, texts: &[String]) -> Look {
        let vectors = self.encoder.vectors(texts);
        let mut p = vec![0.0; self.lessons.classes.len()];
        let (mut seen, mut odds) = (Vec::new(), 0.0);
        for mut vector in vectors {
            centre(&mut vector, &self.learned.mean);
            for (p, one) in p.iter_mut().zip(&self.judge(&vector)) {
                *p += one / texts.len() as f32;
            }
            let examples = &self.learned.examples;
            odds += self.learned.second.odds(&vector, examples) / texts.len() as f32;
            seen.push(vector);
        }
        let mut scores = Scores::new(Detector::Vectors, &self.lessons.classes, &p);
        let best = scores.p.first().map(|(class, _)| class.as_str());
        scores.closest = best.and_then(|class| self.closest(class, &seen));
        Look {
            scores,
            odds,
            vectors: seen,
        }
    }

    /// What parts of a message are taken for together, with the letters' word and the second opinion.
    fn with_letters(&self, looks: &[Look], letters: Scores) -> Scores {
        let parts: Vec<&Scores> = looks.iter().map(|look| &look.scores).collect();
        let both = Scores::mean(&parts).mixed(letters, LETTERS);
        let odds: f32 = looks.iter().map(|look| look.odds).sum();
        both.weighed(&self.dangers, odds / looks.len().max(1) as f32, |class| {
            let vectors = looks.iter().flat_map(|look| &look.vectors);
            self.closest(class, vectors)
        })
    }

    fn closest<'v>(
        &self,
        class: &str,
        seen: impl IntoIterator<Item = &'v Vec<f32>>,
    ) -> Option<String> {
        let seen: Vec<&Vec<f32>> = seen.into_iter().collect();
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

    fn told(scores: &Scores) -> Vec<String> {
        let told = scores.p.iter().map(|(id, p)| format!("{id} {p:.2}"));
        told.collect()
    }

    #[test]
    fn a_second_opinion_moves_danger_as_a_whole_and_names_the_example_of_what_is_first_then() {
        let dangers = ["homeless", "violence"].map(str::to_owned);
        let one = scores(Detector::Vectors, &[0.40, 0.45, 0.15], "by vectors");
        let weighed = |odds| {
            one.clone()
                .weighed(&dangers, odds, |class| Some(format!("of {class}")))
        };
        let less = weighed(-3.0);
        assert_eq!(
            told(&less),
            ["housing 0.75", "homeless 0.19", "violence 0.06"]
        );
        assert_eq!(less.closest.as_deref(), Some("of housing"));
        let more = weighed(3.0);
        assert_eq!(
            told(&more),
            ["homeless 0.65", "violence 0.22", "housing 0.13"]
        );
        assert_eq!(more.closest.as_deref(), Some("by vectors"));
        assert_eq!(told(&weighed(0.0)), told(&one));
    }

    #[test]
    fn where_all_or_nothing_is_danger_there_is_nothing_to_move() {
        for danger in [true, false] {
            let mut p = [0.2, 0.8];
            lean(&mut p, |_| danger, |_| 5.0);
            assert_eq!(p, [0.2, 0.8]);
        }
    }
}
