//! What the engine does, seen from outside.

use super::fixture::{Chat, linked, source};
use super::types::{Effect, Input, Pending};
use crate::content::{Next, StepKind, Target};
use crate::model::{Lang, MediaKind, Value};

#[test]
fn the_first_message_starts_with_the_language_in_the_language_of_the_device() {
    for (device, lang) in [
        (Some("ar-SY"), "ar"),
        (Some("de-AT"), "de"),
        (Some("zh"), "en"),
        (None, "en"),
    ] {
        let mut chat = Chat::new();
        chat.env.device_language = device.map(str::to_owned);
        assert_eq!(chat.say("hallo"), ["welcome/language"]);
        assert_eq!(chat.last().lang, Lang::new(lang), "{device:?}");
        let labels: Vec<_> = chat
            .last()
            .choices
            .iter()
            .map(|c| c.label.as_str())
            .collect();
        assert_eq!(labels, ["Deutsch", "English", "العربية"]);
    }
}

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
fn a_language_of_the_machine_says_so_once() {
    let mut chat = Chat::new();
    chat.input(Input::Start { payload: None });
    assert_eq!(
        chat.tap("en"),
        ["system:machine-translation-note", "menu/choose"]
    );
    assert_eq!(chat.say("/menu"), ["menu/choose"]);
}

#[test]
fn start_asks_again_and_forgets_nothing_but_the_way() {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    let asked = chat.input(Input::Start {
        payload: Some("poster-7".into()),
    });
    assert_eq!(asked, ["welcome/language"]);
    assert_eq!(chat.state.campaign.as_deref(), Some("poster-7"));
    assert_eq!(chat.state.lang, Some(Lang::new("de")));
    assert_eq!(chat.state.answers.len(), 1);
    assert_eq!(chat.say("zurück"), ["system:back-none", "welcome/language"]);
    chat.say("/start <script>");
    assert_eq!(chat.state.campaign.as_deref(), Some("poster-7"));
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
fn a_flow_from_beginning_to_end() {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(chat.say("fünf Monate"), ["work/letter"]);
    assert_eq!(chat.say("gestern"), ["work/place"]);
    assert_eq!(chat.say("34497 Korbach"), ["work/note"]);
    assert_eq!(
        chat.say("Ich suche **Arbeit**\n- sofort"),
        ["work/wage", "common/offer/offer"]
    );
    let text = &chat.messages().next().unwrap().text;
    assert_eq!(
        text,
        "Mindestens 13,90 Euro.\n\nQuellen:\n- § 1 MiLoG, https://example.org/milog (1. November 2026)"
    );
    assert_eq!(chat.tap("yes"), ["system:handoff-consent"]);
    assert_eq!(
        chat.last().text,
        "Das geben wir weiter:\n\n- Papier: Duldung\n- Monate: 5\n- Brief vom: 20. November 2026\n- Wohnort: 34497 (Landkreis Waldeck-Frankenberg)\n- Anliegen: Ich suche Arbeit - sofort\n- Eilig: Ja\n\nGut so?"
    );
    assert_eq!(
        chat.tap("yes"),
        [
            "handoff true paper,months,letter,place,note,priority",
            "work/thanks"
        ]
    );
    assert_eq!(chat.state.at, None);
    assert_eq!(chat.state.stack, []);
}

#[test]
fn stale_facts_take_the_other_branch() {
    let mut chat = Chat::within("work");
    chat.env.now = chat.env.now.plus_seconds(300 * 86_400);
    for answer in ["1", "5", "12.3.2027", "34497"] {
        chat.say(answer);
    }
    assert_eq!(chat.say("Frage")[0], "work/early");
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
fn commands_work_everywhere_and_only_as_whole_messages() {
    for (word, first) in [
        ("Menü", "menu/choose"),
        ("القائمة", "menu/choose"),
        ("MENU!", "menu/choose"),
        ("/menu", "menu/choose"),
        ("/menu@lotse_bot", "menu/choose"),
        ("Mensch", "system:handoff-consent"),
        ("إنسان", "system:handoff-consent"),
        ("انسان", "system:handoff-consent"),
        ("stopp", "system:stopped"),
        ("/my_data", "system:my-data"),
        ("löschen", "system:delete-confirm"),
        ("Sprache", "welcome/language"),
        ("zurück", "work/paper"),
        ("ich will menü", "work/months.retry"),
    ] {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        assert_eq!(chat.say(word)[0], first, "{word}");
    }
    let mut chat = Chat::within("work");
    for answer in ["1", "5", "heute", "34497"] {
        chat.say(answer);
    }
    assert_eq!(
        chat.say("Mensch")[0],
        "system:handoff-consent",
        "also where free text is asked for"
    );
}

#[test]
fn back_leads_through_sub_flows_and_keeps_answers() {
    let mut chat = Chat::within("work");
    for answer in ["2", "5", "heute", "34497", "Frage"] {
        chat.say(answer);
    }
    assert_eq!(chat.last().key, "common/offer/offer");
    assert_eq!(chat.say("zurück"), ["work/note"]);
    assert_eq!(chat.say("zurück"), ["work/place"]);
    assert_eq!(chat.state.stack, []);
    assert_eq!(chat.state.answers.len(), 6);
    chat.say("34497");
    chat.say("Neue Frage");
    assert_eq!(chat.state.answers["note"], Value::Text("Neue Frage".into()));
    chat.tap("no");
    assert_eq!(chat.state.at, None);
    assert_eq!(
        chat.say("zurück"),
        ["common/offer/offer"],
        "into the sub-flow that has ended"
    );
    assert_eq!(
        chat.tap("no"),
        ["common/offer/later", "work/thanks"],
        "and out of it to the caller"
    );
}

#[test]
fn back_after_a_command_leads_to_the_question_that_was_left() {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    chat.say("menu");
    assert_eq!(chat.say("back"), ["work/months"]);
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
fn consent_decides_what_is_passed_on() {
    let asked = || {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        assert_eq!(chat.enter("human"), ["system:handoff-consent"]);
        chat
    };
    assert_eq!(asked().tap("yes"), ["handoff true paper"]);
    assert_eq!(asked().tap("without"), ["handoff true "]);
    assert_eq!(asked().tap("no"), ["system:handoff-declined"]);
    assert_eq!(asked().say("ja"), ["handoff true paper"]);
    assert_eq!(asked().say("نعم"), ["handoff true paper"]);
    assert_eq!(asked().say("no"), ["system:handoff-declined"]);
    let mut chat = asked();
    for _ in 0..5 {
        assert_eq!(
            chat.say("mir geht es schlecht"),
            ["system:handoff-consent.retry"]
        );
    }
    assert!(
        chat.last()
            .text
            .starts_with("Bitte wählen\n\nDas geben wir weiter:\n\n- Papier: Duldung")
    );
    let mut chat = Chat::within("human");
    assert_eq!(
        chat.last().key,
        "system:handoff-consent-plain",
        "nothing known, nothing to pass on"
    );
    assert_eq!(chat.tap("yes"), ["handoff true "]);
}

#[test]
fn in_danger_numbers_come_first_and_a_human_is_called_before_consent() {
    let asked = || {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        let said = chat.enter("danger");
        assert_eq!(
            said,
            [
                "system:numbers-violence",
                "handoff false ",
                "system:handoff-immediate",
                "system:handoff-consent"
            ]
        );
        chat
    };
    let mut chat = asked();
    assert!(
        matches!(&chat.effects[1], Effect::HandOff { handoff, .. } if handoff.summary.is_empty())
    );
    assert_eq!(chat.tap("yes"), ["consent paper", "danger/end"]);
    assert_eq!(asked().tap("without"), ["consent ", "danger/end"]);
    assert_eq!(
        asked().tap("no"),
        ["consent none", "system:handoff-declined", "danger/end"]
    );
}

#[test]
fn stop_is_silent_until_the_person_writes() {
    let mut chat = Chat::within("work");
    assert_eq!(chat.say("stopp"), ["system:stopped", "stop"]);
    assert!(chat.state.stopped);
    assert!(chat.input(Input::CaseClosed).is_empty());
    assert_eq!(chat.say("hallo"), ["system:restarted", "menu/choose"]);
    assert!(!chat.state.stopped);
    chat.say("stop");
    assert_eq!(
        chat.say("Mensch"),
        ["system:restarted", "system:handoff-consent-plain"]
    );
    chat.say("stop");
    assert_eq!(
        chat.input(Input::Start { payload: None }),
        ["welcome/language"]
    );
    chat.say("stop");
    assert_eq!(
        chat.input(Input::Media(MediaKind::Voice)),
        ["system:unsupported-voice", "menu/choose"]
    );
}

#[test]
fn deleting_asks_first() {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(chat.say("delete"), ["system:delete-confirm"]);
    assert_eq!(chat.say("nein"), ["menu/choose"]);
    assert_eq!(chat.state.answers.len(), 1);
    chat.say("delete");
    assert_eq!(chat.tap("yes"), ["delete"]);
    assert_eq!(chat.state.answers.len(), 0);
    assert_eq!(chat.say("hallo"), ["welcome/language"], "as if never met");
}

#[test]
fn what_is_kept_is_shown() {
    let mut chat = Chat::at_menu();
    assert_eq!(chat.say("meine Daten")[0], "system:my-data-none");
    chat.enter("work");
    chat.tap("duldung");
    assert_eq!(chat.say("meine Daten"), ["system:my-data"]);
    assert_eq!(
        chat.last().text,
        "- Papier: Duldung / 21. November 2026 / Web / 0"
    );
}

#[test]
fn a_step_that_lacks_words_is_said_wholly_in_another_language() {
    let mut chat = Chat::at_menu();
    chat.speaks("ar");
    assert_eq!(
        chat.enter("work"),
        ["system:language-missing", "work/paper"],
        "one label is missing"
    );
    assert_eq!(chat.last().lang, Lang::new("en"));
    assert_eq!(chat.last().choices[1].label, "Toleration");
    assert!(chat.messages().next().unwrap().text.contains("English"));
    assert_eq!(chat.tap("duldung"), ["work/months"]);
    assert_eq!(chat.last().lang, Lang::new("ar"));
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
fn when_a_case_ends_the_bot_is_back() {
    let mut chat = Chat::within("human");
    chat.tap("yes");
    assert_eq!(
        chat.input(Input::CaseClosed),
        ["system:case-closed", "menu/choose"]
    );
}

#[test]
fn loops_and_recursion_alarm_and_offer_a_human() {
    for kind in [StepKind::Branch, StepKind::Call("work".into())] {
        let mut chat = Chat::at_menu();
        let flow = chat.content.flows.get_mut("work").unwrap();
        let first = flow.steps.get_mut("paper").unwrap();
        first.kind = kind;
        first.next = Next::Goto(Target::Step("paper".into()));
        assert_eq!(
            chat.enter("work"),
            ["alarm", "system:sorry", "system:fallback-human"]
        );
        assert_eq!(chat.tap("yes"), ["system:handoff-consent-plain"]);
    }
}

#[test]
fn a_flow_that_ends_without_a_word_leads_to_the_menu() {
    let mut chat = Chat::at_menu();
    let step = chat
        .content
        .flows
        .get_mut("work")
        .unwrap()
        .steps
        .get_mut("where")
        .unwrap();
    step.kind = StepKind::Branch;
    chat.enter("work");
    assert_eq!(chat.tap("unknown"), ["menu/choose"]);
}

fn edited(chat: &mut Chat, change: impl Fn(&str) -> String) {
    let mut files = source();
    let flow = files.0.get_mut("flows/work.toml").unwrap();
    *flow = change(flow);
    for lang in ["de", "en", "ar"] {
        let words = files
            .0
            .get_mut(&format!("locales/{lang}/work.ftl"))
            .unwrap();
        *words = change(words);
    }
    chat.content = linked(&files);
}

#[test]
fn edits_do_not_lose_a_person_or_an_answer() {
    let waiting = || {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        chat
    };
    // The words have changed.
    let mut chat = waiting();
    edited(&mut chat, |s| {
        s.replace("Wie viele Monate", "Seit wie vielen Monaten")
    });
    assert_eq!(chat.say("5"), ["work/letter"]);

    // The step has another name.
    let renamed = |s: &str| {
        let s = s
            .replace("[step.months]", "[step.since]")
            .replace("\"months\"\n", "\"since\"\n");
        let s = s
            .replace("save = \"since\"", "save = \"months\"")
            .replace("months = Wie", "since = Wie");
        s.replace("-> months", "-> since")
    };
    let mut chat = waiting();
    edited(&mut chat, |s| {
        renamed(s)
            + if s.contains("start =") {
                "[moved]\nmonths = \"since\"\n"
            } else {
                ""
            }
    });
    assert_eq!(chat.say("5"), ["work/letter"]);
    assert_eq!(chat.say("zurück"), ["work/since"]);

    // The step is gone.
    let mut chat = waiting();
    edited(&mut chat, renamed);
    assert_eq!(chat.say("5"), ["system:flow-gone"]);
    assert_eq!(chat.state.answers.len(), 1);
    assert_eq!(chat.tap("menu"), ["menu/choose"]);
    let mut chat = waiting();
    edited(&mut chat, renamed);
    assert_eq!(
        chat.say("menu"),
        ["menu/choose"],
        "a command needs no question"
    );

    // The step asks for something else.
    let mut chat = waiting();
    edited(&mut chat, |s| {
        s.replace(
            "ask = \"number\"\nsave = \"months\"\nmin = 0\nmax = 600\n",
            "ask = \"text\"\nsave = \"note\"\n",
        )
    });
    assert_eq!(chat.say("5"), ["work/months"]);
    assert_eq!(chat.say("fünf"), ["work/letter"]);
    assert_eq!(chat.state.answers["note"], Value::Text("fünf".into()));
}

#[test]
fn an_option_that_is_gone_is_stale_and_a_new_one_works() {
    let mut chat = Chat::within("work");
    let old = chat.token("unknown");
    let kept = chat.token("permit");
    edited(&mut chat, |s| {
        let s = s.replace(
            "options.unknown = \"next\"\nnext = [\"known(months) -> months\", \"else -> where\"]\n",
            "",
        );
        s.replace("    .unknown = Weiß ich nicht\n", "")
    });
    assert_eq!(
        chat.input(Input::Tap(old)),
        ["system:stale-button", "work/paper"]
    );
    assert_eq!(chat.input(Input::Tap(kept)), ["work/months"]);
}

#[test]
fn long_option_ids_still_fit_a_button() {
    let mut chat = Chat::within("work");
    let long = "x".repeat(80);
    let mut files = source();
    for (path, text) in &mut files.0 {
        if path.ends_with("toml") || path.ends_with("ftl") {
            *text = text.replace("permit", &long);
        }
    }
    chat.content = linked(&files);
    chat.say("?");
    assert!(chat.last().choices[0].token.len() <= 64);
    assert_eq!(chat.tap(&long), ["work/months"]);
    assert_eq!(chat.state.answers["paper"], Value::Choice(long));
}

#[test]
fn a_state_survives_being_stored() {
    let mut chat = Chat::within("work");
    for answer in ["2", "5", "heute", "01445"] {
        chat.say(answer);
    }
    assert!(matches!(chat.state.pending, Some(Pending::Place { .. })));
    let stored = serde_json::to_string(&chat.state).unwrap();
    assert_eq!(
        serde_json::from_str::<super::FlowState>(&stored).unwrap(),
        chat.state
    );
    assert_eq!(
        serde_json::from_str::<super::FlowState>("{}").unwrap(),
        super::FlowState::default()
    );
}
