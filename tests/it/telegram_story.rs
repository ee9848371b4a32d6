//! A whole story on Telegram: from a link in an advertisement to a counsellor's reply and back to the bot.
//! The program runs as a process, Telegram is the simulator, the counsellor uses the console by HTTP.

use crate::support::desk::{Counsellor, printed_accounts};
use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{ButtonAction, Fault, SimMessage, SimUser, TelegramSim};

/// A demo world with Telegram in front of it.
async fn world(name: &str, sim: &TelegramSim) -> (Instance, Lotse) {
    let instance = Instance::new(name, &["demo"])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token());
    let lotse = instance.start().await;
    (instance, lotse)
}

/// The counsellor of the local project that covers 34497, signed in to the console at an address.
async fn counsellor(instance: &Instance, console: &str) -> Counsellor {
    let accounts = printed_accounts(instance).await;
    let (login, password) = accounts
        .iter()
        .find(|(login, _)| login == "marta")
        .unwrap_or_else(|| panic!("no such account is printed:\n{}", instance.log()));
    Counsellor::sign_in(console, login, password).await
}

async fn hears(person: &SimUser, words: &str) -> SimMessage {
    person
        .wait_for(|m| plain(&m.text).contains(words), PATIENCE)
        .await
}

/// Without the marks that keep directions apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}', '\u{a0}'], "")
}

async fn chooses(person: &SimUser, label: &str, words: &str) -> SimMessage {
    person
        .tap(label)
        .unwrap_or_else(|| panic!("no button {label:?}: {:?}", person.last()));
    hears(person, words).await
}

/// From the first message to the menu.
async fn arrives(person: &SimUser) {
    person.start("plakat_7");
    hears(person, "In welcher Sprache").await;
    chooses(person, "Deutsch", "kein Notruf").await;
    hears(person, "Womit können wir helfen?").await;
}

/// From the menu to the question whether the answers may be passed on.
async fn asks_for_a_human(person: &SimUser, words: &str) -> SimMessage {
    chooses(person, "Mit Menschen sprechen", "Worum geht es?").await;
    chooses(person, "Etwas anderes", "in ein paar Sätzen").await;
    person.send_text(words);
    hears(person, "Postleitzahl sagen").await;
    chooses(person, "Ja, eingeben", "fünf Ziffern").await;
    person.send_text("٣٤٤٩٧");
    person
        .wait_for(
            |m| m.buttons.len() >= 2 && plain(&m.text).contains("34497"),
            PATIENCE,
        )
        .await
}

#[tokio::test]
async fn from_a_link_to_a_counsellor_and_back_to_the_bot() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("story", &sim).await;
    story(&sim, &instance, &instance.base()).await;
    lotse.stop().await;
}

/// What a person agreed to and what a counsellor wrote outlive the process that took it.
#[tokio::test]
async fn killed_with_a_hand_off_and_with_a_reply_on_its_way() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("story-kill", &sim).await;
    let amina = sim.user(7071).language("de");
    arrives(&amina).await;
    let consent = asks_for_a_human(&amina, "Mein Chef zahlt nicht").await;
    let mut desk = counsellor(&instance, &instance.base()).await;

    // The hand-off is committed, and the network is away.
    let arrived = sim.calls_of("sendMessage").len();
    sim.fail("sendMessage", Fault::DropBefore).chance(1.0);
    amina.tap(consent.labels()[0]).unwrap();
    sim.wait_until_all_taken(PATIENCE).await;
    sim.wait_for_arrival("sendMessage", arrived + 1, PATIENCE)
        .await;
    lotse.kill();
    sim.clear_faults();
    let lotse = instance.start().await;
    hears(&amina, "Ihre Anfrage ist angekommen").await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);

    hears(&amina, "kümmert sich jetzt").await;

    // The network has the reply and has not said so.
    let slow = Fault::Slow(std::time::Duration::from_secs(5));
    sim.fail("sendMessage", slow).chance(1.0);
    let reply = "Guten Tag, wie viele Monate?";
    assert_eq!(desk.write(&case, "reply", reply).await, 303);
    hears(&amina, reply).await;
    lotse.kill();
    sim.clear_faults();
    let lotse = instance.start().await;
    amina.send_text("Zwei Monate");
    let card = desk.wait_for_text(&case, "Zwei Monate").await;
    assert_eq!(card.matches(reply).count(), 1, "one reply:\n{card}");
    assert_eq!(desk.act(&case, "close").await, 303);
    hears(&amina, "Womit können wir helfen?").await;
    let times = |words: &str| {
        let said = amina.messages();
        said.iter()
            .filter(|m| plain(&m.text).contains(words))
            .count()
    };
    assert_eq!(times("Ihre Anfrage ist angekommen"), 1);
    assert!((1..=2).contains(&times(reply)), "{}", times(reply));
    lotse.stop().await;
}

/// The whole story, in a demo world with a console: link, menu, consent, claim, replies both ways, close, bot.
pub async fn story(sim: &TelegramSim, instance: &Instance, console: &str) {
    let amina = sim.user(7001).language("de").name("Amina");
    arrives(&amina).await;

    let consent = asks_for_a_human(&amina, "Mein Chef zahlt nicht & <droht>").await;
    assert!(
        plain(&consent.text).contains("Mein Chef zahlt nicht & <droht>"),
        "{}",
        consent.text
    );
    let yes = consent.labels()[0].to_owned();
    let receipt = chooses(&amina, &yes, "-").await;
    assert!(receipt.text.len() > 40, "{receipt:?}");

    let mut desk = counsellor(instance, console).await;
    let case = desk.wait_for_case().await;
    let offer = desk.get("/console").await;
    assert!(
        !offer.contains("Mein Chef"),
        "a blind offer shows no words of the person"
    );
    assert_eq!(desk.act(&case, "claim").await, 303);
    let card = desk.wait_for_text(&case, "Mein Chef zahlt nicht").await;
    assert!(card.contains("34497"));
    assert_eq!(desk.write(&case, "note", "ruhig bleiben").await, 303);
    assert_eq!(
        desk.write(&case, "reply", "Guten Tag, wie viele Monate?")
            .await,
        303
    );
    hears(&amina, "Guten Tag, wie viele Monate?").await;

    amina.send_text("Zwei Monate");
    desk.wait_for_text(&case, "Zwei Monate").await;
    assert_eq!(desk.act(&case, "close").await, 303);
    hears(&amina, "Womit können wir helfen?").await;
    assert!(
        !amina
            .messages()
            .iter()
            .any(|m| m.text.contains("ruhig bleiben")),
        "a note is private"
    );
    let replies = amina.messages();
    let replies = replies
        .iter()
        .filter(|m| m.text.contains("wie viele Monate"));
    assert_eq!(replies.count(), 1, "the reply came more than once");

    let log = instance.log();
    for secret in [
        "Mein Chef",
        "Zwei Monate",
        "34497",
        "7001",
        "Amina",
        sim.token(),
    ] {
        assert!(!log.contains(secret), "the log tells {secret:?}");
    }
}

#[tokio::test]
async fn everything_that_is_no_text_gets_a_kind_answer() {
    let sim = TelegramSim::start().await;
    let (_instance, lotse) = world("media", &sim).await;
    let person = sim.user(7002).language("de");
    arrives(&person).await;
    person.send_sticker("👍");
    let sticker = person.wait_for(|_| true, PATIENCE).await;
    person.send_voice(4);
    person
        .wait_for(
            |m| m.text != sticker.text && m.text.contains("hören"),
            PATIENCE,
        )
        .await;
    person.send_photo("mein Brief");
    person
        .wait_for(
            |m| m.text.contains("Foto") || m.text.contains("Bild"),
            PATIENCE,
        )
        .await;
    let id = person.send_text("Darf ich?");
    person.wait_for(|_| true, PATIENCE).await;
    person.edit(id, "Darf ich arbeiten?");
    person
        .wait_for(|m| m.text.contains("neue Nachricht"), PATIENCE)
        .await;

    // A goodbye that has to be said twice is heard all the same: the bot leaves after it.
    let busy = Fault::TooManyRequests { retry_after: 1 };
    sim.fail("sendMessage", busy).in_chat(-5001).times(1);
    person.add_bot_to_group(-5001);
    sim.wait_for_in(-5001, |_| true, PATIENCE).await;
    sim.wait_for_call(|c| c.method.eq_ignore_ascii_case("leaveChat"), PATIENCE)
        .await;
    lotse.stop().await;
}

#[tokio::test]
async fn a_blocked_bot_waits_and_a_double_press_is_one_answer() {
    let sim = TelegramSim::start().await;
    let (_instance, lotse) = world("blocked", &sim).await;
    let person = sim.user(7003).language("de");
    person.start("");
    let question = hears(&person, "In welcher Sprache").await;
    let token = match question.button("Deutsch").map(|b| b.action.clone()) {
        Some(ButtonAction::Callback(token)) => token,
        other => panic!("no token: {other:?}"),
    };
    person.tap_old(question.message_id, &token);
    person.tap_old(question.message_id, &token);
    hears(&person, "Womit können wir helfen?").await;
    sim.wait_until_all_taken(PATIENCE).await;
    person.send_text("Menü");
    hears(&person, "Womit können wir helfen?").await;
    let notices = person
        .messages()
        .iter()
        .filter(|m| m.text.contains("kein Notruf"))
        .count();
    assert_eq!(notices, 1, "the second press was answered");

    person.block();
    sim.wait_until_all_taken(PATIENCE).await;
    person.unblock();
    person.send_text("Menü");
    hears(&person, "Womit können wir helfen?").await;
    lotse.stop().await;
}

#[tokio::test]
async fn pauses_dropped_connections_and_server_errors_lose_nothing() {
    let sim = TelegramSim::start().await;
    let (_instance, lotse) = world("faults", &sim).await;
    let person = sim.user(7004).language("de");
    for fault in [
        Fault::TooManyRequests { retry_after: 1 },
        Fault::InternalError,
        Fault::BadGateway,
        Fault::DropBefore,
    ] {
        sim.fail("sendMessage", fault).times(1);
        person.start("");
        hears(&person, "In welcher Sprache").await;
    }
    sim.repeat_latest_update();
    sim.send_unknown_update();
    sim.send_undecodable_update();
    chooses(&person, "Deutsch", "Womit können wir helfen?").await;
    assert_eq!(
        sim.counters().early_retries,
        0,
        "a pause that was asked for is kept"
    );
    lotse.stop().await;
}
