//! Aligned tables, for terminals. The door to unicode-width.
//!
//! A table that is wider than the terminal ends its lines early where words or paths allow it, never inside a code. Where that is
//! not enough, each row becomes a block with a line for each column.

use unicode_width::UnicodeWidthStr;

use super::{Column, Kind, Report, Table};
use crate::model::kind::GuideKind;

/// What stands between columns.
const GAP: &str = "  ";

/// A report as text for a terminal with so many columns; `None` where nothing limits a line.
pub fn text(report: &impl Report, width: Option<usize>) -> String {
    let tables = report.tables();
    let has_titles = tables.len() > 1;
    let texts = tables.iter().map(|table| if has_titles { titled(table, width) } else { one(table, width) });
    texts.collect::<Vec<_>>().join("\n")
}

fn titled(table: &Table, width: Option<usize>) -> String {
    format!("{}\n\n{}", table.title, one(table, width))
}

fn one(table: &Table, width: Option<usize>) -> String {
    if table.rows.is_empty() {
        return format!("{}.\n", sentence(&table.empty));
    }
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(|text| harmless(text)).collect()).collect();
    match fitted(table.columns, &rows, width) {
        Some(widths) => {
            let headings = table.columns.iter().map(|column| column.heading.to_owned()).collect();
            std::iter::once(&headings).chain(&rows).map(|row| line(table.columns, row, &widths)).collect()
        }
        None => rows.iter().map(|row| block(table.columns, row, width.unwrap_or(usize::MAX))).collect::<Vec<_>>().join("\n"),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Values of a site may hold escapes that a terminal would obey.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// How wide each column is, once those that may end their lines early have given way; `None` where that is not enough.
fn fitted(columns: &[Column], rows: &[Vec<String>], width: Option<usize>) -> Option<Vec<usize>> {
    let widest = |of: &dyn Fn(&str) -> usize| -> Vec<usize> {
        let cells = |at: usize| rows.iter().map(move |row| row[at].as_str());
        let column = |(at, column): (usize, &Column)| cells(at).map(of).chain([column.heading.width()]).max().unwrap_or_default();
        columns.iter().enumerate().map(column).collect()
    };
    let mut widths = widest(&UnicodeWidthStr::width);
    let Some(room) = width.map(|width| width.saturating_sub(GAP.len() * (columns.len() - 1))) else { return Some(widths) };
    let least: Vec<usize> = (0..columns.len())
        .map(|at| {
            let longest =
                |row: &Vec<String>| pieces(columns[at].kind, &row[at]).iter().map(|piece| piece.trim_end().width()).max();
            rows.iter().filter_map(longest).chain([columns[at].heading.width()]).max().unwrap_or_default()
        })
        .collect();
    while widths.iter().sum::<usize>() > room {
        let at = (0..columns.len()).filter(|&at| widths[at] > least[at]).max_by_key(|&at| widths[at])?;
        widths[at] -= 1;
    }
    Some(widths)
}

/// A text cut where a line may end.
fn pieces(kind: Kind, text: &str) -> Vec<&str> {
    match kind {
        Kind::Text => text.split_inclusive(' ').collect(),
        Kind::Reference if is_named(text) => cut_behind(text, &[":", "-vs-"]),
        Kind::Path => cut_behind(text, &["/", "-vs-"]),
        Kind::Paths => cut_behind(text, &["/", "-vs-", " "]),
        Kind::Reference | Kind::Code | Kind::Number => vec![text],
    }
}

/// Whether a reference has the word for a kind before its colon, and no code of a provider behind it.
fn is_named(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(word, _)| GuideKind::named(word).is_some())
}

fn cut_behind<'a>(text: &'a str, ends: &[&str]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = ends.iter().filter_map(|end| rest.find(end).map(|at| at + end.len())).min() {
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// A text in lines of a width.
fn wrapped(kind: Kind, text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(kind, text) {
        let last = lines.last_mut().expect("starts with one line");
        if !last.is_empty() && last.width() + piece.trim_end().width() > width {
            lines.push(piece.to_owned());
        } else {
            last.push_str(piece);
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A row, in as many lines as its longest cell needs.
fn line(columns: &[Column], row: &[String], widths: &[usize]) -> String {
    let cells: Vec<Vec<String>> = (0..columns.len()).map(|at| wrapped(columns[at].kind, &row[at], widths[at])).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::new();
    for level in 0..height {
        let parts = (0..columns.len()).map(|at| {
            let text = cells[at].get(level).map_or("", String::as_str);
            padded(columns[at].kind, text, widths[at])
        });
        out.push_str(parts.collect::<Vec<_>>().join(GAP).trim_end());
        out.push('\n');
    }
    out
}

fn padded(kind: Kind, text: &str, width: usize) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    match kind {
        Kind::Number => format!("{blanks}{text}"),
        Kind::Text | Kind::Code | Kind::Reference | Kind::Path | Kind::Paths => format!("{text}{blanks}"),
    }
}

/// A row with a line or more for each column.
fn block(columns: &[Column], row: &[String], width: usize) -> String {
    let longest = columns.iter().map(|column| column.heading.width()).max().unwrap_or_default();
    let room = width.saturating_sub(longest + GAP.len());
    let mut out = String::new();
    for (column, text) in columns.iter().zip(row) {
        let mut heading = column.heading;
        for line in wrapped(column.kind, text, room) {
            out.push_str(format!("{}{GAP}{line}", padded(Kind::Text, heading, longest)).trim_end());
            out.push('\n');
            heading = "";
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column { heading: "Code", kind: Kind::Code },
        Column { heading: "Days", kind: Kind::Number },
        Column { heading: "Why", kind: Kind::Text },
        Column { heading: "File", kind: Kind::Path },
    ];

    fn check(width: Option<usize>, expected: &str) {
        let row = |row: [&str; 4]| row.map(str::to_owned).to_vec();
        let rows = vec![row(["http:503 x", "7", "it is down again", "content/a/b.md"]), row(["漢字", "12", "\u{1b}[2J", ""])];
        let table = Table { title: "", columns: COLUMNS, rows, empty: String::new() };
        assert_eq!(one(&table, width), expected, "{width:?}");
    }

    #[test]
    fn lines_end_at_blanks_and_slashes_and_never_in_a_code() {
        check(
            None,
            "Code        Days  Why               File\n\
             http:503 x     7  it is down again  content/a/b.md\n\
             漢字          12  \u{fffd}[2J\n",
        );
        check(
            Some(36),
            "Code        Days  Why       File\n\
             http:503 x     7  it is     content/\n\
             \x20                 down      a/b.md\n\
             \x20                 again\n\
             漢字          12  \u{fffd}[2J\n",
        );
    }

    #[test]
    fn rows_become_blocks_where_the_terminal_is_too_narrow() {
        check(
            Some(19),
            "Code  http:503 x\nDays  7\nWhy   it is down\n      again\nFile  content/a/\n      b.md\n\n\
             Code  漢字\nDays  12\nWhy   \u{fffd}[2J\nFile\n",
        );
    }
}
