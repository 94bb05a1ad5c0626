//! Headings of one page have different texts, so that their anchors stay when headings move.

use super::Context;
use crate::model::anchor::anchor;
use crate::model::body::Heading;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let body = &context.guide(guide).body;
    // The anchors of nodes are written, not made; two with one name are told as such.
    let is_node = |heading: &&Heading| body.nodes.iter().any(|node| node.heading_span == heading.span);
    let made: Vec<&Heading> = body.headings.iter().filter(|heading| !is_node(heading)).collect();
    for (index, heading) in made.iter().enumerate() {
        let own = anchor(&heading.text);
        let Some(first) = made[..index].iter().find(|other| anchor(&other.text) == own) else { continue };
        // A section that stands twice is told as such.
        if own.is_empty() || heading.level <= 2 && first.level <= 2 {
            continue;
        }
        let message =
            format!("a second heading `{}`: its anchor #{} changes when one of them moves", heading.text, heading.anchor);
        let finding = Diagnostic::new(&rules::DUPLICATE_ANCHOR, heading.span, message);
        diagnostics.push(finding.label(first.span, "the first"));
    }
}
