//! What the run before this one said about the same messages. Kept are hashes and zones, no messages.

use super::Run;
use crate::cli::out;
use crate::model::{Detector, Zone};
use crate::triage::measure::{Case, Language};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// The folder in the data folder.
const FOLDER: &str = "eval";

/// A run as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    content: String,
    zones: Vec<Zone>,
    topics: Vec<String>,
    shares: [f64; 6],
}

/// What has changed since the last run on the same messages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The content's hash then.
    pub content: String,
    /// How the shares of [`shares`] have changed, in their order.
    pub shares: [f64; 6],
    /// Places of messages for whom less is done now than then.
    pub lower: Vec<usize>,
    /// Places of messages for whom more is done.
    pub higher: Vec<usize>,
    /// How many have another topic.
    pub other_topic: usize,
}

/// The shares that are compared.
pub fn shares(all: &Language) -> [f64; 6] {
    [
        all.danger.alarm,
        all.danger.alarm_or_check,
        all.harmless.alarm,
        all.harmless.alarm_or_check,
        all.topics.first,
        all.topics.first_three,
    ]
    .map(|rate| rate.share())
}

/// Keeps this run, and tells what was different in the one before. Only where there is a data folder, or one was named.
pub fn exchange(run: &Run<'_>, data: PathBuf, named: bool) -> Result<Option<Difference>> {
    if !named && !data.is_dir() {
        out::aside(format_args!(
            "lotse: there is no data folder {}, so this run is not kept for comparison (--data names one)",
            data.display()
        ));
        return Ok(None);
    }
    let folder = data.join(FOLDER);
    let file = folder.join(format!("{}.json", name(run.cases, run.model())));
    let topics = run.triages.iter().map(|t| t.topics.first());
    let now = Kept {
        content: run.judge.content.hash.clone(),
        zones: run.triages.iter().map(|t| t.zone).collect(),
        topics: topics
            .map(|t| t.map_or(String::new(), |t| t.id.clone()))
            .collect(),
        shares: shares(&run.report.all),
    };
    // What cannot be read any more is no run to compare with.
    let before = fs::read(&file).ok();
    let before: Option<Kept> = before.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, serde_json::to_vec(&now)?))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(before.map(|before| difference(&before, &now)))
}

fn difference(before: &Kept, now: &Kept) -> Difference {
    let zones = before.zones.iter().zip(&now.zones).enumerate();
    let places = |fits: fn(&Zone, &Zone) -> bool| {
        let found = zones
            .clone()
            .filter(move |(_, (then, now))| fits(then, now));
        found.map(|(place, _)| place).collect()
    };
    let mut shares = now.shares;
    for (share, before) in shares.iter_mut().zip(before.shares) {
        *share -= before;
    }
    let topics = before.topics.iter().zip(&now.topics);
    Difference {
        content: before.content.clone(),
        shares,
        lower: places(|then, now| now < then),
        higher: places(|then, now| now > then),
        other_topic: topics.filter(|(then, now)| then != now).count(),
    }
}

/// One name for the same messages with the same meaning, judged by the same kind of model.
fn name(cases: &[Case], model: Option<Detector>) -> String {
    let mut sum = Sha256::new();
    sum.update(format!("{model:?}"));
    for case in cases {
        let level = case.level.map_or("none", |l| l.as_str());
        for piece in [
            &case.text,
            &case.lang,
            case.topic.as_deref().unwrap_or_default(),
            level,
        ] {
            sum.update((piece.len() as u64).to_le_bytes());
            sum.update(piece);
        }
    }
    let bytes = sum.finalize();
    bytes.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_more_or_less_is_done_for_are_told_apart() {
        let kept = |zones: [Zone; 3], topic: &str, share: f64| Kept {
            content: "0".into(),
            zones: zones.into(),
            topics: vec![topic.into(); 3],
            shares: [share; 6],
        };
        let before = kept([Zone::Alarm, Zone::None, Zone::Check], "work", 0.5);
        let now = kept([Zone::Check, Zone::Alarm, Zone::Check], "health", 0.75);
        let found = difference(&before, &now);
        assert_eq!(
            (found.lower, found.higher, found.other_topic),
            (vec![0], vec![1], 3)
        );
        assert!((found.shares[0] - 0.25).abs() < 1e-9);
    }
}
