//! The triage tree of a playbook: its steps as views, and a picture of it as SVG.

use std::collections::HashMap;

use super::body::BodyHtml;
use super::escape;
use super::view::{BranchView, NodeView};
use crate::model::body::{Action, Branch, Node, Risk};
use crate::model::diagnostic::Diagnostic;

/// The nodes of a tree in the order of the page.
pub(super) fn node_views(body: &BodyHtml<'_>, nodes: &[Node], diagnostics: &mut Vec<Diagnostic>) -> Vec<NodeView> {
    let numbers: HashMap<&str, usize> = nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), index)).collect();
    let branch_view = |branch: &Branch, diagnostics: &mut Vec<Diagnostic>| {
        let index = *numbers.get(branch.target.as_str())?;
        Some(BranchView {
            condition_html: body.inline_span(branch.condition, diagnostics),
            label: branch.label.clone(),
            href: format!("#{}", branch.target),
            number: index + 1,
            title: nodes[index].title.clone(),
        })
    };
    let view = |(index, node): (usize, &Node)| {
        let (to, within) = match &node.action {
            Action::Escalate { to, within } => (Some(to.clone()), within.clone()),
            Action::Ask | Action::Do | Action::Fix => (None, None),
        };
        NodeView {
            id: node.id.clone(),
            number: index + 1,
            title: node.title.clone(),
            action: word(&node.action),
            action_label: label(&node.action),
            risk: risk(node.risk),
            to,
            within,
            html: body.html(node.content, &node.branch_lists, diagnostics),
            branches: node.branches.iter().filter_map(|branch| branch_view(branch, diagnostics)).collect(),
        }
    };
    nodes.iter().enumerate().map(view).collect()
}

/// The word for an action in styles and data.
pub(super) fn word(action: &Action) -> &'static str {
    match action {
        Action::Ask => "ask",
        Action::Do => "do",
        Action::Fix => "fix",
        Action::Escalate { .. } => "escalate",
    }
}

/// What readers see of an action.
pub(super) fn label(action: &Action) -> &'static str {
    match action {
        Action::Ask => "Question",
        Action::Do => "Do",
        Action::Fix => "Fix",
        Action::Escalate { .. } => "Escalate",
    }
}

/// The word for a risk; `None` where nothing is said.
pub(super) fn risk(risk: Risk) -> Option<&'static str> {
    match risk {
        Risk::Unstated => None,
        Risk::Reversible => Some("reversible"),
        Risk::Disruptive => Some("disruptive"),
        Risk::Destructive => Some("destructive"),
    }
}

/// Sizes of the picture, in its own units.
const BOX_WIDTH: usize = 264;
const BOX_HEIGHT: usize = 34;
const ROW_HEIGHT: usize = 44;
const INDENT: usize = 24;
/// Letters that fit a box.
const LINE: usize = 32;

/// One line of the picture: a node below the one that leads to it.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    node: usize,
    depth: usize,
    /// The row of the node that leads here; the first has none.
    parent: Option<usize>,
    /// Whether the node has a row of its own further up; then this one only points to it.
    is_repeat: bool,
}

/// A picture of the tree: one line a branch, indented under the node it leaves, each a link to its step. It fits a phone, and
/// positions depend on the tree alone. The steps below say everything the picture does; its label says so.
pub(super) fn picture(nodes: &[Node]) -> String {
    let rows = rows(nodes);
    let deepest = rows.iter().map(|row| row.depth).max().unwrap_or_default();
    let (width, height) = (deepest * INDENT + BOX_WIDTH + 2, rows.len() * ROW_HEIGHT);
    let ends = nodes.iter().filter(|node| node.action.is_leaf()).count();
    let mut svg = format!(
        "<svg class=\"tree\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" \
         aria-label=\"Picture of the decision tree: {} steps, {ends} of them ends. The steps are listed below in full.\">\n",
        nodes.len()
    );
    for (line, row) in rows.iter().enumerate() {
        if let Some(parent) = row.parent {
            let x = rows[parent].depth * INDENT + INDENT / 2;
            let (from, to) = (parent * ROW_HEIGHT + BOX_HEIGHT + 1, line * ROW_HEIGHT + BOX_HEIGHT / 2 + 1);
            svg.push_str(&format!("<path d=\"M{x} {from}V{to}H{}\"/>\n", row.depth * INDENT + 1));
        }
    }
    for (line, row) in rows.iter().enumerate() {
        node_box(&mut svg, &nodes[row.node], row, line);
    }
    svg.push_str("</svg>");
    svg
}

/// The lines of the picture, depth first, branches in the order they were written.
fn rows(nodes: &[Node]) -> Vec<Row> {
    let numbers: HashMap<&str, usize> = nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), index)).collect();
    let mut drawn = vec![false; nodes.len()];
    let mut rows: Vec<Row> = Vec::new();
    let mut waiting: Vec<(usize, usize, Option<usize>)> = if nodes.is_empty() { Vec::new() } else { vec![(0, 0, None)] };
    while let Some((node, depth, parent)) = waiting.pop() {
        let is_repeat = std::mem::replace(&mut drawn[node], true);
        rows.push(Row { node, depth, parent, is_repeat });
        if !is_repeat {
            let own = rows.len() - 1;
            let next = nodes[node].branches.iter().rev().filter_map(|branch| numbers.get(branch.target.as_str()));
            waiting.extend(next.map(|next| (*next, depth + 1, Some(own))));
        }
    }
    rows
}

fn node_box(svg: &mut String, node: &Node, row: &Row, line: usize) {
    let title = format!("{}. {}", row.node + 1, node.title);
    let shown = if row.is_repeat { format!("see {title}") } else { title };
    let (x, y) = (row.depth * INDENT + 1, line * ROW_HEIGHT + 1);
    let class = if row.is_repeat { "repeat" } else { word(&node.action) };
    svg.push_str(&format!(
        "<a href=\"#{}\" class=\"{class}\" aria-label=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" \
         height=\"{BOX_HEIGHT}\" rx=\"8\"/><text x=\"{}\" y=\"{}\">{}</text></a>\n",
        node.id,
        escape::attribute(&shown),
        x + 10,
        y + BOX_HEIGHT / 2 + 5,
        escape::text(&shortened(&shown)),
    ));
}

/// A title that fits its box, cut at a word where it does not.
fn shortened(title: &str) -> String {
    if title.chars().count() <= LINE {
        return title.to_owned();
    }
    let kept: String = title.chars().take(LINE - 1).collect();
    let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    format!("{}…", kept.trim_end_matches([',', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::{FileId, Span};

    fn node(id: &str, targets: &[&str]) -> Node {
        let span = Span::new(FileId::new(0), 0..0);
        let branch = |target: &&str| Branch { condition: span, label: String::new(), target: (*target).to_owned(), span };
        Node {
            id: id.to_owned(),
            title: id.to_owned(),
            action: Action::Ask,
            risk: Risk::Unstated,
            heading_span: span,
            content: span,
            branch_lists: Vec::new(),
            branches: targets.iter().map(branch).collect(),
        }
    }

    #[test]
    fn a_node_that_is_reached_twice_is_drawn_once() {
        let nodes = [node("a", &["b", "c"]), node("b", &["c"]), node("c", &["a"])];
        let lines: Vec<_> = rows(&nodes).iter().map(|row| (row.node, row.depth, row.parent, row.is_repeat)).collect();
        assert_eq!(
            lines,
            [(0, 0, None, false), (1, 1, Some(0), false), (2, 2, Some(1), false), (0, 3, Some(2), true), (2, 1, Some(0), true)]
        );
    }

    #[test]
    fn titles_fit_their_box() {
        assert_eq!(shortened("1. Do other clients succeed?"), "1. Do other clients succeed?");
        assert_eq!(shortened("2. One two three four five six seven eight"), "2. One two three four five six…");
    }
}
