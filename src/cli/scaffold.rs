//! `lotse scaffold`: a place for each text that a language lacks.

use super::origin::FolderArg;
use super::{out, translation};
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// Write a place for each missing text of a language, with the source's words above it.
#[derive(Debug, Args)]
#[command(
    after_help = "A text that is only … counts as missing: people see the whole step in the fallback language until it is
written. What is there already stays as it is. Ends with 0.

Examples:
  lotse scaffold fa            begin with Persian, in this folder
  lotse scaffold ar content    what Arabic lacks, in another folder"
)]
pub struct Options {
    /// The language, for example fa.
    language: String,
    #[command(flatten)]
    folder: FolderArg,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let (folder, catalogue, lang) =
        translation::open_for(options.folder.path(), &options.language)?;
    let changes = catalogue.scaffold(&lang);
    translation::write(&folder, &changes)?;
    match changes.len() {
        0 => out::line(format_args!(
            "nothing to do: every text has its place in `{lang}`"
        ))?,
        n => out::line(format_args!("files written: {n}"))?,
    }
    translation::tell_written(&changes)?;
    if !catalogue.languages().contains(&lang) {
        out::line(format_args!(
            "\n`{lang}` is not offered yet. When enough is translated, add \"{lang}\" to `languages` in\n\
             flows/settings.toml, and below:\n\n\
             [language.{lang}]\nname   = \"…\"          # the language's own name for itself\nreview = \"machine\"    # or who has checked all of it: flows/README.md"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
