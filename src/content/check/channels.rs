//! Texts, labels and options that are too much for a messenger.
//!
//! Sources: WhatsApp Business Platform, "Interactive messages" (3 reply buttons of 20 characters, or a list of 10 rows of 24;
//! a body of 1,024; a plain text of 4,096); Telegram Bot API, `sendMessage` (4,096) and `callback_data` (64 bytes); Signal
//! sends what is longer than 2,000 as a file.

use super::expected::{Expected, Plan};
use super::pattern::Parts;
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::ftl::TextFile;
use crate::content::parse::settings::Channel;
use fluent_syntax::ast::Message;
use std::collections::BTreeMap;

/// WhatsApp's buttons; more options become a list.
const BUTTONS: usize = 3;
/// WhatsApp's rows of a list.
const ROWS: usize = 10;
/// Bytes that are left for an option's name in a Telegram button, besides the number of the question and a point.
const OPTION_NAME: usize = 64 - 11;

/// A limit, and whose it is in both languages.
struct Limit {
    most: usize,
    de: &'static str,
    en: &'static str,
}

const fn limit(most: usize, de: &'static str, en: &'static str) -> Limit {
    Limit { most, de, en }
}

pub(super) fn check(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    let channels = &settings.channels;
    files.each_text(problems, |text, problems| {
        let Some(plan) = plans.get(&text.name).filter(|_| text.name != "commands") else {
            return;
        };
        for message in text.messages() {
            if let Some(expected) = plan.get(message.id.name) {
                lengths(text, message, expected, channels, problems);
            }
        }
    });
    options(files, channels, problems);
}

/// The smallest limit of a text.
fn of_text(with_buttons: bool, channels: &[Channel]) -> Option<Limit> {
    let limits = channels.iter().filter_map(|channel| match channel {
        Channel::WhatsApp if with_buttons => Some(limit(
            1024,
            "WhatsApp mit Knöpfen nimmt",
            "WhatsApp with buttons takes",
        )),
        Channel::WhatsApp => Some(limit(4096, "WhatsApp nimmt", "WhatsApp takes")),
        Channel::Telegram => Some(limit(4096, "Telegram nimmt", "Telegram takes")),
        Channel::Signal => Some(limit(2000, "Signal nimmt", "Signal takes")),
        Channel::Web => None,
    });
    limits.min_by_key(|l| l.most)
}

/// The smallest limit of a label, if a question has this many of them.
fn of_label(count: usize, channels: &[Channel]) -> Limit {
    if !channels.contains(&Channel::WhatsApp) {
        // Longer labels are cut off on small screens.
        return limit(64, "auf dem Telefon gehen", "phones take");
    }
    if count <= BUTTONS {
        limit(
            20,
            "ein Knopf in WhatsApp nimmt",
            "a button in WhatsApp takes",
        )
    } else {
        limit(
            24,
            "eine Zeile der Auswahl in WhatsApp nimmt",
            "a row of WhatsApp's list takes",
        )
    }
}

fn lengths(
    text: &TextFile,
    message: &Message<&str>,
    expected: &Expected,
    channels: &[Channel],
    problems: &mut Problems,
) {
    let buttons = expected.buttons && !expected.labels.is_empty();
    let body = of_text(buttons, channels);
    if let (Some(value), Some(body)) = (&message.value, &body) {
        too_long(
            text,
            message.id.name,
            Parts::of(value).length,
            body,
            problems,
        );
    }
    if !expected.buttons {
        return;
    }
    let label = of_label(expected.labels.len(), channels);
    for attribute in &message.attributes {
        let name = attribute.id.name;
        let limit = match (&body, expected.optional.contains(&name)) {
            (Some(body), true) => body,
            (_, false) if expected.labels.iter().any(|l| l.id == name) => &label,
            _ => continue,
        };
        too_long(
            text,
            name,
            Parts::of(&attribute.value).length,
            limit,
            problems,
        );
    }
}

fn too_long(text: &TextFile, name: &str, length: usize, limit: &Limit, problems: &mut Problems) {
    if length <= limit.most {
        return;
    }
    let Limit { most, de, en } = limit;
    let said = Both::new(
        format!("`{name}` hat {length} Zeichen; {de} {most}"),
        format!("`{name}` has {length} characters; {en} {most}"),
    );
    problems
        .at(Code::TooLong, &text.file, text.span(name), said)
        .help(
            if *most < 100 {
                "Kürzen Sie die Beschriftung"
            } else {
                "Kürzen Sie, oder machen Sie zwei Schritte daraus"
            },
            if *most < 100 {
                "Shorten the label"
            } else {
                "Shorten it, or make two steps of it"
            },
        );
}

fn options(files: &Files, channels: &[Channel], problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for (id, marks) in &flow.parsed.marks {
            if channels.contains(&Channel::WhatsApp) && marks.options.len() > ROWS {
                let count = marks.options.len();
                let said = Both::new(
                    format!("`{id}` hat {count} Antworten; eine Auswahl in WhatsApp nimmt {ROWS}"),
                    format!("`{id}` has {count} options; a list in WhatsApp takes {ROWS}"),
                );
                let span = marks
                    .options
                    .get(ROWS)
                    .map_or(marks.header.clone(), |o| o.span.clone());
                problems
                    .at(Code::TooManyOptions, &flow.file, span, said)
                    .help(
                        "Machen Sie zwei Fragen daraus, etwa mit einer Antwort „Etwas anderes“",
                        "Make two questions of it, for example with an option “Something else”",
                    );
            }
            if !channels.contains(&Channel::Telegram) {
                continue;
            }
            for option in marks.options.iter().filter(|o| o.value.len() > OPTION_NAME) {
                let length = option.value.len();
                let said = Both::new(
                    format!(
                        "dieser Name hat {length} Zeichen; ein Knopf in Telegram nimmt {OPTION_NAME}"
                    ),
                    format!(
                        "this name has {length} characters; a button in Telegram takes {OPTION_NAME}"
                    ),
                );
                problems
                    .at(Code::TooLong, &flow.file, option.span.clone(), said)
                    .help(
                        "Nehmen Sie einen kürzeren Namen; die Beschriftung darf länger sein",
                        "Take a shorter name; the label may be longer",
                    );
            }
        }
    }
}
