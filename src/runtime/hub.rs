//! News inside the process: who waits for what is woken here. Losing news loses nothing: every
//! listener also looks by itself after a while, because the database is the truth.
//!
//! Other processes on the same database hear it too, if there can be any (`wake`).

use crate::model::{CaseId, ConversationId};
use tokio::sync::{Notify, broadcast};

/// Something changed that a page may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A case was opened, claimed, released, closed, or got a message.
    Case(CaseId),
    /// A conversation has a new message for the person.
    Conversation(ConversationId),
}

/// What is called out, to this process and to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Something changed that a page may show.
    News(News),
    /// Updates wait for whoever works on them.
    Inbox,
    /// Messages wait for whoever sends them.
    Outbox,
    /// A timer was set that is due at once.
    Timers,
}

/// The place where news is called out.
#[derive(Debug)]
pub struct Hub {
    news: broadcast::Sender<News>,
    calls: broadcast::Sender<Call>,
    inbox: Notify,
    outbox: Notify,
    timers: Notify,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::channel(1024).0,
            calls: broadcast::channel(1024).0,
            inbox: Notify::new(),
            outbox: Notify::new(),
            timers: Notify::new(),
        }
    }
}

impl Hub {
    /// Calls out that something changed.
    pub fn tell(&self, news: News) {
        self.call(Call::News(news));
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Wakes whoever works on accepted updates.
    pub fn wake_inbox(&self) {
        self.call(Call::Inbox);
    }

    /// Wakes whoever sends messages.
    pub fn wake_outbox(&self) {
        self.call(Call::Outbox);
    }

    /// Resolves when updates were accepted.
    pub async fn inbox(&self) {
        self.inbox.notified().await;
    }

    /// Resolves when messages wait to be sent.
    pub async fn outbox(&self) {
        self.outbox.notified().await;
    }

    /// Wakes whoever runs timers: one was set that is due at once.
    pub fn wake_timers(&self) {
        self.call(Call::Timers);
    }

    /// Resolves when a timer was set that is due at once.
    pub async fn timers(&self) {
        self.timers.notified().await;
    }

    /// What this process calls out, from now on.
    pub(super) fn calls(&self) -> broadcast::Receiver<Call> {
        self.calls.subscribe()
    }

    /// Another process has called.
    pub(super) fn heard(&self, call: Call) {
        match call {
            // Nobody listening is no fault.
            Call::News(news) => drop(self.news.send(news)),
            Call::Inbox => self.inbox.notify_one(),
            Call::Outbox => self.outbox.notify_one(),
            Call::Timers => self.timers.notify_one(),
        }
    }

    fn call(&self, call: Call) {
        self.heard(call);
        let _ = self.calls.send(call);
    }
}
