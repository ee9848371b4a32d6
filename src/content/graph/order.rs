//! The order within the ranks: as few crossings as a while of sorting finds.

use super::cell::Cell;

/// Rounds of sorting down and up.
const ROUNDS: usize = 24;

/// Puts the cells of each rank into an order in which few lines cross.
pub(super) fn order(cells: &mut [Cell]) -> Vec<Vec<usize>> {
    let count = cells.iter().map(|c| c.rank + 1).max().unwrap_or(0);
    let mut ranks = vec![Vec::new(); count];
    for cell in depth_first(cells) {
        ranks[cells[cell].rank].push(cell);
    }
    let mut best = ranks.clone();
    let mut fewest = crossings(cells, &ranks);
    for round in 0..ROUNDS {
        if fewest == 0 {
            break;
        }
        sort(cells, &mut ranks, round % 2 == 0, round % 4 < 2);
        swap_neighbours(cells, &mut ranks);
        let now = crossings(cells, &ranks);
        if now < fewest {
            fewest = now;
            best.clone_from(&ranks);
        }
    }
    best
}

/// The order in which one comes by the cells who follows every way to its end, the first one first.
fn depth_first(cells: &[Cell]) -> Vec<usize> {
    let mut seen = vec![false; cells.len()];
    let mut found = Vec::with_capacity(cells.len());
    for start in 0..cells.len() {
        let mut open = vec![start];
        while let Some(cell) = open.pop() {
            if std::mem::replace(&mut seen[cell], true) {
                continue;
            }
            found.push(cell);
            open.extend(cells[cell].down.iter().rev());
        }
    }
    found
}

/// Places of all cells within their ranks.
fn places(cells: &[Cell], ranks: &[Vec<usize>]) -> Vec<usize> {
    let mut places = vec![0; cells.len()];
    for rank in ranks {
        for (place, cell) in rank.iter().enumerate() {
            places[*cell] = place;
        }
    }
    places
}

/// Sorts every rank by the middle of what its cells are joined to on the rank before.
fn sort(cells: &[Cell], ranks: &mut [Vec<usize>], down: bool, ties_stay: bool) {
    let count = ranks.len();
    for step in 1..count {
        let at = if down { step } else { count - 1 - step };
        let places = places(cells, ranks);
        let key = |cell: usize| {
            let joined = if down {
                &cells[cell].up
            } else {
                &cells[cell].down
            };
            if joined.is_empty() {
                return places[cell] as f64;
            }
            joined.iter().map(|c| places[*c] as f64).sum::<f64>() / joined.len() as f64
        };
        let tie = |cell: usize| {
            let place = places[cell];
            if ties_stay { place } else { usize::MAX - place }
        };
        ranks[at].sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(tie(*a).cmp(&tie(*b))));
    }
}

/// Swaps neighbours as long as that makes crossings fewer.
fn swap_neighbours(cells: &[Cell], ranks: &mut [Vec<usize>]) {
    let mut places = places(cells, ranks);
    for _ in 0..8 {
        let mut still = true;
        for rank in ranks.iter_mut() {
            for at in 1..rank.len() {
                let (left, right) = (rank[at - 1], rank[at]);
                let cross = |a: &[usize], b: &[usize]| -> usize {
                    a.iter()
                        .map(|x| b.iter().filter(|y| places[**y] < places[*x]).count())
                        .sum()
                };
                let (l, r) = (&cells[left], &cells[right]);
                let now = cross(&l.up, &r.up) + cross(&l.down, &r.down);
                let then = cross(&r.up, &l.up) + cross(&r.down, &l.down);
                if then < now {
                    rank.swap(at - 1, at);
                    places.swap(left, right);
                    still = false;
                }
            }
        }
        if still {
            break;
        }
    }
}

/// How many lines cross between neighbouring ranks.
fn crossings(cells: &[Cell], ranks: &[Vec<usize>]) -> usize {
    let places = places(cells, ranks);
    let mut found = 0;
    for rank in ranks {
        let mut ends: Vec<usize> = Vec::new();
        for cell in rank {
            let mut down: Vec<usize> = cells[*cell].down.iter().map(|c| places[*c]).collect();
            for end in &down {
                found += ends.iter().filter(|e| *e > end).count();
            }
            ends.append(&mut down);
        }
    }
    found
}
