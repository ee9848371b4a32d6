//! What counsellors set right: kept, shown, sorted by, given to editors if the person agrees, and gone with the person.

use super::*;
use crate::desk::visibility::Role;
use crate::store::desk::correct::Correction;
use crate::store::desk::queue::View;
use crate::store::desk::{By, Denied};
use crate::store::testing::{PROJECT, Waiting, taken_for};

fn correction(world: &World, level: Option<Level>, class: Option<&str>) -> Correction {
    Correction {
        id: world.ids.uuid(),
        level,
        class: class.map(str::to_owned),
        agreed: false,
        message: None,
    }
}

async fn correct(world: &World, by: &By, case: CaseId, what: Correction) -> Result<(), Denied> {
    let content = world.content.clone();
    let answer = world
        .store
        .correct_case(by.clone(), content, case, what)
        .await;
    answer.unwrap().map(drop)
}

async fn judged(world: &World, level: Level) -> CaseId {
    let judged = Some(taken_for("violence", Level::Immediate));
    world
        .waiting(Waiting {
            level,
            judged,
            ..Waiting::default()
        })
        .await
}

async fn claimed(world: &World, by: &By, case: CaseId) {
    let content = world.content.clone();
    let claimed = world.store.claim_case(by.clone(), content, case).await;
    claimed.unwrap().unwrap();
}

async fn teachable(world: &World) -> Vec<(String, Option<Level>, Option<String>)> {
    let found = world.store.teachable(world.ids.uuid(), NOW).await.unwrap();
    found
        .into_iter()
        .map(|t| (t.text, t.level, t.class))
        .collect()
}

#[tokio::test]
async fn a_corrected_level_gives_a_case_that_waits_another_place() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let first = judged(&world, Level::Soon).await;
        let second = judged(&world, Level::Normal).await;
        claimed(&world, &anna, second).await;
        let urgent = correction(&world, Some(Level::Urgent), Some("deportation"));
        assert_eq!(correct(&world, &anna, second, urgent).await, Ok(()));
        let content = world.content.clone();
        let released = world
            .store
            .release_case(anna.clone(), content, second)
            .await;
        released.unwrap().unwrap();
        let page = world
            .store
            .queue(&anna.viewer, View::Own, None, 9)
            .await
            .unwrap();
        let order: Vec<_> = page.offers.iter().map(|o| (o.id, o.level)).collect();
        assert_eq!(order, [(second, Level::Urgent), (first, Level::Soon)]);
        assert_eq!(page.offers[0].reason.as_deref(), Some("deportation"));
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_shown_with_who_and_when_and_the_same_form_says_it_once() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = judged(&world, Level::Immediate).await;
        let nobody = correction(&world, None, Some("other"));
        assert_eq!(
            correct(&world, &anna, case, nobody.clone()).await,
            Err(Denied::NotThere),
            "what nobody may see yet, nobody corrects"
        );
        claimed(&world, &anna, case).await;
        for _ in 0..2 {
            correct(&world, &anna, case, nobody.clone()).await.unwrap();
        }
        // Nothing new in it.
        correct(&world, &anna, case, correction(&world, None, None))
            .await
            .unwrap();
        let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
        let [made] = card.corrections.as_slice() else {
            panic!("{:?}", card.corrections)
        };
        assert_eq!((made.name.as_str(), made.at), ("Anna", NOW));
        assert_eq!(made.level, (Some(Level::Immediate), None));
        assert_eq!(made.class, (Some("violence".into()), Some("other".into())));
        assert_eq!(card.offer.level, Level::Normal);
        let other = world
            .counsellor("Dana", crate::store::testing::ELSEWHERE, Role::Supervisor)
            .await;
        let answer = correct(&world, &other, case, correction(&world, None, None)).await;
        assert_eq!(answer, Err(Denied::NotThere));
    })
    .await;
}

#[tokio::test]
async fn only_what_the_person_agreed_to_becomes_an_example_and_the_latest_word_counts() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = judged(&world, Level::Immediate).await;
        claimed(&world, &anna, case).await;
        correct(&world, &anna, case, correction(&world, None, Some("other")))
            .await
            .unwrap();
        assert_eq!(teachable(&world).await, []);
        let agreed = |level, class| Correction {
            agreed: true,
            ..correction(&world, level, class)
        };
        let later = |seconds| By {
            now: NOW.plus_seconds(seconds),
            ..anna.clone()
        };
        correct(&world, &later(1), case, agreed(None, Some("other")))
            .await
            .unwrap();
        correct(
            &world,
            &later(2),
            case,
            agreed(Some(Level::Soon), Some("health")),
        )
        .await
        .unwrap();
        let words = "What led here".to_owned();
        assert_eq!(
            teachable(&world).await,
            [(words, Some(Level::Soon), Some("health".into()))]
        );
        correct(
            &world,
            &later(3),
            case,
            correction(&world, Some(Level::Soon), Some("health")),
        )
        .await
        .unwrap();
        assert_eq!(teachable(&world).await, [], "taken back");
        const LEDGER: &str =
            "SELECT count(*) FROM consents WHERE case_id = $1 AND purpose = 'example'";
        assert_eq!(
            world.number(LEDGER, case).await,
            2,
            "given once, taken back once"
        );
    })
    .await;
}

#[tokio::test]
async fn without_a_message_that_was_judged_there_is_nothing_to_learn_from() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        claimed(&world, &anna, case).await;
        let what = Correction {
            agreed: true,
            ..correction(&world, Some(Level::Urgent), Some("work_ban"))
        };
        correct(&world, &anna, case, what).await.unwrap();
        assert_eq!(teachable(&world).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_overlooked_can_be_named_and_one_of_another_case_cannot() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = world.waiting(Waiting::default()).await;
        let other = world.waiting(Waiting::default()).await;
        claimed(&world, &anna, case).await;
        claimed(&world, &anna, other).await;
        world.person_writes(case, "He hits me", NOW).await;
        world.person_writes(other, "Thank you", NOW).await;
        let written = async |case| {
            let card = world.store.card(&anna.viewer, case).await.unwrap().unwrap();
            card.messages.last().unwrap().id
        };
        let (message, elsewhere) = (written(case).await, written(other).await);
        let about = |message| Correction {
            agreed: true,
            message: Some(message),
            ..correction(&world, Some(Level::Immediate), Some("violence"))
        };
        correct(&world, &anna, case, about(elsewhere))
            .await
            .unwrap();
        assert_eq!(teachable(&world).await, [], "not a message of this case");
        let later = By {
            now: NOW.plus_seconds(1),
            ..anna.clone()
        };
        correct(&world, &later, case, about(message)).await.unwrap();
        let words = "He hits me".to_owned();
        assert_eq!(
            teachable(&world).await,
            [(words, Some(Level::Immediate), Some("violence".into()))]
        );
    })
    .await;
}

#[tokio::test]
async fn corrections_go_with_the_person() {
    on_both(async |world: World| {
        let anna = world.counsellor("Anna", PROJECT, Role::Counsellor).await;
        let case = judged(&world, Level::Immediate).await;
        claimed(&world, &anna, case).await;
        let what = Correction {
            agreed: true,
            ..correction(&world, None, Some("other"))
        };
        correct(&world, &anna, case, what).await.unwrap();
        assert_eq!(teachable(&world).await.len(), 1);
        let (lane, _) = world.store.lane_of_case(case).await.unwrap().unwrap();
        let stored = load(&world, &lane.0).await;
        let new_key = PersonKey::new([8; 32]);
        let mut last = turn(&world, vec![], &lane.0);
        (last.conversation, last.person, last.identity) =
            (stored.id, stored.person, stored.identity);
        (last.fresh, last.version, last.next_seq) = (None, stored.version, stored.next_seq);
        last.messages = vec![];
        last.desk = vec![DeskWrite::Erase {
            key: world.store.key().wrap(stored.person, &new_key).unwrap(),
            address: vec![1],
            timer: TimerId(world.ids.uuid()),
            due: NOW,
        }];
        commit(&world, "w", vec![last]).await.unwrap();
        assert_eq!(teachable(&world).await, []);
        assert_eq!(
            world
                .number("SELECT count(*) FROM corrections WHERE case_id = $1", case)
                .await,
            0
        );
    })
    .await;
}
