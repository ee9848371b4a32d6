//! Plain language (`de-x-leicht`): short sentences, short texts.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::ftl::TextFile;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

/// Words in a sentence.
const LONGEST_SENTENCE: usize = 20;
/// Characters in a text.
const LONGEST_TEXT: usize = 600;

/// Reports long sentences and texts in languages that are plain by their tag.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    let plain = files.texts.iter().filter(|t| {
        t.lang.as_str().ends_with("-x-leicht")
            && !["commands", "room", "topics", "reasons"].contains(&t.name.as_str())
    });
    for text in plain {
        for message in text.messages() {
            if let Some(value) = &message.value {
                read(text, message.id.name, value, problems);
            }
            for attribute in &message.attributes {
                read(text, attribute.id.name, &attribute.value, problems);
            }
        }
    }
}

fn read(text: &TextFile, name: &str, pattern: &Pattern<&str>, problems: &mut Problems) {
    let ways = ways(pattern);
    let longest = ways.iter().map(|w| w.chars().count()).max().unwrap_or(0);
    if longest > LONGEST_TEXT {
        let said = Both::new(
            format!(
                "`{name}` hat {longest} Zeichen; in Leichter Sprache sind {LONGEST_TEXT} genug"
            ),
            format!(
                "`{name}` has {longest} characters; {LONGEST_TEXT} are enough in plain language"
            ),
        );
        problems.at(Code::LongText, &text.file, text.span(name), said).help(
            "Lassen Sie weg, was man jetzt nicht wissen muss, oder machen Sie zwei Schritte daraus",
            "Leave out what need not be known now, or make two steps of it",
        );
    }
    let mut long: Vec<(usize, String)> = Vec::new();
    for way in &ways {
        for sentence in sentences(way) {
            let words = sentence
                .split_whitespace()
                .filter(|w| w.chars().any(char::is_alphanumeric))
                .count();
            if words > LONGEST_SENTENCE && !long.iter().any(|(_, s)| s == sentence) {
                long.push((words, sentence.to_owned()));
            }
        }
    }
    for (words, sentence) in long {
        let begin: Vec<&str> = sentence.split_whitespace().take(4).collect();
        let begin = begin.join(" ");
        // Shown at its own words if they stand in the file as they are.
        let from = text.span(name);
        let rest = text.file.text.get(from.start..).unwrap_or_default();
        let span = rest.find(&begin).map_or(from.clone(), |at| {
            from.start + at..from.start + at + begin.len()
        });
        let said = Both::new(
            format!(
                "dieser Satz hat {words} Wörter; in Leichter Sprache höchstens {LONGEST_SENTENCE}"
            ),
            format!(
                "this sentence has {words} words; {LONGEST_SENTENCE} at most in plain language"
            ),
        );
        problems
            .at(Code::LongSentence, &text.file, span, said)
            .help(
                "Machen Sie zwei Sätze daraus: ein Gedanke, ein Satz",
                "Make two sentences of it: one thought, one sentence",
            );
    }
}

/// What may be read: the text with the first case of each choice, with the second, and so on. A variable is one word.
fn ways(pattern: &Pattern<&str>) -> Vec<String> {
    let cases = pattern.elements.iter().map(|e| match e {
        PatternElement::Placeable {
            expression: Expression::Select { variants, .. },
        } => variants.len(),
        _ => 1,
    });
    (0..cases.max().unwrap_or(1))
        .map(|case| way(pattern, case))
        .collect()
}

fn way(pattern: &Pattern<&str>, case: usize) -> String {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Select { variants, .. } => {
                    if let Some(variant) = variants.get(case).or(variants.last()) {
                        out.push_str(&way(&variant.value, case));
                    }
                }
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    out.push_str(value)
                }
                Expression::Inline(_) => out.push_str("17"),
            },
        }
    }
    out
}

/// Sentences end with a mark before a blank, and with the line. A point after a single letter or a number
/// ("z. B.", "am 3. Mai") ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        for (at, mark) in line.match_indices(['.', '!', '?', ':', '؟']) {
            let end = at + mark.len();
            let before = line[from..at]
                .rsplit([' ', '(', '\u{A0}'])
                .next()
                .unwrap_or_default();
            let short = mark == "."
                && (before.chars().count() <= 1 || before.chars().all(|c| c.is_ascii_digit()));
            let last = line[end..].starts_with([' ', '\u{A0}']) || end == line.len();
            if last && !short {
                found.push(line[from..end].trim());
                from = end;
            }
        }
        found.push(line[from..].trim());
    }
    found.retain(|s| !s.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(
            sentences("Am 3. Mai, z. B. um 9.30 Uhr. Ja? Siehe https://x.de/a.b\n- eins\n- zwei"),
            [
                "Am 3. Mai, z. B. um 9.30 Uhr.",
                "Ja?",
                "Siehe https://x.de/a.b",
                "- eins",
                "- zwei"
            ]
        );
        assert_eq!(sentences(""), [""; 0]);
    }
}
