//! Photos and files in a turn: noted as wanted, passed on with a case, taken back. Their contents come later
//! (`attachments`); no turn waits for them.

use super::owner::Owner;
use super::talk::Talk;
use super::triage::Looked;
use super::work::{Parts, Task};
use crate::engine::{HandOff, Input};
use crate::model::{
    Album, Attached, AttachmentId, CaseId, ChannelId, Event, FileRef, MediaKind, MessageBody,
    Triage, Value,
};
use crate::store::StoreError;
use crate::store::attachments::{MediaWrite, reference_purpose};
use crate::store::desk_turn::DeskWrite;

/// The photos and files that were sent together, at the beginning of these tasks: they are one deed.
pub(super) fn together<'t>(mut tasks: impl Iterator<Item = &'t Task>) -> usize {
    match tasks.next().and_then(album) {
        Some(first) => {
            let same = |task: &&Task| album(task).is_some_and(|a| a.id == first.id);
            1 + tasks.take_while(same).count()
        }
        None => 1,
    }
}

/// Whether more of an album may be on its way than stands at the end of these tasks.
pub(super) fn is_open<'t>(tasks: impl DoubleEndedIterator<Item = &'t Task>) -> bool {
    let mut newest = tasks.rev().map(album);
    let Some(last) = newest.next().flatten() else {
        return false;
    };
    let same = |album: &Option<&Album>| album.is_some_and(|a| a.id == last.id);
    let here = 1 + newest.take_while(same).count();
    last.of.is_none_or(|of| here < of)
}

fn album(task: &Task) -> Option<&Album> {
    match task {
        Task::Inbound(_, inbound, _) => match &inbound.event {
            Event::Media { album, .. } => album.as_ref(),
            _ => None,
        },
        _ => None,
    }
}

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
    owner: &Owner,
    input: &Input,
    looked: Option<&Looked>,
) -> MessageBody {
    let attached = match (owner, input) {
        (Owner::Human(_), Input::Attachment(a)) if !a.is_too_large() => Some(*a),
        _ => None,
    };
    MessageBody::In {
        text,
        media,
        attached,
        triage: looked.map(|l| Box::new(Triage::clone(&l.triage))),
    }
}

/// Has it fetched; for this case, if a human owns the turn.
pub(super) fn keep(
    talk: &mut Talk<'_>,
    attached: &Attached,
    case: Option<CaseId>,
) -> Result<(), StoreError> {
    let id = attached.id;
    let place = talk
        .arriving
        .iter()
        .position(|(arriving, _)| *arriving == id);
    let Some(place) = place else {
        return Ok(());
    };
    let (_, file) = talk.arriving.swap_remove(place);
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

/// Lets the network know that nobody will fetch these: what nobody asked for is not kept.
pub(super) fn leave(parts: &Parts, channel: ChannelId, unwanted: Vec<String>) {
    let Some(network) = parts.channels.fetch(channel.0).cloned() else {
        return;
    };
    if !unwanted.is_empty() {
        tokio::spawn(async move {
            for reference in unwanted {
                network.done(&reference).await;
            }
        });
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Inbound, InboxId};
    use uuid::Uuid;

    fn task(event: Event) -> Task {
        let inbound = Inbound {
            channel: ChannelId("network"),
            provider_id: String::new(),
            address: String::new(),
            language_hint: None,
            event,
        };
        Task::Inbound(InboxId(Uuid::nil()), inbound, None)
    }

    fn photo(album: Option<(&str, Option<usize>)>) -> Task {
        let album = album.map(|(id, of)| Album { id: id.into(), of });
        task(Event::Media {
            kind: MediaKind::Photo,
            caption: None,
            file: None,
            album,
        })
    }

    #[test]
    fn only_photos_of_one_album_are_one_deed() {
        let (a, b) = (photo(Some(("a", None))), photo(Some(("b", None))));
        let alone = photo(None);
        let words = task(Event::Text("x".into()));
        for (tasks, wanted) in [
            (vec![&a, &a, &b], 2),
            (vec![&a, &words, &a], 1),
            (vec![&alone, &alone], 1),
            (vec![&words, &a, &a], 1),
            (vec![], 1),
        ] {
            assert_eq!(together(tasks.into_iter()), wanted);
        }
    }

    #[test]
    fn an_album_is_open_until_something_else_comes_or_all_of_it_is_there() {
        let (unknown, two) = (photo(Some(("a", None))), photo(Some(("b", Some(2)))));
        let words = task(Event::Text("x".into()));
        for (tasks, open) in [
            (vec![&unknown], true),
            (vec![&unknown, &unknown], true),
            (vec![&unknown, &words], false),
            (vec![&two], true),
            (vec![&unknown, &two], true),
            (vec![&two, &two], false),
            (vec![&two, &words, &two], true),
            (vec![], false),
        ] {
            assert_eq!(is_open(tasks.into_iter()), open);
        }
    }
}
