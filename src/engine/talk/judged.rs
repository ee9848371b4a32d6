//! What a transcript says that a text is taken for: it tests what follows from a judgement, not the judgement.

use crate::content::Detect;
use crate::model::{Lang, Topic, Triage, Zone};
use std::fmt;

/// Those that are likely; more change nothing.
const TOPICS: usize = 3;

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

    /// What a judgement is in a transcript.
    pub fn of(triage: &Triage) -> Self {
        let class = triage.class.iter().map(|id| Topic {
            id: id.clone(),
            p: 0.9,
        });
        match triage.zone {
            Zone::None => Self {
                zone: Zone::None,
                topics: triage.topics.iter().take(TOPICS).cloned().collect(),
                lang: None,
            },
            zone => Self {
                zone,
                topics: class.collect(),
                lang: triage.lang.clone(),
            },
        }
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
            also: None,
        }
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.zone {
            Zone::Alarm => "alarm",
            Zone::Check => "check",
            Zone::None => "topics",
        })?;
        for Topic { id, p } in &self.topics {
            match self.zone {
                Zone::None => write!(f, " {id}={p:.3}")?,
                _ => write!(f, " {id}")?,
            }
        }
        self.lang.iter().try_for_each(|lang| write!(f, " {lang}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for line in [
            "alarm violence ar",
            "check dismissal",
            "topics housing=0.600 work_permit=0.200",
            "topics",
        ] {
            assert_eq!(Judged::parse(line).unwrap().to_string(), line);
        }
    }

    #[test]
    fn a_judgement_is_written_as_it_was_read() {
        let judged = Judged::parse("check dismissal ar").unwrap();
        assert_eq!(Judged::of(&judged.triage(&Detect::default())), judged);
    }
}
