//! One JSON object a line, for programs. Fields are only ever added.

use serde::Serialize;

use super::{Region, region, word};
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::Sources;

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
    labels: Vec<Labelled<'a>>,
    help: Vec<&'a str>,
}

#[derive(Serialize)]
struct At<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Labelled<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

impl<'a> From<Region<'a>> for At<'a> {
    fn from(region: Region<'a>) -> Self {
        let ((line, column), (end_line, end_column)) = (region.start, region.end);
        Self { path: region.path, line, column, end_line, end_column }
    }
}

/// One finding as one line, with its line break. Columns count characters; the end is the one behind the last.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let places: Vec<Place> = diagnostic.labels.iter().map(|label| Place::Text(label.span)).collect();
    let labels = diagnostic.labels.iter().zip(&places);
    let finding = Finding {
        rule: diagnostic.rule.name,
        severity: word(diagnostic),
        message: &diagnostic.message,
        at: region(&diagnostic.place, sources).into(),
        labels: labels.map(|(label, place)| Labelled { message: &label.text, at: region(place, sources).into() }).collect(),
        help: diagnostic.help(),
    };
    format!("{}\n", serde_json::to_string(&finding).expect("texts and numbers are JSON"))
}
