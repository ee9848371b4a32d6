//! `lotse check`: finds mistakes in flows and texts.

use super::origin::Origin;
use super::out;
use super::{verdict, words};
use crate::content::{Diagnostic, Severity, load_on, render};
use crate::model::Lang;
use crate::runtime::origin::places;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find mistakes in flows and texts, and say what to write instead.
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 if there is no error, else with 1. Warnings do not count unless --strict is given.

Examples:
  lotse check                    the content in this folder
  lotse check content --lang de  another folder, messages in German
  lotse check --format json      one line for each finding, for programs"
)]
pub struct Options {
    /// The folder that holds flows/ and locales/.
    folder: Option<PathBuf>,
    /// Language of the messages: de or en.
    #[arg(long)]
    lang: Option<String>,
    /// Warnings count as errors.
    #[arg(long)]
    strict: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object on each line.
    Json,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let origin = Origin::find(options.folder.as_deref())?;
    let lang = words::editor_language(options.lang.as_deref());
    let today = words::now().date();
    let found = load_on(origin.source(), places()?, Some(today)).diagnostics;
    let count = |s: Severity| found.iter().filter(|d| d.severity == s).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match options.format {
        Format::Json => {
            for one in &found {
                out::line(json(one, &lang))?;
            }
        }
        Format::Text => {
            out::text(render(&found, origin.source(), &lang, words::colour()))?;
            out::line(summary(&origin.name(), errors, warnings, &lang))?;
        }
    }
    Ok(verdict(errors == 0 && !(options.strict && warnings > 0)))
}

fn summary(name: &str, errors: usize, warnings: usize, lang: &Lang) -> String {
    let german = lang.as_str().starts_with("de");
    match (errors, warnings, german) {
        (0, 0, true) => format!("{name}: kein Fehler"),
        (0, 0, false) => format!("{name}: no mistake"),
        (e, w, true) => format!("{name}: Fehler: {e}, Warnungen: {w}"),
        (e, w, false) => format!("{name}: errors: {e}, warnings: {w}"),
    }
}

fn json(found: &Diagnostic, lang: &Lang) -> String {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    serde_json::json!({
        "code": found.code.as_str(),
        "severity": severity,
        "file": &*found.file,
        "line": found.line,
        "column": found.column,
        "message": found.message.get(lang),
        "help": found.help.as_ref().map(|h| h.get(lang)),
    })
    .to_string()
}
