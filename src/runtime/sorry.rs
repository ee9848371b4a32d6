//! When a turn fails for good, the person is told: silence would be the worst answer.

use super::turn::{Setting, take_sorry};
use super::turns::commit;
use super::work::Parts;
use crate::model::{Inbound, Lane};

/// Says that something went wrong and that a human will look at it.
pub(super) async fn tell(parts: &Parts, lane: &Lane, inbound: &Inbound) {
    let stored = match parts.store.load_turns(std::slice::from_ref(lane)).await {
        Ok(stored) => stored,
        Err(error) => return tracing::error!(%error, "the person could not be told of a fault"),
    };
    let taken = {
        let (content, world) = (parts.content.load(), parts.world.load());
        let setting = Setting {
            content: &content,
            world: &world,
            ids: parts.ids.as_ref(),
            key: parts.store.key(),
            now: parts.now(),
        };
        take_sorry(&setting, lane, inbound, stored.get(lane))
    };
    let told = match taken {
        Ok(taken) => commit(parts, vec![taken], None).await,
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        tracing::error!(%error, "the person could not be told of a fault");
    }
}
