//! What the shipped content recognises by phrases and groups of letters alone, as on a machine without weights.
//!
//! Which messages these are stands in `tests/detect/README.md`. Nothing here may be chosen on `test.jsonl`.

use crate::support::content::{Files, project};
use lotse::content::Content;
use lotse::model::{Level, Triage, Zone};
use lotse::triage::Examiner;
use lotse::triage::measure::{Case, Outcome, Rate, report};
use rayon::prelude::*;
use serde::Deserialize;

/// A message whose meaning is known, as it stands in the files.
#[derive(Deserialize)]
struct Line {
    text: String,
    lang: String,
    topic: Option<String>,
    handoff: String,
}

fn cases(file: &str) -> Vec<Case> {
    let lines = std::fs::read_to_string(project("tests/detect").join(file)).expect("messages");
    let read = |line| {
        let line: Line = serde_json::from_str(line).expect("a message");
        Case {
            level: Level::parse(&line.handoff),
            text: line.text,
            lang: line.lang,
            topic: line.topic,
        }
    };
    lines.lines().map(read).collect()
}

/// Content and what was learned from it.
struct Judge {
    content: Content,
    examiner: Examiner,
}

impl Judge {
    fn new() -> Self {
        let content = Files::shipped().load();
        Self {
            examiner: Examiner::without_weights(&content.detect),
            content,
        }
    }

    fn judge(&self, text: &str) -> Triage {
        self.examiner.judge(&self.content.detect, text)
    }
}

/// Whoever says it in plain words is never asked first, and never taken for something else.
fn explicit(judge: &Judge) {
    let cases = cases("explicit.jsonl");
    assert!(cases.len() >= 800, "{}", cases.len());
    let missed = cases.par_iter().filter_map(|case| {
        let seen = judge.judge(&case.text);
        let class = seen.class.unwrap_or_default();
        let wanted = case.topic.as_deref().unwrap_or_default();
        let right = seen.zone == Zone::Alarm && class == wanted;
        (!right).then(|| {
            format!(
                "{} {wanted}: {:?} {class}: {}",
                case.lang, seen.zone, case.text
            )
        })
    });
    let missed: Vec<String> = missed.collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A change of words that makes the bot blind, or has it call a human for nothing, is noticed. The bounds lie a little
/// beside what was measured on 2026-11-22: whoever gets better may raise them, nobody lowers them to get through.
fn quality(judge: &Judge) {
    let cases: Vec<Case> = [cases("dev.jsonl"), cases("everyday.jsonl")].concat();
    let judged = cases
        .par_iter()
        .map(|case| Outcome::from(&judge.judge(&case.text)));
    let outcomes: Vec<Outcome> = judged.collect();
    let all = report(&judge.content.detect, &cases, &outcomes).all;
    let least = [
        ("danger, alarm", all.danger.alarm, 0.93),
        ("danger, seen", all.danger.alarm_or_check, 0.97),
        ("first topic", all.topics.first, 0.86),
        ("three topics", all.topics.first_three, 0.93),
    ];
    let most = [
        ("harmless, alarm", all.harmless.alarm, 0.02),
        ("harmless, seen", all.harmless.alarm_or_check, 0.06),
    ];
    let tell = |(what, rate, bound): (&str, Rate, f64)| {
        format!("{what}: {} of {}, bound {bound}", rate.hits, rate.of)
    };
    let worse = least
        .into_iter()
        .filter(|(_, rate, bound)| rate.share() < *bound);
    let more = most
        .into_iter()
        .filter(|(_, rate, bound)| rate.share() > *bound);
    let broken: Vec<String> = worse.chain(more).map(tell).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// One test, so that examples are learned once.
#[test]
fn danger_is_recognised_without_weights() {
    let judge = Judge::new();
    explicit(&judge);
    quality(&judge);
}
