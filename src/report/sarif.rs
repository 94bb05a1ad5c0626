//! SARIF 2.1.0, the OASIS format that code scanning reads. Only what it needs; a test validates against the schema's requirements.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; the section numbers are its.

use serde::Serialize;

use super::{Region, region};
use crate::model::diagnostic::{Diagnostic, Place, Severity};
use crate::model::rules::{RULES, Rule};
use crate::model::source::Sources;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    /// Columns are counted in characters, not in UTF-16 units (3.14.17).
    column_kind: &'static str,
    results: Vec<ResultObject<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<ReportingDescriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor {
    id: &'static str,
    short_description: Text<&'static str>,
    help: Text<&'static str>,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<&'a str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: RegionObject,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RegionObject {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// All findings as one document, with its line break. `prefix` leads from the repository's root to the site's: empty, or `docs/`.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let driver = Driver {
        name: "fieldguide",
        version: env!("CARGO_PKG_VERSION"),
        rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            results: diagnostics.iter().map(|finding| result(finding, sources, prefix)).collect(),
        }],
    };
    format!("{}\n", serde_json::to_string_pretty(&log).expect("texts and numbers are JSON"))
}

fn descriptor(rule: &'static Rule) -> ReportingDescriptor {
    ReportingDescriptor { id: rule.name, short_description: Text { text: rule.summary }, help: Text { text: rule.help } }
}

fn result<'a>(finding: &'a Diagnostic, sources: &Sources, prefix: &str) -> ResultObject<'a> {
    let help: String = finding.help().iter().map(|help| format!("\n{help}")).collect();
    let label = |label: &'a crate::model::diagnostic::Label| {
        location(&Place::Text(label.span), sources, prefix, Some(Text { text: label.text.as_str() }))
    };
    ResultObject {
        rule_id: finding.rule.name,
        rule_index: RULES.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: Text { text: format!("{}{help}", finding.message) },
        locations: [location(&finding.place, sources, prefix, None)],
        related_locations: finding.labels.iter().map(label).collect(),
    }
}

fn location<'a>(place: &Place, sources: &Sources, prefix: &str, message: Option<Text<&'a str>>) -> Location<'a> {
    let Region { path, start, end } = region(place, sources);
    let physical_location = PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&format!("{prefix}{path}")), uri_base_id: "%SRCROOT%" },
        region: RegionObject { start_line: start.0, start_column: start.1, end_line: end.0, end_column: end.1 },
    };
    Location { physical_location, message }
}

/// A path as a relative reference (RFC 3986): what means something in an address, and what is not ASCII, is encoded.
fn uri(path: &str) -> String {
    crate::model::url::percent_encoded(path)
}
