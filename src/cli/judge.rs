//! Judging messages on a command line: everything is learned before the first one is read.

use super::origin::Origin;
use super::out;
use super::settings::{self, Running, Which};
use crate::content::Content;
use crate::model::{Evidence, Lang, Triage};
use crate::runtime::triage::{MODEL_FILE, MODEL_FOLDER, Study, Weights, learn};
use crate::triage::lexicon::Lexicon;
use crate::triage::readings;
use crate::triage::{Lessons, Models, NgramModel, Scores, VectorModel, decide};
use anyhow::{Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
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
        let which = Which {
            data: self.data.clone(),
            ..Which::default()
        };
        Ok(settings::load(&which, &Running::default())?.data_dir)
    }
}

/// What detectors see in a message, before anybody decides what that means.
pub struct Seen {
    pub hits: Vec<Evidence>,
    pub scores: Option<Scores>,
    pub lang: Option<Lang>,
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
        let lessons = Lessons::of(&content.detect);
        let lexicon = Lexicon::new(&content.detect);
        let models = match lessons.items.is_empty() {
            true => None,
            false => Some(models(with, lessons)?),
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
        let reading = readings::read(text);
        let scores = |models: &Models| models.scores(&readings::spellings(text));
        Seen {
            hits: self.lexicon.find_in(text, &reading),
            scores: self.models.as_ref().map(scores),
            lang: known.cloned().or(reading.lang.map(|guess| guess.lang)),
        }
    }

    /// The judgement on a message.
    pub fn judge(&self, text: &str, known: Option<&Lang>) -> Triage {
        self.decide(&self.see(text, known))
    }

    /// The judgement on what was seen.
    pub fn decide(&self, seen: &Seen) -> Triage {
        let (scores, lang) = (seen.scores.as_ref(), seen.lang.as_ref());
        decide(&self.content.detect, &seen.hits, scores, lang)
    }
}

/// Learns: with weights where they are installed, else by groups of letters.
fn models(with: &With, lessons: Lessons) -> Result<Models> {
    let folder = with.folder()?.join(MODEL_FOLDER);
    let weights = match with.no_model {
        true => None,
        false => Weights::open(&folder.join(MODEL_FILE))?,
    };
    let ngrams = Arc::new(NgramModel::train(&lessons));
    let Some(weights) = weights else {
        return Ok(Models {
            vectors: None,
            ngrams,
        });
    };
    let bar = ProgressBar::no_length().with_message("learning from examples");
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {eta}") {
        bar.set_style(style);
    }
    let study = Study {
        weights: &weights,
        lessons: &lessons,
        folder: &folder,
        all_processors: true,
    };
    let learned = learn(study, &mut |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        true
    });
    bar.finish_and_clear();
    let Some(learned) = learned else {
        out::aside("lotse: nothing was learned from the weights; groups of letters answer");
        return Ok(Models {
            vectors: None,
            ngrams,
        });
    };
    let lessons = Arc::new(lessons);
    let vectors = VectorModel::new(weights.encoder, lessons, learned);
    Ok(Models {
        vectors: Some(Arc::new(vectors)),
        ngrams,
    })
}
