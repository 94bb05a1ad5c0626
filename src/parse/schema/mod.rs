//! What may be written, as JSON Schema for editors: front matter of each kind, and `site.toml`. Doors to `schemars`
//! and `serde_json`.
//!
//! Names and words come from the field structs of the readers, forms from `forms.rs` and `settings.rs`, closed lists from the site.
//! `tests/it/schema.rs` holds the schemas against the readers.

pub(super) mod forms;
mod patterns;
pub(super) mod settings;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::config;
use super::front_matter::{Fields, keys, required_keys};
use crate::model::config::{Config, FactSpec};
use crate::model::kind::GuideKind;
use crate::model::url::Slug;

/// The closed lists of a site.
pub(super) struct Lists<'a> {
    pub(super) config: &'a Config,
    /// Providers that have a file.
    pub(super) providers: Vec<Slug>,
}

/// The schema of a kind's front matter.
pub(super) fn front_matter(kind: GuideKind, lists: Option<&Lists<'_>>) -> String {
    let mut all = root::<Fields>();
    let mut fields = all.remove("properties").and_then(|fields| fields.as_object().cloned()).unwrap_or_default();
    fields.retain(|key, _| keys(kind).contains(&key.as_str()));
    of_kind(kind, &mut fields);
    if let Some(lists) = lists {
        lists.narrow(&mut fields);
    }
    // Editors offer everything that is still missing under this name.
    all.insert("title".to_owned(), kind.spec().label.into());
    all.insert("description".to_owned(), format!("Front matter of a file in content/{}.", kind.spec().folder).into());
    all.insert("properties".to_owned(), fields.into());
    all.insert("required".to_owned(), required_keys(kind).into());
    for (keyword, condition) in conditions(kind) {
        all.insert(keyword.to_owned(), condition);
    }
    pretty(&all)
}

/// The schema of `site.toml`.
pub(super) fn site() -> String {
    let mut schema = root::<config::Fields>();
    schema.insert("title".to_owned(), "site.toml".into());
    schema.insert("description".to_owned(), "What all pages share, and the closed lists that guides choose from.".into());
    pretty(&schema)
}

/// The schema of fields with everything in place and without their defaults, which are for the reader alone.
fn root<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(|schema: &mut Schema| drop(schema.remove("default"))).transform(&mut schema);
    schema
}

fn pretty(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

/// What a field is in one kind only.
fn of_kind(kind: GuideKind, fields: &mut Map<String, Value>) {
    replace(fields, "kind", json!({ "const": kind.spec().name }));
    let same_kind = match kind {
        GuideKind::Error => forms::error_reference(),
        GuideKind::Compare | GuideKind::Playbook | GuideKind::Provider | GuideKind::Page => {
            forms::named_reference(kind.spec().name)
        }
    };
    replace(fields, "replaced_by", same_kind.into());
}

/// Gives a field another form; what is said of it stays.
fn replace(fields: &mut Map<String, Value>, key: &str, mut form: Value) {
    let Some(field) = fields.get_mut(key) else { return };
    if let (Some(description), Some(form)) = (field.get("description"), form.as_object_mut()) {
        form.insert("description".to_owned(), description.clone());
    }
    *field = form;
}

/// What one field asks of another, as keywords of the schema.
fn conditions(kind: GuideKind) -> Vec<(&'static str, Value)> {
    let replaced = json!({ "required": ["status"], "properties": { "status": { "enum": ["deprecated", "retired"] } } });
    let mut conditions = vec![("dependentSchemas", json!({ "replaced_by": replaced }))];
    let hint = "this gives no address: give the guide a `slug`";
    let with_address = match kind {
        GuideKind::Error => {
            json!({ "code": { "pattern": patterns::code_with_address(), "patternErrorMessage": hint } })
        }
        GuideKind::Compare => {
            json!({ "subjects": { "items": { "pattern": patterns::code_in_ascii(), "patternErrorMessage": hint } } })
        }
        GuideKind::Playbook | GuideKind::Provider | GuideKind::Page => return conditions,
    };
    conditions.push(("if", json!({ "not": { "required": ["slug"] } })));
    conditions.push(("then", json!({ "properties": with_address })));
    conditions
}

impl Lists<'_> {
    /// Leaves each field the values that the site lists. A list with nothing in it is still to be written.
    fn narrow(&self, fields: &mut Map<String, Value>) {
        let categories = self.config.categories.iter().map(|(key, name)| (key.as_str(), name.as_str()));
        let tags = self.config.tags.iter().map(|(slug, name)| (slug.as_str(), name.as_str()));
        let providers = self.providers.iter().map(|slug| (slug.as_str(), ""));
        if let Some(category) = choice(categories) {
            replace(fields, "category", category);
        }
        if let Some(tag) = choice(tags) {
            replace(fields, "tags", json!({ "type": "array", "items": tag, "minItems": 1 }));
        }
        if let Some(provider) = choice(providers) {
            replace(fields, "provider", provider);
        }
        if !self.config.facts.is_empty() {
            let facts: Map<String, Value> = self.config.facts.iter().map(|spec| (spec.key.clone(), fact(spec))).collect();
            let form = json!({ "type": "object", "properties": facts, "additionalProperties": false, "minProperties": 1 });
            replace(fields, "facts", form);
        }
    }
}

/// One of the values of a list, with what readers see for it.
fn choice<'a>(values: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Value> {
    let (values, texts): (Vec<Value>, Vec<&str>) =
        values.flat_map(|(value, text)| as_read(value).into_iter().map(move |value| (value, text))).unzip();
    if values.is_empty() {
        return None;
    }
    let described = texts.iter().any(|text| !text.is_empty());
    Some(if described { json!({ "enum": values, "enumDescriptions": texts }) } else { json!({ "enum": values }) })
}

/// What YAML may read for a text: itself where it is quoted, and a number or truth value where it looks like one.
fn as_read(text: &str) -> Vec<Value> {
    let other = serde_json::from_str(text).ok().filter(|read: &Value| read.is_number() || read.is_boolean());
    std::iter::once(Value::from(text)).chain(other).collect()
}

/// The form of one fact.
fn fact(spec: &FactSpec) -> Value {
    let values = spec.values.iter().map(|(value, text)| (value.as_str(), text.as_str()));
    let mut form = choice(values).unwrap_or_else(|| forms::fact_value().into());
    if let Some(form) = form.as_object_mut() {
        form.insert("description".to_owned(), spec.label.clone().into());
    }
    form
}
