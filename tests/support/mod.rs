//! What several tests share.

pub mod content;
pub mod desk;
pub mod lotse;
pub mod outside;
pub mod postgres;
pub mod telegram;
