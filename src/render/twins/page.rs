//! One guide as a Markdown file: title, description, facts, sections, where to go from here, references, review.

use super::body::BodyText;
use super::kinds::{Own, own};
use super::sections::{blocks, sections};
use super::{escape, table};
use crate::model::kind::SectionKind;
use crate::model::site::GuideId;
use crate::render::cards;
use crate::render::context::{Context, Linker};
use crate::render::guide_view::{mentioned_in, reference_view, review, standard, tags};
use crate::render::view::{CardView, MentionView, ReferenceView};

/// The whole file.
pub(in crate::render) fn twin(context: &Context<'_>, id: GuideId) -> String {
    let linker = Linker::whole(context.site);
    let body = BodyText::new(context, &linker, id);
    let own = own(context, &linker, id);
    let mut parts = head(context, &linker, id, &own);
    parts.push(body.part(context.site.guide(id).body.intro, &[]));
    for section in sections(context, &linker, &body, id) {
        parts.push(format!("## {}", section.heading));
        parts.push(section.text);
        if section.kind == SectionKind::TellThemApart
            && let Some(facts) = table::facts(context.site, &linker, id)
        {
            parts.extend(["## The facts side by side".to_owned(), facts]);
        }
    }
    parts.push(own.middle);
    parts.extend(links(context, &linker, id));
    parts.push(references(context, id));
    parts.push(own.end);
    parts.extend(about(context, &linker, id));
    blocks(parts) + "\n"
}

fn head(context: &Context<'_>, linker: &Linker<'_>, id: GuideId, own: &Own) -> Vec<String> {
    let site = context.site;
    let guide = site.guide(id);
    let title = own.title.clone().unwrap_or_else(|| escape::text(&site.title(id)));
    let status = guide.mark().map(|mark| {
        let article = if mark == "draft" { "a " } else { "" };
        let instead = site.edges[id.index()].replaced_by.map(|other| linker.named(other));
        let instead = instead.map(|other| format!(" Read {} instead.", escape::link(&other.text, &other.href)));
        format!("**This guide is {article}{mark}.**{}", instead.unwrap_or_default())
    });
    let reviewed = review(context, id).map(|review| format!("Reviewed {}", review.date));
    let meta: Vec<String> = reviewed.into_iter().chain(own.meta.iter().cloned()).collect();
    let page = linker.guide(id, None);
    vec![
        format!("# {title}"),
        status.unwrap_or_default(),
        escape::text(&guide.common.description.value),
        meta.join(" · "),
        format!("Page: {}", escape::address(&page)),
        own.top.clone(),
    ]
}

/// Where to go from here, each with its reason, and where else the guide is spoken of.
fn links(context: &Context<'_>, linker: &Linker<'_>, id: GuideId) -> Vec<String> {
    let edges = cards::reasons(context.site, id);
    let mentions = mentioned_in(context, linker, id, &edges);
    let cards = cards::cards(context.site, linker, edges);
    let mut parts = Vec::new();
    if !cards.is_empty() {
        parts.push("## Still stuck? Where to go from here".to_owned());
        parts.extend(cards.iter().map(card));
    }
    if !mentions.is_empty() {
        parts.push("## Mentioned in".to_owned());
        parts.push(mentions.iter().map(mention).collect::<Vec<_>>().join("\n"));
    }
    parts
}

fn card(card: &CardView) -> String {
    let status = card.status.map(|status| format!(" · {status}")).unwrap_or_default();
    let heading = format!("### {}", escape::link(&card.title, &card.href));
    blocks([heading, format!("{}{status}", card.kind_label), escape::text(&card.reason)])
}

fn mention(mention: &MentionView) -> String {
    let status = mention.status.map(|status| format!(" · {status}")).unwrap_or_default();
    let section = mention.section.as_ref().map(|section| format!(", {}", escape::text(section))).unwrap_or_default();
    format!("- {} ({}{status}{section})", escape::link(&mention.title, &mention.href), mention.kind_label)
}

fn references(context: &Context<'_>, id: GuideId) -> String {
    let line = |(at, reference): (usize, ReferenceView)| {
        let link = escape::link(&reference.title, &reference.url);
        format!("{}. {link}, {}, read {}", at + 1, escape::text(&reference.host), reference.accessed)
    };
    let references = context.site.guide(id).common.references.iter().map(reference_view);
    let lines: Vec<String> = references.enumerate().map(line).collect();
    if lines.is_empty() { String::new() } else { format!("## Official references\n\n{}", lines.join("\n")) }
}

fn about(context: &Context<'_>, linker: &Linker<'_>, id: GuideId) -> Vec<String> {
    let guide = context.site.guide(id);
    let review = review(context, id).map(|review| {
        let owner = guide.common.owner.as_ref().map(|owner| format!(" Kept by {}.", escape::text(owner))).unwrap_or_default();
        format!("Last reviewed {}; due again after {}.{owner}", review.date, review.due)
    });
    let standard = standard(context, linker);
    let more = standard.href.map(|href| escape::link("Editorial standard", &href)).unwrap_or_default();
    let tags: Vec<String> = tags(context, linker, guide).iter().map(|tag| escape::link(&tag.text, &tag.href)).collect();
    vec![
        "## About this page".to_owned(),
        review.unwrap_or_default(),
        if standard.text.is_empty() {
            String::new()
        } else {
            format!("{} {more}", escape::text(&standard.text)).trim().to_owned()
        },
        if tags.is_empty() { String::new() } else { format!("Subjects: {}", tags.join(", ")) },
    ]
}
