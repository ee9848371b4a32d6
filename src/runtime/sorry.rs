//! When a turn fails for good, the person is told: silence would be the worst answer.

use super::turn::take_sorry;
use super::turns::{After, divide, follow_up};
use super::work::Parts;
use crate::model::{Inbound, Lane};
use crate::store::turns::{Decide, TakeTurns};

/// Says that something went wrong and that a human will look at it.
pub(super) async fn tell(parts: &Parts, lane: &Lane, inbound: &Inbound) {
    let lease = parts.lease();
    let (scene, lane, inbound) = (parts.scene(lease.now), lane.clone(), inbound.clone());
    let lanes = vec![lane.clone()];
    let decide: Decide<Vec<After>> = Box::new(move |stored| {
        let taken = take_sorry(&scene.setting(), &lane, &inbound, stored.get(&lane))?;
        Ok(divide(vec![taken], vec![], None))
    });
    match parts
        .store
        .write(TakeTurns {
            lanes,
            decide,
            lease,
        })
        .await
    {
        Ok(after) => follow_up(parts, after),
        Err(error) => tracing::error!(%error, "the person could not be told of a fault"),
    }
}
