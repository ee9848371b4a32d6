//! What waits for its turn, and the shared parts of the message way.

use super::tally::Tally;
use super::triage::{Judge, Looked};
use super::{Hub, Sender, World, WorldCell};
use crate::channel::Registry;
use crate::content::Content;
use crate::model::{
    CaseId, Event, Inbound, InboxId, Lane, MessageBody, MessageId, TimerId, Timestamp, Triage,
};
use crate::ports::{Clock, Ids};
use crate::store::Store;
use crate::store::accept::Lease;
use crate::store::seal::InstanceKey;
use arc_swap::ArcSwap;
use std::sync::Arc;

/// Seconds for which a process holds what it has claimed. Long against any turn, short against a
/// person's patience when another process has to take over.
const LEASE_SECONDS: i64 = 60;

/// What every turn looks at.
pub struct Setting<'a> {
    /// The content that answers.
    pub content: &'a Content,
    /// Organisations, coverage, waiting times.
    pub world: &'a World,
    /// Fresh ids and keys.
    pub ids: &'a dyn Ids,
    /// The instance's key.
    pub key: &'a InstanceKey,
    /// Now.
    pub now: Timestamp,
}

/// Everything that the way of a message needs.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The content that is live.
    pub content: Arc<ArcSwap<Content>>,
    /// Organisations, coverage and waiting times, refreshed now and then.
    pub world: Arc<WorldCell>,
    /// The channels.
    pub channels: Arc<Registry>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Ids and keys.
    pub ids: Arc<dyn Ids>,
    /// News.
    pub hub: Arc<Hub>,
    /// Who sends.
    pub sender: Sender,
    /// Which ways are taken.
    pub tally: Arc<Tally>,
    /// Who looks at free texts; `None`: nobody does.
    pub judge: Option<Arc<Judge>>,
    /// This process, anew at each start: the name on its claims.
    pub worker: String,
}

impl Parts {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A lease from now on.
    pub fn lease(&self) -> Lease {
        let now = self.now();
        Lease {
            worker: self.worker.clone(),
            channels: self.channels.names(),
            now,
            until: now.plus_seconds(LEASE_SECONDS),
        }
    }

    /// What turns taken at this time look at.
    pub(super) fn scene(&self, now: Timestamp) -> Scene {
        Scene {
            content: self.content.load_full(),
            world: self.world.load(),
            ids: Arc::clone(&self.ids),
            store: self.store.clone(),
            now,
        }
    }
}

/// A [`Setting`] held, so that it can be taken along into a transaction.
pub(super) struct Scene {
    content: Arc<Content>,
    world: Arc<World>,
    ids: Arc<dyn Ids>,
    store: Store,
    now: Timestamp,
}

impl Scene {
    pub(super) fn setting(&self) -> Setting<'_> {
        Setting {
            content: &self.content,
            world: &self.world,
            ids: self.ids.as_ref(),
            key: self.store.key(),
            now: self.now,
        }
    }
}

/// Something that a conversation's next turn is about.
#[derive(Clone, Debug)]
pub enum Task {
    /// A person did something: its row in the inbox, and what its words were taken for, once somebody has looked.
    Inbound(InboxId, Inbound, Option<Looked>),
    /// A text was looked at after its turn.
    Looked(LateLook),
    /// A case has ended: the bot speaks again. The timer that said so, the case, the channel's name.
    CaseClosed(TimerId, CaseId, String),
    /// A reminder is due.
    Remind(DueReminder),
    /// A photo or file could not be fetched. The timer that says so, the channel's name.
    Lost(TimerId, String),
}

/// What a person did, and what its words were taken for if somebody has looked.
pub(super) type Heard<'t> = (&'t Inbound, Option<&'t Looked>);

/// A text that was looked at after its turn.
#[derive(Clone, Debug)]
pub struct LateLook {
    /// The timer that said so.
    pub timer: TimerId,
    /// The message.
    pub message: MessageId,
    /// All of it.
    pub body: MessageBody,
    /// Its words.
    pub text: String,
    /// The channel's name.
    pub channel: String,
    /// What it was taken for.
    pub triage: Arc<Triage>,
}

/// A reminder that is due.
#[derive(Clone, Debug)]
pub struct DueReminder {
    /// The timer that says so.
    pub timer: TimerId,
    /// Its number in the conversation.
    pub number: u32,
    /// The channel's name.
    pub channel: String,
    /// For how many seconds after the person has written that channel lets us write first.
    pub window: Option<i64>,
}

impl Task {
    /// The update that it is about.
    pub fn inbox(&self) -> Option<InboxId> {
        match self {
            Self::Inbound(id, ..) => Some(*id),
            Self::CaseClosed(..) | Self::Remind(_) | Self::Lost(..) | Self::Looked(_) => None,
        }
    }

    /// What the person did.
    pub(super) fn heard(&self) -> Option<Heard<'_>> {
        match self {
            Self::Inbound(_, inbound, looked) => Some((inbound, looked.as_ref())),
            Self::CaseClosed(..) | Self::Remind(_) | Self::Lost(..) | Self::Looked(_) => None,
        }
    }

    /// Nothing that a stranger could be answered, and nothing to keep of them.
    pub fn says_nothing(&self) -> bool {
        match self {
            Self::Inbound(_, inbound, _) => {
                matches!(
                    inbound.event,
                    Event::Nothing | Event::Blocked | Event::Unblocked
                )
            }
            Self::CaseClosed(..) | Self::Remind(_) | Self::Lost(..) | Self::Looked(_) => true,
        }
    }
}

/// A task and whose it is.
#[derive(Clone, Debug)]
pub struct Work {
    /// Whose conversation.
    pub lane: Lane,
    /// What about.
    pub task: Task,
}
