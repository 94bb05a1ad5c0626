//! What the JSON files hold. A door to schemars. These types are the one source: the files are made from them, and the schemas beside the files too.
//!
//! docs/api.md says what is promised: a field may be added, none is taken away or changes its meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Every guide of the site, in the order of their sources.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Guides {
    pub(super) site: SiteData,
    pub(super) guides: Vec<Entry>,
}

/// The site that the guides are of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SiteData {
    pub(super) title: String,
    pub(super) description: String,
    /// The address of the home page.
    pub(super) url: String,
    /// A BCP 47 tag.
    pub(super) language: String,
}

/// A guide in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Entry {
    /// What other guides call it by: `http:503`, `compare:429-vs-503`.
    pub(super) reference: String,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) description: String,
    /// The address of its page.
    pub(super) url: String,
    /// The address of its JSON file.
    pub(super) data_url: String,
    /// The address of its Markdown; null where the site publishes none.
    pub(super) markdown_url: Option<String>,
    pub(super) status: Status,
    /// The day somebody last checked it, as YYYY-MM-DD; only providers and pages may lack it.
    pub(super) last_reviewed_on: Option<String>,
}

/// What a guide is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// One error code of one provider.
    Error,
    /// Two to four errors that people confuse.
    Compare,
    /// A decision tree over a class of incidents.
    Playbook,
    /// The software or service that prints codes.
    Provider,
    /// Anything else.
    Page,
}

/// Whether what a guide says holds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    /// It holds.
    Current,
    /// It is not finished; an ordinary build leaves it out.
    Draft,
    /// There is something newer.
    Deprecated,
    /// It is kept for its address.
    Retired,
}

/// One guide.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct GuideData {
    /// What other guides call it by: `http:503`, `compare:429-vs-503`.
    pub(super) reference: String,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) description: String,
    /// The address of its page.
    pub(super) url: String,
    /// The address of its Markdown; null where the site publishes none.
    pub(super) markdown_url: Option<String>,
    pub(super) status: Status,
    /// What to read instead.
    pub(super) replaced_by: Option<Link>,
    /// The day somebody last checked it, as YYYY-MM-DD; only providers and pages may lack it.
    pub(super) last_reviewed_on: Option<String>,
    /// The last day on which that review is good.
    pub(super) review_due_on: Option<String>,
    /// Who keeps it.
    pub(super) owner: Option<String>,
    pub(super) tags: Vec<Named>,
    /// What only an error guide has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<ErrorData>,
    /// What only a compare guide has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) compare: Option<CompareData>,
    /// What only a playbook has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) playbook: Option<PlaybookData>,
    /// What only a provider has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provider: Option<ProviderData>,
    /// The text before the first section, as Markdown with whole addresses; mostly empty.
    pub(super) intro: String,
    /// Its sections, in the order of the page.
    pub(super) sections: Vec<SectionData>,
    /// Its official sources; `[1]` in the text is the first.
    pub(super) references: Vec<ReferenceData>,
    /// Guides to go to from here, each with its reason.
    pub(super) links: Vec<ReasonedLink>,
    /// Other guides that link it.
    pub(super) mentioned_in: Vec<Link>,
}

/// A guide that another names.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Link {
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) url: String,
}

/// A guide to go to, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReasonedLink {
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) url: String,
    /// When a reader should go there.
    pub(super) reason: String,
}

/// A key of the site's lists and what readers see for it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Named {
    pub(super) key: String,
    pub(super) name: String,
}

/// A section of a guide.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SectionData {
    /// The same for all guides of a kind: `fix`; `topic` where the heading is the writer's own.
    pub(super) key: String,
    /// What a link to it ends in.
    pub(super) anchor: String,
    pub(super) title: String,
    /// What stands in it, as Markdown with whole addresses.
    pub(super) text: String,
}

/// An official source.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReferenceData {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    /// The day it was read, as YYYY-MM-DD.
    pub(super) accessed: String,
}

/// What only an error guide has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ErrorData {
    pub(super) provider: Link,
    /// The code as the software prints it.
    pub(super) code: String,
    pub(super) name: String,
    pub(super) category: Named,
    /// The HTTP status that comes with it.
    pub(super) http_status: Option<u16>,
    pub(super) facts: Vec<FactData>,
    pub(super) signatures: Vec<SignatureData>,
    /// The same condition as other providers report it.
    pub(super) same_as: Vec<Link>,
    /// Its short permanent address, where the site has such.
    pub(super) short_url: Option<String>,
    /// Its fixes, in the order to try them.
    pub(super) fixes: Vec<FixData>,
}

/// A fact of an error.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FactData {
    pub(super) key: String,
    /// The question it answers.
    pub(super) label: String,
    /// A key of the site's list, or text.
    pub(super) value: String,
    /// The value as readers see it.
    pub(super) text: String,
}

/// A message that an error guide recognises.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SignatureData {
    /// A regular expression that Rust and JavaScript read alike.
    pub(super) pattern: String,
    /// Messages that match.
    pub(super) samples: Vec<String>,
    /// Messages that must not.
    pub(super) rejects: Vec<String>,
}

/// A fix of an error.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct FixData {
    /// What it is called; may be empty.
    pub(super) lead: String,
    /// The first sentence behind.
    pub(super) hint: String,
    /// Where it stands in the guide.
    pub(super) url: String,
}

/// What only a compare guide has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CompareData {
    pub(super) question: String,
    /// The errors that are told apart, in the order of the table.
    pub(super) subjects: Vec<Link>,
}

/// What only a playbook has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PlaybookData {
    /// The errors it is about.
    pub(super) covers: Vec<Link>,
    /// Names of alerts that lead here.
    pub(super) triggers: Vec<String>,
    pub(super) severity: Option<String>,
    pub(super) time_budget: Option<String>,
    /// The decision tree; it starts at the first node.
    pub(super) nodes: Vec<NodeData>,
}

/// A step of a decision tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct NodeData {
    pub(super) id: String,
    pub(super) title: String,
    /// `ask`, `do`, `fix` or `escalate`; the last two end the tree.
    pub(super) action: String,
    /// `reversible`, `disruptive` or `destructive`; null where nothing is said.
    pub(super) risk: Option<String>,
    /// To whom an escalation hands over.
    pub(super) to: Option<String>,
    /// How soon.
    pub(super) within: Option<String>,
    /// What stands in it, as Markdown with whole addresses.
    pub(super) text: String,
    pub(super) branches: Vec<BranchData>,
}

/// A way on from a step.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct BranchData {
    /// When to take it, as Markdown.
    pub(super) condition: String,
    /// The id of the next step.
    pub(super) to: String,
}

/// What only a provider has.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ProviderData {
    pub(super) name: String,
    /// The product in full; may be empty.
    pub(super) product: String,
    /// A pattern that each of its codes matches as a whole.
    pub(super) code_pattern: Option<String>,
    /// Whether its codes keep their meaning, so that programs may branch on them.
    pub(super) has_stable_codes: bool,
    /// Where the official documentation starts.
    pub(super) docs_url: String,
    /// The note on each of its guides.
    pub(super) context: String,
    /// Its errors.
    pub(super) errors: Vec<Link>,
}

/// Every code with the guides that are about it: several providers may print the same.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Codes {
    /// By code as it is printed.
    pub(super) codes: BTreeMap<String, Vec<CodeData>>,
}

/// A guide on a code.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CodeData {
    pub(super) reference: String,
    /// The name of the provider.
    pub(super) provider: String,
    pub(super) title: String,
    /// The address of its page.
    pub(super) url: String,
    /// The address of its JSON file.
    pub(super) data_url: String,
}

/// Every message that the site recognises.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Signatures {
    pub(super) signatures: Vec<SignatureOf>,
}

/// A message and its guide.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct SignatureOf {
    /// A regular expression that Rust and JavaScript read alike.
    pub(super) pattern: String,
    /// Messages that match.
    pub(super) samples: Vec<String>,
    /// Messages that must not.
    pub(super) rejects: Vec<String>,
    pub(super) guide: Link,
}
