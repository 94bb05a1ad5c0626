//! Reviews that were due and were not done.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let common = &context.guide(guide).common;
    let Some(review) = &common.last_reviewed_on else { return };
    let interval = context.site.review_interval(guide);
    let due = interval.after(review.value);
    let today = context.sources.today;
    if due >= today {
        return;
    }
    let finding = if interval.after(due) < today {
        Diagnostic::new(&rules::OVERDUE_REVIEW, review.span, format!("two reviews were missed; the first was due on {due}"))
    } else {
        Diagnostic::new(&rules::STALE_REVIEW, review.span, format!("the review was due on {due}"))
    };
    diagnostics.push(finding);
}
