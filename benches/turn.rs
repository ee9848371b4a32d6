//! What the pure part of a message costs: a turn of the engine, one text, the check of all content.
//!
//! `cargo bench --bench turn`, with `-- --quick` for a first look. Everything runs on the shipped content, which is read
//! and parsed beforehand, and each input is first tried once: a bench that measures something else stops.
#![expect(
    clippy::unwrap_used,
    reason = "a bench on content that does not fit has nothing to measure"
)]

use criterion::{BatchSize, Criterion};
use jiff::civil::date;
use lotse::content::{Arg, Content, load, load_on};
use lotse::engine::{Effect, Env, FlowState, Input, Turn, enter, step};
use lotse::model::{BERLIN, Lang, Message, Timestamp};
use lotse::runtime::origin::{Shipped, places};
use std::hint::black_box;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let content = load(&Shipped, places().unwrap()).content.unwrap();
    let bench = Bench {
        content: &content,
        env: morning(),
    };
    bench.turns(&mut criterion);
    text(&content, &mut criterion);
    check(&mut criterion);
    criterion.final_summary();
}

/// A day on which the facts of the shipped content are fresh.
fn morning() -> Env {
    let zoned = date(2026, 11, 21).at(10, 0, 0, 0).in_tz(BERLIN).unwrap();
    Env {
        now: Timestamp(zoned.timestamp().as_millisecond()),
        ..Env::default()
    }
}

struct Bench<'c> {
    content: &'c Content,
    env: Env,
}

impl Bench<'_> {
    fn turns(&self, criterion: &mut Criterion) {
        let menu = self.walk("menu", &[]);
        let tap = Input::Tap(token(&menu, "find_work"));
        self.turn(criterion, "tap on a choice", &menu, tap, "find_work/topic");
        let story = "Guten Abend, mein Cousin wartet seit drei Wochen auf einen Brief vom Amt";
        self.turn(
            criterion,
            "text not understood",
            &menu,
            Input::Text(story.into()),
            "menu/choose.retry",
        );
        let months = self.walk("target_group", &["none", "from_27", "gestattung", "no"]);
        self.turn(
            criterion,
            "number",
            &months,
            Input::Text("ungefähr 5".into()),
            "target_group/in_permission",
        );
    }

    /// Measures one input. `first` is the message that has to come of it.
    fn turn(&self, to: &mut Criterion, name: &str, before: &Turn, input: Input, first: &str) {
        let turn = |(state, input)| step(self.content, &self.env, state, input);
        let given = || (before.state.clone(), input.clone());
        let keys: Vec<String> = said(&turn(given())).map(|m| m.key.clone()).collect();
        assert_eq!(keys.first().map(String::as_str), Some(first), "{name}");
        to.bench_function(&format!("turn: {name}"), |b| {
            b.iter_batched(given, turn, BatchSize::SmallInput);
        });
    }

    /// A person who speaks German, starts a flow and presses these buttons.
    fn walk(&self, flow: &str, buttons: &[&str]) -> Turn {
        let person = FlowState {
            lang: Some(Lang::new("de")),
            ..FlowState::default()
        };
        let start = enter(self.content, &self.env, person, flow).0;
        buttons.iter().fold(start, |turn, id| {
            let tap = Input::Tap(token(&turn, id));
            step(self.content, &self.env, turn.state, tap)
        })
    }
}

fn said(turn: &Turn) -> impl Iterator<Item = &Message> {
    turn.effects.iter().filter_map(|effect| match effect {
        Effect::Say(message) => Some(message),
        _ => None,
    })
}

fn token(turn: &Turn, button: &str) -> String {
    let mut choices = said(turn).flat_map(|m| &m.choices);
    choices.find(|c| c.id == button).unwrap().token.clone()
}

/// A text with a number that chooses one of the six Arabic plural forms.
fn text(content: &Content, criterion: &mut Criterion) {
    let lang = Lang::new("ar");
    let format = |months| {
        let args = [("months_in_germany", Arg::Number(months))];
        content
            .words
            .text(&lang, "work_permission", "months_noted", &args)
            .unwrap()
    };
    assert_ne!(format(5), format(50));
    criterion.bench_function("text: Arabic, plural", |b| b.iter(|| format(black_box(5))));
}

/// Reading, checking and linking everything, as `lotse check` and a changed folder do.
fn check(criterion: &mut Criterion) {
    let places = places().unwrap();
    let today = Some(date(2026, 11, 21));
    criterion.bench_function("content: load and check", |b| {
        b.iter(|| {
            let loaded = load_on(&Shipped, places.clone(), black_box(today));
            assert!(loaded.content.is_some());
            loaded
        });
    });
}
