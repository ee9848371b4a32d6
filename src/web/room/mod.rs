//! The web room: lotse's own pages for people who seek advice. No account, no third party, works without
//! scripts and on a slow line.
//!
//! A page shows what the database holds of one conversation. Whatever a person does is posted with an id
//! of the page's own making and goes through the inbox like an update of any messenger; the answer
//! appears by reading on from the last sequence number. The event stream only saves the asking.
//!
//! **Architecture invariant:** nothing in here answers a person; that is the engine's work, and neither
//! engine nor runtime knows that this channel is our own.

mod files;
mod page;
mod pass;
mod read;
mod say;
mod throttle;
mod view;
mod words;

use super::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use std::sync::Arc;
use throttle::Throttle;

/// The longest message, in characters.
pub const TEXT_LIMIT: usize = 4000;

/// The largest request: a message of the longest kind in any script, encoded as a form.
const BODY_LIMIT: usize = 40 * 1024;

/// What the room's handlers share.
#[derive(Clone)]
struct Room {
    app: App,
    throttle: Arc<Throttle>,
}

/// The room's pages. The headers of `web::headers` and the assets of `web::assets` come from the server around it.
pub fn router(app: App) -> Router {
    let throttle = Arc::new(Throttle::new(Arc::clone(&app.clock)));
    Router::new()
        .route("/", get(page::show))
        .route("/room/start", post(say::start))
        .route("/room/messages", get(read::messages).post(say::say))
        .route(
            "/room/files",
            post(files::send).layer(DefaultBodyLimit::max(files::FORM_LIMIT)),
        )
        .route("/room/events", get(read::events))
        .route("/room/away", get(page::away))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Room { app, throttle })
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
