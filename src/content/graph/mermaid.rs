//! A graph as Mermaid text, for wikis and pull requests.

use super::{Counts, Edge, Graph, Node, Shape};
use crate::model::Way;
use std::fmt::Write as _;

impl Graph {
    /// The graph as a Mermaid flowchart; `counts` puts numbers on its arrows.
    pub fn mermaid(&self, counts: Option<&Counts>) -> String {
        let mut out = String::from("flowchart TD\n");
        for (index, node) in self.nodes.iter().enumerate() {
            let (open, close) = brackets(node.shape);
            let _ = writeln!(
                out,
                "  {}{open}\"{}\"{close}",
                name(index, node),
                self.words(node, counts)
            );
        }
        for edge in &self.edges {
            let (from, to) = (&self.nodes[edge.from], &self.nodes[edge.to]);
            let arrow = match edge.way {
                Way::Next | Way::Command | Way::Campaign => "-->",
                Way::Retry | Way::Unverified => "-.->",
            };
            let label = self.label(edge, counts);
            let label = if label.is_empty() {
                label
            } else {
                format!("|\"{label}\"|")
            };
            let _ = writeln!(
                out,
                "  {} {arrow}{label} {}",
                name(edge.from, from),
                name(edge.to, to)
            );
        }
        out
    }

    fn words(&self, node: &Node, counts: Option<&Counts>) -> String {
        if node.shape == Shape::Flow {
            return quoted(&format!("→ {}", node.id));
        }
        let mut parts = vec![format!("<b>{}</b>", quoted(&node.id))];
        parts.extend(node.words.lines().map(quoted));
        parts.extend(
            node.note
                .as_deref()
                .map(|note| format!("<i>{}</i>", quoted(note))),
        );
        let stayed = counts
            .filter(|_| node.waits())
            .and_then(|c| c.stayed(&node.id).text());
        parts.extend(stayed.map(|n| {
            let what = if self.german {
                "gingen nicht weiter"
            } else {
                "went no further"
            };
            quoted(&format!("{n} {what}"))
        }));
        parts.join("<br/>")
    }

    fn label(&self, edge: &Edge, counts: Option<&Counts>) -> String {
        let mut parts: Vec<String> = edge.labels.iter().map(|l| quoted(&l.text)).collect();
        let went = counts.and_then(|c| {
            let to = self.nodes[edge.to].target();
            c.went(&self.nodes[edge.from].id, edge.way, &to).text()
        });
        parts.extend(went.map(|n| format!("<b>{}</b>", quoted(&n))));
        parts.join("<br/>")
    }
}

/// The brackets that make Mermaid's shapes.
fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Ask => ("{{", "}}"),
        Shape::Say => ("[", "]"),
        Shape::Call => ("[[", "]]"),
        Shape::Handoff => ("([", "])"),
        Shape::Set => ("[/", "/]"),
        Shape::Do => ("[\\", "\\]"),
        Shape::Branch => ("{", "}"),
        Shape::Flow => (">", "]"),
    }
}

/// A name that is none of Mermaid's own words (`end`).
fn name(index: usize, node: &Node) -> String {
    match node.shape {
        Shape::Flow => format!("flow{index}"),
        _ => format!("s_{}", node.id),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
