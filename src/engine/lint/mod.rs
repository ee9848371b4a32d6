//! Findings that need conversations: transcripts that are played, people who stand at a step.
//! What the files alone show is found by `content`.

mod played;
mod standing;

#[cfg(test)]
mod doc;

pub use played::played;
pub use standing::{Standing, standing};

use crate::content::Code;

/// The codes that [`played`] looks for.
pub const PLAYED: &[Code] = &[
    Code::StepNotPlayed,
    Code::OptionNotPlayed,
    Code::TranscriptFails,
];

/// The codes that [`standing`] looks for.
pub const STANDING: &[Code] = &[Code::PeopleThere];
