//! Patterns of signatures: how messages are recognised in logs. A door to regex, the one to regex-syntax.

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

/// Patterns larger than this once compiled are refused, in bytes.
const MAX_COMPILED: usize = 1 << 20;

/// A compiled pattern. `\d`, `\w` and `\b` mean ASCII, as in JavaScript.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    literal: Option<String>,
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
        let literal = regex_syntax::parse(pattern).ok().and_then(|hir| longest_literal(&hir));
        Ok(Self { regex, literal })
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
}
