//! The seams between the pure rooms and the world: few, narrow traits.

use crate::model::{ChannelId, Inbound, Message, Timestamp};
use crate::text::Unit;
use async_trait::async_trait;
use std::time::Duration;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Makes ids and secrets.
pub trait Ids: Send + Sync {
    /// A new UUIDv7.
    fn uuid(&self) -> Uuid;
    /// Random bytes for keys and session tokens.
    fn random(&self) -> [u8; 32];
}

/// What a channel can show. Data, so that rendering stays a pure function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The longest text of one message, in [`Capabilities::unit`].
    pub text_limit: usize,
    /// What the limit counts.
    pub unit: Unit,
    /// How choices are shown.
    pub choices: ChoiceStyle,
    /// The dialect in which formatted text is sent.
    pub dialect: Dialect,
    /// For how many seconds after the person has written the network lets us write first; `None`: at any time.
    pub window_seconds: Option<i64>,
}

/// How choices are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceStyle {
    /// Buttons below the message.
    Buttons,
    /// Numbered lines in the text.
    Numbers,
}

/// How formatted text is written for a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Telegram's HTML.
    TelegramHtml,
    /// lotse's own markup, rendered by the reader (web room).
    Markup,
    /// No formatting.
    Plain,
}

/// One piece of a message, within a channel's limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text, in the channel's dialect.
    pub text: String,
    /// Buttons: label and token.
    pub buttons: Vec<(String, String)>,
}

/// An update as a channel delivered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The channel's own id of it.
    pub provider_id: String,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
}

/// Updates fetched from a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polled {
    /// The updates, oldest first.
    pub updates: Vec<Raw>,
    /// The cursor that confirms them when the next poll names it.
    pub next_cursor: i64,
}

/// A messenger network, or the web room.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Its name.
    fn id(&self) -> ChannelId;
    /// What it can show.
    fn capabilities(&self) -> &Capabilities;
    /// Reads an update; no I/O.
    fn decode(&self, raw: &[u8]) -> Result<Inbound, Undecodable>;
    /// Renders a message within the channel's limits; no I/O.
    fn render(&self, message: &Message) -> Vec<Part>;
    /// Sends one part. Resolves once the network has taken it.
    async fn send(&self, address: &str, part: &Part) -> Result<(), SendError>;
    /// Tells the network that a button's press was seen. Best effort: nothing depends on it.
    async fn acknowledge(&self, _ack: &str) {}
    /// Leaves a group. Best effort.
    async fn leave(&self, _address: &str) {}
}

/// A channel that is asked for updates.
#[async_trait]
pub trait Poll: Send + Sync {
    /// Waits for updates after `cursor`. Naming a cursor confirms everything before it to the network.
    async fn poll(&self, cursor: i64) -> Result<Polled, PollError>;
}

/// Fetches what a person sent besides words.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// The bytes of a photo or file by the network's name for it; `most`: no more than so many are taken.
    async fn fetch(&self, reference: &str, most: u64) -> Result<Vec<u8>, FetchError>;
    /// It is kept elsewhere now, or not wanted. Best effort.
    async fn done(&self, _reference: &str) {}
}

/// Why something was not fetched, by what is to be done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FetchError {
    /// The network asks for a pause.
    #[error("the network asks to wait {0:?}")]
    RetryAfter(Duration),
    /// Trying again may help.
    #[error("the network could not be reached: {0}")]
    Transient(String),
    /// It is larger than what is taken.
    #[error("it is too large")]
    TooLarge,
    /// The network does not have it (any more).
    #[error("the network does not give it away: {0}")]
    Gone(String),
}

/// A channel whose network calls us, by HTTP.
pub trait Hook: Send + Sync {
    /// Whose updates these are. The address that is called ends with it.
    fn id(&self) -> ChannelId;
    /// Sees by the call's headers whether it is the network that calls, and takes what it brings, unread;
    /// no I/O. `header` knows the value of a header, named in small letters.
    fn receive<'h>(
        &self,
        header: &dyn Fn(&str) -> Option<&'h str>,
        body: &[u8],
    ) -> Result<Vec<Raw>, Stranger>;
}

/// Somebody called who is not the network.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the call's secret is missing or wrong")]
pub struct Stranger;

/// An update that this version of lotse cannot read. It is kept for replay after an upgrade.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the update cannot be read: {0}")]
pub struct Undecodable(pub String);

/// Why a message was not delivered, by what is to be done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SendError {
    /// The network asks for a pause; the message was not taken.
    #[error("the network asks to wait {0:?}")]
    RetryAfter(Duration),
    /// The message was certainly not taken; trying again is safe.
    #[error("the network could not be reached: {0}")]
    Transient(String),
    /// The message may have been taken.
    #[error("the connection ended before the network answered")]
    Ambiguous,
    /// The person blocked the bot or is gone.
    #[error("the person cannot be reached there any more")]
    PeerGone,
    /// The token or the account is not accepted: nothing can be sent until an operator acts.
    #[error("the network refuses the bot's token")]
    Auth,
    /// The network will never take this message.
    #[error("the network refuses the message: {0}")]
    Permanent(String),
}

/// Why polling failed, by what is to be done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PollError {
    /// Try again soon.
    #[error("the network could not be reached: {0}")]
    Transient(String),
    /// The network asks for a pause.
    #[error("the network asks to wait {0:?}")]
    RetryAfter(Duration),
    /// Somebody else polls with the same token, or a webhook is set.
    #[error("another program receives this bot's updates: {0}")]
    Conflict(String),
    /// The token is not accepted.
    #[error("the network refuses the bot's token")]
    Auth,
}

/// Takes updates from the web side into the inbox: written to disk when it returns.
#[async_trait]
pub trait Accept: Send + Sync {
    /// Accepts updates of one channel. A repeated id is no error and changes nothing.
    async fn accept(&self, channel: ChannelId, updates: Vec<Raw>) -> Result<(), AcceptError>;
}

/// Updates could not be written to disk: the network must deliver them again.
#[derive(Debug, thiserror::Error)]
#[error("the updates could not be stored: {0}")]
pub struct AcceptError(pub String);
