//! Findings for people: rule, place, source excerpt, help. The door to annotate-snippets.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use crate::model::diagnostic::{Diagnostic, Label, Place, Severity};
use crate::model::source::{FileId, Sources, Span};

/// The widest line shown where the terminal's width is unknown.
const DEFAULT_WIDTH: usize = 120;

/// One finding with its excerpts, ending in a line break. `styled` adds ANSI colours.
pub fn human(diagnostic: &Diagnostic, sources: &Sources, styled: bool, width: Option<usize>) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width.unwrap_or(DEFAULT_WIDTH).max(40));
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.name);
    let mut group = with_excerpts(title, diagnostic, sources);
    for help in diagnostic.help() {
        group = group.element(Level::HELP.message(help));
    }
    format!("{}\n", renderer.render(&[group]))
}

/// The title of a finding with an excerpt of each file it is about.
fn with_excerpts<'a>(title: Title<'a>, diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let span = match &diagnostic.place {
        Place::Path(path) => {
            let group = title.element(Origin::path(path.as_str()));
            return diagnostic.labels.iter().fold(group, |group, label| group.element(labelled(sources, label)));
        }
        Place::Text(span) => *span,
    };
    let mut first = excerpt(sources, span.file).annotation(AnnotationKind::Primary.span(clamped(sources, span)));
    let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostic.labels.iter().partition(|label| label.span.file == span.file);
    for label in here {
        first = first.annotation(AnnotationKind::Context.span(clamped(sources, label.span)).label(label.text.as_str()));
    }
    let mut group = title.element(first);
    for label in elsewhere {
        group = group.element(labelled(sources, label));
    }
    group
}

/// An excerpt that explains a finding from another file.
fn labelled<'a>(sources: &'a Sources, label: &'a Label) -> Snippet<'a, Annotation<'a>> {
    let annotation = AnnotationKind::Context.span(clamped(sources, label.span)).label(label.text.as_str());
    excerpt(sources, label.span.file).annotation(annotation)
}

fn excerpt(sources: &Sources, file: FileId) -> Snippet<'_, Annotation<'_>> {
    let file = sources.file(file);
    Snippet::source(file.text()).path(file.path.as_str())
}

/// The part of a span on its first line, at least one character wide where there is one: long spans make long excerpts.
fn clamped(sources: &Sources, span: Span) -> std::ops::Range<usize> {
    let text = sources.file(span.file).text();
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = (span.end as usize).clamp(start, line_end);
    let next = text[start..line_end].chars().next().map_or(start, |c| start + c.len_utf8());
    start..end.max(next)
}
