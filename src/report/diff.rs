//! What changes in a file, as a unified diff. The door to similar.

use similar::{ChangeTag, TextDiff};

/// Lines around a change that stay.
const CONTEXT: usize = 2;

/// A unified diff of a file, as `git apply` reads it; empty where nothing changes. `styled` adds ANSI colours.
pub fn diff(path: &str, old: &str, new: &str, styled: bool) -> String {
    if old == new {
        return String::new();
    }
    let lines = TextDiff::from_lines(old, new);
    let mut out = format!("--- a/{path}\n+++ b/{path}\n");
    for hunk in lines.unified_diff().context_radius(CONTEXT).iter_hunks() {
        out.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, colour) = match change.tag() {
                ChangeTag::Equal => (" ", None),
                ChangeTag::Delete => ("-", Some("\u{1b}[31m")),
                ChangeTag::Insert => ("+", Some("\u{1b}[32m")),
            };
            let line = format!("{sign}{}", change.value().trim_end_matches('\n'));
            match colour.filter(|_| styled) {
                Some(colour) => out.push_str(&format!("{colour}{line}\u{1b}[0m\n")),
                None => out.push_str(&format!("{line}\n")),
            }
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}
