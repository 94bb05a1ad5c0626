//! Markdown tables, for issues and pull requests on GitHub.

use super::{Column, Kind, Report, Table};
use crate::model::cell;

/// A report as Markdown: a table, or a heading and a table for each where there are several.
pub fn markdown(report: &impl Report) -> String {
    let tables = report.tables();
    let has_titles = tables.len() > 1;
    let texts = tables.iter().map(|table| if has_titles { titled(table) } else { one(table) });
    texts.collect::<Vec<_>>().join("\n")
}

fn titled(table: &Table) -> String {
    format!("### {}\n\n{}", table.title, one(table))
}

fn one(table: &Table) -> String {
    if table.rows.is_empty() {
        return format!("{}.\n", cell::plain(&table.empty));
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let headings = line(table.columns.iter().map(|column| column.heading.to_owned()).collect());
    let rule = line(table.columns.iter().map(|column| rule(column).to_owned()).collect());
    let row = |row: &Vec<String>| line(table.columns.iter().zip(row).map(|(column, text)| in_cell(column, text)).collect());
    format!("{headings}{rule}{}", table.rows.iter().map(row).collect::<String>())
}

fn rule(column: &Column) -> &'static str {
    match column.kind {
        Kind::Number => "---:",
        Kind::Text | Kind::Code | Kind::Reference | Kind::Path | Kind::Paths => "---",
    }
}

fn in_cell(column: &Column, text: &str) -> String {
    match column.kind {
        Kind::Text | Kind::Number => cell::plain(text),
        Kind::Code | Kind::Reference | Kind::Path => cell::code(text),
        Kind::Paths => text.split(", ").map(cell::code).collect::<Vec<_>>().join(", "),
    }
}
