//! Findings as lines.

use crate::content::{Code, Content, Diagnostic, Severity};
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

/// What nobody has checked: it is no mistake, but nobody should take it for sound either. `None`: all is signed off.
pub fn unchecked(content: &Content, lang: &Lang) -> Option<String> {
    let texts = content.words.unchecked_languages().into_iter();
    let tongues = content.detect.tongues.iter();
    let unread = tongues.filter(|(_, tongue)| tongue.reviewed.is_none());
    let (texts, recognition) = (list(texts), list(unread.map(|(lang, _)| lang)));
    let german = lang.as_str().starts_with("de");
    let parts = [
        (if german { "Texte" } else { "texts" }, texts),
        (
            match german {
                true => "Erkennung freier Texte",
                false => "how free texts are understood",
            },
            recognition,
        ),
    ];
    let said = parts
        .into_iter()
        .filter(|(_, languages)| !languages.is_empty());
    let said: Vec<String> = said.map(|(what, of)| format!("{what}: {of}")).collect();
    let head = match german {
        true => "von niemandem geprüft (`lotse status` zählt)",
        false => "checked by nobody (`lotse status` counts)",
    };
    (!said.is_empty()).then(|| format!("{head}: {}", said.join("; ")))
}

fn list<'l>(languages: impl Iterator<Item = &'l Lang>) -> String {
    let tags: Vec<&str> = languages.map(Lang::as_str).collect();
    tags.join(", ")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{example_folder, load};
    use std::sync::Arc;

    #[test]
    fn what_nobody_has_checked_is_named_for_texts_and_for_recognition() {
        let mut content = load(&example_folder(), Arc::default()).content.unwrap();
        let said = |content: &Content, lang: &str| unchecked(content, &Lang::new(lang));
        insta::assert_snapshot!(said(&content, "de").unwrap(), @"von niemandem geprüft (`lotse status` zählt): Texte: en; Erkennung freier Texte: de");
        insta::assert_snapshot!(said(&content, "en").unwrap(), @"checked by nobody (`lotse status` counts): texts: en; how free texts are understood: de");
        let tongues = &mut Arc::make_mut(&mut content.detect).tongues;
        tongues.retain(|_, tongue| tongue.reviewed.is_some());
        assert!(!said(&content, "en").unwrap().contains("understood"));
    }
}
