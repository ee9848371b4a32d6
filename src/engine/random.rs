//! Random content as editors could have written it: it passes the checker.
//!
//! Steps that ask nothing lead only forward, to later steps and flows, so that no circle is without a question.

use super::fixture::source;
use crate::content::MemorySource;
use std::fmt::Write as _;

/// Flows and steps of a random content.
pub(super) const FLOWS: u8 = 3;
const STEPS: u8 = 5;

/// What a random step is made of; the numbers are taken modulo what there is.
pub(super) type Seed = (u8, u8, u8, u8);

/// The fixture's files with `f0` … `f2` among its flows.
pub(super) fn files(seeds: &[Seed]) -> MemorySource {
    let mut files = source();
    let mut seeds = seeds.iter().copied().cycle();
    for f in 0..FLOWS {
        let mut flow = String::from("start = \"s0\"\ntopic = \"work\"\n");
        let mut words = String::new();
        for s in 0..STEPS {
            let step = Writer {
                at: (f, s),
                seed: seeds.next().unwrap_or_default(),
            };
            let _ = write!(flow, "[step.s{s}]\n{}", step.toml());
            words.push_str(&step.words());
        }
        flow.push_str("[moved]\ns9 = \"s1\"\n");
        files = files
            .with(&format!("flows/f{f}.toml"), &flow)
            .with(&format!("locales/de/f{f}.ftl"), &words);
    }
    files
}

struct Writer {
    at: (u8, u8),
    seed: Seed,
}

impl Writer {
    fn kind(&self) -> u8 {
        self.seed.0 % 18
    }

    fn asks(&self) -> bool {
        self.kind() < 10
    }

    /// A target from a question: anywhere.
    fn anywhere(n: u8) -> String {
        if n.is_multiple_of(5) {
            format!("flow:f{}", n % FLOWS)
        } else {
            format!("s{}", n % STEPS)
        }
    }

    /// A target from a step that asks nothing; none at the very end.
    fn forward(&self, n: u8) -> Option<String> {
        let (f, s) = self.at;
        let (flows, steps) = (FLOWS - 1 - f, STEPS - 1 - s);
        match (flows, steps) {
            (0, 0) => None,
            (_, 0) => Some(format!("flow:f{}", f + 1 + n % flows)),
            (1.., _) if n.is_multiple_of(5) => Some(format!("flow:f{}", f + 1 + n % flows)),
            _ => Some(format!("s{}", s + 1 + n % steps)),
        }
    }

    fn target(&self, n: u8) -> Option<String> {
        if self.asks() {
            Some(Self::anywhere(n))
        } else {
            self.forward(n)
        }
    }

    /// `goto`, `next` or nothing; `must` for what cannot end a flow.
    fn way(&self, must: bool) -> String {
        let n = self.seed.3;
        let (Some(one), Some(other)) = (self.target(n / 4), self.target(n / 8)) else {
            return match must {
                true => "next = [\"else -> flow:menu\"]\n".to_owned(),
                false => String::new(),
            };
        };
        match n % 4 {
            0 if !must => String::new(),
            1 if !must => format!("goto = \"{one}\"\n"),
            _ => format!(
                "next = [\"{} -> {one}\", \"else -> {other}\"]\n",
                condition(n)
            ),
        }
    }

    fn question(&self, ask: &str, save: &str, keys: &str) -> String {
        let (_, a, b, _) = self.seed;
        let retry = format!(
            "retry = {{ times = {}, then = \"{}\" }}\n",
            a % 3 + 1,
            Self::anywhere(b)
        );
        // Without a field only where nothing is lost by it.
        let save = match b % 4 > 0 || ["choices", "media"].contains(&ask) {
            true => format!("save = \"{save}\"\n"),
            false => String::new(),
        };
        format!("ask = \"{ask}\"\n{save}{keys}{retry}")
    }

    fn toml(&self) -> String {
        let (_, a, b, c) = self.seed;
        let way = self.way(false);
        match self.kind() {
            0 | 1 => {
                let option = |id: &str, n: u8| match n % 3 {
                    0 => format!("options.{id} = \"next\"\n"),
                    _ => format!("options.{id} = \"{}\"\n", Self::anywhere(n)),
                };
                let options = [("permit", a), ("duldung", b), ("unknown", 0)];
                let options: String = options.map(|(id, n)| option(id, n)).concat();
                self.question("choice", "paper", &(options + &self.way(true)))
            }
            2 => self.question("number", "months", &format!("min = 0\nmax = 100\n{way}")),
            3 => self.question("date", "letter", &way),
            4 => self.question("postcode", "place", &way),
            5 => self.question("text", "note", &way),
            6 if c % 2 > 0 => self.question("contact", "contact", &way),
            6 => {
                let kinds = ["\"photo\"", "\"file\", \"photo\""][usize::from(a % 2)];
                let (min, max) = (b % 3, (b % 3 + a % 2).max(1));
                let keys = format!("kinds = [{kinds}]\nmin = {min}\nmax = {max}\n{way}");
                self.question("media", "letters", &keys)
            }
            7 | 8 => {
                let (min, max) = (c % 3, (c % 3 + a % 2).max(1));
                let keys = format!(
                    "options = [\"work\", \"school\", \"flat\"]\nmin = {min}\nmax = {max}\n{way}"
                );
                self.question("choices", "topics", &keys)
            }
            9 => format!("ask = \"language\"\n{way}"),
            10 => match self.forward(b) {
                Some(unverified) => {
                    format!("say = true\nfacts = [\"wage\"]\nunverified = \"{unverified}\"\n{way}")
                }
                None => "say = true\nfacts = [\"wage\"]\n".to_owned(),
            },
            11 => format!("say = true\n{way}"),
            12 => match FLOWS - 1 - self.at.0 {
                0 => format!("call = \"common/offer\"\n{way}"),
                later => format!("call = \"f{}\"\n{way}", self.at.0 + 1 + a % later),
            },
            13 => {
                let reason = ["violence", "wants_human"][usize::from(a % 2)];
                let share = "\"paper\", \"note\", \"topics\", \"contact\", \"letters\"";
                format!("handoff = {{ reason = \"{reason}\", share = [{share}] }}\n{way}")
            }
            14 => {
                let sets = [
                    "priority = true",
                    "topics = [\"work\", \"flat\"]",
                    "months = 3",
                    "letter = 2026-01-01",
                    "contact = \"anna@example.org\"",
                    "place = \"34497\"",
                ];
                format!("set = {{ {} }}\n{way}", sets[usize::from(a % 6)])
            }
            15 => {
                let action = ["stop", "delete", "show_data"][usize::from(a % 3)];
                format!("do = \"{action}\"\n{way}")
            }
            _ => format!("branch = true\n{}", self.way(true)),
        }
    }

    fn words(&self) -> String {
        let (_, s) = self.at;
        match self.kind() {
            0 | 1 => format!(
                "s{s} = Papier?\n    .permit = Aufenthaltserlaubnis\n    .duldung = Duldung\n    .unknown = Weiß nicht\n"
            ),
            7 | 8 => {
                format!(
                    "s{s} = Was?\n    .work = Arbeit\n    .school = Schule\n    .flat = Wohnung\n"
                )
            }
            10 => format!("s{s} = Mindestens {{ $fact_wage }}, {{ $months }}.\n"),
            2..=6 | 9 | 11 => format!("s{s} = Text {} {{ $topics }} {{ $contact }}.\n", "mit"),
            _ => String::new(),
        }
    }
}

fn condition(n: u8) -> String {
    let all = [
        "known(paper)",
        "months < 3",
        "weeks_until(letter) >= 0",
        "covered(place)",
        "topics has work",
        "paper in [permit, duldung] and not topics has flat",
        "months_since(letter) >= 2 or priority == true",
        "not (known(contact) or paper != unknown)",
    ];
    all[usize::from(n) % all.len()].to_owned()
}
