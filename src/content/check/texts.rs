//! Texts: there, used, not empty, with nothing in them that they do not get.

use super::expected::{Expected, Plan};
use super::pattern::Parts;
use crate::content::builtin;
use crate::content::diagnostic::{Both, Code, Diagnostic, FileText, Problems, Span};
use crate::content::files::Files;
use crate::content::known::side_by_side;
use crate::content::near::did_you_mean;
use crate::content::parse::ftl::TextFile;
use crate::content::parse::settings::SettingsFile;
use crate::content::paths::TEXT_FILES;
use crate::model::Lang;
use fluent_syntax::ast::{Message, Pattern};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn check(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    files.each_text(problems, |text, problems| {
        if belongs(files, settings, text, problems) {
            if text.doubled {
                twice(text, problems);
            }
            if let Some(plan) = plans.get(&text.name) {
                contents(text, plan, problems);
            }
        }
    });
    let strays: Vec<Diagnostic> = problems.of(Code::StrayFile).cloned().collect();
    let plans: Vec<(&String, &Plan)> = plans.iter().collect();
    let found = side_by_side(&plans, |plans| {
        let mut problems = Problems::default();
        for (name, plan) in plans {
            for (lang, _) in &settings.languages {
                missing(files, settings, (lang, name, plan), &strays, &mut problems);
            }
        }
        problems.into_list()
    });
    found.into_iter().for_each(|some| problems.add(some));
}

/// Whether the file has a flow and a language; reports it if it has no flow.
fn belongs(
    files: &Files,
    settings: &SettingsFile,
    text: &TextFile,
    problems: &mut Problems,
) -> bool {
    let offered = settings.languages.iter().any(|(l, _)| *l == text.lang);
    // Words of commands count in every language.
    if !offered && text.name != "commands" {
        // Said once for the whole language.
        return false;
    }
    let known = files.flows.contains_key(&text.name) || TEXT_FILES.contains(&text.name.as_str());
    if !known {
        let message = Both::new(
            format!(
                "zu dieser Datei gibt es keinen Ablauf flows/{}.toml",
                text.name
            ),
            format!("there is no flow flows/{}.toml for this file", text.name),
        );
        let names = files
            .flows
            .keys()
            .map(String::as_str)
            .chain(TEXT_FILES.iter().copied());
        problems
            .at(Code::StrayFile, &text.file, 0..0, message)
            .help_if(did_you_mean(&text.name, names));
    }
    known
}

fn twice(text: &TextFile, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for message in text.messages() {
        let id = message.id.name;
        if !seen.insert(id) {
            report_twice(text, id, problems);
        }
        let mut labels = BTreeSet::new();
        for attribute in &message.attributes {
            if !labels.insert(attribute.id.name) {
                report_twice(text, attribute.id.name, problems);
            }
        }
    }
}

fn report_twice(text: &TextFile, id: &str, problems: &mut Problems) {
    let message = Both::new(
        format!("`{id}` steht hier zum zweiten Mal; nur das erste zählt"),
        format!("`{id}` is here for the second time; only the first counts"),
    );
    problems
        .at(Code::TextTwice, &text.file, text.span(id), message)
        .help("Löschen Sie eines von beiden", "Delete one of the two");
}

/// Reports texts and labels that nothing says.
pub(super) fn unused(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    files.each_text(problems, |text, problems| {
        let offered = settings.languages.iter().any(|(l, _)| *l == text.lang);
        let read = offered || text.name == "commands";
        if let Some(plan) = plans.get(&text.name).filter(|_| read) {
            unused_in(text, plan, problems);
        }
    });
}

fn unused_in(text: &TextFile, plan: &Plan, problems: &mut Problems) {
    for message in text.messages() {
        let id = message.id.name;
        let Some(expected) = plan.get(id) else {
            let said = Both::new(
                format!("den Text `{id}` sagt niemand"),
                format!("nobody says the text `{id}`"),
            );
            let missing = plan
                .iter()
                .map(|e| e.id.as_str())
                .filter(|e| text.message(e).is_none());
            let near = crate::content::near::nearest(id, missing).map(|near| {
                Both::new(
                    format!("Meinten Sie `{near}`?"),
                    format!("Did you mean `{near}`?"),
                )
            });
            let help = near.unwrap_or_else(|| {
                Both::new(
                    "Löschen Sie ihn, oder legen Sie den Schritt dazu an",
                    "Delete it, or add the step that says it",
                )
            });
            problems
                .at(Code::TextUnused, &text.file, text.span(id), said)
                .help_if(Some(help));
            continue;
        };
        for attribute in &message.attributes {
            let name = attribute.id.name;
            if expected.labels.iter().any(|l| l.id == name) || expected.optional.contains(&name) {
                continue;
            }
            let said = Both::new(
                format!("zu `.{name}` gibt es keine Antwort"),
                format!("there is no option for `.{name}`"),
            );
            let known = expected
                .labels
                .iter()
                .map(|l| l.id.as_str())
                .chain(expected.optional.iter().copied());
            problems
                .at(Code::LabelUnused, &text.file, text.span(name), said)
                .help_if(did_you_mean(name, known.collect::<Vec<_>>()));
        }
    }
}

fn contents(text: &TextFile, plan: &Plan, problems: &mut Problems) {
    for (message, gist) in text.gists() {
        let mut gists = gist.value.iter().chain(&gist.attributes);
        if gists.all(|g| g.plain) {
            continue;
        }
        let Some(expected) = plan.get(message.id.name) else {
            continue;
        };
        if let Some(value) = &message.value {
            content(text, message.id.name, value, expected, problems);
        }
        for attribute in &message.attributes {
            content(
                text,
                attribute.id.name,
                &attribute.value,
                expected,
                problems,
            );
        }
    }
}

fn content(
    text: &TextFile,
    name: &str,
    pattern: &Pattern<&str>,
    expected: &Expected,
    problems: &mut Problems,
) {
    let parts = Parts::of(pattern);
    if !parts.has_words && parts.foreign.is_empty() {
        let said = Both::new(
            format!("`{name}` hat keine Worte"),
            format!("`{name}` has no words"),
        );
        problems
            .at(Code::TextEmpty, &text.file, text.span(name), said)
            .help("Schreiben Sie den Text hin", "Write the text");
    }
    for foreign in &parts.foreign {
        let variable = expected.has_variable(foreign);
        let said = if variable {
            Both::new(
                format!("setzen Sie ein `$` vor `{foreign}`"),
                format!("put a `$` before `{foreign}`"),
            )
        } else {
            Both::new(
                format!("`{foreign}` ist in Texten nicht möglich"),
                format!("`{foreign}` is not possible in texts"),
            )
        };
        problems
            .at(Code::NotInTexts, &text.file, text.span(foreign), said)
            .help_if(Some(if variable {
                Both::new(
                    format!("Schreiben Sie: {{ ${foreign} }}"),
                    format!("Write: {{ ${foreign} }}"),
                )
            } else {
                Both::new(
                    "Möglich sind Variablen wie { $age } und eine Auswahl nach einer Variablen",
                    "Possible are variables like { $age } and a choice by a variable",
                )
            }));
    }
    for (variable, place) in &parts.variables {
        if !expected.has_variable(variable) {
            unknown_variable(text, variable, place, expected, problems);
        }
    }
}

fn unknown_variable(
    text: &TextFile,
    variable: &str,
    place: &str,
    expected: &Expected,
    problems: &mut Problems,
) {
    let said = Both::new(
        format!("die Variable `${variable}` bekommt dieser Text nicht"),
        format!("this text does not get the variable `${variable}`"),
    );
    let help = match variable.strip_prefix("fact_") {
        Some(fact)
            if !expected
                .variables()
                .any(|v| v.starts_with("fact_") && near(v, variable)) =>
        {
            Some(Both::new(
                format!("Schreiben Sie beim Schritt in der .toml-Datei: facts = [\"{fact}\"]"),
                format!("Write in the step in the .toml file: facts = [\"{fact}\"]"),
            ))
        }
        _ => did_you_mean(variable, expected.variables()),
    };
    problems
        .at(Code::UnknownVariable, &text.file, text.span(place), said)
        .help_if(help);
}

fn near(known: &str, word: &str) -> bool {
    crate::content::near::nearest(word, [known]).is_some()
}

/// What a language lacks. In the source language each text is an error of its own, at the place that needs it;
/// in the others it is one warning for each file, for there the whole step is shown in the fallback language.
fn missing(
    files: &Files,
    settings: &SettingsFile,
    (lang, name, plan): (&Lang, &str, &Plan),
    strays: &[Diagnostic],
    problems: &mut Problems,
) {
    let text = files.text(lang, name);
    if text.is_some_and(|t| t.faulty) {
        return;
    }
    let path: Arc<str> = format!("locales/{lang}/{name}.ftl").into();
    // The file is there, but cannot be read, or stands in another place.
    if files.is_unread(&path) || strays.iter().any(|d| d.message.en.contains(&*path)) {
        return;
    }
    let message = |e: &Expected| text.and_then(|t| t.message(&e.id));
    if *lang == settings.settings.source {
        if text.is_none() && no_file(&path, plan, problems) {
            return;
        }
        for expected in plan.iter().filter(|e| e.needed || message(e).is_some()) {
            missing_in_source(&path, text, expected, message(expected), problems);
        }
        return;
    }
    // Only counsellors see topics and reasons, and they read German or English.
    if text.is_none() && ["topics", "reasons"].contains(&name) {
        return;
    }
    let lacks: Vec<String> = plan
        .iter()
        .flat_map(|e| match message(e) {
            Some(m) if m.value.is_some() => {
                let without = e
                    .labels
                    .iter()
                    .filter(|l| !m.attributes.iter().any(|a| a.id.name == l.id));
                without.map(|l| format!("{}.{}", e.id, l.id)).collect()
            }
            Some(_) => vec![e.id.clone()],
            None if e.needed => vec![e.id.clone()],
            None => Vec::new(),
        })
        .collect();
    if lacks.is_empty() {
        return;
    }
    let (count, list) = (
        lacks.len(),
        lacks.iter().take(8).cloned().collect::<Vec<_>>().join(", "),
    );
    let more = if count > 8 { ", …" } else { "" };
    let said = match (text, count) {
        (None, _) => Both::new(
            format!("in dieser Sprache fehlt die Datei, und mit ihr: {list}{more}"),
            format!("the file is missing in this language, and with it: {list}{more}"),
        ),
        (_, 1) => Both::new(
            format!("in dieser Sprache fehlt ein Text: {list}"),
            format!("a text is missing in this language: {list}"),
        ),
        _ => Both::new(
            format!("in dieser Sprache fehlen {count} Texte: {list}{more}"),
            format!("{count} texts are missing in this language: {list}{more}"),
        ),
    };
    let file = text.map_or_else(|| missing_file(&path), |t| t.file.clone());
    problems
        .at(Code::TextMissing, &file, 0..0, said)
        .warning()
        .help(
            format!("`lotse scaffold {lang}` legt Platz dafür an; bis dahin sehen Menschen diese Schritte in der Ersatzsprache"),
            format!("`lotse scaffold {lang}` makes a place for it; until then people see these steps in the fallback language"),
        );
}

/// Says once that a file of the source language is not there, at the flow that needs it; `false`: nothing needs it so much.
fn no_file(path: &Arc<str>, plan: &Plan, problems: &mut Problems) -> bool {
    let needed: Vec<&Expected> = plan.iter().filter(|e| e.needed).collect();
    let Some(first) = needed.iter().find(|e| !program_says(path, &e.id, None)) else {
        return false;
    };
    let place = first.place.clone();
    let (file, span) = place.unwrap_or_else(|| (missing_file(path), 0..0));
    let said = Both::new(
        format!("die Datei {path} fehlt"),
        format!("the file {path} is missing"),
    );
    let list: Vec<String> = needed
        .iter()
        .take(8)
        .map(|e| match e.labels.as_slice() {
            [] => e.id.clone(),
            labels => {
                let labels: Vec<String> = labels.iter().map(|l| format!(".{}", l.id)).collect();
                format!("{} ({})", e.id, labels.join(" "))
            }
        })
        .collect();
    let list = list.join(", ") + if needed.len() > 8 { ", …" } else { "" };
    problems.at(Code::TextMissing, &file, span, said).help(
        format!("Legen Sie sie an, mit einer Zeile für jeden Text, name = …: {list}"),
        format!("Create it, with a line for each text, name = …: {list}"),
    );
    true
}

/// A file that is not there.
fn missing_file(path: &Arc<str>) -> FileText {
    FileText {
        path: Arc::clone(path),
        text: "".into(),
    }
}

/// Whether the program has words of its own for what a file lacks: then it is no reason to stand still.
fn program_says(path: &str, id: &str, label: Option<&str>) -> bool {
    let rest = path
        .strip_prefix("locales/")
        .and_then(|p| p.strip_suffix(".ftl"));
    let place = rest.and_then(|rest| rest.split_once('/'));
    place.is_some_and(|(lang, file)| builtin::has(&Lang::new(lang), file, id, label))
}

fn missing_in_source(
    path: &Arc<str>,
    text: Option<&TextFile>,
    expected: &Expected,
    message: Option<&Message<&str>>,
    problems: &mut Problems,
) {
    let nowhere = || {
        let file = text.map_or_else(|| missing_file(path), |t| t.file.clone());
        (file, 0..0)
    };
    let id = &expected.id;
    if message.is_none_or(|m| m.value.is_none()) {
        let (file, span) = expected.place.clone().unwrap_or_else(nowhere);
        let said = Both::new(
            format!("zu `{id}` fehlt der Text"),
            format!("the text of `{id}` is missing"),
        );
        let finding = problems.at(Code::TextMissing, &file, span, said);
        if program_says(path, id, None) {
            finding.warning().help(
                format!("Bis dahin sagt das Programm es mit eigenen Worten. Schreiben Sie in {path}: {id} = …"),
                format!("Until then the program says it in its own words. Write in {path}: {id} = …"),
            );
        } else {
            finding.help(
                format!("Schreiben Sie in {path}: {id} = …"),
                format!("Write in {path}: {id} = …"),
            );
        }
    }
    // Without the text the whole message is missing, and with it its labels: said once is enough.
    let Some(message) = message else { return };
    for label in &expected.labels {
        if message.attributes.iter().any(|a| a.id.name == label.id) {
            continue;
        }
        let place = match (&expected.place, &label.span) {
            (Some((file, _)), Some(span)) => Some((file.clone(), span.clone())),
            _ => text.map(|t| (t.file.clone(), t.span(message.id.name))),
        };
        let (file, span): (FileText, Span) = place.unwrap_or_else(nowhere);
        let label = &label.id;
        let said = Both::new(
            format!("zu `{label}` fehlt die Beschriftung"),
            format!("the label of `{label}` is missing"),
        );
        let mut finding = problems.at(Code::LabelMissing, &file, span, said);
        if program_says(path, id, Some(label)) {
            finding = finding.warning();
        }
        finding.help(
            format!("Schreiben Sie in {path} unter `{id}`, eingerückt: .{label} = …"),
            format!("Write in {path} below `{id}`, indented: .{label} = …"),
        );
    }
}
