//! From Telegram's updates to lotse's events. Pure.

use super::ID;
use super::wire::{CallbackQuery, Chat, ChatMemberUpdated, Contact, File, Message, Update, User};
use crate::model::{Album, Event, FileRef, Inbound, MediaKind};
use crate::ports::Undecodable;

/// Reads one update.
pub fn decode(raw: &[u8]) -> Result<Inbound, Undecodable> {
    let update: Update<'_> = serde_json::from_slice(raw).map_err(|e| unreadable(&e))?;
    let id = update.update_id;
    if let Some(message) = update.message {
        let event = match (is_group(&message.chat), message.new_chat_members.is_some()) {
            // That the bot is one of them is told by an update of its own: it says goodbye once.
            (true, true) => Event::Nothing,
            (true, false) => Event::Group,
            (false, _) => said(&message),
        };
        return Ok(inbound(id, message.chat.id, message.from.as_ref(), event));
    }
    if let Some(message) = update.edited_message {
        let event = if is_group(&message.chat) {
            Event::Nothing
        } else {
            Event::Edited
        };
        return Ok(inbound(id, message.chat.id, message.from.as_ref(), event));
    }
    if let Some(query) = update.callback_query {
        return Ok(pressed(id, &query));
    }
    if let Some(change) = update.my_chat_member {
        return Ok(inbound(
            id,
            change.chat.id,
            Some(&change.from),
            standing(&change),
        ));
    }
    Err(Undecodable("a kind of update that is not known".to_owned()))
}

/// serde's text may quote the input; only the place is kept.
fn unreadable(error: &serde_json::Error) -> Undecodable {
    Undecodable(format!("not an update, at column {}", error.column()))
}

fn is_group(chat: &Chat<'_>) -> bool {
    chat.kind != "private"
}

fn inbound(id: i64, chat: i64, from: Option<&User<'_>>, event: Event) -> Inbound {
    Inbound {
        channel: ID,
        provider_id: id.to_string(),
        address: chat.to_string(),
        language_hint: from.and_then(|u| u.language_code.as_deref().map(str::to_owned)),
        event,
    }
}

/// The person has blocked the bot or come back; or the bot was taken into a group.
fn standing(change: &ChatMemberUpdated<'_>) -> Event {
    let present = matches!(
        &*change.new_chat_member.status,
        "member" | "administrator" | "creator" | "restricted"
    );
    match (is_group(&change.chat), present) {
        (true, true) => Event::Group,
        (true, false) => Event::Nothing,
        (false, true) => Event::Unblocked,
        (false, false) => Event::Blocked,
    }
}

fn pressed(id: i64, query: &CallbackQuery<'_>) -> Inbound {
    let chat = query.message.as_ref().map(|m| &m.chat);
    let event = match (chat.is_some_and(is_group), &query.data) {
        (false, Some(token)) => Event::Tap {
            token: token.clone().into_owned(),
            ack: Some(query.id.clone().into_owned()),
        },
        _ => Event::Nothing,
    };
    // A private chat has the person's own id.
    inbound(
        id,
        chat.map_or(query.from.id, |c| c.id),
        Some(&query.from),
        event,
    )
}

fn said(message: &Message<'_>) -> Event {
    if let Some(text) = &message.text {
        return words(text);
    }
    let is = |field: &Option<serde::de::IgnoredAny>| field.is_some();
    let service = is(&message.pinned_message)
        || is(&message.message_auto_delete_timer_changed)
        || is(&message.write_access_allowed)
        || is(&message.chat_background_set)
        || is(&message.boost_added);
    if service {
        return Event::Nothing;
    }
    if let Some(number) = message.contact.as_ref().and_then(phone) {
        return Event::Contact { number };
    }
    // An animation comes as a document too, a place with a name as a place too: the first that fits.
    let kinds = [
        (
            message.sticker.is_some() || is(&message.animation),
            MediaKind::Sticker,
        ),
        (
            is(&message.voice) || is(&message.video_note),
            MediaKind::Voice,
        ),
        (
            message.photo.is_some() || message.document.as_ref().is_some_and(is_picture),
            MediaKind::Photo,
        ),
        (
            message.document.is_some() || is(&message.audio) || is(&message.video),
            MediaKind::File,
        ),
        (is(&message.location), MediaKind::Location),
        (message.contact.is_some(), MediaKind::Contact),
    ];
    let kind = kinds
        .into_iter()
        .find_map(|(there, kind)| there.then_some(kind));
    let kind = kind.unwrap_or(MediaKind::Other);
    let emoji = message.sticker.as_ref().and_then(|s| s.emoji.as_deref());
    let words = message.caption.as_deref().or(emoji);
    Event::Media {
        kind,
        caption: words.map(str::to_owned),
        file: file(message).filter(|_| kind.attachment().is_some()),
        // How many belong together is not said.
        album: message.media_group_id.as_deref().map(|id| Album {
            id: id.to_owned(),
            of: None,
        }),
    }
}

/// The longest side that is kept of a photo (see `runtime::clean`): a larger size is fetched for nothing.
const WIDE_ENOUGH: u32 = 2000;

/// Where the content of a photo, a picture or a PDF lies.
fn file(message: &Message<'_>) -> Option<FileRef> {
    let sizes = message.photo.iter().flatten();
    // The smallest that is large enough, else the largest.
    let photo = sizes.filter(|f| f.file_id.is_some()).reduce(|best, next| {
        let (wide, wider) = (best.width.unwrap_or(0), next.width.unwrap_or(0));
        let better = match wide >= WIDE_ENOUGH {
            true => (WIDE_ENOUGH..wide).contains(&wider),
            false => wider > wide,
        };
        if better { next } else { best }
    });
    let document = message.document.as_ref();
    let document =
        document.filter(|d| is_picture(d) || d.mime_type.as_deref() == Some("application/pdf"));
    let found = photo.or(document)?;
    Some(FileRef {
        reference: found.file_id.clone()?.into_owned(),
        size: found.file_size,
    })
}

/// A picture that was sent as a document keeps all its points.
fn is_picture(document: &File<'_>) -> bool {
    let kinds = [
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "image/heif",
    ];
    document
        .mime_type
        .as_deref()
        .is_some_and(|mime| kinds.contains(&mime))
}

/// The number of a contact card. It is international, mostly without the sign that says so.
fn phone(contact: &Contact<'_>) -> Option<String> {
    let written = contact.phone_number.as_deref()?.trim();
    let international = written.starts_with(['+', '0']);
    Some(written)
        .filter(|w| w.contains(|c: char| c.is_ascii_digit()))
        .map(|w| {
            if international {
                w.to_owned()
            } else {
                format!("+{w}")
            }
        })
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
            file: None,
            album: None,
        };
        let card = r#""contact":{"phone_number":"4915123456789","first_name":"A","user_id":42}"#;
        let number = "+4915123456789".to_owned();
        assert_eq!(event(&message(card)), Event::Contact { number });
        let empty = r#""contact":{"first_name":"A"}"#;
        assert_eq!(event(&message(empty)), media(MediaKind::Contact, None));
        assert_eq!(event(&message(sticker)), media(MediaKind::Sticker, None));
        let thumb = sticker.replace("\"width\"", "\"emoji\":\"👍\",\"width\"");
        let thumb = event(&message(&thumb));
        assert_eq!(thumb, media(MediaKind::Sticker, Some("👍")));
        assert_eq!(event(&message(voice)), media(MediaKind::Voice, None));
        let file = |reference: &str, size| {
            let reference = reference.to_owned();
            Some(FileRef { reference, size })
        };
        let photo = event(&message(photo));
        let (kind, caption) = (MediaKind::Photo, Some("Brief".to_owned()));
        assert_eq!(
            photo,
            Event::Media {
                kind,
                caption,
                file: file("f", Some(1)),
                album: None
            }
        );
    }

    fn fetched(json: &str) -> (MediaKind, Option<String>) {
        match event(&message(json)) {
            Event::Media { kind, file, .. } => (kind, file.map(|f| f.reference)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn of_a_photo_the_smallest_size_is_fetched_that_is_large_enough() {
        let sizes = |widths: &[u32]| {
            let size = |w: &u32| format!(r#"{{"file_id":"w{w}","width":{w},"height":1}}"#);
            let sizes: Vec<String> = widths.iter().map(size).collect();
            fetched(&format!(r#""photo":[{}]"#, sizes.join(",")))
                .1
                .unwrap()
        };
        assert_eq!(sizes(&[90, 320, 1280]), "w1280");
        assert_eq!(sizes(&[320, 2560, 2100, 90]), "w2100");
    }

    #[test]
    fn a_picture_sent_as_a_document_is_a_photo_and_only_a_pdf_is_fetched_besides() {
        let document = |mime: &str| {
            fetched(&format!(
                r#""document":{{"file_id":"d","mime_type":"{mime}"}}"#
            ))
        };
        let there = Some("d".to_owned());
        assert_eq!(document("image/png"), (MediaKind::Photo, there.clone()));
        assert_eq!(document("application/pdf"), (MediaKind::File, there));
        assert_eq!(document("application/zip"), (MediaKind::File, None));
        assert_eq!(fetched(r#""document":{}"#), (MediaKind::File, None));
        assert_eq!(fetched(r#""video":{"file_id":"v"}"#).1, None);
    }

    #[test]
    fn photos_that_were_sent_together_say_so() {
        let photo = message(r#""media_group_id":"77","photo":[{"file_id":"f"}]"#);
        let Event::Media { album, .. } = event(&photo) else {
            panic!("a photo");
        };
        let (id, of) = ("77".to_owned(), None);
        assert_eq!(album, Some(Album { id, of }));
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
        let joined = json.replace(
            r#""text":"/start""#,
            r#""new_chat_members":[{"id":1,"is_bot":true,"first_name":"B"}]"#,
        );
        assert_eq!(event(&joined), Event::Nothing);
    }

    #[test]
    fn what_is_new_in_a_message_does_not_hide_its_words_and_never_meets_silence() {
        let text =
            r#""text":"Hallo","entities":[{"type":"hologram","offset":0,"length":5}],"effect":7"#;
        assert_eq!(event(&message(text)), Event::Text("Hallo".into()));
        let other = Event::Media {
            kind: MediaKind::Other,
            caption: None,
            file: None,
            album: None,
        };
        assert_eq!(event(&message(r#""hologram":{"x":1}"#)), other);
        assert_eq!(event(&message(r#""pinned_message":{}"#)), Event::Nothing);
    }

    #[test]
    fn an_unknown_kind_of_update_is_kept_for_later() {
        assert!(decode(br#"{"update_id":7,"hologram":{"x":1}}"#).is_err());
        let error = decode(b"secret words").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
