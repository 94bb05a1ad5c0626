//! What a page says to search engines, as one JSON-LD graph: the site, the way to the page, and of a guide the article with its
//! questions or steps. Nothing that a search engine does not ask for, for every page carries it. A door to `serde_json`.
//!
//! Vocabulary: schema.org. Which properties: Google Search Central, "Structured data markup that Google Search supports".

use serde_json::{Value, json};

use super::body::BodyHtml;
use super::context::Context;
use super::plain::plain;
use crate::model::body::Node;
use crate::model::guide::Matter;
use crate::model::kind::SectionKind;
use crate::model::site::{GuideId, Site};
use crate::model::source::Span;
use crate::model::url::Permalink;

/// A page on the way to another.
#[derive(Debug, Clone)]
pub(super) struct Crumb {
    pub(super) permalink: Permalink,
    pub(super) name: String,
}

/// The graph of a list; `crumbs` lead from the home page to it and end with it. Nothing where the site switches it off.
pub(super) fn of_list(site: &Site, crumbs: &[Crumb]) -> Option<String> {
    (!site.config.is_off("structured-data")).then(|| graph(site, crumbs, Vec::new()))
}

/// The graph of a guide, with the same crumbs.
pub(super) fn of_guide(context: &Context<'_>, body: &BodyHtml<'_>, id: GuideId, crumbs: &[Crumb]) -> Option<String> {
    let site = context.site;
    if site.config.is_off("structured-data") {
        return None;
    }
    let own = match &site.guide(id).matter {
        Matter::Error(_) => vec![article(context, id)],
        Matter::Compare(_) => [Some(article(context, id)), questions(context, body, id)].into_iter().flatten().collect(),
        Matter::Playbook(_) => [Some(article(context, id)), steps(context, body, id)].into_iter().flatten().collect(),
        Matter::Provider(_) | Matter::Page(_) => Vec::new(),
    };
    Some(graph(site, crumbs, own))
}

fn graph(site: &Site, crumbs: &[Crumb], own: Vec<Value>) -> String {
    let config = &site.config;
    let home = config.base_url.join("");
    let website = json!({
        "@type": "WebSite", "@id": site_id(site), "url": home, "name": config.title, "inLanguage": config.language,
    });
    let nodes: Vec<Value> = std::iter::once(website).chain(way(site, crumbs)).chain(own).collect();
    script_safe(&json!({ "@context": "https://schema.org", "@graph": nodes }).to_string())
}

fn site_id(site: &Site) -> String {
    site.config.base_url.join("#site")
}

/// The way from the home page; the home page itself has none.
fn way(site: &Site, crumbs: &[Crumb]) -> Option<Value> {
    let last = crumbs.len();
    let item = |(at, crumb): (usize, &Crumb)| {
        let mut item = json!({ "@type": "ListItem", "position": at + 2, "name": crumb.name });
        // The last is the page itself.
        if at + 1 < last {
            item["item"] = json!(site.config.base_url.join(crumb.permalink.as_str()));
        }
        item
    };
    let home = json!({
        "@type": "ListItem", "position": 1, "name": site.config.title, "item": site.config.base_url.join(""),
    });
    let items: Vec<Value> = std::iter::once(home).chain(crumbs.iter().enumerate().map(item)).collect();
    (last > 0).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

fn article(context: &Context<'_>, id: GuideId) -> Value {
    let site = context.site;
    let common = &site.guide(id).common;
    let home = site.config.base_url.join("");
    let author = common.owner.as_deref().unwrap_or(&site.config.title);
    let mut article = json!({
        "@type": "TechArticle",
        "url": site.config.base_url.join(site.permalink(id).as_str()),
        "headline": site.title(id),
        "description": common.description.value,
        "author": { "@type": "Organization", "name": author, "url": home },
        "isPartOf": { "@id": site_id(site) },
    });
    if let Some(reviewed) = &common.last_reviewed_on {
        article["dateModified"] = json!(reviewed.value.to_string());
    }
    if let Some(image) = context.card_url() {
        article["image"] = json!(image);
    }
    article
}

/// The questions of a compare with their answers; nothing where it has none.
fn questions(context: &Context<'_>, body: &BodyHtml<'_>, id: GuideId) -> Option<Value> {
    let guide = context.site.guide(id);
    let section = guide.body.section(SectionKind::Faq)?;
    let headings: Vec<_> = guide.body.headings.iter().filter(|heading| section.content.contains(heading.span)).collect();
    let starts: Vec<_> = headings.iter().filter(|heading| heading.level == 3).collect();
    let ends = starts.iter().skip(1).map(|heading| heading.span.start).chain([section.content.end]);
    let question = |(heading, end): (&&&crate::model::body::Heading, u32)| {
        let answer = Span { start: heading.span.end, end, ..heading.span };
        json!({
            "@type": "Question",
            "name": heading.text,
            "acceptedAnswer": { "@type": "Answer", "text": plain(context, id, body.within(answer), &[]) },
        })
    };
    let questions: Vec<Value> = starts.iter().zip(ends).map(question).collect();
    (!questions.is_empty()).then(|| json!({ "@type": "FAQPage", "mainEntity": questions }))
}

/// The steps of a playbook that has one path; a tree with choices is no list of steps.
fn steps(context: &Context<'_>, body: &BodyHtml<'_>, id: GuideId) -> Option<Value> {
    let nodes = path(&context.site.guide(id).body.nodes)?;
    let page = context.site.config.base_url.join(context.site.permalink(id).as_str());
    let step = |node: &&Node| {
        let text = plain(context, id, body.within(node.content), &node.branch_lists);
        json!({
            "@type": "HowToStep",
            "url": format!("{page}#{}", node.id),
            "name": node.title,
            "text": if text.is_empty() { &node.title } else { &text },
        })
    };
    let steps: Vec<Value> = nodes.iter().map(step).collect();
    Some(json!({ "@type": "HowTo", "name": context.site.title(id), "step": steps }))
}

/// The nodes in the order of the one path through all of them; `None` where there is a choice.
fn path(nodes: &[Node]) -> Option<Vec<&Node>> {
    let mut path = vec![nodes.first()?];
    while path.len() <= nodes.len() {
        let node = path.last()?;
        let Some(first) = node.branches.first() else { break };
        if node.branches.iter().any(|branch| branch.target != first.target) {
            return None;
        }
        path.push(nodes.iter().find(|node| node.id == first.target)?);
    }
    (path.len() == nodes.len() && path.len() > 1).then_some(path)
}

/// JSON that can stand in a `<script>`: nothing in it closes the element, begins a comment, or ends a line in old scripts.
///
/// Source: HTML, "Restrictions for contents of script elements". Only texts hold these characters, where JSON takes their numbers.
fn script_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_script() {
        for text in [
            "</script><script>alert(1)</script>",
            "<!-- <script>",
            "]]>",
            "a & b",
            "\u{2028}\u{2029}\u{0}\u{1f}\u{85}\u{ffff}",
            "\\\"}",
        ] {
            let json = json!({ "a": text }).to_string();
            let safe = script_safe(&json);
            assert!(
                !safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{85}']) && !safe.contains(char::is_control),
                "{safe}"
            );
            let read: Value = serde_json::from_str(&safe).expect("it is JSON");
            assert_eq!(read["a"], text);
        }
    }
}
