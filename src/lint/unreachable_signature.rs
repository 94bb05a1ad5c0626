//! A signature that never decides: another one of its guide matches each of its samples, and more of it.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Signature;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let Some(matter) = context.guide(guide).error() else { return };
    for (index, signature) in matter.signatures.iter().enumerate() {
        let others = matter.signatures.iter().enumerate().filter(|(other, _)| *other != index);
        // Of two that match the same, the later one is left over.
        let mut before = others.filter(|(at, other)| precedes(other, signature, *at < index)).map(|(_, other)| other);
        if let Some(other) = before.next() {
            let finding = Diagnostic::new(
                &rules::UNREACHABLE_SIGNATURE,
                signature.pattern.span,
                "another signature always precedes this one",
            );
            diagnostics.push(finding.label(other.pattern.span, "it matches the same samples, and at least as much of them"));
        }
    }
}

/// Whether one signature matches every sample of another in a place that holds the other's match.
fn precedes(one: &Signature, other: &Signature, or_equal: bool) -> bool {
    other.samples.iter().all(|sample| {
        let (Some(wide), Some(narrow)) = (one.compiled.find(&sample.value), other.compiled.find(&sample.value)) else {
            return false;
        };
        wide.start <= narrow.start && narrow.end <= wide.end && (or_equal || wide != narrow)
    })
}
