//! Texts that should have a human soon: what was chosen stays, and words and place are asked for.

use crate::engine::fixture::Chat;
use crate::engine::types::{Effect, HandOff, Input};
use crate::model::Level;

const FIRED: &str = "mir wurde gekündigt";

fn passed_on(chat: &Chat) -> &HandOff {
    let found = chat.effects.iter().find_map(|e| match e {
        Effect::HandOff { handoff, .. } => Some(handoff),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{:?}", chat.effects))
}

#[test]
fn a_flow_that_hands_off_anyway_is_gone_on_with_and_the_judgement_goes_along() {
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("permit");
    assert_eq!(chat.say_about("alarm dismissal", FIRED), ["human/where"]);
    assert_eq!(chat.say("34497"), ["system:handoff-consent"]);
    let summary = &chat.last().text;
    for shown in ["Aufenthaltserlaubnis", FIRED, "34497", "Kündigung"] {
        assert!(summary.contains(shown), "{shown}: {summary}");
    }
    chat.tap("yes");
    let given = passed_on(&chat);
    assert_eq!(given.share, ["paper", "note", "place"]);
    // That somebody wants a human says nothing; what the text says does.
    assert_eq!(
        (given.reason.as_str(), given.level),
        ("dismissal", Level::Urgent)
    );
    assert_eq!(given.also, None);
    assert_eq!(
        given.triage.as_ref().unwrap().class.as_deref(),
        Some("dismissal")
    );
    assert_eq!(chat.state.urged, None);
}

#[test]
fn the_reason_that_was_chosen_comes_first_and_the_more_pressing_level_counts() {
    let mut chat = Chat::with_questions();
    let urgent = chat.content.reasons["dismissal"].clone();
    let reasons = &mut chat.content.reasons;
    reasons.insert("unpaid".to_owned(), urgent);
    reasons.get_mut("dismissal").unwrap().level = Level::Soon;
    let mut detect = (*chat.content.detect).clone();
    let class = detect.classes["dismissal"].clone();
    let unpaid = crate::content::Class {
        reason: Some("unpaid".to_owned()),
        ..class
    };
    detect.classes.insert("unpaid".to_owned(), unpaid);
    chat.content.detect = std::sync::Arc::new(detect);
    chat.say("Mensch");
    chat.tap("duldung");
    chat.say_about("alarm unpaid", "kein Lohn");
    chat.say("34497");
    chat.tap("yes");
    let given = passed_on(&chat);
    assert_eq!(
        (given.reason.as_str(), given.level),
        ("dismissal", Level::Urgent)
    );
    assert_eq!(given.also.as_deref(), Some("unpaid"));
}

#[test]
fn outside_of_such_a_flow_the_place_is_asked_for_and_after_no_it_goes_on_there() {
    let mut chat = Chat::with_questions();
    chat.enter("wishes");
    chat.tap("work");
    chat.tap("done");
    assert_eq!(
        chat.say_about("alarm dismissal", FIRED),
        ["system:triage-urgent", "human/where"]
    );
    assert_eq!(chat.say("34497"), ["system:handoff-consent"]);
    assert!(chat.last().text.contains(FIRED));
    assert_eq!(
        chat.tap("no"),
        ["system:handoff-declined", "wishes/contact"]
    );
}

#[test]
fn what_was_chosen_another_time_does_not_go_along() {
    let mut chat = Chat::with_questions();
    chat.enter("work");
    chat.tap("duldung");
    chat.say_about("alarm dismissal", FIRED);
    chat.say("34497");
    chat.tap("yes");
    assert_eq!(passed_on(&chat).share, ["note", "place"]);
}

#[test]
fn who_has_said_where_they_live_is_not_asked_again() {
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("permit");
    chat.say("hallo");
    chat.say("34497");
    chat.tap("no");
    let said = chat.say_about("alarm dismissal", FIRED);
    assert_eq!(said, ["system:triage-urgent", "system:handoff-consent"]);
}

#[test]
fn a_second_text_is_added_to_the_first() {
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("duldung");
    chat.say("Ich habe eine Frage");
    let said = chat.say_about("alarm dismissal", FIRED);
    assert_eq!(said, ["system:triage-urgent", "human/where"]);
    chat.say("34497");
    let text = &chat.last().text;
    assert!(
        text.contains("Ich habe eine Frage") && text.contains(FIRED),
        "{text}"
    );
}

#[test]
fn what_was_looked_at_late_goes_along_without_a_word() {
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("permit");
    chat.say(FIRED);
    let late = || Input::Judged(FIRED.to_owned());
    assert_eq!(chat.about("alarm dismissal", late()), [""; 0]);
    chat.say("34497");
    chat.tap("yes");
    assert_eq!(passed_on(&chat).reason, "dismissal");
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("permit");
    chat.say(FIRED);
    chat.say("34497");
    let consent = chat.token("yes");
    assert_eq!(chat.about("alarm dismissal", late()), [""; 0]);
    chat.input(Input::Tap(consent));
    assert_eq!(passed_on(&chat).level, Level::Urgent);
}

#[test]
fn at_once_is_at_once() {
    let mut chat = Chat::with_questions();
    chat.say("Mensch");
    chat.tap("permit");
    let said = chat.say_about("alarm violence", "er schlägt mich");
    assert_eq!(said[0], "system:numbers-violence");
    assert_eq!(said.last().unwrap(), "system:handoff-consent");
}

#[test]
fn whoever_leaves_takes_no_judgement_along() {
    let mut chat = Chat::with_questions();
    chat.enter("work");
    chat.say_about("alarm dismissal", FIRED);
    assert!(chat.state.urged.is_some());
    chat.say("Menü");
    assert_eq!(chat.state.urged, None);
}
