//! `llms.txt`: the guides by provider, each with its address and description, for language models; `llms-full.txt`: their whole text.
//!
//! Format: llmstxt.org, "Format": a heading, a quote that sums the site up, then lists of links under second-level headings.

use rayon::prelude::*;

use super::context::{Context, Linker};
use super::twins::{link, text, twin};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::GuideKind;
use crate::model::output::{OutputFile, Sink, twin_file};
use crate::model::site::GuideId;
use crate::model::url::SitePath;

/// Makes the index.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let mut out = head(context);
    for (title, ids) in groups(context) {
        out.push_str(&format!("\n## {}\n\n", text(&title)));
        for id in ids {
            out.push_str(&line(context, id));
        }
    }
    sink.take(OutputFile::text(SitePath::new("llms.txt"), out));
}

/// Makes the file that holds every guide.
pub(super) fn full(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let ids: Vec<GuideId> = groups(context).into_iter().flat_map(|(_, ids)| ids).collect();
    let twins: Vec<String> = ids.par_iter().map(|id| format!("\n---\n\n{}", twin(context, *id))).collect();
    sink.take(OutputFile::text(SitePath::new("llms-full.txt"), head(context) + &twins.concat()));
}

fn head(context: &Context<'_>) -> String {
    let config = &context.site.config;
    format!("# {}\n\n> {}\n", text(&config.title), text(&config.description))
}

/// The guides under their headings: errors by provider, then what is about several of them.
fn groups(context: &Context<'_>) -> Vec<(String, Vec<GuideId>)> {
    let site = context.site;
    let of_provider = |id: GuideId| {
        let slug = &site.guide(id).provider()?.slug;
        let errors = site.of_kind(GuideKind::Error);
        let own = errors.filter(|error| site.guide(*error).error().is_some_and(|matter| matter.provider.value == *slug));
        Some((site.title(id), std::iter::once(id).chain(own).collect::<Vec<_>>()))
    };
    let providers = site.of_kind(GuideKind::Provider).filter_map(of_provider);
    let rest = [(GuideKind::Compare, "Comparisons"), (GuideKind::Playbook, "Playbooks"), (GuideKind::Page, "About this site")]
        .map(|(kind, title)| (title.to_owned(), site.of_kind(kind).collect::<Vec<_>>()));
    providers.chain(rest).filter(|(_, ids)| !ids.is_empty()).collect()
}

fn line(context: &Context<'_>, id: GuideId) -> String {
    let site = context.site;
    let linker = Linker::whole(site);
    // Where there are no twins, the pages themselves.
    let url = if site.config.is_off("markdown") { linker.guide(id, None) } else { linker.file(&twin_file(site.permalink(id))) };
    let description = text(&site.guide(id).common.description.value);
    format!("- {}: {description}\n", link(&site.title(id), &url))
}
