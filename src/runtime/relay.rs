//! A human owns the turn: what the person writes goes to the case, and the bot is silent, but for receipts.

use super::media;
use super::talk::Talk;
use crate::content::{Arg, Command};
use crate::desk::life;
use crate::engine::{self, Input};
use crate::model::{Attached, CaseEvent, CaseState, LARGEST_ATTACHMENT, Timestamp};
use crate::store::StoreError;
use crate::store::desk_turn::DeskWrite;
use crate::store::turns::LiveCase;

/// How long (in milliseconds) nobody has written to the person, so that a message gets a receipt again. One that comes
/// sooner is covered by what they read a moment ago: the receipt tells them to write on.
const SILENCE: i64 = 10 * 60_000;

/// Passes what the person did on to the case.
pub(super) fn pass_on(
    talk: &mut Talk<'_>,
    case: &LiveCase,
    input: &Input,
) -> Result<(), StoreError> {
    let content = talk.setting.content;
    let lang = talk.lang();
    let most = i64::try_from(LARGEST_ATTACHMENT / 1_000_000).unwrap_or(i64::MAX);
    let number = [
        ("number", Arg::Text(case.number.clone())),
        ("max", Arg::Number(most)),
    ];
    let (sent, other) = match input {
        Input::Attachment(attached) => (std::slice::from_ref(attached), false),
        Input::Album { sent, other } => (sent.as_slice(), other.is_some()),
        Input::Media(_) => (&[][..], true),
        _ => (&[][..], false),
    };
    for attached in sent.iter().filter(|a| !a.is_too_large()) {
        media::keep(talk, attached, Some(case.id))?;
    }
    let command = match input {
        Input::Text(text) => engine::command_in(content, text),
        _ => None,
    };
    let receipt = match input {
        _ if other => Some("media-kept"),
        _ if sent.iter().any(Attached::is_too_large) => Some("media-too-large"),
        Input::Start { .. } | Input::Tap(_) => Some("handoff-receipt-again"),
        _ if command == Some(Command::Help) => Some("numbers"),
        _ if matches!(command, Some(Command::Human | Command::Menu)) => {
            Some("handoff-receipt-again")
        }
        _ if nobody_answers(case, talk.setting.now) => Some("relay-kept"),
        _ => None,
    };
    // A transition that the rules refuse leaves the case where it is; the message is kept all the same.
    let state = life::next(case.state, CaseEvent::PersonWrote).unwrap_or(case.state);
    talk.desk.push(DeskWrite::PersonWrote {
        case: case.id,
        state,
    });
    talk.changed_cases.push(case.id);
    if let Some(live) = &mut talk.live_case {
        live.unread += 1;
        live.version += 1;
        live.state = state;
    }
    match receipt {
        Some(key) => talk.say(engine::system(content, &lang, key, &number)),
        None => Ok(()),
    }
}

/// Whether it is long ago that somebody wrote to the person, or nobody has yet and this is the first that waits.
fn nobody_answers(case: &LiveCase, now: Timestamp) -> bool {
    let first = case.unread == 0 && matches!(case.state, CaseState::Waiting | CaseState::Claimed);
    first || case.told_at.is_none_or(|told| now.0 - told.0 >= SILENCE)
}
