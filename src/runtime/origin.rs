//! Where content comes from: the program itself, or a folder.

use crate::content::{Places, PlacesError, Source};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/flows"]
#[prefix = "flows/"]
struct Flows;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
#[prefix = "locales/"]
struct Locales;

/// The folders that make content.
const PARTS: [&str; 2] = ["flows", "locales"];
/// No content is nested deeper; a link that leads back into its own folder ends here.
const DEPTH: usize = 6;

/// The content in the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shipped;

impl Source for Shipped {
    fn paths(&self) -> Vec<String> {
        Flows::iter()
            .chain(Locales::iter())
            .map(Cow::into_owned)
            .collect()
    }

    fn read(&self, path: &str) -> Result<String, String> {
        let file = Flows::get(path)
            .or_else(|| Locales::get(path))
            .ok_or("no such file")?;
        String::from_utf8(file.data.into_owned()).map_err(|_| "not written in UTF-8".to_owned())
    }
}

/// Content in a folder that holds `flows/` and `locales/`.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    /// Whether there is anything that could be content.
    pub fn looks_like_content(&self) -> bool {
        self.0.join("flows").is_dir()
    }

    /// The folders whose changes matter.
    pub fn parts(&self) -> impl Iterator<Item = PathBuf> + '_ {
        PARTS.iter().map(|part| self.0.join(part))
    }

    /// Changes whenever a file's name, size or time changes.
    pub fn stamp(&self) -> u64 {
        let mut found = BTreeMap::new();
        self.walk(&mut |path, entry| {
            // Follows links, see `walk`.
            let about = fs::metadata(entry.path()).ok();
            let about = about.map(|a| (a.len(), a.modified().ok()));
            found.insert(path, about);
        });
        let mut hash = DefaultHasher::new();
        found.hash(&mut hash);
        hash.finish()
    }

    fn walk(&self, found: &mut dyn FnMut(String, &DirEntry)) {
        for part in PARTS {
            walk(&self.0.join(part), part, DEPTH, found);
        }
    }
}

impl Source for Folder {
    fn paths(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.walk(&mut |path, _| found.push(path));
        found.sort_unstable();
        found
    }

    fn read(&self, path: &str) -> Result<String, String> {
        let bytes = fs::read(self.0.join(path)).map_err(|e| e.to_string())?;
        String::from_utf8(bytes).map_err(|_| "not written in UTF-8".to_owned())
    }
}

/// Hidden files and editors' backups are none of ours.
fn is_ours(name: &str) -> bool {
    !name.starts_with('.') && !name.starts_with('#') && !name.ends_with('~')
}

fn walk(folder: &Path, prefix: &str, depth: usize, found: &mut dyn FnMut(String, &DirEntry)) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Follows links: some systems put whole folders in place by link. The system is only asked where there is one.
        let about = match entry.file_type() {
            Ok(kind) if !kind.is_symlink() => kind,
            _ => match fs::metadata(entry.path()) {
                Ok(about) => about.file_type(),
                Err(_) => continue,
            },
        };
        let path = format!("{prefix}/{name}");
        match is_ours(&name) {
            true if about.is_dir() && depth > 0 => walk(&entry.path(), &path, depth - 1, found),
            true if about.is_file() => found(path, &entry),
            _ => {}
        }
    }
}

/// The postcodes and Kreise in the program.
///
/// # Errors
/// Only if the program was built with broken tables; a test sees to it that it is not.
pub fn places() -> Result<Arc<Places>, PlacesError> {
    let postcodes = include_str!("../../data/plz_kreis.csv");
    let kreise = include_str!("../../data/kreise.csv");
    Places::parse(postcodes, kreise).map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_and_its_own_folder_hold_the_same_content() {
        let folder = Folder(env!("CARGO_MANIFEST_DIR").into());
        let mut shipped = Shipped.paths();
        shipped.retain(|p| is_ours(p.rsplit('/').next().unwrap_or_default()));
        shipped.sort();
        assert_eq!(shipped, folder.paths());
        for path in shipped {
            assert_eq!(Shipped.read(&path), folder.read(&path), "{path}");
        }
        assert!(places().is_ok());
    }

    #[test]
    fn backups_and_hidden_files_are_no_content() {
        for (name, ours) in [
            ("work.toml", true),
            (".work.toml.swp", false),
            ("work.toml~", false),
            ("#work#", false),
        ] {
            assert_eq!(is_ours(name), ours, "{name}");
        }
    }
}
