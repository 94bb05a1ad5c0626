//! Guides that share words with a text, for what no code and no signature recognises. Whole numbers only, so that every implementation
//! ranks alike.

use std::collections::{BTreeMap, HashSet};

use super::vocabulary::telling;
use crate::model::kind::GuideKind;
use crate::model::lookup::{GROUP, Hit, LookupIndex, Reason, Vocabulary};
use crate::model::suggest::edits;

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

/// The guides that share most words with a text, best first.
pub fn search(vocabulary: &Vocabulary, index: &LookupIndex, text: &str) -> Vec<Hit> {
    let count = index.entries.len();
    let asked = distinct(text);
    let with_typos = asked.len() <= MAX_WORDS_WITH_TYPOS;
    let mut scores = vec![0; count];
    for word in &asked {
        let mut best: BTreeMap<usize, usize> = BTreeMap::new();
        for (known, quality) in like(vocabulary, word, with_typos) {
            let guides = vocabulary.guides(known);
            let rarity = (count / guides.len()).ilog2() as usize + 1;
            for posting in guides {
                let score = best.entry(posting.entry).or_default();
                *score = (*score).max(posting.worth * rarity * quality);
            }
        }
        for (guide, score) in best {
            scores[guide] += score;
        }
    }
    hits(index, &scores)
}

/// The words of guides that a word may mean, with how sure that is.
fn like<'v>(vocabulary: &'v Vocabulary, word: &str, with_typos: bool) -> Vec<(&'v str, usize)> {
    let from = vocabulary.words.partition_point(|(known, _)| known.as_str() < word);
    let beginning = vocabulary.words[from..].iter().map(|(known, _)| known.as_str());
    let beginning = beginning.take_while(|known| known.starts_with(word) && (word.len() >= MIN_PREFIX || *known == word));
    let alike: Vec<_> = beginning.map(|known| (known, if known == word { EXACT } else { PREFIX })).collect();
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    if alike.is_empty() && with_typos && !is_number && word.len() >= ONE_WRONG { mistyped(vocabulary, word) } else { alike }
}

fn mistyped<'v>(vocabulary: &'v Vocabulary, word: &str) -> Vec<(&'v str, usize)> {
    let most = if word.len() >= TWO_WRONG { 2 } else { 1 };
    let group = &word[..GROUP];
    let from = vocabulary.words.partition_point(|(known, _)| known.as_str() < group);
    let near = vocabulary.words[from..].iter().map(|(known, _)| known.as_str()).take_while(|known| known.starts_with(group));
    let near = near.filter(|known| known.len().abs_diff(word.len()) <= most && known.len() >= ONE_WRONG);
    let near: Vec<(usize, &str)> = near.map(|known| (edits(word, known), known)).filter(|(edits, _)| *edits <= most).collect();
    let least = near.iter().map(|(edits, _)| *edits).min();
    near.into_iter().filter(|(edits, _)| Some(*edits) == least).map(|(_, known)| (known, TYPO)).collect()
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
    use crate::model::lookup::{LookupEntry, Posting};
    use crate::model::site::GuideId;

    fn check(text: &str, expected: &[usize]) {
        let titles = ["503 Service Unavailable", "429 Too Many Requests", "AADSTS50076 MFA required"];
        let entry = |title: &str| LookupEntry {
            guide: GuideId::new(0),
            kind: GuideKind::Error,
            code: String::new(),
            title: title.to_owned(),
            provider: String::new(),
            summary: String::new(),
        };
        let index = LookupIndex { entries: titles.map(entry).into(), ..LookupIndex::default() };
        let mut words = BTreeMap::new();
        for (at, title) in titles.iter().enumerate() {
            telling(title).for_each(|word| words.entry(word).or_insert_with(Vec::new).push(Posting { entry: at, worth: 8 }));
        }
        let vocabulary = Vocabulary { words: words.into_iter().collect() };
        let found: Vec<usize> = search(&vocabulary, &index, text).into_iter().map(|hit| hit.entry).collect();
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
        check("xnavailable", &[]);
    }
}
