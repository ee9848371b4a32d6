//! Golden sessions: whole conversations with the fixture, every turn with its input, its effects and the state after it, as
//! files in `tests/golden`. What the engine does cannot change without a changed file.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test golden`, and read the difference.

use super::fixture::Chat;
use super::sample;
use super::types::{Effect, FlowState, Input, Pending};
use crate::content::{Action, AskKind, StepKind};
use crate::model::{Attached, AttachmentId, AttachmentKind, MediaKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A session: its name, and what the person does. `tap x` presses the button `x` of the turn before, `press t` sends the
/// token `t`; what else stands in brackets is named in [`play`]; everything else is typed.
const SESSIONS: [(&str, &[&str]); 22] = [
    (
        "first_contact",
        &["(start poster)", "tap ar", "tap human", "tap no"],
    ),
    (
        "human_first_device_ar",
        &["(device ar-SY) إنسان", "(device none) tap no", "(closed)"],
    ),
    (
        "human_first_is_told",
        &["human", "tap no", "/start", "tap en", "tap human"],
    ),
    (
        "from_question_to_hand_off",
        &[
            "(enter work)",
            "tap duldung",
            "5",
            "gestern",
            "34497",
            "Ich suche Arbeit",
            "tap yes",
            "tap yes",
            "(closed)",
        ],
    ),
    (
        "wrong_answers",
        &[
            "(enter work)",
            "hä",
            "tap permit",
            "viele",
            "5",
            "bald",
            "heute",
            "hier",
            "34497",
            "…",
            "🙂",
            "x",
            "hä",
            "hä",
        ],
    ),
    (
        "postcode_of_two_kreise",
        &[
            "(enter work)",
            "1",
            "5",
            "heute",
            "01445",
            "dort",
            "tap 14627",
        ],
    ),
    (
        "postcode_beside_another_place",
        &[
            "(enter work)",
            "1",
            "5",
            "heute",
            "34497 Dresden",
            "nein",
            "34497 Dresden",
            "zurück",
            "34497 Dresden",
            "34497 Dresden!",
        ],
    ),
    (
        "date_of_another_calendar",
        &[
            "(enter work)",
            "1",
            "5",
            "۱۴۰۵/۰۸/۳۰",
            "nein",
            "1405/8/29",
            "30 Aban 1405",
            "zurück",
            "1405/8/30",
            "tap yes",
        ],
    ),
    (
        "danger",
        &[
            "(enter work)",
            "tap duldung",
            "(enter danger)",
            "mir ist kalt",
            "tap without",
        ],
    ),
    (
        "consent_refused",
        &["(enter work)", "tap duldung", "Mensch", "nein"],
    ),
    (
        "stop_and_again",
        &["(enter work)", "stopp", "(closed)", "hallo"],
    ),
    (
        "data_and_delete",
        &[
            "(enter work)",
            "tap duldung",
            "meine Daten",
            "löschen",
            "tap no",
            "löschen",
            "tap yes",
            "hallo",
        ],
    ),
    (
        "not_understood",
        &["(enter work)", "tap unknown", "was?", "wie?", "tap yes"],
    ),
    (
        "buttons_media_and_back",
        &[
            "(enter work)",
            "tap duldung",
            "press 3.duldung",
            "press 3.permit",
            "press 9.x",
            "(photo)",
            "(edited)",
            "zurück",
            "(gone)",
            "tap menu",
        ],
    ),
    (
        "several_and_contact",
        &[
            "(enter wishes)",
            "hä",
            "tap work",
            "tap flat",
            "tap school",
            "tap flat",
            "tap done",
            "irgendwo",
            "(card 0151 23456789)",
            "(enter wishes)",
            "tap work",
            "3 und Schule",
            "anna@example.org",
            "tap yes",
        ],
    ),
    (
        "photos_of_a_letter",
        &[
            "(enter letter)",
            "Hier steht alles",
            "(keep photo)",
            "(keep photo 11000000)",
            "Andere",
            "(keep photo)",
            "tap done",
            "(keep photo)",
            "(keep file)",
            "(lost)",
            "tap done",
            "zurück",
            "tap done",
            "tap yes",
            "(enter letter)",
            "tap again",
            "(photo)",
            "tap skip",
        ],
    ),
    (
        "albums",
        &[
            "(album photo photo)",
            "(enter letter)",
            "(album voice file)",
            "(album photo large voice)",
            "(album large large)",
            "(album photo photo photo photo photo photo)",
        ],
    ),
    ("loop", &["(looping)", "(enter work)"]),
    (
        "reminders",
        &[
            "(enter later)",
            "tap duldung",
            "tap yes",
            "24.12.2026",
            "vielleicht",
            "ja",
            "meine Daten",
            "(wait 14d)",
            "5",
            "(enter later)",
            "tap permit",
            "24.12.2026",
            "keine Erinnerung",
            "(wait 30d)",
        ],
    ),
    (
        "services",
        &[
            "(enter later)",
            "tap unknown",
            "(postcode)",
            "(enter later)",
            "tap unknown",
        ],
    ),
    (
        "resumed",
        &[
            "(enter work)",
            "tap duldung",
            "Sprache",
            "tap en",
            "menu",
            "Mensch",
            "tap no",
            "menu",
            "ja",
            "(wait 3d)",
            "hallo",
            "tap menu",
        ],
    ),
    (
        "triage",
        &[
            "(enter work)",
            "tap duldung",
            "(judged topics letter=0.7) Post vom Amt",
            "tap other",
            "(judged check dismissal) morgen nicht mehr kommen?",
            "tap no",
            "(judged alarm violence ar) er schlägt mich",
            "tap yes",
            "(late alarm violence) er schlägt mich",
        ],
    ),
];

/// One of several that come together.
fn album_sample(state: &FlowState, kind: AttachmentKind, n: u128) -> Attached {
    let one = sample(state, kind);
    let id = AttachmentId(uuid::Uuid::from_u128(one.id.0.as_u128() + n));
    Attached { id, ..one }
}

/// Plays one line of a session and tells the input.
fn play(chat: &mut Chat, line: &str) -> Value {
    let input = match line.split_once(' ').unwrap_or((line, "")) {
        ("tap", id) => Input::Tap(chat.token(id)),
        ("press", token) => Input::Tap(token.to_owned()),
        ("(start", payload) => Input::Start {
            payload: Some(payload.trim_end_matches(')').to_owned()),
        },
        ("(card", number) => Input::Contact(number.trim_end_matches(')').to_owned()),
        ("(photo)", _) => Input::Media(MediaKind::Photo),
        ("(keep", what) => {
            let what = what.trim_end_matches(')');
            let (kind, size) = what.split_once(' ').unwrap_or((what, ""));
            let kind = AttachmentKind::parse(kind).unwrap();
            Input::Attachment(Attached {
                size: size.parse().ok(),
                ..sample(&chat.state, kind)
            })
        }
        ("(album", what) => {
            let mut sent = Vec::new();
            let mut other = None;
            for (n, word) in (0..).zip(what.trim_end_matches(')').split(' ')) {
                if word == "voice" {
                    other = Some(MediaKind::Voice);
                    continue;
                }
                let kind = AttachmentKind::parse(word).unwrap_or(AttachmentKind::Photo);
                let size = (word == "large").then_some(11_000_000);
                let one = album_sample(&chat.state, kind, n);
                sent.push(Attached { size, ..one });
            }
            Input::Album { sent, other }
        }
        ("(lost)", _) => {
            let first = chat.state.answers.values().find_map(|value| match value {
                crate::model::Value::Media(sent) => sent.first(),
                _ => None,
            });
            Input::Lost(first.unwrap().id)
        }
        ("(judged", said) => {
            let (judged, text) = said.split_once(") ").unwrap();
            chat.say_about(judged, text);
            return json!(line);
        }
        ("(late", said) => {
            let (judged, text) = said.split_once(") ").unwrap();
            chat.about(judged, Input::Judged(text.to_owned()));
            return json!(line);
        }
        ("(edited)", _) => Input::Edited,
        // From now on the device names this language, or `none`.
        ("(device", said) => {
            let (tag, rest) = said.split_once(") ").unwrap();
            chat.env.device_language = (tag != "none").then(|| tag.to_owned());
            return play(chat, rest);
        }
        ("(closed)", _) => Input::CaseClosed,
        ("(postcode)", _) => {
            let place = crate::model::Value::Place {
                postcode: "34497".into(),
                kreis: Some("06635".into()),
            };
            chat.state.answers.insert("place".into(), place);
            Input::Text("menu".into())
        }
        ("(wait", lapse) => {
            chat.effects.clear();
            chat.wait(lapse.trim_end_matches(')'));
            return json!(line);
        }
        ("(enter", flow) => {
            chat.enter(flow.trim_end_matches(')'));
            return json!(line);
        }
        // The content changes: the question that waits is gone.
        ("(gone)", _) => {
            let at = chat.state.at.clone().unwrap();
            chat.content
                .flows
                .get_mut(&at.flow)
                .unwrap()
                .steps
                .shift_remove(&at.step);
            chat.content.hash = "edited".into();
            Input::Text("was nun?".into())
        }
        ("(looping)", _) => {
            let work = chat.content.flows.get_mut("work").unwrap();
            work.steps.get_mut("paper").unwrap().kind = StepKind::Call("work".into());
            Input::Text("menu".into())
        }
        _ => Input::Text(line.to_owned()),
    };
    let told = serde_json::to_value(&input).unwrap();
    chat.input(input);
    told
}

fn state(chat: &Chat) -> Value {
    let mut state = serde_json::to_value(&chat.state).unwrap();
    // The fixture's hash would change every file with every change of the fixture.
    if let Some(fields) = state.as_object_mut() {
        fields.remove("content");
        fields.remove("heard_at");
    }
    state
}

fn beginning(session: &str) -> Chat {
    match session {
        "first_contact" | "human_first_device_ar" => Chat::new(),
        "human_first_is_told" => Chat::with_notice("en"),
        _ => Chat::at_menu(),
    }
}

#[test]
fn golden_sessions() {
    for (name, lines) in SESSIONS {
        let mut chat = beginning(name);
        let mut turns = vec![json!({ "state": state(&chat) })];
        for line in lines {
            let input = play(&mut chat, line);
            turns.push(json!({ "input": input, "effects": chat.effects, "state": state(&chat) }));
        }
        insta::with_settings!({
            snapshot_path => "../../tests/golden",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_json_snapshot!(name, turns);
        });
    }
}

/// Every variant of these has a name here; a new one does not compile before it has one too.
fn step_name(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Ask(ask) => match &ask.kind {
            AskKind::Choice(_) => "ask choice",
            AskKind::Choices { .. } => "ask choices",
            AskKind::Number { .. } => "ask number",
            AskKind::Date => "ask date",
            AskKind::Postcode => "ask postcode",
            AskKind::Text => "ask text",
            AskKind::Contact => "ask contact",
            AskKind::Media { .. } => "ask media",
            AskKind::Language => "ask language",
        },
        StepKind::Say {
            remind: Some(_), ..
        } => "say and remind",
        StepKind::Say { .. } => "say",
        StepKind::Refer(_) => "refer",
        StepKind::Call(_) => "call",
        StepKind::Handoff(_) => "handoff",
        StepKind::Set(_) => "set",
        StepKind::Do(Action::Stop) => "do stop",
        StepKind::Do(Action::Delete) => "do delete",
        StepKind::Do(Action::ShowData) => "do show_data",
        StepKind::Branch => "branch",
    }
}

const STEPS: [&str; 19] = [
    "ask choice",
    "ask choices",
    "ask number",
    "ask date",
    "ask postcode",
    "ask text",
    "ask contact",
    "ask media",
    "ask language",
    "say",
    "say and remind",
    "refer",
    "call",
    "handoff",
    "set",
    "do stop",
    "do delete",
    "do show_data",
    "branch",
];

fn pending_name(pending: &Pending) -> &'static str {
    match pending {
        Pending::Consent { .. } => "consent",
        Pending::Delete { .. } => "delete",
        Pending::Place { .. } => "place",
        Pending::Date { .. } => "date",
        Pending::Postcode { .. } => "postcode",
        Pending::Remind { .. } => "remind",
        Pending::Check { .. } => "check",
        Pending::Topics { .. } => "topics",
        Pending::Resume => "resume",
        Pending::Offer { key } if key == "fallback" => "fallback",
        Pending::Offer { key } if key == "fallback-human" => "fallback-human",
        Pending::Offer { .. } => "flow-gone",
    }
}

const PENDING: [&str; 12] = [
    "check",
    "topics",
    "consent",
    "date",
    "delete",
    "place",
    "postcode",
    "remind",
    "resume",
    "fallback",
    "fallback-human",
    "flow-gone",
];

fn effect_name(effect: &Effect) -> &'static str {
    match effect {
        Effect::Say(_) => "say",
        Effect::HandOff {
            consented: true, ..
        } => "hand-off",
        Effect::HandOff {
            consented: false, ..
        } => "call",
        Effect::Consent { .. } => "consent",
        Effect::Keep(_) => "keep",
        Effect::Discard(_) => "discard",
        Effect::Schedule(_) => "schedule",
        Effect::Cancel(_) => "cancel",
        Effect::Stop => "stop",
        Effect::Delete => "delete",
        Effect::Alarm { .. } => "alarm",
    }
}

const EFFECTS: [&str; 11] = [
    "say", "hand-off", "call", "consent", "keep", "discard", "schedule", "cancel", "stop",
    "delete", "alarm",
];

#[test]
fn every_kind_of_step_and_question_has_a_golden_session() {
    let (mut steps, mut pending, mut effects) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (name, lines) in SESSIONS {
        let mut chat = beginning(name);
        for line in lines {
            play(&mut chat, line);
            pending.extend(chat.state.pending.as_ref().map(pending_name));
            effects.extend(chat.effects.iter().map(effect_name));
            for (flow, step) in &chat.reached {
                steps.extend(chat.content.step(flow, step).map(|s| step_name(&s.kind)));
            }
        }
    }
    assert_eq!(steps, STEPS.into());
    assert_eq!(pending, PENDING.into());
    assert_eq!(effects, EFFECTS.into());
}
