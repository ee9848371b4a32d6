//! The little that lotse reads of Telegram's updates.
//!
//! Own types rather than a library's: a complete model of the API refuses a whole message when one field
//! is missing or new (teloxide 0.17 reads a voice note without `mime_type` as nothing at all), and a
//! message that is not read is a message that gets no answer. What is not named here is skipped.
//!
//! Source: <https://core.telegram.org/bots/api#update>.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// An update. Exactly one of the optional members is there.
#[derive(Deserialize)]
pub(super) struct Update<'a> {
    pub update_id: i64,
    #[serde(borrow)]
    pub message: Option<Message<'a>>,
    #[serde(borrow)]
    pub edited_message: Option<Message<'a>>,
    #[serde(borrow)]
    pub callback_query: Option<CallbackQuery<'a>>,
    #[serde(borrow)]
    pub my_chat_member: Option<ChatMemberUpdated<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Message<'a> {
    #[serde(borrow)]
    pub chat: Chat<'a>,
    #[serde(borrow)]
    pub from: Option<User<'a>>,
    #[serde(borrow)]
    pub text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub caption: Option<Cow<'a, str>>,
    /// The same for all photos or files of an album.
    #[serde(borrow)]
    pub media_group_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub sticker: Option<Sticker<'a>>,
    pub animation: Option<IgnoredAny>,
    pub voice: Option<IgnoredAny>,
    pub video_note: Option<IgnoredAny>,
    /// The same photo in several sizes.
    #[serde(borrow)]
    pub photo: Option<Vec<File<'a>>>,
    #[serde(borrow)]
    pub document: Option<File<'a>>,
    pub audio: Option<IgnoredAny>,
    pub video: Option<IgnoredAny>,
    pub location: Option<IgnoredAny>,
    #[serde(borrow)]
    pub contact: Option<Contact<'a>>,
    /// Whoever was taken into a group. Of itself the bot hears by `my_chat_member` too.
    pub new_chat_members: Option<IgnoredAny>,
    // Service messages that a private chat can bring: nobody said anything.
    pub pinned_message: Option<IgnoredAny>,
    pub message_auto_delete_timer_changed: Option<IgnoredAny>,
    pub write_access_allowed: Option<IgnoredAny>,
    pub chat_background_set: Option<IgnoredAny>,
    pub boost_added: Option<IgnoredAny>,
}

/// A sticker; most stand for an emoji.
#[derive(Deserialize)]
pub(super) struct Sticker<'a> {
    #[serde(borrow)]
    pub emoji: Option<Cow<'a, str>>,
}

/// A photo in one of its sizes, or a document. Every member may be missing: then it cannot be fetched, but the message
/// is read all the same.
#[derive(Deserialize)]
pub(super) struct File<'a> {
    #[serde(borrow)]
    pub file_id: Option<Cow<'a, str>>,
    pub file_size: Option<u64>,
    pub width: Option<u32>,
    #[serde(borrow)]
    pub mime_type: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Contact<'a> {
    /// With or without a `+` before the country code.
    #[serde(borrow)]
    pub phone_number: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct CallbackQuery<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(borrow)]
    pub message: Option<Place<'a>>,
    #[serde(borrow)]
    pub data: Option<Cow<'a, str>>,
}

/// Where a pressed button stands.
#[derive(Deserialize)]
pub(super) struct Place<'a> {
    #[serde(borrow)]
    pub chat: Chat<'a>,
}

#[derive(Deserialize)]
pub(super) struct ChatMemberUpdated<'a> {
    #[serde(borrow)]
    pub chat: Chat<'a>,
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(borrow)]
    pub new_chat_member: ChatMember<'a>,
}

#[derive(Deserialize)]
pub(super) struct ChatMember<'a> {
    /// `member`, `kicked` (the person has blocked the bot), `left` …
    #[serde(borrow)]
    pub status: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Chat<'a> {
    pub id: i64,
    /// `private`, `group`, `supergroup`, `channel`.
    #[serde(borrow, rename = "type")]
    pub kind: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct User<'a> {
    pub id: i64,
    #[serde(borrow)]
    pub language_code: Option<Cow<'a, str>>,
}
