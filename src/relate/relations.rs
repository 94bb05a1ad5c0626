//! Relations: the edges of others, read from this end.

use std::collections::BTreeMap;

use crate::model::body::Node;
use crate::model::guide::Guide;
use crate::model::site::{Backlink, Coverage, Edges, GuideId, Related, Relations, Target};

/// What else concerns each guide. Every edge shows at both of its ends.
pub(super) fn relations(
    guides: &[Guide],
    edges: &[Edges],
    links: &[Vec<Option<Target>>],
    mentions: &[Vec<Option<GuideId>>],
) -> Vec<Relations> {
    let mut relations: Vec<Relations> = guides.iter().map(|_| Relations::default()).collect();
    for (index, own) in edges.iter().enumerate() {
        let id = GuideId::new(index);
        for subject in &own.subjects {
            relations[subject.index()].compares.push(id);
        }
        for covered in &own.covers {
            let nodes = nodes_linking(&guides[index], &links[index], &mentions[index], *covered);
            relations[covered.index()].playbooks.push(Coverage { playbook: id, nodes });
        }
        for same in &own.same_as {
            add(&mut relations[same.index()].same_as, id);
            add(&mut relations[index].same_as, *same);
        }
        for (other, at) in &own.related {
            relations[index].related.push(Related { guide: *other, drawn_by: id, index: *at });
            relations[other.index()].related.push(Related { guide: id, drawn_by: id, index: *at });
        }
    }
    backlinks(guides, links, mentions, &mut relations);
    relations.iter_mut().for_each(tidy);
    relations
}

fn add(list: &mut Vec<GuideId>, id: GuideId) {
    if !list.contains(&id) {
        list.push(id);
    }
}

/// The nodes of a playbook whose text links or mentions an error.
fn nodes_linking(guide: &Guide, links: &[Option<Target>], mentions: &[Option<GuideId>], error: GuideId) -> Vec<usize> {
    let linked = guide
        .body
        .links
        .iter()
        .zip(links)
        .filter(|(_, target)| matches!(target, Some(Target::Guide { guide, .. }) if *guide == error));
    let mentioned = guide.body.mentions.iter().zip(mentions).filter(|(_, target)| **target == Some(error));
    let spans: Vec<_> = linked.map(|(link, _)| link.span).chain(mentioned.map(|(mention, _)| mention.span)).collect();
    let links_it = |node: &Node| spans.iter().any(|span| node.content.contains(*span));
    guide.body.nodes.iter().enumerate().filter(|(_, node)| links_it(node)).map(|(index, _)| index).collect()
}

/// Who links whom in prose, with the first section that does.
fn backlinks(guides: &[Guide], links: &[Vec<Option<Target>>], mentions: &[Vec<Option<GuideId>>], relations: &mut [Relations]) {
    for (index, guide) in guides.iter().enumerate() {
        let mut first: BTreeMap<GuideId, u32> = BTreeMap::new();
        let linked = guide.body.links.iter().zip(&links[index]).filter_map(|(link, target)| match target {
            Some(Target::Guide { guide, .. }) => Some((*guide, link.span.start)),
            Some(Target::Here(_) | Target::Generated(_) | Target::File(_) | Target::External(_)) | None => None,
        });
        let mentioned = guide.body.mentions.iter().zip(&mentions[index]);
        let mentioned = mentioned.filter_map(|(mention, target)| target.map(|id| (id, mention.span.start)));
        for (id, at) in linked.chain(mentioned).filter(|(id, _)| id.index() != index) {
            let place = first.entry(id).or_insert(at);
            *place = (*place).min(at);
        }
        for (id, at) in first {
            let span = crate::model::source::Span { start: at, end: at, ..guide.body.span };
            relations[id.index()].backlinks.push(Backlink { guide: GuideId::new(index), section: guide.body.section_of(span) });
        }
    }
}

/// Fixed order, no doubles: the same edge drawn from both ends shows once, with the reason of the end it is read from.
fn tidy(relations: &mut Relations) {
    relations.compares.sort_unstable();
    relations.compares.dedup();
    relations.playbooks.sort_by_key(|coverage| coverage.playbook);
    relations.playbooks.dedup_by_key(|coverage| coverage.playbook);
    relations.same_as.sort_unstable();
    relations.related.sort_by_key(|related| (related.guide, related.drawn_by == related.guide, related.index));
    relations.related.dedup_by_key(|related| related.guide);
}
