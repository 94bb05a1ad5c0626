//! Codes in prose: what they look like, and where they stand. A door to regex.

use regex::Regex;

use super::pattern::as_javascript;
use super::url::Slug;

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

/// The largest pattern of all providers together, in bytes: a thousand times what a usual one takes.
const MAX_COMPILED: usize = 256 << 20;

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
        for shape in shapes.into_iter().filter(|shape| Regex::new(&as_javascript(&shape.pattern)).is_ok()) {
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
        let regex = (!alternatives.is_empty())
            .then(|| regex::RegexBuilder::new(&alternatives.join("|")).size_limit(MAX_COMPILED).build().ok())
            .flatten();
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
}
