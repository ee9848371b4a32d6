//! What the desk's use cases promise, on both databases.

use super::card::{Delivery, Speaker};
use super::dead::{Remedy, What};
use super::queue::View;
use super::sessions::{IDLE_SECONDS, LIFE_SECONDS, NewSession, Which};
use super::*;
use crate::desk::visibility::{Role, Sight};
use crate::model::{Lang, Level, SessionId, TimerId};
use crate::store::testing::{ELSEWHERE, NOW, PILOT, PROJECT, Waiting, World, on_both, outsider};

const STATEMENTS: [(&str, &[&Sql]); 16] = [
    ("accounts", super::accounts::ALL),
    ("mod", super::ALL),
    ("alarms", super::alarms::ALL),
    ("correct", super::correct::ALL),
    ("corrected", super::corrected::ALL),
    ("row", super::row::ALL),
    ("queue", super::queue::ALL),
    ("card", super::card::ALL),
    ("reply", super::reply::ALL),
    ("notes", super::notes::ALL),
    ("release", super::release::ALL),
    ("dead", super::dead::ALL),
    ("staff", super::staff::ALL),
    ("sessions", super::sessions::ALL),
    ("organisations", super::organisations::ALL),
    ("claim, close", &[]),
];

#[tokio::test]
async fn every_statement_can_be_prepared() {
    on_both(async |world: World| {
        world.prepares(&STATEMENTS).await;
    })
    .await;
}

fn words(text: &str) -> String {
    text.to_owned()
}

async fn reply(
    world: &World,
    by: &By,
    case: CaseId,
    text: &str,
    client: &str,
) -> Result<Done, Denied> {
    let own = Lang::new("de");
    let content = world.content.clone();
    world
        .store
        .reply(by.clone(), content, case, words(text), client.into(), own)
        .await
        .unwrap()
}

async fn claim(world: &World, by: &By, case: CaseId) -> Result<Done, Denied> {
    let content = world.content.clone();
    world
        .store
        .claim_case(by.clone(), content, case)
        .await
        .unwrap()
}

async fn release(world: &World, by: &By, case: CaseId) -> Result<Done, Denied> {
    let content = world.content.clone();
    world
        .store
        .release_case(by.clone(), content, case)
        .await
        .unwrap()
}

async fn close(world: &World, by: &By, case: CaseId) -> Result<Done, Denied> {
    let content = world.content.clone();
    world
        .store
        .close_case(by.clone(), content, case)
        .await
        .unwrap()
}

fn at(by: &By, seconds: i64) -> By {
    By {
        now: NOW.plus_seconds(seconds),
        ..by.clone()
    }
}

#[tokio::test]
async fn the_most_pressing_comes_first_and_then_who_waits_longest() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let mut expected = Vec::new();
        for (level, minutes_ago) in [
            (Level::Immediate, 1),
            (Level::Immediate, 0),
            (Level::Urgent, 90),
            (Level::Soon, 500),
            (Level::Normal, 900),
            (Level::Normal, 3),
        ] {
            expected.push((level, NOW.plus_seconds(-60 * minutes_ago)));
        }
        // Put in backwards, so that the order of the ids says nothing.
        for &(level, opened_at) in expected.iter().rev() {
            let organisation = if level == Level::Soon { PILOT } else { PROJECT };
            world
                .waiting(Waiting {
                    level,
                    organisation,
                    opened_at,
                    ..Waiting::default()
                })
                .await;
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = world
                .store
                .queue(&anna.viewer, View::All, after, 2)
                .await
                .unwrap();
            seen.extend(page.offers.iter().map(|o| (o.level, o.opened_at)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);

        let own = world
            .store
            .queue(&anna.viewer, View::Own, None, 50)
            .await
            .unwrap();
        assert_eq!(own.offers.len(), 5);
        let counts = world.store.queue_counts(&anna.viewer).await.unwrap();
        assert_eq!((counts.all, counts.own), (6, 5));
        assert_eq!(counts.own_by_level, [2, 1, 0, 2]);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_claim_at_once_one_wins_and_the_other_is_told_who() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let boris = world.counsellor("Boris", PILOT, Role::Counsellor).await;
        for _ in 0..20 {
            let case = world.waiting(Waiting::default()).await;
            let (a, b) = tokio::join!(claim(&world, &anna, case), claim(&world, &boris, case));
            let (winner, lost) = match (a, b) {
                (Ok(_), lost) => ("Anna", lost),
                (lost, Ok(_)) => ("Boris", lost),
                both => panic!("nobody won: {both:?}"),
            };
            assert_eq!(lost, Err(Denied::Taken { by: winner.into() }));
            assert_eq!(world.told(case).await, [world.says("case-claimed", winner)]);
            let claims =
                "SELECT count(*) FROM audit WHERE case_id = $1 AND action = 'case claimed'";
            assert_eq!(world.number(claims, case).await, 1);
            let timers = "SELECT count(*) FROM timers WHERE case_id = $1 AND kind = 'claim_lease'";
            assert_eq!(world.number(timers, case).await, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn content_is_only_opened_for_the_organisation_that_took_the_case() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let colleague = world.counsellor("Cem", PROJECT, Role::Counsellor).await;
        let boris = world.counsellor("Boris", PILOT, Role::Supervisor).await;
        let elsewhere = world.counsellor("Dana", ELSEWHERE, Role::Supervisor).await;
        let case = world.waiting(Waiting::default()).await;

        for by in [&anna, &colleague, &boris, &elsewhere] {
            let card = world.store.card(&by.viewer, case).await.unwrap().unwrap();
            // Why a human is needed is seen only by those who may take the case.
            let may = card.offer.rights.claim.is_some();
            let sight = if may { Sight::Offer } else { Sight::Blind };
            assert_eq!((card.offer.rights.sight, may), (sight, by.name != "Dana"));
            assert_eq!(card.offer.reason.is_some(), may);
            assert_eq!(card.offer.topic.as_deref(), Some("work"));
            assert!(card.summary.is_none() && card.messages.is_empty() && card.notes.is_empty());
        }
        assert!(world.store.card(&outsider(), case).await.unwrap().is_none());
        assert_eq!(
            claim(&world, &elsewhere, case).await,
            Err(Denied::NotAllowed)
        );

        claim(&world, &anna, case).await.unwrap();
        let card = world
            .store
            .card(&colleague.viewer, case)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(card.offer.holder.as_deref(), Some("Anna"));
        assert_eq!(card.summary.unwrap().shown, "Topic: work. Paper: Duldung.");
        assert_eq!(card.messages[0].text, "What led here");
        assert!(card.messages[0].trigger);
        for by in [&boris, &elsewhere] {
            assert!(world.store.card(&by.viewer, case).await.unwrap().is_none());
            assert_eq!(release(&world, by, case).await, Err(Denied::NotThere));
            assert_eq!(
                reply(&world, by, case, "x", "c").await,
                Err(Denied::NotThere)
            );
        }
        let denied = reply(&world, &colleague, case, "x", "c").await;
        assert_eq!(denied, Err(Denied::Taken { by: "Anna".into() }));
        assert_eq!(
            release(&world, &colleague, case).await,
            Err(Denied::NotAllowed)
        );
    })
    .await;
}

#[tokio::test]
async fn a_case_taken_by_the_pilot_belongs_to_the_pilot() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let boris = world.counsellor("Boris", PILOT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        claim(&world, &boris, case).await.unwrap();
        assert!(
            world
                .store
                .card(&anna.viewer, case)
                .await
                .unwrap()
                .is_none()
        );
        let mine = world.store.my_cases(&boris.viewer).await.unwrap();
        assert_eq!(mine[0].organisation, PILOT);
    })
    .await;
}

#[tokio::test]
async fn a_reply_sent_twice_is_said_once() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        assert_eq!(
            reply(&world, &anna, case, "Hello", "form 1").await,
            Err(Denied::NotThere),
            "nothing can be said before the claim"
        );
        claim(&world, &anna, case).await.unwrap();
        let (a, b) = tokio::join!(
            reply(&world, &anna, case, "Guten Tag\nSo geht es", "form 1"),
            reply(&world, &anna, case, "Guten Tag\nSo geht es", "form 1")
        );
        assert!(a.is_ok() && b.is_ok());
        let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
        let said: Vec<_> = card.messages.iter().map(|m| (&m.speaker, m.text.as_str())).collect();
        let anna_says = Speaker::Counsellor("Anna".into());
        assert_eq!(
            said[2..],
            [(&anna_says, "Guten Tag\nSo geht es")],
            "after the trigger and the news of the claim"
        );
        assert_eq!(card.messages[2].delivery, Delivery::Pending);
        assert_eq!(card.messages[2].lang, Some(Lang::new("de")));
        let intro = world.says("counsellor-says", "Anna");
        assert_eq!(world.told(case).await[1], format!("{intro}\nGuten Tag\nSo geht es"));
        assert_eq!(card.offer.state, CaseState::AwaitingPerson);
        let seq = "SELECT max(seq) + 1 - (SELECT next_seq FROM conversations v WHERE v.id = conversation_id)
                   FROM messages WHERE conversation_id = (SELECT conversation_id FROM cases WHERE id = $1)
                   GROUP BY conversation_id";
        assert_eq!(world.number(seq, case).await, 0);
        reply(&world, &anna, case, "Once more", "form 2").await.unwrap();
        assert_eq!(world.told(case).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_the_person_writes_makes_it_the_counsellors_turn_until_it_is_read() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        let other = world
            .waiting(Waiting {
                level: Level::Immediate,
                ..Waiting::default()
            })
            .await;
        for case in [case, other] {
            claim(&world, &anna, case).await.unwrap();
            reply(&world, &anna, case, "Hello", &format!("c {case}"))
                .await
                .unwrap();
        }
        world
            .person_writes(case, "Thank you", NOW.plus_seconds(60))
            .await;
        let mine = world.store.my_cases(&anna.viewer).await.unwrap();
        let states: Vec<_> = mine.iter().map(|o| (o.id, o.state, o.unread)).collect();
        let expected = [
            (case, CaseState::Active, 1),
            (other, CaseState::AwaitingPerson, 0),
        ];
        assert_eq!(states, expected);
        assert_eq!(
            world
                .store
                .queue_counts(&anna.viewer)
                .await
                .unwrap()
                .mine_unread,
            1
        );
        world.store.mark_read(&anna.viewer, case).await.unwrap();
        let counts = world.store.queue_counts(&anna.viewer).await.unwrap();
        assert_eq!((counts.mine, counts.mine_unread), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_released_case_keeps_its_age_and_can_be_taken_by_somebody_else() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let cem = world.counsellor("Cem", PROJECT, Role::Counsellor).await;
        let boss = world.counsellor("Boss", PROJECT, Role::Supervisor).await;
        let opened_at = NOW.plus_seconds(-7200);
        let case = world
            .waiting(Waiting {
                opened_at,
                ..Waiting::default()
            })
            .await;
        claim(&world, &anna, case).await.unwrap();
        reply(&world, &anna, case, "Hello", "1").await.unwrap();
        release(&world, &boss, case).await.unwrap();
        let queue = world
            .store
            .queue(&cem.viewer, View::Own, None, 9)
            .await
            .unwrap();
        assert_eq!(queue.offers[0].opened_at, opened_at);
        assert_eq!(queue.offers[0].holder, None);
        assert_eq!(release(&world, &anna, case).await, Err(Denied::NotThere));
        claim(&world, &cem, case).await.unwrap();
        assert_eq!(
            world.told(case).await,
            [
                world.says("case-claimed", "Anna"),
                format!("{}\nHello", world.says("counsellor-says", "Anna")),
                world.says("case-released", ""),
                world.says("case-claimed", "Cem"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_claim_expires_although_the_person_has_written_meanwhile() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        claim(&world, &anna, case).await.unwrap();
        world
            .person_writes(case, "Is somebody there?", NOW.plus_seconds(600))
            .await;
        let expire = async |seconds: i64| {
            let (content, ids) = (world.content.clone(), world.ids.clone());
            let timer = TimerId(uuid::Uuid::nil());
            let now = NOW.plus_seconds(seconds);
            world
                .store
                .expire_claim(content, ids, now, case, timer)
                .await
                .unwrap()
        };
        assert_eq!(expire(29 * 60).await, None);
        assert!(expire(30 * 60).await.is_some());
        assert_eq!(expire(31 * 60).await, None, "only once");
        let queue = world
            .store
            .queue(&anna.viewer, View::Own, None, 9)
            .await
            .unwrap();
        assert_eq!(queue.offers[0].state, CaseState::Waiting);
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_stays_with_its_organisation_and_lets_the_bot_speak() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let boris = world.counsellor("Boris", PILOT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        claim(&world, &anna, case).await.unwrap();
        close(&world, &at(&anna, 60), case).await.unwrap();
        let live = "SELECT live FROM cases WHERE id = $1";
        assert_eq!(world.number(live, case).await, 0);
        let due = "SELECT due_at FROM timers WHERE case_id = $1 AND kind = 'case_closed'";
        assert_eq!(world.number(due, case).await, NOW.plus_seconds(60).0);
        // What the person tells the bot afterwards is none of the counsellor's business.
        world
            .person_writes(case, "Something else", NOW.plus_seconds(120))
            .await;
        let mark = "SELECT count(*) FROM messages WHERE case_id = $1";
        assert_eq!(world.number(mark, case).await, 2);
        let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
        assert_eq!(card.offer.state, CaseState::Resolved);
        assert!(card.summary.is_some());
        assert!(
            world
                .store
                .card(&boris.viewer, case)
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(
            reply(&world, &anna, case, "x", "late").await,
            Err(Denied::Refused(Refusal::Ended))
        );
    })
    .await;
}

#[tokio::test]
async fn notes_are_for_colleagues_and_sealed() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let cem = world.counsellor("Cem", PROJECT, Role::Counsellor).await;
        let boris = world.counsellor("Boris", PILOT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        claim(&world, &anna, case).await.unwrap();
        let id = crate::model::NoteId(world.ids.uuid());
        let note = async |by: &By| {
            let text = words("Called the office");
            world
                .store
                .add_note(by.clone(), case, id, text)
                .await
                .unwrap()
        };
        assert_eq!(note(&boris).await, Err(Denied::NotThere));
        note(&cem).await.unwrap();
        note(&cem).await.unwrap();
        let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
        let notes: Vec<_> = card
            .notes
            .iter()
            .map(|n| (n.name.as_str(), n.text.as_str()))
            .collect();
        assert_eq!(notes, [("Cem", "Called the office")]);
        assert_eq!(
            world.told(case).await.len(),
            1,
            "the person hears nothing of it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_crisis_can_be_taken_before_consent_and_shows_nothing_of_what_was_said() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world
            .waiting(Waiting {
                level: Level::Immediate,
                consented: false,
                ..Waiting::default()
            })
            .await;
        let queue = world
            .store
            .queue(&anna.viewer, View::Own, None, 9)
            .await
            .unwrap();
        assert_eq!(
            (&queue.offers[0].topic, &queue.offers[0].reason),
            (&None, &None)
        );
        claim(&world, &anna, case).await.unwrap();
        world.person_writes(case, "Before", NOW).await;
        reply(&world, &anna, case, "I am here", "1").await.unwrap();
        world
            .person_writes(case, "After", NOW.plus_seconds(1))
            .await;
        let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
        let said: Vec<_> = card.messages.iter().map(|m| m.text.as_str()).collect();
        assert_eq!(said, ["I am here", "After"]);
        assert!(card.summary.is_none() && card.offer.reason.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_age_by_idleness_and_by_hand() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let open = async |name: &str| {
            let id = SessionId(world.ids.uuid());
            let new = NewSession {
                id,
                token_hash: name.into(),
                csrf: format!("csrf {name}"),
                device: "Firefox".into(),
            };
            world.store.open_session(anna.clone(), new).await.unwrap();
            id
        };
        let good = async |name: &str, seconds: i64| {
            let now = NOW.plus_seconds(seconds);
            world
                .store
                .session(name, true, now)
                .await
                .unwrap()
                .is_some()
        };
        let a = open("a").await;
        let b = open("b").await;
        assert!(good("a", 0).await && good("b", 0).await && !good("c", 0).await);
        assert!(!good("a", IDLE_SECONDS).await, "idle");
        let later = NOW.plus_seconds(IDLE_SECONDS - 1);
        assert!(
            world
                .store
                .session("b", false, later)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            !good("b", IDLE_SECONDS).await,
            "a page that refreshes itself is no use"
        );
        for hour in 1..12 {
            assert!(good("a", hour * 3600).await, "used every hour");
        }
        assert!(!good("a", LIFE_SECONDS).await, "too old");

        let c = open("c").await;
        let session = world.store.session("c", true, NOW).await.unwrap().unwrap();
        assert_eq!((session.id, session.csrf.as_str()), (c, "csrf c"));
        assert_eq!(session.staff.viewer, anna.viewer);
        let boris = world.counsellor("Boris", PILOT, Role::Counsellor).await;
        let ended = world
            .store
            .revoke_sessions(boris, Which::One(a))
            .await
            .unwrap();
        assert_eq!(ended, 0, "somebody else's");
        world
            .store
            .revoke_sessions(anna.clone(), Which::AllBut(c))
            .await
            .unwrap();
        assert!(good("c", 0).await && !good("b", 0).await);
        let left = world
            .store
            .sessions_of(anna.viewer.counsellor, NOW)
            .await
            .unwrap();
        assert_eq!(left.iter().map(|s| s.id).collect::<Vec<_>>(), [c]);
        assert_ne!(b, c);
        world
            .store
            .set_password(anna, "new".into(), None)
            .await
            .unwrap();
        assert!(!good("c", 0).await, "a new password ends all sign-ins");
    })
    .await;
}

#[tokio::test]
async fn a_login_is_found_in_whatever_case_it_is_typed_and_is_taken_once() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let found = world.store.account(" ANNA ").await.unwrap().unwrap();
        assert_eq!(found.id, anna.viewer.counsellor);
        assert!(world.store.account("anna2").await.unwrap().is_none());
        let again = super::staff::NewCounsellor {
            id: CounsellorId(world.ids.uuid()),
            login: "Anna".into(),
            name: "Other".into(),
            password_hash: "x".into(),
            ui_lang: "de".into(),
            memberships: vec![],
            now: NOW,
        };
        let taken = world.store.add_counsellor(again).await;
        assert!(matches!(taken, Err(StoreError::Conflict)));
    })
    .await;
}

#[tokio::test]
async fn faults_are_seen_and_mended_by_supervisors_only() {
    const DEAD: Sql = Sql::both(
        "INSERT INTO inbox (id, channel, provider_id, lane, raw, state, attempts, claimed_until, received_at, fault)
         VALUES ($1, 'telegram', 'x', 'lane', $2, 'dead', 5, 0, $3, 'a panic')",
    );
    struct Die(crate::model::InboxId);
    impl crate::store::Write for Die {
        type Out = ();
        async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
            tx.run(&DEAD, args![self.0, vec![1_u8], NOW])
                .await
                .map(drop)
        }
    }
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let boss = world.counsellor("Boss", PILOT, Role::Supervisor).await;
        let id = crate::model::InboxId(world.ids.uuid());
        world.store.write(Die(id)).await.unwrap();
        assert_eq!(world.store.faults(&anna.viewer).await.unwrap(), []);
        let faults = world.store.faults(&boss.viewer).await.unwrap();
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].what, faults[0].fault.as_str()),
            (What::Update(id), "a panic")
        );
        let mend = async |by: &By, remedy| {
            world
                .store
                .mend(by.clone(), What::Update(id), remedy)
                .await
                .unwrap()
        };
        assert_eq!(mend(&anna, Remedy::Replay).await, Err(Denied::NotAllowed));
        assert_eq!(mend(&boss, Remedy::Replay).await, Ok(()));
        assert_eq!(
            mend(&boss, Remedy::Discard).await,
            Err(Denied::NotThere),
            "it is open again"
        );
        assert_eq!(world.store.faults(&boss.viewer).await.unwrap(), []);
    })
    .await;
}

/// However many wait: the lists are read off an index in their order, and nothing is sorted.
#[tokio::test]
async fn lists_are_read_in_order_without_sorting() {
    let (world, _folder) = crate::store::testing::on_sqlite().await;
    for (sql, index) in [
        (&super::queue::ALL_WAITING, "cases_queue"),
        (&super::queue::WAITING_AT, "cases_offered"),
        (&super::queue::HELD_AT, "cases_held"),
    ] {
        let explain = format!("EXPLAIN QUERY PLAN {}", sql.sqlite);
        let explain = Sql::both(Box::leak(explain.into_boxed_str()));
        let args = args![-1_i64, 0_i64, "", 50_i64, PROJECT];
        let used = if sql.sqlite.contains("$5") { 5 } else { 4 };
        let rows = world
            .store
            .read(async |tx| tx.all(&explain, args[..used].to_vec()).await)
            .await;
        let plan: Vec<_> = rows.unwrap().iter().map(|r| r.text(3).unwrap()).collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn reasons_that_a_sensitive_answer_decides_are_known() {
    let content = crate::store::testing::shipped();
    for reason in ["disability_illness", "permit_expiry", "permit_expiry_soon"] {
        assert!(content.is_from_sensitive(reason), "{reason}");
    }
    for reason in ["dismissal", "unpaid_wages", "discrimination", "homeless"] {
        assert!(!content.is_from_sensitive(reason), "{reason}");
    }
}
