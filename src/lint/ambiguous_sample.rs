//! A sample matches its own guide and no other, unless both say that they share the message. The door to aho-corasick.
//!
//! Comparing every sample with every pattern would be quadratic. Most patterns contain a literal text; one automaton finds, in one
//! pass over a sample, the few patterns whose literal occurs in it, and only those are tried.

use aho_corasick::AhoCorasick;

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Signature;
use crate::model::rules;
use crate::model::site::{GuideId, Site};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let all: Vec<Owned<'_>> = signatures(site);
    let index = Index::new(&all);
    for own in &all {
        for sample in &own.signature.samples {
            for other in index.candidates(&sample.value).into_iter().map(|at| &all[at]) {
                // Sharing that only one side says is told as such.
                let is_shared = own.shared_with.contains(&other.guide) || other.shared_with.contains(&own.guide);
                if other.guide != own.guide && !is_shared && other.signature.compiled.is_match(&sample.value) {
                    let message = format!("this sample also matches `{}`", site.identities[other.guide.index()]);
                    let finding = Diagnostic::new(&rules::AMBIGUOUS_SAMPLE, sample.span, message);
                    let finding = finding.label(other.signature.pattern.span, "its pattern");
                    diagnostics.push(finding.hint("narrow one of the patterns, or say `shared_with` on both sides"));
                }
            }
        }
        one_sided(site, own, &all, diagnostics);
    }
}

struct Owned<'s> {
    guide: GuideId,
    signature: &'s Signature,
    shared_with: &'s [GuideId],
}

fn signatures(site: &Site) -> Vec<Owned<'_>> {
    let mut all = Vec::new();
    for guide in site.ids() {
        let Some(matter) = site.guide(guide).error() else { continue };
        let shared = &site.edges[guide.index()].shared_with;
        all.extend(matter.signatures.iter().zip(shared).map(|(signature, shared_with)| Owned { guide, signature, shared_with }));
    }
    all
}

/// A guide that shares a signature must be shared with in turn.
fn one_sided(site: &Site, own: &Owned<'_>, all: &[Owned<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for other in own.shared_with {
        let answers = all.iter().any(|signature| signature.guide == *other && signature.shared_with.contains(&own.guide));
        let identity = &site.identities[other.index()];
        let written = own.signature.shared_with.iter().find(|reference| reference.value == *identity);
        if let (Some(written), false) = (written, answers) {
            let message = format!("`{identity}` does not share this signature");
            let finding = Diagnostic::new(&rules::ONE_SIDED_SHARING, written.span, message);
            let own_identity = &site.identities[own.guide.index()];
            diagnostics.push(finding.hint(format!("add `shared_with: [{own_identity}]` to the same message there")));
        }
    }
}

/// Which patterns can match a text at all.
struct Index {
    automaton: Option<AhoCorasick>,
    /// The signature of each literal.
    of_literal: Vec<usize>,
    /// Signatures without a literal: they are tried on every text.
    always: Vec<usize>,
}

impl Index {
    fn new(all: &[Owned<'_>]) -> Self {
        let literal = |at: usize| all[at].signature.compiled.literal();
        let (of_literal, always): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&at| literal(at).is_some());
        let literals = of_literal.iter().filter_map(|&at| literal(at));
        // The automaton fails only on sets far larger than any site's; then every pattern is tried.
        match AhoCorasick::new(literals) {
            Ok(automaton) => Self { automaton: Some(automaton), of_literal, always },
            Err(_) => Self { automaton: None, of_literal: Vec::new(), always: (0..all.len()).collect() },
        }
    }

    fn candidates(&self, text: &str) -> Vec<usize> {
        let mut found = self.always.clone();
        if let Some(automaton) = &self.automaton {
            found.extend(automaton.find_overlapping_iter(text).map(|hit| self.of_literal[hit.pattern().as_usize()]));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
