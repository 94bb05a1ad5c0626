//! Patterns: how codes are recognised in prose and messages in logs. The door to regex and regex-syntax.

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

use super::url::Slug;

/// Patterns larger than this once compiled are refused, in bytes.
const MAX_COMPILED: usize = 1 << 20;

/// A compiled signature pattern.
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
        let regex = regex::RegexBuilder::new(pattern).size_limit(MAX_COMPILED).build().map_err(|error| reason(&error))?;
        let literal = regex_syntax::parse(pattern).ok().and_then(|hir| longest_literal(&hir));
        Ok(Self { regex, literal })
    }

    /// Whether the pattern is found anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Whether the pattern matches a whole text.
    pub fn is_whole_match(&self, text: &str) -> bool {
        self.regex.find_iter(text).any(|found| found.range() == (0..text.len()))
    }

    /// The longest text that every match contains; `None` where there is no such text.
    pub fn literal(&self) -> Option<&str> {
        self.literal.as_deref()
    }
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

/// What Rust's regex and JavaScript's `RegExp` with the `u` flag do not read alike, if anything in a pattern is such.
///
/// Source: regex crate, "Syntax"; ECMA-262, "Patterns".
pub fn unportable_part(pattern: &str) -> Option<&'static str> {
    let mut characters = pattern.char_indices().peekable();
    let mut in_class = false;
    while let Some((at, c)) = characters.next() {
        let rest = &pattern[at..];
        match c {
            '\\' => {
                let escaped = characters.next().map_or('\\', |(_, escaped)| escaped);
                if let Some(reason) = unportable_escape(escaped, &rest[1..], in_class) {
                    return Some(reason);
                }
            }
            '[' if in_class => return Some("a `[` inside a class must be written `\\[`"),
            '[' => {
                in_class = true;
                if rest.starts_with("[]") || rest.starts_with("[^]") {
                    return Some("a `]` inside a class must be written `\\]`");
                }
            }
            ']' if in_class => in_class = false,
            '&' | '~' | '-' if in_class && rest[1..].starts_with(c) => return Some("class operators such as `&&` and `--`"),
            '(' if !in_class && rest.starts_with("(?") && !rest.starts_with("(?:") && !rest.starts_with("(?<") => {
                return Some("flags and groups that start with `(?` other than `(?:` and `(?<name>`");
            }
            '(' if !in_class && (rest.starts_with("(?<=") || rest.starts_with("(?<!")) => return Some("look-around"),
            '{' | '}' | ']' if !in_class && !closes_or_opens_repetition(pattern, at) => {
                return Some("a brace or bracket that is not escaped");
            }
            _ => {}
        }
    }
    None
}

fn unportable_escape(escaped: char, rest: &str, in_class: bool) -> Option<&'static str> {
    match escaped {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'n' | 'r' | 't' | 'f' | 'v' => None,
        'b' | 'B' if !in_class => {
            if rest[1..].starts_with('{') {
                Some("`\\b{…}`")
            } else {
                None
            }
        }
        '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => None,
        '-' if in_class => None,
        '1'..='9' => Some("back-references"),
        'p' | 'P' if rest[1..].starts_with('{') => None,
        _ => Some("an escape that only one of them knows; write the character itself"),
    }
}

/// Whether the brace at `at` belongs to a repetition such as `{2,5}`, or to an escape that was read already.
fn closes_or_opens_repetition(pattern: &str, at: usize) -> bool {
    let counts = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    match pattern.as_bytes()[at] {
        b'{' => {
            let inner = &pattern[at + 1..];
            let class_name = pattern[..at].ends_with("\\p") || pattern[..at].ends_with("\\P");
            class_name || inner.split_once('}').is_some_and(|(text, _)| counts(text))
        }
        b'}' => pattern[..at].rfind('{').is_some_and(|open| {
            let class_name = pattern[..open].ends_with("\\p") || pattern[..open].ends_with("\\P");
            class_name || counts(&pattern[open + 1..at])
        }),
        _ => false,
    }
}

/// What a provider's codes look like in prose.
#[derive(Debug)]
pub struct CodeShape {
    /// The provider.
    pub provider: Slug,
    /// A pattern that a whole code matches.
    pub pattern: String,
    /// Words one of which must stand before a code; empty where a bare code is clear enough.
    pub qualifiers: Vec<String>,
}

/// Finds the codes of all providers in prose.
#[derive(Debug, Default)]
pub struct CodeFinder {
    regex: Option<Regex>,
    providers: Vec<Slug>,
}

/// A code found in prose.
#[derive(Debug, PartialEq, Eq)]
pub struct FoundCode<'t> {
    /// The provider whose shape it has.
    pub provider: &'t Slug,
    /// The code without its qualifier.
    pub code: &'t str,
    /// Where the code stands with its qualifier, in bytes of the searched text.
    pub range: std::ops::Range<usize>,
}

impl CodeFinder {
    /// A finder for these shapes; a shape whose pattern does not compile is left out.
    pub fn new(shapes: Vec<CodeShape>) -> Self {
        let mut alternatives = Vec::new();
        let mut providers = Vec::new();
        for shape in shapes.into_iter().filter(|shape| Regex::new(&shape.pattern).is_ok()) {
            let group = format!("(?<p{}>{})", providers.len(), shape.pattern);
            if shape.qualifiers.is_empty() {
                alternatives.push(group);
            } else {
                let words: Vec<_> = shape.qualifiers.iter().map(|word| regex::escape(word)).collect();
                alternatives.push(format!(r"(?:{})[ \u{{a0}}]{group}", words.join("|")));
            }
            providers.push(shape.provider);
        }
        let regex = (!alternatives.is_empty()).then(|| Regex::new(&alternatives.join("|")).ok()).flatten();
        Self { regex, providers }
    }

    /// The codes in a text, in order; each stands alone, not inside a longer word.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = FoundCode<'t>> {
        self.regex.iter().flat_map(move |regex| regex.captures_iter(text)).filter_map(move |captures| {
            let whole = captures.get(0)?;
            let (index, code) =
                (0..self.providers.len()).find_map(|index| captures.name(&format!("p{index}")).map(|code| (index, code)))?;
            let found = FoundCode { provider: &self.providers[index], code: code.as_str(), range: whole.range() };
            stands_alone(text, &whole.range()).then_some(found)
        })
    }
}

fn stands_alone(text: &str, range: &std::ops::Range<usize>) -> bool {
    let inside_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let next = after.next();
    let continues =
        next.is_some_and(inside_word) || (next == Some('.') || next == Some('-')) && after.next().is_some_and(inside_word);
    !before.is_some_and(|c| inside_word(c) || c == '-' || c == '.') && !continues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> CodeFinder {
        let shape = |provider: &str, pattern: &str, qualifiers: &[&str]| CodeShape {
            provider: Slug::exact(provider).expect("a slug"),
            pattern: pattern.to_owned(),
            qualifiers: qualifiers.iter().map(|&word| word.to_owned()).collect(),
        };
        CodeFinder::new(vec![shape("entra", r"AADSTS\d+", &[]), shape("http", r"[1-5]\d\d", &["HTTP"])])
    }

    fn check(text: &str, expected: &[&str]) {
        let finder = finder();
        let found: Vec<_> =
            finder.find(text).map(|code| format!("{}:{} {}", code.provider, code.code, code.range.start)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn codes_are_found_in_prose() {
        check("AADSTS50076, then HTTP 503.", &["entra:AADSTS50076 0", "http:503 18"]);
    }

    #[test]
    fn numbers_and_parts_of_words_are_not_codes() {
        check("503 lines, HTTP 5031, HTTP 503.1, xHTTP 503, AADSTS50076x, MY_AADSTS1", &[]);
    }

    #[test]
    fn patterns_that_javascript_reads_otherwise_are_told() {
        for pattern in [
            r"(?i)a",
            r"(?=a)",
            r"(?<=a)b",
            r"(a)\1",
            r"\#",
            r"\Aa",
            r"[[:alpha:]]",
            r"[a&&b]",
            r"a{",
            r"x]",
            r"\x{41}",
            "(?P<n>a)",
        ] {
            assert!(unportable_part(pattern).is_some(), "{pattern}");
        }
        for pattern in
            [r"HTTP/[0-9.]+ 503\b", r"\bcode = \w+ desc", r"[^\]]+", r"a{2,3}", r"(?:a|b)(?<n>c)", r"\p{L}+", r"\(\[\{"]
        {
            assert_eq!(unportable_part(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn the_literal_of_a_pattern_is_in_every_match() {
        let literal = |pattern: &str| Pattern::compile(pattern).ok().and_then(|p| p.literal().map(str::to_owned));
        assert_eq!(literal(r"HTTP/[0-9.]+ 503\b"), Some("HTTP/".to_owned()));
        assert_eq!(literal(r"a|b"), None);
        assert_eq!(literal(r"(?:x)?yz"), Some("yz".to_owned()));
    }
}
