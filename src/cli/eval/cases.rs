//! Messages whose meaning is known, out of files.

use crate::content::{Detect, nearest};
use crate::model::{Lang, Level};
use crate::text::key;
use crate::triage::measure::Case;
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Faults that are shown; more of them are mostly one and the same.
const SHOWN: usize = 20;

/// Where a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: String,
    line: usize,
}

impl Place {
    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.file, self.line))
    }
}

#[derive(Deserialize)]
struct Line {
    text: String,
    lang: Option<String>,
    topic: Option<String>,
    handoff: Option<String>,
}

/// Reads files. What is wrong in them is told all at once.
pub fn read(detect: &Detect, files: &[PathBuf]) -> Result<Vec<(Place, Case)>> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let name = name(file);
        let mut add = |line: usize, case: Result<Case, String>| {
            let file = name.clone();
            let place = Place { file, line };
            match case {
                Ok(case) => found.push((place, case)),
                Err(why) => faults.push(format!("{place}: {why}")),
            }
        };
        match text.trim_start().starts_with('[') {
            true => array(file, &text)?
                .into_iter()
                .enumerate()
                .for_each(|(at, line)| add(at + 1, harmless(line))),
            false => text
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty())
                .for_each(|(at, line)| add(at + 1, case(detect, line))),
        }
    }
    if !faults.is_empty() {
        let more = faults.len().saturating_sub(SHOWN);
        faults.truncate(SHOWN);
        if more > 0 {
            faults.push(format!("and {more} more"));
        }
        bail!("these lines cannot be used:\n{}", faults.join("\n"));
    }
    if found.is_empty() {
        bail!("there are no messages in these files");
    }
    Ok(found)
}

fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

fn array(file: &Path, text: &str) -> Result<Vec<Line>> {
    serde_json::from_str(text)
        .with_context(|| format!("{} is no array of {{\"text\", \"lang\"}}", file.display()))
}

/// A message of an array: nobody has to look at it, unless it says otherwise, which arrays do not.
fn harmless(line: Line) -> Result<Case, String> {
    match (line.topic, line.handoff) {
        (None, None) => Ok(Case {
            text: line.text,
            lang: language(line.lang),
            topic: None,
            level: None,
        }),
        _ => Err("messages with a topic stand on lines of their own, not in an array".to_owned()),
    }
}

/// A language by the name that the content uses (`ku` for `kmr`).
fn language(tag: Option<String>) -> String {
    tag.map_or_else(|| "?".to_owned(), |tag| Lang::new(&tag).to_string())
}

pub(super) fn case(detect: &Detect, line: &str) -> Result<Case, String> {
    let line: Line = serde_json::from_str(line)
        .map_err(|_| "no {\"text\": \"…\", \"lang\", \"topic\", \"handoff\"}".to_owned())?;
    let class = match line.topic.as_deref() {
        Some(topic) => Some(detect.class(topic).ok_or_else(|| unknown(detect, topic))?),
        None => None,
    };
    let level = match line.handoff.as_deref() {
        None => class.and_then(|(_, class)| class.level),
        Some("none") => None,
        Some(word) => Some(Level::parse(word).ok_or_else(|| {
            format!("`{word}` is no handoff: immediate, urgent, soon, normal or none")
        })?),
    };
    Ok(Case {
        text: line.text,
        lang: language(line.lang),
        topic: class.map(|(id, _)| id.to_owned()),
        level,
    })
}

fn unknown(detect: &Detect, topic: &str) -> String {
    match nearest(topic, detect.classes.keys().map(String::as_str)) {
        Some(near) => format!("there is no class `{topic}`; did you mean `{near}`?"),
        None => format!(
            "there is no class `{topic}` in flows/detect/classes.toml; if it has another name now, write formerly = [\"{topic}\"] there"
        ),
    }
}

/// Messages that stand among the examples, each with both places.
pub fn known(detect: &Detect, cases: &[Case], places: &[Place]) -> Vec<String> {
    let mut examples: HashMap<String, String> = HashMap::new();
    for (lang, tongue) in &detect.tongues {
        for (class, samples) in &tongue.samples {
            let all = samples.examples.iter().chain(&samples.counter);
            for example in all.map(|e| key(e)).filter(|k| !k.is_empty()) {
                examples
                    .entry(example)
                    .or_insert_with(|| format!("flows/detect/{lang}.toml [{class}]"));
            }
        }
    }
    let cases = cases.iter().zip(places);
    let known = cases.filter_map(|(case, place)| Some((place, examples.get(&key(&case.text))?)));
    known
        .map(|(place, example)| format!("  {place} stands in {example}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Class, Samples, Tongue};

    fn detect() -> Detect {
        let mut detect = Detect::default();
        let class = Class {
            level: Some(Level::Urgent),
            formerly: vec!["no_work".to_owned()],
            ..Class::default()
        };
        detect.classes.insert("work_ban".to_owned(), class);
        let samples = Samples {
            examples: vec!["Ich darf nicht arbeiten!".to_owned()],
            counter: vec!["Handyverbot".to_owned()],
            ..Samples::default()
        };
        let mut tongue = Tongue::default();
        tongue.samples.insert("work_ban".to_owned(), samples);
        detect.tongues.insert(Lang::new("de"), tongue);
        detect
    }

    #[test]
    fn lines_are_read_with_older_names_and_the_level_of_the_class() {
        let read = |line: &str| case(&detect(), line);
        let old = read(r#"{"text": "x", "lang": "kmr", "topic": "no_work"}"#).unwrap();
        assert_eq!(old.lang, "ku");
        assert_eq!(
            (old.topic.as_deref(), old.level),
            (Some("work_ban"), Some(Level::Urgent))
        );
        let none = read(r#"{"text": "x", "topic": "work_ban", "handoff": "none", "reason": "y"}"#)
            .unwrap();
        assert_eq!((none.lang.as_str(), none.level), ("?", None));
        let why = |line: &str| read(line).unwrap_err();
        assert!(why(r#"{"text": "x", "topic": "workban"}"#).contains("did you mean `work_ban`"));
        assert!(why(r#"{"text": "x", "topic": "zzz"}"#).contains("formerly"));
        assert!(why(r#"{"text": "x", "handoff": "now"}"#).contains("is no handoff"));
        assert!(!why(r#"{"text": 5, "topic": "secret"}"#).contains("secret"));
    }

    #[test]
    fn what_is_known_by_heart_is_found_however_it_is_written() {
        let case = |text: &str| Case {
            text: text.to_owned(),
            lang: "de".to_owned(),
            topic: None,
            level: None,
        };
        let cases = [
            case("ich darf NICHT arbeiten"),
            case("ich darf arbeiten"),
            case("handyverbot"),
        ];
        let places: Vec<Place> = (1..4)
            .map(|line| Place {
                file: "dev.jsonl".to_owned(),
                line,
            })
            .collect();
        let found = known(&detect(), &cases, &places);
        assert_eq!(
            found,
            [
                "  dev.jsonl:1 stands in flows/detect/de.toml [work_ban]",
                "  dev.jsonl:3 stands in flows/detect/de.toml [work_ban]"
            ]
        );
    }
}
