//! The flow engine: a pure function from content, state and input to a new state and effects.
//!
//! **Architecture invariant:** `step` is total. Whatever comes in, it answers, it ends, and it loses no
//! saved answer. It reads no clock, draws no random number and does no I/O.

mod answer;
mod check;
mod commands;
mod condition;
mod consent;
mod edits;
mod enter;
pub mod lint;
mod media;
mod notice;
mod option;
mod outside;
mod pending;
mod picks;
mod place;
mod question;
mod refer;
mod remind;
mod resume;
mod run;
mod say;
pub mod talk;
mod topics;
mod triage;
mod turn;
mod types;
mod urged;

pub use edits::{Fate, fate};
pub use enter::{enter, enter_at};
pub use media::{forget, sample};
pub use outside::{
    command_in, is_free_text, is_newest_question, is_repeated_tap, label_of, language, numbers,
    system,
};
pub use run::{To, Trace, Went};
pub use turn::{step, step_traced};
pub use types::{
    Effect, Env, FlowState, HandOff, Input, Left, Pending, Position, Reminder, Tapped, Turn, Urged,
    Visited,
};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
