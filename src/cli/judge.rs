//! Judging messages on a command line: everything is learned before the first one is read.

use super::model;
use super::origin::Origin;
use super::settings::{self, Running, Which};
use crate::config::Config;
use crate::content::{Content, Detect};
use crate::model::{Lang, Triage};
use crate::triage::readings;
use crate::triage::{Lessons, Lexicon, Models, Seen};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// With what messages are judged.
#[derive(Debug, Args)]
pub struct With {
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// The data folder: there are the weights, and what was learned before (also DATA_DIR).
    #[arg(long, value_name = "DIR")]
    pub data: Option<String>,
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
        let which = Which {
            data: self.data.clone(),
            ..Which::default()
        };
        Ok(settings::load(&which, &Running::default())?)
    }
}

/// Content and all that was learned from it.
pub struct Judge {
    pub content: Content,
    pub origin: Origin,
    lexicon: Lexicon,
    pub models: Option<Models>,
}

impl Judge {
    /// Reads the content and learns from it; with weights that takes minutes the first time.
    pub fn new(with: &With) -> Result<Self> {
        let origin = Origin::find(with.content.as_deref())?;
        let content = origin.content()?;
        if content.detect.classes.is_empty() {
            bail!(
                "{} holds no flows/detect/classes.toml: nothing says what messages can be about",
                origin.name()
            );
        }
        let lexicon = Lexicon::new(&content.detect);
        let models = match Lessons::of(&content.detect).items.is_empty() {
            true => None,
            false => Some(models(with, &content.detect)?),
        };
        Ok(Self {
            content,
            origin,
            lexicon,
            models,
        })
    }

    /// What there is to see in a message.
    pub fn see(&self, text: &str, known: Option<&Lang>) -> Seen {
        let scores = |models: &Models| models.scores(&readings::spellings(text));
        Seen::by_phrases(Some(&self.lexicon), text, known).and(self.models.as_ref().map(scores))
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

/// Learns: with weights where they are installed, else by groups of letters.
fn models(with: &With, detect: &Detect) -> Result<Models> {
    if with.no_model {
        return Ok(Models::without_weights(&Arc::new(Lessons::of(detect))));
    }
    let config = with.config()?;
    model::models(&config.model_file(), &config.data_dir, detect)
}
