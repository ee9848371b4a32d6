//! Finds where a smooth function is least (limited-memory BFGS; Nocedal and Wright, algorithms 7.4 and 3.1).

use std::collections::VecDeque;

/// So many steps are remembered.
const MEMORY: usize = 10;
/// The slope, against where it began, at which it is good enough.
const FLAT: f64 = 2e-4;
/// A step has to bring this share of what the slope promises.
const ENOUGH: f64 = 1e-4;
/// So often a step is halved before we stay where we are.
const MOST_HALVINGS: usize = 30;

/// What a function is at a place.
pub(super) struct Step {
    /// Its value.
    pub loss: f64,
    /// Its gradient.
    pub slope: Vec<f64>,
}

/// A step that was taken: where to, how the slope changed, and one over the product of both.
struct Taken {
    by: Vec<f64>,
    turn: Vec<f64>,
    scale: f64,
}

/// Goes downhill from `place` as far as it is worth it, and so many steps at most.
pub(super) fn least(
    mut place: Vec<f64>,
    most_steps: usize,
    function: impl Fn(&[f64]) -> Step,
) -> Vec<f64> {
    let mut here = function(&place);
    let flat = FLAT * length(&here.slope);
    let mut taken: VecDeque<Taken> = VecDeque::new();
    for _ in 0..most_steps {
        if length(&here.slope) <= flat {
            break;
        }
        let direction = downhill(&here.slope, &taken);
        let Some((next, there)) = walk(&place, &here, &direction, taken.is_empty(), &function)
        else {
            break;
        };
        let by: Vec<f64> = next.iter().zip(&place).map(|(a, b)| a - b).collect();
        let turn: Vec<f64> = there
            .slope
            .iter()
            .zip(&here.slope)
            .map(|(a, b)| a - b)
            .collect();
        let bend = product(&by, &turn);
        if bend > 1e-10 * product(&turn, &turn) {
            if taken.len() == MEMORY {
                taken.pop_front();
            }
            taken.push_back(Taken {
                by,
                turn,
                scale: 1.0 / bend,
            });
        }
        (place, here) = (next, there);
    }
    place
}

/// The direction in which the steps so far say that the lowest place lies.
fn downhill(slope: &[f64], taken: &VecDeque<Taken>) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut shares = Vec::with_capacity(taken.len());
    for step in taken.iter().rev() {
        let share = step.scale * product(&step.by, &direction);
        add(&mut direction, -share, &step.turn);
        shares.push(share);
    }
    if let Some(last) = taken.back() {
        let by = 1.0 / (last.scale * product(&last.turn, &last.turn));
        direction.iter_mut().for_each(|d| *d *= by);
    }
    for (step, share) in taken.iter().zip(shares.into_iter().rev()) {
        let back = step.scale * product(&step.turn, &direction);
        add(&mut direction, share - back, &step.by);
    }
    direction
}

/// Goes in a direction, less and less far, until it is better there than here.
fn walk(
    place: &[f64],
    here: &Step,
    direction: &[f64],
    first: bool,
    function: &impl Fn(&[f64]) -> Step,
) -> Option<(Vec<f64>, Step)> {
    let promise = product(&here.slope, direction);
    if promise >= 0.0 {
        return None;
    }
    // Nothing is known yet of how far to go.
    let mut by = if first {
        1.0 / length(&here.slope)
    } else {
        1.0
    };
    for _ in 0..MOST_HALVINGS {
        let mut next = place.to_vec();
        add(&mut next, by, direction);
        let there = function(&next);
        if there.loss <= here.loss + ENOUGH * by * promise {
            return Some((next, there));
        }
        by /= 2.0;
    }
    None
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn length(a: &[f64]) -> f64 {
    product(a, a).sqrt()
}

fn add(to: &mut [f64], by: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += by * from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley: bent, and flat at its bottom.
    #[test]
    fn the_bottom_of_a_bent_valley_is_found() {
        let valley = |at: &[f64]| {
            let (x, y) = (at[0], at[1]);
            let d = y - x * x;
            Step {
                loss: 100.0 * d * d + (1.0 - x) * (1.0 - x),
                slope: vec![-400.0 * x * d - 2.0 * (1.0 - x), 200.0 * d],
            }
        };
        let found = least(vec![-1.2, 1.0], 150, valley);
        assert!(
            (found[0] - 1.0).abs() < 0.01 && (found[1] - 1.0).abs() < 0.02,
            "{found:?}"
        );
    }

    #[test]
    fn nowhere_to_go_is_where_we_are() {
        let level = |_: &[f64]| Step {
            loss: 1.0,
            slope: vec![0.0; 2],
        };
        assert_eq!(least(vec![3.0, 4.0], 150, level), [3.0, 4.0]);
        let broken = |_: &[f64]| Step {
            loss: f64::NAN,
            slope: vec![f64::NAN; 2],
        };
        assert_eq!(least(vec![3.0, 4.0], 150, broken), [3.0, 4.0]);
    }
}
