//! Codes in prose link themselves: the first time in each section, to a guide that exists, unless the section links it already.

use std::collections::HashSet;

use super::identities::Identities;
use crate::model::body::Mention;
use crate::model::guide::Guide;
use crate::model::reference::Identity;
use crate::model::site::{GuideId, Target};

/// For each guide, where its mentions lead, in order; `None` stays text.
pub(super) fn mentions(guides: &[Guide], identities: &Identities, links: &[Vec<Option<Target>>]) -> Vec<Vec<Option<GuideId>>> {
    let mut all = Vec::with_capacity(guides.len());
    for (index, guide) in guides.iter().enumerate() {
        let mut linked = explicit(guide, &links[index]);
        let targets = guide.body.mentions.iter().map(|mention| {
            let id = identities.get(&identity(mention)).filter(|id| id.index() != index)?;
            linked.insert((guide.body.section_of(mention.span), id)).then_some(id)
        });
        all.push(targets.collect());
    }
    all
}

/// The guide a mention would be about.
pub(super) fn identity(mention: &Mention) -> Identity {
    Identity::Error { provider: mention.provider.clone(), code: mention.code.clone() }
}

/// What sections link by hand.
fn explicit(guide: &Guide, targets: &[Option<Target>]) -> HashSet<(Option<usize>, GuideId)> {
    let mut linked = HashSet::new();
    for (link, target) in guide.body.links.iter().zip(targets) {
        if let Some(Target::Guide { guide: id, fragment: None }) = target {
            linked.insert((guide.body.section_of(link.span), *id));
        }
    }
    linked
}
