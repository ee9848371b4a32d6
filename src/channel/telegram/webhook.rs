//! The webhook's side of Telegram: who may call it, and what it brings. No I/O.

use crate::ports::Raw;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The header in which Telegram repeats the secret that was given to `setWebhook`.
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Checks calls of the webhook.
#[derive(Debug, Clone)]
pub struct Webhook {
    secret: SecretString,
}

/// A call that does not come from Telegram.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the webhook's secret is missing or wrong")]
pub struct WebhookReject;

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

impl Webhook {
    /// With the secret that was given to `setWebhook`.
    pub fn new(secret: SecretString) -> Self {
        Self { secret }
    }

    /// Checks the secret and takes the update as it came. An update without a number is kept as well,
    /// named by its hash: refusing it would only make Telegram send it again for a day.
    pub fn receive(&self, secret: Option<&str>, body: &[u8]) -> Result<Raw, WebhookReject> {
        let expected = self.secret.expose_secret().as_bytes();
        let given = secret.unwrap_or_default().as_bytes();
        if !bool::from(expected.ct_eq(given)) {
            return Err(WebhookReject);
        }
        let provider_id = match serde_json::from_slice::<Numbered>(body) {
            Ok(numbered) => numbered.update_id.to_string(),
            Err(_) => format!("{:x}", Sha256::digest(body)),
        };
        Ok(Raw {
            provider_id,
            bytes: body.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook() -> Webhook {
        Webhook::new(SecretString::from("s3cret"))
    }

    #[test]
    fn only_who_knows_the_secret_is_heard() {
        assert_eq!(webhook().receive(None, b"{}"), Err(WebhookReject));
        assert_eq!(webhook().receive(Some("s3cre"), b"{}"), Err(WebhookReject));
        let raw = webhook()
            .receive(Some("s3cret"), br#"{"update_id":9}"#)
            .unwrap();
        assert_eq!(raw.provider_id, "9");
    }

    #[test]
    fn rubbish_is_kept_under_its_hash() {
        let first = webhook().receive(Some("s3cret"), b"rubbish").unwrap();
        let again = webhook().receive(Some("s3cret"), b"rubbish").unwrap();
        assert_eq!(first, again);
        assert_eq!(first.bytes, b"rubbish");
    }
}
