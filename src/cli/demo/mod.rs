//! `lotse demo`: a small world to look at, with one command.

mod people;
mod script;
mod world;

use super::instance::{Instance, Opened};
use super::out;
use super::settings::{self, Running, Which};
use super::telegram;
use super::words;
use crate::config::Config;
use crate::telemetry;
use anyhow::{Context as _, Result};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::time::Duration;
use world::World;

/// Try lotse: a small world with an online team, two local projects and four counsellors.
#[derive(Debug, Args)]
#[command(
    after_help = "The world stays in the data folder; a second start goes on with it. With TELEGRAM_TOKEN it is also a
Telegram bot. Nothing of it is meant for real people.

Examples:
  lotse demo
  lotse demo --people 20                     with people who talk, ask for help and wait
  TELEGRAM_TOKEN=123456:ABC lotse demo
  lotse demo --data /tmp/other --listen 127.0.0.1:8090 --content content"
)]
pub struct Options {
    /// So many simulated people talk in the web room.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=500))]
    people: u16,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    running: Running,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut config = settings::load(&options.which, &options.running)?;
    let told = options.running.log.is_some() || options.which.config.is_some();
    if !told && !words::full_environment().contains_key("LOTSE_LOG") {
        // The screen belongs to what the newcomer has to read.
        config.log = "warn".to_owned();
    }
    telemetry::log(&config.log, config.log_format);
    let metrics = telemetry::metrics().context("the numbers cannot be counted")?;
    let steps = Steps::new();
    tokio::runtime::Runtime::new()?.block_on(async {
        telegram::ask_first(&config).await?;
        steps.next("opening the data folder, the database and the port");
        let opened = Opened::open(config, Some(metrics)).await?;
        steps.next("making the demo world (passwords take a moment)");
        let world = world::make(&opened.store).await?;
        steps.next("starting");
        let welcome = Welcome::of(&opened, options.people);
        let instance = opened.start().await?;
        people::spawn(&instance, options.people);
        steps.end();
        out::line(welcome.text(&instance, &world))?;
        instance.until_stopped().await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What the first screen tells.
struct Welcome {
    data: String,
    telegram: bool,
    people: u16,
    flags: String,
}

impl Welcome {
    fn of(opened: &Opened, people: u16) -> Self {
        Self {
            data: opened.config.data_dir.display().to_string(),
            telegram: opened.config.telegram.is_some(),
            people,
            flags: flags(&opened.config),
        }
    }

    fn text(&self, instance: &Instance, world: &World) -> String {
        let mut lines = vec![String::new()];
        match instance.address {
            Some(address) => {
                lines.push(format!(
                    "  Room, for people who look for advice   http://{address}/"
                ));
                lines.push(format!(
                    "  Console, for counsellors               http://{address}/console"
                ));
            }
            None => lines.push("  No web pages: --listen off".to_owned()),
        }
        if self.telegram {
            lines.push("  Telegram                               write to your bot".to_owned());
        }
        lines.push(String::new());
        lines.extend(world.lines().into_iter().map(|line| format!("  {line}")));
        let reset = format!("{} staff reset LOGIN{}", program(), self.flags);
        if world.is_new() {
            lines.push(String::new());
            lines.push("  The passwords are shown this once and stored nowhere.".to_owned());
            lines.push(format!("  A new one: {reset}"));
        } else {
            lines.push(String::new());
            lines.push(format!(
                "  Passwords were shown at the first start. A new one: {reset}"
            ));
        }
        lines.push(format!(
            "  Everything is kept in {}. Remove the folder to begin anew.",
            self.data
        ));
        if self.people > 0 {
            lines.push(format!(
                "  {} simulated people are talking in the room.",
                self.people
            ));
        }
        lines.push(String::new());
        lines.push("  Try: write \"human\" in the room, then sign in to the console and answer. Ctrl-C ends it.".to_owned());
        lines.join("\n") + "\n"
    }
}

/// How this program was called, for newcomers have it in no folder that the shell looks into.
fn program() -> String {
    std::env::args()
        .next()
        .unwrap_or_else(|| "lotse".to_owned())
}

/// The options that lead another command to the same instance.
fn flags(config: &Config) -> String {
    if config.data_dir.as_os_str() == "lotse-data" {
        String::new()
    } else {
        format!(" --data {}", config.data_dir.display())
    }
}

/// What is being done, one line that moves on in a terminal, plain lines elsewhere.
struct Steps {
    bar: Option<ProgressBar>,
}

impl Steps {
    fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar }
    }

    fn next(&self, what: &'static str) {
        match &self.bar {
            Some(bar) => bar.set_message(what),
            None => out::aside(what),
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
