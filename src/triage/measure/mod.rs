//! How well messages are judged whose meaning is known.

mod chart;
mod rates;
mod sweep;

pub use chart::chart;
pub use rates::Rate;
pub use sweep::{Limits, Point, TooLittle, choose, sweep};

use crate::content::{Detect, OTHER};
use crate::model::{Level, Triage, Zone};
use serde::Serialize;
use std::collections::BTreeMap;

/// A message whose meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What was written.
    pub text: String,
    /// In which language, as the file says it; `?`: the file does not.
    pub lang: String,
    /// What it is about; `None`: nobody said.
    pub topic: Option<String>,
    /// How soon a human has to look; `None`: nobody has to.
    pub level: Option<Level>,
}

impl Case {
    /// Whether a human has to look within a day.
    pub fn alarms(&self) -> bool {
        matches!(self.level, Some(Level::Immediate | Level::Urgent))
    }
}

/// What the judgement on one message comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What would be done.
    pub zone: Zone,
    /// How soon a human would look.
    pub level: Option<Level>,
    /// The class that zone and level come from.
    pub class: Option<String>,
    /// What it is taken to be about, the likeliest first, three at most.
    pub topics: Vec<String>,
}

impl From<&Triage> for Outcome {
    fn from(triage: &Triage) -> Self {
        let topics = triage.topics.iter().take(3);
        Self {
            zone: triage.zone,
            level: triage.level,
            class: triage.class.clone(),
            topics: topics.map(|t| t.id.clone()).collect(),
        }
    }
}

/// How messages of one kind were judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Zones {
    /// A human was called.
    pub alarm: Rate,
    /// A human was called, or it was asked whether it is so.
    pub alarm_or_check: Rate,
}

impl Zones {
    fn count(&mut self, zone: Zone) {
        self.alarm.count(zone == Zone::Alarm);
        self.alarm_or_check.count(zone != Zone::None);
    }
}

/// How often the topic was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Topics {
    /// The first one, or a class that is a part of the right one.
    pub first: Rate,
    /// One of the first three.
    pub first_three: Rate,
    /// Of the first ones that count as right: a class that is only a part of the right one.
    pub narrower: Rate,
}

/// The numbers of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Language {
    /// Messages.
    pub messages: usize,
    /// Of those for whom a human has to look within a day.
    pub danger: Zones,
    /// Of those for whom nobody has to look.
    pub harmless: Zones,
    /// Topics.
    pub topics: Topics,
}

/// All numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// All messages together.
    pub all: Language,
    /// Harmless messages that are about nothing in particular (topic `other`): written to look like danger.
    pub hard: Zones,
    /// Messages typed by ear in Latin letters (language `…-Latn`).
    pub latin: Language,
    /// By the level that is right (`none`: nobody has to look): what was done, and how often the level was right.
    pub levels: BTreeMap<&'static str, ByLevel>,
    /// By language.
    pub languages: BTreeMap<String, Language>,
    /// Right topic → topic that was taken → how often.
    pub confusion: BTreeMap<String, BTreeMap<String, usize>>,
    /// Places of the messages where a human had to be called and nothing was done.
    pub missed: Vec<usize>,
    /// The same where it was asked.
    pub asked: Vec<usize>,
    /// Places of the messages where nobody has to look and a human was called.
    pub false_alarms: Vec<usize>,
    /// The same where it was asked.
    pub false_questions: Vec<usize>,
}

/// The numbers of one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByLevel {
    /// What was done.
    pub zones: Zones,
    /// How often the level was right.
    pub right: Rate,
}

/// The word for a level in files.
pub fn level_word(level: Option<Level>) -> &'static str {
    level.map_or("none", Level::as_str)
}

/// Compares what was judged with what is right; both in one order.
pub fn report(detect: &Detect, cases: &[Case], outcomes: &[Outcome]) -> Report {
    let mut report = Report::default();
    for (place, (case, outcome)) in cases.iter().zip(outcomes).enumerate() {
        report.all.count(detect, case, outcome);
        let language = report.languages.entry(case.lang.clone()).or_default();
        language.count(detect, case, outcome);
        if case.lang.ends_with("-Latn") {
            report.latin.count(detect, case, outcome);
        }
        if case.level.is_none() && case.topic.as_deref() == Some(OTHER) {
            report.hard.count(outcome.zone);
        }
        let level = report.levels.entry(level_word(case.level)).or_default();
        level.zones.count(outcome.zone);
        level.right.count(outcome.level == case.level);
        if let Some(right) = &case.topic {
            let taken = outcome.topics.first().map_or("–", String::as_str);
            let row = report.confusion.entry(right.clone()).or_default();
            *row.entry(taken.to_owned()).or_default() += 1;
        }
        let list = match (case.alarms(), case.level, outcome.zone) {
            (true, _, Zone::None) => &mut report.missed,
            (true, _, Zone::Check) => &mut report.asked,
            (false, None, Zone::Alarm) => &mut report.false_alarms,
            (false, None, Zone::Check) => &mut report.false_questions,
            _ => continue,
        };
        list.push(place);
    }
    report
}

impl Language {
    fn count(&mut self, detect: &Detect, case: &Case, outcome: &Outcome) {
        self.messages += 1;
        match case.level {
            _ if case.alarms() => self.danger.count(outcome.zone),
            None => self.harmless.count(outcome.zone),
            Some(_) => {}
        }
        let Some(right) = &case.topic else { return };
        let part = |topic: &String| is_part(detect, topic, right);
        let first = outcome.topics.first();
        self.topics
            .first
            .count(first.is_some_and(|t| t == right || part(t)));
        self.topics.narrower.count(first.is_some_and(part));
        let mut three = outcome.topics.iter();
        self.topics
            .first_three
            .count(three.any(|t| t == right || part(t)));
    }
}

/// Whether a class is a part of a wider one.
fn is_part(detect: &Detect, class: &str, wider: &str) -> bool {
    let above = |id: &str| detect.classes.get(id).and_then(|c| c.within.as_deref());
    let chain = std::iter::successors(above(class), |id| above(id));
    chain.take(detect.classes.len()).any(|id| id == wider)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Class;

    fn detect() -> Detect {
        let class = |level, within: Option<&str>| Class {
            level,
            within: within.map(str::to_owned),
            ..Class::default()
        };
        let classes = [
            ("violence", class(Some(Level::Immediate), None)),
            ("dismissal", class(Some(Level::Urgent), Some("rights"))),
            ("rights", class(None, Some("work"))),
            ("work", class(None, None)),
        ];
        Detect {
            classes: classes
                .map(|(id, c)| (id.to_owned(), c))
                .into_iter()
                .collect(),
            ..Detect::default()
        }
    }

    fn case(lang: &str, topic: &str, level: Option<Level>) -> Case {
        Case {
            text: "x".into(),
            lang: lang.into(),
            topic: (!topic.is_empty()).then(|| topic.to_owned()),
            level,
        }
    }

    fn outcome(zone: Zone, level: Option<Level>, topics: &[&str]) -> Outcome {
        Outcome {
            zone,
            level,
            class: None,
            topics: topics.iter().map(|t| (*t).to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_missed_and_what_is_called_for_nothing_is_counted_apart() {
        let (immediate, urgent) = (Some(Level::Immediate), Some(Level::Urgent));
        let cases = [
            case("de", "violence", immediate),
            case("de", "dismissal", urgent),
            case("ar", "violence", immediate),
            case("ar", "work", None),
            case("ar-Latn", OTHER, None),
            case("ar", "rights", Some(Level::Soon)),
        ];
        let outcomes = [
            outcome(Zone::Alarm, immediate, &["violence"]),
            outcome(Zone::Check, urgent, &["work", "dismissal"]),
            outcome(Zone::None, None, &["work", "rights", "dismissal"]),
            outcome(Zone::Alarm, urgent, &["dismissal"]),
            outcome(Zone::Check, urgent, &["violence"]),
            outcome(Zone::Alarm, urgent, &["rights"]),
        ];
        let report = report(&detect(), &cases, &outcomes);
        let rate = |hits, of| Rate { hits, of };
        assert_eq!(report.all.danger.alarm, rate(1, 3));
        assert_eq!(report.all.danger.alarm_or_check, rate(2, 3));
        assert_eq!(report.all.harmless.alarm, rate(1, 2));
        assert_eq!(report.all.harmless.alarm_or_check, rate(2, 2));
        assert_eq!(report.languages["ar"].danger.alarm, rate(0, 1));
        assert_eq!(
            (report.latin.messages, report.latin.harmless),
            (1, report.hard)
        );
        assert_eq!(
            (report.hard.alarm, report.hard.alarm_or_check),
            (rate(0, 1), rate(1, 1))
        );
        assert_eq!(report.levels["immediate"].right, rate(1, 2));
        assert_eq!(report.levels["soon"].zones.alarm, rate(1, 1));
        // A part of the wider class counts for it, by any number of steps; the wider one does not count for a part.
        assert_eq!(report.all.topics.first, rate(3, 6));
        assert_eq!(report.all.topics.narrower, rate(1, 6));
        assert_eq!(report.all.topics.first_three, rate(4, 6));
        assert_eq!(report.confusion["dismissal"]["work"], 1);
        assert_eq!(
            (
                report.missed,
                report.asked,
                report.false_alarms,
                report.false_questions
            ),
            (vec![2], vec![1], vec![3], vec![4])
        );
    }
}
