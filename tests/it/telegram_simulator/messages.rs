//! What the bot sends, edits and deletes, and what Telegram refuses.

use super::*;

fn keyboard(buttons: Value) -> Value {
    json!({ "inline_keyboard": [buttons] })
}

#[tokio::test]
async fn a_message_reaches_the_person_with_its_buttons() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1).name("Olena").language("uk");
    user.start("");
    let buttons = json!([{ "text": "Так", "callback_data": "y" }, { "text": "Amt", "url": "https://example.org" }]);
    let sent = api.ok(
        "SendMessage",
        json!({ "chat_id": "1", "text": " hi \n", "reply_markup": keyboard(buttons.clone()) }),
    );
    let sent = sent.await;
    assert_eq!(
        (&sent["text"], &sent["chat"]["first_name"]),
        (&json!("hi"), &json!("Olena"))
    );
    assert_eq!(sent["reply_markup"]["inline_keyboard"], json!([buttons]));
    let seen = user.wait_for(|message| message.text == "hi", LIMIT).await;
    assert_eq!(
        (seen.message_id, seen.chat_id),
        (sent["message_id"].as_i64().expect("an id"), user.id())
    );
    assert_eq!(seen.labels(), ["Так", "Amt"]);
    assert_eq!(
        seen.button("Так").expect("the button").action,
        ButtonAction::Callback("y".into())
    );
    assert_eq!(
        seen.buttons[0][1].action,
        ButtonAction::Url("https://example.org".into())
    );
    assert!(!seen.edited);
}

#[tokio::test]
async fn text_is_checked_as_telegram_checks_it() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).start("");
    let refused = async |text: &str| {
        api.refused("sendMessage", json!({ "chat_id": 1, "text": text }))
            .await
    };
    assert_eq!(
        refused("").await,
        (400, "Bad Request: message text is empty".into())
    );
    assert_eq!(
        refused(" \n ").await,
        (400, "Bad Request: text must be non-empty".into())
    );
    assert_eq!(
        refused(&"ы".repeat(4097)).await,
        (400, "Bad Request: message is too long".into())
    );
    assert_eq!(
        refused(&"😀".repeat(2049)).await.0,
        400,
        "an emoji outside the basic plane counts twice"
    );
    api.say(1, &"😀".repeat(2048)).await;
    // Markup does not count.
    let text = format!("<b>{}</b> &lt;", "ж".repeat(4094));
    api.ok(
        "sendMessage",
        json!({ "chat_id": 1, "text": text, "parse_mode": "HTML" }),
    )
    .await;
}

#[tokio::test]
async fn html_becomes_text_and_entities_or_is_refused() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    let text = "😀 <b>wichtig &amp; <i>neu</i></b> <a href=\"https://example.org\">hier</a> 1 &lt; 2 &x; & <code></code>";
    let sent = api
        .ok(
            "sendMessage",
            json!({ "chat_id": 1, "text": text, "parse_mode": "html" }),
        )
        .await;
    assert_eq!(sent["text"], "😀 wichtig & neu hier 1 < 2 &x; &");
    assert_eq!(
        sent["entities"],
        json!([
            { "type": "bold", "offset": 3, "length": 13 },
            { "type": "italic", "offset": 13, "length": 3 },
            { "type": "text_link", "offset": 17, "length": 4, "url": "https://example.org" },
        ])
    );
    assert_eq!(user.last().expect("a message").entities.len(), 3);

    for (text, why) in [
        ("a < b", "Unsupported start tag \"\" at byte offset 2"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<p>x</p>", "Unsupported start tag \"p\" at byte offset 0"),
        ("x<br>", "Unsupported start tag \"br\" at byte offset 1"),
        (
            "<b>x",
            "Can't find end tag corresponding to start tag \"b\"",
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"",
        ),
        (
            "<a href=\"x>y</a>",
            "Unclosed start tag \"a\" at byte offset 0",
        ),
        (
            "<span class=\"big\">x</span>",
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        ),
    ] {
        let (code, description) = api
            .refused(
                "sendMessage",
                json!({ "chat_id": 1, "text": text, "parse_mode": "HTML" }),
            )
            .await;
        assert_eq!(
            (code, description),
            (400, format!("Bad Request: can't parse entities: {why}")),
            "{text}"
        );
    }
    let other = api
        .refused(
            "sendMessage",
            json!({ "chat_id": 1, "text": "x", "parse_mode": "RTF" }),
        )
        .await;
    assert_eq!(other.1, "Bad Request: unsupported parse_mode");
}

#[tokio::test]
async fn keyboards_are_checked() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).start("");
    let send = |markup: Value| json!({ "chat_id": 1, "text": "x", "reply_markup": markup });
    let data = |data: String| send(keyboard(json!([{ "text": "b", "callback_data": data }])));
    api.ok("sendMessage", data("x".repeat(64))).await;
    for wrong in ["".to_owned(), "x".repeat(65), "ф".repeat(33)] {
        assert_eq!(
            api.refused("sendMessage", data(wrong)).await,
            (400, "Bad Request: BUTTON_DATA_INVALID".into())
        );
    }
    for (wrong, why) in [
        (json!([]), "object expected as reply markup"),
        (
            json!({ "inline_keyboard": "x" }),
            "can't parse inline keyboard markup JSON object",
        ),
        (
            keyboard(json!([{ "callback_data": "x" }])),
            "Can't find field \"text\"",
        ),
        (
            keyboard(json!([{ "text": "x" }])),
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard(json!([{ "text": "", "callback_data": "x" }])),
            "text must be non-empty",
        ),
        (
            keyboard(json!([{ "text": "x", "url": "ftp://x" }])),
            "Unsupported URL protocol",
        ),
        (
            keyboard(json!(vec![
                json!({ "text": "x", "callback_data": "x" });
                101
            ])),
            "too long",
        ),
        (
            json!({ "keyboard": [[{ "text": "" }]] }),
            "can't parse keyboard button",
        ),
    ] {
        let (code, description) = api.refused("sendMessage", send(wrong)).await;
        assert_eq!(code, 400);
        assert!(description.contains(why), "{description}");
    }
}

#[tokio::test]
async fn who_cannot_be_written_to() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let refused = async |chat: Value| {
        api.refused("sendMessage", json!({ "chat_id": chat, "text": "x" }))
            .await
    };
    let not_found = (400, "Bad Request: chat not found".to_owned());
    sim.user(1);
    assert_eq!(
        refused(json!(1)).await,
        not_found,
        "a person who never wrote"
    );
    assert_eq!(
        refused(json!(-5)).await,
        not_found,
        "a group the bot was never in"
    );
    assert_eq!(refused(json!("@nobody")).await, not_found);
    assert_eq!(
        refused(json!("")).await,
        (400, "Bad Request: chat_id is empty".into())
    );

    let gone = sim.user(2);
    gone.start("");
    gone.block();
    assert_eq!(
        refused(json!(2)).await,
        (403, "Forbidden: bot was blocked by the user".into())
    );
    gone.unblock();
    api.say(2, "welcome back").await;
    gone.deactivate();
    assert_eq!(
        refused(json!(2)).await,
        (403, "Forbidden: user is deactivated".into())
    );

    let shy = sim.user(3);
    shy.group_message(-100, "hello");
    assert_eq!(
        refused(json!(3)).await,
        (
            403,
            "Forbidden: bot can't initiate conversation with a user".into()
        )
    );
    shy.start("");
    api.say(3, "now").await;
}

#[tokio::test]
async fn edits_change_the_message_in_place() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    let own = user.start("");
    let buttons = keyboard(json!([{ "text": "b", "callback_data": "x" }]));
    let sent = api
        .ok(
            "sendMessage",
            json!({ "chat_id": 1, "text": "one", "reply_markup": buttons }),
        )
        .await;
    let id = &sent["message_id"];
    let edit = json!({ "chat_id": 1, "message_id": id, "text": "two", "reply_markup": buttons });
    assert!(api.ok("editMessageText", edit.clone()).await["edit_date"].is_u64());
    let (code, description) = api.refused("editMessageText", edit).await;
    assert_eq!(code, 400);
    assert!(
        description.starts_with("Bad Request: message is not modified"),
        "{description}"
    );
    let seen = user.wait_for(|message| message.edited, LIMIT).await;
    assert_eq!(
        (seen.text.as_str(), seen.earlier_texts.as_slice()),
        ("two", ["one".to_owned()].as_slice())
    );

    api.ok(
        "editMessageReplyMarkup",
        json!({ "chat_id": 1, "message_id": id }),
    )
    .await;
    assert!(user.last().expect("a message").buttons.is_empty());
    assert_eq!(user.messages().len(), 1, "an edit is not a new message");

    let edit = |id: Value| json!({ "chat_id": 1, "message_id": id, "text": "x" });
    assert_eq!(
        api.refused("editMessageText", edit(json!(9))).await.1,
        "Bad Request: message to edit not found"
    );
    assert_eq!(
        api.refused("editMessageText", edit(json!(own))).await.1,
        "Bad Request: message can't be edited"
    );
    assert_eq!(
        api.refused("editMessageText", edit(json!(null))).await.1,
        "Bad Request: message identifier is not specified"
    );
    let long = json!({ "chat_id": 1, "message_id": id, "text": "x".repeat(4097) });
    let (_, description) = api.refused("editMessageText", long).await;
    assert_eq!(description, "Bad Request: MESSAGE_TOO_LONG");
    api.ok("deleteMessage", json!({ "chat_id": 1, "message_id": id }))
        .await;
    assert_eq!(user.last(), None);
    let again = api
        .refused("deleteMessage", json!({ "chat_id": 1, "message_id": id }))
        .await;
    assert_eq!(again.1, "Bad Request: message to delete not found");
}

#[tokio::test]
async fn small_methods_check_their_parameters() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    sim.user(1).start("");
    api.ok(
        "sendChatAction",
        json!({ "chat_id": 1, "action": "typing" }),
    )
    .await;
    let (_, description) = api
        .refused(
            "sendChatAction",
            json!({ "chat_id": 1, "action": "dancing" }),
        )
        .await;
    assert_eq!(
        description,
        "Bad Request: wrong parameter action in request"
    );

    let commands = json!([{ "command": "help", "description": "Hilfe" }]);
    api.ok(
        "setMyCommands",
        json!({ "commands": commands, "language_code": "de" }),
    )
    .await;
    assert_eq!(api.ok("getMyCommands", json!({})).await, commands);
    for (command, description) in [("Hilfe", "x"), ("", "x"), ("ok", "")] {
        let commands = json!([{ "command": command, "description": description }]);
        assert_eq!(
            api.refused("setMyCommands", json!({ "commands": commands }))
                .await
                .0,
            400
        );
    }
    api.ok("deleteMyCommands", json!({})).await;
    assert_eq!(api.ok("getMyCommands", json!({})).await, json!([]));

    assert_eq!(
        api.ok("getChat", json!({ "chat_id": 1 })).await["type"],
        "private"
    );
    assert_eq!(
        api.refused("leaveChat", json!({ "chat_id": 1 })).await.0,
        400
    );
}

#[tokio::test]
async fn saying_the_same_twice_is_noticed() {
    let sim = TelegramSim::start().await;
    let api = Api::of(&sim);
    let user = sim.user(1);
    user.start("");
    api.say(1, "question").await;
    user.send_text("nonsense");
    api.say(1, "question").await;
    assert_eq!(
        sim.counters().repeated_messages,
        0,
        "the person spoke in between"
    );
    api.say(1, "question").await;
    assert_eq!(sim.counters().repeated_messages, 1);
}
