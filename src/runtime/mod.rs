//! The way of a message: accept, turn, send; timers; wake-ups; shutdown.

mod hub;

pub use hub::{Hub, News};
