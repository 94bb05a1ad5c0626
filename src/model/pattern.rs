//! Patterns: how codes are recognised in prose and messages in logs. The door to regex and regex-syntax.

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

use super::url::Slug;

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

    /// The longest text that every match contains; `None` where there is no such text.
    pub fn literal(&self) -> Option<&str> {
        self.literal.as_deref()
    }
}

/// Gives a pattern the meaning it has in JavaScript: Rust's classes and boundaries are Unicode's, JavaScript's are ASCII's.
fn as_javascript(pattern: &str) -> String {
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

/// What Rust's regex and JavaScript's `RegExp` with the `u` flag do not read alike, if anything in a pattern is such.
///
/// Source: regex crate, "Syntax"; ECMA-262, "Patterns".
pub fn unportable_part(pattern: &str) -> Option<&'static str> {
    let mut scanner = Scanner { rest: pattern, last: Last::Start };
    while !scanner.rest.is_empty() {
        if let Err(reason) = scanner.step() {
            return Some(reason);
        }
    }
    None
}

/// Properties that both know by the same name.
const PROPERTIES: [&str; 19] = [
    "L",
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "M",
    "N",
    "Nd",
    "Nl",
    "No",
    "P",
    "S",
    "Z",
    "Zs",
    "Alphabetic",
    "Lowercase",
    "Uppercase",
    "White_Space",
];

/// What stands before the place that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing that could be repeated: the start of the pattern, of a group or of an alternative.
    Start,
    /// Something that can be repeated.
    Atom,
    /// An assertion; repeating one means nothing.
    Assertion,
    /// A repetition; one more is no regular expression in JavaScript.
    Repetition,
}

/// Whether what was read is read alike; otherwise what is not.
type Read = Result<(), &'static str>;

struct Scanner<'p> {
    rest: &'p str,
    last: Last,
}

impl Scanner<'_> {
    /// Reads on behind something that both read alike.
    fn take(&mut self, count: usize, last: Last) -> Read {
        self.rest = &self.rest[count..];
        self.last = last;
        Ok(())
    }

    fn step(&mut self) -> Read {
        let first = self.rest.chars().next().unwrap_or_default();
        match first {
            '\\' => self.escape(false),
            '[' => self.class(),
            '(' => self.group(),
            '|' => self.take(1, Last::Start),
            '^' | '$' => self.take(1, Last::Assertion),
            ')' => self.take(1, Last::Atom),
            '*' | '+' | '?' => self.repetition(1),
            '{' => {
                let end = self.rest.find('}').ok_or("a brace that is not escaped")?;
                let counts = &self.rest[1..end];
                let is_count = !counts.is_empty() && counts.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
                if is_count { self.repetition(end + 1) } else { Err("a brace that is not escaped") }
            }
            '}' | ']' => Err("a brace or bracket that is not escaped"),
            other => self.take(other.len_utf8(), Last::Atom),
        }
    }

    fn repetition(&mut self, count: usize) -> Read {
        match self.last {
            Last::Repetition => Err("a repetition of a repetition"),
            Last::Assertion => Err("a repetition of an assertion"),
            // At a start it is no regular expression at all, which compiling tells.
            Last::Start | Last::Atom => {
                let lazy = usize::from(self.rest[count..].starts_with('?'));
                self.take(count + lazy, Last::Repetition)
            }
        }
    }

    fn group(&mut self) -> Read {
        let inner = &self.rest[1..];
        if ["?=", "?!", "?<=", "?<!"].iter().any(|look| inner.starts_with(look)) {
            return Err("look-around");
        }
        let is_other = inner.starts_with('?') && !inner.starts_with("?:") && !inner.starts_with("?<");
        if is_other {
            return Err("flags and groups that start with `(?` other than `(?:` and `(?<name>`");
        }
        let opening = match inner.strip_prefix("?<") {
            Some(_) => self.rest.find('>').ok_or("a group without the end of its name")? + 1,
            None if inner.starts_with("?:") => 3,
            None => 1,
        };
        self.take(opening, Last::Start)
    }

    fn class(&mut self) -> Read {
        let open = if self.rest.starts_with("[^") { 2 } else { 1 };
        self.take(open, Last::Start)?;
        if self.rest.starts_with(']') {
            return Err("a `]` inside a class must be written `\\]`");
        }
        loop {
            let first = self.rest.chars().next().ok_or("a class that does not end")?;
            match first {
                ']' => return self.take(1, Last::Atom),
                '[' => return Err("a `[` inside a class must be written `\\[`"),
                '&' | '~' | '-' if self.rest[1..].starts_with(first) => return Err("class operators such as `&&` and `--`"),
                '\\' => self.escape(true)?,
                other => self.take(other.len_utf8(), Last::Atom)?,
            }
        }
    }

    fn escape(&mut self, in_class: bool) -> Read {
        let mut characters = self.rest[1..].chars();
        let escaped = characters.next().ok_or("a backslash at its end")?;
        let after = characters.as_str();
        let (count, last) = match escaped {
            'd' | 'w' | 's' | 'S' | 'n' | 'r' | 't' | 'f' | 'v' => (2, Last::Atom),
            'D' | 'W' if !in_class => (2, Last::Atom),
            'b' if !in_class && !after.starts_with('{') => (2, Last::Assertion),
            'x' if after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()) => (4, Last::Atom),
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => (2, Last::Atom),
            '-' if in_class => (2, Last::Atom),
            '1'..='9' => return Err("back-references"),
            'p' | 'P' => {
                let name = after.strip_prefix('{').and_then(|rest| rest.split_once('}')).map_or("", |(name, _)| name);
                if !PROPERTIES.contains(&name) {
                    return Err("a property that only one of them knows by this name");
                }
                (name.len() + 4, Last::Atom)
            }
            _ => return Err("an escape that only one of them knows; write the character itself"),
        };
        self.take(count, last)
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
            // The half boundary makes a longer alternative win where a shorter one would leave half a code.
            let group = format!(r"(?<p{}>{})\b{{end-half}}", providers.len(), as_javascript(&shape.pattern));
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
        for pattern in [
            r"HTTP/[0-9.]+ 503\b",
            r"\bcode = \w+ desc",
            r"[^\]]+",
            r"a{2,3}",
            r"(?:a|b)(?<n>c)",
            r"\p{L}+",
            r"\(\[\{",
            r"a+?b",
            r"\x1b\[",
            r"[\d\-]{2,}",
        ] {
            assert_eq!(unportable_part(pattern), None, "{pattern}");
        }
    }

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
