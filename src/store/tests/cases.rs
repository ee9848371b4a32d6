//! Cases that come with turns, and erasing.

use super::*;

fn case(id: CaseId, state: CaseState) -> DeskWrite {
    DeskWrite::Open(NewCase {
        id,
        number: crate::desk::number::of(id.0),
        topic: "work".into(),
        reason: "work_ban".into(),
        lang: "ar".into(),
        level: Level::Urgent,
        kreis: None,
        land: None,
        organisation: PILOT,
        route: "fallback",
        state,
        summary: None,
        trigger: None,
    })
}

#[tokio::test]
async fn a_case_comes_into_being_with_its_turn_and_is_known_to_the_next() {
    on_both(async |world| {
        let id = CaseId(world.ids.uuid());
        let mut first = turn(&world, vec![], "a");
        first.desk.push(case(id, CaseState::Waiting));
        commit(&world, "w", vec![first]).await.unwrap();
        let live = load(&world, "a").await.live_case.unwrap();
        assert_eq!(
            (live.id, live.state, live.level),
            (id, CaseState::Waiting, Level::Urgent)
        );
    })
    .await;
}

#[tokio::test]
async fn erasing_leaves_nothing_that_could_be_read_and_in_the_end_no_address() {
    on_both(async |world| {
        let id = CaseId(world.ids.uuid());
        let mut first = turn(&world, vec![], "a");
        first.desk.push(case(id, CaseState::Waiting));
        let person = first.person;
        commit(&world, "w", vec![first]).await.unwrap();
        let stored = load(&world, "a").await;
        let new_key = PersonKey::new([8; 32]);
        let timer = TimerId(world.ids.uuid());
        let identity = stored.identity;
        let erase = DeskWrite::Erase {
            key: world.store.key().wrap(person, &new_key).unwrap(),
            address: new_key.seal(&format!("address {identity}"), b"4711").unwrap(),
            timer,
            due: NOW.plus_seconds(600),
        };
        let mut last = turn(&world, vec![], "a");
        (last.conversation, last.person, last.identity) = (stored.id, person, identity);
        (last.fresh, last.version, last.next_seq) = (None, stored.version, 3);
        last.messages = vec![];
        last.desk = vec![erase];
        commit(&world, "w", vec![last]).await.unwrap();

        let after = load(&world, "a").await;
        assert!(after.live_case.is_none());
        assert_eq!((after.undelivered.len(), after.cases), (0, 0));
        // What was sealed under the old key is noise now.
        let key = world.store.key().unwrap_key(person, &after.key).unwrap();
        let old = self::key().seal("x", b"words").unwrap();
        assert!(key.open("x", &old).is_err());

        let claim = ClaimTimers { lease: lease("w", 601_000), limit: 5 };
        assert_eq!(world.store.write(claim).await.unwrap()[0].kind, "erase");
        world.store.write(EraseRest { timer, person, now: NOW }).await.unwrap();
        let lane = Lane("a".into());
        assert!(world.store.load_turns(std::slice::from_ref(&lane)).await.unwrap().is_empty());
        const LEFT: Sql = Sql::both(
            "SELECT p.key, i.address FROM persons p JOIN identities i ON i.person_id = p.id WHERE p.id = $1",
        );
        let row = world.store.read(async |tx| tx.first(&LEFT, args![person]).await).await;
        let row = row.unwrap().unwrap();
        assert_eq!(row.opt_blob(0).unwrap(), None);
        assert!(row.blob(1).unwrap().is_empty());
    })
    .await;
}
