//! Photos and files: taken whole or not at all, each once, and only from a form of ours.

use super::super::fixture::Answer;
use super::*;
use crate::model::{Album, AttachmentKind, Event, FileRef, MediaKind, Takes};
use axum::body::Body;
use axum::http::Request;

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0 a photo";
const PDF: &[u8] = b"%PDF-1.7 a letter";
const ID: &str = "abcdef0123456789";

/// A form with files, as a browser sends it.
fn form(check: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("check", check), ("client_id", ID)] {
        let head = format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend(head.bytes().chain(value.bytes()).chain(*b"\r\n"));
    }
    for (name, content) in files {
        let head = format!(
            "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(b"--B--\r\n");
    body
}

fn posted(cookie: &str, body: Vec<u8>) -> axum::http::request::Builder {
    Request::post("/room/files")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header(header::HOST, "lotse.example")
        .header(header::ORIGIN, "https://lotse.example")
}

async fn by_form(rig: &Rig, cookie: &str, body: Vec<u8>) -> Answer {
    let request = posted(cookie, body.clone()).body(Body::from(body));
    rig.send(request.unwrap()).await
}

async fn by_script(rig: &Rig, cookie: &str, body: Vec<u8>) -> Answer {
    let request = posted(cookie, body.clone()).header(header::ACCEPT, "application/json");
    rig.send(request.body(Body::from(body)).unwrap()).await
}

fn came(rig: &Rig) -> Vec<(MediaKind, FileRef, Option<Album>)> {
    let one = |inbound: Inbound| match inbound.event {
        Event::Media {
            kind, file, album, ..
        } => (kind, file.unwrap(), album),
        other => panic!("{other:?}"),
    };
    taken(rig).into_iter().map(one).collect()
}

#[tokio::test]
async fn a_photo_is_on_disk_before_it_is_acknowledged_and_counts_once() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let body = form(&pass.check, &[("letter.jpg", JPEG)]);
    for _ in 0..2 {
        let answer = by_script(&rig, &cookie, body.clone()).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    }
    let updates = taken(&rig);
    assert_eq!(updates[0].provider_id, format!("{}:{ID}", pass.lane.0));
    assert_eq!(
        updates[1].provider_id, updates[0].provider_id,
        "the inbox keeps one"
    );
    let (kind, file, album) = came(&rig).remove(0);
    assert_eq!((kind, album), (MediaKind::Photo, None));
    assert_eq!(file.size, Some(JPEG.len() as u64));
    let kept = rig.app.store.uploaded(&file.reference).await.unwrap();
    assert_eq!(kept.as_deref(), Some(JPEG));
}

#[tokio::test]
async fn several_files_are_one_album_and_a_plain_form_leads_back_to_the_conversation() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let begun = AtomicBool::new(false);
    let body = form(&pass.check, &[("1.jpg", JPEG), ("2.pdf", PDF)]);
    let (sent, ()) = tokio::join!(by_form(&rig, &cookie, body), answer(&rig, 1, &begun));
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), "/#end");
    let updates = came(&rig);
    let kinds: Vec<_> = updates.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(kinds, [MediaKind::Photo, MediaKind::File]);
    let album = Some(Album {
        id: ID.into(),
        of: Some(2),
    });
    assert!(updates.iter().all(|(_, _, a)| *a == album));
    let ids: Vec<_> = taken(&rig).into_iter().map(|u| u.provider_id).collect();
    assert_eq!(ids[1], format!("{}:{ID}.1", pass.lane.0));
    assert_ne!(updates[0].1.reference, updates[1].1.reference);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_in_the_persons_words_and_nothing_of_it_stays() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let large = [JPEG, &vec![0; 10_000_000]].concat();
    let ten_and_one: Vec<(&str, &[u8])> = vec![("x.jpg", JPEG); 11];
    for (files, status, word) in [
        (&[("x.jpg", large.as_slice())][..], 413, "file-too-large"),
        (&[("x.docx", b"PK\x03\x04 letter")], 415, "file-wrong-kind"),
        (&[("x.jpg", b"<svg onload=x>")], 415, "file-wrong-kind"),
        (&[("x.jpg", b"")], 422, "file-empty"),
        (&[("", b"")], 422, "file-none"),
        (&ten_and_one, 422, "file-too-many"),
        // One of them is right: it is not taken either.
        (&[("x.jpg", JPEG), ("x.zip", b"PK")], 415, "file-wrong-kind"),
    ] {
        let body = form(&pass.check, files);
        let page = by_form(&rig, &cookie, body.clone()).await;
        assert_eq!(page.status.as_u16(), status, "{word}");
        assert!(page.body.contains("role=\"alert\">"), "{word}");
        assert!(page.body.contains(&format!(">{word}</p>")), "{word}");
        let said = by_script(&rig, &cookie, body).await;
        assert_eq!(said.status.as_u16(), status);
        assert_eq!(said.json()["error"], word);
        rig.clock.advance(60_000);
    }
    assert!(taken(&rig).is_empty());
    let first = super::super::files::upload_name(&pass, ID, 0);
    assert_eq!(rig.app.store.uploaded(&first).await.unwrap(), None);
}

#[tokio::test]
async fn files_are_taken_from_forms_of_this_room_only() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let (_, other) = rig.room();
    let files: &[(&str, &[u8])] = &[("x.jpg", JPEG)];
    let nobody = by_script(&rig, "", form(&pass.check, files)).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    for check in ["", other.check.as_str()] {
        let forged = by_script(&rig, &cookie, form(check, files)).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    }
    let body = form(&pass.check, files);
    let elsewhere = posted(&cookie, body.clone()).header("sec-fetch-site", "cross-site");
    let elsewhere = rig.send(elsewhere.body(Body::from(body)).unwrap()).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert!(taken(&rig).is_empty());
    let name = super::super::files::upload_name(&pass, ID, 0);
    assert_eq!(rig.app.store.uploaded(&name).await.unwrap(), None);
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_acknowledged() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    rig.inbox.broken.store(true, Ordering::SeqCst);
    let body = form(&pass.check, &[("x.jpg", JPEG)]);
    let answer = by_script(&rig, &cookie, body).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "3");
}

fn asks_for(kinds: &[AttachmentKind], most: usize) -> MessageBody {
    match out("photo?", &["skip"]) {
        MessageBody::Out(mut message) => {
            let kinds = kinds.to_vec();
            message.takes = Some(Takes { kinds, most });
            MessageBody::Out(message)
        }
        other => other,
    }
}

#[tokio::test]
async fn a_question_for_photos_shows_a_form_until_it_is_answered() {
    let rig = Rig::new().await;
    let (cookie, pass) = rig.room();
    let page = async || rig.get("/", &cookie).await.body;
    rig.said(&pass.lane, 1, None, asks_for(&AttachmentKind::ALL, 3))
        .await;
    let asked = page().await;
    for part in [
        "action=\"/room/files#end\" enctype=\"multipart/form-data\" data-most=\"3\"",
        "accept=\"image/*,application/pdf\" multiple",
        ">pick</span>",
    ] {
        assert!(asked.contains(part), "{part}");
    }
    rig.said(&pass.lane, 2, None, asks_for(&[AttachmentKind::Photo], 1))
        .await;
    let asked = page().await;
    assert_eq!(asked.matches("action=\"/room/files").count(), 1);
    assert!(asked.contains("accept=\"image/*\" required"));
    let photo = MessageBody::In {
        text: String::new(),
        media: Some(MediaKind::Photo),
        attached: None,
        triage: None,
    };
    rig.said(&pass.lane, 3, Some("x:page-id"), photo).await;
    let answered = page().await;
    assert!(!answered.contains("action=\"/room/files"));
    assert!(answered.contains("data-client=\"page-id\""));
    assert!(answered.contains("<p class=\"sent\">photo</p>"));
}
