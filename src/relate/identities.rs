//! Who is who: from references and bare codes to guides.

use std::collections::{HashMap, HashSet};

use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Broken, Guide, Matter, ParsedGuides};
use crate::model::kind::GuideKind;
use crate::model::pattern::Pattern;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::GuideId;
use crate::model::source::{Sources, Span};
use crate::model::suggest::nearest;
use crate::model::url::Slug;

/// The guides by what they are called.
pub(super) struct Identities {
    /// The identity of each guide.
    pub(super) of_guides: Vec<Identity>,
    by_identity: HashMap<Identity, GuideId>,
    by_code: HashMap<String, Vec<GuideId>>,
    /// Files that would exist if they were right; links to them are not told.
    broken: HashSet<String>,
    /// Drafts that are left out; links to them are told as such.
    drafts: HashSet<String>,
}

/// What a reference leads to.
#[derive(Clone, Copy)]
pub(super) enum Found {
    Guide(GuideId),
    /// A guide whose own findings are told already.
    Broken,
}

/// Leaves out the second of two guides for one thing, and tells it.
pub(super) fn without_doubles(guides: Vec<Guide>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Guide> {
    let mut first: HashMap<Identity, Span> = HashMap::new();
    let mut kept = Vec::with_capacity(guides.len());
    for guide in guides {
        let identity = identity(&guide);
        match first.get(&identity) {
            Some(first) => {
                let finding = Diagnostic::new(&rules::DUPLICATE_GUIDE, place(&guide), format!("two guides for `{identity}`"));
                diagnostics.push(finding.label(*first, "the other"));
            }
            None => {
                first.insert(identity, place(&guide));
                kept.push(guide);
            }
        }
    }
    kept
}

impl Identities {
    /// The guides by name; compares that are one too many and errors of unknown providers are told.
    pub(super) fn new(parsed: &ParsedGuides, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let names = |files: &[Broken]| files.iter().filter_map(|file| file.identity.as_ref()).flat_map(loose_names).collect();
        let mut identities = Self {
            of_guides: parsed.guides.iter().map(identity).collect(),
            by_identity: HashMap::new(),
            by_code: HashMap::new(),
            broken: names(&parsed.broken),
            drafts: names(&parsed.drafts),
        };
        for (index, identity) in identities.of_guides.iter().enumerate() {
            let id = GuideId::new(index);
            identities.by_identity.insert(identity.clone(), id);
            if let Identity::Error { code, .. } = identity {
                identities.by_code.entry(code.clone()).or_default().push(id);
            }
        }
        identities.same_subjects(&parsed.guides, diagnostics);
        identities.providers(&parsed.guides, sources, diagnostics);
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
    fn providers(&mut self, guides: &[Guide], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let mut patterns: HashMap<&Slug, Option<Pattern>> = HashMap::new();
        for matter in guides.iter().filter_map(Guide::provider) {
            let pattern = matter.code_pattern.as_ref().and_then(|pattern| Pattern::compile_whole(&pattern.value).ok());
            patterns.insert(&matter.slug, pattern);
        }
        let names: Vec<&str> = guides.iter().filter_map(Guide::provider).map(|matter| matter.slug.as_str()).collect();
        for guide in guides {
            let Some(matter) = guide.error() else { continue };
            let provider = &matter.provider;
            match patterns.get(&provider.value) {
                Some(Some(pattern)) if !pattern.is_match(&matter.code.value) => {
                    let message = format!("`{}` does not look like a code of {}", matter.code.value, provider.value);
                    let finding = Diagnostic::new(&rules::CODE_PATTERN_MISMATCH, matter.code.span, message);
                    diagnostics.push(finding.hint("correct the code, or the code_pattern of the provider"));
                }
                Some(_) => {}
                None if self.broken.contains(&format!("provider:{}", provider.value)) => {}
                None if self.drafts.contains(&format!("provider:{}", provider.value)) => {
                    let message = format!("the provider `{}` is a draft", provider.value);
                    let finding = Diagnostic::new(&rules::UNKNOWN_PROVIDER, provider.span, message);
                    diagnostics
                        .push(finding.hint("publish the draft first, make this guide a draft, too, or build with --drafts"));
                }
                None => {
                    let finding =
                        Diagnostic::new(&rules::UNKNOWN_PROVIDER, provider.span, format!("no provider `{}`", provider.value));
                    let finding =
                        finding.respelt(provider.value.as_str(), nearest(provider.value.as_str(), names.iter().copied()));
                    diagnostics.push(finding.hint(format!("a provider is a file in content/providers, {}.md", provider.value)));
                    // Links name it by the provider it was meant for: the folder it lies in.
                    let path = &sources.file(guide.file).path;
                    let folder = path.split('/').nth(2).and_then(Slug::exact);
                    let meant = folder.map(|provider| Identity::Error { provider, code: matter.code.value.clone() });
                    self.broken.extend(meant.iter().flat_map(loose_names));
                }
            }
        }
    }

    /// The guide of an identity, without a finding.
    pub(super) fn get(&self, identity: &Identity) -> Option<GuideId> {
        self.by_identity.get(identity).copied()
    }

    /// Whether a guide of this name exists, sound or broken.
    pub(super) fn knows(&self, identity: &Identity) -> bool {
        self.get(identity).is_some() || self.is_broken(identity)
    }

    /// Whether a guide of this name exists but is broken.
    pub(super) fn is_broken(&self, identity: &Identity) -> bool {
        loose_names(identity).iter().any(|name| self.broken.contains(name))
    }

    /// The guide of a reference or code that is one as a whole, for codes with a `#` in them.
    pub(super) fn whole(&self, text: &str) -> Option<GuideId> {
        let by_code = || self.by_code.get(text).and_then(|ids| if let [id] = ids[..] { Some(id) } else { None });
        Identity::parse(text).and_then(|identity| self.get(&identity)).or_else(by_code)
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
        if loose_names(identity).iter().any(|name| self.drafts.contains(name)) {
            let finding = Diagnostic::new(&rules::UNKNOWN_GUIDE, span, format!("`{written}` is a draft"));
            diagnostics.push(finding.hint("publish the draft first, or build with --drafts"));
            return None;
        }
        let finding = Diagnostic::new(&rules::UNKNOWN_GUIDE, span, format!("no guide `{written}`"));
        diagnostics.push(finding.respelt(&written, self.near(&written)));
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
                let near = self.meant(code).or_else(|| nearest(code, codes).map(str::to_owned)).or_else(|| self.near(code));
                diagnostics.push(finding.respelt(code, near));
                None
            }
        }
    }

    /// The guide that a text without a proper reference names: `HTTP 503`, `HTTP:503`, or a slug without its kind.
    fn meant(&self, text: &str) -> Option<String> {
        let (provider, code) = text.split_once([':', ' ']).unwrap_or(("", text));
        let kinds = GuideKind::ALL.into_iter().filter(|kind| *kind != GuideKind::Error);
        let named = kinds.filter_map(|kind| Some(Identity::Named { kind, slug: Slug::of(text)? }));
        let error = Slug::of(provider).map(|provider| Identity::Error { provider, code: code.trim().to_owned() });
        error.into_iter().chain(named).find(|identity| self.get(identity).is_some()).map(|identity| identity.to_string())
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

fn identity(guide: &Guide) -> Identity {
    match &guide.matter {
        Matter::Error(matter) => Identity::Error { provider: matter.provider.value.clone(), code: matter.code.value.clone() },
        Matter::Compare(_) | Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => {
            Identity::Named { kind: guide.kind(), slug: guide.slug() }
        }
    }
}

/// What a guide may be called by a writer who cannot be held to its front matter: its identity in lower case, and with its code as
/// it stands in addresses.
fn loose_names(identity: &Identity) -> Vec<String> {
    let mut names = vec![identity.to_string().to_lowercase()];
    if let (Identity::Error { provider, .. }, Some(slug)) = (identity, identity.code_slug()) {
        names.push(format!("{provider}:{slug}"));
    }
    names
}
