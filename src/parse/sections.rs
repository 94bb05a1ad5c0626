//! Sections: which of the kind's fixed headings each second-level heading is, and whether all stand where they must.

use super::body::{Scope, within};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Body, Heading, Section};
use crate::model::kind::{SectionKind, SectionSpec, Topics, WHEN_IT_IS};
use crate::model::markdown::{Event, Spot, Tag, push_plain};
use crate::model::rules;
use crate::model::suggest::nearest;

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

/// The second-level sections of a body, without their items.
pub(super) fn sections(scope: &Scope<'_>, headings: &[Heading]) -> Vec<Section> {
    let starts: Vec<&Heading> = headings.iter().filter(|heading| heading.level <= 2).collect();
    let expected = expected(scope);
    let mut sections = Vec::new();
    for (index, heading) in starts.iter().enumerate().filter(|(_, heading)| heading.level == 2) {
        let end = starts.get(index + 1).map_or(scope.text.len(), |next| scope.range(next.span).start);
        let known = expected.iter().find(|expected| expected.is(&heading.text));
        // A compare whose front matter is broken has no subjects to compare the heading with.
        let is_when = scope.subjects.is_empty() && heading.text.starts_with(WHEN_IT_IS);
        let topic = if is_when { SectionKind::WhenItIs } else { SectionKind::Topic };
        sections.push(Section {
            kind: known.map_or(topic, |expected| expected.spec.kind),
            heading: heading.text.clone(),
            anchor: heading.anchor.clone(),
            heading_span: heading.span,
            content: scope.span(&(scope.range(heading.span).end..end)),
            items: Vec::new(),
        });
    }
    sections
}

/// Tells sections that are missing, misspelt, twice there, out of order, empty or still to be written.
pub(super) fn check(scope: &Scope<'_>, spots: &[Spot<'_>], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let expected = expected(scope);
    let meant = topics(scope, &expected, body, diagnostics);
    missing(scope, &expected, &meant, body, diagnostics);
    order(&expected, body, diagnostics);
    for section in &body.sections {
        contents(scope, spots, section, diagnostics);
    }
}

/// Checks sections with free headings; returns the fixed headings that some of them were meant to be.
fn topics(scope: &Scope<'_>, expected: &[Expected], body: &Body, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let absent: Vec<&str> = expected
        .iter()
        .filter(|expected| body.sections.iter().all(|section| !expected.is(&section.heading)))
        .map(|expected| expected.heading.as_str())
        .collect();
    let mut meant = Vec::new();
    let mut previous = None;
    for section in &body.sections {
        if section.kind == SectionKind::Topic && !expected.is_empty() {
            let near = nearest(&section.heading, absent.iter().copied());
            if let Some(near) = near {
                let finding = Diagnostic::new(
                    &rules::MISSPELT_SECTION,
                    section.heading_span,
                    format!("no section is called `{}`", section.heading),
                );
                diagnostics.push(finding.hint(format!("did you mean `## {near}`?")));
                meant.push(near.to_owned());
            } else {
                topic_place(scope, section, previous, diagnostics);
            }
        }
        if section.kind != SectionKind::Topic {
            previous = Some(section.kind);
        }
    }
    meant
}

fn topic_place(scope: &Scope<'_>, section: &Section, previous: Option<SectionKind>, diagnostics: &mut Vec<Diagnostic>) {
    let spec = scope.kind.spec();
    match spec.topics {
        Topics::Anywhere => {}
        Topics::Nowhere => {
            let label = spec.label.to_lowercase();
            let finding = Diagnostic::new(
                &rules::UNKNOWN_SECTION,
                section.heading_span,
                format!("a {label} has no section `{}`", section.heading),
            );
            let headings: Vec<_> = spec.sections.iter().map(|section| format!("`{}`", section.heading.trim())).collect();
            diagnostics.push(finding.hint(format!("its sections are {}", headings.join(", "))));
        }
        Topics::After(kind) if previous != Some(kind) => {
            let after = spec.sections.iter().find(|section| section.kind == kind).map_or("", |section| section.heading);
            let finding = Diagnostic::new(
                &rules::MISPLACED_SECTION,
                section.heading_span,
                format!("`{}` is out of place", section.heading),
            );
            diagnostics.push(finding.hint(format!("sections with headings of your own stand right after `## {after}`")));
        }
        Topics::After(_) => {}
    }
}

fn missing(scope: &Scope<'_>, expected: &[Expected], meant: &[String], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    for expected in expected.iter().filter(|expected| expected.spec.required && !meant.contains(&expected.heading)) {
        let found: Vec<_> = body.sections.iter().filter(|section| expected.is(&section.heading)).collect();
        if found.is_empty() {
            let end = scope.text.trim_end().len();
            let span = scope.span(&(end..end));
            let finding = Diagnostic::new(&rules::MISSING_SECTION, span, format!("no section `{}`", expected.heading));
            diagnostics.push(finding.hint(format!("add `## {}`", expected.heading)));
        }
    }
    for (index, section) in body.sections.iter().enumerate() {
        if let Some(first) = body.sections[..index].iter().find(|other| other.heading == section.heading) {
            let finding =
                Diagnostic::new(&rules::DUPLICATE_SECTION, section.heading_span, format!("`{}` stands twice", section.heading));
            diagnostics.push(finding.label(first.heading_span, "first here"));
        }
    }
}

/// Fixed sections stand in the order of the table; the first that stands after a later one is told.
fn order(expected: &[Expected], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let mut latest: Option<(usize, &Section)> = None;
    for section in &body.sections {
        let Some(position) = expected.iter().position(|expected| expected.is(&section.heading)) else { continue };
        match latest {
            Some((furthest, other)) if position < furthest => {
                let message = format!("`{}` must stand before `{}`", section.heading, other.heading);
                let finding = Diagnostic::new(&rules::MISPLACED_SECTION, section.heading_span, message);
                diagnostics.push(finding.label(other.heading_span, "this comes later"));
            }
            Some((furthest, _)) if position == furthest => {}
            Some(_) | None => latest = Some((position, section)),
        }
    }
}

fn contents(scope: &Scope<'_>, spots: &[Spot<'_>], section: &Section, diagnostics: &mut Vec<Diagnostic>) {
    let inside = within(scope, spots, section.content);
    let mut text = String::new();
    let mut has_block = false;
    for (event, _) in inside {
        push_plain(&mut text, event);
        has_block |= matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Table(_)));
    }
    let text = text.trim();
    if text.is_empty() && !has_block {
        let finding = Diagnostic::new(&rules::EMPTY_SECTION, section.heading_span, format!("`{}` is empty", section.heading));
        diagnostics.push(finding.hint("write it, or remove the heading if the section is optional"));
    } else if is_placeholder(text) {
        let finding =
            Diagnostic::new(&rules::PLACEHOLDER, section.heading_span, format!("`{}` is still to be written", section.heading));
        diagnostics.push(finding.hint("write it before the guide is published, or mark the guide `draft: true`"));
    }
}

/// Text that says only that there will be text.
fn is_placeholder(text: &str) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    match words.first().map(String::as_str) {
        Some("todo" | "tbd" | "fixme" | "tbc") => true,
        _ => ["to be added", "to be written", "to be done", "coming soon", "lorem ipsum"]
            .iter()
            .any(|phrase| words.join(" ").starts_with(phrase)),
    }
}
