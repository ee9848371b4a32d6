//! What the models learn from: every example of every language, each with its class.

use crate::content::{Detect, OTHER, SMALLTALK};
use std::collections::HashSet;

/// So much more than a class of its size counts what is about nothing in particular. Two thousand ways of sounding
/// dangerous share one class with everything else that people say; at the weight of one class each neighbour is hardly heard.
/// Chosen on the development sets (`tests/detect`): at equally few alarms for nothing, two more of a hundred dangers.
const EVERYTHING_ELSE: f32 = 4.0;

/// How little the head is held back: large means that examples are believed.
const BELIEVED: f32 = 10.0;

/// All examples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lessons {
    /// The classes' ids, in the content's order. Models speak of them by their place here.
    pub classes: Vec<String>,
    /// Of each class, whether it calls a human within a day, without being asked about first.
    pub danger: Vec<bool>,
    /// The examples, in the content's order: languages by name, classes, examples.
    pub items: Vec<Lesson>,
}

/// A text and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lesson {
    /// Place in [`Lessons::classes`].
    pub class: usize,
    /// As an editor wrote it.
    pub text: String,
    /// The place of the class that it only sounds like, of a counter-example.
    pub sounds: Option<usize>,
}

impl Lessons {
    /// Collects the examples of all languages; the same text twice in one class counts once.
    pub fn of(detect: &Detect) -> Self {
        let classes: Vec<String> = detect.classes.keys().cloned().collect();
        let other = detect.classes.get_index_of(OTHER);
        let mut items = Vec::new();
        for tongue in detect.tongues.values() {
            for (class, samples) in &tongue.samples {
                let own = detect.classes.get_index_of(class);
                let examples = samples.examples.iter().map(|text| (own, text, None));
                let counter = samples.counter.iter().map(|text| (other, text, own));
                for (class, text, sounds) in examples.chain(counter) {
                    if let Some(class) = class {
                        items.push(Lesson {
                            class,
                            text: text.clone(),
                            sounds,
                        });
                    }
                }
            }
        }
        let mut seen = HashSet::new();
        items.retain(|lesson: &Lesson| seen.insert((lesson.class, lesson.text.clone())));
        let danger = detect.classes.values();
        Self {
            danger: danger.map(|class| class.alarms() && !class.ask).collect(),
            classes,
            items,
        }
    }

    /// Whether a class calls a human within a day.
    pub(super) fn calls(&self, class: usize) -> bool {
        self.danger.get(class).is_some_and(|danger| *danger)
    }

    /// What a lesson is to the second opinion. `None`: nothing.
    pub(super) fn kind(&self, lesson: &Lesson) -> Option<Kind> {
        let said_all_day = || {
            let class = self.classes.get(lesson.class);
            class.is_some_and(|id| [OTHER, SMALLTALK].contains(&id.as_str()))
        };
        match lesson.sounds {
            _ if self.calls(lesson.class) => Some(Kind::Danger),
            Some(like) if self.calls(like) => Some(Kind::Sounds),
            None if said_all_day() => Some(Kind::Everyday),
            _ => None,
        }
    }

    /// How many things the head tells apart.
    pub fn heads(&self) -> usize {
        self.heaps().classes.len()
    }

    /// Heaps that are told apart.
    pub(super) fn heaps(&self) -> Heaps {
        let mut classes: Vec<usize> = (0..self.classes.len()).collect();
        let mut sounds = vec![None; self.classes.len()];
        let mut items = Vec::with_capacity(self.items.len());
        for lesson in &self.items {
            let like = lesson.sounds.and_then(|like| sounds.get_mut(like));
            items.push(like.map_or(lesson.class, |heap: &mut Option<usize>| {
                *heap.get_or_insert_with(|| {
                    classes.push(lesson.class);
                    classes.len() - 1
                })
            }));
        }
        Heaps { classes, items }
    }

    /// How many classes of its size a class stands for among neighbours.
    pub(super) fn favour(&self, class: usize) -> f32 {
        match self.classes.get(class) {
            Some(id) if id == OTHER => EVERYTHING_ELSE,
            _ => 1.0,
        }
    }
}

/// What a second opinion tells apart; the numbers are places among what it learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It only sounds like a danger.
    Sounds = 0,
    /// It is about one.
    Danger = 1,
    /// It is what people say all day.
    Everyday = 2,
}

/// What models learn to tell apart: every class, and then what only sounds like each. On one heap, thousands of
/// counter-examples would be like everything.
pub(super) struct Heaps {
    /// The class of each heap.
    pub classes: Vec<usize>,
    /// The heap of each lesson.
    pub items: Vec<usize>,
}

impl Heaps {
    /// How much an example of each heap counts, so that large ones do not outvote small ones.
    pub fn balance(&self) -> Vec<f32> {
        let mut count = vec![0usize; self.classes.len()];
        for heap in &self.items {
            count[*heap] += 1;
        }
        let used = count.iter().filter(|c| **c > 0).count();
        let fair = BELIEVED * self.items.len() as f32 / used.max(1) as f32;
        let of = |count: &usize| {
            if *count > 0 {
                fair / *count as f32
            } else {
                0.0
            }
        };
        count.iter().map(of).collect()
    }

    /// How likely each of so many classes is, if each heap is as likely as that.
    pub fn folded(classes: &[usize], heaps: &[f32], count: usize) -> Vec<f32> {
        let mut p = vec![0.0; count];
        for (class, of) in classes.iter().zip(heaps) {
            p[*class] += of;
        }
        p
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::content::{Class, Samples, Tongue};
    use crate::model::Lang;

    /// Examples by class.
    type Written<'w> = &'w [(&'w str, &'w [&'w str])];

    /// A small content: classes, and for each language its examples by class, those after `-` being counter-examples.
    pub(crate) fn detect(classes: &[&str], languages: &[(&str, Written<'_>)]) -> Detect {
        let mut detect = Detect::default();
        for class in classes {
            detect.classes.insert((*class).to_owned(), Class::default());
        }
        for (lang, classes) in languages {
            let mut tongue = Tongue::default();
            for (class, texts) in *classes {
                let mut samples = Samples::default();
                for text in *texts {
                    match text.strip_prefix('-') {
                        Some(counter) => samples.counter.push(counter.to_owned()),
                        None => samples.examples.push((*text).to_owned()),
                    }
                }
                tongue.samples.insert((*class).to_owned(), samples);
            }
            detect.tongues.insert(Lang::new(lang), tongue);
        }
        detect
    }

    #[test]
    fn counter_examples_are_about_something_else_and_unknown_classes_teach_nothing() {
        let detect = detect(
            &["violence", "other"],
            &[
                (
                    "de",
                    &[(
                        "violence",
                        &["er schlägt mich", "-ein Schlagzeug", "er schlägt mich"],
                    )],
                ),
                (
                    "en",
                    &[
                        ("violence", &["he beats me"]),
                        ("gone", &["x"]),
                        ("other", &["football"]),
                    ],
                ),
            ],
        );
        let lessons = Lessons::of(&detect);
        let said: Vec<_> = lessons
            .items
            .iter()
            .map(|l| (l.class, l.text.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                (0, "er schlägt mich"),
                (1, "ein Schlagzeug"),
                (0, "he beats me"),
                (1, "football")
            ]
        );
        let sounds: Vec<_> = lessons.items.iter().map(|l| l.sounds).collect();
        assert_eq!(sounds, [None, Some(0), None, None]);
        assert_eq!(
            (lessons.favour(0), lessons.favour(1)),
            (1.0, EVERYTHING_ELSE)
        );
        let heaps = lessons.heaps();
        assert_eq!(
            heaps.classes,
            [0, 1, 1],
            "what sounds like violence is another heap"
        );
        assert_eq!(heaps.items, [0, 2, 0, 1]);
        let third = BELIEVED * 4.0 / 3.0;
        assert_eq!(heaps.balance(), [third / 2.0, third, third]);
        let p = Heaps::folded(&heaps.classes, &[0.5, 0.25, 0.125], 2);
        assert_eq!(p, [0.5, 0.375]);
    }
}
