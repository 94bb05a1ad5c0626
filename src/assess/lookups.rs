//! Messages and codes that lead to other guides than before.
//!
//! A pattern that both revisions have gives the same answer in both. So only texts that a new, changed or removed pattern matches are
//! looked up at all, and a change to one guide costs one pattern for each sample of the site.

use std::collections::{BTreeMap, BTreeSet};

use super::impact::{Lookup, LookupKind};
use super::matching::Matching;
use super::{Impact, Revision};
use crate::model::guide::Signature;
use crate::model::site::GuideId;

/// Looks up every sample and every code of both revisions in both.
pub(super) fn compare(base: Revision<'_>, head: Revision<'_>, matching: &Matching, impact: &mut Impact) {
    // A guide that has errors after the change is not looked up; its message may well lead to it once they are mended.
    let (before, after) = (Index::of(base, |id| !matching.is_broken(id)), Index::of(head, |_| true));
    let codes: BTreeSet<&str> = before.codes.keys().chain(after.codes.keys()).copied().collect();
    for code in codes {
        add(LookupKind::Code, code, before.code(code), after.code(code), impact);
    }
    let changed = before.not_in(&after).chain(after.not_in(&before)).collect::<Vec<_>>();
    let samples: BTreeSet<&str> = before.samples().chain(after.samples()).collect();
    for sample in samples.into_iter().filter(|sample| changed.iter().any(|signature| recognises(signature, sample))) {
        add(LookupKind::Message, sample, before.message(sample), after.message(sample), impact);
    }
}

fn add(kind: LookupKind, text: &str, before: BTreeSet<String>, after: BTreeSet<String>, impact: &mut Impact) {
    if before != after {
        let (before, after) = (before.into_iter().collect(), after.into_iter().collect());
        impact.lookups.push(Lookup { kind, text: text.to_owned(), before, after });
    }
}

/// Whether a signature matches a text; its literal spares most of the work.
fn recognises(signature: &Signature, text: &str) -> bool {
    let compiled = &signature.compiled;
    compiled.literal().is_none_or(|literal| text.contains(literal)) && compiled.is_match(text)
}

/// What leads to which guide in one revision.
struct Index<'a> {
    codes: BTreeMap<&'a str, BTreeSet<String>>,
    signatures: Vec<(String, &'a Signature)>,
}

impl<'a> Index<'a> {
    fn of(revision: Revision<'a>, is_known: impl Fn(GuideId) -> bool) -> Self {
        let mut index = Self { codes: BTreeMap::new(), signatures: Vec::new() };
        for id in revision.site.ids().filter(|id| is_known(*id)) {
            let Some(matter) = revision.site.guide(id).error() else { continue };
            index.codes.entry(&matter.code.value).or_default().insert(revision.name(id));
            index.signatures.extend(matter.signatures.iter().map(|signature| (revision.name(id), signature)));
        }
        index
    }

    fn code(&self, code: &str) -> BTreeSet<String> {
        self.codes.get(code).cloned().unwrap_or_default()
    }

    fn message(&self, text: &str) -> BTreeSet<String> {
        self.signatures.iter().filter(|(_, signature)| recognises(signature, text)).map(|(name, _)| name.clone()).collect()
    }

    fn samples(&self) -> impl Iterator<Item = &'a str> {
        self.signatures.iter().flat_map(|(_, signature)| &signature.samples).map(|sample| sample.value.as_str())
    }

    /// Signatures that the same guide of another revision lacks.
    fn not_in(&self, other: &Self) -> impl Iterator<Item = &'a Signature> {
        let key = |(name, signature): &(String, &Signature)| (name.clone(), signature.pattern.value.clone());
        let known: BTreeSet<(String, String)> = other.signatures.iter().map(key).collect();
        self.signatures.iter().filter(move |signature| !known.contains(&key(signature))).map(|(_, signature)| *signature)
    }
}
