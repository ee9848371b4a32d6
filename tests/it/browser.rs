//! Room and console in a real browser: Chromium, driven by scripts in `tests/peers/browser`, against the
//! program itself. What the scripts check stands at their heads.

use crate::support::content::Files;
use crate::support::desk::printed_accounts;
use crate::support::lotse::Instance;
use std::path::Path;
use tokio::sync::Mutex;

/// One browser at a time: two of them beside all other tests are slower than any patience.
static BROWSER: Mutex<()> = Mutex::const_new(());

/// Runs a script of `tests/peers/browser` to its end.
async fn node(instance: &Instance, script: &str, args: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/browser");
    assert!(
        folder.join("node_modules").exists(),
        "the browser's driver is not installed: run scripts/install-peers"
    );
    let output = tokio::process::Command::new("node")
        .arg(folder.join(script))
        .args(args)
        .output()
        .await
        .expect("node is installed (scripts/test does that)");
    let said = String::from_utf8_lossy(&output.stdout);
    let fault = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{script}:\n{said}\n{fault}\nThe program says:\n{}",
        instance.log()
    );
    println!("{said}");
}

#[tokio::test]
async fn a_person_and_two_counsellors_at_once_in_the_browser() {
    let _alone = BROWSER.lock().await;
    let instance = Instance::new("browser-desk", &["demo"]);
    let lotse = instance.start().await;
    let accounts = printed_accounts(&instance).await;
    let [(login, password), (login2, password2), ..] = accounts.as_slice() else {
        panic!("no accounts are printed:\n{}", instance.log());
    };
    node(
        &instance,
        "desk.mjs",
        &[lotse.base(), login, password, login2, password2],
    )
    .await;
    lotse.stop().await;
}

#[tokio::test]
async fn an_alarm_and_a_correction_in_the_browser() {
    let _alone = BROWSER.lock().await;
    let instance = Instance::new("browser-alarm", &["demo"]);
    let lotse = instance.start().await;
    let accounts = printed_accounts(&instance).await;
    let (login, password) = accounts.iter().find(|(l, _)| l == "leila").unwrap();
    node(&instance, "alarm.mjs", &[lotse.base(), login, password]).await;
    lotse.stop().await;
}

#[tokio::test]
async fn the_web_room_in_the_browser() {
    let _alone = BROWSER.lock().await;
    let instance = Instance::new("browser-room", &["demo"]);
    let lotse = instance.start().await;
    node(&instance, "room.mjs", &[lotse.base()]).await;
    lotse.stop().await;
}

/// The shipped content, with a question for several things behind the message of `human`.
fn with_several_answers() -> Files {
    let field = "[field.wishes_for_test]\ntype = \"choices\"\nvalues = [\"work\", \"school\", \"flat\"]\n\n";
    let question = "[step.wishes]\nask = \"choices\"\nsave = \"wishes_for_test\"\n\
        options = [\"work\", \"school\", \"flat\"]\ngoto = \"place\"\n\
        retry = { times = 3, then = \"place\" }\n\n[step.place]\n";
    let normal = "reason = \"wants_human\", share = [\"about\",";
    let mut files = Files::shipped()
        .with_edit(
            "flows/fields.toml",
            "[field.message]\n",
            &format!("{field}[field.message]\n"),
        )
        .with_edit("flows/human.toml", "[step.place]\n", question)
        .with_edit(
            "flows/human.toml",
            "save = \"message\"\ngoto = \"place\"",
            "save = \"message\"\ngoto = \"wishes\"",
        )
        .with_edit(
            "flows/human.toml",
            normal,
            &format!("{normal} \"wishes_for_test\","),
        );
    for (lang, [work, school, flat]) in [
        ("de", ["Arbeit", "Schule", "Wohnung"]),
        ("en", ["Work", "School", "Flat"]),
        ("ar", ["عمل", "مدرسة", "شقة"]),
    ] {
        let labels = format!("    .work = {work}\n    .school = {school}\n    .flat = {flat}\n");
        for (file, id, words) in [
            ("human", "wishes", "WIR"),
            ("fields", "wishes_for_test", "WIR"),
        ] {
            let path = format!("locales/{lang}/{file}.ftl");
            let more = format!("\n{id} = {words}\n{labels}message =");
            files = files.with_edit(&path, "\nmessage =", &more);
        }
    }
    files
}

#[tokio::test]
async fn photos_of_a_letter_and_several_answers_in_the_browser() {
    let _alone = BROWSER.lock().await;
    let folder = std::env::temp_dir().join(format!("lotse-browser-media-{}", std::process::id()));
    with_several_answers().write(&folder);
    let folder = folder.display().to_string();
    let instance = Instance::new("browser-media", &["demo", "--content", &folder]);
    let lotse = instance.start().await;
    let accounts = printed_accounts(&instance).await;
    let account = |login: &str| {
        let found = accounts.iter().find(|(name, _)| name == login);
        found.expect("an account of the demo")
    };
    let ((login, password), (login2, password2)) = (account("marta"), account("emre"));
    let args = [lotse.base(), login, password, login2, password2];
    node(&instance, "media.mjs", &args).await;
    lotse.stop().await;
}

#[tokio::test]
async fn the_preview_in_the_browser() {
    let _alone = BROWSER.lock().await;
    let instance = Instance::new("browser-preview", &[]);
    let content = instance.folder().join("content");
    for part in ["flows", "locales"] {
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(part),
            &content.join(part),
        );
    }
    let folder = content
        .to_str()
        .expect("a folder's name is text")
        .to_owned();
    let instance = instance.with_args(&["preview", "--lang", "de", "--content", &folder]);
    let lotse = instance.start().await;
    node(&instance, "preview.mjs", &[lotse.base(), &folder]).await;
    lotse.stop().await;
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}
