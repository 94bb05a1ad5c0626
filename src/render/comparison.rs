//! Tables with one column a subject: the one a writer made, and the one made from facts.

use super::body::BodyHtml;
use super::escape;
use super::view::{RowView, TableView};
use crate::model::body::ComparisonTable;
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Tag, TagEnd, inside};
use crate::model::site::{GuideId, Site};

/// The table of "Tell them apart", its columns in the order of the subjects.
pub(super) fn table_view(body: &BodyHtml<'_>, table: &ComparisonTable, diagnostics: &mut Vec<Diagnostic>) -> TableView {
    let spots = body.within(table.span);
    let mut view = TableView::default();
    let mut cells: Vec<String> = Vec::new();
    let mut is_head = false;
    for (index, (event, _)) in spots.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead) => is_head = true,
            Event::Start(Tag::TableCell) => cells.push(body.inline(inside(spots, index), diagnostics)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                let row = std::mem::take(&mut cells);
                if std::mem::take(&mut is_head) {
                    view.corner_html = row.into_iter().next().unwrap_or_default();
                } else {
                    view.rows.push(row_view(row, &table.columns));
                }
            }
            _ => {}
        }
    }
    view
}

fn row_view(row: Vec<String>, columns: &[usize]) -> RowView {
    let cells_html: Vec<String> = columns.iter().map(|column| row.get(*column).cloned().unwrap_or_default()).collect();
    let head_html = row.into_iter().next().unwrap_or_default();
    RowView { is_same: is_same(&cells_html), head_html, cells_html }
}

/// The facts of the subjects side by side; a fact that none states has no row.
pub(super) fn facts_view(site: &Site, subjects: &[GuideId]) -> TableView {
    let mut view = TableView { corner_html: "Fact".to_owned(), rows: Vec::new() };
    for spec in &site.config.facts {
        let value = |subject: &GuideId| {
            let facts = &site.guide(*subject).error()?.facts;
            facts.iter().find(|fact| fact.key.value == spec.key).map(|fact| escape::text(spec.text_of(&fact.value)))
        };
        let cells: Vec<Option<String>> = subjects.iter().map(value).collect();
        if cells.iter().any(Option::is_some) {
            let cells_html: Vec<String> = cells.into_iter().map(Option::unwrap_or_default).collect();
            view.rows.push(RowView { head_html: escape::text(&spec.label), is_same: is_same(&cells_html), cells_html });
        }
    }
    view
}

fn is_same(cells: &[String]) -> bool {
    cells.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_follow_the_subjects() {
        let row = ["check", "a", "b"].map(str::to_owned).to_vec();
        assert_eq!(row_view(row, &[2, 1]).cells_html, ["b", "a"]);
    }
}
