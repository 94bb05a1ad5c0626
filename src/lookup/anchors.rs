//! Anchors: the one word of a signature that is looked for in a text before its pattern is tried.
//!
//! The rarest word in ordinary logs is taken, so that a log in which nothing is wrong costs next to nothing.

use std::collections::HashMap;

use crate::model::noise;
use crate::model::pattern::{Pattern, is_word_byte};

/// How common numbers are: short ones stand in every log.
const OF_SHORT_NUMBERS: usize = 1000;
const OF_NUMBERS: usize = 3;

/// Longer words are no anchors, in bytes.
pub(super) const MAX_ANCHOR: usize = 128;

/// How many kinds of ordinary messages contain a word.
pub(super) struct Commonness(HashMap<String, usize>);

impl Commonness {
    pub(super) fn new() -> Self {
        let mut counts = HashMap::new();
        for kind in noise::kinds() {
            for word in words_of(kind) {
                *counts.entry(word).or_default() += 1;
            }
        }
        Self(counts)
    }

    pub(super) fn of(&self, word: &str) -> usize {
        let counted = self.0.get(word).copied().unwrap_or_default();
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        match word.len() {
            0..=2 => OF_SHORT_NUMBERS,
            3 | 4 if is_number => OF_NUMBERS.max(counted),
            _ => counted,
        }
    }

    /// The words of the rarest sign that every sample shows; empty where a pattern has none.
    pub(super) fn rarest(&self, pattern: &Pattern, samples: &[&str]) -> Vec<String> {
        let is_short = |words: &&Vec<String>| words.iter().all(|word| word.len() <= MAX_ANCHOR);
        let shown = |words: &Vec<String>| samples.iter().all(|sample| words_of(sample).any(|word| words.contains(&word)));
        let signs = pattern.signs().iter().filter(is_short).filter(|words| shown(words));
        let cost = |words: &Vec<String>| {
            let common: usize = words.iter().map(|word| self.of(word)).sum();
            let shortest = words.iter().map(String::len).min().unwrap_or_default();
            (common, words.len(), std::cmp::Reverse(shortest))
        };
        let mut anchors = signs.min_by_key(|words| cost(words)).cloned().unwrap_or_default();
        anchors.sort_unstable();
        anchors.dedup();
        anchors
    }
}

/// The words of a text in lower case: runs of ASCII letters, digits and `_`.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !u8::try_from(c).is_ok_and(is_word_byte)).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, sample: &str, expected: &[&str]) {
        let pattern = Pattern::compile(pattern).expect("a pattern");
        assert_eq!(Commonness::new().rarest(&pattern, &[sample]), expected);
    }

    #[test]
    fn the_rarest_word_is_the_anchor() {
        check(r#"HTTP/[0-9.]+"? 503\b"#, "HTTP/1.1 503", &["503"]);
        check("[Ss]trong authentication required", "Strong authentication required", &["required"]);
        check("(lost|broken) pipe", "broken pipe", &["pipe"]);
        check("[0-9]+", "1", &[]);
    }
}
