//! What a person is told once, whichever way they came.

use crate::engine::fixture::Chat;
use crate::engine::types::Input;

const NOTE: &str = "system:machine-translation-note";

#[test]
fn who_goes_past_the_first_flow_is_told_before_the_first_question_and_once() {
    let mut chat = Chat::with_notice("en");
    let consent = "system:handoff-consent-plain";
    assert_eq!(chat.say("human"), [NOTE, "welcome/notice", consent]);
    assert_eq!(chat.say("hm"), ["system:handoff-consent-plain.retry"]);
    chat.tap("no");
    assert_eq!(chat.say("human"), [consent]);
    // Whoever comes by the first flow hears it there, but no second note on machines.
    chat.say("/start");
    assert_eq!(chat.tap("en"), ["welcome/notice", "menu/choose"]);
}

#[test]
fn who_comes_by_the_first_flow_is_told_once() {
    let mut chat = Chat::with_notice("en");
    assert_eq!(chat.say("hello"), ["welcome/language"]);
    assert_eq!(chat.tap("en"), [NOTE, "welcome/notice", "menu/choose"]);
    assert_eq!(chat.say("human"), ["system:handoff-consent-plain"]);
}

#[test]
fn who_asks_for_the_language_first_is_told_in_it() {
    let mut chat = Chat::with_notice("en");
    let language = "welcome".to_owned();
    let menu = "menu".to_owned();
    // Another flow that asks for the language.
    let mut flow = chat.content.flows[&language].clone();
    flow.id = "tongue".to_owned();
    let step = flow.steps.get_mut("language").unwrap();
    step.next = crate::content::Next::Goto(crate::content::Target::Flow(menu));
    chat.content.flows.insert("tongue".to_owned(), flow);
    let commands = &mut chat.content.settings.commands;
    commands.insert(crate::content::Command::Language, "tongue".to_owned());
    chat.say("language");
    assert_eq!(chat.messages().count(), 1, "nothing before the question");
    assert_eq!(chat.tap("de"), ["welcome/notice", "menu/choose"]);
}

#[test]
fn nothing_stands_between_somebody_in_danger_and_help() {
    let mut chat = Chat::with_notice("de");
    let said = chat.say_about("alarm violence", "er schlägt mich");
    assert_eq!(said[0], "system:numbers-violence");
    assert!(!said.contains(&"welcome/notice".to_owned()), "{said:?}");
    chat.tap("no");
    let said = chat.say("human");
    assert_eq!(said[0], "welcome/notice", "later it is told");
}

#[test]
fn conversations_of_before_are_not_told_anew() {
    let mut chat = Chat::with_notice("de");
    chat.state.content = "of before".to_owned();
    chat.state.heard_at = Some(chat.env.now);
    assert_eq!(chat.say("human"), ["system:handoff-consent-plain"]);
    chat.input(Input::Start { payload: None });
    assert_eq!(chat.tap("de"), ["welcome/notice", "menu/choose"]);
}
