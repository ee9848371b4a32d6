//! What the way of a message promises, on both databases.

use super::accept::{Accept, ClaimInbox, FailInbox, Lease, LetGo, NewInbox};
use super::desk::dead::What;
use super::desk_turn::{DeskWrite, NewCase};
use super::outbox::{ClaimOutbox, Outcome, Settle, Settlement};
use super::renew::RenewClaims;
use super::seal::PersonKey;
use super::sql::Sql;
use super::testing::{NOW, PILOT, World, on_both};
use super::timers::{ClaimTimers, EraseRest};
use super::turns::{Decide, Fresh, NewMessage, TakeTurns, TurnWrite, Turns};
use super::wake::FreeDeadClaims;
use super::{StoreError, db::args};
use crate::desk::visibility::Role;
use crate::model::{
    CaseId, CaseState, ChannelId, ConversationId, IdentityId, InboxId, Lane, Lang, Level, Message,
    MessageBody, MessageId, PersonId, TimerId, Timestamp,
};
use crate::ports::Ids;

mod alarms;
mod attachments;
mod cases;
mod corrections;
mod passages;
mod processes;

const CHANNEL: ChannelId = ChannelId("telegram");
const STATEMENTS: &[(&str, &[&Sql])] = &[
    ("accept", super::accept::ALL),
    ("turns", super::turns::ALL),
    ("desk_turn", super::desk_turn::ALL),
    ("outbox", super::outbox::ALL),
    ("timers", super::timers::ALL),
    ("look", super::look::ALL),
    ("alarms", super::alarms::ALL),
    ("attachments", super::attachments::ALL),
    ("states", super::states::ALL),
    ("world", super::world::ALL),
    ("meta", super::meta::ALL),
    ("passages", super::passages::ALL),
    ("wake", super::wake::ALL),
    ("renew", super::renew::ALL),
    ("published", super::published::ALL),
];

#[tokio::test]
async fn every_statement_of_the_message_way_can_be_prepared() {
    on_both(async |world: World| {
        world.prepares(STATEMENTS).await;
    })
    .await;
}

fn lease(worker: &str, at: i64) -> Lease {
    let now = Timestamp(NOW.0 + at);
    Lease {
        worker: worker.into(),
        channels: " telegram room ".into(),
        now,
        until: now.plus_seconds(60),
    }
}

fn arrived(world: &World, provider_id: &str, lane: &str) -> NewInbox {
    NewInbox {
        id: InboxId(world.ids.uuid()),
        channel: CHANNEL,
        provider_id: provider_id.into(),
        lane: Ok(Lane(lane.into())),
        raw: b"sealed".to_vec(),
    }
}

async fn accept(world: &World, worker: &str, rows: Vec<NewInbox>) -> usize {
    let accept = Accept {
        rows,
        cursor: Some((CHANNEL, 7)),
        lease: lease(worker, 0),
    };
    world.store.write(accept).await.unwrap().len()
}

/// A first turn of a lane: says one thing to the person.
fn turn(world: &World, inbox: Vec<InboxId>, lane: &str) -> TurnWrite {
    let (person, identity) = (PersonId(world.ids.uuid()), IdentityId(world.ids.uuid()));
    let conversation = ConversationId(world.ids.uuid());
    let key = key();
    TurnWrite {
        inbox,
        timers: vec![],
        lane: Lane(lane.into()),
        channel: CHANNEL,
        conversation,
        person,
        identity,
        fresh: Some(Fresh {
            key: world.store.key().wrap(person, &key).unwrap(),
            address: key.seal(&format!("address {identity}"), b"4711").unwrap(),
        }),
        version: 0,
        state: vec![1],
        lang: Some(Lang::new("ar")),
        next_seq: 2,
        asked_seq: 1,
        arrived_seq: None,
        messages: vec![said(world, 1, "Guten Tag")],
        send_now: false,
        desk: vec![],
        reachable: None,
    }
}

fn key() -> PersonKey {
    PersonKey::new([3; 32])
}

fn said(world: &World, seq: i64, text: &str) -> NewMessage {
    let id = MessageId(world.ids.uuid());
    let message = Message {
        key: "a/b".into(),
        text: text.into(),
        choices: vec![],
        takes: None,
        lang: Lang::new("de"),
    };
    let body = serde_json::to_vec(&MessageBody::Out(message)).unwrap();
    NewMessage {
        id,
        seq,
        out: true,
        case: None,
        client_id: None,
        body: key().seal(&format!("messages {id}"), &body).unwrap(),
        content: None,
    }
}

async fn commit(world: &World, worker: &str, turns: Vec<TurnWrite>) -> Result<(), StoreError> {
    commit_with(world, worker, turns, vec![]).await
}

async fn commit_with(
    world: &World,
    worker: &str,
    turns: Vec<TurnWrite>,
    settled: Vec<Settlement>,
) -> Result<(), StoreError> {
    let lanes = turns.iter().map(|t| t.lane.clone()).collect();
    let decide: Decide<()> = Box::new(move |_| {
        let turns = turns.clone();
        Ok((
            Turns {
                turns,
                ..Turns::default()
            },
            (),
        ))
    });
    world
        .store
        .write(TakeTurns {
            lanes,
            decide,
            lease: lease(worker, 0),
            settled,
        })
        .await
}

async fn load(world: &World, lane: &str) -> super::turns::StoredConversation {
    let lane = Lane(lane.into());
    world
        .store
        .load_turns(std::slice::from_ref(&lane))
        .await
        .unwrap()
        .remove(&lane)
        .unwrap()
}

/// The texts that a worker gets to send at a moment.
async fn due(world: &World, worker: &str, at: i64) -> Vec<(MessageId, String)> {
    let claim = ClaimOutbox {
        lease: lease(worker, at),
        limit: 10,
    };
    let ids = world.store.write(claim).await.unwrap();
    let (outgoing, broken) = world.store.outgoing(&ids).await.unwrap();
    assert!(broken.is_empty());
    outgoing
        .into_iter()
        .map(|o| (o.id, o.message.text))
        .collect()
}

fn ended(id: MessageId, outcome: Outcome) -> Settlement {
    let parts_sent = 1;
    Settlement {
        id,
        outcome,
        parts_sent,
    }
}

async fn settle(world: &World, worker: &str, id: MessageId, outcome: Outcome) {
    let settle = Settle {
        settlements: vec![ended(id, outcome)],
        lease: lease(worker, 0),
    };
    world.store.write(settle).await.unwrap();
}

#[tokio::test]
async fn an_update_that_comes_twice_counts_once_and_the_cursor_is_kept() {
    on_both(async |world| {
        assert_eq!(
            accept(&world, "w", vec![arrived(&world, "1", "a")]).await,
            1
        );
        let again = vec![arrived(&world, "1", "a"), arrived(&world, "2", "a")];
        assert_eq!(accept(&world, "w", again).await, 1);
        assert_eq!(world.store.cursor(CHANNEL).await.unwrap(), Some(7));
        assert_eq!(world.store.depth().await.unwrap().inbox, 2);
    })
    .await;
}

#[tokio::test]
async fn one_process_at_a_time_works_on_a_conversation() {
    on_both(async |world| {
        accept(&world, "first", vec![arrived(&world, "1", "a")]).await;
        // The second update of the same person waits for whoever has the first one.
        assert_eq!(
            accept(&world, "second", vec![arrived(&world, "2", "a")]).await,
            0
        );
        let claim = |at| ClaimInbox {
            lease: lease("second", at),
            limit: 10,
        };
        assert!(world.store.write(claim(1_000)).await.unwrap().is_empty());
        // The first process has died; its lease ends.
        let claimed = world.store.write(claim(61_000)).await.unwrap();
        let attempts: Vec<_> = claimed.iter().map(|c| c.attempts).collect();
        assert_eq!(attempts, [2, 2]);
    })
    .await;
}

#[tokio::test]
async fn after_a_restart_of_the_only_process_everything_open_is_free_at_once() {
    on_both(async |world| {
        accept(&world, "killed", vec![arrived(&world, "1", "a")]).await;
        world.store.write(FreeDeadClaims).await.unwrap();
        let claim = ClaimInbox {
            lease: lease("new", 1),
            limit: 10,
        };
        assert_eq!(world.store.write(claim).await.unwrap()[0].raw, b"sealed");
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_the_lease_cannot_commit() {
    on_both(async |world| {
        let row = arrived(&world, "1", "a");
        let inbox = vec![row.id];
        accept(&world, "slow", vec![row]).await;
        let claim = ClaimInbox {
            lease: lease("fast", 61_000),
            limit: 10,
        };
        world.store.write(claim).await.unwrap();
        let late = commit(&world, "slow", vec![turn(&world, inbox.clone(), "a")]).await;
        assert!(matches!(late, Err(StoreError::Conflict)));
        commit(&world, "fast", vec![turn(&world, inbox, "a")])
            .await
            .unwrap();
        let claim = ClaimOutbox {
            lease: lease("x", 1),
            limit: 10,
        };
        assert_eq!(world.store.write(claim).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_turn_computed_from_an_old_state_is_refused_and_changes_nothing() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let stored = load(&world, "a").await;
        let next = || next_turn(&world, &stored, "a");
        commit(&world, "w", vec![next()]).await.unwrap();
        let overtaken = commit(&world, "w", vec![next()]).await;
        assert!(matches!(overtaken, Err(StoreError::Conflict)));
        let stored = load(&world, "a").await;
        assert_eq!(
            (stored.version, stored.next_seq, stored.undelivered.len()),
            (2, 3, 2)
        );
    })
    .await;
}

#[tokio::test]
async fn one_conflict_among_several_turns_commits_none_of_them() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        // "a" exists by now, so beginning it again is a conflict; "b" must not be half there.
        let both = vec![turn(&world, vec![], "b"), turn(&world, vec![], "a")];
        assert!(matches!(
            commit(&world, "w", both).await,
            Err(StoreError::Conflict)
        ));
        let b = Lane("b".into());
        assert!(
            world
                .store
                .load_turns(std::slice::from_ref(&b))
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

/// The next turn of a stored conversation, which says one more thing.
fn next_turn(world: &World, stored: &super::turns::StoredConversation, lane: &str) -> TurnWrite {
    TurnWrite {
        conversation: stored.id,
        person: stored.person,
        identity: stored.identity,
        fresh: None,
        version: stored.version,
        next_seq: stored.next_seq + 1,
        messages: vec![said(world, stored.next_seq, "next")],
        ..turn(world, vec![], lane)
    }
}

#[tokio::test]
async fn a_turn_takes_along_how_sending_ended_and_loses_it_with_the_turn() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let sent = due(&world, "w", 1).await[0].0;
        let stored = load(&world, "a").await;
        let next = next_turn(&world, &stored, "a");
        let too_late = TurnWrite {
            version: stored.version - 1,
            ..next.clone()
        };
        let settled = vec![ended(sent, Outcome::Sent)];
        let refused = commit_with(&world, "w", vec![too_late], settled.clone()).await;
        assert!(matches!(refused, Err(StoreError::Conflict)));
        assert_eq!(load(&world, "a").await.undelivered.len(), 1);
        commit_with(&world, "w", vec![next], settled).await.unwrap();
        let waits = load(&world, "a").await.undelivered;
        assert_eq!(waits.iter().map(|(_, seq)| *seq).collect::<Vec<_>>(), [2]);
    })
    .await;
}

#[tokio::test]
async fn what_was_answered_by_its_button_has_arrived_and_is_not_sent_again() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        // Sent, perhaps; then the process died before it could write that down.
        assert_eq!(due(&world, "w", 1).await.len(), 1);
        world.store.write(FreeDeadClaims).await.unwrap();
        let stored = load(&world, "a").await;
        let pressed = TurnWrite {
            arrived_seq: Some(stored.asked_seq),
            ..next_turn(&world, &stored, "a")
        };
        commit(&world, "v", vec![pressed]).await.unwrap();
        let texts: Vec<_> = due(&world, "v", 2).await.into_iter().map(|d| d.1).collect();
        assert_eq!(texts, ["next"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_uncertain_waits_while_an_update_of_the_same_person_is_unread() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        assert_eq!(due(&world, "w", 1).await.len(), 1);
        world.store.write(FreeDeadClaims).await.unwrap();
        let unread = arrived(&world, "9", "a");
        let id = unread.id;
        accept(&world, "v", vec![unread]).await;
        assert!(due(&world, "v", 2).await.is_empty());
        // It was no answer: now it is sent once more.
        let stored = load(&world, "a").await;
        let other = TurnWrite {
            inbox: vec![id],
            ..next_turn(&world, &stored, "a")
        };
        commit(&world, "v", vec![other]).await.unwrap();
        assert_eq!(due(&world, "v", 3).await[0].1, "Guten Tag");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_the_reason_and_nobody_takes_it_for_work() {
    on_both(async |world| {
        let unreadable = NewInbox {
            lane: Err("not an update, at column 7".to_owned()),
            ..arrived(&world, "9", "a")
        };
        let id = unreadable.id;
        accept(&world, "w", vec![unreadable, arrived(&world, "10", "a")]).await;
        let boss = world.counsellor("Boss", PILOT, Role::Supervisor).await;
        let faults = world.store.faults(&boss.viewer).await.unwrap();
        let [fault] = &faults[..] else {
            panic!("{faults:?}")
        };
        assert_eq!(fault.what, What::Update(id));
        assert_eq!(fault.fault, "not an update, at column 7");
        let claim = ClaimInbox {
            lease: lease("v", 61_000),
            limit: 10,
        };
        let open = world.store.write(claim).await.unwrap();
        assert_eq!(open.len(), 1, "the other one");
    })
    .await;
}

#[tokio::test]
async fn what_is_still_worked_on_stays_claimed_and_what_was_let_go_does_not() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let sending = due(&world, "w", 1).await[0].0;
        let (kept, free) = (arrived(&world, "1", "b"), arrived(&world, "2", "c"));
        let let_go = LetGo {
            worker: "w".into(),
            ids: Some(vec![free.id]),
        };
        accept(&world, "w", vec![kept, free]).await;
        world.store.write(let_go).await.unwrap();
        let late = lease("w", 0).until.0 - NOW.0 + 1000;
        let renew = RenewClaims {
            lease: lease("w", late),
            messages: vec![sending],
            since: NOW,
        };
        world.store.write(renew).await.unwrap();
        assert!(due(&world, "other", late).await.is_empty());
        let claim = ClaimInbox {
            lease: lease("other", late),
            limit: 10,
        };
        let claimed = world.store.write(claim).await.unwrap();
        let lanes: Vec<_> = claimed.into_iter().filter_map(|c| c.lane).collect();
        assert_eq!(lanes, [Lane("c".into())]);
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_conversation_go_out_in_order_one_at_a_time() {
    on_both(async |world| {
        let mut two = turn(&world, vec![], "a");
        two.messages.push(said(&world, 2, "second"));
        two.next_seq = 3;
        commit(&world, "w", vec![two]).await.unwrap();
        let first = due(&world, "w", 1).await;
        assert_eq!(first[0].1, "Guten Tag");
        assert!(due(&world, "other", 1).await.is_empty());
        settle(&world, "w", first[0].0, Outcome::Sent).await;
        assert_eq!(due(&world, "w", 2).await[0].1, "second");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_being_sent_when_the_process_died_is_sent_once_more_and_marked() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let (id, _) = due(&world, "killed", 1).await.remove(0);
        let again = due(&world, "new", 62_000).await;
        assert_eq!(again[0].0, id);
        const FAULT: Sql = Sql::both("SELECT fault FROM messages WHERE id = $1");
        let row = world
            .store
            .read(async |tx| tx.first(&FAULT, args![id]).await)
            .await;
        assert_eq!(row.unwrap().unwrap().text(0).unwrap(), "uncertain");
        // The dead process's late word does not count any more.
        settle(
            &world,
            "killed",
            id,
            Outcome::Failed {
                fault: "x".into(),
                gone: true,
            },
        )
        .await;
        assert_eq!(world.store.depth().await.unwrap().failed, 0);
    })
    .await;
}

#[tokio::test]
async fn a_pause_that_the_network_asks_for_is_kept_over_a_restart() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let (id, _) = due(&world, "w", 1).await.remove(0);
        let not_before = NOW.plus_seconds(30);
        settle(
            &world,
            "w",
            id,
            Outcome::Retry {
                not_before,
                fault: "busy".into(),
            },
        )
        .await;
        assert_eq!(
            world.store.next_due(" telegram ").await.unwrap(),
            Some(not_before)
        );
        world.store.write(FreeDeadClaims).await.unwrap();
        assert!(due(&world, "new", 29_000).await.is_empty());
        assert_eq!(due(&world, "new", 31_000).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_is_marked_and_the_message_is_shown_as_failed() {
    on_both(async |world| {
        commit(&world, "w", vec![turn(&world, vec![], "a")])
            .await
            .unwrap();
        let (id, _) = due(&world, "w", 1).await.remove(0);
        settle(
            &world,
            "w",
            id,
            Outcome::Failed {
                fault: "blocked".into(),
                gone: true,
            },
        )
        .await;
        assert!(!load(&world, "a").await.reachable);
        assert_eq!(world.store.depth().await.unwrap().failed, 1);
    })
    .await;
}

#[tokio::test]
async fn a_dead_letter_keeps_its_bytes_for_replay() {
    on_both(async |world| {
        let row = arrived(&world, "1", "a");
        let id = row.id;
        accept(&world, "w", vec![row]).await;
        let fail = FailInbox {
            id,
            state: "dead",
            fault: "x".into(),
            worker: "w".into(),
        };
        world.store.write(fail).await.unwrap();
        let depth = world.store.depth().await.unwrap();
        assert_eq!((depth.inbox, depth.dead), (0, 1));
        const RAW: Sql = Sql::both("SELECT raw FROM inbox WHERE id = $1");
        let row = world
            .store
            .read(async |tx| tx.first(&RAW, args![id]).await)
            .await;
        assert_eq!(row.unwrap().unwrap().blob(0).unwrap(), b"sealed");
    })
    .await;
}
