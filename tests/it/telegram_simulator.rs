//! The Telegram simulator behaves as Telegram does, where bots depend on it.

mod faults;
mod messages;
mod peers;
mod people;
mod polling;
mod teloxide;
mod webhook;

use crate::support::telegram::*;
use serde_json::{Value, json};
use std::time::Duration;

/// Long enough on a busy machine; only a failing test waits this long.
const LIMIT: Duration = Duration::from_secs(20);

/// A bare client: one call, the status and the answer as they come.
#[derive(Clone)]
struct Api {
    client: reqwest::Client,
    base: String,
}

impl Api {
    fn of(sim: &TelegramSim) -> Self {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Self {
            client,
            base: format!("{}/bot{}", sim.base_url(), sim.token()),
        }
    }

    async fn call(&self, method: &str, params: Value) -> (u16, Value) {
        self.try_call(method, params).await.expect("an answer")
    }

    async fn try_call(&self, method: &str, params: Value) -> reqwest::Result<(u16, Value)> {
        let answer = self
            .client
            .post(format!("{}/{method}", self.base))
            .json(&params)
            .send()
            .await?;
        let status = answer.status().as_u16();
        Ok((status, answer.json().await?))
    }

    /// The result of a call that must succeed.
    async fn ok(&self, method: &str, params: Value) -> Value {
        let (status, answer) = self.call(method, params).await;
        assert_eq!(
            (status, &answer["ok"]),
            (200, &json!(true)),
            "{method}: {answer}"
        );
        answer["result"].clone()
    }

    /// The code and the description of a call that must be refused.
    async fn refused(&self, method: &str, params: Value) -> (u16, String) {
        let (status, answer) = self.call(method, params).await;
        assert_eq!(answer["ok"], json!(false), "{method}: {answer}");
        assert_eq!(answer["error_code"], json!(status));
        (
            status,
            answer["description"]
                .as_str()
                .expect("a description")
                .to_owned(),
        )
    }

    async fn say(&self, chat: i64, text: &str) -> i64 {
        let message = self
            .ok("sendMessage", json!({ "chat_id": chat, "text": text }))
            .await;
        message["message_id"].as_i64().expect("a message id")
    }

    /// Confirms everything and gives what was there.
    async fn updates(&self) -> Vec<Value> {
        let updates = self.ok("getUpdates", json!({})).await;
        let updates = updates.as_array().expect("a list").clone();
        if let Some(last) = updates.last() {
            let next = last["update_id"].as_i64().expect("an id") + 1;
            self.ok("getUpdates", json!({ "offset": next })).await;
        }
        updates
    }
}

fn texts(updates: &Value) -> Vec<&str> {
    let updates = updates.as_array().expect("a list of updates");
    updates
        .iter()
        .map(|update| update["message"]["text"].as_str().unwrap_or("?"))
        .collect()
}

fn id_of(update: &Value) -> i64 {
    update["update_id"].as_i64().expect("an update id")
}

#[tokio::test]
async fn a_wrong_token_and_an_unknown_method_are_told_apart() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let stranger = Api {
        base: format!("{}/bot1:wrong", sim.base_url()),
        ..api.clone()
    };
    let (status, answer) = stranger.call("getMe", json!({})).await;
    assert_eq!(status, 401);
    assert_eq!(
        answer,
        json!({ "ok": false, "error_code": 401, "description": "Unauthorized" })
    );
    assert_eq!(sim.counters().unauthorized, 1);
    assert_eq!(
        api.refused("makeCoffee", json!({})).await,
        (404, "Not Found: method not found".to_owned())
    );
    let me = api.ok("GetMe", json!({})).await;
    assert_eq!(
        (&me["id"], &me["username"]),
        (&json!(sim.bot_id()), &json!(sim.bot_username()))
    );
    assert_eq!(
        sim.calls().len(),
        1,
        "only calls that reach a method are recorded"
    );
    assert_eq!(sim.calls()[0].method, "getMe");
}

#[tokio::test]
async fn parameters_are_read_from_query_form_json_and_multipart() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(5);
    user.start("");
    let url = format!("{}/sendMessage", api.base);
    let keyboard = r#"{"inline_keyboard":[[{"text":"Да","callback_data":"y"}]]}"#;

    api.client
        .get(format!("{url}?chat_id=5&text=a%20b%2Bc+d"))
        .send()
        .await
        .expect("query");
    assert_eq!(user.last().expect("a message").text, "a b+c d");

    let form = format!(
        "chat_id=5&text=%D8%B3+1&reply_markup={}",
        keyboard.replace('"', "%22").replace('Д', "%D0%94")
    );
    let form = api
        .client
        .post(&url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    form.send().await.expect("form");
    let message = user.last().expect("a message");
    assert_eq!(
        (message.text.as_str(), message.labels()),
        ("س 1", vec!["Да"])
    );

    let field = |name: &str, value: &str| {
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = [
        field("chat_id", "5"),
        field("caption", "Line 1\r\nLine 2"),
        field("reply_markup", keyboard),
        "--cut\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.txt\"\r\n\r\nabc\r\n--cut--\r\n".into(),
    ];
    let request = api.client.post(format!("{}/sendDocument", api.base));
    let request = request
        .header("content-type", "multipart/form-data; boundary=cut")
        .body(body.concat());
    request.send().await.expect("multipart");
    let message = user.last().expect("a message");
    assert_eq!(
        (message.text.as_str(), message.kind.as_str()),
        ("Line 1\r\nLine 2", "document")
    );
    assert_eq!(message.labels(), ["Да"]);
    assert_eq!(
        sim.calls_of("sendDocument")[0].params["document"]["file_size"],
        json!(3)
    );
}
