//! `lotse import`: translations come back.

use super::export::Format;
use super::{out, review, translation, verdict, words};
use crate::content::Both;
use crate::content::exchange::{Imported, Incoming, Unreadable, po, table, xliff};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Take translations back from a file that `lotse export` has written.
#[derive(Debug, Args)]
#[command(
    after_help = "Refused is what would break something: other variables, web addresses, telephone numbers or markup than in the
source, unknown texts, texts whose source has changed since, wrong plural forms, whatever `lotse check` calls an error.
If anything is refused, nothing is written, unless --partial is given. Blank translations change nothing.

Ends with 0 if nothing was refused, else with 1; with 2 if the file cannot be read.

Examples:
  lotse import arabic.csv
  lotse import fa.xliff --partial                take what is sound, list the rest
  lotse import arabic.po --by \"Amina Yusuf\"      and sign off what is in it"
)]
pub struct Options {
    /// The file.
    file: PathBuf,
    /// What kind of file; else its name says so.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write what is sound even if something is refused.
    #[arg(long)]
    partial: bool,
    /// Who has translated or read it: signs off what is in the file.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// When; today if it is not given.
    #[arg(long, value_name = "DATE", requires = "by")]
    on: Option<Date>,
    /// Language of the messages: de or en.
    #[arg(long)]
    lang: Option<String>,
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let Some(format) = options.format.or_else(|| Format::of(&options.file)) else {
        let file = options.file.display();
        bail!(words::said(
            format!(
                "der Name von {file} sagt nicht, was es ist: nennen Sie --format csv, xliff oder po"
            ),
            format!("the name of {file} does not say what it is: give --format csv, xliff or po"),
        ));
    };
    let lang = words::editor_language(options.lang.as_deref());
    let incoming = match read(&options.file, format)? {
        Ok(incoming) => incoming,
        Err(fault) => {
            let place = place(&options.file, format, fault.line, lang.as_str());
            out::aside(format_args!("{place}: {}", fault.why.get(&lang)));
            return Ok(ExitCode::from(2));
        }
    };
    let (folder, catalogue, _) =
        translation::open_for(options.content.as_deref(), incoming.lang.as_str())?;
    let sign = options
        .by
        .as_deref()
        .map(|by| review::sign_off(by, options.on))
        .transpose()?;
    let outcome = catalogue.import(&incoming, sign.as_ref());
    for refusal in &outcome.refused {
        let place = place(&options.file, format, refusal.line, lang.as_str());
        out::line(format_args!(
            "{place}: {}: {}",
            refusal.key,
            refusal.why.get(&lang)
        ))?;
        if let Some(help) = &refusal.help {
            out::line(format_args!("    {}", help.get(&lang)))?;
        }
    }
    let sound = outcome.refused.is_empty();
    if sound || options.partial {
        translation::write(&folder, &outcome.changes)?;
    }
    out::line(summary(&outcome, sound || options.partial).get(&lang))?;
    if sound || options.partial {
        translation::tell_written(&outcome.changes)?;
    }
    Ok(verdict(sound))
}

fn read(path: &Path, format: Format) -> Result<Result<Incoming, Unreadable>> {
    let file = path.display();
    let bytes = std::fs::read(path).with_context(|| {
        words::said(
            format!("{file} lässt sich nicht lesen"),
            format!("{file} cannot be read"),
        )
    })?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!(words::said(
            format!(
                "{file} ist nicht in UTF-8 gespeichert; speichern Sie die Tabelle als »CSV UTF-8«"
            ),
            format!("{file} is not written in UTF-8; save it from the spreadsheet as “CSV UTF-8”"),
        ));
    };
    Ok(match format {
        Format::Csv => table::read(&text),
        Format::Xliff => xliff::read(&text),
        Format::Po => po::read(&text),
    })
}

/// `arabic.csv, row 12` or `arabic.po:12`: a row of a table may be many lines long.
fn place(path: &Path, format: Format, line: usize, lang: &str) -> String {
    let row = if lang.starts_with("de") {
        "Zeile"
    } else {
        "row"
    };
    match format {
        Format::Csv => format!("{}, {row} {line}", path.display()),
        _ => format!("{}:{line}", path.display()),
    }
}

fn summary(outcome: &Imported, written: bool) -> Both {
    let (changed, confirmed) = (outcome.changed, outcome.confirmed);
    // One text may be refused for several reasons.
    let refused: BTreeSet<&str> = outcome.refused.iter().map(|r| r.key.as_str()).collect();
    let refused = refused.len();
    let mut said = Both::new(
        format!("Texte mit neuen Worten: {changed}, bestätigt: {confirmed}, abgelehnt: {refused}"),
        format!("texts with new words: {changed}, confirmed: {confirmed}, refused: {refused}"),
    );
    if !written {
        said.de.push_str(
            "\nNichts wurde geschrieben; mit --partial wird übernommen, was in Ordnung ist",
        );
        said.en
            .push_str("\nNothing was written; --partial takes what is sound");
    }
    said
}
