//! `lotse graph`: a flow as a picture, or as text that wikis draw.

use super::origin::Origin;
use super::place::Place;
use super::settings::{self, Running, Which};
use super::{out, words};
use crate::content::graph::{Counts, Graph, Picture};
use crate::content::nearest;
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Draw a flow: its steps, the ways between them, and how many people went them.
#[derive(Debug, Args)]
#[command(
    after_help = "With a database, numbers stand on the arrows: how many went there, and how many went no further.
They are rounded to five, and fewer than five are shown as <5. The content is the same as without a database:
a folder that is named, else this folder, else what is in the program.

Examples:
  lotse graph target_group --lang de -o target_group.svg
  lotse graph menu --format mermaid
  lotse graph menu --data lotse-data --since 2026-09 -o menu.svg"
)]
pub struct Options {
    /// The flow, for example target_group.
    flow: String,
    /// The language of the words.
    #[arg(long)]
    lang: Option<String>,
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// The file to write to; otherwise it goes to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Count from this month on; otherwise from the beginning.
    #[arg(long, value_name = "2026-09", value_parser = month)]
    since: Option<String>,
    #[command(flatten)]
    which: Which,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A picture.
    Svg,
    /// Text for Mermaid.
    Mermaid,
}

/// A month, as it is written on the command line.
pub(super) fn month(text: &str) -> Result<String, String> {
    let day = format!("{text}-01").parse::<jiff::civil::Date>();
    match day {
        Ok(_) if text.len() == 7 => Ok(text.to_owned()),
        _ => Err("a month looks like 2026-09".to_owned()),
    }
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let content = Origin::find(options.content.as_deref())?.content()?;
    let lang = match &options.lang {
        Some(tag) => words::offered(&content, tag)?,
        None => content.settings.source.clone(),
    };
    let flow = &options.flow;
    let today = words::now().date();
    // Who reads German words reads German explanations.
    let Some(graph) = Graph::new(&content, flow, &lang, &lang, today) else {
        match nearest(flow, content.flows.keys().map(String::as_str)) {
            Some(meant) => bail!("there is no flow `{flow}`; did you mean `{meant}`?"),
            None => bail!("there is no flow `{flow}`; `lotse show` names all of them"),
        }
    };
    let counts = counts(options)?;
    let text = match options.format {
        Format::Mermaid => graph.mermaid(counts.as_ref()),
        Format::Svg => graph.svg(&Picture {
            counts: counts.as_ref(),
            standalone: true,
            ..Picture::default()
        }),
    };
    match &options.output {
        None => out::text(text)?,
        Some(file) => std::fs::write(file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What the database has counted, if one was named.
fn counts(options: &Options) -> Result<Option<Counts>> {
    let which = &options.which;
    if which.data.is_none() && which.database.is_none() && which.config.is_none() {
        if options.since.is_some() {
            bail!("--since counts in a database: name it with --data, --database or --config");
        }
        return Ok(None);
    }
    let config = settings::load(which, &Running::default())?;
    if which.database.is_none() && !config.data_dir.is_dir() {
        bail!("there is no data folder {}", config.data_dir.display());
    }
    let since = options.since.as_deref().unwrap_or_default();
    tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        let store = place.open(&config).await?;
        let mut counts = Counts::default();
        for (passage, count) in store.passages(&options.flow, since).await? {
            counts.add(passage, count);
        }
        Ok(Some(counts))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_month() {
        assert_eq!(month("2026-09").as_deref(), Ok("2026-09"));
        for wrong in ["2026", "2026-13", "2026-9", "2026-09-01", ""] {
            assert!(month(wrong).is_err(), "{wrong}");
        }
    }
}
