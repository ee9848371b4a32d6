//! The whole program on PostgreSQL: the same story and the same kill as on the embedded database.

use crate::kill::{World, killed_when_confirmed};
use crate::support::lotse::Instance;
use crate::support::telegram::{SimOptions, TelegramSim};
use crate::telegram_story::story;
use std::time::Duration;

#[tokio::test]
async fn a_whole_story_on_postgres_and_then_a_kill_under_load() {
    let sim = TelegramSim::start_with(SimOptions {
        seed: 7,
        second: Duration::from_millis(50),
    })
    .await;
    let instance = Instance::new("postgres", &["demo"])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token())
        .on_postgres()
        .await;
    let lotse = instance.start().await;
    story(&sim, &instance).await;
    let world = World::of(sim, instance, 8500).await;
    killed_when_confirmed(world, lotse).await;
}
