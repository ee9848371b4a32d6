//! Where content files come from.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where content files come from: the binary itself, or a folder. Several files are read at once.
pub trait Source: Sync {
    /// All paths below the content folder, with `/`: `flows/work.toml`, `locales/de/work.ftl`.
    fn paths(&self) -> Vec<String>;
    /// A file's text. An error says in plain words why it cannot be read.
    fn read(&self, path: &str) -> Result<String, String>;
}

/// Content files that are already in memory: embedded in the binary, or written by a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySource(pub BTreeMap<String, String>);

impl MemorySource {
    /// Adds a file or replaces it.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }
}

impl Source for MemorySource {
    fn paths(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Result<String, String> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| "no such file".to_owned())
    }
}

/// SHA-256 over paths and texts, hexadecimal, first 16 digits. The files must come sorted by path.
/// Lengths go in as well, so that text cannot move from one file to its neighbour unnoticed.
pub(super) fn hash<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut sha = Sha256::new();
    for (path, text) in files {
        for part in [path, text] {
            sha.update((part.len() as u64).to_le_bytes());
            sha.update(part.as_bytes());
        }
    }
    sha.finalize()
        .iter()
        .take(8)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_notices_paths_bytes_and_borders() {
        let a = hash([("x", "ab"), ("y", "c")].into_iter());
        assert_eq!(a.len(), 16);
        assert_eq!(a, hash([("x", "ab"), ("y", "c")].into_iter()));
        assert_ne!(a, hash([("x", "a"), ("y", "bc")].into_iter()));
        assert_ne!(a, hash([("x", "ab"), ("z", "c")].into_iter()));
        assert_ne!(a, hash([("x", "ab"), ("y", "C")].into_iter()));
    }
}
