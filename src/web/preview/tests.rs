//! What the page gets for what it asks.

use super::answer::{Answer, Asked, make};
use super::words::Words;
use super::{Workshop, router};
use crate::content::Source;
use crate::model::{Lang, Timestamp};
use crate::ports::Clock;
use crate::runtime::origin::{Shipped, places};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

struct Noon;

impl Clock for Noon {
    /// 2026-11-22, noon in Berlin.
    fn now(&self) -> Timestamp {
        Timestamp(1_795_345_200_000)
    }
}

/// The shipped content, in which tests write.
#[derive(Clone, Default)]
struct Desk(Arc<Mutex<BTreeMap<String, String>>>);

impl Desk {
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        self.0
            .lock()
            .unwrap()
            .insert(path.to_owned(), text.replacen(from, to, 1));
    }
}

impl Source for Desk {
    fn paths(&self) -> Vec<String> {
        Shipped.paths()
    }

    fn read(&self, path: &str) -> Result<String, String> {
        match self.0.lock().unwrap().get(path) {
            Some(text) => Ok(text.clone()),
            None => Shipped.read(path),
        }
    }
}

fn workshop(desk: &Desk) -> Arc<Workshop> {
    let source = Box::new(desk.clone());
    Arc::new(Workshop::new(
        "content".into(),
        source,
        places().unwrap(),
        Arc::new(Noon),
    ))
}

fn ask(workshop: &Workshop, asked: &Asked) -> Answer {
    let lang = Lang::new("en");
    make(workshop, Words::of(&lang), &lang, asked).unwrap()
}

/// A conversation that begins somewhere.
fn from(start: &str, inputs: &[&str]) -> Asked {
    Asked {
        lang: "de".into(),
        start: start.into(),
        inputs: inputs.iter().map(|i| (*i).to_owned()).collect(),
        ..Asked::default()
    }
}

#[test]
fn a_conversation_is_played_and_its_transcript_written() {
    let workshop = workshop(&Desk::default());
    let answer = ask(&workshop, &from("menu", &["human", "\"Hallo\""]));
    assert!(answer.phone.contains("data-tap="), "{}", answer.phone);
    assert!(
        answer
            .transcript
            .starts_with("# \nat 2026-11-22T10:00\n\n< /menu\n> menu/choose [")
    );
    assert!(answer.transcript.contains("\n< human\n> "));
    assert!(answer.transcript.contains("\n< \"Hallo\"\n> "));
    crate::engine::talk::parse(&answer.transcript).unwrap();
    assert_eq!(answer.lines.len(), 3);
    assert!(answer.graph.contains("aria-current=\"step\""));
}

#[test]
fn free_texts_are_looked_at_and_the_transcript_says_what_they_were_taken_for() {
    let workshop = workshop(&Desk::default());
    let asked = from("menu", &["Ich will mich umbringen", "no"]);
    let answer = ask(&workshop, &asked);
    assert!(
        answer
            .phone
            .contains("(without sentence vectors) take the text for: alarm"),
        "{}",
        answer.phone
    );
    let transcript = &answer.transcript;
    let judged = transcript
        .find("\njudged alarm suicide_crisis de\n< Ich will mich umbringen\n")
        .expect(transcript);
    assert!(
        transcript[judged..].contains("= handoff suicide_crisis immediate"),
        "{transcript}"
    );
}

#[test]
fn a_change_is_seen_in_the_middle_of_a_conversation() {
    let desk = Desk::default();
    let workshop = workshop(&desk);
    let mut asked = from("menu", &["human"]);
    asked.chosen = "menu/choose".into();
    let before = ask(&workshop, &asked);
    asked.seen.clone_from(&before.lines);
    assert!(!ask(&workshop, &asked).changed);
    // The same way in other words is no other conversation.
    let text = Shipped.read("locales/de/menu.ftl").unwrap();
    let line = text.lines().find(|l| l.starts_with("choose = ")).unwrap();
    desk.edit("locales/de/menu.ftl", line, "choose = Ganz neue Worte?");
    workshop.read();
    let after = ask(&workshop, &asked);
    assert!(after.version > before.version && !after.changed);
    assert!(after.phone.contains("Ganz neue Worte?"));
    // The translations were made from the old words.
    assert!(!before.texts.contains("mark stale"));
    assert_eq!(after.texts.matches("mark stale").count(), 2);
    // Another way is.
    desk.edit("flows/menu.toml", "options.human", "options.other");
    desk.edit("locales/de/menu.ftl", ".human", ".other");
    desk.edit("locales/en/menu.ftl", ".human", ".other");
    desk.edit("locales/ar/menu.ftl", ".human", ".other");
    workshop.read();
    let after = ask(&workshop, &asked);
    assert!(
        after.changed && after.phone.contains("id=\"changed\""),
        "{}",
        after.findings
    );
}

#[test]
fn faulty_content_keeps_what_was_good_and_shows_what_is_wrong_where_it_is() {
    let desk = Desk::default();
    let workshop = workshop(&desk);
    let mut news = workshop.news();
    news.mark_unchanged();
    desk.edit("flows/menu.toml", "flow:human", "flow:humna");
    workshop.read();
    assert!(news.has_changed().unwrap());
    news.mark_unchanged();
    let answer = ask(&workshop, &from("menu", &[]));
    assert!(answer.banner.contains("last state without errors"));
    assert!(answer.phone.contains("data-tap"), "the old content goes on");
    assert!(
        answer.texts.contains("L021") && answer.findings.contains("flows/menu.toml:"),
        "{}",
        answer.texts
    );
    // Saving the same once more is no news.
    workshop.read();
    assert!(!news.has_changed().unwrap());
    desk.edit("flows/menu.toml", "flow:humna", "flow:human");
    workshop.read();
    assert_eq!(ask(&workshop, &from("menu", &[])).banner, "");
}

#[test]
fn content_that_was_never_good_shows_its_faults() {
    let desk = Desk::default();
    desk.edit("flows/menu.toml", "flow:human", "flow:humna");
    let answer = ask(&workshop(&desk), &Asked::default());
    assert!(answer.banner.contains("nothing to show yet"));
    assert!(answer.findings.contains("L021") && answer.phone.is_empty());
}

#[test]
fn a_step_in_the_middle_can_be_looked_at_and_begun_with() {
    let workshop = workshop(&Desk::default());
    let mut asked = from("target_group/postcode", &["\"34497\""]);
    asked.chosen = "target_group/wish".into();
    let answer = ask(&workshop, &asked);
    assert_eq!(answer.lines[0], ["> target_group/postcode"]);
    assert!(answer.texts.contains("target_group/wish") && answer.texts.contains("dir=\"rtl\""));
    assert!(answer.known.contains("34497"));
    // Somebody who cannot be there: the conversation begins with the first message.
    assert_eq!(
        ask(&workshop, &from("nowhere/at_all", &[])).lines[0],
        ["> welcome/language [de en ar]"]
    );
}

#[test]
fn a_text_of_lotses_own_can_be_looked_at() {
    let workshop = workshop(&Desk::default());
    let mut asked = from("menu", &[]);
    asked.chosen = "system:fallback".into();
    let answer = ask(&workshop, &asked);
    assert!(answer.texts.contains("system/fallback"), "{}", answer.texts);
    assert_eq!(answer.texts.matches("<article").count(), 3);
    assert!(!answer.texts.contains("data-start"), "nothing begins there");
    // The graph stays where the conversation stands.
    assert_eq!(answer.flow, "menu");
    asked.chosen = "system:nothing".into();
    assert!(ask(&workshop, &asked).texts.contains("menu/choose"));
}

#[test]
fn answers_from_before_and_the_day_decide_the_way() {
    let workshop = workshop(&Desk::default());
    let mut asked = from("target_group/minor_check", &[]);
    asked.fields.insert("age_group".into(), "from_15".into());
    asked
        .fields
        .insert("months_in_germany".into(), "many".into());
    let answer = ask(&workshop, &asked);
    assert_eq!(answer.lines[0][0], "> target_group/minor");
    // The fact is not looked at for so long that nobody may state it any more.
    let asked = |date: &str| Asked {
        date: date.into(),
        ..from("target_group/in_104c", &[])
    };
    assert_eq!(
        ask(&workshop, &asked("2026-11-22")).lines[0][0],
        "> target_group/in_104c"
    );
    assert_eq!(
        ask(&workshop, &asked("2029-03-05")).lines[0][0],
        "> target_group/in_104c_general"
    );
}

#[test]
fn a_fact_can_be_seen_as_out_of_date_or_open_whatever_its_file_says() {
    let workshop = workshop(&Desk::default());
    let with = |fact: &str, state: &str, date: &str| {
        let mut asked = from("target_group/in_104c", &[]);
        asked.date = date.into();
        asked.facts.insert(fact.into(), state.into());
        ask(&workshop, &asked)
    };
    let today = "2026-11-22";
    let (stated, general) = ("> target_group/in_104c", "> target_group/in_104c_general");
    let real = ask(&workshop, &from("target_group/in_104c", &[]));
    assert_eq!(
        (real.assumed.as_str(), real.lines[0][0].as_str()),
        ("", stated)
    );
    for (state, expected) in [("stale", general), ("open", general), ("verified", stated)] {
        let answer = with("chance_104c", state, today);
        assert_eq!(answer.lines[0][0], expected, "{state}");
        assert!(answer.assumed.contains("chance_104c"), "{}", answer.assumed);
        let chosen = format!("<option value=\"{state}\" selected>");
        assert!(answer.facts.contains(&chosen), "{}", answer.facts);
        assert!(
            answer
                .transcript
                .contains("# A transcript cannot set facts")
        );
        crate::engine::talk::parse(&answer.transcript).unwrap();
    }
    // Two years later nobody has looked for too long, unless somebody has.
    let later = with("nothing", "open", "2029-03-05");
    assert_eq!(later.lines[0][0], general);
    assert!(
        later.facts.contains("as in facts.toml: out of date"),
        "{}",
        later.facts
    );
    assert!(later.assumed.contains("5 March 2029") && !later.assumed.contains("nothing"));
    let verified = with("chance_104c", "verified", "2029-03-05");
    assert_eq!(verified.lines[0][0], stated);
    // It stands beside the texts of the step that states it, and of no other.
    let beside = |chosen: &str| {
        let mut asked = from("target_group", &[]);
        asked.chosen = chosen.into();
        ask(&workshop, &asked)
            .texts
            .contains("data-fact=\"chance_104c\"")
    };
    assert!(beside("target_group/in_104c") && !beside("target_group/in_104c_general"));
    // A word that is none changes nothing.
    assert_eq!(with("chance_104c", "wrong", today).assumed, "");
}

/// Who has applied for a permission is asked two weeks later how it went, if they want.
#[test]
fn reminders_stand_beside_the_phone_and_come_when_time_passes() {
    let workshop = workshop(&Desk::default());
    let on = |date: &str, inputs: &[&str]| {
        let mut asked = from("work_permission/applied", inputs);
        asked.date = date.into();
        ask(&workshop, &asked)
    };
    let offered = on("2026-11-22", &["waiting"]);
    assert_eq!(offered.due, "", "nobody has agreed");
    let planned = on("2026-11-22", &["waiting", "yes"]).due;
    assert!(planned.contains("datetime=\"2026-12-06T10:0"), "{planned}");
    assert!(planned.contains("#/work_permission/applied"), "{planned}");
    assert!(planned.contains("data-tap=\"(wait 14d)\""), "{planned}");
    // The conversation takes place on another day, and the reminder goes with it.
    let later = on("2027-03-05", &["waiting", "yes"]).due;
    assert!(later.contains("datetime=\"2027-03-19T10:0"), "{later}");
    let come = on("2026-11-22", &["waiting", "yes", "(wait 14d)"]);
    assert_eq!(come.due, "");
    let said = &come.lines[3];
    assert_eq!(said[0], "> system:remind-due", "{said:?}");
    assert!(
        come.phone.contains("Time passes until 6 December 2026."),
        "{}",
        come.phone
    );
    assert!(
        come.transcript
            .contains("\n\nwait 14d\n> system:remind-due\n"),
        "{}",
        come.transcript
    );
    crate::engine::talk::parse(&come.transcript).unwrap();
}

#[test]
fn a_reminder_that_counts_from_an_answer_says_from_which() {
    let workshop = workshop(&Desk::default());
    let mut asked = from("work_permission/expiry_noted", &["yes"]);
    asked.date = "2026-11-22".into();
    asked
        .fields
        .insert("permit_until".into(), "2027-06-01".into());
    let due = ask(&workshop, &asked).due;
    assert!(due.contains("datetime=\"2027-04-20T09:00\""), "{due}");
    assert!(due.contains("It counts from:"), "{due}");
}

#[test]
fn each_network_has_its_look_and_its_warnings() {
    let workshop = workshop(&Desk::default());
    let phone = |look: &str| {
        let asked = Asked {
            look: look.into(),
            ..from("target_group", &[])
        };
        ask(&workshop, &asked).phone
    };
    assert!(phone("telegram").contains("class=\"options\""));
    assert!(phone("whatsapp").contains("class=\"rows\""));
    let signal = phone("signal");
    assert!(signal.contains("<ol>") && !signal.contains("data-tap"));
}

async fn status(host: &str, path: &str) -> StatusCode {
    let router = router(workshop(&Desk::default()), &Lang::new("de"));
    let request = Request::get(path).header(header::HOST, host);
    router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
        .status()
}

#[tokio::test]
async fn only_who_asks_this_machine_by_its_own_name_is_answered() {
    for (host, expected) in [
        ("127.0.0.1:8090", StatusCode::OK),
        ("localhost:8090", StatusCode::OK),
        ("[::1]:8090", StatusCode::OK),
        ("evil.example:8090", StatusCode::MISDIRECTED_REQUEST),
        ("localhost.example", StatusCode::MISDIRECTED_REQUEST),
    ] {
        assert_eq!(status(host, "/").await, expected, "{host}");
    }
    assert_eq!(status("localhost", "/graph.css").await, StatusCode::OK);
    assert_eq!(status("localhost", "/nothing").await, StatusCode::NOT_FOUND);
}
