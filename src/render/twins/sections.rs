//! The sections of a guide as Markdown, in the order of its page.

use super::body::BodyText;
use super::escape;
use super::table::table;
use crate::model::body::{Action, Node, Risk, Section};
use crate::model::kind::SectionKind;
use crate::model::site::GuideId;
use crate::model::source::Span;
use crate::render::context::{Context, Linker};
use crate::render::guide_view::{in_order, key_and_title};
use crate::render::triage::{label, risk};

/// A section with its text.
pub(in crate::render) struct SectionText {
    /// Which of the kind's sections.
    pub(in crate::render) kind: SectionKind,
    /// The fixed heading as an anchor; `topic` for a heading of the writer's own.
    pub(in crate::render) key: String,
    pub(in crate::render) anchor: String,
    /// The heading without markup.
    pub(in crate::render) title: String,
    /// The heading as Markdown.
    pub(in crate::render) heading: String,
    /// What stands below it, as Markdown.
    pub(in crate::render) text: String,
}

/// Every section of a guide.
pub(in crate::render) fn sections(
    context: &Context<'_>,
    linker: &Linker<'_>,
    body: &BodyText<'_>,
    id: GuideId,
) -> Vec<SectionText> {
    let maker = Maker { context, linker, body, id };
    in_order(context.site.guide(id)).into_iter().map(|section| maker.section(section)).collect()
}

struct Maker<'a> {
    context: &'a Context<'a>,
    linker: &'a Linker<'a>,
    body: &'a BodyText<'a>,
    id: GuideId,
}

impl Maker<'_> {
    fn section(&self, section: &Section) -> SectionText {
        let (key, title) = key_and_title(self.context, self.id, section);
        let is_topic = section.kind == SectionKind::Topic;
        let heading = if is_topic { self.body.heading(section.heading_span) } else { escape::text(&title) };
        SectionText { kind: section.kind, key, anchor: section.anchor.clone(), title, heading, text: self.text(section) }
    }

    fn text(&self, section: &Section) -> String {
        let guide = self.context.site.guide(self.id);
        match (&guide.body.table, section.kind) {
            (Some(comparison), SectionKind::TellThemApart) => {
                let before = self.body.part(Span { end: comparison.span.start, ..section.content }, &[]);
                let after = self.body.part(Span { start: comparison.span.end, ..section.content }, &[]);
                let mut rows = self.body.rows(comparison);
                let corner = rows.first().and_then(|head| head.first()).cloned().unwrap_or_default();
                let rows = rows.split_off(1.min(rows.len()));
                blocks([before, table(self.context.site, self.linker, self.id, &corner, rows), after])
            }
            (_, SectionKind::Triage) => {
                let first = guide.body.nodes.first().map_or(section.content.end, |node| node.heading_span.start);
                let before = self.body.part(Span { end: first, ..section.content }, &[]);
                let nodes = guide.body.nodes.iter().enumerate().map(|(at, node)| self.node(at + 1, node));
                blocks(std::iter::once(before).chain(nodes))
            }
            _ => self.body.part(section.content, &[]),
        }
    }

    fn node(&self, number: usize, node: &Node) -> String {
        let heading = format!("### {number} · {} {}", label(&node.action), escape::text(&node.title));
        let risk = match node.risk {
            Risk::Unstated => String::new(),
            stated => format!("Risk: {}", risk(stated).unwrap_or_default()),
        };
        let hand_over = match &node.action {
            Action::Escalate { to, within } => {
                let within = within.as_ref().map(|within| format!(" within {}", escape::text(within)));
                format!("Hand over to **{}**{}.", escape::text(to), within.unwrap_or_default())
            }
            Action::Ask | Action::Do | Action::Fix => String::new(),
        };
        let branches: Vec<String> = node.branches.iter().filter_map(|branch| self.branch(branch)).collect();
        blocks([heading, risk, hand_over, self.body.part(node.content, &node.branch_lists), branches.join("\n")])
    }

    fn branch(&self, branch: &crate::model::body::Branch) -> Option<String> {
        let nodes = &self.context.site.guide(self.id).body.nodes;
        let at = nodes.iter().position(|node| node.id == branch.target)?;
        let written = self.body.part(branch.condition, &[]);
        let condition = if written.trim().is_empty() { escape::text(&branch.label) } else { written.trim().to_owned() };
        let name = format!("Go to {}: {}", at + 1, nodes[at].title);
        let condition = condition.trim_end_matches(':');
        Some(format!("- {condition}: {}", escape::link(&name, &self.linker.guide(self.id, Some(&branch.target)))))
    }
}

/// Blocks one under the other, without the empty ones.
pub(super) fn blocks(parts: impl IntoIterator<Item = String>) -> String {
    let kept: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    kept.join("\n\n")
}
