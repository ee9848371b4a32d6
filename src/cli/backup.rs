//! `lotse backup`: a consistent copy of the database while lotse runs.

use super::out;
use super::settings::{self, Running, Which};
use super::words;
use crate::store::{Database, backup};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Copy the database (SQLite) while lotse runs. The instance key is not in the copy.
#[derive(Debug, Args)]
#[command(
    after_help = "To start from a copy: stop lotse, put the copy into the data folder as lotse.db, remove lotse.db-wal and
lotse.db-shm, put instance.key back, start. A PostgreSQL database is copied with pg_dump; this command
shows how.

Examples:
  lotse backup /var/backups                 a file with date and time in this folder
  lotse backup --data /var/lib/lotse copy.db"
)]
pub struct Options {
    /// A folder, or the name of a file that is not there yet.
    target: PathBuf,
    #[command(flatten)]
    which: Which,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    let now = words::now()
        .in_berlin()
        .strftime("%Y-%m-%d-%H%M%S")
        .to_string();
    let folder = match config.database() {
        Database::Sqlite(folder) => folder,
        Database::Postgres(url) => bail!(postgres_advice(&url, &now)),
    };
    let target = target(&options.target, &now)?;
    let part = target.with_extension("part");
    if part.exists() {
        bail!(
            "{} is left over from a backup that did not end; remove it first",
            part.display()
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if let Err(error) = runtime.block_on(backup::copy(&folder, &part)) {
        let _ = std::fs::remove_file(&part);
        return Err(error.into());
    }
    put_in_place(&part, &target)
        .with_context(|| format!("{} could not be written", target.display()))?;
    out::line(target.display())?;
    out::aside(
        "The copy is complete and was checked. Without the instance key nobody can read it: keep a copy of the key\n\
         in another place, not beside this one.",
    );
    Ok(ExitCode::SUCCESS)
}

fn target(named: &Path, now: &str) -> Result<PathBuf> {
    let target = if named.is_dir() {
        named.join(format!("lotse-{now}.db"))
    } else {
        named.to_owned()
    };
    if target.exists() {
        bail!(
            "{} is already there; name another file, or a folder",
            target.display()
        );
    }
    Ok(target)
}

/// Under its name only when it is whole and on the disk.
fn put_in_place(part: &Path, target: &Path) -> std::io::Result<()> {
    File::open(part)?.sync_all()?;
    std::fs::rename(part, target)?;
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// The command to type, without the password.
fn postgres_advice(url: &str, now: &str) -> String {
    let mut shown = url.to_owned();
    if let Ok(mut url) = reqwest::Url::parse(url) {
        let _ = url.set_password(None);
        shown = url.to_string();
    }
    format!(
        "a PostgreSQL database is copied with PostgreSQL's own program:\n\n  \
         pg_dump --format=custom --file=lotse-{now}.dump '{shown}'\n\n\
         It asks for the password, or takes it from PGPASSWORD. The instance key is not in the copy: keep it in another place"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_for_postgresql_holds_no_password() {
        let advice = postgres_advice(
            "postgres://lotse:geheim@db.example/lotse",
            "2026-11-21-101500",
        );
        insta::assert_snapshot!(advice, @r"
        a PostgreSQL database is copied with PostgreSQL's own program:

          pg_dump --format=custom --file=lotse-2026-11-21-101500.dump 'postgres://lotse@db.example/lotse'

        It asks for the password, or takes it from PGPASSWORD. The instance key is not in the copy: keep it in another place
        ");
    }

    #[test]
    fn a_folder_gets_a_new_file_and_a_file_is_never_overwritten() {
        let folder = std::env::temp_dir();
        assert_eq!(target(&folder, "now").unwrap(), folder.join("lotse-now.db"));
        let here = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert!(
            target(here, "now")
                .unwrap_err()
                .to_string()
                .contains("already there")
        );
    }
}
