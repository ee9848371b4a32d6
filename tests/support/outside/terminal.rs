//! `lotse chat --keys`, driven over standard input. It shows steps and buttons by name, so what it says is
//! held against the transcript itself, and its words against the content besides.

use super::{Act, Script, Seen, Turn, World, report, told};
use lotse::engine::talk::Beat;
use lotse::text;
use std::path::Path;
use std::process::Stdio;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Plays a script; gives the first difference, to be read by people.
pub async fn terminal(world: &World, folder: &Path, script: &Script) -> Result<(), String> {
    let typed: Vec<String> = script.turns.iter().map(typed).collect();
    let output = chat(world, folder, script.lang.as_str(), &typed).await;
    let mut rest = output.as_str();
    // What comes before the first line that was typed is the menu.
    let mut said = vec![take(&mut rest, &typed[0])];
    for next in &typed[1..] {
        said.push(take(&mut rest, next));
    }
    said.push(rest);
    for (turn, said) in script.turns.iter().zip(&said[1..]) {
        compare(turn, said).map_err(|what| report("terminal", script, turn, &what))?;
    }
    Ok(())
}

fn typed(turn: &Turn) -> String {
    match &turn.act {
        Act::Start => "/start".to_owned(),
        Act::Tap { number, .. } => number.to_string(),
        Act::Write(words) => words.clone(),
    }
}

async fn chat(world: &World, folder: &Path, lang: &str, typed: &[String]) -> String {
    let covered = world.covered.iter().flat_map(|k| ["--covered", k]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_lotse"))
        .args(["chat", "--keys", "--no-triage", "--lang", lang, "--content"])
        .arg(folder)
        .args(covered)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // All at once: that is far less than a pipe holds.
    stdin
        .write_all((typed.join("\n") + "\n").as_bytes())
        .await
        .expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().await.expect("it ends");
    assert!(output.status.success(), "lotse chat: {}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

/// What was said up to the echo of the next line that was typed.
fn take<'o>(rest: &mut &'o str, typed: &str) -> &'o str {
    let echo = format!("> {typed}\n");
    let (said, after) = rest.split_once(&echo).unwrap_or((rest, ""));
    *rest = after;
    said
}

fn compare(turn: &Turn, said: &str) -> Result<(), String> {
    let beat = Beat {
        line: turn.line,
        input: &turn.input,
        expected: turn.expected.clone(),
    };
    let (lines, seen) = read(said);
    beat.compare(lines).map_err(|diff| {
        // Its first line tells the place, which the report does as well.
        let diff = diff.to_string();
        diff.split_once('\n')
            .map_or(diff.clone(), |(_, what)| what.to_owned())
    })?;
    let messages = turn.messages.iter().filter(|m| !is_receipt(&m.key));
    for (message, seen) in messages.zip(&seen) {
        let wanted = Seen {
            text: one_line(&text::to_plain(&message.text)),
            buttons: message.choices.iter().map(|c| c.label.clone()).collect(),
        };
        if wanted != *seen {
            return Err(told('-', &message.key, &wanted) + &told('+', &message.key, seen));
        }
    }
    Ok(())
}

/// The terminal shows an example of it, without a step's name.
fn is_receipt(key: &str) -> bool {
    key.starts_with("system:handoff-receipt")
}

/// What the terminal shows: as transcripts write it, and the messages.
fn read(said: &str) -> (Vec<String>, Vec<Seen>) {
    let (mut lines, mut seen): (Vec<String>, Vec<Seen>) = (Vec::new(), Vec::new());
    let mut in_message = false;
    for line in said.lines() {
        if let Some(key) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            in_message = true;
            lines.push(format!("> {key}"));
            seen.push(Seen {
                text: String::new(),
                buttons: Vec::new(),
            });
        } else if line.starts_with("= ") {
            in_message = false;
            lines.push(line.to_owned());
        } else if let (true, Some(said), Some(shown)) =
            (in_message, lines.last_mut(), seen.last_mut())
        {
            match button(line) {
                Some((label, id)) if shown.buttons.is_empty() => {
                    *said += &format!(" [{id}]");
                    shown.buttons.push(label.to_owned());
                }
                Some((label, id)) => {
                    said.truncate(said.len() - 1);
                    *said += &format!(" {id}]");
                    shown.buttons.push(label.to_owned());
                }
                None => shown.text = one_line(&format!("{} {line}", shown.text)),
            }
        }
    }
    (lines, seen)
}

/// `  1 Yes   [yes]`: label and name.
fn button(line: &str) -> Option<(&str, &str)> {
    let numbered = line.strip_prefix("  ")?;
    let (number, rest) = numbered.split_once(' ')?;
    number.parse::<usize>().ok()?;
    rest.strip_suffix(']')?.rsplit_once("   [")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
