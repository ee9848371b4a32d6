//! What can be wrong with the settings, in an operator's words: what, where, and what to do.

use std::fmt;
use std::path::PathBuf;

/// Where a value was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// An option of the command line.
    Flag(&'static str),
    /// An environment variable.
    Env(String),
    /// A line of the configuration file.
    File {
        /// Which file.
        file: String,
        /// Which line.
        line: usize,
        /// The setting's name there.
        name: String,
    },
}

impl fmt::Display for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Env(name) => f.write_str(name),
            Self::File { file, line, name } => write!(f, "`{name}` ({file}, line {line})"),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or may not be read.
    #[error("the configuration file {} cannot be read: {why}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// The file is no TOML. The text of the line is not shown: it may hold a secret.
    #[error("{file}, line {line}: this is no valid TOML: {why}")]
    Syntax {
        /// Which file.
        file: String,
        /// Which line.
        line: usize,
        /// What the parser says.
        why: String,
    },
    /// A setting that lotse does not know.
    #[error("{file}, line {line}: there is no setting `{name}`{}", did_you_mean(.meant.as_deref()))]
    Unknown {
        /// Which file.
        file: String,
        /// Which line.
        line: usize,
        /// What stands there.
        name: String,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// Every setting is a text.
    #[error(
        "{file}, line {line}: `{name}` must be a text in quotes, for example {name} = \"{example}\""
    )]
    NoText {
        /// Which file.
        file: String,
        /// Which line.
        line: usize,
        /// Which setting, without its section.
        name: String,
        /// A value to show.
        example: String,
    },
    /// A secret is given both as it is and as a file.
    #[error("{first} and {second} are both set; set only one of them")]
    Twice {
        /// One place.
        first: From,
        /// The other one.
        second: From,
    },
    /// A file that should hold a secret cannot be read.
    #[error("{from}: the file {} cannot be read: {why}", .path.display())]
    SecretFile {
        /// Who named the file.
        from: From,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// A file that should hold a secret holds nothing.
    #[error("{from}: the file {} is empty", .path.display())]
    SecretEmpty {
        /// Who named the file.
        from: From,
        /// Which file.
        path: PathBuf,
    },
    /// A value that means nothing.
    #[error("{from}: {what}")]
    Value {
        /// Where it stands.
        from: From,
        /// What is wrong and what is expected. Never holds a secret.
        what: String,
    },
    /// A setting needs another one.
    #[error("{0}")]
    Needs(&'static str),
}

fn did_you_mean(word: Option<&str>) -> String {
    word.map(|w| format!("; did you mean `{w}`?"))
        .unwrap_or_default()
}
