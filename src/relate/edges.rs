//! Edges: what each guide's front matter points at.

use super::identities::{Found, Identities};
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Guide, Matter};
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::{Edges, GuideId};
use crate::model::source::Spanned;

/// The edges of each guide. A reference to nothing, to the guide itself or to the wrong kind is told.
pub(super) fn edges(guides: &[Guide], identities: &Identities, diagnostics: &mut Vec<Diagnostic>) -> Vec<Edges> {
    let mut all = Vec::with_capacity(guides.len());
    for (index, guide) in guides.iter().enumerate() {
        let mut reader = Reader { id: GuideId::new(index), guides, identities, diagnostics };
        all.push(reader.edges(guide));
    }
    all
}

/// The page that `site.toml` names must exist.
pub(super) fn editorial_page(config: &Config, identities: &Identities, diagnostics: &mut Vec<Diagnostic>) {
    if let Some((slug, span)) = &config.editorial_page {
        identities.find(&Identity::Named { kind: GuideKind::Page, slug: slug.clone() }, *span, diagnostics);
    }
}

struct Reader<'a> {
    id: GuideId,
    guides: &'a [Guide],
    identities: &'a Identities,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn edges(&mut self, guide: &Guide) -> Edges {
        let mut edges = Edges::default();
        for (index, related) in guide.common.related.iter().enumerate() {
            edges.related.extend(self.one(&related.reference, None).map(|id| (id, index)));
        }
        edges.replaced_by = guide.common.replaced_by.as_ref().and_then(|reference| self.one(reference, Some(guide.kind())));
        match &guide.matter {
            Matter::Error(matter) => {
                edges.same_as = self.errors(&matter.same_as);
                edges.shared_with = matter.signatures.iter().map(|signature| self.errors(&signature.shared_with)).collect();
            }
            Matter::Compare(matter) => {
                let before = self.diagnostics.len();
                edges.subjects = self.errors(&matter.subjects);
                // A subject that does not exist is the slip; what the body says of subjects may be right.
                if self.diagnostics.len() == before {
                    self.diagnostics.extend(guide.body.of_subjects.iter().cloned());
                }
            }
            Matter::Playbook(matter) => edges.covers = self.errors(&matter.covers),
            Matter::Provider(_) | Matter::Page(_) => {}
        }
        edges
    }

    fn errors(&mut self, references: &[Spanned<Identity>]) -> Vec<GuideId> {
        references.iter().filter_map(|reference| self.one(reference, Some(GuideKind::Error))).collect()
    }

    fn one(&mut self, reference: &Spanned<Identity>, kind: Option<GuideKind>) -> Option<GuideId> {
        if let Some(kind) = kind.filter(|kind| *kind != reference.value.kind()) {
            let message = format!("`{}` is not {} guide", reference.value, with_article(kind));
            self.diagnostics.push(Diagnostic::new(&rules::WRONG_KIND, reference.span, message));
            return None;
        }
        match self.identities.find(&reference.value, reference.span, self.diagnostics)? {
            Found::Broken => None,
            Found::Guide(id) if id == self.id => {
                let message = format!("the guide names itself, `{}`", reference.value);
                self.diagnostics.push(Diagnostic::new(&rules::SELF_REFERENCE, reference.span, message));
                None
            }
            Found::Guide(id) => {
                debug_assert!(id.index() < self.guides.len());
                Some(id)
            }
        }
    }
}

fn with_article(kind: GuideKind) -> String {
    let name = kind.spec().name;
    format!("{} {name}", if name.starts_with('e') { "an" } else { "a" })
}
