//! lotse: a messenger guide for refugees in Germany.
//!
//! `docs/architecture.md` is the map of the rooms and of the way of a message.

pub mod channel;
pub mod cli;
pub mod config;
pub mod content;
pub mod desk;
pub mod engine;
pub mod model;
pub mod ports;
pub mod runtime;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod triage;
pub mod web;
