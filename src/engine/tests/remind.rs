//! Reminders: offered, agreed to, said on their day, and not when they would disturb or have lost their ground.

use crate::content::{Action, StepKind};
use crate::engine::fixture::{Chat, linked, source};
use crate::engine::types::{Effect, Input};
use crate::model::{Timestamp, Value};
use jiff::civil::datetime;

/// Somebody who has agreed on 21 November to be reminded on 5 December.
fn agreed() -> Chat {
    let mut chat = Chat::within("later");
    assert_eq!(chat.tap("duldung"), ["later/wait", "system:remind-offer"]);
    assert_eq!(chat.last().text, "Erinnerung am 5. Dezember 2026?");
    assert_eq!(
        chat.tap("yes"),
        ["system:remind-set", "schedule 2026-12-05", "later/letter"]
    );
    chat
}

fn at(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    Timestamp::at_berlin(datetime(2026, month, day, hour, minute, 0, 0)).unwrap()
}

fn is_due(chat: &mut Chat) -> Vec<String> {
    let number = chat.state.reminders[0].number;
    chat.input(Input::Remind(number))
}

#[test]
fn a_reminder_is_said_on_its_day_and_leads_to_its_step() {
    let mut chat = agreed();
    assert!(chat.wait("13d").is_empty());
    assert_eq!(chat.wait("1d"), ["system:remind-due", "later/months"]);
    let told = chat.messages().next().unwrap();
    assert_eq!(told.text, "Erinnerung, vereinbart am 21. November 2026");
    assert_eq!(chat.say("5"), ["later/done"]);
    assert_eq!(chat.state.answers["months"], Value::Number(5));
    assert!(chat.state.reminders.is_empty());
    assert!(chat.wait("300d").is_empty());
}

#[test]
fn the_question_that_waited_is_not_lost_by_a_reminder() {
    let mut chat = agreed();
    chat.wait("14d");
    chat.say("5");
    assert_eq!(chat.say("menu"), ["system:resume-offer"]);
    assert_eq!(chat.tap("yes"), ["later/letter"]);
}

#[test]
fn nobody_has_to_be_reminded() {
    let mut chat = Chat::within("later");
    chat.tap("duldung");
    assert_eq!(chat.tap("no"), ["system:remind-declined", "later/letter"]);
    assert!(chat.state.reminders.is_empty());

    let mut chat = Chat::within("later");
    chat.tap("duldung");
    assert_eq!(chat.say("was?"), ["system:remind-offer.retry"]);
    assert_eq!(
        chat.say("wie?"),
        ["system:remind-declined", "later/letter"],
        "who talks of something else is led on"
    );
}

#[test]
fn what_is_planned_already_is_not_offered_again() {
    let mut chat = agreed();
    chat.enter("later");
    assert_eq!(chat.tap("duldung"), ["later/wait", "later/letter"]);
}

#[test]
fn a_reminder_before_a_date_is_offered_only_while_there_is_time() {
    for (date, offered) in [
        ("29.11.2026", true),
        ("28.11.2026", false),
        ("heute", false),
    ] {
        let mut chat = Chat::within("later");
        chat.tap("permit");
        let last = chat.say(date).pop().unwrap();
        assert_eq!(last == "system:remind-offer", offered, "{date}");
    }
    let mut chat = Chat::within("later");
    chat.tap("permit");
    chat.say("24.12.2026");
    assert_eq!(chat.last().text, "Erinnerung am 17. Dezember 2026?");
    chat.tap("yes");
    assert_eq!(chat.state.reminders[0].due, at(12, 17, 9, 0));
    assert_eq!(
        chat.wait("26d"),
        ["system:remind-due", "system:handoff-consent"],
        "to the start of another flow"
    );
}

#[test]
fn nobody_is_woken() {
    for (hour, minute, due) in [
        (7, 59, at(12, 5, 8, 0)),
        (8, 0, at(12, 5, 8, 0)),
        (20, 59, at(12, 5, 20, 59)),
        (21, 0, at(12, 6, 8, 0)),
        (23, 30, at(12, 6, 8, 0)),
    ] {
        let mut chat = Chat::within("later");
        chat.env.now = at(11, 21, hour, minute);
        chat.tap("duldung");
        chat.tap("yes");
        assert_eq!(chat.state.reminders[0].due, due, "{hour}:{minute}");
    }
    // The program was down when it was due.
    let mut chat = agreed();
    chat.env.now = at(12, 5, 22, 0);
    assert_eq!(is_due(&mut chat), ["schedule 2026-12-06"]);
    assert_eq!(chat.state.reminders[0].due, at(12, 6, 8, 0));
}

#[test]
fn a_question_in_progress_is_not_interrupted() {
    let mut chat = agreed();
    chat.env.now = at(12, 5, 9, 0);
    chat.enter("work");
    let before = chat.state.clone();
    let answer = chat.token("unknown");
    chat.env.now = at(12, 5, 10, 0);
    assert_eq!(
        is_due(&mut chat),
        ["schedule 2026-12-06"],
        "12 hours after, and not at night"
    );
    assert_eq!(chat.state.at, before.at);
    assert_eq!(chat.state.revision, before.revision);
    // Somebody who has just finished is not in the middle of anything.
    chat.input(Input::Tap(answer));
    assert!(chat.state.nothing_waits());
    assert_eq!(is_due(&mut chat), ["system:remind-due", "later/months"]);
}

#[test]
fn a_new_answer_makes_a_reminder_void() {
    let mut chat = agreed();
    chat.enter("work");
    chat.tap("duldung");
    assert_eq!(chat.say("5"), ["cancel 2026-12-05", "work/letter"]);
    assert!(chat.state.reminders.is_empty());

    let dated = || {
        let mut chat = Chat::within("later");
        chat.tap("permit");
        chat.say("24.12.2026");
        chat.tap("yes");
        chat.enter("later");
        chat.tap("permit");
        chat
    };
    assert_eq!(
        dated().say("24.12.2026"),
        ["later/until", "later/done"],
        "the same date"
    );
    assert_eq!(
        dated().say("31.12.2026"),
        ["cancel 2026-12-17", "later/until", "system:remind-offer"]
    );
}

#[test]
fn stop_and_no_reminders_cancel_and_deleting_forgets() {
    let mut chat = agreed();
    assert_eq!(
        chat.say("keine Erinnerung"),
        ["cancel 2026-12-05", "system:reminders-off", "later/letter"]
    );
    assert_eq!(
        chat.say("No reminders!"),
        ["system:reminders-off", "later/letter"]
    );
    let mut chat = agreed();
    assert_eq!(
        chat.say("stopp"),
        ["system:stopped", "stop", "cancel 2026-12-05"]
    );
    let mut chat = agreed();
    chat.say("löschen");
    chat.tap("yes");
    assert!(chat.state.reminders.is_empty());
}

#[test]
fn what_is_planned_is_shown_with_what_is_kept() {
    let mut chat = agreed();
    chat.say("meine Daten");
    let text = &chat.messages().next().unwrap().text;
    let lines = "- Papier: Duldung\n- Erinnerung am 5. Dezember 2026 / ";
    assert!(text.starts_with(lines), "{text}");
    chat.state.answers.clear();
    assert_eq!(
        chat.say("meine Daten")[0],
        "system:my-data",
        "that is something too"
    );
}

#[test]
fn a_reminder_that_is_not_planned_is_silent() {
    let mut chat = agreed();
    let before = chat.state.clone();
    assert!(chat.input(Input::Remind(9999)).is_empty());
    assert_eq!(chat.state, before);
    assert!(Chat::new().input(Input::Remind(1)).is_empty());
}

#[test]
fn where_the_channel_does_not_let_us_write_it_is_held_until_the_person_writes() {
    let mut chat = agreed();
    chat.env.window = Some(24 * 3600);
    chat.env.now = at(12, 5, 12, 0);
    assert!(is_due(&mut chat).is_empty());
    assert!(chat.wait("1d").is_empty());
    let said = chat.say("hallo");
    assert_eq!(said.last().unwrap(), "schedule 2026-12-06");
    assert_eq!(chat.state.reminders[0].due, at(12, 6, 13, 0));
    chat.say("menu");
    chat.env.now = at(12, 7, 8, 0);
    assert_eq!(is_due(&mut chat), ["system:remind-due", "later/months"]);
}

#[test]
fn a_reminder_of_a_step_that_is_gone_apologises_and_one_that_was_moved_follows() {
    let renamed = |moved: &str| {
        let mut chat = agreed();
        let mut files = source();
        let flow = files.0.get_mut("flows/later.toml").unwrap();
        *flow = flow
            .replace("[step.months]", "[step.since]")
            .replace("\"months\" }", "\"since\" }")
            + moved;
        for lang in ["de", "en", "ar"] {
            let words = files
                .0
                .get_mut(&format!("locales/{lang}/later.ftl"))
                .unwrap();
            *words = words.replace("months =", "since =");
        }
        chat.content = linked(&files);
        chat.wait("14d")
    };
    assert_eq!(renamed(""), ["system:remind-due", "system:flow-gone"]);
    assert_eq!(
        renamed("[moved]\nmonths = \"since\"\n"),
        ["system:remind-due", "later/since"]
    );
    let mut chat = agreed();
    chat.content.flows.remove("later");
    assert_eq!(chat.wait("14d"), ["system:remind-due", "system:flow-gone"]);
    assert_eq!(chat.tap("menu"), ["menu/choose"]);
}

#[test]
fn a_reminder_that_only_acts_is_answered_too() {
    let mut chat = agreed();
    let later = chat.content.flows.get_mut("later").unwrap();
    later.steps.get_mut("months").unwrap().kind = StepKind::Do(Action::Stop);
    let said = chat.wait("14d");
    assert!(
        said.starts_with(&["system:remind-due".into(), "system:stopped".into()]),
        "{said:?}"
    );
    assert!(chat.effects.contains(&Effect::Stop));
}
