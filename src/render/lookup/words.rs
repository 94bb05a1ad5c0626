//! The words of guides, in files of neighbours.

use crate::model::lookup::{GROUP, Posting, Vocabulary, WORTHS};

/// How large a file may grow before the next group of words begins another, in bytes before compression.
const FILE: usize = 24_000;
/// The digits of steps between guides, and the letter that ends one: what the word is worth there.
const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const ENDS: [char; 4] = ['w', 'x', 'y', 'z'];

/// A file of words.
pub(super) struct Shard {
    /// The group that it begins with.
    pub(super) from: String,
    /// A line a word: the word, a blank, its guides.
    pub(super) text: String,
}

/// The files of a vocabulary. A group is never cut, so that what a slip may mean is in one file.
pub(super) fn shards(vocabulary: &Vocabulary) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut last = "";
    for (word, guides) in &vocabulary.words {
        let group = word.get(..GROUP).unwrap_or(word);
        let is_full = shards.last().is_none_or(|shard| shard.text.len() > FILE);
        if shards.is_empty() || (is_full && group != last) {
            shards.push(Shard { from: group.to_owned(), text: String::new() });
        }
        last = group;
        let text = &mut shards.last_mut().expect("one was begun").text;
        text.push_str(word);
        text.push(' ');
        postings(guides, text);
        text.push('\n');
    }
    shards
}

fn postings(guides: &[Posting], text: &mut String) {
    let mut last = 0;
    for posting in guides {
        let mut step = posting.entry - last;
        last = posting.entry;
        let mut digits = Vec::new();
        while step > 0 {
            digits.push(char::from(DIGITS[step % 32]));
            step /= 32;
        }
        text.extend(digits.into_iter().rev());
        let worth = WORTHS.iter().position(|worth| *worth == posting.worth).unwrap_or_default();
        text.push(ENDS[worth]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides_are_steps_with_an_end() {
        let mut text = String::new();
        let guides = [(0, 8), (1, 3), (35, 1), (1060, 2)].map(|(entry, worth)| Posting { entry, worth });
        postings(&guides, &mut text);
        assert_eq!(text, "w1x12z101y");
    }
}
