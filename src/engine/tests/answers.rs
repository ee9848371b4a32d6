//! What is understood as an answer, and what is said to anything else.

use crate::content::MemorySource;
use crate::engine::fixture::{Chat, linked, source};
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
        chat.say("2 Wochen"),
        ["work/months.retry"],
        "weeks are no months"
    );
    assert_eq!(chat.say("-2"), ["work/where"]);
}

#[test]
fn years_are_counted_in_months_and_said_so() {
    for (said, months) in [("2 Jahre", 24), ("anderthalb Jahre", 18), ("سنتين", 24)] {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        let keys = chat.say(said);
        assert_eq!(keys[0], "system:counted-months", "{said}");
        assert_eq!(
            chat.state.answers["months"],
            Value::Number(months),
            "{said}"
        );
    }
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(
        chat.say("60 Jahre"),
        ["work/months.retry"],
        "720 are too many"
    );
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

#[test]
fn labels_of_other_scripts_are_understood_by_ear() {
    let mut chat = Chat::within("wishes");
    let source = files_with_arabic_labels(&["مساعدة في العمل", "المدرسة", "السكن"]);
    chat.content = linked(&source);
    chat.speaks("ar");
    assert_eq!(chat.say("madrasa"), ["wishes/topics.more"]);
    assert_eq!(chat.say("el sakan"), ["wishes/topics.retry"]);
    assert_eq!(chat.say("sakan"), ["wishes/topics.more"]);
    let chosen = vec!["school".to_owned(), "flat".to_owned()];
    assert_eq!(chat.state.answers["topics"], Value::Choices(chosen));
    // Somebody who reads German means a German word.
    chat.speaks("de");
    assert_eq!(chat.say("madrasa"), ["wishes/topics.retry"]);
}

#[test]
fn two_labels_that_sound_alike_are_none() {
    let mut chat = Chat::within("wishes");
    let source = files_with_arabic_labels(&["كتاب", "كاتب", "السكن"]);
    chat.content = linked(&source);
    chat.speaks("ar");
    assert_eq!(chat.say("kitab"), ["wishes/topics.retry"]);
}

/// The fixture with other labels of `wishes/topics` in Arabic.
fn files_with_arabic_labels(labels: &[&str; 3]) -> MemorySource {
    let source = source();
    let words = &source.0["locales/ar/wishes.ftl"];
    let words = words
        .replace("Arbeit und Beruf", labels[0])
        .replace(".school = Schule", &format!(".school = {}", labels[1]))
        .replace("Wohnung", labels[2]);
    source.with("locales/ar/wishes.ftl", &words)
}

#[test]
fn buttons_of_older_messages_add_and_never_take_back() {
    let mut chat = Chat::within("wishes");
    let (work, flat) = (chat.token("work"), chat.token("flat"));
    chat.input(Input::Tap(work.clone()));
    chat.input(Input::Tap(flat));
    // Once more on the first message, long after: it still says "add".
    chat.env.now = chat.env.now.plus_seconds(600);
    assert_eq!(chat.input(Input::Tap(work)), ["wishes/topics.more"]);
    let chosen = |ids: &[&str]| Value::Choices(ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(chat.state.answers["topics"], chosen(&["work", "flat"]));
    let take_back = chat.token("work");
    chat.input(Input::Tap(take_back.clone()));
    chat.input(Input::Tap(take_back));
    assert_eq!(chat.state.answers["topics"], chosen(&["flat"]));
    assert_eq!(chat.say("Fertig"), ["wishes/contact"]);
}

#[test]
fn several_things_are_named_in_one_text() {
    for (typed, ids) in [
        ("1, 3", &["work", "flat"][..]),
        ("1 und 3", &["work", "flat"]),
        ("٣ و ١", &["work", "flat"]),
        ("Schule und Wohnug", &["school", "flat"]),
        ("Arbeit und Beruf, Wohnung", &["work", "flat"]),
        ("schule; schule; 3", &["school", "flat"]),
    ] {
        let mut chat = Chat::within("wishes");
        assert_eq!(chat.say(typed), ["wishes/contact"], "{typed}");
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(chat.state.answers["topics"], Value::Choices(ids), "{typed}");
    }
    for typed in ["1, 7", "Schule und Bildung", "1-3", "keine"] {
        let mut chat = Chat::within("wishes");
        assert_eq!(chat.say(typed), ["wishes/topics.retry"], "{typed}");
        assert!(chat.state.answers.is_empty(), "{typed}");
    }
}

#[test]
fn picks_are_kept_when_somebody_goes_away_in_the_middle() {
    let mut chat = Chat::within("wishes");
    chat.tap("school");
    assert_eq!(chat.say("Mensch"), ["system:handoff-consent-plain"]);
    chat.say("zurück");
    assert_eq!(chat.last().key, "wishes/topics");
    let labels: Vec<&str> = chat.last().choices.iter().map(|c| &*c.label).collect();
    assert_eq!(
        labels,
        ["Arbeit und Beruf", "✓ Schule", "Wohnung", "Fertig"]
    );
}

#[test]
fn a_contact_card_is_an_answer_only_where_it_is_asked_for() {
    let card = || Input::Contact("+4915123456789".into());
    let mut chat = Chat::within("work");
    assert_eq!(
        chat.input(card()),
        ["system:unsupported-contact", "work/paper"]
    );
    let mut chat = Chat::within("wishes");
    chat.say("1, 2");
    assert_eq!(chat.input(card()), ["wishes/busy"]);
    let number = Value::Contact("+4915123456789".into());
    assert_eq!(chat.state.answers["contact"], number);
    assert_eq!(chat.input(card()), ["system:unsupported-contact"]);
}

#[test]
fn a_date_of_another_calendar_is_asked_about() {
    let mut chat = Chat::within("work");
    chat.say("1");
    chat.say("5");
    assert_eq!(chat.say("1405/8/30"), ["system:date-confirm"]);
    assert!(!chat.state.answers.contains_key("letter"));
    // The answer to the confirmation may as well be the date in another form.
    assert_eq!(chat.say("20.11.2026"), ["work/place"]);
    let mut chat = Chat::within("work");
    chat.say("1");
    chat.say("5");
    for (typed, said) in [
        ("1405/8/30", "system:date-confirm"),
        ("nein", "work/letter.retry"),
        ("1405/8/30", "system:date-confirm"),
        // The second wrong answer: `retry.times` is 1.
        ("👎", "work/place"),
    ] {
        assert_eq!(chat.say(typed), [said], "{typed}");
    }
    assert!(!chat.state.answers.contains_key("letter"));
}
