//! The model without weights: naive Bayes on groups of letters.
//!
//! Every word with a blank at both ends is cut into groups of three to five letters, weighted by how rare they are
//! (tf-idf). With the few examples that each class has, counting does better on messages of other writers than
//! logistic regression on the same groups, and it is done in a moment, also in a debug build.

use super::lessons::{Heaps, Lessons};
use super::lists::{Lists, Texts};
use super::math::{ln, softmax, to_unit};
use super::models::{Scores, lean};
use super::readings::{HEAD, TAIL};
use super::weighing::{Rows, Weighing};
use crate::model::Detector;
use crate::text::key;
use std::cmp::Ordering;

/// Letters in a group.
const GROUP: std::ops::RangeInclusive<usize> = 3..=5;
/// A message is read so far, in characters.
const MOST_CHARACTERS: usize = HEAD + TAIL;
/// What a group counts in a class that it was never seen in. Chosen among 0.01 and 1 on the development set
/// (`tests/detect`): the more examples there are, the more it tells that a class never had a group.
const NEVER_SEEN: f32 = 0.02;

/// How much the odds of danger by counting groups move those by weighing them. Chosen among 0.15, 0.3 and 0.5.
const COUNTED: f32 = 0.3;

/// How likely a class has to be for a part of a message that its closest example is looked for.
const WORTH_AN_EXAMPLE: f32 = 0.3;

/// What was learned from the examples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NgramModel {
    classes: Vec<String>,
    /// The class of each heap that is counted apart. In one heap, the thousands of counter-examples would know every word,
    /// and outweigh each of the dangers for that alone.
    heaps: Vec<usize>,
    /// The groups that were seen, by their hash, ascending.
    groups: Box<[Group]>,
    /// For each group, one part after the other: a heap …
    speaks: Box<[u16]>,
    /// … and what the group says for it.
    says: Box<[f32]>,
    /// For each heap, what any group costs.
    cost: Vec<f32>,
    /// Of each class, whether it is a danger.
    danger: Vec<bool>,
    /// Which groups speak for danger.
    weighing: Weighing,
    examples: Examples,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    hash: u32,
    /// How much it counts: the rarer, the more.
    rare: f32,
    /// Where its part of `speaks` ends.
    end: u32,
}

/// The examples as the model sees them, to name the closest one. How often a group stands in one of them is forgotten.
#[derive(Clone, Debug, Default, PartialEq)]
struct Examples {
    classes: Box<[u16]>,
    texts: Texts,
    /// The places of their groups, ascending.
    groups: Lists<u32>,
    /// How long each is, as a vector.
    lengths: Box<[f32]>,
}

/// Places and values, places ascending.
type Sparse = Vec<(u32, f32)>;

impl NgramModel {
    /// Learns.
    pub fn train(lessons: &Lessons) -> Self {
        let items = lessons.items.iter();
        let mut seen = Found::of(items.clone().map(|l| l.text.as_str()));
        let heaps = lessons.heaps();
        let mut model = Self {
            classes: lessons.classes.clone(),
            heaps: heaps.classes,
            danger: lessons.danger.clone(),
            groups: seen.rarity(),
            ..Self::default()
        };
        seen.place(&model.groups);
        let values = seen.values(&model.groups);
        model.count(&heaps.items, &seen, &values);
        let rows = Rows {
            groups: &seen.groups,
            values: &values,
            ends: &seen.ends,
            danger: items.clone().map(|l| lessons.calls(l.class)).collect(),
        };
        model.weighing = Weighing::learn(&rows, model.groups.len());
        drop(values);
        let classes: Box<[u16]> = items.clone().map(|l| l.class as u16).collect();
        model.examples = Examples::of(classes, items.map(|l| l.text.as_str()), seen, &model.groups);
        model
    }

    /// How much of each group lies on each heap. What belongs to one group is put side by side, in the examples' order,
    /// for sums of small numbers depend on it.
    fn count(&mut self, heaps: &[usize], seen: &Found, units: &[f32]) {
        let mut free: Vec<u32> = vec![0; self.groups.len() + 1];
        for place in &seen.groups {
            free[*place as usize + 1] += 1;
        }
        for at in 1..free.len() {
            free[at] += free[at - 1];
        }
        let bounds = free.clone();
        let all = seen.groups.len();
        let (mut of, mut values) = (vec![0_u16; all], vec![0_f32; all]);
        let mut sums = vec![0f32; self.heaps.len()];
        for (at, heap) in heaps.iter().enumerate() {
            let range = seen.range(at);
            for (place, value) in seen.groups[range.clone()].iter().zip(&units[range]) {
                let slot = &mut free[*place as usize];
                of[*slot as usize] = *heap as u16;
                values[*slot as usize] = *value;
                *slot += 1;
                sums[*heap] += *value;
            }
        }
        let (mut speaks, mut says) = (Vec::new(), Vec::new());
        let mut own: Vec<(u16, f32)> = Vec::new();
        for (group, bounds) in self.groups.iter_mut().zip(bounds.windows(2)) {
            let slots = bounds[0] as usize..bounds[1] as usize;
            own.clear();
            own.extend(
                of[slots.clone()]
                    .iter()
                    .copied()
                    .zip(values[slots].iter().copied()),
            );
            own.sort_by_key(|(heap, _)| *heap);
            for part in own.chunk_by(|a, b| a.0 == b.0) {
                let sum = part.iter().fold(0.0, |sum, (_, value)| sum + value);
                speaks.push(part[0].0);
                says.push(ln(1.0 + sum / NEVER_SEEN));
            }
            group.end = speaks.len() as u32;
        }
        (self.speaks, self.says) = (speaks.into(), says.into());
        let groups = self.groups.len() as f32;
        let cost = |sum: &f32| ln(NEVER_SEEN) - ln(sum + NEVER_SEEN * groups);
        // A heap that nothing lies on is out of the question.
        self.cost = sums
            .iter()
            .map(|sum| if *sum > 0.0 { cost(sum) } else { NOT_AT_ALL })
            .collect();
    }

    /// What a message is taken for: the mean over its readings.
    pub fn scores(&self, texts: &[String]) -> Scores {
        self.looked(texts, false)
    }

    /// The same for a part of a message. There are many parts, so only where it is taken for something the example is
    /// looked for that is closest, and one is only taken for a danger where counting and weighing agree: of a page of
    /// everyday sentences, some part always sounds a little like one.
    pub fn of_part(&self, texts: &[String]) -> Scores {
        self.looked(texts, true)
    }

    fn looked(&self, texts: &[String], part: bool) -> Scores {
        let mut p = vec![0.0; self.classes.len()];
        let mut seen = Vec::new();
        let mut odds = Some(0.0);
        for text in texts {
            let sparse = self.sparse(&hashes(text));
            let one = self.weighing.odds(&sparse);
            odds = odds
                .zip(one)
                .map(|(sum, one)| sum + one / texts.len() as f32);
            for (p, one) in p.iter_mut().zip(self.probabilities(&sparse)) {
                *p += one / texts.len() as f32;
            }
            seen.push(sparse);
        }
        if let Some(odds) = odds {
            let danger = |class: usize| self.danger.get(class).is_some_and(|danger| *danger);
            lean(&mut p, danger, |counted| {
                let both = odds + COUNTED * counted;
                if part { both.min(counted) } else { both }
            });
        }
        let mut scores = Scores::new(Detector::Ngrams, &self.classes, &p);
        let worth = if part { WORTH_AN_EXAMPLE } else { 0.0 };
        let best = scores.p.first().filter(|(_, p)| *p >= worth);
        let best = best.map(|(class, _)| class.as_str());
        scores.closest = best.and_then(|class| self.closest(class, &seen));
        scores
    }

    fn probabilities(&self, sparse: &Sparse) -> Vec<f32> {
        let mut scores = vec![0.0; self.heaps.len()];
        let mut whole = 0.0;
        for (place, value) in sparse {
            let place = *place as usize;
            let start = place
                .checked_sub(1)
                .map_or(0, |before| self.groups[before].end);
            let end = self.groups[place].end;
            let part = start as usize..end as usize;
            for (heap, says) in self.speaks[part.clone()].iter().zip(&self.says[part]) {
                scores[usize::from(*heap)] += value * says;
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
        Heaps::folded(&self.heaps, &scores, self.classes.len())
    }

    /// The groups of a text that the model knows, one unit long.
    fn sparse(&self, hashes: &[(u32, f32)]) -> Sparse {
        let mut places = Vec::with_capacity(hashes.len());
        let mut counts = Vec::with_capacity(hashes.len());
        for (hash, count) in hashes {
            if let Ok(place) = self.groups.binary_search_by_key(hash, |group| group.hash) {
                places.push(place as u32);
                counts.push(*count);
            }
        }
        let values = unit(&self.groups, &places, counts.into_iter());
        places.into_iter().zip(values).collect()
    }

    fn closest(&self, class: &str, seen: &[Sparse]) -> Option<String> {
        let class = self.classes.iter().position(|c| c == class)?;
        let examples = &self.examples;
        let near = |at: usize| {
            let near = |seen| examples.near(at, seen, &self.groups);
            seen.iter().map(near).fold(0.0, f32::max)
        };
        let of_class = examples.classes.iter().enumerate();
        let of_class = of_class.filter(|(_, of)| usize::from(**of) == class);
        let (at, likeness) = of_class
            .map(|(at, _)| (at, near(at)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        (likeness > 0.0).then(|| examples.texts.get(at).to_owned())
    }
}

/// What groups are worth that stand so often in a text, all of them together one unit long.
fn unit(groups: &[Group], places: &[u32], counts: impl Iterator<Item = f32>) -> Vec<f32> {
    let one = |(place, count): (&u32, f32)| (1.0 + ln(count)) * groups[*place as usize].rare;
    let mut values: Vec<f32> = places.iter().zip(counts).map(one).collect();
    to_unit(&mut values);
    values
}

impl Examples {
    fn of<'t>(
        classes: Box<[u16]>,
        texts: impl Iterator<Item = &'t str>,
        seen: Found,
        groups: &[Group],
    ) -> Self {
        let length = |at| {
            let (places, _) = seen.get(at);
            let rare = |place: &u32| groups[*place as usize].rare;
            let squares: f32 = places.iter().map(|p| rare(p) * rare(p)).sum();
            squares.sqrt()
        };
        Self {
            lengths: (0..classes.len()).map(length).collect(),
            classes,
            texts: texts.collect(),
            groups: Lists::new(seen.groups, seen.ends),
        }
    }

    /// How close an example is: 1 is the same.
    fn near(&self, at: usize, seen: &Sparse, groups: &[Group]) -> f32 {
        let (mut a, mut b) = (
            seen.iter().peekable(),
            self.groups.get(at).iter().peekable(),
        );
        let mut sum = 0.0;
        while let (Some((place, value)), Some(other)) = (a.peek(), b.peek()) {
            match place.cmp(other) {
                Ordering::Less => drop(a.next()),
                Ordering::Greater => drop(b.next()),
                Ordering::Equal => {
                    sum += value * groups[*place as usize].rare;
                    a.next();
                    b.next();
                }
            }
        }
        let length = self.lengths[at];
        if length > 0.0 { sum / length } else { 0.0 }
    }
}

/// What a class costs that has no examples: more than any message can make up for.
const NOT_AT_ALL: f32 = -1e6;

/// The groups of letters in all examples, ascending within each, and how often each stands there.
#[derive(Default)]
struct Found {
    /// Their hashes first, then their places.
    groups: Vec<u32>,
    counts: Vec<u16>,
    /// Where each example ends.
    ends: Vec<u32>,
}

impl Found {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut all = Self::default();
        for text in texts {
            for (hash, count) in hashes(text) {
                all.groups.push(hash);
                all.counts.push(count as u16);
            }
            all.ends.push(all.groups.len() as u32);
        }
        all
    }

    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[at] as usize
    }

    fn get(&self, at: usize) -> (&[u32], &[u16]) {
        let range = self.range(at);
        (&self.groups[range.clone()], &self.counts[range])
    }

    /// How much each group counts in its example, in the order of the groups.
    fn values(&self, groups: &[Group]) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.groups.len());
        for at in 0..self.ends.len() {
            let (places, counts) = self.get(at);
            values.extend(unit(groups, places, counts.iter().map(|n| f32::from(*n))));
        }
        values
    }

    /// All groups, and how rare each is.
    fn rarity(&self) -> Box<[Group]> {
        let mut all = self.groups.clone();
        all.sort_unstable();
        let examples = self.ends.len();
        let rare = |often: usize| ln((1 + examples) as f32 / (1 + often) as f32) + 1.0;
        let group = |group: &[u32]| Group {
            hash: group[0],
            rare: rare(group.len()),
            end: 0,
        };
        all.chunk_by(|a, b| a == b).map(group).collect()
    }

    /// Puts places where hashes were; places are in the order of hashes.
    fn place(&mut self, groups: &[Group]) {
        for group in &mut self.groups {
            let found = groups.binary_search_by_key(group, |known| known.hash);
            // Every one of them is known: these are the examples.
            *group = found.unwrap_or_default() as u32;
        }
    }
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
                scores.p.iter().all(|(id, p)| *p < 0.4 || id == "other"),
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
    fn what_only_sounds_like_a_class_is_about_something_else() {
        let (class, closest) = best("eine Wohnungssuche im Film");
        assert_eq!(
            (class.as_str(), closest.as_deref()),
            ("other", Some("Wohnungssuche im Film"))
        );
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
