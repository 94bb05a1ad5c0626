//! Every cause is linked from a fix or a workaround.

use super::Context;
use crate::model::body::{Destination, Link};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::SectionKind;
use crate::model::rules;
use crate::model::site::{GuideId, Target};

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let (body, targets) = (&context.guide(guide).body, &context.site.links[guide.index()]);
    // Without its fixes, which is told, no cause has one.
    if body.lacks(SectionKind::Fix) {
        return;
    }
    let remedies: Vec<_> =
        body.sections.iter().filter(|section| matches!(section.kind, SectionKind::Fix | SectionKind::Workaround)).collect();
    let is_fixed = |anchor: &str| {
        let links_it = |target: &Option<Target>| matches!(target, Some(Target::Here(fragment)) if fragment == anchor);
        let mut links = body.links.iter().zip(targets).filter(|(_, target)| links_it(target));
        links.any(|(link, _)| remedies.iter().any(|section| section.content.contains(link.span)))
    };
    // A fix that links a cause by another name means one of them; that is told.
    let is_slip = |link: &Link| matches!(&link.destination, Destination::Fragment(fragment) if fragment.to_lowercase().starts_with("cause-"));
    if body.links.iter().zip(targets).any(|(link, target)| target.is_none() && is_slip(link)) {
        return;
    }
    let causes = body.sections.iter().filter(|section| section.kind == SectionKind::Causes).flat_map(|section| &section.items);
    for cause in causes.filter(|cause| !is_fixed(&cause.anchor)) {
        // A cause without a lead is told as such.
        let Some(lead) = &cause.lead else { continue };
        let finding = Diagnostic::new(&rules::CAUSE_WITHOUT_FIX, cause.span, format!("no fix links the cause `{lead}`"));
        diagnostics.push(finding.hint(format!("link it from the fix that removes it: [{lead}](#{})", cause.anchor)));
    }
}
