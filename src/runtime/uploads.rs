//! Photos and files of the web room: no network holds them, a page has handed them in and the database keeps them until
//! they are fetched like those of any channel.

use crate::ports::{Fetch, FetchError};
use crate::store::Store;
use crate::store::attachments::ForgetUploads;
use async_trait::async_trait;

/// What pages of the room have handed in.
pub struct Uploads(pub Store);

#[async_trait]
impl Fetch for Uploads {
    async fn fetch(&self, reference: &str, most: u64) -> Result<Vec<u8>, FetchError> {
        let found = self.0.uploaded(reference).await;
        let found = found.map_err(|error| FetchError::Transient(error.to_string()))?;
        let bytes = found.ok_or_else(|| FetchError::Gone("it was kept too long".to_owned()))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(FetchError::TooLarge);
        }
        Ok(bytes)
    }

    async fn done(&self, reference: &str) {
        let forget = ForgetUploads::One(reference.to_owned());
        if let Err(error) = self.0.write(forget).await {
            tracing::warn!(%error, "an upload is kept longer than it is needed");
        }
    }
}
