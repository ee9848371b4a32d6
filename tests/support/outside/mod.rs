//! Transcripts played by persons who sit outside of the program: at a telephone, in a browser, at a terminal.
//! They see words and buttons, not steps.

mod room;
mod script;
mod telegram;
mod terminal;

pub use room::RoomPage;
pub use script::{Act, OPEN, Script, Turn, World, today};
pub use telegram::Telephone;
pub use terminal::terminal;

use lotse::model::Message;
use std::fmt::Write as _;

/// A message as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The words, in the channel's own form.
    pub text: String,
    /// The labels below it.
    pub buttons: Vec<String>,
}

/// What a person holds in their hands.
pub trait Device {
    /// The channel, for reports.
    const NAME: &'static str;

    /// How a message looks here. Long ones may come in parts.
    fn looks(&self, message: &Message) -> Vec<Seen>;

    /// Does something. `Err`: it was not possible, and why.
    async fn act(&mut self, act: &Act) -> Result<(), String>;

    /// The next message of the bot. `Err`: none came, and why.
    async fn next(&mut self) -> Result<Seen, String>;
}

impl Seen {
    /// Whether this is what `seen` shows. An open place stands for any words, and where there is one, the
    /// marks that keep directions apart are not compared, for they depend on those words.
    pub fn fits(&self, seen: &Self) -> bool {
        self.buttons == seen.buttons && text_fits(&self.text, &seen.text)
    }
}

fn text_fits(wanted: &str, seen: &str) -> bool {
    if !wanted.contains(OPEN) {
        return wanted == seen;
    }
    let bare = |text: &str| text.replace(|c| matches!(c, '\u{2066}'..='\u{2069}'), "");
    let (wanted, seen) = (bare(wanted), bare(seen));
    let mut pieces = wanted.split(OPEN);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = seen.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for piece in pieces {
        let from = rest.chars().next().map_or(0, char::len_utf8);
        // At least one character stands in an open place; the last piece has to end the text.
        let Some(at) = rest[from..].find(piece).filter(|_| from > 0) else {
            return false;
        };
        last = Some(piece);
        rest = &rest[from + at + piece.len()..];
    }
    rest.is_empty() || last == Some("")
}

/// Lets a person play a script.
///
/// # Errors
/// The first place where something else is seen than has to come, to be read by people. `known` are messages
/// by whose words it may tell what came instead.
pub async fn play<D: Device>(
    mut device: D,
    script: &Script,
    known: &[&Message],
) -> Result<(), String> {
    for turn in &script.turns {
        let report = |what: String| report(D::NAME, script, turn, &what);
        device.act(&turn.act).await.map_err(report)?;
        for message in &turn.messages {
            for wanted in device.looks(message) {
                let seen = device.next().await;
                if seen.as_ref().is_ok_and(|seen| wanted.fits(seen)) {
                    continue;
                }
                let mut what = told('-', &message.key, &wanted);
                match seen {
                    Ok(seen) => what += &told('+', named(&device, &seen, known), &seen),
                    Err(why) => _ = writeln!(what, "  + nothing: {why}"),
                }
                return Err(report(what));
            }
        }
    }
    Ok(())
}

/// Which step's words these are.
fn named<'k>(device: &impl Device, seen: &Seen, known: &[&'k Message]) -> &'k str {
    let fits = |message: &&&Message| device.looks(message).iter().any(|w| w.fits(seen));
    let found = known.iter().find(fits);
    found.map_or("(the words of no step that is known)", |m| &m.key)
}

/// One difference, with the place where it is.
fn report(channel: &str, script: &Script, turn: &Turn, what: &str) -> String {
    let Script { file, lang, .. } = script;
    let (line, input) = (turn.line, &turn.input);
    format!("{file}:{line} [{lang}, {channel}] after `< {input}`:\n{what}")
}

/// A message for a report: its step, then its words and buttons.
fn told(mark: char, key: &str, seen: &Seen) -> String {
    let mut out = format!("  {mark} > {key}\n");
    for line in seen.text.replace(OPEN, "…").lines() {
        let _ = writeln!(out, "  {mark}     {line}");
    }
    if !seen.buttons.is_empty() {
        let _ = writeln!(out, "  {mark}     [{}]", seen.buttons.join("] ["));
    }
    out
}

#[test]
fn an_open_place_stands_for_words_and_only_there() {
    let wanted = "Number: \u{2068}\u{E000}\u{2069}.\n\n\u{E000}";
    assert!(text_fits(wanted, "Number: 4711.\n\nSoon."));
    for wrong in [
        "Number: .\n\nSoon.",
        "Number: 4711.\n\n",
        "Number 4711.\n\nSoon.",
    ] {
        assert!(!text_fits(wanted, wrong), "{wrong}");
    }
    assert!(!text_fits("Number: \u{E000}.", "Number: 4711. More."));
    assert!(!text_fits("Yes", "Yes."));
}
