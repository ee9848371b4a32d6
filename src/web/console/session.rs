//! Who is signed in, and forms that really come from our own pages.

use super::Console;
use super::words::{Words, words};
use crate::store::desk::By;
use crate::store::desk::sessions::Session;
use crate::web::auth::{self, Token};
use crate::web::error::WebError;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header::HeaderMap;
use axum::http::request::Parts;
use std::collections::HashMap;

/// Where whoever is not signed in is sent.
pub const SIGN_IN: &str = "/console/sign-in";

/// The cookie that holds the session's token.
const COOKIE: &str = "lotse_staff";

/// A header that the page's script sends when it refreshes by itself.
const BACKGROUND: &str = "x-lotse-background";

/// Somebody who is signed in.
pub struct Signed {
    /// Their session.
    pub session: Session,
    console: Console,
}

impl Signed {
    /// Their language.
    pub fn words(&self) -> &'static Words {
        words(&self.session.staff.ui_lang)
    }

    /// Them, doing something now.
    pub fn by(&self) -> By {
        By {
            viewer: self.session.staff.viewer.clone(),
            name: self.session.staff.name.clone(),
            now: self.console.app.now(),
            ids: self.console.app.ids.clone(),
        }
    }
}

/// The full name of the session's cookie.
pub fn cookie_name(secure: bool) -> String {
    auth::cookie_name(COOKIE, secure)
}

fn token(headers: &HeaderMap, secure: bool) -> Option<Token> {
    auth::cookie(headers, &cookie_name(secure)).and_then(Token::parse)
}

impl FromRequestParts<Console> for Signed {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, WebError> {
        let app = &console.app;
        let Some(token) = token(&parts.headers, app.secure) else {
            return Err(WebError::SignIn(SIGN_IN));
        };
        let used = !parts.headers.contains_key(BACKGROUND);
        match app.store.session(&token.hash(), used, app.now()).await? {
            Some(session) => Ok(Self {
                session,
                console: console.clone(),
            }),
            None => Err(WebError::SignIn(SIGN_IN)),
        }
    }
}

/// A form that somebody who is signed in sent from one of our pages.
pub struct Sent {
    /// Who.
    pub signed: Signed,
    fields: HashMap<String, String>,
}

impl Sent {
    /// A field, trimmed; empty if it is missing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |v| v.trim())
    }

    /// A field as it was typed: a password.
    pub fn secret(&mut self, name: &str) -> String {
        self.fields.remove(name).unwrap_or_default()
    }
}

impl FromRequest<Console> for Sent {
    type Rejection = WebError;

    async fn from_request(request: Request, console: &Console) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let signed = Signed::from_request_parts(&mut parts, console).await?;
        if !auth::same_origin(&parts.headers) {
            return Err(WebError::Forbidden("a form from another site"));
        }
        let request = Request::from_parts(parts, body);
        let Form(fields) = Form::<HashMap<String, String>>::from_request(request, console)
            .await
            .map_err(|_| WebError::BadRequest("a form that cannot be read"))?;
        let csrf = fields.get("csrf").map_or("", String::as_str);
        if !auth::equal(csrf, &signed.session.csrf) {
            return Err(WebError::Forbidden("a form without the session's token"));
        }
        Ok(Self { signed, fields })
    }
}
