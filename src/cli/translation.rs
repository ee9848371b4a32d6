//! What the commands for translators share: opening the texts, and writing files wholly or not at all.

use super::origin::Origin;
use super::words::said;
use super::{out, words};
use crate::content::Diagnostic;
use crate::content::exchange::{Catalogue, Change, is_language};
use crate::content::{Source, render};
use crate::model::Lang;
use crate::runtime::origin::Folder;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Opens the texts; what is wrong in flows or source texts is told.
pub fn open(origin: &Origin) -> Result<Catalogue> {
    Catalogue::open(origin.source()).or_else(|faults| {
        tell(&faults, origin.source());
        let name = origin.name();
        bail!(said(
            format!("{name} hat Fehler; `lotse check` sagt mehr"),
            format!("{name} has errors; `lotse check` says more"),
        ))
    })
}

/// The folder of a command that writes.
pub fn writable(named: Option<&Path>) -> Result<Folder> {
    match Origin::find(named)? {
        Origin::Folder(folder) => Ok(folder),
        Origin::Shipped => bail!(said(
            "in diesem Ordner liegt kein Inhalt: nennen Sie den Ordner, in dem flows/ und locales/ liegen",
            "there is no content in this folder: name the folder that holds flows/ and locales/",
        )),
    }
}

/// Opens a folder for a command that writes files of one language, none of which may have syntax errors.
pub fn open_for(named: Option<&Path>, tag: &str) -> Result<(Folder, Catalogue, Lang)> {
    let folder = writable(named)?;
    let catalogue = open(&Origin::Folder(folder.clone()))?;
    let lang = translated(&catalogue, tag)?;
    sound(&catalogue, &lang, &folder)?;
    Ok((folder, catalogue, lang))
}

/// Files with syntax errors are not touched: what they hold is not known.
pub fn sound(catalogue: &Catalogue, lang: &Lang, source: &dyn Source) -> Result<()> {
    let faults = catalogue.faults(lang);
    if !faults.is_empty() {
        tell(&faults, source);
        bail!(said(
            format!("bringen Sie zuerst die Dateien von `{lang}` in Ordnung"),
            format!("mend the files of `{lang}` first"),
        ));
    }
    Ok(())
}

fn tell(faults: &[Diagnostic], source: &dyn Source) {
    out::aside(render(faults, source, &words::editor_language(None), false).trim_end());
}

/// A language that can be translated into.
pub fn translated(catalogue: &Catalogue, tag: &str) -> Result<Lang> {
    let lang = Lang::new(tag);
    if !is_language(tag) {
        bail!(said(
            format!("`{tag}` ist kein Kürzel einer Sprache; zum Beispiel: fa, fa-AF, ku"),
            format!("`{tag}` is no code of a language; for example: fa, fa-AF, ku"),
        ));
    }
    if lang == *catalogue.source() {
        bail!(said(
            format!("`{tag}` ist die Sprache, aus der die anderen übersetzt werden"),
            format!("`{tag}` is the language that the others are translated from"),
        ));
    }
    Ok(lang)
}

/// Writes files so that none is ever half there: all go beside their place first and are then put in it.
pub fn write(folder: &Folder, changes: &[Change]) -> Result<()> {
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    let outcome = changes.iter().try_for_each(|change| {
        let path = folder.0.join(&change.path);
        let parent = path.parent().unwrap_or(&folder.0);
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        fs::create_dir_all(parent).with_context(|| cannot_be_written(parent))?;
        // A name with a point at its beginning is no content.
        let beside = parent.join(format!(".{name}.new"));
        ready.push((beside.clone(), path.clone()));
        put(&beside, &path, &change.text).with_context(|| cannot_be_written(&path))
    });
    if let Err(error) = outcome {
        for (beside, _) in &ready {
            let _ = fs::remove_file(beside);
        }
        return Err(error).context(said("nichts wurde geändert", "nothing was changed"));
    }
    for (beside, path) in &ready {
        fs::rename(beside, path).with_context(|| cannot_be_written(path))?;
    }
    Ok(())
}

fn cannot_be_written(path: &Path) -> String {
    let path = path.display();
    said(
        format!("{path} lässt sich nicht schreiben"),
        format!("{path} cannot be written"),
    )
}

fn put(beside: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    // The mark that some editors put at the beginning of a file stays.
    let mark = fs::read(path).is_ok_and(|old| old.starts_with("\u{FEFF}".as_bytes()));
    let mut file = fs::File::create(beside)?;
    if mark {
        file.write_all("\u{FEFF}".as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if let Ok(old) = fs::metadata(path) {
        fs::set_permissions(beside, old.permissions())?;
    }
    Ok(())
}

/// Says which files were written.
pub fn tell_written(changes: &[Change]) -> Result<()> {
    for change in changes {
        out::line(format_args!("  {}", change.path))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_all_files_are_written_or_none() {
        let folder =
            Folder(std::env::temp_dir().join(format!("lotse-write-{}", std::process::id())));
        let change = |path: &str, text: &str| Change {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        fs::create_dir_all(folder.0.join("locales/ar")).unwrap();
        fs::write(folder.0.join("locales/ar/a.ftl"), "\u{FEFF}a = A\n").unwrap();
        // A folder stands where the second file should go beside its place.
        fs::create_dir_all(folder.0.join("locales/ar/.b.ftl.new")).unwrap();
        let both = [
            change("locales/ar/a.ftl", "a = B\n"),
            change("locales/ar/b.ftl", "b = B\n"),
        ];
        assert!(write(&folder, &both).is_err());
        let read = |name: &str| fs::read_to_string(folder.0.join("locales/ar").join(name));
        assert_eq!(read("a.ftl").unwrap(), "\u{FEFF}a = A\n");
        assert!(read(".a.ftl.new").is_err());
        fs::remove_dir(folder.0.join("locales/ar/.b.ftl.new")).unwrap();
        write(&folder, &both).unwrap();
        assert_eq!(read("a.ftl").unwrap(), "\u{FEFF}a = B\n");
        assert_eq!(read("b.ftl").unwrap(), "b = B\n");
        fs::remove_dir_all(folder.0).unwrap();
    }
}
