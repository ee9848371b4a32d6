//! The program itself, as a process: started, stopped, killed.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: long against a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A data folder and what the program is started with; outlives restarts.
pub struct Instance {
    folder: PathBuf,
    port: u16,
    env: Vec<(String, String)>,
    args: Vec<String>,
    log: Arc<Mutex<Vec<String>>>,
}

/// A running program.
pub struct Lotse {
    child: Child,
    base: String,
    database: PathBuf,
    log: Arc<Mutex<Vec<String>>>,
}

impl Instance {
    /// `args` are those of the command line, `serve` or `demo` first.
    pub fn new(name: &str, args: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("lotse-it-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        Self {
            folder,
            port: free_port(),
            env: Vec::new(),
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            log: Arc::default(),
        }
    }

    /// With a new database on the PostgreSQL server instead of the embedded one.
    pub async fn on_postgres(mut self) -> Self {
        let url = super::postgres::new_database().await;
        self.args.extend(["--database".to_owned(), url]);
        self
    }

    /// Another process on the same database and with the same key: a folder and a port of its own.
    pub fn beside(&self, name: &str, command: &str) -> Self {
        let mut other = Self::new(name, &[command]);
        other.args.extend(self.args.iter().skip(1).cloned());
        let key = self.folder.join("instance.key");
        other.env("LOTSE_INSTANCE_KEY_FILE", key.display().to_string())
    }

    /// The same with another command line.
    pub fn with_args(mut self, args: &[&str]) -> Self {
        self.args = args.iter().map(|a| (*a).to_owned()).collect();
        self
    }

    /// Sets an environment variable of the program.
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets another command of the program run on the same data, to its end. What it wrote.
    pub fn run(&self, args: &[&str]) -> String {
        let mut command = self.command(args);
        if let Some(place) = self.args.iter().position(|a| a == "--database") {
            command.args(&self.args[place..=place + 1]);
        }
        let output = command.output().expect("the program starts");
        let fault = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "lotse {args:?}: {fault}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lotse"));
        command
            .args(args)
            .env("DATA_DIR", &self.folder)
            .env("LOTSE_LISTEN", format!("127.0.0.1:{}", self.port))
            // Learning takes many seconds in a program that is built for tests.
            .env("LOTSE_TRIAGE", "off")
            .envs(self.env.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Where the program listens.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All that the program has written so far, all starts together.
    pub fn log(&self) -> String {
        self.log
            .lock()
            .expect("no test panics while it holds the log")
            .join("\n")
    }

    /// Waits until the program has written a line with these words: it may answer before it has said all.
    pub async fn wait_until_it_says(&self, words: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let log = self.log();
            if log.contains(words) {
                return log;
            }
            assert!(Instant::now() < until, "it does not say {words:?}:\n{log}");
            tick().await;
        }
    }

    /// Starts the program and waits until it answers.
    pub async fn start(&self) -> Lotse {
        let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        let mut child = self
            .command(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        collect(child.stdout.take().expect("a pipe"), &self.log);
        collect(child.stderr.take().expect("a pipe"), &self.log);
        let mut lotse = Lotse {
            child,
            base: self.base(),
            database: self.folder.join("lotse.db"),
            log: Arc::clone(&self.log),
        };
        lotse.wait_until_it_answers().await;
        lotse
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Lotse {
    /// Where it listens.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it has ended");
    }

    /// SIGTERM; panics unless the program ends by itself, without a fault, and leaves its database in one file.
    pub async fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill is there");
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            assert!(Instant::now() < until, "it did not stop:\n{}", self.tail());
            tick().await;
        };
        assert!(status.success(), "{status}:\n{}", self.tail());
        let left = self.database.with_extension("db-wal");
        assert!(
            !left.exists(),
            "the database was not closed:\n{}",
            self.tail()
        );
    }

    async fn wait_until_it_answers(&mut self) {
        let health = format!("{}/healthz", self.base);
        let until = Instant::now() + PATIENCE;
        while reqwest::get(&health).await.is_err() {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                panic!("the program ended with {status}:\n{}", self.tail());
            }
            assert!(
                Instant::now() < until,
                "it does not answer:\n{}",
                self.tail()
            );
            tick().await;
        }
    }

    fn tail(&self) -> String {
        let log = self
            .log
            .lock()
            .expect("no test panics while it holds the log");
        log[log.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Lotse {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next look at something that another process is doing.
async fn tick() {
    tokio::time::interval_at(
        tokio::time::Instant::now() + Duration::from_millis(20),
        PATIENCE,
    )
    .tick()
    .await;
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

fn collect(pipe: impl std::io::Read + Send + 'static, log: &Arc<Mutex<Vec<String>>>) {
    let log = Arc::clone(log);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            log.lock()
                .expect("no test panics while it holds the log")
                .push(line);
        }
    });
}
