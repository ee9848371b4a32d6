//! Free texts that call for a human, for a question, or for a topic; and the way back to what waited.

use crate::engine::fixture::Chat;
use crate::engine::types::{Effect, Input, Pending};
use crate::model::{Lang, Level, Value};

const HIT: &str = "er hat mich geschlagen";

/// Somebody who is asked for months, after one answer.
fn in_the_middle() -> Chat {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    chat
}

/// Somebody who is asked to write something down.
fn writing() -> Chat {
    let mut chat = in_the_middle();
    chat.say("5");
    chat.say("gestern");
    assert_eq!(chat.say("34497"), ["work/note"]);
    chat
}

#[test]
fn in_danger_numbers_come_first_then_the_case_then_the_question_what_may_be_passed_on() {
    let mut chat = in_the_middle();
    assert_eq!(
        chat.say_about("alarm violence", HIT),
        [
            "system:numbers-violence",
            "handoff false ",
            "system:handoff-immediate",
            "system:handoff-consent"
        ]
    );
    assert!(
        chat.last().text.contains(HIT),
        "the person sees what would be passed on"
    );
    let opened = chat.effects.iter().find_map(|e| match e {
        Effect::HandOff { handoff, .. } => Some(handoff.clone()),
        _ => None,
    });
    let opened = opened.unwrap();
    assert_eq!(
        (opened.reason.as_str(), opened.level),
        ("violence", Level::Immediate)
    );
    assert!(
        opened.summary.is_empty() && opened.triage.is_none(),
        "nothing before consent"
    );
    chat.env.case_open = true;
    chat.tap("yes");
    let Some(Effect::Consent {
        handoff: Some(given),
    }) = chat.effects.first()
    else {
        panic!("{:?}", chat.effects)
    };
    assert!(given.summary.contains(HIT));
    assert_eq!(
        given.triage.as_ref().unwrap().class.as_deref(),
        Some("violence")
    );
    // A human answers now. When that has ended, it is offered to go on.
    chat.env.case_open = false;
    assert_eq!(
        chat.input(Input::CaseClosed),
        ["system:case-closed", "system:resume-offer"]
    );
    assert_eq!(chat.tap("yes"), ["work/months"]);
}

#[test]
fn without_the_answers_nothing_of_the_message_is_passed_on() {
    let mut chat = in_the_middle();
    chat.say_about("alarm violence", HIT);
    chat.tap("without");
    let Some(Effect::Consent {
        handoff: Some(given),
    }) = chat.effects.first()
    else {
        panic!("{:?}", chat.effects)
    };
    assert!(given.summary.is_empty() && given.triage.is_none());
}

#[test]
fn what_is_urgent_is_passed_on_only_with_consent_and_else_it_goes_on_where_it_was() {
    let mut chat = in_the_middle();
    assert_eq!(
        chat.say_about("alarm dismissal", "Chef sagt morgen nicht mehr kommen"),
        ["system:triage-urgent", "system:handoff-consent"]
    );
    assert_eq!(chat.tap("no"), ["system:handoff-declined", "work/months"]);
    assert_eq!(chat.say("5"), ["work/letter"]);
    let mut chat = in_the_middle();
    chat.say_about("alarm dismissal", "gekündigt");
    chat.tap("yes");
    let [
        Effect::HandOff {
            handoff,
            consented: true,
        },
    ] = &chat.effects[..]
    else {
        panic!("{:?}", chat.effects)
    };
    assert_eq!(
        (handoff.reason.as_str(), handoff.level),
        ("dismissal", Level::Urgent)
    );
    assert!(handoff.triage.is_some());
}

#[test]
fn an_answer_goes_on_and_only_an_alarm_interrupts_it_and_loses_nothing() {
    let mut chat = writing();
    let said = chat.say_about("check dismissal", "Ich suche Arbeit");
    assert_eq!(said.last().unwrap(), "common/offer/offer");
    let mut chat = writing();
    chat.say_about("alarm violence", HIT);
    assert_eq!(
        chat.state.answers["note"],
        Value::Text(HIT.into()),
        "the answer is kept"
    );
    let mut chat = writing();
    chat.say_about("alarm dismissal", "gekündigt");
    let on = chat.tap("no");
    assert_eq!(on.first().unwrap(), "system:handoff-declined");
    assert_eq!(
        on.last().unwrap(),
        "common/offer/offer",
        "it is not asked for again: {on:?}"
    );
}

#[test]
fn a_button_in_words_is_a_button() {
    let mut chat = Chat::within("work");
    assert_eq!(
        chat.say_about("alarm violence", "Duldung (rot)"),
        ["work/months"]
    );
    let mut chat = Chat::within("work");
    assert_eq!(chat.say_about("alarm violence", "2"), ["work/months"]);
}

#[test]
fn when_it_is_not_sure_it_is_asked_and_yes_calls() {
    let mut chat = in_the_middle();
    assert_eq!(
        chat.say_about("check violence", "was tun wenn mann schlägt"),
        ["system:triage-check"]
    );
    assert_eq!(chat.last().text, "Werden Sie bedroht?");
    assert_eq!(
        chat.say("ja"),
        [
            "system:numbers-violence",
            "handoff false ",
            "system:handoff-immediate",
            "system:handoff-consent"
        ]
    );
}

#[test]
fn after_no_it_goes_on_and_is_not_asked_again_at_once() {
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    assert_eq!(chat.tap("no"), ["work/months"]);
    assert_eq!(
        chat.say_about("check dismissal", "hm"),
        ["work/months.retry"]
    );
    assert_eq!(
        chat.say_about("alarm dismissal", "gekündigt")
            .first()
            .unwrap(),
        "system:triage-urgent",
        "an alarm is one all the same"
    );
    chat.tap("no");
    chat.env.now = chat.env.now.plus_seconds(3601);
    assert_eq!(
        chat.say_about("check dismissal", "hm"),
        ["system:triage-check"]
    );
}

#[test]
fn neither_yes_nor_no_is_taken_for_what_it_is() {
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    assert_eq!(
        chat.say("5"),
        ["work/letter"],
        "the answer to what waited before"
    );
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    assert_eq!(
        chat.say_about("check dismissal", "hm"),
        ["work/months.retry"],
        "no loop"
    );
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    assert_eq!(
        chat.say_about("check violence", "hm"),
        ["system:triage-check"]
    );
    assert_eq!(
        chat.say_about("check dismissal", "hm"),
        ["work/months.retry"],
        "each is asked once"
    );
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    let said = chat.say_about("alarm violence", HIT);
    assert_eq!(said.first().unwrap(), "system:numbers-violence");
    assert_eq!(
        chat.tap("no"),
        ["consent none", "system:handoff-declined", "work/months"],
        "nobody reads what is written now, so the bot goes on"
    );
}

#[test]
fn a_command_after_a_question_in_between_leaves_what_waited_to_be_gone_on_with() {
    let mut chat = in_the_middle();
    chat.say_about("check dismissal", "hm");
    assert_eq!(chat.say("menu"), ["menu/choose"]);
    assert_eq!(chat.say("menu"), ["system:resume-offer"]);
    assert_eq!(chat.tap("yes"), ["work/months"]);
}

#[test]
fn somebody_who_was_never_here_is_answered_in_the_language_that_they_write() {
    let mut chat = Chat::new();
    let said = chat.say_about("alarm violence ar", "زوجي يضربني");
    assert_eq!(said.last().unwrap(), "system:handoff-consent");
    assert!(
        chat.messages()
            .all(|m| m.lang == Lang::new("ar") || m.key == "system:language-missing")
    );
    assert_eq!(chat.state.lang, Some(Lang::new("ar")));
    let mut chat = Chat::new();
    assert_eq!(
        chat.say_about("check violence fa", "?"),
        ["system:triage-check"]
    );
    assert_eq!(
        chat.last().text,
        "آیا تهدید می‌شوید؟",
        "though no flow speaks it"
    );
    assert_eq!(chat.last().choices[0].label, "بله");
    assert_eq!(chat.state.lang, None);
    assert_eq!(chat.say("نه"), ["welcome/language"]);
}

#[test]
fn who_chose_one_language_and_writes_another_sees_the_numbers_in_both() {
    let mut chat = in_the_middle();
    let said = chat.say_about("alarm violence fa", "کمک");
    assert_eq!(said[..2], ["detect:numbers", "system:numbers-violence"]);
    let first = chat.messages().next().unwrap();
    assert_eq!(
        (first.text.as_str(), first.lang.as_str()),
        ("تماس ۱۱۲", "fa")
    );
}

#[test]
fn with_an_open_case_nothing_is_asked_or_offered() {
    let mut chat = in_the_middle();
    chat.env.case_open = true;
    assert_eq!(chat.say_about("alarm violence", HIT), ["work/months.retry"]);
    assert_eq!(
        chat.say_about("topics letter=0.9", "x"),
        ["work/months.retry"]
    );
}

#[test]
fn who_is_asked_for_consent_is_not_asked_twice_unless_it_is_more_pressing() {
    let mut chat = in_the_middle();
    chat.say_about("alarm dismissal", "gekündigt");
    assert_eq!(
        chat.say_about("alarm dismissal", "gekündigt!"),
        ["system:handoff-consent.retry"]
    );
    let said = chat.say_about("alarm violence", HIT);
    assert_eq!(said.first().unwrap(), "system:numbers-violence");
    let Some(Pending::Consent { handoff, .. }) = &chat.state.pending else {
        panic!()
    };
    assert_eq!(handoff.reason, "violence");
    let said = chat.tap("no");
    assert_eq!(said.last().unwrap(), "work/months", "what waited at first");
}

#[test]
fn who_names_another_danger_or_the_same_again_gets_the_numbers_again_and_both_are_shown() {
    let mut chat = in_the_middle();
    chat.say_about("alarm violence", HIT);
    for words in ["er kommt zurück", "er steht vor der Tür"] {
        let said = chat.say_about("alarm violence", words);
        assert_eq!(said.first().unwrap(), "system:numbers-violence");
        assert_eq!(said.last().unwrap(), "system:handoff-consent");
        let shown = &chat.last().text;
        assert!(shown.contains(HIT) && shown.contains(words), "{shown}");
    }
}

#[test]
fn a_likely_topic_is_offered_and_its_flow_begun() {
    let mut chat = in_the_middle();
    assert_eq!(
        chat.say_about("topics letter=0.7 job=0.2", "ein Brief vom Amt"),
        ["system:topic-offer"]
    );
    let ids: Vec<_> = chat.last().choices.iter().map(|c| c.id.clone()).collect();
    assert_eq!(ids, ["letter", "other", "human"]);
    assert_eq!(chat.tap("other"), ["work/months"]);
    chat.say_about("topics letter=0.7", "ein Brief vom Amt");
    assert_eq!(chat.tap("letter"), ["letter/photos"]);
    assert_eq!(chat.state.left.as_ref().unwrap().flow(), Some("work"));
    let mut chat = in_the_middle();
    assert_eq!(
        chat.say_about("topics job=0.9", "Arbeit"),
        ["work/months.retry"],
        "they are there"
    );
    assert_eq!(
        chat.say_about("topics letter=0.2 job=0.2", "x"),
        ["work/months.retry"],
        "a guess is not enough"
    );
}

#[test]
fn at_the_menu_three_are_offered_and_a_human_is_always_among_them() {
    let mut chat = Chat::at_menu();
    let topics = "topics letter=0.3 housing=0.3 job=0.2 pregnancy=0.1";
    assert_eq!(chat.say_about(topics, "irgendwas"), ["system:topics-offer"]);
    let labels: Vec<_> = chat
        .last()
        .choices
        .iter()
        .map(|c| c.label.clone())
        .collect();
    assert_eq!(labels.len(), 4, "{labels:?}");
    assert_eq!(labels[1], "Arbeit", "as the menu calls it");
    chat.tap("human");
    assert!(matches!(chat.state.pending, Some(Pending::Consent { .. })));
    let mut chat = Chat::at_menu();
    chat.say_about(topics, "irgendwas");
    assert_eq!(
        chat.say("hm"),
        ["menu/choose.retry"],
        "it is not offered again"
    );
    let mut chat = Chat::at_menu();
    assert_eq!(
        chat.say_about("topics wants_human=0.8", "will reden"),
        ["system:handoff-consent-plain"]
    );
    let mut chat = Chat::at_menu();
    chat.say_about("topics pregnancy=0.8", "baby");
    assert_eq!(chat.tap("pregnancy"), ["system:handoff-consent-plain"]);
    assert_eq!(chat.tap("no"), ["system:handoff-declined", "menu/choose"]);
}

#[test]
fn a_topic_that_nothing_is_known_about_is_named_and_a_human_offered() {
    let mut chat = Chat::at_menu();
    let wants = "topics housing=0.8";
    assert_eq!(
        chat.say_about(wants, "Wie finde ich eine Wohnung?"),
        ["system:topic-nothing", "system:topic-nothing-offer"]
    );
    assert_eq!(chat.state.failed_turns, 0, "it was understood");
    assert_eq!(chat.tap("menu"), ["menu/choose"]);
    let mut chat = Chat::within("work");
    chat.tap("unknown");
    chat.say_about(wants, "Wie finde ich eine Wohnung?");
    assert_eq!(chat.state.failed_turns, 0);
    let mut chat = Chat::at_menu();
    assert_eq!(
        chat.say_about("topics housing=0.2", "Wohnung"),
        ["menu/choose.retry"],
        "a guess is not enough"
    );
}

#[test]
fn after_two_turns_that_are_not_understood_a_human_is_offered() {
    let mut chat = Chat::within("work");
    chat.tap("unknown");
    assert_eq!(
        chat.say_about("topics letter=0.2 job=0.2", "x"),
        ["system:topics-offer"]
    );
    assert_eq!(
        chat.say_about("topics letter=0.2 job=0.2", "y"),
        ["system:fallback-human"]
    );
}

#[test]
fn a_text_that_was_looked_at_late_calls_and_else_is_silent() {
    let mut chat = in_the_middle();
    let late = || Input::Judged(HIT.to_owned());
    for judged in ["check violence", "topics letter=0.9"] {
        let before = chat.state.clone();
        assert_eq!(chat.about(judged, late()), [""; 0]);
        assert_eq!(chat.state, before);
    }
    let said = chat.about("alarm violence", late());
    assert_eq!(said.first().unwrap(), "system:numbers-violence");
    assert!(chat.last().text.contains(HIT));
    chat.say("stopp");
    assert_eq!(
        chat.about("alarm violence", late()),
        [""; 0],
        "who said stop is not written to"
    );
}

#[test]
fn of_a_long_message_the_beginning_is_quoted_and_nothing_turns_its_surroundings() {
    let mut chat = in_the_middle();
    let long = format!("\u{202e}**Hilfe** {}", "ä ".repeat(5000));
    chat.say_about("alarm dismissal", &long);
    let text = &chat.last().text;
    assert!(text.chars().count() < 900, "{}", text.chars().count());
    assert!(!text.contains('\u{202e}') && !text.contains("**Hilfe**"));
}
