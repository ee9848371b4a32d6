//! `lotse status`: how far translations are, and what people write, by which free texts are understood.

use super::origin::{FolderArg, Origin};
use super::{out, translation, verdict, words};
use crate::content::exchange::{Catalogue, Count};
use crate::model::Lang;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::process::ExitCode;

/// Show how far translations are: what is missing, stale, machine-written, reviewed by whom.
#[derive(Debug, Args)]
#[command(
    after_help = "A text with its buttons counts as one. `missing`: not there, or a part of it is not. `stale`: the source has
changed since it was made. `machine`: nobody has signed it off. `reviewed`: somebody has, and nothing has changed since.
Below that: what people write in each language (flows/detect/), by which free texts are understood. Who has read such a file
says so in its head (review, reviewer, reviewed_on).

Ends with 0 if nothing is missing or stale, else with 1; with --strict also 1 if nobody has signed something off.

Examples:
  lotse status                    all languages, in this folder
  lotse status content --lang ar  one language, in another folder
  lotse status --adopt            take down what was translated or changed by hand as made from the present source"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
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
    let mut catalogue = translation::open(&Origin::find(options.folder.path())?)?;
    let languages = match &options.lang {
        Some(tag) => vec![translation::translated(&catalogue, tag)?],
        None => catalogue.languages(),
    };
    if options.adopt {
        let folder = translation::writable(options.folder.path())?;
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
    let understood = recognition(&catalogue, options.lang.as_deref());
    let each = || {
        let counts = all.iter();
        let texts = counts.flat_map(|(lang, counts)| counts.iter().map(move |c| (lang, c)));
        texts.chain(understood.iter().map(|(lang, count)| (lang, count)))
    };
    match options.format {
        Format::Json => {
            for (lang, count) in each() {
                out::line(object(lang, count))?;
            }
        }
        Format::Text => {
            let reader = words::editor_language(None);
            out::text(table(&catalogue, &all, &reader))?;
            out::text(understanding(&understood, &reader))?;
        }
    }
    let counts = || each().map(|(_, count)| count);
    let unfinished = counts().any(|c| c.missing + c.stale > 0);
    let unsigned = counts().any(|c| c.machine > 0);
    Ok(verdict(!(unfinished || options.strict && unsigned)))
}

/// What people write: all languages, or one with its other scripts (`ar`, `ar-Latn`).
fn recognition(catalogue: &Catalogue, only: Option<&str>) -> Vec<(Lang, Count)> {
    let mut all = catalogue.recognition();
    if let Some(tag) = only {
        let script = format!("{tag}-");
        all.retain(|(lang, _)| lang.as_str() == tag || lang.as_str().starts_with(&script));
    }
    all
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

/// The table of what people write, if there is any.
fn understanding(all: &[(Lang, Count)], reader: &Lang) -> String {
    if all.is_empty() {
        return String::new();
    }
    let (title, (_, [texts, missing, stale, machine, reviewed], sums)) =
        match reader.as_str().starts_with("de") {
            true => ("Erkennung freier Texte, flows/detect", GERMAN),
            false => ("how free texts are understood, flows/detect", ENGLISH),
        };
    let width = 8;
    let mut out = format!(
        "{title}\n{:width$}  {texts:>5}  {missing:>7}  {stale:>8}  {machine:>8}  {reviewed:>8}\n",
        ""
    );
    let mut sum = Count::default();
    for (lang, count) in all {
        sum.add(count);
        out.push_str(&row(lang.as_str(), width, count));
    }
    sum.by.clear();
    out.push_str(&row(sums, width, &sum));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::example_folder;

    #[test]
    fn how_free_texts_are_understood_has_its_state_like_texts() {
        let catalogue = Catalogue::open(&example_folder()).unwrap_or_else(|e| panic!("{e:?}"));
        let all = recognition(&catalogue, None);
        insta::assert_snapshot!(understanding(&all, &Lang::new("de")), @"
        Erkennung freier Texte, flows/detect
                  Texte   fehlen  veraltet  Maschine   geprüft
        de           53        –         –        53         –
        en           49        –         –         –        49  Amina Yusuf, 2026-11-01
        alle        102        –         –        53        49
        ");
        insta::assert_snapshot!(understanding(&all, &Lang::new("en")), @"
        how free texts are understood, flows/detect
                  texts  missing     stale   machine  reviewed
        de           53        –         –        53         –
        en           49        –         –         –        49  Amina Yusuf, 2026-11-01
        all         102        –         –        53        49
        ");
        let line = object(&all[1].0, &all[1].1);
        let said = |key: &str| line[key].to_string();
        assert_eq!(
            ["language", "flow", "texts", "machine", "reviewed"].map(said),
            ["\"en\"", "\"detect\"", "49", "0", "49"]
        );
        assert_eq!(line["reviewed_by"][0]["name"], "Amina Yusuf");
        let only: Vec<Lang> = recognition(&catalogue, Some("en"))
            .into_iter()
            .map(|(l, _)| l)
            .collect();
        assert_eq!(only, [Lang::new("en")]);
        assert_eq!(understanding(&[], &Lang::new("en")), "");
    }
}
