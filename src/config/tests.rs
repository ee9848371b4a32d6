//! Which place wins, and every error as an operator reads it.

use super::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let path =
            std::env::temp_dir().join(format!("lotse-config-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn env(pairs: &[(&str, &str)]) -> Layers {
    let env = pairs
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect();
    Layers {
        env,
        ..Layers::default()
    }
}

fn from_file(folder: &Folder, text: &str) -> Layers {
    Layers {
        file: Some(folder.file("lotse.toml", text)),
        ..Layers::default()
    }
}

/// The error's text, without the folder of this test.
fn error(layers: Layers, folder: &Path) -> String {
    let text = Config::load(layers).unwrap_err().to_string();
    text.replace(&format!("{}/", folder.display()), "")
}

#[test]
fn without_a_word_everything_has_a_default() {
    let config = Config::load(Layers::default()).unwrap();
    assert_eq!(config.database(), Database::Sqlite("lotse-data".into()));
    assert_eq!(config.listen, Listen::At("127.0.0.1:8080".parse().unwrap()));
    assert_eq!(config.log, "info");
    assert!(config.telegram.is_none() && config.content.is_none() && config.hints.is_empty());
}

#[test]
fn the_command_line_beats_the_environment_and_that_the_file() {
    let folder = Folder::new();
    let mut layers = from_file(&folder, "data_dir = \"file\"\nlisten = \"127.0.0.1:1\"\n");
    assert_eq!(
        Config::load(layers.clone()).unwrap().data_dir,
        Path::new("file")
    );
    layers.env.insert("DATA_DIR".into(), "short".into());
    assert_eq!(
        Config::load(layers.clone()).unwrap().data_dir,
        Path::new("short")
    );
    layers.env.insert("LOTSE_DATA_DIR".into(), "long".into());
    assert_eq!(
        Config::load(layers.clone()).unwrap().data_dir,
        Path::new("long")
    );
    layers.flags.insert("data_dir", "flag".into());
    let config = Config::load(layers).unwrap();
    assert_eq!(config.data_dir, Path::new("flag"));
    // What only the file says still holds.
    assert_eq!(config.listen, Listen::At("127.0.0.1:1".parse().unwrap()));
}

#[test]
fn every_setting_can_be_given_in_file_and_environment() {
    let folder = Folder::new();
    let key = "0123456789abcdef".repeat(4);
    let values = BTreeMap::from([
        ("data_dir", "d"),
        ("database", "postgres://u:p@h/n"),
        ("listen", "[::1]:9"),
        ("public_url", "https://x.example/"),
        ("content", "c"),
        ("model", "m/weights.bin"),
        ("triage", "off"),
        ("triage_wait", "50"),
        ("log", "debug"),
        ("log_format", "json"),
        ("instance_key", key.as_str()),
        ("metrics_token", "m"),
        ("alarm.webhook", "https://a.example/b?c=d"),
        ("alarm.secret", "w"),
        ("alarm.remind", "7"),
        ("telegram.token", "1:a"),
        ("telegram.api_url", "http://127.0.0.1:5/"),
        ("telegram.mode", "webhook"),
        ("telegram.webhook_secret", "w-1"),
    ]);
    let file: String = keys::KEYS
        .iter()
        .map(|k| format!("{} = {:?}\n", k.name, values[k.name]))
        .collect();
    let env: Vec<_> = keys::KEYS
        .iter()
        .map(|k| (k.env[0], values[k.name]))
        .collect();
    let one = format!("{:?}", Config::load(from_file(&folder, &file)).unwrap());
    let two = format!("{:?}", Config::load(super::tests::env(&env)).unwrap());
    let without_place = |text: &str| text.split("token_from").next().unwrap().to_owned();
    assert_eq!(without_place(&one), without_place(&two));
    let config = Config::load(super::tests::env(&env)).unwrap();
    assert!(config.secure());
    assert_eq!(config.public_url.as_deref(), Some("https://x.example"));
    assert_eq!(config.telegram.unwrap().api_url, "http://127.0.0.1:5");
    assert_eq!(config.instance_key.unwrap().expose_secret()[1], 0x23);
}

#[test]
fn debug_output_shows_no_secret() {
    let shown = Config::load(env(&[
        ("LOTSE_DATABASE", "postgres://u:geheim@h/n"),
        ("TELEGRAM_TOKEN", "1:geheim"),
        ("LOTSE_METRICS_TOKEN", "geheim"),
        ("LOTSE_ALARM_WEBHOOK", "https://a.example/geheim"),
        ("LOTSE_ALARM_SECRET", "geheim"),
        ("TELEGRAM_WEBHOOK_SECRET", "geheim"),
        ("TELEGRAM_MODE", "webhook"),
        ("LOTSE_PUBLIC_URL", "https://x.example"),
    ]));
    let shown = format!("{:?}", shown.unwrap());
    assert!(!shown.contains("geheim"), "{shown}");
}

#[test]
fn secrets_come_from_files_too() {
    let folder = Folder::new();
    let path = folder.file("token", " 1:from-file\n");
    let config = Config::load(env(&[("TELEGRAM_TOKEN_FILE", path.to_str().unwrap())])).unwrap();
    assert_eq!(
        config.telegram.unwrap().token.expose_secret(),
        "1:from-file"
    );
    let text = format!("[telegram]\ntoken_file = {path:?}\n");
    let mut layers = from_file(&folder, &text);
    assert!(Config::load(layers.clone()).unwrap().telegram.is_some());
    // A place that counts more is not disturbed by the file of a lesser one.
    layers.env.insert("TELEGRAM_TOKEN".into(), "1:env".into());
    assert_eq!(
        Config::load(layers)
            .unwrap()
            .telegram
            .unwrap()
            .token
            .expose_secret(),
        "1:env"
    );
}

#[test]
fn every_error_says_where_and_what_to_do() {
    let folder = Folder::new();
    let empty = folder.file("empty", "\n");
    let empty = empty.to_str().unwrap();
    let token = ("TELEGRAM_TOKEN", "1:a");
    let in_file = |text: &str| error(from_file(&folder, text), &folder.0);
    let in_env = |pairs: &[(&str, &str)]| error(env(pairs), &folder.0);
    let missing = Layers {
        file: Some(folder.0.join("nowhere.toml")),
        ..Layers::default()
    };
    let flag = Layers {
        flags: BTreeMap::from([("listen", "8080".to_owned())]),
        ..Layers::default()
    };
    let texts = [
        error(missing, &folder.0),
        in_file("data_dir = \"a\"\nlisten = 127.0.0.1\n"),
        in_file("data_dri = \"a\"\n"),
        in_file("[telegram]\ntokn = \"a\"\n"),
        in_file("[telegramm]\ntoken = \"a\"\n"),
        in_file("token = \"a\"\n"),
        in_file("something_else_entirely = \"a\"\n"),
        in_file("\nlisten = 8080\n"),
        in_file("[telegram]\ntoken_file = true\n"),
        in_file("[telegram]\ntoken = \"1:a\"\ntoken_file = \"/x\"\n"),
        in_env(&[token, ("TELEGRAM_TOKEN_FILE", "/x")]),
        in_env(&[("TELEGRAM_TOKEN_FILE", "/nowhere/token")]),
        in_env(&[("LOTSE_INSTANCE_KEY_FILE", empty)]),
        error(flag, &folder.0),
        in_env(&[("LOTSE_LISTEN", "localhost")]),
        in_env(&[("LOTSE_PUBLIC_URL", "lotse.example.org")]),
        in_env(&[("LOTSE_DATABASE", "lotse.db")]),
        in_env(&[("LOTSE_LOG", "lotse=loud")]),
        in_env(&[("LOTSE_LOG", "inof")]),
        in_env(&[("LOTSE_LOG_FORMAT", "xml")]),
        in_env(&[("LOTSE_INSTANCE_KEY", "12ab")]),
        in_env(&[("TELEGRAM_TOKEN", "1:a/../geheim")]),
        in_env(&[("TELEGRAM_TOKEN", "geheim")]),
        in_env(&[("TELEGRAM_TOKEN", "geheim:1")]),
        in_env(&[token, ("TELEGRAM_API_URL", "ftp://x:geheim@y")]),
        in_env(&[token, ("TELEGRAM_MODE", "push")]),
        in_env(&[("TELEGRAM_MODE", "push")]),
        in_env(&[token, ("TELEGRAM_WEBHOOK_SECRET", "geheim!")]),
        in_env(&[token, ("TELEGRAM_MODE", "webhook")]),
        in_env(&[
            token,
            ("TELEGRAM_MODE", "webhook"),
            ("LOTSE_PUBLIC_URL", "https://x"),
            ("LOTSE_LISTEN", "off"),
        ]),
        in_env(&[("LOTSE_METRICS_TOKEN", " ")]),
    ];
    let text = texts.join("\n");
    assert!(!text.contains("geheim"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn hints_are_given_for_what_is_no_error() {
    let config = Config::load(env(&[
        ("LOTSE_LISTEN", "0.0.0.0:8080"),
        ("LOTSE_LISTNE", "x"),
        ("LOTSE_CONFIG", "x"),
        ("LOTSE_SOMETHING_OF_MINE", "x"),
        ("DATA_DIR", ""),
    ]));
    let config = config.unwrap();
    assert_eq!(config.data_dir, Path::new("lotse-data"));
    insta::assert_snapshot!(config.hints.join("\n"));
}
