//! Messages as the page shows them. The same HTML stands in the page and in what the script fetches, so
//! that both look alike and only one place escapes.

use super::files::FILES;
use super::page::LARGEST_MB;
use super::pass::Pass;
use super::words::Ui;
use crate::content::Arg;
use crate::model::{
    AttachmentKind, Choice, ConversationId, MediaKind, MessageBody, Takes, Timestamp,
};
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
    files: Option<FilesForm>,
    check: &'a str,
    form_id: String,
}

/// The form below a message that takes photos or files.
struct FilesForm {
    /// What a browser offers to choose from. No `capture`: a photo may be taken now or be there already.
    accept: &'static str,
    pick: String,
    hint: String,
    send: String,
    most: usize,
    /// It stays when the person answers in words: a counsellor takes both.
    stays: bool,
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
        let counsellor = asking.then(|| counsellor(&page.messages)).flatten();
        let messages = page
            .messages
            .iter()
            .map(|m| {
                let (asks, reads) = (question == Some(m.seq), counsellor == Some(m.seq));
                self.entry(m, asks, reads)
            })
            .filter_map(Result::transpose)
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

    /// `None`: nothing to see (the room was opened). `asks`: it can be answered. `reads`: by a counsellor who can.
    fn entry(
        &self,
        m: &RoomMessage,
        asks: bool,
        reads: bool,
    ) -> Result<Option<Entry>, askama::Error> {
        let shown = match &m.body {
            MessageBody::In { text, media, .. }
                if media.is_none() && (text.is_empty() || text.starts_with("/start")) =>
            {
                return Ok(None);
            }
            MessageBody::In { text, media, .. } => Shown {
                client: m.client_id.as_deref().map(page_id),
                who: "me",
                by: self.ui.t("me"),
                lang: self.ui.lang.as_str(),
                dir: "auto",
                html: match media.and_then(MediaKind::attachment) {
                    Some(kind) => self.sent(kind, text),
                    None => literal(text),
                },
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
                    files: match &message.takes {
                        Some(takes) if asks => Some(self.files(takes, false)),
                        _ => reads.then(|| self.files(&anything(), true)),
                    },
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

    /// What was sent, in words: what it shows stays with the counsellors.
    fn sent(&self, kind: AttachmentKind, caption: &str) -> String {
        let what = match kind {
            AttachmentKind::Photo => self.ui.t("photo"),
            AttachmentKind::File => self.ui.t("file"),
        };
        let what = literal(&what).replacen("<p>", "<p class=\"sent\">", 1);
        match caption.is_empty() {
            true => what,
            false => what + &literal(caption),
        }
    }

    fn files(&self, takes: &Takes, stays: bool) -> FilesForm {
        let (accept, pick) = match takes.kinds.as_slice() {
            [AttachmentKind::Photo] => ("image/*", "pick-photo"),
            [AttachmentKind::File] => ("application/pdf", "pick-file"),
            _ => ("image/*,application/pdf", "pick"),
        };
        let number = |n| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let most = takes.most.min(FILES);
        let args = [("count", number(most)), ("max", Arg::Number(LARGEST_MB))];
        FilesForm {
            accept,
            pick: self.ui.t(pick),
            hint: self.ui.with("pick-hint", &args),
            send: self.ui.t("send"),
            most,
            stays,
        }
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
            files: None,
            check: &self.pass.check,
            form_id: String::new(),
        }
    }
}

/// While a counsellor has the case, whatever can be passed on is.
fn anything() -> Takes {
    Takes {
        kinds: AttachmentKind::ALL.into(),
        most: FILES,
    }
}

/// The newest thing said to the person, if a counsellor said it: they may be waiting for a photo.
fn counsellor(messages: &[RoomMessage]) -> Option<i64> {
    let mut said = messages
        .iter()
        .rev()
        .filter(|m| !matches!(m.body, MessageBody::In { .. }));
    said.next()
        .filter(|m| m.counsellor.is_some())
        .map(|m| m.seq)
}

/// The question that can be answered by a button or a photo: the last one, unless the person has said something since.
fn question(messages: &[RoomMessage]) -> Option<i64> {
    let mut newest = messages
        .iter()
        .rev()
        .take_while(|m| matches!(m.body, MessageBody::Out(_)));
    let asks = |m: &&RoomMessage| match &m.body {
        MessageBody::Out(out) => !out.choices.is_empty() || out.takes.is_some(),
        _ => false,
    };
    newest.find(asks).map(|m| m.seq)
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
