//! Live updates. The stream says only that something changed; the page then asks for what it may see, so
//! nothing can leak here. Losing an event loses nothing: the page also looks by itself every minute.

use super::Console;
use super::session::Signed;
use crate::web::error::WebError;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::wrappers::BroadcastStream;

/// A stream ends after this and the browser asks again: a session that was ended does not listen on.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// Something is said so often at least, so that no proxy takes the line for dead.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Whatever happens within this time is told once.
const PAUSE: Duration = Duration::from_millis(400);

/// The stream.
pub async fn stream(
    State(console): State<Console>,
    signed: Result<Signed, WebError>,
) -> Result<Response, WebError> {
    match signed {
        Ok(_) => {}
        // A script cannot follow a redirect to a page.
        Err(WebError::SignIn(_)) => return Ok(StatusCode::UNAUTHORIZED.into_response()),
        Err(other) => return Err(other),
    }
    // Having missed some is news too, so an error counts like any other.
    let news = BroadcastStream::new(console.app.hub.listen()).map(drop);
    let events = stream::once(std::future::ready(
        Event::default().retry(Duration::from_secs(2)),
    ))
    .chain(told_once(news).map(|()| Event::default().data("changed")))
    .take_until(tokio::time::sleep(LIFE))
    .map(Ok::<_, Infallible>);
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(sse.into_response())
}

/// A burst as one.
fn told_once(news: impl Stream<Item = ()>) -> impl Stream<Item = ()> {
    tokio_stream::StreamExt::chunks_timeout(news, 64, PAUSE).map(drop)
}
