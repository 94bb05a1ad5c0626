//! A playbook's tree leads to every error it says it covers.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Matter;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, playbook: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let Matter::Playbook(matter) = &site.guide(playbook).matter else { return };
    // A playbook without a tree is told as such.
    if site.guide(playbook).body.nodes.is_empty() {
        return;
    }
    for covered in &site.edges[playbook.index()].covers {
        let coverage = site.relations[covered.index()].playbooks.iter().find(|coverage| coverage.playbook == playbook);
        let identity = &site.identities[covered.index()];
        let written = matter.covers.iter().find(|reference| reference.value == *identity);
        if let (Some(written), true) = (written, coverage.is_none_or(|coverage| coverage.nodes.is_empty())) {
            let finding =
                Diagnostic::new(&rules::UNLINKED_COVER, written.span, format!("no node of the tree links `{identity}`"));
            diagnostics.push(finding.hint(format!("link it from the node that is about it: [[{identity}#fix]]")));
        }
    }
}
