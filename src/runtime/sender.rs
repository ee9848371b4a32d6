//! Sending: one conversation's messages in order, many conversations at once.
//!
//! A message comes here in one of two ways: straight from the turn that made it (already marked
//! `sending` in that turn's transaction), or claimed from the outbox by `outbox` (after a restart, a
//! pause that a network asked for, or a counsellor's reply). Either way its end is settled in the database.

use crate::channel::Registry;
use crate::model::{ConversationId, MessageId, Timestamp};
use crate::ports::{Channel, Clock, SendError};
use crate::store::outbox::{Outcome, Outgoing, Settlement};
use futures_util::FutureExt as _;
use metrics::counter;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, Semaphore};
use tokio_util::task::TaskTracker;

/// How many calls may be under way at once.
const CALLS: usize = 64;
/// A message that could not be delivered for so long is given up and shown to staff as undelivered.
const MAX_AGE_SECONDS: i64 = 24 * 3600;
/// The pause while the fault is not the message's: the token is refused, or the channel is switched off.
const OPERATOR_PAUSE_MS: i64 = 60_000;
/// The longest pause between two attempts.
const MAX_PAUSE_MS: i64 = 15 * 60 * 1000;
/// The first pause.
const FIRST_PAUSE_MS: i64 = 200;

/// Sends messages; clones share one queue.
#[derive(Clone)]
pub struct Sender {
    inner: Arc<Inner>,
}

struct Inner {
    channels: Arc<Registry>,
    clock: Arc<dyn Clock>,
    queues: Mutex<HashMap<ConversationId, Queue>>,
    calls: Semaphore,
    ended: Mutex<Vec<Ended>>,
    news: Notify,
    tasks: TaskTracker,
}

/// How an attempt to send to a conversation ended.
pub type Ended = (ConversationId, Settlement);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Outgoing>,
    running: bool,
    /// Messages that this process holds: waiting here, under way, or not yet settled in the database.
    held: HashSet<MessageId>,
    /// One of them has to be tried again later: until that is settled, nothing may overtake it.
    blocked: Option<Timestamp>,
}

impl Queue {
    fn is_idle(&self) -> bool {
        self.held.is_empty() && !self.running
    }
}

impl Sender {
    /// A sender to these channels.
    pub fn new(channels: Arc<Registry>, clock: Arc<dyn Clock>) -> Self {
        let inner = Inner {
            channels,
            clock,
            queues: Mutex::default(),
            calls: Semaphore::new(CALLS),
            ended: Mutex::default(),
            news: Notify::new(),
            tasks: TaskTracker::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Takes how attempts have ended. Whoever takes it writes it down, and says so with [`Sender::settled`],
    /// or gives it back.
    pub fn take_ended(&self) -> Vec<Ended> {
        std::mem::take(&mut *self.ended())
    }

    /// It could not be written down.
    pub fn give_back(&self, ended: Vec<Ended>) {
        if !ended.is_empty() {
            self.ended().extend(ended);
            self.inner.news.notify_one();
        }
    }

    /// Resolves when an attempt has ended that nobody has taken yet.
    pub async fn ended_some(&self) {
        self.inner.news.notified().await;
    }

    fn ended(&self) -> MutexGuard<'_, Vec<Ended>> {
        let lock = self.inner.ended.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether all of a conversation's undelivered messages are in this process's hands and on their
    /// way: then the next one may join them here without breaking the order.
    pub fn holds(
        &self,
        conversation: ConversationId,
        mut undelivered: impl Iterator<Item = MessageId>,
    ) -> bool {
        match self.queues().get(&conversation) {
            Some(queue) => {
                queue.blocked.is_none() && undelivered.all(|id| queue.held.contains(&id))
            }
            None => undelivered.next().is_none(),
        }
    }

    /// Sends messages of one conversation, after those that already wait here. A message that is here
    /// already (its lease ran out on a slow network and was renewed) is not taken twice.
    pub fn send(&self, conversation: ConversationId, messages: Vec<Outgoing>) {
        let mut queues = self.queues();
        let queue = queues.entry(conversation).or_default();
        for message in messages {
            if queue.held.insert(message.id) {
                queue.waiting.push_back(message);
            }
        }
        if let Some(not_before) = queue.blocked {
            let late = std::mem::take(&mut queue.waiting);
            drop(queues);
            return self.put_off(conversation, late, not_before);
        }
        if !queue.running && !queue.waiting.is_empty() {
            queue.running = true;
            let sender = self.clone();
            self.inner
                .tasks
                .spawn(async move { sender.drain(conversation).await });
        }
    }

    /// The database knows how an attempt ended.
    pub fn settled(&self, conversation: ConversationId, message: MessageId) {
        let mut queues = self.queues();
        if let Some(queue) = queues.get_mut(&conversation) {
            queue.held.remove(&message);
            if queue.held.is_empty() {
                queue.blocked = None;
            }
            if queue.is_idle() {
                queues.remove(&conversation);
            }
        }
    }

    /// The messages in this process's hands.
    pub fn held(&self) -> Vec<MessageId> {
        let queues = self.queues();
        queues.values().flat_map(|q| &q.held).copied().collect()
    }

    /// Resolves when everything that was handed over has been tried. Nothing may be handed over after.
    pub async fn finish(&self) {
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<ConversationId, Queue>> {
        // A panic while the lock was held leaves counts that are at worst too high: messages then take
        // the way through the outbox.
        self.inner
            .queues
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, conversation: ConversationId) -> Option<Outgoing> {
        let mut queues = self.queues();
        let queue = queues.get_mut(&conversation)?;
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.running = false;
            if queue.is_idle() {
                queues.remove(&conversation);
            }
        }
        next
    }

    async fn drain(&self, conversation: ConversationId) {
        while let Some(message) = self.next(conversation) {
            let (id, parts_sent) = (message.id, message.parts_sent);
            // A message that the program fails on must not silence the conversation.
            let attempt = AssertUnwindSafe(self.deliver(&message))
                .catch_unwind()
                .await;
            let settlement = attempt.unwrap_or_else(|_| {
                settlement(id, gave_up("the program failed on it"), parts_sent)
            });
            if let Outcome::Retry { not_before, .. } = settlement.outcome {
                let late = self.block(conversation, not_before);
                self.report(conversation, settlement);
                self.put_off(conversation, late, not_before);
            } else {
                self.report(conversation, settlement);
            }
        }
    }

    /// Takes what waits behind a message that has to be tried again, and lets nothing new in.
    fn block(&self, conversation: ConversationId, not_before: Timestamp) -> VecDeque<Outgoing> {
        let mut queues = self.queues();
        let queue = queues.entry(conversation).or_default();
        queue.blocked = Some(not_before);
        std::mem::take(&mut queue.waiting)
    }

    /// These wait in the database, in order, behind the one that has to be tried again.
    fn put_off(
        &self,
        conversation: ConversationId,
        late: VecDeque<Outgoing>,
        not_before: Timestamp,
    ) {
        for message in late {
            let fault = "an earlier message waits".to_owned();
            let outcome = Outcome::Retry { not_before, fault };
            self.report(
                conversation,
                settlement(message.id, outcome, message.parts_sent),
            );
        }
    }

    fn report(&self, conversation: ConversationId, settlement: Settlement) {
        self.ended().push((conversation, settlement));
        self.inner.news.notify_one();
    }

    /// One attempt; and where these were the last words in a place, out of it, but not before.
    async fn deliver(&self, message: &Outgoing) -> Settlement {
        let settlement = self.attempt(message).await;
        let over = !matches!(settlement.outcome, Outcome::Retry { .. });
        if message.leaves
            && over
            && let Some(channel) = self.inner.channels.get(&message.channel)
        {
            channel.leave(&message.address).await;
        }
        settlement
    }

    async fn attempt(&self, message: &Outgoing) -> Settlement {
        let Some(channel) = self.inner.channels.get(&message.channel) else {
            let not_before = self.inner.clock.now().plus_millis(OPERATOR_PAUSE_MS);
            let fault = "this channel is switched off".to_owned();
            let outcome = Outcome::Retry { not_before, fault };
            return settlement(message.id, outcome, message.parts_sent);
        };
        let parts = channel.render(&message.message);
        let mut sent = message.parts_sent;
        for part in parts.iter().skip(usize::try_from(sent).unwrap_or(0)) {
            let result = match self.inner.calls.acquire().await {
                Ok(_permit) => channel.send(&message.address, part).await,
                Err(_) => Err(SendError::Transient("shutting down".to_owned())),
            };
            if let Err(error) = result {
                let outcome = self.outcome(message, channel.as_ref(), &error);
                return settlement(message.id, outcome, sent);
            }
            sent += 1;
        }
        counter!("lotse_messages_sent_total", "channel" => channel.id().0, "outcome" => "sent")
            .increment(1);
        settlement(message.id, Outcome::Sent, sent)
    }

    fn outcome(&self, message: &Outgoing, channel: &dyn Channel, error: &SendError) -> Outcome {
        let now = self.inner.clock.now();
        let backoff = pause(message.attempts);
        let label = label(error);
        counter!("lotse_messages_sent_total", "channel" => channel.id().0, "outcome" => label)
            .increment(1);
        let fault = error.to_string();
        let wait = match error {
            SendError::RetryAfter(wait) => i64::try_from(wait.as_millis()).unwrap_or(backoff),
            // The policy for "perhaps it arrived": once more. See docs/decisions/0003-ambiguous-sends.md.
            SendError::Transient(_) | SendError::Ambiguous => backoff,
            SendError::Auth => {
                tracing::error!(
                    channel = channel.id().0,
                    "the network refuses the bot's token; messages wait"
                );
                OPERATOR_PAUSE_MS
            }
            SendError::PeerGone => return Outcome::Failed { fault, gone: true },
            SendError::Permanent(_) => return gave_up(&fault),
        };
        let theirs = matches!(error, SendError::Transient(_) | SendError::Ambiguous);
        if theirs && age_seconds(message.id, now) > MAX_AGE_SECONDS {
            return gave_up(&fault);
        }
        Outcome::Retry {
            not_before: now.plus_millis(wait),
            fault,
        }
    }
}

fn settlement(id: MessageId, outcome: Outcome, parts_sent: i64) -> Settlement {
    Settlement {
        id,
        outcome,
        parts_sent,
    }
}

fn gave_up(fault: &str) -> Outcome {
    Outcome::Failed {
        fault: fault.to_owned(),
        gone: false,
    }
}

fn label(error: &SendError) -> &'static str {
    match error {
        SendError::RetryAfter(_) => "retry_after",
        SendError::Transient(_) => "transient",
        SendError::Ambiguous => "ambiguous",
        SendError::PeerGone => "peer_gone",
        SendError::Auth => "auth",
        SendError::Permanent(_) => "permanent",
    }
}

/// How old a message is, in seconds: its id begins with the time at which it was made.
fn age_seconds(id: MessageId, now: Timestamp) -> i64 {
    let made = id.0.get_timestamp().map(|t| t.to_unix().0);
    made.and_then(|seconds| i64::try_from(seconds).ok())
        .map_or(0, |made| now.0 / 1000 - made)
}

/// Milliseconds before attempt `attempts + 1`: doubling, up to a quarter of an hour.
fn pause(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    FIRST_PAUSE_MS
        .saturating_mul(1 << doublings)
        .min(MAX_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, Inbound, Lang, Message};
    use crate::ports::{Capabilities, Part, Undecodable};
    use async_trait::async_trait;

    /// A network that answers as it was told to, and remembers what it was asked.
    #[derive(Default)]
    struct Network {
        answers: Mutex<Vec<Result<(), SendError>>>,
        asked: Mutex<Vec<&'static str>>,
    }

    #[async_trait]
    impl Channel for Network {
        fn id(&self) -> ChannelId {
            ChannelId("network")
        }

        fn capabilities(&self) -> &Capabilities {
            static ANY: Capabilities = Capabilities {
                text_limit: 100,
                unit: crate::text::Unit::Utf16,
                choices: crate::ports::ChoiceStyle::Buttons,
                dialect: crate::ports::Dialect::Plain,
                window_seconds: None,
            };
            &ANY
        }

        fn decode(&self, _: &[u8]) -> Result<Inbound, Undecodable> {
            Err(Undecodable("nothing comes in".to_owned()))
        }

        fn render(&self, message: &Message) -> Vec<Part> {
            let part = Part {
                text: message.text.clone(),
                buttons: Vec::new(),
            };
            vec![part]
        }

        async fn send(&self, _: &str, _: &Part) -> Result<(), SendError> {
            self.asked.lock().unwrap().push("send");
            self.answers.lock().unwrap().remove(0)
        }

        async fn leave(&self, _: &str) {
            self.asked.lock().unwrap().push("leave");
        }
    }

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> Timestamp {
            Timestamp(1_795_000_000_000)
        }
    }

    fn last_words() -> Outgoing {
        Outgoing {
            id: MessageId(uuid::Uuid::from_u128(1)),
            conversation: ConversationId(uuid::Uuid::from_u128(2)),
            channel: "network".to_owned(),
            address: "-5001".to_owned(),
            message: Message {
                key: "system:group-chat".to_owned(),
                text: "Goodbye".to_owned(),
                choices: Vec::new(),
                takes: None,
                lang: Lang::new("en"),
            },
            leaves: true,
            parts_sent: 0,
            attempts: 1,
        }
    }

    #[tokio::test]
    async fn a_group_is_left_when_the_goodbye_is_sent_or_failed_and_not_before() {
        let refused = || SendError::Permanent("no rights to write".to_owned());
        let later = || SendError::Transient("server error 502".to_owned());
        for (answers, asked) in [
            (vec![Ok(())], &["send", "leave"][..]),
            (vec![Err(refused())], &["send", "leave"]),
            (vec![Err(later()), Ok(())], &["send", "send", "leave"]),
        ] {
            let network = Arc::new(Network::default());
            let tries = answers.len();
            *network.answers.lock().unwrap() = answers;
            let mut channels = Registry::default();
            channels.add(network.clone());
            let sender = Sender::new(Arc::new(channels), Arc::new(Noon));
            for _ in 0..tries {
                let message = last_words();
                let conversation = message.conversation;
                sender.send(conversation, vec![message]);
                sender.ended_some().await;
                for (_, settlement) in sender.take_ended() {
                    sender.settled(conversation, settlement.id);
                }
            }
            assert_eq!(*network.asked.lock().unwrap(), asked);
        }
    }

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour() {
        assert_eq!([1, 2, 3].map(pause), [200, 400, 800]);
        assert_eq!(pause(40), MAX_PAUSE_MS);
    }

    #[test]
    fn the_age_of_a_message_is_read_from_its_id() {
        let made = uuid::Builder::from_unix_timestamp_millis(1_795_000_000_000, &[7; 10]);
        let id = MessageId(made.into_uuid());
        let now = Timestamp(1_795_000_090_000);
        assert_eq!(age_seconds(id, now), 90);
        assert_eq!(age_seconds(MessageId(uuid::Uuid::from_u128(7)), now), 0);
    }
}
