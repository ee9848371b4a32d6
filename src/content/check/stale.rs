//! Translations whose source has changed since they were made: `state.txt` says what they were made from.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::ftl::TextFile;
use crate::model::Lang;

/// A warning for each file says which of its texts are stale.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    let source = &settings.settings.source;
    files.each_text(problems, |text, problems| {
        if text.lang != *source {
            one(files, source, text, problems);
        }
    });
}

/// Whether the source of a text has changed since it was translated, as far as the records tell.
pub(super) fn is_stale(files: &Files, source: &Lang, text: &TextFile, id: &str) -> bool {
    stale_in(files, source, text)(id)
}

/// The same for several texts of a file.
fn stale_in<'f>(
    files: &'f Files,
    source: &Lang,
    text: &TextFile,
) -> impl Fn(&str) -> bool + use<'f> {
    let records = files.records.get(&text.lang);
    let of = records.and_then(|records| records.of(&text.name));
    let both = of.zip(files.text(source, &text.name));
    move |id| both.is_some_and(|(of, original)| of.is_stale(id, || original.hash(id)))
}

fn one(files: &Files, source: &Lang, text: &TextFile, problems: &mut Problems) {
    // A slip may have cut a text off; that is said where it is.
    if text.faulty || files.text(source, &text.name).is_some_and(|t| t.faulty) {
        return;
    }
    let is_stale = stale_in(files, source, text);
    let ids = text.messages().map(|m| m.id.name);
    let stale: Vec<&str> = ids.filter(|id| is_stale(id)).collect();
    let Some(first) = stale.first() else { return };
    let list = stale.iter().take(8).copied().collect::<Vec<_>>();
    let list = list.join(", ") + if stale.len() > 8 { ", …" } else { "" };
    let said = Both::new(
        format!("der Ausgangstext ist neuer als die Übersetzung: {list}"),
        format!("the source is newer than the translation: {list}"),
    );
    problems
        .at(Code::TextStale, &text.file, text.span(first), said)
        .help(
            "Ist die Übersetzung wieder richtig: lotse review, mit Namen. Neu übersetzen lassen: lotse export --only stale",
            "If the translation is right again: lotse review, with a name. To have it translated: lotse export --only stale",
        );
}
