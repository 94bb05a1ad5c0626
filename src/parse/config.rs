//! `site.toml` → [`Config`]. A door to toml.
//!
//! As with front matter: a value that does not fit is told and struck out, and the rest is read on.

use std::marker::PhantomData;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use toml::Spanned;

use crate::model::config::{Config, FactSpec, OUTPUTS, SiteLevel};
use crate::model::date::Interval;
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::kind::GuideKind;
use crate::model::rules::{self, Level, RULES};
use crate::model::source::{FileId, SourceFile, Span};
use crate::model::suggest::nearest;
use crate::model::url::{BaseUrl, Slug};

/// The most findings of one file; more say nothing new.
const MAX_FINDINGS: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    title: Spanned<String>,
    description: Spanned<String>,
    base_url: Spanned<String>,
    language: Spanned<String>,
    clean_links: Option<bool>,
    #[serde(default)]
    repository: RepositoryFields,
    editorial: EditorialFields,
    #[serde(default)]
    categories: Ordered<Spanned<String>>,
    #[serde(default)]
    tags: Ordered<Spanned<String>>,
    #[serde(default)]
    facts: Ordered<FactFields>,
    #[serde(default)]
    sections: Ordered<Ordered<Spanned<String>>>,
    #[serde(default)]
    lints: Ordered<Spanned<String>>,
    #[serde(default)]
    outputs: Ordered<Spanned<bool>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RepositoryFields {
    url: Option<Spanned<String>>,
    edit_url: Option<Spanned<String>>,
    correction_url: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditorialFields {
    #[serde(default)]
    standard: String,
    page: Option<Spanned<String>>,
    review_in: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactFields {
    label: Spanned<String>,
    #[serde(default)]
    values: Ordered<Spanned<String>>,
}

/// A table in the order it was written, with the place of each key.
struct Ordered<T>(Vec<(Spanned<String>, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OrderedVisitor(PhantomData))
    }
}

struct OrderedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OrderedVisitor<T> {
    type Value = Ordered<T>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}

/// Reads the configuration; `None` where it has an error, which is told.
pub(super) fn config(id: FileId, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let before = diagnostics.len();
    let fields = fields(id, file.text(), diagnostics)?;
    let config = Reader { id, diagnostics }.config(fields);
    config.filter(|_| !has_errors(&diagnostics[before..]))
}

fn fields(id: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Fields> {
    let mut text = text.to_owned();
    let mut struck: Option<Fields> = None;
    for attempt in 0..MAX_FINDINGS {
        match toml::from_str::<Fields>(&text) {
            Ok(fields) if attempt == 0 => return Some(fields),
            Ok(fields) => struck = Some(fields),
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                diagnostics.push(misfit(Span::new(id, range.clone()), error.message()));
                if !error.message().starts_with("unknown field") || !strike_out(&mut text, &range) {
                    return None;
                }
                continue;
            }
        }
        break;
    }
    struck
}

/// Blanks the line of a key that does not exist.
fn strike_out(text: &mut String, range: &Range<usize>) -> bool {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
    let line = text[start..end].to_owned();
    if line.trim().is_empty() || line.trim_start().starts_with('[') || line.trim_end().ends_with(['[', '{']) {
        return false;
    }
    text.replace_range(start..end, &" ".repeat(line.len()));
    true
}

fn misfit(span: Span, message: &str) -> Diagnostic {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some((written, allowed))) = (message.starts_with("unknown field"), names.split_first()) {
        let finding = Diagnostic::new(&rules::UNKNOWN_SETTING, span, format!("no setting `{written}`"));
        return match nearest(written, allowed.iter().copied()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("the settings here are {}", allowed.join(", "))),
        };
    }
    Diagnostic::new(&rules::INVALID_SETTING, span, message.replace("missing field", "missing setting"))
}

struct Reader<'d> {
    id: FileId,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn refuse<T>(&mut self, value: &Spanned<T>, message: String, hint: impl Into<String>) {
        let span = Span::new(self.id, value.span());
        self.diagnostics.push(Diagnostic::new(&rules::INVALID_SETTING, span, message).hint(hint));
    }

    fn config(&mut self, fields: Fields) -> Option<Config> {
        let base_url = BaseUrl::parse(fields.base_url.get_ref());
        if base_url.is_none() {
            let message = format!("`{}` is no base URL", fields.base_url.get_ref());
            self.refuse(&fields.base_url, message, "write the address of the site's root, as in https://example.org/docs/");
        }
        let review_interval = Interval::parse(fields.editorial.review_in.get_ref());
        if review_interval.is_none() {
            let message = format!("`{}` is not an interval", fields.editorial.review_in.get_ref());
            self.refuse(&fields.editorial.review_in, message, "write a count of days, weeks, months or years, as in 6 months");
        }
        self.language(&fields.language);
        for text in [&fields.title, &fields.description] {
            if text.get_ref().trim().is_empty() {
                self.refuse(text, "this text is empty".to_owned(), "say what the site is");
            }
        }
        Some(Config {
            title: fields.title.into_inner(),
            description: fields.description.into_inner(),
            base_url: base_url?,
            language: fields.language.into_inner(),
            clean_links: fields.clean_links.unwrap_or_default(),
            repository_url: self.address(fields.repository.url),
            edit_url: self.address(fields.repository.edit_url),
            correction_url: self.address(fields.repository.correction_url),
            editorial_standard: fields.editorial.standard,
            editorial_page: self.editorial_page(fields.editorial.page),
            review_interval: review_interval?,
            categories: names(fields.categories),
            tags: self.tags(fields.tags),
            facts: self.facts(fields.facts),
            section_titles: self.section_titles(fields.sections),
            levels: self.levels(fields.lints),
            outputs_off: self.outputs_off(fields.outputs),
        })
    }

    fn language(&mut self, language: &Spanned<String>) {
        let tag = language.get_ref();
        let legal = (2..=35).contains(&tag.len())
            && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !legal {
            self.refuse(language, format!("`{tag}` is no language"), "write a language tag, as in en or pt-BR");
        }
    }

    /// An address of the repository or of a form; https only, since it stands in links.
    fn address(&mut self, value: Option<Spanned<String>>) -> Option<String> {
        let value = value?;
        let text = value.get_ref();
        let safe = text.strip_prefix("https://").is_some_and(|rest| {
            !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\".contains(c))
        });
        if !safe {
            let message = format!("`{text}` is not an https address");
            self.refuse(&value, message, "write an address that starts with https://");
        }
        Some(value.into_inner())
    }

    fn editorial_page(&mut self, value: Option<Spanned<String>>) -> Option<(Slug, Span)> {
        let value = value?;
        let slug = Slug::exact(value.get_ref());
        if slug.is_none() {
            self.refuse(
                &value,
                format!("`{}` is no page", value.get_ref()),
                "write the name of a file in content/pages, without .md",
            );
        }
        slug.map(|slug| (slug, Span::new(self.id, value.span())))
    }

    fn tags(&mut self, tags: Ordered<Spanned<String>>) -> Vec<(Slug, String)> {
        let mut read = Vec::new();
        for (key, name) in tags.0 {
            match Slug::exact(key.get_ref()) {
                Some(slug) => read.push((slug, name.into_inner())),
                None => self.refuse(&key, format!("`{}` is no tag", key.get_ref()), "use lower-case letters, digits and hyphens"),
            }
        }
        read
    }

    fn facts(&mut self, facts: Ordered<FactFields>) -> Vec<FactSpec> {
        let mut read = Vec::new();
        for (key, fact) in facts.0 {
            for (value, _) in &fact.values.0 {
                if ["yes", "no", "on", "off", "true", "false", "y", "n"].contains(&value.get_ref().to_ascii_lowercase().as_str())
                {
                    let message = format!("`{}` is a word that YAML may read as true or false", value.get_ref());
                    self.refuse(value, message, "choose a word that says more, such as never or after-change");
                }
            }
            read.push(FactSpec { key: key.into_inner(), label: fact.label.into_inner(), values: names(fact.values) });
        }
        read
    }

    fn section_titles(
        &mut self,
        kinds: Ordered<Ordered<Spanned<String>>>,
    ) -> std::collections::BTreeMap<(String, String), String> {
        let mut titles = std::collections::BTreeMap::new();
        for (kind, sections) in kinds.0 {
            let known = GuideKind::ALL.into_iter().find(|known| known.spec().name == kind.get_ref().as_str());
            let Some(known) = known else {
                self.refuse(
                    &kind,
                    format!("no kind `{}`", kind.get_ref()),
                    "the kinds with sections are error, compare and playbook",
                );
                continue;
            };
            let keys: Vec<String> =
                known.spec().sections.iter().map(|section| crate::model::anchor::anchor(section.heading)).collect();
            for (key, title) in sections.0 {
                if !keys.contains(key.get_ref()) {
                    let near = nearest(key.get_ref(), keys.iter().map(String::as_str));
                    let hint = near.map_or_else(
                        || format!("the sections are {}", keys.join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.refuse(&key, format!("{} guides have no section `{}`", kind.get_ref(), key.get_ref()), hint);
                }
                titles.insert((kind.get_ref().clone(), key.into_inner()), title.into_inner());
            }
        }
        titles
    }

    fn levels(&mut self, lints: Ordered<Spanned<String>>) -> Vec<(&'static str, SiteLevel)> {
        let mut levels = Vec::new();
        for (name, level) in lints.0 {
            let read = match level.get_ref().as_str() {
                "allow" => SiteLevel::Allow,
                "warn" => SiteLevel::Warn,
                "deny" => SiteLevel::Deny,
                other => {
                    self.refuse(&level, format!("no level `{other}`"), "write allow, warn or deny");
                    continue;
                }
            };
            match RULES.iter().find(|rule| rule.name == name.get_ref().as_str()) {
                Some(rule) if rule.level == Level::Error => {
                    self.refuse(&name, format!("`{}` is an error and has no level", rule.name), "only warnings can be silenced");
                }
                Some(rule) => levels.push((rule.name, read)),
                None => {
                    let near = nearest(name.get_ref(), RULES.iter().map(|rule| rule.name));
                    let hint =
                        near.map_or_else(|| "see docs/content-model.md".to_owned(), |near| format!("did you mean `{near}`?"));
                    self.refuse(&name, format!("no lint `{}`", name.get_ref()), hint);
                }
            }
        }
        levels
    }

    fn outputs_off(&mut self, outputs: Ordered<Spanned<bool>>) -> Vec<String> {
        let mut off = Vec::new();
        for (name, on) in outputs.0 {
            if !OUTPUTS.contains(&name.get_ref().as_str()) {
                let near = nearest(name.get_ref(), OUTPUTS);
                let hint = near
                    .map_or_else(|| format!("the outputs are {}", OUTPUTS.join(", ")), |near| format!("did you mean `{near}`?"));
                self.refuse(&name, format!("no output `{}`", name.get_ref()), hint);
            } else if !on.into_inner() {
                off.push(name.into_inner());
            }
        }
        off
    }
}

fn names(table: Ordered<Spanned<String>>) -> Vec<(String, String)> {
    table.0.into_iter().map(|(key, name)| (key.into_inner(), name.into_inner())).collect()
}
