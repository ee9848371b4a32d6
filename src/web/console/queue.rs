//! The first page: my cases, and who waits.

use super::session::Signed;
use super::view::{Eyes, LevelCount, OfferView, level_counts};
use super::{Console, Frame, html};
use crate::store::desk::queue::{Counts, Cursor, View};
use crate::web::error::WebError;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// Cases on one page.
const PAGE: usize = 50;

/// Which part of which list.
#[derive(Deserialize)]
pub struct Which {
    scope: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "console/queue.html")]
struct Page {
    frame: Frame,
    counts: Counts,
    levels: Vec<LevelCount>,
    mine: Vec<OfferView>,
    offers: Vec<OfferView>,
    scope: &'static str,
    later: bool,
    next: Option<String>,
}

/// The page.
pub async fn page(
    State(console): State<Console>,
    Query(which): Query<Which>,
    signed: Signed,
) -> Result<Response, WebError> {
    let store = &console.app.store;
    let viewer = &signed.session.staff.viewer;
    let (scope, view) = match which.scope.as_deref() {
        Some("all") => ("all", View::All),
        Some("team") => ("team", View::Team),
        _ => ("own", View::Own),
    };
    let after: Option<Cursor> = which.after.as_deref().and_then(|a| a.parse().ok());
    let list = store.queue(viewer, view, after, PAGE).await?;
    let mine = store.my_cases(viewer).await?;
    let counts = store.queue_counts(viewer).await?;

    let content = console.app.content.load_full();
    let eyes = Eyes {
        w: signed.words(),
        content: &content,
        now: console.app.now(),
    };
    let page = Page {
        frame: Frame::new(&console, &signed, "queue").await?,
        levels: level_counts(eyes.w, counts.own_by_level),
        counts,
        mine: mine.iter().map(|o| eyes.offer(o)).collect(),
        offers: list.offers.iter().map(|o| eyes.offer(o)).collect(),
        scope,
        later: after.is_some(),
        next: list.next.map(|cursor| cursor.to_string()),
    };
    html(StatusCode::OK, &page)
}
