//! Findings that need conversations: transcripts that are played, people who stand at a step.
//! A walk through everything that can be said is here as well, for `lotse test`. What the files alone show is found by `content`.

mod live;
mod played;
mod samples;
mod standing;
mod walk;

#[cfg(test)]
mod doc;

pub use played::played;
pub use standing::{Standing, standing};
pub use walk::{Walk, WalkFault, walked};

use crate::content::Code;

/// The codes that [`played()`] looks for.
pub const PLAYED: &[Code] = &[
    Code::StepNotPlayed,
    Code::OptionNotPlayed,
    Code::TranscriptFails,
];

/// The codes that [`standing()`] looks for.
pub const STANDING: &[Code] = &[Code::PeopleThere];
