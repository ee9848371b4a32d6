//! Points in time, as values that somebody else read from a clock.

use jiff::civil::Date;
use jiff::tz::TimeZone;
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

    /// The date in Germany at this point in time.
    pub fn date(self) -> Date {
        self.in_berlin().date()
    }
}
