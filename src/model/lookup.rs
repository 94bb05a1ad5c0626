//! What lookup knows of a site: guides with their codes, signatures and words. Made by `lookup`, published by `render`.
//!
//! docs/lookup.md says how a text is matched against it.

use super::kind::GuideKind;
use super::pattern::Pattern;
use super::site::GuideId;

/// Everything a pasted text is matched against.
#[derive(Debug, Default)]
pub struct LookupIndex {
    /// The guides, in the order of the site.
    pub entries: Vec<LookupEntry>,
    /// What must stand before codes that are ambiguous alone, right before them.
    pub contexts: Vec<Context>,
    /// Every code, in the order of the entries.
    pub codes: Vec<LookupCode>,
    /// Every signature, in the order of the entries.
    pub signatures: Vec<LookupSignature>,
}

/// A guide as lookup shows it.
#[derive(Debug)]
pub struct LookupEntry {
    /// The guide.
    pub guide: GuideId,
    /// What it is.
    pub kind: GuideKind,
    /// The code of an error; empty for other kinds.
    pub code: String,
    /// The name of an error, the title of anything else.
    pub title: String,
    /// The name of an error's provider; empty for other kinds.
    pub provider: String,
    /// Its description.
    pub summary: String,
}

/// The words of all guides.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Every word in lower case, sorted, with the guides that have it.
    pub words: Vec<(String, Vec<Posting>)>,
}

impl Vocabulary {
    /// The guides that have a word.
    pub fn guides(&self, word: &str) -> &[Posting] {
        let found = self.words.binary_search_by(|(known, _)| known.as_str().cmp(word));
        found.map_or(&[], |at| &self.words[at].1)
    }
}

/// A guide that has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The guide, by index in [`LookupIndex::entries`].
    pub entry: usize,
    /// What the word is worth there.
    pub worth: usize,
}

/// What a word is worth in code, title or provider; in the description; in headings; in other text.
pub const WORTHS: [usize; 4] = [8, 3, 2, 1];

/// Words are grouped by so many of their first letters: only words of one group are taken for each other's slips.
pub const GROUP: usize = 2;

/// A pattern with its source.
#[derive(Debug)]
pub struct Context {
    /// As it is written.
    pub source: String,
    /// As it is used.
    pub pattern: Pattern,
}

/// A code that a text may contain.
#[derive(Debug)]
pub struct LookupCode {
    /// Its guide, by index.
    pub entry: usize,
    /// The code, or the number at its end.
    pub text: String,
    /// The word of it that is looked for first, in lower case; empty where it has none and only counts as a whole query.
    pub anchor: String,
    /// What must stand before it, by index; `None` where it is clear enough alone.
    pub context: Option<usize>,
}

/// A signature that a text may match.
#[derive(Debug)]
pub struct LookupSignature {
    /// Its guide, by index.
    pub entry: usize,
    /// As it is written.
    pub source: String,
    /// As it is used.
    pub pattern: Pattern,
    /// Words of which one stands in every match, in lower case; empty where there are none and it is tried on every line.
    pub anchors: Vec<String>,
}

/// A guide that a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The guide, by index in [`LookupIndex::entries`].
    pub entry: usize,
    /// Why.
    pub reason: Reason,
    /// The line where it was first seen, from 1.
    pub line: usize,
    /// What was seen there, in bytes of that line. It ends with the line where the message goes on in the next.
    pub range: std::ops::Range<usize>,
    /// On how many lines it was seen.
    pub count: usize,
}

/// An error that a log shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its guide, by index in [`LookupIndex::entries`].
    pub entry: usize,
    /// On how many lines.
    pub count: u64,
    /// The first of them, from 1.
    pub line: u64,
    /// That line, cut where it is long.
    pub excerpt: String,
}

/// Why a guide is a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its code stands there.
    Code,
    /// One of its signatures matches.
    Signature,
    /// Words of the text are words of the guide.
    Words,
}

impl Reason {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Signature => "signature",
            Self::Words => "words",
        }
    }
}
