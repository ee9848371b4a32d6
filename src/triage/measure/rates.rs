//! Shares with the uncertainty that small numbers have.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use std::fmt;

/// How often something was so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// So often it was.
    pub hits: usize,
    /// Of so many.
    pub of: usize,
}

/// Ninety-five per cent of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_964;

impl Rate {
    /// Counts one more.
    pub fn count(&mut self, hit: bool) {
        self.of += 1;
        self.hits += usize::from(hit);
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, more: Self) {
        self.of += more.of;
        self.hits += more.hits;
    }

    /// The share, 0 to 1; 0 of nothing.
    pub fn share(self) -> f64 {
        match self.of {
            0 => 0.0,
            of => self.hits as f64 / of as f64,
        }
    }

    /// The 95 % interval of E. B. Wilson (J. Am. Stat. Assoc. 22, 1927): where the true share probably lies.
    pub fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (n, p) = (self.of as f64, self.share());
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        ((middle - reach).max(0.0), (middle + reach).min(1.0))
    }
}

/// `92.1 % (35 of 38, 79.2–97.3)`
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.interval();
        let shown = match self.of {
            0 => "–".to_owned(),
            of => format!(
                "{:.1} % ({} of {of}, {:.1}–{:.1})",
                100.0 * self.share(),
                self.hits,
                100.0 * low,
                100.0 * high
            ),
        };
        f.pad(&shown)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (low, high) = self.interval();
        let mut rate = to.serialize_struct("Rate", 5)?;
        rate.serialize_field("hits", &self.hits)?;
        rate.serialize_field("of", &self.of)?;
        rate.serialize_field("share", &self.share())?;
        rate.serialize_field("low", &low)?;
        rate.serialize_field("high", &high)?;
        rate.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn intervals_are_wilsons() {
        // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        for (hits, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (29, 29, 0.8831, 1.0),
        ] {
            let (a, b) = Rate { hits, of }.interval();
            assert!(
                (a - low).abs() < 1e-4 && (b - high).abs() < 1e-4,
                "{hits}/{of}: {a} {b}"
            );
        }
        assert_eq!(Rate::default().interval(), (0.0, 1.0));
    }

    #[test]
    fn rates_are_written_with_their_interval() {
        assert_eq!(
            Rate { hits: 81, of: 263 }.to_string(),
            "30.8 % (81 of 263, 25.5–36.6)"
        );
        assert_eq!(Rate::default().to_string(), "–");
    }
}
