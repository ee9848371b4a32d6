//! Planned faults strike where and as often as they were planned.

use super::*;

fn message(text: &str) -> Value {
    json!({ "chat_id": 1, "text": text })
}

#[tokio::test]
async fn refusals_strike_the_planned_number_of_times() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    sim.fail("sendMessage", Fault::TooManyRequests { retry_after: 600 })
        .times(1);
    sim.fail("sendMessage", Fault::InternalError).times(2);
    let (status, answer) = api.call("sendMessage", message("a")).await;
    assert_eq!(status, 429);
    assert_eq!(answer["parameters"]["retry_after"], 600);
    assert_eq!(answer["description"], "Too Many Requests: retry after 600");
    assert_eq!(sim.counters().early_retries, 0);
    assert_eq!(api.refused("sendMessage", message("a")).await.0, 500);
    assert_eq!(api.refused("sendMessage", message("a")).await.0, 500);
    assert_eq!(user.messages(), []);
    api.say(1, "a").await;
    assert_eq!(
        sim.counters().early_retries,
        3,
        "the bot was told to wait ten minutes"
    );
    let outcomes: Vec<_> = sim
        .calls_of("sendMessage")
        .into_iter()
        .map(|call| call.outcome)
        .collect();
    assert_eq!(
        outcomes,
        [429, 500, 500, 200].map(|status| Some(Outcome::Answered(status)))
    );
}

#[tokio::test]
async fn a_bad_gateway_is_not_json() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.fail(ANY_METHOD, Fault::BadGateway).times(1);
    let answer = api
        .client
        .get(format!("{}/getMe", api.base))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.expect("a body").starts_with("<html>"));
    api.ok("getMe", json!({})).await;
}

#[tokio::test]
async fn a_dropped_connection_hides_whether_the_call_was_carried_out() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    sim.fail("sendMessage", Fault::DropBefore).times(1);
    let before = api
        .try_call("sendMessage", message("lost"))
        .await
        .expect_err("no answer");
    assert_eq!(user.messages(), []);
    sim.fail("sendMessage", Fault::DropAfter).times(1);
    let after = api
        .try_call("sendMessage", message("arrived"))
        .await
        .expect_err("no answer");
    assert_eq!(user.last().expect("a message").text, "arrived");
    assert!(before.is_request() && after.is_request());
    let outcomes: Vec<_> = sim
        .calls_of("sendMessage")
        .into_iter()
        .map(|call| call.outcome)
        .collect();
    assert_eq!(
        outcomes,
        [Some(Outcome::LostBefore), Some(Outcome::LostAfter)]
    );

    // A bot that sends again without knowing is caught.
    api.say(1, "arrived").await;
    assert_eq!(sim.counters().repeated_messages, 1);
}

#[tokio::test]
async fn a_dropped_batch_of_updates_comes_again() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).send_text("precious");
    sim.fail("getUpdates", Fault::DropAfter).times(1);
    api.try_call("getUpdates", json!({}))
        .await
        .expect_err("no answer");
    assert_eq!(texts(&api.ok("getUpdates", json!({})).await), ["precious"]);
}

#[tokio::test]
async fn a_slow_answer_comes_after_the_deed() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    sim.fail("sendMessage", Fault::Slow(Duration::from_secs(3600)))
        .times(1);
    let slow = tokio::spawn(async move { api.try_call("sendMessage", message("done")).await });
    user.wait_for(|message| message.text == "done", LIMIT).await;
    assert_eq!(
        sim.calls_of("sendMessage")[0].outcome,
        None,
        "still under way"
    );
    slow.abort();
}

#[tokio::test]
async fn faults_can_be_limited_to_a_chat_and_left_to_seeded_chance() {
    let run = async |seed: u64| {
        let sim = TelegramSim::start_with(SimOptions {
            seed,
            ..SimOptions::default()
        })
        .await;
        let api = Api::of(&sim);
        sim.user(1).start("");
        sim.user(2).start("");
        sim.fail("sendMessage", Fault::InternalError)
            .in_chat(2)
            .chance(0.5);
        let mut statuses = Vec::new();
        for number in 0..40 {
            api.say(1, &number.to_string()).await;
            statuses.push(
                api.call(
                    "sendMessage",
                    json!({ "chat_id": 2, "text": number.to_string() }),
                )
                .await
                .0,
            );
        }
        sim.clear_faults();
        api.say(2, "at last").await;
        statuses
    };
    let first = run(7).await;
    assert_eq!(first, run(7).await, "the same seed, the same faults");
    assert_ne!(first, run(8).await);
    assert!(first.contains(&200) && first.contains(&500));
}

#[tokio::test]
async fn calls_can_be_waited_for() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).start("");
    let typing = json!({ "chat_id": 1, "action": "typing" });
    let (call, _) = tokio::join!(
        sim.wait_for_call(|call| call.method == "sendChatAction", LIMIT),
        api.ok("sendChatAction", typing)
    );
    assert_eq!(
        (call.chat_id, call.text("action"), call.number),
        (Some(1), "typing", 0)
    );
}
