//! Thresholds that were chosen, written into the content.

use crate::cli::judge::Judge;
use crate::cli::origin::Origin;
use crate::content::Thresholds;
use crate::triage::measure::{Case, Limits};
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Writes `flows/detect/thresholds.toml`.
pub fn write(
    judge: &Judge,
    chosen: &Thresholds,
    files: &[PathBuf],
    cases: &[Case],
) -> Result<PathBuf> {
    let Origin::Folder(folder) = &judge.origin else {
        bail!("the content in the program cannot be changed: name a folder with --content");
    };
    let names: Vec<_> = files
        .iter()
        .filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let file = folder.0.join("flows/detect/thresholds.toml");
    std::fs::write(&file, text(chosen, &names.join(", "), cases))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}

fn text(t: &Thresholds, files: &str, cases: &[Case]) -> String {
    let limits = Limits::default();
    let (alarm, asked) = (100.0 * limits.alarm, 100.0 * limits.asked);
    let danger = cases.iter().filter(|c| c.alarms()).count();
    let harmless = cases.iter().filter(|c| c.level.is_none()).count();
    let mut text = format!(
        "\
# From which probability on something is done. `lotse eval … --set` writes this file.
#
# Rule: at most {alarm} % alarms and {asked} % alarms or check questions on the harmless messages of each file; of these, the
# lowest. Chosen for what the models say alone, without the phrases: many phrases were written for messages of the
# development set, so it does not show what the models have to see.
# Chosen on {} messages ({danger} from people in danger, {harmless} harmless): {files}

# Sentence vectors: alarm, check question.
alarm = {:.2}
check = {:.2}
# Groups of letters, where no weights are installed.
ngram_alarm = {:.2}
ngram_check = {:.2}
# One topic is offered; below topic_low none is named.
topic = {:.2}
topic_low = {:.2}
# What they were chosen with.
set_on = \"{}\"
",
        cases.len(),
        t.alarm,
        t.check,
        t.ngram_alarm,
        t.ngram_check,
        t.topic,
        t.topic_low,
        t.set_on,
    );
    for (class, own) in &t.classes {
        let _ = write!(text, "\n[class.{class}]\n");
        for (key, value) in [("alarm", own.alarm), ("check", own.check)] {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = {value:.2}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{ClassThresholds, example_folder, load};
    use std::sync::Arc;

    #[test]
    fn what_is_written_is_read_again() {
        let sound = load(&example_folder(), Arc::default()).content.unwrap();
        let mut chosen = Thresholds {
            alarm: 0.41,
            check: 0.2,
            ngram_alarm: 0.6,
            ngram_check: 0.3,
            set_on: sound.detect.hash.clone(),
            ..Thresholds::default()
        };
        let own = ClassThresholds {
            alarm: None,
            check: Some(0.1),
        };
        chosen.classes.insert("work_ban".into(), own);
        let written = text(&chosen, "dev.jsonl", &[]);
        let folder = example_folder().with("flows/detect/thresholds.toml", &written);
        let loaded = load(&folder, Arc::default());
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        assert_eq!(loaded.content.unwrap().detect.thresholds, chosen);
    }
}
