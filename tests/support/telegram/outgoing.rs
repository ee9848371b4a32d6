//! What the bot sends, edits and deletes, with the checks Telegram makes first.

use super::chats::{Chat, Message};
use super::html::{FormattedText, parse_html};
use super::keyboard;
use super::methods::chat_id;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::world::{World, unix_now};
use serde_json::{Map, Value, json};

/// Longest text, and longest caption of a file.
///
/// Telegram documents "characters after entities parsing". Clients count UTF-16 units, so the simulator
/// does too: it is the stricter reading, and text that passes here passes there.
const LONGEST_TEXT: usize = 4096;
const LONGEST_CAPTION: usize = 1024;

/// `sendMessage`
pub(super) fn send_message(world: &mut World, params: &Params) -> Answer {
    let chat = chat_id(params)?;
    let text = formatted(params, "text", "entities")?;
    check_text(params, &text, "message is too long")?;
    let markup = keyboard::check(params.structure("reply_markup")?)?;
    world.check_writable(chat)?;
    let content = content(text, "text", "entities");
    Ok(say(world, chat, content, markup))
}

/// `sendPhoto`, `sendDocument` and `sendVoice`
pub(super) fn send_file(world: &mut World, params: &Params, kind: &str) -> Answer {
    let chat = chat_id(params)?;
    if !params.0.contains_key(kind) {
        return Err(Refusal::bad_request(format!(
            "there is no {kind} in the request"
        )));
    }
    let caption = formatted(params, "caption", "caption_entities")?;
    if caption.text.encode_utf16().count() > LONGEST_CAPTION {
        return Err(Refusal::bad_request("message caption is too long"));
    }
    let markup = keyboard::check(params.structure("reply_markup")?)?;
    world.check_writable(chat)?;
    let mut content = content(caption, "caption", "caption_entities");
    let id = format!("bot-{kind}-{}", world.record.calls.len());
    let file = json!({ "file_id": id, "file_unique_id": format!("u{id}"), "file_size": 1, "duration": 1, "width": 90, "height": 90 });
    content.insert(
        kind.to_owned(),
        if kind == "photo" { json!([file]) } else { file },
    );
    Ok(say(world, chat, content, markup))
}

/// `editMessageText`
pub(super) fn edit_text(world: &mut World, params: &Params) -> Answer {
    let chat = chat_id(params)?;
    let text = formatted(params, "text", "entities")?;
    check_text(params, &text, "MESSAGE_TOO_LONG")?;
    let markup = keyboard::check(params.structure("reply_markup")?)?;
    world.check_writable(chat)?;
    let mut changed = editable(world, chat, params)?;
    if !changed.content.contains_key("text") {
        return Err(Refusal::bad_request(
            "there is no text in the message to edit",
        ));
    }
    let before = changed.text().to_owned();
    changed.content = content(text, "text", "entities");
    // An edit without a keyboard takes the old one away.
    changed.markup = markup;
    if before != changed.text() {
        changed.earlier_texts.push(before);
    }
    replace(world, chat, changed)
}

/// `editMessageReplyMarkup`
pub(super) fn edit_markup(world: &mut World, params: &Params) -> Answer {
    let chat = chat_id(params)?;
    let markup = keyboard::check(params.structure("reply_markup")?)?;
    world.check_writable(chat)?;
    let mut changed = editable(world, chat, params)?;
    changed.markup = markup;
    replace(world, chat, changed)
}

/// `deleteMessage`
pub(super) fn delete(world: &mut World, params: &Params) -> Answer {
    let chat = chat_id(params)?;
    world.check_writable(chat)?;
    let id = message_id(params)?;
    match world.chat(chat).messages.remove(&id) {
        Some(_) => Ok(json!(true)),
        None => Err(Refusal::bad_request("message to delete not found")),
    }
}

fn say(world: &mut World, chat: i64, content: Map<String, Value>, markup: Option<Value>) -> Value {
    let message = Message {
        id: world.new_message_id(),
        sender: None,
        date: unix_now(),
        edit_date: None,
        content,
        markup,
        earlier_texts: Vec::new(),
    };
    world.post(chat, message)
}

/// Reads a text with its formatting and trims it as Telegram does.
fn formatted(params: &Params, field: &str, entities: &str) -> Result<FormattedText, Refusal> {
    let source = params.text(field).unwrap_or_default();
    let mode = params.text("parse_mode").unwrap_or_default();
    let text = match mode.to_ascii_lowercase().as_str() {
        "html" => parse_html(&source)?,
        // Markdown is taken as it is: the project does not write any.
        "" | "markdown" | "markdownv2" => {
            let given = params
                .structure(entities)?
                .and_then(|given| given.as_array().cloned());
            FormattedText {
                text: source,
                entities: given.unwrap_or_default(),
            }
        }
        _ => return Err(Refusal::bad_request("unsupported parse_mode")),
    };
    // Only the end is trimmed when there is formatting, to keep its offsets.
    let trimmed = if text.entities.is_empty() {
        text.text.trim()
    } else {
        text.text.trim_end()
    };
    Ok(FormattedText {
        text: trimmed.to_owned(),
        entities: text.entities,
    })
}

/// Telegram words "too long" in two ways, one for new messages and one for edits.
fn check_text(params: &Params, text: &FormattedText, too_long: &str) -> Result<(), Refusal> {
    if params.text("text").is_none_or(|source| source.is_empty()) {
        return Err(Refusal::bad_request("message text is empty"));
    }
    if text.text.is_empty() {
        return Err(Refusal::bad_request("text must be non-empty"));
    }
    if text.text.encode_utf16().count() > LONGEST_TEXT {
        return Err(Refusal::bad_request(too_long));
    }
    Ok(())
}

fn content(text: FormattedText, field: &str, entities: &str) -> Map<String, Value> {
    let mut content = Map::new();
    if !text.text.is_empty() {
        content.insert(field.to_owned(), Value::String(text.text));
    }
    if !text.entities.is_empty() {
        content.insert(entities.to_owned(), Value::Array(text.entities));
    }
    content
}

fn message_id(params: &Params) -> Result<i64, Refusal> {
    params
        .integer("message_id")
        .ok_or_else(|| Refusal::bad_request("message identifier is not specified"))
}

fn editable(world: &World, chat: i64, params: &Params) -> Result<Message, Refusal> {
    let id = message_id(params)?;
    let message = world
        .chats
        .get(&chat)
        .and_then(|chat| chat.messages.get(&id));
    match message {
        None => Err(Refusal::bad_request("message to edit not found")),
        Some(Message {
            sender: Some(_), ..
        }) => Err(Refusal::bad_request("message can't be edited")),
        Some(message) => Ok(message.clone()),
    }
}

fn replace(world: &mut World, chat_id: i64, mut changed: Message) -> Answer {
    let chat = world
        .chats
        .entry(chat_id)
        .or_insert_with(|| Chat::new(chat_id));
    let old = chat.messages.get(&changed.id);
    if old.is_some_and(|old| old.content == changed.content && old.markup == changed.markup) {
        return Err(Refusal::bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a \
             current content and reply markup of the message",
        ));
    }
    changed.edit_date = Some(unix_now());
    let seen = chat.seen(&changed);
    chat.shown.push(seen);
    chat.messages.insert(changed.id, changed.clone());
    Ok(world.message_json(chat_id, &changed))
}
