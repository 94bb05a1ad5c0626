//! The view that all kinds of guide share: sections, decision support, references, review.

use super::body::BodyHtml;
use super::cards;
use super::context::{Context, Linker};
use super::escape;
use super::triage;
use super::view::{GuideView, LinkView, MentionView, ReferenceView, ReviewView, SectionView, StandardView};
use crate::model::anchor::anchor;
use crate::model::body::Section;
use crate::model::date::written_out;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Guide, Matter};
use crate::model::kind::{SectionKind, WHEN_IT_IS};
use crate::model::output::twin_file;
use crate::model::reference::Identity;
use crate::model::site::GuideId;
use crate::model::source::Span;

/// The shared view of a guide.
pub(super) fn guide_view(
    context: &Context<'_>,
    linker: &Linker<'_>,
    body: &BodyHtml<'_>,
    id: GuideId,
    diagnostics: &mut Vec<Diagnostic>,
) -> GuideView {
    let site = context.site;
    let guide = site.guide(id);
    let spec = guide.kind().spec();
    let sections: Vec<SectionView> =
        in_order(guide).into_iter().map(|section| section_view(context, body, id, section, diagnostics)).collect();
    let edges = cards::reasons(site, id);
    let mentioned_in = mentioned_in(context, linker, id, &edges);
    GuideView {
        kind: spec.name,
        kind_label: spec.label,
        title: site.title(id),
        description: guide.common.description.value.clone(),
        status: guide.mark(),
        replaced_by: site.edges[id.index()].replaced_by.map(|other| linker.named(other)),
        tags: tags(context, linker, guide),
        owner: guide.common.owner.clone(),
        contents: sections
            .iter()
            .map(|section| LinkView { href: format!("#{}", section.anchor), text: section.title.clone() })
            .collect(),
        sections,
        cards: cards::cards(site, linker, edges),
        mentioned_in,
        references: guide.common.references.iter().map(reference_view).collect(),
        review: review(context, id),
        standard: standard(context, linker),
        twin_href: (!site.config.is_off("markdown")).then(|| linker.file(&twin_file(site.permalink(id)))),
        edit_url: site
            .config
            .edit_url
            .as_ref()
            .map(|url| format!("{url}{}", escape::path(&context.sources.file(guide.file).path))),
        correction_url: site.config.correction_url.clone(),
    }
}

/// The sections in the order of the page: those on the subjects of a compare follow the front matter.
pub(super) fn in_order(guide: &Guide) -> Vec<&Section> {
    let mut sections: Vec<&Section> = guide.body.sections.iter().collect();
    let Matter::Compare(matter) = &guide.matter else { return sections };
    let subject = |section: &Section| {
        let name = section.heading.strip_prefix(WHEN_IT_IS)?;
        matter.subjects.iter().position(|subject| {
            subject.value.to_string() == name || matches!(&subject.value, Identity::Error { code, .. } if code == name)
        })
    };
    let places: Vec<usize> = (0..sections.len()).filter(|&at| sections[at].kind == SectionKind::WhenItIs).collect();
    let mut about: Vec<&Section> = places.iter().map(|&at| sections[at]).collect();
    about.sort_by_key(|section| subject(section));
    places.into_iter().zip(about).for_each(|(at, section)| sections[at] = section);
    sections
}

fn section_view(
    context: &Context<'_>,
    body: &BodyHtml<'_>,
    id: GuideId,
    section: &Section,
    diagnostics: &mut Vec<Diagnostic>,
) -> SectionView {
    let guide = context.site.guide(id);
    let is_topic = section.kind == SectionKind::Topic;
    let (key, title) = key_and_title(context, id, section);
    let mut view = SectionView {
        title_html: if is_topic { body.inline_span(section.heading_span, diagnostics) } else { escape::text(&title) },
        title,
        key,
        anchor: section.anchor.clone(),
        html: String::new(),
        table: None,
        nodes: Vec::new(),
        picture_html: None,
        after_html: String::new(),
    };
    match (&guide.body.table, section.kind) {
        (Some(table), SectionKind::TellThemApart) => {
            let before = Span { end: table.span.start, ..section.content };
            let after = Span { start: table.span.end, ..section.content };
            view.html = body.html(before, &[], diagnostics);
            view.table = Some(super::comparison::table_view(body, table, diagnostics));
            view.after_html = body.html(after, &[], diagnostics);
        }
        (_, SectionKind::Triage) => {
            let first = guide.body.nodes.first().map_or(section.content.end, |node| node.heading_span.start);
            view.html = body.html(Span { end: first, ..section.content }, &[], diagnostics);
            view.nodes = triage::node_views(body, &guide.body.nodes, diagnostics);
            view.picture_html = Some(triage::picture(&guide.body.nodes));
        }
        _ => view.html = body.html(section.content, &[], diagnostics),
    }
    view
}

/// What a section is called in styles and data, and what readers see as its title.
pub(super) fn key_and_title(context: &Context<'_>, id: GuideId, section: &Section) -> (String, String) {
    let key = match section.kind {
        SectionKind::Topic => "topic".to_owned(),
        SectionKind::WhenItIs => "when-it-is".to_owned(),
        _ => anchor(&section.heading),
    };
    let title = if section.kind == SectionKind::Topic { section.heading.clone() } else { title(context, id, &key, section) };
    (key, title)
}

/// The full title of a section with a fixed heading.
fn title(context: &Context<'_>, id: GuideId, key: &str, section: &Section) -> String {
    let guide = context.site.guide(id);
    let (name, code) = match guide.error() {
        Some(matter) => (matter.name.clone(), matter.code.value.clone()),
        None => (context.site.title(id), String::new()),
    };
    let written = context.site.config.section_title(guide.kind().spec().name, key, &name, &code);
    written.unwrap_or_else(|| section.heading.clone())
}

/// The tags of a guide, in the site's order.
pub(super) fn tags(context: &Context<'_>, linker: &Linker<'_>, guide: &Guide) -> Vec<LinkView> {
    let terms = context.site.terms.iter().filter(|term| guide.common.tags.contains(&term.slug));
    terms.map(|term| LinkView { href: linker.page(&super::lists::tag_address(term)), text: term.name.clone() }).collect()
}

/// Guides whose prose links this one, without those that a card shows already and the guide's own provider.
pub(super) fn mentioned_in(
    context: &Context<'_>,
    linker: &Linker<'_>,
    id: GuideId,
    edges: &[(GuideId, String)],
) -> Vec<MentionView> {
    let site = context.site;
    let is_shown = |guide: GuideId| edges.iter().any(|(shown, _)| *shown == guide);
    let backlinks = site.relations[id.index()].backlinks.iter().filter(|backlink| !is_shown(backlink.guide));
    backlinks
        .map(|backlink| {
            let guide = site.guide(backlink.guide);
            let section = backlink.section.map(|index| &guide.body.sections[index]);
            MentionView {
                href: linker.guide(backlink.guide, section.map(|section| section.anchor.as_str())),
                title: site.title(backlink.guide),
                kind_label: guide.kind().spec().label,
                status: guide.mark(),
                section: section.map(|section| section.heading.clone()),
            }
        })
        .collect()
}

/// An official reference as readers see it.
pub(super) fn reference_view(reference: &crate::model::guide::OfficialReference) -> ReferenceView {
    ReferenceView {
        // A dot cannot stand in the anchor of a heading.
        anchor: format!("reference.{}", reference.id.value),
        title: reference.title.clone(),
        url: reference.url.clone(),
        host: host(&reference.url),
        accessed: written_out(reference.accessed),
    }
}

/// The host of an https address, without `www.`.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// When a guide was checked; `None` where it says nothing.
pub(super) fn review(context: &Context<'_>, id: GuideId) -> Option<ReviewView> {
    let reviewed = context.site.guide(id).common.last_reviewed_on.as_ref()?.value;
    let due = context.site.review_interval(id).after(reviewed);
    Some(ReviewView { date: written_out(reviewed), iso: reviewed.to_string(), due: written_out(due), due_iso: due.to_string() })
}

/// The editorial standard, with the page that explains it.
pub(super) fn standard(context: &Context<'_>, linker: &Linker<'_>) -> StandardView {
    let text = context.site.config.editorial_standard.clone();
    StandardView { text, href: context.standard_page.map(|id| linker.guide(id, None)) }
}
