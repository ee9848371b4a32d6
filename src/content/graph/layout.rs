//! Where everything stands: a layered drawing from top to bottom, after Sugiyama.
//!
//! - Circles are opened by turning the ways round that close them.
//! - Every step stands below all that lead to it (longest path), and no further from them than it must.
//! - Ways over several layers, and labels, get invisible nodes (bends) on the layers between.
//! - The order within the layers is chosen so that few ways cross (`order`), and the places so that ways are straight
//!   (`place`).
//!
//! Nodes stand on even ranks, labels on odd ones. Pure, and the same drawing for the same flow every time.

use super::cell::Cell;
pub use super::cell::Size;
use super::{order, place};

/// Between two ranks.
const RANK_GAP: f64 = 17.0;
/// Around everything.
pub(super) const MARGIN: f64 = 28.0;

/// A way to be drawn: from, to, and how large its label is.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub label: Size,
}

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Where a way runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// From node to node; between an even and the following odd one it swings, from an odd to an even one it is straight.
    pub points: Vec<Point>,
    /// The middle of the label, if there is one.
    pub label: Option<Point>,
}

/// A drawing.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub size: Size,
    /// The middle of every node.
    pub nodes: Vec<Point>,
    /// One for each line, in the same order.
    pub lines: Vec<Course>,
}

/// Draws.
pub(super) fn layout(nodes: &[Size], lines: &[Line]) -> Layout {
    if nodes.is_empty() {
        return Layout::default();
    }
    let turned = turned(nodes.len(), lines);
    let layers = layers(nodes.len(), lines, &turned);
    let (mut cells, chains) = cells(nodes, lines, &turned, &layers);
    let mut ranks = order::order(&mut cells);
    let xs = place::place(&cells, &mut ranks);
    let tops = tops(&cells, &ranks);
    finish(lines, &turned, &cells, &chains, &xs, &tops)
}

/// Which lines close a circle, seen from the first node on.
fn turned(nodes: usize, lines: &[Line]) -> Vec<bool> {
    let mut turned = vec![false; lines.len()];
    let mut state = vec![0_u8; nodes];
    for start in 0..nodes {
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let (here, from) = (*node, *next);
            let open = lines
                .iter()
                .enumerate()
                .skip(from)
                .find(|(_, l)| l.from == here);
            let Some((index, line)) = open else {
                state[here] = 2;
                path.pop();
                continue;
            };
            *next = index + 1;
            match state[line.to] {
                0 => {
                    state[line.to] = 1;
                    path.push((line.to, 0));
                }
                1 => turned[index] = true,
                _ => {}
            }
        }
    }
    turned
}

/// The ends of a line as it is drawn: upper, lower.
fn ends(line: &Line, turned: bool) -> (usize, usize) {
    if turned {
        (line.to, line.from)
    } else {
        (line.from, line.to)
    }
}

/// The layer of every node.
fn layers(nodes: usize, lines: &[Line], turned: &[bool]) -> Vec<usize> {
    let edges: Vec<(usize, usize)> = lines
        .iter()
        .zip(turned)
        .map(|(line, turned)| ends(line, *turned))
        .filter(|(a, b)| a != b)
        .collect();
    let mut layer = vec![0_usize; nodes];
    // Without circles this comes to rest after as many rounds as there are nodes at most.
    for _ in 0..nodes {
        let mut still = true;
        for (a, b) in &edges {
            if layer[*b] < layer[*a] + 1 {
                layer[*b] = layer[*a] + 1;
                still = false;
            }
        }
        if still {
            break;
        }
    }
    // Whoever has more ways out than in stands nearer to where they lead.
    for _ in 0..nodes {
        let mut still = true;
        for node in 0..nodes {
            let ways_in = edges.iter().filter(|(_, b)| *b == node).count();
            let out = edges.iter().filter(|(a, _)| *a == node);
            let (ways_out, lowest) = out.fold((0, usize::MAX), |(n, low), (_, b)| {
                (n + 1, low.min(layer[*b].saturating_sub(1)))
            });
            if ways_out > ways_in && lowest > layer[node] && node != 0 {
                layer[node] = lowest;
                still = false;
            }
        }
        if still {
            break;
        }
    }
    layer
}

/// Cells of nodes and bends, and for each line the cells it runs through from top to bottom.
fn cells(
    nodes: &[Size],
    lines: &[Line],
    turned: &[bool],
    layers: &[usize],
) -> (Vec<Cell>, Vec<Vec<usize>>) {
    let cell = |rank, size, node| Cell {
        rank,
        size,
        node,
        label: false,
        up: Vec::new(),
        down: Vec::new(),
    };
    let mut cells: Vec<Cell> = nodes
        .iter()
        .zip(layers)
        .enumerate()
        .map(|(index, (size, layer))| cell(layer * 2, *size, Some(index)))
        .collect();
    let mut chains = Vec::with_capacity(lines.len());
    for (line, turned) in lines.iter().zip(turned) {
        let (upper, lower) = ends(line, *turned);
        let (top, bottom) = (layers[upper] * 2, layers[lower] * 2);
        let mut chain = vec![upper];
        for rank in top + 1..bottom {
            let mut bend = cell(rank, Size::default(), None);
            let tail = if *turned { bottom - 1 } else { top + 1 };
            if rank == tail && line.label.w > 0.0 {
                bend.size = line.label;
                bend.label = true;
            }
            cells.push(bend);
            chain.push(cells.len() - 1);
        }
        chain.push(lower);
        if upper != lower {
            for pair in chain.windows(2) {
                cells[pair[0]].down.push(pair[1]);
                cells[pair[1]].up.push(pair[0]);
            }
        }
        chains.push(chain);
    }
    (cells, chains)
}

/// Where every rank begins, and its height.
fn tops(cells: &[Cell], ranks: &[Vec<usize>]) -> Vec<(f64, f64)> {
    let mut y = MARGIN;
    let mut tops = Vec::with_capacity(ranks.len());
    for rank in ranks {
        let height = rank.iter().map(|c| cells[*c].size.h).fold(0.0, f64::max);
        tops.push((y, height));
        // Many lines side by side need room to swing.
        let crowd = rank.iter().map(|c| cells[*c].down.len()).sum::<usize>();
        y += height + RANK_GAP + (crowd as f64).min(16.0);
    }
    tops
}

fn finish(
    lines: &[Line],
    turned: &[bool],
    cells: &[Cell],
    chains: &[Vec<usize>],
    xs: &[f64],
    tops: &[(f64, f64)],
) -> Layout {
    let left = cells
        .iter()
        .zip(xs)
        .map(|(c, x)| x - c.size.w / 2.0)
        .fold(f64::INFINITY, f64::min);
    let shift = MARGIN - left;
    let x = |cell: usize| xs[cell] + shift;
    let middle = |cell: usize| {
        let (top, height) = tops[cells[cell].rank];
        Point {
            x: x(cell),
            y: top + height / 2.0,
        }
    };
    let mut layout = Layout {
        nodes: (0..cells.len())
            .filter(|c| cells[*c].node.is_some())
            .map(middle)
            .collect(),
        ..Layout::default()
    };
    let ports = Ports {
        lines,
        turned,
        cells,
        chains,
        xs,
        shift,
    };
    for (index, chain) in chains.iter().enumerate() {
        let mut course = Course::default();
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            continue;
        };
        if first == last {
            layout.lines.push(round_trip(
                middle(*first),
                cells[*first].size,
                lines[index].label,
            ));
            continue;
        }
        let below = middle(*first).y + cells[*first].size.h / 2.0;
        course.points.push(Point {
            x: ports.of(*first, index, true),
            y: below,
        });
        for cell in &chain[1..chain.len() - 1] {
            let (top, height) = tops[cells[*cell].rank];
            course.points.push(Point {
                x: x(*cell),
                y: top,
            });
            course.points.push(Point {
                x: x(*cell),
                y: top + height,
            });
            if cells[*cell].label {
                course.label = Some(middle(*cell));
            }
        }
        let above = middle(*last).y - cells[*last].size.h / 2.0;
        course.points.push(Point {
            x: ports.of(*last, index, false),
            y: above,
        });
        if turned[index] {
            course.points.reverse();
        }
        layout.lines.push(course);
    }
    let right = cells.iter().enumerate().map(|(i, c)| x(i) + c.size.w / 2.0);
    let loops = layout
        .lines
        .iter()
        .flat_map(|c| &c.points)
        .map(|p| p.x + 4.0);
    layout.size = Size {
        w: right.chain(loops).fold(0.0, f64::max) + MARGIN,
        h: tops.last().map_or(0.0, |(top, height)| top + height) + MARGIN,
    };
    layout
}

/// A way from a node to itself: out at the right side, and in again below.
fn round_trip(at: Point, node: Size, label: Size) -> Course {
    let (right, out) = (at.x + node.w / 2.0, 26.0 + label.w);
    let point = |x, y| Point { x, y };
    Course {
        points: vec![
            point(right, at.y - 8.0),
            point(right + out, at.y - 8.0),
            point(right + out, at.y + 8.0),
            point(right, at.y + 8.0),
        ],
        label: (label.w > 0.0).then(|| point(right + 14.0 + label.w / 2.0, at.y)),
    }
}

/// Where lines leave and reach a node: side by side, in the order of where they come from.
struct Ports<'l> {
    lines: &'l [Line],
    turned: &'l [bool],
    cells: &'l [Cell],
    chains: &'l [Vec<usize>],
    xs: &'l [f64],
    shift: f64,
}

impl Ports<'_> {
    fn of(&self, node: usize, line: usize, below: bool) -> f64 {
        let ends = |index: usize| {
            let (upper, lower) = ends(&self.lines[index], self.turned[index]);
            if upper == lower {
                return None;
            }
            let chain = &self.chains[index];
            match below {
                true if upper == node => chain.get(1),
                false if lower == node => chain.get(chain.len() - 2),
                _ => None,
            }
        };
        let mut all: Vec<(usize, usize)> = (0..self.lines.len())
            .filter_map(|index| Some((index, *ends(index)?)))
            .collect();
        all.sort_by(|a, b| self.xs[a.1].total_cmp(&self.xs[b.1]).then(a.0.cmp(&b.0)));
        let place = all
            .iter()
            .position(|(index, _)| *index == line)
            .unwrap_or(0);
        let middle = self.xs[node] + self.shift;
        if all.len() < 2 {
            return middle;
        }
        let share = if below { 0.7 } else { 0.5 };
        let wide = (self.cells[node].size.w * share).min(16.0 * (all.len() - 1) as f64);
        middle - wide / 2.0 + wide * place as f64 / (all.len() - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(nodes: usize, edges: &[(usize, usize)], label: f64) -> (Vec<Size>, Layout) {
        let sizes = vec![Size { w: 100.0, h: 40.0 }; nodes];
        let label = Size {
            w: label,
            h: label.min(14.0),
        };
        let lines: Vec<Line> = edges
            .iter()
            .map(|(from, to)| Line {
                from: *from,
                to: *to,
                label,
            })
            .collect();
        let layout = layout(&sizes, &lines);
        (sizes, layout)
    }

    #[test]
    fn a_line_of_steps_is_a_straight_line() {
        let (_, layout) = drawn(3, &[(0, 1), (1, 2)], 0.0);
        let xs: Vec<f64> = layout.nodes.iter().map(|p| p.x).collect();
        assert_eq!(xs, [xs[0]; 3]);
        assert!(layout.nodes[0].y < layout.nodes[1].y && layout.nodes[1].y < layout.nodes[2].y);
    }

    #[test]
    fn a_way_back_ends_where_it_leads() {
        let (sizes, layout) = drawn(3, &[(0, 1), (1, 2), (2, 0), (1, 1)], 30.0);
        let back = &layout.lines[2];
        let (first, last) = (back.points[0], back.points[back.points.len() - 1]);
        assert!(first.y > last.y, "it runs upwards");
        assert_eq!(last.y, layout.nodes[0].y + sizes[0].h / 2.0);
        assert!(back.label.is_some() && layout.lines[3].label.is_some());
    }

    #[test]
    fn lines_of_a_fan_do_not_cross() {
        let (_, layout) = drawn(5, &[(0, 3), (0, 1), (0, 4), (0, 2)], 40.0);
        let mut by_port: Vec<_> = layout
            .lines
            .iter()
            .map(|l| (l.points[0].x, l.points[l.points.len() - 1].x))
            .collect();
        by_port.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(by_port.windows(2).all(|w| w[0].1 < w[1].1), "{by_port:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_overlaps_and_everything_is_on_the_paper(
            edges in prop::collection::vec((0usize..14, 0usize..14), 0..40), label in 0u8..80
        ) {
            let (sizes, layout) = drawn(14, &edges, f64::from(label));
            for (a, size) in sizes.iter().enumerate() {
                let p = layout.nodes[a];
                prop_assert!(p.x - size.w / 2.0 >= MARGIN - 0.1 && p.x + size.w / 2.0 <= layout.size.w);
                prop_assert!(p.y - size.h / 2.0 >= MARGIN - 0.1 && p.y + size.h / 2.0 <= layout.size.h);
                for b in 0..a {
                    let q = layout.nodes[b];
                    let clear = (p.x - q.x).abs() >= 100.0 || (p.y - q.y).abs() >= 40.0;
                    prop_assert!(clear, "{a} and {b}: {p:?} {q:?}");
                }
            }
            for (line, course) in edges.iter().zip(&layout.lines) {
                prop_assert!(course.points.len() >= 2 && course.points.len() % 2 == 0, "{line:?}");
                prop_assert!(course.points.iter().all(|p| p.x.is_finite() && p.x <= layout.size.w));
            }
        }
    }
}
