//! Which of several places decides about a setting: command line, environment, file, in this order.

use super::error::{ConfigError, From};
use super::file;
use super::keys::{KEYS, Key, env_names};
use crate::content::nearest;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was given, by place. Nothing is looked up besides what stands here.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Options of the command line, by the setting's name.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// The configuration file.
    pub file: Option<PathBuf>,
}

/// A value and where it was given.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub value: String,
    pub from: From,
}

/// All places, read.
pub(super) struct Found {
    layers: Layers,
    file_name: String,
    file: BTreeMap<String, file::Entry>,
}

impl Layers {
    /// Reads the file, if one was named.
    pub(super) fn read(self) -> Result<Found, ConfigError> {
        let Some(path) = self.file.clone() else {
            return Ok(Found {
                layers: self,
                file_name: String::new(),
                file: BTreeMap::new(),
            });
        };
        let text = std::fs::read_to_string(&path).map_err(|why| ConfigError::File {
            path: path.clone(),
            why,
        })?;
        let file_name = path.display().to_string();
        let file = file::parse(&file_name, &text)?;
        Ok(Found {
            layers: self,
            file_name,
            file,
        })
    }
}

impl Found {
    /// The value that counts.
    pub fn get(&self, name: &str) -> Result<Option<Given>, ConfigError> {
        let Some(key) = KEYS.iter().find(|k| k.name == name) else {
            return Ok(None);
        };
        let flag = self.layers.flags.get(key.name).map(|value| Given {
            value: value.clone(),
            from: From::Flag(key.flag.unwrap_or_default()),
        });
        if flag.is_some() {
            return Ok(flag);
        }
        for env in key.env {
            if let Some(given) =
                self.one_of(key, self.env(env), || self.env(&format!("{env}_FILE")))?
            {
                return Ok(Some(given));
            }
        }
        self.one_of(key, self.in_file(key.name), || {
            self.in_file(&key.file_name())
        })
    }

    /// The value, or the content of the file that is named instead.
    fn one_of(
        &self,
        key: &Key,
        plain: Option<Given>,
        path: impl Fn() -> Option<Given>,
    ) -> Result<Option<Given>, ConfigError> {
        let path = if key.secret { path() } else { None };
        match (plain, path) {
            (Some(plain), Some(path)) => Err(ConfigError::Twice {
                first: plain.from,
                second: path.from,
            }),
            (None, Some(Given { value, from })) => {
                read_secret(Path::new(&value), &from).map(|value| Some(Given { value, from }))
            }
            (plain, None) => Ok(plain),
        }
    }

    fn env(&self, name: &str) -> Option<Given> {
        let value = self.layers.env.get(name)?;
        // `TELEGRAM_TOKEN=` in a service file means: not set.
        (!value.is_empty()).then(|| Given {
            value: value.clone(),
            from: From::Env(name.to_owned()),
        })
    }

    fn in_file(&self, name: &str) -> Option<Given> {
        let (value, line) = self.file.get(name)?;
        let (file, line) = (self.file_name.clone(), *line);
        Some(Given {
            value: value.clone(),
            from: From::File {
                file,
                line,
                name: name.to_owned(),
            },
        })
    }

    /// Environment variables that look like lotse's but are none: no error, for other programs may
    /// have put them there, but worth a word.
    pub fn strange_env(&self) -> Vec<String> {
        let known = env_names();
        // Our own tests have variables as well.
        let ours = |n: &&String| n.starts_with("LOTSE_") && !n.starts_with("LOTSE_TEST_");
        let strange = self
            .layers
            .env
            .keys()
            .filter(ours)
            .filter(|n| !known.contains(n));
        strange
            .map(|name| match nearest(name, known.iter().map(String::as_str)) {
                Some(meant) => format!("the environment variable {name} means nothing to lotse; did you mean {meant}?"),
                None => format!("the environment variable {name} means nothing to lotse"),
            })
            .collect()
    }
}

fn read_secret(path: &Path, from: &From) -> Result<String, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|why| ConfigError::SecretFile {
        from: from.clone(),
        path: path.to_owned(),
        why,
    })?;
    let secret = text.trim();
    if secret.is_empty() {
        return Err(ConfigError::SecretEmpty {
            from: from.clone(),
            path: path.to_owned(),
        });
    }
    Ok(secret.to_owned())
}
