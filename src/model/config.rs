//! `site.toml`, typed: what every page shares and the closed lists that guides choose from.

use std::collections::BTreeMap;

use super::date::{Date, Interval};
use super::rules::Level;
use super::source::Span;
use super::url::{BaseUrl, Slug};

/// The outputs that a site can switch on and off.
pub const OUTPUTS: [&str; 20] = [
    "sitemap",
    "redirects",
    "short-addresses",
    "not-found",
    "lookup",
    "markdown",
    "api",
    "llms",
    "llms-full",
    "feed",
    "robots",
    "opensearch",
    "structured-data",
    "host-headers",
    "host-redirects",
    "nginx",
    "caddy",
    "nojekyll",
    "cname",
    "security-txt",
];

/// Those of them that are off until a site switches them on.
pub const OFF_BY_DEFAULT: [&str; 1] = ["llms-full"];

/// The configuration of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence for search engines and the home page.
    pub description: String,
    /// The address of the site's root.
    pub base_url: BaseUrl,
    /// The language of the pages, a BCP 47 tag.
    pub language: String,
    /// Whether links leave out `index.html`. Such links need a server; the others also work from disk.
    pub clean_links: bool,
    /// Where the repository can be browsed; may be absent.
    pub repository_url: Option<String>,
    /// What a source's path is appended to for "Edit this page"; may be absent.
    pub edit_url: Option<String>,
    /// Where readers report a mistake; may be absent.
    pub correction_url: Option<String>,
    /// The editorial standard in a sentence; may be empty.
    pub editorial_standard: String,
    /// The page that explains the standard; may be absent.
    pub editorial_page: Option<(Slug, Span)>,
    /// How long a review stays good where a guide does not say.
    pub review_interval: Interval,
    /// Categories of errors, name by key, in the order of the file.
    pub categories: Vec<(String, String)>,
    /// Tags, name by key, in the order of the file.
    pub tags: Vec<(Slug, String)>,
    /// The facts that errors state.
    pub facts: Vec<FactSpec>,
    /// Full titles of sections by kind and key (`fix`), with `{{ name }}` and `{{ code }}` to fill in.
    pub section_titles: BTreeMap<(String, String), String>,
    /// Levels of warnings that differ from their rule's default; errors have none.
    pub levels: Vec<(&'static str, SiteLevel)>,
    /// Outputs that are switched off, by name.
    pub outputs_off: Vec<String>,
    /// The host name that GitHub Pages is told; may be absent.
    pub domain: Option<String>,
    /// Whom to tell of a hole in the site's security; may be absent.
    pub security: Option<SecurityContact>,
}

/// What `security.txt` says.
#[derive(Debug, Clone)]
pub struct SecurityContact {
    /// Addresses, the best first; at least one.
    pub contacts: Vec<String>,
    /// The day from which none of it is to be relied on.
    pub expires: Date,
}

/// What a site makes of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteLevel {
    /// Not told.
    Allow,
    /// Told.
    Warn,
    /// The site is not published.
    Deny,
}

/// One fact that an error guide states.
#[derive(Debug, Clone)]
pub struct FactSpec {
    /// The key in front matter.
    pub key: String,
    /// The question it answers, for readers.
    pub label: String,
    /// The values it may have with their text for readers; empty where any text will do.
    pub values: Vec<(String, String)>,
}

/// Whether a word is one that YAML 1.1 reads as true or false; facts say more than that.
///
/// Source: YAML 1.1, "Boolean Language-Independent Type".
pub fn is_yaml_boolean(word: &str) -> bool {
    ["yes", "no", "on", "off", "true", "false", "y", "n"].contains(&word.trim().to_ascii_lowercase().as_str())
}

impl FactSpec {
    /// What readers see for a value.
    pub fn text_of<'a>(&'a self, value: &'a str) -> &'a str {
        self.values.iter().find(|(key, _)| key == value).map_or(value, |(_, text)| text)
    }
}

impl Config {
    /// Whether the site has switched an output off.
    pub fn is_off(&self, output: &str) -> bool {
        debug_assert!(OUTPUTS.contains(&output));
        self.outputs_off.iter().any(|off| off == output)
    }

    /// What this site makes of a rule.
    pub fn level(&self, rule: &super::rules::Rule) -> SiteLevel {
        let default = match rule.level {
            Level::Error => return SiteLevel::Deny,
            Level::Deny => SiteLevel::Deny,
            Level::Warn => SiteLevel::Warn,
            Level::Allow => SiteLevel::Allow,
        };
        self.levels.iter().find(|(name, _)| *name == rule.name).map_or(default, |(_, level)| *level)
    }

    /// Gives every finding the severity it has on this site, and drops those that the site allows.
    pub fn apply_levels(&self, diagnostics: &mut Vec<super::diagnostic::Diagnostic>) {
        use super::diagnostic::Severity;
        diagnostics.retain_mut(|diagnostic| match self.level(diagnostic.rule) {
            SiteLevel::Allow => false,
            SiteLevel::Warn => {
                diagnostic.severity = Severity::Warning;
                true
            }
            SiteLevel::Deny => {
                diagnostic.severity = Severity::Error;
                true
            }
        });
    }

    /// The title of a section of a kind, filled in; `None` where the site sets none.
    pub fn section_title(&self, kind: &str, key: &str, name: &str, code: &str) -> Option<String> {
        let title = self.section_titles.get(&(kind.to_owned(), key.to_owned()))?;
        Some(title.replace("{{ name }}", name).replace("{{ code }}", code))
    }

    /// The fact behind a key.
    pub fn fact(&self, key: &str) -> Option<&FactSpec> {
        self.facts.iter().find(|fact| fact.key == key)
    }
}
