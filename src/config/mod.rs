//! The settings of one instance, from command line, environment and file.

mod error;
mod file;
pub mod keys;
mod layers;
#[cfg(test)]
mod tests;

pub use error::{ConfigError, From};
pub use layers::Layers;

use crate::runtime::alarm::Alarms;
use crate::runtime::triage::{MODEL_FILE, MODEL_FOLDER, Setup};
use crate::store::Database;
use layers::{Found, Given};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

/// The settings, checked.
#[derive(Debug)]
pub struct Config {
    /// The folder for database, instance key and lock.
    pub data_dir: PathBuf,
    /// A PostgreSQL server; `None`: SQLite in the data folder.
    pub database_url: Option<SecretString>,
    /// Where the pages are served.
    pub listen: Listen,
    /// How the pages are reached from outside, without a slash at the end.
    pub public_url: Option<String>,
    /// A folder to take content from.
    pub content: Option<PathBuf>,
    /// The weights that sentence vectors are made with; `None`: in the data folder.
    pub model: Option<PathBuf>,
    /// Whether free texts are looked at.
    pub triage: bool,
    /// How long an answer to a free text may wait for that.
    pub triage_wait: Duration,
    /// What is logged.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// The instance key; `None`: from the data folder.
    pub instance_key: Option<SecretBox<[u8; 32]>>,
    /// Who may read the metrics from elsewhere.
    pub metrics_token: Option<SecretString>,
    /// Where alarms are called out.
    pub alarm_webhook: Option<SecretString>,
    /// The word that goes along with such a call.
    pub alarm_secret: Option<SecretString>,
    /// After which time an alarm rings again.
    pub alarm_remind: Duration,
    /// Telegram, if it is on.
    pub telegram: Option<Telegram>,
    /// What an operator should know, though it is no error.
    pub hints: Vec<String>,
}

/// Where the pages are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// Nowhere.
    Off,
    /// Here.
    At(SocketAddr),
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For log collectors.
    Json,
}

/// How Telegram is reached.
#[derive(Clone, Debug)]
pub struct Telegram {
    /// The bot's token.
    pub token: SecretString,
    /// Where the token was given, for messages about it.
    pub token_from: From,
    /// The Bot API server.
    pub api_url: String,
    /// How messages come in.
    pub mode: TelegramMode,
}

/// How messages come in from Telegram.
#[derive(Clone, Debug)]
pub enum TelegramMode {
    /// lotse asks.
    Polling,
    /// Telegram calls.
    Webhook {
        /// The word by which its calls are known; `None`: made from the instance key.
        secret: Option<SecretString>,
    },
}

/// The address when nobody names one.
const LISTEN: &str = "127.0.0.1:8080";
/// Telegram's own server.
const TELEGRAM_API: &str = "https://api.telegram.org";

impl Config {
    /// Reads and checks everything. The first fault is reported.
    pub fn load(layers: Layers) -> Result<Self, ConfigError> {
        let found = layers.read()?;
        let mut config = Self {
            data_dir: found
                .text("data_dir")?
                .unwrap_or_else(|| "lotse-data".to_owned())
                .into(),
            database_url: found.map("database", postgres)?,
            listen: found
                .map("listen", listen)?
                .unwrap_or(Listen::At(default_listen())),
            public_url: found.map("public_url", |g| url(g, "https://lotse.example.org"))?,
            content: found.text("content")?.map(PathBuf::from),
            model: found.text("model")?.map(PathBuf::from),
            triage: found.map("triage", on_off)?.unwrap_or(true),
            triage_wait: found.map("triage_wait", millis)?.unwrap_or(Setup::BUDGET),
            log: found.map("log", log)?.unwrap_or_else(|| "info".to_owned()),
            log_format: found.map("log_format", log_format)?.unwrap_or_default(),
            instance_key: found.map("instance_key", instance_key)?,
            metrics_token: found.text("metrics_token")?.map(SecretString::from),
            alarm_webhook: found.map("alarm.webhook", alarm_webhook)?,
            alarm_secret: found.map("alarm.secret", header_word)?,
            alarm_remind: found.map("alarm.remind", minutes)?.unwrap_or(Alarms::PAUSE),
            telegram: telegram(&found)?,
            hints: found.strange_env(),
        };
        config.check_together()?;
        Ok(config)
    }

    /// The database to use.
    pub fn database(&self) -> Database {
        match &self.database_url {
            Some(url) => Database::Postgres(url.expose_secret().to_owned()),
            None => Database::Sqlite(self.data_dir.clone()),
        }
    }

    /// Where the weights are, or would be.
    pub fn model_file(&self) -> PathBuf {
        let own = || self.data_dir.join(MODEL_FOLDER).join(MODEL_FILE);
        self.model.clone().unwrap_or_else(own)
    }

    /// Whether the pages are reached by HTTPS.
    pub fn secure(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|u| u.starts_with("https://"))
    }

    fn check_together(&mut self) -> Result<(), ConfigError> {
        let webhook = matches!(
            self.telegram,
            Some(Telegram {
                mode: TelegramMode::Webhook { .. },
                ..
            })
        );
        if webhook && self.public_url.is_none() {
            return Err(ConfigError::Needs(
                "telegram.mode = \"webhook\" needs `public_url`: the address under which Telegram can call this server",
            ));
        }
        if webhook && self.listen == Listen::Off {
            return Err(ConfigError::Needs(
                "telegram.mode = \"webhook\" needs an address to listen on, but `listen` is \"off\"",
            ));
        }
        if let Listen::At(address) = self.listen
            && !address.ip().is_loopback()
            && !self.secure()
        {
            self.hints.push(format!(
                "the pages on {address} can be reached from other machines without encryption; \
                 put a web server with HTTPS in front and set `public_url`"
            ));
        }
        Ok(())
    }
}

impl Found {
    fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        self.map(name, |given| {
            if given.value.trim().is_empty() {
                Err("is empty".to_owned())
            } else {
                Ok(given.value.clone())
            }
        })
    }

    fn map<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Given) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(given) = self.get(name)? else {
            return Ok(None);
        };
        match read(&given) {
            Ok(value) => Ok(Some(value)),
            Err(what) => Err(ConfigError::Value {
                from: given.from,
                what,
            }),
        }
    }
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn listen(given: &Given) -> Result<Listen, String> {
    let text = given.value.as_str();
    if text == "off" {
        return Ok(Listen::Off);
    }
    let numeric = text.replace("localhost:", "127.0.0.1:");
    numeric.parse().map(Listen::At).map_err(|_| {
        format!("\"{text}\" is no address and port; write for example {LISTEN}, 0.0.0.0:8080 for all networks, or off")
    })
}

fn url(given: &Given, example: &str) -> Result<String, String> {
    let text = given.value.as_str();
    let parsed = reqwest::Url::parse(text).ok();
    let good = parsed.is_some_and(|u| {
        matches!(u.scheme(), "http" | "https")
            && u.host().is_some()
            && u.query().is_none()
            && u.fragment().is_none()
            && u.username().is_empty()
            && u.password().is_none()
    });
    // Not shown: a URL may hold a password.
    if good {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!(
            "this is no web address; write for example {example}"
        ))
    }
}

fn postgres(given: &Given) -> Result<SecretString, String> {
    let text = given.value.as_str();
    let parsed = reqwest::Url::parse(text).ok();
    if parsed.is_some_and(|u| matches!(u.scheme(), "postgres" | "postgresql")) {
        Ok(SecretString::from(text))
    } else {
        Err("this is no address of a PostgreSQL server; it should look like \
             postgres://user:password@host/name (special characters in the password as %40 and so on). \
             For SQLite leave it away and set the data folder"
            .to_owned())
    }
}

fn log(given: &Given) -> Result<String, String> {
    let text = given.value.as_str();
    // The filter takes a single word that is no level for the name of a part of the program, and then says nothing at all.
    let level = |word: &str| word.contains('=') || LevelFilter::from_str(word.trim()).is_ok();
    let filter = tracing_subscriber::EnvFilter::builder().parse(text);
    match filter.is_ok() && text.split(',').all(level) {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "\"{text}\" does not say what to log; write for example info or info,lotse::store=debug"
        )),
    }
}

fn log_format(given: &Given) -> Result<LogFormat, String> {
    match given.value.as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => Err(format!("\"{other}\" is no log format; write text or json")),
    }
}

fn on_off(given: &Given) -> Result<bool, String> {
    match given.value.as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(format!("\"{other}\" is neither on nor off")),
    }
}

fn millis(given: &Given) -> Result<Duration, String> {
    match given.value.trim().parse() {
        Ok(ms @ 1..=60_000) => Ok(Duration::from_millis(ms)),
        _ => Err("is no whole number of thousandths of a second from 1 to 60000".to_owned()),
    }
}

fn minutes(given: &Given) -> Result<Duration, String> {
    match given.value.trim().parse() {
        Ok(minutes @ 1..=60) => Ok(Duration::from_secs(minutes * 60)),
        _ => Err("is no whole number of minutes from 1 to 60".to_owned()),
    }
}

/// Not shown if it is wrong: such an address is often itself the secret.
fn alarm_webhook(given: &Given) -> Result<SecretString, String> {
    let parsed = reqwest::Url::parse(given.value.trim()).ok();
    match parsed {
        Some(u) if matches!(u.scheme(), "http" | "https") && u.host().is_some() => {
            Ok(SecretString::from(given.value.trim()))
        }
        _ => Err(
            "this is no web address; write for example https://alarm.example.org/lotse".to_owned(),
        ),
    }
}

/// What may stand in a header.
fn header_word(given: &Given) -> Result<SecretString, String> {
    let word = given.value.trim();
    match !word.is_empty() && word.bytes().all(|b| b.is_ascii_graphic()) {
        true => Ok(SecretString::from(word)),
        false => Err("a word of letters, digits and signs without blanks is needed".to_owned()),
    }
}

fn instance_key(given: &Given) -> Result<SecretBox<[u8; 32]>, String> {
    parse_key(&given.value)
        .ok_or_else(|| "an instance key has 64 hexadecimal digits (0-9, a-f)".to_owned())
}

/// Reads 64 hexadecimal digits.
pub fn parse_key(text: &str) -> Option<SecretBox<[u8; 32]>> {
    let text = text.trim().as_bytes();
    if text.len() != 64 {
        return None;
    }
    let mut key = Box::new([0_u8; 32]);
    for (byte, pair) in key.iter_mut().zip(text.chunks_exact(2)) {
        let digit = |b: u8| {
            char::from(b)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(SecretBox::new(key))
}

fn telegram(found: &Found) -> Result<Option<Telegram>, ConfigError> {
    // Looked at without a token, too: what is wrong in a file is not to come to light on the day the token arrives.
    let secret = found.map("telegram.webhook_secret", webhook_secret)?;
    let mode = found.map("telegram.mode", |given| match given.value.as_str() {
        "polling" => Ok(false),
        "webhook" => Ok(true),
        other => Err(format!(
            "\"{other}\" is no way to reach Telegram; write polling or webhook"
        )),
    })?;
    let api_url = found.map("telegram.api_url", |g| url(g, TELEGRAM_API))?;
    let Some(token) = found.get("telegram.token")? else {
        return Ok(None);
    };
    check_token(&token)?;
    Ok(Some(Telegram {
        token: SecretString::from(token.value),
        token_from: token.from,
        api_url: api_url.unwrap_or_else(|| TELEGRAM_API.to_owned()),
        mode: match mode {
            Some(true) => TelegramMode::Webhook { secret },
            _ => TelegramMode::Polling,
        },
    }))
}

/// The bot's number, a colon and the secret. It is put into the path of an address: nothing may stand in it that ends a
/// path. Source: <https://core.telegram.org/bots/api#authorizing-your-bot>.
fn check_token(token: &Given) -> Result<(), ConfigError> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if let Some((number, secret)) = token.value.split_once(':')
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && !secret.is_empty()
        && secret.bytes().all(fits)
    {
        return Ok(());
    }
    Err(ConfigError::Value {
        from: token.from.clone(),
        what: "this is no bot token; @BotFather gives one like 123456:ABC-DEF. Copy the whole of it: number, colon and letters"
            .to_owned(),
    })
}

/// Source: <https://core.telegram.org/bots/api#setwebhook>, `secret_token`.
fn webhook_secret(given: &Given) -> Result<SecretString, String> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if (1..=256).contains(&given.value.len()) && given.value.bytes().all(fits) {
        Ok(SecretString::from(given.value.as_str()))
    } else {
        Err("a webhook secret has 1 to 256 letters, digits, `_` and `-`".to_owned())
    }
}
