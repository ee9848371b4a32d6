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
    /// The goals of the project's plan for detection.
    fn default() -> Self {
        Self {
            alarm: 0.05,
            asked: 0.12,
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

/// The thresholds for alarms and for questions that see most of the danger without calling and asking for nothing more
/// often than the limits allow; of several that see the same, the highest, which calls for nothing least. `None` if the
/// messages hold no danger or nothing harmless, or if no threshold keeps the limits.
pub fn choose(points: &[Point], limits: Limits) -> Option<(f32, f32)> {
    let best = |seen: fn(&Point) -> Rate, wrong: fn(&Point) -> Rate, limit: f64, most: f32| {
        points
            .iter()
            .filter(|p| p.at <= most && seen(p).of > 0 && wrong(p).of > 0)
            .filter(|p| wrong(p).share() <= limit)
            .max_by(|a, b| {
                (seen(a).hits, a.at)
                    .partial_cmp(&(seen(b).hits, b.at))
                    .unwrap_or(std::cmp::Ordering::Equal)
            })
            .map(|p| p.at)
    };
    let alarm = best(|p| p.alarm, |p| p.false_alarm, limits.alarm, 1.0)?;
    let check = best(|p| p.asked, |p| p.false_asked, limits.asked, alarm);
    // Where phrases alone ask too often, questions begin where alarms do.
    Some((alarm, check.unwrap_or(alarm)))
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

    #[test]
    fn the_best_threshold_keeps_the_limits_and_is_no_lower_than_it_must_be() {
        let mut harmless = vec![0.05; 90];
        harmless.extend([0.2; 6]);
        harmless.extend([0.5; 4]);
        let points = points(&harmless, &[0.9, 0.6, 0.45, 0.15, 0.02]);
        // Up to 0.45 three of five are seen and four of a hundred called for nothing; a fourth is not to be had.
        // Questions from 0.15 on: ten of a hundred.
        assert_eq!(choose(&points, Limits::default()), Some((0.45, 0.15)));
        let strict = Limits {
            alarm: 0.0,
            asked: 0.04,
        };
        assert_eq!(choose(&points, strict), Some((0.6, 0.45)));
    }

    #[test]
    fn nothing_is_chosen_where_nothing_can_be_measured() {
        assert_eq!(choose(&points(&[], &[0.5]), Limits::default()), None);
        assert_eq!(choose(&points(&[0.5], &[]), Limits::default()), None);
        assert_eq!(choose(&points(&[1.0], &[1.0]), Limits::default()), None);
    }
}
