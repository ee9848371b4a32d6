//! The house rules of `docs/architecture.md` that a machine can check. Each finding says what is
//! wrong, where, and what to do instead.

mod rules;
mod source;

use self::rules::*;
use self::source::paths;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path as FilePath;

/// Findings that stay, each with its reason: (file, a part of the finding, reason).
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Fails with all findings that are no exception, and with exceptions that nothing needs.
fn judge(findings: &[Finding], exceptions: &[(&str, &str, &str)]) {
    let excused = |finding: &Finding| {
        let fits = |e: &&(&str, &str, &str)| e.0 == finding.file && finding.text.contains(e.1);
        exceptions.iter().any(|e| fits(&e))
    };
    let broken: Vec<&str> = findings
        .iter()
        .filter(|f| !excused(f))
        .map(|f| f.text.as_str())
        .collect();
    assert!(
        broken.is_empty(),
        "{} findings:\n{}\n",
        broken.len(),
        broken.join("\n")
    );
}

#[test]
fn rooms_use_only_what_is_below_them() {
    judge(&forbidden_edges(project()), EXCEPTIONS);
}

#[test]
fn no_room_comes_back_to_itself() {
    judge(&circles(project()), EXCEPTIONS);
}

#[test]
fn the_pure_rooms_stay_pure() {
    judge(&impure_names(project()), EXCEPTIONS);
}

#[test]
fn a_crate_that_one_room_keeps_is_named_nowhere_else() {
    judge(&kept_crates(project()), EXCEPTIONS);
}

#[test]
fn a_network_is_named_only_where_it_is_set_up() {
    judge(&named_networks(project()), EXCEPTIONS);
}

#[test]
fn no_file_tells_two_stories() {
    judge(&long_files(project()), EXCEPTIONS);
}

#[test]
fn nothing_is_left_open_or_printed() {
    judge(&loose_ends(project()), EXCEPTIONS);
}

#[test]
fn every_exception_is_needed() {
    let rules = [
        forbidden_edges,
        circles,
        impure_names,
        kept_crates,
        named_networks,
        long_files,
        loose_ends,
    ];
    let findings: Vec<Finding> = rules.iter().flat_map(|rule| rule(project())).collect();
    for (file, part, reason) in EXCEPTIONS {
        let needed = findings
            .iter()
            .any(|f| f.file == *file && f.text.contains(part));
        assert!(
            needed,
            "nothing in {file} is excused by \"{part}\" any more: take the exception out"
        );
        assert!(reason.len() > 20, "the exception for {file} says no reason");
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| {
        let folder = FilePath::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(database);
        let entries = fs::read_dir(folder).expect("a folder of migrations");
        entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect::<BTreeSet<_>>()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let only: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(
        only.is_empty(),
        "{only:?} stand on one database only: write the same number and name for the other, even if it does nothing there"
    );
    assert!(!sqlite.is_empty());
    let numbers: Vec<_> = sqlite.iter().map(|name| name.split('_').next()).collect();
    let different: BTreeSet<_> = numbers.iter().collect();
    assert_eq!(
        numbers.len(),
        different.len(),
        "two migrations have one number: {sqlite:?}"
    );
}

#[test]
fn the_lock_file_holds_one_tls_and_no_c_library_for_it() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("Cargo.lock");
    assert!(
        lock.contains("name = \"rustls\""),
        "Cargo.lock is not as expected"
    );
    for name in ["openssl", "openssl-sys", "native-tls", "aws-lc-sys"] {
        assert!(
            !lock.contains(&format!("name = \"{name}\"\n")),
            "{name} came in: find who wants it with `cargo tree -i {name}` and choose its rustls and ring features; see deny.toml"
        );
    }
}

#[test]
fn the_whole_project_is_read() {
    let files = project();
    assert!(files.len() > 60, "only {} files were found", files.len());
    let rooms: BTreeSet<_> = files.iter().filter_map(File::room).collect();
    assert!(rooms.contains("model") && rooms.contains("store") && rooms.contains("ports"));
    let edges = files
        .iter()
        .flat_map(|f| paths(&f.code))
        .filter(|p| p.parts[0] == "crate");
    assert!(edges.count() > 50);
}
