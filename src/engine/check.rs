//! The check question of a class: is it so?

use crate::content::Content;
use crate::model::Lang;

/// The question whether it is so, in a language that has one.
pub(super) fn text<'c>(content: &'c Content, lang: &Lang, class: &str) -> Option<&'c str> {
    let tongue = content.detect.tongue(lang)?;
    tongue.samples.get(class)?.check.as_deref()
}

/// Yes or no, as answers to it.
pub(super) fn label(content: &Content, lang: &Lang, id: &str) -> Option<String> {
    let tongue = content.detect.tongue(lang)?;
    let label = if id == "yes" { &tongue.yes } else { &tongue.no };
    Some(label.clone())
}
