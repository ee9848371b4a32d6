//! The way of a message: accept, turn, send; timers; wake-ups; shutdown.
//!
//! `accept` writes updates to disk and hands them on; `turns` takes each conversation's turn (`turn`, on what `talk` holds,
//! with `relay` where a human is its `owner` and `opening` where a case begins) and commits it; `after` does what follows;
//! `sender` and `loops` send, settle, sweep up after crashes and run timers; `wake` tells other processes. `supervise` starts and stops all of it.

mod accept;
mod after;
pub mod alarm;
mod attachments;
mod clean;
mod hub;
mod leases;
pub mod live;
mod look;
mod loops;
mod media;
mod opening;
pub mod origin;
mod owner;
mod pause;
pub mod published;
mod relay;
mod remind;
#[cfg(test)]
mod rig;
mod sender;
mod sorry;
pub mod standing;
mod supervise;
pub mod system;
mod talk;
mod tally;
pub mod triage;
mod turn;
mod turns;
mod uploads;
mod wake;
mod work;
mod world;

pub use accept::Acceptor;
pub use clean::kind_of;
pub use hub::{Hub, News};
pub use sender::Sender;
pub use supervise::{Health, Running, Setup};
pub use uploads::Uploads;
pub use work::Parts;
pub use world::{World, WorldCell};
