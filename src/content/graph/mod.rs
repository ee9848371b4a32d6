//! A flow as a graph: what its steps are, and which ways lead from one to the other.
//!
//! [`Graph::new`] reads it off the content; `svg` and `mermaid` write it down. Ways into other flows end in a small
//! node of their own for each step that they leave, for one node for all of them would draw every line to itself.

mod build;
mod cell;
mod counts;
mod ink;
mod layout;
mod mermaid;
mod order;
mod place;
mod svg;

pub use counts::{Counts, Shown};
pub use svg::{Picture, STYLE};

use crate::model::{Lang, Way};

/// A flow as a graph.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The flow.
    pub flow: String,
    /// The language of the words.
    pub lang: Lang,
    /// The steps in the order of the file, the first one first; then the ways out into other flows.
    pub nodes: Vec<Node>,
    /// The ways.
    pub edges: Vec<Edge>,
    /// Whether the explanations are German.
    pub german: bool,
}

/// What a node stands for, and so what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A question.
    Ask,
    /// A text.
    Say,
    /// Another flow that comes in between.
    Call,
    /// A counsellor.
    Handoff,
    /// Something is kept.
    Set,
    /// A built-in action.
    Do,
    /// Only rules.
    Branch,
    /// The start of another flow, without return.
    Flow,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The step's id; for [`Shape::Flow`] the flow's.
    pub id: String,
    /// What it is.
    pub shape: Shape,
    /// What is said or done, shortened.
    pub words: String,
    /// The language of these words, if they are words of the content.
    pub lang: Option<Lang>,
    /// A remark in the editor's language: what kind of answer is expected.
    pub note: Option<String>,
    /// The flow that it leads into.
    pub leads_to: Option<String>,
    /// The flow starts here.
    pub start: bool,
    /// The flow may end here.
    pub end: bool,
}

impl Node {
    /// Whether people may stop here: something is asked. A flow that comes in between may keep them for long.
    pub(super) fn waits(&self) -> bool {
        matches!(self.shape, Shape::Ask | Shape::Handoff)
    }

    /// What a way to this node is called in flow files: `step`, `flow:other`.
    pub fn target(&self) -> String {
        match self.shape {
            Shape::Flow => format!("flow:{}", self.id),
            _ => self.id.clone(),
        }
    }
}

/// A way from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// From this node.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// When it is taken. None: always.
    pub labels: Vec<Label>,
    /// Why it is taken.
    pub way: Way,
}

/// When a way is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Their language, if they are words of the content.
    pub lang: Option<Lang>,
}

#[cfg(test)]
mod tests;
