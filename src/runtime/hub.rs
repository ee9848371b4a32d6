//! News inside the process: who waits for what is woken here. Losing news loses nothing: every
//! listener also looks by itself after a while, because the database is the truth.

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

/// The place where news is called out.
#[derive(Debug)]
pub struct Hub {
    news: broadcast::Sender<News>,
    inbox: Notify,
    outbox: Notify,
    timers: Notify,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::channel(1024).0,
            inbox: Notify::new(),
            outbox: Notify::new(),
            timers: Notify::new(),
        }
    }
}

impl Hub {
    /// Calls out that something changed.
    pub fn tell(&self, news: News) {
        // Nobody listening is no fault.
        let _ = self.news.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Wakes whoever works on accepted updates.
    pub fn wake_inbox(&self) {
        self.inbox.notify_one();
    }

    /// Wakes whoever sends messages.
    pub fn wake_outbox(&self) {
        self.outbox.notify_one();
    }

    /// Resolves when updates were accepted.
    pub async fn inbox(&self) {
        self.inbox.notified().await;
    }

    /// Resolves when messages wait to be sent.
    pub async fn outbox(&self) {
        self.outbox.notified().await;
    }

    /// Wakes whoever runs timers.
    pub fn wake_timers(&self) {
        self.timers.notify_one();
    }

    /// Resolves when a timer was set that is due at once.
    pub async fn timers(&self) {
        self.timers.notified().await;
    }
}
