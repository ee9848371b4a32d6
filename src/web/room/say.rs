//! What a person does in the room: opening it, writing, pressing a button. By the script as JSON, or by a
//! plain form; both end in the inbox, on disk, before they are answered.

use super::page::{Asked, Notice, campaign, conversation, remember_language, welcome};
use super::pass::Pass;
use super::read::wait_for_answer;
use super::throttle::Wait;
use super::words::language;
use super::{Room, TEXT_LIMIT};
use crate::channel::room::{Did, ROOM, Wire};
use crate::web::{WebError, auth};
use axum::Form;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// What a page posts. `token` wins over `text`.
#[derive(Deserialize)]
pub(super) struct Said {
    client_id: String,
    text: Option<String>,
    token: Option<String>,
    /// Shows that a form is ours. Scripts do not need it: their kind of request cannot come from elsewhere.
    check: Option<String>,
}

/// What the first page posts.
#[derive(Deserialize)]
pub(super) struct Opening {
    c: Option<String>,
    lang: Option<String>,
}

/// Why nothing was taken.
pub(super) enum Refused {
    /// The page can say what to do.
    Notice(Notice),
    /// A page of ours does not send this.
    Malformed,
    /// A form without the token of this room.
    Forbidden,
}

/// `POST /room/start`: opens a room.
pub(super) async fn start(
    State(room): State<Room>,
    headers: HeaderMap,
    Form(opening): Form<Opening>,
) -> Result<Response, WebError> {
    if Pass::read(&room.app, &headers).is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    if !own_page(&headers) {
        return Err(WebError::Forbidden(
            "a room cannot be opened from another site",
        ));
    }
    let asked = Asked {
        lang: opening.lang,
        c: opening.c,
        ..Asked::default()
    };
    if let Err(Wait(seconds)) = room.throttle.room() {
        return welcome(&room, &headers, &asked, Some(Notice::TooMany { seconds }));
    }
    let pass = Pass::new(&room.app).ok_or(WebError::Internal("no randomness"))?;
    let lang = language(&room.app.content.load(), &headers, asked.lang.as_deref()).to_string();
    let payload = asked.c.as_deref().and_then(campaign);
    let taken = hand_in(
        &room,
        &pass,
        vec![("start".to_owned(), Did::Start(payload))],
        Some(lang.clone()),
    )
    .await;
    if let Err(Refused::Notice(notice)) = taken {
        return welcome(&room, &headers, &asked, Some(notice));
    }
    wait_for_answer(&room, &pass, 0).await;
    let mut answer = Redirect::to("/").into_response();
    if let Some((name, value)) = pass.remember(room.app.secure) {
        answer.headers_mut().append(name, value);
    }
    remember_language(&mut answer, &lang, room.app.secure);
    Ok(answer)
}

/// `POST /room/messages`: takes a message or a pressed button. 202 once it is on disk; the same
/// `client_id` again changes nothing.
pub(super) async fn say(
    State(room): State<Room>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if is_json(&headers) {
        say_by_script(&room, &headers, request)
            .await
            .unwrap_or_else(WebError::json)
    } else {
        say_by_form(&room, &headers, request)
            .await
            .unwrap_or_else(WebError::into_response)
    }
}

async fn say_by_script(
    room: &Room,
    headers: &HeaderMap,
    request: Request,
) -> Result<Response, WebError> {
    if !own_page(headers) {
        return Err(WebError::Forbidden("a message came from another site"));
    }
    let pass = Pass::read(&room.app, headers).ok_or(WebError::SignIn("/"))?;
    let Json(said) = Json::<Said>::from_request(request, &())
        .await
        .map_err(|_| WebError::BadRequest("not a message"))?;
    match take(room, &pass, headers, &said).await {
        Ok(()) => Ok((StatusCode::ACCEPTED, Json(serde_json::json!({}))).into_response()),
        Err(Refused::Malformed | Refused::Forbidden) => Err(WebError::BadRequest("not a message")),
        Err(Refused::Notice(notice)) => Ok(refusal(notice)),
    }
}

/// The answer for the script when something was not taken.
pub(super) fn refusal(notice: Notice) -> Response {
    let body = Json(serde_json::json!({ "error": notice.word() }));
    let mut answer = (notice.status(), body).into_response();
    if let Some(seconds) = notice.retry_after() {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

async fn say_by_form(
    room: &Room,
    headers: &HeaderMap,
    request: Request,
) -> Result<Response, WebError> {
    let Some(pass) = Pass::read(&room.app, headers) else {
        return Err(WebError::SignIn("/"));
    };
    let Form(said) = Form::<Said>::from_request(request, &())
        .await
        .map_err(|_| WebError::BadRequest("not a message"))?;
    let checked = said
        .check
        .as_deref()
        .is_some_and(|c| auth::equal(c, &pass.check));
    if !checked || !own_page(headers) {
        return Err(WebError::Forbidden(
            "a form of the room came from elsewhere",
        ));
    }
    let before = newest(room, &pass).await?;
    match take(room, &pass, headers, &said).await {
        Ok(()) => wait_for_answer(room, &pass, before).await,
        // An empty form was sent: nothing to say about that.
        Err(Refused::Malformed | Refused::Forbidden) => {}
        Err(Refused::Notice(notice)) => {
            let draft = said.text.as_deref().unwrap_or_default();
            let asked = Asked::default();
            return conversation(room, &pass, headers, &asked, Some(notice), draft).await;
        }
    }
    Ok(Redirect::to("/#end").into_response())
}

pub(super) async fn newest(room: &Room, pass: &Pass) -> Result<i64, WebError> {
    let span = crate::store::room::Span::Newest;
    let page = room.app.store.room_page(&pass.lane, span, 1).await?;
    Ok(page
        .and_then(|p| p.messages.last().map(|m| m.seq))
        .unwrap_or(0))
}

/// Checks what was posted and hands it in.
async fn take(room: &Room, pass: &Pass, headers: &HeaderMap, said: &Said) -> Result<(), Refused> {
    if !is_id(&said.client_id) {
        return Err(Refused::Malformed);
    }
    let did = match (&said.token, &said.text) {
        (Some(token), _) if (1..=64).contains(&token.len()) => Did::Tap(token.clone()),
        (None, Some(text)) => {
            // A NUL cannot be shown, and not every database can hold it.
            let text = text.replace('\0', "").replace("\r\n", "\n");
            let text = text.trim();
            if text.is_empty() {
                return Err(Refused::Malformed);
            }
            if text.chars().count() > TEXT_LIMIT {
                return Err(Refused::Notice(Notice::TooLong));
            }
            Did::Text(text.to_owned())
        }
        _ => return Err(Refused::Malformed),
    };
    if let Err(Wait(seconds)) = room.throttle.message(&pass.lane.0) {
        return Err(Refused::Notice(Notice::TooFast { seconds }));
    }
    let lang = language(&room.app.content.load(), headers, None).to_string();
    hand_in(room, pass, vec![(said.client_id.clone(), did)], Some(lang)).await
}

/// Into the inbox, each under its id: on disk when it returns.
pub(super) async fn hand_in(
    room: &Room,
    pass: &Pass,
    deeds: Vec<(String, Did)>,
    lang: Option<String>,
) -> Result<(), Refused> {
    let raw = |(id, did): (String, Did)| {
        let wire = Wire {
            id: format!("{}:{id}", pass.lane.0),
            address: pass.address.clone(),
            lang: lang.clone(),
            did,
        };
        wire.raw()
    };
    let updates = deeds.into_iter().map(raw).collect();
    let accepted = room.app.accept.accept(ROOM, updates).await;
    accepted.map_err(|error| {
        tracing::error!(%error, "a message of the room could not be stored");
        Refused::Notice(Notice::NotSaved)
    })
}

/// An id that a page makes: long enough not to meet another one, and nothing but letters, digits and `-`.
pub(super) fn is_id(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/json"))
}

/// Whether a page of ours sent this. Old browsers that hide the origin (`null`) are let through; what they
/// send carries the form's token or, to open a room, does no harm.
pub(super) fn own_page(headers: &HeaderMap) -> bool {
    let hidden = headers.get(header::ORIGIN).is_some_and(|v| v == "null");
    let silent = !headers.contains_key("sec-fetch-site");
    (hidden && silent) || auth::same_origin(headers)
}
