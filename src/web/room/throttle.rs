//! How much one room, and all new rooms together, may ask of the server. Keyed by rooms, never by network
//! addresses: those are neither stored nor looked at.

use crate::ports::Clock;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Messages of one room in a minute. A burst of half of that is let through at once.
const MESSAGES: NonZeroU32 = NonZeroU32::new(30).unwrap();
const MESSAGES_AT_ONCE: NonZeroU32 = NonZeroU32::new(15).unwrap();

/// New rooms in a minute, on this server.
const ROOMS: NonZeroU32 = NonZeroU32::new(300).unwrap();
const ROOMS_AT_ONCE: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// Open event streams of one room: one for each tab.
const STREAMS: usize = 8;

/// Rooms that have been quiet are forgotten after so many messages of all rooms.
const SWEEP: u32 = 4096;

#[derive(Clone)]
struct AppClock(Arc<dyn Clock>);

impl GovernorClock for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().0).unwrap_or(0))
    }
}

type Keyed = RateLimiter<String, DashMapStateStore<String>, AppClock, NoOpMiddleware<Duration>>;
type Global = RateLimiter<NotKeyed, InMemoryState, AppClock, NoOpMiddleware<Duration>>;

/// The limits of the room.
pub struct Throttle {
    clock: AppClock,
    messages: Keyed,
    rooms: Global,
    swept: AtomicU32,
    streams: Arc<Mutex<HashMap<String, usize>>>,
}

/// How many seconds to wait until the next try can succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Throttle {
    /// New limits, nothing used up.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = AppClock(clock);
        let messages = Quota::per_minute(MESSAGES).allow_burst(MESSAGES_AT_ONCE);
        let rooms = Quota::per_minute(ROOMS).allow_burst(ROOMS_AT_ONCE);
        Self {
            messages: RateLimiter::dashmap_with_clock(messages, clock.clone()),
            rooms: RateLimiter::direct_with_clock(rooms, clock.clone()),
            clock,
            swept: AtomicU32::new(0),
            streams: Arc::default(),
        }
    }

    /// May this room send a message now?
    pub fn message(&self, lane: &str) -> Result<(), Wait> {
        if self.swept.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.messages.retain_recent();
        }
        self.messages
            .check_key(&lane.to_owned())
            .map_err(|no| seconds(no.wait_time_from(self.clock.now())))
    }

    /// May somebody open a new room now?
    pub fn room(&self) -> Result<(), Wait> {
        self.rooms
            .check()
            .map_err(|no| seconds(no.wait_time_from(self.clock.now())))
    }

    /// A place for an open page of this room, if there is one left.
    pub fn stream(&self, lane: &str) -> Option<Seat> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let open = streams.entry(lane.to_owned()).or_insert(0);
        if *open >= STREAMS {
            return None;
        }
        *open += 1;
        Some(Seat {
            lane: lane.to_owned(),
            streams: Arc::clone(&self.streams),
        })
    }
}

/// Rounded up, so that waiting that long is enough.
fn seconds(wait: Duration) -> Wait {
    Wait(wait.as_millis().div_ceil(1000).try_into().unwrap_or(60))
}

/// The place of an open page; given back when dropped.
pub struct Seat {
    lane: String,
    streams: Arc<Mutex<HashMap<String, usize>>>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(&self.lane) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.lane);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::TestClock;
    use super::*;

    #[test]
    fn a_room_that_writes_too_fast_waits_and_others_do_not() {
        let clock = Arc::new(TestClock::default());
        let throttle = Throttle::new(clock.clone());
        for _ in 0..15 {
            throttle.message("a").unwrap();
        }
        let Wait(seconds) = throttle.message("a").unwrap_err();
        assert_eq!(seconds, 2);
        throttle.message("b").unwrap();
        clock.advance(2_000);
        throttle.message("a").unwrap();
        assert!(throttle.message("a").is_err());
    }

    #[test]
    fn a_closed_page_gives_its_place_back() {
        let throttle = Throttle::new(Arc::new(TestClock::default()));
        let mut seats: Vec<_> = (0..STREAMS)
            .map(|_| throttle.stream("a").unwrap())
            .collect();
        assert!(throttle.stream("a").is_none());
        assert!(throttle.stream("b").is_some());
        seats.pop();
        assert!(throttle.stream("a").is_some());
        drop(seats);
        assert!(throttle.streams.lock().unwrap().is_empty());
    }
}
