//! What a free text is about, and whether a human has to look.
//!
//! `readings` are what a message can be read as, `tongue` says in which language it is, `lexicon` finds the phrases of
//! the content in it. `lessons` are the content's examples; `models` learn from them: `e5` makes sentence vectors,
//! `head` learns on these and `neighbours` looks who stands close by, `second` tells danger from what only
//! sounds like it; `ngram` and `weighing` learn on groups of letters and need no weights. `zones` decide what follows from all that, and `measure` tells how often that is right. `mask`
//! makes a message fit to become an example. An `examiner` has it all in one hand.
//!
//! **Architecture invariant:** everything in here is a pure function of content and message, and takes time at most
//! proportional to the message, which is cut to a bounded length first.

pub mod e5;
mod examiner;
#[doc(hidden)]
pub mod fuzz;
mod head;
mod lbfgs;
mod lessons;
pub mod lexicon;
mod lists;
mod mask;
mod math;
pub mod measure;
mod models;
mod neighbours;
mod ngram;
pub mod readings;
mod second;
mod seen;
#[cfg(test)]
mod shipped;
mod spoken;
pub mod tongue;
mod trie;
mod weighing;
mod zones;

pub use examiner::Examiner;
pub use head::Head;
pub use lessons::{Lesson, Lessons};
pub use lexicon::Lexicon;
pub use mask::{GAP, Mask, Masked};
pub use models::{Learned, Models, Scores, VectorModel};
pub use ngram::NgramModel;
pub use second::Second;
pub use seen::Seen;
pub use zones::{Reach, decide, offered, reach};
