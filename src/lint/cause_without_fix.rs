//! Every cause is linked from a fix or a workaround.

use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Destination;
use crate::model::kind::SectionKind;
use crate::model::rules;
use crate::model::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for body in site.guides.iter().map(|guide| &guide.body) {
        let remedies: Vec<_> =
            body.sections.iter().filter(|section| matches!(section.kind, SectionKind::Fix | SectionKind::Workaround)).collect();
        let is_fixed = |anchor: &str| {
            let in_remedy = |span| remedies.iter().any(|section| section.content.contains(span));
            let links_it =
                |destination: &Destination| matches!(destination, Destination::Fragment(fragment) if fragment == anchor);
            body.links.iter().any(|link| links_it(&link.destination) && in_remedy(link.span))
        };
        let causes =
            body.sections.iter().filter(|section| section.kind == SectionKind::Causes).flat_map(|section| &section.items);
        for cause in causes.filter(|cause| !is_fixed(&cause.anchor)) {
            let lead = cause.lead.as_deref().unwrap_or(&cause.anchor);
            let finding = Diagnostic::new(&rules::CAUSE_WITHOUT_FIX, cause.span, format!("no fix links the cause `{lead}`"));
            diagnostics.push(finding.hint(format!("link it from the fix that removes it: [{lead}](#{})", cause.anchor)));
        }
    }
}
