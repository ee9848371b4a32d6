//! Labels of buttons and words of commands must be told apart.

use super::expected::{Expected, Plan};
use super::pattern::Parts;
use crate::content::command::Command;
use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::gist::{without_braces, word_sum};
use crate::content::parse::ftl::{TextFile, WithGist};
use crate::content::words::command_list;
use std::collections::{BTreeMap, HashMap};

/// The sum of a normalised word → command and the language it is from.
type CommandWords<'f> = HashMap<u64, (Command, &'f str)>;

pub(super) fn check(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let words = command_words(files, problems);
    files.each_text(problems, |text, problems| {
        let Some(plan) = plans.get(&text.name) else {
            return;
        };
        for message in text.gists().filter(|(m, _)| !m.attributes.is_empty()) {
            if let Some(expected) = plan.get(message.0.id.name).filter(|e| e.buttons) {
                labels(text, message, expected, &words, problems);
            }
        }
    });
}

/// Collects the words of all languages and reports those that two commands claim.
fn command_words<'f>(files: &'f Files, problems: &mut Problems) -> CommandWords<'f> {
    let mut words: CommandWords<'f> = HashMap::new();
    for text in files.texts.iter().filter(|t| t.name == "commands") {
        for command in Command::ALL {
            let message = text.message(command.as_str());
            let value = message
                .and_then(|m| m.value.as_ref())
                .and_then(without_braces)
                .unwrap_or_default();
            for word in command_list(&value) {
                match words.get(&word_sum(&word)) {
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
                        words.insert(word_sum(&word), (command, text.lang.as_str()));
                    }
                }
            }
        }
    }
    words
}

fn labels(
    text: &TextFile,
    (message, gist): WithGist<'_>,
    expected: &Expected,
    words: &CommandWords<'_>,
    problems: &mut Problems,
) {
    let mut seen: Vec<(u64, &str)> = Vec::new();
    for (attribute, gist) in message.attributes.iter().zip(&gist.attributes) {
        let name = attribute.id.name;
        let Some(label) = expected.labels.iter().find(|l| l.id == name) else {
            continue;
        };
        let Some(key) = gist.key else {
            continue;
        };
        if let Some((command, lang)) = words.get(&key)
            && label.command != Some(*command)
        {
            let command = command.as_str();
            let parts = Parts::of(&attribute.value);
            let shown = parts.text.trim();
            let said = Both::new(
                format!("„{shown}“ ist schon das Wort für den Befehl `{command}` ({lang})"),
                format!("“{shown}” is already the word for the command `{command}` ({lang})"),
            );
            problems
                .at(Code::LabelIsCommand, &text.file, text.span(name), said)
                .help(
                    "Wer das schreibt, meint den Befehl: Beschriften Sie den Knopf anders",
                    "Whoever writes this means the command: give the button another label",
                );
        }
        let before = seen.iter().rposition(|(known, _)| *known == key);
        if let Some((_, other)) = before.map(|n| seen.swap_remove(n)) {
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
        seen.push((key, name));
    }
}
