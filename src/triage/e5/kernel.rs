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

/// Activations as whole numbers between -127 and 127, with one scale for each block.
#[derive(Default)]
pub(super) struct Levels {
    blocks: Vec<Block>,
}

/// A block of activations.
#[derive(Clone, Debug, Default)]
struct Block {
    values: [i8; BLOCK],
    scale: f32,
    /// The sum of the values, [`ZERO`] times: so much too large is a product with weights that are not negative.
    surplus: i32,
}

/// What a weight of 0 is written as: weights lie between 0 and 15 in the file and here.
const ZERO: i32 = 8;

impl Levels {
    /// Takes rows of activations, one after the other.
    pub fn set(&mut self, activations: &[f32]) {
        let (blocks, _) = activations.as_chunks::<BLOCK>();
        self.blocks.resize(blocks.len(), Block::default());
        for (activations, block) in blocks.iter().zip(&mut self.blocks) {
            let mut most = [0f32; LANES];
            for eight in activations.as_chunks::<LANES>().0 {
                for lane in 0..LANES {
                    most[lane] = most[lane].max(eight[lane].abs());
                }
            }
            let most = most.iter().fold(0f32, |a, b| a.max(*b));
            block.scale = most / 127.0;
            let by = if block.scale > 0.0 {
                1.0 / block.scale
            } else {
                0.0
            };
            let mut sum = 0;
            for (value, activation) in block.values.iter_mut().zip(activations) {
                let level = nearest(activation * by).clamp(-127, 127);
                sum += level;
                *value = level as i8;
            }
            block.surplus = sum * ZERO;
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

    /// `to` = activations × weights + bias, for each row of activations. Eight rows of weights are unpacked at a time,
    /// once, and kept while all pieces of the text pass by.
    pub fn times(&self, bytes: &[u8], levels: &Levels, to: &mut [f32]) {
        let blocks = self.inn / BLOCK;
        let (packed, _) = bytes
            .get(self.at.clone())
            .unwrap_or_default()
            .as_chunks::<BLOCK_BYTES>();
        let wide = wide::possible();
        let mut rows = vec![Rows::default(); blocks];
        let groups = packed
            .chunks(blocks * ROWS)
            .zip(self.scales.chunks(blocks * ROWS))
            .zip(self.bias.chunks(ROWS));
        for (group, ((packed, scales), bias)) in groups.enumerate() {
            unpack_rows(packed, scales, &mut rows);
            let pieces = levels.blocks.chunks_exact(blocks);
            for (piece, to) in pieces.zip(to.chunks_exact_mut(self.out)) {
                let sums = match wide {
                    true => wide::sums(&rows, piece),
                    false => sums(&rows, piece),
                };
                let to = to.iter_mut().skip(group * ROWS);
                for ((to, sum), bias) in to.zip(sums).zip(bias) {
                    *to = sum + bias;
                }
            }
        }
    }
}

/// So many rows of weights are multiplied at a time: as many sums as a register of AVX2 holds.
const ROWS: usize = 8;
/// So many weights of a row lie side by side: what one sum of a register is made of.
const QUAD: usize = 4;

/// One block of several rows of weights, unpacked: four weights of the first row, four of the second, and so on. What a
/// group has less than [`ROWS`] is left of the group before, and nobody looks at it.
#[derive(Clone, Copy, Default)]
struct Rows {
    weights: [[[u8; QUAD]; ROWS]; BLOCK / QUAD],
    scales: [f32; ROWS],
}

/// Unpacks rows that lie one after the other.
fn unpack_rows(packed: &[[u8; BLOCK_BYTES]], scales: &[f32], to: &mut [Rows]) {
    let blocks = to.len();
    let rows = packed.chunks_exact(blocks).zip(scales.chunks_exact(blocks));
    for (row, (packed, scales)) in rows.enumerate() {
        for ((to, packed), scale) in to.iter_mut().zip(packed).zip(scales) {
            to.scales[row] = *scale;
            let weights = unpack(packed);
            for (to, quad) in to.weights.iter_mut().zip(weights.as_chunks::<QUAD>().0) {
                to[row] = *quad;
            }
        }
    }
}

/// Each row of weights times one row of activations: whole numbers within a block, exactly; then the scales, block after
/// block. `while` and `as`, because a debug build takes four times as long over an iterator.
fn sums(rows: &[Rows], piece: &[Block]) -> [f32; ROWS] {
    let mut sums = [0.0; ROWS];
    for (rows, block) in rows.iter().zip(piece) {
        let mut products = [0 - block.surplus; ROWS];
        let mut at = 0;
        while at < BLOCK {
            let (quads, value) = (&rows.weights[at / QUAD], block.values[at] as i32);
            let mut row = 0;
            while row < ROWS {
                products[row] += quads[row][at % QUAD] as i32 * value;
                row += 1;
            }
            at += 1;
        }
        for row in 0..ROWS {
            sums[row] += products[row] as f32 * (rows.scales[row] * block.scale);
        }
    }
    sums
}

/// The same sums on processors with AVX2, bit for bit: what is exact may be added in any order, and each row's blocks come
/// one after the other here as well.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{BLOCK, Block, QUAD, ROWS, Rows};
    use std::arch::x86_64::{
        __m256, __m256i, _mm256_add_epi16, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps,
        _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps,
        _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps,
        _mm256_setzero_si256, _mm256_storeu_ps, _mm256_sub_epi32,
    };

    /// Whether this machine has what [`sums`] needs.
    pub fn possible() -> bool {
        std::arch::is_x86_feature_detected!("avx2")
    }

    /// See [`super::sums`]. Only where it is [`possible`].
    #[expect(
        unsafe_code,
        reason = "instructions that not every processor has: `possible` was asked"
    )]
    pub fn sums(rows: &[Rows], piece: &[Block]) -> [f32; ROWS] {
        debug_assert!(possible());
        unsafe { sums_on_avx2(rows, piece) }
    }

    #[target_feature(enable = "avx2")]
    fn sums_on_avx2(rows: &[Rows], piece: &[Block]) -> [f32; ROWS] {
        let ones = _mm256_set1_epi16(1);
        let mut sums = _mm256_setzero_ps();
        let (mut next, blocks) = (0, rows.len().min(piece.len()));
        while next < blocks {
            let (rows, block) = (&rows[next], &piece[next]);
            next += 1;
            // Two products of 15 and 127 in each sum of sixteen bits, eight times: 30,480 at most, so nothing is cut off.
            let mut pairs = _mm256_setzero_si256();
            let mut at = 0;
            while at < BLOCK / QUAD {
                let values = _mm256_set1_epi32(quad(&block.values, at));
                let products = _mm256_maddubs_epi16(load(&rows.weights[at]), values);
                pairs = _mm256_add_epi16(pairs, products);
                at += 1;
            }
            let whole = _mm256_madd_epi16(pairs, ones);
            let whole = _mm256_sub_epi32(whole, _mm256_set1_epi32(block.surplus));
            let scales = _mm256_mul_ps(numbers(&rows.scales), _mm256_set1_ps(block.scale));
            sums = _mm256_add_ps(sums, _mm256_mul_ps(_mm256_cvtepi32_ps(whole), scales));
        }
        store(sums)
    }

    /// Four values as the bytes of one number.
    #[inline(always)]
    fn quad(values: &[i8; BLOCK], at: usize) -> i32 {
        // Written out: what takes a closure is not inlined here, and that takes six times as long.
        let at = at * QUAD;
        i32::from_le_bytes([
            values[at] as u8,
            values[at + 1] as u8,
            values[at + 2] as u8,
            values[at + 3] as u8,
        ])
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    #[expect(
        unsafe_code,
        reason = "reads the 32 bytes of an array, wherever they lie"
    )]
    fn load(weights: &[[u8; QUAD]; ROWS]) -> __m256i {
        unsafe { _mm256_loadu_si256(weights.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    #[expect(
        unsafe_code,
        reason = "reads the 32 bytes of an array, wherever they lie"
    )]
    fn numbers(numbers: &[f32; ROWS]) -> __m256 {
        unsafe { _mm256_loadu_ps(numbers.as_ptr()) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    #[expect(
        unsafe_code,
        reason = "writes the 32 bytes of an array, wherever they lie"
    )]
    fn store(numbers: __m256) -> [f32; ROWS] {
        let mut to = [0.0; ROWS];
        unsafe { _mm256_storeu_ps(to.as_mut_ptr(), numbers) };
        to
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod wide {
    use super::{Block, ROWS, Rows};

    /// Other machines have instructions of their own, which the compiler finds by itself.
    pub fn possible() -> bool {
        false
    }

    /// See [`super::sums`].
    pub fn sums(rows: &[Rows], piece: &[Block]) -> [f32; ROWS] {
        super::sums(rows, piece)
    }
}

/// A block's 32 numbers, each [`ZERO`] too large.
#[inline(always)]
fn unpack(packed: &[u8; BLOCK_BYTES]) -> [u8; BLOCK] {
    let mut to = [0; BLOCK];
    for at in 0..BLOCK / 2 {
        let byte = packed[2 + at];
        to[at] = byte & 15;
        to[BLOCK / 2 + at] = byte >> 4;
    }
    to
}

/// A row of a table of four-bit numbers, as plain ones.
pub(super) fn plain(packed: &[u8], to: &mut [f32]) {
    let (packed, _) = packed.as_chunks::<BLOCK_BYTES>();
    for (packed, to) in packed.iter().zip(to.as_chunks_mut::<BLOCK>().0) {
        let scale = half(le16(packed));
        for (to, value) in to.iter_mut().zip(unpack(packed)) {
            *to = (i32::from(value) - ZERO) as f32 * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block() -> impl Strategy<Value = Block> {
        let values = prop_oneof![
            Just(vec![127i8; BLOCK]),
            Just(vec![-127; BLOCK]),
            prop::collection::vec(-127i8..=127, BLOCK)
        ];
        (values, 0f32..1.0).prop_map(|(values, scale)| Block {
            surplus: values.iter().map(|v| i32::from(*v)).sum::<i32>() * ZERO,
            values: values.try_into().unwrap(),
            scale,
        })
    }

    /// Rows of weights as they stand in the file: the scale is not looked at.
    fn packed() -> impl Strategy<Value = Vec<[u8; BLOCK_BYTES]>> {
        let block = prop_oneof![
            Just([255; BLOCK_BYTES]),
            Just([0; BLOCK_BYTES]),
            any::<[u8; BLOCK_BYTES]>()
        ];
        prop::collection::vec(block, 3 * ROWS)
    }

    proptest! {
        /// Whoever runs this on a machine without AVX2 compares only one of the two ways with what should come out.
        #[test]
        fn both_ways_give_the_same_bits(
            packed in packed(),
            scales in prop::collection::vec(-1f32..1.0, 3 * ROWS),
            piece in prop::collection::vec(block(), 3),
        ) {
            let mut rows = vec![Rows::default(); 3];
            unpack_rows(&packed, &scales, &mut rows);
            let bits = |sums: [f32; ROWS]| sums.map(f32::to_bits);
            let plain = sums(&rows, &piece);
            if wide::possible() {
                prop_assert_eq!(bits(wide::sums(&rows, &piece)), bits(plain));
            }
            // As one would write it down.
            for (row, plain) in plain.iter().enumerate() {
                let mut sum = 0.0;
                for (block, values) in piece.iter().enumerate() {
                    let at = row * 3 + block;
                    let weights = unpack(&packed[at]).map(|weight| i32::from(weight) - 8);
                    let product: i32 = weights.iter().zip(values.values).map(|(w, v)| w * i32::from(v)).sum();
                    sum += product as f32 * (scales[at] * values.scale);
                }
                prop_assert_eq!(plain.to_bits(), sum.to_bits());
            }
        }
    }
}
