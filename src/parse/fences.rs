//! Code samples: what the info string of a fence says, groups of tabs, and whether data parses.

use std::ops::Range;

use super::body::Scope;
use super::{sample_syntax, secrets};
use crate::model::diagnostic::Diagnostic;
use crate::model::language::{self, Language};
use crate::model::markdown::{CodeBlockKind, Event, Spot, Tag, inside};
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::source::Span;
use crate::model::suggest::nearest;
use crate::model::words::counted;

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
        let lines =
            text.iter().map(|(event, _)| if let Event::Text(text) = event { text.matches('\n').count() } else { 0 }).sum();
        let mut fence = Fence { scope, range, lines, diagnostics };
        let mut sample = fence.sample(kind);
        sample_syntax::check(scope, &sample, text, diagnostics);
        secrets::check(scope, &sample, diagnostics);
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

/// A fence that is never closed and took the rest of the body with it; what stands in it cannot be told from code.
pub(super) fn unclosed(scope: &Scope<'_>, spots: &[Spot<'_>]) -> Option<Diagnostic> {
    let ends_last = |range: &Range<usize>| scope.text[range.end..].trim().is_empty();
    let last = spots.iter().rev().find(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))));
    let (_, range) = last.filter(|(_, range)| ends_last(range))?;
    let marks = open_marks(&scope.text[range.clone()])?;
    Some(never_closed(scope, range.start, marks))
}

/// The marks that open a fence, where no line closes it.
fn open_marks(block: &str) -> Option<&str> {
    let line = block.lines().next().unwrap_or_default();
    let marks = &line[..line.len() - line.trim_start_matches(['`', '~']).len()];
    let last = block.trim_end().lines().next_back().unwrap_or_default().trim_start_matches(['>', ' ']);
    let is_closed = block.trim_end().contains('\n') && last.starts_with(marks) && last.trim_matches(['`', '~']).is_empty();
    (!is_closed).then_some(marks)
}

fn never_closed(scope: &Scope<'_>, start: usize, marks: &str) -> Diagnostic {
    let span = scope.span(&(start..start + marks.len()));
    Diagnostic::new(&rules::INVALID_FENCE, span, "this code sample is never closed")
        .hint(format!("end it with a line of {marks}"))
}

/// One fence as it is read.
struct Fence<'a> {
    scope: &'a Scope<'a>,
    range: &'a Range<usize>,
    /// How many lines of code it holds.
    lines: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// One attribute: its key, its value, and the byte of the info string where it starts.
#[derive(Debug, PartialEq, Eq)]
struct Attribute<'t> {
    key: &'t str,
    value: &'t str,
    at: usize,
}

impl Fence<'_> {
    fn sample(&mut self, kind: &CodeBlockKind<'_>) -> Sample {
        let mut sample = Sample {
            span: self.scope.span(self.range),
            language: &language::TEXT,
            title: None,
            marked_lines: Vec::new(),
            tab: None,
            is_bad: false,
            tab_group: None,
        };
        if !matches!(kind, CodeBlockKind::Fenced(_)) {
            return sample;
        }
        let block = &self.scope.text[self.range.clone()];
        let line = block.lines().next().unwrap_or_default();
        let info = line.trim_start_matches(['`', '~', ' ']);
        let base = self.range.start + line.len() - info.len();
        let info = info.trim_end();
        self.diagnostics.extend(open_marks(block).map(|marks| never_closed(self.scope, self.range.start, marks)));
        self.check_inner(block, &line[..line.len() - line.trim_start_matches(['`', '~']).len()]);
        let name = info.split_whitespace().next().unwrap_or_default();
        let is_language = !name.is_empty() && !name.contains('=');
        if is_language {
            sample.language = self.known(name, base);
        } else if !name.is_empty() {
            let span = self.scope.span(&(base..base + name.len()));
            let finding = Diagnostic::new(&rules::UNKNOWN_LANGUAGE, span, "a code sample with attributes and without a language");
            self.diagnostics.push(finding.hint("write the language first; `text` for anything without one"));
        }
        let attributes = if is_language { &info[name.len()..] } else { info };
        let attributes_base = base + info.len() - attributes.len();
        match split_attributes(attributes) {
            Ok(attributes) => {
                for (index, attribute) in attributes.iter().enumerate() {
                    let place = attributes_base + attribute.at..attributes_base + attribute.at + attribute.key.len();
                    if attributes[..index].iter().any(|other| other.key == attribute.key) {
                        self.refuse(&place, format!("`{}` stands twice", attribute.key), "keep one");
                    } else {
                        self.set(&mut sample, attribute, &place);
                    }
                }
            }
            Err((at, word)) => {
                let place = attributes_base + at..attributes_base + at + word.len();
                let hint = "write attributes as title=\"Probe\" hl=\"2,4-5\" tab=\"Python\" status=bad";
                self.refuse(&place, format!("`{word}` is no attribute"), hint);
            }
        }
        sample
    }

    fn refuse(&mut self, place: &Range<usize>, message: String, hint: impl Into<String>) {
        let finding = Diagnostic::new(&rules::INVALID_FENCE, self.scope.span(place), message);
        self.diagnostics.push(finding.hint(hint));
    }

    /// A line inside that opens another sample: the line that closes this one is missing.
    fn check_inner(&mut self, block: &str, marks: &str) {
        let mut at = self.range.start;
        for line in block.split_inclusive('\n').skip_while(|line| line.trim_end().is_empty()) {
            let opened = line.trim_start_matches(['>', ' ']).strip_prefix(marks).filter(|_| at > self.range.start);
            let name = opened.map(|info| info.split_whitespace().next().unwrap_or_default());
            if name.is_some_and(|name| language::find(name).is_some()) {
                let hint = format!("end the sample above with a line of {marks}, or open it with more of them to show this line");
                self.refuse(&(at..at + line.trim_end().len()), "a sample begins inside another".to_owned(), hint);
            }
            at += line.len();
        }
    }

    fn known(&mut self, name: &str, at: usize) -> &'static Language {
        language::find(name).unwrap_or_else(|| {
            let span = self.scope.span(&(at..at + name.len()));
            let finding = Diagnostic::new(&rules::UNKNOWN_LANGUAGE, span, format!("no language `{name}`"));
            self.diagnostics.push(match nearest(name, language::names()) {
                Some(near) => finding.respelt(name, Some(near)),
                None => finding.hint("write `text` for anything without a language"),
            });
            &language::TEXT
        })
    }

    fn set(&mut self, sample: &mut Sample, attribute: &Attribute<'_>, place: &Range<usize>) {
        let value = attribute.value.trim();
        match attribute.key {
            "title" if !value.is_empty() => sample.title = Some(value.to_owned()),
            "tab" if !value.is_empty() => sample.tab = Some(value.to_owned()),
            "status" if value == "bad" => sample.is_bad = true,
            "hl" => match line_ranges(value) {
                Some(ranges) => {
                    if let Some((_, last)) = ranges.iter().find(|(_, last)| *last > self.lines) {
                        let message = format!("line {last} is to be marked, but the sample has {}", self.lines);
                        self.refuse(place, message, "count the lines of the sample from 1");
                    }
                    sample.marked_lines = ranges;
                }
                None => self.refuse(
                    place,
                    format!("`{value}` is no list of lines"),
                    "write lines and ranges from 1, as in hl=\"2,4-5\"",
                ),
            },
            "title" | "tab" => {
                self.refuse(place, format!("`{}` is empty", attribute.key), "write a name between quotation marks");
            }
            "status" => {
                self.refuse(place, format!("no status `{value}`"), "the one status is `bad`: a sample that shows what not to do");
            }
            key => {
                let message = format!("a code sample has no attribute `{key}`");
                let finding = Diagnostic::new(&rules::INVALID_FENCE, self.scope.span(place), message);
                self.diagnostics.push(match nearest(key, ATTRIBUTES) {
                    Some(near) => finding.respelt(key, Some(near)),
                    None => finding.hint("the attributes are title, hl, tab and status"),
                });
            }
        }
    }
}

/// Splits `title="a b" status=bad`; the error is the part that has no such form, with its place.
fn split_attributes(text: &str) -> Result<Vec<Attribute<'_>>, (usize, &str)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let word = rest.split_whitespace().next().unwrap_or(rest);
        let (key, after) = rest.split_once('=').ok_or((at, word))?;
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err((at, word));
        }
        let (value, remaining) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or((at, word))?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        attributes.push(Attribute { key, value, at });
        rest = remaining.trim_start();
    }
    Ok(attributes)
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

fn tab_groups(samples: &[Sample], diagnostics: &mut Vec<Diagnostic>) {
    for group in samples.chunk_by(|a, b| a.tab_group.is_some() && a.tab_group == b.tab_group) {
        let first = &group[0];
        if first.tab_group.is_none() {
            continue;
        }
        let start = Span { end: first.span.start, ..first.span };
        if !(2..=MAX_TABS).contains(&group.len()) {
            let message = format!("a group of {}; it must have two to four", counted(group.len(), "tab"));
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
        let attributes = split_attributes(r#" title="a b" status=bad"#);
        let expected = [Attribute { key: "title", value: "a b", at: 1 }, Attribute { key: "status", value: "bad", at: 13 }];
        assert_eq!(attributes, Ok(expected.into()));
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
