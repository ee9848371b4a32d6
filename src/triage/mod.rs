//! What a free text is about, and whether a human has to look.
//!
//! `lessons` are the content's examples; `models` learn from them: `e5` makes sentence vectors and `head` learns on these,
//! `ngram` learns on groups of letters and needs no weights.

pub mod e5;
mod head;
mod lbfgs;
mod lessons;
mod math;
mod models;
mod ngram;

pub use head::Head;
pub use lessons::{Lesson, Lessons};
pub use models::{Learned, Models, Scores, VectorModel};
pub use ngram::NgramModel;
