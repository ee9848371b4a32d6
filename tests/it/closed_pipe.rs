//! `lotse … | head`: nobody reads to the end.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("lotse-it-pipe-{}", std::process::id()))
}

/// Runs a command whose standard output (and error, if so wished) nobody reads.
fn unheard(args: &[&str], error_too: bool) -> Output {
    let closed = || {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        Stdio::from(writer)
    };
    let child = Command::new(env!("CARGO_BIN_EXE_lotse"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DATA_DIR", folder())
        .stdin(Stdio::null())
        .stdout(closed())
        .stderr(if error_too { closed() } else { Stdio::piped() })
        .spawn()
        .expect("the program starts");
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_command_that_nobody_listens_to_ends_quietly() {
    for args in [
        &["migrate"][..],
        &["organisation", "add", "Online-Lotsen", "--fallback"],
        &["organisation", "list"],
        &["staff", "list"],
        &["check"],
        &["show"],
        &["show", "menu"],
        &["test", "--lang", "de"],
        &["chat", "--lang", "de"],
    ] {
        let ended = unheard(args, false);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(141), "{args:?}: {said}");
        assert!(said.is_empty(), "{args:?}: {said}");
    }
    assert_eq!(unheard(&["check"], true).status.code(), Some(141));
    // What a command has to say about itself decides nothing.
    assert_eq!(unheard(&["show", "nothing"], true).status.code(), Some(1));
    let _ = std::fs::remove_dir_all(folder());
}
