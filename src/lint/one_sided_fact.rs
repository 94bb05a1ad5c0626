//! The subjects of a compare state the same facts, so that the facts table has no holes.

use std::collections::HashSet;

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{ErrorMatter, Fact};
use crate::model::kind::GuideKind;
use crate::model::rules;
use crate::model::source::Span;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let mut told: HashSet<(Span, &str)> = HashSet::new();
    for compare in site.of_kind(GuideKind::Compare) {
        let subjects: Vec<&ErrorMatter> =
            site.edges[compare.index()].subjects.iter().filter_map(|subject| site.guide(*subject).error()).collect();
        for spec in &site.config.facts {
            let stated = subjects.iter().find_map(|subject| fact(subject, &spec.key));
            let Some(stated) = stated else { continue };
            for subject in subjects.iter().filter(|subject| fact(subject, &spec.key).is_none()) {
                // Several compares may miss the same fact of one guide.
                if !told.insert((subject.code.span, &spec.key)) {
                    continue;
                }
                let name = format!("{}:{}", subject.provider.value, subject.code.value);
                let message =
                    format!("`{name}` does not state `{}`, which {} compares", spec.key, site.identities[compare.index()]);
                let finding = Diagnostic::new(&rules::ONE_SIDED_FACT, subject.code.span, message);
                let finding = finding.label(stated.key.span, "stated here");
                diagnostics.push(finding.hint(format!("add `{}:` under `facts`, or remove it from the others", spec.key)));
            }
        }
    }
}

fn fact<'m>(matter: &'m ErrorMatter, key: &str) -> Option<&'m Fact> {
    matter.facts.iter().find(|fact| fact.key.value == key)
}
