//! Report: diagnostics → text. Pure; one file a format.

mod diff;
mod explanation;
mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub use diff::diff;
pub use explanation::{explanation, explanations};
pub use github::{Github, github};
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use short::short;

use crate::model::diagnostic::{Diagnostic, Place, Severity};
use crate::model::source::Sources;

/// The form in which findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, with an excerpt of the source.
    Human,
    /// For people and editors, one line a finding.
    Short,
    /// For programs, one JSON object a line.
    Json,
    /// Commands that GitHub turns into annotations of a pull request.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// The lines that a change touched, by path relative to the site's root.
pub type ChangedLines = BTreeMap<String, Vec<RangeInclusive<usize>>>;

/// Where a finding begins and ends, for programs: lines and columns from 1, columns in characters, the end behind the last.
struct Region<'a> {
    path: &'a str,
    start: (usize, usize),
    end: (usize, usize),
}

fn region<'a>(place: &'a Place, sources: &'a Sources) -> Region<'a> {
    match place {
        Place::Path(path) => Region { path, start: (1, 1), end: (1, 1) },
        Place::Text(span) => {
            let file = sources.file(span.file);
            Region { path: &file.path, start: file.line_column(span.start), end: file.line_column(span.end) }
        }
    }
}

/// The word for a severity that all formats but SARIF use.
fn word(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
