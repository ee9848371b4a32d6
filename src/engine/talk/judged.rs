//! What a transcript says that a text is taken for: it tests what follows from a judgement, not the judgement.

use crate::content::Detect;
use crate::model::{Lang, Topic, Triage, Zone};

/// A judgement, as transcripts write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    zone: Zone,
    topics: Vec<Topic>,
    lang: Option<Lang>,
}

impl Judged {
    /// `alarm violence`, `check dismissal ar`, `topics housing=0.6 work_permit=0.2`.
    pub(in crate::engine) fn parse(words: &str) -> Option<Self> {
        let mut words = words.split_whitespace();
        let zone = match words.next()? {
            "alarm" => Zone::Alarm,
            "check" => Zone::Check,
            "topics" => Zone::None,
            _ => return None,
        };
        let topic = |id: &str, p: &str| {
            let p = p.parse().ok().filter(|p| (0.0..=1.0).contains(p))?;
            Some(Topic {
                id: id.to_owned(),
                p,
            })
        };
        if zone == Zone::None {
            let topics = words.map(|word| word.split_once('=').and_then(|(id, p)| topic(id, p)));
            return Some(Self {
                zone,
                topics: topics.collect::<Option<_>>()?,
                lang: None,
            });
        }
        Some(Self {
            zone,
            topics: vec![topic(words.next()?, "0.9")?],
            lang: words.next().map(Lang::new),
        })
    }

    /// The judgement, with the levels of this content.
    pub fn triage(&self, detect: &Detect) -> Triage {
        let class = self.topics.first().filter(|_| self.zone != Zone::None);
        Triage {
            zone: self.zone,
            level: class.and_then(|c| detect.classes.get(&c.id)?.level),
            class: class.map(|c| c.id.clone()),
            topics: self.topics.clone(),
            evidence: Vec::new(),
            guesses: Vec::new(),
            detectors: Vec::new(),
            lang: self.lang.clone(),
        }
    }
}
