//! Messages as the page shows them. The same HTML stands in the page and in what the script fetches, so
//! that both look alike and only one place escapes.

use super::pass::Pass;
use super::words::Ui;
use crate::content::Arg;
use crate::model::{Choice, ConversationId, MessageBody, Timestamp};
use crate::store::desk::reply;
use crate::store::room::{RoomMessage, RoomPage};
use crate::text;
use askama::Template;
use serde::Serialize;

/// How many messages are sent at once.
pub const PAGE: i64 = 50;

/// A part of the conversation for the script.
#[derive(Debug, Serialize)]
pub struct Batch {
    /// Which conversation this is; empty if there is none.
    pub epoch: String,
    /// The language that the person chose.
    pub lang: Option<String>,
    /// What the page shows below this number has been deleted.
    pub oldest: i64,
    /// Before which number there is more to read, if there is.
    pub earlier: Option<i64>,
    /// The messages, oldest first.
    pub messages: Vec<Entry>,
}

/// One message for the script.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// The id that the page gave it, if it is the person's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// The message as it stands in the page.
    pub html: String,
}

#[derive(Template)]
#[template(path = "room/message.html")]
struct Shown<'a> {
    seq: i64,
    client: Option<String>,
    who: &'static str,
    by: String,
    lang: &'a str,
    dir: &'static str,
    html: String,
    moment: String,
    clock: String,
    choices: &'a [Choice],
    check: &'a str,
    form_id: String,
}

/// The name of a conversation for the page. Says nothing about it.
pub fn epoch(conversation: ConversationId) -> String {
    conversation.0.simple().to_string()[20..].to_owned()
}

/// What a form that is pressed without the script gives as its id.
pub fn form_id(random: [u8; 32]) -> String {
    crate::store::seal::hex(&random[..12])
}

/// Makes messages showable.
pub struct View<'a> {
    /// The words around them.
    pub ui: &'a Ui,
    /// Whose room it is.
    pub pass: &'a Pass,
    /// Now.
    pub now: Timestamp,
    /// Makes ids for forms.
    pub ids: &'a dyn crate::ports::Ids,
}

impl View<'_> {
    /// A part of the conversation. `asking`: its end is the end of the conversation, so the last question can be answered.
    pub fn batch(&self, page: Option<&RoomPage>, asking: bool) -> Result<Batch, askama::Error> {
        let Some(page) = page else {
            return Ok(Batch {
                epoch: String::new(),
                lang: None,
                oldest: 0,
                earlier: None,
                messages: Vec::new(),
            });
        };
        let question = asking.then(|| question(&page.messages)).flatten();
        let messages = page
            .messages
            .iter()
            .filter_map(|m| self.entry(m, question == Some(m.seq)).transpose())
            .collect::<Result<_, _>>()?;
        Ok(Batch {
            epoch: epoch(page.conversation),
            lang: page.lang.as_ref().map(ToString::to_string),
            oldest: page.oldest,
            earlier: (page.messages.first())
                .map(|m| m.seq)
                .filter(|seq| *seq > page.oldest),
            messages,
        })
    }

    /// `None`: nothing to see (the room was opened).
    fn entry(&self, m: &RoomMessage, asks: bool) -> Result<Option<Entry>, askama::Error> {
        let shown = match &m.body {
            MessageBody::In { text, .. } if text.is_empty() || text.starts_with("/start") => {
                return Ok(None);
            }
            MessageBody::In { text, .. } => Shown {
                client: m.client_id.as_deref().map(page_id),
                who: "me",
                by: self.ui.t("me"),
                lang: self.ui.lang.as_str(),
                dir: "auto",
                html: literal(text),
                ..self.blank(m)
            },
            MessageBody::Out(message) | MessageBody::Farewell(message) => {
                let (who, by, words) = match &m.counsellor {
                    Some(name) => {
                        let name = [("name", Arg::Text(name.clone()))];
                        ("human", self.ui.with("human", &name), reply::words(message))
                    }
                    None => ("bot", self.ui.t("bot"), message.text.as_str()),
                };
                Shown {
                    who,
                    by,
                    lang: message.lang.as_str(),
                    dir: message.direction().as_str(),
                    html: text::to_html(words, message.direction()),
                    choices: if asks { &message.choices } else { &[] },
                    form_id: form_id(self.ids.random()),
                    ..self.blank(m)
                }
            }
        };
        Ok(Some(Entry {
            seq: m.seq,
            html: shown.render()?,
            client: shown.client,
        }))
    }

    fn blank(&self, m: &RoomMessage) -> Shown<'_> {
        let at = m.at.in_berlin();
        let today = at.date() == self.now.date();
        Shown {
            seq: m.seq,
            client: None,
            who: "",
            by: String::new(),
            lang: "",
            dir: "auto",
            html: String::new(),
            moment: at.strftime("%Y-%m-%dT%H:%M%:z").to_string(),
            clock: at
                .strftime(if today { "%H:%M" } else { "%d.%m. %H:%M" })
                .to_string(),
            choices: &[],
            check: &self.pass.check,
            form_id: String::new(),
        }
    }
}

/// The question that can be answered by a button: the last one, unless the person has said something since.
fn question(messages: &[RoomMessage]) -> Option<i64> {
    let newest = messages
        .iter()
        .rev()
        .take_while(|m| matches!(m.body, MessageBody::Out(_)));
    let mut asking =
        newest.filter(|m| matches!(&m.body, MessageBody::Out(out) if !out.choices.is_empty()));
    asking.next().map(|m| m.seq)
}

/// The id that the page gave: what stands behind the lane.
fn page_id(stored: &str) -> String {
    stored.rsplit(':').next().unwrap_or(stored).to_owned()
}

/// A person's own words, exactly as they wrote them.
fn literal(text: &str) -> String {
    let mut out = String::from("<p>");
    for c in text.trim().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            _ => out.push(c),
        }
    }
    out.push_str("</p>");
    out
}
