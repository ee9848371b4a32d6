//! Which content a command works on.

use super::words::{editor_language, said};
use crate::content::{Content, Diagnostic, Source};
use crate::runtime::live;
use crate::runtime::origin::{Folder, Shipped, places};
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// The folder that a command works on, as its argument; or, as commands with another argument have it, by name.
#[derive(Debug, Args)]
pub struct FolderArg {
    /// The folder that holds flows/ and locales/ (and tests/flows/); this one, if it is not named.
    folder: Option<PathBuf>,
    /// The same.
    #[arg(long, value_name = "DIR", hide = true, conflicts_with = "folder")]
    content: Option<PathBuf>,
}

impl FolderArg {
    /// What was named.
    pub fn path(&self) -> Option<&Path> {
        self.folder.as_deref().or(self.content.as_deref())
    }
}

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
            Self::Shipped => said("der Inhalt im Programm", "the content in the program"),
        }
    }

    /// What to say if it has errors.
    pub fn cannot_be_used(&self) -> String {
        let name = self.name();
        said(
            format!("{name} kann nicht verwendet werden; `lotse check` sagt mehr"),
            format!("{name} cannot be used; `lotse check` says more"),
        )
    }

    /// Reads it, for commands that need it to be without error.
    pub fn content(&self) -> Result<Content> {
        sound(self.source()).with_context(|| self.cannot_be_used())
    }
}

/// Reads content that has to be without error; what is wrong comes back in the language of the system.
pub fn sound(source: &dyn Source) -> Result<Content> {
    Ok(sound_on(None, source)?.0)
}

/// [`sound`], with its warnings; with a day, also those of reviews and facts that are too old then.
pub fn sound_on(today: Option<Date>, source: &dyn Source) -> Result<(Content, Vec<Diagnostic>)> {
    let places = places().context("the tables of postcodes cannot be read")?;
    live::read_on(today, &editor_language(None), source, places).map_err(|faulty| {
        let german = format!(
            "der Inhalt hat Fehler ({}):\n{}",
            faulty.errors, faulty.text
        );
        anyhow!(said(german, faulty.to_string()))
    })
}

/// A folder that somebody named.
pub fn folder(path: &Path) -> Result<Folder> {
    let folder = Folder(path.to_owned());
    if !path.is_dir() {
        bail!(said(
            format!("es gibt keinen Ordner {}", path.display()),
            format!("there is no folder {}", path.display()),
        ));
    }
    if !folder.looks_like_content() {
        let path = path.display();
        bail!(said(
            format!("{path} enthält keinen Inhalt: darin liegen die Ordner flows/ und locales/"),
            format!(
                "{path} holds no content: a content folder has the folders flows/ and locales/ in it"
            ),
        ));
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        folder: FolderArg,
    }

    #[test]
    fn a_folder_may_be_named_either_way_but_not_both() {
        let named = |args: &[&str]| {
            let args = std::iter::once("x").chain(args.iter().copied());
            let command = Command::try_parse_from(args).ok()?;
            Some(command.folder.path().map(Path::to_path_buf))
        };
        let there = Some(Some(PathBuf::from("there")));
        assert_eq!(named(&["there"]), there);
        assert_eq!(named(&["--content", "there"]), there);
        assert_eq!(named(&[]), Some(None));
        assert_eq!(named(&["there", "--content", "there"]), None);
    }
}
