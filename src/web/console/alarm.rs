//! The banner of alarms above every page, and the button that says that somebody has seen one.

use super::Console;
use super::case::{case_id, finish};
use super::session::{Sent, Signed};
use super::view::{Eyes, OfferView};
use crate::web::error::WebError;
use axum::extract::{Path, State};
use axum::response::Response;

/// An alarm that nobody has reacted to.
pub struct AlarmView {
    /// The case, as far as the viewer may see it.
    pub case: OfferView,
    /// Since when, as a point in time: an age would change with every look and be read aloud again.
    pub since: String,
    /// It was repeated.
    pub again: bool,
}

/// The alarms that somebody has to hear of.
pub async fn open(console: &Console, signed: &Signed) -> Result<Vec<AlarmView>, WebError> {
    let app = &console.app;
    let alarms = app.store.open_alarms(&signed.session.staff.viewer).await?;
    let content = app.content.load_full();
    let (w, now) = (signed.words(), app.now());
    let eyes = Eyes {
        w,
        content: &content,
        now,
    };
    let view = |alarm: &crate::store::desk::alarms::OpenAlarm| AlarmView {
        case: eyes.offer(&alarm.offer),
        since: w.at(alarm.raised_at, now),
        again: alarm.reminders > 0,
    };
    Ok(alarms.iter().map(view).collect())
}

/// Somebody has seen an alarm.
pub async fn seen(
    State(console): State<Console>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let answer = console.app.store.alarm_seen(sent.signed.by(), id).await?;
    finish(&console, &sent, answer, "", &format!("/console/cases/{id}")).await
}
