//! The places within the ranks: lines as straight as the order allows.
//!
//! Each cell wants to stand where its neighbours on other ranks stand. For one rank, the places that come nearest to
//! all wishes (least squares) and keep the distances are found exactly by pooling neighbours that get in each other's
//! way; going down and up a few times brings the whole drawing to rest.

use super::cell::{Cell, apart};

/// Times down and up.
const ROUNDS: usize = 30;

/// The middle of every cell, from left to right.
pub(super) fn place(cells: &[Cell], ranks: &mut [Vec<usize>]) -> Vec<f64> {
    let mut xs = vec![0.0; cells.len()];
    for rank in ranks.iter() {
        let mut x = 0.0;
        for (at, cell) in rank.iter().enumerate() {
            if at > 0 {
                x += apart(&cells[rank[at - 1]], &cells[*cell]);
            }
            xs[*cell] = x;
        }
        let half = x / 2.0;
        rank.iter().for_each(|cell| xs[*cell] -= half);
    }
    for round in 0..ROUNDS {
        let last = round + 4 >= ROUNDS;
        let sides = if last {
            (true, true)
        } else {
            (round % 2 == 0, round % 2 == 1)
        };
        let count = ranks.len();
        for step in 0..count {
            let at = if round % 2 == 0 {
                step
            } else {
                count - 1 - step
            };
            settle(cells, &ranks[at], &mut xs, sides);
        }
    }
    straighten(cells, ranks, &mut xs);
    xs
}

/// Brings a rank as near to the wishes of its cells as the distances allow. `sides`: who is asked, above and below.
fn settle(cells: &[Cell], rank: &[usize], xs: &mut [f64], (above, below): (bool, bool)) {
    let mut shift = 0.0;
    let mut offsets = Vec::with_capacity(rank.len());
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(rank.len());
    for (at, cell) in rank.iter().enumerate() {
        if at > 0 {
            shift += apart(&cells[rank[at - 1]], &cells[*cell]);
        }
        offsets.push(shift);
        let (wish, weight) = wish(cells, *cell, xs, above, below);
        pools.push((wish - shift, weight, 1));
        // A pool that stands left of the one before it cannot: both stand where that costs least.
        while let [.., (a, wa, na), (b, wb, nb)] = pools[..]
            && a > b
        {
            pools.truncate(pools.len() - 2);
            let weight = wa + wb;
            pools.push(((a * wa + b * wb) / weight, weight, na + nb));
        }
    }
    let mut cells_left = rank.iter().zip(offsets);
    for (at, _, count) in pools {
        for (cell, offset) in cells_left.by_ref().take(count) {
            xs[*cell] = at + offset;
        }
    }
}

/// Where a cell wants to stand, and how much.
fn wish(cells: &[Cell], cell: usize, xs: &[f64], above: bool, below: bool) -> (f64, f64) {
    let own = &cells[cell];
    let mut sum = 0.0;
    let mut weight = 0.0;
    let sides = [(above, &own.up), (below, &own.down)];
    for other in sides
        .iter()
        .filter(|(asked, _)| *asked)
        .flat_map(|(_, side)| side.iter())
    {
        let pull = match (own.node, cells[*other].node) {
            (None, None) => 8.0,
            (Some(_), Some(_)) => 1.0,
            _ => 2.0,
        };
        sum += pull * xs[*other];
        weight += pull;
    }
    if weight == 0.0 {
        return (xs[cell], 0.05);
    }
    (sum / weight, weight)
}

/// Lines over several ranks run straight down wherever there is room for that.
fn straighten(cells: &[Cell], ranks: &[Vec<usize>], xs: &mut [f64]) {
    let mut done = vec![false; cells.len()];
    for first in 0..cells.len() {
        if cells[first].node.is_some() || done[first] {
            continue;
        }
        let mut chain = vec![first];
        while let Some(next) = cells[chain[chain.len() - 1]].down.first()
            && cells[*next].node.is_none()
        {
            chain.push(*next);
        }
        chain.iter().for_each(|c| done[*c] = true);
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for cell in &chain {
            let rank = &ranks[cells[*cell].rank];
            let Some(at) = rank.iter().position(|c| c == cell) else {
                continue;
            };
            if let Some(left) = at.checked_sub(1).and_then(|at| rank.get(at)) {
                low = low.max(xs[*left] + apart(&cells[*left], &cells[*cell]));
            }
            if let Some(right) = rank.get(at + 1) {
                high = high.min(xs[*right] - apart(&cells[*cell], &cells[*right]));
            }
        }
        if low <= high {
            let mean = chain.iter().map(|c| xs[*c]).sum::<f64>() / chain.len() as f64;
            chain.iter().for_each(|c| xs[*c] = mean.clamp(low, high));
        }
    }
}
