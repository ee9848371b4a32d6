//! Chats, people and messages, and how Telegram writes them in JSON.

use super::keyboard::{self, SimButton};
use super::refusal::Refusal;
use super::world::{World, bot_json};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// A person with a Telegram account.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub id: i64,
    pub name: String,
    pub language: Option<String>,
    /// Has written to the bot; before that a bot may not write.
    pub started: bool,
    pub blocked: bool,
    pub deactivated: bool,
}

impl Person {
    pub fn json(&self) -> Value {
        let mut user = json!({ "id": self.id, "is_bot": false, "first_name": self.name });
        if let Some(language) = &self.language {
            user["language_code"] = json!(language);
        }
        user
    }
}

/// A message as the chat holds it now.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub id: i64,
    /// The person who wrote it; `None` for the bot.
    pub sender: Option<i64>,
    pub date: u64,
    pub edit_date: Option<u64>,
    /// `text`, `entities`, `photo` and so on.
    pub content: Map<String, Value>,
    pub markup: Option<Value>,
    pub earlier_texts: Vec<String>,
}

impl Message {
    pub fn text(&self) -> &str {
        let text = self
            .content
            .get("text")
            .or_else(|| self.content.get("caption"));
        text.and_then(Value::as_str).unwrap_or_default()
    }
}

/// A message of the bot as a person sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SimMessage {
    /// The chat it stands in.
    pub chat_id: i64,
    /// Its id, the same after an edit.
    pub message_id: i64,
    /// The text without markup, or the caption.
    pub text: String,
    /// Formatting, in Telegram's JSON.
    pub entities: Vec<Value>,
    /// The buttons, row by row.
    pub buttons: Vec<Vec<SimButton>>,
    /// Was its text or keyboard changed since it was sent?
    pub edited: bool,
    /// What it said before each edit, oldest first.
    pub earlier_texts: Vec<String>,
    /// `text`, `photo`, `document` or `voice`.
    pub kind: String,
}

impl SimMessage {
    /// All labels, left to right and top to bottom.
    pub fn labels(&self) -> Vec<&str> {
        self.buttons
            .iter()
            .flatten()
            .map(|button| button.label.as_str())
            .collect()
    }

    /// The first button with this label.
    pub fn button(&self, label: &str) -> Option<&SimButton> {
        self.buttons
            .iter()
            .flatten()
            .find(|button| button.label == label)
    }
}

/// A private chat or a group, with everything in it.
#[derive(Debug)]
pub(super) struct Chat {
    pub id: i64,
    /// In a group: may the bot write here? (In a private chat the person decides.)
    pub bot_present: bool,
    pub messages: BTreeMap<i64, Message>,
    /// What the bot showed, in order: new messages and edits, each as it looked then.
    pub shown: Vec<SimMessage>,
    /// How much of `shown` the test has waited for already.
    pub cursor: usize,
    /// The last thing the bot said since a person spoke; to notice that it says it again.
    pub said: Option<(String, Option<Value>)>,
    /// What callback answers told the person.
    pub notices: Vec<String>,
    /// Until when a 429 asked the bot to keep quiet.
    pub quiet_until: Option<Instant>,
}

impl Chat {
    pub fn new(id: i64) -> Self {
        Self {
            id,
            bot_present: true,
            messages: BTreeMap::new(),
            shown: Vec::new(),
            cursor: 0,
            said: None,
            notices: Vec::new(),
            quiet_until: None,
        }
    }

    /// The bot's messages that still stand, as they look now.
    pub fn bot_messages(&self) -> Vec<SimMessage> {
        let sent = self
            .messages
            .values()
            .filter(|message| message.sender.is_none());
        sent.map(|message| self.seen(message)).collect()
    }

    pub fn seen(&self, message: &Message) -> SimMessage {
        let kind = ["photo", "document", "voice"]
            .into_iter()
            .find(|kind| message.content.contains_key(*kind));
        let entities = message
            .content
            .get("entities")
            .or_else(|| message.content.get("caption_entities"));
        SimMessage {
            chat_id: self.id,
            message_id: message.id,
            text: message.text().to_owned(),
            entities: entities
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default(),
            buttons: keyboard::buttons(message.markup.as_ref()),
            edited: message.edit_date.is_some(),
            earlier_texts: message.earlier_texts.clone(),
            kind: kind.unwrap_or("text").to_owned(),
        }
    }

    fn kind(&self) -> &'static str {
        match self.id {
            1.. => "private",
            id if is_supergroup(id) => "supergroup",
            _ => "group",
        }
    }
}

/// Telegram tells the two kinds of groups apart by their number.
fn is_supergroup(chat: i64) -> bool {
    chat <= -1_000_000_000_000
}

impl World {
    pub fn person(&mut self, id: i64) -> &mut Person {
        assert!(id > 0, "a person's id is positive; {id} is a group's");
        self.people.entry(id).or_insert_with(|| Person {
            id,
            name: format!("Person {id}"),
            ..Person::default()
        })
    }

    pub fn chat(&mut self, id: i64) -> &mut Chat {
        self.chats.entry(id).or_insert_with(|| Chat::new(id))
    }

    pub fn chat_json(&self, id: i64) -> Value {
        match self.people.get(&id) {
            Some(person) => json!({ "id": id, "type": "private", "first_name": person.name }),
            None => {
                let kind = self.chats.get(&id).map_or("group", Chat::kind);
                json!({ "id": id, "type": kind, "title": format!("Group {id}") })
            }
        }
    }

    pub fn message_json(&self, chat: i64, message: &Message) -> Value {
        let from = match message.sender {
            Some(person) => self
                .people
                .get(&person)
                .map(Person::json)
                .unwrap_or_default(),
            None => bot_json(),
        };
        let mut all = message.content.clone();
        all.insert("message_id".into(), json!(message.id));
        all.insert("from".into(), from);
        all.insert("chat".into(), self.chat_json(chat));
        all.insert("date".into(), json!(message.date));
        if let Some(date) = message.edit_date {
            all.insert("edit_date".into(), json!(date));
        }
        // Only inline keyboards are part of a message that comes back from Telegram.
        if let Some(markup) = message
            .markup
            .as_ref()
            .filter(|markup| keyboard::is_inline(markup))
        {
            all.insert("reply_markup".into(), markup.clone());
        }
        Value::Object(all)
    }

    /// May the bot write here? If not, why not, in Telegram's words.
    pub fn check_writable(&self, chat: i64) -> Result<(), Refusal> {
        if let Some(person) = self.people.get(&chat) {
            return match person {
                Person {
                    deactivated: true, ..
                } => Err(Refusal::forbidden("user is deactivated")),
                Person { blocked: true, .. } => {
                    Err(Refusal::forbidden("bot was blocked by the user"))
                }
                Person { started: true, .. } => Ok(()),
                _ if self.met_in_a_group(chat) => Err(Refusal::forbidden(
                    "bot can't initiate conversation with a user",
                )),
                _ => Err(Refusal::chat_not_found()),
            };
        }
        match self.chats.get(&chat) {
            None => Err(Refusal::chat_not_found()),
            Some(group) if group.bot_present => Ok(()),
            Some(group) => Err(Refusal::forbidden(format!(
                "bot is not a member of the {} chat",
                group.kind()
            ))),
        }
    }

    fn met_in_a_group(&self, person: i64) -> bool {
        let groups = self.chats.values().filter(|chat| chat.id < 0);
        groups
            .flat_map(|group| group.messages.values())
            .any(|message| message.sender == Some(person))
    }

    /// Puts a message into a chat and gives its JSON; the bot's own ones become visible to tests.
    pub fn post(&mut self, chat_id: i64, message: Message) -> Value {
        let json = self.message_json(chat_id, &message);
        let counters_said = message
            .sender
            .is_none()
            .then(|| (message.text().to_owned(), message.markup.clone()));
        let chat = self
            .chats
            .entry(chat_id)
            .or_insert_with(|| Chat::new(chat_id));
        let mut repeated = false;
        if counters_said.is_some() {
            repeated = chat.said == counters_said;
            let seen = chat.seen(&message);
            chat.shown.push(seen);
        }
        chat.said = counters_said;
        chat.messages.insert(message.id, message);
        if repeated {
            self.record.counters.repeated_messages += 1;
        }
        json
    }
}
