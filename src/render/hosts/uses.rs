//! What pages load and from where, seen in the files themselves as they are made: the content security policy allows just that.
//!
//! Source: W3C, "Content Security Policy Level 3". Nothing that would weaken it for scripts and styles is ever added: what a template
//! writes inline is not allowed, and so not run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use crate::model::output::{OutputFile, Sink};

/// What the files of a site use.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::render) struct Uses {
    /// Sources by directive: `'self'`, `data:`, or the origin of another site.
    sources: BTreeMap<&'static str, BTreeSet<String>>,
    /// Files with a hash in their name.
    pub(super) hashed: BTreeSet<String>,
    /// Whether there is a feed.
    pub(super) has_feed: bool,
}

/// Tags that load something, with the attribute that says what, and the directive that must allow it.
const TAGS: [(&str, &str, &str); 11] = [
    ("script", "src", "script-src"),
    ("img", "src", "img-src"),
    ("image", "href", "img-src"),
    ("form", "action", "form-action"),
    ("iframe", "src", "frame-src"),
    ("video", "src", "media-src"),
    ("audio", "src", "media-src"),
    ("source", "src", "media-src"),
    ("track", "src", "media-src"),
    ("embed", "src", "object-src"),
    ("object", "data", "object-src"),
];

/// Links that load something, by their `rel`.
const LINKS: [(&str, &str); 6] = [
    ("stylesheet", "style-src"),
    ("icon", "img-src"),
    ("apple-touch-icon", "img-src"),
    ("mask-icon", "img-src"),
    ("manifest", "manifest-src"),
    ("modulepreload", "script-src"),
];

/// Words of scripts after which they load something from the site.
const CALLS: [(&str, &str); 8] = [
    ("fetch(", "connect-src"),
    ("XMLHttpRequest", "connect-src"),
    ("EventSource(", "connect-src"),
    ("sendBeacon(", "connect-src"),
    ("createElement(\"script\")", "script-src"),
    ("import(", "script-src"),
    ("new Worker(", "worker-src"),
    ("serviceWorker", "worker-src"),
];

impl Uses {
    /// The policy that allows what is used and nothing else.
    pub(super) fn policy(&self) -> String {
        let mut policy = String::from("default-src 'none'");
        for (directive, sources) in &self.sources {
            let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
            policy.push_str(&format!("; {directive} {}", sources.join(" ")));
        }
        if !self.sources.contains_key("form-action") {
            policy.push_str("; form-action 'none'");
        }
        policy.push_str("; base-uri 'none'; frame-ancestors 'none'");
        policy
    }

    fn allow(&mut self, directive: &'static str, address: &str) {
        if let Some(source) = source(address) {
            self.sources.entry(directive).or_default().insert(source);
        }
    }

    fn merge(&mut self, other: Self) {
        for (directive, sources) in other.sources {
            self.sources.entry(directive).or_default().extend(sources);
        }
        self.hashed.extend(other.hashed);
        self.has_feed |= other.has_feed;
    }

    fn of(file: &OutputFile) -> Self {
        let mut uses = Self::default();
        let path = file.path.as_str();
        let is_hashed = is_hashed(path);
        match path.rsplit_once('.') {
            Some((_, "html")) => uses.page(&String::from_utf8_lossy(&file.bytes)),
            Some((_, "css")) if is_hashed => uses.style(&String::from_utf8_lossy(&file.bytes)),
            // Scripts without a hash hold data.
            Some((_, "js" | "mjs")) if is_hashed => uses.script(&String::from_utf8_lossy(&file.bytes)),
            Some(_) | None => {}
        }
        if is_hashed {
            uses.hashed.insert(path.to_owned());
        }
        uses.has_feed = path == "feed.xml";
        uses
    }

    fn page(&mut self, html: &str) {
        for (at, _) in html.match_indices('<') {
            let name = html[at + 1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let tag = || html[at..].split('>').next().unwrap_or_default();
            if name == "link" {
                self.link(tag());
            }
            for (_, attribute, directive) in TAGS.iter().filter(|(tag, ..)| *tag == name) {
                if let Some(address) = value(tag(), attribute) {
                    self.allow(directive, address);
                }
            }
            if matches!(name, "img" | "source") && tag().contains("srcset=") {
                self.allow("img-src", "");
            }
        }
    }

    fn link(&mut self, tag: &str) {
        let rel = value(tag, "rel").unwrap_or_default();
        for (_, directive) in LINKS.iter().filter(|(name, _)| rel.split(' ').any(|word| word == *name)) {
            self.allow(directive, value(tag, "href").unwrap_or_default());
        }
    }

    fn style(&mut self, css: &str) {
        let directive = if css.contains("@font-face") { "font-src" } else { "img-src" };
        for (at, found) in css.match_indices("url(") {
            let address = css[at + found.len()..].trim_start_matches(['"', '\'']);
            self.allow(directive, address);
            // A sheet with letters of its own may also have pictures.
            self.allow("img-src", address);
        }
        if css.contains("@import") {
            self.allow("style-src", "");
        }
    }

    fn script(&mut self, text: &str) {
        for (_, directive) in CALLS.iter().filter(|(call, _)| text.contains(call)) {
            self.allow(directive, "");
        }
    }
}

/// The source that allows an address: the site itself unless it names another.
fn source(address: &str) -> Option<String> {
    if address.starts_with("data:") {
        return Some("data:".to_owned());
    }
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("//"));
    let Some(rest) = rest else { return Some("'self'".to_owned()) };
    let host = rest.split(['/', '?', '#', '"', '\'', ')']).next().unwrap_or_default();
    let is_plain = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
    is_plain.then(|| format!("https://{host}"))
}

/// The value of an attribute in a tag.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// Whether a name has a hash, as `assets.rs` gives one to stylesheets and scripts.
fn is_hashed(path: &str) -> bool {
    let Some((stem, "css" | "js" | "mjs")) = path.rsplit_once('.') else { return false };
    let hash = stem.rsplit_once('.').map_or("", |(_, hash)| hash);
    hash.len() == 10 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Notes what files use on their way to a sink.
pub(in crate::render) struct Watched<'a> {
    sink: &'a dyn Sink,
    uses: Mutex<Uses>,
}

impl<'a> Watched<'a> {
    pub(in crate::render) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, uses: Mutex::default() }
    }

    /// What all files so far use.
    pub(in crate::render) fn uses(&self) -> Uses {
        self.uses.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl Sink for Watched<'_> {
    fn take(&self, file: OutputFile) {
        let uses = Uses::of(&file);
        if uses != Uses::default() {
            self.uses.lock().unwrap_or_else(std::sync::PoisonError::into_inner).merge(uses);
        }
        self.sink.take(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::url::SitePath;

    fn check(path: &str, text: &str, expected: &str) {
        let policy = Uses::of(&OutputFile::text(SitePath::new(path), text)).policy();
        let allowed = policy
            .strip_prefix("default-src 'none'")
            .and_then(|rest| rest.strip_suffix("; base-uri 'none'; frame-ancestors 'none'"));
        let allowed = allowed.expect("begins and ends alike").trim_start_matches("; ");
        assert_eq!(allowed.trim_end_matches("form-action 'none'").trim_end_matches("; "), expected, "{text}");
    }

    #[test]
    fn a_policy_allows_what_is_used_and_nothing_else() {
        check("a.html", "<p>text</p>", "");
        check("a.html", r#"<script type="module" src="../theme.js"></script>"#, "script-src 'self'");
        check("a.html", r#"<script src="https://cdn.example/x.js?a"></script>"#, "script-src https://cdn.example");
        check("a.html", "<script>alert(1)</script><style>a{}</style><p style=\"a\">", "");
        check(
            "a.html",
            r#"<link rel="stylesheet" href="a.css"><link rel="canonical" href="https://a.example/">"#,
            "style-src 'self'",
        );
        check("a.html", r#"<link rel="icon" href="icon.svg"><img src="data:image/gif;base64,">"#, "img-src 'self' data:");
        check("a.html", r#"<form class="a" action="codes/">"#, "form-action 'self'");
        check("a.html", r#"<img src="https://evil.example; script-src *">"#, "");
        check("a.html", r#"&lt;img src="a.png"&gt;"#, "");
        check("a.0123456789.css", "a { background: url(\"a.png\") }", "img-src 'self'");
        check("a.0123456789.js", "await fetch('a.json')", "connect-src 'self'");
        check("lookup/index.js", "fieldguideIndex={\"fetch(\":1}", "");
    }
}
