//! Where content comes from: the program itself, or a folder.

use crate::content::{Places, PlacesError, Source};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
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
        let mut hash = DefaultHasher::new();
        for path in self.paths() {
            path.hash(&mut hash);
            if let Ok(about) = fs::metadata(self.0.join(&path)) {
                about.len().hash(&mut hash);
                about.modified().ok().hash(&mut hash);
            }
        }
        hash.finish()
    }
}

impl Source for Folder {
    fn paths(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for part in PARTS {
            walk(&self.0.join(part), part, DEPTH, &mut found);
        }
        found.into_iter().collect()
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

fn walk(folder: &Path, prefix: &str, depth: usize, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Follows links: some systems put whole folders in place by link.
        let Ok(about) = fs::metadata(entry.path()) else {
            continue;
        };
        let path = format!("{prefix}/{name}");
        match is_ours(&name) {
            true if about.is_dir() && depth > 0 => walk(&entry.path(), &path, depth - 1, found),
            true if about.is_file() => drop(found.insert(path)),
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
