//! The cross-link graph: guides, what leads from one to another and why, and guides that stand alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Column, Kind, Report, Table};
use crate::model::guide::{Guide, Matter};
use crate::model::site::{GuideId, Site, Target};
use crate::model::source::{Sources, Span};

/// The cross-link graph of a site.
#[derive(Debug, Serialize)]
pub struct Graph {
    /// All guides, providers and pages, in path order.
    pub(super) nodes: Vec<Node>,
    /// What leads from one to another, by where it starts, its kind and where it ends.
    pub(super) edges: Vec<Edge>,
    /// Errors, compares and playbooks without an edge, by id.
    pub(super) orphans: Vec<String>,
}

/// A guide.
#[derive(Debug, Serialize)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) path: String,
}

/// What leads from one guide to another.
#[derive(Debug, Serialize)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) kind: EdgeKind,
    /// Why a reader would go there, or where it stands; absent where the kind says it all.
    pub(super) reason: Option<String>,
}

/// What an edge says, in the order they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum EdgeKind {
    Compares,
    Covers,
    SameAs,
    Related,
    ReplacedBy,
    Links,
    Mentions,
}

impl EdgeKind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Compares => "compares",
            Self::Covers => "covers",
            Self::SameAs => "same as",
            Self::Related => "related",
            Self::ReplacedBy => "replaced by",
            Self::Links => "links",
            Self::Mentions => "mentions",
        }
    }
}

/// The graph between all guides. Edges show at both of their ends, so a guide with any edge can be found from another.
pub fn graph(site: &Site, sources: &Sources) -> Graph {
    let name = |id: GuideId| site.identities[id.index()].to_string();
    let mut edges = Vec::new();
    let mut connected = BTreeSet::new();
    for from in site.ids() {
        let mut own = Own::default();
        own.stated(site, from);
        own.prose(site, from);
        for ((kind, to), reasons) in own.edges {
            connected.extend([from, to]);
            let reason = (!reasons.is_empty()).then(|| reasons.join(", "));
            edges.push(Edge { from: name(from), to: name(to), kind, reason });
        }
    }
    let orphans = site.ids().filter(|id| site.guide(*id).kind().is_guide() && !connected.contains(id)).map(name).collect();
    Graph { nodes: site.ids().map(|id| node(site, sources, id)).collect(), edges, orphans }
}

fn node(site: &Site, sources: &Sources, id: GuideId) -> Node {
    Node {
        id: site.identities[id.index()].to_string(),
        kind: site.guide(id).kind().spec().name,
        title: site.title(id),
        address: site.permalink(id).to_string(),
        path: sources.file(site.guide(id).file).path.clone(),
    }
}

/// The edges of one guide with their reasons, each once.
#[derive(Default)]
struct Own {
    edges: BTreeMap<(EdgeKind, GuideId), Vec<String>>,
}

impl Own {
    fn add(&mut self, kind: EdgeKind, to: GuideId, reason: Option<String>) {
        let reasons = self.edges.entry((kind, to)).or_default();
        reasons.extend(reason.filter(|reason| !reasons.contains(reason)));
    }

    /// What the front matter says.
    fn stated(&mut self, site: &Site, from: GuideId) {
        let (guide, edges) = (site.guide(from), &site.edges[from.index()]);
        edges.subjects.iter().for_each(|to| self.add(EdgeKind::Compares, *to, question(guide)));
        for to in &edges.covers {
            self.add(EdgeKind::Covers, *to, None);
            for title in nodes(site, from, *to) {
                self.add(EdgeKind::Covers, *to, Some(title));
            }
        }
        edges.same_as.iter().for_each(|to| self.add(EdgeKind::SameAs, *to, None));
        edges.related.iter().for_each(|(to, at)| self.add(EdgeKind::Related, *to, Some(guide.common.related[*at].why.clone())));
        edges.replaced_by.iter().for_each(|to| self.add(EdgeKind::ReplacedBy, *to, None));
    }

    /// What the body links and mentions, with the sections that do.
    fn prose(&mut self, site: &Site, from: GuideId) {
        let guide = site.guide(from);
        for (link, target) in guide.body.links.iter().zip(&site.links[from.index()]) {
            if let Some(Target::Guide { guide: to, .. }) = target
                && *to != from
            {
                self.add(EdgeKind::Links, *to, Some(section(guide, link.span)));
            }
        }
        for (mention, target) in guide.body.mentions.iter().zip(&site.mentions[from.index()]) {
            if let Some(to) = target {
                self.add(EdgeKind::Mentions, *to, Some(section(guide, mention.span)));
            }
        }
    }
}

fn question(guide: &Guide) -> Option<String> {
    match &guide.matter {
        Matter::Compare(matter) => Some(matter.question.clone()),
        Matter::Error(_) | Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => None,
    }
}

/// The titles of a playbook's nodes that link an error.
fn nodes(site: &Site, playbook: GuideId, error: GuideId) -> Vec<String> {
    let coverage = site.relations[error.index()].playbooks.iter().find(|coverage| coverage.playbook == playbook);
    let nodes = &site.guide(playbook).body.nodes;
    coverage.iter().flat_map(|coverage| &coverage.nodes).map(|at| nodes[*at].title.clone()).collect()
}

fn section(guide: &Guide, span: Span) -> String {
    let section = guide.body.section_of(span).map(|index| guide.body.sections[index].heading.clone());
    section.unwrap_or_else(|| "before the first section".to_owned())
}

const NODES: &[Column] = &[
    Column { heading: "Guide", kind: Kind::Reference },
    Column { heading: "Out", kind: Kind::Number },
    Column { heading: "In", kind: Kind::Number },
    Column { heading: "Title", kind: Kind::Text },
];

const EDGES: &[Column] = &[
    Column { heading: "From", kind: Kind::Reference },
    Column { heading: "Edge", kind: Kind::Text },
    Column { heading: "To", kind: Kind::Reference },
    Column { heading: "Reason or place", kind: Kind::Text },
];

const ORPHANS: &[Column] = &[Column { heading: "Guide", kind: Kind::Reference }];

impl Graph {
    /// How many edges start and end at each guide.
    fn ends(&self) -> BTreeMap<&str, (usize, usize)> {
        let mut ends: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for edge in &self.edges {
            ends.entry(&edge.from).or_default().0 += 1;
            ends.entry(&edge.to).or_default().1 += 1;
        }
        ends
    }
}

impl Report for Graph {
    fn tables(&self) -> Vec<Table> {
        let ends = self.ends();
        let node = |node: &Node| {
            let (out, into) = ends.get(node.id.as_str()).copied().unwrap_or_default();
            vec![node.id.clone(), out.to_string(), into.to_string(), node.title.clone()]
        };
        let edge = |edge: &Edge| {
            vec![edge.from.clone(), edge.kind.words().to_owned(), edge.to.clone(), edge.reason.clone().unwrap_or_default()]
        };
        let rows = self.nodes.iter().map(node).collect();
        let nodes = Table { title: "Guides", columns: NODES, rows, empty: "this site has no guides".to_owned() };
        let rows = self.edges.iter().map(edge).collect();
        let edges = Table { title: "Edges", columns: EDGES, rows, empty: "no guide leads to another".to_owned() };
        let rows = self.orphans.iter().map(|id| vec![id.clone()]).collect();
        let empty = "every error, compare and playbook has an edge to another guide".to_owned();
        vec![nodes, edges, Table { title: "Orphans", columns: ORPHANS, rows, empty }]
    }
}
