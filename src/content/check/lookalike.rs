//! What looks like markup or a variable and is none: people would read it as it stands there.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::ftl::TextFile;
use fluent_syntax::ast::{Expression, Pattern, PatternElement};

/// What somebody meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Variable,
    Bold,
    Tag,
    Link,
    Item,
}

pub(super) fn check(files: &Files, problems: &mut Problems) {
    files.each_text(problems, |text, problems| {
        for message in text.messages().filter(|_| text.name != "commands") {
            let attributes = message.attributes.iter().map(|a| &a.value);
            for pattern in message.value.iter().chain(attributes) {
                look(text, pattern, problems);
            }
        }
    });
}

/// The first one of a text is enough: who has taken `*` for bold once will look for the others.
fn look(text: &TextFile, pattern: &Pattern<&str>, problems: &mut Problems) {
    let mut line_starts = true;
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                if let Some((meant, part)) = first(value, line_starts) {
                    report(text, meant, part, problems);
                    return;
                }
                line_starts = value.ends_with('\n');
            }
            PatternElement::Placeable { expression } => {
                if let Expression::Select { variants, .. } = expression {
                    variants.iter().for_each(|v| look(text, &v.value, problems));
                }
                line_starts = false;
            }
        }
    }
}

/// The first place in some words that looks like markup or a variable.
fn first(words: &str, line_starts: bool) -> Option<(Meant, &str)> {
    // Nearly all texts have none of these.
    let suspicious = |b: u8| matches!(b, b'$' | b'*' | b'<' | b']' | 0xE2);
    if !words.bytes().any(suspicious) {
        return None;
    }
    let mut starts = line_starts;
    words.split_inclusive('\n').find_map(|line| {
        let starts = std::mem::replace(&mut starts, true);
        item(line)
            .filter(|_| starts)
            .or_else(|| variable(line))
            .or_else(|| tag(line))
            .or_else(|| link(line))
            .or_else(|| star(line))
    })
}

fn item(line: &str) -> Option<(Meant, &str)> {
    let bare = line.trim_start();
    let sign = bare.chars().next().filter(|c| "•◦▪‣–*".contains(*c))?;
    let sign = bare.get(..sign.len_utf8())?;
    let rest = bare.strip_prefix(sign)?;
    rest.starts_with([' ', '\t']).then_some((Meant::Item, sign))
}

fn variable(line: &str) -> Option<(Meant, &str)> {
    line.match_indices('$').find_map(|(at, _)| {
        let rest = line.get(at + 1..)?;
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = rest.find(|c| !name(c)).unwrap_or(rest.len());
        rest.starts_with(|c: char| c.is_ascii_lowercase())
            .then_some((Meant::Variable, line.get(at..at + 1 + end)?))
    })
}

fn tag(line: &str) -> Option<(Meant, &str)> {
    line.match_indices('<').find_map(|(at, _)| {
        let rest = line.get(at + 1..)?;
        let end = rest.find('>')?;
        let name = rest.get(..end)?.trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some((Meant::Tag, line.get(at..=at + 1 + end)?))
    })
}

/// `[words](address)`
fn link(line: &str) -> Option<(Meant, &str)> {
    let middle = line.find("](")?;
    let start = line.get(..middle)?.rfind('[')?;
    let end = line.get(middle..)?.find(')')?;
    Some((Meant::Link, line.get(start..=middle + end)?))
}

/// `*words*`
fn star(line: &str) -> Option<(Meant, &str)> {
    let alone = |(at, _): &(usize, &str)| {
        let around = [at.checked_sub(1), Some(at + 1)];
        let is_star = |at: Option<usize>| at.and_then(|at| line.as_bytes().get(at)) == Some(&b'*');
        !around.into_iter().any(is_star)
    };
    let mut stars = line.match_indices('*').filter(alone).map(|(at, _)| at);
    let (open, close) = (stars.next()?, stars.next()?);
    let inner = line.get(open + 1..close)?;
    let before = line.get(..open)?.chars().next_back();
    // Somebody may count with it: 3 * 4 * 5.
    (inner.trim() == inner && !before.is_some_and(char::is_alphanumeric))
        .then_some((Meant::Bold, line.get(open..=close)?))
}

fn report(text: &TextFile, meant: Meant, part: &str, problems: &mut Problems) {
    let (de, en) = match meant {
        Meant::Variable => (
            format!("schreiben Sie `{{ {part} }}`, mit geschweiften Klammern"),
            format!("write `{{ {part} }}`, with braces"),
        ),
        Meant::Bold => (
            format!("schreiben Sie `*{part}*`: fett wird mit je zwei Sternen"),
            format!("write `*{part}*`: bold takes two stars on either side"),
        ),
        Meant::Tag => (
            format!("lassen Sie `{part}` weg; fett wird mit `**`, eine Aufzählung mit `- `"),
            format!("leave out `{part}`; bold is written with `**`, a list with `- `"),
        ),
        Meant::Link => (
            "schreiben Sie die Adresse allein hin; sie wird von selbst ein Link".to_owned(),
            "write the address alone; it becomes a link by itself".to_owned(),
        ),
        Meant::Item => (
            format!("schreiben Sie `- ` statt `{part} ` vor jeden Punkt der Aufzählung"),
            format!("write `- ` instead of `{part} ` before each item of the list"),
        ),
    };
    problems
        .at(
            Code::NoMarkup,
            &text.file,
            text.span(part),
            Both::new(de, en),
        )
        .help(
            "Menschen lesen es sonst so, wie es da steht",
            "Otherwise people read it as it stands there",
        );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Option<(Meant, &str)> {
        first(words, true)
    }

    #[test]
    fn what_looks_like_markup_is_found() {
        for (words, meant, part) in [
            ("Bis $age Jahre", Meant::Variable, "$age"),
            ("Das ist *wichtig*!", Meant::Bold, "*wichtig*"),
            ("<b>Gut</b>", Meant::Tag, "<b>"),
            ("Gut<br/>so", Meant::Tag, "<br/>"),
            (
                "Siehe [hier](https://x.de).",
                Meant::Link,
                "[hier](https://x.de)",
            ),
            ("So:\n• eins", Meant::Item, "•"),
            ("So:\n – eins", Meant::Item, "–"),
            ("* eins", Meant::Item, "*"),
        ] {
            assert_eq!(found(words), Some((meant, part)), "{words}");
        }
    }

    #[test]
    fn what_is_markup_or_means_itself_is_left_alone() {
        for words in [
            "**Das** ist **gut**",
            "- eins\n- zwei",
            "Er kostet 5$ oder $5",
            "3 * 4 * 5",
            "2*3*4",
            "Mo – Fr",
            "Kinder < 15 und > 3",
            "Frau* und Mann*",
            "[1] (2)",
            "„So“ … – gut",
        ] {
            assert_eq!(found(words), None, "{words}");
        }
        // In the middle of a line, after a variable, nothing begins.
        assert_eq!(first("– gut", false), None);
    }
}
