//! The methods of the Bot API that answer at once.

use super::outgoing;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::webhook;
use super::world::{World, bot_json};
use serde_json::{Value, json};

/// Every method that exists, as Telegram's documentation writes it.
const METHODS: &[&str] = &[
    "answerCallbackQuery",
    "close",
    "deleteMessage",
    "deleteMyCommands",
    "deleteWebhook",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getFile",
    "getMe",
    "getMyCommands",
    "getUpdates",
    "getWebhookInfo",
    "leaveChat",
    "logOut",
    "sendChatAction",
    "sendDocument",
    "sendMessage",
    "sendPhoto",
    "sendVoice",
    "setChatMenuButton",
    "setMyCommands",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
    "setWebhook",
];

/// Finds a method whatever the case of its letters; some libraries write `SendMessage`.
pub(super) fn find(name: &str) -> Option<&'static str> {
    METHODS
        .iter()
        .copied()
        .find(|method| method.eq_ignore_ascii_case(name))
}

/// The chat a call is about, for the record and for faults.
pub(super) fn chat_of(world: &World, params: &Params) -> Option<i64> {
    params.integer("chat_id").or_else(|| {
        let query = params.text("callback_query_id")?;
        world.callbacks.get(&query).map(|callback| callback.user)
    })
}

/// Carries out a call; `method` comes from [`find`].
pub(super) fn carry_out(world: &mut World, method: &str, params: &Params) -> Answer {
    match method {
        "getMe" => Ok(get_me()),
        "sendMessage" => outgoing::send_message(world, params),
        "sendPhoto" => outgoing::send_file(world, params, "photo"),
        "sendDocument" => outgoing::send_file(world, params, "document"),
        "sendVoice" => outgoing::send_file(world, params, "voice"),
        "editMessageText" => outgoing::edit_text(world, params),
        "editMessageReplyMarkup" => outgoing::edit_markup(world, params),
        "deleteMessage" => outgoing::delete(world, params),
        "answerCallbackQuery" => answer_callback_query(world, params),
        "sendChatAction" => send_chat_action(world, params),
        "leaveChat" => leave_chat(world, params),
        "getChat" => get_chat(world, params),
        "getFile" => get_file(world, params),
        "setMyCommands" => set_my_commands(world, params),
        "getMyCommands" => Ok(world.commands.clone()),
        "deleteMyCommands" => {
            world.commands = json!([]);
            Ok(json!(true))
        }
        "setWebhook" => webhook::set(world, params),
        "deleteWebhook" => webhook::delete(world, params),
        "getWebhookInfo" => Ok(webhook::info(world)),
        _ => Ok(json!(true)),
    }
}

fn get_me() -> Value {
    let mut me = bot_json();
    me["can_join_groups"] = json!(true);
    me["can_read_all_group_messages"] = json!(true);
    me["supports_inline_queries"] = json!(false);
    me["can_connect_to_business"] = json!(false);
    me["has_main_web_app"] = json!(false);
    me
}

/// The chat a call names; a missing or unreadable id is refused.
pub(super) fn chat_id(params: &Params) -> Result<i64, Refusal> {
    match params.text("chat_id") {
        None => Err(Refusal::bad_request("chat_id is empty")),
        Some(text) if text.is_empty() => Err(Refusal::bad_request("chat_id is empty")),
        Some(text) => text.parse().map_err(|_| Refusal::chat_not_found()),
    }
}

fn answer_callback_query(world: &mut World, params: &Params) -> Answer {
    if params
        .text("text")
        .is_some_and(|text| text.chars().count() > 200)
    {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    let query = params.text("callback_query_id").unwrap_or_default();
    let Some(callback) = world
        .callbacks
        .get_mut(&query)
        .filter(|callback| !callback.answered)
    else {
        world.record.counters.refused_callback_answers += 1;
        return Err(Refusal::bad_request(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    };
    callback.answered = true;
    let user = callback.user;
    if let Some(text) = params.text("text").filter(|text| !text.is_empty()) {
        world.chat(user).notices.push(text);
    }
    Ok(json!(true))
}

fn send_chat_action(world: &World, params: &Params) -> Answer {
    const ACTIONS: &[&str] = &[
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ];
    world.check_writable(chat_id(params)?)?;
    let action = params.text("action").unwrap_or_default();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(Refusal::bad_request("wrong parameter action in request"));
    }
    Ok(json!(true))
}

fn leave_chat(world: &mut World, params: &Params) -> Answer {
    let id = chat_id(params)?;
    if id > 0 {
        return Err(Refusal::bad_request(
            "chat member status can't be changed in private chats",
        ));
    }
    world.check_writable(id)?;
    world.chat(id).bot_present = false;
    Ok(json!(true))
}

fn get_chat(world: &World, params: &Params) -> Answer {
    let id = chat_id(params)?;
    if !world.chats.contains_key(&id) {
        return Err(Refusal::chat_not_found());
    }
    let mut chat = world.chat_json(id);
    chat["accent_color_id"] = json!(0);
    chat["max_reaction_count"] = json!(11);
    chat["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
        "premium_subscription": false, "gifts_from_channels": false,
    });
    Ok(chat)
}

fn get_file(world: &World, params: &Params) -> Answer {
    let id = params.text("file_id").unwrap_or_default();
    if id.is_empty() {
        return Err(Refusal::bad_request("file_id not specified"));
    }
    let file = world.files.get(&id).ok_or_else(|| {
        Refusal::bad_request("wrong file_id or the file is temporarily unavailable")
    })?;
    Ok(json!({
        "file_id": id,
        "file_unique_id": format!("u{id}"),
        "file_size": file.bytes.len(),
        "file_path": file.path,
    }))
}

fn set_my_commands(world: &mut World, params: &Params) -> Answer {
    let commands = params.structure("commands")?.unwrap_or_else(|| json!([]));
    let Some(list) = commands.as_array() else {
        return Err(Refusal::bad_request("expected an Array of BotCommand"));
    };
    if list.len() > 100 {
        return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in list {
        let name = command["command"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches('/');
        let right = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(right) {
            return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
        }
        let description = command["description"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .count();
        if !(1..=256).contains(&description) {
            return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    // Scope and language are recorded with the call; the last list set is the one given back.
    world.commands = commands;
    Ok(json!(true))
}
