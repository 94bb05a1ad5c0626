//! Patterns of signatures: how messages are recognised in logs. A door to regex and to regex-syntax.

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

/// Patterns larger than this once compiled are refused, in bytes.
const MAX_COMPILED: usize = 1 << 20;

/// A compiled pattern. `\d`, `\w` and `\b` mean ASCII, as in JavaScript.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    literal: Option<String>,
    signs: Vec<Vec<String>>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Why it is no regular expression, or that it is too large, as one line.
    pub fn compile(pattern: &str) -> Result<Self, String> {
        Self::of_translated(&as_javascript(pattern))
    }

    /// Compiles a pattern that must match a whole text.
    ///
    /// # Errors
    /// As [`Pattern::compile`].
    pub fn compile_whole(pattern: &str) -> Result<Self, String> {
        Self::of_translated(&format!("^(?:{})$", as_javascript(pattern)))
    }

    fn of_translated(pattern: &str) -> Result<Self, String> {
        let regex = regex::RegexBuilder::new(pattern).size_limit(MAX_COMPILED).build().map_err(|error| reason(&error))?;
        let parsed = regex_syntax::parse(pattern).ok();
        let literal = parsed.as_ref().and_then(longest_literal);
        let signs = parsed.as_ref().map(all_signs).unwrap_or_default();
        Ok(Self { regex, literal, signs })
    }

    /// Whether the pattern is found in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Where the pattern is found in a text: the first group where it has one, the match as a whole otherwise.
    pub fn find_all(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let group = |captures: regex::Captures<'_>| captures.get(1).or_else(|| captures.get(0)).map(|found| found.range());
        self.regex.captures_iter(text).filter_map(group).collect()
    }

    /// Where the pattern is first found in a text, as a whole.
    pub fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        self.regex.find(text).map(|found| found.range())
    }

    /// Sets of words, in lower case: every match contains at least one word of each set, standing alone.
    ///
    /// A word is a run of ASCII letters, digits and `_`. One at an end of the pattern is taken to stand alone.
    pub fn signs(&self) -> &[Vec<String>] {
        &self.signs
    }

    /// The longest text that every match contains; `None` where there is no such text.
    pub fn literal(&self) -> Option<&str> {
        self.literal.as_deref()
    }
}

/// Gives a pattern the meaning it has in JavaScript: Rust's classes and boundaries are Unicode's, JavaScript's are ASCII's.
pub(super) fn as_javascript(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    let mut in_class = false;
    while let Some(c) = characters.next() {
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            '\\' => {
                let escaped = characters.next().unwrap_or('\\');
                translated.push_str(&match (escaped, in_class) {
                    ('d', true) => "0-9".to_owned(),
                    ('w', true) => "0-9A-Za-z_".to_owned(),
                    ('d', false) => "[0-9]".to_owned(),
                    ('D', false) => "[^0-9]".to_owned(),
                    ('w', false) => "[0-9A-Za-z_]".to_owned(),
                    ('W', false) => "[^0-9A-Za-z_]".to_owned(),
                    ('b', false) => r"(?-u:\b)".to_owned(),
                    (other, _) => format!("\\{other}"),
                });
                continue;
            }
            _ => {}
        }
        translated.push(c);
    }
    translated
}

/// The last line of regex's multi-line message says what is wrong.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large once compiled".to_owned(),
        other => {
            let text = other.to_string();
            let line = text.lines().last().unwrap_or_default();
            line.strip_prefix("error: ").unwrap_or(line).to_owned()
        }
    }
}

/// Whether a byte is part of a word: an ASCII letter, a digit or `_`.
pub fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The signs of a pattern: of its parts, and the words of all texts that it can start with, where those are few.
fn all_signs(hir: &Hir) -> Vec<Vec<String>> {
    let prefixes = regex_syntax::hir::literal::Extractor::new().extract(hir);
    let longest = |literal: &regex_syntax::hir::literal::Literal| {
        let text = literal.as_bytes();
        // What goes on behind an end that is not the pattern's own may prolong the last word.
        let whole = if literal.is_exact() { text } else { &text[..text.iter().rposition(|byte| !is_word_byte(*byte))?] };
        let words = whole.split(|byte| !is_word_byte(*byte)).filter(|word| !word.is_empty());
        words.max_by_key(|word| word.len()).map(|word| String::from_utf8_lossy(word).to_ascii_lowercase())
    };
    let mut words: Vec<String> =
        prefixes.literals().and_then(|literals| literals.iter().map(longest).collect()).unwrap_or_default();
    words.sort_unstable();
    words.dedup();
    let mut all = signs(hir);
    all.extend((!words.is_empty()).then_some(words));
    all
}

fn signs(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(_) => signs_of_row(std::slice::from_ref(hir)),
        HirKind::Concat(parts) => signs_of_row(parts),
        HirKind::Capture(capture) => signs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => signs(&repetition.sub),
        HirKind::Alternation(branches) => signs_of_branches(&branches.iter().map(signs).collect::<Vec<_>>()),
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}

/// One branch or another is taken: what all of them have, and a word of each. Which word of a branch, the length decides.
fn signs_of_branches(branches: &[Vec<Vec<String>>]) -> Vec<Vec<String>> {
    let Some((first, others)) = branches.split_first() else { return Vec::new() };
    let mut shared: Vec<Vec<String>> =
        first.iter().filter(|words| others.iter().all(|branch| branch.contains(words))).cloned().collect();
    let longest = |branch: &Vec<Vec<String>>| branch.iter().max_by_key(|words| words.iter().map(String::len).min()).cloned();
    let each: Option<Vec<Vec<String>>> = branches.iter().map(longest).collect();
    shared.extend(each.map(|sets| sets.concat()));
    shared
}

/// The words of what stands in a row. A word that what stands beside it may prolong is none.
fn signs_of_row(parts: &[Hir]) -> Vec<Vec<String>> {
    let parts = without_cases(parts);
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let HirKind::Literal(literal) = part.kind() else {
            found.extend(signs(part));
            continue;
        };
        let before = index.checked_sub(1).is_some_and(|at| is_word_at(&parts[at], Side::End));
        let after = parts.get(index + 1).is_some_and(|part| is_word_at(part, Side::Start));
        let text = &literal.0;
        let words = text.split(|byte| !is_word_byte(*byte)).collect::<Vec<_>>();
        let last = words.len() - 1;
        let stands_alone = |at: usize| !(at == 0 && before || at == last && after);
        let whole = words.iter().enumerate().filter(|(at, word)| !word.is_empty() && stands_alone(*at));
        found.extend(whole.map(|(_, word)| vec![String::from_utf8_lossy(word).to_ascii_lowercase()]));
    }
    found
}

/// The parts with `[Ee]` as the letter `e`, since signs are in lower case; texts side by side are one.
fn without_cases(parts: &[Hir]) -> Vec<Hir> {
    let mut joined: Vec<Hir> = Vec::new();
    for part in parts {
        let part = letter_of(part).map_or_else(|| part.clone(), |letter| Hir::literal([letter]));
        let text = |hir: &Hir| if let HirKind::Literal(literal) = hir.kind() { Some(literal.0.to_vec()) } else { None };
        match (joined.last().and_then(text), text(&part)) {
            (Some(before), Some(after)) => *joined.last_mut().expect("there is one") = Hir::literal([before, after].concat()),
            (None, _) | (Some(_), None) => joined.push(part),
        }
    }
    joined
}

/// The letter, in lower case, of a class that is one letter in both cases.
fn letter_of(hir: &Hir) -> Option<u8> {
    let HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = hir.kind() else { return None };
    let [upper, lower] = class.ranges() else { return None };
    let is_pair = upper.len() == 1 && lower.len() == 1 && upper.start().eq_ignore_ascii_case(&lower.start());
    u8::try_from(lower.start()).ok().filter(|_| is_pair)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// Whether what matches may start or end with a letter, digit or `_`.
fn is_word_at(hir: &Hir, side: Side) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => {
            let edge = if side == Side::Start { literal.0.first() } else { literal.0.last() };
            edge.is_some_and(|byte| is_word_byte(*byte))
        }
        // `[^A-Za-z0-9]` is meant as what stands between words, although `_` is among it.
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            class.iter().any(|range| (range.start()..=range.end().min('z')).any(|c| c.is_ascii_alphanumeric()))
        }
        HirKind::Class(regex_syntax::hir::Class::Bytes(class)) => {
            class.iter().any(|range| (range.start()..=range.end()).any(is_word_byte))
        }
        HirKind::Repetition(repetition) => is_word_at(&repetition.sub, side),
        HirKind::Capture(capture) => is_word_at(&capture.sub, side),
        HirKind::Concat(parts) => {
            let edge = if side == Side::Start { parts.first() } else { parts.last() };
            edge.is_some_and(|part| is_word_at(part, side))
        }
        HirKind::Alternation(branches) => branches.iter().any(|branch| is_word_at(branch, side)),
    }
}

fn longest_literal(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
        HirKind::Capture(capture) => longest_literal(&capture.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(longest_literal).max_by_key(String::len),
        HirKind::Repetition(repetition) if repetition.min > 0 => longest_literal(&repetition.sub),
        HirKind::Repetition(_) | HirKind::Alternation(_) | HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_javascript() {
        let matches = |pattern: &str, text: &str| Pattern::compile(pattern).is_ok_and(|pattern| pattern.is_match(text));
        assert!(matches(r"^\w+$", "abc_1") && !matches(r"^\w+$", "Détour"));
        assert!(matches(r"^[\w-]+$", "a-b") && !matches(r"\d", "٣") && matches(r"503\b", "503é"));
        assert!(
            Pattern::compile_whole(r"A\d{3}|A\d{4}")
                .is_ok_and(|pattern| pattern.is_match("A1001") && !pattern.is_match("xA1001"))
        );
    }

    #[test]
    fn the_literal_of_a_pattern_is_in_every_match() {
        let literal = |pattern: &str| Pattern::compile(pattern).ok().and_then(|p| p.literal().map(str::to_owned));
        assert_eq!(literal(r"HTTP/[0-9.]+ 503\b"), Some("HTTP/".to_owned()));
        assert_eq!(literal(r"a|b"), None);
        assert_eq!(literal(r"(?:x)?yz"), Some("yz".to_owned()));
    }
    #[test]
    fn the_signs_of_a_pattern_stand_alone_in_every_match() {
        let signs = |pattern: &str| Pattern::compile(pattern).map(|pattern| pattern.signs().to_vec()).unwrap_or_default();
        assert_eq!(signs(r#"HTTP/[0-9.]+"? 503\b"#), [["http"], ["503"], ["http"]]);
        assert_eq!(signs(r"(aa b|cc) d"), [vec!["aa", "cc"], vec!["d"], vec!["aa", "cc"]]);
        assert_eq!(signs(r"[Ss]tatus is AADSTS\d+"), [["status"], ["is"], ["status"]]);
        assert_eq!(signs(r"\bNot(Very)?Found\b"), [["notfound", "notveryfound"]]);
        let of_branches = [vec!["plain"], vec!["request", "words"], vec!["request", "words"]];
        assert_eq!(signs("(plain request|bad plain words)"), of_branches);
        assert_eq!(signs(r"\d+"), Vec::<Vec<String>>::new());
    }
}
