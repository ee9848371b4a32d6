//! Messenger networks. One folder each; what they have in common is here.
//!
//! **Architecture invariant:** a channel knows nothing of flows, cases or the database. It reads its
//! network's updates, renders messages within its network's limits, and sends them.

pub mod look;
mod render;
pub mod room;
pub mod telegram;

pub use render::render;

use crate::model::ChannelId;
use crate::ports::{Channel, Fetch, Hook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The channels of this instance, by name.
#[derive(Clone, Default)]
pub struct Registry {
    channels: BTreeMap<&'static str, Arc<dyn Channel>>,
    hooks: BTreeMap<&'static str, Arc<dyn Hook>>,
    fetches: BTreeMap<&'static str, Arc<dyn Fetch>>,
}

impl Registry {
    /// Adds a channel.
    pub fn add(&mut self, channel: Arc<dyn Channel>) {
        self.channels.insert(channel.id().0, channel);
    }

    /// Lets a channel's network call.
    pub fn add_hook(&mut self, hook: Arc<dyn Hook>) {
        self.hooks.insert(hook.id().0, hook);
    }

    /// Lets photos and files of a channel be fetched.
    pub fn add_fetch(&mut self, channel: ChannelId, fetch: Arc<dyn Fetch>) {
        self.fetches.insert(channel.0, fetch);
    }

    /// Who fetches photos and files of a channel, if anybody does.
    pub fn fetch(&self, name: &str) -> Option<&Arc<dyn Fetch>> {
        self.fetches.get(name)
    }

    /// Who takes the calls of a channel's network, if it may call at all.
    pub fn hook(&self, name: &str) -> Option<&Arc<dyn Hook>> {
        self.hooks.get(name)
    }

    /// A channel by its name, as the database keeps it.
    pub fn get(&self, name: &str) -> Option<&Arc<dyn Channel>> {
        self.channels.get(name)
    }

    /// All names, as a claim wants them: each with a space before and behind.
    pub fn names(&self) -> String {
        let names = self.channels.keys();
        names.fold(" ".to_owned(), |all, name| all + name + " ")
    }

    /// The id of a channel by its name.
    pub fn id(&self, name: &str) -> Option<ChannelId> {
        self.get(name).map(|c| c.id())
    }
}
