//! What the machine must know of a body: sections, links, samples, mentions, the comparison table, the triage tree.

use super::diagnostic::Diagnostic;
use super::kind::SectionKind;
use super::sample::Sample;
use super::source::{Span, Spanned};
use super::url::Slug;

/// What the machine must know of a body. The events are not kept: they are made anew from the text when a page is rendered.
#[derive(Debug)]
pub struct Body {
    /// The text after the front matter.
    pub span: Span,
    /// The text before the first section.
    pub intro: Span,
    /// Second-level sections, in order.
    pub sections: Vec<Section>,
    /// Every heading with its anchor, in order.
    pub headings: Vec<Heading>,
    /// Every link and image, in order.
    pub links: Vec<Link>,
    /// Every code sample, in order.
    pub samples: Vec<Sample>,
    /// Every code found in prose, in order.
    pub mentions: Vec<Mention>,
    /// Every code in backticks, in order, with its backticks.
    pub inline_code: Vec<Span>,
    /// Every footnote reference, in order.
    pub footnotes: Vec<Spanned<String>>,
    /// Ids of footnotes that the body defines, which was told.
    pub defined_footnotes: Vec<String>,
    /// The comparison table, of a compare guide.
    pub table: Option<ComparisonTable>,
    /// The triage tree, of a playbook.
    pub nodes: Vec<Node>,
    /// Sections that must be there and are not, or are still to be written, which was told.
    pub missing: Vec<MissingSection>,
    /// Of a compare: what does not fit its subjects. It is told once they are known to exist; where one does not, it is the slip.
    pub of_subjects: Vec<Diagnostic>,
}

/// A section that must be there and is not.
#[derive(Debug)]
pub struct MissingSection {
    /// Which of the kind's sections.
    pub kind: SectionKind,
    /// The anchor that its heading would have.
    pub anchor: String,
}

impl Body {
    /// The section of a kind.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// The section in which a span lies, by index; `None` before the first.
    pub fn section_of(&self, span: Span) -> Option<usize> {
        self.sections.partition_point(|section| section.heading_span.start <= span.start).checked_sub(1)
    }

    /// Whether a fragment names something on the page: a heading, an item with an anchor, or a node.
    pub fn has_anchor(&self, fragment: &str) -> bool {
        self.anchors().any(|anchor| anchor == fragment)
    }

    /// Whether a section is missing, which was told.
    pub fn lacks(&self, kind: SectionKind) -> bool {
        self.missing.iter().any(|missing| missing.kind == kind)
    }

    /// Whether a fragment names something in a section that is missing, or a cause without its name, either of which was told.
    pub fn lacks_anchor(&self, fragment: &str) -> bool {
        let is_nameless = |section: &Section| section.items.iter().any(|item| item.lead.is_none());
        let mut causes = self.sections.iter().filter(|section| section.kind == SectionKind::Causes);
        fragment.starts_with("cause-") && causes.any(is_nameless)
            || self.missing.iter().any(|missing| {
                let item = missing.kind.item_prefix().and_then(|prefix| fragment.strip_prefix(prefix));
                missing.anchor == fragment || item.is_some_and(|name| name.starts_with('-'))
            })
    }

    /// Every anchor on the page, in no particular order.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let items = self.sections.iter().flat_map(|section| &section.items).map(|item| item.anchor.as_str());
        self.headings.iter().map(|heading| heading.anchor.as_str()).chain(items)
    }
}

/// A second-level section.
#[derive(Debug)]
pub struct Section {
    /// Which of the kind's sections it is.
    pub kind: SectionKind,
    /// The heading as written, without markup.
    pub heading: String,
    /// The heading's anchor.
    pub anchor: String,
    /// Where the heading stands.
    pub heading_span: Span,
    /// Everything after the heading, up to the next section.
    pub content: Span,
    /// The items of its lists, where the section is a list.
    pub items: Vec<Item>,
}

/// An item of a section that is a list: a cause, a fix, a step.
#[derive(Debug)]
pub struct Item {
    /// The bold text it starts with, without its final full stop.
    pub lead: Option<String>,
    /// What links to it end in.
    pub anchor: String,
    /// The first sentence after the lead, without markup.
    pub hint: String,
    /// The whole item.
    pub span: Span,
}

/// A heading of any level.
#[derive(Debug)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// The text without markup.
    pub text: String,
    /// Its anchor.
    pub anchor: String,
    /// The whole heading.
    pub span: Span,
}

/// A link or image of a body.
#[derive(Debug)]
pub struct Link {
    /// Where it leads, as written.
    pub destination: Destination,
    /// The whole link.
    pub span: Span,
    /// The text readers see, without markup.
    pub text: String,
}

/// Where a link leads, as written.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    /// `[[http:503#fix]]`.
    Wiki {
        /// The reference or bare code.
        reference: String,
        /// The part after `#`.
        fragment: Option<String>,
    },
    /// `[text](../http/503.md#fix)`.
    Path {
        /// The path, percent-decoded.
        path: String,
        /// The part after `#`.
        fragment: Option<String>,
    },
    /// `[text](#fix)`.
    Fragment(String),
    /// `https://…` or `mailto:…`.
    External(String),
    /// `![alt](picture.png)`.
    Image(String),
    /// Refused where it was read; shown as text.
    Refused,
}

/// A code found in prose.
#[derive(Debug)]
pub struct Mention {
    /// Whose code it looks like.
    pub provider: Slug,
    /// The code.
    pub code: String,
    /// Where it stands.
    pub span: Span,
}

/// The table of a compare guide.
#[derive(Debug)]
pub struct ComparisonTable {
    /// The whole table.
    pub span: Span,
    /// For each subject, which column is its: 1 is the first after the checks.
    pub columns: Vec<usize>,
}

/// A node of a triage tree.
#[derive(Debug)]
pub struct Node {
    /// What branches link to.
    pub id: String,
    /// The heading without markup.
    pub title: String,
    /// What happens at it.
    pub action: Action,
    /// What it may do to the service.
    pub risk: Risk,
    /// The heading.
    pub heading_span: Span,
    /// Everything after the heading, up to the next node.
    pub content: Span,
    /// The lists whose items are branches.
    pub branch_lists: Vec<Span>,
    /// Where it goes on, in order; an end has none.
    pub branches: Vec<Branch>,
}

/// What happens at a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A question with at least two branches.
    Ask,
    /// Something to do, then on.
    Do,
    /// The end that solves it.
    Fix,
    /// The end that hands it on.
    Escalate {
        /// To whom.
        to: String,
        /// How soon; may be absent.
        within: Option<String>,
    },
}

impl Action {
    /// Whether the tree ends here.
    pub fn is_leaf(&self) -> bool {
        match self {
            Self::Fix | Self::Escalate { .. } => true,
            Self::Ask | Self::Do => false,
        }
    }
}

/// What a node may do to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// Nothing is said.
    Unstated,
    /// It can be undone.
    Reversible,
    /// Readers of the service will notice.
    Disruptive,
    /// Something is lost.
    Destructive,
}

/// A way on from a node.
#[derive(Debug)]
pub struct Branch {
    /// When to take it: the text before the link; empty where only the link says so.
    pub condition: Span,
    /// The text of the link, without markup.
    pub label: String,
    /// The id of the next node.
    pub target: String,
    /// The link.
    pub span: Span,
}
