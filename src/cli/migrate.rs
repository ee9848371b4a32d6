//! `lotse migrate`: brings the database up to date without starting anything.

use super::out;
use super::place::Place;
use super::settings::{self, Running, Which};
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// Bring the database up to date, and see whether the instance key fits. Starts nothing.
#[derive(Debug, Args)]
#[command(
    after_help = "lotse serve does the same at its start; this is for upgrades in steps. Make a backup before.

Examples:
  lotse migrate --config lotse.toml
  lotse migrate --database postgres://lotse:password@localhost/lotse"
)]
pub struct Options {
    #[command(flatten)]
    which: Which,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, true).await?;
        place.open(&config).await?;
        if let Some(file) = &place.new_key {
            out::line(format_args!(
                "A new instance key was made: {}. Keep a copy in a safe place.",
                file.display()
            ))?;
        }
        out::line("The database is up to date, and the instance key fits.")?;
        Ok(ExitCode::SUCCESS)
    })
}
