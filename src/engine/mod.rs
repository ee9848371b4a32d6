//! The flow engine: a pure function from content, state and input to a new state and effects.
//!
//! **Architecture invariant:** `step` is total. Whatever comes in, it answers, it ends, and it loses no
//! saved answer. It reads no clock, draws no random number and does no I/O.

mod types;

pub use types::{Effect, Env, FlowState, HandOff, Input, Pending, Position, Turn};
