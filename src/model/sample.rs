//! A code sample: what the info string of a fence says about it.

use super::language::Language;
use super::source::Span;

/// One code sample of a body.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The whole fence.
    pub span: Span,
    /// The language; plain text where the fence names none.
    pub language: &'static Language,
    /// What stands above it; may be absent.
    pub title: Option<String>,
    /// Lines to mark, as ranges from 1, both ends included; sorted.
    pub marked_lines: Vec<(usize, usize)>,
    /// Its name in a group of tabs.
    pub tab: Option<String>,
    /// Whether it shows what not to do.
    pub is_bad: bool,
    /// Which group of tabs it belongs to, counted over the body.
    pub tab_group: Option<usize>,
}

impl Sample {
    /// Whether a line, counted from 1, is to be marked.
    pub fn marks(&self, line: usize) -> bool {
        self.marked_lines.iter().any(|&(first, last)| (first..=last).contains(&line))
    }
}
