//! One's own account: language, password, sign-ins.

use super::session::{Sent, Signed};
use super::{Console, Frame, html};
use crate::model::SessionId;
use crate::store::desk::sessions::Which;
use crate::web::auth;
use crate::web::error::WebError;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// The shortest new password, in characters.
const SHORTEST: usize = 12;

struct SessionView {
    id: String,
    device: String,
    seen: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "console/account.html")]
struct Page {
    frame: Frame,
    login: String,
    german: bool,
    sessions: Vec<SessionView>,
    done: &'static str,
    fault: &'static str,
}

/// What was just done.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

/// The page.
pub async fn page(
    State(console): State<Console>,
    Query(after): Query<After>,
    signed: Signed,
) -> Result<Response, WebError> {
    let w = signed.words();
    let done = match after.done.as_deref() {
        Some("password") => w.password_done,
        Some(_) => w.saved,
        None => "",
    };
    show(&console, &signed, StatusCode::OK, done, "").await
}

async fn show(
    console: &Console,
    signed: &Signed,
    status: StatusCode,
    done: &'static str,
    fault: &'static str,
) -> Result<Response, WebError> {
    let app = &console.app;
    let staff = &signed.session.staff;
    let (w, now) = (signed.words(), app.now());
    let sessions = app.store.sessions_of(staff.viewer.counsellor, now).await?;
    let sessions = sessions.into_iter().map(|s| SessionView {
        id: s.id.to_string(),
        device: s.device,
        seen: w.at(s.last_seen_at, now),
        this: s.id == signed.session.id,
    });
    let page = Page {
        frame: Frame::new(console, signed, "account").await?,
        login: staff.login.clone(),
        german: w.lang == "de",
        sessions: sessions.collect(),
        done,
        fault,
    };
    html(status, &page)
}

fn done(what: &str) -> Response {
    Redirect::to(&format!("/console/account?done={what}")).into_response()
}

/// Changes the language of the pages.
pub async fn language(State(console): State<Console>, sent: Sent) -> Result<Response, WebError> {
    let lang = match sent.field("lang") {
        lang @ ("de" | "en") => lang.to_owned(),
        _ => return Err(WebError::BadRequest("no such language")),
    };
    console
        .app
        .store
        .set_ui_lang(sent.signed.by(), lang)
        .await?;
    Ok(done("language"))
}

/// Changes the password, and ends all other sign-ins. Tries count like tries to sign in.
pub async fn password(
    State(console): State<Console>,
    mut sent: Sent,
) -> Result<Response, WebError> {
    let (now, new, again) = (sent.secret("now"), sent.secret("new"), sent.secret("again"));
    let (app, signed) = (&console.app, &sent.signed);
    let w = signed.words();
    let refuse = |fault| {
        show(
            &console,
            signed,
            StatusCode::UNPROCESSABLE_ENTITY,
            "",
            fault,
        )
    };
    if new != again {
        return refuse(w.password_differs).await;
    }
    if new.chars().count() < SHORTEST {
        return refuse(w.password_short).await;
    }
    let login = &signed.session.staff.login;
    if let Err(seconds) = console.throttle.attempt(login) {
        return Err(WebError::TooMany { seconds });
    }
    let account = app.store.account(login).await?;
    if !auth::check_password(now, account.map(|a| a.password_hash)).await {
        return refuse(w.password_wrong).await;
    }
    let hash = auth::hash_password(app.ids.as_ref(), new).await;
    let hash = hash.map_err(|_| WebError::Internal("a password could not be hashed"))?;
    let keep = Some(signed.session.id);
    app.store.set_password(signed.by(), hash, keep).await?;
    Ok(done("password"))
}

/// Ends one of one's own sign-ins, or all but this one.
pub async fn end_sessions(
    State(console): State<Console>,
    sent: Sent,
) -> Result<Response, WebError> {
    let which = match sent.field("id") {
        "" => Which::AllBut(sent.signed.session.id),
        id => {
            let id = id.parse::<SessionId>();
            Which::One(id.map_err(|_| WebError::BadRequest("no such sign-in"))?)
        }
    };
    console
        .app
        .store
        .revoke_sessions(sent.signed.by(), which)
        .await?;
    Ok(done("sessions"))
}
