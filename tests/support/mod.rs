//! What several tests share.

pub mod desk;
pub mod lotse;
pub mod telegram;
