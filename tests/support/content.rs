//! The content of this project, as it is or with facts that are as old today as they were on another day.

use jiff::ToSpan as _;
use jiff::civil::Date;
use lotse::content::{Content, MemorySource, Places, load};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where `path` of this project lies.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The transcripts whose names begin with `prefix`, sorted: file name and text.
pub fn transcripts(prefix: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(project("tests/flows")).expect("the transcripts");
    let mut found: Vec<_> = entries
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "talk"))
        .map(|path| (name(&path), text(&path)))
        .filter(|(name, _)| name.starts_with(prefix))
        .collect();
    found.sort();
    found
}

/// All files of a content folder, by their paths in it.
#[derive(Clone, Debug)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Those of this project.
    pub fn shipped() -> Self {
        let mut paths = Vec::new();
        below(&project("flows"), &mut paths);
        below(&project("locales"), &mut paths);
        let root = project("");
        let inside = |path: &Path| path.strip_prefix(&root).expect("below").to_owned();
        let named = |path: PathBuf| (inside(&path).display().to_string(), text(&path));
        Self(paths.into_iter().map(named).collect())
    }

    /// All days in `facts.toml` so many days later: what was checked or held on a day, was so that much later.
    pub fn with_facts_moved(mut self, days: i64) -> Self {
        let facts = self.0.get_mut("flows/facts.toml").expect("the facts");
        let moved: Vec<_> = facts.lines().map(|line| later(line, days)).collect();
        *facts = moved.join("\n");
        self
    }

    /// Only what people write in these languages: the less there is, the sooner it is learned.
    pub fn recognising(mut self, languages: &[&str]) -> Self {
        self.0.retain(|name, _| {
            let tongue = name.strip_prefix("flows/detect/");
            let tongue = tongue.and_then(|name| name.strip_suffix(".toml"));
            tongue.is_none_or(|t| ["classes", "thresholds"].contains(&t) || languages.contains(&t))
        });
        self
    }

    /// With this file, new or instead of what it was.
    pub fn with_file(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    /// With other words in a file.
    pub fn with_edit(mut self, name: &str, from: &str, to: &str) -> Self {
        let text = self.0.get_mut(name).expect("a file of the content");
        assert!(text.contains(from), "{name} has no {from:?}");
        *text = text.replace(from, to);
        self
    }

    /// Loads them as the program does.
    ///
    /// # Panics
    /// If they have faults.
    pub fn load(&self) -> Content {
        let source = self
            .0
            .iter()
            .fold(MemorySource::default(), |source, (name, text)| {
                source.with(name, text)
            });
        let table = |name: &str| text(&project("data").join(name));
        let places = Places::parse(&table("plz_kreis.csv"), &table("kreise.csv")).unwrap();
        let loaded = load(&source, Arc::new(places));
        let faults = loaded.diagnostics;
        loaded
            .content
            .unwrap_or_else(|| panic!("the content has faults: {faults:#?}"))
    }

    /// Writes them into a folder.
    pub fn write(&self, folder: &Path) {
        for (name, text) in &self.0 {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }
}

/// `key = 2026-11-21` so many days later; any other line as it is.
fn later(line: &str, days: i64) -> String {
    let moved = line.split_once(" = ").and_then(|(key, day)| {
        let day: Date = day.parse().ok()?;
        Some(format!("{key} = {}", day.checked_add(days.days()).ok()?))
    });
    moved.unwrap_or_else(|| line.to_owned())
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            below(&path, found)
        } else {
            found.push(path)
        }
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("a name");
    name.to_string_lossy().into_owned()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}
