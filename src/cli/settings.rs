//! Options that several commands share, and the settings that come of them.

use super::words::full_environment;
use crate::config::{Config, ConfigError, Layers};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Which instance a command works on.
#[derive(Clone, Debug, Default, Args)]
pub struct Which {
    /// The configuration file (also LOTSE_CONFIG).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The data folder (also DATA_DIR; otherwise lotse-data in this folder).
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<String>,
    /// A PostgreSQL server instead of SQLite in the data folder (also LOTSE_DATABASE).
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
}

/// How an instance is run.
#[derive(Clone, Debug, Default, Args)]
pub struct Running {
    /// Address and port of the pages, or off (also LOTSE_LISTEN; otherwise 127.0.0.1:8080).
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// How the pages are reached from outside (also LOTSE_PUBLIC_URL).
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// A folder with flows/ and locales/ instead of the content in the program; changes go live.
    #[arg(long, value_name = "DIR")]
    pub content: Option<String>,
    /// How much is logged: error, warn, info, debug (also LOTSE_LOG).
    #[arg(long, value_name = "LEVEL")]
    pub log: Option<String>,
    /// text or json (also LOTSE_LOG_FORMAT).
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<String>,
}

/// Reads all settings.
pub fn load(which: &Which, running: &Running) -> Result<Config, ConfigError> {
    let env = full_environment();
    let given = [
        ("data_dir", &which.data),
        ("database", &which.database),
        ("listen", &running.listen),
        ("public_url", &running.public_url),
        ("content", &running.content),
        ("log", &running.log),
        ("log_format", &running.log_format),
    ];
    let flags: BTreeMap<_, _> = given
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.clone()?)))
        .collect();
    let file = which.config.clone().or_else(|| {
        env.get("LOTSE_CONFIG")
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    });
    Config::load(Layers { flags, env, file })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::KEYS;
    use clap::CommandFactory as _;
    use clap::Parser;

    #[derive(Parser)]
    struct All {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        running: Running,
    }

    #[test]
    fn the_table_of_settings_and_the_command_line_name_the_same_options() {
        let command = All::command();
        let mut options: Vec<String> = command
            .get_arguments()
            .filter_map(|a| a.get_long().map(|l| format!("--{l}")))
            .filter(|l| l != "--config")
            .collect();
        let mut table: Vec<String> = KEYS
            .iter()
            .filter_map(|k| k.flag.map(str::to_owned))
            .collect();
        options.sort();
        table.sort();
        assert_eq!(options, table);
    }

    #[test]
    fn every_option_arrives() {
        let all = All::parse_from([
            "x",
            "--data",
            "d",
            "--listen",
            "off",
            "--content",
            "c",
            "--log",
            "warn",
            "--log-format",
            "json",
            "--public-url",
            "https://x.example",
        ]);
        let config = load(&all.which, &all.running).unwrap();
        assert_eq!(config.data_dir, PathBuf::from("d"));
        assert_eq!(config.listen, crate::config::Listen::Off);
        assert_eq!(config.content, Some(PathBuf::from("c")));
        assert_eq!(config.log, "warn");
        assert_eq!(config.log_format, crate::config::LogFormat::Json);
        assert!(config.secure());
    }
}
