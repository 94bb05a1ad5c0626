//! The whole site: guides with their addresses, and the graph between them.

use std::collections::BTreeMap;

use super::config::Config;
use super::date::Interval;
use super::guide::{ErrorMatter, Guide, ProviderMatter};
use super::kind::GuideKind;
use super::reference::Identity;
use super::source::{FileId, Span};
use super::url::{Permalink, SitePath, Slug};

/// The number of a guide in [`Site::guides`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuideId(usize);

impl GuideId {
    /// The id of the guide at an index.
    pub fn new(index: usize) -> Self {
        Self(index)
    }

    /// The index of the guide.
    pub fn index(self) -> usize {
        self.0
    }
}

/// Everything pages are made from.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Config,
    /// All guides, providers and pages, in path order.
    pub guides: Vec<Guide>,
    /// The identity of each guide.
    pub identities: Vec<Identity>,
    /// The address of each guide.
    pub permalinks: Vec<Permalink>,
    /// What each guide's front matter points at.
    pub edges: Vec<Edges>,
    /// Where each guide's body links lead, in the order of [`super::body::Body::links`].
    pub links: Vec<Vec<Option<Target>>>,
    /// Where each guide's mentions lead, in the order of [`super::body::Body::mentions`]; `None` stays text.
    pub mentions: Vec<Vec<Option<GuideId>>>,
    /// What else concerns each guide.
    pub relations: Vec<Relations>,
    /// Addresses that lead to others, sorted.
    pub redirects: Vec<Redirect>,
    /// Pages that templates make, in no file of their own.
    pub generated: Vec<Permalink>,
    /// The guide of each provider.
    pub providers: BTreeMap<Slug, GuideId>,
    /// Tags that at least one guide has, in the site's order.
    pub terms: Vec<Term>,
    /// Files beside guides, and the guide whose page they are copied to.
    pub assets: Vec<Asset>,
    /// Codes in prose that no guide is about, most mentioned first.
    pub gaps: Vec<Gap>,
}

impl Site {
    /// The guide behind an id.
    pub fn guide(&self, id: GuideId) -> &Guide {
        &self.guides[id.0]
    }

    /// The ids of all guides.
    pub fn ids(&self) -> impl Iterator<Item = GuideId> + use<> {
        (0..self.guides.len()).map(GuideId)
    }

    /// The ids of all guides of a kind, in path order.
    pub fn of_kind(&self, kind: GuideKind) -> impl Iterator<Item = GuideId> {
        self.ids().filter(move |id| self.guide(*id).kind() == kind)
    }

    /// The guides that a guide's body leads to, by link or by a code in prose; one that is linked twice comes twice.
    pub fn leads_to(&self, id: GuideId) -> impl Iterator<Item = GuideId> {
        let linked = self.links[id.0].iter().filter_map(|target| match target {
            Some(Target::Guide { guide, .. }) => Some(*guide),
            Some(Target::Here(_) | Target::Generated(_) | Target::File(_) | Target::External(_)) | None => None,
        });
        linked.chain(self.mentions[id.0].iter().flatten().copied())
    }

    /// The address of a guide.
    pub fn permalink(&self, id: GuideId) -> &Permalink {
        &self.permalinks[id.0]
    }

    /// The front matter of an error's provider, with its guide.
    pub fn provider_of(&self, error: &ErrorMatter) -> Option<(GuideId, &ProviderMatter)> {
        let id = *self.providers.get(&error.provider.value)?;
        self.guide(id).provider().map(|matter| (id, matter))
    }

    /// How long a review of a guide stays good.
    pub fn review_interval(&self, id: GuideId) -> Interval {
        self.guide(id).common.review_in.unwrap_or(self.config.review_interval)
    }

    /// The name readers know a guide by: "AADSTS50076: MFA required", "429 Too Many Requests vs 503 Service Unavailable".
    pub fn title(&self, id: GuideId) -> String {
        use super::guide::Matter;
        let guide = self.guide(id);
        if let Some(title) = &guide.common.title {
            return title.value.clone();
        }
        match &guide.matter {
            Matter::Error(matter) => format!("{}: {}", matter.code.value, matter.name),
            Matter::Compare(_) => {
                let subjects = &self.edges[id.0].subjects;
                let name = |subject: &GuideId| {
                    let provider = self.guide(*subject).error().and_then(|matter| self.provider_of(matter));
                    match provider.filter(|_| self.shares_code(*subject, subjects)) {
                        Some((_, provider)) => format!("{} {}", provider.name, self.code_and_name(*subject)),
                        None => self.code_and_name(*subject),
                    }
                };
                subjects.iter().map(name).collect::<Vec<_>>().join(" vs ")
            }
            Matter::Provider(matter) => matter.name.clone(),
            Matter::Playbook(_) | Matter::Page(_) => String::new(),
        }
    }

    /// What readers call a guide in passing: the code of an error, with its provider's word where codes are ambiguous
    /// ("HTTP 503"); the title of anything else.
    pub fn short_title(&self, id: GuideId) -> String {
        let Some(error) = self.guide(id).error() else { return self.title(id) };
        let qualifier = self.provider_of(error).and_then(|(_, provider)| provider.qualifiers.first());
        qualifier.map_or_else(|| error.code.value.clone(), |word| format!("{word} {}", error.code.value))
    }

    /// What a link to a guide says where its writer gave no text: its short title, and the heading it goes to.
    pub fn link_text(&self, id: GuideId, fragment: Option<&str>) -> String {
        let headings = &self.guide(id).body.headings;
        let heading = fragment.and_then(|fragment| headings.iter().find(|heading| heading.anchor == fragment));
        heading.map_or_else(|| self.short_title(id), |heading| format!("{}: {}", self.short_title(id), heading.text))
    }

    /// The code of an error beside others: with its provider, `http:503`, where another of them has the same code.
    pub fn code_among(&self, id: GuideId, others: &[GuideId]) -> String {
        match self.guide(id).error() {
            Some(matter) if !self.shares_code(id, others) => matter.code.value.clone(),
            Some(_) | None => self.identities[id.0].to_string(),
        }
    }

    fn shares_code(&self, id: GuideId, others: &[GuideId]) -> bool {
        let code = |id: GuideId| self.guide(id).error().map(|matter| matter.code.value.as_str());
        others.iter().any(|other| *other != id && code(*other) == code(id))
    }

    /// "429 Too Many Requests" of an error; its title of anything else.
    pub fn code_and_name(&self, id: GuideId) -> String {
        match self.guide(id).error() {
            Some(matter) => format!("{} {}", matter.code.value, matter.name),
            None => self.title(id),
        }
    }
}

/// What a guide's front matter points at. An edge is stored once, where it was written.
#[derive(Debug, Default)]
pub struct Edges {
    /// Of a compare: its subjects.
    pub subjects: Vec<GuideId>,
    /// Of a playbook: the errors it covers.
    pub covers: Vec<GuideId>,
    /// The same condition as other providers report it.
    pub same_as: Vec<GuideId>,
    /// Manual edges, by index in the front matter.
    pub related: Vec<(GuideId, usize)>,
    /// For each signature: who shares it.
    pub shared_with: Vec<Vec<GuideId>>,
    /// What replaces it.
    pub replaced_by: Option<GuideId>,
}

/// Where a link of a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a guide, perhaps to a place on its page.
    Guide {
        /// The guide.
        guide: GuideId,
        /// The anchor on its page.
        fragment: Option<String>,
    },
    /// To a place on the same page.
    Here(String),
    /// To a page that is generated, by its address.
    Generated(Permalink),
    /// To a file of the output.
    File(SitePath),
    /// To another site.
    External(String),
}

/// What else concerns a guide: the edges of others, read from this end. Sorted and without doubles.
#[derive(Debug, Default)]
pub struct Relations {
    /// Compares that have it as a subject.
    pub compares: Vec<GuideId>,
    /// Playbooks that cover it, with the nodes that link it.
    pub playbooks: Vec<Coverage>,
    /// The same condition elsewhere, whichever side said so.
    pub same_as: Vec<GuideId>,
    /// Manual edges, whichever side drew them.
    pub related: Vec<Related>,
    /// Guides whose prose links it.
    pub backlinks: Vec<Backlink>,
}

/// A playbook that covers an error.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The playbook.
    pub playbook: GuideId,
    /// The nodes whose text links the error, by index.
    pub nodes: Vec<usize>,
}

/// A manual edge.
#[derive(Debug, PartialEq, Eq)]
pub struct Related {
    /// The guide at the other end.
    pub guide: GuideId,
    /// The guide whose front matter drew it.
    pub drawn_by: GuideId,
    /// The index of the edge in that front matter.
    pub index: usize,
}

/// A guide whose prose links another.
#[derive(Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The guide that links.
    pub guide: GuideId,
    /// The first section that does, by index; `None` before the first section.
    pub section: Option<usize>,
}

/// An address that leads to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The address.
    pub from: Permalink,
    /// The guide it leads to.
    pub to: GuideId,
    /// Whether it is the short permanent address of an error.
    pub is_short: bool,
}

impl Site {
    /// Every address at which the site answers, pages and redirects, sorted.
    pub fn addresses(&self) -> Vec<&Permalink> {
        let is_made = |permalink: &&Permalink| permalink.as_str() != "/lookup/" || !self.config.is_off("lookup");
        let generated = self.generated.iter().filter(is_made);
        let redirects = self.published_redirects().map(|redirect| &redirect.from);
        let mut all: Vec<&Permalink> = self.permalinks.iter().chain(generated).chain(redirects).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The redirects that the site publishes.
    pub fn published_redirects(&self) -> impl Iterator<Item = &Redirect> {
        let is_on = |redirect: &&Redirect| redirect.is_short || !self.config.is_off("redirects");
        self.redirects.iter().filter(is_on)
    }
}

/// A tag and what has it.
#[derive(Debug)]
pub struct Term {
    /// The tag.
    pub slug: Slug,
    /// What readers call it.
    pub name: String,
    /// Its guides, in path order.
    pub guides: Vec<GuideId>,
}

/// A file beside a guide.
#[derive(Debug)]
pub struct Asset {
    /// The file.
    pub file: FileId,
    /// Where it is copied to.
    pub path: SitePath,
}

/// A code in prose that no guide is about.
#[derive(Debug)]
pub struct Gap {
    /// Whose code it looks like.
    pub provider: Slug,
    /// The code.
    pub code: String,
    /// Where it stands.
    pub mentions: Vec<Span>,
}
