//! The console: what counsellors see and do. Works without scripts; a script only refreshes what changed.
//!
//! **Architecture invariant:** no page decides who may see what. The store answers with what
//! `desk::visibility` allows, and pages show what they are given.

mod account;
mod alarm;
mod case;
mod correct;
mod events;
mod faults;
mod media;
mod queue;
mod seen;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;
mod throttle;
mod view;
mod words;

use super::App;
use super::error::WebError;
use crate::desk::visibility::sees_faults;
use crate::runtime::News;
use crate::store::desk::Done;
use alarm::AlarmView;
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use session::Signed;
use std::sync::Arc;
use throttle::Throttle;
use words::Words;

/// What every handler of the console can reach.
#[derive(Clone)]
pub struct Console {
    app: App,
    throttle: Arc<Throttle>,
}

/// All pages below `/console`.
pub fn router(app: App) -> Router {
    let throttle = Arc::new(Throttle::new(app.clock.clone()));
    Router::new()
        .route("/console", get(queue::page))
        .route("/console/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/console/sign-out", post(sign_in::sign_out))
        .route("/console/events", get(events::stream))
        .route("/console/cases/{id}", get(case::page))
        .route(
            "/console/cases/{id}/attachments/{attachment}",
            get(media::content),
        )
        .route("/console/cases/{id}/alarm", post(alarm::seen))
        .route("/console/cases/{id}/claim", post(case::claim))
        .route("/console/cases/{id}/correct", post(correct::correct))
        .route("/console/cases/{id}/reply", post(case::reply))
        .route("/console/cases/{id}/note", post(case::note))
        .route("/console/cases/{id}/release", post(case::release))
        .route("/console/cases/{id}/close", post(case::close))
        .route("/console/faults", get(faults::page).post(faults::mend))
        .route("/console/account", get(account::page))
        .route("/console/account/language", post(account::language))
        .route("/console/account/password", post(account::password))
        .route("/console/account/sessions", post(account::end_sessions))
        .with_state(Console { app, throttle })
}

/// What surrounds every page.
struct Frame {
    w: &'static Words,
    icon: String,
    css: String,
    js: String,
    csrf: String,
    name: String,
    organisations: String,
    /// The section that is shown: `queue`, `faults`, `account`.
    at: &'static str,
    sees_faults: bool,
    alarms: Vec<AlarmView>,
}

impl Frame {
    async fn new(console: &Console, signed: &Signed, at: &'static str) -> Result<Self, WebError> {
        let staff = &signed.session.staff;
        let names: Vec<_> = staff.organisations.values().map(String::as_str).collect();
        Ok(Self {
            w: signed.words(),
            icon: super::assets::url("console/icon.svg"),
            css: super::assets::url("console/console.css"),
            js: super::assets::url("console/console.js"),
            csrf: signed.session.csrf.clone(),
            name: staff.name.clone(),
            organisations: names.join(", "),
            at,
            sees_faults: sees_faults(&staff.viewer),
            alarms: alarm::open(console, signed).await?,
        })
    }
}

fn html(status: StatusCode, page: &impl Template) -> Result<Response, WebError> {
    Ok((status, Html(page.render()?)).into_response())
}

impl Console {
    /// Tells everybody who waits for news that a case changed, and wakes whoever sends.
    fn tell(&self, done: Done) {
        self.app.hub.tell(News::Case(done.case));
        self.app.hub.tell(News::Conversation(done.conversation));
        self.app.hub.wake_outbox();
    }
}
