//! DOT, for Graphviz: `fieldguide report graph --format dot | dot -Tsvg`.

use super::Graph;
use super::graph::{Edge, EdgeKind, Node};

/// The graph in the DOT language.
pub fn dot(graph: &Graph) -> String {
    let nodes: String = graph.nodes.iter().map(node).collect();
    let edges: String = graph.edges.iter().map(edge).collect();
    format!("digraph fieldguide {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n{nodes}{edges}}}\n")
}

fn node(node: &Node) -> String {
    let (shape, label, address) = (shape(node.kind), quoted(&node.title), quoted(&node.address));
    format!("  {} [label={label}, shape={shape}, URL={address}];\n", quoted(&node.id))
}

/// Kinds differ by shape, so that they do in print, too.
fn shape(kind: &str) -> &'static str {
    match kind {
        "error" => "box",
        "compare" => "diamond",
        "playbook" => "hexagon",
        _ => "ellipse",
    }
}

fn edge(edge: &Edge) -> String {
    let reason = edge.reason.as_deref().map(|reason| format!(", tooltip={}", quoted(reason))).unwrap_or_default();
    format!(
        "  {} -> {} [label={}{}{reason}];\n",
        quoted(&edge.from),
        quoted(&edge.to),
        quoted(edge.kind.words()),
        style(edge.kind)
    )
}

/// What holds at both ends has no arrow; what stands in prose only is thin.
fn style(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::SameAs | EdgeKind::Related => ", dir=none",
        EdgeKind::Compares | EdgeKind::Covers | EdgeKind::ReplacedBy => "",
        EdgeKind::Links | EdgeKind::Mentions => ", style=dotted",
    }
}

/// A text between quotes; a backslash would start an escape of DOT's own.
fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it() {
        assert_eq!(quoted("a \"b\" \\N\nc"), r#""a \"b\" \\N c""#);
    }
}
