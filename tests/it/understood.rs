//! The real weights in the running bot: somebody in danger writes in words that no phrase and no group of letters knows.

use crate::support::content::{Files, project};
use crate::support::desk::{Counsellor, printed_accounts};
use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{SimMessage, SimUser, TelegramSim};
use serde_json::Value;
use std::time::Duration;

/// All classes that are learned: a vector takes seconds in a program that is built for tests.
const CLASSES: &str = r#"
[class.suicide_crisis]
name.de = "Seelische Krise"
name.en = "Mental health crisis"
level = "immediate"
reason = "suicide_crisis"

[class.language_course]
name.de = "Sprachkurs"
name.en = "Language course"
level = "none"

[class.other]
name.de = "Anderes"
name.en = "Other"
level = "none"
"#;

/// Of its own, so that nothing here changes when those of the content are set again.
const THRESHOLDS: &str = "alarm = 0.5\ncheck = 0.4\nngram_alarm = 0.7\nngram_check = 0.6\ntopic = 0.5\ntopic_low = 0.4\nset_on = \"\"\n";

/// Examples in the languages that are on offer, and no phrase at all: crisis, course, other.
const EXAMPLES: [(&str, [&str; 3]); 3] = [
    (
        "de",
        [
            r#""ich will nicht mehr leben", "ich möchte sterben", "ich denke an selbstmord""#,
            r#""ich möchte deutsch lernen", "wo gibt es einen sprachkurs", "wann ist die prüfung""#,
            r#""guten morgen", "wie wird das wetter", "danke für die antwort""#,
        ],
    ),
    (
        "en",
        [
            r#""I want to die""#,
            r#""I want to learn German""#,
            r#""good morning""#,
        ],
    ),
    (
        "ar",
        [
            r#""أريد أن أموت""#,
            r#""أريد أن أتعلم الألمانية""#,
            r#""صباح الخير""#,
        ],
    ),
];

/// In letters of which nothing was learned: "I do not want to live any more", "I want to die".
const NO_MORE: &str = "я больше не хочу жить";
const TO_DIE: &str = "я хочу умереть";

/// The shipped content, but what it recognises free texts by.
fn files() -> Files {
    let tongue = |[crisis, course, other]: [&str; 3]| {
        format!(
            "review = \"machine\"\nnegation = []\nnegation_after = []\nsoftener = []\ndeadline = []\n\
             numbers_text = \"112, 110, 0800 1110111\"\nyes = \"Ja\"\nno = \"Nein\"\n\n\
             [suicide_crisis]\ncheck = \"Geht es um Ihr Leben?\"\nexamples = [{crisis}]\n\n\
             [language_course]\nexamples = [{course}]\n\n[other]\nexamples = [{other}]\n"
        )
    };
    let files = Files::shipped()
        .recognising(&[])
        .with_file("flows/detect/classes.toml", CLASSES)
        .with_file("flows/detect/thresholds.toml", THRESHOLDS);
    EXAMPLES.into_iter().fold(files, |files, (lang, examples)| {
        files.with_file(&format!("flows/detect/{lang}.toml"), &tongue(examples))
    })
}

/// A bot with the real weights, which looks at texts for so long (in thousandths of a second).
fn instance(name: &str, wait: &str, sim: &TelegramSim) -> Instance {
    let instance = Instance::new(name, &[]);
    let content = instance.folder().join("content");
    files().write(&content);
    let content = content.display().to_string();
    let weights = project("target/peers/model/e5-small-q4.bin");
    assert!(
        weights.exists(),
        "the weights are not installed: run scripts/install-peers"
    );
    instance
        .with_args(&["demo", "--content", &content])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token())
        .env("LOTSE_MODEL", weights.display().to_string())
        .env("LOTSE_TRIAGE", "on")
        .env("LOTSE_TRIAGE_WAIT", wait)
}

/// Starts it and waits until sentence vectors answer: a program that is built for tests learns when the first text comes.
async fn ready(instance: &Instance, sim: &TelegramSim, id: i64) -> Lotse {
    let lotse = instance.start().await;
    let first = sim.user(id).language("de");
    arrives(&first).await;
    first.send_text("guten morgen zusammen");
    let mut look = tokio::time::interval(Duration::from_millis(100));
    let learned = async {
        loop {
            look.tick().await;
            let answer = reqwest::get(format!("{}/readyz", instance.base()))
                .await
                .unwrap();
            let ready: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            if ready["triage"] == "vectors" {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, learned)
        .await
        .expect("it learns in time");
    lotse
}

async fn hears(person: &SimUser, words: &str) -> SimMessage {
    person.wait_for(|m| m.text.contains(words), PATIENCE).await
}

async fn arrives(person: &SimUser) {
    person.start("");
    hears(person, "In welcher Sprache").await;
    person.tap("Deutsch").expect("a button");
    hears(person, "Womit können wir helfen?").await;
}

const NUMBERS: &str = "0800 1110111";

/// One test, so that vectors are made once.
#[tokio::test]
async fn danger_in_words_that_only_vectors_know_is_seen_in_time_and_too_late() {
    let sim = TelegramSim::start().await;
    let early = instance("understood", "60000", &sim);
    early.run(&[
        "model",
        "learn",
        "--content",
        &early.folder().join("content").display().to_string(),
    ]);
    let lotse = ready(&early, &sim, 8201).await;
    in_time(&sim, &early).await;
    lotse.stop().await;
    // The same data, and no time at all.
    let late = early.env("LOTSE_TRIAGE_WAIT", "1");
    let lotse = ready(&late, &sim, 8202).await;
    too_late(&sim).await;
    lotse.stop().await;
}

async fn in_time(sim: &TelegramSim, instance: &Instance) {
    let person = sim.user(8203).language("de");
    arrives(&person).await;
    person.send_text(NO_MORE);
    let numbers = hears(&person, NUMBERS).await;
    let consent = hears(&person, NO_MORE).await;
    assert!(numbers.message_id < consent.message_id, "numbers first");
    person.tap(consent.labels()[0]).expect("a button");
    let accounts = printed_accounts(instance).await;
    let (login, password) = accounts.iter().find(|(l, _)| l == "leila").unwrap();
    let mut desk = Counsellor::sign_in(&instance.base(), login, password).await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    let card = desk.wait_for_text(&case, NO_MORE).await;
    for words in [
        "keine bekannte Wendung",
        "Seelische Krise",
        "Wendungen, Satzvektoren mit Buchstabengruppen",
    ] {
        assert!(card.contains(words), "{words}:\n{card}");
    }
}

/// Letters answer at once and have seen nothing; then vectors have.
async fn too_late(sim: &TelegramSim) {
    let person = sim.user(8204).language("de");
    arrives(&person).await;
    person.send_text(TO_DIE);
    let first = hears(&person, "Bitte wählen Sie ein Thema").await;
    let numbers = hears(&person, NUMBERS).await;
    assert!(first.message_id < numbers.message_id);
    hears(&person, TO_DIE).await;
}
