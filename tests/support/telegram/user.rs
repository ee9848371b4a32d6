//! One person in a test: writes, taps, sends things, blocks the bot, and waits for its answers.

use super::chats::SimMessage;
use super::keyboard::{ButtonAction, SimButton};
use super::people::text_content;
use super::world::{Shared, World};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The handle of one person; clones mean the same person.
#[derive(Debug, Clone)]
pub struct SimUser {
    shared: Arc<Shared>,
    id: i64,
}

/// A button by its label or by its place, counted from 0.
#[derive(Debug, Clone)]
pub enum ButtonRef {
    /// What is written on it.
    Label(String),
    /// Its place, left to right and top to bottom.
    Index(usize),
}

impl From<&str> for ButtonRef {
    fn from(label: &str) -> Self {
        Self::Label(label.to_owned())
    }
}

impl From<&String> for ButtonRef {
    fn from(label: &String) -> Self {
        Self::Label(label.clone())
    }
}

impl From<usize> for ButtonRef {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl SimUser {
    pub(super) fn new(shared: Arc<Shared>, id: i64) -> Self {
        Self { shared, id }
    }

    /// The person's id, which is also the id of the private chat with the bot.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The language of the person's app, which Telegram passes on as a hint.
    pub fn language(self, code: &str) -> Self {
        self.shared
            .change(|world| world.person(self.id).language = Some(code.to_owned()));
        self
    }

    /// The first name.
    pub fn name(self, name: &str) -> Self {
        self.shared
            .change(|world| world.person(self.id).name = name.to_owned());
        self
    }

    /// Opens the chat as through a link: sends `/start`, with the payload of the link if there is one.
    pub fn start(&self, payload: &str) -> i64 {
        self.send_text(format!("/start {payload}").trim_end())
    }

    /// Writes to the bot; gives the message id, as do all `send` methods.
    pub fn send_text(&self, text: &str) -> i64 {
        self.send(Value::Object(text_content(text)))
    }

    /// Sends any content, in Telegram's JSON without ids, date, sender and chat.
    pub fn send(&self, content: Value) -> i64 {
        self.shared
            .change(|world| world.person_writes(self.id, self.id, content))
    }

    /// Sends a sticker.
    pub fn send_sticker(&self, emoji: &str) -> i64 {
        self.send_file("stickers", "sticker.webp", vec![0; 64], |mut file| {
            file["type"] = json!("regular");
            file["emoji"] = json!(emoji);
            file["width"] = json!(512);
            file["height"] = json!(512);
            file["is_animated"] = json!(false);
            file["is_video"] = json!(false);
            json!({ "sticker": file })
        })
    }

    /// Sends a voice message.
    pub fn send_voice(&self, seconds: u32) -> i64 {
        self.send_file("voice", "voice.oga", b"OggS".to_vec(), |mut file| {
            file["duration"] = json!(seconds);
            file["mime_type"] = json!("audio/ogg");
            json!({ "voice": file })
        })
    }

    /// Sends a photo, with a caption unless it is empty.
    pub fn send_photo(&self, caption: &str) -> i64 {
        self.send_file("photos", "photo.jpg", vec![0xff, 0xd8, 0xff], |mut file| {
            file["width"] = json!(640);
            file["height"] = json!(480);
            let mut content = json!({ "photo": [file] });
            if !caption.is_empty() {
                content["caption"] = json!(caption);
            }
            content
        })
    }

    /// Sends a document, which the bot can fetch.
    pub fn send_document(&self, name: &str, bytes: &[u8]) -> i64 {
        self.send_file("documents", name, bytes.to_vec(), |mut file| {
            file["file_name"] = json!(name);
            file["mime_type"] = json!("application/octet-stream");
            json!({ "document": file })
        })
    }

    /// Sends a photo with this content.
    pub fn send_photo_of(&self, bytes: Vec<u8>, caption: &str) -> i64 {
        let caption = caption.to_owned();
        self.send_file("photos", "photo.jpg", bytes, |mut file| {
            file["width"] = json!(640);
            file["height"] = json!(480);
            match caption.is_empty() {
                true => json!({ "photo": [file] }),
                false => json!({ "photo": [file], "caption": caption }),
            }
        })
    }

    /// Sends a photo that belongs to an album: all photos of one album name the same.
    pub fn send_photo_of_album(&self, album: &str, bytes: Vec<u8>) -> i64 {
        let album = album.to_owned();
        self.send_file("photos", "photo.jpg", bytes, |mut file| {
            file["width"] = json!(640);
            file["height"] = json!(480);
            json!({ "photo": [file], "media_group_id": album })
        })
    }

    /// Sends a document that says what it is.
    pub fn send_file_of(&self, mime: &str, name: &str, bytes: Vec<u8>) -> i64 {
        self.send_file("documents", name, bytes, |mut file| {
            file["file_name"] = json!(name);
            file["mime_type"] = json!(mime);
            json!({ "document": file })
        })
    }

    fn send_file(
        &self,
        folder: &str,
        name: &str,
        bytes: Vec<u8>,
        content: impl FnOnce(Value) -> Value,
    ) -> i64 {
        self.shared.change(|world| {
            let file = world.new_file(folder, name, bytes);
            world.person_writes(self.id, self.id, content(Value::Object(file)))
        })
    }

    /// Sends a place.
    pub fn send_location(&self, latitude: f64, longitude: f64) -> i64 {
        self.send(json!({ "location": { "latitude": latitude, "longitude": longitude } }))
    }

    /// Sends a contact.
    pub fn send_contact(&self, phone: &str) -> i64 {
        self.send(json!({ "contact": { "phone_number": phone, "first_name": "Contact", "user_id": self.id } }))
    }

    /// Taps a button of the newest message that has buttons.
    ///
    /// An inline button sends a callback query, whose id is given back; a button of a reply keyboard
    /// sends its label as a message.
    pub fn tap(&self, button: impl Into<ButtonRef>) -> Option<String> {
        let (message, button) = self.find_button(None, button.into());
        self.press(&message, &button)
    }

    /// Taps a button of a certain message that still stands.
    pub fn tap_on(&self, message_id: i64, button: impl Into<ButtonRef>) -> Option<String> {
        let (message, button) = self.find_button(Some(message_id), button.into());
        self.press(&message, &button)
    }

    /// Taps a button that the chat no longer shows, or never did; gives the id of the callback query.
    pub fn tap_old(&self, message_id: i64, data: &str) -> String {
        self.shared
            .change(|world| world.person_taps(self.id, message_id, data))
    }

    fn press(&self, message: &SimMessage, button: &SimButton) -> Option<String> {
        match &button.action {
            ButtonAction::Callback(data) => Some(self.tap_old(message.message_id, data)),
            ButtonAction::SendText => {
                self.send_text(&button.label);
                None
            }
            other => panic!(
                "a tap on {:?} tells the bot nothing: {other:?}",
                button.label
            ),
        }
    }

    fn find_button(&self, message_id: Option<i64>, wanted: ButtonRef) -> (SimMessage, SimButton) {
        let messages = self.messages();
        let message = messages.iter().rev().find(|message| match message_id {
            Some(id) => message.message_id == id,
            None => !message.buttons.is_empty(),
        });
        let Some(message) = message else {
            panic!("no message with buttons in chat {}", self.id)
        };
        let button = match &wanted {
            ButtonRef::Label(label) => message.button(label),
            ButtonRef::Index(index) => message.buttons.iter().flatten().nth(*index),
        };
        let Some(button) = button else {
            panic!(
                "no button {wanted:?} under {:?}, only {:?}",
                message.text,
                message.labels()
            )
        };
        (message.clone(), button.clone())
    }

    /// Changes the text of a message that this person sent.
    pub fn edit(&self, message_id: i64, text: &str) {
        self.shared
            .change(|world| world.person_edits(self.id, message_id, text));
    }

    /// Blocks the bot: it is told, and every call to this chat is refused.
    pub fn block(&self) {
        self.change_standing(true, "member", "kicked");
    }

    /// Lets the bot back in.
    pub fn unblock(&self) {
        self.change_standing(false, "kicked", "member");
    }

    fn change_standing(&self, blocked: bool, old: &str, new: &str) {
        self.shared.change(|world| {
            world.person(self.id).blocked = blocked;
            world.bot_standing_changes(self.id, self.id, old, new);
        });
    }

    /// The account is deleted; the bot is not told, its calls are refused.
    pub fn deactivate(&self) {
        self.shared
            .change(|world| world.person(self.id).deactivated = true);
    }

    /// Adds the bot to a group.
    pub fn add_bot_to_group(&self, chat_id: i64) {
        self.shared
            .change(|world| self.add_to_group(world, chat_id));
    }

    fn add_to_group(&self, world: &mut World, chat_id: i64) {
        assert!(chat_id < 0, "a group's id is negative");
        world.chat(chat_id).bot_present = true;
        world.bot_standing_changes(self.id, chat_id, "left", "member");
    }

    /// Throws the bot out of a group.
    pub fn remove_bot_from_group(&self, chat_id: i64) {
        self.shared.change(|world| {
            world.chat(chat_id).bot_present = false;
            world.bot_standing_changes(self.id, chat_id, "member", "kicked");
        });
    }

    /// Writes in a group; the bot is added first if the group is new, and hears nothing once it has left.
    pub fn group_message(&self, chat_id: i64, text: &str) -> i64 {
        self.shared.change(|world| {
            if !world.chats.contains_key(&chat_id) {
                self.add_to_group(world, chat_id);
            }
            world.person_writes(self.id, chat_id, Value::Object(text_content(text)))
        })
    }

    /// The bot's messages in the private chat that still stand, oldest first, as they look now.
    pub fn messages(&self) -> Vec<SimMessage> {
        let world = self.shared.world();
        world
            .chats
            .get(&self.id)
            .map(super::chats::Chat::bot_messages)
            .unwrap_or_default()
    }

    /// The newest of [`messages`](Self::messages).
    pub fn last(&self) -> Option<SimMessage> {
        self.messages().pop()
    }

    /// What answers to taps told this person in passing.
    pub fn notices(&self) -> Vec<String> {
        let world = self.shared.world();
        world
            .chats
            .get(&self.id)
            .map(|chat| chat.notices.clone())
            .unwrap_or_default()
    }

    /// The next message or edit of the bot that no wait has found yet; `None` if there is none within `limit`.
    pub async fn next(&self, limit: Duration) -> Option<SimMessage> {
        let next = |world: &mut World| {
            let chat = world.chats.get_mut(&self.id)?;
            let shown = chat.shown.get(chat.cursor)?.clone();
            chat.cursor += 1;
            Some(shown)
        };
        self.shared.wait_until(limit, next).await
    }

    /// Waits for the next message or edit of the bot that fits, and gives it as it looked then.
    ///
    /// What was found, and all before it, is done with: the next wait looks only at what came later.
    /// `fits` runs while the simulator stands still, so it must not ask the simulator anything.
    ///
    /// # Panics
    /// If nothing fits within `limit`; the panic tells what the chat showed instead.
    pub async fn wait_for(
        &self,
        fits: impl Fn(&SimMessage) -> bool,
        limit: Duration,
    ) -> SimMessage {
        wait_for(&self.shared, self.id, fits, limit).await
    }
}

pub(super) async fn wait_for(
    shared: &Shared,
    chat_id: i64,
    fits: impl Fn(&SimMessage) -> bool,
    limit: Duration,
) -> SimMessage {
    let found = shared
        .wait_until(limit, |world| {
            let chat = world.chats.get_mut(&chat_id)?;
            let at = chat.cursor + chat.shown[chat.cursor..].iter().position(&fits)?;
            chat.cursor = at + 1;
            Some(chat.shown[at].clone())
        })
        .await;
    found.unwrap_or_else(|| {
        let world = shared.world();
        let Some(chat) = world.chats.get(&chat_id) else { panic!("chat {chat_id} is empty after {limit:?}") };
        let shown = |messages: &[SimMessage]| -> Vec<(String, Vec<String>)> {
            let owned = |message: &SimMessage| message.labels().into_iter().map(str::to_owned).collect();
            messages.iter().map(|message| (message.text.clone(), owned(message))).collect()
        };
        let (earlier, since) = chat.shown.split_at(chat.cursor);
        let (earlier, since) = (shown(earlier), shown(since));
        drop(world);
        panic!("chat {chat_id}: nothing fits within {limit:?}\nsince the last wait: {since:#?}\nbefore: {earlier:#?}")
    })
}
