//! The commands of the program: one file for each.
//!
//! What a command is asked for goes to standard output, what it has to say about itself to standard
//! error, both through `out`. It ends with 0 if all went well, 1 if it did not, 2 if it was asked wrongly, and quietly
//! with 141 if nobody reads any more what it was asked for.

mod backup;
mod campaigns;
mod chat;
mod check;
mod demo;
mod eval;
mod export;
mod facts;
mod graph;
mod import;
mod instance;
mod judge;
mod kreise;
mod migrate;
mod model;
mod organisation;
mod origin;
mod out;
mod place;
mod preview;
mod publish;
mod review;
mod scaffold;
mod serve;
mod settings;
mod show;
mod staff;
mod status;
mod telegram;
mod test;
mod transcripts;
mod translation;
mod triage;
mod words;

use crate::config::ConfigError;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A messenger guide for refugees in Germany, and a queue of counsellors behind it.
#[derive(Debug, Parser)]
#[command(name = "lotse", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  lotse demo --people 20                     a small world to try, with people in it
  lotse serve --config lotse.toml            the real thing
  lotse chat --lang ar                       talk to the bot in this terminal
  lotse check content                        find mistakes in flows and texts
  lotse preview --content content            see in a browser what a change means";

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Options),
    Serve(serve::Options),
    Organisation(organisation::Options),
    Staff(staff::Options),
    Migrate(migrate::Options),
    Model(model::Options),
    Backup(backup::Options),
    Publish(publish::Options),
    Check(check::Options),
    Show(show::Options),
    Graph(graph::Options),
    Campaigns(campaigns::Options),
    Preview(preview::Options),
    Test(test::Options),
    Facts(facts::Options),
    Chat(chat::Options),
    Status(status::Options),
    Scaffold(scaffold::Options),
    Export(export::Options),
    Import(import::Options),
    Review(review::Options),
    Triage(triage::Options),
    Eval(eval::Options),
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            if let Some(end) = out::quiet_end(&error) {
                return end;
            }
            out::aside(format_args!("lotse: {error:#}"));
            // Wrong settings are a wrong question, like a wrong option.
            if error.is::<ConfigError>() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Demo(options) => demo::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Organisation(options) => organisation::run(&options),
        Command::Staff(options) => staff::run(&options),
        Command::Migrate(options) => migrate::run(&options),
        Command::Model(options) => model::run(&options),
        Command::Backup(options) => backup::run(&options),
        Command::Publish(options) => publish::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Show(options) => show::run(&options),
        Command::Graph(options) => graph::run(&options),
        Command::Campaigns(options) => campaigns::run(&options),
        Command::Preview(options) => preview::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Facts(options) => facts::run(&options),
        Command::Chat(options) => chat::run(&options),
        Command::Status(options) => status::run(&options),
        Command::Scaffold(options) => scaffold::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Review(options) => review::run(&options),
        Command::Triage(options) => triage::run(&options),
        Command::Eval(options) => eval::run(&options),
    }
}

/// A short-lived command's end: good or not.
fn verdict(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The end of a command that looks for faults: 0 there is none, 1 there is one, 2 it could not look.
fn verdict_or_trouble(looked: Result<bool>) -> Result<ExitCode> {
    match looked {
        Ok(good) => Ok(verdict(good)),
        Err(error) if out::quiet_end(&error).is_some() => Err(error),
        Err(error) => {
            out::aside(format_args!("lotse: {error:#}"));
            Ok(ExitCode::from(2))
        }
    }
}
