//! Render: the site → output files. Pure; pages are made in parallel and handed on as soon as they are made.

mod api;
mod assets;
mod body;
mod cards;
mod comparison;
mod context;
mod escape;
mod feed;
mod guide_view;
mod highlight;
mod hosts;
mod lists;
mod llms;
mod lookup;
mod opensearch;
mod pages;
mod plain;
mod redirects;
mod robots;
mod sitemap;
mod structured_data;
mod templates;
mod triage;
mod twins;
mod view;
mod xml;

use context::Context;
use hosts::uses::{Uses, Watched};

use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::GuideKind;
use crate::model::lookup::{LookupIndex, Vocabulary};
use crate::model::output::Sink;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::model::url::{Permalink, SitePath};
use view::{LinkView, LookupView, SiteView};

/// Makes the files of one output.
type Output = fn(&Context<'_>, &dyn Sink, &mut Vec<Diagnostic>);

/// Every output in order, with the name that switches it off in `site.toml`; those without a name are always made.
const OUTPUTS: &[(Option<&str>, Output)] = &[
    (None, pages::render),
    (None, lists::render),
    (None, assets::render),
    (Some("not-found"), lists::not_found),
    (Some("redirects"), redirects::render),
    (Some("short-addresses"), redirects::short),
    (Some("sitemap"), sitemap::render),
    (Some("feed"), feed::render),
    (Some("robots"), robots::render),
    (Some("opensearch"), opensearch::render),
    (Some("lookup"), lookup::render),
    (Some("lookup"), lists::lookup),
    (Some("markdown"), twins::render),
    (Some("api"), api::render),
    (Some("llms"), llms::render),
    (Some("llms-full"), llms::full),
];

/// Makes the files of one output that depends on what all other files use.
type HostOutput = fn(&Context<'_>, &Uses, &dyn Sink, &mut Vec<Diagnostic>);

/// What hosts are told, after everything else.
const HOST_OUTPUTS: &[(&str, HostOutput)] = &[
    ("host-headers", hosts::headers::render),
    ("host-redirects", hosts::redirects::render),
    ("nginx", hosts::nginx::render),
    ("caddy", hosts::caddy::render),
    ("nojekyll", hosts::nojekyll::render),
    ("cname", hosts::cname::render),
    ("security-txt", hosts::security_txt::render),
];

/// Makes every file of the site and hands it to the sink; for a check without the colours of code samples.
pub(crate) fn render(
    site: &Site,
    (index, vocabulary): (&LookupIndex, &Vocabulary),
    sources: &Sources,
    is_check: bool,
    sink: &dyn Sink,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let static_paths = assets::static_paths(sources);
    let site_view = site_view(site, &static_paths);
    let Some(templates) = templates::Templates::load(sources, &site_view, diagnostics) else { return };
    let context = Context {
        site,
        sources,
        templates,
        highlighter: highlight::Highlighter::new(is_check),
        standard_page: standard_page(site),
        neighbours: lists::neighbours(site),
        static_paths: &static_paths,
        index,
        vocabulary,
    };
    let before = diagnostics.len();
    let watched = Watched::new(sink);
    for (name, output) in OUTPUTS {
        if name.is_none_or(|name| !site.config.is_off(name)) {
            output(&context, &watched, diagnostics);
        }
    }
    let uses = watched.uses();
    for (_, output) in HOST_OUTPUTS.iter().filter(|(name, _)| !site.config.is_off(name)) {
        output(&context, &uses, sink, diagnostics);
    }
    same_once(diagnostics, before);
}

/// Checks the templates alone, for a build that ends before it renders.
pub(crate) fn check_templates(config: &Config, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let view = SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        direction: direction(&config.language),
        stylesheet: None,
        script: None,
        icon: None,
        navigation: Vec::new(),
        home_href: String::new(),
        codes_href: String::new(),
        lookup: None,
        feed: None,
        opensearch: None,
        card_url: None,
        pages: Vec::new(),
        repository_url: None,
    };
    // Loading tells what is wrong; the templates themselves are not needed.
    let _ = templates::Templates::load(sources, &view, diagnostics);
}

/// A mistake in a template shows on every page that it makes; once is enough.
fn same_once(diagnostics: &mut Vec<Diagnostic>, from: usize) {
    let mut kept: Vec<Diagnostic> = Vec::new();
    for finding in diagnostics.drain(from..) {
        if finding.rule != &rules::INVALID_TEMPLATE || !kept.contains(&finding) {
            kept.push(finding);
        }
    }
    diagnostics.extend(kept);
}

fn site_view(site: &Site, static_paths: &std::collections::HashMap<String, SitePath>) -> SiteView {
    let config = &site.config;
    let path = |name: &str| static_paths.get(name).map(ToString::to_string);
    let list = |kind: GuideKind| LinkView {
        href: context::from_root(site, &Permalink::of([kind.spec().folder])),
        text: lists::name(kind).to_owned(),
    };
    let page = |id| LinkView { href: context::from_root(site, site.permalink(id)), text: site.title(id) };
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        direction: direction(&config.language),
        stylesheet: path("theme.css"),
        script: path("theme.js"),
        icon: path("icon.svg"),
        navigation: lists::LISTED.into_iter().map(list).collect(),
        home_href: context::from_root(site, &Permalink::home()),
        codes_href: context::from_root(site, &Permalink::of(["codes"])),
        lookup: lookup_view(site, path),
        feed: feed::path(site).map(|path| path.to_string()),
        opensearch: opensearch::path(config).map(|path| path.to_string()),
        card_url: context::card_url(site, static_paths),
        pages: site.of_kind(GuideKind::Page).map(page).collect(),
        repository_url: config.repository_url.clone(),
    }
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

fn direction(language: &str) -> &'static str {
    let first = language.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&first.to_lowercase().as_str()) { "rtl" } else { "ltr" }
}

/// The scripts of the lookup box; nothing where the site has no index or its theme lacks a script.
fn lookup_view(site: &Site, path: impl Fn(&str) -> Option<String>) -> Option<LookupView> {
    if site.config.is_off("lookup") {
        return None;
    }
    Some(LookupView {
        box_script: path("lookup/box.js")?,
        matcher: path("lookup/lookup.js")?,
        stylesheet: path("lookup/box.css"),
    })
}

fn standard_page(site: &Site) -> Option<crate::model::site::GuideId> {
    let (slug, _) = site.config.editorial_page.as_ref()?;
    let wanted = Identity::Named { kind: GuideKind::Page, slug: slug.clone() };
    site.ids().find(|id| site.identities[id.index()] == wanted)
}
