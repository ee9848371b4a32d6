//! `lotse staff`: accounts of counsellors.

mod list;

use super::instance::read_content;
use super::organisation::by_name;
use super::out;
use super::place::Place;
use super::settings::{self, Running, Which};
use super::words;
use crate::desk::visibility::{Role, Viewer};
use crate::model::CounsellorId;
use crate::ports::Ids;
use crate::runtime::system::SystemIds;
use crate::store::desk::By;
use crate::store::desk::staff::NewCounsellor;
use crate::store::{Store, StoreError};
use crate::web::auth::hash_password;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;
use std::sync::Arc;

/// Accounts of counsellors: add, list, close and open them, set a new password.
#[derive(Debug, Args)]
#[command(
    after_help = "Without --password-stdin it asks for the password; press Enter to have one made, which is then shown once.

Examples:
  lotse staff add anna --name \"Anna Berg\" --organisation \"Projekt Korbach\"
  lotse staff add omar --name \"Omar Said\" --organisation Online-Lotsen --supervisor --lang en
  lotse staff list
  lotse staff reset anna            a new password; ends all sign-ins of the account
  lotse staff disable anna          nobody signs in with it any more; its cases go back to the queue
  lotse staff enable anna"
)]
pub struct Options {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add an account.
    Add {
        /// The name to sign in with.
        login: String,
        /// The name that persons and colleagues read.
        #[arg(long)]
        name: String,
        /// Where they work; may be given several times.
        #[arg(long, required = true, value_name = "NAME")]
        organisation: Vec<String>,
        /// May also give colleagues' cases back to the queue, and sees to faults.
        #[arg(long)]
        supervisor: bool,
        /// The language of the console: de or en.
        #[arg(long, default_value = "de", value_parser = ["de", "en"])]
        lang: String,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// Set a new password and end all sign-ins.
    Reset {
        /// The name to sign in with.
        login: String,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// Show all accounts: who, where, when they last signed in, how many cases they have.
    List,
    /// Close an account: all its sign-ins end, and its cases go back to the queue.
    Disable {
        /// The name to sign in with.
        login: String,
    },
    /// Open a closed account again, with the password that it had.
    Enable {
        /// The name to sign in with.
        login: String,
    },
}

#[derive(Debug, Args)]
struct PasswordFrom {
    /// Take the password from standard input (one line).
    #[arg(long)]
    password_stdin: bool,
}

/// The shortest password that is taken.
const SHORTEST: usize = 12;

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        let store = place.open(&config).await?;
        match &options.what {
            What::Add { login, name, organisation, supervisor, lang, password } => {
                let role = if *supervisor { Role::Supervisor } else { Role::Counsellor };
                let known = store.organisations().await?;
                let mut memberships = Vec::new();
                for name in organisation {
                    memberships.push((by_name(&known, name)?.id, role));
                }
                if store.account(login).await?.is_some() {
                    bail!("there is already an account `{login}`; `lotse staff reset {login}` sets a new password");
                }
                let password = Password::ask(password)?;
                let new = NewCounsellor {
                    id: CounsellorId(SystemIds.uuid()),
                    login: login.clone(),
                    name: name.clone(),
                    password_hash: hash_password(&SystemIds, password.text.clone()).await?,
                    ui_lang: lang.clone(),
                    memberships,
                    now: words::now(),
                };
                add(&store, new).await?;
                out::line(password.told(login))?;
            }
            What::Reset { login, password } => {
                let Some(account) = store.account(login).await? else {
                    bail!(missing(&store, login).await?);
                };
                let password = Password::ask(password)?;
                let hash = hash_password(&SystemIds, password.text.clone()).await?;
                let by = By {
                    viewer: Viewer { counsellor: account.id, memberships: Vec::new() },
                    name: account.name,
                    now: words::now(),
                    ids: Arc::new(SystemIds),
                };
                store.set_password(by, hash, None).await?;
                out::line(password.told(login))?;
            }
            What::List => out::text(list::table(&store.accounts().await?))?,
            What::Disable { login } => {
                // Persons are told in the words of the content that holds for this instance.
                let (content, _) = read_content(config.content.clone())?;
                let (content, ids) = (Arc::new(content), Arc::new(SystemIds));
                let done = store
                    .disable_account(login, content, words::now(), ids)
                    .await?;
                match done {
                    None => bail!(missing(&store, login).await?),
                    Some(done) => out::line(list::disabled(login, done))?,
                }
            }
            What::Enable { login } => {
                let ids = Arc::new(SystemIds);
                match store.enable_account(login, words::now(), ids).await? {
                    None => bail!(missing(&store, login).await?),
                    Some(true) => out::line(format_args!(
                        "`{login}` can sign in again, with the password from before; `lotse staff reset {login}` sets a new one."
                    ))?,
                    Some(false) => out::line(format_args!("`{login}` is not disabled."))?,
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Why there is no account with this login that can be worked on.
async fn missing(store: &Store, login: &str) -> Result<String> {
    Ok(list::missing(&store.accounts().await?, login))
}

async fn add(store: &Store, new: NewCounsellor) -> Result<()> {
    let login = new.login.clone();
    match store.add_counsellor(new).await {
        // Also those that were switched off.
        Err(StoreError::Conflict) => {
            bail!(
                "there is already an account `{login}`, which is disabled; `lotse staff enable {login}` opens it again"
            )
        }
        other => Ok(other?),
    }
}

/// A password, and whether somebody chose it.
struct Password {
    text: String,
    made: bool,
}

impl Password {
    fn ask(from: &PasswordFrom) -> Result<Self> {
        if from.password_stdin {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            return Self::chosen(line.trim_end_matches(['\r', '\n']));
        }
        if !std::io::stdin().is_terminal() {
            return Ok(Self {
                text: make(&SystemIds),
                made: true,
            });
        }
        let terminal = console::Term::stderr();
        terminal.write_str("Password (Enter to have one made): ")?;
        let first = terminal.read_secure_line()?;
        if first.is_empty() {
            return Ok(Self {
                text: make(&SystemIds),
                made: true,
            });
        }
        let password = Self::chosen(&first)?;
        terminal.write_str("Once more: ")?;
        if terminal.read_secure_line()? != first {
            bail!("the two passwords are not the same; nothing was changed");
        }
        Ok(password)
    }

    fn chosen(text: &str) -> Result<Self> {
        if text.chars().count() < SHORTEST {
            bail!("a password has at least {SHORTEST} characters; nothing was changed");
        }
        Ok(Self {
            text: text.to_owned(),
            made: false,
        })
    }

    fn told(&self, login: &str) -> String {
        if self.made {
            format!(
                "sign-in: {login}\npassword: {}\nThe password is shown this once and stored nowhere.",
                self.text
            )
        } else {
            format!("sign-in: {login}, with the password that you chose")
        }
    }
}

/// A password that can be read aloud: ten syllables, 63 bits.
pub fn make(ids: &dyn Ids) -> String {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 5] = b"aeiou";
    let mut text = String::new();
    // 240 is a multiple of 16 and of 5: each letter is as likely as the others.
    let mut bytes = Vec::new();
    while bytes.len() < 20 {
        bytes.extend(ids.random().into_iter().filter(|b| *b < 240));
    }
    for (n, pair) in bytes.chunks_exact(2).take(10).enumerate() {
        if n > 0 && n % 2 == 0 {
            text.push('-');
        }
        text.push(char::from(CONSONANTS[usize::from(pair[0] % 16)]));
        text.push(char::from(VOWELS[usize::from(pair[1] % 5)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_password_can_be_read_aloud_and_is_never_the_same() {
        let (a, b) = (make(&SystemIds), make(&SystemIds));
        assert_ne!(a, b);
        let parts: Vec<&str> = a.split('-').collect();
        assert_eq!(parts.len(), 5);
        assert!(
            parts
                .iter()
                .all(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn a_chosen_password_is_not_shown_and_a_short_one_is_refused() {
        assert!(
            !Password::chosen("correct horse")
                .unwrap()
                .told("anna")
                .contains("horse")
        );
        assert!(Password::chosen("short").is_err());
    }
}
