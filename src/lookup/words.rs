//! Guides that share words with a text, for what no code and no signature recognises. Whole numbers only, so that every implementation
//! ranks alike.

use std::collections::{BTreeMap, HashSet};

use super::matcher::words;
use crate::model::kind::GuideKind;
use crate::model::lookup::{Hit, LookupIndex, Reason};
use crate::model::suggest::edits;

/// What a word is worth by where a guide has it.
const IN_TITLE: usize = 8;
const IN_SUMMARY: usize = 3;
const IN_HEADINGS: usize = 2;
/// What it is worth by how it was found.
const EXACT: usize = 4;
const PREFIX: usize = 2;
const TYPO: usize = 1;

/// Only so many words of a text count, and only among so few are typing errors looked for.
const MAX_WORDS: usize = 200;
const MAX_WORDS_WITH_TYPOS: usize = 12;
/// Words of at least so many letters may have one wrong, longer ones two; beginnings count from three.
const ONE_WRONG: usize = 5;
const TWO_WRONG: usize = 8;
const MIN_PREFIX: usize = 3;
/// How many guides are shown.
const MAX_HITS: usize = 8;

/// Words that say nothing about an error.
const EMPTY: [&str; 36] = [
    "an", "and", "are", "as", "at", "be", "but", "by", "can", "did", "do", "does", "for", "from", "has", "have", "how", "if",
    "in", "is", "it", "its", "my", "no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "what", "why", "with",
];

/// The words of all guides, with the guides that have them and what they are worth there.
pub(super) struct Words(BTreeMap<String, Vec<(usize, usize)>>);

impl Words {
    pub(super) fn new(index: &LookupIndex) -> Self {
        let mut words: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, entry) in index.entries.iter().enumerate() {
            let title = format!("{} {} {}", entry.code, entry.title, entry.provider);
            for (text, worth) in [(&title, IN_TITLE), (&entry.summary, IN_SUMMARY), (&entry.headings, IN_HEADINGS)] {
                for word in telling(text) {
                    let guides = words.entry(word).or_default();
                    if guides.last().is_none_or(|(last, _)| *last != at) {
                        guides.push((at, worth));
                    }
                }
            }
        }
        Self(words)
    }

    /// The guides that share most with a text.
    pub(super) fn find(&self, index: &LookupIndex, text: &str) -> Vec<Hit> {
        let count = index.entries.len();
        let asked = distinct(text);
        let with_typos = asked.len() <= MAX_WORDS_WITH_TYPOS;
        let mut scores = vec![0; count];
        for word in &asked {
            let mut best: BTreeMap<usize, usize> = BTreeMap::new();
            for (known, quality) in self.like(word, with_typos) {
                let guides = &self.0[known];
                let rarity = (count / guides.len()).ilog2() as usize + 1;
                for (guide, worth) in guides {
                    let score = best.entry(*guide).or_default();
                    *score = (*score).max(worth * rarity * quality);
                }
            }
            for (guide, score) in best {
                scores[guide] += score;
            }
        }
        hits(index, &scores)
    }

    /// The words of guides that a word may mean, with how sure that is.
    fn like(&self, word: &str, with_typos: bool) -> Vec<(&str, usize)> {
        let mut alike = Vec::new();
        if let Some((known, _)) = self.0.get_key_value(word) {
            alike.push((known.as_str(), EXACT));
        }
        if word.len() >= MIN_PREFIX {
            let from = self.0.range::<str, _>((std::ops::Bound::Excluded(word), std::ops::Bound::Unbounded));
            alike.extend(from.take_while(|(known, _)| known.starts_with(word)).map(|(known, _)| (known.as_str(), PREFIX)));
        }
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if alike.is_empty() && with_typos && !is_number && word.len() >= ONE_WRONG {
            alike = self.mistyped(word);
        }
        alike
    }

    fn mistyped(&self, word: &str) -> Vec<(&str, usize)> {
        let most = if word.len() >= TWO_WRONG { 2 } else { 1 };
        let near = self.0.keys().filter(|known| known.len().abs_diff(word.len()) <= most && known.len() >= ONE_WRONG);
        let near: Vec<(usize, &str)> =
            near.map(|known| (edits(word, known), known.as_str())).filter(|(edits, _)| *edits <= most).collect();
        let least = near.iter().map(|(edits, _)| *edits).min();
        near.into_iter().filter(|(edits, _)| Some(*edits) == least).map(|(_, known)| (known, TYPO)).collect()
    }
}

/// The words of a text that may tell something, in lower case.
fn telling(text: &str) -> impl Iterator<Item = String> {
    let lower = words(text).map(|range| text[range].to_ascii_lowercase());
    lower.filter(|word| word.len() > 1 && !EMPTY.contains(&word.as_str()))
}

fn distinct(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    telling(text).filter(|word| seen.insert(word.clone())).take(MAX_WORDS).collect()
}

/// The best guides, those worth at least half of the first; errors before what is about several of them.
fn hits(index: &LookupIndex, scores: &[usize]) -> Vec<Hit> {
    let mut order: Vec<usize> = (0..scores.len()).filter(|guide| scores[*guide] > 0).collect();
    let is_error = |guide: usize| index.entries[guide].kind == GuideKind::Error;
    order.sort_by_key(|guide| (std::cmp::Reverse(scores[*guide]), !is_error(*guide)));
    let best = order.first().map_or(0, |guide| scores[*guide]);
    let good = order.into_iter().filter(|guide| scores[*guide] * 2 >= best).take(MAX_HITS);
    good.map(|entry| Hit { entry, reason: Reason::Words, line: 1, range: 0..0, count: 1 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lookup::LookupEntry;
    use crate::model::site::GuideId;

    fn check(text: &str, expected: &[usize]) {
        let entry = |code: &str, title: &str, summary: &str| LookupEntry {
            guide: GuideId::new(0),
            kind: GuideKind::Error,
            code: code.to_owned(),
            title: title.to_owned(),
            provider: String::new(),
            summary: summary.to_owned(),
            headings: String::new(),
        };
        let entries = vec![
            entry("503", "Service Unavailable", "The service cannot answer now."),
            entry("429", "Too Many Requests", "The caller sent too many requests."),
            entry("AADSTS50076", "MFA required", "A second factor is asked for."),
        ];
        let index = LookupIndex { entries, ..LookupIndex::default() };
        let found: Vec<usize> = Words::new(&index).find(&index, text).into_iter().map(|hit| hit.entry).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_beginnings_and_slips_are_found() {
        check("why is the service unavailable", &[0]);
        check("reques", &[1]);
        check("unavialable", &[0]);
        check("AADSTS50067", &[2]);
    }

    #[test]
    fn other_numbers_and_empty_words_are_not() {
        check("504", &[]);
        check("what is the", &[]);
    }
}
