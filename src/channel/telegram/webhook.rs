//! The webhook's side of Telegram: who may call it, and what it brings. No I/O.

use super::ID;
use crate::model::ChannelId;
use crate::ports::{Hook, Raw, Stranger};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The header in which Telegram repeats the secret that was given to `setWebhook`.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Checks calls of the webhook.
#[derive(Debug, Clone)]
pub struct Webhook {
    secret: SecretString,
}

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

impl Webhook {
    /// With the secret that was given to `setWebhook`.
    pub fn new(secret: SecretString) -> Self {
        Self { secret }
    }
}

impl Hook for Webhook {
    fn id(&self) -> ChannelId {
        ID
    }

    /// An update without a number is kept as well, named by its hash: refusing it would only make Telegram
    /// send it again for a day.
    fn receive<'h>(
        &self,
        header: &dyn Fn(&str) -> Option<&'h str>,
        body: &[u8],
    ) -> Result<Vec<Raw>, Stranger> {
        let expected = self.secret.expose_secret().as_bytes();
        let given = header(SECRET_HEADER).unwrap_or_default().as_bytes();
        if !bool::from(expected.ct_eq(given)) {
            return Err(Stranger);
        }
        let provider_id = match serde_json::from_slice::<Numbered>(body) {
            Ok(numbered) => numbered.update_id.to_string(),
            Err(_) => format!("{:x}", Sha256::digest(body)),
        };
        Ok(vec![Raw {
            provider_id,
            bytes: body.to_vec(),
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receive(secret: Option<&str>, body: &[u8]) -> Result<Vec<Raw>, Stranger> {
        let header = |name: &str| secret.filter(|_| name == "x-telegram-bot-api-secret-token");
        Webhook::new(SecretString::from("s3cret")).receive(&header, body)
    }

    #[test]
    fn only_who_knows_the_secret_is_heard() {
        assert_eq!(receive(None, b"{}"), Err(Stranger));
        assert_eq!(receive(Some("s3cre"), b"{}"), Err(Stranger));
        let raw = receive(Some("s3cret"), br#"{"update_id":9}"#).unwrap();
        assert_eq!(raw[0].provider_id, "9");
    }

    #[test]
    fn rubbish_is_kept_under_its_hash() {
        let first = receive(Some("s3cret"), b"rubbish").unwrap();
        let again = receive(Some("s3cret"), b"rubbish").unwrap();
        assert_eq!(first, again);
        assert_eq!(first[0].bytes, b"rubbish");
    }
}
