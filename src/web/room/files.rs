//! Photos and files that a person sends in the room: a form with files, posted by the browser itself or by the script.
//! Each is looked at only as far as its kind, kept on disk, and becomes an update of its own; files of one form are an
//! album. The same `client_id` again changes nothing.

use super::Room;
use super::page::{Asked, Notice, conversation};
use super::pass::Pass;
use super::read::wait_for_answer;
use super::say::{Refused, hand_in, is_id, newest, own_page, refusal};
use super::throttle::Wait;
use super::words::language;
use crate::channel::room::Did;
use crate::model::{Album, AttachmentKind, FileRef, LARGEST_ATTACHMENT};
use crate::runtime::kind_of;
use crate::store::attachments::ForgetUploads;
use crate::store::seal::hex;
use crate::web::{WebError, auth};
use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Files of one form; no question asks for more.
pub(super) const FILES: usize = 10;

/// The largest form: all of its files as large as they may be, and what stands around them.
pub(super) const FORM_LIMIT: usize = FILES * LARGEST_ATTACHMENT as usize + 64 * 1024;

/// How long a form may take on its way: five photos on the slowest line. Then its place is somebody else's.
const PATIENCE: Duration = Duration::from_secs(600);

/// Longer than any field but the files.
const FIELD_LIMIT: usize = 200;

/// `POST /room/files`. 202 for the script and a redirect for a plain form, once everything is on disk.
pub(super) async fn send(
    State(room): State<Room>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let script = accepts_json(&headers);
    match answer(&room, &headers, form, script).await {
        Ok(answer) => answer,
        Err(error) if script => error.json(),
        Err(error) => error.into_response(),
    }
}

async fn answer(
    room: &Room,
    headers: &HeaderMap,
    form: Result<Multipart, MultipartRejection>,
    script: bool,
) -> Result<Response, WebError> {
    let pass = Pass::read(&room.app, headers).ok_or(WebError::SignIn("/"))?;
    if !own_page(headers) {
        return Err(WebError::Forbidden("files came from another site"));
    }
    let mut form = form.map_err(|_| WebError::BadRequest("not a form with files"))?;
    let before = newest(room, &pass).await?;
    let taken = tokio::time::timeout(PATIENCE, take(room, &pass, headers, &mut form)).await;
    match taken.unwrap_or(Err(Refused::Malformed)) {
        Ok(()) if script => Ok((StatusCode::ACCEPTED, Json(serde_json::json!({}))).into_response()),
        Ok(()) => {
            wait_for_answer(room, &pass, before).await;
            Ok(Redirect::to("/#end").into_response())
        }
        Err(Refused::Forbidden) => Err(WebError::Forbidden(
            "a form of the room came from elsewhere",
        )),
        Err(Refused::Malformed) => Err(WebError::BadRequest("not a form with files")),
        Err(Refused::Notice(notice)) if script => Ok(refusal(notice)),
        Err(Refused::Notice(notice)) => {
            let asked = Asked::default();
            conversation(room, &pass, headers, &asked, Some(notice), "").await
        }
    }
}

/// What is kept of one file.
struct Kept {
    name: String,
    kind: AttachmentKind,
    size: u64,
}

/// Reads the form, keeps its files and hands them in: all of them or none.
async fn take(
    room: &Room,
    pass: &Pass,
    headers: &HeaderMap,
    form: &mut Multipart,
) -> Result<(), Refused> {
    let _seat = room
        .throttle
        .upload(&pass.lane.0)
        .ok_or(Refused::Notice(Notice::Busy))?;
    let (mut client_id, mut checked) = (String::new(), false);
    let mut kept = Vec::new();
    let read = loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break Ok(()),
            Err(error) => break Err(broken(error.status())),
        };
        match field.name() {
            // These stand before the files: nothing is kept for a form that is not ours.
            Some("check") => checked = auth::equal(&word(field).await?, &pass.check),
            Some("client_id") => client_id = word(field).await?,
            Some("file") if !checked => break Err(Refused::Forbidden),
            Some("file") if !is_id(&client_id) => break Err(Refused::Malformed),
            Some("file") => match keep(room, pass, &client_id, field, kept.len()).await {
                Ok(None) => {}
                Ok(Some(one)) => kept.push(one),
                Err(refused) => break Err(refused),
            },
            _ => {}
        }
    };
    let done = match read {
        Ok(()) if kept.is_empty() => Err(Refused::Notice(Notice::NoFile)),
        Ok(()) => pass_on(room, pass, headers, &client_id, &kept).await,
        Err(refused) => Err(refused),
    };
    if done.is_err() {
        forget(room, kept).await;
        // A browser that is interrupted shows no answer: it is let finish.
        while let Ok(Some(field)) = form.next_field().await {
            drop(field);
        }
    }
    done
}

/// One file, on disk. `None`: a form without a file sends an empty one without a name.
async fn keep(
    room: &Room,
    pass: &Pass,
    client_id: &str,
    mut field: Field<'_>,
    number: usize,
) -> Result<Option<Kept>, Refused> {
    if number >= FILES {
        return Err(Refused::Notice(Notice::TooManyFiles));
    }
    let named = field.file_name().is_some_and(|name| !name.is_empty());
    let most = usize::try_from(LARGEST_ATTACHMENT).unwrap_or(usize::MAX);
    let bytes = read(&mut field, most)
        .await?
        .ok_or(Refused::Notice(Notice::FileTooLarge))?;
    if bytes.is_empty() {
        return match named {
            true => Err(Refused::Notice(Notice::EmptyFile)),
            false => Ok(None),
        };
    }
    let kind = kind_of(&bytes).ok_or(Refused::Notice(Notice::WrongKind))?;
    if let Err(Wait(seconds)) = room.throttle.file(&pass.lane.0) {
        return Err(Refused::Notice(Notice::TooFast { seconds }));
    }
    let name = upload_name(pass, client_id, number);
    let store = &room.app.store;
    let kept = store.keep_upload(name.clone(), pass.lane.clone(), &bytes, room.app.now());
    kept.await.map_err(|error| {
        tracing::error!(%error, "a file of the room could not be stored");
        Refused::Notice(Notice::NotSaved)
    })?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Ok(Some(Kept { name, kind, size }))
}

/// Into the inbox, together: on disk when it returns.
async fn pass_on(
    room: &Room,
    pass: &Pass,
    headers: &HeaderMap,
    client_id: &str,
    kept: &[Kept],
) -> Result<(), Refused> {
    let lang = language(&room.app.content.load(), headers, None).to_string();
    let album = (kept.len() > 1).then(|| Album {
        id: client_id.to_owned(),
        of: Some(kept.len()),
    });
    let deeds = kept.iter().enumerate().map(|(n, one)| {
        let did = Did::File {
            kind: one.kind,
            file: FileRef {
                reference: one.name.clone(),
                size: Some(one.size),
            },
            album: album.clone(),
        };
        (part_id(client_id, n), did)
    });
    hand_in(room, pass, deeds.collect(), Some(lang)).await
}

/// The first file has the form's id, so that the page knows it again; no page makes an id with a full stop.
fn part_id(client_id: &str, number: usize) -> String {
    match number {
        0 => client_id.to_owned(),
        n => format!("{client_id}.{n}"),
    }
}

/// The same for the same file of the same form, and nothing that another room could name.
pub(super) fn upload_name(pass: &Pass, client_id: &str, number: usize) -> String {
    let mut hash = Sha256::new_with_prefix(b"room upload");
    for part in [&pass.address, client_id, &number.to_string()] {
        hash.update([0]);
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// What is not passed on is not kept either.
async fn forget(room: &Room, kept: Vec<Kept>) {
    for one in kept {
        if let Err(error) = room.app.store.write(ForgetUploads::One(one.name)).await {
            tracing::warn!(%error, "an upload is kept longer than it is needed");
        }
    }
}

/// A short field.
async fn word(mut field: Field<'_>) -> Result<String, Refused> {
    let bytes = read(&mut field, FIELD_LIMIT).await?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or(Refused::Malformed)
}

/// A field's content; `None`: it has more bytes than this.
async fn read(field: &mut Field<'_>, most: usize) -> Result<Option<Vec<u8>>, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| broken(e.status()))? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// The form broke off, or is larger than any.
fn broken(status: StatusCode) -> Refused {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::Notice(Notice::FileTooLarge),
        _ => Refused::Malformed,
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/json"))
}
