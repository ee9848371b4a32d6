//! From files to typed values with positions. Nothing here looks across files; that is `check`'s work.

pub(super) mod condition;
pub(super) mod declarations;
pub(super) mod detect;
pub(super) mod facts;
pub(super) mod flow;
pub(super) mod ftl;
mod later;
mod line;
mod media;
pub(super) mod placeholder;
mod question;
pub(super) mod reader;
pub(super) mod services;
pub(super) mod settings;
pub(super) mod step;
mod token;
pub(super) mod toml_error;
mod way;

use super::diagnostic::Span;

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RefKind {
    Step,
    Flow,
    Field,
    Fact,
    Topic,
    Reason,
}

/// A name that must be declared somewhere else.
#[derive(Clone, Debug)]
pub(super) struct Ref {
    pub kind: RefKind,
    pub name: String,
    pub span: Span,
}

/// The languages of counsellors.
pub(super) const COUNSELLOR_LANGUAGES: &[&str] = &["de", "en"];

/// Words that conditions use: no field may have them as its name.
pub(super) const CONDITION_WORDS: &[&str] = &[
    "and",
    "or",
    "not",
    "in",
    "has",
    "known",
    "covered",
    "true",
    "false",
    "else",
    "days_since",
    "weeks_since",
    "months_since",
    "days_until",
    "weeks_until",
];

/// Words that cannot be values in conditions: nobody could tell them from the condition's own.
pub(super) const VALUE_WORDS: &[&str] = &["and", "or", "not", "true", "false", "else"];
