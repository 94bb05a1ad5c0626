//! Gaps: codes in prose that no guide is about.

use std::collections::BTreeMap;

use super::identities::Identities;
use super::mentions::identity;
use crate::model::guide::Guide;
use crate::model::reference::Identity;
use crate::model::site::Gap;
use crate::model::source::Span;

/// Every gap with its mentions, most mentioned first.
pub(super) fn gaps(guides: &[Guide], identities: &Identities) -> Vec<Gap> {
    let mut mentions: BTreeMap<Identity, Vec<Span>> = BTreeMap::new();
    for mention in guides.iter().flat_map(|guide| &guide.body.mentions) {
        let identity = identity(mention);
        if identities.get(&identity).is_none() && !identities.is_broken(&identity) {
            mentions.entry(identity).or_default().push(mention.span);
        }
    }
    let mut gaps: Vec<Gap> = Vec::new();
    for (identity, mentions) in mentions {
        if let Identity::Error { provider, code } = identity {
            gaps.push(Gap { provider, code, mentions });
        }
    }
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.mentions.len()));
    gaps
}
