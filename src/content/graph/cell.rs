//! What stands on a rank of the drawing, and how far apart.

/// Between two things on a rank.
const GAP: f64 = 18.0;
/// Between two lines that only pass by.
const GAP_LINES: f64 = 12.0;

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    pub w: f64,
    pub h: f64,
}

/// A place on a rank: a node, or a bend of a line.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub rank: usize,
    pub size: Size,
    pub node: Option<usize>,
    /// A label stands here.
    pub label: bool,
    pub up: Vec<usize>,
    pub down: Vec<usize>,
}

impl Cell {
    /// A line that passes by, without a label.
    pub fn is_bend(&self) -> bool {
        self.node.is_none() && !self.label
    }
}

/// How far the middles of two neighbours must be apart.
pub(super) fn apart(left: &Cell, right: &Cell) -> f64 {
    let gap = if left.is_bend() && right.is_bend() {
        GAP_LINES
    } else {
        GAP
    };
    (left.size.w + right.size.w) / 2.0 + gap
}
