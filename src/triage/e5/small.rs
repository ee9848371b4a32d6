//! A model of two kilobytes, for tests: the layout is the real one, the weights are noise.

/// Values in a vector; the real model has 384.
pub(crate) const WIDTH: usize = 32;
const LAYERS: usize = 2;
const HEADS: usize = 2;
const INNER: usize = 64;
const POSITIONS: usize = 128;

const PIECES: &[(&str, f32)] = &[
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁query", -1.0),
    (":", -1.0),
    ("▁", -3.0),
    ("▁ab", -4.0),
    ("ab", -4.5),
    ("a", -5.0),
    ("b", -5.0),
    ("c", -5.5),
    ("bc", -4.0),
    ("е", -6.0),
    ("▁سلام", -4.0),
];

/// What is folded: capitals, a ligature, a dropped mark.
const FOLDINGS: &[(char, &str)] = &[('A', "a"), ('B', "b"), ('\u{301}', ""), ('ﬀ', "ab")];

/// The whole file.
pub(crate) fn file() -> Vec<u8> {
    let mut file = b"E5S1".to_vec();
    for number in [1, WIDTH, LAYERS, HEADS, INNER, PIECES.len(), POSITIONS, 2] {
        word(&mut file, number);
    }
    file.extend(1e-5f32.to_le_bytes());
    for number in [32, PIECES.len(), 0, 2, 1, 3] {
        word(&mut file, number);
    }
    vocabulary(&mut file);
    tensors(&mut file);
    file
}

fn word(file: &mut Vec<u8>, number: usize) {
    file.extend((number as u32).to_le_bytes());
}

fn vocabulary(file: &mut Vec<u8>) {
    let letters: String = PIECES.iter().map(|(piece, _)| *piece).collect();
    file.extend((letters.len() as u64).to_le_bytes());
    let mut at = 0;
    word(file, 0);
    for (piece, _) in PIECES {
        at += piece.len();
        word(file, at);
    }
    file.extend(PIECES.iter().flat_map(|(_, score)| score.to_le_bytes()));
    file.extend(letters.as_bytes());
    let mut table = Vec::new();
    for (from, to) in FOLDINGS {
        word(&mut table, *from as usize);
        table.push(to.chars().count() as u8);
        to.chars().for_each(|c| word(&mut table, c as usize));
    }
    word(file, FOLDINGS.len());
    word(file, table.len());
    file.extend(table);
}

/// The list of tensors, then noise for each: numbers near 1 for scales, small ones else.
fn tensors(file: &mut Vec<u8>) {
    let mut all = vec![
        ("emb.word".to_owned(), true, PIECES.len() * WIDTH),
        ("emb.pos".to_owned(), false, POSITIONS * WIDTH),
        ("emb.type".to_owned(), false, 2 * WIDTH),
        ("emb.ln.w".to_owned(), false, WIDTH),
        ("emb.ln.b".to_owned(), false, WIDTH),
    ];
    for layer in 0..LAYERS {
        let mut add =
            |name: &str, packed, size| all.push((format!("l{layer}.{name}"), packed, size));
        for (name, out, inn) in [
            ("q", WIDTH, WIDTH),
            ("k", WIDTH, WIDTH),
            ("v", WIDTH, WIDTH),
            ("ao", WIDTH, WIDTH),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ] {
            add(&format!("{name}.w"), true, out * inn);
            add(&format!("{name}.b"), false, out);
        }
        for name in ["aln.w", "aln.b", "oln.w", "oln.b"] {
            add(name, false, WIDTH);
        }
    }
    let size = |packed, values: usize| if packed { values / 32 * 18 } else { values * 4 };
    let list: usize = all.iter().map(|(name, ..)| name.len() + 23).sum();
    let mut at = file.len() + 4 + list;
    word(file, all.len());
    for (name, packed, values) in &all {
        file.extend((name.len() as u16).to_le_bytes());
        file.extend(name.as_bytes());
        file.push(u8::from(*packed));
        word(file, *values);
        file.extend((at as u64).to_le_bytes());
        file.extend((size(*packed, *values) as u64).to_le_bytes());
        at += size(*packed, *values);
    }
    let mut noise = Noise(1);
    for (name, packed, values) in &all {
        if *packed {
            for _ in 0..values / 32 {
                file.extend(0x2e66u16.to_le_bytes()); // 0.1
                file.extend((0..16).map(|_| noise.next() as u8));
            }
        } else {
            let middle = if name.ends_with("ln.w") { 1.0 } else { 0.0 };
            let number = |n: u32| middle + (n % 1000) as f32 / 5000.0 - 0.1;
            file.extend((0..*values).flat_map(|_| number(noise.next()).to_le_bytes()));
        }
    }
}

struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }
}
