//! The counsellors' desk: the rules for cases, as functions of plain values.
//!
//! **Architecture invariant:** who may see or do what with a case is decided in [`visibility`] and
//! nowhere else; which state follows which is decided in [`life`] and nowhere else.

pub mod hours;
pub mod life;
pub mod number;
pub mod routing;
pub mod visibility;
pub mod wait;
