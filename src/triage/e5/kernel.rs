//! The one loop that takes the time: four-bit weights times eight-bit activations.

use super::file::{BLOCK, BLOCK_BYTES, half, le16};
use crate::triage::math::{LANES, nearest};
use std::ops::Range;

/// A matrix of four-bit numbers in the file.
#[derive(Debug)]
pub(super) struct Matrix {
    at: Range<usize>,
    /// One for each block: half precision takes too long to read every time.
    scales: Vec<f32>,
    /// Values that go in and come out.
    inn: usize,
    out: usize,
    bias: Vec<f32>,
}

/// Activations as whole numbers between -127 and 127, with one scale for each block. Sixteen bits wide: that is what
/// processors multiply and add in pairs.
#[derive(Default)]
pub(super) struct Levels {
    values: Vec<[i16; BLOCK]>,
    scales: Vec<f32>,
}

impl Levels {
    /// Takes rows of activations, one after the other.
    pub fn set(&mut self, activations: &[f32]) {
        let (blocks, _) = activations.as_chunks::<BLOCK>();
        self.values.resize(blocks.len(), [0; BLOCK]);
        self.scales.resize(blocks.len(), 0.0);
        for ((block, values), scale) in blocks.iter().zip(&mut self.values).zip(&mut self.scales) {
            let mut most = [0f32; LANES];
            for eight in block.as_chunks::<LANES>().0 {
                for lane in 0..LANES {
                    most[lane] = most[lane].max(eight[lane].abs());
                }
            }
            let most = most.iter().fold(0f32, |a, b| a.max(*b));
            *scale = most / 127.0;
            let by = if *scale > 0.0 { 1.0 / *scale } else { 0.0 };
            for (value, activation) in values.iter_mut().zip(block) {
                *value = nearest(activation * by).clamp(-127, 127) as i16;
            }
        }
    }
}

impl Matrix {
    pub fn new(bytes: &[u8], at: Range<usize>, out: usize, inn: usize, bias: Vec<f32>) -> Self {
        let (blocks, _) = bytes
            .get(at.clone())
            .unwrap_or_default()
            .as_chunks::<BLOCK_BYTES>();
        let scales = blocks.iter().map(|block| half(le16(block))).collect();
        Self {
            at,
            scales,
            inn,
            out,
            bias,
        }
    }

    /// `to` = activations × weights + bias, for each row of activations. Every row of weights is unpacked once, and
    /// kept while all pieces of the text pass by.
    pub fn times(&self, bytes: &[u8], levels: &Levels, to: &mut [f32]) {
        let blocks = self.inn / BLOCK;
        let (packed, _) = bytes
            .get(self.at.clone())
            .unwrap_or_default()
            .as_chunks::<BLOCK_BYTES>();
        let mut weights = vec![[0i16; BLOCK]; blocks];
        let rows = packed
            .chunks_exact(blocks)
            .zip(self.scales.chunks_exact(blocks))
            .zip(&self.bias);
        for (place, ((packed, scales), bias)) in rows.enumerate() {
            for (weights, packed) in weights.iter_mut().zip(packed) {
                unpack(packed, weights);
            }
            let pieces = levels
                .values
                .chunks_exact(blocks)
                .zip(levels.scales.chunks_exact(blocks));
            for ((values, by), to) in pieces.zip(to.chunks_exact_mut(self.out)) {
                to[place] = row(&weights, scales, values, by) + bias;
            }
        }
    }
}

/// One row of weights times one row of activations: whole numbers within a block, exactly; then the scales, block
/// after block.
fn row(weights: &[[i16; BLOCK]], scales: &[f32], values: &[[i16; BLOCK]], by: &[f32]) -> f32 {
    let mut sum = 0.0;
    for ((weights, values), (scale, by)) in weights.iter().zip(values).zip(scales.iter().zip(by)) {
        sum += product(weights, values) as f32 * (scale * by);
    }
    sum
}

/// The scalar product of two blocks. The compiler knows this form: SSE2 multiplies and adds eight pairs at once. (Four
/// rows at a time, lanes of our own, or AVX2 by a check at run time gained little or lost much when measured.) `while`
/// and `as`, because a debug build takes four times as long over an iterator.
#[inline(always)]
fn product(a: &[i16; BLOCK], b: &[i16; BLOCK]) -> i32 {
    let (mut sum, mut at) = (0, 0);
    while at < BLOCK {
        sum += a[at] as i32 * b[at] as i32;
        at += 1;
    }
    sum
}

/// A block's 32 numbers, between -8 and 7.
#[inline(always)]
fn unpack(packed: &[u8; BLOCK_BYTES], to: &mut [i16; BLOCK]) {
    for at in 0..BLOCK / 2 {
        let byte = packed[2 + at];
        to[at] = i16::from(byte & 15) - 8;
        to[BLOCK / 2 + at] = i16::from(byte >> 4) - 8;
    }
}

/// A row of a table of four-bit numbers, as plain ones.
pub(super) fn plain(packed: &[u8], to: &mut [f32]) {
    let (packed, _) = packed.as_chunks::<BLOCK_BYTES>();
    for (packed, to) in packed.iter().zip(to.as_chunks_mut::<BLOCK>().0) {
        let mut values = [0; BLOCK];
        unpack(packed, &mut values);
        let scale = half(le16(packed));
        for (to, value) in to.iter_mut().zip(values) {
            *to = f32::from(value) * scale;
        }
    }
}
