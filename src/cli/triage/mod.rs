//! `lotse triage`: what a message is taken for, and why.

mod explain;
mod lines;

use super::judge::{Judge, With};
use super::{out, words};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::io::{self, BufReader, IsTerminal as _, Read as _};
use std::process::ExitCode;

/// Show what a message is taken for: whether a human is called, which topic, and why.
#[derive(Debug, Args)]
#[command(
    after_help = "With --jsonl it reads lines {\"text\": …, \"lang\": …} (lang may be left out) and writes a line for each as it comes:
level, zone, topics, evidence, detectors, ms. A line that cannot be read gets an error with its number.

Without weights (`lotse model install`) groups of letters stand in for sentence vectors, and it says so.

Examples:
  lotse triage \"ich habe seit drei Monaten keinen Lohn bekommen\"
  lotse triage --content content --lang de \"…\"
  lotse triage --jsonl < messages.jsonl"
)]
pub struct Options {
    /// The message; without it, it is read from standard input.
    text: Option<String>,
    /// Many messages from standard input, one JSON object on each line.
    #[arg(long, conflicts_with = "text")]
    jsonl: bool,
    /// Language of the explanation: de or en.
    #[arg(long)]
    lang: Option<String>,
    #[command(flatten)]
    with: With,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let judge = Judge::new(&options.with)?;
    if options.jsonl {
        let all_read = lines::answer(&judge, BufReader::new(io::stdin().lock()), |line| {
            out::line(line)
        })?;
        return Ok(super::verdict(all_read));
    }
    let text = match &options.text {
        Some(text) => text.clone(),
        None => from_input()?,
    };
    if text.trim().is_empty() {
        bail!(
            "there is no message: write one, for example lotse triage \"ich darf nicht arbeiten\""
        );
    }
    let triage = judge.judge(&text, None);
    let lang = words::editor_language(options.lang.as_deref());
    out::text(explain::explain(&judge.content.detect, &triage, &lang))?;
    Ok(ExitCode::SUCCESS)
}

fn from_input() -> Result<String> {
    let mut input = io::stdin().lock();
    if input.is_terminal() {
        out::aside("Write the message, then Ctrl-D:");
    }
    let mut text = String::new();
    input
        .read_to_string(&mut text)
        .context("the message cannot be read")?;
    Ok(text)
}
