//! The model without weights: naive Bayes on groups of letters.
//!
//! Every word with a blank at both ends is cut into groups of three to five letters, weighted by how rare they are
//! (tf-idf). With the few examples that each class has, counting does better on messages of other writers than
//! logistic regression on the same groups, and it is done in a moment, also in a debug build.

use super::lessons::Lessons;
use super::math::{ln, softmax, to_unit};
use super::models::Scores;
use super::readings::{HEAD, TAIL};
use crate::model::Detector;
use crate::text::key;

/// Letters in a group.
const GROUP: std::ops::RangeInclusive<usize> = 3..=5;
/// A message is read so far, in characters.
const MOST_CHARACTERS: usize = HEAD + TAIL;
/// What a group counts in a class that it was never seen in. Chosen among 0.01 and 1 on the development set
/// (`tests/detect`): the more examples there are, the more it tells that a class never had a group.
const NEVER_SEEN: f32 = 0.02;

/// How likely a class has to be for a part of a message that its closest example is looked for.
const WORTH_AN_EXAMPLE: f32 = 0.3;

/// What was learned from the examples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NgramModel {
    classes: Vec<String>,
    /// The groups that were seen, by their hash, ascending.
    groups: Vec<Group>,
    /// For each group, one part after the other: a class and what the group says for it.
    speaks: Vec<(u16, f32)>,
    /// For each class, what any group costs.
    cost: Vec<f32>,
    /// The examples as the model sees them: class, text, groups.
    examples: Vec<(usize, String, Sparse)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    hash: u32,
    /// How much it counts: the rarer, the more.
    rare: f32,
    /// Where its part of `speaks` ends.
    end: u32,
}

/// Places and values, places ascending.
type Sparse = Vec<(u32, f32)>;

impl NgramModel {
    /// Learns.
    pub fn train(lessons: &Lessons) -> Self {
        let seen: Vec<Vec<(u32, f32)>> = lessons
            .items
            .iter()
            .map(|lesson| hashes(&lesson.text))
            .collect();
        let mut model = Self {
            classes: lessons.classes.clone(),
            ..Self::default()
        };
        model.groups = rarity(&seen);
        for (lesson, hashes) in lessons.items.iter().zip(&seen) {
            let sparse = model.sparse(hashes);
            model
                .examples
                .push((lesson.class, lesson.text.clone(), sparse));
        }
        model.count();
        model
    }

    /// How much of each group stands in each class.
    fn count(&mut self) {
        let mut all: Vec<(u32, u16, f32)> = Vec::new();
        let mut sums = vec![0f32; self.classes.len()];
        for (class, _, sparse) in &self.examples {
            for (place, value) in sparse {
                all.push((*place, *class as u16, *value));
                sums[*class] += value;
            }
        }
        // Stable: what is added up stays in the examples' order.
        all.sort_by_key(|(place, class, _)| (*place, *class));
        let mut speaks: Vec<(u32, u16, f32)> = Vec::new();
        for (place, class, value) in all {
            match speaks.last_mut() {
                Some((p, c, sum)) if (*p, *c) == (place, class) => *sum += value,
                _ => speaks.push((place, class, value)),
            }
        }
        for (at, (place, ..)) in speaks.iter().enumerate() {
            self.groups[*place as usize].end = at as u32 + 1;
        }
        self.speaks = speaks
            .into_iter()
            .map(|(_, class, sum)| (class, ln(1.0 + sum / NEVER_SEEN)))
            .collect();
        let groups = self.groups.len() as f32;
        let cost = |sum: &f32| ln(NEVER_SEEN) - ln(sum + NEVER_SEEN * groups);
        // A class that nothing is known of is out of the question.
        self.cost = sums
            .iter()
            .map(|sum| if *sum > 0.0 { cost(sum) } else { NOT_AT_ALL })
            .collect();
    }

    /// What a message is taken for: the mean over its readings.
    pub fn scores(&self, texts: &[String]) -> Scores {
        self.looked(texts, 0.0)
    }

    /// The same for a part of a message. There are many parts, so only where it is taken for something the example is
    /// looked for that is closest.
    pub fn of_part(&self, texts: &[String]) -> Scores {
        self.looked(texts, WORTH_AN_EXAMPLE)
    }

    fn looked(&self, texts: &[String], worth: f32) -> Scores {
        let mut p = vec![0.0; self.classes.len()];
        let mut seen = Vec::new();
        for text in texts {
            let sparse = self.sparse(&hashes(text));
            for (p, one) in p.iter_mut().zip(self.probabilities(&sparse)) {
                *p += one / texts.len() as f32;
            }
            seen.push(sparse);
        }
        let mut scores = Scores::new(Detector::Ngrams, &self.classes, &p);
        let best = scores.p.first().filter(|(_, p)| *p >= worth);
        let best = best.map(|(class, _)| class.as_str());
        scores.closest = best.and_then(|class| self.closest(class, &seen));
        scores
    }

    fn probabilities(&self, sparse: &Sparse) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes.len()];
        let mut whole = 0.0;
        for (place, value) in sparse {
            let place = *place as usize;
            let start = place
                .checked_sub(1)
                .map_or(0, |before| self.groups[before].end);
            let end = self.groups[place].end;
            for (class, says) in &self.speaks[start as usize..end as usize] {
                scores[usize::from(*class)] += value * says;
            }
            whole += value;
        }
        for (score, cost) in scores.iter_mut().zip(&self.cost) {
            *score += if *cost == NOT_AT_ALL {
                NOT_AT_ALL
            } else {
                whole * cost
            };
        }
        if !scores.is_empty() {
            softmax(&mut scores);
        }
        scores
    }

    /// The groups of a text that the model knows, one unit long.
    fn sparse(&self, hashes: &[(u32, f32)]) -> Sparse {
        let mut places = Vec::with_capacity(hashes.len());
        let mut values = Vec::with_capacity(hashes.len());
        for (hash, count) in hashes {
            if let Ok(place) = self.groups.binary_search_by_key(hash, |group| group.hash) {
                places.push(place as u32);
                values.push((1.0 + ln(*count)) * self.groups[place].rare);
            }
        }
        to_unit(&mut values);
        places.into_iter().zip(values).collect()
    }

    fn closest(&self, class: &str, seen: &[Sparse]) -> Option<String> {
        let class = self.classes.iter().position(|c| c == class)?;
        let near = |example: &Sparse| seen.iter().map(|s| common(s, example)).fold(0.0, f32::max);
        let of_class = self.examples.iter().filter(|(of, ..)| *of == class);
        let (text, likeness) = of_class
            .map(|(_, text, sparse)| (text, near(sparse)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        (likeness > 0.0).then(|| text.clone())
    }
}

/// What a class costs that has no examples: more than any message can make up for.
const NOT_AT_ALL: f32 = -1e6;

/// The groups of all examples, and how rare each is.
fn rarity(seen: &[Vec<(u32, f32)>]) -> Vec<Group> {
    let mut all: Vec<u32> = seen.iter().flatten().map(|(hash, _)| *hash).collect();
    all.sort_unstable();
    let rare = |often: usize| ln((1 + seen.len()) as f32 / (1 + often) as f32) + 1.0;
    let groups = all.chunk_by(|a, b| a == b);
    groups
        .map(|group| Group {
            hash: group[0],
            rare: rare(group.len()),
            end: 0,
        })
        .collect()
}

/// The groups of letters of a text and how often each stands there, by hash, ascending.
fn hashes(text: &str) -> Vec<(u32, f32)> {
    let head: String = text.chars().take(MOST_CHARACTERS).collect();
    let mut all = Vec::new();
    let mut word_letters = Vec::new();
    for word in key(&head).split(' ').filter(|word| !word.is_empty()) {
        word_letters.clear();
        word_letters.push(' ');
        word_letters.extend(word.chars());
        word_letters.push(' ');
        for size in GROUP {
            all.extend(word_letters.windows(size).map(hash));
            if word_letters.len() <= size {
                break;
            }
        }
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b)
        .map(|group| (group[0], group.len() as f32))
        .collect()
}

/// FNV-1a over the letters, folded to 32 bits.
fn hash(letters: &[char]) -> u32 {
    let hash = letters
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, letter| {
            (hash ^ u64::from(*letter)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash >> 32) as u32 ^ hash as u32
}

/// The scalar product of two sparse vectors.
fn common(a: &Sparse, b: &Sparse) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((at, x)), Some((bt, y))) = (a.peek(), b.peek()) {
        match at.cmp(bt) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                sum += x * y;
                a.next();
                b.next();
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::lessons::tests::detect;
    use proptest::prelude::*;

    fn model() -> NgramModel {
        let detect = detect(
            &["unpaid_wages", "homeless", "other", "language_course"],
            &[
                (
                    "de",
                    &[
                        (
                            "unpaid_wages",
                            &[
                                "mein Chef zahlt keinen Lohn",
                                "seit drei Monaten kein Gehalt bekommen",
                            ],
                        ),
                        (
                            "homeless",
                            &[
                                "ich schlafe auf der Straße",
                                "habe keine Wohnung mehr",
                                "-Wohnungssuche im Film",
                            ],
                        ),
                        (
                            "other",
                            &["wie wird das Wetter morgen", "wer hat das Spiel gewonnen"],
                        ),
                    ],
                ),
                ("ar", &[("homeless", &["ليس عندي مكان أنام فيه"])]),
            ],
        );
        NgramModel::train(&Lessons::of(&detect))
    }

    fn best(text: &str) -> (String, Option<String>) {
        let scores = model().scores(&[text.to_owned()]);
        (scores.p[0].0.clone(), scores.closest)
    }

    #[test]
    fn words_are_known_in_other_forms_and_the_closest_example_is_named() {
        let (class, closest) = best("Mein CHEFF zahlt nicht den lohn!!");
        assert_eq!(
            (class.as_str(), closest.as_deref()),
            ("unpaid_wages", Some("mein Chef zahlt keinen Lohn"))
        );
        let (class, closest) = best("wir schlafen auf strasse");
        assert_eq!(
            (class.as_str(), closest.as_deref()),
            ("homeless", Some("ich schlafe auf der Straße"))
        );
        let (class, closest) = best("ماعندي مكان انام");
        assert_eq!(
            (class.as_str(), closest.as_deref()),
            ("homeless", Some("ليس عندي مكان أنام فيه"))
        );
    }

    #[test]
    fn a_strange_text_is_like_nothing() {
        for text in ["", "🙂", "qqq"] {
            let scores = model().scores(&[text.to_owned()]);
            assert!(
                scores.p.iter().all(|(_, p)| *p < 0.4),
                "{text}: {:?}",
                scores.p
            );
            assert_eq!(scores.closest, None);
        }
        assert!(model().scores(&[]).p.iter().all(|(_, p)| *p == 0.0));
        let empty = NgramModel::train(&Lessons::default());
        assert_eq!(empty.scores(&["x".to_owned()]).p, []);
    }

    #[test]
    fn a_class_without_examples_is_out_of_the_question() {
        let scores = model().scores(&["Deutschkurs".to_owned()]);
        assert_eq!(scores.p.last(), Some(&("language_course".to_owned(), 0.0)));
    }

    #[test]
    fn a_second_reading_counts_as_much_as_the_first() {
        let one = |text: &str| model().scores(&[text.to_owned()]).of("homeless");
        let both = model()
            .scores(&["qqq".to_owned(), "auf der Straße".to_owned()])
            .of("homeless");
        let mean = (one("qqq") + one("auf der Straße")) / 2.0;
        assert!((both - mean).abs() < 1e-6, "{both} {mean}");
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one_whatever_is_written(text in "\\PC{0,80}") {
            let scores = model().scores(&[text]);
            let sum: f32 = scores.p.iter().map(|(_, p)| p).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        }
    }
}
