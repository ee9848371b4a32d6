//! `lotse export`: texts for translators.

use super::origin::{FolderArg, Origin};
use super::{out, translation, words};
use crate::content::exchange::{po, table, xliff};
use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write texts to a file for translators: a table, XLIFF 2 or PO.
#[derive(Debug, Args)]
#[command(
    after_help = "Each text and each label is a unit of its own, in the order in which people meet them, with what it is and what
comes before it; `lotse import` takes the file back. Ends with 0.

Examples:
  lotse export --lang ar -o arabic.csv --bom               everything, for Excel
  lotse export --lang fa --only missing,stale -o fa.xliff  what is to be done, for a translation program
  lotse export --lang ar --format po                       to standard output"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
    /// The language to translate into.
    #[arg(long)]
    lang: String,
    /// What kind of file; else its name says so (.csv, .xliff, .xlf, .po), else csv.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Only texts in these states.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Only>,
    /// Where to; standard output if it is not given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With the invisible mark by which Excel knows how a table is written.
    #[arg(long)]
    bom: bool,
}

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// XLIFF 2.0, for translation programs.
    Xliff,
    /// PO, as of GNU gettext.
    Po,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Not there, or not wholly.
    Missing,
    /// Made from an older source.
    Stale,
    /// Signed off by nobody.
    Machine,
    /// Signed off.
    Reviewed,
}

impl Format {
    /// The kind that a file's name says.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "xliff" | "xlf" | "xml" => Some(Self::Xliff),
            "po" | "pot" => Some(Self::Po),
            _ => None,
        }
    }
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let origin = Origin::find(options.folder.path())?;
    let catalogue = translation::open(&origin)?;
    let lang = translation::translated(&catalogue, &options.lang)?;
    translation::sound(&catalogue, &lang, origin.source())?;
    let wanted = |state: &str| {
        let mut only = options.only.iter();
        options.only.is_empty()
            || only.any(|o| o.to_possible_value().is_some_and(|v| v.get_name() == state))
    };
    let document = catalogue.export(&lang, |state| wanted(state.as_str()));
    let german = words::editor_language(None).as_str() == "de";
    let named = options.output.as_deref().and_then(Format::of);
    let text = match options.format.or(named).unwrap_or(Format::Csv) {
        Format::Csv => table::write(&document, german, options.bom),
        Format::Xliff => xliff::write(&document, german),
        Format::Po => po::write(&document, german),
    };
    match &options.output {
        None => out::text(text)?,
        Some(path) => {
            std::fs::write(path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            out::line(format_args!(
                "{}: units: {}",
                path.display(),
                document.units.len()
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
