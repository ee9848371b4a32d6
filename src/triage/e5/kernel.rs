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

    /// `to` = activations × weights + bias, for each row of activations. Eight rows of weights are unpacked at a time,
    /// once, and kept while all pieces of the text pass by.
    pub fn times(&self, bytes: &[u8], levels: &Levels, to: &mut [f32]) {
        let blocks = self.inn / BLOCK;
        let (packed, _) = bytes
            .get(self.at.clone())
            .unwrap_or_default()
            .as_chunks::<BLOCK_BYTES>();
        let wide = wide::possible();
        let mut rows = Rows::new(blocks);
        let groups = packed
            .chunks(blocks * ROWS)
            .zip(self.scales.chunks(blocks * ROWS))
            .zip(self.bias.chunks(ROWS));
        for (group, ((packed, scales), bias)) in groups.enumerate() {
            rows.take(packed, scales);
            let pieces = levels
                .values
                .chunks_exact(blocks)
                .zip(levels.scales.chunks_exact(blocks));
            for ((values, by), to) in pieces.zip(to.chunks_exact_mut(self.out)) {
                let sums = match wide {
                    true => wide::sums(&rows, values, by),
                    false => rows.sums(values, by),
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

/// Rows of weights, unpacked. What a group has less than [`ROWS`] is left of the group before, and nobody looks at it.
struct Rows {
    /// Block after block, of each all rows.
    weights: Vec<[[i16; BLOCK]; ROWS]>,
    scales: Vec<[f32; ROWS]>,
}

impl Rows {
    fn new(blocks: usize) -> Self {
        Self {
            weights: vec![[[0; BLOCK]; ROWS]; blocks],
            scales: vec![[0.0; ROWS]; blocks],
        }
    }

    /// Unpacks rows that lie one after the other.
    fn take(&mut self, packed: &[[u8; BLOCK_BYTES]], scales: &[f32]) {
        let blocks = self.weights.len();
        let rows = packed.chunks_exact(blocks).zip(scales.chunks_exact(blocks));
        for (row, (packed, scales)) in rows.enumerate() {
            for (weights, packed) in self.weights.iter_mut().zip(packed) {
                unpack(packed, &mut weights[row]);
            }
            for (to, scale) in self.scales.iter_mut().zip(scales) {
                to[row] = *scale;
            }
        }
    }

    /// Each row of weights times one row of activations: whole numbers within a block, exactly; then the scales, block
    /// after block.
    fn sums(&self, values: &[[i16; BLOCK]], by: &[f32]) -> [f32; ROWS] {
        let mut sums = [0.0; ROWS];
        let blocks = self.weights.iter().zip(&self.scales);
        for ((weights, scales), (values, by)) in blocks.zip(values.iter().zip(by)) {
            for row in 0..ROWS {
                sums[row] += product(&weights[row], values) as f32 * (scales[row] * by);
            }
        }
        sums
    }
}

/// The scalar product of two blocks. The compiler knows this form: SSE2 multiplies and adds eight pairs at once. `while`
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

/// The same sums on processors with AVX2, bit for bit: what is exact may be added in any order, and each row's blocks come
/// one after the other here as well.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{BLOCK, ROWS, Rows};
    use std::arch::x86_64::{
        __m256, __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_hadd_epi32,
        _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps,
        _mm256_permute2x128_si256, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
    };

    /// Whether this machine has what [`sums`] needs.
    pub fn possible() -> bool {
        std::arch::is_x86_feature_detected!("avx2")
    }

    /// See [`Rows::sums`]. Only where it is [`possible`].
    #[expect(
        unsafe_code,
        reason = "instructions that not every processor has: `possible` was asked"
    )]
    pub fn sums(rows: &Rows, values: &[[i16; BLOCK]], by: &[f32]) -> [f32; ROWS] {
        debug_assert!(possible());
        unsafe { sums_on_avx2(rows, values, by) }
    }

    #[target_feature(enable = "avx2")]
    fn sums_on_avx2(rows: &Rows, values: &[[i16; BLOCK]], by: &[f32]) -> [f32; ROWS] {
        let mut sums = _mm256_setzero_ps();
        let blocks = rows.weights.iter().zip(&rows.scales);
        for ((weights, scales), (values, by)) in blocks.zip(values.iter().zip(by)) {
            let (first, second) = halves(values);
            let product = |row: usize| {
                let (a, b) = halves(&weights[row]);
                let (a, b) = (_mm256_madd_epi16(a, first), _mm256_madd_epi16(b, second));
                _mm256_add_epi32(a, b)
            };
            let pair = |row| _mm256_hadd_epi32(product(row), product(row + 1));
            let low = _mm256_hadd_epi32(pair(0), pair(2));
            let high = _mm256_hadd_epi32(pair(4), pair(6));
            // Each row's sum is in two parts still, in the two halves of a register.
            let products = _mm256_add_epi32(
                _mm256_permute2x128_si256::<0x20>(low, high),
                _mm256_permute2x128_si256::<0x31>(low, high),
            );
            let scales = _mm256_mul_ps(load(scales), _mm256_set1_ps(*by));
            let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(products), scales);
            sums = _mm256_add_ps(sums, scaled);
        }
        store(sums)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    #[expect(
        unsafe_code,
        reason = "reads the 64 bytes of an array, wherever they lie"
    )]
    fn halves(block: &[i16; BLOCK]) -> (__m256i, __m256i) {
        let at = block.as_ptr().cast::<__m256i>();
        unsafe { (_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    #[expect(
        unsafe_code,
        reason = "reads the 32 bytes of an array, wherever they lie"
    )]
    fn load(numbers: &[f32; ROWS]) -> __m256 {
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
    use super::{BLOCK, ROWS, Rows};

    /// Other machines have instructions of their own, which the compiler finds by itself.
    pub fn possible() -> bool {
        false
    }

    /// See [`Rows::sums`].
    pub fn sums(rows: &Rows, values: &[[i16; BLOCK]], by: &[f32]) -> [f32; ROWS] {
        rows.sums(values, by)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever runs this on a machine without AVX2 compares one way with itself.
        #[test]
        fn both_ways_give_the_same_bits(
            weights in prop::collection::vec(-8i16..8, 3 * ROWS * BLOCK),
            values in prop::collection::vec(-127i16..128, 3 * BLOCK),
            scales in prop::collection::vec(-1f32..1.0, 3 * ROWS),
            by in prop::collection::vec(0f32..1.0, 3),
        ) {
            let mut rows = Rows::new(3);
            for (at, weight) in weights.iter().enumerate() {
                rows.weights[at / BLOCK / ROWS][at / BLOCK % ROWS][at % BLOCK] = *weight;
            }
            rows.scales = scales.as_chunks::<ROWS>().0.to_vec();
            let values = values.as_chunks::<BLOCK>().0;
            let plain = rows.sums(values, &by);
            if wide::possible() {
                let bits = |sums: [f32; ROWS]| sums.map(f32::to_bits);
                prop_assert_eq!(bits(wide::sums(&rows, values, &by)), bits(plain));
            }
            // The first row, as one would write it down.
            let exact = |block: usize| -> i32 {
                (0..BLOCK).map(|at| i32::from(rows.weights[block][0][at]) * i32::from(values[block][at])).sum()
            };
            let first = (0..3).fold(0.0, |sum, block| sum + exact(block) as f32 * (rows.scales[block][0] * by[block]));
            prop_assert_eq!(plain[0].to_bits(), first.to_bits());
        }
    }
}
