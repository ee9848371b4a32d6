//! Whether lotse stays quick when content grows: 500 flows of 40 steps in 15 languages are loaded and checked, one
//! file of them is changed and read again, and a turn is taken in the middle of them.
//!
//! `cargo bench --bench scale`. The flows are made up; settings, fields, facts and system texts are the shipped ones. Of
//! every translation it is recorded what it was made from, and in every other language somebody has signed all of it off.
#![expect(
    clippy::unwrap_used,
    reason = "a bench on content that does not fit has nothing to measure"
)]
#![expect(clippy::print_stdout, reason = "says how much is loaded")]

use criterion::{BatchSize, Criterion};
use lotse::content::exchange::Catalogue;
use lotse::content::{Content, Loader, MemorySource, Severity, SignOff, Source as _};
use lotse::engine::{Effect, Env, FlowState, Input, enter, step};
use lotse::model::Lang;
use lotse::runtime::origin::{Shipped, places};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

const FLOWS: usize = 500;
const STEPS: usize = 40;
/// The languages of the service; the texts of those that are not shipped are English.
const LANGUAGES: [&str; 15] = [
    "de", "en", "ar", "fa", "prs", "ps", "ku", "ckb", "tr", "ru", "uk", "fr", "so", "ti", "am",
];

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(20))
        .configure_from_args();
    let source = recorded(large());
    let texts: usize = source.0.values().map(String::len).sum();
    println!("{} files, {} MB", source.0.len(), texts / 1_000_000);
    let places = places().unwrap();

    criterion.bench_function("scale: load and check all", |b| {
        b.iter_with_large_drop(|| Loader::default().load(black_box(&source), places.clone(), None));
    });
    let mut loader = Loader::default();
    let loaded = loader.load(&source, places.clone(), None);
    let errors = loaded
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error);
    assert_eq!(errors.count(), 0);
    let mut round = 0;
    criterion.bench_function("scale: one text is changed", |b| {
        b.iter_batched(
            || {
                round += 1;
                source
                    .clone()
                    .with("locales/de/made/f7.ftl", &words("de", 7, round))
            },
            |changed| loader.load(&changed, places.clone(), None),
            BatchSize::PerIteration,
        );
    });
    turn(&loaded.content.unwrap(), &mut criterion);
    criterion.final_summary();
}

/// A button in the middle of a flow.
fn turn(content: &Content, criterion: &mut Criterion) {
    let env = Env::default();
    let person = FlowState {
        lang: Some(Lang::new("tr")),
        ..FlowState::default()
    };
    let before = enter(content, &env, person, "made/f250").0;
    let token = before
        .effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Say(message) => message.choices.first().map(|c| c.token.clone()),
            _ => None,
        })
        .unwrap();
    criterion.bench_function("scale: a turn", |b| {
        b.iter_batched(
            || (before.state.clone(), Input::Tap(token.clone())),
            |(state, input)| step(content, &env, state, input),
            BatchSize::SmallInput,
        );
    });
}

/// The shipped content with many more flows and languages.
fn large() -> MemorySource {
    let mut source = MemorySource::default();
    for path in Shipped.paths() {
        let text = Shipped.read(&path).unwrap();
        if let Some(rest) = path.strip_prefix("locales/en/") {
            for lang in &LANGUAGES[3..] {
                source = source.with(&format!("locales/{lang}/{rest}"), &text);
            }
        }
        source = source.with(&path, &text);
    }
    let settings = &source.0["flows/settings.toml"];
    let list = LANGUAGES.map(|l| format!("{l:?}")).join(", ");
    let mut settings = settings.replace("[\"de\", \"en\", \"ar\"]", &format!("[{list}]"));
    for lang in &LANGUAGES[3..] {
        let _ = write!(
            settings,
            "\n[language.{lang}]\nname = \"{lang}\"\nreview = \"machine\"\n"
        );
    }
    source = source.with("flows/settings.toml", &settings);
    for n in 0..FLOWS {
        source
            .0
            .insert(format!("flows/made/f{n}.toml"), structure());
        for lang in LANGUAGES {
            source
                .0
                .insert(format!("locales/{lang}/made/f{n}.ftl"), words(lang, n, 0));
        }
    }
    source
}

/// With the records of all languages (`state.txt`), as `lotse status --adopt` and `lotse review` write them.
fn recorded(mut source: MemorySource) -> MemorySource {
    let sign = SignOff {
        on: jiff::civil::date(2026, 11, 1),
        by: "Amina Yusuf".to_owned(),
    };
    let catalogue = Catalogue::open(&source).unwrap();
    let records = |(n, lang): (usize, &Lang)| match n % 2 {
        0 => catalogue.sign_off(lang, None, &sign).unwrap().change,
        _ => catalogue.adopt(lang).0,
    };
    let languages = catalogue.languages();
    let changes: Vec<_> = languages.iter().enumerate().filter_map(records).collect();
    for change in changes {
        source.0.insert(change.path, change.text);
    }
    source
}

/// Ten times: a choice, a number, a rule, a text.
fn structure() -> String {
    let mut toml = "start = \"ask_0\"\ntopic = \"work\"\nreviewed = 2026-11-01\n".to_owned();
    for n in 0..STEPS / 4 {
        let next = if n + 1 < STEPS / 4 {
            format!("ask_{}", n + 1)
        } else {
            "flow:menu".to_owned()
        };
        let _ = write!(
            toml,
            "\n[step.ask_{n}]\nask = \"choice\"\noptions.yes = \"months_{n}\"\noptions.no = \"say_{n}\"\n\
             retry = {{ times = 2, then = \"flow:human\" }}\n\
             \n[step.months_{n}]\nask = \"number\"\nsave = \"months_in_germany\"\nmin = 0\nmax = 600\ngoto = \"rule_{n}\"\n\
             retry = {{ times = 2, then = \"flow:human\" }}\n\
             \n[step.rule_{n}]\nbranch = true\nnext = [\"months_in_germany < 3 -> say_{n}\", \"else -> {next}\"]\n\
             \n[step.say_{n}]\nsay = true\ngoto = \"{next}\"\n",
        );
    }
    toml
}

fn words(lang: &str, flow: usize, round: usize) -> String {
    let mut ftl = String::new();
    for n in 0..STEPS / 4 {
        let _ = write!(
            ftl,
            "ask_{n} = Is this question number {n} of flow {flow} in {lang}? ({round})\n    .yes = Yes, it is ({n})\n    .no = No, not at all ({n})\n    .retry = Please choose an answer.\n\
             months_{n} = How many months have you been in Germany?\n\
             say_{n} = You have been here for {{ $months_in_germany }} months. Read more:\n\n    - https://example.org/de/work/{n}\n    - A **second** line of text.\n",
        );
    }
    ftl
}
