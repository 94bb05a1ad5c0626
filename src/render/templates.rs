//! Templates: loading them, filling them in, and turning their errors into diagnostics. The door to tera.
//!
//! Templates are trusted, what they show is not: every value is escaped unless a view marks it as finished HTML. They are never
//! applied to Markdown.

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::source::{Role, Sources, Span};

/// The largest template, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// The most tags in one template; the parser goes into branches by recursion.
const MAX_TAGS: usize = 2000;
/// The deepest nesting of tags.
const MAX_NESTING: usize = 32;

/// Components that bodies are made with.
const COMPONENTS: [&str; 3] = ["code_block", "tab_group", "callout"];

/// All templates of a site, ready to be filled in.
pub(super) struct Templates<'s> {
    tera: Tera,
    sources: &'s Sources,
}

impl<'s> Templates<'s> {
    /// Loads every template; `None` where one is wrong or a component is missing, which is told. `site` is what all of them see.
    pub(super) fn load(sources: &'s Sources, site: &impl Serialize, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let before = diagnostics.len();
        let mut texts: Vec<(&str, &str)> = Vec::new();
        for (id, file) in sources.with_role(Role::Template) {
            let text = file.text();
            match limit(text) {
                Some((at, message)) => {
                    diagnostics.push(Diagnostic::new(&rules::TEMPLATE_TOO_LARGE, Span::new(id, at..at), message));
                }
                None => texts.push((name_of(&file.path), text)),
            }
        }
        if diagnostics.len() > before {
            return None;
        }
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        // The engine's own `safe` lets a value that is not defined pass as empty text.
        tera.register_filter("safe", |value: Value, _: Kwargs, _: &State<'_>| {
            if value.is_undefined() {
                return Err(tera::Error::message("a value that is not defined cannot be shown as HTML"));
            }
            Ok(value.mark_safe())
        });
        tera.global_context().insert("site", site);
        let templates = match tera.add_raw_templates(texts) {
            Ok(()) => Self { tera, sources },
            Err(error) => {
                diagnostics.push(finding(sources, &error));
                return None;
            }
        };
        for component in COMPONENTS.into_iter().filter(|name| !templates.tera.contains_component(name)) {
            let message = format!("no template has the component `{component}`");
            diagnostics.push(Diagnostic::for_path(&rules::MISSING_TEMPLATE, "templates/components.html", message));
        }
        (diagnostics.len() == before).then_some(templates)
    }

    /// A page.
    ///
    /// # Errors
    /// The finding, where the template cannot be filled in.
    pub(super) fn page(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| Box::new(finding(self.sources, &error)))?;
        self.tera.render(name, &context).map_err(|error| Box::new(finding(self.sources, &error)))
    }

    /// A part of a body, such as a code block.
    ///
    /// # Errors
    /// The finding, where the component cannot be filled in.
    pub(super) fn component(&self, name: &str, view: &impl Serialize, body: &str) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| Box::new(finding(self.sources, &error)))?;
        self.tera.render_component(name, &context, Some(body), true).map_err(|error| Box::new(finding(self.sources, &error)))
    }
}

fn name_of(path: &str) -> &str {
    path.strip_prefix("templates/").unwrap_or(path)
}

/// What keeps a template from being handed to the parser, and where.
fn limit(text: &str) -> Option<(usize, String)> {
    if text.len() > MAX_BYTES {
        return Some((0, format!("a template of {} bytes; the limit is {MAX_BYTES}", text.len())));
    }
    let mut depth = 0usize;
    let mut count = 0;
    for (at, _) in text.match_indices("{%") {
        count += 1;
        let tag = text[at + 2..].trim_start_matches(['-', ' ', '\n', '\t']);
        if tag.starts_with("end") {
            depth = depth.saturating_sub(1);
        } else if ["if", "for", "block", "filter", "component", "raw"].iter().any(|word| tag.starts_with(word)) {
            depth += 1;
        }
        if depth > MAX_NESTING {
            return Some((at, format!("tags nested more than {MAX_NESTING} deep")));
        }
        if count > MAX_TAGS {
            return Some((at, format!("more than {MAX_TAGS} tags")));
        }
    }
    None
}

/// An error of the engine as a finding in its template.
fn finding(sources: &Sources, error: &tera::Error) -> Diagnostic {
    let (name, range, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.span().range.clone(), report.message().to_owned())
        }
        other => located(sources, &other.to_string()),
    };
    let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    let message = lower_first(&format!("{}{source}", message.trim_end_matches('.')));
    match sources.by_path(&format!("templates/{name}")) {
        Some((id, _)) => Diagnostic::new(&rules::INVALID_TEMPLATE, Span::new(id, range), message),
        None => Diagnostic::for_path(&rules::INVALID_TEMPLATE, "templates", message),
    }
}

/// Errors about several templates arrive as text that ends in ` --> file:line:column`.
fn located(sources: &Sources, message: &str) -> (String, std::ops::Range<usize>, String) {
    let place = message.split("--> ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut parts = place.trim().rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse::<usize>().ok());
    let line = parts.next().and_then(|part| part.parse::<usize>().ok());
    let quoted = || message.split('\'').nth(1).unwrap_or_default().to_owned();
    let name = parts.next().map_or_else(quoted, str::to_owned);
    let text = sources.by_path(&format!("templates/{name}")).map_or("", |(_, file)| file.text());
    let start: usize = text.split_inclusive('\n').take(line.unwrap_or(1).saturating_sub(1)).map(str::len).sum();
    let at = (start + column.unwrap_or(1).saturating_sub(1)).min(text.len());
    let first_line = message.lines().next().unwrap_or_default().split(" --> ").next().unwrap_or_default();
    (name, at..at, first_line.trim_start_matches("error: ").to_owned())
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
