//! Multinomial logistic regression on vectors: one score for each class, and from these a probability.
//!
//! Trained by L-BFGS from zero, every example in its order, sums in one order: the same examples give the same head.

use super::lbfgs::{self, Step};
use super::math::{add_scaled, dot, softmax};

/// Steps of learning at most; what is learned after that is noise.
const STEPS: usize = 150;
/// Rows that are taken together before their sum is added to the whole, which keeps sums of small numbers exact.
const TOGETHER: usize = 128;

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Numbers in a vector.
    width: usize,
    values: Vec<f32>,
}

/// What is learned from.
pub struct Training<'r> {
    /// The vectors.
    pub rows: &'r [Vec<f32>],
    /// The class of each.
    pub classes: Vec<usize>,
    /// How much an example of a class counts against what holds the values back (scikit-learn's `C`): large means that
    /// examples are believed. One number for each class.
    pub weights: Vec<f32>,
}

impl Head {
    /// A head that was learned before.
    pub fn of(width: usize, values: Vec<f32>) -> Self {
        Self { width, values }
    }

    /// For each class its weights, then for each class its bias.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    fn classes(&self) -> usize {
        self.values.len() / (self.width + 1)
    }

    /// How likely each class is.
    pub fn probabilities(&self, vector: &[f32]) -> Vec<f32> {
        let mut scores = self.scores(vector);
        if !scores.is_empty() {
            softmax(&mut scores);
        }
        scores
    }

    /// The logarithm of that, but for what all classes have in common.
    pub(super) fn scores(&self, vector: &[f32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes()];
        if !scores.is_empty() {
            scores_of(&self.values, self.width, vector, &mut scores);
        }
        scores
    }
}

fn scores_of(values: &[f32], width: usize, vector: &[f32], scores: &mut [f32]) {
    let (weights, bias) = values.split_at(values.len() - scores.len());
    for ((score, weights), bias) in scores.iter_mut().zip(weights.chunks_exact(width)).zip(bias) {
        *score = dot(weights, vector) + bias;
    }
}

impl Training<'_> {
    /// Learns. Classes without an example end with a probability next to nothing.
    pub fn run(&self) -> Head {
        let width = self.rows.first().map_or(0, Vec::len);
        let size = self.weights.len() * (width + 1);
        if width == 0 {
            return Head::default();
        }
        let values = lbfgs::least(vec![0.0; size], STEPS, |values| self.step(width, values));
        Head {
            width,
            values: values.into_iter().map(|v| v as f32).collect(),
        }
    }

    /// How wrong these values are, and in which direction it gets worse.
    fn step(&self, width: usize, values: &[f64]) -> Step {
        let classes = self.weights.len();
        let values: Vec<f32> = values.iter().map(|v| *v as f32).collect();
        let mut loss = 0f64;
        let mut slope = vec![0f64; values.len()];
        let (mut part, mut p) = (vec![0f32; values.len()], vec![0f32; classes]);
        for (rows, of) in self
            .rows
            .chunks(TOGETHER)
            .zip(self.classes.chunks(TOGETHER))
        {
            part.fill(0.0);
            for (row, class) in rows.iter().zip(of) {
                scores_of(&values, width, row, &mut p);
                let right = p[*class];
                let weight = self.weights[*class];
                loss += f64::from(weight * (softmax(&mut p) - right));
                p[*class] -= 1.0;
                let (weights, bias) = part.split_at_mut(classes * width);
                for ((p, weights), bias) in p.iter().zip(weights.chunks_exact_mut(width)).zip(bias)
                {
                    add_scaled(weights, weight * p, row);
                    *bias += weight * p;
                }
            }
            for (slope, part) in slope.iter_mut().zip(&part) {
                *slope += f64::from(*part);
            }
        }
        // The bias is free.
        for (slope, value) in slope.iter_mut().zip(&values).take(classes * width) {
            loss += 0.5 * f64::from(*value) * f64::from(*value);
            *slope += f64::from(*value);
        }
        Step { loss, slope }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three heaps of points in the plane, one of them much larger than the others.
    fn heaps() -> (Vec<Vec<f32>>, Vec<usize>) {
        let middle = [(1.0, 0.0), (-0.5, 0.9), (-0.5, -0.9)];
        let at = |class: usize, n: usize| {
            let (x, y) = middle[class];
            vec![
                x + 0.1 * ((n * 7 % 11) as f32 - 5.0) / 5.0,
                y + 0.1 * ((n * 5 % 13) as f32 - 6.0) / 6.0,
            ]
        };
        let counts = [40, 8, 8];
        let points =
            (0..3).flat_map(|class| (0..counts[class]).map(move |n| (at(class, n), class)));
        points.unzip()
    }

    #[test]
    fn what_lies_in_a_heap_is_of_its_class_and_what_lies_between_is_unsure() {
        let (rows, classes) = heaps();
        let head = Training {
            rows: &rows,
            classes: classes.clone(),
            weights: vec![5.0, 20.0, 20.0],
        }
        .run();
        for (row, class) in rows.iter().zip(&classes) {
            let p = head.probabilities(row);
            assert!(p[*class] > 0.9, "{row:?} {class} {p:?}");
            assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
        let between = head.probabilities(&[0.0, 0.0]);
        assert!(between.iter().all(|p| *p < 0.6), "{between:?}");
    }

    #[test]
    fn the_same_examples_give_the_same_head() {
        let (rows, classes) = heaps();
        let train = || {
            Training {
                rows: &rows,
                classes: classes.clone(),
                weights: vec![1.0; 3],
            }
            .run()
        };
        assert_eq!(train(), train());
    }

    #[test]
    fn a_class_without_examples_is_unlikely_and_no_examples_give_no_head() {
        let (rows, classes) = heaps();
        let head = Training {
            rows: &rows,
            classes,
            weights: vec![1.0, 1.0, 1.0, 0.0],
        }
        .run();
        assert!(rows.iter().all(|row| head.probabilities(row)[3] < 0.05));
        let none = Training {
            rows: &[],
            classes: Vec::new(),
            weights: vec![0.0; 3],
        }
        .run();
        assert_eq!(none.probabilities(&[]), Vec::<f32>::new());
    }
}
