//! The whole program on PostgreSQL: the same story and the same kill as on the embedded database.

use crate::alarm::set_right;
use crate::kill::{World, killed_when_confirmed};
use crate::support::content::Files;
use crate::support::lotse::Instance;
use crate::support::telegram::{SimOptions, TelegramSim};
use crate::telegram_story::story;
use std::time::Duration;

/// A demo world with Telegram in front of it, on a database of its own.
async fn world(name: &str) -> (TelegramSim, Instance) {
    let sim = TelegramSim::start_with(SimOptions {
        seed: 7,
        second: Duration::from_millis(50),
    })
    .await;
    let instance = Instance::new(name, &["demo"])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token())
        .on_postgres()
        .await;
    (sim, instance)
}

#[tokio::test]
async fn a_whole_story_on_postgres_and_then_a_kill_under_load() {
    let (sim, instance) = world("postgres").await;
    let lotse = instance.start().await;
    story(&sim, &instance, &instance.base()).await;
    let world = World::of(sim, instance, 8500).await;
    killed_when_confirmed(world, lotse).await;
}

#[tokio::test]
async fn danger_is_seen_and_set_right_on_postgres() {
    let sim = TelegramSim::start().await;
    let instance = Instance::new("postgres-danger", &[]);
    let content = instance.folder().join("content");
    Files::shipped()
        .recognising(&["de", "en", "ar"])
        .write(&content);
    let content = content.display().to_string();
    let instance = instance.with_args(&["demo", "--content", &content]);
    set_right(&sim, instance.on_postgres().await).await;
}

#[tokio::test]
async fn one_process_talks_to_telegram_and_another_one_serves_the_console() {
    let (sim, telegram) = world("postgres-telegram").await;
    let first = telegram.start().await;
    let console = telegram.beside("postgres-console", "serve");
    let second = console.start().await;
    story(&sim, &telegram, &console.base()).await;
    second.stop().await;
    first.stop().await;
}
