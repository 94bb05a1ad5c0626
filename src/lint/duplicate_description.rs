//! Every guide describes itself in words of its own.

use std::collections::HashMap;

use super::Context;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::rules;
use crate::model::source::Span;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, Span> = HashMap::new();
    for guide in &context.site.guides {
        let description = &guide.common.description;
        let words: Vec<&str> = description.value.split_whitespace().collect();
        if let Some(first) = first.get(&words.join(" ").to_lowercase()) {
            // A copy of a guide is told as such.
            if is_copy(diagnostics, description.span) {
                continue;
            }
            let finding = Diagnostic::new(&rules::DUPLICATE_DESCRIPTION, description.span, "another guide has this description");
            diagnostics.push(finding.label(*first, "the same here"));
        } else {
            first.insert(words.join(" ").to_lowercase(), description.span);
        }
    }
}

fn is_copy(diagnostics: &[Diagnostic], description: Span) -> bool {
    let is_here = |place: &Place| matches!(place, Place::Text(span) if span.file == description.file);
    let is_double = |finding: &&Diagnostic| [&rules::DUPLICATE_GUIDE, &rules::ADDRESS_COLLISION].contains(&finding.rule);
    diagnostics.iter().filter(is_double).any(|finding| is_here(&finding.place))
}
