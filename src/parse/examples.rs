//! Examples: an error shows code, a compare shows what each subject looks like.

use super::body::Scope;
use crate::model::body::Body;
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::{GuideKind, SectionKind};
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::source::Span;
use crate::model::words::quoted;

/// Tells examples without code, and samples of a compare that do not say which subject they show.
pub(super) fn check(scope: &Scope<'_>, body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let Some(section) = body.section(SectionKind::Examples) else { return };
    let samples: Vec<&Sample> = body.samples.iter().filter(|sample| section.content.contains(sample.span)).collect();
    if samples.is_empty() {
        let message = format!("`{}` has no code sample", section.heading);
        let finding = Diagnostic::new(&rules::SECTION_FORM, section.heading_span, message);
        diagnostics.push(finding.hint("show code or output between two lines of ```"));
    }
    if scope.kind == GuideKind::Compare && !scope.subjects.is_empty() {
        diagnostics.extend(samples.into_iter().filter_map(|sample| untitled(scope, sample)));
    }
}

/// A sample of a compare whose title does not start with a subject.
fn untitled(scope: &Scope<'_>, sample: &Sample) -> Option<Diagnostic> {
    let names = |title: &str, name: &str| {
        title.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let title = sample.title.as_deref().unwrap_or_default();
    if scope.subjects.iter().any(|(code, reference)| names(title, code) || names(title, reference)) {
        return None;
    }
    let start = Span { end: sample.span.start, ..sample.span };
    let message =
        if title.is_empty() { "this sample has no title".to_owned() } else { format!("the title `{title}` names no subject") };
    let codes: Vec<String> = scope.subjects.iter().map(|(code, _)| format!("title=\"{code}\"")).collect();
    let finding = Diagnostic::new(&rules::SECTION_FORM, start, message);
    Some(finding.hint(format!("start its title with the subject that it shows: {}", quoted(codes.iter().map(String::as_str)))))
}
