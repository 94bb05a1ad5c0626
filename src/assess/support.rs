//! Cards that the decision support of guides gains or loses.

use std::collections::BTreeSet;

use super::impact::{Card, CardKind, Support};
use super::matching::Matching;
use super::{Impact, Revision};
use crate::model::site::GuideId;

/// Tells every guide that is there before and after and leads on to other guides than before. A renamed guide is no other.
pub(super) fn compare(base: Revision<'_>, head: Revision<'_>, matching: &Matching, impact: &mut Impact) {
    let name_after = |old: GuideId| match matching.after(old) {
        Some(new) => Some(head.name(new)),
        None => (!matching.is_broken(old)).then(|| base.name(old)),
    };
    for new in head.site.ids() {
        let Some(old) = matching.before(new) else { continue };
        let before = cards(base, old, name_after);
        let after = cards(head, new, |id| Some(head.name(id)));
        if before != after {
            impact.decision_support.push(Support {
                guide: head.name(new),
                address: head.site.permalink(new).to_string(),
                gained: after.difference(&before).cloned().collect(),
                lost: before.difference(&after).cloned().collect(),
            });
        }
    }
}

fn cards(revision: Revision<'_>, id: GuideId, name: impl Fn(GuideId) -> Option<String>) -> BTreeSet<Card> {
    let relations = &revision.site.relations[id.index()];
    let compares = relations.compares.iter().map(|id| (CardKind::Compare, *id));
    let playbooks = relations.playbooks.iter().map(|coverage| (CardKind::Playbook, coverage.playbook));
    let same_as = relations.same_as.iter().map(|id| (CardKind::SameAs, *id));
    let related = relations.related.iter().map(|related| (CardKind::Related, related.guide));
    let all = compares.chain(playbooks).chain(same_as).chain(related);
    all.filter_map(|(kind, id)| Some(Card { kind, guide: name(id)? })).collect()
}
