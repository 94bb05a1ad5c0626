//! A body: Markdown events → [`Body`]. One of the doors to pulldown-cmark, through `model::markdown`.
//!
//! The events are collected once and each part reads them in its own file: headings and sections, links, code samples,
//! the comparison table, the triage tree.

use std::ops::Range;

use super::{comparison, disguises, examples, fences, items, links, placeholders, prose, sections, tables, triage};
use crate::model::anchor::{Anchors, RESERVED, anchor};
use crate::model::body::{Body, Heading, MissingSection, Section};
use crate::model::codes::CodeFinder;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::guide::Matter;
use crate::model::kind::{GuideKind, SectionKind};
use crate::model::markdown::{self, Event, Spot, Tag, TagEnd, events, inside, plain_text};
use crate::model::rules;
use crate::model::source::{FileId, Span};
use crate::model::suggest::slip_of;

/// Nesting beyond this is refused: later passes go into containers by recursion.
const MAX_DEPTH: usize = 32;

/// Where a body stands, and what it is read for.
pub(super) struct Scope<'a> {
    pub(super) file: FileId,
    pub(super) kind: GuideKind,
    /// The body's text and its first byte in the file.
    pub(super) text: &'a str,
    pub(super) base: usize,
    pub(super) finder: &'a CodeFinder,
    /// A compare's subjects, as `code` (`provider:code` where two have one code) and `provider:code`; empty where the front matter is
    /// broken.
    pub(super) subjects: Vec<(String, String)>,
    /// The titles that pages show for sections, in lower case and without what is filled in.
    pub(super) titles: &'a [(SectionKind, String)],
}

impl Scope<'_> {
    /// A range of the body as a span of the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// A span of the file as a range of the body.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        span.start as usize - self.base..span.end as usize - self.base
    }
}

/// The subjects of a compare's front matter, for [`Scope::subjects`].
pub(super) fn subjects(matter: Option<&Matter>) -> Vec<(String, String)> {
    use crate::model::reference::Identity;
    let Some(Matter::Compare(matter)) = matter else { return Vec::new() };
    let code = |identity: &Identity| match identity {
        Identity::Error { code, .. } => code.clone(),
        Identity::Named { slug, .. } => slug.to_string(),
    };
    let codes: Vec<String> = matter.subjects.iter().map(|subject| code(&subject.value)).collect();
    let is_double = |code: &String| codes.iter().filter(|other| *other == code).count() > 1;
    // Two providers may have one code; then only the whole reference says which is meant.
    let name = |code: &String, reference: &String| if is_double(code) { reference.clone() } else { code.clone() };
    let references = matter.subjects.iter().map(|subject| subject.value.to_string());
    codes.iter().zip(references).map(|(code, reference)| (name(code, &reference), reference)).collect()
}

/// Reads a body and tells everything that is wrong within it; `None` where it is too deep to be read, or
/// ends in the middle of a sample.
pub(super) fn body(scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Body> {
    let before = diagnostics.len();
    let spots: Vec<Spot<'_>> = events(scope.text).collect();
    if let Some(range) = too_deep(&spots) {
        let message = format!("nested more than {MAX_DEPTH} levels deep");
        diagnostics.push(Diagnostic::new(&rules::BODY_TOO_COMPLEX, scope.span(&(range.start..range.start)), message));
        return None;
    }
    if let Some(finding) = fences::unclosed(scope, &spots) {
        diagnostics.push(finding);
        return None;
    }
    let mut anchors = Anchors::default();
    for reserved in RESERVED {
        anchors.take(reserved);
    }
    let mut headings = headings(scope, &spots, &mut anchors, diagnostics);
    let intro_end =
        headings.iter().find(|heading| heading.level <= 2).map_or(scope.text.len(), |heading| scope.range(heading.span).start);
    let mut of_subjects = Vec::new();
    let mut sections = sections::sections(scope, &mut headings, &mut of_subjects, diagnostics);
    let missing = sections::missing(scope, &sections);
    for section in &mut sections {
        section.items = items::items(scope, &spots, section, &missing, &mut anchors, diagnostics);
    }
    let (footnotes, defined_footnotes) = prose::footnotes(scope, &spots, diagnostics);
    let mut body = Body {
        span: scope.span(&(0..scope.text.len())),
        intro: scope.span(&(0..intro_end)),
        links: links::links(scope, &spots, diagnostics),
        samples: fences::samples(scope, &spots, diagnostics),
        mentions: prose::mentions(scope, &spots),
        inline_code: prose::inline_code(scope, &spots),
        footnotes,
        defined_footnotes,
        sections,
        headings,
        table: None,
        nodes: Vec::new(),
        missing,
        of_subjects,
    };
    prose::raw_html(scope, &spots, diagnostics);
    tables::check(scope, &spots, diagnostics);
    examples::check(scope, &body, diagnostics);
    placeholders::check(scope, &spots, &body, diagnostics);
    prose::control_characters(scope, diagnostics);
    disguises::body(scope, &spots, &body.samples, diagnostics);
    sections::check(scope, &mut body, diagnostics);
    if scope.kind == GuideKind::Compare {
        body.table = comparison::table(scope, &spots, &mut body, diagnostics);
    }
    // An empty section is told as such.
    if let Some(section) = body.section(SectionKind::Triage).filter(|section| !sections::is_empty(scope, &spots, section)) {
        body.nodes = triage::nodes(scope, &spots, &body, section, diagnostics);
    }
    unwritten(&mut body, diagnostics, before);
    Some(body)
}

/// Of a section that is empty or still to be written nothing else is told, and what links into it has nowhere to lead yet.
fn unwritten(body: &mut Body, diagnostics: &mut Vec<Diagnostic>, from: usize) {
    let is_unwritten = |finding: &Diagnostic, section: &Section| {
        [&rules::EMPTY_SECTION, &rules::PLACEHOLDER].contains(&finding.rule) && finding.place == Place::Text(section.heading_span)
    };
    let told = diagnostics.split_off(from);
    let sections: Vec<&Section> =
        body.sections.iter().filter(|section| told.iter().any(|finding| is_unwritten(finding, section))).collect();
    let is_inside = |finding: &Diagnostic| {
        let Place::Text(span) = finding.place else { return false };
        sections.iter().any(|section| Span { start: section.heading_span.start, ..section.content }.contains(span))
    };
    let is_kept = |finding: &Diagnostic| !is_inside(finding) || sections.iter().any(|section| is_unwritten(finding, section));
    diagnostics.extend(told.into_iter().filter(is_kept));
    body.of_subjects.retain(is_kept);
    let missing = sections.iter().map(|section| MissingSection { kind: section.kind, anchor: section.anchor.clone() });
    let missing: Vec<MissingSection> = missing.collect();
    body.missing.extend(missing);
}

/// The first event beyond the nesting limit.
fn too_deep(spots: &[Spot<'_>]) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (event, range) in spots {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(range.clone());
        }
    }
    None
}

/// The events whose range lies in a span of the file.
pub(super) fn within<'s, 'src>(scope: &Scope<'_>, spots: &'s [Spot<'src>], span: Span) -> &'s [Spot<'src>] {
    markdown::within(spots, scope.range(span))
}

fn headings(scope: &Scope<'_>, spots: &[Spot<'_>], anchors: &mut Anchors, diagnostics: &mut Vec<Diagnostic>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut depth = 0usize;
    // Without a triage section, which is told, nodes are where attributes are.
    let mut in_triage = !spots.iter().enumerate().any(|(index, spot)| is_triage_heading(spots, index, spot));
    let has_triage = !in_triage;
    for (index, (event, range)) in spots.iter().enumerate() {
        let outer = depth;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        let Event::Start(Tag::Heading { level, id, classes, attrs }) = event else { continue };
        let level = *level as u8;
        if outer > 0 {
            let finding = Diagnostic::new(
                &rules::NESTED_HEADING,
                scope.span(&trimmed(scope.text, range)),
                "a heading inside a list or quotation",
            );
            diagnostics.push(finding.hint("headings stand at the start of a line; use bold text here"));
            continue;
        }
        let text = plain_text(inside(spots, index)).trim().to_owned();
        let is_attributed = id.is_some() || !classes.is_empty() || !attrs.is_empty();
        if level <= 2 && has_triage {
            in_triage = level == 2 && is_triage(&text);
        }
        let is_node = scope.kind == GuideKind::Playbook && level == 3 && in_triage && (has_triage || is_attributed);
        let span = scope.span(&trimmed(scope.text, range));
        if is_attributed && !is_node {
            let finding = Diagnostic::new(&rules::HEADING_ATTRIBUTE, span, "only nodes of a triage tree have attributes");
            diagnostics.push(finding.hint("remove the braces; links use the anchor made from the heading's text"));
        }
        if level == 1 {
            let finding = Diagnostic::new(&rules::TOP_HEADING, span, "the title is made from the front matter");
            // A section of the kind under one hash is that section.
            let is_section = scope.kind.spec().sections.iter().any(|section| section.heading == text);
            let finding = if is_section { finding.edit(span, "# ", "## ") } else { finding };
            diagnostics.push(finding.hint("start with a second-level heading: ##"));
        }
        let above = headings.last().map_or(1, |heading| heading.level);
        // A tree without a node is told as such.
        // A section of a wrong level is told as missing.
        let is_fixed = scope.kind.spec().sections.iter().any(|section| section.heading == text);
        if level > above + 1 && !(has_triage && in_triage) && !is_fixed {
            let message = format!("a heading of level {level} below one of level {above}");
            let finding = Diagnostic::new(&rules::HEADING_LEVEL_SKIPPED, span, message);
            diagnostics.push(finding.hint(format!("write it with {} hashes", above + 1)));
        }
        let wanted = match id.as_ref().filter(|_| is_node) {
            Some(id) => id.to_string(),
            None => anchor(&text),
        };
        headings.push(Heading { level, text, anchor: anchors.take(&wanted), span });
    }
    headings
}

/// Whether a heading is that of the triage section, or is meant to be.
fn is_triage(heading: &str) -> bool {
    let spec = GuideKind::Playbook.spec().sections.iter().find(|section| section.kind == SectionKind::Triage);
    spec.is_some_and(|spec| slip_of(heading, [spec.heading]).is_some() || spec.also.contains(&heading.to_lowercase().as_str()))
}

fn is_triage_heading(spots: &[Spot<'_>], index: usize, (event, _): &Spot<'_>) -> bool {
    matches!(event, Event::Start(Tag::Heading { level, .. }) if *level as u8 == 2)
        && is_triage(plain_text(inside(spots, index)).trim())
}

/// A range without the white space at its end.
pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

/// The byte behind the line on which a heading ends: where what it heads begins.
pub(super) fn after_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// Whether an event closes a block that ends a line of text.
pub(super) fn ends_block(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell))
}
