//! How long those who look by themselves wait.

use super::work::Parts;
use std::time::Duration;

/// How often each loop looks by itself.
pub(super) const LOOK: Duration = Duration::from_millis(1000);

/// A little more or less than `base`, so that several processes do not look at the same moment.
pub(super) fn jitter(parts: &Parts, base: Duration) -> Duration {
    let byte = u64::from(parts.ids.random()[0]);
    base.mul_f64(0.9) + Duration::from_millis(byte * base.as_millis() as u64 / 1280)
}
