//! Signing in and out.

use super::session::{SIGN_IN, Sent, Signed, cookie_name};
use super::words::{Words, words};
use super::{Console, html};
use crate::desk::visibility::Viewer;
use crate::model::SessionId;
use crate::store::desk::By;
use crate::store::desk::sessions::{LIFE_SECONDS, NewSession, Which};
use crate::store::desk::staff::Account;
use crate::web::auth::{self, Token};
use crate::web::error::WebError;
use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Before there is a session, the form's token is in a cookie of its own.
const FORM_COOKIE: &str = "lotse_form";
const FORM_SECONDS: i64 = 3600;

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct Page {
    w: &'static Words,
    icon: String,
    css: String,
    token: String,
    login: String,
    fault: String,
}

/// What the form says.
#[derive(Deserialize)]
pub struct Fields {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
}

/// The form.
pub async fn page(
    State(console): State<Console>,
    headers: HeaderMap,
    signed: Result<Signed, WebError>,
) -> Result<Response, WebError> {
    match signed {
        Ok(_) => Ok(Redirect::to("/console").into_response()),
        Err(WebError::SignIn(_)) => form(&console, &headers, StatusCode::OK, "", String::new()),
        Err(other) => Err(other),
    }
}

/// German, unless the browser asks for English before it asks for German.
fn browser_words(headers: &HeaderMap) -> &'static Words {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("de");
    let ours = accepted.split(',').find_map(|part| {
        let tag = part.trim().get(..2)?;
        ["de", "en"]
            .into_iter()
            .find(|l| tag.eq_ignore_ascii_case(l))
    });
    words(ours.unwrap_or(if accepted == "de" { "de" } else { "en" }))
}

fn form(
    console: &Console,
    headers: &HeaderMap,
    status: StatusCode,
    login: &str,
    fault: String,
) -> Result<Response, WebError> {
    let app = &console.app;
    let token = Token::new(app.ids.as_ref());
    let page = Page {
        w: browser_words(headers),
        icon: crate::web::assets::url("console/icon.svg"),
        css: crate::web::assets::url("console/console.css"),
        token: token.secret().to_owned(),
        login: login.to_owned(),
        fault,
    };
    let name = auth::cookie_name(FORM_COOKIE, app.secure);
    let cookie = auth::set_cookie(&name, token.secret(), app.secure, FORM_SECONDS);
    Ok((AppendHeaders(cookie), html(status, &page)?).into_response())
}

/// Checks login and password. Whoever is refused is told the same, and after the same time, whether the
/// account exists or not.
pub async fn submit(
    State(console): State<Console>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, WebError> {
    let app = &console.app;
    if !auth::same_origin(&headers) {
        return Err(WebError::Forbidden("a sign-in from another site"));
    }
    let w = browser_words(&headers);
    let again = |status, fault| form(&console, &headers, status, &fields.login, fault);
    let name = auth::cookie_name(FORM_COOKIE, app.secure);
    let expected = auth::cookie(&headers, &name).unwrap_or_default();
    if expected.is_empty() || !auth::equal(expected, &fields.csrf) {
        return again(StatusCode::FORBIDDEN, w.sign_in_stale.into());
    }
    if let Err(seconds) = console.throttle.attempt(&fields.login) {
        tracing::warn!("a sign-in was refused: too many attempts");
        let fault = format!("{} {}.", w.sign_in_throttled, w.pause(seconds));
        let mut answer = again(StatusCode::TOO_MANY_REQUESTS, fault)?;
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
        return Ok(answer);
    }
    let account = app.store.account(&fields.login).await?;
    let hash = account.as_ref().map(|a| a.password_hash.clone());
    let fits = auth::check_password(fields.password.clone(), hash).await;
    match account {
        Some(account) if fits => open(&console, &headers, account).await,
        _ => again(StatusCode::UNAUTHORIZED, w.sign_in_failed.into()),
    }
}

async fn open(
    console: &Console,
    headers: &HeaderMap,
    account: Account,
) -> Result<Response, WebError> {
    let app = &console.app;
    let (token, csrf) = (Token::new(app.ids.as_ref()), Token::new(app.ids.as_ref()));
    let new = NewSession {
        id: SessionId(app.ids.uuid()),
        token_hash: token.hash(),
        csrf: csrf.secret().to_owned(),
        device: device(headers),
    };
    let by = By {
        viewer: Viewer {
            counsellor: account.id,
            memberships: Vec::new(),
        },
        name: account.name,
        now: app.now(),
        ids: app.ids.clone(),
    };
    app.store.open_session(by, new).await?;
    let name = cookie_name(app.secure);
    let form = auth::cookie_name(FORM_COOKIE, app.secure);
    let cookies = [
        auth::set_cookie(&name, token.secret(), app.secure, LIFE_SECONDS),
        auth::set_cookie(&form, "", app.secure, 0),
    ];
    let cookies = AppendHeaders(cookies.into_iter().flatten());
    Ok((cookies, Redirect::to("/console")).into_response())
}

/// Ends the session of this browser.
pub async fn sign_out(State(console): State<Console>, sent: Sent) -> Result<Response, WebError> {
    let app = &console.app;
    let which = Which::One(sent.signed.session.id);
    app.store.revoke_sessions(sent.signed.by(), which).await?;
    let gone = auth::set_cookie(&cookie_name(app.secure), "", app.secure, 0);
    Ok((AppendHeaders(gone), Redirect::to(SIGN_IN)).into_response())
}

/// "Firefox, Android": enough to recognise one's own browsers, too little to recognise a person.
fn device(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let first = |table: &[(&str, &'static str)]| {
        let hit = table.iter().find(|(mark, _)| agent.contains(mark));
        hit.map(|&(_, name)| name)
    };
    // Browsers pretend to be their elders: the most particular name comes first.
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Chrom", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    let known: Vec<_> = [browser, system].into_iter().flatten().collect();
    if known.is_empty() {
        "?".into()
    } else {
        known.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_and_no_more() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0",
                "Firefox, Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0",
                "Edge, Windows",
            ),
            ("curl/8", "?"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, agent.parse().unwrap());
            assert_eq!(device(&headers), name);
        }
    }

    #[test]
    fn the_first_language_that_we_speak_is_taken() {
        for (accepted, lang) in [
            ("en-GB,en;q=0.9,de;q=0.8", "en"),
            ("de-DE,de;q=0.9,en;q=0.8", "de"),
            ("tr,de;q=0.5", "de"),
            ("fr", "en"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
            assert_eq!(browser_words(&headers).lang, lang, "{accepted}");
        }
        assert_eq!(browser_words(&HeaderMap::new()).lang, "de");
    }
}
