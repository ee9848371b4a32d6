//! `getUpdates`: offsets, waiting, and pollers that get in each other's way.

use super::*;

#[tokio::test]
async fn an_offset_confirms_everything_below_it_and_nothing_else_does() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    for text in ["a", "b", "c", "d"] {
        user.send_text(text);
    }
    let all = api.ok("getUpdates", json!({})).await;
    assert_eq!(texts(&all), ["a", "b", "c", "d"]);
    assert_eq!(
        texts(&api.ok("getUpdates", json!({})).await),
        ["a", "b", "c", "d"],
        "nothing was confirmed"
    );
    assert_eq!(sim.counters().repeated_updates, 4);

    let second = id_of(&all[1]);
    assert_eq!(
        texts(
            &api.ok("getUpdates", json!({ "offset": second, "limit": 2 }))
                .await
        ),
        ["b", "c"]
    );
    assert_eq!(
        texts(&api.ok("getUpdates", json!({})).await),
        ["b", "c", "d"],
        "a is gone for good"
    );
    assert_eq!(
        texts(&api.ok("getUpdates", json!({ "limit": 0 })).await),
        ["b"],
        "a limit below 1 counts as 1"
    );
    assert_eq!(
        texts(&api.ok("getUpdates", json!({ "offset": -1 })).await),
        ["d"],
        "the last one is kept"
    );
    assert_eq!(sim.pending_updates(), 1);
    assert_eq!(
        api.ok("getUpdates", json!({ "offset": second + 3 })).await,
        json!([])
    );
    assert_eq!(sim.pending_updates(), 0);
}

#[tokio::test]
async fn a_batch_holds_at_most_a_hundred() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    for number in 0..130 {
        sim.user(1).send_text(&number.to_string());
    }
    let batch = api.ok("getUpdates", json!({ "limit": 500 })).await;
    assert_eq!(texts(&batch).len(), 100);
    let offset = id_of(&batch[99]) + 1;
    assert_eq!(
        texts(&api.ok("getUpdates", json!({ "offset": offset })).await).len(),
        30
    );
}

#[tokio::test]
async fn a_long_poll_ends_with_the_first_update() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let waiting = tokio::spawn(async move { api.ok("getUpdates", json!({ "timeout": 50 })).await });
    sim.wait_for_arrival("getUpdates", 1, LIMIT).await;
    sim.user(1).send_text("now");
    let updates = tokio::time::timeout(LIMIT, waiting)
        .await
        .expect("in time")
        .expect("no panic");
    assert_eq!(texts(&updates), ["now"]);
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let rival = api.clone();
    let first =
        tokio::spawn(async move { rival.refused("getUpdates", json!({ "timeout": 50 })).await });
    sim.wait_for_arrival("getUpdates", 1, LIMIT).await;
    let second = tokio::spawn(async move { api.ok("getUpdates", json!({ "timeout": 50 })).await });
    let (code, description) = first.await.expect("no panic");
    assert_eq!(code, 409);
    assert!(
        description.starts_with("Conflict: terminated by other getUpdates request"),
        "{description}"
    );
    sim.user(1).send_text("for the second");
    assert_eq!(texts(&second.await.expect("no panic")), ["for the second"]);
    assert_eq!(sim.counters().poll_conflicts, 1);
}

#[tokio::test]
async fn a_webhook_ends_and_forbids_polling() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let waiting = api.clone();
    let waiting = tokio::spawn(async move {
        waiting
            .refused("getUpdates", json!({ "timeout": 50 }))
            .await
    });
    sim.wait_for_arrival("getUpdates", 1, LIMIT).await;
    api.ok("setWebhook", json!({ "url": "https://bot.example/hook" }))
        .await;
    assert_eq!(
        waiting.await.expect("no panic").1,
        "Conflict: terminated by setWebhook request"
    );
    let (code, description) = api.refused("getUpdates", json!({})).await;
    assert_eq!(code, 409);
    assert!(description.contains("webhook is active"), "{description}");
    api.ok("deleteWebhook", json!({})).await;
    api.ok("getUpdates", json!({})).await;
}

#[tokio::test]
async fn allowed_updates_filter_what_comes_later() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    let id = user.send_text("first");
    api.ok("getUpdates", json!({ "allowed_updates": ["message"] }))
        .await;
    user.edit(id, "second");
    user.send_text("third");
    assert_eq!(
        texts(&api.ok("getUpdates", json!({})).await),
        ["first", "third"]
    );
    api.ok("getUpdates", json!({ "allowed_updates": [] })).await;
    user.edit(id, "fourth");
    assert_eq!(api.updates().await[2]["edited_message"]["text"], "fourth");
}

#[tokio::test]
async fn an_outage_cuts_the_poll_and_loses_nothing() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let waiting = api.clone();
    let waiting = tokio::spawn(async move {
        waiting
            .try_call("getUpdates", json!({ "timeout": 50 }))
            .await
    });
    sim.wait_for_arrival("getUpdates", 1, LIMIT).await;
    sim.pause();
    waiting
        .await
        .expect("no panic")
        .expect_err("the connection was cut");
    sim.user(1).send_text("written meanwhile");
    api.try_call("getUpdates", json!({}))
        .await
        .expect_err("no connection");
    sim.resume();
    assert_eq!(
        texts(&api.ok("getUpdates", json!({})).await),
        ["written meanwhile"]
    );
}

#[tokio::test]
async fn updates_can_come_twice_and_can_be_garbage() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).send_text("once");
    let first = id_of(&api.updates().await[0]);
    sim.repeat_latest_update();
    assert_eq!(
        id_of(&api.ok("getUpdates", json!({ "offset": first + 1 })).await[0]),
        first
    );
    assert_eq!(sim.counters().repeated_updates, 1);

    sim.repeat_updates(1.0);
    sim.user(1).send_text("always twice");
    let second = id_of(&api.ok("getUpdates", json!({})).await[0]);
    assert_eq!(
        id_of(&api.ok("getUpdates", json!({ "offset": second + 1 })).await[0]),
        second
    );
    sim.wait_until_all_taken(LIMIT).await;
    sim.clear_faults();

    let unknown = sim.send_unknown_update();
    let undecodable = sim.send_undecodable_update();
    let own = sim.inject_update(Some(1), json!({ "poll": {} }));
    let updates = api.updates().await;
    assert_eq!(
        updates.iter().map(id_of).collect::<Vec<_>>(),
        [unknown, undecodable, own]
    );
    assert!(updates[0].get("message").is_none());
    assert!(updates[1]["message"]["message_id"].is_string());
}
