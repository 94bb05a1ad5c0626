//! The table of a compare guide: one column for the checks, then one a subject.

use std::ops::Range;

use super::body::{Scope, within};
use crate::model::body::{Body, ComparisonTable};
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::kind::SectionKind;
use crate::model::markdown::{Event, Spot, Tag, inside, plain_text};
use crate::model::rules;
use crate::model::source::Span;
use crate::model::words::counted;

/// The table of "Tell them apart", with the column of each subject.
pub(super) fn table(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    body: &mut Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ComparisonTable> {
    let section = body.section(SectionKind::TellThemApart)?;
    let spots = within(scope, spots, section.content);
    let tables: Vec<usize> = (0..spots.len()).filter(|&at| matches!(spots[at].0, Event::Start(Tag::Table(_)))).collect();
    let [at] = tables[..] else {
        let message = format!("`{}` has {}; it must have one", section.heading, counted(tables.len(), "table"));
        let finding = Diagnostic::new(&rules::MISSING_TABLE, section.heading_span, message);
        let hint = if tables.is_empty() { "write one: | Check | one column a subject, headed by its code |" } else { "keep one" };
        diagnostics.push(finding.hint(hint));
        return None;
    };
    let cells = cells(scope, inside(spots, at));
    let span = scope.span(&spots[at].1);
    for cell in cells.iter().filter(|cell| cell.text.is_empty()) {
        let finding = Diagnostic::new(&rules::EMPTY_CELL, scope.span(&cell.range), "an empty cell");
        diagnostics.push(finding.hint("every check says something about every subject"));
    }
    if cells.iter().all(|cell| cell.is_head) {
        let finding = Diagnostic::new(&rules::MISSING_TABLE, Span { end: span.start + 1, ..span }, "the table has no row");
        diagnostics.push(finding.hint("write one row a check: | Who is affected? | one caller | everybody |"));
        return None;
    }
    if scope.subjects.is_empty() {
        return None;
    }
    let columns = columns(scope, &cells, &mut body.of_subjects);
    if columns.is_none() {
        // Rows are measured against a head that is itself at fault.
        diagnostics.retain(|finding| {
            *finding.rule != rules::TABLE_ROW || !matches!(finding.place, Place::Text(row) if span.contains(row))
        });
    }
    Some(ComparisonTable { span, columns: columns? })
}

struct Cell {
    is_head: bool,
    text: String,
    range: Range<usize>,
}

fn cells(scope: &Scope<'_>, table: &[Spot<'_>]) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut is_head = false;
    let mut row_end = 0;
    for (index, (event, range)) in table.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                is_head = matches!(event, Event::Start(Tag::TableHead));
                row_end = super::body::trimmed(scope.text, range).end;
            }
            Event::Start(Tag::TableCell) => {
                let text = plain_text(inside(table, index)).trim().to_owned();
                cells.push(Cell { is_head, text, range: shown(scope.text, range, row_end) });
            }
            _ => {}
        }
    }
    cells
}

/// The part of a cell that holds its text. The cells that a short row lacks lie at its end.
fn shown(text: &str, cell: &Range<usize>, row_end: usize) -> Range<usize> {
    if cell.start >= row_end {
        return row_end..row_end;
    }
    let written = &text[cell.clone()];
    if written.trim_matches([' ', '|', '\n']).is_empty() {
        return cell.start..cell.end.min(row_end);
    }
    let start = cell.start + written.len() - written.trim_start_matches([' ', '|']).len();
    let end = cell.start + written.trim_end_matches([' ', '|', '\n']).len();
    start..end
}

/// For each subject its column; the first column is for the checks.
fn columns(scope: &Scope<'_>, cells: &[Cell], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
    let heads: Vec<&Cell> = cells.iter().filter(|cell| cell.is_head).collect();
    let is_subject = |cell: &Cell, (code, reference): &(String, String)| cell.text == *code || cell.text == *reference;
    if let Some(first) = heads.first().filter(|cell| scope.subjects.iter().any(|subject| is_subject(cell, subject))) {
        let message = format!("the first column is headed `{}`; it is for the checks", first.text);
        let finding = Diagnostic::new(&rules::TABLE_COLUMNS, scope.span(&first.range), message);
        diagnostics.push(finding.hint("start each row with what is checked: | Check | one column a subject |"));
        return None;
    }
    let before = diagnostics.len();
    for cell in heads.iter().skip(1).filter(|cell| !scope.subjects.iter().any(|subject| is_subject(cell, subject))) {
        let finding = Diagnostic::new(&rules::TABLE_COLUMNS, scope.span(&cell.range), format!("no subject `{}`", cell.text));
        let codes = scope.subjects.iter().map(|(code, _)| code.as_str());
        diagnostics.push(match crate::model::suggest::nearest(&cell.text, codes.clone()) {
            Some(near) => finding.respelt(&cell.text, Some(near)),
            None => finding.hint(format!("head the columns by the subjects: {}", codes.collect::<Vec<_>>().join(", "))),
        });
    }
    let mut columns = Vec::new();
    for subject in &scope.subjects {
        let found: Vec<usize> = (1..heads.len()).filter(|&column| is_subject(heads[column], subject)).collect();
        match found[..] {
            [column] => columns.push(column),
            [] if diagnostics.len() > before => {}
            _ => {
                // The second of two columns, or the head as a whole.
                let head = heads.get(found.get(1).copied().unwrap_or_default()).map_or(0..0, |cell| cell.range.clone());
                let message = format!("{} headed `{}`; there must be one", counted(found.len(), "column"), subject.0);
                diagnostics.push(Diagnostic::new(&rules::TABLE_COLUMNS, scope.span(&head), message));
            }
        }
    }
    (diagnostics.len() == before).then_some(columns)
}
