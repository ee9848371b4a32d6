//! Arithmetic that comes out the same on every machine.
//!
//! IEEE 754 fixes what `+ - * /` and the square root give, to the last bit; it does not fix `exp` and `ln`, which differ
//! from one C library to the next, nor in which order a sum is taken. So sums here have eight lanes and one order in
//! which these are added up (that is also what lets the compiler use whatever SIMD the machine has), and `exp`, `ln` and
//! `erf` are written out. Rust never contracts `a * b + c` by itself.

/// Sums are taken in so many lanes.
pub(super) const LANES: usize = 8;

/// Adds up lanes, always in the same order.
#[inline(always)]
pub(super) fn total(l: [f32; LANES]) -> f32 {
    ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

/// The sum of `term(a, b)` over two slices of one length.
#[inline(always)]
pub(super) fn sum_of(a: &[f32], b: &[f32], term: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            lanes[lane] += term(a[lane], b[lane]);
        }
    }
    let rest = a_rest.iter().zip(b_rest);
    rest.fold(total(lanes), |sum, (a, b)| sum + term(*a, *b))
}

/// The scalar product.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    sum_of(a, b, |a, b| a * b)
}

/// `to += by * from`.
#[inline(always)]
pub(super) fn add_scaled(to: &mut [f32], by: f32, from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += by * from;
    }
}

/// Makes a vector one unit long; one without length stays as it is.
pub(super) fn to_unit(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 && length.is_finite() {
        for value in vector {
            *value /= length;
        }
    }
}

/// Adding it moves a number's whole part to the end of its bits, rounded half to even.
const SHIFT: f32 = 12_582_912.0; // 1.5 · 2²³

/// The nearest whole number, half to even. For |x| < 2²².
#[inline(always)]
pub(super) fn nearest(x: f32) -> i32 {
    (x + SHIFT).to_bits().wrapping_sub(SHIFT.to_bits()) as i32
}

/// eˣ with a relative error below 3·10⁻⁷; 0 below −87, e⁸⁸ above 88. No branches, so it is computed eight at a time.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let inside = x.clamp(-87.0, 88.0);
    let shifted = inside * std::f32::consts::LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    // ln 2 in two parts: the product with the first is exact.
    let r = (inside - whole * 0.693_359_4) - whole * -2.121_944_4e-4;
    // Cephes, expf.c.
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let value = (p * (r * r) + r) + 1.0;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0f32.to_bits()));
    if x < -87.0 { 0.0 } else { value * power }
}

/// The error function, with an error below 5·10⁻⁷ (Abramowitz and Stegun 7.1.26).
#[inline(always)]
pub(super) fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let p = 1.061_405_4;
    let p = p * t - 1.453_152;
    let p = p * t + 1.421_413_7;
    let p = p * t - 0.284_496_74;
    let p = p * t + 0.254_829_6;
    (1.0 - p * t * exp(-(x * x))).copysign(x)
}

/// The natural logarithm of a positive number, with a relative error below 10⁻⁶.
pub(super) fn ln(x: f32) -> f32 {
    if x < f32::MIN_POSITIVE {
        return ln(f32::MIN_POSITIVE);
    }
    // x = m · 2ᵉ with m between √½ and √2; ln m = 2 artanh((m − 1) / (m + 1)).
    let bits = x
        .to_bits()
        .wrapping_sub(std::f32::consts::FRAC_1_SQRT_2.to_bits());
    let e = (bits as i32) >> 23;
    let m = f32::from_bits((bits & 0x007f_ffff) + std::f32::consts::FRAC_1_SQRT_2.to_bits());
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let series = 1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * (1.0 / 9.0))));
    e as f32 * std::f32::consts::LN_2 + 2.0 * s * series
}

/// Turns scores into probabilities, in place; gives the logarithm of the sum that they were divided by.
#[inline(always)]
pub(super) fn softmax(scores: &mut [f32]) -> f32 {
    let most = scores.iter().fold(f32::MIN, |a, b| a.max(*b));
    for score in scores.iter_mut() {
        *score = exp(*score - most);
    }
    let sum = sum_of(scores, scores, |a, _| a);
    for score in scores.iter_mut() {
        *score /= sum;
    }
    most + ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn written_out_functions_are_close_to_the_true_ones(x in -90f32..90.0) {
            let (found, wanted) = (f64::from(exp(x)), f64::from(x).exp());
            prop_assert!((found - wanted).abs() <= 3e-7 * wanted + 1e-37 || x > 88.0, "e^{x}: {found} {wanted}");
            let positive = exp(x);
            if positive > f32::MIN_POSITIVE {
                let wanted = f64::from(positive).ln();
                prop_assert!((f64::from(ln(positive)) - wanted).abs() <= 1e-6 * wanted.abs().max(1.0));
            }
        }

        #[test]
        fn nearest_rounds_half_to_even(x in -100_000f32..100_000.0) {
            prop_assert_eq!(nearest(x), x.round_ties_even() as i32);
        }

        #[test]
        fn sums_do_not_depend_on_how_wide_the_machine_is(v in prop::collection::vec(-1f32..1.0, 0..70)) {
            // The same, one by one.
            let mut lanes = [0.0f32; LANES];
            let whole = v.len() / LANES * LANES;
            for (at, x) in v[..whole].iter().enumerate() {
                lanes[at % LANES] += x * x;
            }
            let rest = v[whole..].iter().fold(total(lanes), |sum, x| sum + x * x);
            prop_assert_eq!(dot(&v, &v).to_bits(), rest.to_bits());
        }
    }

    #[test]
    fn edges() {
        assert_eq!(exp(-1000.0), 0.0);
        assert_eq!(exp(f32::NEG_INFINITY), 0.0);
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(1000.0).is_finite());
        // Values of erf: Abramowitz and Stegun, table 7.1.
        for (x, wanted) in [
            (0.0, 0.0),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (2.0, 0.995_322_3),
            (9.0, 1.0),
        ] {
            assert!((erf(x) - wanted).abs() < 5e-7, "erf {x}");
            assert_eq!(erf(-x), -erf(x));
        }
        let mut one = [5.0];
        softmax(&mut one);
        assert_eq!(one, [1.0]);
        let mut nothing = [0.0; 3];
        to_unit(&mut nothing);
        assert_eq!(nothing, [0.0; 3]);
    }
}
