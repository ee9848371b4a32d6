//! Flows, words and facts: read from files, checked, made into one immutable `Content`.
//!
//! **Architecture invariant:** content comes through [`Source`]; nothing in here opens a file itself.

mod allow;
mod builtin;
mod check;
mod command;
mod compare;
mod detect;
mod diagnostic;
mod entry;
pub mod exchange;
mod facts;
mod files;
mod fluent;
mod gist;
pub mod graph;
mod known;
mod load;
mod locale;
#[cfg(test)]
mod mistakes;
mod near;
mod parse;
mod paths;
mod places;
mod recheck;
mod record;
mod render;
mod sensitive;
mod services;
mod show;
mod source;
mod spots;
mod types;
mod words;

pub use allow::Allows;
#[cfg(test)]
pub(crate) use check::example::folder as example_folder;
pub use command::Command;
pub use compare::{Changes, StepChange, TextChanges, Version, compare};
pub use detect::{
    Class, ClassThresholds, DeadlineKind, Detect, OTHER, SMALLTALK, Samples, Thresholds, Tongue,
};
pub use diagnostic::{Both, Code, Diagnostic, Severity, Span};
pub use entry::Entry;
pub use facts::{FactStatus, Supposed, Unverified, fact_status};
pub use fluent::{Arg, isolated};
pub use load::{Loaded, Loader, load, load_on};
pub use locale::{Separators, separators};
pub(crate) use near::nearest;
pub use places::{Kreis, Places, PlacesError};
pub use recheck::{Looked, Recheck, Told};
pub use record::{SignOff, State};
pub use render::render;
pub use show::{plain, show};
pub use source::{MemorySource, Source};
pub use spots::{Spot, Spots};
pub use types::{
    Action, Area, Ask, AskKind, ChoiceOption, Condition, Content, Fact, FactState, FactValue,
    Field, FieldKind, Flow, Handoff, Language, Literal, Next, Op, Operand, Reason, Refer, Remind,
    Retry, Review, Rule, Service, Settings, SpanFn, Step, StepKind, Target,
};
pub use words::Words;
