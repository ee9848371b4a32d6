//! Keyboards under a message: what Telegram accepts, and the buttons a person sees.

use super::refusal::Refusal;
use serde_json::{Map, Value};

/// More buttons than this make a markup that Telegram refuses.
const MOST_BUTTONS: usize = 100;

/// One button as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimButton {
    /// What is written on it.
    pub label: String,
    /// What a tap does.
    pub action: ButtonAction,
}

/// What a tap on a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction {
    /// Sends this `callback_data` to the bot.
    Callback(String),
    /// Opens an address; the bot learns nothing.
    Url(String),
    /// A button of a reply keyboard: sends its label as a message.
    SendText,
    /// Anything else, by the name of its field.
    Other(String),
}

/// Checks a `reply_markup`; `None` in, `None` out.
pub(super) fn check(markup: Option<Value>) -> Result<Option<Value>, Refusal> {
    let Some(markup) = markup else {
        return Ok(None);
    };
    let Value::Object(object) = &markup else {
        return Err(Refusal::bad_request("object expected as reply markup"));
    };
    if let Some(rows) = object.get("inline_keyboard") {
        let mut count = 0;
        for button in flat(rows, "inline keyboard")? {
            check_inline(button)?;
            count += 1;
        }
        if count > MOST_BUTTONS {
            return Err(Refusal::bad_request("reply markup is too long"));
        }
        if count == 0 {
            // An empty inline keyboard is how a keyboard is taken away in an edit.
            return Ok(None);
        }
    } else if let Some(rows) = object.get("keyboard") {
        for button in flat(rows, "keyboard")? {
            if label(button).is_none_or(str::is_empty) {
                return Err(Refusal::bad_request(
                    "can't parse keyboard button: Can't find field \"text\"",
                ));
            }
        }
    }
    Ok(Some(markup))
}

/// Is this a keyboard that is attached to the message (and not to the input field)?
pub(super) fn is_inline(markup: &Value) -> bool {
    markup.get("inline_keyboard").is_some()
}

/// The buttons of a markup, row by row.
pub(super) fn buttons(markup: Option<&Value>) -> Vec<Vec<SimButton>> {
    let Some(markup) = markup else {
        return Vec::new();
    };
    let rows = markup
        .get("inline_keyboard")
        .or_else(|| markup.get("keyboard"));
    let rows = rows.and_then(Value::as_array).into_iter().flatten();
    rows.map(|row| row.as_array().into_iter().flatten().map(seen).collect())
        .collect()
}

fn seen(button: &Value) -> SimButton {
    let text_of = |name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
    let action = if let Some(data) = text_of("callback_data") {
        ButtonAction::Callback(data)
    } else if let Some(url) = text_of("url") {
        ButtonAction::Url(url)
    } else {
        let other = button
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .find(|key| *key != "text");
        other.map_or(ButtonAction::SendText, |key| {
            ButtonAction::Other(key.clone())
        })
    };
    SimButton {
        label: label(button).unwrap_or_default().to_owned(),
        action,
    }
}

fn label(button: &Value) -> Option<&str> {
    // A reply keyboard may hold bare strings.
    button
        .as_str()
        .or_else(|| button.get("text").and_then(Value::as_str))
}

fn flat<'a>(rows: &'a Value, what: &str) -> Result<Vec<&'a Value>, Refusal> {
    let wrong = || Refusal::bad_request(format!("can't parse {what} markup JSON object"));
    let mut all = Vec::new();
    for row in rows.as_array().ok_or_else(wrong)? {
        all.extend(row.as_array().ok_or_else(wrong)?);
    }
    Ok(all)
}

fn check_inline(button: &Value) -> Result<(), Refusal> {
    let wrong =
        |why: &str| Refusal::bad_request(format!("can't parse inline keyboard button: {why}"));
    let object = button
        .as_object()
        .ok_or_else(|| wrong("Expected an Object"))?;
    match object.get("text") {
        None => return Err(wrong("Can't find field \"text\"")),
        Some(Value::String(text)) if text.is_empty() => {
            return Err(Refusal::bad_request(
                "inline keyboard button text must be non-empty",
            ));
        }
        Some(Value::String(_)) => {}
        Some(_) => return Err(wrong("Field \"text\" must be of type String")),
    }
    if let Some(data) = object.get("callback_data") {
        let data = data
            .as_str()
            .ok_or_else(|| wrong("Field \"callback_data\" must be of type String"))?;
        if data.is_empty() || data.len() > 64 {
            return Err(Refusal::bad_request("BUTTON_DATA_INVALID"));
        }
    } else if let Some(url) = object.get("url") {
        let url = url.as_str().unwrap_or_default();
        if !["http://", "https://", "tg://"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            return Err(Refusal::bad_request(format!(
                "inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
            )));
        }
    } else if object.keys().all(|key| key == "text") {
        return Err(wrong("Text buttons are unallowed in the inline keyboard"));
    }
    Ok(())
}
