//! What is understood as an answer, and what is said to anything else.

use crate::engine::fixture::Chat;
use crate::engine::types::Input;
use crate::model::{Lang, MediaKind, Value};

#[test]
fn the_language_can_be_typed() {
    for (typed, lang) in [
        ("arabic", "ar"),
        ("عربي", "ar"),
        ("deutsch", "de"),
        ("2", "en"),
        ("٣", "ar"),
        ("EN", "en"),
    ] {
        let mut chat = Chat::new();
        chat.input(Input::Start { payload: None });
        chat.say(typed);
        assert_eq!(chat.state.lang, Some(Lang::new(lang)), "{typed}");
    }
}

#[test]
fn choices_are_understood_in_many_ways() {
    for answer in [
        "2",
        "٢",
        "zwei",
        "Duldung (rot)",
        "duldung",
        "Dulding",
        "toleration",
        "Duldung (ROT)!",
    ] {
        let mut chat = Chat::within("work");
        assert_eq!(chat.say(answer), ["work/months"], "{answer}");
        assert_eq!(chat.state.answers["paper"], Value::Choice("duldung".into()));
    }
    for wrong in [
        "4",
        "0",
        "papier",
        "ja",
        "🙂",
        "",
        "ich habe eine Duldung oder so",
    ] {
        let mut chat = Chat::within("work");
        assert_eq!(chat.say(wrong), ["work/paper.retry"], "{wrong}");
        assert_eq!(chat.last().text, "Bitte tippen Sie auf Ihr Papier.");
        assert_eq!(chat.last().choices.len(), 3);
    }
}

#[test]
fn after_enough_wrong_answers_it_goes_on() {
    let mut chat = Chat::within("work");
    assert_eq!(chat.say("?"), ["work/paper.retry"]);
    assert_eq!(chat.say("?"), ["work/where"]);
    assert_eq!(chat.state.at, None);
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(chat.say("700"), ["work/months.retry"]);
    assert_eq!(chat.last().text, "Zahl von 0 bis 600");
    assert_eq!(
        chat.say("2 Jahre"),
        ["work/months.retry"],
        "years are no months"
    );
    assert_eq!(chat.say("-2"), ["work/where"]);
}

#[test]
fn unknown_and_shared_postcodes() {
    let place = |typed: &str| {
        let mut chat = Chat::within("work");
        for answer in ["1", "5", "heute"] {
            chat.say(answer);
        }
        let said = chat.say(typed);
        (chat, said)
    };
    let (chat, said) = place("00001");
    assert_eq!(said, ["system:postcode-unknown", "work/note"]);
    assert_eq!(
        chat.state.answers["place"],
        Value::Place {
            postcode: "00001".into(),
            kreis: None
        }
    );

    for (answer, kreis) in [
        ("2", "14627"),
        ("Stadt Dresden", "14612"),
        ("landkreis meissen", "14627"),
    ] {
        let (mut chat, said) = place("٠١٤٤٥");
        assert_eq!(said, ["system:place-which"]);
        assert_eq!(chat.say(answer), ["work/note"], "{answer}");
        let want = Value::Place {
            postcode: "01445".into(),
            kreis: Some(kreis.into()),
        };
        assert_eq!(chat.state.answers["place"], want);
    }

    let (mut chat, _) = place("01445");
    assert_eq!(chat.say("dort"), ["system:place-which.retry"]);
    assert_eq!(chat.say("dort"), ["system:place-which.retry"]);
    assert_eq!(chat.say("dort"), ["work/note"], "not asked for ever");
    let (mut chat, _) = place("01445");
    assert_eq!(chat.say("zurück"), ["work/place"]);
    let (mut chat, _) = place("1445");
    assert_eq!(chat.last().key, "work/place.retry");
    assert_eq!(chat.say("?"), ["work/note"]);
}

#[test]
fn long_texts_are_cut_and_the_person_is_told() {
    let mut chat = Chat::within("work");
    for answer in ["1", "5", "heute", "34497"] {
        chat.say(answer);
    }
    assert_eq!(chat.say("  "), ["work/note.retry"]);
    assert_eq!(
        chat.say(&"👍🏽".repeat(2001))[..2],
        ["system:too-long", "work/wage"]
    );
    assert_eq!(chat.state.answers["note"], Value::Text("👍🏽".repeat(2000)));
}

#[test]
fn a_second_press_is_silent_and_an_old_button_leads_to_the_question() {
    let mut chat = Chat::within("work");
    let pressed = chat.token("duldung");
    let other = chat.token("permit");
    assert_eq!(chat.input(Input::Tap(pressed.clone())), ["work/months"]);
    let before = chat.state.clone();
    assert!(chat.input(Input::Tap(pressed.clone())).is_empty());
    assert_eq!(chat.state, before);
    assert_eq!(
        chat.input(Input::Tap(other)),
        ["system:stale-button", "work/months"]
    );
    assert_eq!(chat.state.answers["paper"], Value::Choice("duldung".into()));
    assert_eq!(
        chat.input(Input::Tap(pressed)),
        ["system:stale-button", "work/months"]
    );
    for garbage in ["", "x", "1", "99999999999.permit", "2.", ".permit", "\u{0}"] {
        assert_eq!(
            chat.input(Input::Tap(garbage.into())),
            ["system:stale-button", "work/months"]
        );
    }
}

#[test]
fn the_same_button_a_minute_later_is_no_second_press() {
    let mut chat = Chat::within("work");
    let pressed = chat.token("duldung");
    chat.tap("duldung");
    chat.env.now = chat.env.now.plus_seconds(61);
    assert_eq!(
        chat.input(Input::Tap(pressed)),
        ["system:stale-button", "work/months"]
    );
}

#[test]
fn buttons_of_a_question_asked_again_work_all() {
    let mut chat = Chat::within("work");
    let first = chat.token("duldung");
    chat.say("?");
    assert_eq!(chat.input(Input::Tap(first)), ["work/months"]);
}

#[test]
fn a_button_without_a_question_leads_to_the_menu() {
    let mut chat = Chat::within("work");
    let old = chat.token("permit");
    chat.tap("unknown");
    assert_eq!(chat.state.at, None);
    assert_eq!(
        chat.input(Input::Tap(old)),
        ["system:stale-button", "menu/choose"]
    );
}

#[test]
fn free_text_without_a_question_is_answered_and_then_leads_to_a_human() {
    let mut chat = Chat::within("work");
    chat.tap("unknown");
    assert_eq!(chat.say("und jetzt?"), ["system:fallback"]);
    assert_eq!(chat.say("hä"), ["system:fallback-human"]);
    assert_eq!(chat.say("hä"), ["system:fallback-human"]);
    assert_eq!(chat.say("nein"), ["menu/choose"]);
    assert_eq!(chat.state.failed_turns, 0);
    chat.enter("work");
    chat.tap("unknown");
    assert_eq!(chat.say("und jetzt?"), ["system:fallback"]);
    assert_eq!(chat.tap("human"), ["system:handoff-consent"]);
}

#[test]
fn media_and_edits_get_an_answer_and_the_question_stays() {
    let mut chat = Chat::within("work");
    assert_eq!(
        chat.input(Input::Media(MediaKind::Photo)),
        ["system:unsupported-photo", "work/paper"]
    );
    assert_eq!(chat.input(Input::Edited), ["system:edited-message"]);
    assert_eq!(chat.tap_after_media(), ["work/months"]);
    assert_eq!(
        Chat::new().input(Input::Media(MediaKind::Photo)),
        ["system:unsupported-photo", "welcome/language"]
    );
    assert_eq!(Chat::new().input(Input::Edited), ["welcome/language"]);
}

impl Chat {
    fn tap_after_media(&mut self) -> Vec<String> {
        let token = format!("{}.duldung", self.state.revision);
        self.input(Input::Tap(token))
    }
}
