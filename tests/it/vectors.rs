//! The real weights, against the program that they come with.

use lotse::runtime::triage::Weights;
use std::path::Path;

/// Sentences and their vectors, by `tests/peers/vectors/reference.py`.
const REFERENCE: &str = include_str!("../peers/vectors/reference.tsv");

fn weights() -> Weights {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/model/e5-small-q4.bin");
    let weights = Weights::open(&file).expect("the weights can be read");
    weights.expect("the weights are not installed: run scripts/install-peers")
}

/// Half a minute in a debug build; that is why the sentences are short, and why this is one test.
#[test]
fn sentences_have_the_vectors_that_the_reference_says() {
    let weights = weights();
    let mut seen = Vec::new();
    for line in REFERENCE.lines() {
        let mut fields = line.split('\t');
        let text = fields.next().expect("a sentence");
        let wanted: Vec<f64> = fields.map(|f| f.parse().expect("a number")).collect();
        let vector = weights.encoder.vectors(&[text]).remove(0);
        assert_eq!(vector.len(), wanted.len());
        let cosine: f64 = vector
            .iter()
            .zip(&wanted)
            .map(|(a, b)| f64::from(*a) * b)
            .sum();
        assert!(cosine >= 0.9999, "{text}: {cosine}");
        seen.push(vector);
    }
    assert_eq!(seen.len(), 6);
    // The same bits on every machine and in every build.
    let bits = seen.iter().flatten().fold(0u64, |hash, value| {
        (hash ^ u64::from(value.to_bits())).wrapping_mul(0x0100_0000_01b3)
    });
    insta::assert_snapshot!(format!("{bits:016x}"), @"805a80ab864e24b8");
}
