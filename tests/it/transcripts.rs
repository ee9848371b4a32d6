//! The shipped content against its transcripts, in every language.

use lotse::content::{Content, MemorySource, Places, load};
use lotse::engine::talk::{self, Coverage};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, by path from the root of the project.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found)
        } else {
            found.push(path)
        }
    }
}

fn shipped() -> Content {
    let mut paths = Vec::new();
    files(&root().join("flows"), &mut paths);
    files(&root().join("locales"), &mut paths);
    let mut source = MemorySource::default();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
        source = source.with(name, &fs::read_to_string(&path).unwrap());
    }
    let table = |name: &str| fs::read_to_string(root().join("data").join(name)).unwrap();
    let places = Places::parse(&table("plz_kreis.csv"), &table("kreise.csv")).unwrap();
    let loaded = load(&source, Arc::new(places));
    let faults = loaded.diagnostics;
    loaded
        .content
        .unwrap_or_else(|| panic!("the shipped content has faults: {faults:#?}"))
}

#[test]
fn every_transcript_holds_in_every_language() {
    let content = shipped();
    let mut transcripts = Vec::new();
    files(&root().join("tests/flows"), &mut transcripts);
    transcripts.retain(|path| path.extension().is_some_and(|e| e == "talk"));
    transcripts.sort();
    assert!(transcripts.len() > 50, "the transcripts are there");

    let (mut failed, mut reached) = (Vec::new(), Coverage::default());
    for path in &transcripts {
        let name = path.file_name().unwrap().to_string_lossy();
        let talk = match talk::parse(&fs::read_to_string(path).unwrap()) {
            Ok(talk) => talk,
            Err(fault) => {
                failed.push(format!("{name}: {fault}"));
                continue;
            }
        };
        for language in &content.settings.languages {
            match talk::run(&content, &talk, &language.lang) {
                Ok(covered) => reached.extend(covered),
                Err(diff) => failed.push(format!("{name} ({}): {diff}", language.lang)),
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} differ:\n{}",
        failed.len(),
        failed.join("\n")
    );
    let missing = Coverage::all(&content).without(&reached);
    assert_eq!(
        missing,
        Coverage::default(),
        "steps and options that no transcript reaches"
    );
}
