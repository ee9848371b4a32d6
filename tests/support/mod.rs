//! What several tests share.

pub mod telegram;
