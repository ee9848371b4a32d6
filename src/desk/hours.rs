//! Opening hours of an organisation, by weekday, in German time.

use crate::model::{BERLIN, Timestamp};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Opening hours, as they are kept in the database: `{"mon": [["09:00", "12:30"]], "sat": []}`.
/// A day that is not named is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mon: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tue: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wed: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    thu: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fri: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sat: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sun: Vec<Span>,
}

/// From (included) to (excluded), on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "(String, String)", into = "(String, String)")]
pub struct Span {
    from: u16,
    to: u16,
}

/// A span that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSpan {
    /// Not `HH:MM` between 00:00 and 24:00.
    #[error("a time is written HH:MM, from 00:00 to 24:00")]
    Time,
    /// It ends before it starts.
    #[error("opening hours end after they start, on the same day")]
    Order,
}

impl TryFrom<(String, String)> for Span {
    type Error = BadSpan;

    fn try_from((from, to): (String, String)) -> Result<Self, BadSpan> {
        let (from, to) = (minutes(&from)?, minutes(&to)?);
        if from < to {
            Ok(Self { from, to })
        } else {
            Err(BadSpan::Order)
        }
    }
}

impl From<Span> for (String, String) {
    fn from(span: Span) -> Self {
        let text = |m: u16| format!("{:02}:{:02}", m / 60, m % 60);
        (text(span.from), text(span.to))
    }
}

/// Minutes since midnight.
fn minutes(text: &str) -> Result<u16, BadSpan> {
    let (h, m) = text.split_once(':').ok_or(BadSpan::Time)?;
    let number = |s: &str| match s.as_bytes() {
        [a, b] if a.is_ascii_digit() && b.is_ascii_digit() => {
            Ok(u16::from(a - b'0') * 10 + u16::from(b - b'0'))
        }
        _ => Err(BadSpan::Time),
    };
    let (h, m) = (number(h)?, number(m)?);
    if m < 60 && h * 60 + m <= 24 * 60 {
        Ok(h * 60 + m)
    } else {
        Err(BadSpan::Time)
    }
}

impl Hours {
    /// Somebody is always there.
    pub fn always() -> Self {
        let day = || {
            vec![Span {
                from: 0,
                to: 24 * 60,
            }]
        };
        Self {
            mon: day(),
            tue: day(),
            wed: day(),
            thu: day(),
            fri: day(),
            sat: day(),
            sun: day(),
        }
    }

    fn on(&self, day: Weekday) -> &[Span] {
        match day {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }

    /// Whether somebody is there now, by the clock on the wall in Germany.
    pub fn open_at(&self, now: Timestamp) -> bool {
        let wall = now.in_berlin();
        let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
        self.on(wall.weekday())
            .iter()
            .any(|span| (span.from..span.to).contains(&minute))
    }

    /// When somebody is there next: now if it is open, `None` if it never opens.
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        if self.open_at(now) {
            return Some(now);
        }
        let today = now.date();
        (0..=7)
            .filter_map(|days| today.checked_add(days.days()).ok())
            .flat_map(|date| {
                let mut spans = self.on(date.weekday()).to_vec();
                spans.sort_unstable();
                spans.into_iter().filter_map(move |s| instant(date, s.from))
            })
            .find(|&start| start > now)
    }
}

/// A minute of a German day as a point in time. An hour that summer time leaves out counts from its end.
fn instant(date: Date, minute: u16) -> Option<Timestamp> {
    let tz = TimeZone::get(BERLIN).ok()?;
    let time = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    let zoned = time.to_zoned(tz).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(json: &str) -> Hours {
        serde_json::from_str(json).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        let zoned: jiff::Zoned = format!("{text}[Europe/Berlin]").parse().unwrap();
        Timestamp(zoned.timestamp().as_millisecond())
    }

    const OFFICE: &str =
        r#"{"mon":[["09:00","12:30"],["14:00","17:00"]],"fri":[["09:00","12:00"]]}"#;

    #[test]
    fn open_from_the_first_minute_to_the_last_but_one() {
        let office = hours(OFFICE);
        for (time, open) in [
            ("2026-11-23T08:59", false),
            ("2026-11-23T09:00", true),
            ("2026-11-23T12:29:59", true),
            ("2026-11-23T12:30", false),
            ("2026-11-23T14:00", true),
            ("2026-11-24T10:00", false),
        ] {
            assert_eq!(office.open_at(at(time)), open, "{time}");
        }
        assert!(hours(r#"{"sun":[["00:00","24:00"]]}"#).open_at(at("2026-11-22T23:59")));
    }

    #[test]
    fn the_next_opening_is_found_over_breaks_nights_and_weekends() {
        let office = hours(OFFICE);
        for (time, opens) in [
            ("2026-11-23T10:00", "2026-11-23T10:00"),
            ("2026-11-23T13:00", "2026-11-23T14:00"),
            ("2026-11-23T18:00", "2026-11-27T09:00"),
            ("2026-11-27T12:00", "2026-11-30T09:00"),
        ] {
            assert_eq!(office.next_opening(at(time)), Some(at(opens)), "{time}");
        }
        assert_eq!(Hours::default().next_opening(at("2026-11-23T10:00")), None);
    }

    #[test]
    fn nine_o_clock_stays_nine_o_clock_when_the_clocks_change() {
        let sunday = hours(r#"{"sun":[["02:30","03:30"]],"mon":[["09:00","10:00"]]}"#);
        // 2027-03-28: the clocks go from 02:00 to 03:00. 2026-10-25: from 03:00 back to 02:00.
        assert_eq!(
            sunday.next_opening(at("2027-03-28T01:30")),
            Some(at("2027-03-28T03:30"))
        );
        assert_eq!(
            sunday.next_opening(at("2027-03-28T12:00")),
            Some(at("2027-03-29T09:00"))
        );
        assert_eq!(
            sunday.next_opening(at("2026-10-25T12:00")),
            Some(at("2026-10-26T09:00"))
        );
        let winter = Timestamp(at("2026-10-25T12:00").0);
        assert_eq!(at("2026-10-26T09:00").0 - winter.0, 21 * 3_600_000);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for bad in [
            r#"{"mon":[["9:00","12:00"]]}"#,
            r#"{"mon":[["09:00","24:01"]]}"#,
            r#"{"mon":[["09:60","12:00"]]}"#,
            r#"{"mon":[["12:00","09:00"]]}"#,
            r#"{"mo":[["09:00","12:00"]]}"#,
        ] {
            assert!(serde_json::from_str::<Hours>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn hours_are_written_as_they_are_read() {
        assert_eq!(serde_json::to_string(&hours(OFFICE)).unwrap(), OFFICE);
        assert!(Hours::always().open_at(at("2026-12-25T03:00")));
    }
}
