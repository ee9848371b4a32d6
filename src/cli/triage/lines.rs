//! Many messages: a line of JSON in, a line of JSON out.

use super::Judge;
use crate::cli::out::OutError;
use crate::model::{Lang, Triage};
use crate::triage::measure::level_word;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::io::BufRead;
use std::time::Instant;

/// Answers each line before the next one is read; tells whether all could be read. Blank lines are passed over.
pub fn answer(
    judge: &Judge,
    mut input: impl BufRead,
    mut say: impl FnMut(String) -> Result<(), OutError>,
) -> Result<bool> {
    let mut all_read = true;
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        if read.context("standard input cannot be read")? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match message(&line) {
            Ok((text, lang)) => {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "how long it took is a part of the answer"
                )]
                let begun = Instant::now();
                let triage = judge.judge(&text, lang.as_ref());
                written(&triage, begun.elapsed().as_secs_f64() * 1000.0)
            }
            Err(why) => {
                all_read = false;
                json!({ "error": why, "line": number })
            }
        };
        say(answer.to_string())?;
    }
    Ok(all_read)
}

/// What is in a line. Errors do not repeat it: it is somebody's message.
fn message(line: &[u8]) -> Result<(String, Option<Lang>), &'static str> {
    let text = std::str::from_utf8(line).map_err(|_| "this line is not written in UTF-8")?;
    let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else {
        return Err("this line is no JSON object; needed is {\"text\": \"…\"}");
    };
    let lang = match fields.get("lang") {
        None | Some(Value::Null) => None,
        Some(Value::String(tag)) => Some(Lang::new(tag)),
        Some(_) => return Err("`lang` is no text; needed is a tag like \"de\", or nothing"),
    };
    match fields.remove("text") {
        Some(Value::String(text)) => Ok((text, lang)),
        Some(_) => Err("`text` is no text in quotes"),
        None => Err("`text` is missing"),
    }
}

/// A judgement as JSON.
fn written(triage: &Triage, ms: f64) -> Value {
    json!({
        "level": level_word(triage.level),
        "zone": triage.zone,
        "class": triage.class,
        "topics": triage.topics,
        "evidence": triage.evidence,
        "guesses": triage.guesses,
        "detectors": triage.detectors,
        "lang": triage.lang,
        "also": triage.also,
        "ms": (ms * 100.0).round() / 100.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_read_is_named_without_being_repeated() {
        let why = |line: &[u8]| message(line).unwrap_err();
        assert_eq!(why(b"{\"text\": 5}"), "`text` is no text in quotes");
        assert_eq!(why(b"{}"), "`text` is missing");
        assert!(why(b"hello").contains("no JSON object"));
        assert!(why(b"[1]").contains("no JSON object"));
        assert!(why(b"{\"text\": \"\xff\"}").contains("UTF-8"));
        assert!(why(b"{\"text\": \"x\", \"lang\": 1}").contains("lang"));
        let (text, lang) =
            message(b"{\"text\": \"x\", \"lang\": \"kmr\", \"more\": 1}\r\n").unwrap();
        assert_eq!((text.as_str(), lang), ("x", Some(Lang::new("ku"))));
    }
}
