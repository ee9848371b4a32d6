//! From what a model says to what is done.

use crate::content::Detect;
use crate::model::{Detector, Guess, Topic, Triage, Zone};
use crate::triage::Scores;

/// Topics that are named at all.
const LIKELY: f32 = 0.05;

/// Zone, level and topics from a model alone.
pub(super) fn weigh(detect: &Detect, scores: Option<Scores>) -> Triage {
    let Some(scores) = scores else {
        return nothing();
    };
    let (alarm, check) = match scores.detector {
        Detector::Ngrams => (detect.thresholds.ngram_alarm, detect.thresholds.ngram_check),
        _ => (detect.thresholds.alarm, detect.thresholds.check),
    };
    let alarming = scores
        .p
        .iter()
        .find(|(id, p)| *p >= check && detect.classes.get(id).is_some_and(|c| c.alarms()));
    let topics = scores.p.iter().filter(|(_, p)| *p >= LIKELY);
    let guess = scores.p.first().map(|(class, p)| Guess {
        detector: scores.detector,
        class: class.clone(),
        p: *p,
        closest: scores.closest.clone(),
    });
    Triage {
        zone: match alarming {
            Some((_, p)) if *p >= alarm => Zone::Alarm,
            Some(_) => Zone::Check,
            None => Zone::None,
        },
        level: alarming.and_then(|(id, _)| detect.classes.get(id)?.level),
        class: alarming.map(|(id, _)| id.clone()),
        topics: topics
            .map(|(id, p)| Topic {
                id: id.clone(),
                p: *p,
            })
            .collect(),
        guesses: guess.into_iter().collect(),
        detectors: vec![scores.detector],
        ..nothing()
    }
}

fn nothing() -> Triage {
    Triage {
        zone: Zone::None,
        level: None,
        class: None,
        topics: Vec::new(),
        evidence: Vec::new(),
        guesses: Vec::new(),
        detectors: Vec::new(),
        lang: None,
    }
}
