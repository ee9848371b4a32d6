//! Long polling. The offset of a call confirms everything before it, so it is only ever the one that
//! was committed together with the updates.

use super::{ClientError, Telegram};
use crate::ports::{Poll, PollError, Polled, Raw};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::time::Duration;

/// How long Telegram holds a poll open when there is nothing new, in seconds.
const WAIT: u64 = 25;

#[derive(Serialize)]
struct GetUpdates<'a> {
    offset: i64,
    limit: u8,
    timeout: u64,
    allowed_updates: &'a [&'a str],
}

/// What lotse wants to hear of.
pub(super) const ALLOWED_UPDATES: [&str; 4] = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
];

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

#[async_trait]
impl Poll for Telegram {
    async fn poll(&self, cursor: i64) -> Result<Polled, PollError> {
        let request = GetUpdates {
            offset: cursor,
            limit: 100,
            timeout: WAIT,
            allowed_updates: &ALLOWED_UPDATES,
        };
        let answer = self
            .client()
            .call_waiting("getUpdates", &request, Duration::from_secs(WAIT))
            .await
            .map_err(poll_error)?;
        split(answer.get(), cursor)
            .map_err(|_| PollError::Transient("the answer is no list of updates".to_owned()))
    }
}

/// Cuts the answer into updates without reading more of them than their number.
fn split(answer: &str, cursor: i64) -> Result<Polled, serde_json::Error> {
    let raws: Vec<&RawValue> = serde_json::from_str(answer)?;
    // Telegram numbers anew after a quiet week, and so does another bot on the same data folder: only what
    // this answer holds says where it goes on.
    let mut next_cursor = None;
    let mut updates = Vec::with_capacity(raws.len());
    for raw in raws {
        let Numbered { update_id } = serde_json::from_str(raw.get())?;
        next_cursor = next_cursor.max(Some(update_id + 1));
        updates.push(Raw {
            provider_id: update_id.to_string(),
            bytes: raw.get().as_bytes().to_vec(),
        });
    }
    let next_cursor = next_cursor.unwrap_or(cursor);
    Ok(Polled {
        updates,
        next_cursor,
    })
}

fn poll_error(error: ClientError) -> PollError {
    match error {
        ClientError::NotTaken(what) => PollError::Transient(what),
        ClientError::Ambiguous => PollError::Transient("the connection ended".to_owned()),
        ClientError::Api(api) => match api.code {
            429 => PollError::RetryAfter(api.retry_after()),
            401 | 404 => PollError::Auth,
            409 => PollError::Conflict("Telegram says so (409)".to_owned()),
            code => PollError::Transient(format!("server error {code}")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_cursor_confirms_all_that_came_and_no_more() {
        let polled = split(r#"[{"update_id":7,"x":1},{"update_id":5}]"#, 5).unwrap();
        assert_eq!(polled.next_cursor, 8);
        assert_eq!(polled.updates[0].provider_id, "7");
        assert_eq!(polled.updates[0].bytes, br#"{"update_id":7,"x":1}"#);
    }

    #[test]
    fn numbers_that_begin_anew_are_followed() {
        let polled = split(r#"[{"update_id":117314199}]"#, 727_334_708).unwrap();
        assert_eq!(polled.next_cursor, 117_314_200);
    }

    #[test]
    fn an_empty_answer_moves_nothing() {
        assert_eq!(split("[]", 12).unwrap().next_cursor, 12);
    }
}
