//! Who is who: from references and bare codes to guides.

use std::collections::{HashMap, HashSet};

use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Guide, Matter, ParsedGuides};
use crate::model::kind::GuideKind;
use crate::model::pattern::Pattern;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::GuideId;
use crate::model::source::Span;
use crate::model::suggest::nearest;
use crate::model::url::Slug;

/// The guides by what they are called.
pub(super) struct Identities {
    /// The identity of each guide.
    pub(super) of_guides: Vec<Identity>,
    by_identity: HashMap<Identity, GuideId>,
    by_code: HashMap<String, Vec<GuideId>>,
    /// Files that would exist if their front matter were right; links to them are not told.
    broken: HashSet<String>,
}

/// What a reference leads to.
#[derive(Clone, Copy)]
pub(super) enum Found {
    Guide(GuideId),
    /// A guide whose own findings are told already.
    Broken,
}

impl Identities {
    pub(super) fn new(parsed: &ParsedGuides, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut identities = Self {
            of_guides: identities(&parsed.guides),
            by_identity: HashMap::new(),
            by_code: HashMap::new(),
            broken: parsed.broken.iter().filter_map(|broken| broken.identity.as_ref()).map(lower_case).collect(),
        };
        for (index, identity) in identities.of_guides.iter().enumerate() {
            let id = GuideId::new(index);
            if let Some(&first) = identities.by_identity.get(identity) {
                let finding = Diagnostic::new(
                    &rules::DUPLICATE_GUIDE,
                    place(&parsed.guides[index]),
                    format!("two guides for `{identity}`"),
                );
                diagnostics.push(finding.label(place(&parsed.guides[first.index()]), "the other"));
                continue;
            }
            identities.by_identity.insert(identity.clone(), id);
            if let Identity::Error { code, .. } = identity {
                identities.by_code.entry(code.clone()).or_default().push(id);
            }
        }
        identities.same_subjects(&parsed.guides, diagnostics);
        identities.providers(&parsed.guides, diagnostics);
        identities
    }

    /// Two compares of the same errors are one too many, whatever their order.
    fn same_subjects(&self, guides: &[Guide], diagnostics: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<Vec<&Identity>, usize> = HashMap::new();
        for (index, guide) in guides.iter().enumerate() {
            let Matter::Compare(matter) = &guide.matter else { continue };
            let mut subjects: Vec<&Identity> = matter.subjects.iter().map(|subject| &subject.value).collect();
            subjects.sort_unstable();
            match seen.get(&subjects) {
                Some(&first) if self.of_guides[first] != self.of_guides[index] => {
                    let finding = Diagnostic::new(&rules::DUPLICATE_GUIDE, place(guide), "two guides compare the same errors");
                    diagnostics.push(finding.label(place(&guides[first]), "the other"));
                }
                Some(_) => {}
                None => {
                    seen.insert(subjects, index);
                }
            }
        }
    }

    /// Every error has a provider, and its code looks as the provider says.
    fn providers(&self, guides: &[Guide], diagnostics: &mut Vec<Diagnostic>) {
        let mut patterns: HashMap<&Slug, Option<Pattern>> = HashMap::new();
        for guide in guides {
            if let Some(matter) = guide.provider() {
                let pattern = matter.code_pattern.as_ref().and_then(|pattern| Pattern::compile(&pattern.value).ok());
                patterns.insert(&matter.slug, pattern);
            }
        }
        let names: Vec<&str> = guides.iter().filter_map(|guide| guide.provider()).map(|matter| matter.slug.as_str()).collect();
        for matter in guides.iter().filter_map(Guide::error) {
            let provider = &matter.provider;
            match patterns.get(&provider.value) {
                Some(Some(pattern)) if !pattern.is_whole_match(&matter.code.value) => {
                    let message = format!("`{}` does not look like a code of {}", matter.code.value, provider.value);
                    let finding = Diagnostic::new(&rules::CODE_PATTERN_MISMATCH, matter.code.span, message);
                    diagnostics.push(finding.hint("correct the code, or the code_pattern of the provider"));
                }
                Some(_) => {}
                None if self.broken.contains(&format!("provider:{}", provider.value)) => {}
                None => {
                    let finding =
                        Diagnostic::new(&rules::UNKNOWN_PROVIDER, provider.span, format!("no provider `{}`", provider.value));
                    let finding = finding.did_you_mean(nearest(provider.value.as_str(), names.iter().copied()));
                    diagnostics.push(finding.hint(format!("a provider is a file in content/providers, {}.md", provider.value)));
                }
            }
        }
    }

    /// The guide of an identity, without a finding.
    pub(super) fn get(&self, identity: &Identity) -> Option<GuideId> {
        self.by_identity.get(identity).copied()
    }

    /// Whether a guide of this name exists but is broken.
    pub(super) fn is_broken(&self, identity: &Identity) -> bool {
        self.broken.contains(&lower_case(identity))
    }

    /// The guide of a reference; one that does not exist is told.
    pub(super) fn find(&self, identity: &Identity, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Found> {
        if let Some(id) = self.get(identity) {
            return Some(Found::Guide(id));
        }
        if self.is_broken(identity) {
            return Some(Found::Broken);
        }
        let written = identity.to_string();
        let finding = Diagnostic::new(&rules::UNKNOWN_GUIDE, span, format!("no guide `{written}`"));
        diagnostics.push(finding.did_you_mean(self.near(&written)));
        None
    }

    /// The guide of a bare code; none or several are told.
    pub(super) fn find_code(&self, code: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Found> {
        match self.by_code.get(code).map(Vec::as_slice) {
            Some([id]) => Some(Found::Guide(*id)),
            Some(several) => {
                let names: Vec<_> = several.iter().map(|id| format!("[[{}]]", self.of_guides[id.index()])).collect();
                let finding = Diagnostic::new(&rules::AMBIGUOUS_CODE, span, format!("several providers have a code `{code}`"));
                diagnostics.push(finding.hint(format!("write one of {}", names.join(", "))));
                None
            }
            None if self.broken.iter().any(|broken| broken.ends_with(&format!(":{}", code.to_lowercase()))) => {
                Some(Found::Broken)
            }
            None => {
                let codes = self.of_guides.iter().filter_map(|identity| match identity {
                    Identity::Error { code, .. } => Some(code.as_str()),
                    Identity::Named { .. } => None,
                });
                let finding = Diagnostic::new(&rules::UNKNOWN_GUIDE, span, format!("no guide has the code `{code}`"));
                diagnostics.push(finding.did_you_mean(nearest(code, codes)));
                None
            }
        }
    }

    fn near(&self, written: &str) -> Option<String> {
        let names: Vec<String> = self.of_guides.iter().map(ToString::to_string).collect();
        nearest(written, names.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Where a finding about a whole guide points: the value that says who it is.
pub(super) fn place(guide: &Guide) -> Span {
    match &guide.matter {
        Matter::Error(matter) => matter.code.span,
        Matter::Compare(matter) => matter.subjects.first().map_or(guide.common.span, |subject| subject.span),
        Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => {
            guide.common.title.as_ref().map_or(guide.common.description.span, |title| title.span)
        }
    }
}

fn identities(guides: &[Guide]) -> Vec<Identity> {
    guides
        .iter()
        .map(|guide| match &guide.matter {
            Matter::Error(matter) => Identity::Error { provider: matter.provider.value.clone(), code: matter.code.value.clone() },
            _ => Identity::Named { kind: guide.kind(), slug: guide.slug() },
        })
        .collect()
}

fn lower_case(identity: &Identity) -> String {
    debug_assert_eq!(identity.kind() == GuideKind::Error, matches!(identity, Identity::Error { .. }));
    identity.to_string().to_lowercase()
}
