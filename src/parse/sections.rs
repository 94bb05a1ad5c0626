//! Sections: which of the kind's fixed headings each second-level heading is, and whether all stand where they must.
//!
//! A heading that is nearly a fixed one is told, and read as the one that was meant, so that a slip gives one finding and not a
//! dozen.

use super::body::{Scope, after_line, within};
use crate::model::anchor::anchor;
use crate::model::body::{Body, Heading, MissingSection, Section};
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::{GuideKind, SectionKind, SectionSpec, Topics, WHEN_IT_IS};
use crate::model::markdown::{Event, Spot, Tag, TagEnd, push_plain};
use crate::model::rules;
use crate::model::source::Span;
use crate::model::suggest::{is_spelling, nearest, slip_of};
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

/// The titles that pages of a kind show for its sections, in lower case and up to what is filled in: "how to fix".
pub(super) fn titles(config: &Config, kind: GuideKind) -> Vec<(SectionKind, String)> {
    let spec = kind.spec();
    let shown = |section: &SectionSpec| {
        let title = config.section_titles.get(&(spec.name.to_owned(), anchor(section.heading)))?;
        let fixed = title.split("{{").next().unwrap_or_default().trim().to_lowercase();
        // One word begins many headings.
        fixed.contains(' ').then_some((section.kind, fixed))
    };
    spec.sections.iter().filter_map(shown).collect()
}

impl Expected {
    fn is(&self, heading: &str) -> bool {
        self.heading == heading || self.other_heading.as_deref() == Some(heading)
    }
}

/// The second-level sections of a body, without their items; headings that are nearly a fixed one are told.
///
/// What does not fit the subjects of a compare goes to `of_subjects`.
pub(super) fn sections(
    scope: &Scope<'_>,
    headings: &mut [Heading],
    of_subjects: &mut Vec<Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let expected = expected(scope);
    let starts: Vec<Span> = headings.iter().filter(|heading| heading.level <= 2).map(|heading| heading.span).collect();
    let absent: Vec<&Expected> =
        expected.iter().filter(|expected| !headings.iter().any(|heading| expected.is(&heading.text))).collect();
    let mut sections: Vec<Section> = Vec::new();
    // A section under a first-level heading is there; the level is told.
    let is_section = |heading: &&mut Heading| {
        heading.level == 2 || heading.level == 1 && expected.iter().any(|expected| expected.is(&heading.text))
    };
    for heading in headings.iter_mut().filter(is_section) {
        let next = starts.get(starts.partition_point(|start| *start <= heading.span));
        let end = next.map_or(scope.text.len(), |next| scope.range(*next).start);
        let known = expected.iter().find(|expected| expected.is(&heading.text));
        let meant = if known.is_none() { meant(scope, &heading.text, &absent) } else { None };
        let meant = meant.filter(|meant| sections.iter().all(|section| !meant.is(&section.heading)));
        if let Some(meant) = meant {
            let message = format!("no section is called `{}`", heading.text);
            let finding = Diagnostic::new(&rules::MISSPELT_SECTION, heading.span, message);
            // The words of other sites and the titles of this one's pages mean the section and nothing else.
            let is_sure = is_spelling(&heading.text, &meant.heading) || is_synonym(scope, &heading.text, meant);
            let finding = if is_sure { finding.edit(heading.span, &heading.text, &meant.heading) } else { finding };
            let told = if meant.other_heading.is_some() { &mut *of_subjects } else { &mut *diagnostics };
            told.push(finding.hint(format!("did you mean `## {}`?", meant.heading)));
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
///
/// Writers who know other sites use their words, and those who know this site's pages write the full titles that pages show.
fn meant<'e>(scope: &Scope<'_>, heading: &str, absent: &[&'e Expected]) -> Option<&'e Expected> {
    let mut subjects = absent.iter().filter(|expected| expected.other_heading.is_some());
    if let (true, Some(subject), None) = (heading.starts_with(WHEN_IT_IS), subjects.next(), subjects.next()) {
        return Some(subject);
    }
    if let Some(expected) = absent.iter().find(|expected| is_synonym(scope, heading, expected)) {
        return Some(expected);
    }
    let names = |is_required: bool| {
        absent.iter().filter(move |expected| expected.spec.required == is_required).map(|expected| expected.heading.as_str())
    };
    let near = nearest(heading, names(true)).or_else(|| slip_of(heading, names(false)))?;
    absent.iter().find(|expected| expected.heading == near).copied()
}

/// Whether a heading is what other sites, or the pages of this one, call a section.
fn is_synonym(scope: &Scope<'_>, heading: &str, expected: &Expected) -> bool {
    let lower = heading.to_lowercase();
    let title = scope.titles.iter().find(|(kind, _)| *kind == expected.spec.kind).map(|(_, title)| title.as_str());
    title.is_some_and(|title| lower.starts_with(title)) || expected.spec.also.contains(&lower.as_str())
}

/// The sections that must be there and are not; they are told by [`check`].
pub(super) fn missing(scope: &Scope<'_>, sections: &[Section]) -> Vec<MissingSection> {
    let absent = |expected: &Expected| sections.iter().all(|section| !expected.is(&section.heading));
    let required = expected(scope).into_iter().filter(|expected| expected.spec.required);
    required
        .filter(absent)
        .map(|expected| MissingSection { kind: expected.spec.kind, anchor: anchor(&expected.heading) })
        .collect()
}

/// Tells sections that are missing, twice there, out of order or of another kind.
pub(super) fn check(scope: &Scope<'_>, body: &mut Body, diagnostics: &mut Vec<Diagnostic>) {
    let expected = expected(scope);
    let matched: Vec<Option<usize>> =
        body.sections.iter().map(|section| expected.iter().position(|expected| expected.is(&section.heading))).collect();
    let moved = order(body, &expected, &matched, diagnostics);
    if !expected.is_empty() {
        let mut of_subjects = std::mem::take(&mut body.of_subjects);
        let has_moved = |kind| moved.iter().any(|index| body.sections[*index].kind == kind);
        match scope.kind.spec().topics {
            Topics::Anywhere => {}
            Topics::Nowhere => unknown(scope, &expected, body, &mut of_subjects, diagnostics),
            // Where the section before is missing or has moved, which is told, topics have no place to be in.
            Topics::After(kind) if body.lacks(kind) || has_moved(kind) => {}
            Topics::After(kind) => topics(body, kind, diagnostics),
        }
        absent(scope, &expected, &matched, &mut of_subjects, diagnostics);
        body.of_subjects = of_subjects;
    }
    twice(body, &matched, diagnostics);
}

/// Sections that the kind does not have.
fn unknown(
    scope: &Scope<'_>,
    expected: &[Expected],
    body: &Body,
    of_subjects: &mut Vec<Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for section in body.sections.iter().filter(|section| section.kind == SectionKind::Topic) {
        let message = format!("a {} has no section `{}`", scope.kind.spec().label.to_lowercase(), section.heading);
        let finding = Diagnostic::new(&rules::UNKNOWN_SECTION, section.heading_span, message);
        let headings = quoted(expected.iter().map(|expected| expected.heading.as_str()));
        let told = if section.heading.starts_with(WHEN_IT_IS) { &mut *of_subjects } else { &mut *diagnostics };
        told.push(finding.hint(format!("its sections are {headings}")));
    }
}

/// Sections with headings of the writer's own stand right after one of the kind's. Several of them right before it mean that it moved.
fn topics(body: &Body, after: SectionKind, diagnostics: &mut Vec<Diagnostic>) {
    let is_topic = |index: &usize| body.sections[*index].kind == SectionKind::Topic;
    let before = |index: usize| (0..index).rev().map(|at| body.sections[at].kind).find(|kind| *kind != SectionKind::Topic);
    let misplaced: Vec<usize> = (0..body.sections.len()).filter(|at| is_topic(at) && before(*at) != Some(after)).collect();
    let heading = body.section(after).map_or("", |section| section.heading.as_str());
    let home = body.sections.iter().position(|section| section.kind == after);
    if let (Some(home), [first, _, ..]) = (home, &misplaced[..])
        && misplaced.iter().copied().eq(*first..home)
    {
        let message = format!("`{heading}` must stand before `{}`", body.sections[*first].heading);
        let finding = Diagnostic::new(&rules::MISPLACED_SECTION, body.sections[home].heading_span, message);
        diagnostics.push(finding.label(body.sections[*first].heading_span, "before this"));
        return;
    }
    for section in misplaced.into_iter().map(|index| &body.sections[index]) {
        let message = format!("`{}` is out of place", section.heading);
        let finding = Diagnostic::new(&rules::MISPLACED_SECTION, section.heading_span, message);
        diagnostics.push(finding.hint(format!("sections with headings of your own stand right after `## {heading}`")));
    }
}

fn absent(
    scope: &Scope<'_>,
    expected: &[Expected],
    matched: &[Option<usize>],
    of_subjects: &mut Vec<Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (position, expected) in expected.iter().enumerate().filter(|(_, expected)| expected.spec.required) {
        if !matched.contains(&Some(position)) {
            let end = scope.text.trim_end().len();
            let finding =
                Diagnostic::new(&rules::MISSING_SECTION, scope.span(&(end..end)), format!("no section `{}`", expected.heading));
            let told = if expected.other_heading.is_some() { &mut *of_subjects } else { &mut *diagnostics };
            told.push(finding.hint(format!("add `## {}`", expected.heading)));
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
///
/// Gives the sections that were told.
fn order(body: &Body, expected: &[Expected], matched: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut moved = Vec::new();
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
        moved.push(*index);
        diagnostics.push(match next {
            Some((next, _)) => finding.label(body.sections[next].heading_span, "before this"),
            None => finding,
        });
    }
    moved
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

pub(super) fn text_of(scope: &Scope<'_>, spots: &[Spot<'_>], section: &Section) -> (String, bool) {
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
}
