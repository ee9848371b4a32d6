//! What failed, for supervisors: tried again or thrown away.

use super::session::{Sent, Signed};
use super::words::Words;
use super::{Console, Frame, html};
use crate::desk::visibility::sees_faults;
use crate::model::{InboxId, MessageId};
use crate::ports::SendError;
use crate::store::desk::Denied;
use crate::store::desk::dead::{Fault, Remedy, What};
use crate::web::error::WebError;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

struct FaultView {
    id: String,
    kind: &'static str,
    way: &'static str,
    channel: String,
    state: &'static str,
    attempts: i64,
    at: String,
    fault: String,
}

#[derive(Template)]
#[template(path = "console/faults.html")]
struct Page {
    frame: Frame,
    faults: Vec<FaultView>,
}

/// The list.
pub async fn page(State(console): State<Console>, signed: Signed) -> Result<Response, WebError> {
    let viewer = &signed.session.staff.viewer;
    if !sees_faults(viewer) {
        return Err(WebError::NotFound);
    }
    let faults = console.app.store.faults(viewer).await?;
    let views = faults
        .into_iter()
        .map(|fault| view(&console, &signed, fault));
    let page = Page {
        faults: views.collect(),
        frame: Frame::new(&console, &signed, "faults").await?,
    };
    html(StatusCode::OK, &page)
}

fn view(console: &Console, signed: &Signed, fault: Fault) -> FaultView {
    let w = signed.words();
    let (id, kind, way) = match fault.what {
        What::Update(id) => (id.to_string(), "update", w.fault_update),
        What::Message(id) => (id.to_string(), "message", w.fault_message),
    };
    FaultView {
        id,
        kind,
        way,
        channel: w.channel_name(&fault.channel).to_owned(),
        state: match fault.state.as_str() {
            "dead" => w.fault_dead,
            "undecodable" => w.fault_undecodable,
            _ => w.fault_failed,
        },
        attempts: fault.attempts,
        at: w.at(fault.at, console.app.now()),
        fault: in_words(w, fault.fault),
    }
}

/// Why something failed, where counsellors meet it often in their own language; the rest is for operators.
fn in_words(w: &Words, fault: String) -> String {
    match fault {
        gone if gone == SendError::PeerGone.to_string() => w.fault_gone.to_owned(),
        refused if refused == SendError::Auth.to_string() => w.fault_token.to_owned(),
        other => other,
    }
}

/// Tries one again, or throws it away.
pub async fn mend(State(console): State<Console>, sent: Sent) -> Result<Response, WebError> {
    let bad = |_| WebError::BadRequest("a fault without its id");
    let what = match sent.field("kind") {
        "update" => What::Update(sent.field("id").parse::<InboxId>().map_err(bad)?),
        _ => What::Message(sent.field("id").parse::<MessageId>().map_err(bad)?),
    };
    let remedy = match sent.field("remedy") {
        "replay" => Remedy::Replay,
        "discard" => Remedy::Discard,
        _ => return Err(WebError::BadRequest("no remedy")),
    };
    match console
        .app
        .store
        .mend(sent.signed.by(), what, remedy)
        .await?
    {
        // Somebody else has seen to it: the list shows that.
        Ok(()) | Err(Denied::NotThere) => {}
        Err(_) => return Err(WebError::NotFound),
    }
    console.app.hub.wake_inbox();
    console.app.hub.wake_outbox();
    Ok(Redirect::to("/console/faults").into_response())
}
