//! Sections: which of the kind's fixed headings each second-level heading is, and whether all stand where they must.
//!
//! A heading that is nearly a fixed one is told, and read as the one that was meant, so that a slip gives one finding and not a
//! dozen.

use super::body::{Scope, after_line, within};
use crate::model::anchor::anchor;
use crate::model::body::{Body, Heading, Section};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::{SectionKind, SectionSpec, Topics, WHEN_IT_IS};
use crate::model::markdown::{Event, Spot, Tag, TagEnd, push_plain};
use crate::model::rules;
use crate::model::source::Span;
use crate::model::suggest::{nearest, slip_of};
use crate::model::words::quoted;

/// A section that a body of this kind has, with the heading it must have here.
struct Expected {
    spec: &'static SectionSpec,
    heading: String,
    /// The heading may also name a subject with its provider.
    other_heading: Option<String>,
}

fn expected(scope: &Scope<'_>) -> Vec<Expected> {
    let mut expected = Vec::new();
    for spec in scope.kind.spec().sections {
        if spec.kind == SectionKind::WhenItIs {
            expected.extend(scope.subjects.iter().map(|(code, reference)| Expected {
                spec,
                heading: format!("{WHEN_IT_IS}{code}"),
                other_heading: Some(format!("{WHEN_IT_IS}{reference}")),
            }));
        } else {
            expected.push(Expected { spec, heading: spec.heading.to_owned(), other_heading: None });
        }
    }
    expected
}

impl Expected {
    fn is(&self, heading: &str) -> bool {
        self.heading == heading || self.other_heading.as_deref() == Some(heading)
    }
}

/// The second-level sections of a body, without their items; headings that are nearly a fixed one are told.
pub(super) fn sections(scope: &Scope<'_>, headings: &mut [Heading], diagnostics: &mut Vec<Diagnostic>) -> Vec<Section> {
    let expected = expected(scope);
    let starts: Vec<Span> = headings.iter().filter(|heading| heading.level <= 2).map(|heading| heading.span).collect();
    let absent: Vec<&Expected> =
        expected.iter().filter(|expected| !headings.iter().any(|heading| expected.is(&heading.text))).collect();
    let mut sections: Vec<Section> = Vec::new();
    for heading in headings.iter_mut().filter(|heading| heading.level == 2) {
        let next = starts.get(starts.partition_point(|start| *start <= heading.span));
        let end = next.map_or(scope.text.len(), |next| scope.range(*next).start);
        let known = expected.iter().find(|expected| expected.is(&heading.text));
        let meant = if known.is_none() { meant(&heading.text, &absent) } else { None };
        let meant = meant.filter(|meant| sections.iter().all(|section| !meant.is(&section.heading)));
        if let Some(meant) = meant {
            let message = format!("no section is called `{}`", heading.text);
            let finding = Diagnostic::new(&rules::MISSPELT_SECTION, heading.span, message);
            diagnostics.push(finding.hint(format!("did you mean `## {}`?", meant.heading)));
            heading.anchor = anchor(&meant.heading);
        }
        // A compare whose front matter is broken has no subjects to compare the heading with.
        let is_when = scope.subjects.is_empty() && heading.text.starts_with(WHEN_IT_IS);
        let free = if is_when { SectionKind::WhenItIs } else { SectionKind::Topic };
        sections.push(Section {
            kind: known.or(meant).map_or(free, |expected| expected.spec.kind),
            heading: meant.map_or_else(|| heading.text.clone(), |meant| meant.heading.clone()),
            anchor: heading.anchor.clone(),
            heading_span: heading.span,
            content: scope.span(&(after_line(scope.text, scope.range(heading.span).end).min(end)..end)),
            items: Vec::new(),
        });
    }
    sections
}

/// The fixed heading that a heading was meant to be. For sections that need not be there only a slip of the keyboard counts.
fn meant<'e>(heading: &str, absent: &[&'e Expected]) -> Option<&'e Expected> {
    let names = |is_required: bool| {
        absent.iter().filter(move |expected| expected.spec.required == is_required).map(|expected| expected.heading.as_str())
    };
    let near = nearest(heading, names(true)).or_else(|| slip_of(heading, names(false)))?;
    absent.iter().find(|expected| expected.heading == near).copied()
}

/// Tells sections that are missing, twice there, out of order, empty or still to be written.
pub(super) fn check(scope: &Scope<'_>, spots: &[Spot<'_>], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let expected = expected(scope);
    let matched: Vec<Option<usize>> =
        body.sections.iter().map(|section| expected.iter().position(|expected| expected.is(&section.heading))).collect();
    if !expected.is_empty() {
        topics(scope, &expected, body, diagnostics);
        missing(scope, &expected, &matched, diagnostics);
    }
    twice(body, &matched, diagnostics);
    order(body, &expected, &matched, diagnostics);
    for section in &body.sections {
        contents(scope, spots, section, diagnostics);
    }
}

/// Sections with free headings stand where the kind allows them.
fn topics(scope: &Scope<'_>, expected: &[Expected], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let spec = scope.kind.spec();
    let mut previous = None;
    for section in &body.sections {
        if section.kind != SectionKind::Topic {
            previous = Some(section.kind);
            continue;
        }
        match spec.topics {
            Topics::Anywhere => {}
            Topics::Nowhere => {
                let message = format!("a {} has no section `{}`", spec.label.to_lowercase(), section.heading);
                let finding = Diagnostic::new(&rules::UNKNOWN_SECTION, section.heading_span, message);
                let headings = quoted(expected.iter().map(|expected| expected.heading.as_str()));
                diagnostics.push(finding.hint(format!("its sections are {headings}")));
            }
            Topics::After(kind) if previous != Some(kind) => {
                let after = spec.sections.iter().find(|section| section.kind == kind).map_or("", |section| section.heading);
                let message = format!("`{}` is out of place", section.heading);
                let finding = Diagnostic::new(&rules::MISPLACED_SECTION, section.heading_span, message);
                diagnostics.push(finding.hint(format!("sections with headings of your own stand right after `## {after}`")));
            }
            Topics::After(_) => {}
        }
    }
}

fn missing(scope: &Scope<'_>, expected: &[Expected], matched: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    for (position, expected) in expected.iter().enumerate().filter(|(_, expected)| expected.spec.required) {
        if !matched.contains(&Some(position)) {
            let end = scope.text.trim_end().len();
            let finding =
                Diagnostic::new(&rules::MISSING_SECTION, scope.span(&(end..end)), format!("no section `{}`", expected.heading));
            diagnostics.push(finding.hint(format!("add `## {}`", expected.heading)));
        }
    }
}

/// Two sections with one heading, or with two headings that mean the same.
fn twice(body: &Body, matched: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    for (index, section) in body.sections.iter().enumerate() {
        let is_same = |other: usize| {
            body.sections[other].heading == section.heading || (matched[index].is_some() && matched[other] == matched[index])
        };
        if let Some(first) = (0..index).find(|&other| is_same(other)) {
            let finding =
                Diagnostic::new(&rules::DUPLICATE_SECTION, section.heading_span, format!("`{}` stands twice", section.heading));
            diagnostics.push(finding.label(body.sections[first].heading_span, "first here"));
        }
    }
}

/// Fixed sections stand in the order of the table. Those outside the longest run that does are told: they are the ones that moved.
fn order(body: &Body, expected: &[Expected], matched: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    let mut fixed: Vec<(usize, usize)> = Vec::new();
    for (index, position) in matched.iter().enumerate() {
        // A section that stands twice is told as such.
        if let Some(position) = position.filter(|position| !matched[..index].contains(&Some(*position))) {
            fixed.push((index, rank(expected, position)));
        }
    }
    let kept = longest_run(&fixed.iter().map(|(_, rank)| *rank).collect::<Vec<_>>());
    for (_, (index, rank)) in fixed.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
        let section = &body.sections[*index];
        // Where it belongs: before the first section of the run that comes after it in the table.
        let next = kept.iter().map(|&kept| fixed[kept]).find(|(_, other)| other > rank);
        let message = match next {
            Some((next, _)) => format!("`{}` must stand before `{}`", section.heading, body.sections[next].heading),
            None => format!("`{}` must stand after the other sections", section.heading),
        };
        let finding = Diagnostic::new(&rules::MISPLACED_SECTION, section.heading_span, message);
        diagnostics.push(match next {
            Some((next, _)) => finding.label(body.sections[next].heading_span, "before this"),
            None => finding,
        });
    }
}

/// The place of an expected section in the order. Sections on the subjects of a compare have one place: the page shows them in the
/// order of the front matter, so that swapping subjects is one edit.
fn rank(expected: &[Expected], position: usize) -> usize {
    let kind = expected[position].spec.kind;
    expected.iter().position(|expected| expected.spec.kind == kind).unwrap_or(position)
}

/// The indices of a longest run of numbers that never fall; of several the one that starts first.
fn longest_run(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let smaller = best.iter().zip(numbers).filter(|(_, other)| *other <= number).map(|(run, _)| run);
        let mut run = smaller.rev().max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(at);
        best.push(run);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// What a reader sees of a section besides its headings, and whether it has anything at all.
pub(super) fn is_empty(scope: &Scope<'_>, spots: &[Spot<'_>], section: &Section) -> bool {
    let (text, has_block) = text_of(scope, spots, section);
    text.is_empty() && !has_block
}

fn text_of(scope: &Scope<'_>, spots: &[Spot<'_>], section: &Section) -> (String, bool) {
    let mut text = String::new();
    let mut has_block = false;
    let mut in_heading = false;
    for (event, _) in within(scope, spots, section.content) {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            // HTML is told as such, whatever it says.
            Event::Html(_) | Event::InlineHtml(_) => has_block = true,
            _ if !in_heading => push_plain(&mut text, event),
            _ => {}
        }
        has_block |= matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Table(_)));
    }
    (text.trim().to_owned(), has_block)
}

fn contents(scope: &Scope<'_>, spots: &[Spot<'_>], section: &Section, diagnostics: &mut Vec<Diagnostic>) {
    let (text, has_block) = text_of(scope, spots, section);
    if section.heading.is_empty() {
        let finding = Diagnostic::new(&rules::EMPTY_SECTION, section.heading_span, "a heading without text");
        diagnostics.push(finding.hint("write the heading, or remove its line"));
    } else if text.is_empty() && !has_block {
        let finding = Diagnostic::new(&rules::EMPTY_SECTION, section.heading_span, format!("`{}` is empty", section.heading));
        diagnostics.push(finding.hint("write it, or remove the heading if the section is optional"));
    } else if is_placeholder(&text) {
        let finding =
            Diagnostic::new(&rules::PLACEHOLDER, section.heading_span, format!("`{}` is still to be written", section.heading));
        diagnostics.push(finding.hint("write it before the guide is published, or mark the guide `draft: true`"));
    }
}

/// The most words of a sentence that only promises text.
const PROMISE: usize = 6;

/// Text that says only that there will be text.
fn is_placeholder(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return !text.is_empty() && text.chars().all(|c| ".…- ".contains(c)) };
    let is_mark = |word: &str| ["TODO", "TBD", "TBA", "TBC", "FIXME"].contains(&word);
    let is_promise = |phrase: &str| words.join(" ").to_lowercase().starts_with(phrase);
    let is_note = text.trim_start_matches(|c: char| !c.is_alphanumeric())[first.len()..].starts_with(':');
    is_mark(first)
        || (words.len() == 1 || is_note) && is_mark(&first.to_uppercase())
        || words.len() <= PROMISE && ["to be added", "to be written", "to be done", "coming soon"].into_iter().any(is_promise)
        || is_promise("lorem ipsum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_what_breaks_the_longest_run() {
        assert_eq!(longest_run(&[7, 0, 1, 2, 3]), [1, 2, 3, 4]);
        assert_eq!(longest_run(&[0, 2, 1, 3]).len(), 3);
        assert_eq!(longest_run(&[0, 1, 1, 2]).len(), 4);
        assert_eq!(longest_run(&[]), Vec::<usize>::new());
    }

    #[test]
    fn promises_of_text_are_no_text() {
        for text in [
            "TODO",
            "todo",
            "TODO: ask the team about the limits of this service",
            "To be added.",
            "Coming soon!",
            "…",
            "TBA",
            "tbd: ask the operators",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["To be added to the allow list, a caller asks its owner.", "Todo items stay.", "The list is to be added."] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
