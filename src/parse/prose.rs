//! Prose: codes mentioned in it, footnotes, and what must not stand in it.

use super::body::Scope;
use crate::model::body::Mention;
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Spot, Tag, TagEnd, is_verbatim};
use crate::model::rules;
use crate::model::source::{Span, Spanned};

/// Codes in prose: not in code, headings, links or images.
pub(super) fn mentions(scope: &Scope<'_>, spots: &[Spot<'_>]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut inside_other = 0usize;
    for (event, range) in spots {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside_other += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside_other -= 1,
            Event::Text(text) if inside_other == 0 && is_verbatim(event, range) => {
                mentions.extend(scope.finder.find(text).map(|found| Mention {
                    provider: found.provider.clone(),
                    code: found.code.to_owned(),
                    span: scope.span(&(range.start + found.range.start..range.start + found.range.end)),
                }));
            }
            _ => {}
        }
    }
    mentions
}

/// Code in backticks: not in headings and links, where nothing could link it.
pub(super) fn inline_code(scope: &Scope<'_>, spots: &[Spot<'_>]) -> Vec<Span> {
    let mut code = Vec::new();
    let mut inside_other = 0usize;
    for (event, range) in spots {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Link { .. } | Tag::Image { .. }) => inside_other += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image) => inside_other -= 1,
            Event::Code(_) if inside_other == 0 => code.push(scope.span(range)),
            _ => {}
        }
    }
    code
}

/// Footnote references, and the ids that the body defines itself. Definitions belong in the front matter.
pub(super) fn footnotes(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Spanned<String>>, Vec<String>) {
    let mut footnotes: Vec<Spanned<String>> = Vec::new();
    let mut defined: Vec<String> = Vec::new();
    for (event, range) in spots {
        match event {
            Event::FootnoteReference(id) => footnotes.push(Spanned::new(id.to_string(), scope.span(range))),
            Event::Start(Tag::FootnoteDefinition(id)) => {
                let first_line = scope.text[range.clone()].lines().next().map_or(0, str::len);
                let span = scope.span(&(range.start..range.start + first_line));
                let finding =
                    Diagnostic::new(&rules::UNKNOWN_FOOTNOTE, span, format!("a footnote `{id}` is defined in the body"));
                diagnostics.push(finding.hint("list the source under `references` in the front matter"));
                defined.push(id.to_string());
            }
            _ => {}
        }
    }
    (footnotes, defined)
}

/// HTML is shown as text; the writer is told.
pub(super) fn raw_html(scope: &Scope<'_>, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut told_up_to = 0;
    for (event, range) in spots {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        // Once a line is enough.
        if range.start >= told_up_to {
            told_up_to = super::body::after_line(scope.text, range.start);
            let end = scope.text[range.clone()].lines().next().map_or(range.start, |first| range.start + first.len());
            let finding = Diagnostic::new(&rules::RAW_HTML, scope.span(&(range.start..end)), "HTML in Markdown");
            diagnostics.push(finding.hint("use Markdown; a literal `<` is written `&lt;` or inside backticks"));
        }
    }
}

/// Control characters anywhere in a body.
pub(super) fn control_characters(scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let control = scope.text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t'));
    if let Some((at, c)) = control {
        let message = format!("a control character, U+{:04X}, in the body", u32::from(c));
        let span = scope.span(&(at..at + c.len_utf8()));
        diagnostics.push(Diagnostic::new(&rules::CONTROL_CHARACTER, span, message).edit(span, c, ""));
    }
}
