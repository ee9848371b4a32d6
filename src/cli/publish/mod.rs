//! `lotse publish`: compares content with what runs, asks, and lets it go live everywhere at once.

mod told;

use super::origin::{FolderArg, Origin, sound, sound_on};
use super::place::Place;
use super::settings::{self, Running, Which};
use super::words::said;
use super::{out, transcripts, words};
use crate::config::Config;
use crate::content::exchange::Catalogue;
use crate::content::{Both, Content, Diagnostic, MemorySource, Severity, Source, Version, compare};
use crate::engine::talk::play_all;
use crate::engine::{Fate, fate};
use crate::model::{Lang, Timestamp};
use crate::ports::Ids as _;
use crate::runtime::origin::Shipped;
use crate::runtime::published::{self, AHEAD_SECONDS};
use crate::runtime::standing;
use crate::runtime::system::SystemIds;
use crate::store::published::{Publish, Switch};
use crate::store::{Store, StoreError};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::collections::BTreeSet;
use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;
use told::Quality;

/// Compare content with what runs, and let it go live everywhere at once.
#[derive(Debug, Args)]
#[command(
    after_help = "What was published is kept in the database: every message names the version that answered it, and every
version can hold again. Instances that follow a folder (`content` in lotse.toml, --content) do not use it.

Examples:
  lotse publish content --config lotse.toml     show what changes, ask, publish
  lotse publish content --dry-run               only show what changes
  lotse publish --list                          what was published, when, by whom
  lotse publish --rollback                      back to the version before"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
    /// Back to the version that held before this one; again: one more.
    #[arg(long, conflicts_with_all = ["folder", "list"])]
    rollback: bool,
    /// Show what was published.
    #[arg(long, conflicts_with = "folder")]
    list: bool,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Who publishes (otherwise the name of the system's user).
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[command(flatten)]
    which: Which,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    if let Some(folder) = &config.content
        && !options.list
    {
        let folder = folder.display();
        bail!(said(
            format!(
                "diese Instanz folgt dem Ordner {folder}: Was dort gespeichert wird, gilt von selbst. Um stattdessen zu \
                 veröffentlichen, nehmen Sie `content` aus ihren Einstellungen und starten Sie sie neu"
            ),
            format!(
                "this instance follows the folder {folder}: what is saved there goes live by itself. To publish instead, \
                 take `content` out of its settings and start it again"
            ),
        ));
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let store = open(&config).await?;
        if options.list {
            return list(&store).await;
        }
        let desk = Desk::look(store).await?;
        if options.rollback {
            desk.back(options).await
        } else {
            desk.publish(options).await
        }
    })
}

async fn open(config: &Config) -> Result<Store> {
    let place = Place::prepare(config, false).await?;
    Ok(place.open(config).await?)
}

async fn list(store: &Store) -> Result<ExitCode> {
    let now = words::now();
    let switches = store.content_switches(1000).await?;
    if switches.is_empty() {
        out::line(said(
            "Nichts wurde veröffentlicht; es gilt der Inhalt im Programm.",
            "Nothing was published; the content in the program holds.",
        ))?;
    }
    let holds = switches.iter().position(|s| s.holds_from <= now);
    for (place, one) in switches.iter().enumerate() {
        let mark = if Some(place) == holds {
            said("  gilt jetzt", "  holds now")
        } else {
            String::new()
        };
        let time = one.holds_from.in_berlin().strftime("%Y-%m-%d %H:%M:%S");
        out::line(format_args!(
            "{time}  {}  {}{mark}",
            one.hash, one.decided_by
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What holds, and what was decided last.
struct Desk {
    store: Store,
    switches: Vec<Switch>,
    content: Content,
    files: MemorySource,
}

impl Desk {
    async fn look(store: Store) -> Result<Self> {
        let switches = store.content_switches(1000).await?;
        // What is decided already counts, although it may hold only in a moment.
        let files = match switches.first() {
            Some(newest) => published::files(&store, &newest.hash).await?,
            None => in_memory(&Shipped)?,
        };
        let content = sound(&files).with_context(|| {
            said(
                "was läuft, kann diese Version von lotse nicht lesen",
                "what runs cannot be read by this version of lotse",
            )
        })?;
        Ok(Self {
            store,
            switches,
            content,
            files,
        })
    }

    async fn publish(self, options: &Options) -> Result<ExitCode> {
        let origin = Origin::find(options.folder.path())?;
        let files = in_memory(origin.source())?;
        let name = origin.name();
        let read = sound_on(Some(words::now().date()), &files);
        let (content, found) = read.with_context(|| {
            said(
                format!("{name} wird nicht veröffentlicht"),
                format!("{name} is not published"),
            )
        })?;
        if content.hash == self.content.hash {
            out::line(said(
                format!("{name}: das läuft schon."),
                format!("{name} is what runs already."),
            ))?;
            return Ok(ExitCode::SUCCESS);
        }
        let talks = match &origin {
            Origin::Folder(folder) if folder.0.join(transcripts::FOLDER).is_dir() => {
                transcripts::read(&folder.0)?
            }
            _ => Vec::new(),
        };
        let quality = quality(&content, &found, &files, &talks);
        let question = Both::new("Veröffentlichen", "Publish");
        self.decide(options, content, &files, (&quality, &question))
            .await
    }

    async fn back(self, options: &Options) -> Result<ExitCode> {
        let hash = match before(&self.switches) {
            Some(hash) => hash.to_owned(),
            None => bail!(said(
                "vor dem, was läuft, wurde nichts veröffentlicht; es gibt nichts, wohin es zurückgehen könnte",
                "nothing was published before what runs; there is nothing to go back to",
            )),
        };
        let files = published::files(&self.store, &hash).await?;
        let read = sound_on(Some(words::now().date()), &files);
        let (content, found) = read.with_context(|| {
            said(
                format!("die Version {hash} lässt sich nicht mehr verwenden"),
                format!("the version {hash} cannot be used any more"),
            )
        })?;
        // Its transcripts were not kept.
        let quality = quality(&content, &found, &files, &[]);
        let question = Both::new("Zurückgehen", "Go back");
        self.decide(options, content, &files, (&quality, &question))
            .await
    }

    async fn decide(
        self,
        options: &Options,
        content: Content,
        files: &MemorySource,
        (quality, question): (&Quality, &Both),
    ) -> Result<ExitCode> {
        let reader = words::editor_language(None);
        let old = Version {
            content: &self.content,
            source: &self.files,
        };
        let new = Version {
            content: &content,
            source: files,
        };
        let changes = compare(old, new);
        out::line(format_args!("{} -> {}", self.content.hash, content.hash))?;
        out::text(told::changes(&changes).get(&reader))?;
        out::text(self.people(&content).await?.get(&reader))?;
        out::line(quality.told().get(&reader))?;
        if options.dry_run || !agreed(options, question.get(&reader))? {
            out::line(said("Nichts wurde geändert.", "Nothing was changed."))?;
            return Ok(ExitCode::SUCCESS);
        }
        let holds_from = self.switch(options, content, files).await?;
        let time = holds_from.in_berlin().strftime("%H:%M:%S");
        out::line(said(
            format!("Überall ab {time}. Zurück: lotse publish --rollback"),
            format!("Everywhere from {time} on. To go back: lotse publish --rollback"),
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Who stands at steps that are gone or ask something else.
    async fn people(&self, content: &Content) -> Result<Both> {
        let standing = standing::count(&self.store).await?.into_iter();
        let standing: Vec<_> = standing
            .map(|one| {
                let fate: Fate = fate(content, &one.at);
                (one, fate)
            })
            .collect();
        Ok(told::people(&standing))
    }

    async fn switch(
        self,
        options: &Options,
        content: Content,
        files: &MemorySource,
    ) -> Result<Timestamp> {
        let now = words::now();
        let holds_from = now.plus_seconds(AHEAD_SECONDS);
        let name = options.by.clone().or_else(|| std::env::var("USER").ok());
        let mut after = self.switches.into_iter().next();
        if after.is_none() {
            // So that there is something to go back to.
            let shipped = Switch {
                hash: self.content.hash,
                holds_from: now,
                decided_at: now,
                decided_by: "the content in the program".to_owned(),
            };
            write(&self.store, shipped.clone(), self.files, None).await?;
            after = Some(shipped);
        }
        let switch = Switch {
            hash: content.hash,
            holds_from,
            decided_at: now,
            decided_by: name.unwrap_or_else(|| "somebody at the terminal".to_owned()),
        };
        write(&self.store, switch, files.clone(), after).await?;
        Ok(holds_from)
    }
}

/// What `lotse check`, `lotse test` and `lotse status` would say, in numbers. `found`: what reading the content has found.
fn quality(
    content: &Content,
    found: &[Diagnostic],
    files: &MemorySource,
    talks: &[(String, String)],
) -> Quality {
    let warning = |severity: Severity| severity == Severity::Warning;
    let languages = content.settings.languages.iter().map(|l| l.lang.clone());
    let languages: Vec<Lang> = languages.collect();
    let failures = play_all(content, &languages, talks).failures;
    let failing: BTreeSet<&str> = failures.iter().map(|f| f.file.as_str()).collect();
    // What is published has no errors, so it can be opened.
    let stale = Catalogue::open(files).map_or_else(
        |_| Vec::new(),
        |catalogue| {
            let count = |lang: Lang| {
                let stale = catalogue.counts(&lang).iter().map(|c| c.stale).sum();
                (lang, stale)
            };
            catalogue.languages().into_iter().map(count).collect()
        },
    );
    Quality {
        warnings: found.iter().filter(|d| warning(d.severity)).count(),
        failing: (!talks.is_empty()).then_some((failing.len(), talks.len())),
        stale,
    }
}

async fn write(
    store: &Store,
    switch: Switch,
    files: MemorySource,
    after: Option<Switch>,
) -> Result<()> {
    let publish = Publish {
        id: SystemIds.uuid(),
        switch,
        files: Some(files.0),
        after,
    };
    match store.write(publish).await {
        Err(StoreError::Conflict) => {
            bail!(said(
                "inzwischen hat jemand anderes veröffentlicht; sehen Sie sich noch einmal an, was sich ändert",
                "somebody else has published meanwhile; look at what changes again",
            ))
        }
        other => Ok(other?),
    }
}

/// The version to go back to: going back twice leads further back, not forth.
fn before(switches: &[Switch]) -> Option<&str> {
    // A stack of versions: each decision for one that lies in it takes off what came after it.
    let mut stack: Vec<&str> = Vec::new();
    for one in switches.iter().rev() {
        match stack.iter().position(|hash| *hash == one.hash) {
            Some(place) => stack.truncate(place + 1),
            None => stack.push(&one.hash),
        }
    }
    stack.pop();
    stack.pop()
}

fn in_memory(source: &dyn Source) -> Result<MemorySource> {
    let mut files = MemorySource::default();
    for path in source.paths() {
        let text = source.read(&path);
        let text = text.map_err(|why| {
            anyhow::anyhow!(said(
                format!("{path} lässt sich nicht lesen: {why}"),
                format!("{path} cannot be read: {why}"),
            ))
        })?;
        files = files.with(&path, &text);
    }
    Ok(files)
}

fn agreed(options: &Options, question: &str) -> Result<bool> {
    if options.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!(said(
            "niemand ist da, um gefragt zu werden; mit --yes geht es ohne Frage weiter",
            "nobody is there to ask; say --yes to go on without a question",
        ));
    }
    let answers = said("j/N", "y/N");
    out::text(format_args!("{question}? [{answers}] "))?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let said = line.trim().to_lowercase();
    Ok(["y", "yes", "j", "ja"].contains(&said.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(hashes: &[&str]) -> Vec<Switch> {
        let switch = |(n, hash): (usize, &&str)| Switch {
            hash: (*hash).to_owned(),
            holds_from: Timestamp(n as i64),
            decided_at: Timestamp(n as i64),
            decided_by: "Rosa".to_owned(),
        };
        let mut all: Vec<_> = hashes.iter().enumerate().map(switch).collect();
        all.reverse();
        all
    }

    #[test]
    fn going_back_twice_leads_further_back() {
        for (history, back) in [
            (&[][..], None),
            (&["a"], None),
            (&["a", "b"], Some("a")),
            (&["a", "b", "c"], Some("b")),
            (&["a", "b", "c", "b"], Some("a")),
            (&["a", "b", "c", "b", "a"], None),
            (&["a", "b", "a", "d"], Some("a")),
        ] {
            assert_eq!(before(&decided(history)), back, "{history:?}");
        }
    }
}
