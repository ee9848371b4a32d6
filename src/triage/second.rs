//! A second opinion on danger, by sentence vectors: somebody in danger, or does it only sound like that?
//!
//! The head knows forty classes and draws a plane beside each. Between "my boss says he will kill me" and "these shifts will
//! kill me" there is no plane: what sounds like a danger lies in the midst of it. So the examples of danger and what editors
//! wrote as only sounding like it are compared with a thousand of them ("pillars"): e^(4 · (cosine − 1)) for each, and on these
//! numbers, which bend around every pillar, a logistic regression tells the two kinds apart, and from both of them what people
//! say all day: of what it has never seen it would say anything ("i have two kids" was violence). Its word is added to that of
//! the others.

use super::Lessons;
use super::head::{Head, Training};
use super::lessons::Kind;
use super::math::{dot, exp, ln};

/// Examples that others are compared with.
const PILLARS: usize = 1000;
/// How fast likeness ends with distance. Chosen among 2, 4 and 8 on the development sets.
const NEARNESS: f32 = 4.0;
/// How little it is held back; chosen among 10 and 100.
const BELIEVED: f32 = 100.0;

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Second {
    /// Places among the lessons.
    pillars: Vec<usize>,
    /// Against danger, for danger.
    head: Head,
}

impl Second {
    /// Learns from vectors in the lessons' order, one unit long. Without counter-examples nothing.
    pub(super) fn train(lessons: &Lessons, vectors: &[Vec<f32>]) -> Self {
        let taken = taken(lessons);
        let pillars = pillars(&taken);
        let rows = taken.iter().filter_map(|(place, _)| vectors.get(*place));
        let rows: Vec<Vec<f32>> = rows.map(|row| compared(row, &pillars, vectors)).collect();
        let classes: Vec<usize> = taken.iter().map(|(_, kind)| *kind as usize).collect();
        let count = |of: usize| classes.iter().filter(|class| **class == of).count().max(1);
        let kinds = kinds(&taken);
        let fair = |of: usize| BELIEVED * classes.len() as f32 / (kinds * count(of)) as f32;
        let weights = (0..kinds).map(fair).collect();
        let head = match pillars.is_empty() {
            true => Head::default(),
            false => Training {
                rows: &rows,
                classes,
                weights,
            }
            .run(),
        };
        Self { pillars, head }
    }

    /// What was learned before ([`Second::values`]) from the same lessons.
    pub(super) fn remembered(lessons: &Lessons, values: Vec<f32>) -> Self {
        let pillars = pillars(&taken(lessons));
        let head = match pillars.is_empty() {
            true => Head::default(),
            false => Head::of(pillars.len(), values),
        };
        Self { pillars, head }
    }

    /// All that has to be kept of it.
    pub fn values(&self) -> &[f32] {
        self.head.values()
    }

    /// How many numbers these are.
    pub fn size(lessons: &Lessons) -> usize {
        let taken = taken(lessons);
        match pillars(&taken).len() {
            0 => 0,
            pillars => kinds(&taken) * (pillars + 1),
        }
    }

    /// The logarithm of the odds that it is a danger, and does neither only sound like one nor is said all day; 0 where
    /// nothing was learned.
    pub(super) fn odds(&self, vector: &[f32], examples: &[Vec<f32>]) -> f32 {
        let scores = self.head.scores(&compared(vector, &self.pillars, examples));
        match scores[..] {
            [sounds, danger] => danger - sounds,
            [sounds, danger, everyday] => {
                let most = sounds.max(everyday);
                danger - most - ln(exp(sounds - most) + exp(everyday - most))
            }
            _ => 0.0,
        }
    }
}

/// The lessons that count; none if there is nothing that only sounds like danger, or no danger.
fn taken(lessons: &Lessons) -> Vec<(usize, Kind)> {
    let items = lessons.items.iter().zip(0..);
    let taken: Vec<_> = items
        .filter_map(|(lesson, place)| Some((place, lessons.kind(lesson)?)))
        .collect();
    let there = |kind: Kind| taken.iter().any(|(_, one)| *one == kind);
    if there(Kind::Danger) && there(Kind::Sounds) {
        taken
    } else {
        Vec::new()
    }
}

/// How many kinds there are: what people say all day may be missing.
fn kinds(taken: &[(usize, Kind)]) -> usize {
    match taken.iter().any(|(_, kind)| *kind == Kind::Everyday) {
        true => 3,
        false => 2,
    }
}

/// Evenly spread over all languages and classes. What is said all day is no landmark for telling the other two apart.
fn pillars(taken: &[(usize, Kind)]) -> Vec<usize> {
    let taken: Vec<usize> = taken
        .iter()
        .filter(|(_, kind)| *kind != Kind::Everyday)
        .map(|(place, _)| *place)
        .collect();
    let count = taken.len().min(PILLARS);
    let spread = (0..count).filter_map(|nth| taken.get(nth * taken.len() / count));
    spread.copied().collect()
}

fn compared(vector: &[f32], pillars: &[usize], examples: &[Vec<f32>]) -> Vec<f32> {
    let pillars = pillars.iter().filter_map(|place| examples.get(*place));
    pillars
        .map(|pillar| exp(NEARNESS * (dot(vector, pillar) - 1.0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::OTHER;
    use crate::triage::Lesson;

    /// Dangers in the middle, and around them what only sounds like it: no plane lies between.
    fn ring() -> (Lessons, Vec<Vec<f32>>) {
        let mut lessons = Lessons {
            classes: vec!["violence".to_owned(), "housing".to_owned()],
            danger: vec![true, false],
            items: Vec::new(),
        };
        let mut vectors = Vec::new();
        for n in 0..60_u8 {
            let turn = f32::from(n) * 0.7;
            let (danger, wide) = (n % 2 == 0, if n % 2 == 0 { 0.1 } else { 0.8 });
            let (x, y) = (wide * turn.sin(), wide * turn.cos());
            vectors.push(vec![x, y, (1.0 - x * x - y * y).sqrt()]);
            lessons.items.push(Lesson {
                class: usize::from(!danger),
                text: n.to_string(),
                sounds: (!danger).then_some(0),
            });
        }
        (lessons, vectors)
    }

    #[test]
    fn what_stands_around_danger_is_told_from_what_is_in_its_midst() {
        let (lessons, vectors) = ring();
        let second = Second::train(&lessons, &vectors);
        assert!(second.odds(&[0.0, 0.0, 1.0], &vectors) > 2.0);
        for around in [[0.8, 0.0, 0.6], [-0.8, 0.0, 0.6], [0.0, -0.8, 0.6]] {
            assert!(second.odds(&around, &vectors) < -2.0);
        }
        assert_eq!(second.values().len(), Second::size(&lessons));
        let again = Second::remembered(&lessons, second.values().to_vec());
        assert_eq!(again, second);
    }

    #[test]
    fn what_people_say_all_day_is_no_danger_either() {
        let (mut lessons, mut vectors) = ring();
        let everyday = [0.4, 0.0, 0.916_515];
        let before = Second::train(&lessons, &vectors).odds(&everyday, &vectors);
        lessons.classes.push(OTHER.to_owned());
        lessons.danger.push(false);
        for n in 0..30_u8 {
            lessons.items.push(Lesson {
                class: 2,
                text: format!("all day {n}"),
                sounds: None,
            });
            vectors.push(everyday.to_vec());
        }
        let second = Second::train(&lessons, &vectors);
        let after = second.odds(&everyday, &vectors);
        assert!(after < before - 1.0, "{after}, {before} before");
        assert!(second.odds(&[0.0, 0.0, 1.0], &vectors) > 2.0);
        assert!(second.odds(&[0.8, 0.0, 0.6], &vectors) < -2.0);
        assert_eq!(second.values().len(), Second::size(&lessons));
    }

    #[test]
    fn without_anything_that_only_sounds_like_it_there_is_no_second_opinion() {
        let (mut lessons, vectors) = ring();
        lessons
            .items
            .iter_mut()
            .for_each(|lesson| lesson.sounds = None);
        let second = Second::train(&lessons, &vectors);
        assert_eq!((second.values().len(), Second::size(&lessons)), (0, 0));
        assert_eq!(second.odds(&[0.0, 0.0, 1.0], &vectors), 0.0);
        assert_eq!(Second::remembered(&lessons, Vec::new()), second);
    }
}
