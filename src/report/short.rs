//! One line a finding: `path:line:column: error[rule]: message`, which editors and terminals turn into links.

use super::{region, word};
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Sources;

/// One finding as one line, with its line break.
pub fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let region = region(&diagnostic.place, sources);
    let (line, column) = region.start;
    format!("{}:{line}:{column}: {}[{}]: {}\n", region.path, word(diagnostic), diagnostic.rule.name, diagnostic.message)
}
