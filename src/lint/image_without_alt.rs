//! Images say what they show to those who do not see them.

use super::Context;
use crate::model::body::Destination;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    for link in &context.guide(guide).body.links {
        if let (Destination::Image(path), true) = (&link.destination, link.text.trim().is_empty()) {
            let finding = Diagnostic::new(&rules::IMAGE_WITHOUT_ALT, link.span, "an image without a text that stands for it");
            diagnostics.push(finding.hint(format!("write what it shows between the brackets: ![what it shows]({path})")));
        }
    }
}
