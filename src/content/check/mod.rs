//! What only shows when all files are seen together.
//!
//! Each file here is one family of checks; each looks at [`Files`] and reports to [`Problems`].

mod age;
mod answers;
mod channels;
mod detect;
#[cfg(test)]
pub(in crate::content) mod example;
pub(super) mod expected;
mod graph;
mod labels;
mod languages;
mod logic;
mod lookalike;
mod names;
pub(super) mod pattern;
mod plain;
mod rules;
mod services;
mod stale;
mod structure;
mod system;
mod texts;
pub(super) mod translation;
pub(super) mod units;
mod usage;
mod values;
mod ways;

use super::diagnostic::Problems;
use super::files::Files;
use super::places::Places;
use crate::model::Lang;
use jiff::civil::Date;
use std::collections::HashSet;

/// Runs all checks. Without `today` nothing is called old. Gives the texts (`work/age`) that are not shown in a language
/// until they are translated anew.
pub(super) fn all(
    files: &Files,
    places: &Places,
    today: Option<Date>,
    problems: &mut Problems,
) -> HashSet<(Lang, String)> {
    names::check(files, problems);
    values::check(files, problems);
    rules::check(files, problems);
    structure::check(files, problems);
    graph::loops(files, problems);
    languages::check(files, problems);
    units::check(files, problems);
    services::check(files, places, today, problems);
    age::check(files, today, problems);
    detect::check(files, problems);
    let plans = expected::plans(files);
    // What seems superfluous or impossible may only be the consequence of a slip elsewhere, so that is fixed first.
    if !problems.has_errors() {
        logic::check(files, problems);
        structure::never_asked(files, problems);
        graph::unreachable(files, problems);
        texts::unused(files, &plans, problems);
        ways::check(files, problems);
        usage::check(files, problems);
    }
    texts::check(files, &plans, problems);
    labels::check(files, &plans, problems);
    channels::check(files, &plans, problems);
    plain::check(files, problems);
    lookalike::check(files, problems);
    translation::check(files, &plans, problems);
    stale::check(files, problems);
    translation::withheld(files, &plans, problems)
}
