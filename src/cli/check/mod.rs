//! `lotse check`: finds mistakes in flows and texts.

mod report;
mod sarif;

use super::origin::{FolderArg, Origin};
use super::place::{Place, has_database};
use super::settings::{self, Running, Which};
use super::transcripts;
use super::{out, verdict_or_trouble, words};
use crate::content::{Diagnostic, Loaded, Severity, load_on, render};
use crate::engine::lint::{self, Standing};
use crate::runtime::origin::places;
use crate::runtime::standing;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Find mistakes in flows and texts, and say what to write instead.
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 if there is no error (warnings may be there), 1 if there is one, 2 if it could not look.
With --strict it ends with 1 if there are warnings as well. docs/diagnostics.md explains each number.

Transcripts (tests/flows/*.talk in the folder) are played in the source language for steps and options that none
reaches; `lotse test` plays them in all languages. With --data, --database or --config it also counts the people who
stand at steps that this content no longer has.

Examples:
  lotse check                      the content in this folder
  lotse check content --lang de    another folder, messages in German
  lotse check content --data /var/lib/lotse
                                   would an edit leave people standing?
  lotse check --format json        one line for each finding, for programs
  lotse check --format sarif       for GitHub and editors (SARIF 2.1.0)"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
    /// Language of the messages: de or en.
    #[arg(long)]
    lang: Option<String>,
    /// Warnings count as errors.
    #[arg(long)]
    strict: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Whether transcripts are played.
    #[arg(long, value_enum, default_value_t = Play::Auto)]
    transcripts: Play,
    #[command(flatten)]
    which: Which,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object on each line.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Play {
    /// If there are not very many.
    Auto,
    /// However long it takes.
    Always,
    /// Not at all.
    Never,
}

/// As many inputs are played in about a second.
const MOST_INPUTS: usize = 20_000;

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    verdict_or_trouble(look(options))
}

fn look(options: &Options) -> Result<bool> {
    let origin = Origin::find(options.folder.path())?;
    let lang = words::editor_language(options.lang.as_deref());
    let today = words::now().date();
    let mut loaded = load_on(origin.source(), places()?, Some(today));
    play(options, &origin, &mut loaded)?;
    people(options, &mut loaded)?;
    // Each part stays in its order by file and place.
    loaded.diagnostics.sort_by_key(report::rank);
    let found = &loaded.diagnostics;
    let count = |s: Severity| found.iter().filter(|d| d.severity == s).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match options.format {
        Format::Json => {
            for one in found {
                out::line(report::json(one, &lang))?;
            }
        }
        Format::Sarif => {
            let folder = match &origin {
                Origin::Folder(folder) => Some(folder.0.as_path()),
                Origin::Shipped => None,
            };
            out::line(sarif::log(found, origin.source(), folder, &lang))?;
        }
        Format::Text => {
            out::text(render(found, origin.source(), &lang, words::colour()))?;
            out::line(report::summary(&origin.name(), errors, warnings, &lang))?;
            let unchecked = loaded.content.as_ref();
            if let Some(note) = unchecked.and_then(|content| report::unchecked(content, &lang)) {
                out::aside(note);
            }
        }
    }
    Ok(errors == 0 && !(options.strict && warnings > 0))
}

/// Plays the transcripts, if there are some and the content is sound.
fn play(options: &Options, origin: &Origin, loaded: &mut Loaded) -> Result<()> {
    let (Some(content), Origin::Folder(folder)) = (&loaded.content, origin) else {
        return Ok(());
    };
    if options.transcripts == Play::Never || !folder.0.join(transcripts::FOLDER).is_dir() {
        return Ok(());
    }
    let talks = transcripts::read(&folder.0)?;
    let inputs: usize = talks
        .iter()
        .map(|(_, text)| text.lines().filter(|l| l.starts_with('<')).count())
        .sum();
    if options.transcripts == Play::Auto && inputs > MOST_INPUTS {
        out::aside(format_args!(
            "{inputs} inputs in transcripts were not played; --transcripts always plays them"
        ));
        return Ok(());
    }
    if !talks.is_empty() {
        let found = lint::played(content, &loaded.spots, &talks);
        loaded.add(found, lint::PLAYED);
    }
    Ok(())
}

/// Counts the people at steps that are gone, if a database was named.
fn people(options: &Options, loaded: &mut Loaded) -> Result<()> {
    let Which {
        config,
        data,
        database,
    } = &options.which;
    let named = config.is_some() || data.is_some() || database.is_some();
    let (Some(content), true) = (&loaded.content, named) else {
        return Ok(());
    };
    let people = standing_in(&options.which)?;
    let found: Vec<Diagnostic> = lint::standing(content, &loaded.spots, &people);
    loaded.add(found, lint::STANDING);
    Ok(())
}

fn standing_in(which: &Which) -> Result<Vec<Standing>> {
    let config = settings::load(which, &Running::default())?;
    if !has_database(&config) {
        bail!("there is no database in {}", config.data_dir.display());
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        let store = place.open(&config).await?;
        Ok(standing::count(&store).await?)
    })
}
