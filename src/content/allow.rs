//! Warnings that an editor has looked at and left, with the reason beside them:
//! `# lotse: allow L068 because that is the office's own name`.
//!
//! At the end of a line it is about that line; on a line of its own, about what stands below: one line, a whole section
//! if that line is its header, a whole text in a word file. What it allows must be there, else the comment is a finding.

use super::diagnostic::{Both, Code, Diagnostic, FileText, Problems, Severity, Span};
use super::near::nearest;
use std::ops::Range;
use std::sync::Arc;

const MARK: &str = "lotse:";

/// What the comments of all files allow.
#[derive(Clone, Debug, Default)]
pub struct Allows(Vec<Allow>);

#[derive(Clone, Debug)]
struct Allow {
    file: FileText,
    /// Where the comment stands.
    place: Span,
    code: Code,
    /// The bytes that it is about.
    about: Range<usize>,
    used: bool,
}

impl Allows {
    /// Collects the comments of all files and reports those that cannot be read.
    pub(super) fn read(files: &[FileText], problems: &mut Problems) -> Self {
        let mut all = Vec::new();
        for file in files.iter().filter(|f| f.text.contains(MARK)) {
            let lines = lines(&file.text);
            for (index, line) in lines.iter().enumerate() {
                let Some(comment) = comment(file, line) else {
                    continue;
                };
                let place = line.start + comment.at..line.start + comment.at + comment.text.len();
                match parse(comment.text) {
                    Ok(code) => {
                        let own = file.text[line.start..line.start + comment.at]
                            .trim()
                            .is_empty();
                        let about = if own {
                            below(file, &lines, index)
                        } else {
                            line.clone()
                        };
                        all.push(Allow {
                            file: file.clone(),
                            place,
                            code,
                            about,
                            used: false,
                        });
                    }
                    Err((said, help)) => {
                        problems
                            .at(Code::Allow, file, place, said)
                            .help_if(Some(help));
                    }
                }
            }
        }
        Self(all)
    }

    /// Takes out the warnings that are allowed.
    pub fn filter(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.into_iter().filter(|d| !self.covers(d)).collect()
    }

    fn covers(&mut self, found: &Diagnostic) -> bool {
        if found.severity == Severity::Error {
            return false;
        }
        let mut covered = false;
        for allow in &mut self.0 {
            let here = *allow.file.path == *found.file
                && allow.code == found.code
                && allow.about.contains(&found.span.start);
            allow.used |= here;
            covered |= here;
        }
        covered
    }

    /// Comments about these codes that allow nothing.
    pub fn needless(&self, looked_at: impl Fn(Code) -> bool) -> Vec<Diagnostic> {
        let mut problems = Problems::default();
        for allow in self.0.iter().filter(|a| !a.used && looked_at(a.code)) {
            let code = allow.code.as_str();
            let said = Both::new(
                format!("hier gibt es nichts zu erlauben: {code} wird nicht gefunden"),
                format!("there is nothing to allow here: {code} is not found"),
            );
            problems
                .at(Code::Allow, &allow.file, allow.place.clone(), said)
                .help("Löschen Sie diesen Kommentar", "Delete this comment");
        }
        problems.into_sorted()
    }
}

struct Comment<'t> {
    at: usize,
    text: &'t str,
}

/// The comment in a line that speaks to lotse. In word files a comment is a line of its own.
fn comment<'t>(file: &'t FileText, line: &Range<usize>) -> Option<Comment<'t>> {
    let text = &file.text[line.clone()];
    let at = text.match_indices('#').map(|(at, _)| at).find(|at| {
        text[*at..]
            .trim_start_matches('#')
            .trim_start()
            .starts_with(MARK)
    })?;
    let own = at == 0 || !is_words(file);
    own.then(|| Comment {
        at,
        text: text[at..].trim_end(),
    })
}

fn is_words(file: &FileText) -> bool {
    file.path.ends_with(".ftl")
}

fn parse(comment: &str) -> Result<Code, (Both, Both)> {
    let example = "# lotse: allow L068 because …";
    let help = Both::new(
        format!("Schreiben Sie: {example}"),
        format!("Write: {example}"),
    );
    let rest = comment.trim_start_matches('#').trim_start();
    let rest = rest.strip_prefix(MARK).unwrap_or(rest).trim_start();
    let Some(rest) = rest.strip_prefix("allow ") else {
        let said = Both::new(
            "damit kann lotse nichts anfangen",
            "lotse cannot make sense of this",
        );
        return Err((said, help));
    };
    let rest = rest.trim_start();
    let (name, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let name = name.trim_end_matches(',');
    let Some(code) = Code::ALL.iter().copied().find(|c| c.as_str() == name) else {
        let said = Both::new(
            format!("`{name}` ist keine Nummer eines Befundes"),
            format!("`{name}` is no number of a finding"),
        );
        let near = nearest(name, Code::ALL.iter().map(|c| c.as_str())).filter(|_| name.len() == 4);
        let help = near.map_or(help, |n| {
            Both::new(format!("Meinten Sie {n}?"), format!("Did you mean {n}?"))
        });
        return Err((said, help));
    };
    let reason = reason.trim_start();
    let why = ["because ", "weil "]
        .iter()
        .find_map(|w| reason.strip_prefix(w));
    if why.is_none_or(|w| !w.chars().any(char::is_alphanumeric)) {
        let said = Both::new("hier fehlt der Grund", "the reason is missing here");
        let help = Both::new(
            format!("Schreiben Sie dahinter, warum das so bleibt: # lotse: allow {name} because …"),
            format!("Write behind it why this stays as it is: # lotse: allow {name} because …"),
        );
        return Err((said, help));
    }
    Ok(code)
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        found.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
    }
    found
}

/// What stands below a comment of its own: from the comment on, so that the first line of a file covers what is said
/// about the file as a whole.
fn below(file: &FileText, lines: &[Range<usize>], comment: usize) -> Range<usize> {
    let text = |n: usize| &file.text[lines[n].clone()];
    let rest = comment + 1..lines.len();
    let is_comment = |n: usize| text(n).trim_start().starts_with('#');
    let first = rest
        .clone()
        .find(|n| !text(*n).trim().is_empty() && !is_comment(*n));
    let Some(first) = first else {
        return lines[comment].start..file.text.len();
    };
    let next = |begins: &dyn Fn(&str) -> bool| (first + 1..lines.len()).find(|n| begins(text(*n)));
    let end = if is_words(file) {
        next(&|line| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#' || c == '-'))
    } else if text(first).trim_start().starts_with('[') {
        next(&|line| line.starts_with('['))
    } else {
        Some(first + 1)
    };
    let end = end
        .and_then(|n| lines.get(n))
        .map_or(file.text.len(), |l| l.start);
    // An empty file ends where it begins.
    lines[comment].start..end.max(lines[comment].start + 1)
}

/// The codes that reading alone cannot find: they need a database, transcripts, or a calendar.
pub(super) fn found_by_reading(code: Code, dated: bool) -> bool {
    match code {
        Code::PeopleThere | Code::StepNotPlayed | Code::OptionNotPlayed | Code::TranscriptFails => {
            false
        }
        Code::ReviewOld | Code::FactOld => dated,
        _ => true,
    }
}

/// Adds findings to others, in the order of files and places.
pub(super) fn merged(mut found: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.extend(more);
    let key = |d: &Diagnostic| (Arc::clone(&d.file), d.span.start, d.code);
    found.sort_by_key(key);
    found
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{Code, MemorySource, load};
    use std::sync::Arc;

    fn codes(source: &MemorySource) -> Vec<&'static str> {
        let found = load(source, Arc::default()).diagnostics;
        found.iter().map(|d| d.code.as_str()).collect()
    }

    fn human(text: &str) -> MemorySource {
        folder().with("flows/human.toml", text)
    }

    const LONELY: &str = "[step.lonely]\nsay = true\n";
    const START: &str = "start = \"pass_on\"\n[step.pass_on]\nhandoff = { reason = \"work_ban\", share = [\"paper\", \"age\"] }\n";

    fn lonely(before: &str) -> Vec<&'static str> {
        let mut source = human(&format!("{START}{before}{LONELY}"));
        for lang in ["de", "en"] {
            source = source.with(&format!("locales/{lang}/human.ftl"), "lonely = Allein.\n");
        }
        codes(&source)
    }

    #[test]
    fn a_warning_with_a_reason_is_left_out() {
        assert_eq!(lonely(""), ["L040"]);
        assert_eq!(
            lonely("# lotse: allow L040 because it is not ready yet\n"),
            [""; 0]
        );
        assert_eq!(
            lonely("# lotse: allow L040 weil das noch nicht fertig ist\n\n# a note\n"),
            [""; 0]
        );
        assert_eq!(
            codes(&human(&format!(
                "{START}[step.lonely] # lotse: allow L040 because so\nset = {{ age = 1 }}\n"
            ))),
            [""; 0]
        );
    }

    #[test]
    fn it_counts_only_where_it_stands_and_for_what_it_names() {
        assert_eq!(
            lonely("# lotse: allow L041 because\n"),
            ["L018", "L040"],
            "no reason"
        );
        assert_eq!(
            lonely("# lotse: allow L42 because so\n"),
            ["L018", "L040"],
            "no code"
        );
        assert_eq!(
            lonely("# lotse: ignore L040\n"),
            ["L018", "L040"],
            "no sense"
        );
        assert_eq!(
            lonely("# lotse: allow L042 because so\n"),
            ["L018", "L040"],
            "another code"
        );
        let elsewhere = START.replace(
            "[step.pass_on]",
            "# lotse: allow L040 because so\n[step.pass_on]",
        );
        let found = codes(&human(&format!(
            "{elsewhere}[step.lonely]\nset = {{ age = 1 }}\n"
        )));
        assert_eq!(found, ["L018", "L040"], "another section");
    }

    #[test]
    fn errors_cannot_be_allowed() {
        let text = format!("# lotse: allow L003 because so\nx = 1\n{START}");
        assert_eq!(codes(&human(&text)), ["L003"]);
    }

    #[test]
    fn a_comment_that_allows_nothing_is_found() {
        let text = format!("# lotse: allow L040 because so\n{START}");
        assert_eq!(codes(&human(&text)), ["L018"]);
        // What only a database or a calendar shows is left alone without them.
        for late in ["L070", "L081"] {
            let text = format!("# lotse: allow {late} because so\n{START}");
            assert_eq!(codes(&human(&text)), [""; 0]);
        }
    }

    #[test]
    fn in_word_files_it_is_about_the_text_below() {
        let long = "x".repeat(30);
        let menu = |before: &str| {
            let words =
                format!("{before}choose = Worum?\n    .work = Arbeit\n    .human = {long}\n");
            let source = folder().with("locales/de/menu.ftl", &words);
            let found = load(&source, Arc::default()).diagnostics;
            found
                .iter()
                .filter(|d| &*d.file == "locales/de/menu.ftl")
                .map(|d| d.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(menu(""), [Code::TooLong]);
        assert_eq!(menu("# lotse: allow L068 because it has to be\n"), []);
    }
}
