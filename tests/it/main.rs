//! All integration tests in one binary, so that the whole stack is linked once.

#[path = "../support/mod.rs"]
mod support;

mod invariants;
mod telegram_simulator;
mod transcripts;
