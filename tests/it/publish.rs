//! Content is published while people talk: compared, live everywhere at once, and taken back.

use crate::support::content::Files;
use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{SimOptions, TelegramSim};
use std::time::Duration;

const OLD: &str = "Womit können wir helfen?";
const NEW: &str = "Wobei können wir helfen?";
const LIVE: &str = "published content is live";

async fn world(name: &str) -> (TelegramSim, Instance) {
    let options = SimOptions {
        seed: 7,
        second: Duration::from_millis(50),
    };
    let sim = TelegramSim::start_with(options).await;
    let instance = Instance::new(name, &["serve"])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token());
    (sim, instance)
}

/// Other words for the menu, in a folder of the instance's.
fn edited(instance: &Instance) -> String {
    let folder = instance.folder().join("content");
    let files = Files::shipped().with_edit("locales/de/menu.ftl", OLD, NEW);
    files.write(&folder);
    folder.display().to_string()
}

/// Waits until the program has said so this often, over all its starts.
async fn live_again(instance: &Instance, times: usize) {
    loop {
        let log = instance.wait_until_it_says(LIVE).await;
        if log.matches(LIVE).count() >= times {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn restart(instance: &Instance, lotse: Lotse) -> Lotse {
    lotse.kill();
    instance.start().await
}

#[tokio::test]
async fn a_person_hears_what_was_published_and_after_a_rollback_what_was_before() {
    let (sim, instance) = world("publish").await;
    let lotse = instance.start().await;
    let person = sim.user(9400).language("de");
    let sees = async |words: &str| person.wait_for(|m| m.text.contains(words), PATIENCE).await;
    person.start("");
    sees("In welcher Sprache").await;
    person.tap("Deutsch");
    sees(OLD).await;

    let folder = edited(&instance);
    let dry = instance.run(&["publish", &folder, "--dry-run"]);
    assert!(
        dry.contains("texts in de: 0 new, 1 changed, 0 removed"),
        "{dry}"
    );
    assert!(dry.contains("Nothing was changed."), "{dry}");
    instance.run(&["publish", &folder, "--yes", "--by", "Rosa"]);
    live_again(&instance, 1).await;
    person.send_text("Menü");
    sees(NEW).await;

    // It holds after a crash too, and nobody has to be there for that.
    let lotse = restart(&instance, lotse).await;
    person.send_text("Menü");
    sees(NEW).await;

    instance.run(&["publish", "--rollback", "--yes"]);
    live_again(&instance, 2).await;
    person.send_text("Menü");
    sees(OLD).await;
    let list = instance.run(&["publish", "--list"]);
    let holds: Vec<_> = list.lines().filter(|l| l.ends_with("holds now")).collect();
    assert_eq!((list.lines().count(), holds.len()), (3, 1), "{list}");
    assert!(list.contains("Rosa"), "{list}");
    lotse.stop().await;
}

#[tokio::test]
async fn several_processes_switch_together() {
    let (_sim, first) = world("publish-together").await;
    let first = first.on_postgres().await;
    let one = first.start().await;
    let second = first.beside("publish-together-2", "serve");
    let two = second.start().await;
    first.run(&["publish", &edited(&first), "--yes"]);
    live_again(&first, 1).await;
    live_again(&second, 1).await;
    one.stop().await;
    two.stop().await;
}
