//! From a message to what a channel shows, within its limits. Pure.

use crate::model::Message;
use crate::ports::{Capabilities, ChoiceStyle, Dialect, Part};
use crate::text::{split_markup, to_plain, to_telegram_html};

/// Renders a message. Long texts become several parts; the choices go on the last one.
pub fn render(message: &Message, caps: &Capabilities) -> Vec<Part> {
    let mut text = message.text.clone();
    if caps.choices == ChoiceStyle::Numbers {
        for (number, choice) in message.choices.iter().enumerate() {
            text.push_str(&format!("\n{}. {}", number + 1, choice.label));
        }
    }
    let mut parts: Vec<Part> = split_markup(&text, caps.text_limit, caps.unit)
        .iter()
        .map(|piece| Part {
            text: in_dialect(piece, caps.dialect),
            buttons: Vec::new(),
        })
        .collect();
    if caps.choices == ChoiceStyle::Buttons
        && let Some(last) = parts.last_mut()
    {
        let buttons = message
            .choices
            .iter()
            .map(|c| (c.label.clone(), c.token.clone()));
        last.buttons = buttons.collect();
    }
    parts
}

fn in_dialect(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::TelegramHtml => to_telegram_html(text),
        Dialect::Markup => text.to_owned(),
        Dialect::Plain => to_plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Lang};
    use crate::text::Unit;

    fn message(text: &str) -> Message {
        let choice = |id: &str, label: &str| Choice {
            id: id.into(),
            label: label.into(),
            token: format!("1.{id}"),
        };
        Message {
            key: "work/status".into(),
            text: text.into(),
            choices: vec![choice("yes", "Ja"), choice("no", "Nein")],
            takes: None,
            lang: Lang::new("de"),
        }
    }

    fn caps(text_limit: usize, choices: ChoiceStyle, dialect: Dialect) -> Capabilities {
        Capabilities {
            text_limit,
            unit: Unit::Utf16,
            choices,
            dialect,
            window_seconds: None,
        }
    }

    #[test]
    fn buttons_stand_under_the_last_part_only() {
        let caps = caps(40, ChoiceStyle::Buttons, Dialect::Plain);
        let parts = render(&message(&"Ein Satz mit Worten. ".repeat(5)), &caps);
        assert!(parts.len() > 1);
        let (last, first) = parts.split_last().unwrap();
        assert!(first.iter().all(|p| p.buttons.is_empty()));
        assert_eq!(last.buttons[1], ("Nein".to_owned(), "1.no".to_owned()));
        assert!(parts.iter().all(|p| p.text.encode_utf16().count() <= 40));
    }

    #[test]
    fn where_there_are_no_buttons_the_choices_are_numbered() {
        let caps = caps(4096, ChoiceStyle::Numbers, Dialect::Plain);
        let parts = render(&message("Was nun?"), &caps);
        assert_eq!(parts[0].text, "Was nun?\n1. Ja\n2. Nein");
        assert!(parts[0].buttons.is_empty());
    }

    #[test]
    fn what_looks_like_html_is_shown_as_it_was_written() {
        let caps = caps(4096, ChoiceStyle::Buttons, Dialect::TelegramHtml);
        let parts = render(&message("**Ja** & <b>nein</b>"), &caps);
        assert_eq!(parts[0].text, "<b>Ja</b> &amp; &lt;b&gt;nein&lt;/b&gt;");
    }
}
