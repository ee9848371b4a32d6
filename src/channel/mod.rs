//! Messenger networks. One folder each; what they have in common is here.
//!
//! **Architecture invariant:** a channel knows nothing of flows, cases or the database. It reads its
//! network's updates, renders messages within its network's limits, and sends them.

mod render;
pub mod room;
pub mod telegram;

pub use render::render;

use crate::model::ChannelId;
use crate::ports::Channel;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The channels of this instance, by name.
#[derive(Clone, Default)]
pub struct Registry(BTreeMap<&'static str, Arc<dyn Channel>>);

impl Registry {
    /// Adds a channel.
    pub fn add(&mut self, channel: Arc<dyn Channel>) {
        self.0.insert(channel.id().0, channel);
    }

    /// A channel by its name, as the database keeps it.
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Channel>> {
        self.0.get(name)
    }

    /// The id of a channel by its name.
    pub fn id(&self, name: &str) -> Option<ChannelId> {
        self.get(name).map(|c| c.id())
    }
}
