//! One JSON object a line, for programs. Fields are only ever added.

use serde::Serialize;

use super::{Region, region, word};
use crate::model::diagnostic::{Diagnostic, Fix, Place};
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
    /// What `check --fix` does about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Remedy<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Remedy<'a> {
    Edits(Vec<Replaced<'a>>),
    MoveTo(&'a str),
}

#[derive(Serialize)]
struct Replaced<'a> {
    old: &'a str,
    new: &'a str,
    #[serde(flatten)]
    within: At<'a>,
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
    let edits: Vec<Place> = match &diagnostic.fix {
        Fix::Edits(edits) => edits.iter().map(|edit| Place::Text(edit.span)).collect(),
        Fix::None | Fix::Move(_) => Vec::new(),
    };
    let finding = Finding {
        rule: diagnostic.rule.name,
        severity: word(diagnostic),
        message: &diagnostic.message,
        at: region(&diagnostic.place, sources).into(),
        labels: labels.map(|(label, place)| Labelled { message: &label.text, at: region(place, sources).into() }).collect(),
        help: diagnostic.help(),
        fix: remedy(&diagnostic.fix, &edits, sources),
    };
    format!("{}\n", serde_json::to_string(&finding).expect("texts and numbers are JSON"))
}

fn remedy<'a>(fix: &'a Fix, places: &'a [Place], sources: &'a Sources) -> Option<Remedy<'a>> {
    match fix {
        Fix::None => None,
        Fix::Move(path) => Some(Remedy::MoveTo(path)),
        Fix::Edits(edits) => {
            let edits = edits.iter().zip(places);
            let replaced =
                edits.map(|(edit, place)| Replaced { old: &edit.old, new: &edit.new, within: region(place, sources).into() });
            Some(Remedy::Edits(replaced.collect()))
        }
    }
}
