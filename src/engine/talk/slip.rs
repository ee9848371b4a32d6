//! Names in transcripts that are misspelt: the bot would take them for words, and nobody would notice.

use crate::content::{Both, Command, Content, nearest};
use crate::model::Choice;
use crate::text;

/// A name in an input of a transcript that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it, and what was probably meant.
    pub said: Both,
}

/// What is wrong with an input while these buttons wait. Free words are no fault, as long as they are not nearly the name of
/// a button; in quotes they never are one.
pub(super) fn in_input(content: &Content, buttons: &[Choice], input: &str) -> Option<Both> {
    if let Some(name) = input.strip_prefix('/') {
        return (!is_command(content, name)).then(|| no_flow(content, name));
    }
    if input.len() < SHORTEST || !is_name(input) || buttons.iter().any(|b| b.id == input) {
        return None;
    }
    let key = text::key(input);
    let words = content.words.command_words();
    if words.iter().any(|(_, _, word)| *word == key) {
        return None;
    }
    let near = nearest(input, buttons.iter().map(|b| b.id.as_str()))?;
    Some(Both::new(
        format!(
            "hier gibt es keine Taste `{input}`; meinten Sie `{near}`? Worte, die jemand schreibt, stehen in Anführungszeichen"
        ),
        format!(
            "there is no button `{input}` here; did you mean `{near}`? Words that somebody writes stand in quotes"
        ),
    ))
}

/// Of shorter ones too many are near.
const SHORTEST: usize = 3;

fn is_name(input: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    input.bytes().all(fits) && input.bytes().any(|b| b.is_ascii_lowercase())
}

/// `/start` with what a link carries, a flow, or a command by its name or in the words of a language.
fn is_command(content: &Content, name: &str) -> bool {
    let word = name.split_whitespace().next().unwrap_or_default();
    let key = text::key(word);
    let words = content.words.command_words();
    word.eq_ignore_ascii_case("start")
        || content.flows.contains_key(name)
        || Command::ALL.iter().any(|c| text::key(c.as_str()) == key)
        || words.iter().any(|(_, _, said)| *said == key)
}

fn no_flow(content: &Content, name: &str) -> Both {
    let mut known: Vec<&str> = content.flows.keys().map(String::as_str).collect();
    known.push("start");
    for command in Command::ALL {
        known.push(command.as_str());
    }
    let near = nearest(name, known);
    let meant = meant(near.map(|near| format!("/{near}")));
    Both::new(
        format!(
            "es gibt keinen Ablauf und keinen Befehl `{name}`{}",
            meant.de
        ),
        format!("there is no flow and no command `{name}`{}", meant.en),
    )
}

/// What is wrong with the name of a step in an expected line; `None`: there is such a step, or the line names none.
pub(super) fn in_answer(content: &Content, line: &str) -> Option<Both> {
    let key = line.strip_prefix("> ")?.split(' ').next()?;
    let (flow, step) = key.rsplit_once('/')?;
    let step = step.split('.').next().unwrap_or(step);
    let Some(known) = content.flows.get(flow) else {
        let near = nearest(flow, content.flows.keys().map(String::as_str));
        let meant = meant(near.map(str::to_owned));
        return Some(Both::new(
            format!("es gibt keinen Ablauf `{flow}`{}", meant.de),
            format!("there is no flow `{flow}`{}", meant.en),
        ));
    };
    if known.steps.contains_key(step) {
        return None;
    }
    let near = nearest(step, known.steps.keys().map(String::as_str));
    let meant = meant(near.map(|near| format!("{flow}/{near}")));
    Some(Both::new(
        format!(
            "im Ablauf `{flow}` gibt es keinen Schritt `{step}`{}",
            meant.de
        ),
        format!("there is no step `{step}` in the flow `{flow}`{}", meant.en),
    ))
}

fn meant(near: Option<String>) -> Both {
    match near {
        Some(near) => Both::new(
            format!("; meinten Sie `{near}`?"),
            format!("; did you mean `{near}`?"),
        ),
        None => Both::default(),
    }
}
