//! People in mid-conversation whose step the files do not have any more.

use crate::content::{Both, Code, Content, Diagnostic, Spots};
use crate::engine::{Fate, Position, fate};
use std::collections::BTreeMap;

/// How many people a step waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where.
    pub at: Position,
    /// How many.
    pub people: usize,
}

/// Reports steps where people stand and that are gone, or ask something else, without `[moved]`.
pub fn standing(content: &Content, spots: &Spots, all: &[Standing]) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for one in all {
        let Position { flow, step, ask } = &one.at;
        *counts.entry((flow, step, ask)).or_default() += one.people;
    }
    let mut found = Vec::new();
    for ((flow, step, ask), people) in counts {
        let at = Position {
            flow: flow.into(),
            step: step.into(),
            ask: ask.into(),
        };
        let gone = match fate(content, &at) {
            Fate::Kept => continue,
            Fate::AsksOther => false,
            Fate::Gone => true,
        };
        found.extend(finding(content, spots, &at, people, gone));
    }
    found
}

fn finding(
    content: &Content,
    spots: &Spots,
    at: &Position,
    people: usize,
    gone: bool,
) -> Option<Diagnostic> {
    let Position { flow, step, .. } = at;
    // A flow that is gone has no file to show: the first flow's stands in for it.
    let spot = spots
        .step(flow, step)
        .or_else(|| spots.flow(flow))
        .or_else(|| spots.flow(&content.settings.start))?;
    let who = match people {
        1 => Both::new("ein Mensch ist", "one person is"),
        n => Both::new(format!("{n} Menschen sind"), format!("{n} people are")),
    };
    let what = if gone {
        Both::new("den es nicht mehr gibt", "which is gone")
    } else {
        Both::new(
            "der jetzt etwas anderes tut",
            "which does something else now",
        )
    };
    let said = Both::new(
        format!(
            "{} gerade beim Schritt `{flow}/{step}`, {}",
            who.de, what.de
        ),
        format!(
            "{} at the step `{flow}/{step}` right now, {}",
            who.en, what.en
        ),
    );
    let help = if gone && content.flows.contains_key(flow) {
        Both::new(
            format!(
                "Sagen Sie am Ende von flows/{flow}.toml, wohin der Schritt kam: [moved] und darunter {step} = \"neuer_name\""
            ),
            format!(
                "Say at the end of flows/{flow}.toml where the step went: [moved] and below it {step} = \"new_name\""
            ),
        )
    } else if gone {
        Both::new(
            "Sie bekommen eine Entschuldigung und das Menü; wenn das nicht gewollt ist, lassen Sie den Ablauf noch da",
            "They get an apology and the menu; if that is not meant, leave the flow there for now",
        )
    } else {
        Both::new(
            "Geben Sie der neuen Frage einen anderen Namen, und der alten einen Eintrag unter [moved]",
            "Give the new question another name, and the old one an entry below [moved]",
        )
    };
    Some(Diagnostic::at(Code::PeopleThere, spot, said, Some(help)))
}
