//! Free texts on Telegram: danger, a question, a topic, nothing; looked at in time, late, and after the program was killed.
//! The program has no weights here: phrases and groups of letters look.

use crate::support::content::Files;
use crate::support::desk::{Counsellor, printed_accounts};
use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{SimMessage, SimUser, TelegramSim};

const HITS_ME: &str = "زوجي يضربني كل يوم وأنا خايفة";
const DENIES: &str = "ich denke nicht an selbstmord. ich suche arbeit als koch in kassel und einen deutschkurs am abend";
const WANTS_TO_DIE: &str = "ich will mich umbringen";

/// A program that looks at free texts and takes so long for it (in thousandths of a second).
async fn world(name: &str, wait: &str, sim: &TelegramSim) -> (Instance, Lotse) {
    let instance = Instance::new(name, &[]);
    let content = instance.folder().join("content");
    Files::shipped()
        .recognising(&["de", "en", "ar"])
        .write(&content);
    let content = content.display().to_string();
    let instance = instance
        .with_args(&["demo", "--content", &content])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token())
        .env("LOTSE_TRIAGE", "on")
        .env("LOTSE_TRIAGE_WAIT", wait);
    let lotse = instance.start().await;
    (instance, lotse)
}

fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}', '\u{a0}'], "")
}

async fn hears(person: &SimUser, words: &str) -> SimMessage {
    person
        .wait_for(|m| plain(&m.text).contains(words), PATIENCE)
        .await
}

async fn sees_button(person: &SimUser, label: &str) -> SimMessage {
    person
        .wait_for(|m| m.labels().contains(&label), PATIENCE)
        .await
}

fn presses(person: &SimUser, label: &str) {
    person
        .tap(label)
        .unwrap_or_else(|| panic!("no button {label:?}: {:?}", person.last()));
}

/// Something that came after another message.
async fn hears_after(person: &SimUser, before: &SimMessage, words: &str) -> SimMessage {
    let later = |m: &SimMessage| m.message_id > before.message_id;
    person
        .wait_for(|m| later(m) && plain(&m.text).contains(words), PATIENCE)
        .await
}

async fn arrives(person: &SimUser, language: &str, menu: &str) {
    person.start("");
    hears(person, "In welcher Sprache").await;
    presses(person, language);
    hears(person, menu).await;
}

const MENU: &str = "Womit können wir helfen?";

#[tokio::test]
async fn danger_a_question_a_topic_and_nothing() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("triage", "60000", &sim).await;
    danger(&sim, &instance).await;
    refused(&sim, &instance).await;
    question(&sim).await;
    topic(&sim).await;
    nothing(&sim).await;
    let log = instance.log();
    for secret in [HITS_ME, WANTS_TO_DIE, "8101"] {
        assert!(!log.contains(secret), "the log tells {secret:?}");
    }
    lotse.stop().await;
}

/// Numbers in the person's language, a case, consent; the counsellor sees why.
async fn danger(sim: &TelegramSim, instance: &Instance) {
    let person = sim.user(8101).language("ar");
    arrives(&person, "العربية", "112").await;
    person.send_text(HITS_ME);
    hears(&person, "116016").await;
    let consent = hears(&person, HITS_ME).await;
    let accounts = printed_accounts(instance).await;
    let (login, password) = accounts.iter().find(|(l, _)| l == "leila").unwrap();
    let mut desk = Counsellor::sign_in(&instance.base(), login, password).await;
    let before = desk.get("/console?scope=all").await;
    assert!(
        !before.contains(HITS_ME),
        "before consent nothing of it is shown"
    );
    let yes = consent.labels()[0].to_owned();
    presses(&person, &yes);
    let menu = person.wait_for(
        |m| m.text.len() > 40 && m.message_id > consent.message_id,
        PATIENCE,
    );
    menu.await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    let card = desk.wait_for_text(&case, HITS_ME).await;
    assert!(
        card.contains("Gewalt oder Bedrohung"),
        "the reason:\n{card}"
    );
    assert!(
        card.contains("Im Text gefunden") && card.contains("Vermutung des Programms"),
        "{card}"
    );
    assert!(
        card.contains("Wendungen, Buchstabengruppen"),
        "who looked:\n{card}"
    );
    // What comes later raises nothing and interrupts nobody, but says why it matters.
    person.send_text("ana biddi moot");
    desk.wait_for_text(&case, "ana biddi moot").await;
    assert_eq!(desk.act(&case, "close").await, 303);
}

const HE_HITS: &str = "mein mann schlägt mich und sagt er bringt mich um";

/// Who lets nothing be passed on is not left alone: the bot goes on, and another danger has its numbers. Nobody reads what
/// was written meanwhile.
async fn refused(sim: &TelegramSim, instance: &Instance) {
    let person = sim.user(8106).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text(WANTS_TO_DIE);
    hears(&person, "0800 1110111").await;
    let consent = hears(&person, WANTS_TO_DIE).await;
    presses(&person, consent.labels().last().unwrap());
    let declined = hears(&person, "wir geben nichts weiter").await;
    let menu = hears_after(&person, &declined, MENU).await;
    person.send_text("Menü");
    let menu = hears_after(&person, &menu, MENU).await;
    person.send_text(HE_HITS);
    let numbers = hears_after(&person, &menu, "116016").await;
    let consent = hears_after(&person, &numbers, HE_HITS).await;
    let accounts = printed_accounts(instance).await;
    let (login, password) = accounts.iter().find(|(l, _)| l == "leila").unwrap();
    let mut desk = Counsellor::sign_in(&instance.base(), login, password).await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    let card = desk.wait_for_text(&case, "Gewalt oder Bedrohung").await;
    assert!(
        !card.contains(HE_HITS) && !card.contains(WANTS_TO_DIE),
        "nothing of it before consent:\n{card}"
    );
    presses(&person, consent.labels()[0]);
    hears_after(&person, &consent, "Ihre Anfrage ist angekommen").await;
    desk.wait_for_text(&case, HE_HITS).await;
    assert_eq!(desk.act(&case, "close").await, 303);
}

/// A denied phrase is a question: no goes on, yes calls.
async fn question(sim: &TelegramSim) {
    let person = sim.user(8102).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text(DENIES);
    hears(&person, "Geht es um Ihr Leben?").await;
    presses(&person, "Nein");
    hears(&person, MENU).await;
    person.send_text(WANTS_TO_DIE);
    hears(&person, "0800 1110111").await;
    hears(&person, WANTS_TO_DIE).await;
    let person = sim.user(8103).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text(DENIES);
    hears(&person, "Geht es um Ihr Leben?").await;
    presses(&person, "Ja");
    hears(&person, "0800 1110111").await;
}

/// A topic is offered, and its button leads into its flow.
async fn topic(sim: &TelegramSim) {
    let person = sim.user(8104).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text("Ich möchte eine Ausbildung machen, wie finde ich einen Ausbildungsplatz?");
    let offer = sees_button(&person, "Zu einem Menschen").await;
    assert!(
        offer.labels().contains(&"Ausbildung und Schule"),
        "{offer:?}"
    );
    presses(&person, "Ausbildung und Schule");
    person
        .wait_for(
            |m| m.message_id > offer.message_id && !m.buttons.is_empty(),
            PATIENCE,
        )
        .await;
}

/// Whoever is not understood comes to a human.
async fn nothing(sim: &TelegramSim) {
    let person = sim.user(8105).language("de");
    arrives(&person, "Deutsch", MENU).await;
    let mut last = person.last().map_or(0, |m| m.message_id);
    for text in ["qwq xzx", "xzx qwq", "qqq zzz", "zzz qqq"] {
        person.send_text(text);
        let said = person.wait_for(|m| m.message_id > last, PATIENCE).await;
        last = said.message_id;
        // The way to a human begins with what it is about.
        if ["Worum geht es?", "Beraterin"]
            .iter()
            .any(|w| plain(&said.text).contains(w))
        {
            return;
        }
    }
    panic!("no human was offered: {:?}", person.last());
}

#[tokio::test]
async fn what_could_not_be_looked_at_in_time_is_an_alarm_all_the_same() {
    let sim = TelegramSim::start().await;
    let (_instance, lotse) = world("triage-late", "1", &sim).await;
    let person = sim.user(8111).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text(WANTS_TO_DIE);
    // An answer comes at once, whatever it is; and numbers as soon as somebody has looked.
    hears(&person, "Bitte wählen Sie ein Thema").await;
    hears(&person, "0800 1110111").await;
    hears(&person, WANTS_TO_DIE).await;
    lotse.stop().await;
}

#[tokio::test]
async fn killed_between_accepting_and_looking_nothing_is_lost() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("triage-kill", "60000", &sim).await;
    let person = sim.user(8121).language("de");
    arrives(&person, "Deutsch", MENU).await;
    person.send_text(WANTS_TO_DIE);
    sim.wait_until_all_taken(PATIENCE).await;
    // The first text has everything learned first, so nobody has looked yet.
    lotse.kill();
    assert!(
        !person
            .messages()
            .iter()
            .any(|m| m.text.contains(WANTS_TO_DIE)),
        "it was killed too late to show anything"
    );
    let lotse = instance.start().await;
    hears(&person, "0800 1110111").await;
    hears(&person, WANTS_TO_DIE).await;
    let numbers = person
        .messages()
        .iter()
        .filter(|m| m.text.contains("Gut, dass Sie schreiben"))
        .count();
    assert_eq!(numbers, 1, "once");
    lotse.stop().await;
}
