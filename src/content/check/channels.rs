//! Texts, labels and options that are too much for a messenger.
//!
//! Sources: WhatsApp Business Platform, "Interactive messages" (3 reply buttons of 20 characters, or a list of 10 rows of 24;
//! a body of 1,024; a plain text of 4,096); Telegram Bot API, `sendMessage` (4,096) and `callback_data` (64 bytes); Signal
//! sends what is longer than 2,000 as a file.

use super::expected::{Expected, Plan};
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::parse::ftl::{TextFile, WithGist};
use crate::content::parse::settings::Channel;
use crate::content::parse::step::StepMarks;
use crate::content::types::{AskKind, StepKind};
use std::collections::BTreeMap;

/// WhatsApp's buttons; more options become a list.
const BUTTONS: usize = 3;
/// WhatsApp's rows of a list.
const ROWS: usize = 10;
/// Bytes that are left for an option's name in a Telegram button, besides the number of the question and a point.
const OPTION_NAME: usize = 64 - 11;

/// The characters of the mark that a label gets when it is chosen: `✓ `.
const TICK: usize = 2;

/// A limit, and whose it is in both languages.
#[derive(Clone, Copy)]
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
        for message in text.gists() {
            if let Some(expected) = plan.get(message.0.id.name) {
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
    (message, gist): WithGist<'_>,
    expected: &Expected,
    channels: &[Channel],
    problems: &mut Problems,
) {
    let buttons = expected.most_buttons > 0;
    let body = of_text(buttons, channels);
    if let (Some(value), Some(body)) = (&gist.value, &body) {
        too_long(text, message.id.name, value.length, body, problems);
    }
    if !expected.buttons {
        return;
    }
    let label = of_label(expected.most_buttons, channels);
    let ticked = Limit {
        most: label.most - if expected.ticked { TICK } else { 0 },
        ..label
    };
    for (attribute, gist) in message.attributes.iter().zip(&gist.attributes) {
        let name = attribute.id.name;
        let limit = match &body {
            Some(body) if name == "retry" => body,
            _ if expected.labels.iter().any(|l| l.id == name) => &ticked,
            _ if name != "retry" && expected.optional.contains(&name) => &label,
            _ => continue,
        };
        too_long(text, name, gist.length, limit, problems);
    }
}

fn too_long(text: &TextFile, name: &str, length: u32, limit: &Limit, problems: &mut Problems) {
    if usize::try_from(length).is_ok_and(|length| length <= limit.most) {
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
            let kind = flow.parsed.flow.steps.get(id).map(|step| &step.kind);
            let several = matches!(kind, Some(StepKind::Ask(ask)) if matches!(ask.kind, AskKind::Choices { .. }));
            if channels.contains(&Channel::WhatsApp) {
                rows(flow, (id, marks), several, problems);
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

/// A question with more options than WhatsApp's list has rows. Where several may be chosen, one row ends it.
fn rows(flow: &FlowAt, (id, marks): (&str, &StepMarks), several: bool, problems: &mut Problems) {
    let (count, most) = (marks.options.len(), ROWS - usize::from(several));
    if count <= most {
        return;
    }
    let (end_de, end_en) = match several {
        true => (
            ", eine davon schließt die Auswahl ab",
            ", one of them ends the choice",
        ),
        false => ("", ""),
    };
    let said = Both::new(
        format!("`{id}` hat {count} Antworten; eine Auswahl in WhatsApp nimmt {ROWS}{end_de}"),
        format!("`{id}` has {count} options; a list in WhatsApp takes {ROWS}{end_en}"),
    );
    let span = marks.options.get(most);
    let span = span.map_or(marks.header.clone(), |o| o.span.clone());
    problems
        .at(Code::TooManyOptions, &flow.file, span, said)
        .help(
            "Machen Sie zwei Fragen daraus, etwa mit einer Antwort „Etwas anderes“",
            "Make two questions of it, for example with an option “Something else”",
        );
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{Code, load};
    use std::sync::Arc;

    /// What is found in a question for several of these options, with this label for each.
    fn found(options: usize, label: &str) -> Vec<(Code, usize)> {
        let ids: Vec<String> = (0..options).map(|n| format!("o{n}")).collect();
        let list = format!("[\"{}\"]", ids.join("\", \""));
        let flow = format!(
            "start = \"a\"\n[step.a]\nask = \"choices\"\nsave = \"needs\"\noptions = {list}\n\
             retry = {{ times = 2, then = \"flow:human\" }}\nnext = [\"needs has o0 -> flow:menu\", \"else -> flow:human\"]\n"
        );
        let labels = |indent: &str| -> String {
            let line = |(n, id): (usize, &String)| format!("{indent}.{id} = {label}{n}\n");
            ids.iter().enumerate().map(line).collect()
        };
        let field = format!("\n[field.needs]\ntype = \"choices\"\nvalues = {list}\n");
        let mut source = folder().with("flows/x.toml", &flow);
        let fields = source.0.get_mut("flows/fields.toml").unwrap();
        fields.push_str(&field);
        for lang in ["de", "en"] {
            let path = format!("locales/{lang}/x.ftl");
            source = source.with(&path, &format!("a = ?\n{}", labels("    ")));
            let fields = source
                .0
                .get_mut(&format!("locales/{lang}/fields.ftl"))
                .unwrap();
            fields.push_str(&format!("needs = N\n{}", labels("    ")));
        }
        let found = load(&source, Arc::default()).diagnostics;
        let codes = [Code::TooManyOptions, Code::TooLong];
        let found = found
            .iter()
            .filter(|d| codes.contains(&d.code) && !d.file.ends_with("en/x.ftl"));
        found.map(|d| (d.code, d.line)).collect()
    }

    #[test]
    fn the_button_that_ends_a_choice_of_several_takes_a_row() {
        assert_eq!(found(9, "x"), []);
        // At the tenth option.
        assert_eq!(found(10, "x"), [(Code::TooManyOptions, 5)]);
    }

    #[test]
    fn a_label_that_is_chosen_has_a_mark_before_it() {
        // With the button that ends it, two options are three buttons of 20 characters, and three are a list's rows of 24.
        let label = |characters: usize| "x".repeat(characters - 1);
        assert_eq!(found(2, &label(18)), []);
        assert_eq!(found(2, &label(19)).len(), 2);
        assert_eq!(found(3, &label(22)), []);
        assert_eq!(found(3, &label(23)).len(), 3);
    }
}
