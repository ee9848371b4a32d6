//! The file that the weights stand in ("E5S1"), read without trusting a single byte of it.
//!
//! ```text
//! "E5S1"  version u32 = 1
//! width, layers, heads, inner, rows, positions, kinds: u32   epsilon: f32   block u32 = 32
//! pieces, <s>, </s>, <pad>, <unk>: u32   letters u64
//! (pieces + 1) × u32 where a piece begins in the letters   pieces × f32 its score   the letters
//! foldings u32   their bytes u32   foldings × (character u32, count u8, count × u32)
//! tensors u32, then for each: length u16, name, kind u8 (0: f32, 1: Q4), values u32, where u64, bytes u64
//! ```
//!
//! All numbers are little-endian. Q4: blocks of 32 values, a half-precision scale and 16 bytes; byte *j* holds value *j*
//! in its lower and value *j* + 16 in its upper half, each 8 too large.

use std::collections::HashMap;
use std::ops::Range;

/// Values in one block of four-bit numbers.
pub(super) const BLOCK: usize = 32;
/// Bytes of one block.
pub(super) const BLOCK_BYTES: usize = 18;

/// More than this of anything is no model of this kind, and would ask for too much memory.
const WIDEST: usize = 4096;
const DEEPEST: usize = 64;
const MOST_PIECES: usize = 1 << 22;

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FileError {
    /// It is something else altogether.
    #[error("this is no E5S1 file")]
    Other,
    /// A later layout.
    #[error("this is version {0} of the E5S1 layout; lotse reads version 1")]
    Version(u32),
    /// It ends too soon.
    #[error("the file ends in the middle of {0}: it was not copied whole")]
    Ends(&'static str),
    /// A number that no model of this kind has.
    #[error("the file says {found} for {what}, which cannot be")]
    Number {
        /// Of what.
        what: &'static str,
        /// What stands there.
        found: u64,
    },
    /// Pieces of words overlap or lie outside.
    #[error("piece {0} of the vocabulary lies outside of it")]
    Piece(usize),
    /// The table of foldings is not in order.
    #[error("the table of character foldings is not in order")]
    Foldings,
    /// A tensor is missing.
    #[error("there is no tensor \"{0}\" in the file")]
    Missing(String),
    /// A tensor is not as it has to be.
    #[error(
        "the tensor \"{name}\" has {found} values of kind {kind}; {wanted} of kind {right} are expected"
    )]
    Tensor {
        /// Its name.
        name: String,
        /// How many values it has.
        found: u64,
        /// 0: f32, 1: four bits.
        kind: u8,
        /// Of which kind it should be.
        right: u8,
        /// How many it should have.
        wanted: usize,
    },
    /// A tensor lies outside of the file.
    #[error("the tensor \"{0}\" lies outside of the file: it was not copied whole")]
    Outside(String),
}

/// The numbers that say how large everything is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Values in a vector.
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    /// Values between the two halves of a layer's second part.
    pub inner: usize,
    /// Rows of the table of words.
    pub rows: usize,
    pub positions: usize,
    /// Kinds of text; we have one.
    pub kinds: usize,
    pub epsilon: f32,
}

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Layout {
    pub shape: Shape,
    pub words: Words,
    tensors: HashMap<String, Tensor>,
}

/// The vocabulary's parts in the file.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub pieces: usize,
    pub begin: u32,
    pub end: u32,
    pub unknown: u32,
    /// (pieces + 1) × u32.
    pub offsets: Range<usize>,
    /// pieces × f32.
    pub scores: Range<usize>,
    pub letters: Range<usize>,
    /// Character → where its replacement stands: count u8, then u32 each. In ascending order of characters.
    pub foldings: Vec<(u32, usize)>,
}

#[derive(Clone, Copy, Debug)]
struct Tensor {
    kind: u8,
    values: u64,
    at: u64,
    bytes: u64,
}

impl Layout {
    /// Reads everything but the tensors themselves, and checks where they stand.
    pub fn read(bytes: &[u8]) -> Result<Self, FileError> {
        let mut cursor = Cursor { bytes, at: 0 };
        if cursor.take(4, "its first word").ok() != Some(b"E5S1".as_slice()) {
            return Err(FileError::Other);
        }
        match cursor.u32("the version")? {
            1 => {}
            other => return Err(FileError::Version(other)),
        }
        let shape = shape(&mut cursor)?;
        let words = words(&mut cursor, &shape)?;
        let tensors = directory(&mut cursor)?;
        Ok(Self {
            shape,
            words,
            tensors,
        })
    }

    /// Where the four-bit matrix of this name stands.
    pub fn matrix(
        &self,
        bytes: &[u8],
        name: &str,
        out: usize,
        inn: usize,
    ) -> Result<Range<usize>, FileError> {
        let blocks = out * inn / BLOCK;
        self.tensor(bytes, name, 1, out * inn, blocks * BLOCK_BYTES)
    }

    /// The first `wanted` of the `all` plain numbers of this name.
    pub fn numbers(
        &self,
        bytes: &[u8],
        name: &str,
        all: usize,
        wanted: usize,
    ) -> Result<Vec<f32>, FileError> {
        let range = self.tensor(bytes, name, 0, all, all * 4)?;
        let bytes = bytes.get(range).unwrap_or_default();
        let numbers = bytes.chunks_exact(4).take(wanted);
        Ok(numbers.map(|b| f32::from_bits(le32(b))).collect())
    }

    fn tensor(
        &self,
        bytes: &[u8],
        name: &str,
        kind: u8,
        values: usize,
        size: usize,
    ) -> Result<Range<usize>, FileError> {
        let Some(found) = self.tensors.get(name) else {
            return Err(FileError::Missing(name.to_owned()));
        };
        if found.kind != kind || found.values != values as u64 || found.bytes != size as u64 {
            return Err(FileError::Tensor {
                name: name.to_owned(),
                found: found.values,
                kind: found.kind,
                right: kind,
                wanted: values,
            });
        }
        let outside = || FileError::Outside(name.to_owned());
        let at = usize::try_from(found.at).map_err(|_| outside())?;
        let end = at.checked_add(size).ok_or_else(outside)?;
        if end > bytes.len() {
            return Err(outside());
        }
        Ok(at..end)
    }
}

fn shape(cursor: &mut Cursor<'_>) -> Result<Shape, FileError> {
    let shape = Shape {
        width: cursor.within("the width", BLOCK, WIDEST)?,
        layers: cursor.within("the number of layers", 1, DEEPEST)?,
        heads: cursor.within("the number of heads", 1, WIDEST)?,
        inner: cursor.within("the inner width", BLOCK, WIDEST)?,
        rows: cursor.within("the rows of the table of words", 1, MOST_PIECES)?,
        positions: cursor.within("the number of positions", 3, 1 << 16)?,
        kinds: cursor.within("the kinds of text", 1, WIDEST)?,
        epsilon: f32::from_bits(cursor.u32("epsilon")?),
    };
    cursor.within("the size of a block", BLOCK, BLOCK)?;
    let whole = |what, number: usize, by: usize| match number.is_multiple_of(by) {
        true => Ok(()),
        false => Err(FileError::Number {
            what,
            found: number as u64,
        }),
    };
    whole("the width", shape.width, BLOCK)?;
    whole("the inner width", shape.inner, BLOCK)?;
    whole("the width", shape.width, shape.heads)?;
    if !(shape.epsilon.is_finite() && shape.epsilon > 0.0) {
        return Err(FileError::Number {
            what: "epsilon",
            found: u64::from(shape.epsilon.to_bits()),
        });
    }
    Ok(shape)
}

fn words(cursor: &mut Cursor<'_>, shape: &Shape) -> Result<Words, FileError> {
    // A piece's number is the number of its row.
    let pieces = cursor.within("the number of pieces", 1, shape.rows)?;
    let special = |c: &mut Cursor<'_>, what| c.within(what, 0, pieces - 1).map(|n| n as u32);
    let begin = special(cursor, "the piece <s>")?;
    let end = special(cursor, "the piece </s>")?;
    special(cursor, "the piece <pad>")?;
    let unknown = special(cursor, "the piece <unk>")?;
    let length = cursor.u64("the vocabulary")?;
    let offsets = cursor.range((pieces + 1) * 4, "the vocabulary")?;
    let scores = cursor.range(pieces * 4, "the vocabulary")?;
    let letters = usize::try_from(length).map_err(|_| FileError::Ends("the vocabulary"))?;
    let letters = cursor.range(letters, "the vocabulary")?;
    check_pieces(cursor.bytes, &offsets, &scores, letters.len())?;
    let foldings = foldings(cursor)?;
    Ok(Words {
        pieces,
        begin,
        end,
        unknown,
        offsets,
        scores,
        letters,
        foldings,
    })
}

fn check_pieces(
    bytes: &[u8],
    offsets: &Range<usize>,
    scores: &Range<usize>,
    letters: usize,
) -> Result<(), FileError> {
    let offsets = bytes.get(offsets.clone()).unwrap_or_default();
    let mut before = 0;
    for (piece, offset) in offsets.chunks_exact(4).enumerate() {
        let offset = le32(offset) as usize;
        if offset < before || offset > letters {
            return Err(FileError::Piece(piece));
        }
        before = offset;
    }
    let scores = bytes.get(scores.clone()).unwrap_or_default();
    let strange = scores
        .chunks_exact(4)
        .position(|s| !f32::from_bits(le32(s)).is_finite());
    match strange {
        Some(piece) => Err(FileError::Piece(piece)),
        None => Ok(()),
    }
}

fn foldings(cursor: &mut Cursor<'_>) -> Result<Vec<(u32, usize)>, FileError> {
    let count = cursor.within("the number of foldings", 0, 1 << 21)?;
    let length = cursor.u32("the foldings")? as usize;
    let table = cursor.range(length, "the foldings")?;
    let mut inside = Cursor {
        bytes: cursor.bytes.get(..table.end).unwrap_or_default(),
        at: table.start,
    };
    let mut foldings = Vec::new();
    for _ in 0..count {
        let from = inside.u32("the foldings")?;
        if foldings.last().is_some_and(|(before, _)| *before >= from) {
            return Err(FileError::Foldings);
        }
        foldings.push((from, inside.at));
        let to = inside.take(1, "the foldings")?[0];
        inside.take(usize::from(to) * 4, "the foldings")?;
    }
    Ok(foldings)
}

fn directory(cursor: &mut Cursor<'_>) -> Result<HashMap<String, Tensor>, FileError> {
    let count = cursor.within("the number of tensors", 1, 1 << 16)?;
    let mut tensors = HashMap::new();
    for _ in 0..count {
        let length = usize::from(le16(cursor.take(2, "the list of tensors")?));
        let name = cursor.take(length, "the list of tensors")?;
        let name = String::from_utf8_lossy(name).into_owned();
        let tensor = Tensor {
            kind: cursor.take(1, "the list of tensors")?[0],
            values: u64::from(cursor.u32("the list of tensors")?),
            at: cursor.u64("the list of tensors")?,
            bytes: cursor.u64("the list of tensors")?,
        };
        tensors.insert(name, tensor);
    }
    Ok(tensors)
}

/// Reads on, and never behind the end.
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn range(&mut self, length: usize, what: &'static str) -> Result<Range<usize>, FileError> {
        let end = self
            .at
            .checked_add(length)
            .filter(|end| *end <= self.bytes.len());
        let range = self.at..end.ok_or(FileError::Ends(what))?;
        self.at = range.end;
        Ok(range)
    }

    /// Exactly `length` bytes.
    fn take(&mut self, length: usize, what: &'static str) -> Result<&'b [u8], FileError> {
        let range = self.range(length, what)?;
        self.bytes.get(range).ok_or(FileError::Ends(what))
    }

    fn u32(&mut self, what: &'static str) -> Result<u32, FileError> {
        self.take(4, what).map(le32)
    }

    fn u64(&mut self, what: &'static str) -> Result<u64, FileError> {
        let (low, high) = (self.u32(what)?, self.u32(what)?);
        Ok(u64::from(low) | u64::from(high) << 32)
    }

    fn within(
        &mut self,
        what: &'static str,
        least: usize,
        most: usize,
    ) -> Result<usize, FileError> {
        let found = self.u32(what)?;
        match usize::try_from(found) {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            _ => Err(FileError::Number {
                what,
                found: u64::from(found),
            }),
        }
    }
}

/// The number in the first two bytes; 0 where there are fewer.
pub(super) fn le16(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |b| u16::from_le_bytes(*b))
}

/// The number in the first four bytes; 0 where there are fewer.
pub(super) fn le32(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |b| u32::from_le_bytes(*b))
}

/// A number of half precision.
pub(super) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, rest) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    match (exponent, rest) {
        (0, _) => {
            // Too small for an exponent of its own: rest · 2⁻²⁴, exact in single precision.
            let small = rest as f32 * f32::from_bits(0x3380_0000);
            f32::from_bits(small.to_bits() | sign)
        }
        (31, _) => f32::from_bits(sign | 0x7f80_0000 | rest << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | rest << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read_exactly() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x8000, -0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(number), "{bits:#x}");
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
