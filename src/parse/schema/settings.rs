//! The form of each setting of `site.toml`, as a schema. The words for a reader of the schema stand at the settings themselves.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::patterns;
use crate::model::anchor::anchor;
use crate::model::config::OUTPUTS;
use crate::model::kind::{GuideKind, SectionSpec};
use crate::model::rules::{Level, RULES};

/// A text whose form is a pattern; `message` is what an editor says of one that has another.
fn string(pattern: &str, message: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern, "patternErrorMessage": message })
}

/// A table whose keys are known.
fn table(properties: &Map<String, Value>) -> Schema {
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A text that says something, in one line.
pub(in crate::parse) fn text(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::setting(), "write one line that says something")
}

pub(in crate::parse) fn base_url(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::base_url(), "write the address of the site's root: https://example.org/docs/")
}

pub(in crate::parse) fn url(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::setting_url(), "write an address that starts with https://")
}

pub(in crate::parse) fn language(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::language(), "write a language tag: en, pt-BR")
}

pub(in crate::parse) fn interval(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::interval(), "write a count of days, weeks, months or years: 6 months")
}

pub(in crate::parse) fn slug(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::slug(), "write the name of a file in content/pages, without .md")
}

pub(in crate::parse) fn flag(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "boolean" })
}

/// Names by key.
pub(in crate::parse) fn names(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": text(generator) })
}

/// Names by slug.
pub(in crate::parse) fn tags(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": { "pattern": patterns::slug() },
        "additionalProperties": text(generator),
    })
}

/// A table whose keys are no words that YAML may read as true or false.
fn by_word(values: &Schema) -> Schema {
    let word = format!(r"^{}[\s\S]*$", patterns::no_boolean_word());
    json_schema!({ "type": "object", "propertyNames": { "pattern": word }, "additionalProperties": values })
}

pub(in crate::parse) fn fact_values(generator: &mut SchemaGenerator) -> Schema {
    by_word(&text(generator))
}

pub(in crate::parse) fn facts<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    by_word(&T::json_schema(generator))
}

/// Titles by kind and section.
pub(in crate::parse) fn sections(_: &mut SchemaGenerator) -> Schema {
    let title = |section: &SectionSpec| {
        let message = "write a title; its placeholders are {{ name }} and {{ code }}";
        let mut schema = string(&patterns::section_title(), message);
        schema.insert("description".to_owned(), format!("Full title of the section `{}`.", section.heading.trim()).into());
        (anchor(section.heading), Value::from(schema))
    };
    let kinds = GuideKind::ALL.into_iter().map(GuideKind::spec).filter(|spec| !spec.sections.is_empty());
    let tables = kinds.map(|spec| (spec.name.to_owned(), Value::from(table(&spec.sections.iter().map(title).collect()))));
    table(&tables.collect())
}

/// Levels by rule.
pub(in crate::parse) fn lints(_: &mut SchemaGenerator) -> Schema {
    let rules = RULES.iter().filter(|rule| rule.level != Level::Error);
    let level = |default: Level| match default {
        Level::Error | Level::Deny => "deny",
        Level::Warn => "warn",
        Level::Allow => "allow",
    };
    let schema = |summary: &str, default: Level| {
        json!({
            "description": format!("What becomes of {summary}; {} where nothing is set.", level(default)),
            "enum": ["allow", "warn", "deny"],
        })
    };
    table(&rules.map(|rule| (rule.name.to_owned(), schema(rule.summary, rule.level))).collect())
}

pub(in crate::parse) fn domain(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::host_name(), "write a host name in lower case: guides.example.org")
}

pub(in crate::parse) fn contacts(_: &mut SchemaGenerator) -> Schema {
    let contact = string(&patterns::contact(), "write an address that starts with https://, mailto: or tel:");
    json_schema!({ "type": "array", "minItems": 1, "items": contact })
}

pub(in crate::parse) fn date(_: &mut SchemaGenerator) -> Schema {
    string(&patterns::exact(&patterns::day()), "write year-month-day: 2027-04-09")
}

pub(in crate::parse) fn outputs(generator: &mut SchemaGenerator) -> Schema {
    table(&OUTPUTS.iter().map(|name| ((*name).to_owned(), Value::from(flag(generator)))).collect())
}
