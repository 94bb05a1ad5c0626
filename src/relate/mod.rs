//! Relate: typed guides → the site, with an address for each guide and the graph between them. Pure, over the whole site.
//!
//! Every edge is stored once, where it was written, and read from both ends; that makes cross-links symmetric by construction.

mod addresses;
mod assets;
mod edges;
mod gaps;
mod identities;
mod links;
mod mentions;
mod relations;
mod terms;

use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::ParsedGuides;
use crate::model::site::Site;
use crate::model::source::Sources;

/// The whole site. What cannot be resolved is told and left out.
pub(crate) fn relate(config: Config, mut parsed: ParsedGuides, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Site {
    parsed.guides = identities::without_doubles(parsed.guides, diagnostics);
    let identities = identities::Identities::new(&parsed, sources, diagnostics);
    let permalinks = addresses::permalinks(&parsed.guides);
    let edges = edges::edges(&parsed.guides, &identities, diagnostics);
    edges::editorial_page(&config, &identities, diagnostics);
    let (assets, images) = assets::assets(&parsed.guides, &permalinks, sources, diagnostics);
    let redirects = addresses::redirects(&config, &parsed.guides, &permalinks, &assets, sources, diagnostics);
    let generated = addresses::generated(&config, &parsed.guides);
    let resolver = links::Resolver {
        guides: &parsed.guides,
        permalinks: &permalinks,
        broken: &parsed.broken,
        identities: &identities,
        generated: &generated,
        images: &images,
        sources,
    };
    let links = links::links(&resolver, diagnostics);
    addresses::misplaced(&parsed.guides, &permalinks, &links, &identities, sources, diagnostics);
    let mentions = mentions::mentions(&parsed.guides, &identities, &links);
    let relations = relations::relations(&parsed.guides, &edges, &links, &mentions);
    let gaps = gaps::gaps(&parsed.guides, &identities);
    let terms = terms::terms(&config, &parsed.guides);
    let providers = terms::providers(&parsed.guides);
    Site {
        identities: identities.of_guides,
        config,
        guides: parsed.guides,
        permalinks,
        edges,
        links,
        mentions,
        relations,
        redirects,
        generated,
        providers,
        terms,
        assets,
        gaps,
    }
}
