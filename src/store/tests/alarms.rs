//! Alarms: raised with the case, called out, repeated, seen, over.

use super::*;
use crate::desk::visibility::Role;
use crate::store::alarms::{AlarmCall, ClaimAlarmCalls, RemindAlarms, SettleAlarmCall};
use crate::store::desk::By;
use crate::store::look::LookWrite;
use crate::store::testing::{ELSEWHERE, PROJECT};
use std::time::Duration;

const MINUTE: i64 = 60;

fn opens(world: &World, level: Level) -> (CaseId, DeskWrite) {
    let id = CaseId(world.ids.uuid());
    let case = NewCase {
        id,
        number: crate::desk::number::of(id.0),
        topic: "emergency".into(),
        reason: "violence".into(),
        lang: "ar".into(),
        level,
        kreis: Some(crate::store::testing::KREIS.into()),
        land: None,
        organisation: PROJECT,
        route: "kreis",
        state: CaseState::Triage,
        summary: None,
        trigger: None,
    };
    (id, DeskWrite::Open(case))
}

async fn opened(world: &World, lane: &str, level: Level) -> CaseId {
    let (id, write) = opens(world, level);
    let mut turn = turn(world, vec![], lane);
    turn.desk.push(write);
    commit(world, "w", vec![turn]).await.unwrap();
    id
}

async fn due(world: &World, worker: &str, seconds: i64) -> Vec<AlarmCall> {
    let lease = lease(worker, seconds * 1000);
    world.store.write(ClaimAlarmCalls { lease }).await.unwrap()
}

async fn settle(world: &World, worker: &str, call: &AlarmCall, again: Option<i64>) {
    let settle = SettleAlarmCall {
        case: call.case,
        number: call.number,
        worker: worker.into(),
        again: again.map(|s| (NOW.plus_seconds(s), "answered 500".to_owned())),
    };
    world.store.write(settle).await.unwrap();
}

async fn remind(world: &World, seconds: i64) -> Vec<CaseId> {
    let (now, pause) = (NOW.plus_seconds(seconds), Duration::from_secs(300));
    let remind = RemindAlarms {
        now,
        pause,
        calls: true,
    };
    let (expected, _) = world.store.alarms_due(now, pause).await.unwrap();
    let reminded = world.store.write(remind).await.unwrap();
    assert!(
        expected || reminded.is_empty(),
        "it was not seen that one is due"
    );
    reminded
}

async fn shown(world: &World, by: &By) -> Vec<CaseId> {
    let open = world.store.open_alarms(&by.viewer).await.unwrap();
    open.iter().map(|a| a.offer.id).collect()
}

#[tokio::test]
async fn a_case_of_somebody_in_danger_raises_an_alarm_with_its_turn_and_others_do_not() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        opened(&world, "a", Level::Urgent).await;
        assert_eq!(
            (due(&world, "w", 1).await, shown(&world, &anna).await),
            (vec![], vec![])
        );
        let case = opened(&world, "b", Level::Immediate).await;
        assert_eq!(shown(&world, &anna).await, [case]);
        let calls = due(&world, "w", 1).await;
        let [call] = calls.as_slice() else {
            panic!("{calls:?}")
        };
        assert_eq!((call.case, call.reminder, call.attempts), (case, 0, 1));
        assert_eq!(call.organisation, "Local project");
        assert_eq!(call.fallback.as_deref(), Some("Online pilot"));
        // Nobody else makes it meanwhile; and once it was taken nobody does again.
        assert_eq!(due(&world, "other", 2).await, []);
        settle(&world, "w", call, None).await;
        assert_eq!(due(&world, "other", 3600).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_case_that_becomes_more_pressing_raises_an_alarm_too() {
    on_both(async |world: World| {
        let case = opened(&world, "a", Level::Urgent).await;
        let stored = load(&world, "a").await;
        let mut later = turn(&world, vec![], "a");
        (later.conversation, later.person, later.identity) =
            (stored.id, stored.person, stored.identity);
        (later.fresh, later.version, later.next_seq) = (None, stored.version, 3);
        later.messages = vec![];
        later.desk = vec![DeskWrite::Look(LookWrite::Raise {
            case,
            level: Level::Immediate,
            reason: None,
        })];
        commit(&world, "w", vec![later]).await.unwrap();
        assert_eq!(due(&world, "w", 1).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_call_that_was_not_taken_or_not_finished_is_made_again() {
    on_both(async |world: World| {
        opened(&world, "a", Level::Immediate).await;
        let call = due(&world, "w", 1).await.remove(0);
        settle(&world, "w", &call, Some(10)).await;
        assert_eq!(due(&world, "w", 5).await, []);
        let again = due(&world, "w", 11).await.remove(0);
        assert_eq!((again.number, again.attempts), (call.number, 2));
        // The process ends here; another one takes over when the lease has ended.
        assert_eq!(due(&world, "other", 30).await, []);
        let again = due(&world, "other", 11 + 61).await.remove(0);
        // The first one is not dead after all, but has no say any more.
        settle(&world, "w", &again, None).await;
        settle(&world, "other", &again, Some(80)).await;
        assert_eq!(due(&world, "third", 81).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_alarm_is_over_when_somebody_takes_the_case_and_rings_again_when_they_give_it_back() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = opened(&world, "a", Level::Immediate).await;
        let content = world.content.clone();
        let claimed = world
            .store
            .claim_case(anna.clone(), content.clone(), case)
            .await;
        claimed.unwrap().unwrap();
        assert_eq!(
            (due(&world, "w", 1).await, shown(&world, &anna).await),
            (vec![], vec![])
        );
        assert_eq!(remind(&world, 3600).await, []);
        let released = world.store.release_case(anna.clone(), content, case).await;
        released.unwrap().unwrap();
        assert_eq!(shown(&world, &anna).await, [case]);
        assert_eq!(due(&world, "w", 1).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn while_nobody_reacts_it_rings_again_ever_more_slowly_and_then_the_fallback_hears_it_too() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let boris = world
            .counsellor("Boris", crate::store::testing::PILOT, Role::Counsellor)
            .await;
        let dana = world.counsellor("Dana", ELSEWHERE, Role::Counsellor).await;
        let case = opened(&world, "a", Level::Immediate).await;
        assert_eq!(shown(&world, &boris).await, []);
        let mut rang = Vec::new();
        for minute in 0..150 {
            if !remind(&world, minute * MINUTE).await.is_empty() {
                rang.push(minute);
            }
        }
        assert_eq!(rang, [5, 15, 35, 75, 135]);
        assert_eq!(shown(&world, &boris).await, [case]);
        assert_eq!(shown(&world, &anna).await, [case]);
        // Whoever may not take it is not called.
        assert_eq!(shown(&world, &dana).await, []);
        let reminders: Vec<i64> = due(&world, "w", 9000)
            .await
            .iter()
            .map(|c| c.reminder)
            .collect();
        assert_eq!(reminders, [0, 1, 2, 3, 4, 5]);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_seen_it_silences_it_for_half_an_hour() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let dana = world.counsellor("Dana", ELSEWHERE, Role::Counsellor).await;
        let case = opened(&world, "a", Level::Immediate).await;
        let stranger = world.store.alarm_seen(dana, case).await.unwrap();
        assert_eq!(stranger, Err(crate::store::desk::Denied::NotThere));
        for _ in 0..2 {
            world
                .store
                .alarm_seen(anna.clone(), case)
                .await
                .unwrap()
                .unwrap();
        }
        assert_eq!(
            (due(&world, "w", 1).await, shown(&world, &anna).await),
            (vec![], vec![])
        );
        assert_eq!(remind(&world, 29 * MINUTE).await, []);
        assert_eq!(remind(&world, 30 * MINUTE).await, [case]);
        assert_eq!(shown(&world, &anna).await, [case]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_called_about_a_case_that_has_ended() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = opened(&world, "a", Level::Immediate).await;
        let stored = load(&world, "a").await;
        let mut stop = turn(&world, vec![], "a");
        (stop.conversation, stop.person, stop.identity) =
            (stored.id, stored.person, stored.identity);
        (stop.fresh, stop.version, stop.next_seq) = (None, stored.version, 3);
        stop.messages = vec![];
        stop.desk = vec![DeskWrite::Close { case }];
        commit(&world, "w", vec![stop]).await.unwrap();
        assert_eq!(shown(&world, &anna).await, []);
        assert_eq!(due(&world, "w", 1).await, []);
        assert_eq!(remind(&world, 3600).await, []);
        let (left, _) = world
            .store
            .alarms_due(NOW.plus_seconds(9000), Duration::from_secs(300))
            .await
            .unwrap();
        assert!(!left, "it is put away");
    })
    .await;
}
