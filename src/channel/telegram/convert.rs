//! From Telegram's updates to lotse's events. Pure.

use super::ID;
use crate::model::{Event, Inbound, MediaKind};
use crate::ports::Undecodable;
use teloxide::types::{
    CallbackQuery, Chat, ChatMemberKind, MaybeInaccessibleMessage, MediaKind as TgMedia, Message,
    MessageKind, Update, UpdateKind, User,
};

/// Reads one update.
pub fn decode(raw: &[u8]) -> Result<Inbound, Undecodable> {
    let update: Update = serde_json::from_slice(raw).map_err(|e| unreadable(&e))?;
    let id = update.id.0;
    match update.kind {
        UpdateKind::Message(message) => {
            let event = if is_group(&message.chat) {
                Event::Group
            } else {
                said(&message)
            };
            Ok(inbound(id, &message.chat, message.from.as_ref(), event))
        }
        UpdateKind::EditedMessage(message) => {
            let group = is_group(&message.chat);
            let event = if group { Event::Nothing } else { Event::Edited };
            Ok(inbound(id, &message.chat, message.from.as_ref(), event))
        }
        UpdateKind::CallbackQuery(query) => Ok(pressed(id, query)),
        UpdateKind::MyChatMember(change) => {
            let present = change.new_chat_member.kind.is_present();
            let blocked = matches!(change.new_chat_member.kind, ChatMemberKind::Banned(_));
            let event = match (is_group(&change.chat), present, blocked) {
                (true, true, _) => Event::Group,
                (true, ..) => Event::Nothing,
                (false, _, true) => Event::Blocked,
                (false, true, _) => Event::Unblocked,
                (false, false, _) => Event::Blocked,
            };
            Ok(inbound(id, &change.chat, Some(&change.from), event))
        }
        UpdateKind::Error(_) => Err(Undecodable("a kind of update that is not known".to_owned())),
        // Kinds that lotse does not ask for.
        _ => Ok(Inbound {
            channel: ID,
            provider_id: id.to_string(),
            address: String::new(),
            language_hint: None,
            event: Event::Nothing,
        }),
    }
}

/// serde's text may quote the input; only the place is kept.
fn unreadable(error: &serde_json::Error) -> Undecodable {
    Undecodable(format!("not an update, at column {}", error.column()))
}

fn is_group(chat: &Chat) -> bool {
    !chat.is_private()
}

fn inbound(id: u32, chat: &Chat, from: Option<&User>, event: Event) -> Inbound {
    Inbound {
        channel: ID,
        provider_id: id.to_string(),
        address: chat.id.0.to_string(),
        language_hint: from.and_then(|u| u.language_code.clone()),
        event,
    }
}

fn from_user(id: u32, from: &User, event: Event) -> Inbound {
    Inbound {
        channel: ID,
        provider_id: id.to_string(),
        address: from.id.0.to_string(),
        language_hint: from.language_code.clone(),
        event,
    }
}

fn pressed(id: u32, query: CallbackQuery) -> Inbound {
    let chat = query.message.as_ref().map(|m| match m {
        MaybeInaccessibleMessage::Regular(m) => &m.chat,
        MaybeInaccessibleMessage::Inaccessible(m) => &m.chat,
    });
    let event = match (chat.is_some_and(is_group), &query.data) {
        (false, Some(token)) => Event::Tap {
            token: token.clone(),
            ack: Some(query.id.0.clone()),
        },
        _ => Event::Nothing,
    };
    match chat {
        Some(chat) => inbound(id, chat, Some(&query.from), event),
        None => from_user(id, &query.from, event),
    }
}

fn said(message: &Message) -> Event {
    let MessageKind::Common(common) = &message.kind else {
        return Event::Nothing;
    };
    let kind = match &common.media_kind {
        TgMedia::Text(text) => return words(&text.text),
        TgMedia::Sticker(_) | TgMedia::Animation(_) => MediaKind::Sticker,
        TgMedia::Voice(_) | TgMedia::VideoNote(_) => MediaKind::Voice,
        TgMedia::Photo(_) => MediaKind::Photo,
        TgMedia::Document(_) | TgMedia::Audio(_) | TgMedia::Video(_) => MediaKind::File,
        TgMedia::Location(_) | TgMedia::Venue(_) => MediaKind::Location,
        TgMedia::Contact(_) => MediaKind::Contact,
        TgMedia::Migration(_) => return Event::Nothing,
        _ => MediaKind::Other,
    };
    Event::Media {
        kind,
        caption: message.caption().map(str::to_owned),
    }
}

/// `/start` may carry the name of a campaign; in a link it is `?start=name`.
fn words(text: &str) -> Event {
    let mut parts = text.split_whitespace();
    let command = parts.next().unwrap_or_default();
    match command.split('@').next() {
        Some("/start") => Event::Start {
            payload: parts.next().map(str::to_owned),
        },
        _ => Event::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> String {
        format!(
            r#"{{"update_id":7,"message":{{"message_id":1,"date":1700000000,
                "chat":{{"id":42,"type":"private","first_name":"A"}},
                "from":{{"id":42,"is_bot":false,"first_name":"A","language_code":"ar"}},{body}}}}}"#
        )
    }

    fn event(json: &str) -> Event {
        decode(json.as_bytes()).unwrap().event
    }

    #[test]
    fn a_start_link_carries_its_campaign() {
        let inbound = decode(message(r#""text":"/start tiktok_7""#).as_bytes()).unwrap();
        assert_eq!(
            inbound.event,
            Event::Start {
                payload: Some("tiktok_7".into())
            }
        );
        assert_eq!(inbound.address, "42");
        assert_eq!(inbound.provider_id, "7");
        assert_eq!(inbound.language_hint.as_deref(), Some("ar"));
        assert_eq!(
            event(&message(r#""text":"/start@lotse_bot""#)),
            Event::Start { payload: None }
        );
    }

    #[test]
    fn words_stay_as_they_were_written() {
        assert_eq!(
            event(&message(r#""text":" مرحبا ""#)),
            Event::Text(" مرحبا ".into())
        );
    }

    #[test]
    fn a_sticker_a_voice_note_and_a_photo_are_told_apart() {
        let sticker = r#""sticker":{"file_id":"f","file_unique_id":"u","file_size":1,"type":"regular","width":1,"height":1,"is_animated":false,"is_video":false}"#;
        let voice = r#""voice":{"file_id":"f","file_unique_id":"u","file_size":1,"duration":3}"#;
        let photo = r#""photo":[{"file_id":"f","file_unique_id":"u","file_size":1,"width":1,"height":1}],"caption":"Brief""#;
        let media = |kind, caption: Option<&str>| Event::Media {
            kind,
            caption: caption.map(Into::into),
        };
        assert_eq!(event(&message(sticker)), media(MediaKind::Sticker, None));
        assert_eq!(event(&message(voice)), media(MediaKind::Voice, None));
        assert_eq!(
            event(&message(photo)),
            media(MediaKind::Photo, Some("Brief"))
        );
    }

    #[test]
    fn a_button_press_names_the_chat_and_what_to_acknowledge() {
        let json = r#"{"update_id":8,"callback_query":{"id":"55","from":{"id":42,"is_bot":false,"first_name":"A"},
            "chat_instance":"1","data":"3.yes","message":{"message_id":2,"date":1700000000,"text":"?",
            "chat":{"id":42,"type":"private","first_name":"A"}}}}"#;
        let inbound = decode(json.as_bytes()).unwrap();
        assert_eq!(
            inbound.event,
            Event::Tap {
                token: "3.yes".into(),
                ack: Some("55".into())
            }
        );
        assert_eq!(inbound.address, "42");
    }

    #[test]
    fn blocking_and_unblocking_are_seen() {
        let change = |status: &str| {
            format!(
                r#"{{"update_id":9,"my_chat_member":{{"chat":{{"id":42,"type":"private","first_name":"A"}},
                "from":{{"id":42,"is_bot":false,"first_name":"A"}},"date":1700000000,
                "old_chat_member":{{"user":{{"id":1,"is_bot":true,"first_name":"B"}},"status":"member"}},
                "new_chat_member":{{"user":{{"id":1,"is_bot":true,"first_name":"B"}},"status":"{status}","until_date":0}}}}}}"#
            )
        };
        assert_eq!(event(&change("kicked")), Event::Blocked);
        assert_eq!(event(&change("member")), Event::Unblocked);
    }

    #[test]
    fn a_group_is_noticed() {
        let json = r#"{"update_id":7,"message":{"message_id":1,"date":1700000000,"text":"/start",
            "chat":{"id":-100,"type":"group","title":"G"},"from":{"id":42,"is_bot":false,"first_name":"A"}}}"#;
        assert_eq!(event(json), Event::Group);
    }

    #[test]
    fn an_unknown_kind_of_update_is_kept_for_later() {
        assert!(decode(br#"{"update_id":7,"hologram":{"x":1}}"#).is_err());
        let error = decode(b"secret words").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
