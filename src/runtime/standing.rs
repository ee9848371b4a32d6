//! How many people stand at each step, for whoever wants to change it.

use crate::engine::lint::Standing;
use crate::engine::{FlowState, Position};
use crate::store::seal::SealBroken;
use crate::store::{Store, StoreError};
use std::collections::HashMap;

/// Why nobody could be counted.
#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A state cannot be opened with this key.
    #[error("the state of a conversation cannot be opened: {0}")]
    Sealed(#[from] SealBroken),
    /// A state cannot be read.
    #[error("the state of a conversation cannot be read")]
    Shape,
}

/// Conversations at a time: their states are opened one after the other, so that few are in memory.
const PAGE: i64 = 1000;

/// Counts the questions that wait for an answer, and the flows that are to be come back to. Who waits is not told.
///
/// # Errors
/// If the database fails or the key is another one.
pub async fn count(store: &Store) -> Result<Vec<Standing>, StandingError> {
    let mut counts: HashMap<(String, String, String), usize> = HashMap::new();
    let mut after = String::new();
    loop {
        let page = store.sealed_states(&after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.conversation.to_string();
        for one in &page {
            let key = store.key().unwrap_key(one.person, &one.key)?;
            let state = key.open(&format!("state {}", one.conversation), &one.state)?;
            let state: FlowState =
                serde_json::from_slice(&state).map_err(|_| StandingError::Shape)?;
            if let Some(Position { flow, step, ask }) = state.at {
                *counts.entry((flow, step, ask)).or_default() += 1;
            }
        }
    }
    let mut all: Vec<Standing> = counts
        .into_iter()
        .map(|((flow, step, ask), people)| Standing {
            at: Position { flow, step, ask },
            people,
        })
        .collect();
    all.sort_by(|a, b| (&a.at.flow, &a.at.step).cmp(&(&b.at.flow, &b.at.step)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{Waiting, on_both};

    #[tokio::test]
    async fn everybody_at_a_question_is_counted_and_nobody_named() {
        on_both(async |world| {
            assert_eq!(count(&world.store).await.unwrap(), []);
            for _ in 0..3 {
                world.waiting(Waiting::default()).await;
            }
            let at = Position {
                flow: "work".into(),
                step: "status".into(),
                ask: "choice".into(),
            };
            assert_eq!(
                count(&world.store).await.unwrap(),
                [Standing { at, people: 3 }]
            );
        })
        .await;
    }
}
