//! `lotse test`: runs transcripts in every language and tells what no transcript reaches.

use super::origin::{FolderArg, Origin};
use super::{out, transcripts};
use super::{verdict_or_trouble, words};
use crate::content::{Both, Content, Loaded, Spot, Spots, load};
use crate::engine::Env;
use crate::engine::lint::{self, WalkFault};
use crate::engine::talk::{self, Coverage, Failure, Fault, Outcome};
use crate::model::Lang;
use crate::runtime::origin::places;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Run the transcripts tests/flows/*.talk in every language.
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 if all transcripts pass, 1 if one does not, 2 if they could not be run.

Besides the transcripts it walks through all conversations that the flows allow: everything is answered, the word
for a human works everywhere, labels can be written instead of pressed, and some way leads out. What does not hold is
shown with the shortest way to it.

Examples:
  lotse test                   the transcripts of the content in this folder
  lotse test content --lang ar another folder, only in Arabic
  lotse test --missing         name every step and option that no transcript reaches
  lotse test --update          rewrite what transcripts expect that fail; read the difference before you keep it"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
    /// Only in this language. (What the command itself says is in the language of the system.)
    #[arg(long)]
    lang: Option<String>,
    /// Name every step and option that no transcript reaches.
    #[arg(long)]
    missing: bool,
    /// Rewrite the expected lines of transcripts that fail as the bot behaves now (in the source language, or in --lang).
    #[arg(long)]
    update: bool,
    /// Only the transcripts, without the walk through all conversations.
    #[arg(long)]
    no_walk: bool,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    verdict_or_trouble(all(options))
}

fn all(options: &Options) -> Result<bool> {
    let folder = options.folder.path().unwrap_or(Path::new(".")).to_owned();
    let origin = Origin::Folder(super::origin::folder(&folder)?);
    let (content, spots) = read(&origin)?;
    let languages = match &options.lang {
        Some(tag) => vec![words::offered(&content, tag)?],
        None => content
            .settings
            .languages
            .iter()
            .map(|l| l.lang.clone())
            .collect(),
    };
    let mut talks = transcripts::read(&folder)?;
    if talks.is_empty() {
        let folder = folder.join(transcripts::FOLDER);
        let folder = folder.display();
        bail!(words::said(
            format!("in {folder} gibt es kein Transkript (*.talk)"),
            format!("there is no transcript (*.talk) in {folder}"),
        ));
    }
    if options.update {
        let lang = match &options.lang {
            Some(tag) => words::offered(&content, tag)?,
            None => content.settings.source.clone(),
        };
        update(&content, &folder, &lang, &mut talks)?;
    }
    let outcome = talk::play_all(&content, &languages, &talks);
    let reader = words::editor_language(None);
    for failure in &outcome.failures {
        out::line(told(failure, &reader))?;
    }
    out::line(summary(&outcome, &content, talks.len(), &languages).get(&reader))?;
    if options.missing {
        for line in missing(&content, &spots, &outcome.coverage) {
            out::line(line.get(&reader))?;
        }
    }
    let walked = options.no_walk || walk(&content, &reader)?;
    Ok(outcome.failures.is_empty() && walked)
}

/// A Kreis that some project covers, for the walk: the one of 34497.
const COVERED: &str = "06635";

/// Walks through all conversations; whether everything holds.
fn walk(content: &Content, lang: &Lang) -> Result<bool> {
    let env = Env {
        now: words::now(),
        channel_name: "talk".into(),
        covered: Arc::new([COVERED.to_owned()].into()),
        ..Env::default()
    };
    let walk = lint::walked(content, &env);
    for fault in &walk.faults {
        out::line(fault_told(fault, lang))?;
    }
    let (states, flows, faults) = (walk.states, content.flows.len(), walk.faults.len());
    let said = Both::new(
        format!("durch {states} Zustände von {flows} Abläufen gegangen: {faults} Fehler"),
        format!("walked through {states} states of {flows} flows: {faults} faults"),
    );
    out::line(said.get(lang))?;
    if !walk.cut.is_empty() {
        let cut = walk.cut.join(", ");
        let said = Both::new(
            format!("zu viele Zustände, um alle zu sehen, von: {cut}"),
            format!("too many states to see all of: {cut}"),
        );
        out::line(said.get(lang))?;
    }
    Ok(walk.faults.is_empty())
}

fn fault_told(fault: &WalkFault, lang: &Lang) -> String {
    let mut way = format!("< /{}", fault.flow);
    for input in &fault.way {
        way.push_str("\n  < ");
        way.push_str(input);
    }
    format!("[{}] {}\n  {way}\n", fault.lang, fault.what.get(lang))
}

fn read(origin: &Origin) -> Result<(Content, Spots)> {
    let places = places().context("the tables of postcodes cannot be read")?;
    let Loaded { content, spots, .. } = load(origin.source(), places);
    match content {
        Some(content) => Ok((content, spots)),
        // Reads it once more, to say what is wrong.
        None => Ok((origin.content()?, spots)),
    }
}

/// Rewrites the transcripts that fail.
fn update(
    content: &Content,
    folder: &Path,
    lang: &Lang,
    talks: &mut [(String, String)],
) -> Result<()> {
    for (file, text) in talks {
        let reader = words::editor_language(None);
        let new = match talk::updated(content, text, lang) {
            Ok(Some(new)) => new,
            Ok(None) => continue,
            // Why is told in a moment, with the others that fail.
            Err(_) => {
                let said = Both::new("nicht neu geschrieben", "not rewritten");
                out::line(format_args!("{}: {file}", said.get(&reader)))?;
                continue;
            }
        };
        let path = folder.join(&*file);
        std::fs::write(&path, &new).with_context(|| {
            let path = path.display();
            words::said(
                format!("{path} lässt sich nicht schreiben"),
                format!("{path} cannot be written"),
            )
        })?;
        let said = Both::new("neu geschrieben", "rewritten");
        out::line(format_args!("{}: {file}", said.get(&reader)))?;
        *text = new;
    }
    Ok(())
}

fn told(failure: &Failure, reader: &Lang) -> String {
    let Failure {
        file,
        title,
        lang,
        fault,
    } = failure;
    let lang = lang
        .as_ref()
        .map_or(String::new(), |lang| format!(" [{lang}]"));
    match fault {
        Fault::Differs(diff) => {
            format!("{file}:{}{lang} {title}\n{}", diff.line, diff.shown(reader))
        }
        Fault::Misspelt(slip) => format!("{file}:{} {}\n", slip.line, slip.said.get(reader)),
        Fault::Unreadable(error) => format!("{file}:{} {}\n", error.line, error.what.get(reader)),
    }
}

fn summary(outcome: &Outcome, content: &Content, talks: usize, languages: &[Lang]) -> Both {
    let all = Coverage::all(content);
    let part = |reached: usize, all: usize| match all {
        0 => Both::new("keine", "none"),
        all => {
            let percent = reached * 100 / all;
            Both::new(
                format!("{reached} von {all} ({percent} %)"),
                format!("{reached} of {all} ({percent} %)"),
            )
        }
    };
    let tags: Vec<&str> = languages.iter().map(Lang::as_str).collect();
    let (tags, runs, failed) = (tags.join(", "), outcome.runs, outcome.failures.len());
    let steps = part(outcome.coverage.steps.len(), all.steps.len());
    let options = part(outcome.coverage.options.len(), all.options.len());
    Both::new(
        format!(
            "{talks} Transkripte in {tags}: {runs} Läufe, {failed} fehlgeschlagen\nerreichte Schritte: {}, gewählte Antworten: {}",
            steps.de, options.de
        ),
        format!(
            "{talks} transcripts in {tags}: {runs} runs, {failed} failed\nsteps reached: {}, options chosen: {}",
            steps.en, options.en
        ),
    )
}

/// What no transcript reaches, each with its line.
fn missing(content: &Content, spots: &Spots, reached: &Coverage) -> Vec<Both> {
    let missing = Coverage::all(content).without(reached);
    let place = |spot: Option<Spot>| match spot {
        Some(spot) => format!("{}:{}", spot.file, spot.line),
        None => "flows".to_owned(),
    };
    let step = |key: &str| {
        key.rsplit_once('/')
            .and_then(|(flow, step)| spots.step(flow, step))
    };
    let option = |key: &str| {
        let (at, option) = key.rsplit_once('.')?;
        let (flow, name) = at.rsplit_once('/')?;
        spots.option(flow, name, option).or_else(|| step(at))
    };
    let steps = missing.steps.iter().map(|key| {
        let place = place(step(key));
        Both::new(
            format!("  {place}: kein Transkript kommt zum Schritt {key}"),
            format!("  {place}: no transcript reaches the step {key}"),
        )
    });
    let options = missing.options.iter().map(|key| {
        let place = place(option(key));
        Both::new(
            format!("  {place}: kein Transkript wählt {key}"),
            format!("  {place}: no transcript chooses {key}"),
        )
    });
    steps.chain(options).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Content {
        Origin::Shipped.content().unwrap()
    }

    #[test]
    fn a_failing_transcript_is_shown_with_file_language_and_difference() {
        let talks = [
            (
                "a.talk".to_owned(),
                "# Good\n< /start\n> welcome/language [de en ar]\n".to_owned(),
            ),
            (
                "b.talk".to_owned(),
                "# Bad\n< /start\n> welcome/notice\n".to_owned(),
            ),
            ("c.talk".to_owned(), "# Rubbish\n? what\n".to_owned()),
        ];
        let content = shipped();
        let languages = [Lang::new("de"), Lang::new("ar")];
        let outcome = talk::play_all(&content, &languages, &talks);
        let en = Lang::new("en");
        let told: String = outcome.failures.iter().map(|f| told(f, &en)).collect();
        let text = told + &summary(&outcome, &content, 3, &languages).en;
        // The line after these counts the steps of the shipped content, which changes with it.
        let lines: Vec<&str> = text.lines().take(10).collect();
        insta::assert_snapshot!(lines.join("\n"));
        assert_eq!(outcome.coverage.steps.len(), 1);
    }

    #[test]
    fn what_is_missing_is_named_with_its_line() {
        let (content, spots) = read(&Origin::Shipped).unwrap();
        let lines = missing(&content, &spots, &Coverage::default());
        let stop = lines
            .iter()
            .find(|l| l.en.ends_with("the step stop/stop"))
            .unwrap();
        assert!(stop.en.starts_with("  flows/stop.toml:"), "{stop:?}");
        assert!(stop.de.ends_with("kommt zum Schritt stop/stop"), "{stop:?}");
        let human = lines
            .iter()
            .find(|l| l.en.ends_with("chooses menu/choose.human"));
        assert!(
            human.is_some_and(|l| l.en.starts_with("  flows/menu.toml:")),
            "{human:?}"
        );
    }
}
