//! What the engine does, seen from outside.

mod answers;
mod edits;
mod notice;
mod passages;
mod refer;
mod remind;
mod resume;
mod triage;
mod urged;
mod ways;
