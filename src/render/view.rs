//! What templates see: plain, typed views. Nothing else is ever serialized for Tera.
//!
//! Fields named `html` are finished HTML and meant for `| safe`; every other text is escaped by the template engine.

use serde::Serialize;

/// What every template sees as `site`.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) language: String,
    /// `rtl` where the language is written from right to left, else `ltr`.
    pub(super) direction: &'static str,
    /// The path of the stylesheet from the site's root.
    pub(super) stylesheet: Option<String>,
    /// The path of the script from the site's root.
    pub(super) script: Option<String>,
    /// The path of the icon from the site's root.
    pub(super) icon: Option<String>,
    /// The main lists; paths are from the site's root.
    pub(super) navigation: Vec<LinkView>,
    /// The path of the home page from the site's root.
    pub(super) home_href: String,
    /// The path of the page of every code from A to Z.
    pub(super) codes_href: String,
    /// The scripts of the lookup box; `None` where the site has none.
    pub(super) lookup: Option<LookupView>,
    /// The path of the Atom feed; `None` where the site has none.
    pub(super) feed: Option<String>,
    /// The path of the description that browsers search the site with; `None` where the site has none.
    pub(super) opensearch: Option<String>,
    /// The whole address of the picture for links to the site: `static/card.png`, where there is one.
    pub(super) card_url: Option<String>,
    /// Pages for the foot; paths are from the site's root.
    pub(super) pages: Vec<LinkView>,
    pub(super) repository_url: Option<String>,
}

/// What the lookup box loads once a reader needs it, as paths from the site's root.
#[derive(Debug, Serialize)]
pub(super) struct LookupView {
    /// What makes a box of the form.
    pub(super) box_script: String,
    /// How a text is matched against the index.
    pub(super) matcher: String,
    /// How hits look.
    pub(super) stylesheet: Option<String>,
}

/// A link: its address and its text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub(super) href: String,
    pub(super) text: String,
}

/// What every page has.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    /// The title in the head.
    pub(super) title: String,
    /// The title without the site's, for cards of links to the page.
    pub(super) own_title: String,
    pub(super) description: String,
    /// The whole address of the page; `None` where it has none of its own (404).
    pub(super) canonical: Option<String>,
    /// Whether it is an article: an error guide, compare guide or playbook.
    pub(super) is_article: bool,
    /// What the page says to search engines: JSON-LD that can stand in a `<script>`; `None` where it says nothing.
    pub(super) structured_data_html: Option<String>,
    /// What leads from this page to the site's root: `../../`.
    pub(super) root: String,
    /// The name of the kind or list, for styling.
    pub(super) class: String,
    /// The way from the home page, without this page.
    pub(super) breadcrumbs: Vec<LinkView>,
    /// The same page in other formats.
    pub(super) alternates: Vec<AlternateView>,
}

/// A page in another format.
#[derive(Debug, Serialize)]
pub(super) struct AlternateView {
    /// `text/markdown`.
    pub(super) media_type: &'static str,
    pub(super) href: String,
}

/// What all kinds of guide show around their own parts.
#[derive(Debug, Serialize)]
pub(super) struct GuideView {
    pub(super) kind: &'static str,
    pub(super) kind_label: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    /// `draft`, `deprecated` or `retired`; absent while the guide holds.
    pub(super) status: Option<&'static str>,
    pub(super) replaced_by: Option<LinkView>,
    pub(super) tags: Vec<LinkView>,
    pub(super) owner: Option<String>,
    /// The headings of the page, in order.
    pub(super) contents: Vec<LinkView>,
    pub(super) sections: Vec<SectionView>,
    pub(super) cards: Vec<CardView>,
    pub(super) mentioned_in: Vec<MentionView>,
    pub(super) references: Vec<ReferenceView>,
    pub(super) review: Option<ReviewView>,
    pub(super) standard: StandardView,
    /// The guide as Markdown; `None` where the site does not publish it.
    pub(super) twin_href: Option<String>,
    pub(super) edit_url: Option<String>,
    pub(super) correction_url: Option<String>,
}

/// A section of a body.
#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    /// The fixed heading as an anchor, `fix`; `topic` for a heading of the writer's own.
    pub(super) key: String,
    pub(super) anchor: String,
    pub(super) title: String,
    /// The title with the markup of a heading of the writer's own.
    pub(super) title_html: String,
    pub(super) html: String,
    /// The comparison table, in "Tell them apart".
    pub(super) table: Option<TableView>,
    /// The nodes of the tree, in "Triage".
    pub(super) nodes: Vec<NodeView>,
    /// The picture of the tree, in "Triage".
    pub(super) picture_html: Option<String>,
    /// What follows a table.
    pub(super) after_html: String,
}

/// A card of decision support.
#[derive(Debug, Serialize)]
pub(super) struct CardView {
    pub(super) href: String,
    pub(super) kind: &'static str,
    pub(super) kind_label: &'static str,
    pub(super) title: String,
    /// As for the guide's own page.
    pub(super) status: Option<&'static str>,
    /// Why a reader should go there.
    pub(super) reason: String,
}

/// A guide that links this one.
#[derive(Debug, Serialize)]
pub(super) struct MentionView {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) kind_label: &'static str,
    /// As for the guide's own page.
    pub(super) status: Option<&'static str>,
    /// The section that links, if not the introduction.
    pub(super) section: Option<String>,
}

/// An official reference.
#[derive(Debug, Serialize)]
pub(super) struct ReferenceView {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) host: String,
    /// "9 April 2026".
    pub(super) accessed: String,
}

/// When a guide was last checked and when it is due again.
#[derive(Debug, Serialize)]
pub(super) struct ReviewView {
    /// "9 April 2026".
    pub(super) date: String,
    /// 2026-04-09.
    pub(super) iso: String,
    /// The last day on which the review is good.
    pub(super) due: String,
    /// The same as 2027-04-09.
    pub(super) due_iso: String,
}

/// The editorial standard.
#[derive(Debug, Serialize)]
pub(super) struct StandardView {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

/// What is particular to an error guide.
#[derive(Debug, Serialize)]
pub(super) struct ErrorView {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) category: String,
    pub(super) http_status: Option<u16>,
    pub(super) provider: ProviderView,
    pub(super) facts: Vec<FactView>,
    /// Whether code and name are so long that they need smaller letters.
    pub(super) is_long: bool,
    /// The first fixes, for the top of the page.
    pub(super) fixes: Vec<FixView>,
    /// Errors that readers take for this one; each leads to the compare that tells them apart.
    pub(super) confused_with: Vec<ConfusedView>,
    /// The guide before this one in the order of its provider's page.
    pub(super) previous: Option<LinkView>,
    /// The one after it.
    pub(super) next: Option<LinkView>,
    /// Its short permanent address, whole.
    pub(super) short_url: Option<String>,
}

/// A provider, as its guides show it.
#[derive(Debug, Default, Serialize)]
pub(super) struct ProviderView {
    pub(super) name: String,
    pub(super) product: String,
    pub(super) href: String,
    pub(super) docs_url: String,
    pub(super) docs_host: String,
    pub(super) context: String,
}

/// What is particular to a provider's own page.
#[derive(Debug, Serialize)]
pub(super) struct ProviderPageView {
    pub(super) provider: ProviderView,
    pub(super) groups: Vec<GroupView>,
    /// How many guides the groups hold.
    pub(super) count: usize,
}

/// A fact and its value, both in readers' words.
#[derive(Debug, Serialize)]
pub(super) struct FactView {
    pub(super) label: String,
    pub(super) value: String,
}

/// A fix: its lead and the sentence behind it.
#[derive(Debug, Serialize)]
pub(super) struct FixView {
    pub(super) anchor: String,
    pub(super) lead: String,
    pub(super) hint: String,
}

/// An error that readers take for another.
#[derive(Debug, Serialize)]
pub(super) struct ConfusedView {
    /// The compare of the two.
    pub(super) href: String,
    pub(super) code: String,
    pub(super) name: String,
}

/// What is particular to a compare guide.
#[derive(Debug, Serialize)]
pub(super) struct CompareView {
    pub(super) question: String,
    pub(super) subjects: Vec<SubjectView>,
    pub(super) facts: TableView,
}

/// A subject of a compare, or an error that a playbook covers.
#[derive(Debug, Serialize)]
pub(super) struct SubjectView {
    pub(super) href: String,
    /// The code, with its provider where another subject has the same.
    pub(super) code: String,
    pub(super) name: String,
    /// As for the guide's own page.
    pub(super) status: Option<&'static str>,
    pub(super) provider: String,
    pub(super) description: String,
}

/// A table with one column a subject.
#[derive(Debug, Default, Serialize)]
pub(super) struct TableView {
    /// What the first column holds.
    pub(super) corner_html: String,
    pub(super) rows: Vec<RowView>,
}

/// A row of such a table.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    pub(super) head_html: String,
    pub(super) cells_html: Vec<String>,
    /// Whether all cells say the same.
    pub(super) is_same: bool,
}

/// What is particular to a playbook.
#[derive(Debug, Serialize)]
pub(super) struct PlaybookView {
    pub(super) severity: Option<String>,
    pub(super) time_budget: Option<String>,
    pub(super) triggers: Vec<String>,
    pub(super) covers: Vec<SubjectView>,
    pub(super) node_count: usize,
    /// The first node.
    pub(super) start: Option<LinkView>,
    /// The last node that hands over to others: the way out that is always in reach.
    pub(super) escalate: Option<LinkView>,
}

/// A node of a triage tree.
#[derive(Debug, Serialize)]
pub(super) struct NodeView {
    pub(super) id: String,
    /// From 1, in the order of the page.
    pub(super) number: usize,
    pub(super) title: String,
    /// `ask`, `do`, `fix` or `escalate`.
    pub(super) action: &'static str,
    pub(super) action_label: &'static str,
    pub(super) risk: Option<&'static str>,
    pub(super) to: Option<String>,
    pub(super) within: Option<String>,
    pub(super) html: String,
    pub(super) branches: Vec<BranchView>,
}

/// A way on from a node.
#[derive(Debug, Serialize)]
pub(super) struct BranchView {
    /// When to take it; empty where only the label says so.
    pub(super) condition_html: String,
    /// The writer's text of the link.
    pub(super) label: String,
    pub(super) href: String,
    pub(super) number: usize,
    pub(super) title: String,
}

/// A list of links under headings.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    pub(super) heading: String,
    pub(super) lead: String,
    pub(super) groups: Vec<GroupView>,
    pub(super) count: usize,
}

/// A heading of a list and what stands under it.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) href: Option<String>,
    pub(super) items: Vec<ItemView>,
}

/// One line of a list.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    pub(super) href: String,
    /// The code of an error; absent for anything else.
    pub(super) code: Option<String>,
    pub(super) title: String,
    /// `draft`, `deprecated` or `retired`; absent while the guide holds.
    pub(super) status: Option<&'static str>,
    pub(super) note: String,
}

/// What the code block component sees; the code itself is its body.
#[derive(Debug, Serialize)]
pub(super) struct CodeView {
    pub(super) title: Option<String>,
    pub(super) language: &'static str,
    pub(super) language_label: &'static str,
    pub(super) is_bad: bool,
}

/// What the tab group component sees; the samples are its body.
#[derive(Debug, Serialize)]
pub(super) struct TabsView {
    /// The group's number on its page.
    pub(super) number: usize,
    pub(super) names: Vec<String>,
}

/// What the callout component sees; the text is its body.
#[derive(Debug, Serialize)]
pub(super) struct CalloutView {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    pub(super) kind: &'static str,
    pub(super) label: &'static str,
}
