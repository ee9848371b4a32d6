//! The types the project itself reads updates with take what the simulator sends.

use super::*;
use ::teloxide::prelude::*;
use ::teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup, Seconds, UpdateKind};
use ::teloxide::{ApiError, RequestError};

fn bot(sim: &TelegramSim) -> Bot {
    let client = reqwest::Client::builder().no_proxy().build();
    let url = sim.base_url().parse().expect("an address");
    Bot::with_client(sim.token(), client.expect("an HTTP client")).set_api_url(url)
}

#[tokio::test]
async fn teloxide_decodes_every_kind_of_update() {
    let sim = TelegramSim::start().await;
    let bot = bot(&sim);
    let user = sim.user(1).language("uk").name("Olena");
    let id = user.start("");
    let markup = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("Так", "y")]]);
    let sent = bot
        .send_message(ChatId(1), "?")
        .reply_markup(markup)
        .await
        .expect("a message");
    user.tap("Так");
    user.tap_old(77, "gone");
    user.edit(id, "/start again");
    user.send_sticker("👍");
    user.send_voice(1);
    user.send_photo("");
    user.send_document("a", b"b");
    user.send_location(1.0, 2.0);
    user.send_contact("+49");
    user.block();
    user.unblock();
    user.group_message(-1_002_000_000_001, "hello");
    let updates = bot.get_updates().await.expect("updates");
    let kinds: Vec<&str> = updates
        .iter()
        .map(|update| match &update.kind {
            UpdateKind::Message(message) => {
                assert!(
                    message
                        .from
                        .as_ref()
                        .is_some_and(|from| from.first_name == "Olena")
                );
                "message"
            }
            UpdateKind::CallbackQuery(query) => {
                let message = query.message.as_ref().expect("a message");
                if message.id() == sent.id {
                    "tap"
                } else {
                    "old tap"
                }
            }
            UpdateKind::EditedMessage(message) => message.text().expect("a text"),
            UpdateKind::MyChatMember(_) => "standing",
            other => panic!("not decoded: {other:?}"),
        })
        .collect();
    let mut expected = vec!["message", "tap", "old tap", "/start again"];
    expected.extend(["message"; 6]);
    expected.extend(["standing", "standing", "standing", "message"]);
    assert_eq!(kinds, expected);

    sim.send_unknown_update();
    sim.send_undecodable_update();
    let last = updates.last().expect("an update").id;
    let odd = bot
        .get_updates()
        .offset(last.as_offset())
        .await
        .expect("updates");
    assert!(
        odd.iter()
            .all(|update| matches!(update.kind, UpdateKind::Error(_))),
        "{odd:?}"
    );
    assert_eq!(odd.len(), 2);
}

#[tokio::test]
async fn teloxide_knows_the_refusals() {
    let sim = TelegramSim::start().await;
    let bot = bot(&sim);
    let send = async |chat: i64, text: &str| {
        bot.send_message(ChatId(chat), text)
            .await
            .expect_err("a refusal")
    };
    let api = |error: RequestError| match error {
        RequestError::Api(error) => error,
        other => panic!("another kind of error: {other:?}"),
    };
    assert_eq!(api(send(9, "x").await), ApiError::ChatNotFound);
    let user = sim.user(1);
    user.start("");
    assert_eq!(api(send(1, "").await), ApiError::MessageTextIsEmpty);
    assert_eq!(
        api(send(1, &"x".repeat(4097)).await),
        ApiError::MessageIsTooLong
    );
    sim.fail("sendMessage", Fault::TooManyRequests { retry_after: 3 })
        .times(1);
    let waits = send(1, "x").await;
    assert!(
        matches!(waits, RequestError::RetryAfter(seconds) if seconds == Seconds::from_seconds(3))
    );
    // No 5xx here: teloxide sleeps ten seconds inside the call before it reports one.
    user.block();
    assert_eq!(api(send(1, "x").await), ApiError::BotBlocked);
    user.unblock();
    user.deactivate();
    assert_eq!(api(send(1, "x").await), ApiError::UserDeactivated);
    // Telegram writes "query ID" today and teloxide looks for "query id": it does not know this refusal.
    let query = ::teloxide::types::CallbackQueryId("5".into());
    let stale = bot.answer_callback_query(query).await;
    let stale = api(stale.expect_err("a refusal"));
    assert!(matches!(stale, ApiError::Unknown(why) if why.contains("query is too old")));
    let chat = bot.get_chat(ChatId(1)).await.expect("a chat");
    assert!(chat.is_private());
    let hook = bot.get_webhook_info().await.expect("the webhook");
    assert_eq!((hook.url, hook.pending_update_count), (None, 3));
}
