//! `lotse test`: runs transcripts in every language and tells what no transcript reaches.

use super::origin::Origin;
use super::out;
use super::{verdict, words};
use crate::content::Content;
use crate::engine::talk::{self, Coverage, Talk};
use crate::model::Lang;
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Run the transcripts tests/flows/*.talk in every language.
#[derive(Debug, Args)]
#[command(after_help = "Ends with 0 if all transcripts pass, else with 1.

Examples:
  lotse test                   the transcripts of the content in this folder
  lotse test content --lang ar another folder, only in Arabic
  lotse test --missing         name every step and option that no transcript reaches")]
pub struct Options {
    /// The folder that holds flows/, locales/ and tests/flows/.
    folder: Option<PathBuf>,
    /// Only in this language.
    #[arg(long)]
    lang: Option<String>,
    /// Name every step and option that no transcript reaches.
    #[arg(long)]
    missing: bool,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let folder = options.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let content = Origin::Folder(super::origin::folder(&folder)?).content()?;
    let languages = match &options.lang {
        Some(tag) => vec![words::offered(&content, tag)?],
        None => content
            .settings
            .languages
            .iter()
            .map(|l| l.lang.clone())
            .collect(),
    };
    let talks = transcripts(&folder.join("tests/flows"))?;
    let outcome = play(&content, &languages, &talks);
    for failure in &outcome.failures {
        out::line(failure)?;
    }
    out::line(outcome.summary(&content, talks.len(), &languages))?;
    if options.missing {
        let missing = Coverage::all(&content).without(&outcome.coverage);
        for step in &missing.steps {
            out::line(format_args!("  no transcript reaches the step {step}"))?;
        }
        for option in &missing.options {
            out::line(format_args!("  no transcript chooses {option}"))?;
        }
    }
    Ok(verdict(outcome.failures.is_empty()))
}

/// File name and text, sorted by name.
fn transcripts(folder: &Path) -> Result<Vec<(String, String)>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("the transcripts in {} cannot be read", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "talk") {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    if found.is_empty() {
        bail!("there is no transcript (*.talk) in {}", folder.display());
    }
    Ok(found)
}

/// What came of all runs.
#[derive(Debug, Default)]
struct Outcome {
    runs: usize,
    failures: Vec<String>,
    coverage: Coverage,
}

fn play(content: &Content, languages: &[Lang], talks: &[(String, String)]) -> Outcome {
    let mut outcome = Outcome::default();
    for (file, text) in talks {
        match talk::parse(text) {
            Ok(talk) => languages
                .iter()
                .for_each(|lang| outcome.add(content, file, &talk, lang)),
            Err(error) => outcome.failures.push(format!("{file}, {error}\n")),
        }
    }
    outcome
}

impl Outcome {
    fn add(&mut self, content: &Content, file: &str, talk: &Talk, lang: &Lang) {
        self.runs += 1;
        match talk::run(content, talk, lang) {
            Ok(reached) => self.coverage.extend(reached),
            Err(diff) => self
                .failures
                .push(format!("{file} [{lang}] {}\n{diff}", talk.title)),
        }
    }

    fn summary(&self, content: &Content, talks: usize, languages: &[Lang]) -> String {
        let all = Coverage::all(content);
        let part = |reached: usize, all: usize| match all {
            0 => "none".to_owned(),
            all => format!("{reached} of {all} ({} %)", reached * 100 / all),
        };
        let tags: Vec<&str> = languages.iter().map(Lang::as_str).collect();
        format!(
            "{talks} transcripts in {}: {} runs, {} failed\nsteps reached: {}, options chosen: {}",
            tags.join(", "),
            self.runs,
            self.failures.len(),
            part(self.coverage.steps.len(), all.steps.len()),
            part(self.coverage.options.len(), all.options.len()),
        )
    }
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
        let outcome = play(&content, &languages, &talks);
        let text = outcome.failures.join("") + &outcome.summary(&content, 3, &languages);
        // The line after these counts the steps of the shipped content, which changes with it.
        let lines: Vec<&str> = text.lines().take(10).collect();
        insta::assert_snapshot!(lines.join("\n"));
        assert_eq!(outcome.coverage.steps.len(), 1);
    }
}
