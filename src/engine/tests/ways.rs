//! The ways through flows, out of them and back.

use crate::content::{Next, StepKind, Target};
use crate::engine::fixture::{Chat, linked, source};
use crate::engine::types::{Effect, Input};
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
fn what_somebody_has_checked_needs_no_word_about_machines() {
    let source = crate::engine::fixture::source();
    let catalogue = crate::content::exchange::Catalogue::open(&source).unwrap();
    let sign = crate::content::SignOff {
        on: jiff::civil::date(2026, 12, 1),
        by: "Amina Yusuf".into(),
    };
    let signed = catalogue.sign_off(&Lang::new("en"), Some("menu"), &sign);
    let change = signed.unwrap().change.unwrap();
    let mut chat = Chat::new();
    chat.content = crate::engine::fixture::linked(&source.with(&change.path, &change.text));
    chat.input(Input::Start { payload: None });
    assert_eq!(chat.tap("en"), ["menu/choose"], "this flow is checked");
    let said = chat.enter("work");
    assert_eq!(said, ["system:machine-translation-note", "work/paper"]);
    assert_eq!(chat.enter("menu"), ["menu/choose"]);
    assert_eq!(chat.enter("work"), ["work/paper"], "said once");
    // Whoever chooses a language anew is told anew.
    chat.say("/start");
    chat.tap("de");
    assert_eq!(chat.enter("work"), ["work/paper"]);
    chat.say("/start");
    chat.tap("en");
    assert_eq!(chat.enter("work")[0], "system:machine-translation-note");
}

/// English is a language that somebody answers for as a whole; only of the menu there are records.
#[test]
fn answering_for_a_language_hides_nothing_that_is_known_to_be_unchecked() {
    let reviewed = "review = \"reviewed\"\nreviewer = \"Amina Yusuf\"\nreviewed_on = 2026-11-20";
    let mut source = crate::engine::fixture::source();
    let settings = source.0.get_mut("flows/settings.toml").unwrap();
    let at = settings.find("[language.en]").unwrap();
    let (head, tail) = settings.split_at(at);
    *settings = format!(
        "{head}{}",
        tail.replacen("review = \"machine\"", reviewed, 1)
    );
    let said = |source: &crate::content::MemorySource, flow: &str| {
        let mut chat = Chat::within("welcome");
        chat.content = crate::engine::fixture::linked(source);
        chat.state.lang = Some(Lang::new("en"));
        chat.state.told_unchecked = None;
        chat.enter(flow).remove(0)
    };
    let note = "system:machine-translation-note";
    assert_eq!(said(&source, "menu"), "menu/choose", "nobody keeps book");
    // A machine has translated the menu anew, and whoever took it in kept book of that.
    let catalogue = crate::content::exchange::Catalogue::open(&source).unwrap();
    let (change, _) = catalogue.adopt(&Lang::new("en"));
    let change = change.unwrap();
    let only_menu = |text: &str| -> String {
        let lines = text.lines().filter(|l| l.starts_with("menu/"));
        lines.map(|l| format!("{l}\n")).collect()
    };
    let unsigned = source.clone().with(&change.path, &only_menu(&change.text));
    assert_eq!(said(&unsigned, "menu"), note);
    assert_eq!(said(&unsigned, "work"), "work/paper");
    let sign = crate::content::SignOff {
        on: jiff::civil::date(2026, 12, 1),
        by: "Amina Yusuf".into(),
    };
    let catalogue = crate::content::exchange::Catalogue::open(&unsigned).unwrap();
    let signed = catalogue.sign_off(&Lang::new("en"), Some("menu"), &sign);
    let change = signed.unwrap().change.unwrap();
    let signed = unsigned.with(&change.path, &change.text);
    assert_eq!(said(&signed, "menu"), "menu/choose");
    // The source of a text that was signed off has changed.
    let changed = signed.0["locales/de/menu.ftl"].replacen("choose = ", "choose = Neu: ", 1);
    let stale = signed.with("locales/de/menu.ftl", &changed);
    assert_eq!(said(&stale, "menu"), note);
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
        "Das geben wir weiter:\n\n- Papier: Duldung\n- Monate: 5\n- Brief vom: 20. November 2026\n- Wohnort: 34497 (Landkreis Waldeck-Frankenberg)\n- Eilig: Ja\n\nGeschützt:\n- Anliegen: Ich suche Arbeit - sofort\n\nGut so?"
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
fn an_emergency_number_that_answers_the_question_is_taken_and_the_numbers_are_named() {
    let mut chat = Chat::within("work");
    assert_eq!(chat.say("112"), ["menu/choose"], "a choice is no number");
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(chat.say("112"), ["system:numbers", "work/letter"]);
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(chat.say("Hilfe")[0], "system:resume-offer");
    let mut chat = Chat::within("work");
    chat.tap("duldung");
    assert_eq!(
        chat.say("🆘🆘")[0],
        "system:resume-offer",
        "the same as Hilfe"
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
    assert_eq!(asked().say("👍🏽"), ["handoff true paper"]);
    assert_eq!(asked().say("Ohne"), ["handoff true "]);
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
    assert_eq!(chat.say("nein"), ["system:resume-offer"]);
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
    chat.say("/start poster-7");
    chat.say("meine Daten");
    assert_eq!(
        chat.last().text,
        "- Papier: Duldung\n- Link poster-7 / 21. November 2026 / Web / 0"
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

#[test]
fn a_sub_flow_gives_back_what_it_has_saved() {
    let caller = r#"start = "check"
[step.check]
call = "common/check"
next = ["outcome == in and months > 3 -> thanks", "outcome == in -> busy", "else -> start"]
[step.start]
do = "show_data"
[step.thanks]
call = "danger"
[step.busy]
call = "stop"
"#;
    let called = r#"start = "months"
[step.months]
ask = "number"
save = "months"
next = ["months > 2 -> yes", "else -> no"]
retry = { times = 1, then = "no" }
[step.yes]
set = { outcome = "in" }
[step.no]
set = { outcome = "out" }
"#;
    let mut files = source();
    let fields = format!(
        "{}[field.outcome]\ntype = \"choice\"\nvalues = [\"in\", \"out\"]\n",
        files.0["flows/fields.toml"]
    );
    let labels = format!(
        "{}outcome = Ergebnis\n    .in = drin\n    .out = draußen\n",
        files.0["locales/de/fields.ftl"]
    );
    files = files
        .with("flows/fields.toml", &fields)
        .with("locales/de/fields.ftl", &labels)
        .with("flows/caller.toml", caller)
        .with("flows/common/check.toml", called)
        .with("locales/de/common/check.ftl", "months = Wie lange?\n");
    let mut chat = Chat::at_menu();
    chat.content = linked(&files);
    for (months, first) in [
        ("4", "system:numbers-violence"),
        ("3", "system:stopped"),
        ("2", "system:my-data"),
        ("nie", "common/check/months.retry"),
    ] {
        chat.enter("caller");
        assert_eq!(chat.say(months)[0], first, "{months}");
    }
}
