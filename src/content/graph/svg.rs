//! A graph as a picture: SVG with its words as text, for light and dark, for eyes and for screen readers.

use super::build::cut;
use super::ink::{
    LABEL_HEIGHT, LINE, Row, draw_line, draw_shape, escaped, label_size, n, node_size, wrapped,
    write_rows,
};
use super::layout::{Layout, Line, Point, Size, layout};
use super::{Counts, Edge, Graph, Node, Shape};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The style of the picture. It is part of a file; a page must bring it along, for the pages' policy allows no style
/// inside them.
pub const STYLE: &str = include_str!("graph.css");

/// Characters on a line of a node, and of a label.
const NODE_LINE: usize = 26;
const LABEL_LINE: usize = 24;
/// Lines of words in a node, and of a label.
const NODE_LINES: usize = 3;
const LABEL_LINES: usize = 6;
/// What is drawn.
#[derive(Clone, Copy, Default)]
pub struct Picture<'p> {
    /// Numbers on the arrows.
    pub counts: Option<&'p Counts>,
    /// The step where a conversation stands.
    pub lit: Option<&'p str>,
    /// The step that was picked to be looked at.
    pub chosen: Option<&'p str>,
    /// The steps that the conversation has come by.
    pub seen: Option<&'p BTreeSet<String>>,
    /// Where a click on a node leads; `None`: nodes are no links.
    pub link: Option<&'p dyn Fn(&Node) -> String>,
    /// For a file of its own: with the style inside.
    pub standalone: bool,
}

impl Graph {
    /// The picture.
    pub fn svg(&self, picture: &Picture<'_>) -> String {
        let rows: Vec<Vec<Row>> = self
            .nodes
            .iter()
            .map(|n| self.node_rows(n, picture))
            .collect();
        let labels: Vec<Vec<Row>> = self
            .edges
            .iter()
            .map(|e| self.edge_rows(e, picture))
            .collect();
        let nodes: Vec<Size> = self
            .nodes
            .iter()
            .zip(&rows)
            .map(|(n, r)| node_size(n.shape, r))
            .collect();
        let lines: Vec<Line> = self
            .edges
            .iter()
            .zip(&labels)
            .map(|(e, rows)| Line {
                from: e.from,
                to: e.to,
                label: label_size(rows),
            })
            .collect();
        let layout = layout(&nodes, &lines);
        let mut out = self.head(&layout, picture.standalone);
        for (edge, course) in self.edges.iter().zip(&layout.lines) {
            let _ = write!(out, "<g class=\"edge {}\">", edge.way.as_str());
            draw_line(course, &mut out);
            out.push_str("</g>\n");
        }
        for ((node, rows), (at, size)) in self
            .nodes
            .iter()
            .zip(&rows)
            .zip(layout.nodes.iter().zip(&nodes))
        {
            self.draw_node(node, rows, *at, *size, picture, &mut out);
        }
        // Labels come last: nothing may run through them.
        for ((edge, rows), course) in self.edges.iter().zip(&labels).zip(&layout.lines) {
            if let Some(at) = course.label.filter(|_| !rows.is_empty()) {
                let _ = write!(out, "<g class=\"edge {}\">", edge.way.as_str());
                self.full_label(edge, &mut out);
                let size = label_size(rows);
                let _ = write!(
                    out,
                    "<rect class=\"blank\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                    n(at.x - size.w / 2.0),
                    n(at.y - size.h / 2.0),
                    n(size.w),
                    n(size.h)
                );
                write_rows(rows, at, LABEL_HEIGHT, "label", &mut out);
                out.push_str("</g>\n");
            }
        }
        out.push_str("</svg>\n");
        out
    }

    fn say<'s>(&self, de: &'s str, en: &'s str) -> &'s str {
        if self.german { de } else { en }
    }

    fn head(&self, layout: &Layout, standalone: bool) -> String {
        let (w, h) = (layout.size.w.ceil(), layout.size.h.ceil());
        let steps = self.nodes.iter().filter(|n| n.shape != Shape::Flow).count();
        let counted = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        let ways = self.edges.len();
        let (title, desc) = if self.german {
            let steps = counted(steps, "Schritt", "Schritte");
            let ways = counted(ways, "Weg", "Wege");
            (
                format!("Ablauf {}", self.flow),
                format!(
                    "{steps} und {ways} dazwischen, von oben nach unten. Gestrichelt: nicht verstanden, oder eine Angabe ist veraltet."
                ),
            )
        } else {
            let steps = counted(steps, "step", "steps");
            let ways = counted(ways, "way", "ways");
            (
                format!("Flow {}", self.flow),
                format!(
                    "{steps} and {ways} between them, from top to bottom. Dashed: not understood, or a fact is out of date."
                ),
            )
        };
        let lang = self.say("de", "en");
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             role=\"group\" aria-labelledby=\"graph-title graph-desc\" lang=\"{lang}\">\n\
             <title id=\"graph-title\">{}</title>\n<desc id=\"graph-desc\">{desc}</desc>\n",
            escaped(&title)
        );
        if standalone {
            let _ = write!(
                out,
                "<style>\n{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"var(--g-paper)\"/>\n"
            );
        }
        out
    }

    fn node_rows(&self, node: &Node, picture: &Picture<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        if node.shape == Shape::Flow {
            rows.push(Row::plain(format!("→ {}", node.id), "words"));
            return rows;
        }
        rows.push(Row::plain(&node.id, "id"));
        for line in node.words.lines() {
            let class = if node.shape == Shape::Set {
                "note"
            } else {
                "words"
            };
            rows.extend(
                wrapped(line, NODE_LINE, NODE_LINES)
                    .into_iter()
                    .map(|text| Row {
                        text,
                        class,
                        lang: node.lang.clone(),
                    }),
            );
        }
        rows.extend(node.note.as_deref().map(|note| Row::plain(note, "note")));
        if let Some(counts) = picture.counts {
            let numbers = [
                (
                    counts.reached(&node.id),
                    "number",
                    self.say("kamen", "came"),
                ),
                (
                    counts.stayed(&node.id),
                    "number drop",
                    self.say("gingen nicht weiter", "went no further"),
                ),
                (
                    counts.commanded(&node.id),
                    "number",
                    self.say("wollten etwas anderes", "asked for something else"),
                ),
            ];
            let shown = if node.waits() { 3 } else { 1 };
            let rows_of = numbers
                .into_iter()
                .take(shown)
                .filter_map(|(count, class, what)| {
                    Some(Row::plain(format!("{} {what}", count.text()?), class))
                });
            rows.extend(rows_of);
        }
        rows
    }

    fn edge_rows(&self, edge: &Edge, picture: &Picture<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        for label in &edge.labels {
            rows.extend(
                wrapped(&label.text, LABEL_LINE, LABEL_LINES)
                    .into_iter()
                    .map(|text| Row {
                        text,
                        class: "",
                        lang: label.lang.clone(),
                    }),
            );
        }
        if rows.len() > LABEL_LINES {
            rows.truncate(LABEL_LINES);
            if let Some(last) = rows.last_mut() {
                last.text = format!("{} …", cut(&last.text, LABEL_LINE - 2));
            }
        }
        let to = self.nodes[edge.to].target();
        let from = &self.nodes[edge.from].id;
        let went = picture
            .counts
            .and_then(|c| c.went(from, edge.way, &to).text());
        rows.extend(went.map(|n| Row::plain(n, "number")));
        rows
    }

    /// All of a label that had to be shortened, for who points at it.
    fn full_label(&self, edge: &Edge, out: &mut String) {
        let all: Vec<&str> = edge.labels.iter().map(|l| l.text.as_str()).collect();
        if !all.is_empty() {
            let _ = write!(out, "<title>{}</title>", escaped(&all.join(" / ")));
        }
    }

    fn draw_node(
        &self,
        node: &Node,
        rows: &[Row],
        at: Point,
        size: Size,
        picture: &Picture<'_>,
        out: &mut String,
    ) {
        let own = node.shape != Shape::Flow;
        let is = |step: Option<&str>| own && step == Some(node.id.as_str());
        let mut class = format!("node {}", class_of(node.shape));
        for (word, yes) in [
            (
                "seen",
                own && picture.seen.is_some_and(|s| s.contains(&node.id)),
            ),
            ("chosen", is(picture.chosen)),
            ("lit", is(picture.lit)),
        ] {
            if yes {
                class.push(' ');
                class.push_str(word);
            }
        }
        let current = if is(picture.lit) {
            " aria-current=\"step\""
        } else {
            ""
        };
        let tag = match picture.link {
            Some(link) => {
                let href = escaped(&link(node));
                let step = if own {
                    format!(" data-step=\"{}\"", escaped(&node.id))
                } else {
                    String::new()
                };
                let _ = write!(out, "<a href=\"{href}\" class=\"{class}\"{step}{current}>");
                "a"
            }
            None => {
                let _ = write!(out, "<g class=\"{class}\"{current}>");
                "g"
            }
        };
        draw_shape(node, at, size, out);
        write_rows(rows, at, LINE, "", out);
        let _ = writeln!(out, "</{tag}>");
    }
}

fn class_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Ask => "ask",
        Shape::Say => "say",
        Shape::Call => "call",
        Shape::Handoff => "handoff",
        Shape::Set => "set",
        Shape::Do => "do",
        Shape::Branch => "branch",
        Shape::Flow => "flow",
    }
}
