//! Whether JSON, YAML, TOML and XML samples parse. A door to `serde_json`, saphyr-parser, toml and quick-xml.

use super::body::Scope;
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Spot};
use crate::model::rules;
use crate::model::sample::Sample;

/// Samples larger than this are not checked, in bytes; YAML parsers are quadratic in some shapes.
const MAX_BYTES: usize = 64 * 1024;

/// Where in a text its syntax breaks, and why.
struct Fault {
    offset: usize,
    reason: String,
}

/// Tells the first syntax error of a sample that is data; a sample that shows what not to do may be broken.
pub(super) fn check(scope: &Scope<'_>, sample: &Sample, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let text: String =
        spots.iter().filter_map(|(event, _)| if let Event::Text(text) = event { Some(&**text) } else { None }).collect();
    if text.len() > MAX_BYTES || sample.is_bad {
        return;
    }
    let fault = match sample.language.name {
        "json" => json(&text),
        "yaml" => yaml(&text),
        "toml" => toml(&text),
        "xml" => xml(&text),
        _ => None,
    };
    if let Some(fault) = fault {
        let at = in_body(spots, fault.offset.min(text.len())).unwrap_or_else(|| scope.range(sample.span).start);
        let message = format!("this sample is not {}: {}", sample.language.label, fault.reason);
        let finding = Diagnostic::new(&rules::SAMPLE_DOES_NOT_PARSE, scope.span(&(at..at)), message);
        diagnostics.push(finding.hint("correct it, or write `text` as its language if it is only part of a file"));
    }
}

/// The byte of the body behind a byte of the sample; the two differ where the fence is indented.
fn in_body(spots: &[Spot<'_>], offset: usize) -> Option<usize> {
    let mut before = 0;
    let mut last = None;
    for (event, range) in spots {
        let Event::Text(text) = event else { continue };
        if offset < before + text.len() {
            return Some((range.start + offset - before).min(range.end));
        }
        before += text.len();
        last = Some(range.end);
    }
    last
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

fn json(text: &str) -> Option<Fault> {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
    Some(Fault { offset: offset_of(text, error.line(), error.column()), reason })
}

fn yaml(text: &str) -> Option<Fault> {
    let error = saphyr_parser::Parser::new_from_str(text).find_map(Result::err)?;
    let offset = text.char_indices().nth(error.marker().index()).map_or(text.len(), |(at, _)| at);
    Some(Fault { offset, reason: error.info().to_owned() })
}

fn toml(text: &str) -> Option<Fault> {
    let error = toml::from_str::<toml::Table>(text).err()?;
    Some(Fault { offset: error.span().map_or(0, |span| span.start), reason: error.message().replace('\n', ", ") })
}

/// Whether every element is closed and every reference ends; a part of a document with several elements is XML enough.
fn xml(text: &str) -> Option<Fault> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<usize> = Vec::new();
    loop {
        let start = offset(reader.buffer_position());
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => open.push(start),
            Ok(quick_xml::events::Event::End(_)) => drop(open.pop()),
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Some(Fault { offset: offset(reader.error_position()), reason: error.to_string() }),
        }
    }
    open.pop().map(|offset| Fault { offset, reason: "an element is never closed".to_owned() })
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
