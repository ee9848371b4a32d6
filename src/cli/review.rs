//! `lotse review`: somebody signs translations off.

use super::{out, translation, words};
use crate::content::SignOff;
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// Sign translations off: somebody has read them beside their source.
#[derive(Debug, Args)]
#[command(
    after_help = "If the source or the translation changes later, the sign-off ends by itself. Ends with 0 if everything that was
asked for is signed off, else with 1.

Examples:
  lotse review ar --by \"Amina Yusuf\"                     all of Arabic
  lotse review ar work_permission --by \"Amina Yusuf\"     one flow
  lotse review ar menu/choose --by \"Amina Yusuf\" --on 2026-12-01"
)]
pub struct Options {
    /// The language, for example ar.
    language: String,
    /// A flow (`work_permission`), or one of its texts (`work_permission/status`). Without it: everything.
    texts: Option<String>,
    /// Who has read it.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// When; today if it is not given.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

/// Who signs off, and when.
pub fn sign_off(by: &str, on: Option<Date>) -> Result<SignOff> {
    let by = by.split_whitespace().collect::<Vec<_>>().join(" ");
    if by.is_empty() {
        bail!("--by needs a name");
    }
    Ok(SignOff {
        on: on.unwrap_or_else(|| words::now().date()),
        by,
    })
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let (folder, catalogue, lang) =
        translation::open_for(options.content.as_deref(), &options.language)?;
    let sign = sign_off(&options.by, options.on)?;
    let signed = catalogue.sign_off(&lang, options.texts.as_deref(), &sign)?;
    translation::write(&folder, signed.change.as_slice())?;
    out::line(format_args!(
        "signed off by {} on {}: {} texts",
        sign.by, sign.on, signed.texts
    ))?;
    for key in &signed.missing {
        out::line(format_args!("  not there, or not wholly: {key}"))?;
    }
    Ok(super::verdict(signed.missing.is_empty()))
}
