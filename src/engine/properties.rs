//! What holds for every content, every state and every input.

use super::fixture::{env, linked, source};
use super::random::{self, FLOWS, Seed};
use super::talk::Judged;
use super::types::{Effect, Env, FlowState, Input, Pending, Turn};
use super::{Trace, enter, sample, step, step_traced};
use crate::content::{
    Action, Ask, AskKind, ChoiceOption, Condition, Content, Flow, Handoff, Literal, Next, Op,
    Operand, Refer, Remind, Retry, Rule, SpanFn, Step, StepKind, Target,
};
use crate::model::{
    Attached, AttachmentId, AttachmentKind, Lapse, LapseUnit, MediaKind, Message, Triage, Value,
};
use indexmap::IndexMap;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Steps of a random flow.
const STEPS: u8 = 5;

fn target(n: u8) -> Target {
    if n.is_multiple_of(5) {
        Target::Flow(format!("f{}", n % FLOWS))
    } else {
        Target::Step(format!("s{}", n % (STEPS + 1)))
    }
}

fn condition(n: u8) -> Condition {
    let field = |f: &str| Operand::Field(f.to_owned());
    match n % 7 {
        0 => Condition::Known("paper".into()),
        1 => Condition::Compare {
            left: field("months"),
            op: Op::Lt,
            right: Literal::Number(3),
        },
        2 => Condition::Compare {
            left: Operand::Span(SpanFn::WeeksUntil, "letter".into()),
            op: Op::Ge,
            right: Literal::Number(0),
        },
        3 => Condition::Covered("place".into()),
        5 => Condition::Has("topics".into(), "work".into()),
        4 => Condition::Not(Box::new(condition(n / 6))),
        _ => Condition::Or(Box::new(condition(n / 6)), Box::new(condition(n / 7))),
    }
}

fn next(n: u8) -> Next {
    match n % 4 {
        0 => Next::End,
        1 => Next::Rules(vec![
            Rule {
                when: Some(condition(n)),
                target: target(n / 4),
            },
            Rule {
                when: None,
                target: target(n / 8),
            },
        ]),
        2 => Next::Rules(vec![Rule {
            when: Some(condition(n / 3)),
            target: target(n / 4),
        }]),
        _ => Next::Goto(target(n / 4)),
    }
}

fn ask(kind: AskKind, field: &str, (_, a, b, _): Seed) -> StepKind {
    let retry = (a % 3 > 0).then(|| Retry {
        times: a % 3,
        then: target(b),
    });
    StepKind::Ask(Ask {
        kind,
        save: (b % 4 > 0).then(|| field.to_owned()),
        retry,
        unit: None,
    })
}

fn kind(seed: Seed) -> StepKind {
    let (kind, a, b, c) = seed;
    let option = |id: &str, to: u8| ChoiceOption {
        id: id.into(),
        target: (!to.is_multiple_of(3)).then(|| target(to)),
    };
    match kind % 19 {
        0 | 1 => ask(
            AskKind::Choice(vec![
                option("permit", a),
                option("duldung", b),
                option("unknown", c),
            ]),
            "paper",
            seed,
        ),
        2 => ask(
            AskKind::Number {
                min: Some(0),
                max: (a % 2 > 0).then_some(100),
            },
            "months",
            seed,
        ),
        3 => ask(AskKind::Date, "letter", seed),
        4 | 5 => ask(AskKind::Postcode, "place", seed),
        6 => ask(AskKind::Text, "note", seed),
        7 => ask(AskKind::Language, "note", seed),
        8 => StepKind::Say {
            facts: vec!["wage".into()],
            unverified: (a % 2 > 0).then(|| target(b)),
            remind: (a % 3 > 0).then(|| remind(b)),
        },
        9 => StepKind::Say {
            facts: vec![],
            unverified: None,
            remind: (a % 2 > 0).then(|| remind(b)),
        },
        10 => StepKind::Call(format!("f{}", a % (FLOWS + 1))),
        11 => {
            let reason = if a % 2 > 0 { "violence" } else { "wants_human" };
            StepKind::Handoff(Handoff {
                reason: reason.into(),
                share: vec!["paper".into(), "note".into()],
            })
        }
        12 => StepKind::Set(vec![("priority".into(), Value::Flag(a % 2 > 0))]),
        13 => StepKind::Do([Action::Stop, Action::Delete, Action::ShowData][usize::from(a % 3)]),
        14 if b % 2 > 0 => ask(AskKind::Contact, "contact", seed),
        14 => {
            let kinds = match c % 3 {
                0 => vec![AttachmentKind::Photo],
                _ => AttachmentKind::ALL.to_vec(),
            };
            let (min, max) = (usize::from(b % 3), usize::from(b % 3 + c % 2).max(1));
            ask(AskKind::Media { kinds, min, max }, "letters", seed)
        }
        15 | 16 => {
            let options = ["work", "school", "flat"].map(str::to_owned).to_vec();
            let (min, max) = (usize::from(b % 3), usize::from(b % 3 + c % 2).max(1));
            ask(AskKind::Choices { options, min, max }, "topics", seed)
        }
        17 => StepKind::Refer(Refer {
            topic: if a % 2 > 0 { "work" } else { "general" }.into(),
            place: (a % 3 > 0).then(|| "place".into()),
            most: 2,
            otherwise: target(b),
        }),
        _ => StepKind::Branch,
    }
}

fn remind(n: u8) -> Remind {
    Remind {
        field: n.is_multiple_of(2).then(|| "letter".into()),
        before: n.is_multiple_of(4),
        span: Lapse {
            count: u16::from(n % 20) + 1,
            unit: LapseUnit::Days,
        },
        target: target(n / 2),
    }
}

/// A content of random flows. Some targets lead nowhere: even that must not silence the bot.
fn content(name: &str, seeds: &[Seed]) -> Content {
    let mut content = linked(&source());
    let mut seeds = seeds.iter().copied().cycle();
    for f in 0..FLOWS {
        let mut steps = IndexMap::new();
        for s in 0..STEPS {
            let seed = seeds.next().unwrap_or_default();
            let id = format!("s{s}");
            steps.insert(
                id.clone(),
                Step {
                    id,
                    kind: kind(seed),
                    next: next(seed.3),
                },
            );
        }
        let id = format!("f{f}");
        let moved = BTreeMap::from([("s9".to_owned(), "s1".to_owned())]);
        let flow = Flow {
            id: id.clone(),
            start: "s0".into(),
            topic: None,
            reviewed: None,
            steps,
            moved,
        };
        content.flows.insert(id, flow);
    }
    content.hash = name.into();
    content
}

/// What a random person does.
#[derive(Clone, Debug)]
enum Deed {
    Type(String),
    /// Types something that is taken for this.
    TypeAbout(&'static str, String),
    /// What was typed before is taken for this now.
    Late(&'static str),
    /// Presses one of the buttons that were ever shown, the newest first.
    Press(usize),
    Send(Input),
    Enter(u8),
    /// One of the planned reminders is due.
    Remind(usize),
    /// A photo or a file is sent.
    Attach(AttachmentKind),
    /// Several are sent together, the last of them too large or nothing that can be kept.
    Album(Vec<AttachmentKind>, bool),
    /// What was sent first could not be fetched.
    Lose,
    /// The editors put the other content online.
    Edit,
    Wait(u32),
}

fn deed() -> impl Strategy<Value = Deed> {
    let known = prop::sample::select(vec![
        "1",
        "2",
        "٣",
        "ja",
        "nein",
        "duldung",
        "5",
        "1000",
        "gestern",
        "30.02.2026",
        "24.12.2026",
        "34497",
        "01445",
        "00001",
        "menu",
        "zurück",
        "stopp",
        "Mensch",
        "löschen",
        "meine Daten",
        "Sprache",
        "keine Erinnerung",
        "/start x",
        "deutsch",
        "1405/8/30",
        "۳۰ آبان ۱۴۰۵",
        "1, 3",
        "Arbeit und Schule",
        "done",
        "0151 23456789",
        "",
    ]);
    prop_oneof![
        6 => known.prop_map(|t| Deed::Type(t.to_owned())),
        2 => "\\PC{0,30}".prop_map(Deed::Type),
        1 => Just(Deed::Type("ä ".repeat(3000))),
        3 => (judgement(), prop_oneof![Just("ja".to_owned()), Just("5".to_owned()), "\\PC{0,30}"])
            .prop_map(|(about, text)| Deed::TypeAbout(about, text)),
        1 => judgement().prop_map(Deed::Late),
        8 => (0usize..12).prop_map(Deed::Press),
        1 => "[0-9]{0,3}\\.?[a-z#0-9]{0,4}".prop_map(|t| Deed::Send(Input::Tap(t))),
        2 => prop::sample::select(vec![
            Input::Start { payload: None }, Input::Start { payload: Some("<x>".into()) },
            Input::Media(MediaKind::Voice), Input::Contact("+4915123456789".into()), Input::Edited, Input::CaseClosed,
        ]).prop_map(Deed::Send),
        3 => prop::sample::select(AttachmentKind::ALL.to_vec()).prop_map(Deed::Attach),
        2 => (prop::collection::vec(prop::sample::select(AttachmentKind::ALL.to_vec()), 1..8), any::<bool>())
            .prop_map(|(kinds, large)| Deed::Album(kinds, large)),
        1 => Just(Deed::Lose),
        2 => (0u8..5).prop_map(Deed::Enter),
        2 => (0usize..3).prop_map(Deed::Remind),
        1 => Just(Deed::Edit),
        1 => (0u32..400_000_000).prop_map(Deed::Wait),
    ]
}

fn album(state: &FlowState, kinds: &[AttachmentKind], large: bool) -> Input {
    let one = |(n, kind): (u128, &AttachmentKind)| {
        let one = sample(state, *kind);
        let id = AttachmentId(Uuid::from_u128(one.id.0.as_u128() + n));
        Attached { id, ..one }
    };
    let mut sent: Vec<Attached> = (0..).zip(kinds).map(one).collect();
    if large && let Some(last) = sent.last_mut() {
        last.size = Some(11_000_000);
    }
    let other = (!large).then_some(MediaKind::Voice);
    Input::Album { sent, other }
}

fn judgement() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "alarm violence",
        "alarm violence fa",
        "alarm dismissal ar",
        "alarm housing",
        "alarm gone",
        "check violence",
        "check dismissal fa",
        "check gone",
        "topics job=0.9",
        "topics letter=0.3 pregnancy=0.2 wants_human=0.2",
        "topics wants_human=0.7",
        "topics gone=0.9",
    ])
}

fn says(turn: &Turn) -> impl Iterator<Item = &Message> {
    turn.effects.iter().filter_map(|e| {
        if let Effect::Say(m) = e {
            Some(m)
        } else {
            None
        }
    })
}

fn is_answered(turn: &Turn) -> bool {
    turn.effects.iter().any(|e| match e {
        Effect::Consent { handoff } => handoff.is_some(),
        Effect::Keep(_)
        | Effect::Discard(_)
        | Effect::Stop
        | Effect::Schedule(_)
        | Effect::Cancel(_)
        | Effect::Alarm { .. } => false,
        Effect::Say(_) | Effect::HandOff { .. } | Effect::Delete => true,
    })
}

/// Photos are taken out of an answer only by the person, or where they could not be fetched.
fn may_go(turn: &Turn, lost: Option<AttachmentId>, sent: &[Attached]) -> bool {
    let discarded = |id| turn.effects.contains(&Effect::Discard(id));
    sent.iter().all(|a| lost == Some(a.id) || discarded(a.id))
}

fn check(
    before: &FlowState,
    turn: &Turn,
    may_be_silent: bool,
    lost: Option<AttachmentId>,
) -> Result<(), TestCaseError> {
    prop_assert!(may_be_silent || is_answered(turn), "silence");
    prop_assert!(says(turn).count() <= 60, "a flood");
    let deleted = turn.effects.last() == Some(&Effect::Delete);
    let gone = |value: &Value| matches!(value, Value::Media(sent) if may_go(turn, lost, sent));
    for (field, value) in &before.answers {
        prop_assert!(
            deleted || gone(value) || turn.state.answers.contains_key(field),
            "{field} is lost"
        );
    }
    for message in says(turn) {
        prop_assert!(
            !message.text.trim().is_empty(),
            "{} says nothing",
            message.key
        );
        for choice in &message.choices {
            prop_assert!(choice.token.len() <= 64 && !choice.label.is_empty());
        }
    }
    prop_assert!(turn.state.stack.len() <= 8 && turn.state.trail.len() <= 16);
    prop_assert!(turn.state.reminders.len() <= 12);
    let stored = serde_json::to_string(&turn.state).unwrap();
    prop_assert_eq!(
        &serde_json::from_str::<FlowState>(&stored).unwrap(),
        &turn.state
    );
    Ok(())
}

/// The words for "a human" and "stop" work in every state whatever.
fn check_ways_out(content: &Content, env: &Env, state: &FlowState) -> Result<(), TestCaseError> {
    let human = step(content, env, state.clone(), Input::Text("Mensch".into()));
    let asked = matches!(human.state.pending, Some(Pending::Consent { .. }));
    prop_assert!(asked, "no human after {state:?}");
    let stop = step(content, env, state.clone(), Input::Text("stop".into()));
    prop_assert!(stop.effects.contains(&Effect::Stop));
    Ok(())
}

fn judged(content: &Content, about: &str) -> Option<Arc<Triage>> {
    let judged = Judged::parse(about).unwrap();
    Some(Arc::new(judged.triage(&content.detect)))
}

/// Two contents, of which the editors put now one, now the other online, and somebody who does all this.
fn talk(contents: &[Content; 2], deeds: Vec<Deed>, checked: bool) -> Result<(), TestCaseError> {
    let (mut online, mut env, mut state) = (0, env(), FlowState::default());
    let mut buttons: Vec<String> = Vec::new();
    for deed in deeds {
        let content = &contents[online];
        let input = match deed {
            Deed::Edit => {
                online = 1 - online;
                continue;
            }
            Deed::Wait(seconds) => {
                env.now = env.now.plus_seconds(seconds.into());
                continue;
            }
            Deed::Enter(flow) => {
                let (turn, trace) = enter(content, &env, state.clone(), &format!("f{flow}"));
                check(&state, &turn, false, None)?;
                check_steps(&turn, &trace, checked && flow < FLOWS)?;
                state = turn.state;
                continue;
            }
            Deed::Type(text) => Input::Text(text),
            Deed::TypeAbout(about, text) => {
                env.triage = judged(content, about);
                Input::Text(text)
            }
            Deed::Late(about) => {
                env.triage = judged(content, about);
                Input::Judged("Hilfe".to_owned())
            }
            Deed::Press(n) => match buttons.iter().rev().nth(n) {
                Some(token) => Input::Tap(token.clone()),
                None => continue,
            },
            Deed::Remind(n) => match state.reminders.get(n) {
                Some(reminder) => Input::Remind(reminder.number),
                None => Input::Remind(u32::MAX),
            },
            Deed::Attach(kind) => Input::Attachment(sample(&state, kind)),
            Deed::Album(kinds, large) => album(&state, &kinds, large),
            Deed::Lose => {
                let sent = state.answers.values().find_map(|value| match value {
                    Value::Media(sent) => sent.first(),
                    _ => None,
                });
                Input::Lost(sent.map_or(AttachmentId(Uuid::nil()), |a| a.id))
            }
            Deed::Send(input) => input,
        };
        let twice = match (&state.tapped, &input) {
            (Some(tapped), Input::Tap(token)) => tapped.token == *token,
            _ => false,
        };
        let (turn, trace) = step_traced(content, &env, state.clone(), input.clone());
        prop_assert_eq!(&turn, &step(content, &env, state.clone(), input.clone()));
        let silent = match input {
            Input::CaseClosed | Input::Lost(_) => state.stopped,
            Input::Remind(_) | Input::Judged(_) => true,
            _ => twice,
        };
        let lost = match input {
            Input::Lost(id) => Some(id),
            _ => None,
        };
        check(&state, &turn, silent, lost)?;
        check_steps(&turn, &trace, checked)?;
        buttons.extend(
            says(&turn)
                .flat_map(|m| &m.choices)
                .map(|c| c.token.clone()),
        );
        env.triage = None;
        state = turn.state;
        check_ways_out(content, &env, &state)?;
    }
    Ok(())
}

/// No turn walks without end; with content that the checker has passed, the guard against that is never needed.
fn check_steps(turn: &Turn, trace: &Trace<'_>, checked: bool) -> Result<(), TestCaseError> {
    prop_assert!(trace.steps.len() <= 60, "{} steps", trace.steps.len());
    let alarm = turn
        .effects
        .iter()
        .find(|e| matches!(e, Effect::Alarm { .. }));
    prop_assert!(!checked || alarm.is_none(), "{alarm:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_happens_the_bot_answers_and_forgets_nothing(
        first in prop::collection::vec(any::<Seed>(), 15),
        second in prop::collection::vec(any::<Seed>(), 15),
        deeds in prop::collection::vec(deed(), 1..60),
    ) {
        talk(&[content("first", &first), content("second", &second)], deeds, false)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_the_checker_passes_never_raises_an_alarm(
        first in prop::collection::vec(any::<Seed>(), 15),
        second in prop::collection::vec(any::<Seed>(), 15),
        deeds in prop::collection::vec(deed(), 1..60),
    ) {
        let contents = [linked(&random::files(&first)), linked(&random::files(&second))];
        talk(&contents, deeds, true)?;
    }
}
