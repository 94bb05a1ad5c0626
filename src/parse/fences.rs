//! Code samples: what the info string of a fence says, groups of tabs, and whether data parses.

use std::ops::Range;

use super::body::Scope;
use super::sample_syntax;
use crate::model::diagnostic::Diagnostic;
use crate::model::language::{self, Language};
use crate::model::markdown::{CodeBlockKind, Event, Spot, Tag, inside};
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::source::Span;
use crate::model::suggest::nearest;

/// The attributes of a fence.
const ATTRIBUTES: [&str; 4] = ["title", "hl", "tab", "status"];
/// The most samples in a group of tabs; more do not fit a phone.
const MAX_TABS: usize = 4;

/// Every code sample, in order.
pub(super) fn samples(scope: &Scope<'_>, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    let mut previous_end = None;
    let mut group = 0;
    for (index, (event, range)) in spots.iter().enumerate() {
        let Event::Start(Tag::CodeBlock(kind)) = event else { continue };
        let text = inside(spots, index);
        let mut sample = sample(scope, kind, range, diagnostics);
        check_lines(&sample, text, diagnostics);
        sample_syntax::check(scope, &sample, text, diagnostics);
        if sample.tab.is_some() {
            let follows = previous_end == Some(index) && samples.last().is_some_and(|last| last.tab.is_some());
            group += usize::from(!follows);
            sample.tab_group = Some(group);
        }
        previous_end = Some(index + text.len() + 2);
        samples.push(sample);
    }
    tab_groups(&samples, diagnostics);
    samples
}

fn sample(scope: &Scope<'_>, kind: &CodeBlockKind<'_>, range: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Sample {
    let span = scope.span(range);
    let mut sample = Sample {
        span,
        language: &language::TEXT,
        title: None,
        marked_lines: Vec::new(),
        tab: None,
        is_bad: false,
        tab_group: None,
    };
    let CodeBlockKind::Fenced(info) = kind else { return sample };
    let line = scope.text[range.clone()].lines().next().unwrap_or_default();
    let place = |word: &str| {
        let at = range.start + line.find(word).unwrap_or_default();
        scope.span(&(at..at + word.len().min(line.len())))
    };
    let (name, attributes) = info.trim().split_once(char::is_whitespace).unwrap_or((info.trim(), ""));
    if !name.is_empty() {
        sample.language = known(name, place(name), diagnostics);
    }
    match split_attributes(attributes) {
        Ok(attributes) => {
            for (key, value) in attributes {
                set(&mut sample, key, value, place(key), diagnostics);
            }
        }
        Err(rest) => {
            let finding = Diagnostic::new(&rules::INVALID_FENCE, place(rest), format!("`{rest}` is no attribute"));
            diagnostics.push(finding.hint("write attributes as title=\"Probe\" hl=\"2,4-5\" tab=\"Python\" status=bad"));
        }
    }
    sample
}

fn known(name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> &'static Language {
    language::find(name).unwrap_or_else(|| {
        let finding = Diagnostic::new(&rules::UNKNOWN_LANGUAGE, span, format!("no language `{name}`"));
        diagnostics.push(match nearest(name, language::names()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint("write `text` for anything without a language"),
        });
        &language::TEXT
    })
}

/// Splits `title="a b" status=bad`; the error is the part that has no such form.
fn split_attributes(text: &str) -> Result<Vec<(&str, &str)>, &str> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let word = rest.split_whitespace().next().unwrap_or(rest);
        let (key, after) = rest.split_once('=').ok_or(word)?;
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(word);
        }
        let (value, remaining) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(word)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        attributes.push((key, value));
        rest = remaining.trim_start();
    }
    Ok(attributes)
}

fn set(sample: &mut Sample, key: &str, value: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    let mut refuse =
        |message: String, hint: &str| diagnostics.push(Diagnostic::new(&rules::INVALID_FENCE, span, message).hint(hint));
    match key {
        "title" if !value.trim().is_empty() => sample.title = Some(value.trim().to_owned()),
        "tab" if !value.trim().is_empty() => sample.tab = Some(value.trim().to_owned()),
        "status" if value == "bad" => sample.is_bad = true,
        "hl" => match line_ranges(value) {
            Some(ranges) => sample.marked_lines = ranges,
            None => refuse(format!("`{value}` is no list of lines"), "write lines and ranges from 1, as in hl=\"2,4-5\""),
        },
        "title" | "tab" => refuse(format!("`{key}` is empty"), "write a name between quotation marks"),
        "status" => refuse(format!("no status `{value}`"), "the one status is `bad`: a sample that shows what not to do"),
        _ => {
            let hint = match nearest(key, ATTRIBUTES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the attributes are title, hl, tab and status".to_owned(),
            };
            refuse(format!("a code sample has no attribute `{key}`"), &hint);
        }
    }
}

/// Reads `2,4-5` into sorted ranges.
fn line_ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    let mut ranges = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.trim().split_once('-').unwrap_or((part.trim(), part.trim()));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first == 0 || first > last {
            return None;
        }
        ranges.push((first, last));
    }
    ranges.sort_unstable();
    Some(ranges)
}

fn check_lines(sample: &Sample, text: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let count = text.iter().map(|(event, _)| if let Event::Text(text) = event { text.matches('\n').count() } else { 0 }).sum();
    if let Some(&(_, last)) = sample.marked_lines.iter().find(|&&(_, last)| last > count) {
        let span = Span { end: sample.span.start, ..sample.span };
        let message = format!("line {last} is to be marked, but the sample has {count}");
        diagnostics.push(Diagnostic::new(&rules::INVALID_FENCE, span, message));
    }
}

fn tab_groups(samples: &[Sample], diagnostics: &mut Vec<Diagnostic>) {
    for group in samples.chunk_by(|a, b| a.tab_group.is_some() && a.tab_group == b.tab_group) {
        let first = &group[0];
        if first.tab_group.is_none() {
            continue;
        }
        let start = Span { end: first.span.start, ..first.span };
        if !(2..=MAX_TABS).contains(&group.len()) {
            let message = format!("a group of {} tabs; it must have two to {MAX_TABS}", group.len());
            let finding = Diagnostic::new(&rules::TAB_GROUP, start, message);
            diagnostics.push(finding.hint("give neighbouring samples of one task `tab=`, or use `title=` alone"));
        }
        for (index, sample) in group.iter().enumerate() {
            if group[..index].iter().any(|other| other.tab == sample.tab) {
                let span = Span { end: sample.span.start, ..sample.span };
                let message = format!("two tabs of one group are called `{}`", sample.tab.as_deref().unwrap_or_default());
                diagnostics.push(Diagnostic::new(&rules::TAB_GROUP, span, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_words_with_values() {
        assert_eq!(
            split_attributes(r#"title="a b" status=bad hl="2,4-5""#),
            Ok(vec![("title", "a b"), ("status", "bad"), ("hl", "2,4-5")])
        );
        for text in ["{.x onclick=1}", "title=\"a", "bare", "=x"] {
            assert!(split_attributes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lines_are_numbers_and_ranges_from_one() {
        assert_eq!(line_ranges("4-5,2"), Some(vec![(2, 2), (4, 5)]));
        for text in ["0", "5-4", "a", "", "1,,2"] {
            assert_eq!(line_ranges(text), None, "{text}");
        }
    }
}
