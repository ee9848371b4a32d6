//! Going on where a flow was left, and the switch of language in the middle of one.

use crate::content::{Next, Step, StepKind, Target};
use crate::engine::fixture::Chat;
use crate::engine::types::{Input, Pending};
use crate::model::{Lang, Value};

/// Somebody who is asked for months, after one answer.
fn in_the_middle() -> Chat {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    chat
}

#[test]
fn on_the_way_back_to_the_menu_it_is_offered_to_go_on() {
    let mut chat = in_the_middle();
    chat.say("Mensch");
    assert_eq!(chat.tap("no"), ["system:handoff-declined"]);
    assert_eq!(chat.say("menu"), ["system:resume-offer"]);
    assert_eq!(chat.tap("yes"), ["work/months"]);
    assert_eq!(chat.state.answers["paper"], Value::Choice("duldung".into()));
    assert_eq!(chat.say("5"), ["work/letter"]);
}

#[test]
fn back_works_across_it() {
    let mut chat = in_the_middle();
    chat.say("Mensch");
    chat.tap("no");
    chat.say("menu");
    chat.tap("yes");
    assert_eq!(chat.say("zurück"), ["work/paper"]);
    let mut chat = in_the_middle();
    chat.say("Mensch");
    chat.tap("no");
    chat.say("menu");
    assert_eq!(
        chat.say("zurück"),
        ["work/months"],
        "instead of an answer to the offer"
    );
}

#[test]
fn who_asks_for_the_menu_sees_the_menu() {
    let mut chat = in_the_middle();
    assert_eq!(chat.say("menu"), ["menu/choose"]);
    assert_eq!(
        chat.say("menu"),
        ["system:resume-offer"],
        "later it is offered"
    );
    assert_eq!(
        chat.say("menu"),
        ["menu/choose"],
        "the word is an answer to the offer"
    );
    assert_eq!(chat.say("menu"), ["menu/choose"], "and settles it");
    let mut chat = in_the_middle();
    chat.say("menu");
    chat.say("menu");
    assert_eq!(chat.tap("menu"), ["menu/choose"]);
    assert_eq!(chat.state.left, None);
}

#[test]
fn who_was_at_the_first_question_of_a_flow_has_nothing_to_go_on_with() {
    let mut chat = Chat::within("work");
    chat.say("menu");
    assert_eq!(chat.say("menu"), ["menu/choose"]);
}

#[test]
fn a_flow_that_is_begun_anew_is_not_offered() {
    let mut chat = in_the_middle();
    chat.say("menu");
    chat.enter("work");
    assert_eq!(chat.state.left, None);
}

#[test]
fn sub_flows_are_gone_on_with_and_come_back() {
    let mut chat = Chat::within("work");
    for answer in ["2", "5", "heute", "34497", "Frage"] {
        chat.say(answer);
    }
    assert_eq!(chat.last().key, "common/offer/offer");
    chat.enter("danger");
    chat.tap("no");
    chat.say("menu");
    assert_eq!(chat.tap("yes"), ["common/offer/offer"]);
    assert_eq!(chat.tap("no"), ["common/offer/later", "work/thanks"]);
}

#[test]
fn after_a_case_it_is_offered_to_go_on() {
    let mut chat = in_the_middle();
    chat.say("Mensch");
    chat.tap("yes");
    assert_eq!(
        chat.input(Input::CaseClosed),
        ["system:case-closed", "system:resume-offer"]
    );
    assert_eq!(chat.tap("yes"), ["work/months"]);
}

#[test]
fn after_a_pause_words_that_are_no_answer_are_a_greeting() {
    let mut chat = in_the_middle();
    chat.wait("3d");
    assert_eq!(chat.say("hallo"), ["system:resume-offer"]);
    assert_eq!(chat.tap("yes"), ["work/months"]);
    assert_eq!(
        chat.say("hallo"),
        ["work/months.retry"],
        "no pause any more"
    );
    chat.wait("3d");
    assert_eq!(chat.say("5"), ["work/letter"], "an answer is an answer");
    chat.wait("11h");
    assert_eq!(
        chat.say("hallo"),
        ["work/letter.retry"],
        "a short pause is none"
    );
    // The menu is no question to go on with.
    let mut chat = Chat::at_menu();
    chat.wait("3d");
    assert_eq!(chat.say("hallo"), ["menu/choose.retry"]);
}

#[test]
fn words_that_are_no_answer_to_the_offer_do_not_trap() {
    let mut chat = in_the_middle();
    chat.wait("3d");
    chat.say("hallo");
    assert_eq!(chat.say("wer ist da"), ["system:fallback"]);
    assert_eq!(chat.say("was"), ["system:fallback-human"]);
    assert_eq!(chat.tap("menu"), ["system:resume-offer"], "still there");
}

#[test]
fn what_was_left_and_is_gone_is_not_offered() {
    let mut chat = in_the_middle();
    chat.say("menu");
    chat.content.flows.remove("work");
    assert_eq!(chat.say("menu"), ["menu/choose"]);
    // It went away between the offer and the answer.
    let mut chat = in_the_middle();
    chat.say("menu");
    chat.say("menu");
    chat.content.flows.remove("work");
    assert_eq!(chat.tap("yes"), ["system:flow-gone"]);
}

#[test]
fn a_switch_of_language_keeps_the_step_and_asks_again_in_the_new_language() {
    let mut chat = in_the_middle();
    assert_eq!(chat.say("Sprache"), ["welcome/language"]);
    assert_eq!(
        chat.tap("ar"),
        ["system:machine-translation-note", "work/months"]
    );
    assert_eq!(chat.last().lang, Lang::new("ar"));
    assert_eq!(chat.say("zurück").last().unwrap(), "work/paper");
    assert_eq!(chat.say("2").last().unwrap(), "work/months");
    assert_eq!(chat.say("٥"), ["work/letter"]);
}

#[test]
fn a_switch_of_language_keeps_built_in_questions_too() {
    let mut chat = in_the_middle();
    chat.say("Mensch");
    let german = chat.last().text.clone();
    chat.content = {
        let mut files = crate::engine::fixture::source();
        let words = files.0.get_mut("locales/en/fields.ftl").unwrap();
        *words = words.replace("paper = Papier", "paper = Document");
        crate::engine::fixture::linked(&files)
    };
    chat.say("Sprache");
    assert_eq!(chat.tap("en").last().unwrap(), "system:handoff-consent");
    assert!(
        chat.last().text.contains("Document: Duldung"),
        "{}",
        chat.last().text
    );
    assert!(!german.contains("Document"));
    let Some(Pending::Consent { handoff, .. }) = &chat.state.pending else {
        panic!("consent is no longer asked for")
    };
    assert!(
        handoff.summary.contains("Document"),
        "what is passed on is what was shown"
    );
    // In the menu it is the menu that is asked again.
    let mut chat = Chat::at_menu();
    chat.say("Sprache");
    assert_eq!(chat.tap("en").last().unwrap(), "menu/choose");
}

#[test]
fn a_question_without_words_in_the_new_language_comes_wholly_in_another_with_a_notice() {
    let mut chat = Chat::within("work");
    chat.say("Sprache");
    assert_eq!(chat.tap("ar"), ["system:language-missing", "work/paper"]);
    assert_eq!(chat.last().lang, Lang::new("en"));
    assert!(chat.last().choices.iter().all(|c| !c.label.is_empty()));
}

#[test]
fn fifty_steps_without_a_question_are_allowed_and_no_more() {
    let walked = |says: usize| {
        let mut chat = Chat::at_menu();
        let flow = chat.content.flows.get_mut("work").unwrap();
        let ask = flow.steps["paper"].clone();
        flow.steps.clear();
        for n in 0..says {
            let id = format!("s{n}");
            let next = Next::Goto(Target::Step(format!("s{}", n + 1)));
            let kind = StepKind::Branch;
            flow.steps.insert(id.clone(), Step { id, kind, next });
        }
        let id = format!("s{says}");
        flow.steps.insert(id.clone(), Step { id, ..ask });
        flow.start = "s0".into();
        chat.enter("work")
    };
    let asked = walked(49);
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("work/"), "{asked:?}");
    assert_eq!(
        walked(50),
        ["alarm", "system:sorry", "system:fallback-human"]
    );
}

#[test]
fn a_loop_does_not_flood() {
    let mut chat = Chat::at_menu();
    let flow = chat.content.flows.get_mut("work").unwrap();
    flow.steps.get_mut("where").unwrap().next = Next::Goto(Target::Step("where".into()));
    chat.enter("work");
    assert_eq!(
        chat.tap("unknown"),
        [
            "work/where",
            "alarm",
            "system:sorry",
            "system:fallback-human"
        ]
    );
    assert_eq!(chat.tap("yes"), ["system:handoff-consent"]);
}
