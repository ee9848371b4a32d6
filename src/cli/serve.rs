//! `lotse serve`: the real thing.

use super::instance::Opened;
use super::settings::{self, Running, Which};
use crate::telemetry;
use anyhow::{Context as _, Result};
use clap::Args;
use std::process::ExitCode;

/// Run lotse: messengers, web room and console.
#[derive(Debug, Args)]
#[command(
    after_help = "All settings are explained in docs/configuration.md. Ctrl-C or SIGTERM stops it and finishes what is
under way; a second time stops it at once.

Examples:
  lotse serve --config lotse.toml
  TELEGRAM_TOKEN=123456:ABC lotse serve --data /var/lib/lotse
  lotse serve --content content --listen off"
)]
pub struct Options {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    running: Running,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &options.running)?;
    telemetry::log(&config.log, config.log_format);
    for hint in &config.hints {
        tracing::warn!("{hint}");
    }
    let metrics = telemetry::metrics().context("the numbers cannot be counted")?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let opened = Opened::open(config, Some(metrics)).await?;
        if let Some(file) = &opened.place.new_key {
            tracing::warn!(
                file = %file.display(),
                "a new instance key was made. Without it nobody can read the contents of the database: \
                 keep a copy in a safe place, apart from the backups of the database"
            );
        }
        let (content, telegram) = (
            opened.content.load().hash.clone(),
            opened.config.telegram.is_some(),
        );
        let instance = opened.start().await?;
        match instance.address {
            Some(address) => tracing::info!(%address, telegram, content, "lotse is there"),
            None => tracing::info!(telegram, content, "lotse is there, without web pages"),
        }
        instance.until_stopped().await
    })?;
    Ok(ExitCode::SUCCESS)
}
