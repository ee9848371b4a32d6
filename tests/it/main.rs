//! All integration tests in one binary, so that the whole stack is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where something it needs is not there; only functions marked as tests are let through by clippy.toml"
)]

#[path = "../support/mod.rs"]
mod support;

mod invariants;
mod kill;
mod telegram_simulator;
mod telegram_story;
mod transcripts;
