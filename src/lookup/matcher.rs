//! Text → hits: codes and signatures, line by line. A door to aho-corasick.
//!
//! A text is searched once for anchors (and for what makes a line one that must be read closely); only lines that have one are looked at.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::anchors::MAX_ANCHOR;
use super::lines::{Reading, Window, readings};
use crate::model::lookup::{Hit, LookupIndex, Reason};
use crate::model::pattern::is_word_byte;

/// How many bytes before a code are looked at for the word that it needs.
const CONTEXT: usize = 64;
/// How long a text may be that is looked up as one code, in bytes.
const MAX_WHOLE: usize = 100;

/// How many anchors there may be for the automaton that is fastest and takes most memory.
const MAX_NEEDLES_OF_DFA: usize = 4000;

/// An index, ready to be asked.
pub struct Lookup<'i> {
    pub(super) index: &'i LookupIndex,
    by_anchor: HashMap<&'i str, Anchored>,
    longest_anchor: usize,
    /// Signatures without an anchor.
    unanchored: Vec<usize>,
    /// Anchors, and what makes a line one that must be read closely; `None` where there is nothing to find.
    automaton: Option<AhoCorasick>,
}

/// What an anchor stands for.
#[derive(Default)]
struct Anchored {
    codes: Vec<usize>,
    signatures: Vec<usize>,
}

/// Something that was recognised.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) entry: usize,
    pub(super) reason: Reason,
    pub(super) line: usize,
    pub(super) range: Range<usize>,
    /// How many characters are alike.
    pub(super) strength: usize,
}

impl<'i> Lookup<'i> {
    /// Prepares an index.
    pub fn new(index: &'i LookupIndex) -> Self {
        let mut by_anchor: HashMap<&str, Anchored> = HashMap::new();
        for (at, code) in index.codes.iter().enumerate().filter(|(_, code)| !code.anchor.is_empty()) {
            by_anchor.entry(&code.anchor).or_default().codes.push(at);
        }
        let mut unanchored = Vec::new();
        for (at, signature) in index.signatures.iter().enumerate() {
            if signature.anchors.is_empty() {
                unanchored.push(at);
            }
            for anchor in &signature.anchors {
                by_anchor.entry(anchor).or_default().signatures.push(at);
            }
        }
        let codes = index.codes.iter().map(|code| code.anchor.as_str()).filter(|anchor| !anchor.is_empty());
        let anchors = index.signatures.iter().flat_map(|signature| &signature.anchors).map(String::as_str);
        let mut needles: Vec<&str> = codes.chain(anchors).chain(["\u{1b}", "\\u"]).collect();
        needles.sort_unstable();
        needles.dedup();
        // It fails only on sets far larger than any site's; then every line is read closely.
        // The fastest automaton, unless it would grow large.
        let kind = (needles.len() <= MAX_NEEDLES_OF_DFA).then_some(AhoCorasickKind::DFA);
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).kind(kind).build(needles);
        let automaton = builder.ok();
        let longest_anchor = by_anchor.keys().map(|anchor| anchor.len()).max().unwrap_or_default();
        Self { index, by_anchor, longest_anchor, unanchored, automaton }
    }

    /// The guides that a text is recognised as, best first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let mut found = self.whole(text);
        self.scan(text.as_bytes(), &mut |hit| found.push(hit));
        ranked(found)
    }

    /// Codes that a text consists of: `503`, `[50076]`.
    fn whole(&self, text: &str) -> Vec<Found> {
        let code = text.trim_matches([' ', '\t', '\r', '\n', '"', '\'', '`', '(', ')', '[', ']', ',', ';', '.', ':']);
        if code.is_empty() || code.len() > MAX_WHOLE {
            return Vec::new();
        }
        let start = text.find(code).unwrap_or_default();
        let before = &text[..start];
        let line = before.matches('\n').count();
        let column = start - before.rfind('\n').map_or(0, |at| at + 1);
        let is_it = |(_, known): &(usize, &crate::model::lookup::LookupCode)| known.text.eq_ignore_ascii_case(code);
        let found = self.index.codes.iter().enumerate().filter(is_it).map(|(_, known)| Found {
            entry: known.entry,
            reason: Reason::Code,
            line,
            range: column..column + code.len(),
            strength: code.chars().count(),
        });
        found.collect()
    }

    /// Tells everything that is recognised in a text, line by line.
    pub(super) fn scan(&self, text: &[u8], take: &mut dyn FnMut(Found)) {
        let mut lines = Lines::new(text);
        let mut at = 0;
        while let Some(hit) = self.next_close_line(text, at) {
            lines.go_to(hit);
            self.line(&lines, take);
            at = lines.end + 1;
        }
        self.seams(text, take);
    }

    /// The next place in a line that must be read closely.
    fn next_close_line(&self, text: &[u8], mut at: usize) -> Option<usize> {
        let Some(automaton) = self.automaton.as_ref().filter(|_| self.unanchored.is_empty()) else {
            return (at < text.len()).then_some(at);
        };
        loop {
            let hit = automaton.find(text.get(at..)?)?;
            let (start, end) = (at + hit.start(), at + hit.end());
            let is_word = |place: Option<usize>| place.and_then(|place| text.get(place)).is_some_and(|byte| is_word_byte(*byte));
            let stands_alone = !is_word(start.checked_sub(1)) && !is_word(Some(end));
            // Beside an escape a word may stand alone that does not seem to.
            if stands_alone || !is_word_byte(text[start]) || line_of(text, start).contains(&b'\\') {
                return Some(start);
            }
            at = start + 1;
        }
    }

    fn line(&self, lines: &Lines<'_>, take: &mut dyn FnMut(Found)) {
        let raw = lines.here();
        let own = readings(&raw);
        let mut candidates = self.unanchored.clone();
        for reading in &own {
            let window = Window::alone(lines.number, reading);
            for word in self.anchors(&window.text) {
                let Some(anchored) = self.anchored(&window.text[word.clone()]) else { continue };
                candidates.extend(&anchored.signatures);
                self.codes(&window, word, &anchored.codes, take);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        if candidates.is_empty() {
            return;
        }
        let (before, after) = (lines.before(), lines.after());
        let (before, after) = (before.as_deref().map(readings), after.as_deref().map(readings));
        let windows = windows(lines.number, before.as_deref(), &own, after.as_deref());
        for signature in candidates {
            if let Some(found) = windows.iter().find_map(|window| self.signature(window, lines.number, signature)) {
                take(found);
            }
        }
    }

    /// Words that a line's end cut in two, as terminals do.
    fn seams(&self, text: &[u8], take: &mut dyn FnMut(Found)) {
        let mut number = 0;
        let mut rest = 0;
        while let Some(length) = text[rest..].iter().position(|byte| *byte == b'\n') {
            let end = rest + length;
            let last = if text[..end].ends_with(b"\r") { end - 1 } else { end };
            let is_cut = text[rest..last].last().is_some_and(|byte| is_word_byte(*byte));
            if is_cut
                && text.get(end + 1).is_some_and(|byte| is_word_byte(*byte))
                && self.may_be_seam(&text[rest..last], &text[end + 1..])
            {
                self.seam(&Lines { text, start: rest, end, number }, take);
            }
            rest = end + 1;
            number += 1;
        }
    }

    /// Whether the word around a seam is an anchor.
    fn may_be_seam(&self, before: &[u8], after: &[u8]) -> bool {
        let left = before.iter().rev().take_while(|byte| is_word_byte(**byte)).take(self.longest_anchor).count();
        let right = after.iter().take_while(|byte| is_word_byte(**byte)).take(self.longest_anchor).count();
        if left + right > self.longest_anchor {
            return false;
        }
        let mut buffer = [0; MAX_ANCHOR];
        let Some(word) = buffer.get_mut(..left + right) else { return false };
        word[..left].copy_from_slice(&before[before.len() - left..]);
        word[left..].copy_from_slice(&after[..right]);
        std::str::from_utf8(word).is_ok_and(|word| self.anchored(word).is_some())
    }

    fn seam(&self, lines: &Lines<'_>, take: &mut dyn FnMut(Found)) {
        let (here, Some(after)) = (lines.here(), lines.after()) else { return };
        let (here, after) = (readings(&here), readings(&after));
        let window = Window::joined(&[(lines.number, &here[0]), (lines.number + 1, &after[0])], "");
        let seam = window.start_of(lines.number + 1);
        let around = |word: &Range<usize>| word.start < seam && seam < word.end;
        let Some(word) = words(&window.text).find(around) else { return };
        let Some(anchored) = self.anchored(&window.text[word.clone()]) else { return };
        self.codes(&window, word, &anchored.codes, take);
        for signature in &anchored.signatures {
            if let Some(found) = self.signature(&window, lines.number, *signature) {
                take(found);
            }
        }
    }

    /// The words of a text that are anchors; every word where there is no automaton.
    fn anchors<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = Range<usize>> + 't> {
        // Behind a backslash the needle `\\u` would take the first letter of a word.
        let Some(automaton) = self.automaton.as_ref().filter(|_| !text.contains('\\')) else { return Box::new(words(text)) };
        let bytes = text.as_bytes();
        let is_word = |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_some_and(|byte| is_word_byte(*byte));
        let stands_alone = move |word: &Range<usize>| !is_word(word.start.checked_sub(1)) && !is_word(Some(word.end));
        Box::new(automaton.find_iter(text).map(|hit| hit.range()).filter(stands_alone))
    }

    fn anchored(&self, word: &str) -> Option<&Anchored> {
        if word.len() > self.longest_anchor {
            return None;
        }
        let mut buffer = [0; MAX_ANCHOR];
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.by_anchor.get(std::str::from_utf8(lower).ok()?)
    }

    /// The codes around one word of a text.
    fn codes(&self, window: &Window<'_>, word: Range<usize>, codes: &[usize], take: &mut dyn FnMut(Found)) {
        let text = window.text.as_ref();
        for code in codes.iter().map(|at| &self.index.codes[*at]) {
            let lead = code.text.to_ascii_lowercase().find(&code.anchor).unwrap_or_default();
            let Some(start) = word.start.checked_sub(lead) else { continue };
            let range = start..start + code.text.len();
            // Codes of nothing but letters are words in other letter case.
            let is_exact = code.context.is_none() && code.text.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_same = |there: &str| if is_exact { there == code.text } else { there.eq_ignore_ascii_case(&code.text) };
            let is_it = text.get(range.clone()).is_some_and(is_same);
            if !is_it || !stands_alone(text, &range) {
                continue;
            }
            let context = code.context.map(|at| &self.index.contexts[at].pattern);
            if context.is_none_or(|context| context.is_match(before(text, start))) {
                let (line, place) = window.place(range);
                let strength = code.text.chars().count();
                take(Found { entry: code.entry, reason: Reason::Code, line, range: place, strength });
            }
        }
    }

    /// A signature in a window, where it covers something of the line that the window is for.
    fn signature(&self, window: &Window<'_>, line: usize, signature: usize) -> Option<Found> {
        let signature = &self.index.signatures[signature];
        let range = signature.pattern.find(&window.text).filter(|range| !range.is_empty() && window.touches(range, line))?;
        let strength = window.text[range.clone()].chars().count();
        let (line, place) = window.place(range);
        Some(Found { entry: signature.entry, reason: Reason::Signature, line, range: place, strength })
    }
}

/// What a message in a line may be read from, nearest first: the line, then the line with its neighbours.
fn windows<'r>(
    line: usize,
    before: Option<&'r [Reading<'r>]>,
    own: &'r [Reading<'r>],
    after: Option<&'r [Reading<'r>]>,
) -> Vec<Window<'r>> {
    let mut windows: Vec<Window<'_>> = own.iter().map(|reading| Window::alone(line, reading)).collect();
    let before = before.and_then(<[_]>::last).map(|reading| (line.wrapping_sub(1), reading));
    let after = after.and_then(<[_]>::last).map(|reading| (line + 1, reading));
    let Some(own) = own.last().map(|reading| (line, reading)) else { return windows };
    for separator in [" ", ""] {
        windows.extend(after.map(|after| Window::joined(&[own, after], separator)));
        windows.extend(before.map(|before| Window::joined(&[before, own], separator)));
        windows.extend(before.zip(after).map(|(before, after)| Window::joined(&[before, own, after], separator)));
    }
    windows
}

/// The words of a text: runs of ASCII letters, digits and `_`.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| is_word_byte(*byte))?;
        let length = bytes[start..].iter().position(|byte| !is_word_byte(*byte)).unwrap_or(bytes.len() - start);
        at = start + length;
        Some(start..at)
    })
}

/// Whether a code is not a part of something longer: a word, or a number with a point or hyphen.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let at = |place: Option<usize>| place.and_then(|place| bytes.get(place)).copied().unwrap_or(b' ');
    let (first, last) = (bytes[range.start], bytes[range.end - 1]);
    let (before, after) = (at(range.start.checked_sub(1)), at(Some(range.end)));
    let prolongs = |byte: u8| byte == b'.' || byte == b'-';
    let begins = first.is_ascii_digit() && prolongs(before);
    let goes_on = last.is_ascii_digit() && prolongs(after) && at(Some(range.end + 1)).is_ascii_digit();
    !is_word_byte(before) && !is_word_byte(after) && !begins && !goes_on
}

/// What stands before a place, as far as a context may reach.
fn before(text: &str, place: usize) -> &str {
    let mut start = place.saturating_sub(CONTEXT);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..place]
}

fn line_of(text: &[u8], at: usize) -> &[u8] {
    let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = text[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |length| at + length);
    &text[start..end]
}

/// A place in a text, line by line.
struct Lines<'t> {
    text: &'t [u8],
    start: usize,
    end: usize,
    /// The number of the line, from 0.
    number: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t [u8]) -> Self {
        let mut lines = Self { text, start: 0, end: 0, number: 0 };
        lines.end = lines.end_of(0);
        lines
    }

    /// Goes on to the line of a later place.
    fn go_to(&mut self, place: usize) {
        let passed = &self.text[self.start..place];
        self.number += count_lines(passed);
        self.start = passed.iter().rposition(|byte| *byte == b'\n').map_or(self.start, |end| self.start + end + 1);
        self.end = self.end_of(self.start);
    }

    fn end_of(&self, start: usize) -> usize {
        self.text[start..].iter().position(|byte| *byte == b'\n').map_or(self.text.len(), |length| start + length)
    }

    fn here(&self) -> std::borrow::Cow<'t, str> {
        String::from_utf8_lossy(&self.text[self.start..self.end])
    }

    fn before(&self) -> Option<std::borrow::Cow<'t, str>> {
        let end = self.start.checked_sub(1)?;
        let start = self.text[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Some(String::from_utf8_lossy(&self.text[start..end]))
    }

    fn after(&self) -> Option<std::borrow::Cow<'t, str>> {
        let start = self.end + 1;
        (start < self.text.len()).then(|| String::from_utf8_lossy(&self.text[start..self.end_of(start)]))
    }
}

/// How many lines end in a text.
pub(super) fn count_lines(text: &[u8]) -> usize {
    // In blocks whose sums fit a byte, which compilers turn into wide instructions.
    text.chunks(255).map(|block| usize::from(block.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>())).sum()
}

/// One hit a guide: its first line, its longest match there; guides by first appearance, then the longest match.
fn ranked(mut found: Vec<Found>) -> Vec<Hit> {
    let order = |found: &Found| (found.line, std::cmp::Reverse(found.strength), found.range.start, found.reason, found.entry);
    found.sort_by_key(order);
    let mut hits: Vec<Hit> = Vec::new();
    let mut lines: HashMap<usize, usize> = HashMap::new();
    for found in found {
        let last = lines.insert(found.entry, found.line);
        match hits.iter_mut().find(|hit| hit.entry == found.entry) {
            Some(hit) if last != Some(found.line) => hit.count += 1,
            Some(_) => {}
            None => {
                hits.push(Hit { entry: found.entry, reason: found.reason, line: found.line + 1, range: found.range, count: 1 });
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_numbers_stand_not_alone() {
        let alone = |text: &str, code: &str| {
            let start = text.find(code).unwrap_or_default();
            stands_alone(text, &(start..start + code.len()))
        };
        for (text, code) in [("HTTP 503.", "503"), ("(503)", "503"), ("x=AADSTS1-a", "AADSTS1"), ("code -32000,", "-32000")] {
            assert!(alone(text, code), "{text}");
        }
        for (text, code) in
            [("503.1", "503"), ("10.503", "503"), ("5031", "503"), ("a-503", "503"), ("a503", "503"), ("2026-32000", "-32000")]
        {
            assert!(!alone(text, code), "{text}");
        }
    }
}
