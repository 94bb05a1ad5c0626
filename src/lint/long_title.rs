//! A title that was written fits a search result.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

/// The longest title that search engines show whole, in characters; practice, since none of them states a number.
const MAX_SHOWN: usize = 70;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = &context.guide(guide).common.title else { return };
    let length = title.value.chars().count();
    if length > MAX_SHOWN {
        let message = format!("the title has {length} characters; search results cut it after about {MAX_SHOWN}");
        diagnostics.push(Diagnostic::new(&rules::LONG_TITLE, title.span, message));
    }
}
