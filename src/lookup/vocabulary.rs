//! Guides → their words, for what no code and no signature recognises.

use std::collections::HashMap;

use super::matcher::words;
use crate::model::body::Body;
use crate::model::kind::SectionKind;
use crate::model::lookup::{LookupIndex, Posting, Vocabulary, WORTHS};
use crate::model::site::Site;
use crate::model::source::Sources;

/// Longer words are nothing that anybody types, in bytes.
const MAX_WORD: usize = 40;
/// A word in the text of more guides than one in so many says nothing of them; in few guides it always does.
const COMMON: usize = 8;
const FEW: usize = 20;

/// Words that say nothing about an error.
const EMPTY: [&str; 36] = [
    "an", "and", "are", "as", "at", "be", "but", "by", "can", "did", "do", "does", "for", "from", "has", "have", "how", "if",
    "in", "is", "it", "its", "my", "no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "what", "why", "with",
];

/// The words of every guide of an index.
pub fn vocabulary(site: &Site, sources: &Sources, index: &LookupIndex) -> Vocabulary {
    let mut words = Words::default();
    for (at, entry) in index.entries.iter().enumerate() {
        let guide = site.guide(entry.guide);
        let title = format!("{} {} {}", entry.code, entry.title, entry.provider);
        let [in_title, in_summary, in_headings, in_text] = WORTHS;
        words.add(at, in_title, &title);
        words.add(at, in_summary, &entry.summary);
        words.add(at, in_headings, &headings(&guide.body));
        words.add_text(at, in_text, sources.text(guide.body.span));
    }
    words.into_vocabulary(index.entries.len())
}

/// The words of a text that may tell something, in lower case.
pub(super) fn telling(text: &str) -> impl Iterator<Item = String> {
    let lower = words(text).map(|range| text[range].to_ascii_lowercase());
    lower.filter(|word| is_telling(word))
}

fn is_telling(word: &str) -> bool {
    word.len() > 1 && !EMPTY.contains(&word)
}

#[derive(Default)]
struct Words {
    places: HashMap<String, usize>,
    postings: Vec<Vec<Posting>>,
}

impl Words {
    fn add(&mut self, entry: usize, worth: usize, text: &str) {
        telling(text).for_each(|word| self.take(entry, worth, &word));
    }

    /// Words of a body: without numbers, which stand for anything there, and without addresses.
    fn add_text(&mut self, entry: usize, worth: usize, text: &str) {
        let mut lower = String::new();
        for piece in text.split_ascii_whitespace().map(without_address) {
            for range in words(piece).filter(|range| (2..=MAX_WORD).contains(&range.len())) {
                lower.clear();
                lower.extend(piece[range].chars().map(|c| c.to_ascii_lowercase()));
                if !lower.bytes().all(|byte| byte.is_ascii_digit()) && is_telling(&lower) {
                    self.take(entry, worth, &lower);
                }
            }
        }
    }

    /// The first place counts, which is the one where a word is worth most.
    fn take(&mut self, entry: usize, worth: usize, word: &str) {
        let place = if let Some(place) = self.places.get(word) {
            *place
        } else {
            self.places.insert(word.to_owned(), self.postings.len());
            self.postings.push(Vec::new());
            self.postings.len() - 1
        };
        let guides = &mut self.postings[place];
        if guides.last().is_none_or(|last| last.entry != entry) {
            guides.push(Posting { entry, worth });
        }
    }

    fn into_vocabulary(mut self, count: usize) -> Vocabulary {
        let [.., in_text] = WORTHS;
        let most = FEW.max(count / COMMON);
        let mut sorted: Vec<(String, usize)> = self.places.into_iter().collect();
        sorted.sort_unstable();
        let words = sorted.into_iter().filter_map(|(word, place)| {
            let mut guides = std::mem::take(&mut self.postings[place]);
            if guides.len() > most {
                guides.retain(|posting| posting.worth > in_text);
            }
            (!guides.is_empty()).then_some((word, guides))
        });
        Vocabulary { words: words.collect() }
    }
}

/// What stands before an address.
fn without_address(piece: &str) -> &str {
    let end = [piece.find("://"), piece.find("](")].into_iter().flatten().min();
    &piece[..end.unwrap_or(piece.len())]
}

/// The headings that say what a guide is about: those of sections with a free heading, and the names of causes.
fn headings(body: &Body) -> String {
    let mut texts = Vec::new();
    for section in &body.sections {
        match section.kind {
            SectionKind::Topic => texts.push(section.heading.as_str()),
            SectionKind::Causes => texts.extend(section.items.iter().filter_map(|item| item.lead.as_deref())),
            SectionKind::Meaning
            | SectionKind::Fix
            | SectionKind::Workaround
            | SectionKind::Diagnosis
            | SectionKind::Examples
            | SectionKind::Verify
            | SectionKind::Prevent
            | SectionKind::TellThemApart
            | SectionKind::WhenItIs
            | SectionKind::CommonConfusion
            | SectionKind::Faq
            | SectionKind::WhenToUse
            | SectionKind::Triage => {}
        }
    }
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_most_guides_count_only_where_they_are_worth_more() {
        let mut words = Words::default();
        for entry in 0..30 {
            words.add(entry, 8, if entry == 7 { "Server Gone" } else { "" });
            words.add_text(entry, 1, "The server says 12345, [see](https://example.org/nowhere).");
        }
        let vocabulary = words.into_vocabulary(30);
        let known: Vec<&str> = vocabulary.words.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(known, ["gone", "server"]);
        assert_eq!(vocabulary.guides("server"), [Posting { entry: 7, worth: 8 }]);
        assert_eq!(vocabulary.guides("nowhere"), []);
    }
}
