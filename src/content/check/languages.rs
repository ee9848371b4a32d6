//! Languages on offer must have texts, and texts a language on offer.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::locale::plural_forms;
use crate::content::near::nearest;
use crate::content::parse::ftl::TextFile;
use crate::content::parse::settings::SettingsFile;
use crate::model::Lang;
use std::collections::BTreeMap;

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
    not_offered(files, settings, problems);
}

/// Says once for each language that it is not on offer. Words of commands count in every one.
fn not_offered(files: &Files, settings: &SettingsFile, problems: &mut Problems) {
    let offered = |lang: &Lang| settings.languages.iter().any(|(l, _)| l == lang);
    let mut strays: BTreeMap<&Lang, (&TextFile, usize)> = BTreeMap::new();
    for text in files.texts.iter().filter(|t| t.name != "commands") {
        let (_, count) = strays.entry(&text.lang).or_insert((text, 0));
        *count += 1;
    }
    for (lang, (text, count)) in strays.into_iter().filter(|(lang, _)| !offered(lang)) {
        let said = match count {
            1 => Both::new(
                format!("die Sprache `{lang}` wird nicht angeboten; diese Datei liest niemand"),
                format!("the language `{lang}` is not on offer; nobody reads this file"),
            ),
            _ => Both::new(
                format!(
                    "die Sprache `{lang}` wird nicht angeboten; ihre {count} Dateien liest niemand"
                ),
                format!("the language `{lang}` is not on offer; nobody reads its {count} files"),
            ),
        };
        let known = settings.languages.iter().map(|(l, _)| l.as_str());
        // `fr` is no misspelt `ar`.
        let is_none = plural_forms(lang).is_none();
        let help = match nearest(lang.as_str(), known).filter(|_| is_none) {
            Some(near) => Both::new(
                format!("Meinten Sie den Ordner locales/{near}?"),
                format!("Did you mean the folder locales/{near}?"),
            ),
            None => Both::new(
                format!(
                    "Ist genug übersetzt, ergänzen Sie \"{lang}\" in `languages` in flows/settings.toml"
                ),
                format!(
                    "When enough is translated, add \"{lang}\" to `languages` in flows/settings.toml"
                ),
            ),
        };
        problems
            .at(Code::StrayFile, &text.file, 0..0, said)
            .help_if(Some(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::content::example_folder;
    use crate::content::load;
    use std::sync::Arc;

    #[test]
    fn a_language_in_preparation_is_said_once() {
        let folder = example_folder()
            .with("locales/fr/menu.ftl", "choose = …\n")
            .with("locales/fr/work.ftl", "age = …\n")
            .with("locales/enn/work.ftl", "age = How old?\n")
            .with("locales/tr/commands.ftl", "stop = dur\n");
        let found = load(&folder, Arc::default()).diagnostics;
        let said: Vec<_> = found
            .iter()
            .map(|d| {
                (
                    &*d.file,
                    d.message.en.as_str(),
                    d.help.as_ref().map(|h| h.en.as_str()),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (
                    "locales/enn/work.ftl",
                    "the language `enn` is not on offer; nobody reads this file",
                    Some("Did you mean the folder locales/en?"),
                ),
                (
                    "locales/fr/menu.ftl",
                    "the language `fr` is not on offer; nobody reads its 2 files",
                    Some(
                        "When enough is translated, add \"fr\" to `languages` in flows/settings.toml"
                    ),
                ),
            ]
        );
    }
}
