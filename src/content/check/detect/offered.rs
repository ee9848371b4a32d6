//! Languages in which the bot speaks: whoever chooses one has to be understood in it.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::parse::detect::FOLDER;
use crate::content::parse::detect::tongue::TongueFile;
use crate::model::Lang;
use crate::text::key;

/// Whether a language is among those on offer.
pub(super) fn is_offered(files: &Files, lang: &Lang) -> bool {
    let settings = files.settings.as_ref();
    settings.is_some_and(|(_, s)| s.languages.iter().any(|(known, _)| known == lang))
}

/// Languages on offer without a file.
pub(super) fn without_file(files: &Files, problems: &mut Problems) {
    let Some((file, settings)) = &files.settings else {
        return;
    };
    for (lang, span) in &settings.languages {
        // Simple German is German: what people write in it stands in one file.
        if files
            .detect
            .tongues
            .iter()
            .any(|t| base(&t.lang) == base(lang))
        {
            continue;
        }
        let message = Both::new(
            format!("die Sprache `{lang}` wird angeboten, aber {FOLDER}{lang}.toml fehlt"),
            format!("the language `{lang}` is on offer, but {FOLDER}{lang}.toml is missing"),
        );
        problems
            .at(Code::ClassMissing, file, span.clone(), message)
            .help(
                "Wer in dieser Sprache schreibt, dass er in Gefahr ist, wird kaum erkannt: schreiben Sie die Datei",
                "Whoever writes in this language that they are in danger is hardly recognised: write the file",
            );
    }
}

/// The language without script, country or variant.
fn base(lang: &Lang) -> &str {
    let whole = lang.as_str();
    whole.split_once('-').map_or(whole, |(base, _)| base)
}

/// A yes that reads like the no.
pub(super) fn answers(tongue: &TongueFile, problems: &mut Problems) {
    let said = &tongue.tongue;
    let (yes, no) = (key(&said.yes), key(&said.no));
    if yes.is_empty() || yes != no {
        return;
    }
    let message = Both::new(
        format!("Ja und Nein heißen beide „{}“", said.yes),
        format!("yes and no are both called “{}”", said.yes),
    );
    problems
        .at(Code::LabelTwice, &tongue.file, tongue.no.clone(), message)
        .help(
            "Wer auf eine Rückfrage antwortet, muss Ja und Nein unterscheiden können",
            "Whoever answers a check question has to be able to tell yes from no",
        );
}

#[cfg(test)]
mod tests {
    use crate::content::{example_folder, load};
    use std::sync::Arc;

    /// The findings with these texts in a file of the example instead of those.
    fn found(file: &str, edits: &[(&str, &str)]) -> Vec<String> {
        let folder = example_folder();
        let text = folder.0[file].clone();
        let edited = edits.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        let loaded = load(&folder.with(file, &edited), Arc::default());
        let told = loaded.diagnostics.iter();
        told.map(|d| format!("{} {:?}: {}", d.code.as_str(), d.severity, d.message.en))
            .collect()
    }

    #[test]
    fn who_chooses_a_language_is_understood_in_it() {
        let empty = [("[work_ban]", "[work_bans]")];
        let told = found("flows/detect/en.toml", &empty);
        assert!(
            told.iter()
                .any(|t| t == "L091 Error: the language `en` lacks: `work_ban`"),
            "{told:#?}"
        );
        let told = found(
            "flows/settings.toml",
            &[(
                "languages = [\"de\", \"en\"]",
                "languages = [\"de\", \"en\", \"tr\"]",
            )],
        );
        let wanted =
            "L091 Error: the language `tr` is on offer, but flows/detect/tr.toml is missing";
        assert!(told.iter().any(|t| t == wanted), "{told:#?}");
    }

    #[test]
    fn yes_is_not_no_and_numbers_in_questions_are_right() {
        let told = found(
            "flows/detect/de.toml",
            &[("yes = \"Ja\"", "yes = \"nein\"")],
        );
        assert!(
            told.iter().any(|t| t.starts_with("L065 Error")),
            "{told:#?}"
        );
        let told = found(
            "flows/detect/de.toml",
            &[(
                "Hat Ihnen jemand verboten zu arbeiten?",
                "Verboten? Rufen Sie 0800 1110112 an.",
            )],
        );
        assert!(
            told.iter().any(|t| t.starts_with("L098 Error")),
            "{told:#?}"
        );
        let told = found(
            "flows/detect/de.toml",
            &[(
                "Hat Ihnen jemand verboten zu arbeiten?",
                "Verboten, vor 18 Jahren? Sonst 0800 1110111.",
            )],
        );
        assert!(told.iter().all(|t| !t.starts_with("L098")), "{told:#?}");
    }
}
