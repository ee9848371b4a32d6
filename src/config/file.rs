//! Reading the configuration file.

use super::error::ConfigError;
use super::keys::{KEYS, names};
use crate::content::nearest;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and the line on which it stands.
pub(super) type Entry = (String, usize);

/// Reads a file: full name of the setting (`telegram.token`) → value.
pub(super) fn parse(file: &str, text: &str) -> Result<BTreeMap<String, Entry>, ConfigError> {
    let reader = Reader { file, text };
    let root = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        file: file.to_owned(),
        line: reader.line(error.span().map_or(0, |s| s.start)),
        why: error.message().to_owned(),
    })?;
    let mut found = BTreeMap::new();
    for (key, value) in root.get_ref() {
        if let DeValue::Table(section) = value.get_ref()
            && names()
                .iter()
                .any(|n| n.starts_with(&format!("{}.", key.get_ref())))
        {
            let section_name = key.get_ref();
            for (key, value) in section {
                let name = format!("{section_name}.{}", key.get_ref());
                reader.entry(&mut found, name, key.span().start, value)?;
            }
        } else {
            reader.entry(
                &mut found,
                key.get_ref().to_string(),
                key.span().start,
                value,
            )?;
        }
    }
    Ok(found)
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        before.iter().filter(|b| **b == b'\n').count() + 1
    }

    fn entry(
        &self,
        found: &mut BTreeMap<String, Entry>,
        name: String,
        at: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), ConfigError> {
        let (file, line) = (self.file.to_owned(), self.line(at));
        let known = names();
        if !known.contains(&name) {
            let sections = ["telegram"];
            let all = known.iter().map(String::as_str).chain(sections);
            let meant = nearest(&name, all)
                .or_else(|| same_end(&name, &known))
                .map(str::to_owned);
            return Err(ConfigError::Unknown {
                file,
                line,
                name,
                meant,
            });
        }
        let DeValue::String(text) = value.get_ref() else {
            let key = KEYS.iter().find(|k| name == k.name);
            let example = key.map_or("/run/secrets/…", |k| k.example).to_owned();
            let name = name.rsplit('.').next().unwrap_or(&name).to_owned();
            return Err(ConfigError::NoText {
                file,
                line,
                name,
                example,
            });
        };
        found.insert(name, (text.to_string(), line));
        Ok(())
    }
}

/// `token` where `telegram.token` is meant, or the other way round.
fn same_end<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let last = |n: &str| n.rsplit('.').next().unwrap_or_default().to_owned();
    known
        .iter()
        .find(|k| last(k) == last(name))
        .map(String::as_str)
}
