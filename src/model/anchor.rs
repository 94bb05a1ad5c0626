//! Anchors of headings, as GitHub makes them, so that one link works on the site and where the repository is browsed. The door
//! to unicode-properties.

use std::collections::HashMap;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Anchors that templates use; headings with the same text get a number, and bodies do not link them.
pub const RESERVED: [&str; 9] = [
    "content",
    "decision-support",
    "facts",
    "mentioned-in",
    "official-references",
    "provider-context",
    "review",
    "search",
    "triage-picture",
];

/// The anchor of a heading's text: lower case, spaces become hyphens, punctuation goes.
///
/// GitHub's rule (github-slugger, `generate-regex.mjs`): keep letters, marks, decimal digits, connectors such as `_`, and `-`.
pub fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        let category = c.general_category();
        let is_kept = c.is_alphabetic()
            || c.general_category_group() == GeneralCategoryGroup::Mark
            || matches!(category, GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation);
        if is_kept || c == '-' {
            anchor.push(c);
        } else if c == ' ' {
            anchor.push('-');
        }
    }
    anchor
}

/// Gives out anchors so that no two on a page are the same: `fix`, `fix-1`, `fix-2`.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// A free anchor made from `wanted`; `section` stands in for text without a letter.
    pub fn take(&mut self, wanted: &str) -> String {
        let base = if wanted.is_empty() { "section" } else { wanted };
        let mut count = self.taken.get(base).copied().unwrap_or_default();
        let mut name = base.to_owned();
        while self.taken.contains_key(&name) {
            count += 1;
            name = format!("{base}-{count}");
        }
        self.taken.insert(base.to_owned(), count);
        self.taken.entry(name.clone()).or_insert(0);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(anchor(text), expected);
    }

    #[test]
    fn anchors_are_githubs() {
        check("What's the `code`?", "whats-the-code");
        check("When it is 429", "when-it-is-429");
        check("A & B", "a--b");
        check("Größe_1", "größe_1");
        check("क्या x²", "क्या-x");
        check("?!", "");
    }

    #[test]
    fn a_suffix_that_is_itself_a_heading_is_not_given_twice() {
        let mut anchors = Anchors::default();
        let given: Vec<_> = ["a", "a-1", "a", "a", "", ""].map(|wanted| anchors.take(wanted)).into();
        assert_eq!(given, ["a", "a-1", "a-2", "a-3", "section", "section-1"]);
    }
}
