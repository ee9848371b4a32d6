//! What follows once a turn is committed: messages go out, pages hear of it, ways are counted.

use super::turn::Taken;
use super::work::Parts;
use super::{News, media};
use crate::model::{CaseId, ChannelId, ConversationId, Passage};
use crate::store::accept::NewInbox;
use crate::store::outbox::Outgoing;
use crate::store::turns::Turns as Batch;

/// What is done once a turn is committed.
pub(super) struct After {
    channel: ChannelId,
    conversation: ConversationId,
    send_now: bool,
    outgoing: Vec<Outgoing>,
    acks: Vec<String>,
    cases: Vec<CaseId>,
    alarms: Vec<String>,
    passages: Vec<Passage>,
    unwanted: Vec<String>,
}

/// What goes to disk, and what follows.
pub(super) fn divide(
    taken: Vec<Taken>,
    arrived: Vec<NewInbox>,
    cursor: Option<(ChannelId, i64)>,
) -> (Batch, Vec<After>) {
    let (mut turns, mut after) = (Vec::new(), Vec::new());
    for one in taken {
        let Taken {
            write,
            outgoing,
            acks,
            cases,
            alarms,
            passages,
            unwanted,
        } = one;
        after.push(After {
            channel: write.channel,
            conversation: write.conversation,
            send_now: write.send_now,
            outgoing,
            acks,
            cases,
            alarms,
            passages,
            unwanted,
        });
        turns.push(write);
    }
    (
        Batch {
            turns,
            arrived,
            cursor,
            ..Batch::default()
        },
        after,
    )
}

pub(super) fn follow_up(parts: &Parts, after: Vec<After>) {
    let mut outbox = false;
    for one in after {
        let passages = one.passages.into_iter();
        parts.tally.add(passages.map(|passage| (passage, 1)));
        for what in one.alarms {
            tracing::error!(what, "the content needs a look");
        }
        for case in one.cases {
            parts.hub.tell(News::Case(case));
        }
        // Whatever a turn stored, somebody may be looking at it: the person, on another device too.
        parts.hub.tell(News::Conversation(one.conversation));
        if one.send_now && !one.outgoing.is_empty() {
            parts.sender.send(one.conversation, one.outgoing);
        } else {
            outbox |= !one.outgoing.is_empty();
        }
        acknowledge(parts, one.channel, one.acks);
        media::leave(parts, one.channel, one.unwanted);
    }
    if outbox {
        parts.hub.wake_outbox();
    }
}

/// What a network likes to be told, and nothing depends on.
fn acknowledge(parts: &Parts, channel: ChannelId, acks: Vec<String>) {
    if acks.is_empty() {
        return;
    }
    let Some(adapter) = parts.channels.get(channel.0).cloned() else {
        return;
    };
    tokio::spawn(async move {
        for ack in acks {
            adapter.acknowledge(&ack).await;
        }
    });
}
