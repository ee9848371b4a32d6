//! What holds when several processes share one PostgreSQL server.

use super::{CHANNEL, accept, arrived, commit, lease, turn};
use crate::model::InboxId;
use crate::store::accept::{Accept, ClaimInbox, Lease};
use crate::store::outbox::ClaimOutbox;
use crate::store::sql::Sql;
use crate::store::testing::{World, on_both, on_postgres};
use crate::store::wake::FreeDeadClaims;
use crate::store::{StoreError, Write as _};

/// Updates of these lanes, in this order, which nobody works on any more.
async fn left_behind(world: &World, lanes: &[&str]) -> Vec<InboxId> {
    let rows: Vec<_> = lanes
        .iter()
        .enumerate()
        .map(|(n, lane)| arrived(world, &n.to_string(), lane))
        .collect();
    let ids = rows.iter().map(|row| row.id).collect();
    accept(world, "killed", rows).await;
    world.store.write(FreeDeadClaims).await.unwrap();
    ids
}

fn claim(worker: &str, limit: i64) -> ClaimInbox {
    let lease = lease(worker, 1);
    ClaimInbox { lease, limit }
}

/// What two processes get that claim at the same moment: the second one asks before the first commits.
async fn at_once(world: &World, limit: i64) -> [Vec<InboxId>; 2] {
    const BEGIN: Sql = Sql::both("BEGIN");
    const COMMIT: Sql = Sql::both("COMMIT");
    let both = world.store.read(async |tx| {
        tx.run(&BEGIN, vec![]).await?;
        let first = claim("first", limit).run(tx).await?;
        let second = world.store.write(claim("second", limit)).await?;
        tx.run(&COMMIT, vec![]).await?;
        Ok::<_, StoreError>([first, second])
    });
    both.await
        .unwrap()
        .map(|rows| rows.into_iter().map(|row| row.id).collect())
}

#[tokio::test]
async fn two_processes_that_claim_at_once_never_share_a_lane() {
    let world = on_postgres().await;
    let ids = left_behind(&world, &["a", "a", "b", "a", "c", "b"]).await;
    // More is open than one of them takes: the limit must not cut a lane in two.
    let [first, second] = at_once(&world, 2).await;
    assert_eq!(first, [ids[0], ids[1], ids[2], ids[3], ids[5]]);
    assert_eq!(second, [ids[4]]);
}

#[tokio::test]
async fn a_limit_counts_lanes_and_the_longest_wait_comes_first() {
    let world = on_postgres().await;
    let ids = left_behind(&world, &["b", "a", "b", "b"]).await;
    let claimed = world.store.write(claim("one", 1)).await.unwrap();
    let claimed: Vec<_> = claimed.iter().map(|row| row.id).collect();
    assert_eq!(claimed, [ids[0], ids[2], ids[3]]);
    let rest = world.store.write(claim("other", 9)).await.unwrap();
    assert_eq!(rest.len(), 1);
}

#[tokio::test]
async fn claims_of_a_process_that_is_there_stay_and_those_of_a_dead_one_are_free() {
    let world = on_postgres().await;
    let ear = world.store.listen("alive").await.unwrap();
    assert!(ear.is_some());
    let mut ids = Vec::new();
    for (worker, lane) in [("alive", "a"), ("killed", "b")] {
        let row = arrived(&world, lane, lane);
        ids.push(row.id);
        let accept = Accept {
            rows: vec![row],
            cursor: Some((CHANNEL, 7)),
            lease: lease(worker, 0),
        };
        assert_eq!(world.store.write(accept).await.unwrap().len(), 1);
    }
    world.store.write(FreeDeadClaims).await.unwrap();
    let claimed = world.store.write(claim("new", 9)).await.unwrap();
    let claimed: Vec<_> = claimed.iter().map(|row| row.id).collect();
    assert_eq!(claimed, [ids[1]]);
}

#[tokio::test]
async fn what_belongs_to_a_channel_is_left_to_a_process_that_serves_it() {
    on_both(async |world| {
        left_behind(&world, &["a"]).await;
        let first = vec![turn(&world, vec![], "b")];
        commit(&world, "w", first).await.unwrap();
        let serving = |channels: &str| Lease {
            channels: channels.into(),
            ..lease("new", 1)
        };
        for (channels, found) in [(" room ", 0), (" room telegram ", 1)] {
            let due = world.store.next_due(channels).await.unwrap();
            assert_eq!(due.is_some(), found == 1, "{channels}");
            let lease = serving(channels);
            let inbox = ClaimInbox { lease, limit: 9 };
            assert_eq!(world.store.write(inbox).await.unwrap().len(), found);
            let lease = serving(channels);
            let outbox = ClaimOutbox { lease, limit: 9 };
            assert_eq!(world.store.write(outbox).await.unwrap().len(), found);
        }
    })
    .await;
}
