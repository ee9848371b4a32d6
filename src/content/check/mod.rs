//! What only shows when all files are seen together.
//!
//! Each file here is one family of checks; each looks at [`Files`] and reports to [`Problems`].

mod names;
mod rules;
mod values;

use super::diagnostic::Problems;
use super::files::Files;
use jiff::civil::Date;

/// Runs all checks.
pub(super) fn all(files: &Files, today: Option<Date>, problems: &mut Problems) {
    names::check(files, problems);
    values::check(files, problems);
    rules::check(files, problems);
    let _ = today;
}
