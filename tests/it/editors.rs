//! What an editor reads in flows/README.md, followed word by word: from an empty file to a published flow and back.

use crate::support::content::project;
use crate::support::lotse::Instance;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The chapter that is followed.
const CHAPTER: &str = "## From an empty file to a published flow";

/// What the page tells an editor to do, in its order.
#[derive(Debug)]
enum Told {
    /// A new file with this text; or, if a line is named, this text below that line of a file.
    Write {
        path: String,
        below: Option<String>,
        text: String,
    },
    /// A command; what the page says that it answers.
    Run {
        command: String,
        answers: Vec<String>,
    },
}

/// Reads the chapter. In prose, `lotse …` is a command and `content/…` the file that the next block goes into.
fn told(page: &str) -> Vec<Told> {
    let from = page.find(CHAPTER).expect("the chapter") + CHAPTER.len();
    let chapter = &page[from..];
    let chapter = &chapter[..chapter.find("\n## ").expect("its end")];
    let mut told: Vec<Told> = Vec::new();
    for (place, piece) in chapter.split("\n```").enumerate() {
        if place % 2 == 0 {
            told.extend(commands(piece).map(|command| Told::Run {
                command,
                answers: Vec::new(),
            }));
            continue;
        }
        let (_, text) = piece.split_once('\n').expect("a block");
        let before = chapter.split("\n```").nth(place - 1).expect("prose");
        if let Some(path) = spans(before).filter(|s| s.starts_with("content/")).last() {
            let below = before.split_once("below the line `");
            let below = below.and_then(|(_, rest)| rest.split_once('`'));
            let write = Told::Write {
                path: path.to_owned(),
                below: below.map(|(line, _)| line.to_owned()),
                text: format!("{text}\n"),
            };
            // What the prose says after the file's name is done afterwards, and has been read before it.
            told.push(write);
        } else if ["lotse ", "mkdir ", "cp "]
            .iter()
            .any(|c| text.starts_with(c))
        {
            told.extend(text.lines().map(|command| Told::Run {
                command: command.to_owned(),
                answers: Vec::new(),
            }));
        } else if let Some(Told::Run { answers, .. }) = told.last_mut() {
            assert!(answers.is_empty(), "two answers to one command: {text}");
            *answers = text.lines().map(str::to_owned).collect();
        }
    }
    told
}

/// What stands between backquotes.
fn spans(prose: &str) -> impl Iterator<Item = &str> {
    prose.split('`').skip(1).step_by(2)
}

fn commands(prose: &str) -> impl Iterator<Item = String> {
    let commands = spans(prose).filter(|span| span.starts_with("lotse "));
    commands.map(|c| c.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An editor at work in a folder.
struct Editor {
    folder: PathBuf,
    instance: Instance,
}

impl Editor {
    fn write(&self, path: &str, below: Option<&str>, text: &str) {
        let path = self.folder.join(path);
        let Some(line) = below else {
            assert!(!path.exists(), "{} is no new file", path.display());
            fs::write(path, text).expect("written");
            return;
        };
        let before = fs::read_to_string(&path).expect("the file");
        let is_it = |l: &&str| l.trim_start().starts_with(line);
        let found = before.lines().rfind(is_it);
        let found = found.unwrap_or_else(|| panic!("{} has no line {line}", path.display()));
        let at = before.rfind(found).expect("it stands there") + found.len() + 1;
        fs::write(&path, format!("{}{text}{}", &before[..at], &before[at..])).expect("written");
    }

    /// What a command writes. Whoever is asked answers what the page answers: what stands behind `[y/N]` and `>`.
    fn run(&self, command: &str, answers: &[String]) -> String {
        let typed: Vec<&str> = answers
            .iter()
            .filter_map(|line| {
                line.strip_prefix("> ")
                    .or(line.split_once("[y/N] ").map(|(_, y)| y))
            })
            .collect();
        // A question is only asked where somebody sits at a terminal.
        let mut shell = Command::new(if command.starts_with("lotse publish") {
            "script"
        } else {
            "sh"
        });
        match command.starts_with("lotse publish") {
            true => shell.args(["--quiet", "--return", "--command", command, "/dev/null"]),
            false => shell.args(["-c", command]),
        };
        let program = Path::new(env!("CARGO_BIN_EXE_lotse"));
        let path = std::env::var("PATH").expect("a path");
        let path = format!("{}:{path}", program.parent().expect("its folder").display());
        let mut child = shell
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("LANG", "C.UTF-8")
            .env("USER", "rosa")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut stdin = child.stdin.take().expect("a pipe");
        for line in typed {
            // Who has heard enough no longer listens.
            let _ = writeln!(stdin, "{line}");
        }
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "");
        said(&output.stdout) + &said(&output.stderr)
    }

    /// Waits until what was published last holds.
    async fn published(&self, times: usize) {
        const LIVE: &str = "published content is live";
        loop {
            let log = self.instance.wait_until_it_says(LIVE).await;
            if log.matches(LIVE).count() >= times {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

/// A line without what differs each time: numbers (on the page also `…`), versions, times.
fn shape(line: &str) -> String {
    let word = |word: &str| match word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => "HASH".to_owned(),
        false => word
            .chars()
            .map(|c| {
                if c.is_ascii_digit() || c == '…' {
                    '0'
                } else {
                    c
                }
            })
            .collect(),
    };
    let line: Vec<String> = line.split_whitespace().map(word).collect();
    let line = line.join(" ");
    let mut short = String::new();
    for c in line.chars() {
        if c != '0' || !short.ends_with('0') {
            short.push(c);
        }
    }
    short
}

/// Whether the answers stand in what was written, in their order.
fn compare(command: &str, answers: &[String], written: &str) {
    const ASKED: &str = "[y/N]";
    let apart = written.replace(ASKED, "[y/N]\n");
    let mut lines = apart.lines().map(shape);
    for answer in answers.iter().filter(|a| !a.trim().is_empty()) {
        // What is typed at a terminal shows there, and not always in its place.
        let asked = answer.find(ASKED).map(|at| &answer[..at + ASKED.len()]);
        let answer = shape(asked.unwrap_or(answer));
        let found = lines.any(|line| line == answer);
        assert!(found, "`{command}` does not say {answer:?}:\n{written}");
    }
}

#[tokio::test]
async fn the_page_for_editors_leads_from_an_empty_file_to_a_published_flow_and_back() {
    let instance = Instance::new("editors-world", &["demo", "--log", "info"]);
    let folder = std::env::temp_dir().join(format!("lotse-it-editors-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for part in ["flows", "locales", "tests/flows"] {
        let to = folder.join(part);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        let copied = Command::new("cp")
            .arg("-r")
            .arg(project(part))
            .arg(to)
            .status();
        assert!(copied.expect("cp").success());
    }
    // The folder that the page calls `world` is the instance's.
    std::os::unix::fs::symlink(instance.folder(), folder.join("world")).expect("a link");
    let editor = Editor {
        folder: folder.clone(),
        instance,
    };
    let (mut world, mut switches) = (None, 0);
    let page = fs::read_to_string(project("flows/README.md")).expect("the page");
    let all = told(&page);
    assert!(all.len() > 25, "{all:#?}");
    for told in &all {
        match told {
            Told::Write { path, below, text } => editor.write(path, below.as_deref(), text),
            Told::Run { command, .. } if command.starts_with("lotse demo") => {
                world = Some(editor.instance.start().await);
            }
            Told::Run { command, answers } => {
                let written = editor.run(command, answers);
                compare(command, answers, &written);
                if written.contains("Everywhere from") {
                    switches += 1;
                    editor.published(switches).await;
                }
            }
        }
    }
    assert_eq!(switches, 2, "published, and taken back");
    world.expect("a world").stop().await;
    let _ = fs::remove_dir_all(folder);
}
