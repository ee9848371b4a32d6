//! Webhook delivery: order, parallel chats, retries, the secret, and answers that carry a call.

use super::*;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::{Semaphore, mpsc};

/// A bot's webhook, as far as the simulator can tell.
struct Receiver {
    url: String,
    arrivals: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
    /// Each answer takes one permit.
    gate: Arc<Semaphore>,
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
}

#[derive(Clone)]
struct Desk {
    arrivals: mpsc::UnboundedSender<(HeaderMap, Value)>,
    gate: Arc<Semaphore>,
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
}

impl Receiver {
    /// Answers at once if `open`, else each answer waits for a permit.
    async fn start(open: bool) -> Self {
        let (sender, arrivals) = mpsc::unbounded_channel();
        let gate = Arc::new(Semaphore::new(if open {
            Semaphore::MAX_PERMITS
        } else {
            0
        }));
        let answers = Arc::<Mutex<VecDeque<(u16, String)>>>::default();
        let desk = Desk {
            arrivals: sender,
            gate: gate.clone(),
            answers: answers.clone(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(receive).with_state(desk);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            arrivals,
            gate,
            answers,
        }
    }

    fn answer_next(&self, status: u16, body: &str) {
        self.answers
            .lock()
            .expect("the answers")
            .push_back((status, body.to_owned()));
    }

    async fn next(&mut self) -> (HeaderMap, Value) {
        tokio::time::timeout(LIMIT, self.arrivals.recv())
            .await
            .expect("a delivery in time")
            .expect("a delivery")
    }

    async fn next_text(&mut self) -> String {
        self.next().await.1["message"]["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    }
}

async fn receive(
    State(desk): State<Desk>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    let update = serde_json::from_str(&body).expect("JSON");
    desk.arrivals
        .send((headers, update))
        .expect("the test listens");
    desk.gate.acquire().await.expect("an open gate").forget();
    let next = desk.answers.lock().expect("the answers").pop_front();
    let (status, body) = next.unwrap_or((200, String::new()));
    (StatusCode::from_u16(status).expect("a status"), body)
}

#[tokio::test]
async fn deliveries_carry_the_secret_and_start_with_what_waited() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let mut bot = Receiver::start(true).await;
    sim.user(1).send_text("waited");
    api.ok(
        "setWebhook",
        json!({ "url": bot.url, "secret_token": "s3cret_-A" }),
    )
    .await;
    let (headers, update) = bot.next().await;
    assert_eq!(headers["x-telegram-bot-api-secret-token"], "s3cret_-A");
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(update["message"]["text"], "waited");
    sim.wait_until_all_taken(LIMIT).await;
    let info = api.ok("getWebhookInfo", json!({})).await;
    assert_eq!(
        (&info["url"], &info["pending_update_count"]),
        (&json!(bot.url), &json!(0))
    );

    api.ok("deleteWebhook", json!({})).await;
    sim.user(1).send_text("dropped");
    api.ok(
        "setWebhook",
        json!({ "url": bot.url, "drop_pending_updates": true, "allowed_updates": ["message"] }),
    )
    .await;
    let id = sim.user(1).send_text("delivered");
    sim.user(1).edit(id, "not wanted");
    let (headers, update) = bot.next().await;
    assert_eq!(update["message"]["text"], "delivered");
    assert!(!headers.contains_key("x-telegram-bot-api-secret-token"));
    let info = api.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["allowed_updates"], json!(["message"]));
    sim.wait_until_all_taken(LIMIT).await;
    assert_eq!(sim.counters().webhook_deliveries, 2);
}

#[tokio::test]
async fn one_chat_is_in_order_and_others_do_not_wait_for_it() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let mut bot = Receiver::start(false).await;
    api.ok(
        "setWebhook",
        json!({ "url": bot.url, "max_connections": 2 }),
    )
    .await;
    sim.user(1).send_text("1a");
    sim.user(1).send_text("1b");
    sim.user(2).send_text("2a");
    sim.user(3).send_text("3a");
    let mut first = [bot.next_text().await, bot.next_text().await];
    first.sort();
    assert_eq!(first, ["1a", "2a"], "two connections for two chats");
    assert!(bot.arrivals.try_recv().is_err());
    bot.gate.add_permits(2);
    let mut second = [bot.next_text().await, bot.next_text().await];
    second.sort();
    assert_eq!(second, ["1b", "3a"]);
    bot.gate.add_permits(2);
    sim.wait_until_all_taken(LIMIT).await;
}

#[tokio::test]
async fn a_failed_delivery_is_repeated_and_holds_up_its_chat_only() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let mut bot = Receiver::start(true).await;
    for _ in 0..4 {
        bot.answer_next(500, "oh no");
    }
    api.ok("setWebhook", json!({ "url": bot.url })).await;
    sim.user(1).send_text("first");
    sim.user(1).send_text("second");
    for _ in 0..5 {
        assert_eq!(bot.next_text().await, "first");
    }
    assert_eq!(bot.next_text().await, "second");
    sim.wait_until_all_taken(LIMIT).await;
    assert_eq!(
        (
            sim.counters().webhook_failures,
            sim.counters().webhook_deliveries
        ),
        (4, 2)
    );
    let info = api.ok("getWebhookInfo", json!({})).await;
    assert_eq!(
        info["last_error_message"],
        "Wrong response from the webhook: 500 Internal Server Error"
    );
}

#[tokio::test]
async fn a_bot_that_is_down_gets_everything_later() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let mut bot = Receiver::start(true).await;
    // A port that was free a moment ago and that nobody listens on.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let nobody = format!("http://{}/", closed.local_addr().expect("an address"));
    drop(closed);
    api.ok("setWebhook", json!({ "url": nobody })).await;
    sim.user(1).send_text("hello?");
    sim.wait_for_counters(|counters| counters.webhook_failures >= 2, LIMIT)
        .await;
    assert_eq!(
        api.ok("getWebhookInfo", json!({})).await["last_error_message"],
        "Connection refused"
    );
    api.ok("setWebhook", json!({ "url": bot.url })).await;
    assert_eq!(bot.next_text().await, "hello?");

    sim.wait_until_all_taken(LIMIT).await;
    sim.pause();
    sim.user(1).send_text("during the outage");
    assert_eq!(sim.pending_updates(), 1);
    sim.resume();
    assert_eq!(bot.next_text().await, "during the outage");
}

#[tokio::test]
async fn a_delivery_can_come_twice() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let mut bot = Receiver::start(true).await;
    sim.repeat_updates(1.0);
    api.ok("setWebhook", json!({ "url": bot.url })).await;
    sim.user(1).send_text("twice");
    let first = bot.next().await.1;
    assert_eq!(
        bot.next().await.1,
        first,
        "the same update id, the same content"
    );
    sim.wait_until_all_taken(LIMIT).await;
    assert_eq!(sim.counters().repeated_updates, 1);
}

#[tokio::test]
async fn the_answer_to_a_delivery_can_carry_a_call() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let bot = Receiver::start(true).await;
    bot.answer_next(
        200,
        r#"{"method":"sendMessage","chat_id":1,"text":"in passing"}"#,
    );
    api.ok("setWebhook", json!({ "url": bot.url })).await;
    let user = sim.user(1);
    user.send_text("hi");
    user.wait_for(|message| message.text == "in passing", LIMIT)
        .await;
    assert_eq!(
        sim.calls_of("sendMessage")[0].outcome,
        Some(Outcome::Answered(200))
    );
}

#[tokio::test]
async fn a_webhook_is_checked_when_it_is_set() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    for (params, why) in [
        (
            json!({ "url": "http://bot.example/" }),
            "An HTTPS URL must be provided",
        ),
        (
            json!({ "url": "https://bot.example/", "secret_token": "with space" }),
            "unallowed characters",
        ),
        (
            json!({ "url": "https://bot.example/", "secret_token": "x".repeat(257) }),
            "too long",
        ),
    ] {
        let (code, description) = api.refused("setWebhook", params).await;
        assert!(code == 400 && description.contains(why), "{description}");
    }
    assert_eq!(api.ok("getWebhookInfo", json!({})).await["url"], "");
    api.ok("setWebhook", json!({ "url": "" })).await;
}
