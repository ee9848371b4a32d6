//! Fetching what a person sent: `getFile` names a path, and below `/file` it can be read.
//!
//! Source: <https://core.telegram.org/bots/api#getfile>: at most 20 MB; the path holds for an hour, the file's id for
//! good.

use super::{ClientError, Telegram};
use crate::ports::{Fetch, FetchError};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct GetFile<'a> {
    file_id: &'a str,
}

#[derive(Deserialize)]
struct File {
    file_path: Option<String>,
    file_size: Option<u64>,
}

#[async_trait]
impl Fetch for Telegram {
    async fn fetch(&self, reference: &str, most: u64) -> Result<Vec<u8>, FetchError> {
        let request = GetFile { file_id: reference };
        let answer = self.client().call("getFile", &request).await;
        let answer = answer.map_err(trouble)?;
        let file: File = serde_json::from_str(answer.get())
            .map_err(|_| FetchError::Transient("getFile's answer cannot be read".to_owned()))?;
        if file.file_size.is_some_and(|size| size > most) {
            return Err(FetchError::TooLarge);
        }
        let path = file
            .file_path
            .ok_or_else(|| FetchError::Gone("getFile names no path".to_owned()))?;
        self.client().download(&path, most).await
    }
}

/// What to do about a call that failed, by the API's error code.
fn trouble(error: ClientError) -> FetchError {
    match error {
        ClientError::NotTaken(what) => FetchError::Transient(what),
        ClientError::Ambiguous => FetchError::Transient("the connection ended".to_owned()),
        ClientError::Api(api) if api.description.contains("too big") => FetchError::TooLarge,
        ClientError::Api(api) => match api.code {
            429 => FetchError::RetryAfter(api.retry_after()),
            400 => FetchError::Gone("error 400".to_owned()),
            // A token that is refused is mended by an operator, and then the file is still there.
            code => FetchError::Transient(format!("error {code}")),
        },
    }
}
