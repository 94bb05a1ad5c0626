//! A new provider: its name, where its documentation starts, what its codes look like.

use super::text::{description, yaml, yaml_or};
use super::{Context, Refusal, Scaffold};
use crate::model::kind::GuideKind;
use crate::model::pattern::Pattern;
use crate::model::portable::unportable_part;
use crate::model::reference::Identity;
use crate::model::url::Permalink;

/// The longest name, in characters.
const MAX_NAME: usize = 80;
/// The longest address or pattern, in characters.
const MAX_TEXT: usize = 600;

pub(super) fn scaffold(
    context: &Context<'_>,
    slug: &str,
    name: Option<&str>,
    docs_url: Option<&str>,
    code_pattern: Option<&str>,
) -> Result<Scaffold, Refusal> {
    let slug = context.provider_slug(slug)?;
    let name = name.map(|name| context.line("name", name, MAX_NAME)).transpose()?;
    let docs_url = docs_url.map(|url| https(context, url)).transpose()?;
    let code_pattern = code_pattern.map(|pattern| pattern_of_codes(context, pattern)).transpose()?;
    let identity = Identity::Named { kind: GuideKind::Provider, slug: slug.clone() };
    let path = context.home(&identity, &Permalink::of([GuideKind::Provider.spec().folder, slug.as_str()]))?;
    let pattern = match code_pattern {
        Some(pattern) => format!("code_pattern: {}\n", yaml(pattern)),
        // With no pattern a provider is complete; its codes only do not link themselves.
        None => {
            "# code_pattern: 'what a whole code matches, as in [1-5]\\d\\d; then codes in prose link themselves'\n".to_owned()
        }
    };
    let description = description(slug.as_str(), "where its codes come from and what they tell");
    let text = format!(
        "---\n\
         name: {}\n\
         {description}\
         {pattern}\
         docs_url: {}\n\
         context: 'TODO: what holds for all of its codes: who writes them, how stable they are, what to check first'\n\
         ---\n\n\
         TODO: say where its codes are printed, how to read them, and what to keep for support.\n",
        yaml_or(name, "its short name"),
        yaml(docs_url.unwrap_or("https://docs.example/TODO")),
    );
    Ok(Scaffold { path, text, notes: Vec::new() })
}

fn https<'t>(context: &Context<'_>, url: &'t str) -> Result<&'t str, Refusal> {
    let url = context.line("address", url, MAX_TEXT)?;
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let is_sound =
        !rest.is_empty() && !rest.starts_with('/') && !url.contains(|c: char| c.is_whitespace() || "<>\"`{}|\\^@".contains(c));
    if is_sound { Ok(url) } else { Err(Refusal::new(format!("`{url}` is not an https address"))) }
}

fn pattern_of_codes<'t>(context: &Context<'_>, pattern: &'t str) -> Result<&'t str, Refusal> {
    let pattern = context.line("code pattern", pattern, MAX_TEXT)?;
    let refuse = |why: String| Err(Refusal::new(format!("the code pattern `{pattern}` cannot be used: {why}")));
    if pattern.starts_with('^') || pattern.ends_with('$') || pattern.contains("(?<") {
        return refuse("it has an anchor or a named group, and it always matches a whole code".to_owned());
    }
    if let Some(part) = unportable_part(pattern) {
        return refuse(format!("it has {part}"));
    }
    match Pattern::compile(pattern) {
        Ok(compiled) if compiled.is_match("") => refuse("it matches the empty text".to_owned()),
        Ok(_) => Ok(pattern),
        Err(reason) => refuse(reason),
    }
}
