//! Guide pages: one for each guide, provider and page.

use rayon::prelude::*;
use serde::Serialize;

use super::body::BodyHtml;
use super::comparison::facts_view;
use super::context::{Context, Linker};
use super::guide_view::{guide_view, host};
use super::lists;
use super::structured_data::{self, Crumb};
use super::view::{
    AlternateView, CompareView, ConfusedView, ErrorView, FactView, FixView, GuideView, LinkView, PageView, PlaybookView,
    ProviderPageView, ProviderView, SubjectView,
};
use crate::model::body::{Action, Destination, Item, Node};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{CompareMatter, ErrorMatter, Guide, Matter, PlaybookMatter, ProviderMatter};
use crate::model::kind::{GuideKind, SectionKind};
use crate::model::output::{OutputFile, Sink, api_file, twin_file};
use crate::model::site::{GuideId, Site, Target};
use crate::model::url::Permalink;

/// How many fixes the top of an error guide shows.
const TOP_FIXES: usize = 4;
/// How many letters code and name may have in large letters; more would push the fixes off the first screen of a phone.
const LARGE_TITLE: usize = 48;

/// Makes the page of every guide, in parallel.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let ids: Vec<GuideId> = context.site.ids().collect();
    let told: Vec<Vec<Diagnostic>> = ids
        .par_iter()
        .map(|id| {
            let mut told = Vec::new();
            if let Some(file) = page(context, *id, &mut told) {
                sink.take(file);
            }
            told
        })
        .collect();
    diagnostics.extend(told.into_iter().flatten());
}

/// A view of one kind, as its template sees it.
#[derive(Serialize)]
struct View<T> {
    page: PageView,
    guide: GuideView,
    /// What stands before the first section, of providers and pages.
    intro_html: String,
    own: T,
}

#[derive(Serialize)]
struct Nothing {}

fn page(context: &Context<'_>, id: GuideId, diagnostics: &mut Vec<Diagnostic>) -> Option<OutputFile> {
    let site = context.site;
    let guide = site.guide(id);
    let linker = Linker::of(site, site.permalink(id));
    let body = BodyHtml::new(context, &linker, id);
    let shared = Shared {
        page: page_view(context, &linker, &body, id),
        guide: guide_view(context, &linker, &body, id, diagnostics),
        intro_html: body.html(guide.body.intro, &[], diagnostics),
    };
    let template = guide.kind().spec().template;
    let html = match &guide.matter {
        Matter::Error(matter) => context.templates.page(template, &shared.with(error_view(context, &linker, id, matter))),
        Matter::Compare(matter) => context.templates.page(template, &shared.with(compare_view(site, &linker, id, matter))),
        Matter::Playbook(matter) => context.templates.page(template, &shared.with(playbook_view(site, &linker, id, matter))),
        Matter::Provider(matter) => context.templates.page(template, &shared.with(provider_page(site, &linker, id, matter))),
        Matter::Page(_) => context.templates.page(template, &shared.with(Nothing {})),
    };
    match html {
        Ok(html) => Some(OutputFile::text(site.permalink(id).index_file(), html)),
        Err(finding) => {
            diagnostics.push(*finding);
            None
        }
    }
}

struct Shared {
    page: PageView,
    guide: GuideView,
    intro_html: String,
}

impl Shared {
    fn with<T>(self, own: T) -> View<T> {
        View { page: self.page, guide: self.guide, intro_html: self.intro_html, own }
    }
}

fn page_view(context: &Context<'_>, linker: &Linker<'_>, body: &BodyHtml<'_>, id: GuideId) -> PageView {
    let site = context.site;
    let guide = site.guide(id);
    let mut crumbs = crumbs(site, guide);
    let breadcrumbs = crumbs.iter().map(|crumb| LinkView { href: linker.page(&crumb.permalink), text: crumb.name.clone() });
    let breadcrumbs = breadcrumbs.collect();
    crumbs.push(Crumb { permalink: site.permalink(id).clone(), name: site.title(id) });
    PageView {
        title: format!("{} · {}", site.title(id), site.config.title),
        own_title: site.title(id),
        description: guide.common.description.value.clone(),
        canonical: Some(site.config.base_url.join(site.permalink(id).as_str())),
        root: linker.root(),
        class: guide.kind().spec().name.to_owned(),
        is_article: guide.kind().is_guide(),
        structured_data_html: structured_data::of_guide(context, body, id, &crumbs),
        breadcrumbs,
        alternates: alternates(site, linker, id),
    }
}

/// The guide in the formats that the site publishes.
fn alternates(site: &Site, linker: &Linker<'_>, id: GuideId) -> Vec<AlternateView> {
    let permalink = site.permalink(id);
    let twin = (!site.config.is_off("markdown")).then(|| ("text/markdown", twin_file(permalink)));
    let data = (!site.config.is_off("api")).then(|| ("application/json", api_file(site.guide(id).kind(), permalink)));
    let files = twin.into_iter().chain(data);
    files.map(|(media_type, file)| AlternateView { media_type, href: linker.file(&file) }).collect()
}

/// The way from the home page to a guide, without either.
fn crumbs(site: &Site, guide: &Guide) -> Vec<Crumb> {
    let list = |kind: GuideKind| Crumb { permalink: Permalink::of([kind.spec().folder]), name: lists::name(kind).to_owned() };
    match &guide.matter {
        Matter::Error(matter) => {
            let provider = site.provider_of(matter);
            let provider =
                provider.map(|(id, provider)| Crumb { permalink: site.permalink(id).clone(), name: provider.name.clone() });
            [Some(list(GuideKind::Error)), provider].into_iter().flatten().collect()
        }
        Matter::Compare(_) | Matter::Playbook(_) | Matter::Provider(_) => vec![list(guide.kind())],
        Matter::Page(_) => Vec::new(),
    }
}

/// What is particular to an error guide.
pub(super) fn error_view(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, matter: &ErrorMatter) -> ErrorView {
    let site = context.site;
    let guide = site.guide(id);
    let neighbours = context.neighbours[id.index()];
    let facts = matter.facts.iter().filter_map(|fact| {
        let spec = site.config.fact(&fact.key.value)?;
        Some(FactView { label: spec.label.clone(), value: spec.text_of(&fact.value).to_owned() })
    });
    let fixes = guide.body.section(SectionKind::Fix).into_iter().flat_map(|section| &section.items).take(TOP_FIXES);
    let category = site.config.categories.iter().find(|(key, _)| *key == matter.category);
    let short = Permalink::of(["e", matter.provider.value.as_str(), guide.slug().as_str()]);
    let named = |id: GuideId| LinkView { href: linker.guide(id, None), text: site.code_and_name(id) };
    ErrorView {
        code: matter.code.value.clone(),
        name: matter.name.clone(),
        category: category.map_or_else(String::new, |(_, name)| name.clone()),
        http_status: matter.http_status,
        provider: site.provider_of(matter).map(|(id, provider)| provider_view(linker, id, provider)).unwrap_or_default(),
        facts: facts.collect(),
        is_long: matter.code.value.chars().count() + matter.name.chars().count() > LARGE_TITLE,
        confused_with: confused_with(site, linker, id),
        previous: neighbours.previous.map(named),
        next: neighbours.next.map(named),
        fixes: fixes
            .map(|item| FixView {
                anchor: item.anchor.clone(),
                lead: item.lead.clone().unwrap_or_default(),
                hint: hint(site, id, item),
            })
            .collect(),
        short_url: site
            .redirects
            .binary_search_by(|redirect| redirect.from.cmp(&short))
            .is_ok_and(|index| site.redirects[index].is_short)
            .then(|| site.config.base_url.join(short.as_str())),
    }
}

/// The hint of a fix, with links that have no text of their own called as they are on the page.
fn hint(site: &Site, id: GuideId, item: &Item) -> String {
    let links = site.guide(id).body.links.iter().zip(&site.links[id.index()]);
    let mut hint = item.hint.clone();
    for (link, target) in links.filter(|(link, _)| item.span.contains(link.span)) {
        let Destination::Wiki { reference, fragment } = &link.destination else { continue };
        let raw = fragment.as_ref().map_or_else(|| reference.clone(), |fragment| format!("{reference}#{fragment}"));
        if let (Some(Target::Guide { guide, fragment }), true) = (target, link.text == raw) {
            hint = hint.replacen(&raw, &site.link_text(*guide, fragment.as_deref()), 1);
        }
    }
    hint
}

/// The other subjects of the compares that have an error as a subject, each once.
fn confused_with(site: &Site, linker: &Linker<'_>, id: GuideId) -> Vec<ConfusedView> {
    let mut seen = vec![id];
    let mut confused = Vec::new();
    for compare in &site.relations[id.index()].compares {
        let subjects = &site.edges[compare.index()].subjects;
        for subject in subjects {
            let (Some(matter), false) = (site.guide(*subject).error(), seen.contains(subject)) else { continue };
            seen.push(*subject);
            let (href, code) = (linker.guide(*compare, None), site.code_among(*subject, subjects));
            confused.push(ConfusedView { href, code, name: matter.name.clone() });
        }
    }
    confused
}

fn provider_view(linker: &Linker<'_>, id: GuideId, matter: &ProviderMatter) -> ProviderView {
    ProviderView {
        name: matter.name.clone(),
        product: matter.product.clone(),
        href: linker.guide(id, None),
        docs_url: matter.docs_url.clone(),
        docs_host: host(&matter.docs_url),
        context: matter.context.clone(),
    }
}

/// An error among others that stand beside it.
fn subject_view(site: &Site, linker: &Linker<'_>, id: GuideId, others: &[GuideId]) -> Option<SubjectView> {
    let guide = site.guide(id);
    let matter = guide.error()?;
    Some(SubjectView {
        href: linker.guide(id, None),
        code: site.code_among(id, others),
        name: matter.name.clone(),
        status: guide.mark(),
        provider: site.provider_of(matter).map_or_else(String::new, |(_, provider)| provider.name.clone()),
        description: guide.common.description.value.clone(),
    })
}

/// What is particular to a compare guide.
pub(super) fn compare_view(site: &Site, linker: &Linker<'_>, id: GuideId, matter: &CompareMatter) -> CompareView {
    let subjects = &site.edges[id.index()].subjects;
    CompareView {
        question: matter.question.clone(),
        subjects: subjects.iter().filter_map(|subject| subject_view(site, linker, *subject, subjects)).collect(),
        facts: facts_view(site, subjects),
    }
}

/// What is particular to a playbook.
pub(super) fn playbook_view(site: &Site, linker: &Linker<'_>, id: GuideId, matter: &PlaybookMatter) -> PlaybookView {
    let covers = &site.edges[id.index()].covers;
    let nodes = &site.guide(id).body.nodes;
    let link = |node: &Node| LinkView { href: format!("#{}", node.id), text: node.title.clone() };
    PlaybookView {
        severity: matter.severity.clone(),
        time_budget: matter.time_budget.clone(),
        triggers: matter.triggers.clone(),
        covers: covers.iter().filter_map(|error| subject_view(site, linker, *error, covers)).collect(),
        node_count: nodes.len(),
        start: nodes.first().map(link),
        escalate: nodes.iter().rfind(|node| matches!(node.action, Action::Escalate { .. })).map(link),
    }
}

/// What is particular to a provider's own page.
pub(super) fn provider_page(site: &Site, linker: &Linker<'_>, id: GuideId, matter: &ProviderMatter) -> ProviderPageView {
    let groups = lists::groups_of_provider(site, linker, &matter.slug);
    let count = groups.iter().map(|group| group.items.len()).sum();
    ProviderPageView { provider: provider_view(linker, id, matter), groups, count }
}
