//! Languages on offer must have texts.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::near::nearest;

pub(super) fn check(files: &Files, problems: &mut Problems) {
    let Some((file, settings)) = &files.settings else {
        return;
    };
    for (lang, span) in &settings.languages {
        if files.texts.iter().any(|t| t.lang == *lang) {
            continue;
        }
        let said = Both::new(
            format!("zur Sprache `{lang}` gibt es keinen Ordner locales/{lang}"),
            format!("there is no folder locales/{lang} for the language `{lang}`"),
        );
        let near = nearest(lang.as_str(), files.texts.iter().map(|t| t.lang.as_str()));
        let help = near.map(|n| {
            Both::new(
                format!("Meinten Sie `{n}`?"),
                format!("Did you mean `{n}`?"),
            )
        });
        problems
            .at(Code::UnknownLanguage, file, span.clone(), said)
            .help_if(help);
    }
}
