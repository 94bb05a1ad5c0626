//! A new page: a title, a description and room for text.

use super::text::{description, yaml_or};
use super::{Context, Refusal, Scaffold};
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::url::Permalink;

/// The longest title, in characters.
const MAX_TITLE: usize = 120;

/// Addresses of lists that the site makes itself.
const GENERATED: [&str; 8] = ["errors", "compare", "playbooks", "providers", "codes", "lookup", "tags", "e"];

pub(super) fn scaffold(context: &Context<'_>, slug: &str, title: Option<&str>) -> Result<Scaffold, Refusal> {
    let slug = context.slug("page", slug)?;
    let title = title.map(|title| context.line("title", title, MAX_TITLE)).transpose()?;
    if GENERATED.contains(&slug.as_str()) {
        return Err(Refusal::new(format!("the site itself makes /{slug}/")).help("choose another address"));
    }
    let identity = Identity::Named { kind: GuideKind::Page, slug: slug.clone() };
    let path = context.home(&identity, &Permalink::of([slug.as_str()]))?;
    let description = description(slug.as_str(), "what the page is for and who it is for");
    let text = format!(
        "---\ntitle: {}\n{description}last_reviewed_on: {}\n---\n\nTODO: write the page.\n",
        yaml_or(title, "what the page is called"),
        context.today
    );
    Ok(Scaffold { path, text, notes: Vec::new() })
}
