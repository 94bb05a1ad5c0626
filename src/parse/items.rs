//! Items of sections that are lists: causes, fixes, workarounds, steps of a diagnosis. Each gets an anchor of its own.

use std::ops::Range;

use super::body::{Scope, ends_block, within};
use crate::model::anchor::{Anchors, anchor};
use crate::model::body::{Item, MissingSection, Section};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::SectionKind;
use crate::model::markdown::{Event, Spot, Tag, TagEnd, inside, push_plain};
use crate::model::rules;

/// How a section's items are made.
struct Form {
    /// What their anchors begin with.
    prefix: &'static str,
    /// Whether a list may stand here that belongs to the next section, whose heading is missing; that was told.
    is_next_missing: bool,
    /// Whether the list must be there and numbered, there and not numbered, or is free.
    list: List,
    /// Whether each must start with bold text.
    needs_lead: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Free,
    Bullets,
    Numbered,
}

fn form(kind: SectionKind, missing: &[MissingSection]) -> Option<Form> {
    let prefix = kind.item_prefix()?;
    let (list, needs_lead, next) = match kind {
        SectionKind::Causes => (List::Bullets, true, [SectionKind::Fix, SectionKind::Diagnosis]),
        SectionKind::Fix => (List::Numbered, true, [SectionKind::Diagnosis, SectionKind::Examples]),
        SectionKind::Diagnosis => (List::Numbered, false, [SectionKind::Examples, SectionKind::Verify]),
        _ => (List::Free, false, [SectionKind::Diagnosis, SectionKind::Examples]),
    };
    let is_next_missing = missing.iter().any(|missing| next.contains(&missing.kind));
    Some(Form { prefix, is_next_missing, list, needs_lead })
}

/// The items of a section's top-level lists.
pub(super) fn items(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    section: &Section,
    missing: &[MissingSection],
    anchors: &mut Anchors,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let Some(form) = form(section.kind, missing) else { return Vec::new() };
    let spots = within(scope, spots, section.content);
    let mut items = Vec::new();
    let mut has_list = false;
    for (index, start, range) in top_lists(spots) {
        let fits = match form.list {
            List::Free => true,
            List::Bullets => start.is_none(),
            List::Numbered => start.is_some(),
        };
        if !fits && has_list && form.is_next_missing {
            continue;
        }
        if !fits {
            let wanted = if form.list == List::Bullets { "bullets" } else { "numbered" };
            let message = format!("the list of `{}` must be {wanted}", section.heading);
            let start = range.start..(range.start + 1).min(range.end);
            diagnostics.push(Diagnostic::new(&rules::SECTION_FORM, scope.span(&start), message));
        }
        has_list = true;
        // A list of the wrong form is told as such, not item by item.
        let form = Form { needs_lead: form.needs_lead && fits, ..form };
        items_of(scope, inside(spots, index), &form, anchors, diagnostics, &mut items);
    }
    let is_written = spots.iter().any(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
    if !has_list && form.list != List::Free && is_written {
        let wanted = if form.list == List::Bullets { "a list of bullets" } else { "a numbered list" };
        let message = format!("`{}` must be {wanted}", section.heading);
        diagnostics.push(Diagnostic::new(&rules::SECTION_FORM, section.heading_span, message));
    }
    items
}

/// The lists of a section that lie in nothing else: index of their start, first number, range.
fn top_lists<'s>(spots: &'s [Spot<'_>]) -> Vec<(usize, Option<u64>, &'s Range<usize>)> {
    let mut lists = Vec::new();
    let mut depth = 0usize;
    for (index, (event, range)) in spots.iter().enumerate() {
        match event {
            Event::Start(Tag::List(start)) if depth == 0 => lists.push((index, *start, range)),
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lists
}

fn items_of(
    scope: &Scope<'_>,
    list: &[Spot<'_>],
    form: &Form,
    anchors: &mut Anchors,
    diagnostics: &mut Vec<Diagnostic>,
    items: &mut Vec<Item>,
) {
    let mut index = 0;
    while index < list.len() {
        if matches!(list[index].0, Event::Start(Tag::Item)) {
            let content = inside(list, index);
            items.push(item(scope, content, list[index].1.clone(), form, anchors, items.len() + 1, diagnostics));
            index += content.len();
        }
        index += 1;
    }
}

fn item(
    scope: &Scope<'_>,
    content: &[Spot<'_>],
    range: Range<usize>,
    form: &Form,
    anchors: &mut Anchors,
    number: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Item {
    let (lead, rest) = lead(content);
    let span = scope.span(&super::body::trimmed(scope.text, &range));
    if lead.is_none() && form.needs_lead && !form.is_next_missing {
        let finding = Diagnostic::new(&rules::MISSING_LEAD, span, "this item does not start with bold text");
        let mark = if form.list == List::Numbered { "1." } else { "-" };
        diagnostics.push(finding.hint(format!("start it with what it is about: {mark} **Clock is wrong.** …")));
    }
    let hint = first_sentence(rest);
    let name = match &lead {
        Some(lead) => anchor(lead),
        None if form.needs_lead => anchor(&hint),
        None => number.to_string(),
    };
    Item { anchor: anchors.take(&format!("{}-{name}", form.prefix)), lead, hint, span }
}

/// The bold text that an item starts with, without its final punctuation, and the events after it.
fn lead<'s, 'src>(content: &'s [Spot<'src>]) -> (Option<String>, &'s [Spot<'src>]) {
    let start = usize::from(matches!(content.first(), Some((Event::Start(Tag::Paragraph), _))));
    if !matches!(content.get(start), Some((Event::Start(Tag::Strong), _))) {
        return (None, content);
    }
    let mut text = String::new();
    let strong = inside(content, start);
    strong.iter().for_each(|(event, _)| push_plain(&mut text, event));
    let text = text.trim().trim_end_matches(['.', ':', ',', ';']).to_owned();
    let rest = &content[(start + strong.len() + 2).min(content.len())..];
    (Some(text).filter(|text| !text.is_empty()), rest)
}

/// The first sentence of inline events, up to the end of their block.
fn first_sentence(spots: &[Spot<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in spots {
        if ends_block(event)
            || matches!(event, Event::Start(Tag::List(_) | Tag::CodeBlock(_)))
            || matches!(event, Event::End(TagEnd::List(_)))
        {
            break;
        }
        push_plain(&mut text, event);
    }
    let text = text.trim();
    let end =
        text.match_indices(". ").map(|(at, _)| at + 1).find(|&at| !text[..at].ends_with("e.g.") && !text[..at].ends_with("i.e."));
    text[..end.unwrap_or(text.len())].to_owned()
}
