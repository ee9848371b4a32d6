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

#[cfg(test)]
mod tests {
    use super::super::Client;
    use super::*;
    use axum::extract::{Path, State};
    use axum::http::StatusCode;
    use axum::{Json, Router};
    use secrecy::SecretString;
    use serde_json::{Value, json};
    use std::sync::Mutex;

    /// Telegram as far as the start needs it: the webhook that is set, and what was called.
    #[derive(Default)]
    struct Fake {
        webhook: Mutex<String>,
        called: Mutex<Vec<String>>,
    }

    async fn answer(
        State(fake): State<Arc<Fake>>,
        Path((bot, method)): Path<(String, String)>,
        Json(body): Json<Value>,
    ) -> (StatusCode, Json<Value>) {
        let refuse = |code: StatusCode| {
            (
                code,
                Json(json!({ "ok": false, "error_code": code.as_u16(), "description": "" })),
            )
        };
        if bot != "bot1:good" {
            return refuse(StatusCode::UNAUTHORIZED);
        }
        fake.called.lock().unwrap().push(method.clone());
        let mut webhook = fake.webhook.lock().unwrap();
        let result = match method.as_str() {
            "getMe" => {
                json!({ "id": 1, "is_bot": true, "first_name": "L", "username": "lotse_bot" })
            }
            "getWebhookInfo" => json!({ "url": *webhook, "pending_update_count": 0 }),
            "getUpdates" if !webhook.is_empty() => return refuse(StatusCode::CONFLICT),
            "getUpdates" => json!([]),
            "setWebhook" => {
                assert_eq!(body["secret_token"], "word");
                *webhook = body["url"].as_str().unwrap().to_owned();
                json!(true)
            }
            _ => {
                webhook.clear();
                json!(true)
            }
        };
        (
            StatusCode::OK,
            Json(json!({ "ok": true, "result": result })),
        )
    }

    async fn telegram(token: &str) -> (Telegram, Arc<Fake>) {
        let fake = Arc::new(Fake::default());
        let router = Router::new()
            .route("/{bot}/{method}", axum::routing::post(answer))
            .with_state(Arc::clone(&fake));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(axum::serve(listener, router).into_future());
        (
            Telegram::new(Client::new(&url, SecretString::from(token)).unwrap()),
            fake,
        )
    }

    #[tokio::test]
    async fn a_good_token_a_refused_one_and_no_answer_are_told_apart() {
        let (good, _) = telegram("1:good").await;
        assert_eq!(
            good.check_token().await,
            Token::Good("lotse_bot".to_owned())
        );
        let (bad, _) = telegram("1:bad").await;
        assert_eq!(bad.check_token().await, Token::Refused);
        let nobody = Client::new("http://127.0.0.1:1", SecretString::from("1:good")).unwrap();
        assert!(matches!(
            Telegram::new(nobody).check_token().await,
            Token::Unknown(_)
        ));
    }

    #[tokio::test]
    async fn a_webhook_that_was_left_is_taken_away_once() {
        let (telegram, fake) = telegram("1:good").await;
        telegram
            .set_webhook("https://lotse.example/x", "word")
            .await
            .unwrap();
        let polling = Polling::new(Arc::new(telegram));
        assert!(polling.poll(0).await.unwrap().updates.is_empty());
        // Somebody sets one again: now it is theirs.
        *fake.webhook.lock().unwrap() = "https://other.example".to_owned();
        assert!(matches!(polling.poll(0).await, Err(PollError::Conflict(_))));
        let called = fake.called.lock().unwrap().clone();
        let wanted = [
            "setWebhook",
            "getUpdates",
            "getWebhookInfo",
            "deleteWebhook",
            "getUpdates",
            "getUpdates",
        ];
        assert_eq!(called, wanted);
    }
}
