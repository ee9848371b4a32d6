//! Points in time, as values that somebody else read from a clock.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// The time zone of German offices and counsellors, and so of every "today" that the bot speaks of.
pub const BERLIN: &str = "Europe/Berlin";

/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This point in time plus some seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1000)
    }

    /// This point in time plus a length of time by the German calendar.
    pub fn plus_lapse(self, lapse: Lapse) -> Self {
        let later = self.in_berlin().checked_add(lapse.span());
        later.map_or(self, |z| Self(z.timestamp().as_millisecond()))
    }

    /// This point in time plus some milliseconds.
    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0 + millis)
    }

    /// The civil date and time in Germany at this point in time.
    pub fn in_berlin(self) -> jiff::Zoned {
        let tz = TimeZone::get(BERLIN).unwrap_or(TimeZone::UTC);
        jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(tz)
    }

    /// The point in time at which clocks in Germany show this; `None` far beyond all calendars.
    pub fn at_berlin(civil: DateTime) -> Option<Self> {
        let zoned = civil.to_zoned(TimeZone::get(BERLIN).ok()?).ok()?;
        Some(Self(zoned.timestamp().as_millisecond()))
    }

    /// The date in Germany at this point in time.
    pub fn date(self) -> Date {
        self.in_berlin().date()
    }
}

/// A length of time as editors write it: `14d`, `2w`, `3m`; in transcripts also `5h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: LapseUnit,
}

/// What a [`Lapse`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LapseUnit {
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`, by the calendar.
    Months,
}

impl Lapse {
    /// Reads a number and a letter, with or without a blank between them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit = match text.chars().next_back()? {
            'h' => LapseUnit::Hours,
            'd' => LapseUnit::Days,
            'w' => LapseUnit::Weeks,
            'm' => LapseUnit::Months,
            _ => return None,
        };
        let digits = text[..text.len() - 1].trim_end();
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let count = digits.parse().ok().filter(|_| plain)?;
        Some(Self { count, unit })
    }

    /// For calculations with calendars.
    pub fn span(self) -> Span {
        let count = i64::from(self.count);
        match self.unit {
            LapseUnit::Hours => count.hours(),
            LapseUnit::Days => count.days(),
            LapseUnit::Weeks => count.weeks(),
            LapseUnit::Months => count.months(),
        }
    }

    /// Days at most, for limits.
    pub fn days_at_most(self) -> u32 {
        let count = u32::from(self.count);
        match self.unit {
            LapseUnit::Hours => count.div_ceil(24),
            LapseUnit::Days => count,
            LapseUnit::Weeks => count * 7,
            LapseUnit::Months => count * 31,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lapses_are_a_number_and_a_letter() {
        let days = |count| {
            Some(Lapse {
                count,
                unit: LapseUnit::Days,
            })
        };
        assert_eq!(Lapse::parse("14d"), days(14));
        assert_eq!(Lapse::parse(" 14 d "), days(14));
        for wrong in [
            "",
            "d",
            "14",
            "+3d",
            "-3d",
            "1.5w",
            "99999999d",
            "14 days",
            "3ä",
        ] {
            assert_eq!(Lapse::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Lapse::parse("3m").map(Lapse::days_at_most), Some(93));
    }
}
