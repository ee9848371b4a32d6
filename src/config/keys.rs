//! The one table of all settings. `lotse.example.toml` and `docs/configuration.md` are written from it,
//! and a test compares them with it.

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name in the file; a dot stands for a section.
    pub name: &'static str,
    /// The option of the command line, where there is one.
    pub flag: Option<&'static str>,
    /// Environment variables, the first that is set counts.
    pub env: &'static [&'static str],
    /// `true`: may also be named as a file that holds the value (`…_file`, `…_FILE`).
    pub secret: bool,
    /// What holds when nobody says anything, in words.
    pub default: &'static str,
    /// A value to show.
    pub example: &'static str,
    /// What it does.
    pub help: &'static str,
}

macro_rules! keys {
    ($($name:literal {
        flag: $flag:expr, env: [$($env:literal),+], secret: $secret:literal,
        default: $default:literal, example: $example:literal, $help:literal
    })*) => {
        /// All settings, in the order of the documentation.
        pub const KEYS: &[Key] = &[$(Key {
            name: $name, flag: $flag, env: &[$($env),+], secret: $secret,
            default: $default, example: $example, help: $help,
        }),*];
    };
}

keys! {
    "data_dir" {
        flag: Some("--data"), env: ["LOTSE_DATA_DIR", "DATA_DIR"], secret: false,
        default: "`lotse-data` in the working folder", example: "/var/lib/lotse",
        "The folder for the database, the instance key and the lock. Created if it is not there. Only one lotse may use it at a time."
    }
    "database" {
        flag: Some("--database"), env: ["LOTSE_DATABASE"], secret: true,
        default: "SQLite, in a file of the data folder", example: "postgres://lotse:password@localhost/lotse",
        "A PostgreSQL server instead of the built-in SQLite. Several lotse processes may share it."
    }
    "listen" {
        flag: Some("--listen"), env: ["LOTSE_LISTEN"], secret: false,
        default: "`127.0.0.1:8080`", example: "127.0.0.1:8080",
        "Address and port of the web pages: room, console, webhook, health. `off`: no web pages at all, only messengers by polling."
    }
    "public_url" {
        flag: Some("--public-url"), env: ["LOTSE_PUBLIC_URL"], secret: false,
        default: "none", example: "https://lotse.example.org",
        "How the pages are reached from outside, through the web server in front. With `https://` cookies are marked as secure. Needed for the webhook."
    }
    "content" {
        flag: Some("--content"), env: ["LOTSE_CONTENT"], secret: false,
        default: "the content in the program", example: "/srv/lotse/content",
        "A folder with `flows/` and `locales/`. Changes go live within a second if they have no error."
    }
    "model" {
        flag: None, env: ["LOTSE_MODEL"], secret: false,
        default: "`model/e5-small-q4.bin` in the data folder", example: "/var/lib/lotse-model/e5-small-q4.bin",
        "The weights that sentence vectors are made with; `lotse model install` puts them there. Several instances may use one file. Without it lotse looks for phrases and groups of letters only, and says so."
    }
    "triage" {
        flag: None, env: ["LOTSE_TRIAGE"], secret: false,
        default: "`on`", example: "on",
        "`on`: free texts are looked at for danger and for what they are about, on this machine and nowhere else. `off`: nobody looks; crisis numbers and a human stay on every menu."
    }
    "triage_wait" {
        flag: None, env: ["LOTSE_TRIAGE_WAIT"], secret: false,
        default: "`300`", example: "300",
        "For how many thousandths of a second an answer to a free text may wait until the text was looked at, 1 to 60000. After that the answer comes without sentence vectors; what could not be looked at in time, or only without sentence vectors that are installed, is looked at again a moment later, and an alarm is then one all the same (unless so many texts wait that it would only become worse). Buttons never wait."
    }
    "log" {
        flag: Some("--log"), env: ["LOTSE_LOG"], secret: false,
        default: "`info`", example: "info",
        "How much is logged: `error`, `warn`, `info`, `debug`, `trace`, or finer: `info,lotse::store=debug`. The log goes to standard error and never holds what people write."
    }
    "log_format" {
        flag: Some("--log-format"), env: ["LOTSE_LOG_FORMAT"], secret: false,
        default: "`text`", example: "json",
        "`text` for people, `json` for log collectors."
    }
    "instance_key" {
        flag: None, env: ["LOTSE_INSTANCE_KEY"], secret: true,
        default: "`instance.key` in the data folder, made at the first start", example: "64 hexadecimal digits",
        "The key that all contents in the database are sealed with. Without it they cannot be read by anybody. Keep a copy apart from the backups of the database."
    }
    "metrics_token" {
        flag: None, env: ["LOTSE_METRICS_TOKEN"], secret: true,
        default: "none: `/metrics` answers to the same machine, and to nobody at all if `public_url` is set", example: "a long random word",
        "With it, `/metrics` answers to anybody who sends `Authorization: Bearer …` with this word, and to nobody else. Needed for `/metrics` behind a web server: whatever that passes on seems to come from the same machine."
    }
    "alarm.webhook" {
        flag: None, env: ["LOTSE_ALARM_WEBHOOK"], secret: true,
        default: "none: alarms are told in the console only", example: "https://alarm.example.org/lotse",
        "An address that is called by HTTP POST at once when somebody needs help immediately, and again while nobody reacts. The call names the instance, the organisation, the level, the time and the console, and nothing about the person. A gateway there can turn it into e-mail, SMS or a ringing phone."
    }
    "alarm.secret" {
        flag: None, env: ["LOTSE_ALARM_SECRET"], secret: true,
        default: "none", example: "a long random word",
        "Goes along with these calls as `Authorization: Bearer …`."
    }
    "alarm.remind" {
        flag: None, env: ["LOTSE_ALARM_REMIND"], secret: false,
        default: "`5`", example: "5",
        "After how many minutes an alarm rings again if nobody has taken the case or said that they have seen it, 1 to 60. Each pause after that is twice as long, up to an hour. The fallback organisation hears the reminders too."
    }
    "telegram.token" {
        flag: None, env: ["LOTSE_TELEGRAM_TOKEN", "TELEGRAM_TOKEN"], secret: true,
        default: "none: Telegram is off", example: "123456:ABC-DEF",
        "The bot's token, from @BotFather."
    }
    "telegram.api_url" {
        flag: None, env: ["LOTSE_TELEGRAM_API_URL", "TELEGRAM_API_URL"], secret: false,
        default: "`https://api.telegram.org`", example: "https://api.telegram.org",
        "The Bot API server; your own, if you run one."
    }
    "telegram.mode" {
        flag: None, env: ["LOTSE_TELEGRAM_MODE", "TELEGRAM_MODE"], secret: false,
        default: "`polling`", example: "polling",
        "`polling`: lotse asks Telegram for messages; works behind every firewall. `webhook`: Telegram calls `public_url` + `/channels/telegram`."
    }
    "telegram.webhook_secret" {
        flag: None, env: ["LOTSE_TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_WEBHOOK_SECRET"], secret: true,
        default: "made from the instance key", example: "a long random word",
        "The word by which Telegram's calls are known: 1 to 256 letters, digits, `_` and `-`."
    }
}

impl Key {
    /// The name under which the file holds a path to the value.
    pub fn file_name(&self) -> String {
        format!("{}_file", self.name)
    }
}

/// All names that a configuration file may use.
pub fn names() -> Vec<String> {
    let mut names = Vec::new();
    for key in KEYS {
        names.push(key.name.to_owned());
        if key.secret {
            names.push(key.file_name());
        }
    }
    names
}

/// All environment variables.
pub fn env_names() -> Vec<String> {
    let mut names = vec!["LOTSE_CONFIG".to_owned()];
    for key in KEYS {
        for env in key.env {
            names.push((*env).to_owned());
            if key.secret {
                names.push(format!("{env}_FILE"));
            }
        }
    }
    names
}

/// The text of `lotse.example.toml`: every setting, switched off, with what it does.
pub fn example() -> String {
    let mut out = String::from(
        "# lotse's settings. Every line that is switched off by `#` shows an example.\n\
         # An option of the command line beats the environment, which beats this file.\n\
         # Start with: lotse serve --config lotse.toml\n",
    );
    let mut section = "";
    for key in KEYS {
        let (this, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if this != section {
            out.push_str(&format!("\n[{this}]\n"));
            section = this;
        }
        out.push('\n');
        for line in wrap(key.help, 96) {
            out.push_str(&format!("# {line}\n"));
        }
        out.push_str(&format!("# Default: {}.\n", key.default));
        out.push_str(&format!("# {name} = {:?}\n", key.example));
        if key.secret {
            let file = format!("/run/secrets/{}", key.name.replace('.', "_"));
            out.push_str(&format!("# {name}_file = {file:?}\n"));
        }
    }
    out
}

/// The text of `docs/configuration.md`.
pub fn manual() -> String {
    let mut out = String::from(
        "# Settings\n\n\
         `lotse serve --config lotse.toml` reads the settings below. An option of the command line beats the\n\
         environment, the environment beats the file, the file beats the default. Without `--config` (or\n\
         `LOTSE_CONFIG`) no file is read. A setting that lotse does not know is refused. `lotse.example.toml` holds all\n\
         of them, ready to be switched on.\n\n\
         Secrets can be given as a file: `telegram.token_file` in the file, `LOTSE_TELEGRAM_TOKEN_FILE` in the\n\
         environment. White space around the secret is cut off.\n\n\
         This page is written from the table in `src/config/keys.rs`; `UPDATE_DOCS=1 cargo test config` writes it anew.\n",
    );
    for key in KEYS {
        out.push_str(&format!("\n## `{}`\n\n{}\n\n", key.name, key.help));
        out.push_str(&format!(
            "- Default: {}.\n- Example: `{}`\n",
            key.default, key.example
        ));
        let mut env: Vec<String> = key.env.iter().map(|e| format!("`{e}`")).collect();
        if key.secret {
            env.extend(key.env.iter().map(|e| format!("`{e}_FILE`")));
        }
        out.push_str(&format!("- Environment: {}\n", env.join(", ")));
        if let Some(flag) = key.flag {
            out.push_str(&format!("- Command line: `{flag}`\n"));
        }
        if key.secret {
            out.push_str(&format!("- From a file: `{}`\n", key.file_name()));
        }
    }
    out
}

/// Breaks a text into lines of at most `width` characters, at spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last().map_or(0, |l| l.chars().count());
        if last > 0 && last + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(path: &str, wanted: &str) {
        let file = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&file, wanted).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            found, wanted,
            "{path} is out of date: UPDATE_DOCS=1 cargo test config"
        );
    }

    #[test]
    fn the_example_file_holds_all_settings() {
        compare("lotse.example.toml", &example());
    }

    #[test]
    fn the_manual_tells_of_all_settings() {
        compare("docs/configuration.md", &manual());
    }

    #[test]
    fn the_example_file_is_read_without_complaint_when_all_is_switched_on() {
        let on: String = example()
            .lines()
            .map(|l| match l.strip_prefix("# ") {
                Some(setting) if setting.contains(" = \"") => format!("{setting}\n"),
                _ => format!("{l}\n"),
            })
            .collect();
        let found = super::super::file::parse("lotse.toml", &on).unwrap();
        let found: Vec<_> = found.into_keys().collect();
        let mut wanted = names();
        wanted.sort();
        assert_eq!(found, wanted);
    }
}
