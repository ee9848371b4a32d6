//! All texts in all languages, formatted by Fluent.

use crate::model::Lang;

/// A value that a text may show.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words; isolated from the text around them unless they are a URL or a phone number.
    Text(String),
    /// A number; chooses plural forms and is written with the language's digits and separators.
    Number(i64),
}

/// All texts in all languages.
#[derive(Debug, Default)]
pub struct Words {}

impl Words {
    /// The text of a message, `file` being a flow's id or `system`, `fields`, `topics`, `reasons`.
    /// `None` if this language does not have it.
    pub fn text(
        &self,
        _lang: &Lang,
        _file: &str,
        _id: &str,
        _args: &[(&str, Arg)],
    ) -> Option<String> {
        None
    }

    /// The text of an attribute (a button's label, a `.retry`).
    pub fn attribute(
        &self,
        _lang: &Lang,
        _file: &str,
        _id: &str,
        _attribute: &str,
        _args: &[(&str, Arg)],
    ) -> Option<String> {
        None
    }
}
