//! `lotse show`: a flow with its words, for readers who do not know the files.

use super::origin::Origin;
use super::{out, words};
use crate::content::{nearest, show};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show a flow with its words: what is asked, what is said, where it leads.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lotse show                          which flows there are
  lotse show target_group --lang de   one flow in German")]
pub struct Options {
    /// The flow, for example target_group. Without it: the names of all flows.
    flow: Option<String>,
    /// The language of the words.
    #[arg(long)]
    lang: Option<String>,
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let content = Origin::find(options.content.as_deref())?.content()?;
    let lang = match &options.lang {
        Some(tag) => words::offered(&content, tag)?,
        None => content.settings.source.clone(),
    };
    let Some(flow) = &options.flow else {
        for id in content.flows.keys() {
            out::line(id)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(text) = show(&content, flow, &lang, words::now().date()) else {
        match nearest(flow, content.flows.keys().map(String::as_str)) {
            Some(meant) => bail!("there is no flow `{flow}`; did you mean `{meant}`?"),
            None => bail!("there is no flow `{flow}`; `lotse show` names all of them"),
        }
    };
    out::text(text)?;
    Ok(ExitCode::SUCCESS)
}
