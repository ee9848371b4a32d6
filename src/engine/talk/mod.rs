//! Transcripts (`tests/flows/*.talk`): conversations that name keys, not words, so that one runs in every language.
//!
//! ```text
//! # Duldung with permission: in               the title, first line
//! at 2026-11-21T10:00                         the clock, in Berlin
//! covered 06635                               a local project covers this Kreis
//! < /work                                     starts a flow
//! judged alarm violence ar                    what the next text is taken for, and its language
//! judged topics work_permit=0.6 training=0.2  the same, of a text that calls nobody
//! > work/status [gestattung duldung]          what the bot says, and its buttons
//! < duldung                                   presses a button
//! > work/card
//! = handoff work_ban urgent residence_status=duldung
//! wait 14d                                    time passes: what the person is reminded of then
//! = end
//! ```
//!
//! Inputs: `/start`, `/start payload`, `/<flow>`, an option id, `"quoted text"`, a date (`24.12.2026`, `today`,
//! `today-4d`, `today+5w`), `(photo)` and the other kinds of media, `(edited)`, `(case closed)`, `tap <token>`; everything
//! else is free text. After each input all messages and hand-offs must be listed, in order; `= end`, `= stop` and
//! `= consent none` are only checked where they stand, buttons only where brackets stand. `> work/status.retry` is the
//! same question asked again after a wrong answer; `> work/status` fits it too. The notices that a text is not
//! there in a language, or was translated by a machine, are left out: they depend on the language and on who has checked it.

mod coverage;
mod judged;
mod play;
mod slip;
mod suite;

pub use coverage::Coverage;
pub use judged::Judged;
pub use play::{Played, Player, waited, written};
pub use slip::Slip;
pub use suite::{Failure, Fault, Outcome, play_all, updated};

use crate::content::{Both, Content};
use crate::model::{Lang, Lapse, Timestamp};
use jiff::civil::DateTime;
use std::fmt::{self, Write as _};

/// The clock of transcripts that set none.
const MORNING: DateTime = jiff::civil::datetime(2026, 11, 21, 10, 0, 0, 0);

/// What is only checked where a transcript names it.
const OPTIONAL: [&str; 3] = ["= end", "= stop", "= consent none"];

/// A transcript.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    /// Its first line.
    pub title: String,
    lines: Vec<(usize, Line)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Line {
    At(Timestamp),
    Covered(Vec<String>),
    Judged(Judged),
    In(String),
    /// What is expected, with single blanks.
    Out(String),
}

/// What a transcript says next.
#[derive(Clone, Debug, PartialEq)]
pub enum Cue<'t> {
    /// It is this time now.
    At(Timestamp),
    /// A local project covers these Kreise.
    Covered(&'t [String]),
    /// The next text is taken for this.
    Judged(&'t Judged),
    /// The person does something.
    Turn(Beat<'t>),
}

/// One input of a transcript and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat<'t> {
    /// The line of the input, from 1.
    pub line: usize,
    /// The input, without `<`.
    pub input: &'t str,
    /// What must happen, as transcripts write it, with single blanks.
    pub expected: Vec<String>,
}

/// A line of a transcript that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", .what.en)]
pub struct TalkError {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: Both,
}

/// What the bot did otherwise than a transcript says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The line of the input after which it differs.
    pub line: usize,
    /// The input.
    pub input: String,
    /// What the transcript says.
    pub expected: Vec<String>,
    /// What happened.
    pub actual: Vec<String>,
    /// Names in what the transcript says that there are not.
    pub unknown: Vec<Both>,
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(&Lang::new("en")))
    }
}

/// The words around a difference.
struct Around {
    after: [&'static str; 2],
    missing: &'static str,
    surplus: &'static str,
}

const ENGLISH: Around = Around {
    after: ["line", "after"],
    missing: "   (does not happen)",
    surplus: "   (not in the transcript)",
};

const GERMAN: Around = Around {
    after: ["Zeile", "nach"],
    missing: "   (geschieht nicht)",
    surplus: "   (steht nicht im Transkript)",
};

impl Diff {
    /// The difference, line by line, with words around it in German or English.
    pub fn shown(&self, lang: &Lang) -> String {
        let around = match lang.as_str().starts_with("de") {
            true => GERMAN,
            false => ENGLISH,
        };
        let mut out = String::new();
        // Writing into a string cannot fail.
        let _ = self.write(&mut out, &around);
        for unknown in &self.unknown {
            out.push_str(&format!("  ! {}\n", unknown.get(lang)));
        }
        out
    }

    fn write(&self, f: &mut String, around: &Around) -> fmt::Result {
        let [line, after] = around.after;
        writeln!(f, "{line} {}: {after} `< {}`", self.line, self.input)?;
        let (head, tail) = self.common();
        let wanted = self.expected.len() - tail;
        let came = self.actual.len() - tail;
        for line in &self.expected[..head] {
            writeln!(f, "    {line}")?;
        }
        let note = |alone, words| if alone { words } else { "" };
        for line in &self.expected[head..wanted] {
            let note = note(head == came, around.missing);
            writeln!(f, "  - {line}{note}")?;
        }
        for line in &self.actual[head..came] {
            let note = note(head == wanted, around.surplus);
            writeln!(f, "  + {line}{note}")?;
        }
        for line in &self.expected[wanted..] {
            writeln!(f, "    {line}")?;
        }
        Ok(())
    }

    /// How many lines agree at the beginning, and how many at the end.
    fn common(&self) -> (usize, usize) {
        let same = |(e, a): &(&String, &String)| fits(e, a);
        let head = self
            .expected
            .iter()
            .zip(&self.actual)
            .take_while(same)
            .count();
        let rest = |lines: &[String]| lines.len() - head;
        let most = rest(&self.expected).min(rest(&self.actual));
        let backwards = self.expected.iter().rev().zip(self.actual.iter().rev());
        (head, backwards.take(most).take_while(same).count())
    }

    /// What happened, in the transcript's own words where they fit.
    fn agreed(&self) -> Vec<String> {
        let (head, tail) = self.common();
        let mut lines = self.expected[..head].to_vec();
        lines.extend_from_slice(&self.actual[head..self.actual.len() - tail]);
        lines.extend_from_slice(&self.expected[self.expected.len() - tail..]);
        lines
    }
}

/// Reads a transcript.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn parse(text: &str) -> Result<Talk, TalkError> {
    let mut talk = Talk {
        title: String::new(),
        lines: Vec::new(),
    };
    let mut begun = false;
    for (index, raw) in text.lines().map(str::trim).enumerate() {
        let line = index + 1;
        if let Some(comment) = raw.strip_prefix('#') {
            if talk.title.is_empty() && talk.lines.is_empty() {
                comment.trim().clone_into(&mut talk.title);
            }
            continue;
        }
        if raw.is_empty() {
            continue;
        }
        let read = read_line(raw).map_err(|what| TalkError { line, what })?;
        begun |= matches!(read, Line::In(_));
        if matches!(read, Line::Out(_)) && !begun {
            let what = Both::new(
                "eine Antwort vor der ersten Eingabe",
                "an answer before the first input",
            );
            return Err(TalkError { line, what });
        }
        talk.lines.push((line, read));
    }
    if begun {
        return Ok(talk);
    }
    let what = Both::new(
        "in diesem Transkript steht keine Eingabe (<)",
        "there is no input (<) in this transcript",
    );
    Err(TalkError { line: 1, what })
}

fn read_line(raw: &str) -> Result<Line, Both> {
    let (first, rest) = raw.split_once(char::is_whitespace).unwrap_or((raw, ""));
    let words = || rest.split_whitespace().map(str::to_owned);
    match first {
        "<" => Ok(Line::In(rest.trim().to_owned())),
        ">" | "=" => Ok(Line::Out(
            std::iter::once(first.to_owned())
                .chain(words())
                .collect::<Vec<_>>()
                .join(" "),
        )),
        "wait" => Lapse::parse(rest)
            .map(|_| Line::In(format!("(wait {})", rest.trim())))
            .ok_or_else(|| {
                Both::new(
                    "hier steht eine Zeit wie 14d, 2w, 3m oder 5h",
                    "expected a time like 14d, 2w, 3m or 5h",
                )
            }),
        "at" => clock(rest.trim()).map(Line::At).ok_or_else(|| {
            Both::new(
                "hier steht eine Uhrzeit wie 2026-11-21T10:00",
                "expected a time like 2026-11-21T10:00",
            )
        }),
        "covered" => Ok(Line::Covered(words().collect())),
        "judged" => Judged::parse(rest).map(Line::Judged).ok_or_else(|| {
            Both::new(
                "hier steht `alarm` oder `check` mit einer Klasse, oder `topics` mit klasse=0.5",
                "expected `alarm` or `check` with a class, or `topics` with class=0.5",
            )
        }),
        _ => Err(Both::new(
            "eine Zeile beginnt mit <, >, =, at, wait, covered, judged oder #",
            "expected <, >, =, at, wait, covered, judged or #",
        )),
    }
}

fn clock(text: &str) -> Option<Timestamp> {
    let civil: DateTime = text.parse().ok()?;
    Timestamp::at_berlin(civil)
}

impl Talk {
    /// What it says, in its order.
    pub fn cues(&self) -> Vec<Cue<'_>> {
        let mut cues = Vec::new();
        for (line, read) in &self.lines {
            match read {
                Line::At(now) => cues.push(Cue::At(*now)),
                Line::Covered(kreise) => cues.push(Cue::Covered(kreise)),
                Line::Judged(judged) => cues.push(Cue::Judged(judged)),
                Line::In(input) => cues.push(Cue::Turn(Beat {
                    line: *line,
                    input,
                    expected: Vec::new(),
                })),
                Line::Out(out) => {
                    // Lines like `covered` may stand between an input and what must come of it.
                    let beat = cues.iter_mut().rev().find_map(|cue| match cue {
                        Cue::Turn(beat) => Some(beat),
                        Cue::At(_) | Cue::Covered(_) | Cue::Judged(_) => None,
                    });
                    if let Some(beat) = beat {
                        beat.expected.push(out.clone());
                    }
                }
            }
        }
        cues
    }
}

impl Beat<'_> {
    /// Holds against this what has happened.
    ///
    /// # Errors
    /// The difference.
    pub fn compare(&self, happened: Vec<String>) -> Result<(), Diff> {
        let actual = without_unasked(happened, &self.expected);
        let same = self.expected.len() == actual.len()
            && self.expected.iter().zip(&actual).all(|(e, a)| fits(e, a));
        if same {
            return Ok(());
        }
        Err(Diff {
            line: self.line,
            input: self.input.to_owned(),
            expected: self.expected.clone(),
            actual,
            unknown: Vec::new(),
        })
    }
}

/// What came of running a transcript.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// What it has reached, until it ended or did not fit.
    pub reached: Coverage,
    /// The first place where it does not fit.
    pub fault: Option<Fault>,
}

/// Runs a transcript in a language, up to the first place where it does not fit.
pub fn run(content: &Content, talk: &Talk, lang: &Lang) -> Ran {
    let morning = Timestamp::at_berlin(MORNING).unwrap_or_default();
    let mut player = Player::new(content, lang, morning);
    let mut reached = Coverage::default();
    let fault = talk.cues().into_iter().find_map(|cue| {
        match cue {
            Cue::At(now) => player.set_clock(now),
            Cue::Covered(kreise) => player.cover(kreise),
            Cue::Judged(judged) => player.judge(judged),
            Cue::Turn(beat) => return beat.fault(content, &mut player, &mut reached),
        }
        None
    });
    Ran { reached, fault }
}

impl Beat<'_> {
    /// Plays it; what does not fit.
    fn fault(
        &self,
        content: &Content,
        player: &mut Player<'_>,
        reached: &mut Coverage,
    ) -> Option<Fault> {
        let line = self.line;
        if let Some(said) = slip::in_input(content, player.buttons(), self.input) {
            return Some(Fault::Misspelt(Slip { line, said }));
        }
        let mut diff = self.compare(player.play(self.input, reached).lines).err()?;
        let unknown = |line: &String| slip::in_answer(content, line);
        diff.unknown = self.expected.iter().filter_map(unknown).collect();
        Some(Fault::Differs(diff))
    }
}

/// Leaves out what is only checked where a transcript names it.
fn without_unasked(happened: Vec<String>, expected: &[String]) -> Vec<String> {
    let asked = |line: &String| !OPTIONAL.contains(&line.as_str()) || expected.contains(line);
    happened.into_iter().filter(asked).collect()
}

/// Whether what happened is what was expected.
fn fits(expected: &str, actual: &str) -> bool {
    let parts = |line: &str| match line.split_once(" [") {
        Some((key, options)) => (key.to_owned(), Some(format!("[{options}"))),
        None => (line.to_owned(), None),
    };
    let ((wanted, wanted_options), (key, options)) = (parts(expected), parts(actual));
    let same_key =
        wanted == key || (key.starts_with("> ") && key.strip_suffix(".retry") == Some(&*wanted));
    same_key && (wanted_options.is_none() || wanted_options == options)
}

#[cfg(test)]
mod tests;
