//! `site.toml` → [`Config`]. Doors to toml and schemars.
//!
//! As with front matter: a value that does not fit is told and struck out, and the rest is read on.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use toml::Spanned;

use super::schema::settings;
use crate::model::anchor::anchor;
use crate::model::config::{Config, FactSpec, OFF_BY_DEFAULT, OUTPUTS, SecurityContact, SiteLevel, is_yaml_boolean};
use crate::model::date::{Date, Interval, parse_date};
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::kind::GuideKind;
use crate::model::rules::{self, Level, RULES};
use crate::model::source::{FileId, SourceFile, Span};
use crate::model::suggest::nearest;
use crate::model::url::{BaseUrl, Slug};
use crate::model::words::quoted;

/// The most findings of one file; more say nothing new.
const MAX_FINDINGS: usize = 20;
/// The longest value that is struck out, in lines.
const MAX_VALUE_LINES: usize = 100;

/// The settings of a site, as they were written. What is said of a setting here is what editors show.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    /// The site's name.
    #[schemars(schema_with = "settings::text")]
    title: Spanned<String>,
    /// One sentence for search engines and the home page.
    #[schemars(schema_with = "settings::text")]
    description: Spanned<String>,
    /// The address of the site's root, as in `https://example.org/docs/`.
    #[schemars(schema_with = "settings::base_url")]
    base_url: Spanned<String>,
    /// The language of the pages, as in en or pt-BR.
    #[schemars(schema_with = "settings::language")]
    language: Spanned<String>,
    /// Whether links leave out index.html. Such links need a server; the others also work from disk.
    #[serde(default)]
    #[schemars(schema_with = "settings::flag")]
    clean_links: Option<bool>,
    /// Where the sources of the site are, and where readers report a mistake.
    #[serde(default)]
    #[schemars(with = "RepositoryFields")]
    repository: Table<RepositoryFields>,
    /// The editorial standard, and how long reviews stay good.
    #[schemars(with = "EditorialFields")]
    editorial: Table<EditorialFields>,
    /// Categories of errors: what readers see, by the key that guides write.
    #[serde(default)]
    #[schemars(schema_with = "settings::names")]
    categories: Ordered<Spanned<String>>,
    /// Tags: what readers see, by the tag that guides write.
    #[serde(default)]
    #[schemars(schema_with = "settings::tags")]
    tags: Ordered<Spanned<String>>,
    /// The facts that errors state, by the key that guides write.
    #[serde(default)]
    #[schemars(schema_with = "settings::facts::<FactFields>")]
    facts: Ordered<Table<FactFields>>,
    /// Full titles of sections, by kind and section. `{{ name }}` and `{{ code }}` are filled in.
    #[serde(default)]
    #[schemars(schema_with = "settings::sections")]
    sections: Ordered<Ordered<Spanned<String>>>,
    /// What becomes of the findings of a rule: allow, warn or deny. Rules that are errors have no level.
    #[serde(default)]
    #[schemars(schema_with = "settings::lints")]
    lints: Ordered<Spanned<String>>,
    /// Outputs; all but `llms-full` are on where nothing is set.
    #[serde(default)]
    #[schemars(schema_with = "settings::outputs")]
    outputs: Ordered<Spanned<bool>>,
    /// What some hosts and readers are told besides pages.
    #[serde(default)]
    #[schemars(with = "PublishingFields")]
    publishing: Table<PublishingFields>,
}

#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("dependentRequired" = { "security_contact": ["security_expires"], "security_expires": ["security_contact"] }))]
struct PublishingFields {
    /// The site's own host name, which GitHub Pages reads from a file called CNAME.
    #[schemars(schema_with = "settings::domain")]
    domain: Option<Spanned<String>>,
    /// Whom to tell of a hole in the site's security, the best address first. Needs `security_expires`.
    #[schemars(schema_with = "settings::contacts")]
    security_contact: Option<Spanned<Vec<Spanned<String>>>>,
    /// The day from which the contacts are not to be relied on; at most a year ahead.
    #[schemars(schema_with = "settings::date")]
    security_expires: Option<Spanned<String>>,
}

#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct RepositoryFields {
    /// Where the repository can be browsed.
    #[schemars(schema_with = "settings::url")]
    url: Option<Spanned<String>>,
    /// What the path of a guide is appended to for "Edit this page".
    #[schemars(schema_with = "settings::url")]
    edit_url: Option<Spanned<String>>,
    /// Where readers report a mistake.
    #[schemars(schema_with = "settings::url")]
    correction_url: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EditorialFields {
    /// The editorial standard in a sentence.
    #[serde(default)]
    #[schemars(schema_with = "settings::text")]
    standard: Option<Spanned<String>>,
    /// The page that explains the standard: the name of a file in content/pages, without .md.
    #[serde(default)]
    #[schemars(schema_with = "settings::slug")]
    page: Option<Spanned<String>>,
    /// How long a review stays good where a guide does not say, as in 6 months.
    #[schemars(schema_with = "settings::interval")]
    review_in: Spanned<String>,
}

/// A fact that errors state.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FactFields {
    /// The question it answers, for readers.
    #[schemars(schema_with = "settings::text")]
    label: Spanned<String>,
    /// What readers see, by the value that guides write. Without values any text will do.
    #[serde(default)]
    #[schemars(schema_with = "settings::fact_values")]
    values: Ordered<Spanned<String>>,
}

/// Fields that are written as a table; serde would also take a list of their values.
#[derive(Default)]
struct Table<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor(PhantomData))
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TableVisitor<T> {
    type Value = Table<T>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Table)
    }
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
    if let Some(finding) = super::conflicts::find(file.text(), id) {
        diagnostics.push(finding);
        return None;
    }
    let fields = fields(id, file.text(), diagnostics)?;
    let config = Reader { id, diagnostics }.config(fields);
    config.filter(|_| !has_errors(&diagnostics[before..]))
}

/// Reads the file. What does not fit is told and struck out, so that one run tells all; a key that is missing because it was
/// struck out, or because it is misspelt, is not told as well.
fn fields(id: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Fields> {
    let mut text = text.to_owned();
    let mut excused: Vec<String> = Vec::new();
    for _ in 0..MAX_FINDINGS {
        let error = match toml::from_str::<Fields>(&text) {
            Ok(fields) => return Some(fields),
            Err(error) => error,
        };
        let range = error.span().unwrap_or(0..0);
        let names: Vec<&str> = error.message().split('`').skip(1).step_by(2).collect();
        if error.message().starts_with("missing field") {
            if !names.iter().all(|name| excused.iter().any(|excused| excused == name)) {
                diagnostics.push(misfit(Span::new(id, range), error.message()));
            }
            return None;
        }
        diagnostics.push(misfit(Span::new(id, range.clone()), error.message()));
        if let Some((written, allowed)) = names.split_first() {
            excused.extend(nearest(written, allowed.iter().copied()).map(str::to_owned));
        }
        excused.push(strike_out(&mut text, &range)?);
    }
    None
}

/// Blanks a key and its value, which may go over several lines; gives the key. `None` where there is no such line.
fn strike_out(text: &mut String, range: &Range<usize>) -> Option<String> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next()?;
    let key = line.split('=').next()?.trim().to_owned();
    if line.trim_start().starts_with('[') || !line.contains('=') {
        return None;
    }
    let mut at = start;
    for _ in 0..MAX_VALUE_LINES {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let blank = " ".repeat(end - at);
        text.replace_range(at..end, &blank);
        if text.parse::<toml::Table>().is_ok() {
            return Some(key);
        }
        at = (end + 1).min(text.len());
    }
    None
}

fn misfit(span: Span, message: &str) -> Diagnostic {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some((written, allowed))) = (message.starts_with("unknown field"), names.split_first()) {
        return unknown(span, format!("no setting `{written}`"), written, allowed.iter().copied());
    }
    Diagnostic::new(&rules::INVALID_SETTING, span, message.replace("missing field", "missing setting"))
}

/// A name that is not among those there are.
fn unknown<'n>(span: Span, message: String, written: &str, names: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let finding = Diagnostic::new(&rules::UNKNOWN_SETTING, span, message);
    match nearest(written, names.clone()) {
        Some(near) => finding.respelt(written, Some(near)),
        None => finding.hint(format!("write one of {}", quoted(names))),
    }
}

/// An address that paths are appended to: with a slash at its end, unless they become part of a query.
fn as_folder(address: String) -> String {
    if address.ends_with('/') || address.contains('?') { address } else { format!("{address}/") }
}

/// Placeholders in their one form, `{{ name }}`, whatever blanks were written in them.
fn with_blanks(title: &str) -> String {
    let mut parts = title.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(&match part.split_once("}}") {
            Some((inner, rest)) => format!("{{{{ {} }}}}{rest}", inner.trim()),
            None => format!("{{{{{part}"),
        });
    }
    out
}

/// A name of hosts (RFC 1123) in lower case.
fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

/// An address that `security.txt` may name (RFC 9116, section 2.5.3), in the characters of an address (RFC 3986).
fn is_contact(text: &str) -> bool {
    let rest = ["https://", "mailto:", "tel:"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(legal))
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
        let Table(editorial) = fields.editorial;
        let Table(repository) = fields.repository;
        let Table(publishing) = fields.publishing;
        let base_url = BaseUrl::parse(fields.base_url.get_ref());
        if base_url.is_none() {
            let message = format!("`{}` is no base URL", fields.base_url.get_ref());
            self.refuse(&fields.base_url, message, "write the address of the site's root, as in https://example.org/docs/");
        }
        let base_url_is_read = base_url.is_some();
        let review_interval = Interval::parse(editorial.review_in.get_ref());
        if review_interval.is_none() {
            let message = format!("`{}` is not an interval", editorial.review_in.get_ref());
            self.refuse(&editorial.review_in, message, "write a count of days, weeks, months or years, as in 6 months");
        }
        self.language(&fields.language);
        let config = Config {
            title: self.text(fields.title),
            description: self.text(fields.description),
            // A base URL that cannot be read was told; nothing is made with this one.
            base_url: base_url.unwrap_or_else(|| BaseUrl::parse("https://invalid.invalid/").expect("is an address")),
            language: fields.language.into_inner(),
            clean_links: fields.clean_links.unwrap_or_default(),
            repository_url: self.address(repository.url),
            edit_url: self.address(repository.edit_url).map(as_folder),
            correction_url: self.address(repository.correction_url),
            editorial_standard: editorial.standard.map(|text| self.text(text)).unwrap_or_default(),
            editorial_page: self.editorial_page(editorial.page),
            review_interval: review_interval.unwrap_or_else(|| Interval::parse("1 year").expect("is an interval")),
            categories: self.names(fields.categories),
            tags: self.tags(fields.tags),
            facts: self.facts(fields.facts),
            section_titles: self.section_titles(fields.sections),
            levels: self.levels(fields.lints),
            outputs_off: self.outputs_off(fields.outputs),
            domain: self.domain(publishing.domain),
            security: self.security(publishing.security_contact, publishing.security_expires),
        };
        (base_url_is_read && review_interval.is_some()).then_some(config)
    }

    /// A text that says something and holds no control character.
    fn text(&mut self, value: Spanned<String>) -> String {
        if value.get_ref().trim().is_empty() {
            self.refuse(&value, "this text is empty".to_owned(), "write what readers are to see");
        }
        if let Some(c) = value.get_ref().chars().find(|c| c.is_control()) {
            let message = format!("a control character, U+{:04X}, in a text", u32::from(c));
            let span = Span::new(self.id, value.span());
            self.diagnostics.push(Diagnostic::new(&rules::CONTROL_CHARACTER, span, message).hint("remove it"));
        }
        value.into_inner()
    }

    fn names(&mut self, table: Ordered<Spanned<String>>) -> Vec<(String, String)> {
        table.0.into_iter().map(|(key, name)| (key.into_inner(), self.text(name))).collect()
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
                Some(slug) => {
                    let name = self.text(name);
                    read.push((slug, name));
                }
                None => self.refuse(&key, format!("`{}` is no tag", key.get_ref()), "use lower-case letters, digits and hyphens"),
            }
        }
        read
    }

    fn facts(&mut self, facts: Ordered<Table<FactFields>>) -> Vec<FactSpec> {
        let mut read = Vec::new();
        for (key, Table(fact)) in facts.0 {
            let values = fact.values.0.iter().map(|(value, _)| value);
            for word in std::iter::once(&key).chain(values).filter(|word| is_yaml_boolean(word.get_ref())) {
                let message = format!("`{}` is a word that YAML may read as true or false", word.get_ref());
                self.refuse(word, message, "choose a word that says more, such as never or after-change");
            }
            read.push(FactSpec { key: key.into_inner(), label: self.text(fact.label), values: self.names(fact.values) });
        }
        read
    }

    fn section_titles(&mut self, kinds: Ordered<Ordered<Spanned<String>>>) -> BTreeMap<(String, String), String> {
        let mut titles = BTreeMap::new();
        let with_sections = || GuideKind::ALL.into_iter().map(GuideKind::spec).filter(|spec| !spec.sections.is_empty());
        for (kind, sections) in kinds.0 {
            let name = kind.get_ref().clone();
            let Some(spec) = with_sections().find(|spec| spec.name == name) else {
                let names: Vec<&str> = with_sections().map(|spec| spec.name).collect();
                self.unknown(&kind, format!("no kind `{name}` with sections"), &names);
                continue;
            };
            let keys: Vec<String> = spec.sections.iter().map(|section| anchor(section.heading)).collect();
            for (key, title) in sections.0 {
                if !keys.contains(key.get_ref()) {
                    let names: Vec<&str> = keys.iter().map(String::as_str).collect();
                    self.unknown(&key, format!("{name} guides have no section `{}`", key.get_ref()), &names);
                }
                self.placeholders(&title);
                titles.insert((name.clone(), key.into_inner()), with_blanks(&self.text(title)));
            }
        }
        titles
    }

    /// The title of a section may hold `{{ name }}` and `{{ code }}`, nothing else in braces.
    fn placeholders(&mut self, title: &Spanned<String>) {
        let rest = with_blanks(title.get_ref()).replace("{{ name }}", "").replace("{{ code }}", "");
        if rest.contains("{{") || rest.contains("}}") {
            let inner = rest.split("{{").nth(1).and_then(|rest| rest.split("}}").next()).unwrap_or_default().trim();
            let hint = nearest(inner, ["name", "code"]).map(|near| format!("did you mean `{near}`?"));
            let hint = hint.unwrap_or_else(|| "the placeholders are {{ name }} and {{ code }}".to_owned());
            self.refuse(title, format!("nothing fills in `{inner}`"), hint);
        }
    }

    /// Tells a name that is not among those there are.
    fn unknown(&mut self, written: &Spanned<String>, message: String, names: &[&str]) {
        let span = Span::new(self.id, written.span());
        self.diagnostics.push(unknown(span, message, written.get_ref(), names.iter().copied()));
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
                    self.refuse(&name, format!("`{}` is an error and has no level", rule.name), "only lints can be silenced");
                }
                Some(rule) => levels.push((rule.name, read)),
                None => {
                    let names: Vec<&str> = RULES.iter().filter(|rule| rule.level != Level::Error).map(|rule| rule.name).collect();
                    self.unknown(&name, format!("no lint `{}`", name.get_ref()), &names);
                }
            }
        }
        levels
    }

    fn domain(&mut self, value: Option<Spanned<String>>) -> Option<String> {
        let value = value?;
        if !is_host_name(value.get_ref()) {
            let message = format!("`{}` is no host name", value.get_ref());
            self.refuse(&value, message, "write the name alone, in lower case, as in guides.example.org");
        }
        Some(value.into_inner())
    }

    /// Contact and day come together: RFC 9116 requires both.
    fn security(
        &mut self,
        contacts: Option<Spanned<Vec<Spanned<String>>>>,
        expires: Option<Spanned<String>>,
    ) -> Option<SecurityContact> {
        match (contacts, expires) {
            (None, None) => None,
            (Some(contacts), None) => {
                self.refuse(&contacts, "`security_contact` without `security_expires`".to_owned(), "write until when it holds");
                None
            }
            (None, Some(expires)) => {
                self.refuse(&expires, "`security_expires` without `security_contact`".to_owned(), "write whom to tell");
                None
            }
            (Some(contacts), Some(expires)) => {
                Some(SecurityContact { expires: self.day(&expires)?, contacts: self.contacts(contacts) })
            }
        }
    }

    fn contacts(&mut self, contacts: Spanned<Vec<Spanned<String>>>) -> Vec<String> {
        if contacts.get_ref().is_empty() {
            self.refuse(&contacts, "nobody is named".to_owned(), "write one address or more");
        }
        let read = |contact: Spanned<String>| {
            if !is_contact(contact.get_ref()) {
                let message = format!("`{}` is no address to write to", contact.get_ref());
                self.refuse(&contact, message, "write an address that starts with https://, mailto: or tel:");
            }
            contact.into_inner()
        };
        contacts.into_inner().into_iter().map(read).collect()
    }

    fn day(&mut self, value: &Spanned<String>) -> Option<Date> {
        let day = parse_date(value.get_ref());
        if day.is_none() {
            let message = format!("`{}` is no day", value.get_ref());
            self.refuse(value, message, "write year-month-day, as in 2027-04-09");
        }
        day
    }

    fn outputs_off(&mut self, outputs: Ordered<Spanned<bool>>) -> Vec<String> {
        let mut off: Vec<String> = OFF_BY_DEFAULT.map(str::to_owned).to_vec();
        for (name, on) in outputs.0 {
            if !OUTPUTS.contains(&name.get_ref().as_str()) {
                self.unknown(&name, format!("no output `{}`", name.get_ref()), &OUTPUTS);
                continue;
            }
            off.retain(|other| other != name.get_ref());
            if !on.into_inner() {
                off.push(name.into_inner());
            }
        }
        off
    }
}
