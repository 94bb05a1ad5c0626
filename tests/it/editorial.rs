//! How the project's own guides are written: in words of their own, in short sentences, without filler, each section with something in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::support::{TestSite, project};

/// The longest mean sentence of a guide, in words.
const MAX_MEAN: f64 = 22.0;
/// So many words in a row that also stand in a source are a quotation.
const QUOTED: usize = 9;
/// The least words of a section.
const MIN_SECTION: usize = 6;
/// Sentences with fewer words are alike by chance.
const MIN_ALIKE: usize = 8;
/// The share of three-word groups that two sentences may have in common.
const MAX_ALIKE: f64 = 0.8;

/// Openings and words that say nothing, in lower case.
const FILLER: &[&str] = &[
    "this error occurs when",
    "this error happens when",
    "this error indicates that",
    "in today's world",
    "it is important to note",
    "please note",
    "as mentioned above",
    "needless to say",
    "please",
    "in order to",
    "make sure that you",
    "at the end of the day",
];

/// Every guide of the site with its body without samples.
fn bodies() -> BTreeMap<String, String> {
    let files = TestSite::own().files.into_iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md"));
    let body = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        let body = text.split_once("\n---\n").map_or("", |(_, body)| body).to_owned();
        body.split("```").step_by(2).collect::<String>()
    };
    files.map(|(path, bytes)| (path, body(bytes))).collect()
}

/// The sentences of a body: of its paragraphs and items, without headings, tables, code, addresses and footnotes.
fn sentences(body: &str) -> Vec<String> {
    let code = regex::Regex::new(r"`[^`]*`").unwrap();
    let target = regex::Regex::new(r"\]\([^)]*\)|\[\^[^\]]*\]|\{#[^}]*\}").unwrap();
    let body = target.replace_all(&code.replace_all(body, "code"), "]").into_owned();
    let mut blocks: Vec<String> = vec![String::new()];
    for line in body.lines() {
        let text = line.trim_start().trim_start_matches(['>', ' ']);
        let is_item = text.starts_with("- ") || text.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        if text.is_empty() || is_item {
            blocks.push(String::new());
        }
        if !text.starts_with(['#', '|']) && !text.starts_with("[!") {
            let text = if is_item { text.split_once(' ').map_or("", |(_, rest)| rest) } else { text };
            let block = blocks.last_mut().unwrap();
            block.push_str(text);
            block.push(' ');
        }
    }
    let end = regex::Regex::new(r"[.!?:][*_\])]*\s+").unwrap();
    let all = blocks.iter().flat_map(|block| end.split(block).map(|sentence| sentence.trim().to_owned()).collect::<Vec<_>>());
    all.filter(|sentence| !words(sentence).is_empty()).collect()
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn sentences_are_short() {
    for (path, body) in bodies() {
        let lengths: Vec<usize> = sentences(&body).iter().map(|sentence| words(sentence).len()).collect();
        let mean = lengths.iter().sum::<usize>() as f64 / lengths.len().max(1) as f64;
        assert!(mean <= MAX_MEAN, "{path}: a sentence has {mean:.1} words in the mean");
    }
}

#[test]
fn nothing_is_filler() {
    for (path, body) in bodies() {
        // Code quotes what software prints.
        let lower: String = body.to_lowercase().split('`').step_by(2).collect();
        for filler in FILLER {
            assert!(!lower.contains(filler), "{filler:?} in {path}");
        }
    }
}

#[test]
fn every_section_says_something() {
    for (path, body) in bodies() {
        for section in body.split("\n## ").skip(1) {
            let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
            // Samples, which say the most, are not counted.
            assert!(heading == "Examples" || words(text).len() >= MIN_SECTION, "{path}: {heading}");
        }
    }
}

/// FNV-1a, 64 bits; the list of the sources' words is made with it.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// `tests/editorial/sources.u64` holds a hash of every nine words in a row of the notes that the guides were written from: sorted, eight
/// bytes each, least first. Messages that software prints are not among them.
#[test]
fn no_sentence_is_copied_from_a_source() {
    let bytes = std::fs::read(project().join("tests/editorial/sources.u64")).unwrap();
    let sources: BTreeSet<u64> = bytes.chunks_exact(8).map(|chunk| u64::from_le_bytes(chunk.try_into().unwrap())).collect();
    assert!(sources.len() > 1000);
    let mut copied = Vec::new();
    for (path, body) in bodies() {
        for sentence in sentences(&body) {
            let words = words(&sentence);
            let quoted = words.windows(QUOTED).map(|group| group.join(" ")).find(|group| sources.contains(&hash(group)));
            copied.extend(quoted.map(|quoted| format!("{path}: {quoted}")));
        }
    }
    assert!(copied.is_empty(), "{copied:#?}");
}

#[test]
fn no_two_guides_say_a_thing_in_nearly_the_same_words() {
    let mut all: Vec<(String, String, BTreeSet<String>)> = Vec::new();
    for (path, body) in bodies() {
        for sentence in sentences(&body) {
            let words = words(&sentence);
            if words.len() >= MIN_ALIKE {
                all.push((path.clone(), sentence, words.windows(3).map(|group| group.join(" ")).collect()));
            }
        }
    }
    let mut with_group: HashMap<&String, Vec<usize>> = HashMap::new();
    for (index, (.., groups)) in all.iter().enumerate() {
        groups.iter().for_each(|group| with_group.entry(group).or_default().push(index));
    }
    let mut alike = Vec::new();
    for (index, (path, sentence, groups)) in all.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for other in groups.iter().flat_map(|group| &with_group[group]).filter(|other| **other > index && all[**other].0 != *path)
        {
            *shared.entry(*other).or_default() += 1;
        }
        for (other, count) in shared {
            let whole = groups.len() + all[other].2.len() - count;
            if count as f64 / whole as f64 > MAX_ALIKE {
                alike.push(format!("{path}: {sentence}\n  {}: {}", all[other].0, all[other].1));
            }
        }
    }
    assert!(alike.is_empty(), "{} pairs:\n{}", alike.len(), alike.join("\n"));
}
