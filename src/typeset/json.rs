//! A guide as JSON, for programs. A door to `serde_json`.

use serde::Serialize;

use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;

#[derive(Serialize)]
struct View<'a> {
    reference: String,
    kind: &'a str,
    title: String,
    description: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a str>,
    last_reviewed_on: Option<String>,
    sections: Vec<SectionView<'a>>,
    references: Vec<ReferenceView<'a>>,
}

#[derive(Serialize)]
struct SectionView<'a> {
    anchor: &'a str,
    heading: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct ReferenceView<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
}

/// A guide as one JSON object on a line; of its sections only one, where one is asked for.
pub fn json(site: &Site, sources: &Sources, id: GuideId, section: Option<&str>) -> String {
    let guide = site.guide(id);
    let wanted = |anchor: &str, heading: &str| {
        section.is_none_or(|wanted| [anchor, heading].iter().any(|name| name.eq_ignore_ascii_case(wanted)))
    };
    let sections = guide.body.sections.iter().filter(|section| wanted(&section.anchor, &section.heading));
    let references = guide.common.references.iter();
    let view = View {
        reference: site.identities[id.index()].to_string(),
        kind: guide.kind().spec().name,
        title: site.title(id),
        description: &guide.common.description.value,
        url: site.config.base_url.join(site.permalink(id).as_str()),
        code: guide.error().map(|matter| matter.code.value.as_str()),
        provider: guide.error().map(|matter| matter.provider.value.as_str()),
        last_reviewed_on: guide.common.last_reviewed_on.as_ref().map(|date| date.value.to_string()),
        sections: sections
            .map(|section| SectionView {
                anchor: &section.anchor,
                heading: &section.heading,
                markdown: sources.text(section.content).trim(),
            })
            .collect(),
        references: references
            .map(|reference| ReferenceView { id: &reference.id.value, title: &reference.title, url: &reference.url })
            .collect(),
    };
    serde_json::to_string(&view).expect("texts are JSON") + "\n"
}
