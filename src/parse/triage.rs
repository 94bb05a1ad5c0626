//! The triage tree of a playbook: nodes, branches, and whether every path through it ends well.

use std::collections::HashMap;
use std::ops::Range;

use super::body::{Scope, after_line, trimmed, within};
use super::placeholders::is_placeholder;
use crate::model::anchor::anchor;
use crate::model::body::{Action, Body, Branch, Destination, Heading, Node, Risk, Section};
use crate::model::date::{DURATION_HINT, is_duration};
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Spot, Tag, inside, plain_text};
use crate::model::rules;
use crate::model::source::Span;
use crate::model::suggest::nearest;
use crate::model::words::quoted;

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
    let mut read: Vec<ReadNode> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(section.content.end, |next| next.span.start);
        let end = scope.range(Span { start: end, end, ..heading.span }).start;
        let content = scope.span(&(after_line(scope.text, scope.range(heading.span).end).min(end)..end));
        let node = node(scope, spots, heading, content, diagnostics);
        check_name(&node, heading, &read, body, diagnostics);
        read.push(node);
    }
    let ids: Vec<String> = read.iter().map(|read| read.node.id.clone()).collect();
    for read in &mut read {
        branches(scope, spots, body, read, &ids, diagnostics);
    }
    // Where a name is missing or stands twice, what leads to that node cannot be told apart from a slip.
    let is_double = |id: &String| ids.iter().filter(|other| *other == id).count() > 1;
    let all_named = read.iter().all(|read| read.has_name) && !ids.iter().any(is_double);
    let all_linked = read.iter().all(|read| leads_on(read, &ids));
    for read in &read {
        check_node(scope, body, read, &ids, all_named, diagnostics);
    }
    let nodes: Vec<Node> = read.into_iter().map(|read| read.node).collect();
    // An answer without a link to a node may have meant any; it was told.
    if all_named && all_linked {
        check_graph(&nodes, diagnostics);
    }
    nodes
}

/// Whether every way on from a node that it must have leads to a node.
fn leads_on(read: &ReadNode, ids: &[String]) -> bool {
    let is_known =
        |branch: &Branch| ids.contains(&branch.target) || nearest(&branch.target, ids.iter().map(String::as_str)).is_some();
    let needed = match read.node.action {
        Action::Ask => 2,
        Action::Do => 1,
        Action::Fix | Action::Escalate { .. } => 0,
    };
    read.answers == read.node.branches.len() && read.answers >= needed && read.node.branches.iter().all(is_known)
}

/// A node, and how much of its attributes could be read; what could not was told.
struct ReadNode {
    node: Node,
    has_name: bool,
    /// Whether it says in one word what it is.
    has_action: bool,
    /// Whether all of its attributes are known.
    is_sound: bool,
    /// How many items its lists of branches have.
    answers: usize,
}

fn check_name(read: &ReadNode, heading: &Heading, others: &[ReadNode], body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let id = &read.node.id;
    if let Some(first) = others.iter().find(|other| other.node.id == *id) {
        let finding = Diagnostic::new(&rules::DUPLICATE_NODE, heading.span, format!("two nodes are called `{id}`"));
        diagnostics.push(finding.label(first.node.heading_span, "first here"));
    } else if read.has_name && (heading.anchor != *id || body.sections.iter().any(|section| anchor(&section.heading) == *id)) {
        let finding = Diagnostic::new(&rules::NODE_ATTRIBUTE, heading.span, format!("the name `{id}` is taken on this page"));
        diagnostics.push(finding.hint("call the node something else"));
    }
}

fn node(scope: &Scope<'_>, spots: &[Spot<'_>], heading: &Heading, content: Span, diagnostics: &mut Vec<Diagnostic>) -> ReadNode {
    let mut attributes = Attributes::new(scope, heading.span);
    if let Some((Event::Start(Tag::Heading { id, classes, attrs, .. }), _)) = within(scope, spots, heading.span).first() {
        attributes.id = id.as_ref().map(ToString::to_string);
        if id.is_none() && classes.is_empty() && attrs.is_empty() {
            let message = format!("the node `{}` has no attributes", heading.text);
            attributes.refuse(message, "say in braces what it is called and what it is: {#name .ask}".to_owned());
        } else {
            attributes.name(&heading.text);
            attributes.read(&classes.iter().map(|class| &**class).collect::<Vec<_>>(), attrs);
        }
    }
    if heading.text.is_empty() {
        attributes.refuse("a node without a title".to_owned(), "write the question or the step before the braces".to_owned());
    }
    let has_name = attributes.id.as_ref().is_some_and(|id| crate::model::url::Slug::exact(id).is_some());
    let (has_action, is_sound) = (attributes.action.is_some(), attributes.told.is_empty());
    diagnostics.append(&mut attributes.told);
    let node = Node {
        id: attributes.id.unwrap_or_else(|| heading.anchor.clone()),
        title: heading.text.clone(),
        action: attributes.action.unwrap_or(Action::Do),
        risk: attributes.risk,
        heading_span: heading.span,
        content,
        branch_lists: Vec::new(),
        branches: Vec::new(),
    };
    ReadNode { node, has_name, has_action, is_sound, answers: 0 }
}

/// The braces behind a node's heading as they are read.
struct Attributes<'a> {
    id: Option<String>,
    action: Option<Action>,
    risk: Risk,
    /// The heading, and its text as it is written.
    span: Span,
    written: &'a str,
    told: Vec<Diagnostic>,
}

impl<'a> Attributes<'a> {
    fn new(scope: &Scope<'a>, span: Span) -> Self {
        let written = &scope.text[scope.range(span)];
        Self { id: None, action: None, risk: Risk::Unstated, span, written, told: Vec::new() }
    }

    /// Tells what is wrong with the heading as a whole.
    fn refuse(&mut self, message: String, hint: String) {
        self.told.push(Diagnostic::new(&rules::NODE_ATTRIBUTE, self.span, message).hint(hint));
    }

    /// Tells what is wrong with a part of the braces; the last of several that are the same.
    fn refuse_part(&mut self, part: &str, message: String, hint: String) {
        let span = self.part(part);
        self.told.push(Diagnostic::new(&rules::NODE_ATTRIBUTE, span, message).hint(hint));
    }

    /// Tells a word in the braces that is not among those there are.
    fn refuse_word(&mut self, part: &str, message: String, written: &str, names: &[&str], prefix: &str) {
        let finding = Diagnostic::new(&rules::NODE_ATTRIBUTE, self.part(part), message);
        self.told.push(match nearest(written, names.iter().copied()) {
            Some(near) => finding.respelt(&format!("{prefix}{written}"), Some(format!("{prefix}{near}"))),
            None => finding.hint(format!("write one of {}", quoted(names.iter().map(|name| format!("{prefix}{name}"))))),
        });
    }

    /// Where a part of the braces stands.
    fn part(&self, part: &str) -> Span {
        let braces = self.written.rfind('{').unwrap_or_default();
        let found = self.written[braces..].rfind(part).map(|at| self.span.start as usize + braces + at);
        found.map_or(self.span, |start| Span::new(self.span.file, start..start + part.len()))
    }

    fn name(&mut self, title: &str) {
        let hint = "name it with lower-case letters, digits and hyphens: {#name .ask}".to_owned();
        match self.id.clone() {
            None => self.refuse(format!("the node `{title}` has no name"), hint),
            Some(id) if crate::model::url::Slug::exact(&id).is_none() => {
                self.refuse_part(&format!("#{id}"), format!("`{id}` cannot be a name"), hint);
            }
            Some(_) => {}
        }
    }

    fn read<K: AsRef<str>, V: AsRef<str>>(&mut self, classes: &[&str], pairs: &[(K, Option<V>)]) {
        let value = |wanted: &str| {
            pairs
                .iter()
                .find(|(key, _)| key.as_ref() == wanted)
                .and_then(|(_, value)| value.as_ref())
                .map(|value| value.as_ref().to_owned())
        };
        match classes {
            [] => self.refuse(
                "the node does not say what it is".to_owned(),
                "add .ask, .do, .fix or .escalate in its braces".to_owned(),
            ),
            ["ask"] => self.action = Some(Action::Ask),
            ["do"] => self.action = Some(Action::Do),
            ["fix"] => self.action = Some(Action::Fix),
            ["escalate"] => self.action = Some(Action::Escalate { to: value("to").unwrap_or_default(), within: value("within") }),
            [other] => {
                self.refuse_word(&format!(".{other}"), format!("no node is `.{other}`"), other, &CLASSES, ".");
            }
            several => {
                let message = format!("the node is {} things at once", several.len());
                self.refuse(message, "keep one of .ask, .do, .fix and .escalate".to_owned());
            }
        }
        for (index, (key, value)) in pairs.iter().enumerate() {
            let key = key.as_ref();
            if pairs[..index].iter().any(|(other, _)| other.as_ref() == key) {
                self.refuse_part(&format!("{key}="), format!("`{key}=` stands twice"), "keep one".to_owned());
            } else {
                self.pair(key, value.as_ref().map(AsRef::as_ref));
            }
        }
    }

    fn pair(&mut self, key: &str, value: Option<&str>) {
        let is_escalation = matches!(self.action, Some(Action::Escalate { .. }));
        match (key, value) {
            ("risk", Some("reversible")) => self.risk = Risk::Reversible,
            ("risk", Some("disruptive")) => self.risk = Risk::Disruptive,
            ("risk", Some("destructive")) => self.risk = Risk::Destructive,
            ("risk", Some(other)) => {
                self.refuse_word(&format!("risk={other}"), format!("no risk is `{other}`"), other, &RISKS, "");
            }
            ("within", Some(text)) if !is_duration(text) => {
                let message = format!("`{text}` is no length of time");
                self.refuse_part(&format!("within={text}"), message, DURATION_HINT.to_owned());
            }
            ("to" | "within", Some(_)) if is_escalation || self.action.is_none() => {}
            ("to" | "within", Some(_)) => {
                let message = format!("only an escalation has `{key}=`");
                self.refuse_part(&format!("{key}="), message, "make the node .escalate, or remove it".to_owned());
            }
            (_, _) => self.refuse_word(key, format!("a node has no attribute `{key}`"), key, &KEYS, ""),
        }
    }
}

/// Finds the lists whose items link to nodes.
///
/// A list counts as soon as one of its items does, so that a slip in another is told. Where no list does, one counts whose items
/// all link to something that is not on the page: every one of them is a slip.
///
/// The page shows an answer as its condition and a link to the next step; whatever else stands in an item is told, so that nothing a
/// writer wrote is lost.
fn branches(
    scope: &Scope<'_>,
    spots: &[Spot<'_>],
    body: &Body,
    read: &mut ReadNode,
    ids: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let node = &mut read.node;
    let content = within(scope, spots, node.content);
    let mut lists: Vec<(Span, Vec<Branch>, &[Spot<'_>])> = Vec::new();
    let mut end_of_list = 0;
    for (index, (event, range)) in content.iter().enumerate() {
        if matches!(event, Event::Start(Tag::List(_))) && range.start >= end_of_list {
            end_of_list = range.end;
            let list = inside(content, index);
            let found: Vec<Branch> = items(list).filter_map(|(item, _)| branch(scope, item)).collect();
            lists.push((scope.span(range), found, list));
        }
    }
    let leads_on = |found: &[Branch]| found.iter().any(|branch| ids.contains(&branch.target));
    let any_leads_on = lists.iter().any(|(_, found, _)| leads_on(found));
    for (span, found, list) in lists {
        let count = items(list).count();
        let is_slip = !any_leads_on && found.len() == count && found.iter().any(|branch| !body.has_anchor(&branch.target));
        if leads_on(&found) || (is_slip && !node.action.is_leaf()) {
            read.answers += count;
            diagnostics.extend(items(list).filter_map(|(item, range)| misformed(scope, item, range)));
            node.branch_lists.push(span);
            node.branches.extend(found);
        }
    }
}

/// What in an item of a branch list is neither its condition nor its one link.
fn misformed(scope: &Scope<'_>, item: &[Spot<'_>], range: &Range<usize>) -> Option<Diagnostic> {
    let hint = "write the condition, then one link: - Yes, one caller fails → [Next node](#next-node)";
    let tell = |range: &Range<usize>, message: &str| {
        Some(Diagnostic::new(&rules::BRANCH_FORM, scope.span(&trimmed(scope.text, range)), message).hint(hint))
    };
    let Some(link) = item.iter().position(is_branch_link) else { return tell(range, "this answer leads to no node") };
    let is_block = |(event, _): &&Spot<'_>| {
        matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::HtmlBlock))
    };
    let second_paragraph = || {
        let mut paragraphs = item[..link].iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        paragraphs.nth(1)
    };
    if let Some((_, block)) = item[..link].iter().find(is_block).or_else(second_paragraph) {
        return tell(block, "an answer is one line of text");
    }
    let after = &item[link + inside(item, link).len() + 2..];
    let is_shown = |(event, _): &&Spot<'_>| match event {
        Event::Text(text) => text.contains(char::is_alphanumeric),
        Event::Code(_) | Event::FootnoteReference(_) | Event::Start(Tag::Image { .. } | Tag::Link { .. } | Tag::CodeBlock(_)) => {
            true
        }
        _ => false,
    };
    let (_, lost) = after.iter().find(is_shown)?;
    tell(lost, "what stands behind the link of an answer is not shown")
}

fn is_branch_link((event, _): &Spot<'_>) -> bool {
    matches!(event, Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('#'))
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
    let index = item.iter().position(is_branch_link)?;
    let (Event::Start(Tag::Link { dest_url, .. }), range) = &item[index] else { return None };
    let start = item[0].1.start;
    let condition =
        start..start + scope.text[start..range.start].trim_end_matches([' ', '\n', '→', '>', '-', ':', ',', '–', '(']).len();
    Some(Branch {
        condition: scope.span(&condition),
        label: plain_text(inside(item, index)),
        target: dest_url[1..].to_owned(),
        span: scope.span(range),
    })
}

fn check_node(
    scope: &Scope<'_>,
    body: &Body,
    read: &ReadNode,
    ids: &[String],
    all_named: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let node = &read.node;
    for branch in node.branches.iter().filter(|branch| all_named && !ids.contains(&branch.target)) {
        let finding = Diagnostic::new(&rules::UNKNOWN_NODE, branch.span, format!("no node is called `{}`", branch.target));
        let near = nearest(&branch.target, ids.iter().map(String::as_str)).map(|near| format!("#{near}"));
        diagnostics.push(finding.respelt(&format!("#{}", branch.target), near));
    }
    if read.has_action {
        check_action(body, read, diagnostics);
    }
    if matches!(node.risk, Risk::Disruptive | Risk::Destructive) && !has_rollback(&scope.text[scope.range(node.content)]) {
        let finding = Diagnostic::new(
            &rules::MISSING_ROLLBACK,
            node.heading_span,
            format!("`{}` is risky and shows no way back", node.title),
        );
        diagnostics.push(finding.hint("add a line that starts with `Rollback:`"));
    }
}

/// What a node is decides what it must have.
fn check_action(body: &Body, read: &ReadNode, diagnostics: &mut Vec<Diagnostic>) {
    let node = &read.node;
    let here = node.heading_span;
    match (&node.action, read.answers) {
        (Action::Ask, count @ (0 | 1)) => {
            let message = format!("the question `{}` has {}; it needs two", node.title, branches_counted(count));
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
    let Action::Escalate { to, .. } = &node.action else { return };
    if is_placeholder(to) {
        let finding = Diagnostic::new(&rules::PLACEHOLDER, here, format!("`{}` does not say yet to whom", node.title));
        diagnostics.push(finding.hint("name the team or its channel: to=@service-oncall"));
    } else if to.is_empty() && read.is_sound {
        let finding = Diagnostic::new(&rules::ESCALATION_WITHOUT_TARGET, here, format!("`{}` does not say to whom", node.title));
        diagnostics.push(finding.hint("add to=@team in its braces"));
    }
}

fn branches_counted(count: usize) -> &'static str {
    if count == 0 { "no branch" } else { "one branch" }
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
            && line[8..]
                .trim_start_matches('*')
                .strip_prefix(':')
                .is_some_and(|way| way.contains(char::is_alphanumeric) && !is_placeholder(way.trim()))
    })
}

/// Every node must be reachable from the first, and reach an end.
fn check_graph(nodes: &[Node], diagnostics: &mut Vec<Diagnostic>) {
    let index: HashMap<&str, usize> = nodes.iter().enumerate().rev().map(|(at, node)| (node.id.as_str(), at)).collect();
    // A branch with a slip in its target was told; it leads where it was meant to.
    let target = |branch: &Branch| {
        let near = || nearest(&branch.target, nodes.iter().map(|node| node.id.as_str()));
        index.get(branch.target.as_str()).or_else(|| index.get(near()?)).copied()
    };
    let next: Vec<Vec<usize>> = nodes.iter().map(|node| node.branches.iter().filter_map(target).collect()).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (at, targets) in next.iter().enumerate() {
        targets.iter().for_each(|&to| before[to].push(at));
    }
    let reached = reach(nodes.len(), [0], |at| next[at].clone());
    unreachable(nodes, &next, &before, &reached, diagnostics);
    // A node that goes nowhere is told as a dead end; it ends the paths that lead to it.
    let ends: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].action.is_leaf() || next[at].is_empty()).collect();
    let ending = reach(nodes.len(), ends, |at| before[at].clone());
    if let Some(at) = (0..nodes.len()).find(|&at| reached[at] && !ending[at]) {
        let finding =
            Diagnostic::new(&rules::ENDLESS_LOOP, nodes[at].heading_span, format!("no path from `{}` ends", nodes[at].title));
        diagnostics.push(finding.hint("give one of the nodes in the loop a way to a .fix or .escalate"));
    }
}

/// Tells the first node of each part that no path from the start reaches; what lies behind it is reached with it.
fn unreachable(nodes: &[Node], next: &[Vec<usize>], before: &[Vec<usize>], reached: &[bool], diagnostics: &mut Vec<Diagnostic>) {
    let mut covered = reached.to_vec();
    let is_head = |at: &usize| before[*at].is_empty();
    // Parts without a head are loops; they are entered at their first node.
    let heads = (0..nodes.len()).filter(is_head).chain(0..nodes.len());
    for at in heads {
        if covered[at] {
            continue;
        }
        for (behind, is_behind) in reach(nodes.len(), [at], |at| next[at].clone()).into_iter().enumerate() {
            covered[behind] |= is_behind;
        }
        // A second node of one name is told as such.
        if nodes[..at].iter().all(|other| other.id != nodes[at].id) {
            let finding = Diagnostic::new(
                &rules::UNREACHABLE_NODE,
                nodes[at].heading_span,
                format!("no branch leads to `{}`", nodes[at].title),
            );
            diagnostics.push(finding.hint(format!("link it from another node: [{}](#{})", nodes[at].title, nodes[at].id)));
        }
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
