//! What comes in and goes out, the same for every channel.

use super::{Album, Attached, CounsellorId, Direction, FileRef, Lang, Takes, Triage};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a channel: `telegram`, `room`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ChannelId(pub &'static str);

impl fmt::Display for ChannelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Which conversation a message belongs to: a keyed hash of channel and address.
/// It says who wrote without saying who that is, and it orders the work: one lane, one turn at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lane(pub String);

/// One thing that a person did on a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// Where it came from.
    pub channel: ChannelId,
    /// The channel's own id of this update; the same id never counts twice.
    pub provider_id: String,
    /// Where an answer goes (a chat id …). Personal data: never logged, stored only sealed.
    pub address: String,
    /// What the device says its language is.
    pub language_hint: Option<String>,
    /// What was done.
    pub event: Event,
}

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The person opened the chat, perhaps through a link that carries the name of a campaign.
    Start {
        /// What the link carried.
        payload: Option<String>,
    },
    /// Free text, or a command written as text.
    Text(String),
    /// A button was pressed.
    Tap {
        /// The token that the button carried.
        token: String,
        /// What the channel wants acknowledged, if it does.
        ack: Option<String>,
    },
    /// Somebody's contact card was shared, with a phone number.
    Contact {
        /// The number, `+49…`.
        number: String,
    },
    /// Something that is no text.
    Media {
        /// What it is.
        kind: MediaKind,
        /// The words that came with it.
        caption: Option<String>,
        /// Where its content lies, if it is a photo or a file that can be passed on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<FileRef>,
        /// Set if it was sent together with others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        album: Option<Album>,
    },
    /// A message sent earlier was changed.
    Edited,
    /// The bot was spoken to in a group.
    Group,
    /// The person blocked the bot.
    Blocked,
    /// The person lets the bot write again.
    Unblocked,
    /// Nothing that needs an answer (a service message, a reaction).
    Nothing,
}

/// Kinds of content that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A sticker or an animation.
    Sticker,
    /// A voice or video note.
    Voice,
    /// A photo.
    Photo,
    /// A file, an audio file or a video.
    File,
    /// A place.
    Location,
    /// Somebody's contact card.
    Contact,
    /// Anything else.
    Other,
}

impl MediaKind {
    /// The word used in system text ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sticker => "sticker",
            Self::Voice => "voice",
            Self::Photo => "photo",
            Self::File => "file",
            Self::Location => "location",
            Self::Contact => "contact",
            Self::Other => "other",
        }
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The option's id in the flow.
    pub id: String,
    /// What the person reads.
    pub label: String,
    /// What comes back when it is pressed: opaque, at most 64 bytes (Telegram's `callback_data`).
    pub token: String,
}

/// A message that the bot, or a counsellor through it, says. Channels render it within their own limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Where the words come from: `work/status`, `system:fallback`. Transcripts name it.
    pub key: String,
    /// The words, in lotse's safe markup (see `text::markup`).
    pub text: String,
    /// Buttons, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The photos or files that may be sent as an answer, if it asks for some. Networks where a person can send them at
    /// any time need not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<Takes>,
    /// The language of the words.
    pub lang: Lang,
}

impl Message {
    /// The direction in which the words are written.
    pub fn direction(&self) -> Direction {
        self.lang.direction()
    }
}

/// Who said a stored message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// The person seeking advice.
    Person,
    /// The bot.
    Bot,
    /// A counsellor.
    Counsellor(CounsellorId),
}

/// The sealed part of a stored message, in either direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageBody {
    /// What the person did; a tap carries the label of the button.
    In {
        /// The words, or the label of the button that was pressed.
        text: String,
        /// Set where it was no text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        media: Option<MediaKind>,
        /// Set where it is kept and passed on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attached: Option<Attached>,
        /// What it was taken for, and why; `None`: nobody has looked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        triage: Option<Box<Triage>>,
    },
    /// What was said to the person.
    Out(Message),
    /// The last words in a group: the bot leaves once they are sent, or cannot be.
    Farewell(Message),
}
