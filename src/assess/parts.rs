//! Which parts of a guide a change touches, in readers' words.

use super::Revision;
use crate::model::date::Date;
use crate::model::guide::{Guide, Signature};
use crate::model::reference::Identity;
use crate::model::site::GuideId;

/// The parts that readers see otherwise: what stands above the body, then sections by heading.
pub(super) fn changed(base: Revision<'_>, head: Revision<'_>, old: GuideId, new: GuideId) -> Vec<String> {
    let (before, after) = (base.site.guide(old), head.site.guide(new));
    let mut parts = Vec::new();
    let mut part = |is_changed: bool, name: &str| parts.extend(is_changed.then(|| name.to_owned()));
    part(base.site.title(old) != head.site.title(new), "title");
    part(before.common.description.value != after.common.description.value, "description");
    part(before.mark() != after.mark(), "status");
    part(messages(before) != messages(after), "messages it recognises");
    part(facts(before) != facts(after), "facts");
    part(sources(before) != sources(after), "sources");
    part(related(before) != related(after), "related guides");
    part(before.common.tags != after.common.tags, "tags");
    part(before.common.owner != after.common.owner, "owner");
    part(reviewed(before) != reviewed(after), "review");
    part(base.sources.text(before.body.intro).trim() != head.sources.text(after.body.intro).trim(), "introduction");
    let (before, after) = (sections(base, old), sections(head, new));
    for (heading, text) in &after {
        match before.iter().find(|(other, _)| other == heading) {
            None => parts.push(format!("{heading} (new)")),
            Some((_, other)) if other != text => parts.push((*heading).to_owned()),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(heading, _)| after.iter().all(|(other, _)| other != heading));
    parts.extend(gone.map(|(heading, _)| format!("{heading} (gone)")));
    parts
}

fn messages(guide: &Guide) -> Vec<(&str, Vec<&str>)> {
    let signatures = guide.error().map(|matter| matter.signatures.as_slice()).unwrap_or_default();
    signatures.iter().map(message).collect()
}

fn message(signature: &Signature) -> (&str, Vec<&str>) {
    (&signature.pattern.value, signature.samples.iter().map(|sample| sample.value.as_str()).collect())
}

fn facts(guide: &Guide) -> Vec<(&str, &str)> {
    let facts = guide.error().map(|matter| matter.facts.as_slice()).unwrap_or_default();
    facts.iter().map(|fact| (fact.key.value.as_str(), fact.value.as_str())).collect()
}

fn sources(guide: &Guide) -> Vec<(&str, &str)> {
    guide.common.references.iter().map(|reference| (reference.title.as_str(), reference.url.as_str())).collect()
}

fn related(guide: &Guide) -> Vec<(&Identity, &str)> {
    guide.common.related.iter().map(|related| (&related.reference.value, related.why.as_str())).collect()
}

fn reviewed(guide: &Guide) -> Option<Date> {
    guide.common.last_reviewed_on.as_ref().map(|review| review.value)
}

/// Each section with its text. White space around it is no change.
fn sections<'a>(revision: Revision<'a>, id: GuideId) -> Vec<(&'a str, &'a str)> {
    let sections = &revision.site.guide(id).body.sections;
    sections.iter().map(|section| (section.heading.as_str(), revision.sources.text(section.content).trim())).collect()
}
