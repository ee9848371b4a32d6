//! How often somebody may try to sign in: by account, and all accounts together. No network address is
//! looked at or kept. Whoever knows a login can make its owner wait half a minute at a time; that is the
//! price of not keeping addresses.

use crate::ports::Clock;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Tries for one account at once; then one every [`PAUSE`].
const AT_ONCE: NonZeroU32 = NonZeroU32::new(6).unwrap();
const PAUSE: Duration = Duration::from_secs(30);

/// Tries for all accounts together in a minute: hashing is expensive, and a list of stolen passwords is long.
const TOGETHER: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Accounts that were left alone are forgotten when so many are known.
const SWEEP: usize = 2_000;

#[derive(Clone)]
struct AppClock(Arc<dyn Clock>);

impl GovernorClock for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().0).unwrap_or(0))
    }
}

/// The limits of signing in.
pub struct Throttle {
    clock: AppClock,
    account: RateLimiter<String, DashMapStateStore<String>, AppClock, NoOpMiddleware<Duration>>,
    together: RateLimiter<NotKeyed, InMemoryState, AppClock, NoOpMiddleware<Duration>>,
}

impl Throttle {
    /// New limits, nothing used up.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = AppClock(clock);
        let each = Quota::with_period(PAUSE)
            .unwrap_or(Quota::per_minute(AT_ONCE))
            .allow_burst(AT_ONCE);
        Self {
            account: RateLimiter::dashmap_with_clock(each, clock.clone()),
            together: RateLimiter::direct_with_clock(Quota::per_minute(TOGETHER), clock.clone()),
            clock,
        }
    }

    /// Counts a try. An error says how many seconds to wait.
    pub fn attempt(&self, login: &str) -> Result<(), u64> {
        if self.account.len() > SWEEP {
            self.account.retain_recent();
        }
        let login: String = login.trim().to_lowercase().chars().take(64).collect();
        let now = self.clock.now();
        // The account first: tries that it refuses do not eat up what others may do.
        self.account
            .check_key(&login)
            .map_err(|until| seconds(until.wait_time_from(now)))?;
        self.together
            .check()
            .map_err(|until| seconds(until.wait_time_from(now)))
    }
}

fn seconds(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis().div_ceil(1000))
        .unwrap_or(u64::MAX)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use std::sync::atomic::{AtomicI64, Ordering};

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    #[test]
    fn an_account_has_six_tries_and_then_one_every_half_minute() {
        let hand = Arc::new(Hand(AtomicI64::new(1_795_000_000_000)));
        let throttle = Throttle::new(hand.clone());
        for _ in 0..6 {
            assert_eq!(throttle.attempt("anna"), Ok(()));
        }
        assert_eq!(throttle.attempt(" ANNA "), Err(30), "however it is typed");
        assert_eq!(throttle.attempt("boris"), Ok(()), "others are not affected");
        hand.0.fetch_add(30_000, Ordering::Relaxed);
        assert_eq!(throttle.attempt("anna"), Ok(()));
        assert!(throttle.attempt("anna").is_err());
    }

    #[test]
    fn all_accounts_together_have_sixty_tries_a_minute() {
        let hand = Arc::new(Hand(AtomicI64::new(1_795_000_000_000)));
        let throttle = Throttle::new(hand.clone());
        let tried = (0..100).filter(|n| throttle.attempt(&format!("login {n}")).is_ok());
        assert_eq!(tried.count(), 60);
        hand.0.fetch_add(60_000, Ordering::Relaxed);
        assert_eq!(throttle.attempt("anna"), Ok(()));
    }
}
