//! How many people went which way, in numbers that say nothing about one of them.

use crate::model::{Passage, Way};
use std::collections::BTreeMap;

/// Fewer than this are not told apart.
const SMALL: u64 = 5;

/// Passages of one flow, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    reached: BTreeMap<String, u64>,
    left: BTreeMap<String, u64>,
    ways: BTreeMap<(String, Way, String), u64>,
}

/// A number as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nobody.
    None,
    /// One to four.
    Few,
    /// Rounded to five, so that what is left out cannot be found by subtracting.
    About(u64),
}

impl Shown {
    /// A number, made harmless.
    pub fn of(count: u64) -> Self {
        match count {
            0 => Self::None,
            1..SMALL => Self::Few,
            _ => Self::About((count + SMALL / 2) / SMALL * SMALL),
        }
    }

    /// As it is written; `None` for nobody.
    pub fn text(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Few => Some(format!("<{SMALL}")),
            Self::About(n) => Some(n.to_string()),
        }
    }
}

impl Counts {
    /// Adds so many passages.
    pub fn add(&mut self, passage: Passage, count: u64) {
        let Passage { step, on, .. } = passage;
        match on {
            None => *self.reached.entry(step).or_default() += count,
            Some((Way::Campaign, _)) => {}
            Some((way, to)) => {
                *self.left.entry(step.clone()).or_default() += count;
                *self.ways.entry((step, way, to)).or_default() += count;
            }
        }
    }

    /// How many went from a step to a target (`step`, `flow:other`).
    pub fn went(&self, step: &str, way: Way, to: &str) -> Shown {
        let key = (step.to_owned(), way, to.to_owned());
        Shown::of(self.ways.get(&key).copied().unwrap_or(0))
    }

    /// How many came to a step.
    pub fn reached(&self, step: &str) -> Shown {
        Shown::of(self.reached.get(step).copied().unwrap_or(0))
    }

    /// How many came to a step and did nothing more there; some of them may still be thinking.
    pub fn stayed(&self, step: &str) -> Shown {
        let came = self.reached.get(step).copied().unwrap_or(0);
        Shown::of(came.saturating_sub(self.left.get(step).copied().unwrap_or(0)))
    }

    /// How many left a step by a command.
    pub fn commanded(&self, step: &str) -> Shown {
        let all = self.ways.iter();
        let these = all.filter(|((s, way, _), _)| s == step && *way == Way::Command);
        Shown::of(these.map(|(_, n)| n).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(step: &str, on: Option<(Way, &str)>) -> Passage {
        Passage {
            flow: "x".into(),
            step: step.into(),
            on: on.map(|(way, to)| (way, to.to_owned())),
        }
    }

    #[test]
    fn small_numbers_are_not_told_apart_and_the_others_do_not_give_them_away() {
        let shown: Vec<_> = [0, 1, 4, 5, 7, 8, 12, 13, 100]
            .map(|n| Shown::of(n).text().unwrap_or_default())
            .into();
        assert_eq!(shown, ["", "<5", "<5", "5", "5", "10", "10", "15", "100"]);
    }

    #[test]
    fn who_came_and_did_not_go_on_stayed() {
        let mut counts = Counts::default();
        counts.add(passage("a", None), 100);
        counts.add(passage("a", Some((Way::Next, "b"))), 60);
        counts.add(passage("a", Some((Way::Retry, "b"))), 3);
        counts.add(passage("a", Some((Way::Command, "flow:human"))), 7);
        assert_eq!(counts.went("a", Way::Next, "b"), Shown::About(60));
        assert_eq!(counts.went("a", Way::Retry, "b"), Shown::Few);
        assert_eq!(counts.went("a", Way::Next, "c"), Shown::None);
        assert_eq!(counts.stayed("a"), Shown::About(30));
        assert_eq!(counts.commanded("a"), Shown::About(5));
        // More gone than come: the counting began in between.
        counts.add(passage("b", Some((Way::Next, "c"))), 9);
        assert_eq!(counts.stayed("b"), Shown::None);
    }
}
