//! The numbers for somebody in danger: a wrong digit would be worse than no number.

use crate::content::diagnostic::{Both, Code, Problems, Span};
use crate::content::parse::detect::tongue::TongueFile;
use crate::text::digit;

/// Numbers that every language names.
const NEEDED: [&str; 2] = ["112", "110"];

/// Free numbers for all of Germany that may be named besides.
///
/// Sources: 112.eu; BMI (110); telefonseelsorge.de (0800 1110111, 0800 1110222, 116123); hilfetelefon.de (116016);
/// nummergegenkummer.de (116111, 0800 1110550); 116117.de; hilfetelefon-schwangere.de (0800 4040020);
/// hilfe-telefon-missbrauch.online (0800 2255530).
const KNOWN: [&str; 9] = [
    "08001110111",
    "08001110222",
    "116123",
    "116016",
    "116111",
    "08001110550",
    "116117",
    "08004040020",
    "08002255530",
];

pub(super) fn check(tongue: &TongueFile, problems: &mut Problems) {
    let text = &tongue.tongue.numbers_text;
    // That it is not there at all is said where the file is read.
    if text.is_empty() {
        return;
    }
    let found = numbers(text);
    let span = &tongue.numbers_text;
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|n| !found.iter().any(|f| f == n))
        .collect();
    if !missing.is_empty() {
        let list = missing.join(", ");
        let message = Both::new(
            format!("hier fehlt die Nummer {list}"),
            format!("the number {list} is missing here"),
        );
        problems
            .at(Code::WrongNumber, &tongue.file, span.clone(), message)
            .help(
                "Rettungsdienst und Feuerwehr: 112. Polizei: 110",
                "Ambulance and fire brigade: 112. Police: 110",
            );
    }
    unknown(&found, tongue, span, problems);
}

/// Numbers in check questions: none has to be there, but those that are have to be right.
pub(super) fn questions(tongue: &TongueFile, problems: &mut Problems) {
    for (id, samples) in &tongue.tongue.samples {
        let (Some(text), Some(marks)) = (&samples.check, tongue.marks.get(id)) else {
            continue;
        };
        // "Are you under 18?", "within 24 hours" and a paragraph of a law are no telephone numbers.
        let found: Vec<String> = numbers(text).into_iter().filter(|n| n.len() > 3).collect();
        unknown(&found, tongue, &marks.check, problems);
    }
}

fn unknown(found: &[String], tongue: &TongueFile, span: &Span, problems: &mut Problems) {
    let known = |n: &&String| NEEDED.contains(&n.as_str()) || KNOWN.contains(&n.as_str());
    for number in found.iter().filter(|n| !known(n)) {
        let message = Both::new(
            format!("die Nummer {number} kennt lotse nicht"),
            format!("lotse does not know the number {number}"),
        );
        let list = KNOWN.join(", ");
        problems
            .at(Code::WrongNumber, &tongue.file, span.clone(), message)
            .help(
                format!("Prüfen Sie jede Ziffer. Bekannt sind 112, 110, {list}"),
                format!("Check every digit. Known are 112, 110, {list}"),
            );
    }
}

/// The telephone numbers in a text, as bare ASCII digits. Hours (`24/7`) are none.
fn numbers(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut gap = String::new();
    for c in text.chars() {
        let last = found.last_mut();
        match (digit(c), last) {
            (Some(digit), Some(last)) => {
                // A blank, a slash or a hyphen within a number, but no two of them; none within `112/110`.
                let within = matches!(&*gap, " " | "\u{A0}" | "\u{202F}" | "/" | "-");
                let whole = NEEDED.contains(&last.as_str());
                let joined = gap.is_empty() || within && !whole;
                let ascii = char::from(b'0' + digit);
                match joined || last.is_empty() {
                    true => last.push(ascii),
                    false => found.push(ascii.to_string()),
                }
                gap.clear();
            }
            _ => gap.push(c),
        }
    }
    found.retain(|n| n.len() > 2 && n != "247" && n != "2424");
    found
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, want) in [
            (
                "112 oder 110. TelefonSeelsorge: 0800 111 0 111, 116 016",
                &["112", "110", "08001110111", "116016"][..],
            ),
            (
                "به ۱۱۲ یا ۱۱۰، ٠٨٠٠ ١١١٠١١١",
                &["112", "110", "08001110111"],
            ),
            ("24/7, 24 Stunden, in 3 Sprachen", &[]),
            ("0800/1110111 - 112/110", &["08001110111", "112", "110"]),
        ] {
            assert_eq!(numbers(text), want, "{text}");
        }
    }
}
