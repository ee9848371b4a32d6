//! What a path in a content folder stands for.

use super::parse::detect;
use super::record::STATE_FILE;
use crate::model::Lang;

/// TOML files that are no flows.
const SHARED_FILES: &[&str] = &[
    "settings", "fields", "topics", "reasons", "facts", "services",
];

/// Names of text files and TOML files that are no flows.
pub(super) const RESERVED_FILES: &[&str] = &[
    "settings", "fields", "topics", "reasons", "facts", "services", "commands", "system", "room",
];

/// Names of text files that belong to no flow. `room` has the words around the conversation in the web room.
pub(super) const TEXT_FILES: &[&str] =
    &["fields", "topics", "reasons", "commands", "system", "room"];

/// Something that a path can stand for.
pub(super) enum Place<'p> {
    Flow(&'p str),
    /// A declaration of what all flows share.
    Toml(&'p str),
    Detect(&'p str),
    Ftl(Lang, String),
    State(Lang),
    Ignored,
    Stray,
}

/// What a path stands for.
pub(super) fn place(path: &str) -> Place<'_> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.starts_with('.') || name.ends_with('~') || name.to_lowercase().ends_with(".md") {
        return Place::Ignored;
    }
    if let Some(name) = path.strip_prefix(detect::FOLDER) {
        return match name.strip_suffix(".toml") {
            Some(name) if !name.contains('/') => Place::Detect(name),
            _ => Place::Stray,
        };
    }
    if let Some(rest) = path.strip_prefix("flows/") {
        return match rest.strip_suffix(".toml") {
            Some(id) if SHARED_FILES.contains(&id) => Place::Toml(id),
            Some(id) if id.matches('/').count() <= 1 => Place::Flow(id),
            _ => Place::Stray,
        };
    }
    if let Some(rest) = path.strip_prefix("locales/") {
        return match rest
            .split_once('/')
            .map(|(lang, file)| (lang, file.strip_suffix(".ftl")))
        {
            Some((lang, None)) if rest.strip_prefix(lang) == Some(&format!("/{STATE_FILE}")) => {
                Place::State(Lang::new(lang))
            }
            Some((lang, Some(name))) if name.matches('/').count() <= 1 => {
                Place::Ftl(Lang::new(lang), name.to_owned())
            }
            _ => Place::Stray,
        };
    }
    Place::Ignored
}
