//! The preview: a page on an editor's own machine that shows what a change means. A phone to talk to, the flow as a
//! graph, the texts in all languages, the findings of the linter; all of it anew whenever a file is saved.
//!
//! The server remembers no conversation. The page holds what was done (in the words of transcripts) and sends it along
//! each time; it is played from the beginning on the content of now. That is what makes a change show at once, in the
//! middle of a conversation, and what lets the page say where the conversation has become another one.
//!
//! **Architecture invariant:** nothing in here reaches a database or a network.

mod answer;
mod due;
mod facts;
mod folder;
mod phone;
mod talk;
mod texts;
mod words;

pub use folder::Workshop;

use super::error::WebError;
use super::{assets, headers};
use crate::content::graph::STYLE;
use crate::model::Lang;
use askama::Template;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::StreamExt as _;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::wrappers::WatchStream;
use words::Words;

/// The longest request: a long conversation, typed by hand.
const BODY_LIMIT: usize = 512 * 1024;
/// Something is said so often at least, so that nobody takes the line for dead.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// What the pages share.
#[derive(Clone)]
struct Preview {
    workshop: Arc<Workshop>,
    words: &'static Words,
    lang: Lang,
}

/// The pages, in the language of the editor.
pub fn router(workshop: Arc<Workshop>, lang: &Lang) -> Router {
    let preview = Preview {
        workshop,
        words: Words::of(lang),
        lang: lang.clone(),
    };
    Router::new()
        .route("/", get(page))
        .route("/show", post(show))
        .route("/events", get(events))
        .route("/graph.css", get(style))
        .route("/healthz", get(|| async { "ok" }))
        .merge(assets::router())
        .fallback(async || WebError::NotFound)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(only_here))
        .layer(middleware::from_fn_with_state(false, headers::secure))
        .with_state(preview)
}

/// A page from elsewhere that has itself called by the name of this machine's own address could read what is being
/// written here: only who asks this machine by its own name is answered.
async fn only_here(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|h| h.to_str().ok());
    let name = host.map_or("", |h| h.rsplit_once(':').map_or(h, |(name, _)| name));
    let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    if name == "localhost" || address.is_ok() {
        return next.run(request).await;
    }
    StatusCode::MISDIRECTED_REQUEST.into_response()
}

#[derive(Template)]
#[template(path = "preview/page.html")]
struct Page<'a> {
    w: &'a Words,
    css: String,
    js: String,
    icon: String,
    looks: Vec<(&'static str, &'static str)>,
    folder: &'a str,
    today: String,
}

async fn page(State(preview): State<Preview>) -> Result<Response, WebError> {
    let page = Page {
        w: preview.words,
        css: assets::url("preview/preview.css"),
        js: assets::url("preview/preview.js"),
        icon: assets::url("console/icon.svg"),
        looks: crate::channel::look::LOOKS
            .iter()
            .map(|l| (l.id, l.name))
            .collect(),
        folder: &preview.workshop.name,
        today: preview.workshop.today().to_string(),
    };
    Ok(Html(page.render()?).into_response())
}

async fn show(
    State(preview): State<Preview>,
    Json(asked): Json<answer::Asked>,
) -> Result<Response, WebError> {
    let made = tokio::task::spawn_blocking(move || {
        answer::make(&preview.workshop, preview.words, &preview.lang, &asked)
    });
    let answer = made
        .await
        .map_err(|_| WebError::Internal("the preview failed"))??;
    Ok(Json(answer).into_response())
}

/// Says which version of the content there is, now and whenever it changes.
async fn events(State(preview): State<Preview>) -> Response {
    let versions = WatchStream::new(preview.workshop.news());
    let events =
        versions.map(|version| Ok::<_, Infallible>(Event::default().data(version.to_string())));
    let alive = KeepAlive::new().interval(HEARTBEAT);
    Sse::new(events).keep_alive(alive).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

#[cfg(test)]
mod tests;
