//! `lotse facts`: what somebody has to look up again.

use super::origin::{FolderArg, Origin};
use super::{out, verdict_or_trouble, words};
use crate::content::{Looked, Recheck, Told};
use crate::model::Lang;
use anyhow::Result;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::process::ExitCode;

/// List facts and services that have to be checked again, oldest first.
#[derive(Debug, Args)]
#[command(
    after_help = "For each: when it was checked and by whom, whether people are told it (stated; open: never established; no
longer stated), from which day on they are not told it any more if nobody looks again, until when its last value holds, its source,
and the steps that use it. Who has opened the source writes checked_on and checked_by anew, in flows/facts.toml or
flows/services.toml.

Examples:
  lotse facts                     the content in this folder
  lotse facts content --lang de   another folder, in German
  lotse facts --on 2027-03-01     as it will be on that day
  lotse facts --format json       one line for each, for programs"
)]
pub struct Options {
    #[command(flatten)]
    folder: FolderArg,
    /// Language of the list: de or en.
    #[arg(long)]
    lang: Option<String>,
    /// The day that is asked about; today, if it is not named.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object on each line, for programs.
    Json,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    verdict_or_trouble(list(options))
}

fn list(options: &Options) -> Result<bool> {
    let content = Origin::find(options.folder.path())?.content()?;
    let all = content.rechecks(options.on.unwrap_or_else(|| words::now().date()));
    match options.format {
        Format::Json => {
            for one in &all {
                out::line(object(one))?;
            }
        }
        Format::Text => {
            let lang = words::editor_language(options.lang.as_deref());
            out::text(table(&all, &lang))?;
        }
    }
    Ok(true)
}

fn object(one: &Recheck<'_>) -> serde_json::Value {
    let day = |day: Option<Date>| day.map(|d| d.to_string());
    serde_json::json!({
        "kind": match one.kind {
            Looked::Fact => "fact",
            Looked::Service => "service",
        },
        "id": one.id,
        "state": match one.told {
            Told::Stated => "stated",
            Told::Open => "open",
            Told::Silent => "no longer stated",
        },
        "checked_on": one.checked_on.to_string(),
        "checked_by": one.checked_by,
        "silent_from": day(one.silent_from),
        "valid_to": day(one.valid_to),
        "source": one.source,
        "steps": one.steps,
    })
}

/// The words of the list in one language.
struct Said {
    heads: [&'static str; 4],
    kinds: [&'static str; 2],
    stated: &'static str,
    open: &'static str,
    silent: &'static str,
    by: &'static str,
    until: &'static str,
    used: &'static str,
    unused: &'static str,
}

const ENGLISH: Said = Said {
    heads: ["checked on", "silent from", "state", "what"],
    kinds: ["fact", "service"],
    stated: "stated",
    open: "open",
    silent: "no longer stated",
    by: "checked by",
    until: "its last value holds until",
    used: "used by",
    unused: "used by no step",
};

const GERMAN: Said = Said {
    heads: ["geprüft am", "schweigt ab", "Stand", "was"],
    kinds: ["Angabe", "Dienst"],
    stated: "wird genannt",
    open: "offen",
    silent: "nicht mehr genannt",
    by: "geprüft von",
    until: "der letzte Wert gilt bis",
    used: "gebraucht von",
    unused: "von keinem Schritt gebraucht",
};

fn table(all: &[Recheck<'_>], lang: &Lang) -> String {
    let said = match lang.as_str().starts_with("de") {
        true => GERMAN,
        false => ENGLISH,
    };
    let state = |told: Told| match told {
        Told::Stated => said.stated,
        Told::Open => said.open,
        Told::Silent => said.silent,
    };
    let row = |[checked, silent, state, what]: [&str; 4]| {
        format!("{checked:10}  {silent:11}  {state:18}  {what}\n")
    };
    let mut text = row(said.heads);
    for one in all {
        let silent = one.silent_from.map_or("–".to_owned(), |d| d.to_string());
        let kind = match one.kind {
            Looked::Fact => said.kinds[0],
            Looked::Service => said.kinds[1],
        };
        let what = format!("{kind} {}", one.id);
        let checked = one.checked_on.to_string();
        text.push_str(&row([&checked, &silent, state(one.told), &what]));
        let mut more = vec![format!("{} {}", said.by, one.checked_by)];
        more.extend(one.valid_to.map(|day| format!("{} {day}", said.until)));
        more.push(one.source.to_owned());
        more.push(match one.steps.is_empty() {
            true => said.unused.to_owned(),
            false => format!("{} {}", said.used, one.steps.join(", ")),
        });
        for line in more {
            text.push_str(&format!("    {line}\n"));
        }
    }
    let count = |told: Told| all.iter().filter(|one| one.told == told).count();
    let sums = [Told::Stated, Told::Open, Told::Silent];
    let sums = sums.map(|told| format!("{}: {}", state(told), count(told)));
    text.push_str(&format!("\n{}\n", sums.join(", ")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn all() -> Vec<Recheck<'static>> {
        vec![
            Recheck {
                kind: Looked::Service,
                id: "advice",
                told: Told::Silent,
                checked_on: date(2026, 3, 1),
                checked_by: "Amina Yusuf",
                silent_from: Some(date(2026, 8, 29)),
                valid_to: None,
                source: "https://www.example.org",
                steps: vec!["work/advice".into(), "find_work/where".into()],
            },
            Recheck {
                kind: Looked::Fact,
                id: "minimum_wage",
                told: Told::Stated,
                checked_on: date(2026, 11, 1),
                checked_by: "Amina Yusuf",
                silent_from: Some(date(2027, 1, 1)),
                valid_to: Some(date(2026, 12, 31)),
                source: "https://www.gesetze-im-internet.de/milog/__1.html",
                steps: vec!["work/wage".into()],
            },
            Recheck {
                kind: Looked::Fact,
                id: "work_ban",
                told: Told::Open,
                checked_on: date(2026, 11, 21),
                checked_by: "nobody",
                silent_from: None,
                valid_to: None,
                source: "https://www.gesetze-im-internet.de/asylvfg_1992/__61.html",
                steps: Vec::new(),
            },
        ]
    }

    #[test]
    fn the_list_is_read_in_german_and_in_english() {
        insta::assert_snapshot!(
            ["de", "en"]
                .map(|lang| table(&all(), &Lang::new(lang)))
                .join("\n")
        );
    }

    #[test]
    fn programs_read_a_line_for_each() {
        insta::assert_snapshot!(object(&all()[1]));
    }
}
