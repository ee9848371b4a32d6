//! What is asked of Telegram at the start: whether the token is good, and how updates shall come.

use super::poll::ALLOWED_UPDATES;
use super::{ClientError, Telegram};
use crate::ports::{Poll, PollError, Polled};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What Telegram says to the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// The bot's name, without `@`.
    Good(String),
    /// There is no such bot.
    Refused,
    /// Telegram did not answer; nothing is known of the token.
    Unknown(String),
}

#[derive(Deserialize)]
struct Me {
    username: Option<String>,
}

#[derive(Serialize)]
struct SetWebhook<'a> {
    url: &'a str,
    secret_token: &'a str,
    allowed_updates: &'a [&'a str],
}

#[derive(Deserialize)]
struct WebhookInfo {
    url: String,
}

#[derive(Serialize)]
struct Nothing {}

impl Telegram {
    /// Asks whether the token is good.
    pub async fn check_token(&self) -> Token {
        match self.client().call("getMe", &Nothing {}).await {
            Ok(me) => {
                let me = serde_json::from_str::<Me>(me.get()).ok();
                Token::Good(me.and_then(|m| m.username).unwrap_or_default())
            }
            Err(ClientError::Api(error)) if matches!(error.code, 401 | 404) => Token::Refused,
            Err(error) => Token::Unknown(error.to_string()),
        }
    }

    /// Has Telegram call this address from now on.
    pub async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), ClientError> {
        let request = SetWebhook {
            url,
            secret_token: secret,
            allowed_updates: &ALLOWED_UPDATES,
        };
        self.client().call("setWebhook", &request).await.map(drop)
    }

    /// Has Telegram call nobody any more. What waits there is kept for polling.
    /// `false` if nobody was called anyway.
    pub async fn drop_webhook(&self) -> Result<bool, ClientError> {
        let info = self.client().call("getWebhookInfo", &Nothing {}).await?;
        let set = serde_json::from_str::<WebhookInfo>(info.get()).is_ok_and(|i| !i.url.is_empty());
        if set {
            self.client().call("deleteWebhook", &Nothing {}).await?;
        }
        Ok(set)
    }
}

/// Polls, and once takes a webhook away that an earlier way of running the bot has left.
#[derive(Debug)]
pub struct Polling {
    telegram: Arc<Telegram>,
    tidied: AtomicBool,
}

impl Polling {
    /// For this bot.
    pub fn new(telegram: Arc<Telegram>) -> Self {
        Self {
            telegram,
            tidied: AtomicBool::new(false),
        }
    }
}

#[async_trait]
impl Poll for Polling {
    async fn poll(&self, cursor: i64) -> Result<Polled, PollError> {
        match self.telegram.poll(cursor).await {
            Err(PollError::Conflict(what)) if !self.tidied.swap(true, Ordering::Relaxed) => {
                match self.telegram.drop_webhook().await {
                    Ok(true) => {
                        tracing::warn!(
                            "a webhook was set for this bot; it is taken away, for lotse polls"
                        );
                        self.telegram.poll(cursor).await
                    }
                    _ => Err(PollError::Conflict(what)),
                }
            }
            other => other,
        }
    }
}
