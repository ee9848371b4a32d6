//! Translations in the hands of other people's programs: Mozilla's `compare-locales` reads the shipped texts, and
//! what `lotse export` writes is opened, changed and saved by the libraries of translators' programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the shipped content that goes when the test ends.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lotse-it-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for part in ["flows", "locales"] {
            copy(&root().join(part), &folder.join(part));
        }
        Self(folder)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect(path)
    }

    fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        fs::write(self.0.join(path), text.replacen(from, to, 1)).expect("a file");
    }

    fn lotse(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lotse"));
        command
            .args(args)
            .current_dir(&self.0)
            .env("LC_ALL", "C.UTF-8");
        command.output().expect("the program")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

fn peer(program: &str) -> Command {
    let path = root().join("target/peers/translations/bin").join(program);
    assert!(
        path.exists(),
        "{program} is not installed: run scripts/install-peers"
    );
    Command::new(path)
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// What Mozilla's checker says, and whether it is content. Of the languages that are offered: of others there are only the
/// words of commands.
fn compare_locales(copy: &Copy) -> (bool, String) {
    let languages: Vec<String> = fs::read_dir(copy.0.join("locales"))
        .expect("locales")
        .flatten()
        .filter(|e| e.path().join("system.ftl").exists())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|l| l != "de")
        .collect();
    let list = format!("{languages:?}");
    let project = format!(
        "basepath = \".\"\nlocales = {list}\n[[paths]]\nreference = \"locales/de/**/*.ftl\"\nl10n = \"locales/{{locale}}/**/*.ftl\"\n"
    );
    fs::write(copy.0.join("l10n.toml"), project).expect("a file");
    let mut command = peer("compare-locales");
    command
        .args(["l10n.toml", "."])
        .args(&languages)
        .current_dir(&copy.0);
    let output = command.output().expect("compare-locales");
    (output.status.success(), said(&output))
}

#[test]
fn mozilla_finds_nothing_wrong_with_the_texts_and_finds_what_is_broken() {
    let copy = Copy::new("mozilla");
    let (good, found) = compare_locales(&copy);
    assert!(good, "{found}");
    assert!(
        !found.contains("ERROR") && !found.contains("missing"),
        "{found}"
    );
    for (from, to, finding) in [
        (".help = ", ".help ", "Unparsed content"),
        ("    .help = ", "    .hlep = ", "Missing attribute: help"),
        ("choose = ", "choice = ", "+choose"),
    ] {
        let path = "locales/ar/menu.ftl";
        let before = copy.read(path);
        copy.change(path, from, to);
        let (good, found) = compare_locales(&copy);
        fs::write(copy.0.join(path), before).expect("a file");
        assert!(!good || finding.starts_with('+'), "{found}");
        assert!(found.contains(finding), "{found}");
    }
}

#[test]
fn a_translation_goes_through_translators_programs_and_back() {
    let copy = Copy::new("translators");
    let menu = "locales/ar/menu.ftl";
    for (file, words) in [("ar.po", "كيف يعمل؟"), ("ar.xliff", "كيف يعمل هذا؟")]
    {
        let before = copy.read(menu);
        let exported = copy.lotse(&["export", "--lang", "ar", "-o", file]);
        assert!(exported.status.success(), "{}", said(&exported));
        let mut program = peer("python");
        program.arg(root().join("tests/peers/translations/edit.py"));
        let edited = program
            .args([file, "menu/choose.help", words])
            .current_dir(&copy.0)
            .output();
        let edited = said(&edited.expect("python"));
        let (units, source) = edited.split_once('\n').expect("two lines");
        assert!(
            said(&exported).contains(&format!("units: {units}")),
            "{edited}"
        );
        assert_eq!(source.trim(), "So funktioniert es");
        let imported = copy.lotse(&["import", file, "--by", "Amina Yusuf", "--on", "2026-12-01"]);
        assert!(imported.status.success(), "{}", said(&imported));
        let line = before
            .lines()
            .find(|l| l.contains(".help = "))
            .expect("the label");
        assert_eq!(
            copy.read(menu),
            before.replace(line, &format!("    .help = {words}"))
        );
        assert!(
            copy.read("locales/ar/state.txt")
                .contains("2026-12-01 Amina Yusuf")
        );
    }
    let checked = copy.lotse(&["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
}

/// What the published schema of XLIFF 2 (OASIS) says of a file.
fn schema_says(copy: &Copy, file: &str) -> String {
    let schema = root().join("target/peers/schemas/xliff-core-2.0.xsd");
    assert!(
        schema.exists(),
        "the schema is not installed: run scripts/install-peers"
    );
    let mut program = peer("python");
    program
        .arg(root().join("tests/peers/translations/valid.py"))
        .arg(schema);
    let output = program.arg(file).current_dir(&copy.0).output();
    said(&output.expect("python"))
}

#[test]
fn an_export_is_valid_by_the_published_schema() {
    let copy = Copy::new("schema");
    // One text of each state: stale, missing, signed off, checked by nobody.
    copy.change("locales/de/menu.ftl", "choose = ", "choose = Also: ");
    let erase = copy.read("locales/ar/my_data.ftl");
    let erase = erase.lines().find(|l| l.contains(".erase = "));
    let erase = format!("{}\n", erase.expect("the label"));
    copy.change("locales/ar/my_data.ftl", &erase, "");
    copy.lotse(&["review", "ar", "welcome", "--by", "Amina Yusuf"]);
    for lang in ["ar", "en"] {
        for only in ["missing,stale", "missing,stale,machine,reviewed"] {
            let exported = copy.lotse(&["export", "--lang", lang, "--only", only, "-o", "x.xliff"]);
            assert!(exported.status.success(), "{}", said(&exported));
            assert_eq!(schema_says(&copy, "x.xliff").trim(), "valid", "{only}");
        }
    }
    copy.change("x.xliff", " id=\"", " ident=\"");
    let broken = schema_says(&copy, "x.xliff");
    assert!(broken.contains("'ident' is not allowed"), "{broken}");
}

#[test]
fn what_is_refused_is_named_with_file_and_row_and_leaves_everything_as_it_is() {
    let copy = Copy::new("refused");
    let table = "key,de,en\n\
        menu/choose.help,So funktioniert es,How this works **now\n\
        menu/choose.language,Sprache umstellen,Another language\n";
    fs::write(copy.0.join("en.csv"), table).expect("a file");
    let before = copy.read("locales/en/menu.ftl");
    let refused = copy.lotse(&["import", "en.csv", "--lang", "de"]);
    assert_eq!(refused.status.code(), Some(1));
    let text = said(&refused);
    assert!(
        text.contains("en.csv, Zeile 2: menu/choose.help: `help` hat andere Auszeichnungen"),
        "{text}"
    );
    assert_eq!(copy.read("locales/en/menu.ftl"), before);
    // Both belong to one text, so neither is taken in part.
    copy.lotse(&["import", "en.csv", "--partial"]);
    assert_eq!(copy.read("locales/en/menu.ftl"), before);
    fs::write(
        copy.0.join("en.csv"),
        table.replace("menu/choose.help", "menu/nothing"),
    )
    .expect("a file");
    let part = copy.lotse(&["import", "en.csv", "--partial"]);
    assert_eq!(part.status.code(), Some(1), "{}", said(&part));
    assert!(
        copy.read("locales/en/menu.ftl")
            .contains("    .language = Another language\n")
    );
    fs::write(copy.0.join("en.csv"), "no table").expect("a file");
    assert_eq!(copy.lotse(&["import", "en.csv"]).status.code(), Some(2));
}
