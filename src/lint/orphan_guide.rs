//! Guides have neighbours: a guide that nothing leads to, and that leads nowhere, is found by its code alone.

use super::Context;
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A guide that is broken, and a link that leads nowhere yet, which was told, may be what is missing.
    if has_errors(diagnostics) {
        return;
    }
    for guide in context.site.ids() {
        let Some(error) = context.guide(guide).error() else { continue };
        if !has_neighbour(context, guide) {
            let message = format!("no guide leads to `{}`, and it leads to none", error.code.value);
            diagnostics.push(Diagnostic::new(&rules::ORPHAN_GUIDE, error.code.span, message));
        }
    }
}

fn has_neighbour(context: &Context<'_>, guide: GuideId) -> bool {
    let site = context.site;
    let is_other_guide = |id: GuideId| id != guide && site.guide(id).kind().is_guide();
    let relations = &site.relations[guide.index()];
    !(relations.compares.is_empty()
        && relations.playbooks.is_empty()
        && relations.same_as.is_empty()
        && relations.related.is_empty())
        || site.edges[guide.index()].replaced_by.is_some()
        || relations.backlinks.iter().any(|backlink| is_other_guide(backlink.guide))
        || site.leads_to(guide).any(is_other_guide)
}
