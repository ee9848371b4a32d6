//! Counting which ways people take. Collected here and written down now and then (`loops::count`): a turn need not wait
//! for it, and a crash loses a few seconds of it, which no editor will miss.

use crate::model::Passage;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Passages that are not written down yet.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<Passage, u64>>);

impl Tally {
    /// Counts some.
    pub fn add(&self, passages: impl IntoIterator<Item = (Passage, u64)>) {
        let mut all = self.lock();
        for (passage, count) in passages {
            *all.entry(passage).or_default() += count;
        }
    }

    /// What was counted since it was last asked.
    pub(super) fn take(&self) -> BTreeMap<Passage, u64> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Passage, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_written_is_counted_later() {
        let passage = |step: &str| Passage {
            flow: "x".into(),
            step: step.into(),
            on: None,
        };
        let tally = Tally::default();
        tally.add([(passage("a"), 1), (passage("b"), 1), (passage("a"), 1)]);
        let taken = tally.take();
        assert_eq!(taken.get(&passage("a")), Some(&2));
        tally.add([(passage("a"), 3)]);
        tally.add(taken);
        assert_eq!(tally.take().into_values().collect::<Vec<_>>(), [5, 1]);
        assert!(tally.take().is_empty());
    }
}
