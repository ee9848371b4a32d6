//! How much one room, and all new rooms together, may ask of the server. Keyed by rooms, never by network
//! addresses: those are neither stored nor looked at.

use crate::ports::Clock;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};
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

/// Files of one room in a minute: the pages of a letter, and once more if they were blurred.
const FILES: NonZeroU32 = NonZeroU32::new(10).unwrap();
const FILES_AT_ONCE: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// Files of all rooms in a minute, on this server: rooms cost nothing, disks do.
const ALL_FILES: NonZeroU32 = NonZeroU32::new(120).unwrap();
const ALL_FILES_AT_ONCE: NonZeroU32 = NonZeroU32::new(240).unwrap();

/// Forms with files that are being read at once, of one room and of all: each takes the memory of its largest file.
const UPLOADS: usize = 2;
const ALL_UPLOADS: usize = 32;

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
    files: Keyed,
    all_files: Global,
    uploads: Seats,
    swept: AtomicU32,
    streams: Seats,
}

/// Places that are taken, by room.
type Seats = Arc<Mutex<HashMap<String, usize>>>;

/// How many seconds to wait until the next try can succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

impl Throttle {
    /// New limits, nothing used up.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = AppClock(clock);
        let messages = Quota::per_minute(MESSAGES).allow_burst(MESSAGES_AT_ONCE);
        let rooms = Quota::per_minute(ROOMS).allow_burst(ROOMS_AT_ONCE);
        let files = Quota::per_minute(FILES).allow_burst(FILES_AT_ONCE);
        let all_files = Quota::per_minute(ALL_FILES).allow_burst(ALL_FILES_AT_ONCE);
        Self {
            messages: RateLimiter::dashmap_with_clock(messages, clock.clone()),
            rooms: RateLimiter::direct_with_clock(rooms, clock.clone()),
            files: RateLimiter::dashmap_with_clock(files, clock.clone()),
            all_files: RateLimiter::direct_with_clock(all_files, clock.clone()),
            clock,
            uploads: Arc::default(),
            swept: AtomicU32::new(0),
            streams: Arc::default(),
        }
    }

    /// May this room send a message now?
    pub fn message(&self, lane: &str) -> Result<(), Wait> {
        if self.swept.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.messages.retain_recent();
            self.files.retain_recent();
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

    /// May this room send a file now?
    pub fn file(&self, lane: &str) -> Result<(), Wait> {
        let wait = |no: NotUntil<Duration>| seconds(no.wait_time_from(self.clock.now()));
        self.files.check_key(&lane.to_owned()).map_err(wait)?;
        self.all_files.check().map_err(wait)
    }

    /// A place for an open page of this room, if there is one left.
    pub fn stream(&self, lane: &str) -> Option<Seat> {
        Seat::take(&self.streams, lane, STREAMS, usize::MAX)
    }

    /// A place for a form with files, if there is one left.
    pub fn upload(&self, lane: &str) -> Option<Seat> {
        Seat::take(&self.uploads, lane, UPLOADS, ALL_UPLOADS)
    }
}

/// Rounded up, so that waiting that long is enough.
fn seconds(wait: Duration) -> Wait {
    Wait(wait.as_millis().div_ceil(1000).try_into().unwrap_or(60))
}

/// A place that is taken; given back when dropped.
pub struct Seat {
    lane: String,
    seats: Seats,
}

impl Seat {
    /// `most`: places of one room; `all`: of all rooms.
    fn take(seats: &Seats, lane: &str, most: usize, all: usize) -> Option<Self> {
        let mut taken = seats.lock().unwrap_or_else(PoisonError::into_inner);
        let (mine, everybodys) = (taken.get(lane).copied(), taken.values().sum::<usize>());
        if mine.unwrap_or(0) >= most || everybodys >= all {
            return None;
        }
        *taken.entry(lane.to_owned()).or_insert(0) += 1;
        Some(Self {
            lane: lane.to_owned(),
            seats: Arc::clone(seats),
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mine) = taken.get_mut(&self.lane) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(&self.lane);
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
    fn forms_with_files_have_few_places_and_give_them_back() {
        let throttle = Throttle::new(Arc::new(TestClock::default()));
        let first = throttle.upload("a").unwrap();
        let _second = throttle.upload("a").unwrap();
        assert!(throttle.upload("a").is_none());
        drop(first);
        assert!(throttle.upload("a").is_some());
        let rooms: Vec<_> = (0..ALL_UPLOADS - 1)
            .map(|n| throttle.upload(&n.to_string()).unwrap())
            .collect();
        assert!(throttle.upload("late").is_none());
        drop(rooms);
        assert!(throttle.upload("late").is_some());
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
