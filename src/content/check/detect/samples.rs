//! Examples, counter-examples and check questions of all languages.

use super::offered::is_offered;
use crate::content::detect::{OTHER, SMALLTALK};
use crate::content::diagnostic::{Both, Code, FileText, Noted, Problems};
use crate::content::files::Files;
use crate::content::parse::detect::DetectFiles;
use crate::content::parse::detect::tongue::{Mark, Marks, TongueFile, is_script};
use std::collections::HashMap;
use std::sync::Arc;

/// As many examples does a class need over all languages (`shared/detection.md`: ten for each language is the knee, and
/// four languages are the fewest that teach a model what is common to them).
const FEWEST: usize = 40;

pub(super) fn check(files: &Files, classes: &FileText, problems: &mut Problems) {
    let detect = &files.detect;
    let sound = || detect.tongues.iter().filter(|t| !t.broken);
    for tongue in sound() {
        for (id, marks) in &tongue.marks {
            detect.unknown(&tongue.file, id, marks.header.clone(), problems);
        }
        if !is_script(&tongue.lang) {
            missing(detect, tongue, is_offered(files, &tongue.lang), problems);
            questions(detect, tongue, problems);
        }
    }
    if sound().count() == detect.tongues.len() && !detect.tongues.is_empty() {
        few(detect, classes, problems);
    }
    twice(sound(), problems);
}

/// Classes of which a file says nothing. Where a human has to look and the bot speaks that language, it is an error.
fn missing(detect: &DetectFiles, tongue: &TongueFile, offered: bool, problems: &mut Problems) {
    let (mut pressing, mut other) = (Vec::new(), Vec::new());
    for (id, at) in detect.classes() {
        let samples = tongue.tongue.samples.get(&id.value);
        let silent = samples.is_none_or(|s| s.phrases.is_empty() && s.examples.is_empty());
        match (samples, silent) {
            (_, true) if offered && at.class.level.is_some() => pressing.push(&*id.value),
            (None, _) => other.push(&*id.value),
            _ => {}
        }
    }
    lacks(tongue, &pressing, problems);
    if let Some(found) = lacks(tongue, &other, problems) {
        found.warning();
    }
}

fn lacks<'p>(
    tongue: &TongueFile,
    missing: &[&str],
    problems: &'p mut Problems,
) -> Option<Noted<'p>> {
    let first = missing.first()?;
    let (lang, list) = (&tongue.lang, missing.join("`, `"));
    let message = Both::new(
        format!("in der Sprache `{lang}` fehlt: `{list}`"),
        format!("the language `{lang}` lacks: `{list}`"),
    );
    let at = tongue.marks.get(*first).map_or(0..0, |m| m.header.clone());
    let found = problems.at(Code::ClassMissing, &tongue.file, at, message).help(
        format!("Schreiben Sie [{first}] und darunter examples = [\"…\"]: was Menschen schreiben, wenn sie das meinen"),
        format!("Write [{first}] and below it examples = [\"…\"]: what people write when they mean it"),
    );
    Some(found)
}

/// Classes that call a human need a question for the case that it is not sure.
fn questions(detect: &DetectFiles, tongue: &TongueFile, problems: &mut Problems) {
    for (id, at) in detect.classes() {
        let Some(marks) = tongue.marks.get(&id.value) else {
            continue;
        };
        let asked = tongue.tongue.samples.get(&id.value);
        let asked = asked.is_some_and(|s| s.check.is_some());
        if asked || !(at.class.alarms() || at.class.ask) {
            continue;
        }
        let name = &id.value;
        let message = Both::new(
            format!("`{name}` ruft einen Menschen und braucht eine Rückfrage"),
            format!("`{name}` calls a human and needs a check question"),
        );
        problems
            .at(Code::NoCheckQuestion, &tongue.file, marks.header.clone(), message)
            .help(
                "Eine freundliche Frage, auf die man Ja oder Nein sagen kann: check = \"Sind Sie gerade in Gefahr?\"",
                "A kind question that yes and no are answers to: check = \"Are you in danger right now?\"",
            );
    }
}

/// Classes with few examples.
fn few(detect: &DetectFiles, classes: &FileText, problems: &mut Problems) {
    for (id, _) in detect.classes() {
        let tongues = detect.tongues.iter();
        let marks = tongues.filter_map(|t| t.marks.get(&id.value));
        let count: usize = marks.map(|m| m.examples.len()).sum();
        if count >= FEWEST {
            continue;
        }
        let name = &id.value;
        let message = Both::new(
            format!(
                "`{name}` hat in allen Sprachen zusammen {count} Beispiele; nötig sind {FEWEST}"
            ),
            format!("`{name}` has {count} examples in all languages together; {FEWEST} are needed"),
        );
        problems
            .at(Code::FewExamples, classes, id.span.clone(), message)
            .help(
                "Schreiben Sie so, wie Menschen schreiben: kurz, mit Fehlern, ohne das Wort zu nennen",
                "Write as people write: short, with mistakes, without naming the thing",
            );
    }
}

/// Where a message stands.
#[derive(Clone, Copy)]
struct Place<'f> {
    tongue: &'f TongueFile,
    class: &'f str,
    mark: &'f Mark,
}

impl Place<'_> {
    /// File and line, for somebody who looks at another place.
    fn shown(&self) -> String {
        let (line, _) = self.tongue.file.position(self.mark.span.start);
        format!("{}:{line}", self.tongue.file.path)
    }
}

/// What stands in two places that contradict each other, or twice in one.
fn twice<'f>(tongues: impl Iterator<Item = &'f Arc<TongueFile>> + Clone, problems: &mut Problems) {
    let mut examples: HashMap<u64, Place<'f>> = HashMap::new();
    for here in places(tongues.clone(), |marks| &marks.examples) {
        let Some(first) = examples.get(&here.mark.key) else {
            examples.insert(here.mark.key, here);
            continue;
        };
        let one_file = here.tongue.lang == first.tongue.lang;
        match (here.class == first.class, one_file) {
            (true, false) => {}
            (true, true) => again(&here, first, problems),
            (false, _) => two_classes(&here, first, one_file, problems),
        }
    }
    for here in places(tongues, |marks| &marks.counter) {
        match examples.get(&here.mark.key) {
            Some(first) if ![OTHER, SMALLTALK].contains(&first.class) => {
                counter(&here, first, problems);
            }
            _ => {}
        }
    }
}

fn places<'f>(
    tongues: impl Iterator<Item = &'f Arc<TongueFile>>,
    list: impl Fn(&'f Marks) -> &'f Vec<Mark> + Copy,
) -> impl Iterator<Item = Place<'f>> {
    tongues.flat_map(move |tongue| {
        tongue.marks.iter().flat_map(move |(class, marks)| {
            list(marks).iter().map(move |mark| Place {
                tongue,
                class,
                mark,
            })
        })
    })
}

fn again(here: &Place<'_>, first: &Place<'_>, problems: &mut Problems) {
    let place = first.shown();
    let message = Both::new(
        format!("dieses Beispiel steht schon in {place}"),
        format!("this example stands in {place} already"),
    );
    let (file, span) = (&here.tongue.file, here.mark.span.clone());
    problems
        .at(Code::ExampleTwice, file, span, message)
        .help(
            "Zweimal dasselbe lehrt nichts Neues: löschen Sie eines",
            "The same thing twice teaches nothing new: delete one",
        )
        .warning();
}

fn two_classes(here: &Place<'_>, first: &Place<'_>, one_file: bool, problems: &mut Problems) {
    let (class, place) = (first.class, first.shown());
    let message = Both::new(
        format!("dieses Beispiel steht auch bei `{class}`, in {place}"),
        format!("this example stands at `{class}` as well, in {place}"),
    );
    let (file, span) = (&here.tongue.file, here.mark.span.clone());
    let noted = problems.at(Code::ExampleTwice, file, span, message).help(
        "Ein Beispiel gehört zu einer Klasse: löschen Sie eines von beiden",
        "An example belongs to one class: delete one of the two",
    );
    // The same letters may mean two things in two languages.
    if !one_file {
        noted.warning();
    }
}

fn counter(here: &Place<'_>, first: &Place<'_>, problems: &mut Problems) {
    let (class, place) = (first.class, first.shown());
    let message = Both::new(
        format!("dieses Gegenbeispiel steht als Beispiel bei `{class}`, in {place}"),
        format!("this counter-example stands as an example at `{class}`, in {place}"),
    );
    let (file, span) = (&here.tongue.file, here.mark.span.clone());
    let noted = problems.at(Code::ExampleTwice, file, span, message).help(
        "Gegenbeispiele gehören zu keiner Klasse: löschen Sie eines von beiden",
        "Counter-examples belong to no class: delete one of the two",
    );
    if here.class != first.class {
        noted.warning();
    }
}
