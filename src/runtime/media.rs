//! Photos and files in a turn: noted as wanted, passed on with a case, taken back. Their contents come later
//! (`attachments`); no turn waits for them.

use super::relay;
use super::turn::Talk;
use crate::engine::{self, HandOff, Input};
use crate::model::{
    Attached, AttachmentId, CaseId, FileRef, MediaKind, MessageBody, TimerId, Value,
};
use crate::store::StoreError;
use crate::store::attachments::{MediaWrite, reference_purpose};
use crate::store::desk_turn::DeskWrite;

/// What something that came besides words means to the engine.
pub(super) fn input(talk: &mut Talk<'_>, kind: MediaKind, file: Option<&FileRef>) -> Input {
    let (Some(attachment), Some(file)) = (kind.attachment(), file) else {
        return Input::Media(kind);
    };
    let id = AttachmentId(talk.setting.ids.uuid());
    talk.arriving.push((id, file.clone()));
    Input::Attachment(Attached {
        id,
        kind: attachment,
        size: file.size,
    })
}

/// What is kept of what the person did. Only where a human owns the turn a photo belongs to the message itself; else it is
/// an answer, or nothing.
pub(super) fn body(
    text: String,
    media: Option<MediaKind>,
    owner: &relay::Owner,
    input: &Input,
) -> MessageBody {
    let attached = match (owner, input) {
        (relay::Owner::Human(_), Input::Attachment(a)) if !a.is_too_large() => Some(*a),
        _ => None,
    };
    MessageBody::In {
        text,
        media,
        attached,
    }
}

/// Has it fetched; for this case, if a human owns the turn.
pub(super) fn keep(
    talk: &mut Talk<'_>,
    attached: &Attached,
    case: Option<CaseId>,
) -> Result<(), StoreError> {
    let id = attached.id;
    let file = talk.arriving.iter().find(|(arriving, _)| *arriving == id);
    let Some((_, file)) = file else {
        return Ok(());
    };
    let reference = talk
        .key
        .seal(&reference_purpose(id), file.reference.as_bytes())?;
    talk.desk.push(DeskWrite::Media(MediaWrite::Want {
        id,
        case,
        reference,
    }));
    Ok(())
}

/// It belongs to no answer any more.
pub(super) fn discard(talk: &mut Talk<'_>, id: AttachmentId) {
    let write = MediaWrite::Discard { id };
    talk.desk.push(DeskWrite::Media(write));
}

/// What a hand-off shares belongs to the case from now on.
pub(super) fn pass_on(talk: &mut Talk<'_>, handoff: &HandOff, case: CaseId) {
    let shared = handoff.share.iter();
    let answers = shared.filter_map(|field| talk.state.answers.get(field));
    let sent = answers.flat_map(|value| match value {
        Value::Media(sent) => sent.clone(),
        _ => Vec::new(),
    });
    let writes: Vec<DeskWrite> = sent
        .map(|a| DeskWrite::Media(MediaWrite::PassOn { id: a.id, case }))
        .collect();
    talk.desk.extend(writes);
}

/// Something could not be fetched: the timer that says so has its id. The person may send it again.
pub(super) fn lost(talk: &mut Talk<'_>, timer: TimerId) -> Result<(), StoreError> {
    let id = AttachmentId(timer.0);
    let input = Input::Lost(id);
    let owner = relay::owner(
        talk.setting.content,
        talk.live_case.as_ref(),
        &talk.state,
        &input,
    );
    match owner {
        relay::Owner::Bot => talk.step(input),
        relay::Owner::Human(_) => {
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
