//! All integration tests in one binary, so that the whole stack is linked once.

#[path = "../support/mod.rs"]
mod support;

mod telegram_simulator;
mod transcripts;
