//! What edits of the content do to somebody in mid-conversation.

use crate::content::StepKind;
use crate::engine::FlowState;
use crate::engine::fixture::{Chat, linked, source};
use crate::engine::types::{Input, Pending};
use crate::model::Value;

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
fn a_flow_that_is_gone_or_renamed_apologises_and_keeps_the_answers() {
    for renamed in [false, true] {
        let mut chat = Chat::within("work");
        chat.tap("duldung");
        let work = chat.content.flows.remove("work").unwrap();
        if renamed {
            chat.content.flows.insert("job".into(), work);
        }
        assert_eq!(chat.say("5"), ["system:flow-gone"]);
        assert_eq!(chat.state.answers.len(), 1);
        assert_eq!(chat.say("zurück"), ["menu/choose"]);
        assert_eq!(chat.say("human"), ["system:handoff-consent"]);
    }
}

#[test]
fn an_answer_stays_when_its_field_is_gone() {
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    chat.content.fields.remove("paper");
    let paper = chat.content.flows.get_mut("work").unwrap();
    paper.steps.shift_remove("paper");
    assert_eq!(chat.say("5"), ["work/letter"]);
    assert_eq!(chat.state.answers["paper"], Value::Choice("duldung".into()));
    assert_eq!(chat.say("meine Daten")[0], "system:my-data");
}

/// Somebody in a sub-flow that `work/help` has called.
fn in_sub_flow() -> Chat {
    let mut chat = Chat::within("work");
    for answer in ["2", "5", "heute", "34497", "Frage"] {
        chat.say(answer);
    }
    assert_eq!(chat.last().key, "common/offer/offer");
    chat
}

#[test]
fn a_sub_flow_comes_back_to_where_its_caller_went() {
    let renamed = |moved: &str| {
        let mut chat = in_sub_flow();
        edited(&mut chat, |s| {
            let s = s.replace("[step.help]", "[step.offer]");
            let s = s.replace("goto = \"help\"", "goto = \"offer\"");
            if s.contains("start =") { s + moved } else { s }
        });
        chat.tap("no")
    };
    assert_eq!(
        renamed("[moved]\nhelp = \"offer\"\n"),
        ["common/offer/later", "work/thanks"]
    );
    assert_eq!(
        renamed(""),
        ["common/offer/later", "system:flow-gone"],
        "nobody is left without a word"
    );
    // The whole flow that called is gone.
    let mut chat = in_sub_flow();
    chat.content.flows.remove("work");
    assert_eq!(chat.tap("no"), ["common/offer/later", "system:flow-gone"]);
    assert_eq!(chat.tap("menu"), ["menu/choose"]);
    // The step is there, but calls nothing any more: what comes after it still does.
    let mut chat = in_sub_flow();
    let work = chat.content.flows.get_mut("work").unwrap();
    work.steps.get_mut("help").unwrap().kind = StepKind::Branch;
    assert_eq!(chat.tap("no"), ["common/offer/later", "work/thanks"]);
}

#[test]
fn consent_goes_on_after_the_step_that_asked_under_its_new_name() {
    let mut chat = Chat::within("danger");
    let mut files = source();
    let flow = files.0.get_mut("flows/danger.toml").unwrap();
    *flow = flow
        .replace("[step.pass]", "[step.hand]")
        .replace("\"pass\"", "\"hand\"")
        + "[moved]\npass = \"hand\"\n";
    chat.content = linked(&files);
    assert_eq!(
        chat.tap("no"),
        ["consent none", "system:handoff-declined", "danger/end"]
    );
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
        serde_json::from_str::<FlowState>(&stored).unwrap(),
        chat.state
    );
    assert_eq!(
        serde_json::from_str::<FlowState>("{}").unwrap(),
        FlowState::default()
    );
}
