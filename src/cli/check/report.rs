//! Findings as lines.

use crate::content::{Code, Diagnostic, Severity};
use crate::model::Lang;

/// The last line.
pub fn summary(name: &str, errors: usize, warnings: usize, lang: &Lang) -> String {
    let german = lang.as_str().starts_with("de");
    match (errors, warnings, german) {
        (0, 0, true) => format!("{name}: kein Fehler"),
        (0, 0, false) => format!("{name}: no mistake"),
        (e, w, true) => format!("{name}: Fehler: {e}, Warnungen: {w}"),
        (e, w, false) => format!("{name}: errors: {e}, warnings: {w}"),
    }
}

/// Where a finding stands in the report: first files that cannot be read, then other errors, then warnings; within each by
/// file and place. A slip in the writing of a file mostly is the cause of what else is found.
pub fn rank(found: &Diagnostic) -> u8 {
    match (found.code, found.severity) {
        (Code::NoFile | Code::TomlSyntax | Code::FluentSyntax, Severity::Error) => 0,
        (_, Severity::Error) => 1,
        (_, Severity::Warning) => 2,
    }
}

/// How bad it is, in the words of JSON and SARIF.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A finding as one line of JSON.
pub fn json(found: &Diagnostic, lang: &Lang) -> String {
    serde_json::json!({
        "code": found.code.as_str(),
        "severity": level(found.severity),
        "file": &*found.file,
        "line": found.line,
        "column": found.column,
        "message": found.message.get(lang),
        "help": found.help.as_ref().map(|h| h.get(lang)),
    })
    .to_string()
}
