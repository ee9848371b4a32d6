//! Photos and files: wanted with a turn, fetched by one process at a time, gone with the person.

use super::*;
use crate::model::AttachmentId;
use crate::store::attachments::{
    ClaimWanted, EndFetch, FetchEnd, ForgetUploads, LOST, MediaWrite, Wanted, reference_purpose,
    seal,
};

fn want(world: &World) -> (AttachmentId, DeskWrite) {
    let id = AttachmentId(world.ids.uuid());
    let reference = key().seal(&reference_purpose(id), b"file-1").unwrap();
    let write = MediaWrite::Want {
        id,
        case: None,
        reference,
    };
    (id, DeskWrite::Media(write))
}

async fn claim(world: &World, worker: &str, at: i64) -> Vec<Wanted> {
    let claim = ClaimWanted {
        store: world.store.clone(),
        lease: lease(worker, at),
        limit: 5,
    };
    world.store.write(claim).await.unwrap()
}

async fn end(world: &World, worker: &str, id: AttachmentId, end: FetchEnd) {
    let end = EndFetch {
        id,
        worker: worker.into(),
        now: NOW,
        end,
    };
    world.store.write(end).await.unwrap();
}

fn stored(id: AttachmentId, content: &[u8]) -> FetchEnd {
    FetchEnd::Stored {
        body: seal(&key(), id, content).unwrap(),
        mime: "image/jpeg",
        size: content.len(),
    }
}

/// Everything of a table's column that says how far its rows are.
async fn states(world: &World) -> Vec<String> {
    const STATES: Sql = Sql::both("SELECT state FROM attachments ORDER BY id");
    let rows = world.store.read(async |tx| tx.all(&STATES, args![]).await);
    let rows = rows.await.unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

#[tokio::test]
async fn what_is_wanted_is_fetched_by_one_process_and_by_another_when_that_died() {
    on_both(async |world| {
        let (id, write) = want(&world);
        let mut first = turn(&world, vec![], "a");
        first.desk.push(write);
        commit(&world, "w", vec![first]).await.unwrap();
        assert!(
            world
                .store
                .wants_attachments(lease("w", 0).now)
                .await
                .unwrap()
        );
        let wanted = claim(&world, "died", 0).await;
        assert_eq!((wanted[0].id, wanted[0].reference.as_str()), (id, "file-1"));
        assert!(
            claim(&world, "other", 1_000).await.is_empty(),
            "it is claimed"
        );
        let again = claim(&world, "other", 61_000).await;
        assert_eq!((again.len(), again[0].attempts), (1, 2));
        // Who was too slow stores nothing.
        end(&world, "died", id, stored(id, b"late")).await;
        assert_eq!(states(&world).await, ["wanted"]);
        end(&world, "other", id, stored(id, b"picture")).await;
        assert_eq!(states(&world).await, ["stored"]);
        assert!(claim(&world, "w", 200_000).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_given_up_is_told_by_a_timer_and_a_pause_is_kept() {
    on_both(async |world| {
        let (id, write) = want(&world);
        let mut first = turn(&world, vec![], "a");
        let conversation = first.conversation;
        first.desk.push(write);
        commit(&world, "w", vec![first]).await.unwrap();
        claim(&world, "w", 0).await;
        let later = FetchEnd::Later {
            not_before: NOW.plus_seconds(30),
            fault: "away".into(),
        };
        end(&world, "w", id, later).await;
        assert!(claim(&world, "w", 29_000).await.is_empty());
        assert_eq!(claim(&world, "w", 31_000).await.len(), 1);
        let fault = "gone".to_owned();
        end(&world, "w", id, FetchEnd::Failed { fault }).await;
        assert_eq!(states(&world).await, ["failed"]);
        let timers = ClaimTimers {
            lease: lease("w", 1_000),
            limit: 5,
        };
        let timer = world.store.write(timers).await.unwrap().remove(0);
        assert_eq!((timer.kind.as_str(), timer.id), (LOST, TimerId(id.0)));
        assert_eq!(timer.conversation, Some(conversation));
    })
    .await;
}

#[tokio::test]
async fn what_was_passed_on_stays_with_its_case_and_the_rest_can_be_taken_back() {
    on_both(async |world| {
        let ((kept, want_one), (dropped, want_other)) = (want(&world), want(&world));
        let case = CaseId(world.ids.uuid());
        let pass_on = MediaWrite::PassOn { id: kept, case };
        let mut first = turn(&world, vec![], "a");
        first.desk = vec![want_one, want_other, DeskWrite::Media(pass_on)];
        for id in [kept, dropped] {
            let discard = MediaWrite::Discard { id };
            first.desk.push(DeskWrite::Media(discard));
        }
        commit(&world, "w", vec![first]).await.unwrap();
        let left = claim(&world, "w", 0).await;
        assert_eq!(left.iter().map(|w| w.id).collect::<Vec<_>>(), [kept]);
    })
    .await;
}

#[tokio::test]
async fn erasing_a_person_takes_what_they_sent_and_what_they_handed_in() {
    on_both(async |world| {
        let (_, write) = want(&world);
        let mut first = turn(&world, vec![], "a");
        let (person, identity) = (first.person, first.identity);
        first.desk.push(write);
        commit(&world, "w", vec![first]).await.unwrap();
        for (id, lane) in [("mine", "a"), ("other", "b")] {
            let lane = Lane(lane.into());
            for content in [&b"bytes"[..], b"other bytes, and too late"] {
                let kept = world
                    .store
                    .keep_upload(id.into(), lane.clone(), content, NOW);
                kept.await.unwrap();
            }
        }
        let kept = load(&world, "a").await;
        let mut last = turn(&world, vec![], "a");
        (last.conversation, last.person, last.identity) = (kept.id, person, identity);
        (last.fresh, last.version, last.next_seq) = (None, kept.version, 3);
        last.messages = vec![];
        last.desk = vec![DeskWrite::Erase {
            key: world.store.key().wrap(person, &key()).unwrap(),
            address: vec![1],
            timer: TimerId(world.ids.uuid()),
            due: NOW.plus_seconds(600),
        }];
        commit(&world, "w", vec![last]).await.unwrap();
        assert!(states(&world).await.is_empty());
        assert_eq!(world.store.uploaded("mine").await.unwrap(), None);
        let other = world.store.uploaded("other").await.unwrap();
        assert_eq!(other.as_deref(), Some(&b"bytes"[..]));
        let old = ForgetUploads::Before(NOW.plus_seconds(1));
        world.store.write(old).await.unwrap();
        assert_eq!(world.store.uploaded("other").await.unwrap(), None);
    })
    .await;
}
