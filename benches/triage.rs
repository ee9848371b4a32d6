//! What finding phrases in a message costs: with 5,000 phrases, for which the goal is 50 µs, and with all that are shipped.
//!
//! `cargo bench --bench triage`, with `-- --quick` for a first look. The 5,000 are made up from syllables besides some real
//! ones, so that this part does not change with the content; each message is first tried once. The shipped ones are more
//! than five times as many, with all their words of denial and deadlines, and most messages hold some.

#![expect(
    clippy::expect_used,
    reason = "there is nothing to measure where the shipped content is not sound"
)]

use criterion::{BenchmarkId, Criterion};
use lotse::content::{Class, Detect, Samples, Tongue};
use lotse::model::{Lang, Level};
use lotse::runtime::live;
use lotse::runtime::origin::{Shipped, places};
use lotse::triage::Lexicon;
use lotse::triage::{readings, tongue};
use std::hint::black_box;

/// Phrases in the made-up content.
const PHRASES: usize = 5_000;

/// Messages: name, text, and whether something is found in it.
const MESSAGES: &[(&str, &str, bool)] = &[
    ("short", "wann habt ihr heute offen?", false),
    (
        "usual",
        "Guten Abend, mein Cousin wartet seit drei Wochen auf einen Brief vom Amt und weiß nicht, was er tun soll",
        false,
    ),
    (
        "found",
        "hallo mein asylantrag wurde gestern abgelehnt ich habe nur 14 tage und weiß nicht was ich machen soll",
        true,
    ),
    (
        "Arabic",
        "مرحبا، جاني رفض من البامف وقالوا عندي ٧ ايام، شو بعمل؟",
        true,
    ),
    (
        "by ear",
        "ana ta3ban ktir w baddi moot w ma ba3ref shu a3mel",
        true,
    ),
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let lexicon = Lexicon::new(&content());
    assert!(lexicon.len() >= PHRASES);
    for (name, text, found) in MESSAGES {
        assert_eq!(!lexicon.find(text).is_empty(), *found, "{name}");
        look(&mut criterion, "lexicon", &lexicon, name, text);
        criterion.bench_with_input(BenchmarkId::new("language", name), text, |b, text| {
            b.iter(|| tongue::identify(black_box(text)));
        });
    }
    let places = places().expect("the shipped tables are sound");
    let shipped = live::read(&Shipped, places).expect("the shipped content is sound");
    let shipped = Lexicon::new(&shipped.detect);
    assert!(shipped.len() >= 20_000, "{}", shipped.len());
    for (name, text, _) in MESSAGES {
        look(&mut criterion, "shipped lexicon", &shipped, name, text);
    }
    criterion.final_summary();
}

/// A message that was read already, and one that has to be.
fn look(criterion: &mut Criterion, which: &str, lexicon: &Lexicon, name: &str, text: &str) {
    let reading = readings::read(text);
    criterion.bench_with_input(BenchmarkId::new(which, name), &text, |b, text| {
        b.iter(|| lexicon.look(black_box(text), black_box(&reading)));
    });
    let both = format!("read and {which}");
    criterion.bench_with_input(BenchmarkId::new(both, name), &text, |b, text| {
        b.iter(|| lexicon.find(black_box(text)));
    });
}

/// Real phrases, and made-up ones in three scripts up to the number.
fn content() -> Detect {
    let mut detect = Detect::default();
    let class = Class {
        level: Some(Level::Immediate),
        ..Class::default()
    };
    detect.classes.insert("asylum_rejection".into(), class);
    let real: [(&str, &[&str]); 3] = [
        (
            "de",
            &["asylantrag ~ abgelehnt", "ich & zzz", "mich ~ umbringen"],
        ),
        ("ar", &["جاني رفض", "بدي موت"]),
        ("ru", &["не хочу жить"]),
    ];
    let syllables: [&[&str]; 3] = [
        &[
            "ab", "ver", "schie", "ge", "lehn", "ung", "ich", "wart", "en", "brief", "kom", "tor",
            "mal", "su",
        ],
        &[
            "با", "مر", "سل", "كت", "ني", "عم", "را", "خط", "دي", "لو", "شا", "هم", "قد", "في",
        ],
        &[
            "не", "ра", "бо", "та", "до", "ку", "мен", "ты", "при", "сло", "ход", "жи", "зна", "лю",
        ],
    ];
    for ((lang, phrases), syllables) in real.iter().zip(syllables) {
        let mut all: Vec<String> = phrases.iter().map(|p| (*p).to_owned()).collect();
        let mut n = 7usize;
        while all.len() <= PHRASES / 3 {
            // Any fixed sequence that does not repeat soon.
            let mut word = || {
                n = n
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let [a, b, c] = [n >> 33, n >> 41, n >> 49].map(|i| syllables[i % syllables.len()]);
                format!("{a}{b}{c}")
            };
            let (a, b, c) = (word(), word(), word());
            all.push(match all.len() % 5 {
                0 => format!("{a}*"),
                1 => format!("{a} ~ {b}*"),
                2 => format!("{a} & {b}"),
                3 => format!("{a} {b} {c}"),
                _ => format!("{a} {b}"),
            });
        }
        let samples = Samples {
            phrases: all,
            ..Samples::default()
        };
        let mut tongue = Tongue {
            negation: vec!["nicht".into(), "kein*".into()],
            deadline: vec!["tag*".into(), "ايام".into()],
            ..Tongue::default()
        };
        tongue.samples.insert("asylum_rejection".into(), samples);
        detect.tongues.insert(Lang::new(lang), tongue);
    }
    detect
}
