//! How a page reads on: asked once (`GET /room/messages`) or kept informed (`GET /room/events`). Both
//! read from the database by sequence number; news only says when it is worth looking, so nothing that
//! was missed stays missing.

use super::Room;
use super::pass::Pass;
use super::throttle::Seat;
use super::view::{Batch, PAGE, View, epoch};
use super::words::{Ui, language};
use crate::model::{ConversationId, Lang};
use crate::runtime::News;
use crate::store::StoreError;
use crate::store::room::{RoomPage, Span};
use crate::web::WebError;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::Instant;

/// A sign of life on a quiet line, so that the page notices a dead one.
const BEAT: Duration = Duration::from_secs(20);

/// Without other news: how often to look where another process may have written.
const LOOK: Duration = Duration::from_secs(2);

/// How long a plain form waits for the answer, so that the page it leads to already shows it.
const PATIENCE: Duration = Duration::from_secs(2);

/// For a conversation that does not exist yet, every news may be the one: look at most this often.
const PAUSE: Duration = Duration::from_millis(150);

/// Where a page stands.
#[derive(Debug, Default, Deserialize)]
pub(super) struct From {
    after: Option<i64>,
    before: Option<i64>,
    epoch: Option<String>,
}

/// `GET /room/messages?after=…` or `?before=…`: messages for the script.
pub(super) async fn messages(
    State(room): State<Room>,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Result<Json<Batch>, Response> {
    let pass = Pass::read(&room.app, &headers).ok_or_else(|| WebError::SignIn("/").json())?;
    let mut place = Place::new(&from, &headers);
    let read = async {
        let page = match from.before {
            Some(seq) => {
                let span = Span::Before(seq);
                room.app.store.room_page(&pass.lane, span, PAGE).await?
            }
            None => place.look(&room, &pass).await?.1,
        };
        batch(&room, &pass, &headers, page.as_ref(), from.before.is_none())
    };
    read.await.map(Json).map_err(WebError::json)
}

/// `GET /room/events`: the same as a stream. Its ids let the browser go on where it was.
pub(super) async fn events(
    State(room): State<Room>,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Result<Response, Response> {
    let pass = Pass::read(&room.app, &headers).ok_or_else(|| WebError::SignIn("/").json())?;
    let Some(seat) = room.throttle.stream(&pass.lane.0) else {
        return Err(WebError::TooMany { seconds: 30 }.json());
    };
    let follow = Follow {
        place: Place::new(&from, &headers),
        // Listening begins before the first look: nothing can fall between.
        news: room.app.hub.listen(),
        beat: Instant::now() + BEAT,
        greeted: false,
        room,
        pass,
        headers,
        _seat: seat,
    };
    let about = [
        (header::CACHE_CONTROL, "no-store"),
        // Proxies must pass every event on at once.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((about, Sse::new(stream::unfold(follow, Follow::next))).into_response())
}

/// Waits until something was said after `seq`, but not for long. It is only a courtesy.
pub(super) async fn wait_for_answer(room: &Room, pass: &Pass, seq: i64) {
    let mut news = room.app.hub.listen();
    let answered = async {
        loop {
            let page = room
                .app
                .store
                .room_page(&pass.lane, Span::After(seq), 1)
                .await;
            match page {
                Ok(Some(page)) if !page.messages.is_empty() => return,
                Ok(found) => heard(&mut news, found.map(|p| p.conversation)).await,
                Err(_) => return,
            }
        }
    };
    // Where the news came from another process, or was missed, the page's reload shows the answer.
    let _ = tokio::time::timeout(PATIENCE, answered).await;
}

/// Resolves when there may be something new in this conversation.
async fn heard(news: &mut broadcast::Receiver<News>, conversation: Option<ConversationId>) {
    loop {
        match (news.recv().await, conversation) {
            (Ok(News::Conversation(id)), Some(ours)) if id == ours => return,
            (Ok(News::Conversation(_)), None) => return tokio::time::sleep(PAUSE).await,
            (Ok(_), _) => {}
            (Err(RecvError::Lagged(_)), _) => return,
            (Err(RecvError::Closed), _) => std::future::pending().await,
        }
    }
}

fn batch(
    room: &Room,
    pass: &Pass,
    headers: &HeaderMap,
    page: Option<&RoomPage>,
    asking: bool,
) -> Result<Batch, WebError> {
    let content = room.app.content.load_full();
    let chosen: Option<Lang> = page.and_then(|p| p.lang.clone());
    let chosen = chosen.filter(|lang| content.language(lang).is_some());
    let lang = chosen.unwrap_or_else(|| language(&content, headers, None));
    let ui = Ui::new(content, lang);
    let view = View {
        ui: &ui,
        pass,
        now: room.app.now(),
        ids: room.app.ids.as_ref(),
    };
    Ok(view.batch(page, asking)?)
}

/// How far a page has read, and in which conversation.
#[derive(Debug)]
struct Place {
    epoch: String,
    cursor: i64,
    conversation: Option<ConversationId>,
}

impl Place {
    /// What the browser remembers (`Last-Event-ID`) counts more than the address it first asked for.
    fn new(from: &From, headers: &HeaderMap) -> Self {
        let remembered = headers
            .get("last-event-id")
            .and_then(|v| v.to_str().ok())
            .and_then(|id| id.split_once('.'))
            .and_then(|(epoch, seq)| Some((epoch.to_owned(), seq.parse().ok()?)));
        let asked = || {
            (
                from.epoch.clone().unwrap_or_default(),
                from.after.unwrap_or(0),
            )
        };
        let (epoch, cursor) = remembered.unwrap_or_else(asked);
        Self {
            epoch,
            cursor,
            conversation: None,
        }
    }

    /// Reads on. `true`: there is something to tell the page.
    async fn look(
        &mut self,
        room: &Room,
        pass: &Pass,
    ) -> Result<(bool, Option<RoomPage>), StoreError> {
        let read = |span| room.app.store.room_page(&pass.lane, span, PAGE);
        let mut page = read(Span::After(self.cursor)).await?;
        let now = page
            .as_ref()
            .map_or_else(String::new, |p| epoch(p.conversation));
        let moved = now != self.epoch;
        if moved {
            // Another conversation than the page knows: it begins anew, with the newest messages.
            page = read(Span::Newest).await?;
            self.epoch = now;
            self.cursor = 0;
        }
        self.conversation = page.as_ref().map(|p| p.conversation);
        let newest = page.as_ref().and_then(|p| p.messages.last()).map(|m| m.seq);
        self.cursor = newest.unwrap_or(self.cursor);
        Ok((moved || newest.is_some(), page))
    }
}

/// An open event stream.
struct Follow {
    room: Room,
    pass: Pass,
    headers: HeaderMap,
    place: Place,
    news: broadcast::Receiver<News>,
    beat: Instant,
    greeted: bool,
    _seat: Seat,
}

impl Follow {
    /// The next event; `None` ends the stream, and the page comes again.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if !self.greeted {
            self.greeted = true;
            let hello = beat().retry(Duration::from_secs(3));
            return Some((Ok(hello), self));
        }
        loop {
            match self.look().await {
                Ok(Some(event)) => return Some((Ok(event), self)),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "a room's event stream ends");
                    return None;
                }
            }
            if self.wait().await {
                self.beat = Instant::now() + BEAT;
                return Some((Ok(beat()), self));
            }
        }
    }

    async fn look(&mut self) -> Result<Option<Event>, WebError> {
        let (news, page) = self.place.look(&self.room, &self.pass).await?;
        if !news {
            return Ok(None);
        }
        let batch = batch(&self.room, &self.pass, &self.headers, page.as_ref(), true)?;
        let id = format!("{}.{}", self.place.epoch, self.place.cursor);
        let event = Event::default().id(id).json_data(batch);
        event
            .map(Some)
            .map_err(|_| WebError::Internal("an event could not be written"))
    }

    /// Waits for a reason to look. `true`: it is time for a sign of life instead.
    async fn wait(&mut self) -> bool {
        let alone = self.room.app.store.is_embedded();
        let look = if alone {
            self.beat
        } else {
            Instant::now() + LOOK
        };
        let until = look.min(self.beat);
        let news = heard(&mut self.news, self.place.conversation);
        let quiet = tokio::time::timeout_at(until, news).await.is_err();
        quiet && until == self.beat
    }
}

/// A sign of life. An event rather than a comment, because scripts cannot see comments, and the page
/// has to notice a line that died without a word.
fn beat() -> Event {
    Event::default().event("beat").data("")
}
