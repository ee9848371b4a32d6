//! What people do in the world, and the updates that come of it.

use super::chats::Message;
use super::world::{BOT_ID, BOT_USERNAME, SimFile, World, bot_json, unix_now};
use serde_json::{Map, Value, json};

impl World {
    /// A person writes in a chat; gives the message id.
    pub fn person_writes(&mut self, person: i64, chat: i64, content: Value) -> i64 {
        let Value::Object(content) = content else {
            panic!("a message is a JSON object")
        };
        let message = Message {
            id: self.new_message_id(),
            sender: Some(person),
            date: unix_now(),
            edit_date: None,
            content,
            markup: None,
            earlier_texts: Vec::new(),
        };
        if chat == person {
            let person = self.person(person);
            assert!(
                !person.blocked,
                "person {} has blocked the bot: unblock() comes first",
                person.id
            );
            person.started = true;
        }
        let id = message.id;
        let body = self.post(chat, message);
        if self.chat(chat).bot_present {
            self.updates.push(Some(chat), "message", body);
        }
        id
    }

    /// A person changes what they wrote.
    pub fn person_edits(&mut self, chat: i64, message_id: i64, text: &str) {
        let message = self.chat(chat).messages.get_mut(&message_id);
        let message = message.unwrap_or_else(|| panic!("no message {message_id} in chat {chat}"));
        assert!(
            message.sender.is_some(),
            "message {message_id} is the bot's; people edit their own"
        );
        message.content = text_content(text);
        message.edit_date = Some(unix_now());
        let changed = message.clone();
        let body = self.message_json(chat, &changed);
        self.updates.push(Some(chat), "edited_message", body);
    }

    /// A person taps a button of a message, which may be gone by now; gives the id of the query.
    pub fn person_taps(&mut self, person: i64, message_id: i64, data: &str) -> String {
        let id = self.new_callback(person);
        let chat = self.chat(person);
        chat.said = None;
        let message = match chat.messages.get(&message_id).cloned() {
            Some(message) => self.message_json(person, &message),
            // What Telegram calls an inaccessible message.
            None => json!({ "message_id": message_id, "chat": self.chat_json(person), "date": 0 }),
        };
        let query = json!({
            "id": id,
            "from": self.person(person).json(),
            "message": message,
            "chat_instance": format!("-{person}00042"),
            "data": data,
        });
        self.updates.push(Some(person), "callback_query", query);
        id
    }

    /// The bot's standing in a chat changes: blocked, let back in, added to a group or thrown out.
    pub fn bot_standing_changes(&mut self, person: i64, chat: i64, old: &str, new: &str) {
        let member = |status: &str| {
            let mut member = json!({ "user": bot_json(), "status": status });
            if status == "kicked" {
                member["until_date"] = json!(0);
            }
            member
        };
        let change = json!({
            "chat": self.chat_json(chat),
            "from": self.person(person).json(),
            "date": unix_now(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        });
        self.updates.push(Some(chat), "my_chat_member", change);
    }

    /// Stores what a person sends as a file; gives the part of the message that names it.
    pub fn new_file(&mut self, folder: &str, name: &str, bytes: Vec<u8>) -> Map<String, Value> {
        let number = self.files.len() + 1;
        let id = format!("{BOT_ID}-file-{number}");
        let mut file = Map::new();
        file.insert("file_id".into(), json!(id));
        file.insert("file_unique_id".into(), json!(format!("u{number}")));
        file.insert("file_size".into(), json!(bytes.len()));
        self.files.insert(
            id,
            SimFile {
                path: format!("{folder}/file_{number}_{name}"),
                bytes,
            },
        );
        file
    }
}

/// The content of a text message, with its commands marked as Telegram marks them.
pub(super) fn text_content(text: &str) -> Map<String, Value> {
    let mut content = Map::new();
    content.insert("text".into(), json!(text));
    let commands = commands(text);
    if !commands.is_empty() {
        content.insert("entities".into(), Value::Array(commands));
    }
    content
}

/// `/start`, `/help@the_bot` and the like, where they stand at the beginning of a word.
fn commands(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if let Some(name) = word.strip_prefix('/') {
            let end = name
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            let at_bot = format!("@{BOT_USERNAME}");
            let suffix = if name[end..].starts_with(&at_bot) {
                at_bot.len()
            } else {
                0
            };
            if (1..=64).contains(&end) {
                let length = 1 + end + suffix;
                found.push(json!({ "type": "bot_command", "offset": offset, "length": length }));
            }
        }
        offset += word.encode_utf16().count();
    }
    found
}
