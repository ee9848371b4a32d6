//! The reader refuses what is wrong and never panics; the network is the same however texts are given to it.

use super::small::{WIDTH, file};
use super::*;
use proptest::prelude::*;

fn small() -> E5 {
    E5::new(Arc::new(file())).unwrap()
}

fn refused(bytes: Vec<u8>) -> String {
    E5::new(Arc::new(bytes)).unwrap_err().to_string()
}

/// The pieces between the prefix and the end.
fn pieces(text: &str) -> Vec<u32> {
    let all = small().pieces(text);
    assert_eq!(
        (all[..3].to_vec(), all.last()),
        (vec![0, 4, 5], Some(&2)),
        "{all:?}"
    );
    all[3..all.len() - 1].to_vec()
}

#[test]
fn texts_are_cut_into_the_likeliest_pieces() {
    assert_eq!(pieces("ab"), [7], "one piece with its blank");
    assert_eq!(pieces("abc"), [7, 11], "-4 -5.5 is more than -3 -5 -4");
    assert_eq!(pieces("  سلام   ab "), [14, 7, 6]);
    assert_eq!(pieces("AB\u{301}ﬀ"), [7, 8], "folded, dropped, unfolded");
    assert_eq!(pieces("xy"), [6, 3, 3], "nobody knows these letters");
    assert_eq!(pieces(""), [6]);
}

#[test]
fn vectors_are_one_unit_long_and_do_not_depend_on_company() {
    let model = small();
    let texts = ["ab", "abc سلام", "", "c c c c", "🙂"];
    let together = model.vectors(&texts);
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(vector.len(), WIDTH);
        assert!((dot(vector, vector) - 1.0).abs() < 1e-5);
        assert_eq!(&model.vectors(&[text])[0], vector, "{text}");
    }
    assert_ne!(together[0], together[1]);
    let none: [&str; 0] = [];
    assert!(model.vectors(&none).is_empty());
}

/// The same on every machine: a change here means that vectors which were kept are worth nothing any more.
#[test]
fn the_same_text_gives_the_same_bits_everywhere() {
    let vector = &small().vectors(&["ab abc سلام, c?"])[0];
    let bits = vector.iter().fold(0u64, |hash, value| {
        (hash ^ u64::from(value.to_bits())).wrapping_mul(0x0100_0000_01b3)
    });
    insta::assert_snapshot!(format!("{bits:016x}"), @"edac34c59244ab6e");
}

#[test]
fn long_and_strange_texts_take_no_longer_than_others() {
    let model = small();
    let cases = [
        "ab ".repeat(500_000),
        "\u{301}".repeat(1_000_000),
        "x".repeat(10_000),
        "🙂\u{200b}\u{202e}".repeat(5000),
    ];
    for text in cases {
        assert!(model.pieces(&text).len() <= MOST_TOKENS);
        assert!(
            model.vectors(&[text])[0]
                .iter()
                .all(|value| value.is_finite())
        );
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let with = |at: usize, bytes: &[u8]| {
        let mut file = file();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        refused(file)
    };
    let named = |name: &str| {
        let file = file();
        file.windows(name.len())
            .position(|w| w == name.as_bytes())
            .unwrap()
    };
    let said = [
        refused(b"PK\x03\x04".to_vec()),
        refused(Vec::new()),
        refused(file()[..100].to_vec()),
        refused(file()[..file().len() - 1].to_vec()),
        with(4, &2u32.to_le_bytes()),
        with(8, &33u32.to_le_bytes()),
        with(16, &5u32.to_le_bytes()),
        with(12, &u32::MAX.to_le_bytes()),
        with(36, &f32::NAN.to_le_bytes()),
        with(44, &16u32.to_le_bytes()),
        with(80, &u32::MAX.to_le_bytes()),
        with(named("l1.fo.w"), b"l1.xx.w"),
        with(named("l1.q.b") + 6, &[1]),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
    this is no E5S1 file
    this is no E5S1 file
    the file ends in the middle of the vocabulary: it was not copied whole
    the tensor "l1.oln.b" lies outside of the file: it was not copied whole
    this is version 2 of the E5S1 layout; lotse reads version 1
    the file says 33 for the width, which cannot be
    the file says 32 for the width, which cannot be
    the file says 4294967295 for the number of layers, which cannot be
    the file says 2143289344 for epsilon, which cannot be
    the file says 16 for the number of pieces, which cannot be
    piece 2 of the vocabulary lies outside of it
    there is no tensor "l1.fo.w" in the file
    the tensor "l1.q.b" has 32 values of kind 1; 32 of kind 0 are expected
    "#);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_file_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        early in any::<bool>(),
        length in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = file();
        // Half of the changes meet the head, where lengths and places stand.
        let reach = if early { 1500.min(bytes.len()) } else { bytes.len() };
        for (at, to) in changes {
            bytes[at.index(reach)] = to;
        }
        if let Some(length) = length {
            bytes.truncate(length.index(bytes.len()));
        }
        if let Ok(model) = E5::new(Arc::new(bytes)) {
            prop_assert_eq!(model.vectors(&["ab سلام x"])[0].len(), model.width());
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let model = small();
        prop_assert!(model.pieces(&text).len() <= MOST_TOKENS);
    }
}
