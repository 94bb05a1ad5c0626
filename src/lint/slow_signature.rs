//! A signature that a browser can match in many ways: each failed try costs twice as much with every character.

use super::Context;
use crate::model::backtracking::is_ambiguous;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let Some(matter) = context.guide(guide).error() else { return };
    for signature in &matter.signatures {
        if is_ambiguous(&signature.pattern.value) {
            let message = "a repetition inside a repetition can match one text in many ways";
            let finding = Diagnostic::new(&rules::SLOW_SIGNATURE, signature.pattern.span, message);
            diagnostics.push(finding.hint("the lookup also runs in browsers, which try them all"));
        }
    }
}
