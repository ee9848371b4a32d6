use super::*;
use crate::engine::fixture::{linked, source};

fn result(text: &str) -> String {
    let content = linked(&source());
    let talk = parse(text).unwrap();
    let told = |lang: &str| match run(&content, &talk, &Lang::new(lang)).fault {
        None => "fits".to_owned(),
        Some(Fault::Differs(diff)) => diff.to_string(),
        Some(Fault::Misspelt(slip)) => format!("line {}: {}", slip.line, slip.said.en),
        Some(Fault::Unreadable(error)) => error.to_string(),
    };
    let german = told("de");
    assert_eq!(german, told("ar"), "the same in every language");
    german
}

#[test]
fn what_stands_below_a_setting_still_belongs_to_the_input_above() {
    let told = result("# Order\n< /start\ncovered 06635\n> work/nothing\n");
    assert!(told.contains("- > work/nothing"), "{told}");
}

const TALK: &str = r#"# Duldung, with all questions
at 2026-11-21T10:00
covered 06635

< /start campaign
> welcome/language [de en ar]
< de
> menu/choose
< work
> work/paper [permit duldung unknown]
< "weder noch"
> work/paper.retry [permit duldung unknown]
< duldung
> work/months
< (photo)
> system:unsupported-photo
> work/months
< 5
> work/letter
< today-4d
> work/place
< 34497
> work/note
< "Eine Frage"
> work/wage
> common/offer/offer [yes no]
< yes
> system:handoff-consent [yes without no]
< yes
= handoff wants_human normal letter=2026-11-17 months=5 note="Eine Frage" paper=duldung place=34497 priority=true
> work/thanks
= end
< /danger
> system:numbers-violence
= handoff violence immediate
> system:handoff-immediate
> system:handoff-consent
< no
> system:handoff-declined
> danger/end
< /wishes
> wishes/topics [work school flat]
< flat
> wishes/topics.more [work school flat done]
< work
> wishes/topics.more
< "Schule"
> system:choices-most
> wishes/topics.more
< work
> wishes/topics.more
< done
> wishes/contact
< (contact +49 151 23456789)
> system:handoff-consent
< yes
= handoff wants_human normal contact="+4915123456789" topics=flat
= end
< /wishes
> wishes/topics [work school flat done]
< "1, 2"
> system:choices-most
> wishes/topics.more
< flat
> wishes/topics [work school flat]
< "1, 2"
> wishes/contact
< "anna@example.org"
> wishes/busy
= end
< "stop"
> system:stopped
< "delete"
> system:restarted
> system:delete-confirm [yes no]
< yes
> system:deleted
= end
"#;

#[test]
fn a_transcript_that_fits() {
    assert_eq!(result(TALK), "fits");
    assert_eq!(parse(TALK).unwrap().title, "Duldung, with all questions");
}

#[test]
fn every_changed_line_is_noticed() {
    for (line, wrong) in [
        ("> work/letter\n", "> work/place\n"),
        ("[permit duldung unknown]", "[duldung permit unknown]"),
        ("months=5", "months=6"),
        ("> system:handoff-immediate\n", ""),
        ("> danger/end\n", "> danger/end\n> danger/end\n"),
        ("today-4d", "today-5d"),
        ("> work/thanks\n", "= end\n> work/thanks\n"),
        ("> danger/end\n", "> danger/end\n= stop\n"),
    ] {
        let changed = TALK.replace(line, wrong);
        assert_ne!(changed, TALK);
        assert_ne!(result(&changed), "fits", "{line:?} -> {wrong:?}");
    }
}

#[test]
fn a_difference_is_shown_with_its_line() {
    let changed = TALK.replace("> work/months\n< 5", "> work/letter\n< 5");
    assert_eq!(
        result(&changed),
        "line 15: after `< (photo)`\n    > system:unsupported-photo\n  - > work/letter\n  + > work/months\n"
    );
    let changed = TALK.replace("> work/thanks\n= end\n", "");
    assert!(result(&changed).ends_with("  + > work/thanks   (not in the transcript)\n"));
}

#[test]
fn time_passes_and_reminders_come() {
    let talk = "# Reminders\nat 2026-11-21T10:00\n< /later\n> later/paper\n< duldung\n> later/wait\n\
        > system:remind-offer [yes no]\n< yes\n> system:remind-set\n= remind 14d months\n> later/letter\n\
        wait 13d\nwait 1d\n> system:remind-due\n> later/months\n< \"keine Erinnerung\"\n> system:reminders-off\n\
        > later/months\n< 5\n> later/done\n= end\n";
    assert_eq!(result(talk), "fits");
    let told = result(&talk.replace("wait 13d", "wait 12d"));
    assert!(
        told.starts_with("line 13: after `< (wait 1d)`\n  - > system:remind-due"),
        "{told}"
    );
    let early = talk.replace(
        "wait 13d\nwait 1d\n> system:remind-due\n> later/months\n",
        "",
    );
    let early = early.replace(
        "> system:reminders-off\n> later/months\n< 5\n> later/done\n= end\n",
        "= forget reminder months\n> system:reminders-off\n> later/letter\nwait 30d\n",
    );
    assert_eq!(result(&early), "fits");
}

#[test]
fn faulty_lines_are_named() {
    for (text, line, what) in [
        (
            "# A\nfoo",
            2,
            "expected <, >, =, at, wait, covered, judged or #",
        ),
        (
            "# A\nat noon\n< /start",
            2,
            "expected a time like 2026-11-21T10:00",
        ),
        (
            "# A\n\n> work/paper\n< x",
            3,
            "an answer before the first input",
        ),
        (
            "# A\n< /start\nwait long",
            3,
            "expected a time like 14d, 2w, 3m or 5h",
        ),
        ("# A\n", 1, "there is no input (<) in this transcript"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!((error.line, error.what.en.as_str()), (line, what));
    }
}

#[test]
fn coverage_tells_what_no_transcript_has_reached() {
    let content = linked(&source());
    let ran = run(&content, &parse(TALK).unwrap(), &Lang::new("de"));
    assert_eq!(ran.fault, None);
    let reached = ran.reached;
    let missing = Coverage::all(&content).without(&reached);
    assert!(
        reached.steps.contains("work/sort"),
        "also steps without words"
    );
    assert!(missing.steps.contains("work/where") && missing.steps.contains("human/pass"));
    let options: Vec<_> = missing.options.iter().map(String::as_str).collect();
    assert_eq!(
        options,
        [
            "common/offer/offer.no",
            "later/paper.duldung",
            "later/paper.permit",
            "later/paper.unknown",
            "menu/choose.human",
            "welcome/language.ar",
            "welcome/language.en",
            "work/paper.permit",
            "work/paper.unknown"
        ]
    );
    let strange = reached.without(&Coverage::all(&content));
    assert_eq!(
        strange,
        Coverage::default(),
        "what was reached is part of all there is"
    );
}

#[test]
fn a_transcript_is_brought_up_to_date_and_keeps_its_comments() {
    let content = linked(&source());
    let de = Lang::new("de");
    assert_eq!(updated(&content, TALK, &de), Ok(None));
    let old = TALK
        .replace(
            "> work/months\n< 5",
            "# What people often send\n> work/letter\n< 5",
        )
        .replace(
            "[permit duldung unknown]\n< duldung",
            "[permit duldung]\n< duldung",
        )
        .replace("> danger/end\n", "");
    let new = updated(&content, &old, &de).unwrap().unwrap();
    let expected = TALK.replace(
        "> work/months\n< 5",
        "> work/months\n# What people often send\n< 5",
    );
    // A comment stays with its input; what is expected stands right below it.
    assert_eq!(new, expected);
    assert!(updated(&content, "# A\nfoo", &de).is_err());
}

#[test]
fn a_difference_shows_only_what_differs() {
    let changed = TALK.replace("> system:numbers-violence\n", "");
    assert_eq!(
        result(&changed),
        "line 33: after `< /danger`\n  + > system:numbers-violence   (not in the transcript)\n    \
         = handoff violence immediate\n    > system:handoff-immediate\n    > system:handoff-consent\n"
    );
    let changed = TALK.replace("> danger/end\n", "> danger/nothing\n> danger/end\n");
    assert!(result(&changed).contains("  - > danger/nothing   (does not happen)\n"));
}

#[test]
fn a_misspelt_name_is_no_free_text() {
    let change = |right: &str, wrong: &str| result(&TALK.replacen(right, wrong, 1));
    for (right, wrong, told) in [
        (
            "< duldung",
            "< duldnug",
            "line 13: there is no button `duldnug` here; did you mean `duldung`? Words that somebody writes stand in quotes",
        ),
        (
            "< /danger",
            "< /dagner",
            "line 33: there is no flow and no command `dagner`; did you mean `/danger`?",
        ),
        (
            "< /danger",
            "< /elephant",
            "line 33: there is no flow and no command `elephant`",
        ),
    ] {
        assert_eq!(change(right, wrong), told);
    }
    // What is not nearly a button, or stands in quotes, is what somebody writes.
    for words in ["< elephant", "< \"duldnug\"", "< \"/dagner\""] {
        let told = change("< \"weder noch\"", words);
        assert!(!told.contains("there is no"), "{words}: {told}");
    }
    let told = change("> work/months", "> work/moths");
    assert!(
        told.contains("! there is no step `moths` in the flow `work`; did you mean `work/months`?"),
        "{told}"
    );
    let told = change("> danger/end", "> dagner/end");
    assert!(
        told.contains("! there is no flow `dagner`; did you mean `danger`?"),
        "{told}"
    );
}

#[test]
fn a_misspelt_input_is_not_brought_up_to_date() {
    let content = linked(&source());
    let de = Lang::new("de");
    let updated = |text: &str| updated(&content, text, &de);
    let wrong = TALK.replacen("< duldung", "< duldnug", 1);
    assert!(matches!(updated(&wrong), Err(Fault::Misspelt(_))));
    // What the bot says instead of a step that is misspelt is known.
    let wrong = TALK.replacen("> work/months", "> work/moths", 1);
    assert_eq!(updated(&wrong), Ok(Some(TALK.to_owned())));
}

#[test]
fn a_transcript_that_fails_has_reached_what_it_reached() {
    let talks = [(
        "a".to_owned(),
        TALK.replace("> danger/end\n", "> danger/nothing\n"),
    )];
    let outcome = play_all(&linked(&source()), &[Lang::new("de")], &talks);
    assert_eq!(outcome.failures.len(), 1);
    assert!(outcome.coverage.steps.contains("work/wage"));
    assert!(!outcome.coverage.steps.contains("wishes/topics"));
}
