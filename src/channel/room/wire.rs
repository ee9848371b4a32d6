//! What a page of the room posted, as it lies in the inbox.

use super::ROOM;
use crate::model::{Album, AttachmentKind, Event, FileRef, Inbound};
use crate::ports::Undecodable;
use serde::{Deserialize, Serialize};

/// One thing that a person did in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wire {
    /// The update's id: the room's lane, a colon, and the id that the page gave it.
    pub id: String,
    /// The room's address: a hash of its secret.
    pub address: String,
    /// The language of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What was done.
    pub did: Did,
}

/// What a person did in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// Opened the room, perhaps through a link that names a campaign.
    Start(Option<String>),
    /// Wrote something.
    Text(String),
    /// Pressed the button with this token.
    Tap(String),
    /// Sent a photo or a file.
    File {
        /// What it is, by its content.
        kind: AttachmentKind,
        /// Under which name it was handed in before.
        file: FileRef,
        /// Set if it was sent together with others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        album: Option<Album>,
    },
}

impl Wire {
    /// As bytes for the inbox.
    pub(super) fn write(&self) -> Vec<u8> {
        // Strings and options only: JSON can always hold them.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`Wire::write`] wrote.
    pub(super) fn read(raw: &[u8]) -> Result<Inbound, Undecodable> {
        let wire: Self = serde_json::from_slice(raw).map_err(|e| fault(&e))?;
        Ok(Inbound {
            channel: ROOM,
            provider_id: wire.id,
            address: wire.address,
            language_hint: wire.lang,
            event: match wire.did {
                Did::Start(payload) => Event::Start { payload },
                Did::Text(text) => Event::Text(text),
                Did::Tap(token) => Event::Tap { token, ack: None },
                Did::File { kind, file, album } => Event::Media {
                    kind: kind.into(),
                    caption: None,
                    file: Some(file),
                    album,
                },
            },
        })
    }
}

/// Says where reading stopped, but not at which words: those may be the person's.
fn fault(error: &serde_json::Error) -> Undecodable {
    let kind = match error.classify() {
        serde_json::error::Category::Data => "unexpected shape",
        serde_json::error::Category::Eof => "cut off",
        serde_json::error::Category::Io | serde_json::error::Category::Syntax => "not JSON",
    };
    Undecodable(format!("{kind} at byte {}", error.column()))
}
