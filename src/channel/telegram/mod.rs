//! Telegram, by long polling or webhook.
//!
//! teloxide's types write requests; updates are read by types of our own (see `wire`). teloxide's
//! dispatcher is not used, because it confirms updates before they are worked on; nor is its HTTP layer,
//! because that sleeps ten seconds inside the call on every server error. See docs/decisions/0002-telegram-client.md.
//!
//! Source of all rules: <https://core.telegram.org/bots/api>.

mod client;
mod convert;
mod fetch;
mod poll;
mod start;
mod webhook;
mod wire;

pub use client::{ApiError, Client, ClientError};
pub use start::{Polling, Token};
pub use webhook::Webhook;

use crate::model::{ChannelId, Inbound, Message};
use crate::ports::{Capabilities, Channel, ChoiceStyle, Dialect, Part, SendError, Undecodable};
use crate::text::Unit;
use async_trait::async_trait;
use teloxide::payloads::{AnswerCallbackQuery, LeaveChat, SendMessage, SendMessageSetters as _};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions,
    ParseMode,
};

/// The channel's name.
pub const ID: ChannelId = ChannelId("telegram");

static CAPABILITIES: Capabilities = Capabilities {
    // sendMessage: 1-4096 characters after entities parsing; counted in UTF-16 to be on the safe side.
    text_limit: 4096,
    unit: Unit::Utf16,
    choices: ChoiceStyle::Buttons,
    dialect: Dialect::TelegramHtml,
    window_seconds: None,
};

/// Telegram as a channel.
#[derive(Debug)]
pub struct Telegram {
    client: Client,
}

impl Telegram {
    /// With a client that holds the token.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The client, for calls at start-up.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

#[async_trait]
impl Channel for Telegram {
    fn id(&self) -> ChannelId {
        ID
    }

    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn decode(&self, raw: &[u8]) -> Result<Inbound, Undecodable> {
        convert::decode(raw)
    }

    fn render(&self, message: &Message) -> Vec<Part> {
        super::render(message, &CAPABILITIES)
    }

    async fn send(&self, address: &str, part: &Part) -> Result<(), SendError> {
        let chat = chat_id(address)?;
        let mut request = SendMessage::new(chat, part.text.as_str())
            .parse_mode(ParseMode::Html)
            .link_preview_options(no_preview());
        if !part.buttons.is_empty() {
            let rows = part
                .buttons
                .iter()
                .map(|(label, token)| [InlineKeyboardButton::callback(label, token)]);
            request = request.reply_markup(InlineKeyboardMarkup::new(rows));
        }
        self.client
            .call("sendMessage", &request)
            .await
            .map(drop)
            .map_err(send_error)
    }

    async fn acknowledge(&self, ack: &str) {
        let request = AnswerCallbackQuery::new(CallbackQueryId(ack.to_owned()));
        // Only stops the button's spinner; an old press is refused, and that is fine.
        let _ = self.client.call("answerCallbackQuery", &request).await;
    }

    async fn leave(&self, address: &str) {
        if let Ok(chat) = chat_id(address) {
            let _ = self.client.call("leaveChat", &LeaveChat::new(chat)).await;
        }
    }
}

fn chat_id(address: &str) -> Result<ChatId, SendError> {
    address
        .parse()
        .map(ChatId)
        .map_err(|_| SendError::Permanent("the address is not a chat id".to_owned()))
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// What to do about a failed call, by the API's error code and description.
fn send_error(error: ClientError) -> SendError {
    match error {
        ClientError::NotTaken(what) => SendError::Transient(what),
        ClientError::Ambiguous => SendError::Ambiguous,
        ClientError::Api(api) => match api.code {
            429 => SendError::RetryAfter(api.retry_after()),
            401 | 404 => SendError::Auth,
            403 => SendError::PeerGone,
            400 if api.is_gone() => SendError::PeerGone,
            500.. => SendError::Transient(format!("server error {}", api.code)),
            code => SendError::Permanent(format!("error {code}")),
        },
    }
}
