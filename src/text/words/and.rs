//! "and" between two things that are named.

/// As [`super::super::normalise()`] leaves them. Arabic writes it onto the next word; see `text::list`.
pub(in crate::text) const AND: &[&str] = &[
    "und",
    "sowie",
    "and",
    "و",
    "وكذلك",
    "او",
    "u",
    "ve",
    "и",
    "та",
    "і",
    "et",
    "iyo",
    "oo",
    "ን",
    "ከምኡውን",
    "እና",
];
