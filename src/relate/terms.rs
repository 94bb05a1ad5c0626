//! Terms: tags and the guides that have them, providers and their own guides.

use std::collections::BTreeMap;

use crate::model::config::Config;
use crate::model::guide::Guide;
use crate::model::site::{GuideId, Term};
use crate::model::url::Slug;

/// The tags that at least one guide has, in the site's order.
pub(super) fn terms(config: &Config, guides: &[Guide]) -> Vec<Term> {
    let mut terms: Vec<Term> =
        config.tags.iter().map(|(slug, name)| Term { slug: slug.clone(), name: name.clone(), guides: Vec::new() }).collect();
    for (index, guide) in guides.iter().enumerate() {
        for term in terms.iter_mut().filter(|term| guide.common.tags.contains(&term.slug)) {
            term.guides.push(GuideId::new(index));
        }
    }
    terms.retain(|term| !term.guides.is_empty());
    terms
}

/// The guide of each provider.
pub(super) fn providers(guides: &[Guide]) -> BTreeMap<Slug, GuideId> {
    let provider = |(index, guide): (usize, &Guide)| guide.provider().map(|matter| (matter.slug.clone(), GuideId::new(index)));
    guides.iter().enumerate().filter_map(provider).collect()
}
