//! The triage tree of a playbook: its steps as views, and a picture of it as SVG.

use std::collections::HashMap;
use std::fmt::Write;

use super::body::BodyHtml;
use super::view::{BranchView, NodeView};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Action, Branch, Node, Risk};

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

fn word(action: &Action) -> &'static str {
    match action {
        Action::Ask => "ask",
        Action::Do => "do",
        Action::Fix => "fix",
        Action::Escalate { .. } => "escalate",
    }
}

fn label(action: &Action) -> &'static str {
    match action {
        Action::Ask => "Question",
        Action::Do => "Do",
        Action::Fix => "Fix",
        Action::Escalate { .. } => "Escalate",
    }
}

fn risk(risk: Risk) -> Option<&'static str> {
    match risk {
        Risk::Unstated => None,
        Risk::Reversible => Some("reversible"),
        Risk::Disruptive => Some("disruptive"),
        Risk::Destructive => Some("destructive"),
    }
}

/// Sizes of the picture, in its own units.
const BOX_WIDTH: usize = 168;
const BOX_HEIGHT: usize = 52;
const GAP_X: usize = 20;
const GAP_Y: usize = 40;
/// Letters that fit one line of a box.
const LINE: usize = 22;
/// Boxes in one row; a wider level is broken into several rows.
const ROW: usize = 6;

/// A picture of the tree: one box a node, in rows by their distance from the start, each a link to its step. Positions depend on
/// the tree alone. The steps below say everything the picture does; its text alternative says so.
pub(super) fn picture(nodes: &[Node]) -> String {
    let places = places(nodes);
    let columns = places.iter().map(|(column, _)| column + 1).max().unwrap_or(1);
    let rows = places.iter().map(|(_, row)| row + 1).max().unwrap_or(1);
    let (width, height) = (columns * (BOX_WIDTH + GAP_X) - GAP_X + 4, rows * (BOX_HEIGHT + GAP_Y) - GAP_Y + 4);
    let ends = nodes.iter().filter(|node| node.action.is_leaf()).count();
    let mut svg = format!(
        "<svg class=\"tree\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" \
         aria-label=\"Picture of the decision tree: {} steps, {ends} of them ends. The steps are listed below in full.\">\n",
        nodes.len()
    );
    lines(&mut svg, nodes, &places);
    for (index, node) in nodes.iter().enumerate() {
        node_box(&mut svg, index, node, corner(places[index]));
    }
    svg.push_str("</svg>");
    svg
}

/// Column and row of each node: rows by distance from the first node, columns in the order of the page.
fn places(nodes: &[Node]) -> Vec<(usize, usize)> {
    let numbers: HashMap<&str, usize> = nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), index)).collect();
    let mut distance = vec![usize::MAX; nodes.len()];
    let mut waiting = std::collections::VecDeque::from([0]);
    if let Some(first) = distance.first_mut() {
        *first = 0;
    }
    while let Some(index) = waiting.pop_front() {
        for next in
            nodes.get(index).into_iter().flat_map(|node| &node.branches).filter_map(|branch| numbers.get(branch.target.as_str()))
        {
            if distance[*next] == usize::MAX {
                distance[*next] = distance[index] + 1;
                waiting.push_back(*next);
            }
        }
    }
    let mut places = vec![(0, 0); nodes.len()];
    let mut row = 0;
    let deepest = distance.iter().copied().filter(|level| *level != usize::MAX).max().unwrap_or_default();
    for level in 0..=deepest {
        let members: Vec<usize> = (0..nodes.len()).filter(|index| distance[*index] == level).collect();
        for chunk in members.chunks(ROW) {
            chunk.iter().enumerate().for_each(|(column, index)| places[*index] = (column, row));
            row += 1;
        }
    }
    places
}

fn corner((column, row): (usize, usize)) -> (usize, usize) {
    (column * (BOX_WIDTH + GAP_X) + 2, row * (BOX_HEIGHT + GAP_Y) + 2)
}

fn lines(svg: &mut String, nodes: &[Node], places: &[(usize, usize)]) {
    for (index, node) in nodes.iter().enumerate() {
        let (x, y) = corner(places[index]);
        for branch in &node.branches {
            let Some(next) = nodes.iter().position(|other| other.id == branch.target) else { continue };
            let (to_x, to_y) = corner(places[next]);
            let (from_x, from_y) = (x + BOX_WIDTH / 2, y + BOX_HEIGHT);
            let to_x = to_x + BOX_WIDTH / 2;
            let middle = from_y + GAP_Y / 2;
            writeln!(svg, "<path d=\"M{from_x} {from_y}V{middle}H{to_x}V{to_y}\"/>").expect("a string takes all text");
        }
    }
}

fn node_box(svg: &mut String, index: usize, node: &Node, (x, y): (usize, usize)) {
    let mut title = String::new();
    pulldown_cmark_escape::escape_html(&mut title, &format!("{}. {}", index + 1, node.title)).expect("a string takes all text");
    write!(
        svg,
        "<a href=\"#{}\" class=\"{}\" aria-label=\"{title}\"><rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"8\"/>",
        node.id,
        word(&node.action)
    )
    .expect("a string takes all text");
    let text = wrapped(&format!("{}. {}", index + 1, node.title));
    let top = y + BOX_HEIGHT / 2 + 5 - (text.len() - 1) * 8;
    for (line, text) in text.iter().enumerate() {
        let mut escaped = String::new();
        pulldown_cmark_escape::escape_html_body_text(&mut escaped, text).expect("a string takes all text");
        write!(svg, "<text x=\"{}\" y=\"{}\">{escaped}</text>", x + BOX_WIDTH / 2, top + line * 16)
            .expect("a string takes all text");
    }
    svg.push_str("</a>\n");
}

/// A title in at most two lines, shortened where it does not fit.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.len() - 1;
        let is_full = !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > LINE;
        if is_full && lines.len() == 2 {
            lines[last].push('…');
            break;
        }
        if is_full {
            lines.push(word.to_owned());
        } else {
            let line = &mut lines[last];
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
        .iter()
        .map(
            |line| {
                if line.chars().count() > LINE + 4 { line.chars().take(LINE + 3).chain(['…']).collect() } else { line.clone() }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_fit_two_lines() {
        assert_eq!(wrapped("1. Do other clients succeed with it?"), ["1. Do other clients", "succeed with it?"]);
        assert_eq!(
            wrapped("2. One two three four five six seven eight nine ten"),
            ["2. One two three four", "five six seven eight…"]
        );
    }
}
