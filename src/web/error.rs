//! The one error type of the web side: it logs once, where it becomes an answer, and it never shows
//! what is inside.

use crate::store::StoreError;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Serialize;

/// Why a request was not answered as it was meant, by what the browser is told.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// There is no such thing, or nobody may know that there is.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in: the browser is sent to this page.
    #[error("nobody is signed in")]
    SignIn(&'static str),
    /// The form did not come from our own page, or the role is not enough.
    #[error("refused: {0}")]
    Forbidden(&'static str),
    /// The request makes no sense.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// Somebody else changed the same thing first.
    #[error("somebody else was faster")]
    Conflict,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// A fault of ours.
    #[error("internal fault: {0}")]
    Internal(&'static str),
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            other => Self::Store(other),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(_: askama::Error) -> Self {
        Self::Internal("a template could not be rendered")
    }
}

/// The page for people whose language we do not know at this point: German and English.
#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    code: u16,
    german: &'static str,
    english: &'static str,
    css: String,
}

#[derive(Serialize)]
struct Body {
    error: &'static str,
}

impl WebError {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer for scripts: `{"error": "conflict"}`.
    pub fn json(self) -> Response {
        self.log();
        let word = match self {
            Self::NotFound => "not_found",
            Self::SignIn(_) => "sign_in",
            Self::Forbidden(_) => "forbidden",
            Self::BadRequest(_) => "bad_request",
            Self::Conflict => "conflict",
            Self::TooMany { .. } => "too_many",
            Self::Store(_) => "unavailable",
            Self::Internal(_) => "internal",
        };
        let answer = (self.status(), axum::Json(Body { error: word })).into_response();
        self.with_retry(answer)
    }

    fn log(&self) {
        match self {
            Self::Store(error) => tracing::error!(%error, "a request failed: database"),
            Self::Internal(fault) => tracing::error!(fault, "a request failed"),
            Self::Forbidden(why) => tracing::warn!(why, "a request was refused"),
            Self::TooMany { .. } => tracing::warn!("a request was refused: too many attempts"),
            _ => {}
        }
    }

    fn with_retry(&self, mut answer: Response) -> Response {
        if let Self::TooMany { seconds } = self
            && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
        {
            answer.headers_mut().insert(header::RETRY_AFTER, value);
        }
        answer
    }

    /// German and English words for people.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("Diese Seite gibt es nicht.", "There is no such page."),
            Self::SignIn(_) => ("Bitte melden Sie sich an.", "Please sign in."),
            Self::Forbidden(_) => (
                "Das ist nicht erlaubt. Vielleicht war die Seite zu lange offen: Bitte laden Sie sie neu.",
                "This is not allowed. Perhaps the page was open for too long: please reload it.",
            ),
            Self::BadRequest(_) => (
                "Das haben wir nicht verstanden.",
                "We could not understand this request.",
            ),
            Self::Conflict => (
                "Jemand anders war schneller. Bitte laden Sie die Seite neu.",
                "Somebody else was faster. Please reload the page.",
            ),
            Self::TooMany { .. } => (
                "Zu viele Versuche. Bitte warten Sie ein wenig.",
                "Too many attempts. Please wait a little.",
            ),
            Self::Store(_) | Self::Internal(_) => (
                "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.",
                "Something went wrong on our side. Please try again in a moment.",
            ),
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        if let Self::SignIn(page) = self {
            return Redirect::to(page).into_response();
        }
        self.log();
        let (german, english) = self.words();
        let status = self.status();
        let page = Page {
            code: status.as_u16(),
            german,
            english,
            css: super::assets::url("error.css"),
        };
        let answer = match page.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => (status, english).into_response(),
        };
        self.with_retry(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_attempts_say_when_to_come_back() {
        let answer = WebError::TooMany { seconds: 30 }.into_response();
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "30");
    }

    #[test]
    fn a_lost_race_in_the_store_is_a_conflict_and_not_a_fault() {
        assert_eq!(
            WebError::from(StoreError::Conflict).status(),
            StatusCode::CONFLICT
        );
    }

    #[tokio::test]
    async fn a_fault_does_not_show_what_is_inside() {
        let answer = WebError::Internal("the secret detail").into_response();
        let body = axum::body::to_bytes(answer.into_body(), 100_000)
            .await
            .unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("secret detail"));
        assert!(text.contains("Something went wrong"));
    }
}
