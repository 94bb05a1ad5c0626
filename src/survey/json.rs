//! JSON, for programs. docs/reports.md names every field; fields are only ever added.

use super::Report;

/// A report as one JSON object, with its line break.
pub fn json(report: &impl Report) -> String {
    format!("{}\n", serde_json::to_string_pretty(report).expect("texts and numbers are JSON"))
}
