//! The table of the target group, row by row, as people meet it: every `target_group*.talk` is played against
//! the running program through Telegram, in the web room and at the terminal; on the first two in every language.

use crate::support::content::transcripts;
use crate::support::lotse::Instance;
use crate::support::outside::{RoomPage, Script, Telephone, World, play, terminal, today};
use crate::support::telegram::TelegramSim;
use futures_util::StreamExt as _;
use lotse::model::Message;
use std::path::PathBuf;

/// Persons of one world and channel who talk at the same time.
const AT_ONCE: usize = 50;

/// How conversations ended; `Err` tells what went otherwise.
type Ended = Vec<Result<(), String>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_holds_through_telegram_room_and_terminal() {
    loop {
        let day = today();
        let ended = play_all().await;
        if day != today() {
            // Midnight came in between: what was expected was of yesterday.
            continue;
        }
        let count = ended.len();
        let differ: Vec<_> = ended.into_iter().filter_map(Result::err).collect();
        assert!(
            differ.is_empty(),
            "{} of {count} conversations differ:\n\n{}",
            differ.len(),
            differ.join("\n")
        );
        let each = 3 + 3 + 1; // German, English, Arabic on Telegram and in the room; one at the terminal.
        assert_eq!(count, transcripts("target_group").len() * each);
        println!("{count} conversations");
        return;
    }
}

async fn play_all() -> Ended {
    let worlds = World::of(&transcripts("target_group"));
    let played = worlds
        .iter()
        .enumerate()
        .map(|(n, world)| play_world(n, world));
    futures_util::future::join_all(played).await.concat()
}

/// All conversations of a world, against one program.
async fn play_world(number: usize, world: &World) -> Ended {
    let sim = TelegramSim::start().await;
    let instance = Instance::new(&format!("target-group-{number}"), &["serve"]);
    let folder = instance.folder().join("content");
    world.files.write(&folder);
    let instance = instance
        .env("LOTSE_CONTENT", folder.display().to_string())
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token());
    for organisation in world.organisations() {
        instance.run(&[&["organisation", "add"], &organisation[..]].concat());
    }
    let lotse = instance.start().await;
    let (scripts, mut ended) = partition(world.scripts());
    let (phones, rooms, terminals) = tokio::join!(
        on_telegram(&sim, &scripts),
        in_the_room(lotse.base(), &scripts),
        at_the_terminal(world, folder),
    );
    lotse.stop().await;
    ended.extend([phones, rooms, terminals].concat());
    ended
}

/// The scripts, and how those ended that the engine does not follow.
fn partition(scripts: Vec<Result<Script, String>>) -> (Vec<Script>, Ended) {
    let (scripts, failed): (Vec<_>, Vec<_>) = scripts.into_iter().partition(Result::is_ok);
    let failed = failed.into_iter().map(|script| script.map(drop)).collect();
    (scripts.into_iter().flatten().collect(), failed)
}

async fn on_telegram(sim: &TelegramSim, scripts: &[Script]) -> Ended {
    let channel = Telephone::channel();
    let channel = &channel;
    let persons = (7101..).zip(scripts).map(|(id, script)| {
        let person = sim.user(id).language(script.lang.as_str());
        async move {
            play(
                Telephone::of(person, channel),
                script,
                &said(scripts, script),
            )
            .await
        }
    });
    futures_util::stream::iter(persons)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

async fn in_the_room(base: &str, scripts: &[Script]) -> Ended {
    let http = RoomPage::client();
    let persons = scripts.iter().map(|script| {
        let page = RoomPage::new(&http, base, &script.lang);
        async move { play(page, script, &said(scripts, script)).await }
    });
    futures_util::stream::iter(persons)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

async fn at_the_terminal(world: &World, folder: PathBuf) -> Ended {
    let (scripts, failed) = partition(world.scripts_by_name());
    // Each is a program of its own.
    let persons = scripts
        .iter()
        .map(|script| terminal(world, &folder, script));
    let played: Ended = futures_util::stream::iter(persons)
        .buffer_unordered(2)
        .collect()
        .await;
    [failed, played].concat()
}

/// Everything that is said in a script's language.
fn said<'s>(scripts: &'s [Script], of: &Script) -> Vec<&'s Message> {
    let same = scripts.iter().filter(|script| script.lang == of.lang);
    let turns = same.flat_map(|script| &script.turns);
    turns.flat_map(|turn| &turn.messages).collect()
}
