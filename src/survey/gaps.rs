//! Codes that guides mention and no guide is about, most mentioned first.

use serde::Serialize;

use super::{Column, Kind, Report, Table};
use crate::model::site::Site;
use crate::model::source::{Sources, Span};

/// The most places of one code that a table shows; programs get all.
const SHOWN: usize = 5;

/// Codes without a guide.
#[derive(Debug, Serialize)]
pub struct Gaps {
    /// The codes, most mentioned first.
    codes: Vec<Code>,
}

/// A code without a guide.
#[derive(Debug, Serialize)]
struct Code {
    id: String,
    provider: String,
    code: String,
    count: usize,
    mentions: Vec<Mention>,
}

/// Where a code stands.
#[derive(Debug, Serialize)]
struct Mention {
    path: String,
    line: usize,
    column: usize,
}

/// The codes that have no guide, with the places that mention them.
pub fn gaps(site: &Site, sources: &Sources) -> Gaps {
    let code = |gap: &crate::model::site::Gap| Code {
        id: format!("{}:{}", gap.provider, gap.code),
        provider: gap.provider.to_string(),
        code: gap.code.clone(),
        count: gap.mentions.len(),
        mentions: gap.mentions.iter().map(|span| mention(sources, *span)).collect(),
    };
    Gaps { codes: site.gaps.iter().map(code).collect() }
}

fn mention(sources: &Sources, span: Span) -> Mention {
    let file = sources.file(span.file);
    let (line, column) = file.line_column(span.start);
    Mention { path: file.path.clone(), line, column }
}

const COLUMNS: &[Column] = &[
    Column { heading: "Mentions", kind: Kind::Number },
    Column { heading: "Code", kind: Kind::Code },
    Column { heading: "Where", kind: Kind::Paths },
];

impl Report for Gaps {
    fn tables(&self) -> Vec<Table> {
        let rows = self.codes.iter().map(|code| vec![code.count.to_string(), code.id.clone(), places(&code.mentions)]);
        let empty = "every code that guides mention has a guide".to_owned();
        vec![Table { title: "Codes without a guide", columns: COLUMNS, rows: rows.collect(), empty }]
    }
}

/// The lines that mention a code; a line that does so twice shows once.
fn places(mentions: &[Mention]) -> String {
    let mut places: Vec<String> = mentions.iter().map(|mention| format!("{}:{}", mention.path, mention.line)).collect();
    places.dedup();
    let more = places.len().saturating_sub(SHOWN);
    places.truncate(SHOWN);
    if more > 0 {
        places.push(format!("{more} more"));
    }
    places.join(", ")
}
