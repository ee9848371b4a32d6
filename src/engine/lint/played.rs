//! Transcripts, played for what they leave out.

use crate::content::{Both, Code, Content, Diagnostic, Spot, Spots};
use crate::engine::talk::{self, Coverage, Fault};

/// Plays transcripts (path below the content folder, text) in the source language and reports those that do not fit, or
/// else the steps and options that none of them reaches.
pub fn played(content: &Content, spots: &Spots, talks: &[(String, String)]) -> Vec<Diagnostic> {
    let languages = [content.settings.source.clone()];
    let outcome = talk::play_all(content, &languages, talks);
    if !outcome.failures.is_empty() {
        // What is not reached may be a consequence, so the transcripts come first.
        return outcome
            .failures
            .iter()
            .filter_map(|f| fails(f, talks))
            .collect();
    }
    let missing = Coverage::all(content).without(&outcome.coverage);
    let steps = missing.steps.iter().filter_map(|key| {
        let (flow, step) = key.rsplit_once('/')?;
        let said = Both::new(
            format!("kein Transkript kommt zum Schritt `{step}`"),
            format!("no transcript gets to the step `{step}`"),
        );
        Some(Diagnostic::at(
            Code::StepNotPlayed,
            spots.step(flow, step)?,
            said,
            write(flow),
        ))
    });
    let options = missing.options.iter().filter_map(|key| {
        let (step, option) = key.rsplit_once('.')?;
        // Without the step the option is no news.
        if missing.steps.contains(step) {
            return None;
        }
        let (flow, step) = step.rsplit_once('/')?;
        let said = Both::new(
            format!("kein Transkript wählt `{option}`"),
            format!("no transcript chooses `{option}`"),
        );
        let spot = spots
            .option(flow, step, option)
            .or_else(|| spots.step(flow, step))?;
        Some(Diagnostic::at(
            Code::OptionNotPlayed,
            spot,
            said,
            write(flow),
        ))
    });
    steps.chain(options).collect()
}

fn write(flow: &str) -> Option<Both> {
    let name = flow.rsplit('/').next().unwrap_or(flow);
    Some(Both::new(
        format!(
            "Gehen Sie diesen Weg mit `lotse chat --keys --flow {flow}` und schreiben Sie ihn in tests/flows/{name}.talk"
        ),
        format!(
            "Walk this way with `lotse chat --keys --flow {flow}` and write it down in tests/flows/{name}.talk"
        ),
    ))
}

fn fails(failure: &talk::Failure, talks: &[(String, String)]) -> Option<Diagnostic> {
    let (path, text) = talks.iter().find(|(path, _)| *path == failure.file)?;
    let (line, said) = match &failure.fault {
        Fault::Unreadable(error) => (
            error.line,
            Both::new(
                format!(
                    "diese Zeile des Transkripts lässt sich nicht lesen: {}",
                    error.what.de
                ),
                format!(
                    "this line of the transcript cannot be read: {}",
                    error.what.en
                ),
            ),
        ),
        Fault::Misspelt(slip) => (slip.line, slip.said.clone()),
        Fault::Differs(diff) => (
            diff.line,
            Both::new(
                "danach tut der Bot etwas anderes, als im Transkript steht",
                "after this the bot does otherwise than the transcript says",
            ),
        ),
    };
    let misspelt = matches!(failure.fault, Fault::Misspelt(_));
    let help = Both::new(
        "`lotse test` zeigt den Unterschied; ist das Neue richtig, schreibt `lotse test --update` es hinein",
        "`lotse test` shows the difference; if the new is right, `lotse test --update` writes it down",
    );
    Some(Diagnostic::at(
        Code::TranscriptFails,
        Spot::line(path, text, line),
        said,
        Some(help).filter(|_| !misspelt),
    ))
}
