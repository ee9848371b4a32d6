//! How networks show a message, for editors: what it would look like, and what would not fit. Also of networks that
//! lotse does not speak yet. Pure.
//!
//! Sources: <https://core.telegram.org/bots/api#sendmessage>,
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages>,
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages>.

use crate::model::Message;
use crate::text::{graphemes, to_plain};

/// A network's way of showing messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its name in addresses and styles.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The most options that become buttons, and the most characters on one.
    buttons: (usize, usize),
    /// The most options that become the rows of a list, and the most characters in one.
    rows: (usize, usize),
    /// The longest text that has buttons or a list.
    with_choices: usize,
    /// The longest text.
    text: usize,
}

/// All of them.
pub const LOOKS: [Look; 3] = [
    Look {
        id: "telegram",
        name: "Telegram",
        buttons: (100, 64),
        rows: (0, 0),
        with_choices: 4096,
        text: 4096,
    },
    Look {
        id: "whatsapp",
        name: "WhatsApp",
        buttons: (3, 20),
        rows: (10, 24),
        with_choices: 1024,
        text: 4096,
    },
    Look {
        id: "signal",
        name: "Signal",
        buttons: (0, 0),
        rows: (0, 0),
        with_choices: 2000,
        text: 2000,
    },
];

/// How the options of a question are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Options {
    /// There are none.
    None,
    /// Below the message, to be pressed.
    Buttons,
    /// In a list that opens.
    List,
    /// With numbers, in the text.
    Numbers,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A label is too long for a button or a row.
    Label {
        /// The label.
        label: String,
        /// Its characters.
        length: usize,
        /// As many fit.
        most: usize,
    },
    /// The text is too long.
    Text {
        /// Its characters.
        length: usize,
        /// As many fit.
        most: usize,
    },
    /// There are more options than a list has rows: they are numbered.
    Many {
        /// How many.
        options: usize,
        /// As many fit.
        most: usize,
    },
}

impl Look {
    /// One by its id; the first one for any other word.
    pub fn named(id: &str) -> &'static Self {
        let found = LOOKS.iter().find(|look| look.id == id);
        found.unwrap_or(&LOOKS[0])
    }

    /// How a message's options are shown, and what would not fit.
    pub fn of(&self, message: &Message) -> (Options, Vec<Misfit>) {
        let count = message.choices.len();
        let (options, label) = match count {
            0 => (Options::None, usize::MAX),
            n if n <= self.buttons.0 => (Options::Buttons, self.buttons.1),
            n if n <= self.rows.0 => (Options::List, self.rows.1),
            _ => (Options::Numbers, usize::MAX),
        };
        let mut misfits = Vec::new();
        if options == Options::Numbers && self.rows.0 > 0 {
            misfits.push(Misfit::Many {
                options: count,
                most: self.rows.0,
            });
        }
        for choice in &message.choices {
            let length = graphemes(&choice.label);
            if length > label {
                misfits.push(Misfit::Label {
                    label: choice.label.clone(),
                    length,
                    most: label,
                });
            }
        }
        let most = match options {
            Options::Buttons | Options::List => self.with_choices,
            Options::None | Options::Numbers => self.text,
        };
        let length = graphemes(&to_plain(&message.text));
        if length > most {
            misfits.push(Misfit::Text { length, most });
        }
        (options, misfits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Lang};

    fn message(text: &str, labels: &[&str]) -> Message {
        let choices = labels.iter().map(|label| Choice {
            id: (*label).into(),
            label: (*label).into(),
            token: String::new(),
        });
        Message {
            key: "x/y".into(),
            text: text.into(),
            choices: choices.collect(),
            takes: None,
            lang: Lang::new("de"),
        }
    }

    #[test]
    fn each_network_shows_options_in_its_own_way() {
        let shown = |id: &str, count: usize| {
            let labels = vec!["Ja"; count];
            Look::named(id).of(&message("?", &labels)).0
        };
        use Options::{Buttons, List, None, Numbers};
        for (id, expected) in [
            ("telegram", [None, Buttons, Buttons, Buttons]),
            ("whatsapp", [None, Buttons, List, Numbers]),
            ("signal", [None, Numbers, Numbers, Numbers]),
        ] {
            assert_eq!([0, 3, 10, 11].map(|n| shown(id, n)), expected, "{id}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_limit() {
        let look = Look::named("whatsapp");
        let long = "Aufenthaltsgestattung";
        let label = |most| Misfit::Label {
            label: long.into(),
            length: 21,
            most,
        };
        assert_eq!(look.of(&message("?", &[long, "Ja"])).1, [label(20)]);
        assert_eq!(look.of(&message("?", &[long, "b", "c", "d"])).1, []);
        let text = "x".repeat(1025);
        let too_long = Misfit::Text {
            length: 1025,
            most: 1024,
        };
        assert_eq!(look.of(&message(&text, &["Ja"])).1, [too_long]);
        assert_eq!(look.of(&message(&text, &[])).1, []);
        let many = look.of(&message("?", &["a"; 11])).1;
        assert_eq!(
            many,
            [Misfit::Many {
                options: 11,
                most: 10
            }]
        );
    }
}
