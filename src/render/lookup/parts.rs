//! Codes and signatures, as one part that recognises every text, or as many of which a text needs few.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::guides::Guides;
use super::route::Route;
use crate::model::lookup::{LookupCode, LookupIndex};

/// How large a part may be on average, in bytes before compression.
const PART: usize = 16_000;

/// What a part holds: codes and signatures, by index.
#[derive(Default)]
struct Content {
    codes: BTreeSet<usize>,
    signatures: BTreeSet<usize>,
}

/// An index in parts.
pub(super) struct Cut {
    /// What every text is tried with.
    pub(super) everywhere: Value,
    /// Which words lead to which part.
    pub(super) route: Value,
    /// Each part, by name.
    pub(super) parts: Vec<(usize, Value)>,
}

/// The whole index as one part. It leaves out descriptions, which are loaded when something is to be shown.
pub(super) fn whole(index: &LookupIndex, guides: &Guides<'_>) -> Value {
    let content = Content { codes: (0..index.codes.len()).collect(), signatures: (0..index.signatures.len()).collect() };
    let entries: Vec<usize> = (0..index.entries.len()).collect();
    let views: Vec<Value> = entries.iter().map(|at| guides.brief(*at)).collect();
    view(index, &content, &views, &entries)
}

/// Cuts an index by the words that lead to its codes and signatures.
pub(super) fn cut(index: &LookupIndex, guides: &Guides<'_>) -> Cut {
    let (by_word, everywhere) = by_word(index);
    let size: usize = by_word.values().map(|content| size(index, content)).sum();
    let route = Route::new(by_word.keys().map(String::as_str), (size / PART).next_power_of_two());
    let mut parts: BTreeMap<usize, Content> = BTreeMap::new();
    for (word, content) in by_word {
        let part = parts.entry(route.part_of(&word)).or_default();
        part.codes.extend(content.codes);
        part.signatures.extend(content.signatures);
    }
    let part = |content: &Content| {
        let entries = entries(index, content);
        let views: Vec<Value> = entries.iter().map(|at| guides.full(*at)).collect();
        view(index, content, &views, &entries)
    };
    Cut {
        everywhere: part(&everywhere),
        route: route.view(),
        parts: parts.iter().map(|(name, content)| (*name, part(content))).collect(),
    }
}

/// What each word leads to, and what is tried on every text.
fn by_word(index: &LookupIndex) -> (BTreeMap<String, Content>, Content) {
    let mut by_word: BTreeMap<String, Content> = BTreeMap::new();
    let mut everywhere = Content::default();
    for (at, code) in index.codes.iter().enumerate() {
        // A code is also looked up as a whole text.
        for word in [code.text.to_ascii_lowercase(), code.anchor.clone()].into_iter().filter(|word| !word.is_empty()) {
            by_word.entry(word).or_default().codes.insert(at);
        }
    }
    for (at, signature) in index.signatures.iter().enumerate() {
        if signature.anchors.is_empty() {
            everywhere.signatures.insert(at);
        }
        for word in &signature.anchors {
            by_word.entry(word.clone()).or_default().signatures.insert(at);
        }
    }
    (by_word, everywhere)
}

/// About how many bytes a part takes.
fn size(index: &LookupIndex, content: &Content) -> usize {
    let guides: usize =
        entries(index, content).iter().map(|at| index.entries[*at].summary.len() + index.entries[*at].title.len() + 30).sum();
    let signatures: usize = content.signatures.iter().map(|at| index.signatures[*at].source.len() + 30).sum();
    guides + signatures + content.codes.len() * 10
}

fn entries(index: &LookupIndex, content: &Content) -> Vec<usize> {
    let of_codes = content.codes.iter().map(|at| index.codes[*at].entry);
    let of_signatures = content.signatures.iter().map(|at| index.signatures[*at].entry);
    let entries: BTreeSet<usize> = of_codes.chain(of_signatures).collect();
    entries.into_iter().collect()
}

/// A part; codes and signatures name guides by their place in it.
fn view(index: &LookupIndex, content: &Content, guides: &[Value], entries: &[usize]) -> Value {
    let place = |entry: usize| entries.binary_search(&entry).unwrap_or_default();
    let codes: Vec<Value> =
        content.codes.iter().map(|at| code_view(index, &index.codes[*at], place(index.codes[*at].entry))).collect();
    let mut signatures: Vec<Vec<Value>> = Vec::new();
    let mut last = None;
    for signature in content.signatures.iter().map(|at| &index.signatures[*at]) {
        if last != Some(signature.entry) {
            signatures.push(vec![json!(place(signature.entry))]);
        }
        last = Some(signature.entry);
        let view = signatures.last_mut().expect("there is one for this guide");
        view.extend([json!(signature.source), json!(signature.anchors.join(" "))]);
    }
    json!({ "guides": guides, "codes": codes, "signatures": signatures })
}

/// Guide, context or -1, the text where it is not the guide's code, the anchor where it is not the text in lower case.
fn code_view(index: &LookupIndex, code: &LookupCode, place: usize) -> Value {
    let context = code.context.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
    let is_own = index.entries[code.entry].code == code.text;
    let is_plain = code.text.to_ascii_lowercase() == code.anchor;
    let mut view = vec![json!(place), json!(context)];
    if !is_own || !is_plain {
        view.push(json!(if is_own { "" } else { &code.text }));
    }
    if !is_plain {
        view.push(json!(code.anchor));
    }
    Value::Array(view)
}
