//! The transcripts of a content folder.

use anyhow::{Context as _, Result};
use std::path::Path;

/// Where they lie in a content folder.
pub const FOLDER: &str = "tests/flows";

/// Path below the content folder and text, sorted by path.
pub fn read(content: &Path) -> Result<Vec<(String, String)>> {
    let folder = content.join(FOLDER);
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("the transcripts in {} cannot be read", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "talk") {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            found.push((format!("{FOLDER}/{name}"), text));
        }
    }
    found.sort();
    Ok(found)
}
