//! fieldguide compiles a folder of Markdown guides into a static site of error guides, compare guides and playbooks that link
//! themselves. This file is the corridor: the only place that knows the order of the rooms. The map is docs/architecture.md.

pub mod assess;
pub mod cli;
mod lint;
pub mod load;
pub mod lookup;
pub mod mend;
pub mod model;
mod parse;
mod relate;
mod render;
pub mod report;
pub mod scaffold;
pub mod survey;
pub mod typeset;
pub mod write;

use model::diagnostic::{Diagnostic, has_errors};
use model::kind::GuideKind;
use model::lookup::LookupIndex;
use model::output::Sink;
use model::rules::MISSING_FILE;
use model::site::Site;
use model::source::{Role, Sources};
use model::url::BaseUrl;

/// What a build is asked for besides its sources.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The address of the site's root, instead of the one in `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts are part of the site.
    pub with_drafts: bool,
    /// Whether only findings are wanted: pages are made, but code samples stay without colours, which cost most of the time.
    pub is_check: bool,
}

/// What a build found and made.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Everything there is to tell, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many guides, providers and pages the site has.
    pub guides: usize,
    /// How many addresses lead to others.
    pub redirects: usize,
}

/// Compiles sources held in memory and hands every output file to `sink` as soon as it is made.
///
/// Pure but for the sink: the same sources and options give the same bytes. Where anything is wrong, no page is made.
pub fn build(sources: &Sources, options: &Options, sink: &dyn Sink) -> Outcome {
    build_with_site(sources, options, sink).1
}

/// As [`build`], and gives the site behind the pages; as [`inspect`], it is `None` where it has no frame.
pub fn build_with_site(sources: &Sources, options: &Options, sink: &dyn Sink) -> (Option<Site>, Outcome) {
    let mut outcome = Outcome { diagnostics: sources.diagnostics.clone(), ..Outcome::default() };
    let site = compile(sources, options, sink, &mut outcome);
    Diagnostic::sort(&mut outcome.diagnostics, sources);
    (site, outcome)
}

/// The site behind sources, without its pages, and everything there is to tell of it.
///
/// The site is `None` where it has no frame: no `site.toml`, or one that cannot be read. What has errors is left out of it.
pub fn inspect(sources: &Sources, options: &Options) -> (Option<Site>, Vec<Diagnostic>) {
    let mut diagnostics = sources.diagnostics.clone();
    let site = site(sources, options, &mut diagnostics);
    if let Some(site) = &site {
        site.config.apply_levels(&mut diagnostics);
    }
    Diagnostic::sort(&mut diagnostics, sources);
    (site, diagnostics)
}

/// The site behind sources for who only reads it: nothing is told and no lint is run, which takes most of the time.
pub fn read(sources: &Sources) -> Option<Site> {
    let mut diagnostics = sources.diagnostics.clone();
    related(sources, &Options::default(), &mut diagnostics)
}

/// The JSON Schema of a kind's front matter, for editors, and everything there is to tell of the site whose lists it has.
///
/// Without `site.toml` it has no lists. The schema is `None` where there is one that cannot be read.
pub fn front_matter_schema(sources: &Sources, kind: GuideKind) -> (Option<String>, Vec<Diagnostic>) {
    if sources.with_role(Role::Config).next().is_none() {
        return (Some(parse::front_matter_schema(kind, None)), Vec::new());
    }
    let mut diagnostics = Vec::new();
    let config = parse::config(sources, &mut diagnostics);
    (config.map(|config| parse::front_matter_schema(kind, Some((&config, sources)))), diagnostics)
}

/// The JSON Schema of `site.toml`, for editors; the same for every site.
pub fn site_schema() -> String {
    parse::site_schema()
}

fn site(sources: &Sources, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Site> {
    let site = related(sources, options, diagnostics)?;
    lint::check(&site, sources, diagnostics);
    Some(site)
}

fn related(sources: &Sources, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Site> {
    // Without a site's frame nothing else that could be told would be true.
    if diagnostics.iter().any(|finding| *finding.rule == MISSING_FILE) {
        return None;
    }
    let mut config = parse::config(sources, diagnostics)?;
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    let parsed = parse::guides(sources, &config, options.with_drafts, diagnostics);
    Some(relate::relate(config, parsed, sources, diagnostics))
}

fn compile(sources: &Sources, options: &Options, sink: &dyn Sink, outcome: &mut Outcome) -> Option<Site> {
    let diagnostics = &mut outcome.diagnostics;
    let site = site(sources, options, diagnostics)?;
    outcome.guides = site.guides.len();
    outcome.redirects = site.published_redirects().count();
    site.config.apply_levels(diagnostics);
    if has_errors(diagnostics) {
        render::check_templates(&site.config, sources, diagnostics);
    } else {
        // A check makes no index: what could be wrong with one is told of the guides.
        let is_needed = !options.is_check && !site.config.is_off("lookup");
        let index = if is_needed { lookup::index(&site) } else { LookupIndex::default() };
        let vocabulary = lookup::vocabulary(&site, sources, &index);
        render::render(&site, (&index, &vocabulary), sources, options.is_check, sink, diagnostics);
        site.config.apply_levels(diagnostics);
    }
    Some(site)
}
