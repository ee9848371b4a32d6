//! One call of the Bot API. Errors carry no text of ours back: Telegram may quote what was sent, and
//! the URL holds the token.

use crate::ports::FetchError;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::time::Duration;

/// How long a call may take, a long poll's waiting time not counted.
const CALL_TIMEOUT: Duration = Duration::from_secs(20);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A client for one bot.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    /// Read once: reading an address costs as much as rendering a message.
    base: reqwest::Url,
    token: SecretString,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The request did not reach the server.
    #[error("the server was not reached: {0}")]
    NotTaken(String),
    /// The request may have reached the server.
    #[error("the connection ended before the server answered")]
    Ambiguous,
    /// The server refused.
    #[error(transparent)]
    Api(ApiError),
}

/// The server's refusal.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the server answered with error {code}")]
pub struct ApiError {
    /// `error_code`, the same as the HTTP status.
    pub code: u16,
    /// `description`. May quote the request: not for logs.
    pub description: String,
    retry_after: Option<u64>,
}

impl ApiError {
    /// The pause that Telegram asks for; one second if it names none.
    pub fn retry_after(&self) -> Duration {
        Duration::from_secs(self.retry_after.unwrap_or(1))
    }

    /// The chat does not exist (any more).
    pub fn is_gone(&self) -> bool {
        let text = self.description.to_ascii_lowercase();
        ["chat not found", "user is deactivated", "peer_id_invalid"]
            .iter()
            .any(|s| text.contains(s))
    }
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    result: Option<Box<RawValue>>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

impl Client {
    /// For the bot with this token, at the public Bot API server or one of your own.
    ///
    /// # Errors
    /// If `api_url` is no address, or there is no way to speak TLS.
    pub fn new(api_url: &str, token: SecretString) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .pool_max_idle_per_host(64)
            .build()?;
        let base = http.get(api_url).build()?.url().clone();
        Ok(Self { http, base, token })
    }

    /// The address below the server's own, with the token behind `kind`.
    fn address(&self, kind: &str, rest: &str) -> reqwest::Url {
        let below = self.base.path().trim_end_matches('/');
        let token = self.token.expose_secret();
        let mut url = self.base.clone();
        url.set_path(&format!("{below}/{kind}{token}/{rest}"));
        url
    }

    /// Calls a method with a request body; returns the raw `result`.
    pub async fn call<T: Serialize>(
        &self,
        method: &str,
        request: &T,
    ) -> Result<Box<RawValue>, ClientError> {
        self.call_waiting(method, request, Duration::ZERO).await
    }

    /// The same for a call that the server may hold open for a while.
    pub async fn call_waiting<T: Serialize>(
        &self,
        method: &str,
        request: &T,
        wait: Duration,
    ) -> Result<Box<RawValue>, ClientError> {
        let url = self.address("bot", method);
        let sent = self
            .http
            .post(url)
            .timeout(CALL_TIMEOUT + wait)
            .json(request)
            .send()
            .await;
        let response = sent.map_err(not_answered)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| ClientError::Ambiguous)?;
        read_answer(status, &body)
    }
}

impl Client {
    /// Reads a file that the server named the path of, up to so many bytes.
    pub async fn download(&self, path: &str, most: u64) -> Result<Vec<u8>, FetchError> {
        let url = self.address("file/bot", path);
        let sent = self.http.get(url).timeout(CALL_TIMEOUT * 2).send().await;
        let mut response = sent.map_err(|_| FetchError::Transient("no answer".to_owned()))?;
        match response.status().as_u16() {
            200 => {}
            // The path has run out; asking again gives another one.
            code => return Err(FetchError::Transient(format!("the file gave error {code}"))),
        }
        let mut bytes = Vec::new();
        loop {
            let piece = response.chunk().await;
            let cut = |_| FetchError::Transient("the connection ended".to_owned());
            let Some(piece) = piece.map_err(cut)? else {
                return Ok(bytes);
            };
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > most {
                return Err(FetchError::TooLarge);
            }
        }
    }
}

fn read_answer(status: u16, body: &[u8]) -> Result<Box<RawValue>, ClientError> {
    let refusal = |code, description, retry_after| {
        ClientError::Api(ApiError {
            code,
            description,
            retry_after,
        })
    };
    match serde_json::from_slice::<Answer>(body) {
        Ok(Answer {
            ok: true,
            result: Some(result),
            ..
        }) => Ok(result),
        Ok(answer) => Err(refusal(
            answer.error_code.unwrap_or(status),
            answer.description.unwrap_or_default(),
            answer.parameters.and_then(|p| p.retry_after),
        )),
        // A proxy's error page. A success that cannot be read may still have been one.
        Err(_) if status >= 400 => Err(refusal(status, String::new(), None)),
        Err(_) => Err(ClientError::Ambiguous),
    }
}

fn not_answered(error: reqwest::Error) -> ClientError {
    if error.is_connect() {
        ClientError::NotTaken("no connection".to_owned())
    } else if error.is_builder() {
        ClientError::NotTaken("the address of the Bot API server is not valid".to_owned())
    } else {
        ClientError::Ambiguous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(result: Result<Box<RawValue>, ClientError>) -> ApiError {
        match result {
            Err(ClientError::Api(api)) => api,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    #[test]
    fn a_refusal_says_how_long_to_wait() {
        let body = br#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#;
        assert_eq!(
            api(read_answer(429, body)).retry_after(),
            Duration::from_secs(7)
        );
    }

    #[test]
    fn a_proxys_error_page_counts_by_its_status() {
        assert_eq!(api(read_answer(502, b"<html>bad gateway</html>")).code, 502);
    }

    #[test]
    fn an_unreadable_success_may_have_been_one() {
        assert!(matches!(
            read_answer(200, b"{"),
            Err(ClientError::Ambiguous)
        ));
    }

    #[test]
    fn debug_output_hides_the_token() {
        let client = Client::new("http://127.0.0.1:1", SecretString::from("12:secret")).unwrap();
        assert!(!format!("{client:?}").contains("secret"));
    }
}
