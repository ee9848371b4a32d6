//! `lotse status`: how far translations are.

use super::origin::Origin;
use super::{out, translation, verdict, words};
use crate::content::exchange::{Catalogue, Count};
use crate::model::Lang;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show how far translations are: what is missing, stale, machine-written, reviewed by whom.
#[derive(Debug, Args)]
#[command(
    after_help = "A text with its buttons counts as one. `missing`: not there, or a part of it is not. `stale`: the source has
changed since it was made. `machine`: nobody has signed it off. `reviewed`: somebody has, and nothing has changed since.

Ends with 0 if nothing is missing or stale, else with 1; with --strict also 1 if nobody has signed something off.

Examples:
  lotse status                    all languages, in this folder
  lotse status content --lang ar  one language, in another folder
  lotse status --adopt            take down what was translated or changed by hand as made from the present source"
)]
pub struct Options {
    /// The folder that holds flows/ and locales/.
    folder: Option<PathBuf>,
    /// Only this language.
    #[arg(long)]
    lang: Option<String>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What nobody has signed off counts as unfinished.
    #[arg(long)]
    strict: bool,
    /// Take texts without a record, and those changed by hand, as made from the present source.
    #[arg(long)]
    adopt: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table for people.
    Text,
    /// One JSON object on each line, for programs.
    Json,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut catalogue = translation::open(&Origin::find(options.folder.as_deref())?)?;
    let languages = match &options.lang {
        Some(tag) => vec![translation::translated(&catalogue, tag)?],
        None => catalogue.languages(),
    };
    if options.adopt {
        let folder = translation::writable(options.folder.as_deref())?;
        let mut changes = Vec::new();
        for lang in &languages {
            translation::sound(&catalogue, lang, &folder)?;
            let (change, texts) = catalogue.adopt(lang);
            changes.extend(change);
            out::aside(words::said(
                format!(
                    "{lang}: {texts} Texte als Übersetzung der jetzigen Ausgangstexte vermerkt"
                ),
                format!("{lang}: {texts} texts taken down as made from the present source"),
            ));
        }
        translation::write(&folder, &changes)?;
        catalogue = translation::open(&Origin::Folder(folder))?;
    }
    let all: Vec<(Lang, Vec<Count>)> = languages
        .into_iter()
        .map(|lang| {
            let counts = catalogue.counts(&lang);
            (lang, counts)
        })
        .collect();
    match options.format {
        Format::Json => {
            for (lang, count) in all
                .iter()
                .flat_map(|(l, counts)| counts.iter().map(move |c| (l, c)))
            {
                out::line(object(lang, count))?;
            }
        }
        Format::Text => out::text(table(&catalogue, &all, &words::editor_language(None)))?,
    }
    let counts = || all.iter().flat_map(|(_, counts)| counts);
    let unfinished = counts().any(|c| c.missing + c.stale > 0);
    let unsigned = counts().any(|c| c.machine > 0);
    Ok(verdict(!(unfinished || options.strict && unsigned)))
}

fn object(lang: &Lang, count: &Count) -> serde_json::Value {
    let by = count
        .by
        .iter()
        .map(|s| json!({ "name": s.by, "on": s.on.to_string() }));
    json!({
        "language": lang.as_str(),
        "flow": count.file,
        "texts": count.texts,
        "missing": count.missing,
        "stale": count.stale,
        "machine": count.machine,
        "reviewed": count.reviewed,
        "reviewed_by": by.collect::<Vec<_>>(),
    })
}

/// The words of the table: from, the columns, the last row.
const ENGLISH: (&str, [&str; 5], &str) = (
    "from",
    ["texts", "missing", "stale", "machine", "reviewed"],
    "all",
);
const GERMAN: (&str, [&str; 5], &str) = (
    "aus",
    ["Texte", "fehlen", "veraltet", "Maschine", "geprüft"],
    "alle",
);

fn table(catalogue: &Catalogue, all: &[(Lang, Vec<Count>)], reader: &Lang) -> String {
    let (from, [texts, missing, stale, machine, reviewed], sums) =
        match reader.as_str().starts_with("de") {
            true => GERMAN,
            false => ENGLISH,
        };
    let mut out = String::new();
    for (lang, counts) in all {
        let width = counts
            .iter()
            .map(|c| c.file.len())
            .max()
            .unwrap_or(0)
            .max(8);
        out.push_str(&format!(
            "{lang}, {from} {}\n{:width$}  {texts:>5}  {missing:>7}  {stale:>8}  {machine:>8}  {reviewed:>8}\n",
            catalogue.source(),
            ""
        ));
        let mut sum = Count::default();
        for count in counts {
            sum.add(count);
            out.push_str(&row(&count.file, width, count));
        }
        sum.by.clear();
        out.push_str(&row(sums, width, &sum));
        out.push('\n');
    }
    out
}

fn row(name: &str, width: usize, count: &Count) -> String {
    let number = |n: usize| {
        if n == 0 {
            "–".to_owned()
        } else {
            n.to_string()
        }
    };
    let mut people: Vec<&str> = count.by.iter().map(|s| s.by.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let last = count.by.iter().map(|s| s.on).max();
    let by = last.map_or(String::new(), |day| {
        format!("  {}, {day}", people.join(", "))
    });
    format!(
        "{name:width$}  {:>5}  {:>7}  {:>8}  {:>8}  {:>8}{by}\n",
        count.texts,
        number(count.missing),
        number(count.stale),
        number(count.machine),
        number(count.reviewed),
    )
}
