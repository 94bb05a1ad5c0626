//! A code in backticks, which does not link itself, is linked somewhere on the page.

use std::collections::{BTreeSet, HashMap};

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let errors = written_forms(context);
    for guide in context.site.ids() {
        let mut linked = linked(context, guide);
        for span in &context.guide(guide).body.inline_code {
            let code = context.sources.text(*span).trim_matches(['`', ' ']);
            let Some(error) = errors.get(code).filter(|error| **error != guide) else { continue };
            // Once for each code is enough.
            if linked.insert(*error) {
                let identity = &context.site.identities[error.index()];
                let finding =
                    Diagnostic::new(&rules::UNLINKED_CODE, *span, format!("`{code}` has a guide, which nothing here links"));
                diagnostics.push(finding.hint(format!("remove the backticks, or write [[{identity}]]")));
            }
        }
    }
}

/// What a page calls each error where its code alone is clear: "ACME1001", "HTTP 503".
fn written_forms(context: &Context<'_>) -> HashMap<String, GuideId> {
    let mut forms = HashMap::new();
    for id in context.site.ids() {
        let Some(error) = context.guide(id).error() else { continue };
        let qualifiers = context.site.provider_of(error).map(|(_, provider)| provider.qualifiers.as_slice()).unwrap_or_default();
        if qualifiers.is_empty() {
            forms.insert(error.code.value.clone(), id);
        }
        forms.extend(qualifiers.iter().map(|word| (format!("{word} {}", error.code.value), id)));
    }
    forms
}

/// The guides that a page leads to: from its body, and from what its front matter and those of others say.
fn linked(context: &Context<'_>, guide: GuideId) -> BTreeSet<GuideId> {
    let site = context.site;
    let at = guide.index();
    let mut linked: BTreeSet<GuideId> = site.leads_to(guide).collect();
    linked.extend(site.edges[at].subjects.iter().chain(&site.edges[at].covers));
    linked.extend(site.relations[at].same_as.iter().copied());
    linked.extend(site.relations[at].related.iter().map(|related| related.guide));
    linked
}
