//! `docs/diagnostics.md` is the test of the checks: for each code it breaks the example folder in one place and
//! shows what `lotse check` says then.

use super::{PLAYED, STANDING, Standing, played, standing};
use crate::content::{
    Code, Diagnostic, Loaded, MemorySource, Severity, example_folder as folder, load_on, render,
};
use crate::engine::Position;
use crate::model::Lang;
use jiff::civil::{Date, date};
use std::fmt::Write as _;
use std::sync::Arc;

const DOC: &str = include_str!("../../../docs/diagnostics.md");
const TODAY: Date = date(2026, 11, 21);

/// A part of the document that is about one code.
struct Section<'d> {
    code: &'d str,
    /// The example folder with the changes of the section.
    source: MemorySource,
    /// People at steps, as a database tells.
    people: Vec<Standing>,
    /// What is shown as output.
    shown: &'d str,
}

fn blocks(section: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = section;
    while let Some(at) = rest.find("\n```") {
        let block = &rest[at + 4..];
        let (info, body) = block.split_once('\n').expect("a fence ends its line");
        let end = body.find("```").expect("a fence is closed");
        found.push((info, &body[..end]));
        rest = &body[end + 3..];
    }
    found
}

fn sections() -> Vec<Section<'static>> {
    let of = |section: &'static str| {
        let code = &section[..4];
        let mut source = folder();
        let mut shown = "";
        let mut people = Vec::new();
        for (info, body) in blocks(section) {
            match info.split_once(' ') {
                Some(("diff", path)) => apply(&mut source, path, body),
                Some(("copy", paths)) => copy(&mut source, paths),
                Some(("delete", path)) => assert!(source.0.remove(path).is_some(), "{path}"),
                _ if info == "people" => people.extend(body.lines().map(person)),
                _ => shown = body,
            }
        }
        Section {
            code,
            source,
            people,
            shown,
        }
    };
    DOC.split("\n## ")
        .skip(1)
        .filter(|s| s.starts_with('L'))
        .map(of)
        .collect()
}

/// Applies a small diff: lines to take out must be there; lines to put in alone go to the end.
fn apply(source: &mut MemorySource, path: &str, diff: &str) {
    let text = source.0.entry(path.to_owned()).or_default();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut at = None;
    for change in diff.lines() {
        let (sign, line) = change.split_at(1);
        match sign {
            "-" => {
                let found = lines.iter().position(|l| l == line);
                let found = found.unwrap_or_else(|| panic!("{path} has no line {line:?}"));
                lines.remove(found);
                at = Some(found);
            }
            "+" => {
                let place = at.unwrap_or(lines.len());
                lines.insert(place, line.to_owned());
                at = Some(place + 1);
            }
            _ => at = None,
        }
    }
    *text = lines.join("\n") + "\n";
}

/// `work/status choice 5`: five people at a step that asked for a choice.
fn person(line: &str) -> Standing {
    let mut words = line.split(' ');
    let (flow, step) = words
        .next()
        .and_then(|w| w.split_once('/'))
        .expect("flow/step");
    let at = Position {
        flow: flow.into(),
        step: step.into(),
        ask: words.next().expect("what was asked").into(),
    };
    let people = words.next().and_then(|n| n.parse().ok()).expect("how many");
    Standing { at, people }
}

/// `locales/de/ locales/xx/`: every file of one folder, in another as well.
fn copy(source: &mut MemorySource, paths: &str) {
    let (from, to) = paths.split_once(' ').expect("two folders");
    let copies: Vec<_> = source
        .0
        .iter()
        .filter_map(|(path, text)| {
            Some((format!("{to}{}", path.strip_prefix(from)?), text.clone()))
        })
        .collect();
    source.0.extend(copies);
}

fn load(source: &MemorySource, people: &[Standing]) -> Loaded {
    let mut loaded = load_on(source, Arc::default(), Some(TODAY));
    let Some(content) = loaded.content.take() else {
        return loaded;
    };
    let talks: Vec<_> = source
        .0
        .iter()
        .filter(|(p, _)| p.ends_with(".talk"))
        .collect();
    let talks: Vec<_> = talks
        .into_iter()
        .map(|(p, t)| (p.clone(), t.clone()))
        .collect();
    let found = standing(&content, &loaded.spots, people);
    loaded.add(found, STANDING);
    if !talks.is_empty() {
        let found = played(&content, &loaded.spots, &talks);
        loaded.add(found, PLAYED);
    }
    loaded.content = Some(content);
    loaded
}

fn found(section: &Section<'_>) -> Vec<Diagnostic> {
    load(&section.source, &section.people).diagnostics
}

fn output(section: &Section<'_>) -> String {
    let text = render(&found(section), &section.source, &Lang::new("de"), false);
    text.trim_end().to_owned() + "\n"
}

#[test]
fn the_example_folder_is_sound() {
    let source = folder();
    let loaded = load_on(&source, Arc::default(), Some(TODAY));
    assert_eq!(
        render(&loaded.diagnostics, &source, &Lang::new("en"), false),
        ""
    );
    assert!(loaded.content.is_some());
}

#[test]
fn every_code_is_documented_in_order() {
    let documented: Vec<&str> = sections().iter().map(|s| s.code).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(documented, codes);
}

#[test]
fn every_example_shows_its_code_and_nothing_else() {
    for section in sections() {
        let output = output(&section);
        let found = found(&section);
        assert!(!found.is_empty(), "{} is not found", section.code);
        for diagnostic in &found {
            assert_eq!(diagnostic.code.as_str(), section.code, "{output}");
            assert!(!diagnostic.message.en.is_empty());
            assert_ne!(
                diagnostic.message.en, diagnostic.message.de,
                "{}",
                section.code
            );
        }
        assert_eq!(
            output, section.shown,
            "{}: the document shows another output",
            section.code
        );
        let error = found.iter().any(|d| d.severity == Severity::Error);
        let loaded = load(&section.source, &section.people);
        assert_eq!(loaded.content.is_none(), error, "{}", section.code);
    }
}

#[test]
fn every_example_is_explained_in_both_languages() {
    for section in DOC.split("\n## ").skip(1).filter(|s| s.starts_with('L')) {
        let text = section.split("\n```").next().unwrap_or_default();
        let paragraphs = text
            .split("\n\n")
            .skip(1)
            .filter(|p| !p.trim().is_empty())
            .count();
        assert_eq!(paragraphs, 2, "{text}");
    }
}

/// `cargo test --lib print_the_document -- --ignored --nocapture` prints the document with fresh outputs.
#[test]
#[ignore = "a tool for writing the document"]
fn print_the_document() {
    let mut out = String::new();
    for (index, part) in DOC.split("\n## ").enumerate() {
        if index > 0 {
            out.push_str("\n## ");
        }
        let section = sections()
            .into_iter()
            .find(|s| part.starts_with(s.code) && index > 0);
        match (section, part.split_once("\n```text\n")) {
            (Some(section), Some((before, after))) => {
                let rest = after.split_once("```").map_or("", |(_, rest)| rest);
                let _ = write!(out, "{before}\n```text\n{}```{rest}", output(&section));
            }
            _ => out.push_str(part),
        }
    }
    println!("=====\n{out}=====");
}
