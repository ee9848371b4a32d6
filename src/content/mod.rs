//! Flows, words and facts: read from files, checked, made into one immutable `Content`.
//!
//! **Architecture invariant:** content comes through [`Source`]; nothing in here opens a file itself.

mod places;
mod types;
mod words;

pub use places::{Kreis, Places};
pub use types::{
    Action, Ask, AskKind, ChoiceOption, Command, Condition, Content, Fact, FactState, FactValue,
    Field, FieldKind, Flow, Handoff, Language, Literal, Next, Op, Operand, Reason, Retry, Review,
    Rule, Settings, SpanFn, Step, StepKind, Target,
};
pub use words::{Arg, Words};

/// Where content files come from: the binary itself, or a folder.
pub trait Source {
    /// All paths below the content folder, with `/`: `flows/work.toml`, `locales/de/work.ftl`.
    fn paths(&self) -> Vec<String>;
    /// A file's text. An error says in plain words why it cannot be read.
    fn read(&self, path: &str) -> Result<String, String>;
}
