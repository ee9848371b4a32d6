//! The web room as a browser uses it: first page, form, page, JSON for what is said, event stream for what comes.

use super::{Act, Device, Seen};
use crate::support::lotse::PATIENCE;
use lotse::model::{Lang, Message};
use lotse::text;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;

/// A browser with the room open.
pub struct RoomPage {
    http: reqwest::Client,
    base: String,
    lang: Lang,
    cookie: String,
    /// What the server said and the person has not read yet.
    arrived: VecDeque<Shown>,
    /// Labels and tokens of the newest question.
    buttons: Vec<(String, String)>,
    cursor: i64,
    sent: u32,
    events: Option<Response>,
    unread: Vec<u8>,
}

/// A message as it stands in the page.
#[derive(Debug)]
struct Shown {
    seq: i64,
    by_bot: bool,
    html: String,
    /// Label and token.
    buttons: Vec<(String, String)>,
}

impl RoomPage {
    /// A browser that prefers `lang`, before it has opened anything.
    pub fn new(http: &reqwest::Client, base: &str, lang: &Lang) -> Self {
        Self {
            http: http.clone(),
            base: base.to_owned(),
            lang: lang.clone(),
            cookie: String::new(),
            arrived: VecDeque::new(),
            buttons: Vec::new(),
            cursor: 0,
            sent: 0,
            events: None,
            unread: Vec::new(),
        }
    }

    /// The client that many pages share.
    pub fn client() -> reqwest::Client {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        client.expect("a client")
    }

    async fn open(&mut self) -> Result<(), String> {
        let first = self.page().await?;
        if !first.contains("action=\"/room/start\"") {
            return Err(format!("  the first page opens no room:\n{first}\n"));
        }
        let form = [("lang", self.lang.as_str())];
        let start = self.http.post(self.at("/room/start")).form(&form);
        let opened = self.patiently(start, StatusCode::SEE_OTHER).await?;
        let cookies = opened.headers().get_all("set-cookie").iter();
        let pairs = cookies.filter_map(|c| c.to_str().ok()?.split(';').next());
        self.cookie = pairs.collect::<Vec<_>>().join("; ");
        let page = self.page().await?;
        self.arrives(&page);
        let named = |name| between(&page, name, "\"").unwrap_or_default();
        let (epoch, cursor) = (named("data-epoch=\""), named("data-cursor=\""));
        let address = format!("/room/events?after={cursor}&epoch={epoch}");
        let stream = self.http.get(self.at(&address));
        self.events = Some(self.patiently(stream, StatusCode::OK).await?);
        Ok(())
    }

    async fn page(&self) -> Result<String, String> {
        let page = self
            .patiently(self.http.get(self.at("/")), StatusCode::OK)
            .await?;
        page.text().await.map_err(unreachable)
    }

    async fn say(&mut self, name: &str, what: &str) -> Result<(), String> {
        self.sent += 1;
        let id = format!("page-{:08}", self.sent);
        let said = json!({ "client_id": id, name: what });
        let post = self.http.post(self.at("/room/messages")).json(&said);
        self.patiently(post, StatusCode::ACCEPTED).await.map(drop)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Sends a request, and again when the server asks for a pause, as the page does.
    async fn patiently(
        &self,
        request: RequestBuilder,
        wanted: StatusCode,
    ) -> Result<Response, String> {
        let request = request
            .header("origin", &self.base)
            .header("accept-language", self.lang.as_str())
            .header("cookie", &self.cookie);
        loop {
            let again = request.try_clone().expect("a body in memory");
            let response = again.send().await.map_err(unreachable)?;
            if response.status() == wanted {
                return Ok(response);
            }
            let pause = response.headers().get("retry-after");
            let pause = pause.and_then(|p| p.to_str().ok()?.parse().ok());
            let Some(pause) = pause else {
                let (path, status) = (response.url().path().to_owned(), response.status());
                return Err(format!("  {path} answers {status}\n"));
            };
            let at = tokio::time::Instant::now() + Duration::from_secs(pause);
            tokio::time::interval_at(at, PATIENCE).tick().await;
        }
    }

    /// Takes in what the stream sends, up to the next piece of the conversation.
    async fn listen(&mut self) -> Result<(), String> {
        let events = self.events.as_mut().ok_or("  the room is not open\n")?;
        let chunk = tokio::time::timeout(PATIENCE, events.chunk()).await;
        let chunk = chunk.map_err(|_| format!("not within {PATIENCE:?}"))?;
        let chunk = chunk.map_err(unreachable)?.ok_or("the stream has ended")?;
        self.unread.extend_from_slice(&chunk);
        while let Some(end) = self.unread.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = self.unread.drain(..end + 2).collect();
            let event = String::from_utf8(event).map_err(|_| "an event is no text")?;
            let data: String = event
                .lines()
                .filter_map(|l| l.strip_prefix("data:"))
                .collect();
            let Ok(batch) = serde_json::from_str::<Value>(data.trim()) else {
                continue; // A sign of life.
            };
            for entry in batch["messages"].as_array().into_iter().flatten() {
                self.arrives(entry["html"].as_str().unwrap_or_default());
            }
        }
        Ok(())
    }

    /// Keeps the bot's messages in a piece of the page that are new.
    fn arrives(&mut self, html: &str) {
        for shown in messages(html) {
            if shown.seq > self.cursor {
                self.cursor = shown.seq;
                self.arrived.extend(Some(shown).filter(|s| s.by_bot));
            }
        }
    }
}

impl Device for RoomPage {
    const NAME: &'static str = "room";

    fn looks(&self, message: &Message) -> Vec<Seen> {
        vec![Seen {
            text: text::to_html(&message.text, message.direction()),
            buttons: message.choices.iter().map(|c| c.label.clone()).collect(),
        }]
    }

    async fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Start => self.open().await,
            Act::Write(words) => self.say("text", words).await,
            Act::Tap { label, .. } => {
                let button = self.buttons.iter().find(|(l, _)| l == label);
                let token = button.map(|(_, token)| token.clone());
                let token = token.ok_or_else(|| format!("  there is no button [{label}]\n"))?;
                self.say("token", &token).await
            }
        }
    }

    async fn next(&mut self) -> Result<Seen, String> {
        loop {
            if let Some(shown) = self.arrived.pop_front() {
                let seen = Seen {
                    text: shown.html,
                    buttons: shown.buttons.iter().map(|(l, _)| l.clone()).collect(),
                };
                self.buttons = shown.buttons;
                return Ok(seen);
            }
            self.listen().await?;
        }
    }
}

fn unreachable(fault: reqwest::Error) -> String {
    format!("the server does not answer: {fault}")
}

/// The messages in a piece of the page.
fn messages(html: &str) -> Vec<Shown> {
    html.split("<div class=\"m ")
        .skip(1)
        .filter_map(message)
        .collect()
}

fn message(html: &str) -> Option<Shown> {
    let words = &html[html.find("<div class=\"t\"")?..];
    let buttons = html.split("<button name=\"token\" value=\"").skip(1);
    let button = |piece: &str| {
        let (token, rest) = piece.split_once("\">")?;
        let label = rest.split("</button>").next()?;
        Some((unescaped(label), unescaped(token)))
    };
    Some(Shown {
        seq: between(html, "data-seq=\"", "\"")?.parse().ok()?,
        by_bot: html.starts_with("bot"),
        html: between(words, ">", "</div>")?.to_owned(),
        buttons: buttons.filter_map(button).collect(),
    })
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

fn unescaped(html: &str) -> String {
    let signs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    signs.iter().fold(html.to_owned(), |text, (escaped, sign)| {
        text.replace(escaped, sign)
    })
}
