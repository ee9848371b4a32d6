//! Judging messages on a command line: everything is learned before the first one is read.

use super::model;
use super::origin::Origin;
use super::settings::{self, Running, Which};
use crate::config::Config;
use crate::content::Content;
use crate::model::{Lang, Triage};
use crate::triage::{Examiner, Lessons, Seen};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;

/// With what messages are judged.
#[derive(Debug, Args)]
pub struct With {
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// In the data folder are the weights, and what was learned before.
    #[command(flatten)]
    pub which: Which,
    /// As if no weights were installed.
    #[arg(long)]
    pub no_model: bool,
}

impl With {
    /// The data folder; nothing says that it is there.
    pub fn folder(&self) -> Result<PathBuf> {
        Ok(self.config()?.data_dir)
    }

    /// All settings.
    pub fn config(&self) -> Result<Config> {
        Ok(settings::load(&self.which, &Running::default())?)
    }
}

/// Content and all that was learned from it.
pub struct Judge {
    pub content: Content,
    pub origin: Origin,
    pub examiner: Examiner,
}

impl Judge {
    /// Reads the content and learns from it; with weights that takes minutes the first time.
    pub fn new(with: &With) -> Result<Self> {
        let origin = Origin::find(with.content.as_deref())?;
        let content = origin.content()?;
        let detect = &content.detect;
        if detect.classes.is_empty() {
            bail!(
                "{} holds no flows/detect/classes.toml: nothing says what messages can be about",
                origin.name()
            );
        }
        let examiner = match with.no_model || Lessons::of(detect).items.is_empty() {
            true => Examiner::without_weights(detect),
            false => {
                let config = with.config()?;
                let models = model::models(&config.model_file(), &config.data_dir, detect)?;
                Examiner::new(detect, Some(models))
            }
        };
        Ok(Self {
            content,
            origin,
            examiner,
        })
    }

    /// What there is to see in a message.
    pub fn see(&self, text: &str, known: Option<&Lang>) -> Seen {
        self.examiner.see(text, known)
    }

    /// The judgement on a message.
    pub fn judge(&self, text: &str, known: Option<&Lang>) -> Triage {
        self.decide(&self.see(text, known))
    }

    /// The judgement on what was seen.
    pub fn decide(&self, seen: &Seen) -> Triage {
        seen.judged(&self.content.detect)
    }
}
