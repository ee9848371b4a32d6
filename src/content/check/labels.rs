//! Labels of buttons and words of commands must be told apart.

use super::expected::{Expected, Plan};
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::ftl::TextFile;
use crate::content::types::Command;
use crate::content::words::command_list;
use crate::text::key;
use fluent_syntax::ast::{Message, Pattern, PatternElement};
use std::collections::BTreeMap;

/// Normalised word → command and the language it is from.
type CommandWords<'f> = BTreeMap<String, (Command, &'f str)>;

pub(super) fn check(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let words = command_words(files, problems);
    files.each_text(problems, |text, problems| {
        let Some(plan) = plans.get(&text.name) else {
            return;
        };
        for message in text.messages() {
            if let Some(expected) = plan.get(message.id.name).filter(|e| e.buttons) {
                labels(text, message, expected, &words, problems);
            }
        }
    });
}

/// The text of a pattern without variables; `None` if it has some.
fn plain(pattern: &Pattern<&str>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|e| match e {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        })
        .collect()
}

/// Collects the words of all languages and reports those that two commands claim.
fn command_words<'f>(files: &'f Files, problems: &mut Problems) -> CommandWords<'f> {
    let mut words: CommandWords<'f> = BTreeMap::new();
    for text in files.texts.iter().filter(|t| t.name == "commands") {
        for command in Command::ALL {
            let message = text.message(command.as_str());
            let value = message
                .and_then(|m| m.value.as_ref())
                .and_then(plain)
                .unwrap_or_default();
            for word in command_list(&value) {
                match words.get(&word) {
                    Some((other, lang)) if *other != command => {
                        let span = text.span(message.map_or("", |m| m.id.name));
                        let (a, b) = (command.as_str(), other.as_str());
                        let said = Both::new(
                            format!("„{word}“ gehört zu `{a}` und (in {lang}) zu `{b}`"),
                            format!("“{word}” belongs to `{a}` and (in {lang}) to `{b}`"),
                        );
                        problems.at(Code::CommandTwice, &text.file, span, said).help(
                            "Alle Sprachen gelten immer zugleich; streichen Sie das Wort an einer Stelle",
                            "All languages always hold at once; take the word out at one place",
                        );
                    }
                    Some(_) => {}
                    None => {
                        words.insert(word, (command, text.lang.as_str()));
                    }
                }
            }
        }
    }
    words
}

fn labels(
    text: &TextFile,
    message: &Message<&str>,
    expected: &Expected,
    words: &CommandWords<'_>,
    problems: &mut Problems,
) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for attribute in &message.attributes {
        let name = attribute.id.name;
        let Some(label) = expected.labels.iter().find(|l| l.id == name) else {
            continue;
        };
        let Some(shown) = plain(&attribute.value) else {
            continue;
        };
        let compared = match key(&shown) {
            empty if empty.is_empty() => shown.trim().to_owned(),
            compared => compared,
        };
        if let Some((command, lang)) = words.get(&compared)
            && label.command != Some(*command)
        {
            let command = command.as_str();
            let said = Both::new(
                format!(
                    "„{}“ ist schon das Wort für den Befehl `{command}` ({lang})",
                    shown.trim()
                ),
                format!(
                    "“{}” is already the word for the command `{command}` ({lang})",
                    shown.trim()
                ),
            );
            problems
                .at(Code::LabelIsCommand, &text.file, text.span(name), said)
                .help(
                    "Wer das schreibt, meint den Befehl: Beschriften Sie den Knopf anders",
                    "Whoever writes this means the command: give the button another label",
                );
        }
        if let Some(other) = seen.insert(compared, name) {
            let said = Both::new(
                format!("`.{other}` und `.{name}` heißen gleich"),
                format!("`.{other}` and `.{name}` have the same label"),
            );
            problems
                .at(Code::LabelTwice, &text.file, text.span(name), said)
                .help(
                    "Groß und klein, Akzente und Satzzeichen zählen nicht als Unterschied",
                    "Case, accents and punctuation do not count as a difference",
                );
        }
    }
}
