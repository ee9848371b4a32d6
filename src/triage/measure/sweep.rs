//! What other thresholds would have done.

use super::{Case, Rate};
use crate::model::Zone;
use crate::triage::zones::Reach;
use serde::Serialize;

/// What one threshold does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The threshold.
    pub at: f32,
    /// With this one for alarms: danger that was seen.
    pub alarm: Rate,
    /// Alarms where nobody has to look.
    pub false_alarm: Rate,
    /// With this one for check questions: danger that was seen or asked about.
    pub asked: Rate,
    /// Alarms and questions where nobody has to look.
    pub false_asked: Rate,
}

/// How much may be called and asked for nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The share of harmless messages that may raise an alarm.
    pub alarm: f64,
    /// The share that may raise an alarm or a question.
    pub asked: f64,
}

impl Default for Limits {
    /// A point below the goals of the project's plan for detection: phrases call besides, and what is chosen on some
    /// messages does a little worse on others.
    fn default() -> Self {
        Self {
            alarm: 0.04,
            asked: 0.11,
        }
    }
}

/// Every threshold from 0.01 to 0.99.
pub fn sweep(cases: &[Case], reaches: &[Reach]) -> Vec<Point> {
    let judged: Vec<(&Case, &Reach)> = cases.iter().zip(reaches).collect();
    let point = |step: u8| {
        let at = f32::from(step) / 100.0;
        let mut point = Point {
            at,
            alarm: Rate::default(),
            false_alarm: Rate::default(),
            asked: Rate::default(),
            false_asked: Rate::default(),
        };
        for (case, reach) in &judged {
            // For questions alone it does not matter from where on they would be alarms.
            let (alarm, asked) = (
                reach.zone(at, at) == Zone::Alarm,
                reach.zone(1.1, at) != Zone::None,
            );
            if case.alarms() {
                point.alarm.count(alarm);
                point.asked.count(asked);
            } else if case.level.is_none() {
                point.false_alarm.count(alarm);
                point.false_asked.count(asked);
            }
        }
        point
    };
    (1..100).map(point).collect()
}

/// Messages from people in danger that a choice needs at least.
const DANGER: usize = 20;
/// Harmless messages that it needs: of fewer than twenty, one would already be five per cent.
const HARMLESS: usize = 60;
/// A threshold above this is none: the model would hardly ever say anything.
const HIGHEST: f32 = 0.90;

/// Why no thresholds are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLittle {
    /// Not enough danger.
    #[error("there are {0} messages from people in danger; it takes {DANGER}")]
    Danger(usize),
    /// Not enough that is harmless.
    #[error("there are {0} messages that nobody has to look at; it takes {HARMLESS}")]
    Harmless(usize),
    /// The model calls for nothing however high the threshold is.
    #[error(
        "no threshold up to {HIGHEST} keeps the limits: the model takes too many harmless messages for danger"
    )]
    Limits,
    /// Alarms would begin where questions do.
    #[error(
        "alarms and questions would begin at the same probability: the harmless messages are too few, or too easy"
    )]
    NoRoom,
}

/// The lowest thresholds for alarms and for questions that call and ask for nothing no more often than the limits allow,
/// in each of the sets (what a threshold does, for each file).
///
/// Not those that see the most danger: where a set of messages is easy, many see the same, and the highest of them would
/// see nothing in another set. Sets with few harmless messages count only together with all others.
///
/// # Errors
/// If there is too little to choose on.
pub fn choose(sets: &[Vec<Point>], limits: Limits) -> Result<(f32, f32), TooLittle> {
    let all = together(sets);
    let first = all.first();
    let (danger, harmless) = first.map_or((0, 0), |p| (p.alarm.of, p.false_alarm.of));
    if danger < DANGER {
        return Err(TooLittle::Danger(danger));
    }
    if harmless < HARMLESS {
        return Err(TooLittle::Harmless(harmless));
    }
    let large = sets
        .iter()
        .filter(|set| set.first().is_some_and(|p| p.false_alarm.of >= HARMLESS));
    let sets: Vec<&Vec<Point>> = large.chain([&all]).collect();
    let lowest = |wrong: fn(&Point) -> Rate, limit: f64| {
        let keeps = |place: usize| {
            let points = sets.iter().map(|set| set.get(place));
            points
                .into_iter()
                .all(|p| p.is_some_and(|p| wrong(p).share() <= limit))
        };
        let place = (0..all.len()).find(|place| keeps(*place));
        let at = place.and_then(|place| all.get(place)).map(|p| p.at);
        at.filter(|at| *at <= HIGHEST).ok_or(TooLittle::Limits)
    };
    let alarm = lowest(|p| p.false_alarm, limits.alarm)?;
    let check = lowest(|p| p.false_asked, limits.asked)?;
    match check < alarm {
        true => Ok((alarm, check)),
        false => Err(TooLittle::NoRoom),
    }
}

/// What thresholds do on several sets together.
fn together(sets: &[Vec<Point>]) -> Vec<Point> {
    let mut sets = sets.iter();
    let mut all = sets.next().cloned().unwrap_or_default();
    for set in sets {
        for (to, more) in all.iter_mut().zip(set) {
            to.alarm.add(more.alarm);
            to.false_alarm.add(more.false_alarm);
            to.asked.add(more.asked);
            to.false_asked.add(more.false_asked);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;

    fn case(level: Option<Level>) -> Case {
        Case {
            text: String::new(),
            lang: "de".into(),
            topic: None,
            level,
        }
    }

    /// Messages with the probability that a model gives them, the first ones being harmless.
    fn points(harmless: &[f32], danger: &[f32]) -> Vec<Point> {
        let all = harmless.iter().map(|p| (None, p));
        let all = all.chain(danger.iter().map(|p| (Some(Level::Urgent), p)));
        let (cases, reaches): (Vec<_>, Vec<_>) = all
            .map(|(level, p)| {
                let reach = Reach {
                    calling: *p,
                    asking: *p,
                    ..Reach::default()
                };
                (case(level), reach)
            })
            .unzip();
        sweep(&cases, &reaches)
    }

    const SPREAD: [f32; 5] = [0.9, 0.6, 0.45, 0.15, 0.02];

    fn danger() -> Vec<f32> {
        SPREAD.iter().copied().cycle().take(DANGER).collect()
    }

    fn harmless() -> Vec<f32> {
        let mut harmless = vec![0.05; 86];
        harmless.extend([0.2; 9]);
        harmless.extend([0.5; 5]);
        harmless
    }

    #[test]
    fn the_lowest_thresholds_keep_the_limits_on_every_set() {
        let limits = Limits {
            alarm: 0.05,
            asked: 0.12,
        };
        let mild = points(&harmless(), &danger());
        // Five of a hundred are above 0.2, and fourteen above 0.05: too many for questions.
        assert_eq!(
            choose(std::slice::from_ref(&mild), limits),
            Err(TooLittle::NoRoom)
        );
        let mut harsher = harmless();
        harsher[..4].fill(0.55);
        let harsh = points(&harsher, &danger());
        let both = [mild, harsh];
        assert_eq!(choose(&both, limits), Ok((0.51, 0.21)));
    }

    #[test]
    fn a_few_messages_of_one_file_count_with_the_others_only() {
        let few = points(&[0.7, 0.7], &[]);
        let many = points(&[vec![0.4; 4], vec![0.1; 96]].concat(), &danger());
        assert_eq!(
            choose(
                &[many.clone(), few],
                Limits {
                    alarm: 0.03,
                    asked: 0.1
                }
            ),
            Ok((0.41, 0.11))
        );
        assert_eq!(
            choose(
                &[many],
                Limits {
                    alarm: 0.03,
                    asked: 0.1
                }
            ),
            Ok((0.41, 0.11))
        );
    }

    #[test]
    fn nothing_is_chosen_where_nothing_can_be_measured() {
        let limits = Limits::default();
        assert_eq!(choose(&[], limits), Err(TooLittle::Danger(0)));
        assert_eq!(
            choose(&[points(&harmless(), &SPREAD)], limits),
            Err(TooLittle::Danger(5))
        );
        assert_eq!(
            choose(&[points(&SPREAD, &danger())], limits),
            Err(TooLittle::Harmless(5))
        );
        assert_eq!(
            choose(&[points(&[1.0; 80], &danger())], limits),
            Err(TooLittle::Limits)
        );
        assert_eq!(
            choose(&[points(&[0.0; 80], &[1.0; 40])], limits),
            Err(TooLittle::NoRoom)
        );
    }
}
