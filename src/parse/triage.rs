//! The triage tree of a playbook: nodes, branches, and whether every path through it ends well.

use std::collections::HashMap;
use std::ops::Range;

use super::body::{Scope, within};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Action, Body, Branch, Destination, Heading, Node, Risk, Section};
use crate::model::markdown::{Event, Spot, Tag, inside, plain_text};
use crate::model::rules;
use crate::model::source::Span;
use crate::model::suggest::nearest;

const CLASSES: [&str; 4] = ["ask", "do", "fix", "escalate"];
const KEYS: [&str; 3] = ["to", "within", "risk"];
const RISKS: [&str; 3] = ["reversible", "disruptive", "destructive"];

/// The nodes of the tree, in order; the first is the start.
pub(super) fn nodes(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    body: &Body,
    section: &Section,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let headings: Vec<&Heading> =
        body.headings.iter().filter(|heading| heading.level == 3 && section.content.contains(heading.span)).collect();
    if headings.is_empty() {
        let finding = Diagnostic::new(&rules::MISSING_TREE, section.heading_span, format!("`{}` has no node", section.heading));
        diagnostics.push(finding.hint("write each node as `### Question? {#name .ask}` with a list of links to other nodes"));
        return Vec::new();
    }
    let mut nodes: Vec<Node> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(section.content.end, |next| next.span.start);
        let content = Span { start: heading.span.end, end, ..heading.span };
        let node = node(scope, spots, heading, content, diagnostics);
        if let Some(first) = nodes.iter().find(|other| other.id == node.id) {
            let finding =
                Diagnostic::new(&rules::DUPLICATE_NODE, node.heading_span, format!("two nodes are called `{}`", node.id));
            diagnostics.push(finding.label(first.heading_span, "first here"));
        }
        nodes.push(node);
    }
    let ids: Vec<String> = nodes.iter().map(|node| node.id.clone()).collect();
    for node in &mut nodes {
        branches(scope, spots, node, &ids);
    }
    for node in &nodes {
        check_node(scope, body, node, &ids, diagnostics);
    }
    check_graph(&nodes, diagnostics);
    nodes
}

fn node(scope: &Scope<'_>, spots: &[Spot<'_>], heading: &Heading, content: Span, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let spot = within(scope, spots, heading.span).first();
    let mut attributes = Attributes::default();
    if let Some((Event::Start(Tag::Heading { id, classes, attrs, .. }), _)) = spot {
        attributes.id = id.as_ref().map(ToString::to_string);
        attributes.read(classes.iter().map(|class| &**class), attrs, heading.span, diagnostics);
    }
    if attributes.id.as_ref().is_none_or(|id| crate::model::url::Slug::exact(id).is_none()) {
        let finding = Diagnostic::new(&rules::NODE_ATTRIBUTE, heading.span, format!("the node `{}` has no name", heading.text));
        diagnostics.push(finding.hint("give it one of lower-case letters, digits and hyphens: {#name .ask}"));
    }
    Node {
        id: attributes.id.unwrap_or_else(|| heading.anchor.clone()),
        title: heading.text.clone(),
        action: attributes.action.unwrap_or(Action::Do),
        risk: attributes.risk,
        heading_span: heading.span,
        content,
        branch_lists: Vec::new(),
        branches: Vec::new(),
    }
}

struct Attributes {
    id: Option<String>,
    action: Option<Action>,
    risk: Risk,
}

impl Default for Attributes {
    fn default() -> Self {
        Self { id: None, action: None, risk: Risk::Unstated }
    }
}

impl Attributes {
    fn read<'a, K: AsRef<str>, V: AsRef<str>>(
        &mut self,
        classes: impl Iterator<Item = &'a str>,
        pairs: &[(K, Option<V>)],
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut refuse =
            |message: String, hint: String| diagnostics.push(Diagnostic::new(&rules::NODE_ATTRIBUTE, span, message).hint(hint));
        let value = |wanted: &str| {
            pairs
                .iter()
                .find(|(key, _)| key.as_ref() == wanted)
                .and_then(|(_, value)| value.as_ref())
                .map(|value| value.as_ref().to_owned())
        };
        let classes: Vec<&str> = classes.collect();
        for class in &classes {
            match *class {
                "ask" => self.action = Some(Action::Ask),
                "do" => self.action = Some(Action::Do),
                "fix" => self.action = Some(Action::Fix),
                "escalate" => {
                    self.action = Some(Action::Escalate { to: value("to").unwrap_or_default(), within: value("within") });
                }
                other => refuse(format!("no node is `.{other}`"), near_or_list(other, &CLASSES, ".")),
            }
        }
        match classes.len() {
            1 => {}
            0 => {
                refuse(
                    "the node does not say what it is".to_owned(),
                    "add .ask, .do, .fix or .escalate in its braces".to_owned(),
                );
            }
            count => {
                refuse(format!("the node is {count} things at once"), "keep one of .ask, .do, .fix and .escalate".to_owned());
            }
        }
        for (key, value) in pairs {
            let key = key.as_ref();
            match value.as_ref().map(AsRef::as_ref) {
                Some("reversible") if key == "risk" => self.risk = Risk::Reversible,
                Some("disruptive") if key == "risk" => self.risk = Risk::Disruptive,
                Some("destructive") if key == "risk" => self.risk = Risk::Destructive,
                Some(other) if key == "risk" => refuse(format!("no risk is `{other}`"), near_or_list(other, &RISKS, "")),
                Some(_) if (key == "to" || key == "within") && matches!(self.action, Some(Action::Escalate { .. })) => {}
                Some(_) if key == "to" || key == "within" => {
                    refuse(format!("only an escalation has `{key}=`"), "make the node .escalate, or remove it".to_owned());
                }
                Some(_) | None => refuse(format!("a node has no attribute `{key}`"), near_or_list(key, &KEYS, "")),
            }
        }
    }
}

fn near_or_list(written: &str, names: &[&str], prefix: &str) -> String {
    match nearest(written, names.iter().copied()) {
        Some(near) => format!("did you mean `{prefix}{near}`?"),
        None => format!("write one of {}", names.iter().map(|name| format!("`{prefix}{name}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// Finds the lists whose items link to nodes. A list counts as soon as one of its items does, so that a slip in another is told.
fn branches(scope: &Scope<'_>, spots: &[Spot<'_>], node: &mut Node, ids: &[String]) {
    let content = within(scope, spots, node.content);
    let mut end_of_list = 0;
    for (index, (event, range)) in content.iter().enumerate() {
        if !matches!(event, Event::Start(Tag::List(_))) || range.start < end_of_list {
            continue;
        }
        end_of_list = range.end;
        let list = inside(content, index);
        let found: Vec<Branch> = items(list).filter_map(|(item, _)| branch(scope, item)).collect();
        let all_link = found.len() == items(list).count();
        if found.iter().any(|branch| ids.contains(&branch.target)) || (all_link && !found.is_empty() && !node.action.is_leaf()) {
            node.branch_lists.push(scope.span(range));
            node.branches.extend(found);
        }
    }
}

/// The items of a list, with their ranges.
fn items<'s, 'src>(list: &'s [Spot<'src>]) -> impl Iterator<Item = (&'s [Spot<'src>], &'s Range<usize>)> {
    let mut index = 0;
    std::iter::from_fn(move || {
        while index < list.len() {
            let at = index;
            index += 1;
            if matches!(list[at].0, Event::Start(Tag::Item)) {
                let content = inside(list, at);
                index += content.len();
                return Some((content, &list[at].1));
            }
        }
        None
    })
}

/// The branch that an item is: what stands before its first link to a fragment is the condition.
fn branch(scope: &Scope<'_>, item: &[Spot<'_>]) -> Option<Branch> {
    let is_link = |(event, _): &Spot<'_>| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('#'));
    let index = item.iter().position(is_link)?;
    let (Event::Start(Tag::Link { dest_url, .. }), range) = &item[index] else { return None };
    let start = item[0].1.start;
    let condition =
        start..start + scope.text[start..range.start].trim_end_matches([' ', '\n', '→', '>', '-', ':', ',', '–']).len();
    Some(Branch {
        condition: scope.span(&condition),
        label: plain_text(inside(item, index)),
        target: dest_url[1..].to_owned(),
        span: scope.span(range),
    })
}

fn check_node(scope: &Scope<'_>, body: &Body, node: &Node, ids: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let here = node.heading_span;
    for branch in node.branches.iter().filter(|branch| !ids.contains(&branch.target)) {
        let finding = Diagnostic::new(&rules::UNKNOWN_NODE, branch.span, format!("no node is called `{}`", branch.target));
        diagnostics.push(finding.did_you_mean(nearest(&branch.target, ids.iter().map(String::as_str))));
    }
    match (&node.action, node.branches.len()) {
        (Action::Ask, 0 | 1) => {
            let message = format!("the question `{}` has {} branches; it needs two", node.title, node.branches.len());
            let finding = Diagnostic::new(&rules::TOO_FEW_BRANCHES, here, message);
            diagnostics.push(finding.hint("list the answers, each with a link: - Yes → [Next node](#next-node)"));
        }
        (Action::Do, 0) => {
            let finding = Diagnostic::new(&rules::DEAD_END, here, format!("`{}` leads nowhere", node.title));
            diagnostics.push(finding.hint("link the next node, or make this one .fix or .escalate"));
        }
        (Action::Fix | Action::Escalate { .. }, 1..) => {
            let finding = Diagnostic::new(
                &rules::LEAF_WITH_BRANCH,
                node.branches[0].span,
                format!("`{}` is an end but goes on", node.title),
            );
            diagnostics.push(finding.hint("make the node .do, or remove the branch"));
        }
        (Action::Ask | Action::Do | Action::Fix | Action::Escalate { .. }, _) => {}
    }
    if node.action == Action::Fix && !verifies(body, node) {
        let finding =
            Diagnostic::new(&rules::LEAF_WITHOUT_VERIFY, here, format!("`{}` does not say how to verify it", node.title));
        diagnostics.push(finding.hint("link a Verify section: [[http:503#verify]] or [Verify](#verify)"));
    }
    if let Action::Escalate { to, .. } = &node.action
        && to.is_empty()
    {
        let finding = Diagnostic::new(&rules::ESCALATION_WITHOUT_TARGET, here, format!("`{}` does not say to whom", node.title));
        diagnostics.push(finding.hint("add to=@team in its braces"));
    }
    if matches!(node.risk, Risk::Disruptive | Risk::Destructive) && !has_rollback(&scope.text[scope.range(node.content)]) {
        let finding = Diagnostic::new(&rules::MISSING_ROLLBACK, here, format!("`{}` is risky and shows no way back", node.title));
        diagnostics.push(finding.hint("add a line that starts with `Rollback:`"));
    }
}

/// Whether a node links a Verify section, of a guide or of its own playbook.
fn verifies(body: &Body, node: &Node) -> bool {
    let is_verify = |fragment: &str| fragment == "verify" || fragment.starts_with("verify-");
    body.links.iter().filter(|link| node.content.contains(link.span)).any(|link| match &link.destination {
        Destination::Wiki { fragment, .. } | Destination::Path { fragment, .. } => fragment.as_deref().is_some_and(is_verify),
        Destination::Fragment(fragment) => is_verify(fragment),
        Destination::External(_) | Destination::Image(_) | Destination::Refused => false,
    })
}

fn has_rollback(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("rollback"))
            && line[8..].trim_start_matches('*').starts_with(':')
    })
}

/// Every node must be reachable from the first, and reach an end.
fn check_graph(nodes: &[Node], diagnostics: &mut Vec<Diagnostic>) {
    let index: HashMap<&str, usize> = nodes.iter().enumerate().rev().map(|(at, node)| (node.id.as_str(), at)).collect();
    let next = |at: usize| nodes[at].branches.iter().filter_map(|branch| index.get(branch.target.as_str()).copied());
    let reached = reach(nodes.len(), [0], |at| next(at).collect());
    for (at, node) in nodes.iter().enumerate().filter(|(at, _)| !reached[*at]) {
        if index.get(node.id.as_str()) == Some(&at) {
            let finding =
                Diagnostic::new(&rules::UNREACHABLE_NODE, node.heading_span, format!("no branch leads to `{}`", node.title));
            diagnostics.push(finding.hint(format!("link it from another node: [{}](#{})", node.title, node.id)));
        }
    }
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    (0..nodes.len()).for_each(|at| next(at).for_each(|to| before[to].push(at)));
    // A node that goes nowhere is told as a dead end; it ends the paths that lead to it.
    let ends: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].action.is_leaf() || next(at).next().is_none()).collect();
    let ending = reach(nodes.len(), ends, |at| before[at].clone());
    if let Some(at) = (0..nodes.len()).find(|&at| reached[at] && !ending[at]) {
        let finding =
            Diagnostic::new(&rules::ENDLESS_LOOP, nodes[at].heading_span, format!("no path from `{}` ends", nodes[at].title));
        diagnostics.push(finding.hint("give one of the nodes in the loop a way to a .fix or .escalate"));
    }
}

/// Which of `count` nodes can be reached from `starts`.
fn reach(count: usize, starts: impl IntoIterator<Item = usize>, next: impl Fn(usize) -> Vec<usize>) -> Vec<bool> {
    let mut reached = vec![false; count];
    let mut waiting: Vec<usize> = starts.into_iter().collect();
    while let Some(at) = waiting.pop() {
        if !std::mem::replace(&mut reached[at], true) {
            waiting.extend(next(at));
        }
    }
    reached
}
