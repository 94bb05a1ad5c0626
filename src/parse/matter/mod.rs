//! From fields as written to front matter as meant: what is required is there, what comes from a closed list is in it.
//! One file a kind; here is what they share.

mod common;
mod compare;
mod error;
mod playbook;
mod provider;

use super::front_matter::Written;
use super::yaml::{Mapping, Node, Value};
use crate::model::config::Config;
use crate::model::date::{Date, date_meant, parse_date};
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::guide::{Common, Matter, PageMatter};
use crate::model::kind::GuideKind;
use crate::model::pattern::Pattern;
use crate::model::portable::unportable_part;
use crate::model::reference::Identity;
use crate::model::rules::{self, Rule};
use crate::model::source::{Role, Sources, Span, Spanned};
use crate::model::suggest::nearest;
use crate::model::url::Slug;
use crate::model::words::quoted;

/// The longest title, in characters.
pub(super) const MAX_TITLE: usize = 120;
/// The longest name of an error, in characters.
pub(super) const MAX_NAME: usize = 80;
/// The longest text of any other field, in characters.
pub(super) const MAX_TEXT: usize = 600;
/// How long a description may be, in characters: enough to say who must act, short enough for a search result.
pub(super) const DESCRIPTION: std::ops::RangeInclusive<usize> = 50..=170;

/// Everything a value is checked against.
pub(super) struct Context<'a> {
    pub(super) config: &'a Config,
    pub(super) today: Date,
    pub(super) kind: GuideKind,
    /// All files: what a reference without its provider means is mostly one of them.
    pub(super) sources: &'a Sources,
    /// The slug that the file's name gives; `None` where the name gives none.
    pub(super) file_slug: Option<Slug>,
}

/// The front matter of a kind, or `None` where something it requires is missing or wrong.
pub(super) fn matter(
    context: &Context<'_>,
    written: Written,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Common, Matter)> {
    let before = diagnostics.len();
    let Written { mut fields, tree, misspelt } = written;
    let mut reader = Reader { context, tree: &tree, misspelt: &misspelt, span, diagnostics };
    reader.scalars();
    let own = match context.kind {
        GuideKind::Error => reader.error(&mut fields),
        GuideKind::Compare => reader.compare(&mut fields),
        GuideKind::Playbook => reader.playbook(&mut fields),
        GuideKind::Provider => reader.provider(&mut fields),
        GuideKind::Page => reader.page(),
    };
    let common = reader.common(fields);
    let complete = !has_errors(&diagnostics[before..]);
    match (common, own) {
        (Some(common), Some(own)) if complete => Some((common, own)),
        (Some(_) | None, Some(_) | None) => None,
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    tree: &'a Mapping,
    /// Keys that are missing because they are misspelt, which was told.
    misspelt: &'a [String],
    span: Span,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn tell(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(rule, span, message));
    }

    fn tell_near<'c>(
        &mut self,
        rule: &'static Rule,
        place: Span,
        message: String,
        written: &str,
        names: impl Iterator<Item = &'c str> + Clone,
    ) {
        let finding = Diagnostic::new(rule, place, message);
        let finding = match nearest(written, names.clone()) {
            Some(near) => finding.respelt(written, Some(near)),
            None => finding.hint(format!("site.toml lists {}", quoted(names))),
        };
        self.diagnostics.push(finding);
    }

    /// Where a value stands; its key where it is empty, the front matter where there is no such key.
    fn at(&self, key: &str) -> Span {
        let value = self.tree.get(key).map(|node| node.span).filter(|span| span.start < span.end);
        value.or_else(|| self.tree.key_span(key)).unwrap_or(self.span)
    }

    fn item(&self, key: &str, index: usize) -> Span {
        self.tree.get(key).and_then(|node| node.item(index)).map_or_else(|| self.at(key), |node| node.span)
    }

    fn inner(&self, key: &str, index: usize, inner: &str) -> Span {
        let mapping = self.tree.get(key).and_then(|node| node.item(index)).and_then(Node::mapping);
        let value = mapping.and_then(|mapping| mapping.get(inner)).map(|node| node.span).filter(|span| span.start < span.end);
        value.or_else(|| mapping?.key_span(inner)).unwrap_or_else(|| self.item(key, index))
    }

    fn inner_item(&self, key: &str, index: usize, inner: &str, at: usize) -> Span {
        let mapping = self.tree.get(key).and_then(|node| node.item(index)).and_then(Node::mapping);
        let list = mapping.and_then(|mapping| mapping.get(inner));
        list.and_then(|list| list.item(at)).map_or_else(|| self.inner(key, index, inner), |node| node.span)
    }

    /// Tells every value with nothing in it, and every control character that an escape brought in.
    fn scalars(&mut self) {
        let tree = self.tree;
        for (key, node) in &tree.entries {
            self.scalar(&key.value, key.span, node);
        }
    }

    fn scalar(&mut self, path: &str, key: Span, node: &Node) {
        match &node.value {
            Value::Scalar(text) if text.trim().is_empty() => {
                let span = if node.span.start < node.span.end { node.span } else { key };
                self.tell(&rules::EMPTY_VALUE, span, format!("`{path}` is empty"));
            }
            // The one value that may be called so: it stands as it was written.
            Value::Scalar(text) if node.is_null && path != "code" => {
                let finding =
                    Diagnostic::new(&rules::EMPTY_VALUE, node.span, format!("`{path}` is empty: YAML reads {text} as nothing"));
                self.diagnostics.push(finding.hint(format!("write a value, or quote it if it is text: '{text}'")));
            }
            Value::Scalar(text) => {
                if let Some(c) = text.chars().find(|&c| c.is_control() && c != '\n' && c != '\t') {
                    let message = format!("a control character, U+{:04X}, in `{path}`", u32::from(c));
                    self.tell(&rules::CONTROL_CHARACTER, node.span, message);
                }
            }
            Value::Sequence(items) if items.is_empty() => self.tell(&rules::EMPTY_VALUE, node.span, format!("`{path}` is empty")),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.scalar(&format!("{path}[{index}]"), key, item);
                }
            }
            Value::Mapping(mapping) if mapping.entries.is_empty() => {
                self.tell(&rules::EMPTY_VALUE, node.span, format!("`{path}` is empty"));
            }
            Value::Mapping(mapping) => {
                for (inner, node) in &mapping.entries {
                    self.scalar(&format!("{path}.{}", inner.value), inner.span, node);
                }
            }
        }
    }

    /// A text that must be there. One that is empty was told.
    fn required(&mut self, key: &'static str, value: Option<String>, limit: usize) -> Option<Spanned<String>> {
        self.must_have(key, &format!("add a line that starts with `{key}:`"));
        self.optional(key, value, limit)
    }

    fn must_have(&mut self, key: &str, hint: &str) {
        if self.tree.get(key).is_none() && !self.misspelt.iter().any(|misspelt| misspelt == key) {
            let finding = Diagnostic::new(&rules::MISSING_KEY, self.start(), format!("front matter has no `{key}`"));
            self.diagnostics.push(finding.hint(hint));
        }
    }

    /// Where to point for what is not there: the line that opens the front matter.
    fn start(&self) -> Span {
        Span { end: self.span.start + 3, ..self.span }
    }

    /// A text that is one line and not too long where it is there. Texts that may be long may have several lines.
    fn optional(&mut self, key: &'static str, value: Option<String>, limit: usize) -> Option<Spanned<String>> {
        let text = value.filter(|text| !text.trim().is_empty())?;
        let text = Spanned::new(text.trim().to_owned(), self.at(key));
        let length = text.value.chars().count();
        if length > limit {
            self.tell(&rules::LONG_VALUE, text.span, format!("`{key}` has {length} characters; the limit is {limit}"));
        }
        if limit < MAX_TEXT && text.value.contains('\n') {
            self.tell(&rules::INVALID_VALUE, text.span, format!("`{key}` must be one line"));
        }
        Some(text)
    }

    /// A list that must be there. One that is empty was told.
    fn required_list<T>(&mut self, key: &'static str, value: Option<Vec<T>>) -> Vec<T> {
        self.must_have(key, &format!("add a list `{key}:`"));
        value.unwrap_or_default()
    }

    fn date(&mut self, key: &str, text: &str, span: Span) -> Option<Date> {
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("`{key}` is `{text}`, which is not a day of the calendar");
            let finding = Diagnostic::new(&rules::INVALID_DATE, span, message);
            let finding = match date_meant(text) {
                Some(meant) => finding.edit(span, text, meant.to_string()).did_you_mean(Some(meant.to_string())),
                None => finding,
            };
            self.diagnostics.push(finding.hint("write year-month-day, as in 2026-04-09"));
        }
        date
    }

    fn https(&mut self, key: &str, url: &str, span: Span) {
        let rest = url.strip_prefix("https://").unwrap_or_default();
        let safe = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c));
        let has_host = rest.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty() && !host.contains('@'));
        let is_empty = url.trim().is_empty();
        if !(is_empty || safe && has_host) {
            let message = format!("`{key}` is `{url}`, which is not an https address");
            self.diagnostics
                .push(Diagnostic::new(&rules::INVALID_URL, span, message).hint("official sources start with https://"));
        }
    }

    fn reference(&mut self, text: &str, span: Span) -> Option<Spanned<Identity>> {
        let identity = Identity::parse(text);
        if identity.is_none() {
            let message = format!("`{text}` is no reference to a guide");
            let hint = "write provider:code, compare:slug, playbook:slug or page:slug";
            let finding = Diagnostic::new(&rules::INVALID_REFERENCE, span, message);
            self.diagnostics.push(finding.did_you_mean(self.error_of_code(text)).hint(hint));
        }
        identity.map(|identity| Spanned::new(identity, span))
    }

    /// The reference to the error whose file is called like a code.
    fn error_of_code(&self, code: &str) -> Option<String> {
        let name = format!("/{}.md", Slug::of(code)?);
        let paths =
            self.context.sources.with_role(Role::Content).filter_map(|(_, file)| file.path.strip_prefix("content/errors/"));
        let provider = paths.filter_map(|path| path.strip_suffix(name.as_str())).find(|provider| !provider.contains('/'))?;
        Some(format!("{provider}:{code}"))
    }

    fn reference_list(&mut self, key: &'static str, texts: Vec<String>) -> Vec<Spanned<Identity>> {
        let items = texts.into_iter().enumerate();
        items.filter_map(|(index, text)| self.reference(&text, self.item(key, index))).collect()
    }

    fn pattern(&mut self, pattern: &Spanned<String>) -> Option<Pattern> {
        if let Some(part) = unportable_part(&pattern.value) {
            let finding = Diagnostic::new(&rules::UNPORTABLE_PATTERN, pattern.span, format!("the pattern has {part}"));
            self.diagnostics.push(finding.hint("use only what Rust's regex and JavaScript's RegExp read alike"));
            return None;
        }
        match Pattern::compile(&pattern.value) {
            Ok(compiled) if compiled.is_match("") => {
                self.tell(&rules::INVALID_PATTERN, pattern.span, "the pattern matches the empty text, so it matches everything");
                None
            }
            Ok(compiled) => Some(compiled),
            Err(reason) => {
                self.tell(&rules::INVALID_PATTERN, pattern.span, format!("the pattern cannot be read: {reason}"));
                None
            }
        }
    }

    fn at_key(&self, key: &str) -> Span {
        self.tree.key_span(key).unwrap_or(self.span)
    }

    fn page(&mut self) -> Option<Matter> {
        Some(Matter::Page(PageMatter { slug: self.file_slug()? }))
    }

    fn file_slug(&mut self) -> Option<Slug> {
        let slug = self.context.file_slug.clone();
        if slug.is_none() {
            let finding = Diagnostic::new(&rules::INVALID_SLUG, self.start(), "the name of this file gives no address");
            self.diagnostics.push(finding.hint("rename it: lower-case letters, digits, `-`, `_` and `.`"));
        }
        slug
    }
}
