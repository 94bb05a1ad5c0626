//! Tables of a body: rows that the page would cut, and links that a bar tore apart.

use std::ops::Range;

use super::body::{Scope, trimmed};
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Spot, Tag, inside, plain_text};
use crate::model::rules;
use crate::model::words::counted;

/// Tells every row that has more cells than its table's head: Markdown drops what is too much. A bar inside a cell is mostly the cause.
pub(super) fn check(scope: &Scope<'_>, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut columns = 0;
    for (index, (event, range)) in spots.iter().enumerate() {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableHead | Tag::TableRow) => diagnostics.extend(row(scope, inside(spots, index), range, columns)),
            _ => {}
        }
    }
}

fn row(scope: &Scope<'_>, cells: &[Spot<'_>], range: &Range<usize>, columns: usize) -> Option<Diagnostic> {
    let range = trimmed(scope.text, range);
    let start = scope.span(&(range.start..range.start + 1));
    let torn = cells.iter().enumerate().find(|(index, (event, _))| {
        matches!(event, Event::Start(Tag::TableCell)) && {
            let text = plain_text(inside(cells, *index));
            text.rfind("[[").is_some_and(|at| !text[at..].contains("]]"))
        }
    });
    if let Some((_, (_, cell))) = torn {
        let at = scope.text[cell.clone()].rfind("[[").map_or(cell.start, |at| cell.start + at);
        let finding = Diagnostic::new(&rules::TABLE_ROW, scope.span(&(at..at + 2)), "a bar tears this link apart");
        return Some(finding.hint("write `\\|` before the text of a link in a table"));
    }
    let count = cells_of(&scope.text[range]);
    let message =
        format!("{} in a table of {}; the page would leave out the last", counted(count, "cell"), counted(columns, "column"));
    (count > columns).then(|| Diagnostic::new(&rules::TABLE_ROW, start, message))
}

/// How many cells a row has as it is written: bars with a backslash before them belong to a cell.
///
/// Source: GitHub Flavored Markdown, "Tables (extension)".
fn cells_of(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = if row.ends_with('|') && !row.ends_with("\\|") { &row[..row.len() - 1] } else { row };
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count();
    bars + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_with_a_backslash_belong_to_a_cell() {
        for (row, expected) in [("| a | b |", 2), ("a | b", 2), (r"| a \| b | c |", 2), (r"| `a|b` | c \|", 3), ("|a|", 1)] {
            assert_eq!(cells_of(row), expected, "{row}");
        }
    }
}
