use super::fixture::{Rig, get};
use super::pass::Pass;
use crate::channel::room::RoomChannel;
use crate::model::{Choice, Event, Inbound, Lane, Lang, Message, MessageBody};
use crate::ports::Channel as _;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::StreamExt as _;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

mod files;

fn out(text: &str, choices: &[&str]) -> MessageBody {
    let choice = |label: &&str| Choice {
        id: (*label).into(),
        label: (*label).into(),
        token: format!("token-{label}"),
    };
    MessageBody::Out(Message {
        key: "a/b".into(),
        text: text.into(),
        choices: choices.iter().map(choice).collect(),
        takes: None,
        lang: Lang::new("ar"),
    })
}

fn own(text: &str) -> MessageBody {
    MessageBody::In {
        text: text.into(),
        media: None,
        attached: None,
        triage: None,
    }
}

/// Answers the first update that is handed in; `begun` is set before the answer is written.
async fn answer(rig: &Rig, seq: i64, begun: &AtomicBool) {
    let lane = loop {
        let id = rig
            .inbox
            .taken
            .lock()
            .unwrap()
            .first()
            .map(|raw| raw.provider_id.clone());
        match id {
            Some(id) => break Lane(id.split(':').next().unwrap().to_owned()),
            None => tokio::task::yield_now().await,
        }
    };
    begun.store(true, Ordering::SeqCst);
    rig.said(&lane, seq, None, out("answer", &[])).await;
}

fn taken(rig: &Rig) -> Vec<Inbound> {
    let taken = rig.inbox.taken.lock().unwrap();
    taken
        .iter()
        .map(|raw| RoomChannel.decode(&raw.bytes).unwrap())
        .collect()
}

#[tokio::test]
async fn opening_a_room_gives_a_cookie_and_hands_in_the_start() {
    let rig = Rig::new().await;
    let page = rig.get("/?c=flyer-2&lang=ar", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.body.contains("name=\"c\" value=\"flyer-2\""));
    assert!(!page.headers.contains_key(header::SET_COOKIE));

    let begun = AtomicBool::new(false);
    let start = rig.form("/room/start", "", "c=flyer-2&lang=ar");
    let (started, ()) = tokio::join!(start, answer(&rig, 1, &begun));
    assert_eq!(started.status, StatusCode::SEE_OTHER);
    let cookies: Vec<_> = started.headers.get_all(header::SET_COOKIE).iter().collect();
    let cookie = cookies[0].to_str().unwrap();
    assert!(cookie.starts_with("lotse_room="));
    for part in ["; HttpOnly", "; SameSite=Lax", "; Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part}");
    }
    let cookie = cookie.split(';').next().unwrap();
    let came = taken(&rig);
    assert_eq!(came.len(), 1);
    assert_eq!(came[0].language_hint.as_deref(), Some("ar"));
    assert_eq!(
        came[0].event,
        Event::Start {
            payload: Some("flyer-2".into())
        }
    );

    // A second press changes nothing: the room stays the same.
    let again = rig.form("/room/start", cookie, "").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert!(!again.headers.contains_key(header::SET_COOKIE));
    assert_eq!(taken(&rig).len(), 1);
}

#[tokio::test]
async fn what_a_link_carries_is_not_trusted() {
    let rig = Rig::new().await;
    for bad in ["%22%3E%3Cscript%3E", "a%20b", ""] {
        let page = rig.get(&format!("/?c={bad}"), "").await;
        assert!(!page.body.contains("name=\"c\""), "{bad}");
    }
}

#[tokio::test]
async fn a_cookie_that_this_instance_did_not_make_opens_nothing() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    rig.said(&pass.lane, 1, None, out("secret", &[])).await;
    assert!(rig.get("/", &cookie).await.body.contains("secret"));
    let last = if cookie.ends_with('0') { '1' } else { '0' };
    let forged = format!("{}{last}", &cookie[..cookie.len() - 1]);
    for wrong in [forged.as_str(), "lotse_room=", "lotse_room=zz", "x=1"] {
        assert!(!rig.get("/", wrong).await.body.contains("secret"));
        let read = rig.get("/room/messages", wrong).await;
        assert_eq!(read.status, StatusCode::UNAUTHORIZED);
        let message = json!({"client_id": "12345678", "text": "x"});
        assert_eq!(
            rig.json(wrong, message).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    // The address, which the database holds sealed, is no key either.
    let by_address = format!("lotse_room={}", pass.address);
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, by_address.parse().unwrap());
    assert!(Pass::read(&rig.app, &headers).is_none());
}

#[tokio::test]
async fn a_message_is_handed_in_under_the_id_of_its_page() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let message = json!({"client_id": "abcdef012345", "text": " Hallo\u{0} 👋 \n"});
    for _ in 0..2 {
        let answer = rig.json(&cookie, message.clone()).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    }
    let press = json!({"client_id": "abcdef012346", "text": "Ja", "token": "t1"});
    assert_eq!(rig.json(&cookie, press).await.status, StatusCode::ACCEPTED);
    let came = taken(&rig);
    let id = format!("{}:abcdef012345", pass.lane.0);
    assert_eq!((&came[0].provider_id, &came[1].provider_id), (&id, &id));
    assert_eq!(came[0].address, pass.address);
    assert_eq!(came[0].event, Event::Text("Hallo 👋".into()));
    let token = "t1".into();
    assert_eq!(came[2].event, Event::Tap { token, ack: None });
    // The inbox must not hold an address in the open.
    assert!(!id.contains(&pass.address));
}

#[tokio::test]
async fn nonsense_is_refused_and_too_much_is_explained() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    for bad in [
        json!({"client_id": "short", "text": "x"}),
        json!({"client_id": "with space", "text": "x"}),
        json!({"client_id": "abcdef012345", "text": "  \n "}),
        json!({"client_id": "abcdef012345", "token": "x".repeat(65)}),
        json!({"client_id": "abcdef012345"}),
        json!({"text": "x"}),
    ] {
        let answer = rig.json(&cookie, bad.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    let longest = json!({"client_id": "abcdef012345", "text": "ش".repeat(4000)});
    assert_eq!(
        rig.json(&cookie, longest).await.status,
        StatusCode::ACCEPTED
    );
    let long = json!({"client_id": "abcdef012345", "text": "ش".repeat(4001)});
    let answer = rig.json(&cookie, long).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["error"], "too_long");

    // Without the script, the page says so and keeps what was written.
    let text = "x".repeat(4001);
    let body = format!("check={}&client_id=abcdef012345&text={text}", pass.check);
    let page = rig.form("/room/messages", &cookie, &body).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("role=\"alert\">too-long"));
    assert!(page.body.contains(&text));
    assert_eq!(taken(&rig).len(), 1);
}

#[tokio::test]
async fn a_form_works_without_the_script_and_only_from_our_own_page() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let body = |check: &str| format!("check={check}&client_id=abcdef012345&text=Hallo+Welt");
    let forged = rig.form("/room/messages", &cookie, &body("0000")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let elsewhere = axum::http::Request::post("/room/messages")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::HOST, "lotse.example")
        .header(header::ORIGIN, "https://evil.example")
        .body(body(&pass.check).into());
    let elsewhere = rig.send(elsewhere.unwrap()).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert!(taken(&rig).is_empty());

    let begun = AtomicBool::new(false);
    let (whole, ours) = (body(&pass.check), "/room/messages");
    let (sent, ()) = tokio::join!(rig.form(ours, &cookie, &whole), answer(&rig, 1, &begun));
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), "/#end");
    assert_eq!(taken(&rig)[0].event, Event::Text("Hallo Welt".into()));
}

#[tokio::test]
async fn a_form_leads_to_a_page_that_already_has_the_answer() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    rig.said(&pass.lane, 1, None, out("question", &[])).await;
    let body = format!("check={}&client_id=abcdef012345&text=Hallo", pass.check);
    let answered = AtomicBool::new(false);
    let form = async {
        let sent = rig.form("/room/messages", &cookie, &body).await;
        (sent.status, answered.load(Ordering::SeqCst))
    };
    let (sent, ()) = tokio::join!(form, answer(&rig, 2, &answered));
    assert_eq!(sent, (StatusCode::SEE_OTHER, true));
}

#[tokio::test]
async fn a_room_that_writes_too_fast_is_told_when_to_go_on() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let message = |i: i32| json!({"client_id": format!("message-{i}"), "text": "x"});
    for i in 0..15 {
        assert_eq!(
            rig.json(&cookie, message(i)).await.status,
            StatusCode::ACCEPTED
        );
    }
    let answer = rig.json(&cookie, message(15)).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("retry-after"), "2");
    let body = format!("check={}&client_id=abcdef012345&text=kept", pass.check);
    let page = rig.form("/room/messages", &cookie, &body).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.body.contains(">kept</textarea>"));
    rig.clock.advance(2_000);
    assert_eq!(
        rig.json(&cookie, message(15)).await.status,
        StatusCode::ACCEPTED
    );
    assert_eq!(taken(&rig).len(), 16);
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_acknowledged() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    rig.inbox.broken.store(true, Ordering::SeqCst);
    let message = json!({"client_id": "abcdef012345", "text": "x"});
    let answer = rig.json(&cookie, message).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!answer.header("retry-after").is_empty());
    let body = format!("check={}&client_id=abcdef012345&text=kept", pass.check);
    let page = rig.form("/room/messages", &cookie, &body).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains(">kept</textarea>"));
    let started = rig.form("/room/start", "", "").await;
    assert_eq!(started.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!started.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn the_page_shows_the_conversation_and_lets_only_the_last_question_be_answered() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    rig.said(&pass.lane, 1, None, own("/start")).await;
    rig.said(&pass.lane, 2, None, out("first **bold** 112", &["old"]))
        .await;
    let id = format!("{}:abcdef012345", pass.lane.0);
    rig.said(&pass.lane, 3, Some(&id), own("<b>**me**</b>\n& you"))
        .await;
    rig.said(&pass.lane, 4, None, out("second", &["yes", "no"]))
        .await;
    rig.said(&pass.lane, 5, None, out("hint", &[])).await;
    let page = rig.get("/", &cookie).await.body;
    assert!(page.contains("<strong>bold</strong> <a href=\"tel:112\" dir=\"ltr\">112</a>"));
    assert!(page.contains("<p>&lt;b&gt;**me**&lt;/b&gt;<br>&amp; you</p>"));
    assert!(page.contains("lang=\"ar\" dir=\"rtl\"><p dir=\"ltr\">second"));
    assert!(page.contains("data-client=\"abcdef012345\""));
    assert!(page.contains("data-cursor=\"5\""));
    assert!(!page.contains("/start</p>"));
    assert!(page.contains("value=\"token-yes\""));
    assert!(!page.contains("value=\"token-old\""));

    rig.said(&pass.lane, 6, None, own("yes")).await;
    assert!(
        !rig.get("/", &cookie)
            .await
            .body
            .contains("value=\"token-yes\"")
    );
}

#[tokio::test]
async fn a_long_conversation_comes_in_parts_and_goes_back_to_its_beginning() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    for seq in 1..=120 {
        rig.said(
            &pass.lane,
            seq,
            None,
            out(&format!("message {seq}."), &["b"]),
        )
        .await;
    }
    let page = rig.get("/", &cookie).await.body;
    assert!(page.contains("message 120.") && page.contains("message 71."));
    assert!(!page.contains("message 70."));
    assert!(page.contains("href=\"/?before=71\""));
    let page = rig.get("/?before=71", &cookie).await.body;
    assert!(page.contains("message 70.") && page.contains("message 21."));
    assert!(!page.contains("message 71.") && !page.contains("value=\"token-b\""));
    let first = rig.get("/room/messages?before=21", &cookie).await.json();
    assert_eq!(first["messages"].as_array().unwrap().len(), 20);
    assert_eq!(first["oldest"], 1);
    assert_eq!(first["earlier"], json!(null));
    assert!(
        !rig.get("/?before=21", &cookie)
            .await
            .body
            .contains("id=\"earlier\"")
    );
}

#[tokio::test]
async fn reading_goes_on_from_the_number_and_begins_anew_in_another_conversation() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let nothing = rig.get("/room/messages", &cookie).await.json();
    assert_eq!(
        nothing,
        json!({"epoch": "", "lang": null, "oldest": 0, "earlier": null, "messages": []})
    );
    for seq in 1..=3 {
        rig.said(&pass.lane, seq, None, out("x", &[])).await;
    }
    let seqs = |batch: &serde_json::Value| -> Vec<i64> {
        let messages = batch["messages"].as_array().unwrap().iter();
        messages.map(|m| m["seq"].as_i64().unwrap()).collect()
    };
    let all = rig.get("/room/messages?after=0", &cookie).await.json();
    assert_eq!(seqs(&all), [1, 2, 3]);
    let epoch = all["epoch"].as_str().unwrap();
    let on = rig
        .get(&format!("/room/messages?after=2&epoch={epoch}"), &cookie)
        .await
        .json();
    assert_eq!(seqs(&on), [3]);
    let other = rig
        .get("/room/messages?after=2&epoch=0000", &cookie)
        .await
        .json();
    assert_eq!(seqs(&other), [1, 2, 3]);
}

/// Reads events until one has data.
async fn next_event(body: &mut axum::body::BodyDataStream) -> (String, serde_json::Value) {
    let wait = async {
        loop {
            let chunk = body.next().await.unwrap().unwrap();
            let text = String::from_utf8(chunk.to_vec()).unwrap();
            let line = |name: &str| {
                text.lines()
                    .find_map(|l| l.strip_prefix(name))
                    .map(str::to_owned)
            };
            if let (Some(id), Some(data)) = (line("id: "), line("data: ")) {
                return (id, serde_json::from_str(&data).unwrap());
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait)
        .await
        .unwrap()
}

#[tokio::test]
async fn two_open_pages_both_hear_and_a_reconnect_misses_nothing() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let mut pages = Vec::new();
    for _ in 0..2 {
        let answer = rig.open(get("/room/events", &cookie)).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        pages.push(answer.into_body().into_data_stream());
    }
    // The conversation does not exist yet when the pages begin to listen.
    rig.said(&pass.lane, 1, None, out("one", &[])).await;
    let mut last = String::new();
    for page in &mut pages {
        let (id, batch) = next_event(page).await;
        assert!(
            batch["messages"][0]["html"]
                .as_str()
                .unwrap()
                .contains("one")
        );
        last = id;
    }
    drop(pages);
    rig.said(&pass.lane, 2, None, out("two", &[])).await;
    rig.said(&pass.lane, 3, None, out("three", &[])).await;
    let mut request = get("/room/events?after=0", &cookie);
    request
        .headers_mut()
        .insert("last-event-id", last.parse().unwrap());
    let mut page = rig.open(request).await.into_body().into_data_stream();
    let (id, batch) = next_event(&mut page).await;
    assert_eq!(batch["messages"].as_array().unwrap().len(), 2);
    assert!(id.ends_with(".3"));
    rig.said(&pass.lane, 4, None, out("four", &[])).await;
    assert!(next_event(&mut page).await.0.ends_with(".4"));
}

#[tokio::test]
async fn the_page_to_hide_behind_says_nothing() {
    let rig = Rig::new().await;
    let page = rig.get("/room/away", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.to_lowercase().contains("lotse"), "{}", page.body);
}

/// Every text that the pages use is there in every language, and nothing else.
#[test]
fn the_words_of_the_room_are_complete() {
    let sources = [
        include_str!("page.html"),
        include_str!("welcome.html"),
        include_str!("away.html"),
        include_str!("page.rs"),
        include_str!("view.rs"),
    ];
    for words in [
        include_str!("../../../locales/de/room.ftl"),
        include_str!("../../../locales/en/room.ftl"),
        include_str!("../../../locales/ar/room.ftl"),
    ] {
        let resource = fluent_syntax::parser::parse(words).unwrap();
        let ids: Vec<&str> = resource
            .body
            .iter()
            .filter_map(|entry| match entry {
                fluent_syntax::ast::Entry::Message(m) => Some(m.id.name),
                _ => None,
            })
            .collect();
        for id in &ids {
            let quoted = format!("\"{id}\"");
            assert!(
                sources.iter().any(|s| s.contains(&quoted)),
                "{id} is not used"
            );
        }
        for source in sources {
            for used in source
                .split("ui.t(\"")
                .skip(1)
                .chain(source.split("ui.html(\"").skip(1))
            {
                let id = used.split('"').next().unwrap();
                assert!(ids.contains(&id), "{id} is missing");
            }
        }
        for id in [
            "me",
            "sending",
            "sent",
            "waiting",
            "slow",
            "refused",
            "again",
            "offline",
            "gone",
            "gone-start",
            "cancel",
            "photo",
            "file",
            "pick",
            "pick-photo",
            "pick-file",
            "pick-hint",
            "file-too-large",
            "file-wrong-kind",
            "file-empty",
            "file-none",
            "file-too-many",
            "file-busy",
            "too-long",
            "human",
            "tool-human",
            "tool-menu",
            "tool-language",
            "tool-data",
            "tool-delete",
        ] {
            assert!(ids.contains(&id), "{id} is missing");
        }
    }
}
