//! `lotse check` and `lotse test` from outside: how they end, and what programs read of them.

use crate::support::content::project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the shipped content that is gone at the end.
struct Content(PathBuf);

impl Drop for Content {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Content {
    fn copy(name: &str) -> Self {
        let to = std::env::temp_dir().join(format!("lotse-it-{name}-{}", std::process::id()));
        for part in ["flows", "locales", "tests/flows"] {
            copy(&project(part), &to.join(part));
        }
        Self(to)
    }

    fn change(&self, path: &str, from: &str, to: &str) {
        let path = self.0.join(path);
        let text = fs::read_to_string(&path).expect("the file");
        assert!(text.contains(from), "{from:?}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
    }

    fn lotse(&self, args: &[&str]) -> (i32, String) {
        self.lotse_on("C", args)
    }

    /// On a system that speaks this language.
    fn lotse_on(&self, system: &str, args: &[&str]) -> (i32, String) {
        let Output { status, stdout, .. } = Command::new(env!("CARGO_BIN_EXE_lotse"))
            .args(args)
            .arg(&self.0)
            .env("LC_ALL", system)
            .output()
            .expect("the program starts");
        let code = status.code().expect("it ends by itself");
        (code, String::from_utf8_lossy(&stdout).into_owned())
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// What the rig measures is started with `--content benches/content`: it has to be sound like the shipped content,
/// and what the program itself says there is the same.
#[test]
fn the_content_that_is_measured_can_be_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_lotse"))
        .args(["check", "benches/content"])
        .current_dir(root)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    for lang in ["de", "en", "ar"] {
        let of = |folder: &str| {
            fs::read_to_string(root.join(folder).join(format!("locales/{lang}/system.ftl")))
        };
        let same = of(".").ok() == of("benches/content").ok();
        assert!(same, "copy locales/{lang}/system.ftl to benches/content");
    }
}

#[test]
fn check_ends_with_0_for_warnings_1_for_errors_and_2_if_it_could_not_look() {
    let content = Content::copy("check");
    let (code, text) = content.lotse(&["check", "--strict"]);
    assert_eq!(
        (code, text.lines().count()),
        (0, 1),
        "the shipped content has no finding: {text}"
    );

    content.change("flows/stop.toml", "reviewed = 2026", "reviewed = 2020");
    assert_eq!(content.lotse(&["check"]).0, 0);
    assert_eq!(content.lotse(&["check", "--strict"]).0, 1);

    content.change("flows/stop.toml", "[step.stop]", "[step.stop");
    let (code, text) = content.lotse(&["check"]);
    assert!(code == 1 && text.contains("error[L001]"), "{text}");
    let (code, text) = content.lotse(&["check", "--format", "json"]);
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(
        (code, &first["code"], &first["file"]),
        (1, &"L001".into(), &"flows/stop.toml".into())
    );
    let (code, text) = content.lotse(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &log["runs"][0]["results"][0]["ruleId"]),
        (1, &"L001".into())
    );

    fs::remove_dir_all(content.0.join("flows")).unwrap();
    assert_eq!(content.lotse(&["check"]).0, 2);
    assert_eq!(content.lotse(&["test"]).0, 2);
}

#[test]
fn the_log_for_other_programs_is_valid_by_the_published_schema() {
    let content = Content::copy("sarif");
    let peer = project("tests/peers/schemas");
    assert!(
        peer.join("node_modules").exists(),
        "the schema is not installed: run scripts/install-peers"
    );
    let log = content.0.join("log.sarif");
    let schema_says = |text: &str| {
        fs::write(&log, text).expect("written");
        let output = Command::new("node")
            .arg(peer.join("sarif.mjs"))
            .arg(&log)
            .output()
            .expect("node");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let (_, nothing_found) = content.lotse(&["check", "--format", "sarif"]);
    assert_eq!(schema_says(&nothing_found).trim(), "valid");
    // Warnings and errors, with and without a place in a line, in files with strange names.
    content.change("flows/stop.toml", "reviewed = 2026", "reviewed = 2020");
    content.change("flows/menu.toml", "flow:human", "flow:humna");
    content.change("locales/ar/menu.ftl", "choose = ", "choice = ");
    fs::write(content.0.join("flows/über uns.txt"), "").expect("written");
    let (code, found) = content.lotse(&["check", "--format", "sarif"]);
    let results: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    let results = results["runs"][0]["results"].as_array().map(Vec::len);
    assert!(code == 1 && results > Some(3), "{found}");
    assert_eq!(schema_says(&found).trim(), "valid");
    let broken = found.replacen("\"message\"", "\"mesage\"", 1);
    assert!(schema_says(&broken).contains("required property 'message'"));
}

#[test]
fn check_makes_no_database_where_there_is_none() {
    let content = Content::copy("nodb");
    let data = content.0.join("data");
    let (code, _) = content.lotse(&["check", "--data", &data.display().to_string()]);
    assert_eq!((code, data.exists()), (2, false));
}

#[test]
fn a_transcript_that_is_old_is_found_and_rewritten() {
    let content = Content::copy("talks");
    content.change("tests/flows/stop.talk", "> system:stopped", "> menu/choose");
    let (code, text) = content.lotse(&["check", "--lang", "en"]);
    assert!(
        code == 0 && text.contains("warning[L083]") && text.contains("tests/flows/stop.talk:"),
        "{text}"
    );
    let (code, text) = content.lotse(&["test", "--no-walk", "--lang", "de"]);
    assert!(code == 1 && text.contains("  + > system:stopped"), "{text}");
    let (code, text) = content.lotse(&["test", "--no-walk", "--lang", "de", "--update"]);
    assert!(
        code == 0 && text.starts_with("rewritten: tests/flows/stop.talk"),
        "{text}"
    );
    let old = fs::read_to_string(project("tests/flows/stop.talk")).unwrap();
    assert_eq!(
        fs::read_to_string(content.0.join("tests/flows/stop.talk")).unwrap(),
        old
    );
}

#[test]
fn editors_commands_speak_the_language_of_the_system() {
    let content = Content::copy("tongue");
    content.change("locales/de/menu.ftl", "Womit können", "Wobei können");
    // One transcript is enough, and many take long.
    for entry in fs::read_dir(content.0.join("tests/flows")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if !path.ends_with("stop.talk") {
            fs::remove_file(path).expect("removed");
        }
    }
    let data = content.0.join("data").display().to_string();
    let publish = ["publish", "--dry-run", "--data", &data];
    for (args, german, english) in [
        (&["status"][..], "Maschine", "machine"),
        (
            &["test", "--no-walk", "--lang", "de"],
            " Läufe, 0 fehlgeschlagen",
            " runs, 0 failed",
        ),
        (&publish, "veraltete Texte: ", "stale texts: "),
        (&publish, "Nichts wurde geändert.", "Nothing was changed."),
        (&publish, "\n    menu/choose\n", "\n    menu/choose\n"),
        (&["facts"], "Angabe minimum_wage", "fact minimum_wage"),
    ] {
        for (system, said) in [("de_DE.UTF-8", german), ("C", english)] {
            let (_, text) = content.lotse_on(system, args);
            assert!(text.contains(said), "{system} {args:?}: {text}");
        }
    }
}

#[test]
fn a_misspelt_button_in_a_transcript_is_named_and_not_written_down_as_text() {
    let content = Content::copy("misspelt");
    let path = "tests/flows/menu_options.talk";
    content.change(path, "< human", "< humna");
    let before = fs::read_to_string(content.0.join(path)).unwrap();
    let (code, text) = content.lotse(&["test", "--no-walk", "--update"]);
    assert!(
        code == 1 && text.contains("there is no button `humna` here; did you mean `human`?"),
        "{text}"
    );
    assert!(
        text.starts_with(&format!("not rewritten: {path}")),
        "{text}"
    );
    assert_eq!(fs::read_to_string(content.0.join(path)).unwrap(), before);
    let (_, text) = content.lotse(&["check"]);
    assert!(
        text.contains("warning[L083]: there is no button `humna`"),
        "{text}"
    );
}
