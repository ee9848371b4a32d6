//! The card of a case, and everything that a counsellor does with it.

use super::correct::CorrectView;
use super::session::{Sent, Signed};
use super::view::{Eyes, NoteView, OfferView, SaidView, SummaryView};
use super::{Console, Frame, html};
use crate::desk::life::Refusal;
use crate::desk::visibility::{Rights, Sight};
use crate::model::{CaseId, Lang, NoteId};
use crate::store::desk::reply::LONGEST;
use crate::store::desk::{Denied, Done};
use crate::web::error::WebError;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// A link that names no case leads nowhere, whatever is wrong with it.
type CasePath = Path<String>;

#[derive(Template)]
#[template(path = "console/card.html")]
struct Page {
    frame: Frame,
    case: OfferView,
    rights: Rights,
    crisis: bool,
    reachable: bool,
    channel: String,
    lease: Option<String>,
    summary: Option<SummaryView>,
    messages: Vec<SaidView>,
    more: bool,
    notes: Vec<NoteView>,
    correct: CorrectView,
    form_id: String,
    note_id: String,
    draft: Draft,
}

/// What was typed and could not be sent.
#[derive(Default)]
struct Draft {
    words: String,
    fault: &'static str,
}

#[derive(Template)]
#[template(path = "console/lost.html")]
struct Lost {
    frame: Frame,
    title: &'static str,
    /// What happened, and to whom it belongs now.
    what: &'static str,
    by: Option<String>,
    words: String,
}

/// The card.
pub async fn page(
    State(console): State<Console>,
    Path(id): CasePath,
    signed: Signed,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    show(&console, &signed, id, StatusCode::OK, Draft::default()).await
}

pub(super) fn case_id(text: &str) -> Result<CaseId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn show(
    console: &Console,
    signed: &Signed,
    id: CaseId,
    status: StatusCode,
    draft: Draft,
) -> Result<Response, WebError> {
    let app = &console.app;
    let viewer = &signed.session.staff.viewer;
    let card = app.store.card(viewer, id).await?;
    let card = card.ok_or(WebError::NotFound)?;
    if card.offer.unread > 0 && card.offer.rights.reply {
        app.store.mark_read(viewer, id).await?;
    }
    let content = app.content.load_full();
    let now = app.now();
    let w = signed.words();
    let eyes = Eyes {
        w,
        content: &content,
        now,
    };
    let page = Page {
        frame: Frame::new(console, signed, "queue").await?,
        correct: eyes.correct(&card, app.ids.uuid().to_string()),
        rights: card.offer.rights,
        crisis: card.offer.rights.sight == Sight::Crisis,
        reachable: card.reachable,
        channel: w.channel_name(&card.channel).to_owned(),
        lease: card
            .lease_until
            .filter(|_| card.offer.rights.reply)
            .map(|until| w.span((until.0 - now.0).max(0))),
        summary: eyes.summary(&card),
        messages: card.messages.iter().map(|m| eyes.said(&card, m)).collect(),
        more: card.more,
        notes: eyes.notes(&card),
        form_id: app.ids.uuid().to_string(),
        note_id: app.ids.uuid().to_string(),
        draft,
        case: eyes.offer(&card.offer),
    };
    html(status, &page)
}

/// Takes the case.
pub async fn claim(
    State(console): State<Console>,
    Path(id): CasePath,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let content = console.app.content.load_full();
    let by = sent.signed.by();
    let answer = console.app.store.claim_case(by, content, id).await?;
    if matches!(answer, Err(Denied::NotAllowed)) {
        let what = sent.signed.words().not_yours;
        return lost(&console, &sent, (StatusCode::FORBIDDEN, what, None), "").await;
    }
    finish(&console, &sent, answer, "", &latest(id)).await
}

/// Sends a reply.
pub async fn reply(
    State(console): State<Console>,
    Path(id): CasePath,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let words = sent.field("words").replace("\r\n", "\n");
    let w = sent.signed.words();
    let fault = match words.chars().count() {
        0 => Some(w.reply_empty),
        n if n > LONGEST => Some(w.reply_long),
        _ => None,
    };
    if let Some(fault) = fault {
        let draft = Draft { words, fault };
        return show(
            &console,
            &sent.signed,
            id,
            StatusCode::UNPROCESSABLE_ENTITY,
            draft,
        )
        .await;
    }
    let form = sent.field("form");
    if form.is_empty() || form.len() > 64 {
        return Err(WebError::BadRequest("a reply without its id"));
    }
    let content = console.app.content.load_full();
    let own = Lang::new(&sent.signed.session.staff.ui_lang);
    let by = sent.signed.by();
    let store = &console.app.store;
    let answer = store
        .reply(by, content, id, words.clone(), form.to_owned(), own)
        .await?;
    finish(&console, &sent, answer, &words, &latest(id)).await
}

/// Keeps a note.
pub async fn note(
    State(console): State<Console>,
    Path(id): CasePath,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let words = sent.field("words").replace("\r\n", "\n");
    let notes = format!("/console/cases/{id}#notes");
    if words.is_empty() || words.chars().count() > LONGEST {
        return Ok(Redirect::to(&notes).into_response());
    }
    let note = sent.field("form").parse().map(NoteId);
    let note = note.map_err(|_| WebError::BadRequest("a note without its id"))?;
    let by = sent.signed.by();
    let store = &console.app.store;
    let answer = store.add_note(by, id, note, words.clone()).await?;
    finish(&console, &sent, answer, &words, &notes).await
}

/// Gives the case back.
pub async fn release(
    State(console): State<Console>,
    Path(id): CasePath,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let content = console.app.content.load_full();
    let by = sent.signed.by();
    let answer = console.app.store.release_case(by, content, id).await?;
    finish(&console, &sent, answer, "", QUEUE).await
}

/// Ends the counselling.
pub async fn close(
    State(console): State<Console>,
    Path(id): CasePath,
    sent: Sent,
) -> Result<Response, WebError> {
    let id = case_id(&id)?;
    let content = console.app.content.load_full();
    let by = sent.signed.by();
    let answer = console.app.store.close_case(by, content, id).await?;
    if answer.is_ok() {
        // The bot's turn begins with a timer that is due now.
        console.app.hub.wake_timers();
    }
    finish(&console, &sent, answer, "", QUEUE).await
}

/// Where one goes when a case is out of one's hands.
const QUEUE: &str = "/console";

/// The card, at what was said last.
fn latest(id: CaseId) -> String {
    format!("/console/cases/{id}#latest")
}

/// On to the next page, or to the one that says why nothing happened. What somebody typed is never lost.
pub(super) async fn finish(
    console: &Console,
    sent: &Sent,
    answer: Result<Done, Denied>,
    words: &str,
    next: &str,
) -> Result<Response, WebError> {
    let w = sent.signed.words();
    let (status, what, by) = match answer {
        Ok(done) => {
            console.tell(done);
            return Ok(Redirect::to(next).into_response());
        }
        Err(Denied::NotThere) if words.is_empty() => return Err(WebError::NotFound),
        Err(Denied::NotThere) => (StatusCode::CONFLICT, w.lost_waiting, None),
        Err(Denied::Taken { by }) => (StatusCode::CONFLICT, w.lost_by, Some(by)),
        Err(Denied::Refused(Refusal::Ended)) => (StatusCode::CONFLICT, w.lost_ended, None),
        Err(Denied::Refused(_)) => (StatusCode::CONFLICT, w.lost_waiting, None),
        Err(Denied::NotAllowed) => (StatusCode::FORBIDDEN, w.lost_not_allowed, None),
    };
    lost(console, sent, (status, what, by), words).await
}

/// The page that says why nothing happened.
async fn lost(
    console: &Console,
    sent: &Sent,
    (status, what, by): (StatusCode, &'static str, Option<String>),
    words: &str,
) -> Result<Response, WebError> {
    let w = sent.signed.words();
    let page = Lost {
        frame: Frame::new(console, &sent.signed, "queue").await?,
        title: match status {
            StatusCode::FORBIDDEN => w.refused_title,
            _ => w.lost_title,
        },
        what,
        by,
        words: words.to_owned(),
    };
    html(status, &page)
}
