//! The table of a compare guide: one column for the checks, then one a subject.

use std::ops::Range;

use super::body::{Scope, within};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Body, ComparisonTable};
use crate::model::kind::SectionKind;
use crate::model::markdown::{Event, Spot, Tag, inside, plain_text};
use crate::model::rules;

/// The table of "Tell them apart", with the column of each subject.
pub(super) fn table(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    body: &Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ComparisonTable> {
    let section = body.section(SectionKind::TellThemApart)?;
    let spots = within(scope, spots, section.content);
    let tables: Vec<usize> = (0..spots.len()).filter(|&at| matches!(spots[at].0, Event::Start(Tag::Table(_)))).collect();
    let [at] = tables[..] else {
        let message = format!("`{}` has {} tables; it must have one", section.heading, tables.len());
        let finding = Diagnostic::new(&rules::MISSING_TABLE, section.heading_span, message);
        diagnostics.push(finding.hint("write a table: | Check | one column a subject, headed by its code |"));
        return None;
    };
    let cells = cells(inside(spots, at));
    let span = scope.span(&super::body::trimmed(scope.text, &spots[at].1));
    for cell in cells.iter().filter(|cell| cell.text.is_empty()) {
        let finding = Diagnostic::new(&rules::EMPTY_CELL, scope.span(&cell.range), "an empty cell");
        diagnostics.push(finding.hint("every check says something about every subject"));
    }
    if scope.subjects.is_empty() {
        return None;
    }
    let columns = columns(scope, &cells, diagnostics)?;
    Some(ComparisonTable { span, columns })
}

struct Cell {
    is_head: bool,
    text: String,
    range: Range<usize>,
}

fn cells(table: &[Spot<'_>]) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut is_head = false;
    for (index, (event, range)) in table.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead) => is_head = true,
            Event::Start(Tag::TableRow) => is_head = false,
            Event::Start(Tag::TableCell) => {
                let text = plain_text(inside(table, index)).trim().to_owned();
                cells.push(Cell { is_head, text, range: range.clone() });
            }
            _ => {}
        }
    }
    cells
}

/// For each subject its column; the first column is for the checks.
fn columns(scope: &Scope<'_>, cells: &[Cell], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
    let heads: Vec<&Cell> = cells.iter().filter(|cell| cell.is_head).collect();
    let is_subject = |cell: &Cell, (code, reference): &(String, String)| cell.text == *code || cell.text == *reference;
    let before = diagnostics.len();
    for cell in heads.iter().skip(1).filter(|cell| !scope.subjects.iter().any(|subject| is_subject(cell, subject))) {
        let finding = Diagnostic::new(&rules::TABLE_COLUMNS, scope.span(&cell.range), format!("no subject `{}`", cell.text));
        let codes = scope.subjects.iter().map(|(code, _)| code.as_str());
        diagnostics.push(match crate::model::suggest::nearest(&cell.text, codes.clone()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
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
                let head = heads.first().map_or(0..0, |cell| cell.range.clone());
                let message = format!("{} columns are headed `{}`; there must be one", found.len(), subject.0);
                diagnostics.push(Diagnostic::new(&rules::TABLE_COLUMNS, scope.span(&head), message));
            }
        }
    }
    (diagnostics.len() == before).then_some(columns)
}
