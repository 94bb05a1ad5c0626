//! What stands at the top of a guide of each kind, and what only its kind has further down.

use super::escape;
use super::sections::blocks;
use crate::model::guide::{CompareMatter, ErrorMatter, Matter, PlaybookMatter, ProviderMatter};
use crate::model::site::GuideId;
use crate::model::words::counted;
use crate::render::context::{Context, Linker};
use crate::render::pages::{compare_view, error_view, playbook_view, provider_page};
use crate::render::view::{ErrorView, ProviderView, SubjectView};

/// What a kind adds to the parts that all share.
#[derive(Default)]
pub(super) struct Own {
    /// The title as Markdown, where it is more than text.
    pub(super) title: Option<String>,
    /// What follows the date in the line below the description.
    pub(super) meta: Vec<String>,
    /// What stands before the sections.
    pub(super) top: String,
    /// What follows the sections.
    pub(super) middle: String,
    /// What follows the references.
    pub(super) end: String,
}

/// What the kind of a guide adds.
pub(super) fn own(context: &Context<'_>, linker: &Linker<'_>, id: GuideId) -> Own {
    match &context.site.guide(id).matter {
        Matter::Error(matter) => of_error(context, linker, id, matter),
        Matter::Compare(matter) => of_compare(context, linker, id, matter),
        Matter::Playbook(matter) => of_playbook(context, linker, id, matter),
        Matter::Provider(matter) => of_provider(context, linker, id, matter),
        Matter::Page(_) => Own::default(),
    }
}

fn of_error(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, matter: &ErrorMatter) -> Own {
    let view = error_view(context, linker, id, matter);
    let status = view.http_status.map(|status| format!("HTTP {status}"));
    let meta = [Some(escape::text(&view.category)), status].into_iter().flatten().filter(|part| !part.is_empty());
    Own {
        title: Some(format!("{} {}", escape::code(&view.code), escape::text(&view.name))),
        meta: std::iter::once(escape::text(&view.provider.name)).chain(meta).collect(),
        top: top_of_error(linker, id, &view),
        middle: String::new(),
        end: blocks(["## Provider context".to_owned(), provider_text(&view.provider), short_address(&view)]),
    }
}

fn top_of_error(linker: &Linker<'_>, id: GuideId, view: &ErrorView) -> String {
    let fixes = view.fixes.iter().enumerate().map(|(at, fix)| {
        let link = escape::link(&fix.lead, &linker.guide(id, Some(&fix.anchor)));
        format!("{}. {link} {}", at + 1, escape::text(&fix.hint)).trim_end().to_owned()
    });
    let fixes = lines(fixes);
    let confused = view.confused_with.iter().map(|other| named(&other.code, &other.name, &other.href));
    let confused = confused.collect::<Vec<_>>().join(", ");
    let facts = view.facts.iter().map(|fact| format!("- **{}** {}", escape::text(&fact.label), escape::text(&fact.value)));
    blocks([
        if fixes.is_empty() { String::new() } else { "## Fix it now".to_owned() },
        fixes,
        if confused.is_empty() { confused } else { format!("Often confused with {confused}.") },
        lines(facts),
    ])
}

fn short_address(view: &ErrorView) -> String {
    let line = |url: &String| format!("Short permanent address of this guide: {}", escape::address(url));
    view.short_url.as_ref().map(line).unwrap_or_default()
}

fn provider_text(provider: &ProviderView) -> String {
    let product = if provider.product.is_empty() { String::new() } else { format!(", {}", escape::text(&provider.product)) };
    let link = escape::link(&provider.name, &provider.href);
    let docs = escape::link(&provider.docs_host, &provider.docs_url);
    blocks([escape::text(&provider.context), format!("{link}{product}. Official documentation: {docs}.")])
}

fn of_compare(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, matter: &CompareMatter) -> Own {
    let view = compare_view(context.site, linker, id, matter);
    let subject = |subject: &SubjectView| {
        let heading = format!("## {}", named(&subject.code, &subject.name, &subject.href));
        let status = subject.status.map(|status| format!(" · {status}")).unwrap_or_default();
        blocks([heading, format!("{}{status}", escape::text(&subject.provider)), escape::text(&subject.description)])
    };
    let subjects = view.subjects.iter().map(subject);
    Own { top: blocks(subjects.chain([escape::text(&view.question)])), ..Own::default() }
}

fn of_playbook(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, matter: &PlaybookMatter) -> Own {
    let view = playbook_view(context.site, linker, id, matter);
    let covers = view.covers.iter().map(|error| {
        let status = error.status.map(|status| format!(" ({status})")).unwrap_or_default();
        format!("{}{status}", named(&error.code, &error.name, &error.href))
    });
    let triggers = view.triggers.iter().map(|trigger| escape::code(trigger)).collect::<Vec<_>>().join(", ");
    let covers = format!("- **Covers** {}", covers.collect::<Vec<_>>().join(", "));
    let triggers = (!triggers.is_empty()).then(|| format!("- **Alerts that lead here** {triggers}"));
    let budget = view.time_budget.map(|budget| format!("about {}", escape::text(&budget)));
    let severity = view.severity.map(|severity| format!("severity {}", escape::text(&severity)));
    Own {
        meta: [Some(counted(view.node_count, "step")), budget, severity].into_iter().flatten().collect(),
        top: lines([Some(covers), triggers].into_iter().flatten()),
        ..Own::default()
    }
}

fn of_provider(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, matter: &ProviderMatter) -> Own {
    let view = provider_page(context.site, linker, id, matter);
    let group = |group: &crate::render::view::GroupView| {
        let items = group.items.iter().map(|item| {
            let link = match &item.code {
                Some(code) => named(code, &item.title, &item.href),
                None => escape::link(&item.title, &item.href),
            };
            let rest = [item.status.unwrap_or_default(), item.note.as_str()].into_iter().filter(|part| !part.is_empty());
            let rest = rest.map(escape::text).collect::<Vec<_>>().join(", ");
            if rest.is_empty() { format!("- {link}") } else { format!("- {link}: {rest}") }
        });
        blocks([format!("## {}", escape::text(&group.title)), lines(items)])
    };
    let context_text = escape::text(&view.provider.context);
    let heading = if context_text.is_empty() { String::new() } else { "## Provider context".to_owned() };
    let product = Some(escape::text(&view.provider.product)).filter(|product| !product.is_empty());
    let docs = escape::link(&view.provider.docs_host, &view.provider.docs_url);
    Own {
        meta: [product, Some(counted(view.count, "guide")), Some(docs)].into_iter().flatten().collect(),
        middle: blocks(view.groups.iter().map(group).chain([heading, context_text])),
        ..Own::default()
    }
}

/// A link to an error: its code and its name.
fn named(code: &str, name: &str, url: &str) -> String {
    escape::link_of(&format!("{} {}", escape::code(code), escape::text(name)), url)
}

/// The lines of a list.
fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("\n")
}
