//! Footnotes cite official references, and every official reference is cited.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;
use crate::model::suggest::nearest;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let guide = context.guide(guide);
    let ids: Vec<&str> = guide.common.references.iter().map(|reference| reference.id.value.as_str()).collect();
    // A footnote that the body defines itself was told.
    let is_unknown = |id: &String| !ids.contains(&id.as_str()) && !guide.body.defined_footnotes.contains(id);
    for footnote in guide.body.footnotes.iter().filter(|footnote| is_unknown(&footnote.value)) {
        let message = format!("no reference has the id `{}`", footnote.value);
        let finding = Diagnostic::new(&rules::UNKNOWN_FOOTNOTE, footnote.span, message);
        let finding = finding.respelt(&footnote.value, nearest(&footnote.value, ids.iter().copied()));
        diagnostics.push(finding.hint("list the source under `references` in the front matter"));
    }
    // A slip in a footnote, and a section that is missing, are told; the source they would have cited is not unused.
    if !guide.body.missing.is_empty() || guide.body.footnotes.iter().any(|footnote| is_unknown(&footnote.value)) {
        return;
    }
    for reference in &guide.common.references {
        if guide.body.footnotes.iter().all(|footnote| footnote.value != reference.id.value) {
            let message = format!("no footnote cites `{}`", reference.id.value);
            let finding = Diagnostic::new(&rules::UNUSED_REFERENCE, reference.id.span, message);
            diagnostics
                .push(finding.hint(format!("write [^{}] behind what the source covers, or remove it", reference.id.value)));
        }
    }
}
