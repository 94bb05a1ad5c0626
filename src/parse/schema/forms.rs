//! The form of each front matter field, as a schema. The words for a reader of the schema stand at the fields themselves.
//!
//! YAML reads `503` as a number and `true` as a truth value; the fields take both for the text that was written. A schema sees only
//! the number, so what it says of a text's form holds where the value was read as text.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::matter::{DESCRIPTION, MAX_NAME, MAX_TEXT, MAX_TITLE};
use super::patterns::{self, Lines};

/// A field that takes any scalar whose text has a form; `message` is what an editor says of one that has another.
fn scalar(pattern: &str, message: &str) -> Schema {
    json_schema!({ "type": ["string", "number", "boolean"], "pattern": pattern, "patternErrorMessage": message })
}

/// A field whose form no number and no truth value has.
fn string(pattern: &str, message: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern, "patternErrorMessage": message })
}

fn with(mut schema: Schema, key: &str, value: impl Into<serde_json::Value>) -> Schema {
    schema.insert(key.to_owned(), value.into());
    schema
}

fn list_of(items: &Schema) -> Schema {
    json_schema!({ "type": "array", "items": items, "minItems": 1 })
}

/// A list with something in it.
pub(in crate::parse) fn list<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    list_of(&T::json_schema(generator))
}

/// Any text that says something.
pub(in crate::parse) fn text(_: &mut SchemaGenerator) -> Schema {
    scalar(&patterns::some_text(), "write something")
}

pub(in crate::parse) fn texts(generator: &mut SchemaGenerator) -> Schema {
    list_of(&text(generator))
}

fn line(most: usize) -> Schema {
    scalar(&patterns::text(1, most, Lines::One), &format!("write one line of at most {most} characters"))
}

pub(in crate::parse) fn title(_: &mut SchemaGenerator) -> Schema {
    line(MAX_TITLE)
}

pub(in crate::parse) fn name(_: &mut SchemaGenerator) -> Schema {
    line(MAX_NAME)
}

pub(in crate::parse) fn context(_: &mut SchemaGenerator) -> Schema {
    scalar(&patterns::text(1, MAX_TEXT, Lines::Many), &format!("write at most {MAX_TEXT} characters"))
}

pub(in crate::parse) fn description(_: &mut SchemaGenerator) -> Schema {
    let (least, most) = DESCRIPTION.into_inner();
    string(&patterns::text(least, most, Lines::Many), &format!("write {least} to {most} characters"))
}

const DAY_HINT: &str = "write a day of the calendar as year-month-day: 2026-04-09";

/// A day with nothing around it.
pub(in crate::parse) fn day(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::exact(&patterns::day()), DAY_HINT)
}

pub(in crate::parse) fn review_day(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::trimmed(&patterns::day()), DAY_HINT)
}

pub(in crate::parse) fn interval(_: &mut SchemaGenerator) -> Schema {
    let schema = string(&patterns::interval(), "write a count of days, weeks, months or years: 6 months");
    with(schema, "examples", vec!["6 months", "1 year"])
}

pub(in crate::parse) fn duration(_: &mut SchemaGenerator) -> Schema {
    let schema = string(&patterns::duration(), "write a count of minutes, hours or days: 15m, 10 minutes");
    with(schema, "examples", vec!["10 minutes", "1h 30m"])
}

pub(in crate::parse) fn status(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "enum": ["current", "deprecated", "retired"],
        "enumDescriptions": ["it holds", "it holds, but there is something better", "it no longer holds"],
    })
}

pub(in crate::parse) fn flag(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "boolean" })
}

const SLUG_HINT: &str = "use lower-case letters, digits, `-`, `_` and `.`";

pub(in crate::parse) fn slug(_: &mut SchemaGenerator) -> Schema {
    scalar(&patterns::trimmed_slug(), SLUG_HINT)
}

pub(in crate::parse) fn reference_id(_: &mut SchemaGenerator) -> Schema {
    scalar(&patterns::slug(), SLUG_HINT)
}

pub(in crate::parse) fn tags(_: &mut SchemaGenerator) -> Schema {
    list_of(&scalar(&patterns::slug(), SLUG_HINT))
}

pub(in crate::parse) fn aliases(_: &mut SchemaGenerator) -> Schema {
    list_of(&scalar(&patterns::path(), "write an old path in lower case: /errors/http/old-name/"))
}

pub(in crate::parse) fn provider(_: &mut SchemaGenerator) -> Schema {
    scalar(&patterns::provider(), "write the name of a file in content/providers, without .md")
}

pub(in crate::parse) fn code(_: &mut SchemaGenerator) -> Schema {
    with(line(MAX_NAME), "examples", vec!["503", "0x80070005", "40P01"])
}

pub(in crate::parse) fn facts(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": fact_value(), "minProperties": 1 })
}

/// The value of a fact for which the site lists none. YAML's words for true and false say nothing to a reader.
pub(super) fn fact_value() -> Schema {
    json_schema!({
        "type": ["string", "number"],
        "pattern": patterns::fact_value(),
        "patternErrorMessage": "say in words what a reader sees",
    })
}

pub(in crate::parse) fn http_status(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "integer", "minimum": 100, "maximum": 599 })
}

pub(in crate::parse) fn severity(generator: &mut SchemaGenerator) -> Schema {
    with(name(generator), "examples", vec!["low", "medium", "high", "critical"])
}

/// A reference to any guide.
pub(in crate::parse) fn reference(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::reference(), "write provider:code, compare:slug, playbook:slug or page:slug")
}

/// A reference to an error.
pub(super) fn error_reference() -> Schema {
    string(&patterns::error_reference(), "write provider:code: http:503")
}

/// A reference to a guide of another kind than errors.
pub(super) fn named_reference(kind: &str) -> Schema {
    string(&patterns::named_reference(kind), &format!("write {kind}:slug"))
}

pub(in crate::parse) fn error_references(_: &mut SchemaGenerator) -> Schema {
    list_of(&error_reference())
}

pub(in crate::parse) fn subjects(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": error_reference(), "minItems": 2, "maxItems": 4, "uniqueItems": true })
}

const URL_HINT: &str = "official sources start with https://";

/// An address with nothing around it.
pub(in crate::parse) fn url(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::exact(&patterns::https()), URL_HINT)
}

pub(in crate::parse) fn docs_url(_: &mut SchemaGenerator) -> Schema {
    with(string(&patterns::trimmed(&patterns::https()), URL_HINT), "maxLength", MAX_TEXT)
}

pub(in crate::parse) fn code_pattern(_: &mut SchemaGenerator) -> Schema {
    let message =
        format!("write a regular expression for a whole code, without ^, $ and named groups; at most {MAX_TEXT} characters");
    with(scalar(&patterns::code_pattern(MAX_TEXT), &message), "examples", vec![r"AADSTS\d{5,6}"])
}
