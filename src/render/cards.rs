//! Decision support: cards to other guides, each with its reason. No edge, no card.

use std::collections::BTreeMap;

use super::context::Linker;
use super::view::CardView;
use crate::model::guide::{Guide, Matter};
use crate::model::site::{Coverage, GuideId, Related, Site};

/// The cards for guides and the reasons to go there.
pub(super) fn cards(site: &Site, linker: &Linker<'_>, reasons: Vec<(GuideId, String)>) -> Vec<CardView> {
    let mut cards = Vec::new();
    for (guide, reason) in reasons {
        let spec = site.guide(guide).kind().spec();
        cards.push(CardView {
            href: linker.guide(guide, None),
            kind: spec.name,
            kind_label: spec.label,
            title: site.title(guide),
            status: site.guide(guide).mark(),
            reason,
        });
    }
    cards
}

/// Guides to go to from here, each with its reason. Where several edges lead to one guide, the reason that the content gives comes
/// first, then what writers say on edges they drew.
pub(super) fn reasons(site: &Site, id: GuideId) -> Vec<(GuideId, String)> {
    let found: Vec<(GuideId, String)> = match &site.guide(id).matter {
        Matter::Error(_) => of_error(site, id),
        Matter::Compare(_) => of_compare(site, id),
        Matter::Playbook(_) => of_playbook(site, id),
        Matter::Provider(_) | Matter::Page(_) => Vec::new(),
    };
    let mut kept: Vec<(GuideId, String)> = Vec::new();
    for (guide, reason) in found.into_iter().filter(|(guide, _)| *guide != id) {
        if kept.iter().all(|(other, _)| *other != guide) {
            kept.push((guide, sentence(&reason)));
        }
    }
    for related in site.relations[id.index()].related.iter().filter(|related| related.guide != id) {
        let why = sentence(&why(site, id, related));
        match kept.iter_mut().find(|(other, _)| *other == related.guide) {
            Some((_, reason)) => *reason = format!("{reason} {why}"),
            None => kept.push((related.guide, why)),
        }
    }
    kept
}

/// A reason as a sentence: with a capital letter and something at its end. Codes and names stay as they are written.
fn sentence(text: &str) -> String {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let is_plain = first_word.chars().all(|c| c.is_lowercase() || ",;:".contains(c));
    let mut letters = text.chars();
    let mut out = match letters.next().filter(|_| is_plain) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text.to_owned(),
    };
    if !out.ends_with(['.', '?', '!', '…']) {
        out.push('.');
    }
    out
}

fn of_error(site: &Site, id: GuideId) -> Vec<(GuideId, String)> {
    let relations = &site.relations[id.index()];
    let compares = relations.compares.iter().map(|compare| (*compare, question(site.guide(*compare))));
    let playbooks = relations.playbooks.iter().map(|coverage| (coverage.playbook, coverage_reason(site, id, coverage)));
    let same = relations
        .same_as
        .iter()
        .map(|other| (*other, format!("The same condition as {} reports it.", provider_name(site, *other))));
    compares.chain(playbooks).chain(same).collect()
}

fn question(guide: &Guide) -> String {
    match &guide.matter {
        Matter::Compare(matter) => matter.question.clone(),
        Matter::Error(_) | Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => guide.common.description.value.clone(),
    }
}

fn coverage_reason(site: &Site, error: GuideId, coverage: &Coverage) -> String {
    let code = site.short_title(error);
    let nodes = &site.guide(coverage.playbook).body.nodes;
    // An end says what is done about the error; a question before it only names it.
    let end = coverage.nodes.iter().map(|index| &nodes[*index]).find(|node| node.action.is_leaf());
    match end.or_else(|| coverage.nodes.first().map(|index| &nodes[*index])) {
        Some(node) => format!("A decision tree that covers {code}; one of its paths leads to “{}”.", node.title),
        None => format!("A decision tree that covers {code}."),
    }
}

fn provider_name(site: &Site, id: GuideId) -> String {
    let provider = site.guide(id).error().and_then(|matter| site.provider_of(matter));
    provider.map_or_else(String::new, |(_, matter)| matter.name.clone())
}

/// A compare leads to its subjects and to playbooks that cover them.
fn of_compare(site: &Site, id: GuideId) -> Vec<(GuideId, String)> {
    let subjects = &site.edges[id.index()].subjects;
    let mut found: Vec<(GuideId, String)> = Vec::new();
    let name = |subject: GuideId| {
        let code = site.code_among(subject, subjects);
        if code.contains(':') { code } else { site.short_title(subject) }
    };
    for subject in subjects {
        found.push((*subject, format!("It is {}: causes, fixes and how to verify them.", name(*subject))));
    }
    let mut covering: BTreeMap<GuideId, Vec<String>> = BTreeMap::new();
    for subject in subjects {
        for coverage in &site.relations[subject.index()].playbooks {
            covering.entry(coverage.playbook).or_default().push(name(*subject));
        }
    }
    for (playbook, covered) in covering {
        found.push((playbook, format!("You cannot tell yet: a decision tree that covers {}.", listed(&covered))));
    }
    found
}

/// A playbook leads to the errors it covers and to compares of several of them.
fn of_playbook(site: &Site, id: GuideId) -> Vec<(GuideId, String)> {
    let covered = &site.edges[id.index()].covers;
    let mut found: Vec<(GuideId, String)> =
        covered.iter().map(|error| (*error, site.guide(*error).common.description.value.clone())).collect();
    let mut compares: BTreeMap<GuideId, usize> = BTreeMap::new();
    for compare in covered.iter().flat_map(|error| &site.relations[error.index()].compares) {
        *compares.entry(*compare).or_default() += 1;
    }
    found.extend(
        compares.into_iter().filter(|(_, count)| *count >= 2).map(|(compare, _)| (compare, question(site.guide(compare)))),
    );
    found
}

/// The reason of a manual edge; at its far end it says who drew it.
fn why(site: &Site, id: GuideId, related: &Related) -> String {
    let why = &site.guide(related.drawn_by).common.related[related.index].why;
    if related.drawn_by == id { why.clone() } else { format!("{} points here: {why}", site.short_title(related.drawn_by)) }
}

/// Names for a sentence: "a, b and c".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
