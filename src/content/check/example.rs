//! A small sound content folder for tests. `docs/diagnostics.md` breaks it in one place for each code.

use super::system::SYSTEM;
use crate::content::MemorySource;

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("example/", $path)))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "flows/settings.toml",
    "flows/fields.toml",
    "flows/topics.toml",
    "flows/reasons.toml",
    "flows/facts.toml",
    "flows/menu.toml",
    "flows/human.toml",
    "flows/work.toml",
    "flows/arrival.toml",
    "flows/detect/classes.toml",
    "flows/detect/de.toml",
    "flows/detect/en.toml",
    "locales/de/arrival.ftl",
    "locales/en/arrival.ftl",
    "locales/de/work.ftl",
    "locales/en/work.ftl",
    "locales/de/menu.ftl",
    "locales/en/menu.ftl",
    "locales/de/fields.ftl",
    "locales/en/fields.ftl",
    "locales/de/commands.ftl",
    "locales/en/commands.ftl",
    "locales/de/topics.ftl",
    "locales/en/topics.ftl",
    "locales/de/reasons.ftl",
    "locales/en/reasons.ftl",
];

/// The folder, with the texts that the program itself says.
pub(crate) fn folder() -> MemorySource {
    let folder = FILES
        .iter()
        .fold(MemorySource::default(), |f, (path, text)| {
            f.with(path, text)
        });
    let mut texts = String::new();
    for text in SYSTEM {
        texts.push_str(&format!("{} = Text", text.id));
        for variable in text.variables {
            texts.push_str(&format!(" {{ ${variable} }}"));
        }
        texts.push('\n');
        for label in text.labels {
            texts.push_str(&format!("    .{label} = ({label})x\n"));
        }
    }
    folder
        .with("locales/de/system.ftl", &texts)
        .with("locales/en/system.ftl", &texts)
}
