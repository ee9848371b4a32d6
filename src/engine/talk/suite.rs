//! All transcripts in all languages.

use super::coverage::Coverage;
use super::{Diff, Slip, TalkError, parse, run};
use crate::content::Content;
use crate::model::Lang;

/// What came of all runs.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many there were.
    pub runs: usize,
    /// Those that did not fit.
    pub failures: Vec<Failure>,
    /// What they have reached; those that did not fit, until then.
    pub coverage: Coverage,
}

/// A transcript that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its file.
    pub file: String,
    /// Its title; empty if it cannot be read.
    pub title: String,
    /// The language in which it was played; `None` if that does not matter.
    pub lang: Option<Lang>,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a transcript does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read.
    Unreadable(TalkError),
    /// A name in an input is misspelt.
    Misspelt(Slip),
    /// The bot does otherwise.
    Differs(Diff),
}

/// Plays transcripts (name, text) in each language.
pub fn play_all(content: &Content, languages: &[Lang], talks: &[(String, String)]) -> Outcome {
    let mut outcome = Outcome::default();
    for (file, text) in talks {
        let failure = |title: &str, lang: Option<&Lang>, fault| Failure {
            file: file.clone(),
            title: title.to_owned(),
            lang: lang.cloned(),
            fault,
        };
        let talk = match parse(text) {
            Ok(talk) => talk,
            Err(error) => {
                outcome
                    .failures
                    .push(failure("", None, Fault::Unreadable(error)));
                continue;
            }
        };
        for lang in languages {
            outcome.runs += 1;
            let ran = run(content, &talk, lang);
            outcome.coverage.extend(ran.reached);
            let Some(fault) = ran.fault else { continue };
            // Misspelt is misspelt in all languages.
            let once = matches!(fault, Fault::Misspelt(_));
            let lang = Some(lang).filter(|_| !once);
            outcome.failures.push(failure(&talk.title, lang, fault));
            if once {
                break;
            }
        }
    }
    outcome
}

/// Rewrites what a transcript expects so that it fits what the bot does in a language; inputs, comments and clock stay.
/// `None` if it fits already.
///
/// # Errors
/// If it cannot be read, or if an input is misspelt: what the bot says to that is not what was meant.
pub fn updated(content: &Content, text: &str, lang: &Lang) -> Result<Option<String>, Fault> {
    let mut new = text.to_owned();
    // Each round repairs one input; there cannot be more rounds than lines.
    for _ in 0..=text.lines().count() {
        let talk = parse(&new).map_err(Fault::Unreadable)?;
        match run(content, &talk, lang).fault {
            None => break,
            Some(Fault::Differs(diff)) => new = repaired(&new, &diff),
            Some(fault) => return Err(fault),
        }
    }
    Ok((new != text).then_some(new))
}

/// Replaces what is expected after one input.
fn repaired(text: &str, diff: &Diff) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    let mut place = None;
    while let Some((index, line)) = lines.next() {
        let number = index + 1;
        if number <= diff.line {
            out.push(line);
            continue;
        }
        let trimmed = line.trim_start();
        if trimmed.starts_with('<') {
            out.push(line);
            out.extend(lines.by_ref().map(|(_, l)| l));
            break;
        }
        if trimmed.starts_with(['>', '=']) {
            place.get_or_insert(out.len());
        } else {
            out.push(line);
        }
    }
    let place = place.unwrap_or_else(|| diff.line.min(out.len()));
    let expected = diff.agreed();
    out.splice(place..place, expected.iter().map(String::as_str));
    let mut new = out.join("\n");
    if text.ends_with('\n') {
        new.push('\n');
    }
    new
}
