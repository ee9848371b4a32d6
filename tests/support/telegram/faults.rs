//! Planned trouble: which calls fail, how, and how often. Chance is seeded, so a run can be repeated.

use std::time::Duration;

/// Names every method in [`TelegramSim::fail`](super::TelegramSim::fail).
pub const ANY_METHOD: &str = "*";

/// One way for a call to go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429, with the number of seconds the bot is told to wait.
    TooManyRequests {
        /// Seconds in `parameters.retry_after`.
        retry_after: u64,
    },
    /// 500 with an error body; the call is not carried out.
    InternalError,
    /// 502 with an HTML page instead of JSON, as a proxy answers; the call is not carried out.
    BadGateway,
    /// The connection closes and the call is not carried out.
    DropBefore,
    /// The call is carried out, and the connection closes instead of an answer.
    ///
    /// From the outside this looks like [`Fault::DropBefore`]: the bot cannot know.
    DropAfter,
    /// The call is carried out; the answer takes this long.
    Slow(Duration),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Frequency {
    Times(u32),
    Chance(f64),
}

#[derive(Debug)]
pub(super) struct Rule {
    /// In lower case, or [`ANY_METHOD`].
    pub method: String,
    pub chat: Option<i64>,
    pub fault: Fault,
    pub frequency: Frequency,
}

/// All planned faults, oldest first; the first rule that applies decides.
#[derive(Debug)]
pub(super) struct FaultPlan {
    rules: Vec<Rule>,
    random: Random,
    /// How likely a confirmed update is to come once more.
    pub repeated_updates: f64,
}

impl FaultPlan {
    pub fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            random: Random(seed),
            repeated_updates: 0.0,
        }
    }

    pub fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    pub fn clear(&mut self) {
        self.rules.clear();
        self.repeated_updates = 0.0;
    }

    /// Decides the fate of one call.
    pub fn draw(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        let Self { rules, random, .. } = self;
        for rule in rules {
            let applies = (rule.method == ANY_METHOD || rule.method == method)
                && rule.chat.is_none_or(|wanted| chat == Some(wanted));
            if !applies {
                continue;
            }
            let strikes = match &mut rule.frequency {
                Frequency::Times(0) => false,
                Frequency::Times(left) => {
                    *left -= 1;
                    true
                }
                Frequency::Chance(chance) => random.chance(*chance),
            };
            if strikes {
                return Some(rule.fault.clone());
            }
        }
        None
    }

    pub fn draw_repeat(&mut self) -> bool {
        self.repeated_updates > 0.0 && self.random.chance(self.repeated_updates)
    }
}

/// A small seeded generator (SplitMix64); the tests need repeatable chance, not secrets.
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn chance(&mut self, chance: f64) -> bool {
        ((self.next() >> 11) as f64 / (1u64 << 53) as f64) < chance
    }
}
