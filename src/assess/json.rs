//! JSON, for programs: everything, however much.

use super::Impact;

/// What a change means as one JSON object, with its line break.
pub fn json(impact: &Impact) -> String {
    format!("{}\n", serde_json::to_string_pretty(impact).expect("texts and numbers are JSON"))
}
