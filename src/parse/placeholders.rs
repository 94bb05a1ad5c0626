//! Text that only promises text: values of front matter, whole sections, single paragraphs and items, headings with nothing under
//! them.

use std::ops::Range;

use super::body::{Scope, trimmed, within};
use super::sections::text_of;
use super::yaml::{Mapping, Node, Value};
use crate::model::body::{Body, Heading, Section};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::SectionKind;
use crate::model::markdown::{Event, Spot, Tag, TagEnd, push_plain};
use crate::model::rules;

/// Tells what is empty or still to be written, from whole sections to single items.
pub(super) fn check(scope: &Scope<'_>, spots: &[Spot<'_>], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    if body.sections.is_empty() && is_placeholder(scope.text.trim()) {
        let end = scope.text.trim_end().len();
        let start = end - scope.text.trim().len();
        let span = scope.span(&(start..end));
        diagnostics.push(still_to_write(Diagnostic::new(&rules::PLACEHOLDER, span, "this page is still to be written")));
    }
    for section in &body.sections {
        let (text, has_block) = text_of(scope, spots, section);
        let here = section.heading_span;
        if section.heading.is_empty() {
            let finding = Diagnostic::new(&rules::EMPTY_SECTION, here, "a heading without text");
            diagnostics.push(finding.hint("write the heading, or remove its line"));
        } else if text.is_empty() && !has_block {
            let finding = Diagnostic::new(&rules::EMPTY_SECTION, here, format!("`{}` is empty", section.heading));
            diagnostics.push(finding.hint("write it, or remove the heading if the section is optional"));
        } else if is_placeholder(&text) {
            diagnostics.push(still_to_write(Diagnostic::new(
                &rules::PLACEHOLDER,
                here,
                format!("`{}` is still to be written", section.heading),
            )));
        } else {
            blocks(scope, within(scope, spots, section.content), diagnostics);
            headings(scope, spots, body, section, diagnostics);
        }
    }
}

/// Keys of front matter whose values readers see as text; what stands below `facts` is such, too.
const PROSE: [&str; 8] = ["title", "description", "name", "product", "question", "context", "why", "facts"];
/// Keys whose values are addresses.
const ADDRESSES: [&str; 2] = ["url", "docs_url"];

/// Tells the values of front matter that are still to be written.
pub(super) fn values(tree: &Mapping, diagnostics: &mut Vec<Diagnostic>) {
    for (key, node) in &tree.entries {
        value(&key.value, &key.value, node, diagnostics);
    }
}

/// `path` is where a value stands, `references[0].title`; `key` is the one that says what kind of text it is.
fn value(path: &str, key: &str, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Scalar(text) => {
            let is_open_address = ADDRESSES.contains(&key) && text.rsplit('/').next() == Some("TODO");
            if is_open_address || PROSE.contains(&key) && is_placeholder(text.trim()) {
                let finding = Diagnostic::new(&rules::PLACEHOLDER, node.span, format!("`{path}` is still to be written"));
                diagnostics.push(still_to_write(finding));
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                value(&format!("{path}[{index}]"), key, item, diagnostics);
            }
        }
        Value::Mapping(mapping) => {
            for (inner, node) in &mapping.entries {
                let own = if key == "facts" { key } else { &inner.value };
                value(&format!("{path}.{}", inner.value), own, node, diagnostics);
            }
        }
    }
}

fn still_to_write(finding: Diagnostic) -> Diagnostic {
    finding.hint("write it before the guide is published, or mark the guide `draft: true`")
}

/// Paragraphs and items that only promise text. Of an item, its bold lead and what follows it count each for themselves.
fn blocks(scope: &Scope<'_>, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let (mut lead, mut text) = (String::new(), String::new());
    let mut start: Option<Range<usize>> = None;
    let mut in_lead = false;
    for (event, range) in spots {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell) => {
                lead.clear();
                text.clear();
                start = Some(range.clone());
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) | Event::Start(Tag::List(_)) => {
                if let Some(block) = start.take().filter(|_| [&lead, &text].into_iter().any(|text| is_placeholder(text.trim()))) {
                    let span = scope.span(&trimmed(scope.text, &block));
                    diagnostics.push(still_to_write(Diagnostic::new(&rules::PLACEHOLDER, span, "this is still to be written")));
                }
            }
            Event::Start(Tag::Strong) => in_lead = text.trim().is_empty(),
            Event::End(TagEnd::Strong) => in_lead = false,
            Event::Start(Tag::CodeBlock(_)) => start = None,
            _ if in_lead => push_plain(&mut lead, event),
            _ => push_plain(&mut text, event),
        }
    }
}

/// Headings below the second level with nothing under them, and questions without an answer. Nodes of a tree have rules of their own.
fn headings(scope: &Scope<'_>, spots: &[Spot<'_>], body: &Body, section: &Section, diagnostics: &mut Vec<Diagnostic>) {
    if section.kind == SectionKind::Triage {
        return;
    }
    let inner: Vec<&Heading> = body.headings.iter().filter(|heading| section.content.contains(heading.span)).collect();
    if section.kind == SectionKind::Faq && !inner.iter().any(|heading| heading.level == 3) {
        let message = format!("`{}` has no question", section.heading);
        let finding = Diagnostic::new(&rules::SECTION_FORM, section.heading_span, message);
        diagnostics.push(finding.hint("write each question as a third-level heading: ### Does a retry help?"));
    }
    for (index, heading) in inner.iter().enumerate() {
        let next = inner.get(index + 1);
        // A heading over headings of a deeper level has those under it; a section of a wrong level is told as missing.
        let is_fixed = scope.kind.spec().sections.iter().any(|section| section.heading == heading.text);
        if is_fixed || next.is_some_and(|next| next.level > heading.level) {
            continue;
        }
        let end = next.map_or(section.content.end, |next| next.span.start);
        let under = crate::model::source::Span { start: heading.span.end, end, ..heading.span };
        if !shows_something(scope, spots, under) {
            let finding = Diagnostic::new(&rules::EMPTY_SECTION, heading.span, format!("`{}` is empty", heading.text));
            diagnostics.push(finding.hint("write what belongs under the heading, or remove it"));
        }
    }
}

fn shows_something(scope: &Scope<'_>, spots: &[Spot<'_>], span: crate::model::source::Span) -> bool {
    within(scope, spots, span).iter().any(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => !text.trim().is_empty(),
        Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Table(_) | Tag::Link { .. }) => true,
        _ => false,
    })
}

/// The most words of a sentence that only promises text.
const PROMISE: usize = 6;

/// Text that says only that there will be text.
pub(super) fn is_placeholder(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return !text.is_empty() && text.chars().all(|c| ".…- ?".contains(c)) };
    let is_mark = |word: &str| ["TODO", "TBD", "TBA", "TBC", "FIXME", "WIP", "XXX"].contains(&word);
    let is_promise = |phrase: &str| words.join(" ").to_lowercase().starts_with(phrase);
    let is_note = text.trim_start_matches(|c: char| !c.is_alphanumeric())[first.len()..].starts_with(':');
    let promises =
        ["to be added", "to be written", "to be done", "to be determined", "to be decided", "coming soon", "work in progress"];
    is_mark(first)
        || (words.len() == 1 || is_note) && is_mark(&first.to_uppercase())
        || words.len() <= PROMISE && promises.into_iter().any(is_promise)
        || is_promise("lorem ipsum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_of_text_are_no_text() {
        for text in [
            "TODO",
            "todo",
            "TODO: ask the team about the limits of this service",
            "To be added.",
            "To be determined",
            "Coming soon!",
            "WIP",
            "…",
            "???",
            "TBA",
            "tbd: ask the operators",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in
            ["To be added to the allow list, a caller asks its owner.", "Todo items stay.", "The list is to be added.", ""]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
