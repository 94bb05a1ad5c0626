//! A part of a body as plain text, for programs: no markup, one line, links called as readers see them.

use super::context::Context;
use crate::model::markdown::{Event, LinkType, Spot, Tag, TagEnd, push_plain};
use crate::model::site::{GuideId, Target};
use crate::model::source::Span;

/// The text of events of a guide's body, without the parts in `except`.
pub(super) fn plain(context: &Context<'_>, id: GuideId, spots: &[Spot<'_>], except: &[Span]) -> String {
    let body = context.site.guide(id).body.span;
    let is_left_out = |at: u32| except.iter().any(|span| span.start <= at && at < span.end);
    let mut text = String::new();
    let mut reference: Option<String> = None;
    for (event, range) in spots {
        let at = body.start + u32::try_from(range.start).expect("files are smaller than 4 GiB");
        if is_left_out(at) {
            continue;
        }
        match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }) => {
                reference = name(context, id, at);
                text.push_str(reference.as_deref().unwrap_or_default());
            }
            Event::End(TagEnd::Link) => reference = None,
            // Elements that stand on lines of their own.
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell) => {
                text.push(' ');
            }
            _ if reference.is_none() => push_plain(&mut text, event),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What readers see of a wiki link without a text of its own.
fn name(context: &Context<'_>, id: GuideId, at: u32) -> Option<String> {
    let site = context.site;
    let mut links = site.guide(id).body.links.iter().zip(&site.links[id.index()]);
    match links.find(|(link, _)| link.span.start == at)?.1.as_ref()? {
        Target::Guide { guide, fragment } => Some(site.link_text(*guide, fragment.as_deref())),
        Target::Here(fragment) => Some(site.link_text(id, Some(fragment))),
        Target::Generated(_) | Target::File(_) | Target::External(_) => None,
    }
}
