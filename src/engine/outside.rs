//! What the runtime asks of the engine between turns: a system text, the label of a pressed button,
//! whether a text is a command. Pure, like everything here.

use super::commands::Heard;
use super::run::Run;
use super::turn::is_double_tap;
use super::types::{Env, FlowState, Input};
use crate::content::{Arg, Command, Content};
use crate::model::{Lang, Message, Timestamp};
use crate::text;

/// The language of a conversation: chosen, else the device's (as this tag says, else as it was known last), else the
/// fallback.
pub fn language(content: &Content, state: &FlowState, device: Option<&str>) -> Lang {
    let env = speaking(device);
    let state = FlowState {
        lang: state.lang.clone(),
        device: state.device.clone(),
        ..FlowState::default()
    };
    Run::new(content, &env, state).lang()
}

/// A world in which only the device's language is known.
fn speaking(device: Option<&str>) -> Env {
    Env {
        device_language: device.map(str::to_owned),
        ..Env::default()
    }
}

/// A system text without buttons, in this language or else in the one that the texts are written in.
pub fn system(content: &Content, lang: &Lang, id: &str, args: &[(&str, Arg)]) -> Message {
    let source = &content.settings.source;
    let said = [lang, source].into_iter().find_map(|l| {
        content
            .words
            .text(l, "system", id, args)
            .map(|text| (l.clone(), text))
    });
    let (lang, text) = said.unwrap_or_else(|| (source.clone(), id.to_owned()));
    Message {
        key: format!("system:{id}"),
        text,
        choices: Vec::new(),
        takes: None,
        lang,
    }
}

/// The crisis numbers for a reason, or those for everybody.
pub fn numbers(content: &Content, lang: &Lang, reason: &str) -> Message {
    let own = format!("numbers-{reason}");
    let exists = content.words.has(&content.settings.source, "system", &own);
    system(content, lang, if exists { &own } else { "numbers" }, &[])
}

/// The label of the button that carried this token, if its question still waits: in the conversation's language, see
/// [`language`].
pub fn label_of(
    content: &Content,
    state: &FlowState,
    device: Option<&str>,
    token: &str,
) -> Option<String> {
    let env = speaking(device);
    let mut state = state.clone();
    let pending = state.pending.take();
    let run = Run::new(content, &env, state);
    let question = run.question(pending.as_ref())?;
    let option = run.option_of_token(question, token)?;
    question.label(content, &run.lang(), &option)
}

/// Whether a button belongs to the question that was asked last: then that question has arrived.
pub fn is_newest_question(state: &FlowState, token: &str) -> bool {
    let revision = token.split_once('.').map(|(revision, _)| revision.parse());
    revision == Some(Ok(state.revision))
}

/// The same button once more within a moment: no second answer, and nothing to keep.
pub fn is_repeated_tap(state: &FlowState, now: Timestamp, input: &Input) -> bool {
    is_double_tap(
        state,
        &Env {
            now,
            ..Env::default()
        },
        input,
    )
}

/// Whether a text has to be looked at before it is taken for an answer: commands, yes and no, numbers, dates and lengths of
/// time mean what they mean.
pub fn is_free_text(content: &Content, written: &str) -> bool {
    !content.detect.classes.is_empty()
        && text::has_words(written)
        && !text::is_length(written)
        && text::short_answer(written).is_none()
        && command_in(content, written).is_none()
}

/// The global command that a text is, as a whole.
pub fn command_in(content: &Content, text: &str) -> Option<Command> {
    match Run::new(content, &Env::default(), FlowState::default()).heard(text) {
        Some(Heard::Command(command)) => Some(command),
        Some(Heard::Start(_)) | None => None,
    }
}
