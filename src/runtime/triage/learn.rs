//! From examples to a head: vectors of what is new, then training.

use super::cache::{Cache, Key, key, key_of_all};
use super::weights::Weights;
use crate::triage::{Learned, Lessons};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Texts that are given to the model together.
const TOGETHER: usize = 16;
/// Texts after which what is done is kept: whoever is stopped now goes on from here.
const KEEP_AFTER: usize = 512;

/// Something to learn.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// What vectors are made with.
    pub weights: &'a Weights,
    /// The examples.
    pub lessons: &'a Lessons,
    /// Where to keep what was learned.
    pub folder: &'a Path,
    /// Whether all processors may be used (rayon's threads), or only this thread.
    pub all_processors: bool,
}

/// Learns. `progress` is told how many vectors there are, and how many there will be, and says whether to go on; if
/// not, there is no result, but what was done is kept.
pub fn learn(study: Study<'_>, progress: &mut dyn FnMut(usize, usize) -> bool) -> Option<Learned> {
    let cache = Cache {
        folder: study.folder,
    };
    let keys: Vec<Key> = study
        .lessons
        .items
        .iter()
        .map(|l| key(&study.weights.hash, &l.text))
        .collect();
    let mut known = vectors(&study, &cache, &keys, progress)?;
    // Two classes may have the same text; whoever needs a vector last takes it, for there are many megabytes of them.
    let mut needed: HashMap<Key, usize> = HashMap::with_capacity(keys.len());
    keys.iter()
        .for_each(|key| *needed.entry(*key).or_default() += 1);
    let mut of_lesson = |key: &Key| {
        let left = needed.get_mut(key)?;
        *left -= 1;
        match left {
            0 => known.remove(key),
            _ => known.get(key).cloned(),
        }
    };
    let vectors = keys.iter().map(|key| of_lesson(key).unwrap_or_default());
    let vectors: Vec<Vec<f32>> = vectors.collect();
    drop(known);
    let key = key_of_all(&study.weights.hash, study.lessons);
    let width = study.weights.encoder.width();
    if let Some((mean, head, second)) = cache.head(&key, width, study.lessons) {
        let lessons = study.lessons;
        return Some(Learned::remembered(lessons, mean, vectors, head, second));
    }
    let learned = Learned::train(study.lessons, vectors);
    report(cache.keep_head(&key, &learned));
    Some(learned)
}

/// The vectors of all examples.
fn vectors(
    study: &Study<'_>,
    cache: &Cache<'_>,
    keys: &[Key],
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<HashMap<Key, Vec<f32>>> {
    let (hash, width) = (&study.weights.hash, study.weights.encoder.width());
    let mut known = cache.vectors(hash, width);
    let before = known.len();
    let wanted: BTreeMap<Key, &str> = keys
        .iter()
        .copied()
        .zip(study.lessons.items.iter().map(|l| l.text.as_str()))
        .collect();
    known.retain(|key, _| wanted.contains_key(key));
    let forgotten = before - known.len();
    let missing: Vec<(Key, &str)> = wanted
        .iter()
        .filter(|(k, _)| !known.contains_key(*k))
        .map(|(k, t)| (*k, *t))
        .collect();
    for part in missing.chunks(KEEP_AFTER) {
        for some in part.chunks(
            TOGETHER
                * if study.all_processors {
                    rayon::current_num_threads()
                } else {
                    1
                },
        ) {
            if !progress(known.len(), wanted.len()) {
                report(cache.keep_vectors(hash, width, known.iter()));
                return None;
            }
            let texts = |some: &[(Key, &str)]| {
                some.iter()
                    .map(|(_, text)| text.to_string())
                    .collect::<Vec<_>>()
            };
            let of = |some: &[(Key, &str)]| study.weights.encoder.vectors(&texts(some));
            let made: Vec<Vec<f32>> = match study.all_processors {
                true => some.par_chunks(TOGETHER).flat_map(of).collect(),
                false => of(some),
            };
            known.extend(some.iter().map(|(key, _)| *key).zip(made));
        }
        report(cache.keep_vectors(hash, width, known.iter()));
    }
    progress(known.len(), wanted.len());
    if missing.is_empty() && forgotten > 0 {
        report(cache.keep_vectors(hash, width, known.iter()));
    }
    Some(known)
}

/// What cannot be kept has to be made again at the next start; no more than that.
fn report(kept: std::io::Result<()>) {
    if let Err(why) = kept {
        tracing::warn!(%why, "what the models have learned cannot be kept for the next start");
    }
}
