//! What the bot did, call by call, and the counters that tests assert on.

use serde_json::{Map, Value};

/// One call of the bot, in the order of arrival.
#[derive(Debug, Clone)]
pub struct Call {
    /// Counts up from 0 over the whole life of the simulator.
    pub number: usize,
    /// The method as Telegram's documentation writes it, whatever the bot wrote.
    pub method: String,
    /// The chat it is about, where it names one.
    pub chat_id: Option<i64>,
    /// All parameters as they came.
    pub params: Map<String, Value>,
    /// `None` while it is under way, or when the bot hung up.
    pub outcome: Option<Outcome>,
}

impl Call {
    /// A parameter as text, or empty.
    pub fn text(&self, name: &str) -> &str {
        self.params
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered with this HTTP status.
    Answered(u16),
    /// The connection was dropped and nothing was done.
    LostBefore,
    /// The call was carried out and the connection was dropped.
    LostAfter,
}

/// Numbers over the whole life of the simulator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages with the same text and buttons as the one before, with nothing from a person in between.
    pub repeated_messages: u64,
    /// Updates that the bot got more than once (by polling or by webhook).
    pub repeated_updates: u64,
    /// Answers to callback queries that were answered already or never existed.
    pub refused_callback_answers: u64,
    /// Sends and edits in a chat before the `retry_after` of an earlier 429 was over.
    pub early_retries: u64,
    /// `getUpdates` calls that ended with 409.
    pub poll_conflicts: u64,
    /// Webhook deliveries that the bot took.
    pub webhook_deliveries: u64,
    /// Webhook deliveries that failed and are tried again.
    pub webhook_failures: u64,
    /// Calls with a wrong token.
    pub unauthorized: u64,
}

#[derive(Debug, Default)]
pub(super) struct Record {
    pub calls: Vec<Call>,
    pub counters: Counters,
}

impl Record {
    /// Notes the arrival of a call and gives its number.
    pub fn arrived(
        &mut self,
        method: &str,
        chat_id: Option<i64>,
        params: Map<String, Value>,
    ) -> usize {
        let number = self.calls.len();
        self.calls.push(Call {
            number,
            method: method.to_owned(),
            chat_id,
            params,
            outcome: None,
        });
        number
    }

    pub fn ended(&mut self, number: usize, outcome: Outcome) {
        self.calls[number].outcome = Some(outcome);
    }
}
