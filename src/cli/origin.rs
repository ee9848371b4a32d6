//! Which content a command works on.

use crate::content::{Content, Source};
use crate::runtime::live;
use crate::runtime::origin::{Folder, Shipped, places};
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};

/// Content for editors' commands: a folder that was named, else the working folder if it holds content,
/// else what is in the program.
#[derive(Debug)]
pub enum Origin {
    /// In a folder.
    Folder(Folder),
    /// In the program.
    Shipped,
}

impl Origin {
    /// Finds it.
    pub fn find(named: Option<&Path>) -> Result<Self> {
        if let Some(path) = named {
            return folder(path).map(Self::Folder);
        }
        let here = Folder(PathBuf::from("."));
        Ok(if here.looks_like_content() {
            Self::Folder(here)
        } else {
            Self::Shipped
        })
    }

    /// The files.
    pub fn source(&self) -> &dyn Source {
        match self {
            Self::Folder(folder) => folder,
            Self::Shipped => &Shipped,
        }
    }

    /// What to call it in messages.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(folder) => folder.0.display().to_string(),
            Self::Shipped => "the content in the program".to_owned(),
        }
    }

    /// Reads it, for commands that need it to be without error.
    pub fn content(&self) -> Result<Content> {
        let places = places().context("the tables of postcodes cannot be read")?;
        live::read(self.source(), places)
            .with_context(|| format!("{} cannot be used; `lotse check` says more", self.name()))
    }
}

/// A folder that somebody named.
pub fn folder(path: &Path) -> Result<Folder> {
    let folder = Folder(path.to_owned());
    if !path.is_dir() {
        bail!("there is no folder {}", path.display());
    }
    if !folder.looks_like_content() {
        bail!(
            "{} holds no content: a content folder has the folders flows/ and locales/ in it",
            path.display()
        );
    }
    Ok(folder)
}
