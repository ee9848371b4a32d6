//! `lotse eval`: how well messages are judged whose meaning is known.

mod cases;
mod desk;
mod last;
mod report;
mod thresholds;

use super::judge::{Judge, With};
use super::{out, verdict_or_trouble, words};
use crate::content::Detect;
use crate::model::{Detector, Lang, Triage};
use crate::triage::measure::{self, Case, Limits, Outcome, Point, Report};
use crate::triage::{Reach, Scores, Seen, reach};
use anyhow::{Context as _, Result, bail};
use cases::Place;
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Measure how well messages are judged whose meaning is known.
#[derive(Debug, Args)]
#[command(
    after_help = "A file has one JSON object on each line: {\"text\", \"lang\", \"topic\", \"handoff\"}; handoff is immediate, urgent, soon,
normal or none (left out: the level of the topic's class). A JSON array of {\"text\", \"lang\"} is taken for messages that
nobody has to look at. Older names of classes are understood.

A message that stands among the examples of the content is refused: it would be known by heart.
What is compared with the last run is kept in the data folder, as hashes and numbers, without the messages.

Ends with 0 if it measured, 1 if it refused, 2 if it could not look.

Examples:
  lotse eval dev.jsonl benign.json
  lotse eval dev.jsonl benign.json --no-model      what groups of letters do without weights
  lotse eval dev.jsonl --sweep curve.svg           danger seen against alarms for nothing
  lotse eval dev.jsonl benign.json --content content --set
                                                   choose thresholds and write flows/detect/thresholds.toml
  lotse eval --from-desk candidates.jsonl          what counsellors have set right, for editors to read"
)]
pub struct Options {
    /// Files with messages.
    #[arg(required_unless_present = "from_desk", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Measure nothing; write what counsellors have set right into this file (- is standard output), as far as the
    /// persons agreed, without names, places and numbers, for an editor to read.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "json", "sweep", "set"])]
    from_desk: Option<PathBuf>,
    /// All numbers as one JSON object.
    #[arg(long)]
    json: bool,
    /// Draw what every threshold would do into this file (SVG; - is standard output, without the report).
    #[arg(long, value_name = "FILE")]
    sweep: Option<PathBuf>,
    /// Choose thresholds on these messages: the lowest at which the models alone, without phrases, raise an alarm on at
    /// most 4 % of the harmless messages of each file, and an alarm or a question on 11 %. They are written into the
    /// content folder.
    #[arg(long)]
    set: bool,
    /// Language of the report: de or en.
    #[arg(long)]
    lang: Option<String>,
    #[command(flatten)]
    with: With,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    verdict_or_trouble(look(options))
}

/// Everything about a run.
struct Run<'r> {
    judge: &'r Judge,
    cases: &'r [Case],
    places: &'r [Place],
    triages: &'r [Triage],
    report: &'r Report,
    /// How long each judgement took, in milliseconds, ascending.
    times: &'r [f64],
    lang: &'r Lang,
}

impl Run<'_> {
    fn detect(&self) -> &Detect {
        &self.judge.content.detect
    }

    /// So many per cent of the judgements took no longer, in milliseconds.
    fn took(&self, percent: usize) -> f64 {
        let last = self.times.len().saturating_sub(1);
        self.times
            .get(last * percent / 100)
            .copied()
            .unwrap_or_default()
    }

    /// Which model answers.
    fn model(&self) -> Option<Detector> {
        self.judge.examiner.models().map(|models| models.active())
    }
}

fn look(options: &Options) -> Result<bool> {
    if let Some(file) = &options.from_desk {
        desk::export(&options.with, file)?;
        return Ok(true);
    }
    let judge = Judge::new(&options.with)?;
    let detect = &judge.content.detect;
    let (places, cases): (Vec<Place>, Vec<Case>) =
        cases::read(detect, &options.files)?.into_iter().unzip();
    let known = cases::known(detect, &cases, &places);
    if !known.is_empty() {
        let count = known.len();
        out::aside(format_args!(
            "lotse: refused: {count} messages stand among the examples and would be known by heart"
        ));
        for line in known {
            out::aside(line);
        }
        return Ok(false);
    }
    #[expect(clippy::disallowed_methods, reason = "measures, decides nothing")]
    let timed = |case: &Case| {
        let begun = Instant::now();
        let seen = judge.see(&case.text, None);
        (seen, begun.elapsed().as_secs_f64() * 1000.0)
    };
    let (seen, mut times): (Vec<Seen>, Vec<f64>) = cases.par_iter().map(timed).unzip();
    times.sort_by(f64::total_cmp);
    let triages: Vec<Triage> = seen.iter().map(|seen| judge.decide(seen)).collect();
    let outcomes: Vec<Outcome> = triages.iter().map(Outcome::from).collect();
    let report = measure::report(detect, &cases, &outcomes);
    let lang = words::editor_language(options.lang.as_deref());
    let run = Run {
        judge: &judge,
        cases: &cases,
        places: &places,
        triages: &triages,
        report: &report,
        times: &times,
        lang: &lang,
    };
    let picture_only = options
        .sweep
        .as_ref()
        .is_some_and(|file| file.as_os_str() == "-");
    if !picture_only {
        let before = last::exchange(
            &run,
            options.with.folder()?,
            options.with.which.data.is_some(),
        )?;
        match options.json {
            true => out::line(report::json(&run, before.as_ref()))?,
            false => out::text(report::text(&run, before.as_ref()))?,
        }
    }
    if let Some(file) = &options.sweep {
        let points = points(&judge, &cases, seen.iter().map(|s| (s, s.scores.as_ref())));
        let t = &detect.thresholds;
        let now = match run.model() {
            Some(Detector::Ngrams) => (t.ngram_alarm, t.ngram_check),
            _ => (t.alarm, t.check),
        };
        let picture = measure::chart(&points, now, lang.as_str().starts_with("de"));
        match picture_only {
            true => out::text(picture)?,
            false => std::fs::write(file, picture)
                .with_context(|| format!("{} cannot be written", file.display()))?,
        }
    }
    if options.set {
        set(options, &run, &seen)?;
    }
    Ok(true)
}

/// What every threshold would do, with what one model says.
fn points<'s>(
    judge: &Judge,
    cases: &[Case],
    seen: impl Iterator<Item = (&'s Seen, Option<&'s crate::triage::Scores>)>,
) -> Vec<Point> {
    let detect = &judge.content.detect;
    let reaches: Vec<Reach> = seen
        .map(|(seen, scores)| reach(detect, &seen.hits, scores))
        .collect();
    measure::sweep(cases, &reaches)
}

/// Chooses thresholds for all models that are there, and writes them down. Phrases are left out: editors write them for
/// messages that they know, so with them the set would say that the models have nothing to see.
fn set(options: &Options, run: &Run<'_>, seen: &[Seen]) -> Result<()> {
    let Run {
        judge,
        cases,
        places,
        ..
    } = run;
    let Some(models) = judge.examiner.models() else {
        bail!("there are no examples, so there is nothing to set thresholds on");
    };
    let mut chosen = judge.content.detect.thresholds.clone();
    let letters: Vec<Seen> = cases
        .par_iter()
        .zip(seen)
        .map(|(case, seen)| {
            let letters = models.by_letters(&seen.spellings(&case.text));
            seen.clone().and(Some(letters))
        })
        .collect();
    let by_letters: Vec<&Scores> = letters.iter().filter_map(|s| s.scores.as_ref()).collect();
    let name = "groups of letters";
    (chosen.ngram_alarm, chosen.ngram_check) = choose(name, judge, cases, places, &by_letters)?;
    if models.vectors.is_some() {
        let by_vectors: Vec<&Scores> = seen.iter().filter_map(|s| s.scores.as_ref()).collect();
        let name = "sentence vectors";
        (chosen.alarm, chosen.check) = choose(name, judge, cases, places, &by_vectors)?;
        chosen.set_on.clone_from(&judge.content.detect.hash);
    } else {
        out::aside(
            "lotse: there are no weights: only the thresholds for groups of letters are set (`lotse model install`)",
        );
    }
    let file = thresholds::write(judge, &chosen, &options.files, cases)?;
    out::aside(format_args!("lotse: written: {}", file.display()));
    Ok(())
}

/// Chooses thresholds for one model, which has said something on every message.
fn choose(
    model: &str,
    judge: &Judge,
    cases: &[Case],
    places: &[Place],
    scores: &[&Scores],
) -> Result<(f32, f32)> {
    let mut files: BTreeMap<&str, (Vec<Case>, Vec<Reach>)> = BTreeMap::new();
    for ((case, place), scores) in cases.iter().zip(places).zip(scores) {
        let (cases, reaches) = files.entry(place.file()).or_default();
        cases.push(case.clone());
        reaches.push(reach(&judge.content.detect, &[], Some(scores)));
    }
    let files = files.values();
    let sets: Vec<Vec<Point>> = files
        .map(|(cases, reaches)| measure::sweep(cases, reaches))
        .collect();
    measure::choose(&sets, Limits::default()).with_context(|| {
        format!("no thresholds can be chosen for {model}, and nothing was written")
    })
}
