//! Two bots on well-known libraries work with the simulator as they work with Telegram.
//!
//! The libraries know Telegram better than this project does: they refuse what Telegram never sends, and
//! they have their own classes for its errors.

use super::*;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A bot process; it ends with the test.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Library {
    Grammy,
    PythonTelegramBot,
}

impl Library {
    /// Starts the bot as a process of its own, as `lotse` is started in other tests.
    fn start(self, sim: &TelegramSim, mode: &str) -> Peer {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let scripts = root.join("tests/peers/telegram");
        let (installed, program, script) = match self {
            Self::Grammy => (
                scripts.join("node_modules/grammy"),
                PathBuf::from("node"),
                "bot.mjs",
            ),
            Self::PythonTelegramBot => {
                let python = root.join("target/peers/telegram/bin/python");
                (python.clone(), python, "bot.py")
            }
        };
        assert!(
            installed.exists(),
            "{self:?} is not installed: run scripts/install-peers"
        );
        let child = Command::new(program)
            .arg(scripts.join(script))
            .envs([
                ("BOT_API", sim.base_url().as_str()),
                ("BOT_TOKEN", sim.token()),
                ("BOT_MODE", mode),
            ])
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a bot process");
        Peer(child)
    }
}

/// Everything a bot does in a private chat; the same for both libraries and both ways to get updates.
async fn talk(library: Library, mode: &str) {
    let sim = TelegramSim::start().await;
    let amira = sim.user(11).language("ar").name("Amira <3 & Co");
    // Written before the bot runs: it must find this when it starts.
    let start = amira.start("poster");
    let _bot = library.start(&sim, mode);

    let menu = amira.wait_for(|_| true, LIMIT).await;
    assert_eq!(menu.text, "Hello Amira <3 & Co (ar) [poster]");
    assert_eq!(
        menu.entities,
        [json!({ "type": "bold", "offset": 6, "length": 13 })]
    );
    assert_eq!(menu.labels(), ["Tea", "Coffee"]);
    assert!(menu.message_id > start);

    amira.tap("Tea");
    let chosen = amira.wait_for(|message| message.edited, LIMIT).await;
    assert_eq!(
        (chosen.message_id, chosen.text.as_str()),
        (menu.message_id, "You chose tea")
    );
    assert_eq!(
        chosen.labels(),
        [""; 0],
        "an edit without buttons takes them away"
    );
    assert_eq!(amira.notices(), ["noted: tea"]);

    let says = async |wanted: &str| {
        amira
            .wait_for(|message| message.text == wanted, LIMIT)
            .await
    };
    amira.tap_old(9, "drink:water");
    // The message is gone, so the library's own edit fails; the bot must live on.
    let written = amira.send_text("سلام");
    says("echo: سلام").await;
    amira.edit(written, "سلام!");
    says("edited: سلام!").await;
    amira.send_sticker("👍");
    says("sticker: 👍").await;
    amira.send_voice(4);
    says("voice: 4").await;
    amira.send_photo("letter");
    says("photo: letter").await;
    amira.send_location(52.5, 13.4);
    says("location: 52.5").await;
    amira.send_contact("+4930123456");
    says("contact: +4930123456").await;
    amira.send_document("letter.txt", "Brief".as_bytes());
    says("document: Brief").await;
    amira.send_text("/file");
    let file = says("Ваш файл").await;
    assert_eq!(file.kind, "document", "the library uploads as multipart");

    refusals(&sim, &amira).await;
    assert_eq!(sim.counters().repeated_messages, 0);
    assert_eq!(sim.calls_of("setMyCommands").len(), 1);
}

/// The refusals that each library has a class for.
async fn refusals(sim: &TelegramSim, amira: &SimUser) {
    let says = async |wanted: &str| {
        amira
            .wait_for(|message| message.text.starts_with(wanted), LIMIT)
            .await
    };
    let other = sim.user(12);
    amira.send_text("/tell 12");
    says("refused: 400 Bad Request: ").await;
    other.start("");
    other
        .wait_for(|message| message.text.starts_with("Hello"), LIMIT)
        .await;
    amira.send_text("/tell 12");
    says("done").await;
    other.block();
    amira.send_text("/tell 12");
    says("refused: 403 Forbidden: bot was blocked by the user").await;
    other.unblock();
    other
        .wait_for(|message| message.text == "welcome back", LIMIT)
        .await;
    other.deactivate();
    amira.send_text("/tell 12");
    says("refused: 403 Forbidden: user is deactivated").await;

    amira.send_text("/broken");
    let broken = says("refused: 400").await;
    let text = broken.text.to_lowercase();
    assert!(
        text.contains("can't parse entities: unsupported start tag"),
        "{text}"
    );
    amira.send_text("/again");
    says("Tap it").await;
    amira.tap("Again");
    let again = says("refused: 400").await;
    assert!(
        again.text.to_lowercase().contains("query is too old"),
        "{}",
        again.text
    );

    // The libraries wait as long as a 429 asks, and send again.
    sim.fail("sendMessage", Fault::TooManyRequests { retry_after: 1 })
        .in_chat(11)
        .times(1);
    amira.send_text("in a hurry");
    says("echo: in a hurry").await;
    let statuses: Vec<_> = sim
        .calls_of("sendMessage")
        .iter()
        .rev()
        .take(2)
        .map(|call| call.outcome)
        .collect();
    assert_eq!(
        statuses,
        [Some(Outcome::Answered(200)), Some(Outcome::Answered(429))]
    );
    assert_eq!(sim.counters().early_retries, 0);

    let group = -1_002_000_000_007;
    amira.group_message(group, "welcome, bot");
    sim.wait_for_call(
        |call| call.method == "leaveChat" && call.chat_id == Some(group),
        LIMIT,
    )
    .await;
}

#[tokio::test]
async fn grammy_talks_by_polling() {
    talk(Library::Grammy, "polling").await;
}

#[tokio::test]
async fn grammy_talks_by_webhook() {
    talk(Library::Grammy, "webhook").await;
}

#[tokio::test]
async fn python_telegram_bot_talks_by_polling() {
    talk(Library::PythonTelegramBot, "polling").await;
}

#[tokio::test]
async fn python_telegram_bot_talks_by_webhook() {
    talk(Library::PythonTelegramBot, "webhook").await;
}

#[tokio::test]
async fn a_killed_bot_finds_everything_when_it_comes_back() {
    let sim = TelegramSim::start().await;
    let user = sim.user(1);
    for library in [Library::Grammy, Library::PythonTelegramBot] {
        user.send_text("one");
        let bot = library.start(&sim, "polling");
        user.wait_for(|message| message.text == "echo: one", LIMIT)
            .await;
        sim.wait_until_all_taken(LIMIT).await;
        drop(bot);
        user.send_text("two");
        user.send_text("three");
        let _bot = library.start(&sim, "polling");
        user.wait_for(|message| message.text == "echo: two", LIMIT)
            .await;
        user.wait_for(|message| message.text == "echo: three", LIMIT)
            .await;
        sim.wait_until_all_taken(LIMIT).await;
    }
}

#[tokio::test]
async fn a_poller_ends_when_another_one_takes_over() {
    let sim = TelegramSim::start().await;
    let mut bot = Library::Grammy.start(&sim, "polling");
    sim.wait_for_arrival("getUpdates", 1, LIMIT).await;
    let rival = Api::of(&sim);
    rival.ok("getUpdates", json!({})).await;
    let output = bot.0.stdout.take().expect("its output");
    let line = tokio::task::spawn_blocking(move || BufReader::new(output).lines().next());
    let line = tokio::time::timeout(LIMIT, line)
        .await
        .expect("in time")
        .expect("no panic");
    assert_eq!(line.expect("a line").expect("text"), "stopped: 409");
}
