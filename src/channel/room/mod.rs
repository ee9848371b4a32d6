//! The web room as a channel: lotse's own pages instead of a messenger's servers.
//!
//! Nothing is transmitted when a message is "sent": the message stands in the database, open pages are
//! woken by the news hub and read on from where they are (see `web::room`). What a page posts is wrapped
//! as a [`Wire`] and goes through the inbox like an update of any messenger.

mod wire;

pub use wire::{Did, Wire};

use crate::model::{ChannelId, Inbound, Message};
use crate::ports::{Capabilities, Channel, ChoiceStyle, Dialect, Part, SendError};
use crate::ports::{Raw, Undecodable};
use crate::text::Unit;
use async_trait::async_trait;

/// The room's name among the channels.
pub const ROOM: ChannelId = ChannelId("room");

/// Longer than any text of the content: the room never has to split a message.
static CAPABILITIES: Capabilities = Capabilities {
    text_limit: 64 * 1024,
    unit: Unit::Bytes,
    choices: ChoiceStyle::Buttons,
    dialect: Dialect::Markup,
    window_seconds: None,
};

/// The channel.
#[derive(Clone, Copy, Debug, Default)]
pub struct RoomChannel;

#[async_trait]
impl Channel for RoomChannel {
    fn id(&self) -> ChannelId {
        ROOM
    }

    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn decode(&self, raw: &[u8]) -> Result<Inbound, Undecodable> {
        Wire::read(raw)
    }

    fn render(&self, message: &Message) -> Vec<Part> {
        let button = |c: &crate::model::Choice| (c.label.clone(), c.token.clone());
        vec![Part {
            text: message.text.clone(),
            buttons: message.choices.iter().map(button).collect(),
        }]
    }

    /// The page reads the message from the database, so by now everything has been done.
    async fn send(&self, _address: &str, _part: &Part) -> Result<(), SendError> {
        Ok(())
    }
}

impl Wire {
    /// The update for the inbox.
    pub fn raw(&self) -> Raw {
        Raw {
            provider_id: self.id.clone(),
            bytes: self.write(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Album, AttachmentKind, Choice, Event, FileRef, Lang, MediaKind};

    #[test]
    fn what_a_page_posted_comes_out_of_the_inbox_unchanged() {
        let file = FileRef {
            reference: "upload".into(),
            size: Some(7),
        };
        let album = Some(Album {
            id: "client".into(),
            of: Some(2),
        });
        for (did, event) in [
            (
                Did::Text("مرحبا\n\"x\"".into()),
                Event::Text("مرحبا\n\"x\"".into()),
            ),
            (
                Did::Tap("t:1".into()),
                Event::Tap {
                    token: "t:1".into(),
                    ack: None,
                },
            ),
            (
                Did::Start(Some("flyer".into())),
                Event::Start {
                    payload: Some("flyer".into()),
                },
            ),
            (
                Did::File {
                    kind: AttachmentKind::Photo,
                    file: file.clone(),
                    album: album.clone(),
                },
                Event::Media {
                    kind: MediaKind::Photo,
                    caption: None,
                    file: Some(file),
                    album,
                },
            ),
        ] {
            let wire = Wire {
                id: "lane:client".into(),
                address: "abc".into(),
                lang: Some("ar".into()),
                did,
            };
            let raw = wire.raw();
            assert_eq!(raw.provider_id, "lane:client");
            let inbound = RoomChannel.decode(&raw.bytes).unwrap();
            assert_eq!(inbound.channel, ROOM);
            assert_eq!(inbound.provider_id, "lane:client");
            assert_eq!(inbound.address, "abc");
            assert_eq!(inbound.language_hint.as_deref(), Some("ar"));
            assert_eq!(inbound.event, event);
        }
    }

    #[test]
    fn an_update_of_a_later_version_is_kept_and_its_words_stay_out_of_the_error() {
        let raw = br#"{"id":"a","address":"b","did":{"sing":"geheim"}}"#;
        let error = RoomChannel.decode(raw).unwrap_err();
        assert!(!error.to_string().contains("geheim"), "{error}");
    }

    #[test]
    fn a_message_is_one_part_with_its_buttons() {
        let message = Message {
            key: "a/b".into(),
            text: "**Hallo**".into(),
            choices: vec![Choice {
                id: "yes".into(),
                label: "Ja".into(),
                token: "t".into(),
            }],
            takes: None,
            lang: Lang::new("de"),
        };
        let parts = RoomChannel.render(&message);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].text, "**Hallo**");
        assert_eq!(parts[0].buttons, [("Ja".to_owned(), "t".to_owned())]);
    }
}
