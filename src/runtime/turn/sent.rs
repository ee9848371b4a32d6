//! Photos and files in a turn: several that came together, and one that could not be fetched.

use crate::engine::{self, Input};
use crate::model::{AttachmentId, Event, TimerId};
use crate::runtime::owner::Owner;
use crate::runtime::talk::Talk;
use crate::runtime::work::Heard;
use crate::runtime::{media, relay};
use crate::store::StoreError;

/// Photos and files that came together: all are kept or passed on, and answered once.
pub(super) fn hear_album(talk: &mut Talk<'_>, album: &[Heard<'_>]) -> Result<(), StoreError> {
    let (mut sent, mut other, mut heard) = (Vec::new(), None, Vec::new());
    for (inbound, looked) in album {
        let Event::Media {
            kind,
            caption,
            file,
            ..
        } = &inbound.event
        else {
            continue;
        };
        let one = media::input(talk, *kind, file.as_ref());
        match &one {
            Input::Attachment(attached) => sent.push(*attached),
            _ => other = other.or(Some(*kind)),
        }
        heard.push((
            (*inbound, *looked),
            caption.clone().unwrap_or_default(),
            *kind,
            one,
        ));
    }
    let all = Input::Album { sent, other };
    let owner = talk.owner(&all);
    for ((inbound, looked), caption, kind, one) in heard {
        let body = media::body(caption, Some(kind), &owner, &one, looked);
        talk.note_heard(inbound, looked, body)?;
    }
    match owner {
        Owner::Bot => {
            talk.step(all)?;
            for (inbound, looked) in album {
                if let Some(looked) = looked {
                    talk.step_below(inbound, looked)?;
                }
            }
            Ok(())
        }
        Owner::Human(case) => relay::pass_on(talk, &case, &all),
    }
}

/// Something could not be fetched: the timer that says so has its id. The person may send it again.
pub(super) fn lost(talk: &mut Talk<'_>, timer: TimerId) -> Result<(), StoreError> {
    let id = AttachmentId(timer.0);
    let input = Input::Lost(id);
    let owner = talk.owner(&input);
    match owner {
        Owner::Bot => talk.step(input),
        Owner::Human(_) => {
            engine::forget(&mut talk.state, id);
            let lang = talk.lang();
            talk.say(engine::system(
                talk.setting.content,
                &lang,
                "media-lost",
                &[],
            ))
        }
    }
}
