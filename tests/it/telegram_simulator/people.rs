//! What people do, and what the bot is told of it.

use super::*;

#[tokio::test]
async fn text_comes_with_the_person_and_with_marked_commands() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(7).language("ar").name("أميرة");
    let first = user.start("from_poster");
    user.send_text("😀 /help@lotse_test_bot, please");
    let updates = api.updates().await;
    let message = &updates[0]["message"];
    assert_eq!(message["text"], "/start from_poster");
    assert_eq!(message["message_id"], first);
    assert_eq!(
        message["entities"],
        json!([{ "type": "bot_command", "offset": 0, "length": 6 }])
    );
    assert_eq!(
        message["from"],
        json!({ "id": 7, "is_bot": false, "first_name": "أميرة", "language_code": "ar" })
    );
    assert_eq!(
        message["chat"],
        json!({ "id": 7, "type": "private", "first_name": "أميرة" })
    );
    assert_eq!(
        updates[1]["message"]["entities"][0],
        json!({ "type": "bot_command", "offset": 3, "length": 20 })
    );
}

#[tokio::test]
async fn a_tap_is_a_callback_query_that_is_answered_once() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    let rows =
        json!([[{ "text": "A", "callback_data": "a" }], [{ "text": "B", "callback_data": "b" }]]);
    let send = json!({ "chat_id": 1, "text": "?", "reply_markup": { "inline_keyboard": rows } });
    let menu = api.ok("sendMessage", send).await;
    api.say(1, "a message without buttons").await;
    api.updates().await;

    let query = user.tap("B").expect("a callback query");
    assert!(user.tap(0).is_some());
    let menu_id = menu["message_id"].as_i64().expect("an id");
    assert!(user.tap_on(menu_id, "A").is_some());
    let updates = api.updates().await;
    let callback = &updates[0]["callback_query"];
    assert_eq!(
        (&callback["id"], &callback["data"]),
        (&json!(query), &json!("b"))
    );
    assert_eq!(callback["message"]["message_id"], menu["message_id"]);
    assert_eq!(callback["message"]["reply_markup"]["inline_keyboard"], rows);
    assert_eq!(callback["from"]["id"], 1);
    let data: Vec<&Value> = updates
        .iter()
        .map(|update| &update["callback_query"]["data"])
        .collect();
    assert_eq!(data, ["b", "a", "a"]);

    let answer = json!({ "callback_query_id": query, "text": "noted" });
    api.ok("answerCallbackQuery", answer.clone()).await;
    assert_eq!(user.notices(), ["noted"]);
    let (code, description) = api.refused("answerCallbackQuery", answer).await;
    assert_eq!(code, 400);
    assert!(
        description.starts_with("Bad Request: query is too old"),
        "{description}"
    );
    let unknown = api
        .refused("answerCallbackQuery", json!({ "callback_query_id": "5" }))
        .await;
    assert_eq!(unknown.1, description);
    assert_eq!(sim.counters().refused_callback_answers, 2);
}

#[tokio::test]
async fn an_old_button_can_be_tapped_after_its_message_is_gone() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    let id = api.say(1, "old").await;
    api.ok("deleteMessage", json!({ "chat_id": 1, "message_id": id }))
        .await;
    api.updates().await;
    user.tap_old(id, "stale");
    let updates = api.updates().await;
    let message = &updates[0]["callback_query"]["message"];
    assert_eq!(
        (&message["message_id"], &message["date"]),
        (&json!(id), &json!(0))
    );
    assert_eq!(message["chat"]["id"], 1);
}

#[tokio::test]
async fn a_reply_keyboard_sends_its_label() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    let markup = json!({ "keyboard": [["Ja", { "text": "Nein" }]] });
    api.ok(
        "sendMessage",
        json!({ "chat_id": 1, "text": "?", "reply_markup": markup }),
    )
    .await;
    let label = String::from("Nein");
    assert_eq!(user.tap(&label), None);
    assert_eq!(user.tap("Ja"), None);
    assert_eq!(texts(&json!(api.updates().await)), ["/start", "Nein", "Ja"]);
}

#[tokio::test]
async fn everything_that_is_not_text_arrives_in_its_own_shape() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.send_sticker("👍");
    user.send_voice(4);
    user.send_photo("my letter");
    user.send_document("letter.pdf", b"%PDF-1.7");
    user.send_location(52.52, 13.4);
    user.send_contact("+491700000000");
    user.send(json!({ "dice": { "emoji": "🎲", "value": 3 } }));
    let messages: Vec<Value> = api
        .updates()
        .await
        .into_iter()
        .map(|update| update["message"].clone())
        .collect();
    assert_eq!(messages[0]["sticker"]["emoji"], "👍");
    assert_eq!(messages[1]["voice"]["duration"], 4);
    assert_eq!(
        (&messages[2]["caption"], &messages[2]["photo"][0]["width"]),
        (&json!("my letter"), &json!(640))
    );
    assert_eq!(messages[3]["document"]["file_name"], "letter.pdf");
    assert_eq!(messages[4]["location"]["latitude"], 52.52);
    assert_eq!(messages[5]["contact"]["phone_number"], "+491700000000");
    assert_eq!(messages[6]["dice"]["value"], 3);

    let file = api
        .ok(
            "getFile",
            json!({ "file_id": messages[3]["document"]["file_id"] }),
        )
        .await;
    let path = file["file_path"].as_str().expect("a path");
    let url = |token: &str| format!("{}/file/bot{token}/{path}", sim.base_url());
    let bytes = api
        .client
        .get(url(sim.token()))
        .send()
        .await
        .expect("an answer")
        .bytes()
        .await
        .expect("a body");
    assert_eq!(bytes.as_ref(), b"%PDF-1.7");
    assert_eq!(
        api.client
            .get(url("1:wrong"))
            .send()
            .await
            .expect("an answer")
            .status(),
        401
    );
    assert_eq!(
        api.refused("getFile", json!({ "file_id": "nothing" }))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn edits_and_blocks_are_told() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    let id = user.send_text("helo");
    user.edit(id, "hello");
    user.block();
    user.unblock();
    let updates = api.updates().await;
    assert_eq!(updates[1]["edited_message"]["text"], "hello");
    assert_eq!(updates[1]["edited_message"]["message_id"], id);
    let standing = |update: &Value| {
        let status = |side: &str| {
            update["my_chat_member"][side]["status"]
                .as_str()
                .expect("a status")
                .to_owned()
        };
        (status("old_chat_member"), status("new_chat_member"))
    };
    assert_eq!(standing(&updates[2]), ("member".into(), "kicked".into()));
    assert_eq!(standing(&updates[3]), ("kicked".into(), "member".into()));
}

#[tokio::test]
async fn a_group_is_a_chat_that_the_bot_can_leave() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    let group = -1_002_000_000_001;
    user.group_message(group, "hello all");
    let updates = api.updates().await;
    assert_eq!(
        updates[0]["my_chat_member"]["new_chat_member"]["status"],
        "member"
    );
    assert_eq!(updates[1]["message"]["chat"]["type"], "supergroup");
    assert_eq!(updates[1]["message"]["from"]["id"], 1);
    api.say(group, "I only talk in private").await;
    let seen = sim
        .wait_for_in(group, |message| message.text.contains("private"), LIMIT)
        .await;
    assert_eq!(sim.messages_in(group), [seen]);

    api.ok("leaveChat", json!({ "chat_id": group })).await;
    user.group_message(group, "anybody?");
    assert_eq!(
        api.updates().await.len(),
        0,
        "a bot that left hears nothing"
    );
    let (code, description) = api
        .refused("sendMessage", json!({ "chat_id": group, "text": "x" }))
        .await;
    assert_eq!(
        (code, description.as_str()),
        (403, "Forbidden: bot is not a member of the supergroup chat")
    );
    user.add_bot_to_group(group);
    api.say(group, "back").await;
    user.remove_bot_from_group(group);
    let updates = api.updates().await;
    assert_eq!(
        updates[1]["my_chat_member"]["new_chat_member"]["status"],
        "kicked"
    );
}

#[tokio::test]
async fn a_wait_takes_what_fits_in_order_and_only_once() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    for text in ["1", "2", "3"] {
        api.say(1, text).await;
    }
    user.wait_for(|message| message.text == "2", LIMIT).await;
    assert_eq!(user.wait_for(|_| true, LIMIT).await.text, "3");
    let waiting = user.clone();
    let waiting = tokio::spawn(async move { waiting.wait_for(|_| true, LIMIT).await });
    api.say(1, "4").await;
    assert_eq!(waiting.await.expect("no panic").text, "4");
    let nothing = tokio::spawn(async move { user.wait_for(|_| true, Duration::ZERO).await }).await;
    let message = nothing.expect_err("a panic").into_panic();
    let message = message.downcast_ref::<String>().expect("a message");
    assert!(message.contains("chat 1: nothing fits"), "{message}");
}
