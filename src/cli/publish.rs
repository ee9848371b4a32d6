//! `lotse publish`: compares content with what runs, asks, and lets it go live everywhere at once.

use super::origin::Origin;
use super::place::Place;
use super::settings::{self, Running, Which};
use super::{out, words};
use crate::config::Config;
use crate::content::{Changes, Content, MemorySource, Source, StepChange, Version, compare};
use crate::engine::{Fate, fate};
use crate::model::Timestamp;
use crate::ports::Ids as _;
use crate::runtime::origin::{Shipped, places};
use crate::runtime::published::{self, AHEAD_SECONDS};
use crate::runtime::system::SystemIds;
use crate::runtime::{live, standing};
use crate::store::published::{Publish, Switch};
use crate::store::{Store, StoreError};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// The folder that holds flows/ and locales/.
    folder: Option<PathBuf>,
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
        bail!(
            "this instance follows the folder {}: what is saved there goes live by itself. To publish instead, \
             take `content` out of its settings and start it again",
            folder.display()
        );
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
        out::line("Nothing was published; the content in the program holds.")?;
    }
    let holds = switches.iter().position(|s| s.holds_from <= now);
    for (place, one) in switches.iter().enumerate() {
        let mark = if Some(place) == holds {
            "  holds now"
        } else {
            ""
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
        let content = live::read(&files, places()?)
            .context("what runs cannot be read by this version of lotse")?;
        Ok(Self {
            store,
            switches,
            content,
            files,
        })
    }

    async fn publish(self, options: &Options) -> Result<ExitCode> {
        let origin = Origin::find(options.folder.as_deref())?;
        let files = in_memory(origin.source())?;
        let content = live::read(&files, places()?)
            .with_context(|| format!("{} is not published", origin.name()))?;
        if content.hash == self.content.hash {
            out::line(format_args!("{} is what runs already.", origin.name()))?;
            return Ok(ExitCode::SUCCESS);
        }
        self.decide(options, content, &files, "Publish").await
    }

    async fn back(self, options: &Options) -> Result<ExitCode> {
        let hash = match before(&self.switches) {
            Some(hash) => hash.to_owned(),
            None => bail!("nothing was published before what runs; there is nothing to go back to"),
        };
        let files = published::files(&self.store, &hash).await?;
        let content = live::read(&files, places()?)
            .with_context(|| format!("the version {hash} cannot be used any more"))?;
        self.decide(options, content, &files, "Go back").await
    }

    async fn decide(
        self,
        options: &Options,
        content: Content,
        files: &MemorySource,
        verb: &str,
    ) -> Result<ExitCode> {
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
        out::text(told(&changes))?;
        out::text(self.people(&content).await?)?;
        if options.dry_run || !agreed(options, verb)? {
            out::line("Nothing was changed.")?;
            return Ok(ExitCode::SUCCESS);
        }
        let holds_from = self.switch(options, content, files).await?;
        let time = holds_from.in_berlin().strftime("%H:%M:%S");
        out::line(format_args!(
            "Everywhere from {time} on. To go back: lotse publish --rollback"
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Who stands at steps that are gone or ask something else.
    async fn people(&self, content: &Content) -> Result<String> {
        let mut text = String::new();
        for one in standing::count(&self.store).await? {
            let becomes = match fate(content, &one.at) {
                Fate::Kept => continue,
                Fate::AsksOther => "the question there is another one now",
                Fate::Gone => "the step is gone and has no entry below [moved]",
            };
            let _ = writeln!(
                text,
                "  {} at {}/{}: {becomes}; they get an apology and the choice to start again or to talk to a person",
                people(one.people),
                one.at.flow,
                one.at.step
            );
        }
        Ok(match text.is_empty() {
            true => "Nobody stands at a step that is gone.\n".to_owned(),
            false => format!("People in the middle of it:\n{text}"),
        })
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
            bail!("somebody else has published meanwhile; look at what changes again")
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
        let text = text.map_err(|why| anyhow::anyhow!("{path} cannot be read: {why}"))?;
        files = files.with(&path, &text);
    }
    Ok(files)
}

fn agreed(options: &Options, verb: &str) -> Result<bool> {
    if options.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!("nobody is there to ask; say --yes to go on without a question");
    }
    out::text(format_args!("{verb}? [y/N] "))?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let said = line.trim().to_lowercase();
    Ok(["y", "yes", "j", "ja"].contains(&said.as_str()))
}

fn people(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    }
}

/// The changes, in an editor's words.
fn told(changes: &Changes) -> String {
    let mut text = String::new();
    for (what, flows) in [
        ("new flow", &changes.flows_added),
        ("flow removed", &changes.flows_removed),
    ] {
        for flow in flows {
            let _ = writeln!(text, "  {what}: {flow}");
        }
    }
    for ((flow, step), change) in &changes.steps {
        let _ = match change {
            StepChange::Added => writeln!(text, "  new step: {flow}/{step}"),
            StepChange::Changed => writeln!(text, "  step changed: {flow}/{step}"),
            StepChange::AsksOther => writeln!(text, "  asks something else: {flow}/{step}"),
            StepChange::Moved(to) => writeln!(text, "  step moved: {flow}/{step} -> {to}"),
            StepChange::Removed => writeln!(text, "  step removed: {flow}/{step}"),
        };
    }
    for file in &changes.files {
        let _ = writeln!(text, "  changed: {file}");
    }
    for (lang, texts) in &changes.texts {
        let _ = writeln!(
            text,
            "  texts in {lang}: {} new, {} changed, {} removed",
            texts.added, texts.changed, texts.removed
        );
    }
    text
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

    #[test]
    fn changes_are_told_in_words() {
        let mut changes = Changes {
            flows_added: vec!["interpreter".to_owned()],
            files: vec!["flows/facts.toml".to_owned()],
            ..Changes::default()
        };
        let at = |step: &str| ("work".to_owned(), step.to_owned());
        let moved = StepChange::Moved("months".to_owned());
        changes.steps.insert(at("duration"), moved);
        changes.steps.insert(at("card"), StepChange::Removed);
        let texts = crate::content::TextChanges {
            added: 2,
            changed: 1,
            removed: 0,
        };
        changes.texts.insert(crate::model::Lang::new("ar"), texts);
        insta::assert_snapshot!(told(&changes), @r"
          new flow: interpreter
          step removed: work/card
          step moved: work/duration -> months
          changed: flows/facts.toml
          texts in ar: 2 new, 1 changed, 0 removed
        ");
    }
}
