//! The number that people call a case by: `K7F-2M9`.
//!
//! Short enough to say on the phone. No vowels, so that it spells no word; no letters or digits that
//! look alike (0 O, 1 I L, 5 S, 2 Z, 8 B are the usual ones: the letters are left out).

use uuid::Uuid;

const ALPHABET: &[u8; 24] = b"CDFGHJKMNPQRTVWX23456789";

/// The number that belongs to an id.
pub fn of(id: Uuid) -> String {
    nth(id, 0)
}

/// Another number for the same id. There are 191 million numbers; two cases may draw the same one, and
/// then whoever opens the later case takes the first `attempt` (from 0) whose number is free.
pub fn nth(id: Uuid, attempt: u32) -> String {
    let (_, random) = id.as_u64_pair();
    let mut rest = mix(random.wrapping_add(u64::from(attempt).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    let mut out = String::with_capacity(7);
    for place in 0..6 {
        if place == 3 {
            out.push('-');
        }
        let base = ALPHABET.len() as u64;
        out.push(char::from(ALPHABET[(rest % base) as usize]));
        rest /= base;
    }
    out
}

/// Spreads neighbouring values apart (the finaliser of SplitMix64).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn a_number_is_short_and_spells_nothing() {
        for n in 0..2000 {
            let number = of(id(n));
            assert_eq!(number.len(), 7);
            let (a, b) = number.split_once('-').unwrap();
            assert_eq!((a.len(), b.len()), (3, 3));
            assert!(!number.contains(['A', 'E', 'I', 'O', 'U', 'Y', '0', '1', 'L', 'S', 'Z', 'B']));
        }
    }

    #[test]
    fn neighbours_get_numbers_that_look_nothing_alike() {
        let all: HashSet<_> = (0..5000).map(|n| of(id(n))).collect();
        assert!(all.len() >= 4998, "{}", all.len());
        assert_ne!(of(id(7)), nth(id(7), 1));
        assert_eq!(of(id(7)), of(id(7)));
    }
}
