//! Which patterns Rust and JavaScript read alike: the lookup runs in both.

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

/// A pattern that finds exactly a text, read alike by both.
pub fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if r"^$\.*+?()[]{}|".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
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
            Some(named) => {
                let (name, _) = named.split_once('>').ok_or("a group without the end of its name")?;
                let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if !is_word || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                    return Err("a group whose name is not a word of letters and digits");
                }
                name.len() + 4
            }
            None if inner.starts_with("?:") => 3,
            None => 1,
        };
        self.take(opening, Last::Start)
    }

    fn class(&mut self) -> Read {
        let open = if self.rest.starts_with("[^") { 2 } else { 1 };
        self.take(open, Last::Start)?;
        if self.rest.starts_with(']') {
            return Err("a `]` inside a class that is not escaped");
        }
        loop {
            let first = self.rest.chars().next().ok_or("a class that does not end")?;
            match first {
                ']' => return self.take(1, Last::Atom),
                '[' => return Err("a `[` inside a class that is not escaped"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_text_finds_itself_and_is_portable() {
        for text in ["HTTP 503", "-32000", r"a\b", "C++ (x|y) [1] {2} $^.*?", "50% & / #~"] {
            let pattern = escaped(text);
            assert_eq!(unportable_part(&pattern), None, "{text}");
            let compiled = crate::model::pattern::Pattern::compile(&pattern).expect("is a pattern");
            assert!(compiled.is_match(text) && !compiled.is_match("something else"), "{text}");
        }
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
            "(?<a.b>c)",
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
}
