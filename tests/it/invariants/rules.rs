//! The house rules, each a function from source to findings, and tests that every rule can find something.

use super::source::{Path, Token, paths, tokens, without_tests};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path as FilePath;
use std::sync::LazyLock;

/// A room may use rooms on lower floors, and rooms of its own floor as long as nothing goes in a
/// circle. `lib.rs` and `main.rs` are the roof and may use all.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("text", 0),
    ("content", 1),
    ("engine", 1),
    ("triage", 1),
    ("desk", 1),
    ("ports", 1),
    ("store", 2),
    ("channel", 2),
    ("runtime", 3),
    ("web", 4),
    ("cli", 4),
    ("config", 4),
    ("telemetry", 4),
];

/// The rooms of this floor do not see each other at all: the runtime brings them together.
const BLIND_FLOOR: u8 = 2;

/// The rooms up to this floor are pure: they compute, and ask nobody for the time, bytes or luck.
const PURE_FLOOR: u8 = 1;

/// Crates and modules that no pure room names.
const IMPURE: &[&str] = &[
    "tokio",
    "sqlx",
    "reqwest",
    "axum",
    "teloxide",
    "rand",
    "getrandom",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "Timestamp::now",
    "Zoned::now",
];

/// Names that no pure room uses, wherever they come from.
const IMPURE_NAMES: &[&str] = &["SystemTime", "Instant", "now_v7", "new_v4"];

/// Crates that one room keeps to itself.
const KEPT_BY: &[(&str, &str)] = &[("sqlx", "store"), ("teloxide", "channel")];

/// Networks, which only the rooms name that read them, set them up, or write the dialect of their texts.
/// Everybody else knows a channel.
const NETWORKS: &[&str] = &["telegram"];
const KNOW_NETWORKS: &[&str] = &["channel", "config", "cli", "text"];

/// Lines of code that one file may have; lines of tests, where one case stands below the other.
const CODE_LINES: usize = 450;
const TEST_LINES: usize = 700;

/// One file of source.
pub struct File {
    /// From the root of the project, with `/`.
    name: String,
    text: String,
    tokens: Vec<Token>,
    /// The tokens that are compiled into the program.
    pub code: Vec<Token>,
    /// Compiled for tests only, as a whole.
    is_test: bool,
}

impl File {
    fn new(name: &str, text: &str, is_test: bool) -> Self {
        let all = tokens(text);
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            code: if is_test {
                Vec::new()
            } else {
                without_tests(&all).0
            },
            tokens: all,
            is_test,
        }
    }

    /// `store` for `src/store/db.rs` and `ports` for `src/ports.rs`; nothing for the roof.
    pub fn room(&self) -> Option<&str> {
        let inner = self.name.strip_prefix("src/")?;
        let room = inner.split(['/', '.']).next()?;
        (!matches!(inner, "lib.rs" | "main.rs")).then_some(room)
    }

    /// The path of the file's own module, from the crate's root.
    fn module(&self) -> Vec<&str> {
        let inner = self.name.trim_start_matches("src/").trim_end_matches(".rs");
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        inner.split('/').collect()
    }

    /// The room that a path leads to, if it leads out of this file's room.
    fn leads_to<'p>(&self, path: &'p Path) -> Option<&'p str> {
        let supers = path
            .parts
            .iter()
            .take_while(|part| *part == "super")
            .count();
        let depth = self.module().len() + path.inside.len();
        let room = match path.parts[0].as_str() {
            "crate" | "lotse" => path.parts.get(1)?,
            "super" if supers == depth => path.parts.get(supers)?,
            _ => return None,
        };
        (Some(room.as_str()) != self.room() && floor(room).is_some()).then_some(room)
    }
}

/// The floor of a room.
fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

/// Something that breaks a rule.
pub struct Finding {
    /// From the root of the project.
    pub file: String,
    /// What, where, and what to do instead.
    pub text: String,
}

impl Finding {
    fn at(file: &File, line: usize, text: String) -> Self {
        Self {
            file: file.name.clone(),
            text: format!("{}:{line}: {text}", file.name),
        }
    }
}

/// All Rust files of the project.
pub fn project() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| files(&["src", "tests"]));
    &FILES
}

fn files(folders: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, &mut found);
    }
    let test_modules: BTreeSet<String> = found.iter().flat_map(|(n, t)| test_files(n, t)).collect();
    let in_test = |name: &str| {
        !name.starts_with("src/")
            || test_modules
                .iter()
                .any(|stem| name == format!("{stem}.rs") || name.starts_with(&format!("{stem}/")))
    };
    found
        .iter()
        .map(|(name, text)| File::new(name, text, in_test(name)))
        .collect()
}

fn collect(folder: &str, found: &mut Vec<(String, String)>) {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join(folder)).expect("a folder of the project");
    for entry in entries {
        let entry = entry.expect("an entry of the folder");
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&name, found);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).expect("source in UTF-8");
            found.push((name, text));
        }
    }
}

/// The files, without ending, of modules that a file declares for tests only.
fn test_files(name: &str, text: &str) -> Vec<String> {
    let (_, modules) = without_tests(&tokens(text));
    let stem = name.trim_end_matches(".rs");
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod" | "lib" | "main")) => folder,
        _ => stem,
    };
    modules
        .iter()
        .map(|module| format!("{folder}/{module}"))
        .collect()
}

pub fn forbidden_edges(files: &[File]) -> Vec<Finding> {
    let mut out = Vec::new();
    for file in files {
        let Some(room) = file.room() else { continue };
        let Some(own) = floor(room) else {
            let advice = "is in no known room: move it into one, or add a room to FLOORS here and to docs/architecture.md";
            out.push(Finding::at(file, 1, format!("`{room}` {advice}")));
            continue;
        };
        for path in paths(&file.code) {
            let Some(other) = file.leads_to(&path) else {
                continue;
            };
            let theirs = floor(other).unwrap_or(u8::MAX);
            let named = path.parts.join("::");
            if theirs > own {
                out.push(Finding::at(file, path.line, format!(
                    "`{named}`: {room} (floor {own}) may not use {other} (floor {theirs}): move the type down to a floor both can use, or put a trait into ports.rs and implement it in {other}"
                )));
            } else if theirs == own && own == BLIND_FLOOR {
                out.push(Finding::at(file, path.line, format!(
                    "`{named}`: {room} and {other} do not see each other: let the runtime bring them together, or move what they share to ports.rs or model/"
                )));
            }
        }
    }
    out
}

pub fn circles(files: &[File]) -> Vec<Finding> {
    let mut uses: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for file in files {
        let Some(room) = file.room() else { continue };
        for path in paths(&file.code) {
            if let Some(other) = file.leads_to(&path) {
                let place = format!("{}:{}", file.name, path.line);
                uses.entry(room)
                    .or_default()
                    .entry(other.to_owned())
                    .or_insert(place);
            }
        }
    }
    let reaches = |from: &str, to: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(room) = open.pop() {
            let next = uses.get(room.as_str()).into_iter().flat_map(BTreeMap::keys);
            open.extend(next.filter(|next| seen.insert((*next).clone())).cloned());
        }
        seen.contains(to)
    };
    let mut out = Vec::new();
    for (room, others) in &uses {
        for (other, place) in others.iter().filter(|(other, _)| reaches(other, room)) {
            out.push(Finding {
                file: place.split(':').next().unwrap_or_default().to_owned(),
                text: format!("{place}: {room} uses {other}, and {other} comes back to {room}: move what both need below them"),
            });
        }
    }
    out
}

pub fn impure_names(files: &[File]) -> Vec<Finding> {
    let pure = |file: &&File| {
        file.room()
            .and_then(floor)
            .is_some_and(|floor| floor <= PURE_FLOOR)
    };
    let mut out = Vec::new();
    for file in files.iter().filter(pure) {
        for path in paths(&file.code) {
            let named = path.parts.join("::");
            let impure = |name: &&&str| {
                named == **name
                    || named.starts_with(&format!("{name}::"))
                    || name.contains("::") && named.ends_with(&format!("::{name}"))
            };
            if let Some(name) = IMPURE.iter().find(impure) {
                out.push(Finding::at(file, path.line, format!("`{named}`: a pure room does not name {name}: take the value as an argument, or ask for it through a trait of ports.rs")));
            }
        }
        for token in file
            .code
            .iter()
            .filter(|t| IMPURE_NAMES.contains(&t.text.as_str()))
        {
            out.push(Finding::at(
                file,
                token.line,
                format!(
                    "`{}`: a pure room is given the time and its ids: take them as arguments",
                    token.text
                ),
            ));
        }
    }
    out
}

pub fn kept_crates(files: &[File]) -> Vec<Finding> {
    let mut out = Vec::new();
    for file in files.iter().filter(|file| file.name.starts_with("src/")) {
        for (name, keeper) in KEPT_BY
            .iter()
            .filter(|(_, keeper)| file.room() != Some(keeper))
        {
            if let Some(token) = file.tokens.iter().find(|token| token.text == *name) {
                out.push(Finding::at(file, token.line, format!("only src/{keeper} names {name}: give {keeper} a function for what is needed here")));
            }
        }
    }
    out
}

pub fn named_networks(files: &[File]) -> Vec<Finding> {
    let blind = |file: &&File| file.room().is_some_and(|r| !KNOW_NETWORKS.contains(&r));
    let mut out = Vec::new();
    for file in files.iter().filter(blind) {
        let named = |token: &&Token| NETWORKS.contains(&token.text.as_str());
        if let Some(token) = file.code.iter().find(named) {
            out.push(Finding::at(file, token.line, format!("`{}`: this room does not know which networks there are; ask for what is needed through a trait in ports.rs", token.text)));
        }
    }
    out
}

pub fn long_files(files: &[File]) -> Vec<Finding> {
    let mut out = Vec::new();
    for file in files {
        let (counted, limit) = match file.is_test {
            true => (&file.tokens, TEST_LINES),
            false => (&file.code, CODE_LINES),
        };
        let lines = counted
            .iter()
            .map(|token| token.line)
            .collect::<BTreeSet<_>>()
            .len();
        if lines > limit {
            out.push(Finding::at(
                file,
                1,
                format!(
                    "{lines} lines of code, more than {limit}: split it where a second story begins"
                ),
            ));
        }
    }
    out
}

pub fn loose_ends(files: &[File]) -> Vec<Finding> {
    const MARK: &str = concat!("FIX", "ME");
    let mut out = Vec::new();
    for file in files {
        for pair in file.tokens.windows(2).filter(|pair| pair[1].text == "!") {
            let name = pair[0].text.as_str();
            if matches!(name, "todo" | "unimplemented") {
                out.push(Finding::at(
                    file,
                    pair[0].line,
                    format!(
                        "`{name}!`: finish it, or give back an error that says what is missing"
                    ),
                ));
            }
        }
        for pair in file.code.windows(2).filter(|pair| pair[1].text == "!") {
            let name = pair[0].text.as_str();
            let prints = matches!(name, "print" | "println" | "eprint" | "eprintln" | "dbg");
            if prints && file.room().is_some() {
                out.push(Finding::at(file, pair[0].line, format!("`{name}!` panics when nobody reads: commands write with cli::out, others log with tracing or give the text back to the caller")));
            }
        }
        for (at, _) in file
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains(MARK))
        {
            out.push(Finding::at(
                file,
                at + 1,
                format!("`{MARK}`: mend it now, or open an issue and say in words what is missing"),
            ));
        }
    }
    out
}

fn texts(findings: Vec<Finding>) -> Vec<String> {
    findings.into_iter().map(|finding| finding.text).collect()
}

#[test]
fn a_wrong_edge_is_found_however_it_is_written() {
    let wrong = [
        ("src/model/lang.rs", "use crate::content::Content;"),
        (
            "src/engine/step.rs",
            "use crate::{model::Lang, store::{Store}};",
        ),
        (
            "src/engine/step.rs",
            "fn f() { super::super::store::open() }",
        ),
        (
            "src/engine/step.rs",
            "mod inner { use super::super::super::web::App; }",
        ),
        ("src/store/db.rs", "use crate::channel::Registry;"),
        ("src/ports.rs", "use super::store::Store;"),
        ("src/kitchen/mod.rs", ""),
    ];
    for (name, text) in wrong {
        let found = texts(forbidden_edges(&[File::new(name, text, false)]));
        assert_eq!(found.len(), 1, "{name}: {text}: {found:?}");
    }
    let right = [
        (
            "src/engine/step.rs",
            "use crate::model::Lang; use super::types; use crate::content::Content;",
        ),
        (
            "src/engine/step/a.rs",
            "use super::super::store; // engine's own",
        ),
        (
            "src/engine/step.rs",
            "#[cfg(test)] mod tests { use crate::store::Store; }",
        ),
        ("src/lib.rs", "pub mod web; use crate::web::App;"),
        ("src/web/mod.rs", "use crate::{runtime::Hub, store::Store};"),
    ];
    for (name, text) in right {
        let found = texts(forbidden_edges(&[File::new(name, text, false)]));
        assert!(found.is_empty(), "{name}: {text}: {found:?}");
    }
}

#[test]
fn a_circle_is_found_over_several_rooms() {
    let a = File::new("src/content/mod.rs", "use crate::engine::A;", false);
    let b = File::new("src/engine/mod.rs", "use crate::desk::B;", false);
    let c = File::new("src/desk/mod.rs", "use crate::content::C;", false);
    assert_eq!(circles(&[a, b]).len(), 0);
    let a = File::new("src/content/mod.rs", "use crate::engine::A;", false);
    let b = File::new("src/engine/mod.rs", "use crate::desk::B;", false);
    assert_eq!(circles(&[a, b, c]).len(), 3);
}

#[test]
fn impure_and_kept_names_are_found() {
    let text = "use std::{fs, io}; use tokio::time::Instant; fn f() { jiff::Timestamp::now(); }";
    let pure = [File::new("src/desk/x.rs", text, false)];
    assert_eq!(
        texts(impure_names(&pure)).len(),
        4,
        "{:?}",
        texts(impure_names(&pure))
    );
    let edge = [File::new("src/runtime/x.rs", text, false)];
    assert!(impure_names(&edge).is_empty());
    let sql = File::new(
        "src/web/x.rs",
        "#[cfg(test)] mod tests { use sqlx::Row; }",
        false,
    );
    assert_eq!(kept_crates(&[sql]).len(), 1);
    let hook = "use crate::channel::telegram::Webhook; fn f() {}";
    for (path, found) in [("src/web/x.rs", 1), ("src/cli/x.rs", 0)] {
        let file = File::new(path, hook, false);
        assert_eq!(named_networks(&[file]).len(), found, "{path}");
    }
}

#[test]
fn long_files_and_loose_ends_are_found() {
    let long = "fn f() {}\n".repeat(CODE_LINES);
    let comments = "// why\n\n".repeat(100);
    let fits = File::new("src/desk/x.rs", &format!("{comments}{long}"), false);
    let too_long = File::new("src/desk/x.rs", &format!("{long}fn g() {{}}"), false);
    assert_eq!(
        (long_files(&[fits]).len(), long_files(&[too_long]).len()),
        (0, 1)
    );
    let open = format!(
        "// {} later\nfn f() {{ todo!() }}\nfn g() {{ println!(\"x\") }}",
        concat!("FIX", "ME")
    );
    assert_eq!(
        loose_ends(&[File::new("src/desk/x.rs", &open, false)]).len(),
        3
    );
    let test = "fn g() { println!(\"x\") }";
    for (path, found) in [("src/cli/x.rs", 1), ("src/main.rs", 0)] {
        assert_eq!(loose_ends(&[File::new(path, test, false)]).len(), found);
    }
}
