//! What the program says in its own words where a content folder does not say it.
//!
//! A new version may have something to say that no folder of last year knows. Nobody's bot may stand still for that:
//! until the editors have written a text of their own, the one that came with the program is used.

use super::fluent::{self, Bundle};
use crate::model::Lang;
use fluent_bundle::FluentResource;
use std::sync::{Arc, LazyLock};

macro_rules! texts {
    ($($lang:literal),*) => {
        &[$(
            ($lang, "system", include_str!(concat!("../../locales/", $lang, "/system.ftl"))),
            ($lang, "commands", include_str!(concat!("../../locales/", $lang, "/commands.ftl"))),
            ($lang, "room", include_str!(concat!("../../locales/", $lang, "/room.ftl"))),
        )*]
    };
}

/// Language, file, text.
const TEXTS: &[(&str, &str, &str)] = texts!["de", "en", "ar"];

static BUNDLES: LazyLock<Vec<(&str, &str, Bundle)>> = LazyLock::new(|| {
    let read = |(lang, file, text): &(&'static str, &'static str, &'static str)| {
        // Checked by the linter, like all shipped content; what could not be read would be left out.
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let bundle = fluent::bundle(&Lang::new(lang), Arc::new(resource));
        (*lang, *file, bundle)
    };
    TEXTS.iter().map(read).collect()
});

/// The program's own texts of a file in a language; `None` if it has none. A text that folders may leave out on
/// purpose (`numbers-violence`) is not among what may be taken from it.
pub(super) fn bundle(lang: &Lang, file: &str, id: &str) -> Option<&'static Bundle> {
    if id.starts_with("numbers-") {
        return None;
    }
    let mut known = BUNDLES.iter();
    let (.., bundle) = known.find(|(l, f, _)| *l == lang.as_str() && *f == file)?;
    Some(bundle)
}

/// Whether the program has words of its own for a text, or for a label of it.
pub(super) fn has(lang: &Lang, file: &str, id: &str, label: Option<&str>) -> bool {
    let message = bundle(lang, file, id).and_then(|b| b.get_message(id));
    message.is_some_and(|m| label.map_or(m.value().is_some(), |l| m.get_attribute(l).is_some()))
}

#[cfg(test)]
mod tests {
    use crate::content::check::example;
    use crate::content::{Severity, load};
    use crate::model::Lang;
    use std::sync::Arc;

    #[test]
    fn a_folder_of_an_older_version_can_be_used_and_its_editors_hear_of_it() {
        let mut folder = example::folder();
        let old = folder.0["locales/de/system.ftl"].replace("remind-offer", "unused");
        folder = folder.with("locales/de/system.ftl", &old);
        let loaded = load(&folder, Arc::default());
        let content = loaded.content.expect("it can be used");
        let (de, offer) = (Lang::new("de"), "remind-offer");
        assert!(
            content
                .words
                .text(&de, "system", offer, &[])
                .is_some_and(|t| t.contains("erinnern"))
        );
        assert!(
            content
                .words
                .attribute(&de, "system", offer, "yes", &[])
                .is_some()
        );
        let told = loaded
            .diagnostics
            .iter()
            .find(|d| d.message.en.contains(offer));
        assert!(told.is_some_and(|d| d.severity == Severity::Warning));
    }
}
