//! All integration tests in one binary, so that the whole stack is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where something it needs is not there; clippy.toml lets through only what is marked as a test"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the simulators stand for the outside world, which has a clock of its own"
)]
#![expect(clippy::print_stdout, reason = "a test may tell figures")]

#[path = "../support/mod.rs"]
mod support;

mod alarm;
mod browser;
mod check;
mod closed_pipe;
mod editors;
mod invariants;
mod kill;
mod media;
mod postgres;
mod publish;
mod recognition;
mod target_group;
mod telegram_simulator;
mod telegram_story;
mod transcripts;
mod translations;
mod triage;
mod understood;
mod vectors;
