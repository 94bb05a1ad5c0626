//! Merge conflicts that were left in a file. They are looked for before anything else: whatever else such a file says is noise.

use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::source::{FileId, Span};

/// The first line that git writes around a conflict, outside of code samples.
pub(super) fn find(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut at = 0;
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let marks = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| marks.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_none() && ["<<<<<<< ", ">>>>>>> "].iter().any(|marker| line.starts_with(marker)) {
            let finding = Diagnostic::new(&rules::CONFLICT_MARKER, Span::new(file, at..at + 7), "a merge conflict was left here");
            return Some(finding.hint("keep one side, and remove the lines of <<<<<<<, ======= and >>>>>>>"));
        }
        at += line.len();
    }
    None
}
