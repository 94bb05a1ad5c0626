//! Tables: what a report gives to the formats for people.

use serde::Serialize;

/// A report: data for programs, tables for people.
pub trait Report: Serialize {
    /// What people read, in order.
    fn tables(&self) -> Vec<Table>;
}

/// One table.
#[derive(Debug)]
pub struct Table {
    /// What it shows; printed where a report has several.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// A text for each column, in the order of the report.
    pub rows: Vec<Vec<String>>,
    /// What to say where there are no rows: a sentence without a full stop.
    pub empty: String,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column; decides where a line may end in it, and how Markdown marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words or a day: a line may end at a blank.
    Text,
    /// A code: stays whole.
    Code,
    /// The reference of a guide: a line may end behind the word for its kind and between the codes of a compare.
    Reference,
    /// A path: a line may end behind a slash and between the codes of a compare.
    Path,
    /// Paths with lines, one after the other: a line may also end at a blank.
    Paths,
    /// A count: stands on the right.
    Number,
}
