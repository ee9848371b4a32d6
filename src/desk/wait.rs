//! How long somebody will wait for a first reply, said honestly: from what happened lately, not from
//! what was promised.

use super::hours::Hours;
use crate::model::Timestamp;

const HOUR: i64 = 3_600_000;

/// Fewer first replies than this are no experience.
pub const ENOUGH: usize = 5;

/// What a person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// About this many hours, 1 to 23.
    Hours(i64),
    /// About this many days.
    Days(i64),
    /// Nobody is there before then.
    ClosedUntil(Timestamp),
    /// There is not enough experience to say anything.
    Unknown,
}

/// The expected wait at an organisation.
///
/// `recent`: how long the last first replies of this level took there, in milliseconds. Four of five
/// were faster than what is said. `oldest`: how long somebody of this level waits there right now, in
/// milliseconds: a queue that has come to a stop does not show in its replies.
pub fn expected(hours: &Hours, recent: &[i64], oldest: Option<i64>, now: Timestamp) -> Wait {
    if !hours.open_at(now) {
        return hours
            .next_opening(now)
            .map_or(Wait::Unknown, Wait::ClosedUntil);
    }
    if recent.len() < ENOUGH {
        return Wait::Unknown;
    }
    let mut sorted = recent.to_vec();
    sorted.sort_unstable();
    let typical = sorted[(sorted.len() * 4).div_ceil(5) - 1];
    let hours = ceil(typical.max(oldest.unwrap_or(0)), HOUR);
    if hours < 24 {
        Wait::Hours(hours)
    } else {
        Wait::Days(ceil(hours, 24))
    }
}

fn ceil(value: i64, unit: i64) -> i64 {
    (value.max(1) + unit - 1) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_400_000_000);

    fn wait(recent_hours: &[f64], oldest_hours: Option<f64>) -> Wait {
        let ms = |h: f64| (h * HOUR as f64) as i64;
        let recent: Vec<_> = recent_hours.iter().map(|&h| ms(h)).collect();
        expected(&Hours::always(), &recent, oldest_hours.map(ms), NOW)
    }

    #[test]
    fn four_of_five_are_served_sooner_than_is_said() {
        for (recent, oldest, said) in [
            (&[0.1, 0.1, 0.2, 0.2, 9.0][..], None, Wait::Hours(1)),
            (&[1.0, 2.0, 3.0, 4.5, 60.0], None, Wait::Hours(5)),
            (&[30.0, 30.0, 30.0, 30.0, 30.0], None, Wait::Days(2)),
            (&[23.5, 23.5, 23.5, 23.5, 23.5], None, Wait::Days(1)),
            (&[1.0, 1.0, 1.0, 1.0], None, Wait::Unknown),
            // Nobody has been answered for three days: the replies before then say nothing.
            (&[0.5, 0.5, 0.5, 0.5, 0.5], Some(70.0), Wait::Days(3)),
        ] {
            assert_eq!(wait(recent, oldest), said, "{recent:?} {oldest:?}");
        }
    }

    #[test]
    fn while_it_is_closed_the_next_opening_is_said() {
        let monday: Hours = serde_json::from_str(r#"{"mon":[["09:00","10:00"]]}"#).unwrap();
        let opens = monday.next_opening(NOW).unwrap();
        assert!(opens > NOW);
        assert_eq!(
            expected(&monday, &[1; 9], None, NOW),
            Wait::ClosedUntil(opens)
        );
        assert_eq!(
            expected(&Hours::default(), &[1; 9], None, NOW),
            Wait::Unknown
        );
    }
}
